"""Reports inside a report: 'Smith said Jones had told her …', '“My mother said she would come,” he said'.

The annotated articles mostly leave them at the outer report, so the fitted weights would too. Here a reading
inside a content that is kept is weighed as if it stood alone, and kept if it is a plain word of saying.
"""

from __future__ import annotations

from collections.abc import Sequence

from quoteattr import cues
from quoteattr.attribution.choice import NEAR, Chosen, clash, limited, merits_of, neighbours, weighed
from quoteattr.attribution.readings import Reading
from quoteattr.attribution.scene import Scene
from quoteattr.attribution.weights import Table

__all__ = ["nested"]

# The least probability that such a report is right, if it stood alone; and the least share of the occurrences
# of its word that report, so that 'think' and 'want' of the one who speaks stay his own.
FLOOR = 0.7
LEAST_RATE = 0.45
# What the weights learned about standing inside something else.
_INSIDE = ("nested", "in a report", "in a quotation", "same words", "cut")


def nested(scene: Scene, found: Sequence[Reading], kept: Sequence[Chosen], table: Table) -> list[Chosen]:
    """The readings that are reports inside the contents of ``kept``, in the order of their cues."""
    holders = {each.reading.cue: each.reading for each in kept}
    added: list[Chosen] = []
    for number, reading in enumerate(found):
        if reading.cue in holders or not _tells(scene, reading):
            continue
        around = [found[other].cue for other in neighbours(number, len(found))]
        rivals = [holders[cue] for cue in around if cue in holders]
        main = any(scene.tree.heads[rival.cue] == reading.cue for rival in rivals)
        if not (main or _is_plain(scene, reading)):
            continue
        others = [rival for rival in rivals if not _held(reading, rival)]
        if len(others) == len(rivals):
            continue
        merit = merits_of(scene, found, number)
        free = {name: value for name, value in merit.items() if not name.startswith(_INSIDE)}
        free["the cue"] = limited(reading.free_odds)
        candidate = weighed(reading, free, table)
        others += [each.reading for each in added[-NEAR:]]
        if candidate.probability >= FLOOR and not any(clash(reading, other) for other in others):
            added.append(candidate)
    return added


def _tells(scene: Scene, reading: Reading) -> bool:
    """Whether the cue is a word of the lexicon with a source of its own."""
    tree = scene.tree
    known = (tree.lemmas[reading.cue], tree.pos[reading.cue]) in cues.lexicon()
    return known and reading.source is not None and tree.lower[reading.source.head] not in ("i", "we", "you")


def _is_plain(scene: Scene, reading: Reading) -> bool:
    """Whether the cue is a plain word of saying or writing."""
    tree = scene.tree
    word = cues.lexicon()[tree.lemmas[reading.cue], tree.pos[reading.cue]]
    return word.rate >= LEAST_RATE and word.act in ("speech", "writing")


def _held(reading: Reading, holder: Reading) -> bool:
    """Whether one piece of the content of ``holder`` holds the cue, the content and the source."""
    pieces = reading.content.pieces
    first = min(reading.cue, pieces[0][0], reading.source.first if reading.source else reading.cue)
    last = max(reading.cue, pieces[-1][1], reading.source.last if reading.source else reading.cue)
    return any(a <= first and last <= b for a, b in holder.content.pieces)
