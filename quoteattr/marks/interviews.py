"""Interviews set as questions and answers without labels or marks: the answers are somebody's own words."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import takewhile

from quoteattr.marks.table import table
from quoteattr.records import Quotation, Range

__all__ = ["answers", "is_question"]

_LEAST = 3  # questions that make an interview
_LONGEST = 400  # characters of a question
_MOST = 12  # paragraphs of an answer
_HALF = 0.5  # of the questions that speak to somebody, and of the answers that speak of themselves
_YOU = re.compile(r"\b[Yy]ou(?:rs?|['’](?:re|ve|d|ll))?\b")
_LABEL = re.compile(r"\w[\w.’' -]{0,39}:\s")


def answers(text: str, paragraphs: Sequence[Range], found: Sequence[Quotation]) -> Iterator[tuple[int, bool]]:
    """The paragraphs that are answers, by number, and whether each goes on with the one before.

    Only where at least three paragraphs are questions, half of them put to 'you', and half of the answers
    speak of 'I': lists of questions that readers ask have it the other way round.
    """
    outer = [q for q in found if not q.depth]
    asked = [number for number, each in enumerate(paragraphs) if is_question(text, each, outer)]
    if len(asked) < _LEAST:
        return
    groups = [
        range(number + 1, min(following, number + 1 + _MOST))
        for number, following in zip(asked, [*asked[1:], len(paragraphs)], strict=True)
        if following > number + 1
    ]
    if len(groups) < _LEAST or not _is_interview(text, paragraphs, groups):
        return
    for group in groups:
        last = group is groups[-1]
        for number in group:
            # Behind the last answer the article may go on.
            if last and number > group.start and not table().narrator.search(text, *paragraphs[number]):
                break
            yield number, number > group.start


def is_question(text: str, paragraph: Range, outer: Sequence[Quotation] = ()) -> bool:
    """Whether a paragraph is short and ends as a question, outside of the quotations ``outer``."""
    start, end = paragraph
    if not 0 < end - start <= _LONGEST or text[end - 1] != "?" or _LABEL.match(text, start, end):
        return False
    first = bisect_left(outer, start, key=lambda q: q.start)
    within = takewhile(lambda q: q.start < end, outer[first : first + _LONGEST])
    return not any(q.start <= start + 1 or q.end >= end for q in within)


def _is_interview(text: str, paragraphs: Sequence[Range], groups: Sequence[range]) -> bool:
    """Whether the questions are put to somebody, who answers for himself."""
    put = sum(_YOU.search(text, *paragraphs[group.start - 1]) is not None for group in groups)
    own = sum(table().narrator.search(text, *paragraphs[group.start]) is not None for group in groups)
    labels = any(_LABEL.match(text, *paragraphs[group.start]) for group in groups)
    return not labels and put >= _HALF * len(groups) and own >= _HALF * len(groups)
