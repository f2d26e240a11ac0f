"""Where a quote stands: its sentences, its paragraph and its neighbours."""

from __future__ import annotations

import bisect
from collections.abc import Iterable, Sequence

from attrs import define, field

from quoteattr.objects import Context, Span
from quoteattr.records import Range

__all__ = ["Surroundings"]


def _trimmed(text: str, ranges: Iterable[tuple[int, int]]) -> list[Range]:
    """The ranges without the white space at their edges; those of white space alone are left out."""
    kept = []
    for start, end in ranges:
        block = text[start:end]
        if words := block.strip():
            first = start + len(block) - len(block.lstrip())
            kept.append(Range(first, first + len(words)))
    return kept


@define(eq=False)
class Surroundings:
    """The sentences and paragraphs of one document, in which quotes are looked up.

    Attributes:
        text: the text as given.
        sentences: (start, end) of each sentence, in order, in characters.
        paragraphs: the paragraphs, in order.

    >>> text = "It rained. Ann said no. Bob left."
    >>> around = Surroundings(text, [(0, 11), (11, 24), (24, 33)], [Range(0, 33)])
    >>> around.of([Range(20, 22)]).sentence.text
    'Ann said no.'
    >>> around.of([Range(20, 22)]).before.text, around.of([Range(20, 22)]).after.text
    ('It rained.', 'Bob left.')
    """

    text: str
    sentences: Sequence[tuple[int, int]]
    paragraphs: Sequence[Range]
    _sentences: list[Range] = field(init=False, repr=False)
    _starts: list[int] = field(init=False, repr=False)
    _ends: list[int] = field(init=False, repr=False)
    _paragraph_starts: list[int] = field(init=False, repr=False)
    _spans: dict[tuple[int, int], Span] = field(init=False, repr=False, factory=dict)

    def __attrs_post_init__(self) -> None:
        self._sentences = _trimmed(self.text, self.sentences)
        self._starts = [sentence.start for sentence in self._sentences]
        self._ends = [sentence.end for sentence in self._sentences]
        self._paragraph_starts = [paragraph.start for paragraph in self.paragraphs]

    def of(self, pieces: Sequence[Range], others: Iterable[Range | None] = ()) -> Context:
        """The context of a quote.

        Args:
            pieces: where the quote stands, in order; the paragraph is that of the first.
            others: cue and source, which the sentence is to hold too.
        """
        ranges = [*pieces, *(other for other in others if other is not None)]
        start, end = min(each.start for each in ranges), max(each.end for each in ranges)
        first = bisect.bisect_right(self._ends, start)
        last = bisect.bisect_left(self._starts, end) - 1
        if first <= last:
            start, end = min(start, self._starts[first]), max(end, self._ends[last])
        number, paragraph = self._paragraph(pieces[0].start)
        return Context(
            sentence=self._span(start, end),
            paragraph=self._span(*paragraph),
            paragraph_index=number,
            before=self._sentence(first - 1),
            after=self._sentence(max(last, first - 1) + 1),
        )

    def _sentence(self, number: int) -> Span | None:
        if 0 <= number < len(self._sentences):
            return self._span(*self._sentences[number])
        return None

    def _span(self, start: int, end: int) -> Span:
        """The stretch as one object for all quotes, of which a long paragraph may hold thousands."""
        if (start, end) not in self._spans:
            self._spans[start, end] = Span.of(self.text, start, end)
        return self._spans[start, end]

    def _paragraph(self, start: int) -> tuple[int, Range]:
        """Number and range of the paragraph that holds ``start``, or of the nearest before it."""
        if not self.paragraphs:
            return 0, Range(0, len(self.text))
        number = max(bisect.bisect_right(self._paragraph_starts, start) - 1, 0)
        return number, self.paragraphs[number]
