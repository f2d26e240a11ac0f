"""spaCy's components in less time with the same result: what a pipeline computes twice is computed once.

`run` is `Language.pipe` for a batch. Where a component is of a make that a module here knows, that module
does its work; every other component runs as spaCy runs it.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Collection
from typing import TYPE_CHECKING, Any
from weakref import WeakKeyDictionary

from quoteattr.pipes import arcs, names, vectors, words
from quoteattr.pipes.vectors import groups

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

__all__ = ["groups", "run"]

Step = Callable[[list["Doc"]], None]

# Documents that spaCy's own components are given at once.
BATCH = 64

_known: WeakKeyDictionary[Language, tuple[tuple[int, ...], list[tuple[str, Step]]]] = WeakKeyDictionary()
_lock = threading.Lock()


def run(nlp: Language, docs: list[Doc], disable: Collection[str] = ()) -> list[Doc]:
    """The documents, tokenised already, after all components of the pipeline in order.

    Args:
        nlp: the pipeline.
        docs: its documents, which are changed.
        disable: names of the components to leave out.

    >>> from quoteattr import models
    >>> nlp = models.load()
    >>> [token.pos_ for token in run(nlp, [nlp.make_doc("Rain fell.")])[0]]
    ['NOUN', 'VERB', 'PUNCT']
    """
    for name, step in _steps(nlp):
        if name not in disable:
            docs = step(docs) or docs
    return docs


def _steps(nlp: Language) -> list[tuple[str, Any]]:
    """What to do for each component; made anew when the pipeline is no longer the same."""
    makeup = tuple(id(component) for _, component in nlp.pipeline)
    with _lock:
        known = _known.get(nlp)
        if known is None or known[0] != makeup:
            known = (makeup, [(name, _step(nlp, name, component)) for name, component in nlp.pipeline])
            _known[nlp] = known
        return known[1]


def _step(nlp: Language, name: str, component: Any) -> Any:
    for module in (vectors, arcs, names, words):
        step = module.step(component)
        if step is not None:
            return step
    return _spacys_own(nlp, name, component)


def _spacys_own(nlp: Language, name: str, component: Any) -> Callable[[list[Doc]], list[Doc]]:
    """The component as `Language.pipe` runs it."""
    from spacy.util import _pipe

    def apply(docs: list[Doc]) -> list[Doc]:
        return list(_pipe(docs, component, name, nlp.default_error_handler, {"batch_size": BATCH}))

    return apply
