"""Transition-based parsing with the arithmetic of all documents' next steps done together.

spaCy sums the features of one state at a time, with a call to its matrix library for each; the call costs
more than the sum. Here states and transitions are spaCy's; only the scores are computed side by side.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from quoteattr.pipes import products, vectors

if TYPE_CHECKING:
    import numpy as np
    from spacy.tokens import Doc

__all__ = ["Scorer", "is_known", "step", "token_vectors"]

# A step costs about as much as eight states at once cost in spaCy's own loop.
LEAST_STATES = 8
# From so many states on, adding up one place after the other is quicker than all places at once.
MANY_STATES = 24


def step(component: Any) -> Callable[[list[Doc]], None] | None:
    """What stands for a dependency parser."""
    from spacy.pipeline import DependencyParser

    if type(component) is not DependencyParser or not is_known(component):
        return None

    def apply(docs: list[Doc]) -> None:
        ordered = sorted(docs, key=len)
        total = sum(map(len, ordered))
        alone: list[Doc] = []
        while ordered and total < LEAST_STATES * len(ordered[-1]):
            total -= len(ordered[-1])
            alone.append(ordered.pop())
        for doc in alone:
            component.set_annotations([doc], component.predict([doc]))
        if ordered:
            _parse(component, ordered)

    return apply


def is_known(component: Any) -> bool:
    """Whether a parser or entity recognizer is a greedy one of spaCy's usual make, on the CPU."""
    model = component.model
    return (
        component.cfg.get("beam_width") == 1
        and model.name == "parser_model"
        and len(model.layers) == 3
        and model.attrs.get("has_upper") is True
        and not model.attrs.get("unseen_classes")
        and model.layers[1].name == "precomputable_affine"
        and (model.layers[1].maybe_get_dim("nP") or 0) > 1
        and vectors.on_cpu(model)
    )


def token_vectors(layer: Any, docs: Sequence[Doc]) -> np.ndarray:
    """What the first layer of a parser gives: one matrix for all tokens of all documents."""
    import numpy as np

    names = [part.name for part in layer.layers]
    if len(names) == 3 and names[1:] == ["list2array", "linear"]:
        found: Any = layer.layers[0]
        found = vectors.vectors(found, docs)
        for part in layer.layers[1:]:
            found = part.predict(found)
        return found  # type: ignore[no-any-return]
    return np.vstack([layer.predict(group) for group in vectors.groups(docs)])


class Scorer:
    """Scores of the transitions that are open to states, from the tokens that each state looks at.

    Args:
        model: the model of a parser.
        tokens: a vector for each token.
    """

    def __init__(self, model: Any, tokens: np.ndarray) -> None:
        import numpy as np

        _, lower, upper = model.layers
        self.computed = lower.predict(tokens)
        size, self.places, self.width, self.pieces = self.computed.shape
        self.rows = self.computed.reshape(size * self.places, self.width * self.pieces)
        self.bias = lower.get_param("b").reshape(-1)
        self.weights, self.base = upper.get_param("W"), upper.get_param("b")
        self.multiply = upper.ops.gemm
        self.offsets = np.arange(self.places, dtype=np.int32)

    def scores(self, looked_at: np.ndarray) -> np.ndarray:
        """A row of scores for each row of ``looked_at``: numbers of tokens, -1 for none."""
        import numpy as np

        rows = (looked_at + 1) * self.places + self.offsets
        if len(rows) < MANY_STATES:
            hidden = self.rows[rows].sum(axis=1)
        else:
            hidden = self.rows.take(rows[:, 0], axis=0)
            for place in range(1, self.places):
                hidden += self.rows.take(rows[:, place], axis=0)
        hidden += self.bias
        parts = hidden.reshape(-1, self.width, self.pieces)
        best = parts[:, :, 0]
        for piece in range(1, self.pieces):
            best = np.maximum(best, parts[:, :, piece])
        scores = self.multiply(best, self.weights, trans2=True)
        scores += self.base
        return scores  # type: ignore[no-any-return]


def _parse(component: Any, docs: list[Doc]) -> None:
    from spacy.ml.parser_model import ParserStepModel  # type: ignore[import-not-found]

    model = products.quicker(component.model)
    tokens = token_vectors(model.layers[0], docs)
    scorer = Scorer(model, tokens)
    layers = [lambda *_, **__: (tokens, None), _Computed(model.layers[1], scorer.computed), model.layers[2]]
    looking = ParserStepModel(docs, layers, has_upper=True, train=False)
    states = component.moves.init_batch(docs)
    going = [state for state in states if not state.is_final()]
    while going:
        going = component.transition_states(going, scorer.scores(looking.get_token_ids(going)))
    looking.clear_memory()  # the model refers to itself, and would live on until the next collection
    component.set_annotations(docs, states)


class _Computed:
    """The second layer of a parser with its output known, so that it is not computed again."""

    def __init__(self, layer: Any, output: np.ndarray) -> None:
        self._layer = layer
        self._output = output

    def __call__(self, *_: object) -> tuple[np.ndarray, None]:
        return self._output, None

    def __getattr__(self, name: str) -> Any:
        return getattr(self._layer, name)
