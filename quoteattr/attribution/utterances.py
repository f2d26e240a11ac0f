"""Quotations that no cue reports: speech that goes on after its cue, and speech that only the flow attributes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from quoteattr.attribution.scene import Scene

__all__ = ["Pieces", "Uttered", "goes_on", "is_utterance", "left_over", "uttered"]

Pieces = tuple[tuple[int, int], ...]

_STOPS = ".!?…"
_SHUT = _STOPS + ",;—–-"
_TALK_PARAGRAPHS = 0.3  # of the paragraphs that begin with a quotation, so many of nothing else: talk
_TALK_LEAST = 4
_TALK_LENGTH = 25  # tokens of the middle speech in talk, at most


class Uttered(NamedTuple):
    """What is done about the quotations that nobody reports.

    Attributes:
        more: for a number of a content, the further pieces of it.
        alone: quotations that stand by themselves, as lists of pieces.
    """

    more: dict[int, list[tuple[int, int]]]
    alone: list[list[tuple[int, int]]]


def is_utterance(scene: Scene, number: int) -> bool:
    """Whether a quotation is a sentence of speech, not a title or an echo: it begins and ends like one."""
    tree = scene.tree
    quotation = scene.quotations[number]
    inner = tree.text[quotation.inner.start : quotation.inner.end].strip()
    if not any(character.isalpha() for character in inner) or not _begins(scene, number):
        return False
    first = next(character for character in inner if character.isalnum())
    if first.islower() and inner[0] not in "….-—–’'":
        return False
    shut = inner[-1] in _SHUT or inner[-1] in "\"”'’" or not quotation.closer
    return shut or scene.spans[number][1] - scene.spans[number][0] >= 8


def _begins(scene: Scene, number: int) -> bool:
    """Whether a sentence could begin where the quotation does."""
    text = scene.tree.text
    start = scene.quotations[number].start
    place = start - 1
    while place >= 0 and (text[place].isspace() or text[place] in "([_*"):
        place -= 1
    between = text[place + 1 : start]
    return place < 0 or "\n" in between or text[place] in ".!?…:,—–-―\"”’'»“‘"


def left_over(scene: Scene, contents: Sequence[Pieces]) -> list[int]:
    """The outermost quotations that no content takes in, in order."""
    covered = set()
    for pieces in contents:
        for first, last in pieces:
            covered.update(scene.outer[i] for i in range(first, last + 1))
    return [
        number
        for numbers in scene.cited
        for number in numbers
        if number not in covered and is_utterance(scene, number)
    ]


def uttered(scene: Scene, contents: Sequence[Pieces], cues: Sequence[int]) -> Uttered:
    """Share out the quotations that are left over: more of a content, or alone.

    Args:
        scene: the document.
        contents: the contents that cues report.
        cues: the tokens that head those cues.
    """
    owner: dict[int, int] = {}
    for number, pieces in enumerate(contents):
        for first, last in pieces:
            for i in range(first, last + 1):
                if scene.outer[i] >= 0:
                    owner.setdefault(scene.outer[i], number)
    talk = is_talk(scene)
    result = Uttered({}, [])
    alone: dict[int, list[tuple[int, int]]] = {}
    for number in left_over(scene, contents):
        span = scene.spans[number]
        before = scene.quotations[number].continues
        if before is not None and before in owner:
            owner[number] = owner[before]
            result.more.setdefault(owner[number], []).append(span)
        elif before is not None and before in alone:
            alone[number] = alone[before]
            alone[number].append(span)
        elif (content := _carries_on(scene, number, contents, cues, owner, talk)) is not None:
            owner[number] = content
            result.more.setdefault(content, []).append(span)
        else:
            alone[number] = _beside(scene, number, alone)
            if not alone[number]:
                result.alone.append(alone[number])
            alone[number].append(span)
    return result


def _beside(scene: Scene, number: int, alone: dict[int, list[tuple[int, int]]]) -> list[tuple[int, int]]:
    """The pieces of a quotation of the same paragraph with nobody's words between, or none."""
    previous = number - 1
    while previous >= 0 and scene.quotations[previous].depth:
        previous -= 1
    if previous in alone and scene.paragraph[scene.spans[previous][0]] == scene.paragraph[scene.spans[number][0]]:
        return alone[previous]
    return []


def _carries_on(  # noqa: PLR0913, PLR0917
    scene: Scene,
    number: int,
    contents: Sequence[Pieces],
    cues: Sequence[int],
    owner: dict[int, int],
    talk: bool,
) -> int | None:
    """The content that a quotation goes on with, if it does."""
    first = scene.spans[number][0]
    nearest = max(
        ((contents[i][-1][1], i) for i in range(len(contents)) if contents[i][0][0] < first), default=None
    )
    nearest_cue = max(((cue, i) for i, cue in enumerate(cues) if cue < first), default=None)
    if nearest is None or nearest_cue is None:
        return None
    content = nearest_cue[1] if nearest_cue > nearest else nearest[1]
    paragraph = scene.paragraph[first]
    end = max(contents[content][-1][1], cues[content])
    if scene.paragraph[end] == paragraph:
        return content if goes_on(scene, end, first) else None
    if talk or not _whole(scene, number):
        return None
    if scene.paragraph[end] != paragraph - 1:
        previous = scene.cited[paragraph - 1]
        if not previous or owner.get(previous[-1]) != content or not _whole(scene, previous[-1]):
            return None
    held = any(scene.outer[a] >= 0 for a, _ in contents[content])
    return content if held and goes_on(scene, end, first) else None


def goes_on(scene: Scene, end: int, first: int) -> bool:
    """Whether at most one sentence ends between token ``end`` and token ``first``."""
    return scene.tree.sentence[first] - scene.tree.sentence[end] <= 1 or not any(
        scene.outer[i] < 0 and scene.tree.words[i][0].isalnum()
        for i in range(scene.tree.sentences[scene.tree.sentence[end]][1], first)
    )


def _whole(scene: Scene, number: int) -> bool:
    """Whether the quotation is all of its paragraph."""
    paragraph = scene.paragraphs[scene.paragraph[scene.spans[number][0]]]
    quotation = scene.quotations[number]
    return quotation.start <= paragraph.start + 1 and quotation.end >= paragraph.end - 1


def is_talk(scene: Scene) -> bool:
    """Whether paragraphs that are a speech alone are a talk, as in novels: each a turn, by someone else."""
    opening, alone, lengths = 0, 0, []
    for block, numbers in zip(scene.blocks, scene.cited, strict=True):
        if not numbers or scene.spans[numbers[0]][0] > block[0] + 1:
            continue
        opening += 1
        if _whole(scene, numbers[0]) and scene.quotations[numbers[0]].continues is None:
            alone += 1
            lengths.append(scene.spans[numbers[0]][1] - scene.spans[numbers[0]][0])
    if alone < max(_TALK_LEAST, _TALK_PARAGRAPHS * opening):
        return False
    return sorted(lengths)[len(lengths) // 2] <= _TALK_LENGTH
