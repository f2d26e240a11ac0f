"""Quotation marks: which opens, which closes, which is an apostrophe. Plain text in, quotations out.

Three steps, one module each: `signs` finds the marks and says how well each could open, close or be nothing;
`pairing` takes the cheapest reading of a paragraph; `blocks` finds quotations that are set off by layout.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from quoteattr.marks.blocks import blocks
from quoteattr.marks.pairing import Found, Paragraph, read
from quoteattr.marks.signs import Mark, leading, marks
from quoteattr.records import Quotation, Range

__all__ = ["quotations"]

_INSERT_LENGTH = 100  # characters; an advertisement or a caption between two paragraphs of a speech


def quotations(text: str, paragraphs: Sequence[Range]) -> list[Quotation]:
    """The quotations of ``text``, in order of their first character, outer before inner.

    Args:
        text: any string.
        paragraphs: as `quoteattr.layout.paragraphs` gives them: in order, not overlapping. No quotation
            crosses their borders; one that the next paragraph carries on is linked to its successor by
            ``continues``.

    Returns:
        Quotations with the marks inside; those at the same depth do not overlap, inner ones lie inside
        their parents. A mark that is missing is '' (see `quoteattr.records.Quotation`).

    >>> [(q.start, q.end, q.depth) for q in quotations("“He said ‘no’ to us.”", [Range(0, 21)])]
    [(0, 21, 0), (9, 13, 1)]
    """
    by_paragraph = marks(text, paragraphs)
    found: list[Quotation] = []
    carried: list[int] = []
    unclosed: int | None = None
    for number, paragraph in enumerate(paragraphs):
        signs = by_paragraph[number]
        if not signs:
            unclosed = None
            if not _is_insert(text, paragraph):
                carried = []
            continue
        ahead = _next_leading(text, paragraphs, by_paragraph, number)
        lead = leading(text, paragraph, signs)
        frame = Paragraph(text, paragraph, signs, ahead, min(len(carried), lead), unclosed is not None)
        before = dict(zip((mark.start for mark in signs[:lead]), carried, strict=False))
        first = len(found)
        carried = _add(found, read(frame), before, unclosed)
        unclosed = _left_open(found, first, paragraph.end) if not carried else None
    return blocks(text, paragraphs, found)


def _is_insert(text: str, paragraph: Range) -> bool:
    """Whether a paragraph without marks may stand between two of one speech: a caption, a notice."""
    body = text[paragraph.start : min(paragraph.end, paragraph.start + _INSERT_LENGTH)]
    return paragraph.end - paragraph.start < _INSERT_LENGTH and body.rstrip()[-1:] not in (
        ".",
        "!",
        "?",
        ":",
        "…",
    )


def _next_leading(
    text: str, paragraphs: Sequence[Range], by_paragraph: Sequence[Sequence[Mark]], number: int
) -> Sequence[Mark]:
    """The marks at the head of the next paragraph, one insert skipped."""
    for following in range(number + 1, min(number + 3, len(paragraphs))):
        signs = by_paragraph[following]
        if signs:
            return signs[: leading(text, paragraphs[following], signs)]
        if not _is_insert(text, paragraphs[following]):
            break
    return ()


def _add(
    found: list[Quotation], here: Sequence[Found], before: Mapping[int, int], unclosed: int | None
) -> list[int]:
    """Append the quotations of one paragraph to ``found``; return those that the next one may carry on.

    ``before`` says which quotation of an earlier paragraph one that begins at some place carries on;
    one that lacks its opener carries on the ``unclosed`` one.
    """
    stack: list[int] = []
    carry: list[int] = []
    for item in here:
        while stack and found[stack[-1]].end <= item.start:
            stack.pop()
        parent = stack[-1] if stack else None
        continues = before.get(item.start) if item.opener else unclosed
        found.append(Quotation(item.start, item.end, item.opener, item.closer, len(stack), parent, continues))
        stack.append(len(found) - 1)
        if item.carried:
            carry.append(len(found) - 1)
    return carry


def _left_open(found: Sequence[Quotation], first: int, end: int) -> int | None:
    """The outer quotation that the paragraph which ends at ``end`` leaves without a closer, if any."""
    outer = [i for i in range(first, len(found)) if found[i].depth == 0][-1:]
    return outer[0] if outer and found[outer[0]].end == end and not found[outer[0]].closer else None
