"""Paragraphs: where the text as given breaks into blocks, whatever its line ends and its wrapping.

What each rule is for is told in ``docs/marks.md``.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import Literal, NamedTuple, get_args

from quoteattr.errors import OptionError
from quoteattr.records import Range

__all__ = ["Mode", "paragraphs"]

Mode = Literal["auto", "blank-line", "newline"]

# Not str.splitlines: U+0085 is as often the ellipsis of Windows-1252 as a line end.
_LINE_END = re.compile(r"\r\n|[\n\r\v\f\u2028\u2029]")
_PARAGRAPH_SIGNS = frozenset("\f\u2029")
# Signs that print nothing and that str.strip() keeps: byte order mark, zero-width signs, marks of direction.
_INVISIBLE = "\ufeff\u200b\u200c\u200d\u200e\u200f\u2060\u202a\u202b\u202c\u202d\u202e\u00ad"
_EDGE = re.compile(rf"[\s{_INVISIBLE}]*")
_QUOTED = re.compile(r"[ \t]*((?:>[ \t]?)+)")
_RULE = re.compile(r"[\s*=\-_~#+•·.]{3,}")
_ITEM = re.compile(r"(?:[-–—*•‣◦▪●·]|\(?\d{1,3}[.)]|\(?[a-zA-Z][.)])\s+\S")
_SENTENCE_END = re.compile(r"[.!?…:;][\"'”’»)\]*_]*$")
_FIRST_WORD = re.compile(r"\S+")

_TAB = 8
_WIDEST_WRAP = 110  # editors and mail programs wrap at 60 to 100 columns
_TORN = 60  # so long a line without a stop at its end is no item of a list
_SLACK = 3  # a line may stop so many columns before the width although the next word would have fitted
_SHORT = 0.6  # a line that stops before this share of the width, next word and all, was ended on purpose


class _Line(NamedTuple):
    """A line with something on it: where it stands, how deep it is set, whether a paragraph sign precedes."""

    start: int
    end: int
    indent: int
    quoted: int
    body: str
    after_break: bool


def paragraphs(text: str, mode: Mode = "auto") -> tuple[Range, ...]:
    r"""The paragraphs of ``text``, in order, white space around them left out.

    Args:
        text: any string; \\n, \\r\\n, lone \\r, form feeds and the Unicode line and paragraph separators
            end lines.
        mode: 'blank-line' breaks only at blank lines (and at form feeds and paragraph separators), 'newline'
            at every line end; 'auto' finds out whether the lines were wrapped at some width. In wrapped text
            a paragraph ends at a blank line, an indented line, a list item, a rule or a line that stops far
            short of the width; in other text every line is a paragraph.

    Returns:
        Ranges in characters, end exclusive, not empty, not overlapping.

    Raises:
        OptionError: ``mode`` is none of the three.

    >>> paragraphs("One.\n\nTwo.")
    (Range(start=0, end=4), Range(start=6, end=10))
    >>> len(paragraphs("One.\nTwo.\n\nThree."))
    3
    >>> len(paragraphs("One.\nTwo.\n\nThree.", mode="blank-line"))
    2
    """
    if mode not in get_args(Mode):
        known = ", ".join(repr(known) for known in get_args(Mode))
        raise OptionError(f"The mode {mode!r} is unknown: give one of {known}.")
    blocks = _blocks(text, split_all=mode == "newline")
    if mode == "auto":
        width = _wrap_width(blocks)
        blocks = [piece for block in blocks for piece in _pieces(block, width)]
    return tuple(Range(block[0].start, block[-1].end) for block in blocks)


def _blocks(text: str, *, split_all: bool) -> list[list[_Line]]:
    """Runs of lines between blank lines; with ``split_all`` every line is one."""
    blocks: list[list[_Line]] = []
    broken = True
    for line in _lines(text):
        if line is None:
            broken = True
        elif broken or split_all or line.after_break or line.quoted != blocks[-1][-1].quoted:
            blocks.append([line])
            broken = False
        else:
            blocks[-1].append(line)
    return blocks


def _lines(text: str) -> list[_Line | None]:
    """The lines of ``text``; ``None`` for a blank one (nothing on it, or only ``>``)."""
    found: list[_Line | None] = []
    start, after_break = 0, False
    for match in [*_LINE_END.finditer(text), None]:
        end = match.start() if match else len(text)
        found.append(_line(text, start, end, after_break))
        if match:
            start, after_break = match.end(), match.group() in _PARAGRAPH_SIGNS
    return found


def _line(text: str, start: int, end: int, after_break: bool) -> _Line | None:
    raw = text[start:end]
    quote = _QUOTED.match(raw) if ">" in raw else None
    quoted = quote.group(1).count(">") if quote else 0
    inside = raw[quote.end() :] if quote else raw
    if _edge(inside) == len(inside):
        return None
    first = start + _edge(raw)
    last = end - _edge(raw[::-1])
    blank = inside[: len(inside) - len(inside.lstrip())]
    indent = len(blank.expandtabs(_TAB))
    return _Line(first, last, indent, quoted, inside.strip(), after_break)


def _edge(raw: str) -> int:
    """How many signs at the beginning of ``raw`` print nothing."""
    match = _EDGE.match(raw)
    return match.end() if match else 0


def _overflows(line: _Line, following: _Line, width: float) -> bool:
    """Whether the first word of the next line would not have fitted on this one."""
    return line.indent + len(line.body) + 1 + _first_word(following) > width


def _first_word(line: _Line) -> int:
    match = _FIRST_WORD.match(line.body)
    return match.end() if match else 0


def _wrap_width(blocks: Sequence[Sequence[_Line]]) -> int | None:
    """The width at which the lines were wrapped, or ``None`` where they were not.

    A program that wraps lines goes on to the next one exactly when the next word does not fit. So at the
    width (nearly the longest line that is followed by another) most lines overflow if the next word is
    added, or the sentence goes on in lower case. Lines that are paragraphs, items or verses do neither.
    """
    pairs = [pair for block in blocks for pair in pairwise(block)]
    lengths = sorted(line.indent + len(line.body) for line, _ in pairs)
    if not lengths:
        return None
    width = lengths[len(lengths) * 9 // 10]
    if width > _WIDEST_WRAP:
        return None
    soft = sum(_is_soft(line, following, width) for line, following in pairs)
    return width if soft >= 0.6 * len(pairs) else None


def _is_soft(line: _Line, following: _Line, width: int) -> bool:
    if _goes_on(line, following):
        return True
    return width >= 40 and _overflows(line, following, width - _SLACK) and not _SENTENCE_END.search(line.body)


def _goes_on(line: _Line, following: _Line) -> bool:
    """Whether the sentence runs over the line end: no stop here, lower case there."""
    return following.body[0].islower() and not _SENTENCE_END.search(line.body)


def _pieces(block: Sequence[_Line], width: int | None) -> list[list[_Line]]:
    """``block`` broken into paragraphs."""
    base = min(line.indent for line in block)
    pieces: list[list[_Line]] = []
    previous: _Line | None = None
    for line in block:
        if previous is None or _breaks(previous, line, base, width, len(pieces[-1])):
            pieces.append([line])
        else:
            pieces[-1].append(line)
        previous = line
    return pieces


def _breaks(line: _Line, following: _Line, base: int, width: int | None, height: int) -> bool:
    """Whether a paragraph ends between two lines; ``height`` lines of it stand above the break."""
    if width is None:
        # Every line is a paragraph, but a long one that stops in the middle of a sentence was torn.
        return len(line.body) < _TORN or not _goes_on(line, following)
    if _RULE.fullmatch(line.body) or _RULE.fullmatch(following.body):
        return True
    forced = _overflows(line, following, width * _SHORT)
    ended = bool(_SENTENCE_END.search(line.body))
    if _ITEM.match(following.body):
        return ended or not forced
    if following.indent > max(base, line.indent):
        # Deeper than the line before: a first line. The hanging lines of an item are not.
        return (ended or not forced) and not _ITEM.match(line.body)
    # What no width forced was meant: the end of a heading (one line), or of a paragraph.
    return not forced and not following.body[0].islower() and (ended or height == 1)
