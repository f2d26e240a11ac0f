"""Whether the paragraphs of a text are turns of a talk, as in novels: each by another than the one before."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from quoteattr.attribution.scene import Scene
from quoteattr.speakers.lexicon import lexicon

__all__ = ["TALK_LENGTH", "is_presented", "is_talk", "is_whole", "takes_turns"]

_PARAGRAPHS = 0.3  # of the paragraphs that begin with a quotation, so many of nothing else: talk
_LEAST = 3
_ASKED = 0.1  # of them with a question: in twelve of fourteen novels more, in two news articles none
TALK_LENGTH = 25  # tokens of the middle speech in talk, at most
_OFTEN_ASKED, _LONGER = 0.2, 40  # where more is asked, speeches are longer in old novels, in no news article
_TURNS = 2  # neighbours that are told of two speakers, at least


def is_whole(scene: Scene, number: int) -> bool:
    """Whether the quotation is all of its paragraph."""
    paragraph = scene.paragraphs[scene.paragraph[scene.spans[number][0]]]
    quotation = scene.quotations[number]
    return quotation.start <= paragraph.start + 1 and quotation.end >= paragraph.end - 1


def is_talk(scene: Scene) -> bool:
    """Whether paragraphs that are a speech alone are a talk, as in novels: each a turn, by someone else.

    Somebody asks there now and then. Newspapers that give each sentence of a speech its own paragraph have
    hardly a question.
    """
    if scene.talk is None:
        scene.talk = _is_talk(scene)
    return scene.talk


def _is_talk(scene: Scene) -> bool:
    opening, alone, asked, lengths = 0, 0, 0, []
    for numbers in _opening(scene):
        if not numbers:
            continue
        opening += 1
        asked += any("?" in scene.said(number) for number in numbers)
        if is_whole(scene, numbers[0]) and scene.quotations[numbers[0]].continues is None:
            alone += 1
            lengths.append(scene.spans[numbers[0]][1] - scene.spans[numbers[0]][0])
    if alone < max(_LEAST, _PARAGRAPHS * opening) or asked < _ASKED * opening:
        return False
    most = _LONGER if asked >= _OFTEN_ASKED * opening else TALK_LENGTH
    return sorted(lengths)[len(lengths) // 2] <= most


def takes_turns(scene: Scene, owner: Mapping[int, int], cues: Sequence[int]) -> bool:
    """Whether neighbouring paragraphs that begin with a speech and tell its speaker tell two: '… said Ann.'.

    Of 350 news articles of PolNeAR's train part one has more than one such pair, of sixteen excerpts of
    novels all but one; somebody named twice, or as 'he' the second time, is reported at length. Who comes in
    by a full name or with an apposition is presented, as news does it with one after the other.

    Args:
        scene: the document.
        owner: for each quotation in a content the number of the content.
        cues: the tokens that head the cues of the contents.
    """
    told = [_who_opens(scene, numbers, owner, cues) for numbers in _opening(scene)]
    others, same, open_ = 0, 0, 0
    for before, here in pairwise(told):
        if before is None or here is None:
            continue
        if before[:2] == here[:2]:
            same += 1
        elif here[0] == "PRON" != before[0]:
            open_ += 1
        elif not here[2]:
            others += 1
    return others >= _TURNS and others > 2 * same + open_


def _opening(scene: Scene) -> Iterator[list[int]]:
    """The quotations of each paragraph that begins with one, none of the others."""
    for block, numbers in zip(scene.blocks, scene.cited, strict=True):
        yield numbers if numbers and scene.spans[numbers[0]][0] <= block[0] + 1 else []


def _who_opens(
    scene: Scene, numbers: Sequence[int], owner: Mapping[int, int], cues: Sequence[int]
) -> tuple[str, str, bool] | None:
    """The part of speech and the word of whoever the paragraph tells says its first quotation.

    And whether they are presented: 'said | Ann Lee', 'said Lee, | a clerk'.
    """
    if not numbers or numbers[0] not in owner:
        return None
    cue = cues[owner[numbers[0]]]
    subject = scene.tree.child(cue, "nsubj", "nsubjpass")
    if subject is None or scene.paragraph[cue] != scene.paragraph[scene.spans[numbers[0]][0]]:
        return None
    return scene.tree.pos[subject], scene.tree.lower[subject], is_presented(scene, subject)


def is_presented(scene: Scene, subject: int) -> bool:
    """Whether a name is a full one, no 'Miss Lee', or has an apposition."""
    tree = scene.tree
    if tree.child(subject, "appos") is not None:
        return True
    if tree.pos[subject] != "PROPN" or not subject or tree.pos[subject - 1] != "PROPN":
        return False
    lex, first = lexicon(), tree.lower[subject - 1].rstrip(".")
    return not any(first in titles for titles in (lex.honorifics, lex.familiar, lex.titles))
