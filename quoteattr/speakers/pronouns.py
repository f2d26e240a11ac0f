"""Pronouns: whom 'he', 'she', 'it' and 'they' mean, by named features with weights from a data file."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable
from functools import cache
from importlib.resources import files

from attrs import define

from quoteattr.speakers.inventory import Entity, Inventory
from quoteattr.speakers.mentions import Mention
from quoteattr.speakers.view import View

__all__ = ["Choice", "Features", "choose", "features", "weights"]

Features = dict[str, float]

WINDOW_SENTENCES = 12
WINDOW_MENTIONS = 80


@define
class Choice:
    """A chosen entity.

    Attributes:
        entity: its number.
        share: its share of the probability among the candidates.
        evidence: the features that spoke for it, with their weight, the heaviest first.
    """

    entity: int
    share: float
    evidence: tuple[tuple[str, float], ...]


@cache
def weights(task: str) -> dict[str, float]:
    """The weights of one choice, by feature.

    >>> weights("pronoun")["subject"] > 0
    True
    """
    text = files("quoteattr").joinpath("data", "speaker_weights.json").read_text(encoding="utf-8")
    table: dict[str, float] = json.loads(text)[task]
    return table


def fits(entity: Entity, sign: str) -> bool:
    """Whether an entity can be meant by a pronoun of this class at all."""
    if sign in ("m", "f"):
        if entity.kind in ("organization", "place", "group", "work"):
            return False
        return entity.gender in ("", sign)
    if sign == "n":
        return entity.kind != "person" and entity.kind != "group"
    return True


def features(
    view: View, pronoun: Mention, entity: Entity, last: Mention, count: int, spoke: int | None
) -> Features:
    """What speaks for and against one candidate.

    Args:
        view: the document.
        pronoun: the pronoun.
        entity: the candidate.
        last: its latest mention before the pronoun.
        count: its mentions in the window.
        spoke: number of the entity that spoke last, or ``None``.
    """
    distance = view.sents[pronoun.head] - view.sents[last.head]
    found: Features = {
        "distance": min(distance, 6),
        "same sentence": float(distance == 0),
        "same paragraph": float(view.paras[pronoun.head] == view.paras[last.head]),
        "subject": float(view.deps[last.head] in ("nsubj", "nsubjpass")),
        "quoted": float(view.quoted[last.head] >= 0),
        "possessive": float(view.deps[last.head] == "poss"),
        "count": math.log1p(count),
        "spoke last": float(entity.number == spoke),
        "named": float(bool(entity.forms)),
        "pronoun before": float(last.form == "pronoun"),
    }
    kind = entity.kind
    if pronoun.sign in ("m", "f"):
        found["gender known"] = float(entity.gender == pronoun.sign)
    elif pronoun.sign == "p":
        found["kind likely"] = float(kind in ("group", "organization"))
        found["kind unlikely"] = float(kind in ("work",))
        found["number unlike"] = float(kind == "person")
    else:
        found["kind likely"] = float(kind in ("organization", "work"))
    return {name: value for name, value in found.items() if value}


def choose(
    inventory: Inventory, index: int, spoke: int | None, barred: Iterable[int] = (), before: int | None = None
) -> Choice | None:
    """The entity that the pronoun ``inventory.mentions[index]`` means, or ``None`` without a candidate."""
    view, mentions = inventory.view, inventory.mentions
    pronoun = mentions[index]
    barred = set(barred)
    seen: dict[int, tuple[Mention, int]] = {}
    outside = view.quoted[pronoun.head] < 0
    for k in range(index - 1, max(-1, index - WINDOW_MENTIONS), -1):
        m = mentions[k]
        if view.sents[pronoun.head] - view.sents[m.head] > WINDOW_SENTENCES:
            break
        if m.entity < 0 or m.entity in barred or (m.form == "pronoun" and m.sign != pronoun.sign):
            continue
        if m.entity in seen:
            latest, count = seen[m.entity]
            # A mention outside the quotations says more about whom the narrator means.
            if outside and view.quoted[latest.head] >= 0 and view.quoted[m.head] < 0:
                latest = m
            seen[m.entity] = (latest, count + 1)
        elif fits(inventory.entities[m.entity], pronoun.sign):
            seen[m.entity] = (m, 1)
    if not seen:
        return None
    table = weights("pronoun")
    scored = []
    for number, (latest, count) in seen.items():
        found = features(view, pronoun, inventory.entities[number], latest, count, spoke)
        scored.append((sum(table.get(n, 0.0) * v for n, v in found.items()), -len(scored), number, found))
    scored.sort(reverse=True)
    total = sum(math.exp(s - scored[0][0]) for s, *_ in scored)
    found = scored[0][3]
    evidence = sorted(((n, table.get(n, 0.0) * v) for n, v in found.items()), key=lambda x: -abs(x[1]))
    return Choice(scored[0][2], 1 / total, tuple(evidence))
