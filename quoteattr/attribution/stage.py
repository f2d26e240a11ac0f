"""The stage as a whole: from the parsed document and its quotations to attributions."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from attrs import evolve

from quoteattr.attribution import utterances, wording
from quoteattr.attribution.choice import Chosen, chosen, kind_of
from quoteattr.attribution.readings import readings
from quoteattr.attribution.scene import Scene
from quoteattr.attribution.tree import Tree
from quoteattr.attribution.weights import Weights, load
from quoteattr.records import Attribution, Quotation, Range
from quoteattr.speakers.lexicon import lexicon

if TYPE_CHECKING:
    from spacy.tokens import Doc

__all__ = ["attribute"]

Pieces = tuple[tuple[int, int], ...]

# A quotation that no cue reports, and that the flow of the text alone lays at somebody's door.
ALONE = 0.6
# A reading below the floor is taken if it reports speech in quotation marks that nobody else reports.
LEAST_FOR_SPEECH = 0.08


def attribute(
    doc: Doc, paragraphs: Sequence[Range], quotations: Sequence[Quotation], weights: Weights | None = None
) -> list[Attribution]:
    """The attributions of one document, in the order of the text.

    Args:
        doc: parsed, with dependencies and tags.
        paragraphs: as `quoteattr.layout.paragraphs` gives them.
        quotations: as `quoteattr.marks.quotations` gives them.
        weights: what each feature is worth; those that come with the library by default.
    """
    scene = Scene.of(Tree.of(doc), tuple(paragraphs), quotations)
    return _attributed(scene, load() if weights is None else weights)


def _attributed(scene: Scene, weights: Weights) -> list[Attribution]:
    picked = _picked(scene, weights)
    contents = [each.reading.content.pieces for each in picked]
    flow = utterances.uttered(scene, contents, [each.reading.cue for each in picked])
    found: list[tuple[Pieces, int | None, Attribution]] = []
    for number, each in enumerate(picked):
        pieces = _joined(contents[number], flow.more.get(number, []))
        found.append((pieces, each.reading.cue, _reported(scene, each, pieces)))
    for alone in flow.alone:
        pieces = tuple(alone)
        ranges = tuple(scene.tree.range(*piece) for piece in pieces)
        found.append((pieces, None, Attribution(ranges, "direct", None, None, confidence=ALONE)))
    found.sort(key=lambda item: (item[0][0][0], -item[0][-1][1]))
    parents = _parents([(pieces, cue) for pieces, cue, _ in found])
    return [
        evolve(attribution, parent=parent)
        for (_, _, attribution), parent in zip(found, parents, strict=True)
    ]


def _picked(scene: Scene, weights: Weights) -> list[Chosen]:
    """The readings that are kept: the likely ones, and for speech that nobody reports the likeliest."""
    everything = readings(scene, weights)
    kept = chosen(scene, everything, weights.right, weights.floor)
    open_speech = set(utterances.left_over(scene, [each.reading.content.pieces for each in kept]))
    if not open_speech:
        return kept
    weak = chosen(
        scene,
        [reading for reading in everything if _reports(scene, reading.content.pieces, open_speech)],
        weights.right,
        LEAST_FOR_SPEECH,
    )
    have = {each.reading.cue for each in kept}
    taken = {i for each in kept for a, b in each.reading.content.pieces for i in range(a, b + 1)}
    for each in weak:
        pieces = each.reading.content.pieces
        if each.reading.cue not in have and not any(i in taken for a, b in pieces for i in range(a, b + 1)):
            kept.append(each)
    return sorted(kept, key=lambda each: each.reading.cue)


def _reports(scene: Scene, pieces: Pieces, numbers: set[int]) -> bool:
    """Whether a content is one of these quotations, or more than one."""
    return all(scene.outer[first] in numbers and scene.outer[last] in numbers for first, last in pieces)


def _joined(pieces: Pieces, more: Sequence[tuple[int, int]]) -> Pieces:
    """All pieces in order; those that touch stay apart, as the text has them."""
    return tuple(sorted({*pieces, *more}))


def _reported(scene: Scene, each: Chosen, pieces: Pieces) -> Attribution:
    reading = each.reading
    tree, cue, source = scene.tree, reading.cue, reading.source
    kind = kind_of(scene, pieces)
    return Attribution(
        content=tuple(tree.range(*piece) for piece in pieces),
        kind=kind,
        source=None if source is None else source.range(scene),
        cue=wording.cue_range(scene, cue, pieces, source),
        lemma=tree.lemmas[cue],
        act=wording.act(scene, cue, source, kind, lexicon().works),
        negated=wording.negated(scene, cue),
        addressee=wording.addressee(scene, cue, pieces, source),
        confidence=each.probability,
        evidence=tuple(sorted(each.evidence, key=lambda item: -abs(item[1]))),
    )


def _parents(contents: Sequence[tuple[Pieces, int | None]]) -> list[int | None]:
    """For each content the smallest one around it and around its cue."""
    parents: list[int | None] = []
    for number, (pieces, cue) in enumerate(contents):
        best, size = None, 0
        for other, (around, _) in enumerate(contents):
            if other == number or around[0][0] > pieces[0][0]:
                continue
            span = around[-1][1] - around[0][0]
            if _inside(pieces, around) and (cue is None or _inside(((cue, cue),), around)):
                if best is None or span < size:
                    best, size = other, span
        parents.append(best)
    return parents


def _inside(pieces: Pieces, around: Pieces) -> bool:
    return all(any(a <= first and last <= b for a, b in around) for first, last in pieces)
