"""Quotations that no cue reports: speech that goes on after its cue, or that the flow alone attributes."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from quoteattr.attribution.quoted import is_answer, is_claimed, is_free, names_subject
from quoteattr.attribution.scene import Pieces, Scene
from quoteattr.attribution.talk import TALK_LENGTH, is_presented, is_talk, is_whole, takes_turns
from quoteattr.attribution.tree import Tree
from quoteattr.records import Quotation
from quoteattr.speakers.lexicon import lexicon

__all__ = ["Uttered", "goes_on", "is_utterance", "left_over", "resumed", "speech_before", "uttered"]

_STOPS = ".!?…"
_SHUT = _STOPS + ",;—–-"
_ASIDE = re.compile(r"\s{0,2}(?:[—–―]|--)[^—–―\n\"“”‘]{0,100}[^\s—–―](?:[—–―]|--)\s{0,2}")
_CLAUSE = re.compile(r",?\s[^.!?…:;\n\"“”‘]{0,100}[^\W_],\s")
_INTERRUPTION = 100  # characters of 'said Ann, and put down her cup'
_CALLED = 4  # tokens of a name that somebody is called by, at most
_DASHES = "—–―"
_MADAM = frozenset({"madam", "ma'am", "ma’am"})
_YES = frozenset({"yes", "no"})
_QUESTION = 10  # tokens of a question that somebody asks back, marks included


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
    quotation = scene.quotations[number]
    inner = scene.said(number).strip()
    if not any(character.isalpha() for character in inner) or not _begins(scene, number):
        return False
    first = next(character for character in inner if character.isalnum())
    if first.islower() and inner[0] not in "….-—–’'" and not _resumes(scene, number):
        return False
    if scene.is_title(number) and inner[-1] not in "!?" and not _is_short_speech(scene, number):
        return False
    if _is_heading(scene, number):
        return False
    shut = inner[-1] in _SHUT or inner[-1] in "\"”'’" or not quotation.closer
    return (
        shut
        or scene.spans[number][1] - scene.spans[number][0] >= 8
        or is_claimed(scene, number)
        or _interrupted(scene, number) is not None
    )


def _is_heading(scene: Scene, number: int) -> bool:
    """Whether words between paragraphs are a heading: no stop, single marks below speech in double."""
    previous = _previous(scene, number)
    if previous < 0 or scene.ending(number) in _SHUT or not is_whole(scene, number):
        return False
    return scene.quotations[number].opener in "'‘" and scene.quotations[previous].opener in '"“'


def _is_short_speech(scene: Scene, number: int) -> bool:
    """Whether words that look like a title are a sentence: '“Who is it?” he asked. // “Mary Smith.”'.

    They stand alone and end in a period, which a title has only where a sentence about it ends. Between
    paragraphs a title may be a heading, but for an answer and what calls somebody.
    """
    text, start = scene.tree.text, scene.quotations[number].start
    before = text[max(start - 2, 0) : start].strip()
    if scene.ending(number) not in _STOPS or (before and before not in _STOPS):
        return False
    return bool(before) or _answers(scene, number) or _calls(scene, number)


def speech_before(scene: Scene, token: int) -> int:
    """The quotation right before a token, if it ends as speech does: '“Why?” | asked', '“It is bad”, | said'.

    Where its comma stands outside of the marks, it must also begin as a sentence. -1 where there is none.
    """
    last = token - 1
    outside = last > 0 and scene.outer[last] < 0 and scene.tree.words[last] == ","
    last -= outside
    number = scene.outer[last] if last >= 0 else -1
    if number < 0 or scene.spans[number][1] != last:
        return -1
    return number if scene.is_shut(number) or (outside and is_utterance(scene, number)) else -1


def _resumes(scene: Scene, number: int) -> bool:
    """Whether a quotation goes on with the sentence of the one before: '“A,” said Ann; “and B.”'."""
    if resumed(scene, number) >= 0:
        return True
    previous = _previous(scene, number)
    if (
        previous < 0
        or "\n" in scene.tree.text[scene.quotations[previous].end : scene.quotations[number].start]
    ):
        return False
    between = scene.tree.text[scene.quotations[previous].end : scene.quotations[number].start].rstrip()
    return scene.ending(previous) in _SHUT and 0 < len(between) <= _INTERRUPTION and between[-1:] in ",;:—–-"


def _interrupted(scene: Scene, number: int) -> int | None:
    """The quotation that goes on with one: '“I’ll come”—he rose—“at ten”', '“Next,” she adds, “six”'."""
    following = number + 1
    while following < len(scene.quotations) and scene.quotations[following].depth:
        following += 1
    if following == len(scene.quotations):
        return None
    goes_on = _is_aside(scene, number, following) or _is_parted(scene, number, following)
    return following if goes_on else None


def _is_parted(scene: Scene, one: int, other: int) -> bool:
    """Whether a clause between commas parts the sentence that two quotations are."""
    start, end = scene.quotations[one].end, scene.quotations[other].start
    if end - start > _INTERRUPTION or not scene.said(other).lstrip()[:1].islower():
        return False
    between = scene.tree.text[start:end]
    return (scene.ending(one) == "," or between[:1] == ",") and _CLAUSE.fullmatch(between) is not None


def _is_aside(scene: Scene, one: int, other: int) -> bool:
    """Whether nothing but an aside between dashes stands between two quotations."""
    start, end = scene.quotations[one].end, scene.quotations[other].start
    return end - start <= _INTERRUPTION and _ASIDE.fullmatch(scene.tree.text, start, end) is not None


def _begins(scene: Scene, number: int) -> bool:
    """Whether a sentence could begin where the quotation does."""
    text = scene.tree.text
    start = scene.quotations[number].start
    place = start - 1
    while place >= 0 and (text[place].isspace() or text[place] in "([_*>"):
        place -= 1
    between = text[place + 1 : start]
    return place < 0 or "\n" in between or text[place] in ".!?…:;,—–-―\"”’'»“‘"


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
        following = _interrupted(scene, number)
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
        if self._talk or not is_whole(scene, number) or _is_reply(scene, number):
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
        if scene.tree.words[cue][-1] in _DASHES:  # what stands below a signature has its own
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
    previous = _previous(scene, number)
    if (
        previous in alone
        and scene.paragraph[scene.spans[previous][0]] == scene.paragraph[scene.spans[number][0]]
    ):
        return alone[previous]
    return []


def resumed(scene: Scene, number: int) -> int:
    """The quotation that one surely goes on with, or -1: '“Foxes,” said he, rising, | “never do.” |'."""
    previous = _previous(scene, number)
    surely = previous >= 0 and (_is_aside(scene, previous, number) or _is_parted(scene, previous, number))
    return previous if surely else -1


def _previous(scene: Scene, number: int) -> int:
    """The outermost quotation before one, -1 where it is the first."""
    previous = number - 1
    while previous >= 0 and scene.quotations[previous].depth:
        previous -= 1
    return previous


def _is_reply(scene: Scene, number: int) -> bool:
    """Whether a paragraph of speech is somebody else's than the one before."""
    return _answers(scene, number) or _asks_back(scene, number) or _calls(scene, number)


