"""Speeches that nobody is named for: the flow of the talk tells who speaks.

The turns of a conversation are decided together: what stands beside each speech speaks for somebody, and
those who talk take turns. The clues are those of Elson and McKeown (AAAI 2010), He, Barbosa and Kondrak (ACL
2013) and Muzny et al. (EACL 2017): an explicit source, the subject of the narration beside the speech, a
vocative in the speech before, the same paragraph, alternation.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any

from attrs import frozen

from quoteattr.speakers.pronouns import weights
from quoteattr.speakers.turns import FLOOR, GAP, Turn

# Who speaks beside the only one that is known: '“Who told you?” – “My brother.”'.
NOBODY = -1

__all__ = ["Cast", "conversations", "decide"]

_LONGEST = 100  # turns that are decided at a time
_NARRATED = 20  # tokens between two speeches that are more than a reply's words beside it
_SOON = 2  # paragraphs after a speech in which the narration may first name who speaks
_PEOPLE = 7  # most participants that are weighed at a time


@frozen
class Cast:
    """What a document tells of those who may speak, by entity.

    Attributes:
        known: how often its narration speaks of each.
        genders: 'm', 'f' or ''.
        entrances: the paragraph in which its narration first speaks of each.
        opened: the paragraph from which on it has spoken of two who have names.
    """

    known: Mapping[int, int]
    genders: Mapping[int, str]
    entrances: Mapping[int, int]
    opened: int


def conversations(turns: Sequence[Turn]) -> list[list[Turn]]:
    """The turns parted where several paragraphs without speech stand between."""
    groups: list[list[Turn]] = []
    for turn in turns:
        near = groups and turn.para - groups[-1][-1].para <= GAP
        if near and len(groups[-1]) < _LONGEST:
            groups[-1].append(turn)
        else:
            groups.append([turn])
    return groups


def decide(talk: list[Turn], before: Sequence[int], cast: Cast) -> None:
    """Gives every turn of one conversation its speaker, by what the conversation as a whole makes likeliest.

    Forward-backward over pairs (speaker of the turn before, speaker), so that alternation can be seen; each
    turn gets the speaker with the largest share of the probability.

    Args:
        talk: the turns of the conversation.
        before: those who were last mentioned before it begins, the latest first.
        cast: what the document tells of each.
    """
    if all(turn.source is not None and not turn.source.scores for turn in talk):
        return
    people = _participants(talk, before)
    if not people:
        return
    acting = {entity for turn in talk for entity in turn.scores}.union(before)
    if len(acting.intersection(people)) < 2:  # others are only spoken of
        people.append(NOBODY)
    shares = _shares(talk, people, cast)
    for turn, row in zip(talk, shares, strict=True):
        best = max(range(len(people)), key=lambda k: row[k])
        turn.entity, turn.share = people[best], row[best]
        told = max(turn.scores, key=lambda e: turn.scores[e], default=NOBODY)
        if told == turn.entity != NOBODY and turn.scores[told] > 0:
            turn.why = "beside the speech"


def _shares(talk: list[Turn], people: list[int], cast: Cast) -> list[list[float]]:
    """For each turn the probability of each of the people."""
    import numpy as np

    size = len(people)
    own = [np.array([_score(turn, p, cast) for p in people]) for turn in talk]
    signs = [cast.genders.get(p, "") for p in people]
    steps = [_steps(previous, turn, people, signs) for previous, turn in pairwise(talk)]
    # States are (speaker of the turn before, speaker); the last row stands for nobody before the first turn.
    forward = [np.full((size + 1, size), -1e9)]
    forward[0][size] = own[0]
    for step, score in zip(steps, own[1:], strict=True):
        moved = np.logaddexp.reduce(forward[-1][:, :, None] + step, axis=0) + score[None, :]
        forward.append(np.vstack([moved, np.full((1, size), -1e9)]))
    backward = [np.zeros((size + 1, size))]
    for step, score in zip(reversed(steps), reversed(own[1:]), strict=True):
        ahead = backward[-1][:size] + score[None, :]
        backward.append(np.logaddexp.reduce(step + ahead[None, :, :], axis=2))
    shares = []
    for alpha, beta in zip(forward, reversed(backward), strict=True):
        total = np.logaddexp.reduce(alpha + beta, axis=0)
        weight = np.exp(total - total.max())
        shares.append((weight / weight.sum()).tolist())
    return shares


def _steps(previous: Turn, turn: Turn, people: list[int], signs: list[str]) -> Any:
    """What the order of two turns says of (speaker before the first, of the first, of the second)."""
    import numpy as np

    table = weights("dialogue")
    size = len(people)
    step = np.zeros((size + 1, size, size))
    same = np.arange(size)
    if turn.para == previous.para:
        # Where both have a source of their own ('I asked. … she said'), the paragraph tells nothing.
        if turn.source is None or previous.source is None:
            step[:, same, same] = table["same paragraph"]
        return step
    at_once = turn.para - previous.para == 1 and turn.first - previous.last <= _NARRATED
    step[same, :, same] = table["alternates" if at_once else "alternates after narration"]
    step[:, same, same] = table["again" if at_once else "again after narration"]
    if at_once and previous.asks != turn.asks:
        step[:, same, same] += table["answers itself" if previous.asks else "asks itself"]
    for k, person in enumerate(people):
        if person in previous.spoken_to:
            step[:, :, k] += table["was called"]
        # Whoever is called 'sir' is a man, and has just spoken or answers.
        if signs[k] and previous.calls not in ("", signs[k]):
            step[:, :, k] += table["called otherwise"]
        if signs[k] and turn.calls not in ("", signs[k]):
            step[:, k, :] += table["called otherwise"]
    return step


def _participants(talk: list[Turn], before: Sequence[int]) -> list[int]:
    """Those who may speak: the best candidates of the turns, those called, those mentioned before."""
    weight: dict[int, float] = {}
    for turn in talk:
        for entity, score in turn.scores.items():
            weight[entity] = weight.get(entity, 0.0) + (3.0 if score > 2 else 1.0 if score > -1 else 0.2)
        for entity in turn.spoken_to:
            weight[entity] = weight.get(entity, 0.0) + 1.0
    for rank, entity in enumerate(before[:3]):
        weight[entity] = weight.get(entity, 0.0) + 0.9 - 0.2 * rank
    ranked = sorted(weight, key=lambda e: -weight[e])
    # Whoever is named as a turn's source, or is the likeliest for its pronoun, takes part.
    sure = [max(t.scores, key=lambda e: t.scores[e]) for t in talk if t.source is not None and t.scores]
    return list(dict.fromkeys([*ranked[:_PEOPLE], *sure]))[: 2 * _PEOPLE]


def _score(turn: Turn, person: int, cast: Cast) -> float:
    score = turn.scores.get(person, FLOOR if turn.source is not None else 0.0)
    if person == NOBODY:
        return score + float(weights("dialogue")["nobody known"])
    if turn.source is None:
        score += weights("dialogue")["known in narration"] * math.log1p(cast.known.get(person, 0))
        # A story may open with speech of those whom it names later; then who speaks is there.
        if cast.entrances.get(person, turn.para) > turn.para + _SOON and turn.para > cast.opened:
            score += weights("dialogue")["not yet there"]
        if turn.acts and cast.genders.get(person, turn.acts) not in ("", turn.acts):
            score += weights("dialogue")["acts otherwise"]
    if person in turn.spoken_to or person in turn.answer:
        score += weights("dialogue")["calls itself"]
    if person in turn.speaks_of:
        score += weights("dialogue")["speaks of"]
    return score
