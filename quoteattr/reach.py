"""Which paragraphs must be parsed where only direct quotes are asked for."""

from __future__ import annotations

import bisect
import re
from collections.abc import Sequence

from quoteattr.records import Quotation, Range

__all__ = ["reached"]

# A colon in so many words at the head of a paragraph may end a speaker's label, whatever the words.
_LABEL_WORDS = 8
_DASH = re.compile(r"[—–―]|--")
# A speaker whom only what came before can name: a pronoun, or nobody at all.
_PRONOUN = re.compile(r"\b(?:he|she|they|I)\b", re.IGNORECASE)
_CAPITAL = re.compile(r"\b[A-Z]")
_LETTER = re.compile(r"[^\W\d_]")
_BACK = 2  # paragraphs in which such a speaker is looked for
# A paragraph so short (characters) may be the reporting clause of the quotation before it.
_CLAUSE = 60


def reached(text: str, paragraphs: Sequence[Range], quotations: Sequence[Quotation]) -> list[bool]:
    r"""For each paragraph whether a direct quote may stand in it, or its cue or the speaker of its flow.

    That is where there are quotation marks, or a label; the paragraph before a quotation that opens its own,
    for the cue may end there, or the talk begin; two before one whose speaker has no name; and after it a
    short one, or any where nobody's words stand beside the quotation.

    Args:
        text: the text as given.
        paragraphs: as `quoteattr.layout.paragraphs` gives them.
        quotations: as `quoteattr.marks.quotations` gives them.

    >>> text = "It rained.\nA boat came in.\n“No,” Ann said."
    >>> from quoteattr import layout, marks
    >>> paragraphs = layout.paragraphs(text)
    >>> reached(text, paragraphs, marks.quotations(text, paragraphs))
    [False, True, True]
    """
    starts = [paragraph.start for paragraph in paragraphs]
    found = [_has_label(text[start:end]) for start, end in paragraphs]
    narration = _narration(text, quotations)
    opening: dict[int, int] = {}  # for a paragraph the first quotation that begins in it
    closing = set()
    for quotation in quotations:
        first = max(bisect.bisect_right(starts, quotation.start) - 1, 0)
        last = max(bisect.bisect_left(starts, quotation.end) - 1, first)
        found[first : last + 1] = [True] * (last + 1 - first)
        opening.setdefault(first, quotation.start)
        closing.add(last)
    for number, quoted in opening.items():
        start, end = paragraphs[number]
        back = 0
        if _PRONOUN.search(narration, start, end) or not _CAPITAL.search(narration, start, end):
            back = _BACK
        elif number and (quoted <= start + 1 or text[paragraphs[number - 1].end - 1] == ":"):
            back = 1
        for before in range(max(number - back, 0), number):
            found[before] = True
    for number in closing:
        if number + 1 < len(paragraphs):
            start, end = paragraphs[number + 1]
            alone = not _LETTER.search(narration, *paragraphs[number])
            if alone or end - start <= _CLAUSE or _DASH.match(text, start):
                found[number + 1] = True
    return found


def _has_label(paragraph: str) -> bool:
    return any(":" in word for word in paragraph.split(None, _LABEL_WORDS)[:_LABEL_WORDS])


def _narration(text: str, quotations: Sequence[Quotation]) -> str:
    """The text with blanks for what stands in quotation marks."""
    pieces = []
    end = 0
    for quotation in quotations:
        if quotation.depth == 0:
            pieces += [text[end : quotation.start], " " * (quotation.end - quotation.start)]
            end = quotation.end
    return "".join([*pieces, text[end:]])
