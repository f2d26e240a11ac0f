"""Quotations that the layout sets off: by ``>``, by a deeper margin, by a dash before what is said."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from attrs import evolve

from quoteattr.marks.interviews import answers
from quoteattr.marks.masks import fences
from quoteattr.marks.statements import announced
from quoteattr.marks.table import table
from quoteattr.records import Quotation, Range

__all__ = ["blocks"]

_QUOTED = re.compile(r"(?:>[ \t]?)+")
_PROMPT = re.compile(r">>> ?\w")
_CODE = re.compile(r"[;{}]\s*$|\w\(\)|\s=\s", re.MULTILINE)
_ITEM = re.compile(r"(?:[-–—*•‣◦▪●·]|\(?\d{1,3}[.)]|\(?[a-zA-Z][.)])\s")
_DASH = re.compile(r"(?:[—―]|--(?!-))[ \t]*(?=[^\W\d_]|[‘'’¿¡(\[….])")
_SENTENCE = re.compile(r"(?<![.!?…])[.!?…]+[)\]’']*(?=\s)")
_ENDED = (".", "!", "?", "…", "—", "-", "’", "'", ")")

_TAB = 8
_WIDEST_MARGIN = 80  # characters
_DEEPER = 2  # columns; a margin that much deeper is meant
_FEWEST_DASHES = 3  # paragraphs that begin with a dash; fewer are bylines and lists


class _Block(NamedTuple):
    """A quotation that the layout sets off, and the number of its paragraph."""

    start: int
    end: int
    opener: str
    paragraph: int
    continues: bool


def blocks(text: str, paragraphs: Sequence[Range], found: Sequence[Quotation]) -> list[Quotation]:
    r"""``found`` with the quotations that the layout sets off; what stands inside them is one deeper.

    A paragraph that already stands between quotation marks, or (with dashes) holds double ones, gets none.

    >>> [q.opener for q in blocks("She wrote:\n\n> Stay.", [Range(0, 10), Range(12, 19)], [])]
    ['> ']
    """
    quoted = list(_quoted(text, paragraphs))
    signed = {block.paragraph for block in quoted}
    deeper = [block for block in _deeper(text, paragraphs) if block.paragraph not in signed]
    set_off = _outside_fences(text, [*quoted, *deeper])
    taken = {block.paragraph for block in set_off}
    set_off += [block for block in _dashed(text, paragraphs, found) if block.paragraph not in taken]
    taken = {block.paragraph for block in set_off}
    set_off += [block for block in _stated(text, paragraphs, found) if block.paragraph not in taken]
    if not set_off:
        return list(found)
    outer = [q for q in found if q.depth == 0]
    whole = {(q.start, q.end) for q in outer}
    starts = [q.start for q in outer]
    kept = [
        block
        for block in set_off
        if not _stands_in_marks(block, whole) and not _is_crossed(block, outer, starts)
    ]
    return _merged(sorted(kept), found)


def _outside_fences(text: str, set_off: list[_Block]) -> list[_Block]:
    """``set_off`` without lines of code."""
    hidden = list(fences(text)) if set_off else []
    ends = [fence.end for fence in hidden]

    def is_code(block: _Block) -> bool:
        number = bisect_right(ends, block.start)
        return number < len(hidden) and hidden[number].start < block.end

    return [block for block in set_off if not is_code(block)] if hidden else set_off


def _stands_in_marks(block: _Block, whole: set[tuple[int, int]]) -> bool:
    start = block.start + len(block.opener)
    return (start, block.end) in whole


def _is_crossed(block: _Block, outer: Sequence[Quotation], starts: Sequence[int]) -> bool:
    """Whether a quotation in marks shares words with the block without standing inside it."""
    first = bisect_left(starts, block.start)
    last = bisect_left(starts, block.end)
    before = first > 0 and outer[first - 1].end > block.start
    return before or any(q.end > block.end for q in outer[first:last])


def _quoted(text: str, paragraphs: Sequence[Range]) -> Iterator[_Block]:
    """Paragraphs that begin with ``>``, as in mail and Markdown."""
    last = -2
    for number, (start, end) in enumerate(paragraphs):
        match = _QUOTED.match(text, start, end)
        if match and match.end() < end and not _PROMPT.match(text, start, end):
            yield _Block(start, end, match.group(), number, number == last + 1)
            last = number


def _deeper(text: str, paragraphs: Sequence[Range]) -> Iterator[_Block]:
    """Paragraphs all of whose lines stand deeper than the one before them, which ends with a colon."""
    base: int | None = None
    after_lead = False
    for number, paragraph in enumerate(paragraphs):
        margin = _margin(text, paragraph)
        body = text[paragraph.start : paragraph.end]
        if base is not None and margin >= base + _DEEPER and not _ITEM.match(body) and not _CODE.search(body):
            yield _Block(paragraph.start, paragraph.end, "", number, not after_lead)
            after_lead = False
        else:
            base, after_lead = (margin if body.endswith(":") else None), True


def _stated(text: str, paragraphs: Sequence[Range], found: Sequence[Quotation]) -> Iterator[_Block]:
    """Statements and letters below the line that announces them, and the answers of interviews."""
    own = dict([*answers(text, paragraphs, found), *announced(text, paragraphs, found)])
    for number, goes_on in own.items():
        start, end = paragraphs[number]
        yield _Block(start, end, "", number, goes_on)


def _margin(text: str, paragraph: Range) -> int:
    """The least column in which a line of the paragraph begins."""
    earliest = max(0, paragraph.start - _WIDEST_MARGIN)
    before = text[earliest : paragraph.start]
    line = max(before.rfind("\n"), before.rfind("\r")) + 1
    if (line == 0 and earliest > 0) or before[line:].strip():
        return 0
    lines = text[earliest + line : paragraph.end].splitlines()
    return min(len(line[: len(line) - len(line.lstrip())].expandtabs(_TAB)) for line in lines if line.strip())


def _dashed(text: str, paragraphs: Sequence[Range], found: Sequence[Quotation]) -> Iterator[_Block]:
    """What is said in a text that puts a dash before it: — No, she said. I will not.

    Only where at least three paragraphs begin so, none holds a double mark, and one holds a reporting clause
    or follows a colon: a lone dash at the head of a line is an item of a list or the name under a motto.
    """
    marked = _marked(paragraphs, found)
    dashed = [
        (number, match)
        for number, (start, end) in enumerate(paragraphs)
        if (match := _DASH.match(text, start, end))
        and number not in marked
        and text.endswith(_ENDED, start, end)
    ]
    if len(dashed) < _FEWEST_DASHES or not any(_is_reported(text, paragraphs, n) for n, _ in dashed):
        return
    for number, match in dashed:
        opener = match.group()
        for start, end in _said(text, paragraphs[number], match.end()):
            yield _Block(start, end, opener, number, False)
            opener = ""


def _is_reported(text: str, paragraphs: Sequence[Range], number: int) -> bool:
    """Whether the paragraph holds a reporting clause or follows one that ends with a colon."""
    after_colon = number > 0 and text[paragraphs[number - 1].end - 1] == ":"
    return after_colon or table().clause.search(text, *paragraphs[number]) is not None


def _marked(paragraphs: Sequence[Range], found: Sequence[Quotation]) -> set[int]:
    """The numbers of the paragraphs in which a quotation other than a single one begins."""
    level = table().level
    marked = set()
    number = 0
    for q in found:
        while paragraphs[number].end <= q.start:
            number += 1
        if level.get(q.opener) != "single":
            marked.add(number)
    return marked


def _said(text: str, paragraph: Range, words: int) -> Iterator[Range]:
    """The paragraph without its reporting clauses, each of which ends with its sentence.

    Its words begin at ``words``, behind a dash that does not lead to a clause (— Ann Lee said nothing.).
    """
    clause = table().clause
    start, end = paragraph
    while start < end:
        match = clause.search(text, words, end)
        if not match:
            yield Range(start, end)
            return
        if match.start() > words:
            yield Range(start, match.end())
        sentence = _SENTENCE.search(text, match.end(), end)
        if not sentence:
            return
        start = sentence.end()
        while start < end and text[start].isspace():
            start += 1
        words = start


def _merged(set_off: Sequence[_Block], found: Sequence[Quotation]) -> list[Quotation]:
    """Both in one list, in order, with what stands inside a block made its child."""
    items: list[tuple[int, int, _Block | int]] = [(b.start, -b.end, b) for b in set_off]
    items += [(q.start, -q.end, i) for i, q in enumerate(found)]
    items.sort(key=lambda item: (item[0], item[1], isinstance(item[2], int)))
    place = {item[2]: index for index, item in enumerate(items) if isinstance(item[2], int)}
    merged: list[Quotation] = []
    around: int | None = None
    last_block: int | None = None
    for start, minus_end, item in items:
        if around is not None and merged[around].end <= start:
            around = None
        if isinstance(item, int):
            merged.append(_moved(found[item], place, around))
            continue
        before = last_block if item.continues else None
        around = last_block = len(merged)
        merged.append(Quotation(start, -minus_end, item.opener, "", continues=before))
    return merged


def _moved(quotation: Quotation, place: dict[int, int], around: int | None) -> Quotation:
    """``quotation`` with its references renumbered, inside the block ``around``."""
    parent = around if quotation.parent is None else place[quotation.parent]
    return evolve(
        quotation,
        depth=quotation.depth + (around is not None),
        parent=parent,
        continues=None if quotation.continues is None else place[quotation.continues],
    )
