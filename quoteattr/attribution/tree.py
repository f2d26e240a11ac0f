"""The dependency tree of a document as plain lists, which Python reads much faster than spaCy's tokens."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from operator import add
from typing import TYPE_CHECKING

from attrs import define, field

from quoteattr.columns import Columns, changed, strings
from quoteattr.records import Range

if TYPE_CHECKING:
    from spacy.tokens import Doc

__all__ = ["FINITE", "HELPING", "SUBJECTS", "TIMES", "VERBS", "Tree"]

FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})  # the tags of verbs that make a sentence
VERBS = frozenset({"VERB", "AUX"})
SUBJECTS = frozenset({"nsubj", "nsubjpass"})
HELPING = frozenset({"aux", "auxpass"})
TIMES = frozenset({"DATE", "TIME"})  # labels of entities that are nobody

_NONE: tuple[int, ...] = ()


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
    starts: Sequence[int]
    ends: Sequence[int]
    entities: list[str]
    sentence: list[int]
    sentences: list[tuple[int, int]]
    children: list[Sequence[int]] = field(factory=list)
    left: list[int] = field(factory=list)
    right: list[int] = field(factory=list)

    @classmethod
    def of(cls, document: Doc | Columns, text: str | None = None) -> Tree:
        """The lists of a document; ``text`` is the text as given, where it differs from that of spaCy."""
        from spacy import attrs as a

        columns = Columns.of(document)
        lower = strings(columns.doc, a.LOWER)
        # White space has no lemma in some pipelines.
        lemmas = changed(strings(columns.doc, a.LEMMA), str.lower)
        sentence, sentences = _sentences(columns.openings)
        tree = cls(
            text=columns.text if text is None else text,
            words=columns.words,
            lower=lower,
            lemmas=[lemma or small for lemma, small in zip(lemmas, lower, strict=True)],
            pos=strings(columns.doc, a.POS),
            tags=columns.tags,
            deps=columns.deps,
            heads=list(map(add, range(len(lower)), columns.distances)),
            starts=columns.starts,
            ends=columns.ends,
            entities=columns.entities,
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

    def hang(self, heads: Mapping[int, int]) -> None:
        """Give tokens other heads."""
        for i, head in heads.items():
            self.heads[i] = head
        self._link()

    def _link(self) -> None:
        """Fill in children and the edges of each subtree, in time linear in the number of tokens."""
        # One object a number for all lists: an integer takes more room than its place in a list.
        places = list(range(len(self.words)))
        heads = self.heads = list(map(places.__getitem__, self.heads))
        below: dict[int, list[int]] = {}
        for i, head in zip(places, heads, strict=True):
            if head != i:
                below.setdefault(head, []).append(i)
        self.children = [_NONE] * len(places)
        for head, found in below.items():
            self.children[head] = tuple(found)
        # An edge reaches up to the first head that knows one as good: so each head is met once.
        left, right = places.copy(), places.copy()
        for i in places:
            head = heads[i]
            while left[head] > i:
                left[head] = i
                head = heads[head]
        for i in reversed(places):
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


def _sentences(starting: Sequence[int]) -> tuple[list[int], list[tuple[int, int]]]:
    """The sentence number of each token, and first token and end of each sentence."""
    of_token: list[int] = []
    bounds: list[tuple[int, int]] = []
    begin = number = 0
    for i, start in enumerate(starting):
        if start == 1 and i:
            bounds.append((begin, i))
            begin, number = i, len(bounds)
        of_token.append(number)  # one object for all tokens of a sentence
    if starting:
        bounds.append((begin, len(starting)))
    return of_token, bounds
