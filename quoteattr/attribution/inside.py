"""Quotations inside a quotation, or a turn of talk, that the word of saying beside them reports by its place.

The annotated articles have too few of them to learn from, and the parser often breaks such a sentence at the
marks. What stands between the word and the marks tells: '… and he said to Kev, ‘It wants a bonfire.’ …'.
"""

from __future__ import annotations

import bisect
from collections.abc import Iterable, Iterator

from quoteattr.attribution.quoted import NEAR, ends_open, is_claimed, says
from quoteattr.attribution.readings import Reading
from quoteattr.attribution.scene import Pieces, Scene
from quoteattr.attribution.tree import VERBS
from quoteattr.attribution.wording import telling

__all__ = ["beside"]

_BETWEEN = 8  # tokens between a word of saying and what was said
_BELONGS = frozenset({"aux", "auxpass", "neg", "advmod", "npadvmod"})
_STOPS = frozenset(".!?;…")
_LEADS = frozenset(",:—–-")
_TOLD = frozenset({"dative", "dobj"})


def beside(scene: Scene, reading: Reading) -> tuple[Pieces, str] | None:
    """The quotations that the cue of a reading reports by its place, and where they stand to it."""
    outer = scene.outer[reading.cue]
    numbers = scene.inner.get(outer, []) if outer >= 0 else scene.cited[scene.paragraph[reading.cue]]
    cue = telling(scene, reading.cue)
    place = bisect.bisect_right(numbers, cue, key=lambda number: scene.spans[number][0])
    before = numbers[place - 1] if place and _follows(scene, numbers[place - 1], cue, reading) else None
    after = numbers[place] if place < len(numbers) else None
    if after is not None and not _leads(scene, cue, after, reading, before is not None):
        after = None
    if before is None and (after is None or not _begins_speech(scene, after)):
        return None
    pieces = tuple(scene.spans[number] for number in (before, after) if number is not None)
    return pieces, "quote:around" if len(pieces) > 1 else "quote:after" if before is None else "quote:before"


def _follows(scene: Scene, number: int, cue: int, reading: Reading) -> bool:
    """Whether a word of saying stands right behind a quotation: '‘Madam,’ he said', '‘Stop!’ cried Ann'."""
    tree, last = scene.tree, scene.spans[number][1]
    if not (cue > last and ends_open(scene, number)) or _is_led(scene, number):
        return False
    gap = _outside(range(last + 1, min(cue, reading.cue)), reading)
    return all(
        tree.words[i] == "," or (tree.heads[i] == reading.cue and tree.deps[i] in _BELONGS) for i in gap
    )


def _begins_speech(scene: Scene, number: int) -> bool:
    """Whether a quotation begins as a sentence does; an echo ('called it ‘a miracle’') does not."""
    first = next((character for character in scene.said(number) if character.isalnum()), "")
    return not first.islower()


def _leads(scene: Scene, cue: int, number: int, reading: Reading, resumes: bool) -> bool:
    """Whether a word of saying leads to the quotation after it: 'said to Kev, ‘It …', 'said ‘bonfire’'.

    With ``resumes`` what was said began before the word, and may go on behind its full stop.
    """
    tree, first = scene.tree, scene.spans[number][0]
    if first - cue > _BETWEEN + (0 if reading.source is None else reading.source.last - reading.source.first):
        return False
    gap = list(_outside(range(cue + 1, first), reading))
    if any(tree.pos[i] in VERBS or scene.outer[i] != scene.outer[cue] for i in gap):
        return False
    if not gap:
        return True
    stops = [i for i in gap if tree.words[i] in _STOPS]
    if stops:
        return resumes and stops == [first - 1] == gap[-1:] and not is_claimed(scene, number)
    if tree.words[first - 1] in _LEADS:
        return True
    top = tree.top(gap)
    return tree.heads[top] == cue and (tree.deps[top] in _TOLD or tree.lower[top] == "to")


def _outside(tokens: Iterable[int], reading: Reading) -> Iterator[int]:
    """The tokens that are no part of the source."""
    source = reading.source
    return (i for i in tokens if source is None or not source.first <= i <= source.last)


def _is_led(scene: Scene, number: int) -> bool:
    """Whether a word of saying leads to a quotation: 'shouted, “Sing!” My aunt shouted back, …'."""
    first = scene.spans[number][0]
    if first == 0 or scene.tree.words[first - 1] not in _LEADS:
        return False
    return says(scene, range(first - 2, max(first - NEAR, -1), -1))
