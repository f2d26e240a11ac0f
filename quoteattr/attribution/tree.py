"""The dependency tree of a document as plain lists, which Python reads much faster than spaCy's tokens."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import define, field

from quoteattr.records import Range

if TYPE_CHECKING:
    from spacy.tokens import Doc

__all__ = ["Tree"]


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
        tokens = list(doc)
        words = [token.text for token in tokens]
        starts = [token.idx for token in tokens]
        sentence, sentences = _sentences(doc)
        tree = cls(
            text=doc.text if text is None else text,
            words=words,
            lower=[word.lower() for word in words],
            lemmas=[token.lemma_.lower() or token.lower_ for token in tokens],
            pos=[token.pos_ for token in tokens],
            tags=[token.tag_ for token in tokens],
            deps=[token.dep_ for token in tokens],
            heads=[token.head.i for token in tokens],
            starts=starts,
            ends=[start + len(word) for start, word in zip(starts, words, strict=True)],
            entities=[token.ent_type_ for token in tokens],
            sentence=sentence,
            sentences=sentences,
        )
        tree._link()
        return tree

    def __len__(self) -> int:
        return len(self.words)

    def _link(self) -> None:
        """Fill in children and the edges of each subtree, in time linear in the number of tokens."""
        size = len(self.words)
        self.children = [[] for _ in range(size)]
        for i, head in enumerate(self.heads):
            if head != i:
                self.children[head].append(i)
        self.left = list(range(size))
        self.right = list(range(size))
        waiting = [len(children) for children in self.children]
        ready = [i for i in range(size) if not waiting[i]]
        while ready:
            i = ready.pop()
            head = self.heads[i]
            if head == i:
                continue
            self.left[head] = min(self.left[head], self.left[i])
            self.right[head] = max(self.right[head], self.right[i])
            waiting[head] -= 1
            if not waiting[head]:
                ready.append(head)

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


def _sentences(doc: Doc) -> tuple[list[int], list[tuple[int, int]]]:
    """The sentence number of each token, and first token and end of each sentence."""
    numbers: list[int] = []
    bounds: list[tuple[int, int]] = []
    begin = 0
    for token in doc:
        if token.i and token.is_sent_start:
            bounds.append((begin, token.i))
            begin = token.i
        numbers.append(len(bounds))
    if len(doc):
        bounds.append((begin, len(doc)))
    return numbers, bounds
