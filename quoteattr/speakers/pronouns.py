"""Pronouns: whom 'he', 'she', 'it' and 'they' mean, by named features with weights from a data file."""

from __future__ import annotations

import json
import math
from collections.abc import Collection, Iterator
from functools import cache
from importlib.resources import files
from typing import Any

from attrs import define, field

from quoteattr.speakers.entities import Entity, Inventory
from quoteattr.speakers.mentions import Mention
from quoteattr.speakers.view import View

__all__ = ["Choice", "Features", "Talk", "candidates", "choose", "weights"]

Features = dict[str, float]

WINDOW_SENTENCES = 30
WINDOW_MENTIONS = 120
MOST = 12  # candidates
_NOT_PERSONS = frozenset({"organization", "place", "group", "work"})


@define
class Choice:
    """A chosen entity.

    Attributes:
        entity: its number.
        share: its share of the probability among the candidates.
        evidence: the features that spoke for it, with their weight, the heaviest first.
        scores: the score of every candidate.
    """

    entity: int
    share: float
    evidence: tuple[tuple[str, float], ...]
    scores: dict[int, float] = field(factory=dict)


@define
class Talk:
    """Who has spoken up to a point of the document, and what the attribution at hand quotes.

    Attributes:
        speakers: the entities that spoke, in order, each with the paragraph of its speech.
        direct: whether the attribution at hand is direct speech.
        named: entities that are named or pointed at within what it quotes.
        listener: the entity that was last spoken to, or -1.
        source: whether the pronoun at hand is the source of an attribution.
    """

    speakers: list[tuple[int, int, bool]] = field(factory=list)
    direct: bool = False
    named: frozenset[int] = frozenset()
    listener: int = -1
    source: bool = False


@define
class _Seen:
    """What the window holds of one candidate: its latest mention, outside the quotations if it can be."""

    latest: Mention
    count: int = 1
    subjects: int = 0


@cache
def weights(task: str) -> dict[str, Any]:
    """The weights of one choice, by feature.

    >>> weights("pronoun")["subject"] > 0
    True
    """
    text = files("quoteattr").joinpath("data").joinpath("speaker_weights.json").read_text(encoding="utf-8")
    table: dict[str, Any] = json.loads(text)[task]
    return table


def _fits(entity: Entity, sign: str) -> bool:
    """Whether an entity can be meant by a pronoun of this class at all."""
    if sign in ("m", "f"):
        if entity.kind in _NOT_PERSONS and not _mislabelled(entity):
            return False
        return entity.gender in ("", sign)
    if not sign:
        return entity.kind not in _NOT_PERSONS
    if sign == "n":
        return entity.kind not in ("person", "group")
    return True


def _mislabelled(entity: Entity) -> bool:
    """Whether a body or place may be a person after all: something tells of one."""
    return bool(entity.names) and entity.kind in ("organization", "place") and entity.kinds["person"] > 0


def _features(
    view: View, pronoun: Mention, entity: Entity, seen: _Seen, talk: Talk
) -> Iterator[tuple[str, float]]:
    """What speaks for and against one candidate, by name."""
    last = seen.latest
    quoted = view.quoted[last.head] >= 0
    inside = view.quoted[pronoun.head] >= 0
    clock = view.sents if quoted or inside else view.narration
    distance = clock[pronoun.head] - clock[last.head]
    yield "distance", min(distance, 8)
    yield "same sentence", distance == 0
    yield "one sentence back", distance == 1
    yield "same paragraph", view.paras[pronoun.head] == view.paras[last.head]
    yield "subject", view.deps[last.head] in ("nsubj", "nsubjpass")
    yield "often subject", math.log1p(seen.subjects)
    yield "quoted", quoted and not inside
    yield "possessive", view.deps[last.head] == "poss"
    yield "count", math.log1p(seen.count)
    yield "known in document", math.log1p(entity.forms.total())
    yield "nameless", not entity.forms
    yield "heading", last.form == "name" and view.paras[last.head] in view.headings
    yield "pronoun before", last.form == "pronoun"
    if talk.source and entity.number in talk.named and entity.kind not in _NOT_PERSONS:
        yield "in own words" if talk.direct else "in own claim", 1
    yield from _turns(view, pronoun, entity, talk)
    kind = entity.kind
    if pronoun.sign in ("m", "f"):
        yield "gender known", entity.gender == pronoun.sign
        yield "mislabelled", kind in _NOT_PERSONS
    elif pronoun.sign == "p":
        yield "several: group", kind == "group"
        yield "several: body", kind in ("organization", "place")
        yield "several: person", kind == "person"
        yield "several: work", kind == "work"
    else:
        yield "thing: body", kind in ("organization", "place")
        yield "thing: work", kind == "work"


