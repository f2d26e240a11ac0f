"""Where the words of an annotation stand in its article."""

from __future__ import annotations

import re
from collections.abc import Sequence

from quoteattr.objects import Span

__all__ = ["Locator", "WordsError"]

_FAR = 400
"""Characters; a source or a cue that stands farther from its content must be told apart by hand."""


class WordsError(ValueError):
    """Words of an annotation are not in the text, or there more than once; the message says what to do."""


class Locator:
    """Finds words in one text; a run of white space in the words stands for any run in the text.

    >>> locator = Locator("He said that he said it.")
    >>> locator.content(["that he said it"])
    (Span(8, 23, 'that he said it'),)
    >>> locator.near("said", locator.content(["that he said it"]))
    Span(3, 7, 'said')
    """

    def __init__(self, text: str) -> None:
        self._text = text

    def content(self, pieces: Sequence[str], after: str | None = None) -> tuple[Span, ...]:
        """The pieces of a content, in order.

        Args:
            pieces: their words; the first must stand in the text once, each other one is the next to come.
            after: words before the first piece, for one that stands in the text several times.

        Raises:
            WordsError: a piece is missing, or the first one ambiguous.
        """
        found = [self._only(pieces[0]) if after is None else self._next(pieces[0], self._only(after).end)]
        for words in pieces[1:]:
            found.append(self._next(words, found[-1].end))
        return tuple(found)

    def near(self, words: str, content: Sequence[Span], after: str | None = None) -> Span:
        """The place of ``words`` outside ``content`` and nearest to it, or the first one behind ``after``.

        Raises:
            WordsError: the words are missing there, or two places are equally near, or the nearest is far.
        """
        if after is not None:
            return self._next(words, self._only(after).end)
        outside = [
            span
            for span in self._all(words)
            if all(span.end <= piece.start or piece.end <= span.start for piece in content)
        ]
        ranked = sorted((_distance(span, content), span.start, span) for span in outside)
        if not ranked:
            raise WordsError(f"{words!r} stands nowhere outside the quote; write it as the text does")
        if ranked[0][0] > _FAR:
            raise WordsError(f"{words!r} stands far from the quote; say which words come before it")
        if len(ranked) > 1 and ranked[0][0] == ranked[1][0]:
            raise WordsError(f"{words!r} stands twice, equally near; say which words come before it")
        return ranked[0][2]

    def holds(self, words: str) -> bool:
        """Whether ``words`` stand anywhere in the text."""
        return bool(self._all(words))

    def _only(self, words: str) -> Span:
        found = self._all(words)
        if not found:
            raise WordsError(f"{words!r} is not in the text; write it as the text does")
        if len(found) > 1:
            raise WordsError(
                f"{words!r} stands in the text {len(found)} times; say which words come before it"
            )
        return found[0]

    def _next(self, words: str, start: int) -> Span:
        found = next((span for span in self._all(words) if span.start >= start), None)
        if found is None:
            before = self._text[max(0, start - 30) : start]
            raise WordsError(f"{words!r} does not come after {before!r}; write it as the text does")
        return found

    def _all(self, words: str) -> list[Span]:
        """Every place of ``words`` that begins and ends with a whole word."""
        pattern = r"\s+".join(re.escape(word) for word in words.split())
        if not pattern:
            raise WordsError("the words are empty; leave the line out")
        head = r"(?<!\w)" if words.strip()[0].isalnum() else ""
        tail = r"(?!\w)" if words.strip()[-1].isalnum() else ""
        found = re.finditer(head + pattern + tail, self._text)
        return [Span.of(self._text, match.start(), match.end()) for match in found]


def _distance(span: Span, content: Sequence[Span]) -> int:
    return min(max(piece.start - span.end, span.start - piece.end) for piece in content)
