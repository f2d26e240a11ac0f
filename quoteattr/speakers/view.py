"""The document as plain lists, one entry a token: quicker to walk than the tokens themselves."""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Sequence
from operator import add
from typing import TYPE_CHECKING

from attrs import define, field

from quoteattr.columns import Columns, changed, numbers
from quoteattr.records import Quotation, Range
from quoteattr.speakers.lexicon import lexicon

if TYPE_CHECKING:
    from spacy.tokens import Doc

__all__ = ["SUBJECTS", "View"]

SUBJECTS = frozenset({"nsubj", "nsubjpass"})
# A parser's sentence break anywhere else splits names ('K.C. | Maurer') more often than sentences.
_ENDS = frozenset(".!?…")
_STOPS = frozenset(".!?…:;\"”’')]*—-")
_NAMED = frozenset({"PERSON", "GPE", "ORG"})
_PLACED = frozenset({"at", "in", "near"})
_SENTENCE = 100  # tokens of a sentence that are looked at
_BEGINS = 3  # spaCy's number for the first token of an entity


@define
class View:
    """What the other modules read of a document. All lists have one entry a token; white space is none.

    Attributes:
        text: the text as given.
        words, lower: the tokens, and the same in lower case without a final period.
        tags: Penn tags ('NNP').
        deps: dependency labels, '' where the sentence was not parsed.
        heads: position of the head, the token's own for a root.
        ents: entity label, '' outside entities.
        begins: whether an entity begins here.
        starts, ends: characters, end exclusive.
        sents, paras: number of the sentence and of the paragraph.
        quoted: number of the outer quotation (in the list of quotations) that the token stands in, or -1.
        known: the words that are tagged as proper nouns somewhere in the document.
        narration: number of sentences outside the quotations that began up to the token.
        headings: the paragraphs that are headings, bylines or captions: short, without a closing mark.
        plain: the words that stand in small letters somewhere.
        surnames: the surnames of persons' names of two words or more.
        named: the words that are labelled a person, a body or a place, or part of one, somewhere.
    """

    text: str
    words: list[str]
    lower: list[str]
    tags: list[str]
    deps: list[str]
    heads: Sequence[int]
    ents: list[str]
    begins: list[bool]
    starts: Sequence[int]
    ends: Sequence[int]
    sents: list[int]
    paras: list[int]
    quoted: list[int]
    known: frozenset[str]
    plain: frozenset[str]
    surnames: frozenset[str]
    named: frozenset[str]
    narration: list[int]
    headings: frozenset[int]
    _children: tuple[array[int], array[int]] | None = field(default=None, repr=False)
    _counts: Counter[str] | None = field(default=None, repr=False)

    def __len__(self) -> int:
        return len(self.words)

    @classmethod
    def of(
        cls, document: Doc | Columns, paragraphs: Sequence[Range], quotations: Sequence[Quotation]
    ) -> View:
        """The lists of a spaCy document; a missing annotation is an empty string."""
        from spacy import attrs as a

        columns = Columns.of(document)
        words, tags, deps, ents = columns.words, columns.tags, columns.deps, columns.entities
        lower = changed(words, lambda word: word.lower().rstrip(".") or word)
        begins = [value == _BEGINS for value in numbers(columns.doc, a.ENT_IOB)]
        idx, ends, text = columns.starts, columns.ends, columns.text
        first, head = columns.openings, columns.distances
        plain = frozenset(words)
        blanks = {word for word in plain if word.isspace()}
        kept = [i for i, word in enumerate(words) if word not in blanks]
        broken = [False] * len(kept)
        if len(kept) < len(words):
            # A line break inside a sentence is no word: 'Ann⏎Lee' is a name as 'Ann Lee' is.
            first, broken = _carried(words, first, kept)
            head = _rehung(head, kept)
            words, lower, tags, deps, ents = (
                [column[i] for i in kept] for column in (words, lower, tags, deps, ents)
            )
            begins = [begins[i] for i in kept]
            idx, ends = (array("i", [column[i] for i in kept]) for column in (idx, ends))
        sents, paras = _numbered(words, idx, first, broken, [*(p.end for p in paragraphs), len(text) + 1])
        quoted = _inside(idx, quotations)
        return cls(
            text=text,
            words=words,
            lower=lower,
            tags=tags,
            deps=deps,
            heads=array("i", map(add, range(len(head)), head)),
            ents=ents,
            begins=begins,
            starts=idx,
            ends=ends,
            sents=sents,
            paras=paras,
            quoted=quoted,
            plain=plain - blanks,
            surnames=_surnames(words, ents, begins),
            named=frozenset(word for word, label in zip(words, ents, strict=True) if label in _NAMED),
            narration=_narration(sents, quoted),
            headings=_headings(text, paragraphs),
            known=frozenset(
                word
                for word, tag in set(zip(words, tags, strict=True))
                if tag == "NNP" and word[:1].isupper()
            ),
        )

    def tokens(self, start: int, end: int) -> tuple[int, int]:
        """First token and one past the last of those that touch the characters ``start`` to ``end``."""
        return bisect_right(self.ends, start), bisect_left(self.starts, end)

    def slice(self, first: int, last: int) -> str:
        """The text of tokens ``first`` to ``last`` (exclusive), white space runs as one space."""
        if last <= first:
            return ""
        return " ".join(self.text[self.starts[first] : self.ends[last - 1]].split())

    @property
    def counts(self) -> Counter[str]:
        """How often each word is written."""
        if self._counts is None:
            self._counts = Counter(self.words)
        return self._counts

    def children(self, token: int) -> Sequence[int]:
        """The tokens whose head is ``token``, in order."""
        if self._children is None:
            self._children = _below(self.heads)
        tokens, first = self._children
        return tokens[first[token] : first[token + 1]]

    def is_root(self, token: int, first: int, last: int) -> bool:
        """Whether a token among those from ``first`` to ``last`` (exclusive) hangs on none of them."""
        return self.deps[token] != "" and not first <= self.heads[token] < last

    def opens_sentence(self, token: int) -> bool:
        """Whether a token is the first of its sentence."""
        return not token or self.sents[token - 1] != self.sents[token]

    def opens_paragraph(self, token: int) -> bool:
        """Whether a token is the first of its paragraph."""
        return not token or self.paras[token - 1] != self.paras[token]

    def sentence_start(self, token: int) -> int:
        """The first token of a token's sentence, or the hundredth before it, so that no text takes long."""
        first, lowest = token, max(token - _SENTENCE, 0)
        while first > lowest and self.sents[first - 1] == self.sents[token]:
            first -= 1
        return first

    def is_label(self, first: int, last: int) -> bool:
        """Whether tokens ``first`` to ``last`` (exclusive) open a paragraph before a colon: 'MARR: I did'."""
        return self.words[last : last + 1] == [":"] and self.opens_paragraph(first)

    def has_age(self, last: int) -> bool:
        """Whether an age stands behind a name that ends before token ``last``: 'Dean Hallworth|, 43, …'."""
        behind = self.words[last : last + 2]
        return behind[:1] == [","] and behind[1:] != [] and behind[1].isdigit()

    def is_placed(self, token: int) -> bool:
        """Whether a token is where something is or happens: 'at Bath'."""
        return self.deps[token] == "pobj" and self.lower[self.heads[token]] in _PLACED

    def glued(self, token: int) -> bool:
        """Whether no space stands between this token and the next."""
        return token + 1 < len(self.words) and self.ends[token] == self.starts[token + 1]


