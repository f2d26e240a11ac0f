"""The dependency tree of a document as plain lists, which Python reads much faster than spaCy's tokens."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from attrs import define, field

from quoteattr.records import Range

if TYPE_CHECKING:
    from spacy.tokens import Doc

__all__ = ["Tree"]

_HALF = 2**63  # spaCy's arrays hold offsets below zero as numbers from here on


@define(eq=False)
class Tree:
    """One document: a list for each property, indexed by token.

    Attributes:
        text: the text as given.
        words: the tokens as they stand.
        lower: the tokens in lower case.
        lemmas: their lemmas, in lower case.
        pos: coarse part of speech ('VERB').
        tags: fine part of speech ('VBD').
        deps: relation to the head ('nsubj').
        heads: position of the head; a root is its own head.
        starts: first character of each token.
        ends: one past the last character of each token.
        children: positions of the dependents, from left to right.
        left: first token of the subtree.
        right: last token of the subtree.
        sentence: number of the sentence of each token.
        sentences: first token of each sentence and one past its last.
        entities: entity label of each token, '' outside of names.
    """

    text: str
    words: list[str]
    lower: list[str]
    lemmas: list[str]
    pos: list[str]
    tags: list[str]
    deps: list[str]
    heads: list[int]
    starts: list[int]
    ends: list[int]
    entities: list[str]
    sentence: list[int]
    sentences: list[tuple[int, int]]
    children: list[list[int]] = field(factory=list)
    left: list[int] = field(factory=list)
    right: list[int] = field(factory=list)

    @classmethod
    def of(cls, doc: Doc, text: str | None = None) -> Tree:
        """The lists of ``doc``; ``text`` is the text as given, where it differs from ``doc.text``."""
        from spacy import attrs as a

        columns = [a.ORTH, a.LOWER, a.LEMMA, a.POS, a.TAG, a.DEP, a.ENT_TYPE]
        columns += [a.HEAD, a.IDX, a.SENT_START, a.SPACY]
        table = doc.to_array(columns).T.tolist() if len(doc) else [[] for _ in columns]
        strings = doc.vocab.strings
        names = {value: strings[value] for value in {value for column in table[:7] for value in column}}
        # White space has no lemma in some pipelines.
        lemmas = {value: names[value].lower() for value in set(table[2])}
        words, lower, pos, tags, deps, entities = (
            list(map(names.__getitem__, table[column])) for column in (0, 1, 3, 4, 5, 6)
        )
        starts = table[8]
        sentence, sentences = _sentences(table[9])
        tree = cls(
            text="".join(map(_followed, words, table[10])) if text is None else text,
            words=words,
            lower=lower,
            lemmas=[lemmas[value] or small for value, small in zip(table[2], lower, strict=True)],
            pos=pos,
            tags=tags,
            deps=deps,
            heads=[i + (head if head < _HALF else head - 2 * _HALF) for i, head in enumerate(table[7])],
            starts=starts,
            ends=[start + len(word) for start, word in zip(starts, words, strict=True)],
            entities=entities,
            sentence=sentence,
            sentences=sentences,
        )
        tree._link()
        return tree

    def __len__(self) -> int:
        return len(self.words)

    def top(self, tokens: Sequence[int]) -> int:
        """The first of ``tokens`` whose own head is none of them; the last one if there is none such."""
        inside = tokens if isinstance(tokens, range) else frozenset(tokens)
        heads = self.heads
        return next((i for i in tokens if heads[i] not in inside or heads[i] == i), tokens[-1])

    def _link(self) -> None:
        """Fill in children and the edges of each subtree, in time linear in the number of tokens."""
        size = len(self.words)
        self.children = [[] for _ in range(size)]
        for i, head in enumerate(self.heads):
            if head != i:
                self.children[head].append(i)
        # An edge reaches up to the first head that knows one as good: so each head is met once.
        heads, left, right = self.heads, list(range(size)), list(range(size))
        for i in range(size):
            head = heads[i]
            while left[head] > i:
                left[head] = i
                head = heads[head]
        for i in reversed(range(size)):
            head = heads[i]
            while right[head] < i:
                right[head] = i
                head = heads[head]
        self.left, self.right = left, right

    def range(self, first: int, last: int) -> Range:
        """The characters from token ``first`` to token ``last``, the last included."""
        return Range(self.starts[first], self.ends[last])

    def child(self, i: int, *deps: str) -> int | None:
        """The first dependent of token ``i`` in one of the relations ``deps``, or ``None``."""
        for j in self.children[i]:
            if self.deps[j] in deps:
                return j
        return None

    def ancestors(self, i: int) -> list[int]:
        """The heads of token ``i``, the nearest first, its root last."""
        found = []
        while self.heads[i] != i:
            i = self.heads[i]
            found.append(i)
        return found


def _followed(word: str, spaced: int) -> str:
    return word + " " if spaced else word


def _sentences(starting: list[int]) -> tuple[list[int], list[tuple[int, int]]]:
    """The sentence number of each token, and first token and end of each sentence."""
    numbers: list[int] = []
    bounds: list[tuple[int, int]] = []
    begin = 0
    for i, start in enumerate(starting):
        if start == 1 and i:
            bounds.append((begin, i))
            begin = i
        numbers.append(len(bounds))
    if starting:
        bounds.append((begin, len(starting)))
    return numbers, bounds
