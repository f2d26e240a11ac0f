"""The stage as a whole: from the parsed document and its quotations to attributions."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING

from attrs import evolve

from quoteattr.attribution import forms, signs, unreported, wording
from quoteattr.attribution.addressees import addressee
from quoteattr.attribution.choice import Chosen, chosen, kind_of
from quoteattr.attribution.nesting import nested
from quoteattr.attribution.opinion import Opinion, Row
from quoteattr.attribution.readings import readings
from quoteattr.attribution.scene import Pieces, Scene
from quoteattr.attribution.speech import spoken_apart, with_speech
from quoteattr.attribution.standing import Standing
from quoteattr.attribution.tree import Tree
from quoteattr.attribution.weights import Weights, load
from quoteattr.columns import Columns
from quoteattr.records import Attribution, Quotation, Range

if TYPE_CHECKING:
    from spacy.tokens import Doc

__all__ = ["attribute", "attributed"]

# A quotation that no cue reports, and that the flow of the text alone lays at somebody's door.
ALONE = 0.6
# The same, where a line of its own names the speaker.
NAMED = 0.8


def attribute(
    document: Doc | Columns,
    paragraphs: Sequence[Range],
    quotations: Sequence[Quotation],
    weights: Weights | None = None,
    tagged: Sequence[Row] | None = None,
) -> list[Attribution]:
    """The attributions of one document, in the order of the text.

    Args:
        document: parsed, with dependencies and tags; or its columns, where those are read already.
        paragraphs: as `quoteattr.layout.paragraphs` gives them.
        quotations: as `quoteattr.marks.quotations` gives them.
        weights: what each feature is worth; those that come with the library by default.
        tagged: the cues that a tagger sees (`quoteattr.tagger`); ``None`` for the rules alone.
    """
    scene = Scene.of(Tree.of(document), tuple(paragraphs), quotations)
    opinion = None if tagged is None else Opinion(scene.tree.starts, scene.tree.ends, tagged, paragraphs)
    return attributed(scene, load() if weights is None else weights, opinion)


def attributed(scene: Scene, weights: Weights, opinion: Opinion | None) -> list[Attribution]:
    """The same of a scene, with a tagger's opinion where there is one."""
    everything = readings(scene, weights, opinion)
    table, floor = weights.last(tagged=opinion is not None)
    likely = chosen(scene, everything, table, floor)
    standing = Standing(scene, everything, [each.reading for each in likely])
    picked = with_speech(scene, everything, likely, weights.right, standing)
    inner = nested(scene, everything, picked, weights, opinion is not None)
    contents = [each.reading.content.pieces for each in picked]
    flow = unreported.uttered(scene, contents, [each.reading.cue for each in picked])
    found: list[tuple[Pieces, int | None, Attribution]] = []
    sure = {each.reading.cue for each in likely}
    for number, each in enumerate(picked):
        cue = each.reading.cue
        pieces = _joined(contents[number], flow.more.get(number, []))
        spoken = spoken_apart(scene, cue, pieces)
        if spoken and (signs.asks(scene, cue) or _is_pointer(scene, pieces[0])):
            pieces = spoken
        reported = _reported(scene, each, pieces)
        # The word beside speech, 'looked', tells who speaks, but not what is done with the words.
        aloud = spoken or (reported.kind == "direct" and (cue not in sure or forms.inverted(scene, cue)))
        if reported.act == "thought" and aloud:
            reported = evolve(reported, act="speech")
        found.append((pieces, cue, reported))
    for each in inner:
        pieces = each.reading.content.pieces
        found.append((pieces, each.reading.cue, _reported(scene, each, pieces)))
    for alone in flow.alone:
        pieces = tuple(alone)
        found.append((pieces, None, _unreported(scene, pieces, standing)))
    found.sort(key=lambda item: (item[0][0][0], -item[0][-1][1]))
    parents = _parents([(pieces, cue) for pieces, cue, _ in found])
    return [
        evolve(attribution, parent=parent) for (_, _, attribution), parent in zip(found, parents, strict=True)
    ]


def _is_pointer(scene: Scene, piece: tuple[int, int]) -> bool:
    """Whether a piece is but a pronoun, no words of anybody's: 'Tom thought about | it |. “Why …?”'."""
    first, last = piece
    return first == last and scene.tree.pos[first] == "PRON"


def _joined(pieces: Pieces, more: Sequence[tuple[int, int]]) -> Pieces:
    """All pieces in order; those that touch stay apart, as the text has them."""
    return tuple(sorted({*pieces, *more}))


def _reported(scene: Scene, each: Chosen, pieces: Pieces) -> Attribution:
    reading = each.reading
    cue, source = reading.cue, reading.source
    kind = kind_of(scene, pieces, cue)
    bare = wording.is_bare(scene, cue, kind, pieces)
    return Attribution(
        content=tuple(scene.range(*piece) for piece in pieces),
        kind=kind,
        source=None if source is None else source.range(scene),
        cue=wording.cue_range(scene, cue, pieces, source),
        lemma=wording.lemma(scene, cue),
        act="thought" if bare else wording.act(scene, cue, source, kind),
        negated=wording.negated(scene, cue, pieces),
        addressee=addressee(scene, cue, pieces, source),
        confidence=each.probability,
        evidence=tuple(sorted(each.evidence, key=lambda item: -abs(item[1]))),
    )


def _unreported(scene: Scene, pieces: Pieces, standing: Standing) -> Attribution:
    """A quotation without a cue, with the speaker whom a line of its own names, if one does."""
    ranges = tuple(scene.range(*piece) for piece in pieces)
    named = standing.speaker(pieces)
    if named is None:
        return Attribution(ranges, "direct", None, None, confidence=ALONE)
    source, form = named
    evidence = ((form, math.log(NAMED / (1 - NAMED))),)
    return Attribution(ranges, "direct", source.range(scene), None, confidence=NAMED, evidence=evidence)


def _parents(contents: Sequence[tuple[Pieces, int | None]]) -> list[int | None]:
    """For each content the smallest one around it and around its cue; outer ones come before inner ones."""
    parents: list[int | None] = []
    open_ones: list[int] = []
    for number, (pieces, cue) in enumerate(contents):
        open_ones = [other for other in open_ones if contents[other][0][-1][1] >= pieces[0][0]]
        needed = pieces if cue is None else (*pieces, (cue, cue))
        around = [other for other in open_ones if _inside(needed, contents[other][0])]
        parents.append(min(around, key=lambda other: _length(contents[other][0]), default=None))
        open_ones.append(number)
    return parents


def _length(pieces: Pieces) -> int:
    return pieces[-1][1] - pieces[0][0]


def _inside(pieces: Pieces, around: Pieces) -> bool:
    return all(any(a <= first and last <= b for a, b in around) for first, last in pieces)
