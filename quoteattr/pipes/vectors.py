"""Vectors of tokens: each word of a batch is embedded once, and layers are given few tokens at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from quoteattr.pipes import products

if TYPE_CHECKING:
    import numpy as np
    from spacy.tokens import Doc

__all__ = ["groups", "on_cpu", "step", "vectors"]

# Tokens that a layer is given at once: what it allocates then stays in the cache and is used again.
TOKENS = 2000


def step(component: Any) -> Callable[[list[Doc]], None] | None:
    """What stands for a ``tok2vec`` component."""
    from spacy.pipeline.tok2vec import Tok2Vec

    if type(component) is not Tok2Vec or not on_cpu(component.model):
        return None

    def apply(docs: list[Doc]) -> None:
        component.set_annotations(docs, vectors(products.quicker(component.model), docs))

    return apply


def on_cpu(model: Any) -> bool:
    """Whether the model runs on the ordinary processor, with thinc's ordinary kernels."""
    from thinc.api import NumpyOps

    return all(type(layer.ops) is NumpyOps for layer in model.walk())


def groups(docs: Iterable[Doc], limit: int = TOKENS) -> Iterator[list[Doc]]:
    """The documents in order, in groups of at most ``limit`` tokens, a longer document alone."""
    group: list[Doc] = []
    total = 0
    for doc in docs:
        if group and total + len(doc) > limit:
            yield group
            group, total = [], 0
        group.append(doc)
        total += len(doc)
    if group:
        yield group


def vectors(model: Any, docs: Sequence[Doc]) -> list[np.ndarray]:
    """The output of a layer that gives each token of a document a vector: a matrix for each document."""
    if not docs:
        return []
    split = _split(model)
    if split is None:
        return [matrix for group in groups(docs) for matrix in model.predict(group)]
    extract, *embed, encode = split
    rows = extract.predict(list(docs))
    embedded = _embedded(embed, rows)
    found: list[np.ndarray] = []
    begin = 0
    for group in groups(docs):
        matrices = []
        for doc in group:
            matrices.append(embedded(begin, begin + len(doc)))
            begin += len(doc)
        found += encode.predict(matrices)
    return found


def _split(model: Any) -> list[Any] | None:
    """The layers of spaCy's ``Tok2Vec.v2`` over ``MultiHashEmbed``: features, embedding, …, encoder."""
    if len(model.layers) != 2:
        return None
    embed, encode = model.layers
    known = ["extract_features", "list2ragged", "with_array", "with_array", "ragged2list"]
    if [layer.name.partition("(")[0] for layer in embed.layers] != known:
        return None
    return [*embed.layers, encode]


def _embedded(layers: Sequence[Any], rows: Sequence[np.ndarray]) -> Callable[[int, int], np.ndarray]:
    """A function that gives the embeddings of a range of tokens, each kind of token embedded once."""
    import numpy as np

    features = np.vstack(rows)
    # Attributes are hashes of 64 bits; so is this sum of odd multiples, by which two kinds are told apart.
    odd = np.arange(1, 2 * features.shape[1], 2, dtype=np.uint64) * np.uint64(0x9E3779B97F4A7C15)
    _, first, kind = np.unique((features * odd).sum(axis=1), return_index=True, return_inverse=True)
    found: Any = [np.ascontiguousarray(features[first])]
    for layer in layers:
        found = layer.predict(found)
    return lambda begin, end: found[0][kind[begin:end]]
