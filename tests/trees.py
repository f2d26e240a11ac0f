"""Documents with a dependency tree written by hand, so that attribution can be tested without a parser."""

from __future__ import annotations

from functools import cache
from typing import Any

import spacy
from hypothesis import strategies as st
from spacy.tokens import Doc

from quoteattr.attribution.scene import Scene
from quoteattr.attribution.tree import Tree
from quoteattr.layout import paragraphs
from quoteattr.marks import quotations

TAGS = {"VERB": "VBD", "PROPN": "NNP", "NOUN": "NN", "PRON": "PRP", "ADP": "IN", "SCONJ": "IN", "AUX": "VBD"}
STOPS = {".", "!", "?"}


@cache
def tokenizer() -> Any:
    """spaCy's English tokenizer, with nothing behind it."""
    return spacy.blank("en")


def document(text: str, spec: str | None = None, **lemmas: str) -> Doc:
    """A parsed document.

    ``spec`` has a word a token, white space left out: 'VERB/ROOT' or 'PROPN/nsubj>2' with the position of the
    head among those words, from 0. Without it each sentence hangs on its first token. ``lemmas`` are those
    that are not the word in lower case: said="say".
    """
    plain = tokenizer().make_doc(text)
    words = [token.text for token in plain]
    if spec is None:
        heads, deps, pos = _flat(words)
    else:
        heads, deps, pos = _read(words, spec.split())
    return Doc(
        plain.vocab,
        words=words,
        spaces=[bool(token.whitespace_) for token in plain],
        pos=pos,
        tags=[TAGS.get(each, each) for each in pos],
        lemmas=[lemmas.get(word, word.lower()) for word in words],
        heads=heads,
        deps=deps,
    )


def _read(words: list[str], spec: list[str]) -> tuple[list[int], list[str], list[str]]:
    places = [i for i, word in enumerate(words) if not word.isspace()]
    assert len(places) == len(spec), (words, spec)
    heads, deps, pos = list(range(len(words))), ["dep"] * len(words), ["SPACE"] * len(words)
    for i, word in enumerate(words):
        if word.isspace() and i:
            heads[i] = i - 1
    for i, each in zip(places, spec, strict=True):
        pos[i], _, relation = each.partition("/")
        deps[i], _, head = relation.partition(">")
        heads[i] = places[int(head)] if head else i
    return heads, deps, pos


def _flat(words: list[str]) -> tuple[list[int], list[str], list[str]]:
    heads: list[int] = []
    first = 0
    for i, word in enumerate(words):
        before = words[i - 1] if i else ""
        shut = before in STOPS or (before in ("”", '"') and i > 1 and words[i - 2] in STOPS)
        if "\n" in before or (shut and word not in ("”", '"') and not word.isspace()):
            first = i
        heads.append(first)
    pos = ["SPACE" if w.isspace() else "NOUN" if w[0].isalpha() else "PUNCT" for w in words]
    return heads, ["ROOT" if head == i else "dep" for i, head in enumerate(heads)], pos


def scene(text: str, spec: str | None = None, **lemmas: str) -> Scene:
    """The document with paragraphs and quotations laid over it."""
    blocks = paragraphs(text)
    return Scene.of(Tree.of(document(text, spec, **lemmas)), tuple(blocks), quotations(text, blocks))


def at(scene: Scene, word: str, count: int = 1) -> int:
    """The position of a token, the ``count``-th of those that read ``word``."""
    found = [i for i, each in enumerate(scene.tree.words) if each == word]
    return found[count - 1]


def said(scene: Scene, pieces: tuple[tuple[int, int], ...]) -> list[str]:
    """The words of pieces of tokens."""
    tree = scene.tree
    return [tree.text[tree.starts[first] : tree.ends[last]] for first, last in pieces]


_WORDS = ["Holm", "she", "said", "told", "that", "not", "warned", "according", "to", "claim", "bridge", "is"]
_MARKS = ["“", "”", ",", ".", ":", "—", "?", "‘", "’"]
_POS = ["VERB", "NOUN", "PROPN", "PRON", "ADP", "SCONJ", "AUX", "PUNCT", "PART"]
_DEPS = ["nsubj", "ccomp", "dobj", "prep", "pobj", "advcl", "xcomp", "conj", "aux", "neg", "punct", "relcl"]


@st.composite
def any_document(draw: st.DrawFn) -> Doc:
    """Words and marks in any order, with any tree over them, branches that cross too."""
    words = draw(st.lists(st.sampled_from([*_WORDS, *_MARKS, "\n\n"]), min_size=1, max_size=40))
    size = len(words)
    order = draw(st.permutations(range(size)))
    heads = list(range(size))
    for rank in range(1, size):
        # A third of the tokens head a tree of their own, so that there are sentences.
        if draw(st.integers(0, 2)):
            heads[order[rank]] = order[draw(st.integers(0, rank - 1))]
    lemmas = {"said": "say", "told": "tell", "warned": "warn", "according": "accord", "is": "be"}
    pos = ["SPACE" if word.isspace() else draw(st.sampled_from(_POS)) for word in words]
    return Doc(
        tokenizer().vocab,
        words=words,
        spaces=draw(st.lists(st.booleans(), min_size=size, max_size=size)),
        pos=pos,
        tags=[TAGS.get(each, each) for each in pos],
        lemmas=[lemmas.get(word, word.lower()) for word in words],
        heads=heads,
        deps=[draw(st.sampled_from(_DEPS)) if head != i else "ROOT" for i, head in enumerate(heads)],
    )
