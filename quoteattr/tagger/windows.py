"""Cuts a text into windows of word pieces: whole paragraphs, with where each piece stands in the text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from quoteattr.readable import readable
from quoteattr.records import Quotation, Range

if TYPE_CHECKING:
    from tokenizers import Tokenizer

__all__ = ["BORDER", "LONGEST", "START", "Piece", "Window", "pieces", "windows"]

# What a piece looked like before the tokenizer lowered it, and how it stands to quotation marks.
LOWER, TITLE, UPPER, OTHER = 0, 1, 2, 3
OUTSIDE, INSIDE, NESTED, MARK = 0, 1, 2, 3
# Word pieces a window, and of those at most what is repeated from the window before. On PolNeAR's dev part
# windows of 128 to 320 pieces with 0 to 64 repeated all give 74.4 to 75.1 (attrib@0.5 F1); these are cheap.
LONGEST = 192
REPEATED = 16


class Piece(NamedTuple):
    """One word piece.

    Attributes:
        id: its number in the tokenizer's vocabulary.
        shape: LOWER, TITLE, UPPER or OTHER (digits and signs).
        quoted: OUTSIDE, INSIDE, NESTED or MARK.
        start: its first character in the text.
        end: the character after its last one.
    """

    id: int
    shape: int
    quoted: int
    start: int
    end: int


# What stands before a window, and behind each paragraph: [CLS] and [SEP] of the tokenizer.
START = Piece(101, OTHER, OUTSIDE, -1, -1)
BORDER = Piece(102, OTHER, OUTSIDE, -1, -1)


class Window(NamedTuple):
    """Pieces that are read together; the first ``repeated`` of them stood in the window before."""

    pieces: list[Piece]
    repeated: int


def pieces(
    tokenizer: Tokenizer, text: str, paragraphs: Sequence[Range], quotations: Sequence[Quotation]
) -> Iterator[list[Piece]]:
    """The word pieces of each paragraph; what is no language is read as blanks (`quoteattr.readable`)."""
    quoted = _quoted(text, quotations)
    text = readable(text)
    for start, end in paragraphs:
        # One at a time: a batch would start threads, which a process that forks must not have.
        encoded = tokenizer.encode(text[start:end], add_special_tokens=False)
        yield [
            Piece(number, _shape(text[start + a : start + b]), quoted[start + a], start + a, start + b)
            for number, (a, b) in zip(encoded.ids, encoded.offsets, strict=True)
            if b > a
        ]


def windows(
    paragraphs: Iterable[Sequence[Piece]], longest: int = LONGEST, repeated: int = REPEATED
) -> Iterator[Window]:
    """Whole paragraphs, packed into windows of at most ``longest`` pieces, borders between them counted.

    A window begins with the last paragraph of the one before, or its end, as far as ``repeated`` pieces go;
    a paragraph that is too long goes on in the next window.

    >>> word = Piece(7592, TITLE, OUTSIDE, 0, 5)
    >>> [(len(window.pieces), window.repeated) for window in windows([[word] * 5, [word] * 4], 8, 2)]
    [(6, 0), (7, 2)]
    """
    current: list[Piece] = []
    old = 0
    for paragraph in paragraphs:
        rest = list(paragraph)
        while rest:
            if len(current) + len(rest) + 1 > longest and len(current) > old:
                yield Window(current, old)
                current = _tail(current, repeated)
                old = len(current)
            room = longest - len(current) - 1
            current = [*current, *rest[:room], BORDER]
            rest = rest[room:]
    if len(current) > old:
        yield Window(current, old)


def _tail(current: Sequence[Piece], most: int) -> list[Piece]:
    """The last paragraph of a window, or its end."""
    begin = max(len(current) - most, 0)
    for i in range(len(current) - 2, begin - 1, -1):
        if current[i].start < 0:
            return list(current[i + 1 :])
    return list(current[begin:])


def _shape(word: str) -> int:
    if not word[0].isalpha():
        return OTHER
    if word[0].islower():
        return LOWER
    return UPPER if len(word) > 1 and word.isupper() else TITLE


def _quoted(text: str, quotations: Sequence[Quotation]) -> bytearray:
    """For each character how it stands to the quotations."""
    found = bytearray(len(text) + 1)
    for quotation in sorted(quotations, key=lambda each: each.depth):
        inner = quotation.inner
        found[quotation.start : quotation.end] = bytes([MARK]) * (quotation.end - quotation.start)
        depth = INSIDE if quotation.depth == 0 else NESTED
        found[inner.start : inner.end] = bytes([depth]) * (inner.end - inner.start)
    return found
