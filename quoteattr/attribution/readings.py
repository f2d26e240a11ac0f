"""Reads each cue by itself: the likeliest content and source, with what speaks for them."""

from __future__ import annotations

import math
from typing import NamedTuple

from quoteattr.attribution.candidates import candidates
from quoteattr.attribution.contents import Content, contents
from quoteattr.attribution.features import content_features, cue_features, source_features
from quoteattr.attribution.scene import Scene
from quoteattr.attribution.sources import Source, sources
from quoteattr.attribution.weights import Weights, shares, total

__all__ = ["Reading", "readings"]

# A cue less likely than this is never given out, whatever its content and source.
LEAST_ODDS = math.log(0.08 / 0.92)


class Reading(NamedTuple):
    """A cue with the likeliest content and source.

    Attributes:
        cue: the token that heads the cue.
        odds: log-odds of its being a cue.
        content: the likeliest content.
        content_share: its share of the probability of all contents.
        source: the likeliest source, or ``None`` where the text names none.
        source_share: its share.
    """

    cue: int
    odds: float
    content: Content
    content_share: float
    source: Source | None
    source_share: float


def readings(scene: Scene, weights: Weights) -> list[Reading]:
    """The readings of one document, in the order of their cues."""
    found = []
    for cue in candidates(scene):
        odds = total(weights.cue, cue_features(scene, cue))
        if odds < LEAST_ODDS:
            continue
        reading = _reading(scene, weights, cue, odds)
        if reading is not None:
            found.append(reading)
    return found


def _reading(scene: Scene, weights: Weights, cue: int, odds: float) -> Reading | None:
    options = contents(scene, cue)
    if not options:
        return None
    rows = content_features(scene, cue, options)
    content_shares = shares([total(weights.content, row) for row in rows])
    best = content_shares.index(max(content_shares))
    people: list[Source | None] = [*sources(scene, cue), None]
    scores = [
        total(weights.source, source_features(scene, cue, person, options[best])) for person in people
    ]
    source_shares = shares(scores)
    who = source_shares.index(max(source_shares))
    return Reading(cue, odds, options[best], content_shares[best], people[who], source_shares[who])
