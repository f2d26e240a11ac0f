"""Quotation marks: which opens, which closes, which is an apostrophe. Plain text in, quotations out.

Three steps, one module each: `signs` finds the marks and says how well each could open, close or be nothing;
`pairing` takes the cheapest reading of a paragraph; `blocks` finds quotations that are set off by layout.
"""

from __future__ import annotations

from collections.abc import Sequence

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
    for number, paragraph in enumerate(paragraphs):
        signs = by_paragraph[number]
        if not signs:
            if not _is_insert(text, paragraph):
                carried = []
            continue
        ahead = _next_leading(text, paragraphs, by_paragraph, number)
        lead = leading(text, paragraph, signs)
        here = read(Paragraph(text, paragraph, signs, ahead, min(len(carried), lead)))
        carried = _add(found, here, [mark.start for mark in signs[:lead]], carried)
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
    found: list[Quotation], here: Sequence[Found], heads: Sequence[int], carried: Sequence[int]
) -> list[int]:
    """Append the quotations of one paragraph to ``found``; return those that the next one may carry on.

    ``heads`` are the places of the marks at the head of the paragraph, of which the first reopens the first of
    ``carried``, and so on.
    """
    stack: list[int] = []
    carry: list[int] = []
    for item in here:
        while stack and found[stack[-1]].end <= item.start:
            stack.pop()
        continues = next((old for head, old in zip(heads, carried, strict=False) if head == item.start), None)
        parent = stack[-1] if stack else None
        found.append(Quotation(item.start, item.end, item.opener, item.closer, len(stack), parent, continues))
        stack.append(len(found) - 1)
        if item.carried:
            carry.append(len(found) - 1)
    return carry
