"""What spaCy says of each token, a plain list for each property: Python reads lists faster than tokens.

One column after the other: as one table their numbers would take more memory than all that is kept of them.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from attrs import frozen

if TYPE_CHECKING:
    from spacy.tokens import Doc

__all__ = ["Columns", "changed", "numbers", "strings"]


@frozen(eq=False)
class Columns:
    """What both attribution and the speakers read of a document; one entry a token, but for the text.

    Attributes:
        doc: the document, for what only one of them reads.
        text: its text.
        words: the tokens as they stand.
        tags: Penn tags ('NNP').
        deps: relation to the head ('nsubj'), '' where the sentence was not parsed.
        entities: entity label, '' outside of names.
        distances: how far the head of each token stands from it, below zero where before it.
        openings: 1 where a sentence begins, 0 where nothing divided the text into sentences.
        starts: first character of each token.
        ends: one past its last.

    Numbers take one byte each or four, not the eight of a list: all this stays while speakers are resolved.
    """

    doc: Doc
    text: str
    words: list[str]
    tags: list[str]
    deps: list[str]
    entities: list[str]
    distances: Sequence[int]
    openings: Sequence[int]
    starts: Sequence[int]
    ends: Sequence[int]

    @classmethod
    def of(cls, document: Doc | Columns, text: str = "") -> Columns:
        """The columns of a document; columns are their own.

        Args:
            document: parsed, or what this gave for it.
            text: its text, where it is at hand: a long one is then held once.

        >>> import spacy
        >>> columns = Columns.of(spacy.blank("en")("No rain."))
        >>> columns.words, columns.text, list(columns.distances), list(columns.starts)
        (['No', 'rain', '.'], 'No rain.', [0, 0, 0], [0, 3, 7])
        """
        if isinstance(document, Columns):
            return document
        from spacy import attrs as a

        words = strings(document, a.ORTH)
        starts, ends = _edges(document)
        put_together = _text(document, words)
        return cls(
            doc=document,
            text=text if text == put_together else put_together,
            words=words,
            tags=strings(document, a.TAG),
            deps=strings(document, a.DEP),
            entities=strings(document, a.ENT_TYPE),
            distances=_distances(document),
            openings=array("b", document.to_array([a.SENT_START]).reshape(-1).astype("int8").tobytes()),
            starts=starts,
            ends=ends,
        )


def numbers(doc: Doc, attribute: int) -> list[int]:
    """A property that is a number of zero or more.

    >>> import spacy
    >>> from spacy import attrs
    >>> doc = spacy.blank("en")("No rain.")
    >>> numbers(doc, attrs.LENGTH), strings(doc, attrs.ORTH)
    ([2, 4, 1], ['No', 'rain', '.'])
    """
    return doc.to_array([attribute]).reshape(-1).tolist()  # type: ignore[no-any-return]


def strings(doc: Doc, attribute: int) -> list[str]:
    """A property that is a string; each string is held once, however often it comes."""
    column = numbers(doc, attribute)
    store = doc.vocab.strings
    names = {value: store[value] for value in set(column)}
    return list(map(names.__getitem__, column))


def changed(column: Sequence[str], change: Callable[[str], str]) -> list[str]:
    """A column with ``change`` applied, once to each string.

    >>> changed(["No", "rain", "No"], str.lower)
    ['no', 'rain', 'no']
    """
    names = {name: change(name) for name in set(column)}
    return list(map(names.__getitem__, column))


def _text(doc: Doc, words: Sequence[str]) -> str:
    """The document's text, of its ``words``; `Doc.text` would make every token for it."""
    from spacy import attrs

    return "".join(
        [f"{word} " if space else word for word, space in zip(words, numbers(doc, attrs.SPACY), strict=True)]
    )


def _edges(doc: Doc) -> tuple[array[int], array[int]]:
    from spacy import attrs

    table = doc.to_array([attrs.IDX, attrs.LENGTH]).astype("int32").reshape(-1, 2)
    return array("i", table[:, 0].tobytes()), array("i", table.sum(axis=1, dtype="int32").tobytes())


def _distances(doc: Doc) -> array[int]:
    from spacy import attrs

    return array("i", doc.to_array([attrs.HEAD]).reshape(-1).astype("int32").tobytes())
