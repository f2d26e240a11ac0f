"""Whether a quotation is speech, a sentence that somebody says, and which other quotation it goes on with."""

from __future__ import annotations

import re

from quoteattr.attribution.quoted import is_claimed
from quoteattr.attribution.scene import Scene
from quoteattr.attribution.talk import is_whole
from quoteattr.attribution.tree import Tree
from quoteattr.speakers.lexicon import lexicon

__all__ = ["interrupted", "is_reply", "is_utterance", "previous_to", "resumed", "speech_before"]

_STOPS = ".!?…"
_SHUT = _STOPS + ",;—–-"
_ASIDE = re.compile(r"\s{0,2}(?:[—–―]|--)[^—–―\n\"“”‘]{0,100}[^\s—–―](?:[—–―]|--)\s{0,2}")
_CLAUSE = re.compile(r",?\s[^.!?…:;\n\"“”‘]{0,100}[^\W_],\s")
_INTERRUPTION = 100  # characters of 'said Ann, and put down her cup'
_CALLED = 4  # tokens of a name that somebody is called by, at most
_MADAM = frozenset({"madam", "ma'am", "ma’am"})
_YES = frozenset({"yes", "no"})
_QUESTION = 10  # tokens of a question that somebody asks back, marks included


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
        or interrupted(scene, number) is not None
    )


def _is_heading(scene: Scene, number: int) -> bool:
    """Whether words between paragraphs are a heading: no stop, single marks below speech in double."""
    previous = previous_to(scene, number)
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
    previous = previous_to(scene, number)
    if (
        previous < 0
        or "\n" in scene.tree.text[scene.quotations[previous].end : scene.quotations[number].start]
    ):
        return False
    between = scene.tree.text[scene.quotations[previous].end : scene.quotations[number].start].rstrip()
    return scene.ending(previous) in _SHUT and 0 < len(between) <= _INTERRUPTION and between[-1:] in ",;:—–-"


def interrupted(scene: Scene, number: int) -> int | None:
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


def resumed(scene: Scene, number: int) -> int:
    """The quotation that one surely goes on with, or -1: '“Foxes,” said he, rising, | “never do.” |'."""
    previous = previous_to(scene, number)
    surely = previous >= 0 and (_is_aside(scene, previous, number) or _is_parted(scene, previous, number))
    return previous if surely else -1


def previous_to(scene: Scene, number: int) -> int:
    """The outermost quotation before one, -1 where it is the first."""
    previous = number - 1
    while previous >= 0 and scene.quotations[previous].depth:
        previous -= 1
    return previous


def is_reply(scene: Scene, number: int) -> bool:
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
    previous = previous_to(scene, number)
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
