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
_LINE_END = re.compile(
    r"\r\n|[\n\r\v\f\u2028\u2029]|</?(?:p|div|br|hr|h[1-6]|li|ul|ol|dl|dt|dd|table|tr|td|th|blockquote|pre"
    r"|section|article|aside|header|footer|figure|figcaption)(?:\s[^<>]*)?/?>",
    re.IGNORECASE,
)
_PARAGRAPH_SIGNS = frozenset("\f\u2029")
# Signs that print nothing and that str.strip() keeps: byte order mark, zero-width signs, marks of direction.
_INVISIBLE = "\ufeff\u200b\u200c\u200d\u200e\u200f\u2060\u202a\u202b\u202c\u202d\u202e\u00ad"
_EDGE = re.compile(rf"[\s{_INVISIBLE}]*")
_QUOTED = re.compile(r"[ \t]*((?:>[ \t]?)+)")
_RULE = re.compile(r"[\s*=\-_~#+•·.]{3,}")
_ITEM = re.compile(r"(?:[-–—*•‣◦▪●·]|\(?\d{1,3}[.)]|\(?[a-zA-Z][.)])\s+\S")
# A stop, with the marks, brackets and numbers of notes that may follow it.
_SENTENCE_END = re.compile(r"(?:[.!?…:;—]|--)(?:[\"'”’»)\]*_]|\s?\[\w{1,4}\])*$")
# Speech and the beginning of who says it: '“No,” said', '“No,” said the'.
_TORN_SPEECH = re.compile(r"[,?!—-][\"'”’] [^\W\d_A-Z]+(?: (?:the|an?|his|her|my|our|their))?$")
_FIRST_WORD = re.compile(r"\S+")

_TAB = 8
_WIDEST_WRAP = 110  # editors and mail programs wrap at 60 to 100 columns
_NARROWEST_WRAP = 40  # below it, where a word fits or not says little
_NARROWEST_COLUMN = 25  # a shorter line is an item or a verse, even where the next begins in lower case
_MOSTLY = 0.7  # of the lines that end without a stop, so many must have been forced to end
_SOME = 0.2  # and so many of all lines
_FEW = 0.15  # of all lines may be longer: tables and addresses stick out
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


class _Wrapping(NamedTuple):
    """How a text was wrapped.

    ``least`` is how far a line must reach, the next word added, not to count as ended on purpose;
    ``first_lines`` whether the first line of a paragraph is set deeper than the others.
    """

    least: float
    first_lines: bool