def _below(heads: Sequence[int]) -> tuple[array[int], array[int]]:
    """The tokens in the order of their heads, and where those below each head begin."""
    import numpy as np

    above = np.array(heads, dtype=np.int32)
    tokens = np.flatnonzero(above != np.arange(len(above))).astype(np.int32)
    tokens = tokens[np.argsort(above[tokens], kind="stable")]
    first = np.searchsorted(above[tokens], np.arange(len(above) + 1)).astype(np.int32)
    return array("i", tokens.tobytes()), array("i", first.tobytes())


def _carried(words: list[str], first: Sequence[int], kept: list[int]) -> tuple[list[int], list[bool]]:
    """For each token that is kept: how its sentence starts, and whether a line break stands before it."""
    starts = [first[i] for i in kept]
    broken = [False] * len(kept)
    before = -1
    for new, old in enumerate(kept):
        if old - before > 1:
            blanks = range(before + 1, old)
            starts[new] = 1 if any(first[i] == 1 for i in blanks) else starts[new]
            broken[new] = any("\n" in words[i] for i in blanks)
        before = old
    return starts, broken


def _rehung(head: Sequence[int], kept: list[int]) -> list[int]:
    """The distances to the heads among the tokens kept; what hung on white space hangs on its head."""
    place = [-1] * len(head)
    for new, old in enumerate(kept):
        place[old] = new
    distances: list[int] = []
    for new, old in enumerate(kept):
        target = old + head[old]
        while place[target] < 0 and head[target]:
            target += head[target]
        distances.append(place[target] - new if place[target] >= 0 else 0)
    return distances


