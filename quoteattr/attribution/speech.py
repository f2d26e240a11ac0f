"""Speech in quotation marks that no likely reading reports: the likeliest unlikely one is taken for it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from quoteattr.attribution.choice import Chosen, chosen, kind_of
from quoteattr.attribution.readings import Reading
from quoteattr.attribution.scene import Pieces, Scene
from quoteattr.attribution.standing import Standing
from quoteattr.attribution.unreported import left_over
from quoteattr.attribution.utterances import resumed
from quoteattr.attribution.weights import Table

__all__ = ["spoken_apart", "with_speech"]

# A sentence between quotation marks was said by somebody, so that a word beside it need not be much of a cue,
# and one that would rather report something else reports the speech if it might.
LEAST_PROBABILITY = 0.08
LEAST_SHARE = 0.1


def with_speech(
    scene: Scene, found: Sequence[Reading], kept: Sequence[Chosen], table: Table, standing: Standing
) -> list[Chosen]:
    """The readings of ``kept``, and those of ``found`` that report what they leave over.

    What names its speaker by itself (``standing``) is left over for good.

    A reading that is kept, but for words without quotation marks though speech stands open beside it, is
    turned to it.
    """
    contents = [each.reading.content.pieces for each in kept]
    over = left_over(scene, contents, [each.reading.cue for each in kept])
    left = {number for number in over if standing.named((scene.spans[number],)) is None}
    # The second half of what is reported already has no cue of its own.
    before = {number: resumed(scene, number) for number in left}
    left = {number for number, first in before.items() if first < 0 or first in left}
    if not left:
        return list(kept)
    busy = {each.reading.cue for each in kept if kind_of(scene, each.reading.content.pieces) != "indirect"}
    free = [reading for reading in found if reading.cue not in busy]
    turned = [other for reading in free for other in _turned(scene, reading, left)]
    reporting = {each.reading.cue: each for each in chosen(scene, turned, table, LEAST_PROBABILITY)}
    stay = [each for each in kept if each.reading.cue not in reporting]
    return sorted([*stay, *reporting.values()], key=lambda each: each.reading.cue)


def spoken_apart(scene: Scene, cue: int, pieces: Pieces) -> Pieces:
    """The pieces that are quotations, sentences of their own, behind that of the cue: 'She shrugs. “No.”'."""
    sentence = scene.tree.sentence
    return tuple(
        (first, last)
        for first, last in pieces
        if scene.outer[first] >= 0
        and scene.spans[scene.outer[first]] == (first, last)
        and sentence[first] > sentence[cue]
    )


def _is_apart(scene: Scene, cue: int, pieces: Pieces) -> bool:
    """Whether a content has sentences of its own, so that a cue without a source tells nothing of it."""
    sentence = scene.tree.sentence
    return all(sentence[first] > sentence[cue] for first, _ in pieces)


def _turned(scene: Scene, reading: Reading, left: set[int]) -> Iterator[Reading]:
    """The reading turned to the likeliest content that is quotations of ``left`` and nothing else."""
    if scene.outer[reading.cue] >= 0:
        return
    for content, share in reading.speech:
        if share < LEAST_SHARE:
            return
        near = reading.source is not None or not _is_apart(scene, reading.cue, content.pieces)
        if near and {scene.outer[first] for first, _ in content.pieces} <= left:
            yield reading._replace(content=content, content_share=share)
            return
