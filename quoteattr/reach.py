"""How much of a text must be read where only direct quotes are asked for."""

from __future__ import annotations

import bisect
import re
from collections.abc import Iterator, Mapping, Sequence

from attrs import frozen

from quoteattr.marks.interviews import is_question
from quoteattr.records import Depth, Quotation, Range, Stretch
from quoteattr.turns import with_colons

__all__ = ["reached"]

# A colon in so many words at the head of a paragraph may end a speaker's label, whatever the words.
_LABEL_WORDS = 8
_DASH = re.compile(r"[—–―]|--")
# A speaker whom only what came before can name: a pronoun, or nobody at all.
_PRONOUN = re.compile(r"\b(?:he|she|they|I)\b", re.IGNORECASE)
_LETTER = re.compile(r"[^\W\d_]")
_SMALL = re.compile(r"\b[a-z][\w’'-]*")
_UPPER = r"[^\W\d_a-zß-öø-ÿ]"
_CAPITAL = re.compile(rf"\b{_UPPER}")
_NAME = re.compile(rf"\b{_UPPER}[\w-]+")
# Two words with capitals or more, side by side: it may be a full name.
_RUN = re.compile(rf"(?<![\w.’'-]){_UPPER}[\w.’'-]*(?:\s{_UPPER}[\w.’'-]*)+")
_BACK = 2  # paragraphs in which such a speaker is looked for by what the sentences say
# The same, by who is named at all: the last two paragraphs that are not parsed, talk between them or not.
_FAR_BACK, _NARRATED = 9, 2
_HEAD = 6  # paragraphs over an interview
# The end of a sentence, as far as it is sure: 'Capt. Holm' and 'the U.S. Senate' hold none.
_STOP = re.compile(rf"(?:[^\W\d_]{{5}}|[^\w\s.])[.!?…][\"”’')\]]*\s+(?=[\"“‘(\[]*{_UPPER})")
# A paragraph so short (characters) may be the reporting clause of the quotation before it.
_CLAUSE = 60


def reached(text: str, paragraphs: Sequence[Range], quotations: Sequence[Quotation]) -> list[Stretch]:
    r"""How the text is to be read from where on, so that direct quotes get their cues and speakers.

    Parsed are paragraphs with quotation marks or a label; the one before a quotation that opens its own,
    where the cue may end there, or nobody's words stand beside the quotation; two before one whose speaker
    has no name; after it a short one, or any where nobody's words stand beside the quotation; and those above
    an interview without labels.

    Names alone are read where somebody may be named who speaks elsewhere: in the paragraph before a
    quotation, in two more before a speaker without a name, and in sentences that are the first to give a full
    name of which a word stands beside a quotation. Of all others no more than the words is taken.

    Args:
        text: the text as given.
        paragraphs: as `quoteattr.layout.paragraphs` gives them.
        quotations: as `quoteattr.marks.quotations` gives them.

    >>> text = "It rained.\nMayor Ann Lee came.\nA boat left.\nNo tea.\n“No,” Lee said."
    >>> from quoteattr import layout, marks
    >>> paragraphs = layout.paragraphs(text)
    >>> [stretch.depth.name for stretch in reached(text, paragraphs, marks.quotations(text, paragraphs))]
    ['WORDS', 'NAMES', 'WORDS', 'NAMES', 'TREES']
    """
    text = with_colons(text)
    page = _Page.of(text, paragraphs, quotations)
    trees = {number for number, (start, end) in enumerate(paragraphs) if _has_label(text[start:end])}
    opening: dict[int, int] = {}  # for a paragraph the first quotation that begins in it
    closing = set()
    starts = [paragraph.start for paragraph in paragraphs]
    for quotation in quotations:
        first = max(bisect.bisect_right(starts, quotation.start) - 1, 0)
        last = max(bisect.bisect_left(starts, quotation.end) - 1, first)
        trees.update(range(first, last + 1))
        opening.setdefault(first, quotation.start)
        closing.add(last)
    trees.update(page.above_interview(opening, quotations))
    beside = page.names_beside(trees)
    names: set[int] = set()
    nameless = [number for number in opening if page.is_nameless(number)]
    for number in nameless:
        trees.update(range(max(number - _BACK, 0), number))
    for number in opening.keys() - {0, *nameless}:
        sign = page.last_sign(number - 1)
        if sign == ":" or opening[number] <= paragraphs[number].start + 1:
            (trees if sign in ":," or page.is_silent(number) else names).add(number - 1)
    for number in closing - {len(paragraphs) - 1}:
        if page.may_report_before(number + 1):
            trees.add(number + 1)
    for number in nameless:
        plain = [before for before in range(max(number - _FAR_BACK, 0), number) if before not in trees]
        names.update(plain[-_NARRATED:])
    return list(page.stretches(trees, names, beside))


