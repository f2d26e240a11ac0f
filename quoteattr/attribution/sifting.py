"""Sifts what a cue may report: no content that holds who speaks or the word that tells, or that runs on."""

from __future__ import annotations

from quoteattr.attribution import forms, wording
from quoteattr.attribution.contents import Content, contents
from quoteattr.attribution.judging import Judge
from quoteattr.attribution.misread import named_behind
from quoteattr.attribution.paring import pared, runs_on
from quoteattr.attribution.quoted import announced, is_answer, is_said_before
from quoteattr.attribution.scene import Pieces, Scene, holds
from quoteattr.attribution.tree import FINITE
from quoteattr.cues import lexicon

__all__ = ["sifted"]

_HOW = frozenset({"RB", "RBR"})  # tags that open words for how something was said
_WHEN = frozenset({"when", "while", "before", "after", "until", "till", "once", "whenever"})


def sifted(scene: Scene, judge: Judge, cue: int, settled: bool) -> list[Content]:
    """The contents to weigh: without those that hold who speaks or the word that tells, or run on."""
    options = contents(scene, cue)
    options = options if settled else judge.proposals(scene, cue, options)
    options = _apart([_pared(scene, cue, option) for option in options])
    options = [option for option in options if not _holds_answer(scene, cue, option)]
    if named_behind(scene, cue) is not None:
        options = [option for option in options if _is_spoken(scene, cue, option)]
    if _tells_when(scene, cue):
        options = [option for option in options if not _is_above(scene, option)]
    if scene.outer[cue] >= 0 or not is_said_before(scene, cue):
        options = [option for option in options if not runs_on(scene, option.pieces)]
    if settled:
        speaker = forms.speaker(scene, cue)
        return [option for option in options if speaker is None or not holds(option.pieces, speaker)]
    verb = wording.telling(scene, cue)
    if verb == cue:
        return _behind_comma(scene, cue, options)
    apart = [option for option in options if not holds(option.pieces, verb)]
    if wording.habit(scene, cue) is None and not any(_is_quoted(scene, option, verb) for option in apart):
        return options
    return _right_behind(scene, verb, apart)


def _pared(scene: Scene, cue: int, content: Content) -> Content:
    """A content without what is the reporter's own; most are as they were."""
    pieces = pared(scene, content.pieces, cue)
    return content if pieces is content.pieces else content._replace(pieces=pieces)


def _apart(options: list[Content]) -> list[Content]:
    """The first of those with the same words: paring makes twins."""
    found: dict[Pieces, Content] = {}
    for option in options:
        found.setdefault(option.pieces, option)
    return list(found.values())


def _is_spoken(scene: Scene, cue: int, content: Content) -> bool:
    """Whether what a content has behind a cue is quoted."""
    return all(last < cue or scene.outer[first] >= 0 for first, last in content.pieces)


def _holds_answer(scene: Scene, cue: int, content: Content) -> bool:
    """Whether a content holds what somebody answers to the question that the cue reports."""
    held = {scene.outer[i] for first, last in content.pieces for i in range(first, last + 1)}
    return any(is_answer(scene, cue, number) for number in held - {-1})


def _tells_when(scene: Scene, cue: int) -> bool:
    """Whether a word that seldom reports by itself stands in a clause of time: 'When she spoke'."""
    word = lexicon().get((scene.tree.lemmas[cue], scene.tree.pos[cue]))
    return word is not None and bool(word.needs) and scene.tree.lower[scene.tree.left[cue]] in _WHEN


def _is_above(scene: Scene, content: Content) -> bool:
    """Whether a content is the clause that a cue tells the time of: 'When she spoke | her voice was thin'."""
    return content.how.startswith("^advcl") and scene.outer[content.pieces[0][0]] < 0


def _behind_comma(scene: Scene, cue: int, options: list[Content]) -> list[Content]:
    """The contents but for words that stand before a cue with speech behind it: 'they say, | “No.”'.

    The speech may open the next paragraph: 'As they left, Ann said, // “No.”'.
    """
    number = announced(scene, cue)
    if number < 0 or scene.outer[cue] >= 0 or not scene.said(number).lstrip()[:1].isupper():
        return options
    behind = [option for option in options if option.pieces[0][0] > cue or _opens_shut(scene, option)]
    if scene.paragraph[scene.spans[number][0]] == scene.paragraph[cue]:
        return behind
    # 'She said, not unkindly, but so that all heard: // “Out!”': how it was said is not what was said.
    return [option for option in behind if not _tells_how(scene, option)]


def _tells_how(scene: Scene, content: Content) -> bool:
    """Whether a content but tells how something was said: an adverb opens it, and it has no verb."""
    tree, first, last = scene.tree, content.pieces[0][0], content.pieces[-1][1]
    if tree.tags[first] not in _HOW or max(scene.outer[first : last + 1]) >= 0:
        return False
    return FINITE.isdisjoint(tree.tags[first : last + 1])


def _opens_shut(scene: Scene, content: Content) -> bool:
    """Whether a content begins with a quotation that ends as speech does: '“Yes,” she said, “I know.”'."""
    number = scene.outer[content.pieces[0][0]]
    return number >= 0 and scene.is_shut(number)


def _is_quoted(scene: Scene, content: Content, verb: int) -> bool:
    """Whether a content behind a verb has quoted words."""
    first, last = content.pieces[0][0], content.pieces[-1][1]
    return verb < first and max(scene.outer[first : last + 1]) >= 0


def _right_behind(scene: Scene, verb: int, options: list[Content]) -> list[Content]:
    """The contents that begin with the quotation right behind a verb, if one does: 'liked to say, | “No”'."""
    first = verb + 2 if scene.tree.words[verb + 1 : verb + 2] == [","] else verb + 1
    if first >= len(scene.tree) or scene.outer[first] < 0:
        return options
    return [option for option in options if option.pieces[0][0] == first] or options