def paragraphs(text: str, mode: Mode = "auto") -> tuple[Range, ...]:
    r"""The paragraphs of ``text``, in order, white space around them left out.

    Args:
        text: any string; \\n, \\r\\n, lone \\r, form feeds, the Unicode line and paragraph separators and the
            tags of HTML blocks (<p>, </li>, <br>) end lines.
        mode: 'blank-line' breaks only at blank lines (and at form feeds, paragraph separators, block tags),
            'newline' at every line end; 'auto' finds out whether the lines were wrapped at some width. In
            wrapped text a paragraph ends at a blank line, an indented line, a list item, a rule or a line
            that stops far short of the width; in other text every line is a paragraph.

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
        wrapping = _wrapping(blocks)
        blocks = [piece for block in blocks for piece in _pieces(block, wrapping)]
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
            start, after_break = match.end(), _ends_paragraph(match.group())
    return found


def _ends_paragraph(line_end: str) -> bool:
    """Whether a paragraph ends there whatever the mode: at a paragraph sign, at a tag other than <br>."""
    return line_end in _PARAGRAPH_SIGNS or (line_end[0] == "<" and not line_end.lower().startswith("<br"))


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
    width (nearly the longest line that is followed by another) a line that ends in mid-sentence overflows if
    the next word is added, or goes on in lower case. Items, headings and verses end without a stop and do
    neither. A line with a stop at its end says nothing, being the last of its paragraph or not. Nothing but a
    few odd lines is longer than the width.
    """
    pairs = [pair for block in blocks for pair in pairwise(block)]
    lengths = sorted(line.indent + len(line.body) for line, _ in pairs)
    if not lengths:
        return None
    width = lengths[len(lengths) * 9 // 10]
    lines = [line for block in blocks for line in block]
    longer = sum(line.indent + len(line.body) > width + _SLACK for line in lines)
    if width > _WIDEST_WRAP or longer > _FEW * len(lines):
        return None
    going_on = [pair for pair in pairs if not _SENTENCE_END.search(pair[0].body)]
    soft = sum(_is_soft(line, following, width) for line, following in going_on)
    return width if soft >= _MOSTLY * len(going_on) and soft >= _SOME * len(pairs) else None


def _is_soft(line: _Line, following: _Line, width: int) -> bool:
    if following.body[0].islower():
        return len(line.body) >= _NARROWEST_COLUMN
    return width >= _NARROWEST_WRAP and _overflows(line, following, width - _SLACK)


def _goes_on(line: _Line, following: _Line) -> bool:
    """Whether the sentence runs over the line end: no stop here, lower case there."""
    return following.body[0].islower() and not _SENTENCE_END.search(line.body)


def _wrapping(blocks: Sequence[Sequence[_Line]]) -> _Wrapping | None:
    """How the lines were wrapped, or ``None`` where they were not.

    Where neither blank lines nor margins part the paragraphs, their last lines are all there is, and a line
    that would have held the next word was one. Elsewhere only a line that stops far short is.
    """
    width = _wrap_width(blocks)
    if width is None:
        return None
    margins = {line.indent for block in blocks for line in block}
    plain = len(blocks) == 1 and len(margins) == 1
    steps = [
        bool(_SENTENCE_END.search(line.body))
        for block in blocks
        for line, following in pairwise(block)
        if following.indent > line.indent and not _ITEM.match(line.body)
    ]
    return _Wrapping(
        width - _SLACK if plain else width * _SHORT, sum(steps) >= max(1.0, _MOSTLY * len(steps))
    )


def _pieces(block: Sequence[_Line], wrapping: _Wrapping | None) -> list[list[_Line]]:
    """``block`` broken into paragraphs."""
    base = min(line.indent for line in block)
    pieces: list[list[_Line]] = []
    for line in block:
        if not pieces:
            ends = True
        elif wrapping is None:
            ends = _breaks_unwrapped(pieces[-1][-1], line)
        else:
            ends = _breaks(pieces[-1], line, base, wrapping)
        if ends:
            pieces.append([line])
        else:
            pieces[-1].append(line)
    return pieces


def _breaks_unwrapped(line: _Line, following: _Line) -> bool:
    """Whether a paragraph ends between two lines of text that is not wrapped.

    Every line is a paragraph, but a long one that stops in the middle of a sentence was torn, and one that
    stops before who speaks.
    """
    if _TORN_SPEECH.search(line.body):
        return False
    return len(line.body) < _TORN or not _goes_on(line, following)


def _breaks(piece: Sequence[_Line], following: _Line, base: int, wrapping: _Wrapping) -> bool:
    """Whether ``piece`` is a whole paragraph of wrapped text, so that ``following`` begins the next one."""
    line = piece[-1]
    if _RULE.fullmatch(line.body) or _RULE.fullmatch(following.body):
        return True
    forced = _overflows(line, following, wrapping.least)
    ended = bool(_SENTENCE_END.search(line.body))
    if _ITEM.match(following.body):
        return ended or not forced
    if following.indent > base:
        # A first line, set deeper than the margin.
        return (wrapping.first_lines or ended or not forced) and not _hangs(piece, following)
    # What no width forced was meant: the end of a heading (one line), or of a paragraph.
    return not forced and not following.body[0].islower() and (ended or len(piece) == 1)


def _hangs(piece: Sequence[_Line], following: _Line) -> bool:
    """Whether ``following`` is set under the words of the item that ``piece`` begins with."""
    if not _ITEM.match(piece[0].body) or following.indent <= piece[0].indent:
        return False
    return len(piece) == 1 or piece[-1].indent == following.indent