@frozen
class _Page:
    """A text as `reached` looks at it.

    Attributes:
        text: the text.
        paragraphs: its paragraphs.
        narration: the text with blanks for what stands in quotation marks.
        small: the words that stand in small letters somewhere, and those that often open a sentence ('Then').
    """

    text: str
    paragraphs: Sequence[Range]
    narration: str
    small: frozenset[str]

    @classmethod
    def of(cls, text: str, paragraphs: Sequence[Range], quotations: Sequence[Quotation]) -> _Page:
        from spacy.lang.en.stop_words import STOP_WORDS

        small = frozenset(STOP_WORDS).union(_SMALL.findall(text))
        return cls(text, paragraphs, _narration(text, quotations), small)

    def above_interview(self, opening: Mapping[int, int], quotations: Sequence[Quotation]) -> range:
        """The paragraphs above an interview without labels or marks, which name the one who answers."""
        marked = {quotation.start: bool(quotation.opener) for quotation in quotations}
        for number, start in opening.items():
            if number and not marked[start] and is_question(self.text, self.paragraphs[number - 1]):
                return range(min(number - 1, _HEAD))
        return range(0)

    def is_silent(self, number: int) -> bool:
        """Whether nobody's words stand beside the quotations of a paragraph."""
        return not _LETTER.search(self.narration, *self.paragraphs[number])

    def is_nameless(self, number: int) -> bool:
        """Whether a pronoun comes before all names beside the quotations, or nobody is named there."""
        start, end = self.paragraphs[number]
        pronoun = _PRONOUN.search(self.narration, start, end)
        if pronoun is None:
            return not _CAPITAL.search(self.narration, start, end)
        return not self._names(self.narration, Range(start, pronoun.start()))

    def last_sign(self, number: int) -> str:
        """What ends a paragraph."""
        return self.text[self.paragraphs[number].end - 1]

    def may_report_before(self, number: int) -> bool:
        """Whether who speaks at the end of the paragraph before may be told in this one."""
        start, end = self.paragraphs[number]
        return self.is_silent(number - 1) or end - start <= _CLAUSE or bool(_DASH.match(self.text, start))

    def names_beside(self, quoting: set[int]) -> set[str]:
        """The words of names that stand in paragraphs with quotations, but in no quotation."""
        return {word for number in quoting for word in self._names(self.narration, self.paragraphs[number])}

    def stretches(self, trees: set[int], names: set[int], beside: set[str]) -> Iterator[Stretch]:
        """The paragraphs as they are to be read, by sentences where only full names are looked for."""
        known: set[tuple[str, ...]] = set()
        for number, paragraph in enumerate(self.paragraphs):
            if number in trees or number in names:
                yield Stretch(paragraph.start, Depth.TREES if number in trees else Depth.NAMES)
                continue
            for sentence in self._sentences(paragraph):
                full = {name for name in self._full_names(sentence) if not beside.isdisjoint(name)}
                yield Stretch(sentence.start, Depth.WORDS if full <= known else Depth.NAMES)
                known |= full

    def _sentences(self, paragraph: Range) -> Iterator[Range]:
        begin = paragraph.start
        for stop in _STOP.finditer(self.text, *paragraph):
            yield Range(begin, stop.end())
            begin = stop.end()
        yield Range(begin, paragraph.end)

    def _full_names(self, part: Range) -> Iterator[tuple[str, ...]]:
        for run in _RUN.finditer(self.text, *part):
            name = tuple(self._names(self.text, Range(*run.span())))
            if len(name) > 1:
                yield name

    def _names(self, text: str, part: Range) -> list[str]:
        """The words with capitals of a part, but those that have one only where a sentence begins."""
        names = (name.lower() for name in _NAME.findall(text, *part))
        return [name for name in names if name not in self.small]


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
