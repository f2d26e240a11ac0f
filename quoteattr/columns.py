"""What spaCy says of each token, a plain list for each property: Python reads lists faster than tokens.

One column after the other: as one table their numbers would take more memory than all that is kept of them.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Doc

__all__ = ["distances", "edges", "numbers", "strings", "text_of"]


def numbers(doc: Doc, attribute: int) -> list[int]:
    """A property that is a number of zero or more.

    >>> import spacy
    >>> from spacy import attrs
    >>> doc = spacy.blank("en")("No rain.")
    >>> numbers(doc, attrs.LENGTH), strings(doc, attrs.ORTH), distances(doc), list(edges(doc)[0])
    ([2, 4, 1], ['No', 'rain', '.'], [0, 0, 0], [0, 3, 7])
    """
    return doc.to_array([attribute]).reshape(-1).tolist()  # type: ignore[no-any-return]


def strings(doc: Doc, attribute: int, change: Callable[[str], str] | None = None) -> list[str]:
    """A property that is a string, ``change`` applied; each string is held once, however often it comes."""
    column = numbers(doc, attribute)
    store = doc.vocab.strings
    names = {value: store[value] for value in set(column)}
    if change is not None:
        names = {value: change(name) for value, name in names.items()}
    return list(map(names.__getitem__, column))


def text_of(doc: Doc, words: Sequence[str]) -> str:
    """The document's text, of its ``words``; `Doc.text` would make every token for it."""
    from spacy import attrs

    return "".join(
        [f"{word} " if space else word for word, space in zip(words, numbers(doc, attrs.SPACY), strict=True)]
    )


def edges(doc: Doc) -> tuple[array[int], array[int]]:
    """First character of each token, and one past its last; four bytes each, for few are ever read."""
    from spacy import attrs

    table = doc.to_array([attrs.IDX, attrs.LENGTH]).astype("int32").reshape(-1, 2)
    return array("i", table[:, 0].tobytes()), array("i", table.sum(axis=1, dtype="int32").tobytes())


def distances(doc: Doc) -> list[int]:
    """How far the head of each token stands from it, below zero where before it."""
    from spacy import attrs

    return doc.to_array([attrs.HEAD]).reshape(-1).astype("int64").tolist()  # type: ignore[no-any-return]
