"""Statements and letters below the line that announces them, without any mark: 'The firm said: // We …'."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence

from quoteattr.marks.table import table
from quoteattr.records import Quotation, Range

__all__ = ["announced"]

_LEAD = 160  # characters before the colon in which a word of saying or writing stands
_MOST = 12  # paragraphs
_ENDS = (".", "!", "?", "…", ")", "”", '"', "’")


def announced(
    text: str, paragraphs: Sequence[Range], found: Sequence[Quotation]
) -> Iterator[tuple[int, bool]]:
    """The paragraphs that are somebody's own words, by number, and whether each goes on with the one before.

    The first follows a colon with a word of saying or writing before it, and speaks of 'I' or 'we', which the
    writer of an article seldom does there, or greets somebody; the next belong to it while they speak so.
    """
    outer = [q for q in found if not q.depth]
    last = 0
    for number in range(1, len(paragraphs)):
        if number <= last or not _announces(text, paragraphs[number - 1], outer):
            continue
        for last in range(number, min(number + _MOST, len(paragraphs))):
            greets = last == number and table().greeting.match(text, *paragraphs[last])
            if not greets and not _is_own(text, paragraphs[last], outer):
                break
            yield last, last > number


def _announces(text: str, paragraph: Range, outer: Sequence[Quotation]) -> bool:
    """Whether a paragraph ends with a colon, with a word of saying; not where 'I' tell the story."""
    start, end = paragraph
    if end <= start or text[end - 1] != ":" or _is_quoted(end - 1, outer):
        return False
    if _has(table().narrator, text, paragraph, outer):
        return False
    return table().announcing.search(text, max(start, end - _LEAD), end) is not None


def _is_own(text: str, paragraph: Range, outer: Sequence[Quotation]) -> bool:
    """Whether a paragraph is made of sentences in the first person, outside of quotation marks."""
    start, end = paragraph
    if not text.endswith(_ENDS, start, end) or not text[start].isalpha():
        return False
    return _has(table().first_person, text, paragraph, outer)


def _has(words: re.Pattern[str], text: str, paragraph: Range, outer: Sequence[Quotation]) -> bool:
    """Whether one of some words stands in a paragraph outside of quotation marks."""
    return any(not _is_quoted(match.start(), outer) for match in words.finditer(text, *paragraph))


def _is_quoted(place: int, outer: Sequence[Quotation]) -> bool:
    """Whether a character stands in a quotation."""
    number = bisect_right(outer, place, key=lambda q: q.start) - 1
    return number >= 0 and place < outer[number].end