def _calls(scene: Scene, number: int) -> bool:
    """Whether a quotation calls somebody: '“We knew it, Mr Lee.”', '“Pip, sir.”', '“Mother, I know.”'."""
    tree, (first, last) = scene.tree, scene.spans[number]
    while last > first and not tree.words[last][-1].isalnum():
        last -= 1
    while first < last and not tree.words[first][0].isalnum():
        first += 1
    name = last
    while name > first and _is_called(tree, name) and last - name < _CALLED:
        name -= 1
    if name < last and (tree.words[name] == "," or tree.lower[name] in _YES) and tree.deps[last] != "appos":
        return True
    return tree.words[first + 1 : first + 2] == [","] and tree.lower[first] in lexicon().familiar


def _is_called(tree: Tree, i: int) -> bool:
    """Whether a token may be part of what somebody is called by."""
    word = tree.lower[i]
    return tree.pos[i] == "PROPN" or word in _MADAM or word in lexicon().familiar or word in lexicon().openers


def _answers(scene: Scene, number: int) -> bool:
    """Whether something is asked in the paragraph before, so that a quotation is somebody else's answer."""
    previous = _previous(scene, number)
    if previous < 0:
        return False
    asked = scene.cited[scene.paragraph[scene.spans[previous][0]]]
    return any(_asks(scene, each) and not _tells(scene, each) for each in asked)


def _asks_back(scene: Scene, number: int) -> bool:
    """Whether a quotation is a short question, as somebody else asks after what was said: '“All of it?”'."""
    first, last = scene.spans[number]
    return last - first <= _QUESTION and _asks(scene, number) and not _tells(scene, number)


def _asks(scene: Scene, number: int) -> bool:
    return scene.ending(number) == "?"


def _tells(scene: Scene, number: int) -> bool:
    """Whether a sentence that is no question stands in a quotation: '“We pay our way. What for?”'."""
    return "." in scene.said(number)


def goes_on(scene: Scene, end: int, first: int) -> bool:
    """Whether at most one sentence ends between token ``end`` and token ``first``."""
    return scene.tree.sentence[first] - scene.tree.sentence[end] <= 1 or not any(
        scene.outer[i] < 0 and scene.tree.words[i][0].isalnum()
        for i in range(scene.tree.sentences[scene.tree.sentence[end]][1], first)
    )
