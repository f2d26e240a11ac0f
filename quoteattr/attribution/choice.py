"""Chooses among the readings of all cues: how likely each is right beside the others, and which to keep."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from sys import intern
from typing import NamedTuple

from quoteattr.attribution import signs
from quoteattr.attribution.kinds import kind_of_noun
from quoteattr.attribution.readings import Reading
from quoteattr.attribution.scene import Pieces, Scene, holds
from quoteattr.attribution.weights import Table, logistic, weighed_sum
from quoteattr.objects import Kind

__all__ = ["Chosen", "chosen", "clash", "kind_of", "limited", "merits", "merits_of", "neighbours", "weighed"]

# Two contents that share so much of their tokens are the same words, reported twice.
SAME = 0.7
# Cues on either side that a reading is weighed against; contents reach a few paragraphs at most.
NEAR = 30


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
    """The readings that are kept, in the order of their cues; of two that clash the sure or likelier one."""
    likely = [_probability(scene, found, number, table) for number in range(len(found))]
    kept: set[int] = set()
    for number in sorted(range(len(likely)), key=lambda n: (not found[n].sure, -likely[n])):
        if likely[number] < floor:
            break
        rivals = (found[other] for other in neighbours(number, len(found)) if other in kept)
        if not any(clash(found[number], rival) for rival in rivals):
            kept.add(number)
    return [weighed(found[number], merits_of(scene, found, number), table) for number in sorted(kept)]


def _probability(scene: Scene, found: Sequence[Reading], number: int, table: Table) -> float:
    """That the reading ``number`` is right beside the others."""
    return found[number].sure or logistic(weighed_sum(table, merits_of(scene, found, number)))


def neighbours(number: int, size: int) -> list[int]:
    """The readings that are weighed against one: those of the cues around it, in order."""
    return [n for n in range(max(number - NEAR, 0), min(number + NEAR + 1, size)) if n != number]


def weighed(reading: Reading, merit: Mapping[str, float], table: Table) -> Chosen:
    """A reading with its probability, and what made it."""
    if reading.sure:
        return Chosen(reading, reading.sure, (("form", math.log(reading.sure / (1 - reading.sure))),))
    # Names that come with many readings are held once.
    evidence = tuple((intern(name), table[name] * value) for name, value in merit.items() if name in table)
    return Chosen(reading, logistic(sum(weight for _, weight in evidence)), evidence)


def merits(scene: Scene, found: Sequence[Reading]) -> list[dict[str, float]]:
    """What is weighed for each reading: figures by name."""
    return [merits_of(scene, found, number) for number in range(len(found))]


def merits_of(scene: Scene, found: Sequence[Reading], number: int) -> dict[str, float]:
    """What is weighed for the reading ``number`` beside the others."""
    reading = found[number]
    merit = {
        "bias": 1.0,
        "the cue": limited(reading.odds),
        "the content": math.log(max(reading.content_share, 1e-3)),
        "the source": math.log(max(reading.source_share, 1e-3)),
        f"words={kind_of(scene, reading.content.pieces, reading.cue)}": 1.0,
        f"source={'named' if reading.source else 'none'}": 1.0,
        f"place={reading.content.how.partition('-')[0]}": 1.0,
    }
    if scene.outer[reading.cue] >= 0:
        merit["in a quotation"] = 1.0
    if _size(reading.content.pieces) <= 3:
        merit["short"] = 1.0
    quotation = scene.outer[reading.content.pieces[0][0]]
    if quotation >= 0 and scene.is_title(quotation):
        merit["like a title"] = 1.0
    if reading.source is not None:
        merit[f"said by={kind_of_noun(scene, reading.source.head)}"] = 1.0
    merit.update(reading.tagged)
    for name, odds in _rivals(found, number):
        merit[name] = 1.0
        merit[f"{name}, by odds"] = max(limited(odds), merit.get(f"{name}, by odds", -3.0))
    return merit


def limited(odds: float) -> float:
    """Log-odds of a cue within the range in which they tell more."""
    return max(min(odds, 6.0), -3.0)


def _rivals(found: Sequence[Reading], number: int) -> Iterator[tuple[str, float]]:
    """How the other readings stand to this one: (name, log-odds of their cue)."""
    reading = found[number]
    pieces, cue = reading.content.pieces, reading.cue
    begin, end = pieces[0][0], pieces[-1][1]
    size = _size(pieces)
    for rival in found[max(number - NEAR, 0) : number + NEAR + 1]:
        theirs = rival.content.pieces
        first, last = theirs[0][0], theirs[-1][1]
        if rival is reading or (first > end and first > cue) or (last < begin and last < cue):
            continue
        if first <= cue <= last and holds(theirs, cue):
            yield "in a report", rival.odds
        if first > end or last < begin:
            continue
        shared = _shared(pieces, theirs)
        if shared >= SAME * (size + _size(theirs) - shared):
            yield "same words", rival.odds
        elif shared >= 0.9 * size:
            yield "nested", rival.odds
        elif 0 < shared < 0.9 * _size(theirs):
            yield "cut", rival.odds


def kind_of(scene: Scene, pieces: Pieces, cue: int | None = None) -> Kind:
    """'direct' where all words stand in quotation marks, 'indirect' where none do, else 'mixed'.

    Where the cue stands in the same quotation as the content, the quotations inside that one count. The turn
    of a transcript is direct without marks.
    """
    outer = scene.outer
    if cue is not None and signs.is_turn(scene, cue):
        return "direct"
    quoted: Callable[[int], bool] = lambda i: outer[i] >= 0  # noqa: E731
    if cue is not None and outer[cue] >= 0 and outer[cue] == outer[pieces[0][0]]:
        spans = [scene.spans[number] for number in scene.inner.get(outer[cue], ())]
        quoted = lambda i: holds(spans, i)  # noqa: E731
    inside = outside = False
    for first, last in pieces:
        for i in range(first, last + 1):
            if quoted(i):
                inside = True
            elif scene.tree.words[i][0].isalnum():
                outside = True
    return "mixed" if inside and outside else "direct" if inside else "indirect"


def _size(pieces: Pieces) -> int:
    return sum(last - first + 1 for first, last in pieces)


def _shared(one: Pieces, other: Pieces) -> int:
    return sum(max(0, min(last, end) - max(first, begin) + 1) for first, last in one for begin, end in other)


def clash(one: Reading, other: Reading) -> bool:
    """Whether two readings cannot both be right: the same words, words that cross, a part reported apart."""
    shared = _shared(one.content.pieces, other.content.pieces)
    if not shared:
        return False
    mine, theirs = _size(one.content.pieces), _size(other.content.pieces)
    if shared >= SAME * (mine + theirs - shared):
        return True
    if shared == mine:
        return not holds(other.content.pieces, one.cue)
    if shared == theirs:
        return not holds(one.content.pieces, other.cue)
    return shared >= 0.3 * min(mine, theirs)
