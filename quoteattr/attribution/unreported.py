"""Quotations that no cue reports: speech that goes on after its cue, or that the flow alone attributes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from quoteattr.attribution.quoted import is_answer, is_free, names_subject
from quoteattr.attribution.scene import Pieces, Scene
from quoteattr.attribution.signs import DASHES
from quoteattr.attribution.talk import TALK_LENGTH, is_presented, is_talk, is_whole, takes_turns
from quoteattr.attribution.utterances import interrupted, is_reply, is_utterance, previous_to, resumed
from quoteattr.records import Quotation

__all__ = ["Uttered", "goes_on", "left_over", "uttered"]


class Uttered(NamedTuple):
    """What is done about the quotations that nobody reports.

    Attributes:
        more: for a number of a content, the further pieces of it.
        alone: quotations that stand by themselves, as lists of pieces.
    """

    more: dict[int, list[tuple[int, int]]]
    alone: list[list[tuple[int, int]]]


def left_over(scene: Scene, contents: Sequence[Pieces], cues: Sequence[int]) -> list[int]:
    """The outermost quotations that no content takes in, in order; ``cues`` head the cues of the contents."""
    covered = _owners(scene, contents, cues)
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
    sharing = _Sharing(scene, contents, cues)
    for number in left_over(scene, contents, cues):
        sharing.place(number)
    return Uttered(sharing.more, sharing.alone)


class _Sharing:
    """Places one quotation after the other, in the order of the text, so that each step is short."""

    def __init__(self, scene: Scene, contents: Sequence[Pieces], cues: Sequence[int]) -> None:
        self.scene, self.contents, self.cues = scene, contents, cues
        self.more: dict[int, list[tuple[int, int]]] = {}
        self.alone: list[list[tuple[int, int]]] = []
        self._owner = _owners(scene, contents, cues)
        self._carried = _carried(scene.quotations, self._owner)
        self._standing: dict[int, list[tuple[int, int]]] = {}
        self._talk = is_talk(scene) or takes_turns(scene, self._owner, cues)
        # Contents by where they begin, and the one met so far that ends last (or whose cue does).
        self._waiting = sorted(
            (min(pieces[0][0], cue), number)
            for number, (pieces, cue) in enumerate(zip(contents, cues, strict=True))
        )
        self._waiting.reverse()
        self._last = (-1, -1)

    def place(self, number: int) -> None:
        """Put the quotation ``number`` to a content or let it stand alone."""
        span = self.scene.spans[number]
        before = self._partner(number)
        if number in self._carried:
            self._add(self._carried[number], number)
        elif before is not None and before in self._owner:
            self._add(self._owner[before], number)
        elif before is not None and before in self._standing:
            self._stand(number, self._standing[before])
        elif (content := self._carries_on(number, span[0])) is not None:
            self._add(content, number)
        else:
            self._stand(number, _beside(self.scene, number, self._standing))

    def _partner(self, number: int) -> int | None:
        """The quotation that one surely goes on with, or that surely goes on with it."""
        scene = self.scene
        following = interrupted(scene, number)
        if following in self._owner:
            return following
        if (before := resumed(scene, number)) >= 0:
            return before
        return scene.quotations[number].continues

    def _add(self, content: int, number: int) -> None:
        self._owner[number] = content
        self.more.setdefault(content, []).append(self.scene.spans[number])

    def _stand(self, number: int, pieces: list[tuple[int, int]]) -> None:
        if not pieces:
            self.alone.append(pieces)
        pieces.append(self.scene.spans[number])
        self._standing[number] = pieces

    def _carries_on(self, number: int, first: int) -> int | None:
        """The content that a quotation goes on with, if it does."""
        while self._waiting and self._waiting[-1][0] < first:
            _, content = self._waiting.pop()
            end = max(self.contents[content][-1][1], self.cues[content])
            self._last = max(self._last, (end, content))
        end, content = self._last
        if content < 0 or end >= first or not self._may_go_on(content, number):
            return None
        scene, paragraph = self.scene, self.scene.paragraph[first]
        if paragraph > scene.paragraph[end] and self._is_turn(content, number):
            return None
        held = any(scene.outer[a] >= 0 for a, _ in self.contents[content])
        if scene.paragraph[end] == paragraph:
            return content if held or not names_subject(scene, self.cues[content], [number]) else None
        if self._talk or not is_whole(scene, number) or is_reply(scene, number):
            return None
        if scene.paragraph[end] != paragraph - 1:
            previous = scene.cited[paragraph - 1]
            joined = previous and self._owner.get(previous[-1]) == content and is_whole(scene, previous[-1])
            if not joined:
                return None
        return content if held else None

    def _is_turn(self, content: int, number: int) -> bool:
        """Whether two take turns, so that a short paragraph is the other's: '“A,” said X. // “B,” said Y.'.

        Both are named, and say no more than people do in a talk; nobody is presented, as in news.
        """
        scene, (first, last) = self.scene, self.scene.spans[number]
        above = scene.paragraph[self.cues[content]] - 1
        numbers = scene.cited[above] if above >= 0 else []
        owners = {self._owner.get(each, content) for each in numbers} - {content}
        if last - first > TALK_LENGTH or len(owners) != 1:
            return False
        if scene.spans[numbers[0]][0] > scene.blocks[above][0]:
            return False
        names = [_who_says(scene, self.cues[each]) for each in (*owners, content)]
        return "" not in names and names[0] != names[1]

    def _may_go_on(self, content: int, number: int) -> bool:
        """Whether a quotation may go on with a content: it is near, no answer and nobody else’s."""
        scene, cue = self.scene, self.cues[content]
        first = scene.spans[number][0]
        if scene.tree.words[cue][-1] in DASHES:  # what stands below a signature has its own
            return False
        if is_answer(scene, cue, number) or not is_free(scene, cue, first):
            return False
        return goes_on(scene, self._last[0], first)


def _who_says(scene: Scene, cue: int) -> str:
    """The name that is the subject of a cue; '' for other subjects and for who is presented there."""
    subject = scene.tree.child(cue, "nsubj")
    if subject is None or scene.tree.pos[subject] != "PROPN" or is_presented(scene, subject):
        return ""
    return scene.tree.words[subject]


def _owners(scene: Scene, contents: Sequence[Pieces], cues: Sequence[int]) -> dict[int, int]:
    """For each quotation in a content the number of the content.

    What a word in a quotation reports there takes it not in, for somebody says that too; what a label does.
    """
    owner: dict[int, int] = {}
    for number, (pieces, cue) in enumerate(zip(contents, cues, strict=True)):
        own = -1 if scene.tree.words[cue] == ":" else scene.outer[cue]
        for first, last in pieces:
            for i in range(first, last + 1):
                if scene.outer[i] not in (-1, own):
                    owner.setdefault(scene.outer[i], number)
    return owner


def _carried(quotations: Sequence[Quotation], owner: Mapping[int, int]) -> dict[int, int]:
    """The content of a quotation that a reported one of like marks carries on: '“A. // “B,” she said'."""
    found: dict[int, int] = {}
    for number in range(len(quotations) - 1, -1, -1):
        before = quotations[number].continues
        content = owner.get(number, found.get(number))
        if before is None or content is None or before in owner:
            continue
        if quotations[before].opener == quotations[number].opener:
            found[before] = content
    return found


def _beside(scene: Scene, number: int, alone: dict[int, list[tuple[int, int]]]) -> list[tuple[int, int]]:
    """The pieces of a quotation of the same paragraph with nobody's words between, or none."""
    previous = previous_to(scene, number)
    if (
        previous in alone
        and scene.paragraph[scene.spans[previous][0]] == scene.paragraph[scene.spans[number][0]]
    ):
        return alone[previous]
    return []


def goes_on(scene: Scene, end: int, first: int) -> bool:
    """Whether at most one sentence ends between token ``end`` and token ``first``."""
    return scene.tree.sentence[first] - scene.tree.sentence[end] <= 1 or not any(
        scene.outer[i] < 0 and scene.tree.words[i][0].isalnum()
        for i in range(scene.tree.sentences[scene.tree.sentence[end]][1], first)
    )