def _numbered(
    words: list[str], starts: Sequence[int], first: Sequence[int], broken: list[bool], limits: list[int]
) -> tuple[list[int], list[int]]:
    """For each token the number of its sentence and of its paragraph.

    Args:
        words: the tokens.
        starts: their first characters.
        first: 1 where a sentence starts; 0 where nothing divided the text into sentences.
        broken: whether a line break stands before a token.
        limits: where the paragraphs end, in characters; the last is beyond the text.
    """
    shortened = lexicon().shortened
    sents: list[int] = []
    paras: list[int] = []
    sent, para = -1, 0
    for i, start in enumerate(starts):
        # A title is no end of a sentence, whatever a parser makes of its period: 'Capt. | Bryn'.
        told = first[i] == 1 and (broken[i] or words[i - 1][-1:] in _STOPS)
        told = told and not (i and words[i - 1][-1:] == "." and _title(words, i - 1, shortened))
        opens = sent < 0 or told or (first[i] == 0 and words[i - 1] in _ENDS)
        while start >= limits[para]:
            para += 1
            opens = True
        if opens:  # adding nothing would make a new number
            sent += 1
        sents.append(sent)
        paras.append(para)
    return sents, paras


def _title(words: list[str], i: int, shortened: frozenset[str]) -> bool:
    """Whether a token with a period, or one before a lone period, is a short title: 'Capt.', not 'MP.'."""
    written = words[i - 1] if words[i] == "." and i else words[i]
    word = written.lower().rstrip(".")
    return word in shortened and not written.isupper()


def _surnames(words: list[str], ents: list[str], begins: list[bool]) -> frozenset[str]:
    """The surnames of persons' names of two words or more, by label: of 'Ann Lee', 'Han Seung-min'."""
    size, east = len(words), lexicon().surnames_first
    ends = [begins[i] or ents[i] != ents[i - 1] for i in range(1, size)] + [True]
    persons = [i for i in range(size) if ents[i] == "PERSON"]
    last = {words[i] for i in persons if ends[i] and not begins[i]}
    first = {words[i] for i in persons if begins[i] and not ends[i] and words[i].lower() in east}
    return frozenset(last | first)


def _inside(starts: Sequence[int], quotations: Sequence[Quotation]) -> list[int]:
    """For each token the number of the outer quotation around its first character, or -1."""
    quoted = [-1] * len(starts)
    for number, quotation in enumerate(quotations):
        if quotation.depth == 0:
            for i in range(bisect_left(starts, quotation.start), bisect_left(starts, quotation.end)):
                quoted[i] = number
    return quoted


def _narration(sents: list[int], quoted: list[int]) -> list[int]:
    """For each token the number of sentences with words outside quotations up to it."""
    counts: list[int] = []
    count, last = 0, -1
    for sent, quotation in zip(sents, quoted, strict=True):
        if quotation < 0 and sent != last:
            count += 1
            last = sent
        counts.append(count)
    return counts


def _headings(text: str, paragraphs: Sequence[Range]) -> frozenset[int]:
    """The paragraphs of at most 150 characters that no mark closes, or nearly all in capitals."""
    return frozenset(
        number
        for number, (start, end) in enumerate(paragraphs)
        if end - start <= 150 and (text[end - 1] not in ".!?:;\"”’'),…" or _capitals(text[start:end]))
    )


def _capitals(line: str) -> bool:
    """Whether four in five of the longer words of a line, and four at the least, begin with a capital."""
    words = [word for word in line.split() if len(word) > 3 and word[0].isalpha()]
    return len(words) >= 4 and sum(word[0].isupper() for word in words) >= 0.8 * len(words)
