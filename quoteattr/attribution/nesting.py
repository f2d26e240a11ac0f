"""Reports inside a report: 'Smith said Jones had told her …', '“My mother said she would come,” he said'.

The annotated articles mostly leave them at the outer report, so the fitted weights would too. Here a reading
inside a content that is kept is weighed as if it stood alone, and kept if it is a plain word of saying, or
one beside a quotation inside the quotation.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from quoteattr import cues
from quoteattr.attribution.choice import NEAR, Chosen, clash, limited, merits_of, neighbours, weighed
from quoteattr.attribution.contents import Content
from quoteattr.attribution.inside import beside
from quoteattr.attribution.readings import Reading, by_rules
from quoteattr.attribution.scene import Scene
from quoteattr.attribution.weights import Table, Weights
from quoteattr.attribution.wording import is_plain, says

__all__ = ["nested"]

# The least probability that such a report is right, if it stood alone.
FLOOR = 0.7
# The same in a turn of talk, which is as long as an article and tells as much of what others said.
IN_TURN = 0.6
# The least probability of a word that stands beside what it reports.
LEAST_SAYING = 0.65
_CLAUSES = ("ccomp", "xcomp", ":before", ":after", ":around")  # ways to a clause or to a quotation
_TALKING = frozenset({"i", "me", "we", "us", "you"})
# What the weights learned about standing inside something else.
_INSIDE = ("nested", "in a report", "in a quotation", "same words", "cut")


def nested(
    scene: Scene, found: Sequence[Reading], kept: Sequence[Chosen], weights: Weights, tagged: bool
) -> list[Chosen]:
    """The readings that are reports inside the contents of ``kept``, in the order of their cues."""
    table = weights.right
    holders = {each.reading.cue: each.reading for each in kept}
    if tagged:
        found = [_read_again(scene, weights, each, holders) for each in found]
    added: list[Chosen] = []
    for number, reading in enumerate(found):
        quoted = scene.outer[reading.cue] >= 0 or bool(scene.labels)
        if reading.cue in holders or not (quoted or _tells(scene, reading)):
            continue
        around = [found[other].cue for other in neighbours(number, len(found))]
        rivals = [holders[cue] for cue in around if cue in holders]
        said = _saying(scene, reading, rivals, table)
        inner = said if said is not None else _report(scene, found, number, rivals, table)
        if inner is None:
            continue
        others = [rival for rival in rivals if not _held(inner.reading, rival)]
        others += [each.reading for each in added[-NEAR:]]
        if not any(clash(inner.reading, other) for other in others):
            added.append(inner)
    return added


def _read_again(scene: Scene, weights: Weights, reading: Reading, holders: Mapping[int, Reading]) -> Reading:
    """The reading by the rules alone of a cue in a turn of talk; in quotations it would find no more."""
    if reading.cue in holders or scene.outer[reading.cue] >= 0 or not scene.labels:
        return reading
    return by_rules(scene, weights, reading.cue) or reading


def _saying(scene: Scene, reading: Reading, rivals: Sequence[Reading], table: Table) -> Chosen | None:
    """The reading of a word inside a quotation, or a turn, turned to the quotations there that it reports."""
    cue = reading.cue
    if not says(scene, cue) or not _is_others(scene, reading):
        return None
    if scene.outer[cue] < 0 and not any(_is_turn(rival) and _held(reading, rival) for rival in rivals):
        return None
    found = beside(scene, reading)
    if found is None:
        return None
    pieces, how = found
    if scene.outer[cue] < 0 and all(scene.is_title(scene.outer[first]) for first, _ in pieces):
        return None  # 'A manual, “The Complete Regulator”, recommends oil'
    turned = reading._replace(content=Content(pieces, how, pieces[0][0]), content_share=1.0)
    candidate = _weighed(turned, merits_of(scene, [turned], 0), table)
    return candidate if candidate.probability >= LEAST_SAYING else None


def _report(
    scene: Scene, found: Sequence[Reading], number: int, rivals: Sequence[Reading], table: Table
) -> Chosen | None:
    """The reading ``number``, if it is a likely report inside one of ``rivals``."""
    reading = found[number]
    holders = [rival for rival in rivals if _held(reading, rival)]
    if any(_is_turn(holder) for holder in holders) or _is_stated(scene, reading):
        clause = reading.content.how.partition("-")[0].endswith(_CLAUSES)
        reports, floor = clause and _is_known(scene, reading), IN_TURN
    else:
        main = any(scene.tree.heads[rival.cue] == reading.cue for rival in rivals)
        plain = main or is_plain(scene, reading.cue)
        reports, floor = bool(holders) and plain and _tells(scene, reading), FLOOR
    if not reports:
        return None
    candidate = _weighed(reading, merits_of(scene, found, number), table)
    return candidate if candidate.probability >= floor else None


def _weighed(reading: Reading, merit: Mapping[str, float], table: Table) -> Chosen:
    """The reading as if it stood alone."""
    free = {name: value for name, value in merit.items() if not name.startswith(_INSIDE)}
    free["the cue"] = limited(reading.free_odds)
    return weighed(reading, free, table)


def _is_stated(scene: Scene, reading: Reading) -> bool:
    """Whether a reading stands in a statement or an answer that is set without marks, as a turn is."""
    number = scene.outer[reading.cue]
    if number < 0 or scene.quotations[number].opener:
        return False
    return all(scene.outer[first] == scene.outer[last] == number for first, last in reading.content.pieces)


def _is_turn(reading: Reading) -> bool:
    """Whether a reading is a turn of talk after its label."""
    return reading.content.how.startswith("label:")


def _tells(scene: Scene, reading: Reading) -> bool:
    """Whether the cue is a word of the lexicon with a source of its own."""
    return _is_known(scene, reading) and _is_others(scene, reading)


def _is_known(scene: Scene, reading: Reading) -> bool:
    """Whether the cue is a word of the lexicon and has a source."""
    known = (scene.tree.lemmas[reading.cue], scene.tree.pos[reading.cue]) in cues.lexicon()
    return known and reading.source is not None


def _is_others(scene: Scene, reading: Reading) -> bool:
    """Whether somebody else is the source than the one who speaks, and whom they speak to."""
    return reading.source is not None and scene.tree.lower[reading.source.head] not in _TALKING


def _held(reading: Reading, holder: Reading) -> bool:
    """Whether one piece of the content of ``holder`` holds the cue, the content and the source."""
    pieces = reading.content.pieces
    first = min(reading.cue, pieces[0][0], reading.source.first if reading.source else reading.cue)
    last = max(reading.cue, pieces[-1][1], reading.source.last if reading.source else reading.cue)
    return any(a <= first and last <= b for a, b in holder.content.pieces)