def _turns(view: View, pronoun: Mention, entity: Entity, talk: Talk) -> Iterator[tuple[str, float]]:
    """Who spoke last, and the turn before: where the talk goes on, speakers alternate."""
    if not talk.speakers or not talk.source:
        return
    para = view.paras[pronoun.head]
    last, spoken, direct = talk.speakers[-1]
    near = para - spoken <= 3
    dialogue = direct and talk.direct and para > spoken and near
    yield "spoke last here", last == entity.number and para == spoken
    yield "spoke last, talk goes on", last == entity.number and dialogue
    yield "spoke last before", last == entity.number and para > spoken and near and not dialogue
    yield "spoken to", talk.listener == entity.number and near
    before = next((s for s, p, _ in reversed(talk.speakers[-6:]) if s != last and para - p <= 8), None)
    yield "turn before last", before == entity.number and dialogue


def candidates(
    inventory: Inventory, index: int, talk: Talk, barred: Collection[int] = ()
) -> dict[int, Features]:
    """The features of every entity that the pronoun ``inventory.mentions[index]`` may mean, by entity."""
    view, mentions = inventory.view, inventory.mentions
    pronoun = mentions[index]
    outside = view.quoted[pronoun.head] < 0
    seen: dict[int, _Seen] = {}
    refused = set(barred)
    sentence = view.sents[pronoun.head]
    for k in range(index - 1, max(-1, index - WINDOW_MENTIONS), -1):
        m = mentions[k]
        if sentence - view.sents[m.head] > WINDOW_SENTENCES:
            break
        number = m.entity
        if number < 0 or number in refused or (m.form == "pronoun" and m.sign != pronoun.sign):
            continue
        subject = view.deps[m.head] == "nsubj"
        held = seen.get(number)
        if held is not None:
            held.count += 1
            held.subjects += subject
            # A mention outside the quotations says more about whom the narrator means.
            if outside and view.quoted[held.latest.head] >= 0 > view.quoted[m.head]:
                held.latest = m
        elif len(seen) < MOST and _fits(inventory.entities[number], pronoun.sign):
            seen[number] = _Seen(m, subjects=int(subject))
        else:
            refused.add(number)
    return {
        number: {n: float(v) for n, v in _features(view, pronoun, inventory.entities[number], s, talk) if v}
        for number, s in seen.items()
    }


def choose(inventory: Inventory, index: int, talk: Talk, barred: Collection[int] = ()) -> Choice | None:
    """The entity that the pronoun ``inventory.mentions[index]`` means, or ``None`` without a candidate."""
    found = candidates(inventory, index, talk, barred)
    if not found:
        return None
    table = weights("pronoun")
    scores = {number: sum(table.get(n, 0.0) * v for n, v in named.items()) for number, named in found.items()}
    best = max(scores, key=lambda number: scores[number])
    total = sum(math.exp(score - scores[best]) for score in scores.values())
    evidence = sorted(((n, table.get(n, 0.0) * v) for n, v in found[best].items()), key=lambda x: -abs(x[1]))
    return Choice(best, 1 / total, tuple(evidence), scores)
