"""Chooses among the readings of all cues: how likely each is right beside the others, and which to keep."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import NamedTuple

from quoteattr.attribution.readings import Reading
from quoteattr.attribution.scene import Scene
from quoteattr.attribution.weights import Table, logistic

__all__ = ["Chosen", "chosen", "kind_of", "merits"]

Pieces = tuple[tuple[int, int], ...]

# Two contents that share so much of their tokens are the same words, reported twice.
SAME = 0.7


class Chosen(NamedTuple):
    """A reading that is kept.

    Attributes:
        reading: the reading.
        probability: that its content and source are right.
        evidence: (name, weight in log-odds) of what was weighed.
    """

    reading: Reading
    probability: float
    evidence: tuple[tuple[str, float], ...]


def chosen(scene: Scene, found: Sequence[Reading], table: Table, floor: float) -> list[Chosen]:
    """The readings that are kept, in the order of their cues; of two that clash the likelier one."""
    weighed = []
    for reading, merit in zip(found, merits(scene, found), strict=True):
        evidence = tuple((name, table[name] * value) for name, value in merit.items() if name in table)
        probability = logistic(sum(weight for _, weight in evidence))
        if probability >= floor:
            weighed.append(Chosen(reading, probability, evidence))
    weighed.sort(key=lambda each: -each.probability)
    kept: list[Chosen] = []
    for candidate in weighed:
        if not any(_clash(candidate.reading, other.reading) for other in kept):
            kept.append(candidate)
    return sorted(kept, key=lambda each: each.reading.cue)


def merits(scene: Scene, found: Sequence[Reading]) -> list[dict[str, float]]:
    """What is weighed for each reading: figures by name."""
    sizes = [_size(reading.content.pieces) for reading in found]
    by_end = sorted(range(len(found)), key=lambda n: found[n].content.pieces[0][0])
    return [_merits(scene, found, sizes, by_end, number) for number in range(len(found))]


def _merits(
    scene: Scene, found: Sequence[Reading], sizes: Sequence[int], order: Sequence[int], number: int
) -> dict[str, float]:
    reading = found[number]
    pieces = reading.content.pieces
    kind = kind_of(scene, pieces)
    around, same, cue_inside, cuts = -9.0, -9.0, -9.0, -9.0
    for other in order:
        if other == number:
            continue
        rival = found[other]
        if rival.content.pieces[0][0] > pieces[-1][1]:
            break
        if rival.content.pieces[-1][1] < pieces[0][0] and not _holds(rival.content.pieces, reading.cue):
            continue
        shared = _shared(pieces, rival.content.pieces)
        if shared >= SAME * (sizes[number] + sizes[other] - shared):
            same = max(same, rival.odds)
        elif shared >= 0.9 * sizes[number]:
            around = max(around, rival.odds)
        elif 0 < shared < 0.9 * sizes[other]:
            cuts = max(cuts, rival.odds)
        if _holds(rival.content.pieces, reading.cue):
            cue_inside = max(cue_inside, rival.odds)
    merit = {
        "bias": 1.0,
        "the cue": max(min(reading.odds, 6.0), -3.0),
        "the content": math.log(max(reading.content_share, 1e-3)),
        "the source": math.log(max(reading.source_share, 1e-3)),
        f"words: {kind}": 1.0,
        f"source: {'named' if reading.source else 'none'}": 1.0,
        f"place: {reading.content.how.partition('-')[0]}": 1.0,
    }
    for name, odds in (("nested", around), ("same words", same), ("in a report", cue_inside), ("cut", cuts)):
        if odds > -9.0:
            merit[name] = 1.0
            merit[f"{name}, by odds"] = max(min(odds, 6.0), -3.0)
    if scene.outer[reading.cue] >= 0:
        merit["in a quotation"] = 1.0
    if sizes[number] <= 3:
        merit["short"] = 1.0
    return merit


def kind_of(scene: Scene, pieces: Pieces) -> str:
    """'direct' where all words stand in quotation marks, 'indirect' where none do, else 'mixed'."""
    inside = outside = False
    words, outer = scene.tree.words, scene.outer
    for first, last in pieces:
        for i in range(first, last + 1):
            if outer[i] >= 0:
                inside = True
            elif words[i][0].isalnum():
                outside = True
    return "mixed" if inside and outside else "direct" if inside else "indirect"


def _size(pieces: Pieces) -> int:
    return sum(last - first + 1 for first, last in pieces)


def _shared(one: Pieces, other: Pieces) -> int:
    return sum(
        max(0, min(last, end) - max(first, begin) + 1) for first, last in one for begin, end in other
    )


def _holds(pieces: Pieces, token: int) -> bool:
    return any(first <= token <= last for first, last in pieces)


def _clash(one: Reading, other: Reading) -> bool:
    """Whether two readings cannot both be right: the same words, or words that cross."""
    shared = _shared(one.content.pieces, other.content.pieces)
    if not shared:
        return False
    mine, theirs = _size(one.content.pieces), _size(other.content.pieces)
    if shared >= SAME * (mine + theirs - shared):
        return True
    return shared < mine and shared < theirs and shared >= 0.3 * min(mine, theirs)
