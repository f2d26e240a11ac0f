"""Entities of all sentences of a batch recognised side by side.

An entity never crosses a token that begins a sentence, and no state looks behind one; so each sentence can
be read by itself, and all sentences of a batch go on by a token at a time.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, NamedTuple

from quoteattr.pipes import arcs, products

if TYPE_CHECKING:
    import numpy as np
    from spacy.tokens import Doc

__all__ = ["step"]

# What a state looks at: the next token, and of an open entity the first one and the last so far.
_PLACES = 3


def step(component: Any) -> Callable[[list[Doc]], None] | None:
    """What stands for an entity recognizer."""
    from spacy.pipeline import EntityRecognizer

    if type(component) is not EntityRecognizer or not arcs.is_known(component):
        return None
    if component.model.layers[1].get_dim("nF") != _PLACES:
        return None
    moves = _Moves.of([component.moves.get_class_name(k) for k in range(component.moves.n_moves)])

    def apply(docs: list[Doc]) -> None:
        # Entities that are set already bind the recognizer in ways that are left to spaCy.
        free = [doc for doc in docs if len(doc) and not doc.has_annotation("ENT_IOB")]
        if len(free) < len(docs):
            chosen = {id(doc) for doc in free}
            rest = [doc for doc in docs if id(doc) not in chosen]
            component.set_annotations(rest, component.predict(rest))
        if free:
            _recognize(products.quicker(component.model), moves, free)

    return apply


class _Moves(NamedTuple):
    """Numbers of the moves by what they do, those of a kind in the order of the labels.

    Attributes:
        labels: the labels.
        inside: 'I' moves by label.
        last: 'L' moves by label.
        closed: for each move whether it may be made while no entity is open.
        begins: for each move whether it begins an entity of several tokens.
        units: for each move whether it is an entity of one token.
        label: for each move the number of its label, -1 for none.
    """

    labels: list[str]
    inside: np.ndarray
    last: np.ndarray
    closed: np.ndarray
    begins: np.ndarray
    units: np.ndarray
    label: np.ndarray

    @classmethod
    def of(cls, moves: list[str]) -> _Moves:
        import numpy as np

        parts = [move.partition("-") for move in moves]
        labels = sorted({label for _, _, label in parts if label})
        number = {label: k for k, label in enumerate(labels)}

        def kind(letter: str) -> np.ndarray:
            return np.array([move == letter and (letter == "O" or bool(label)) for move, _, label in parts])

        def by_label(letter: str) -> np.ndarray:
            return np.array([moves.index(f"{letter}-{label}") for label in labels])

        begins, units = kind("B"), kind("U")
        label = np.array([number.get(label, -1) for _, _, label in parts])
        return cls(labels, by_label("I"), by_label("L"), begins | units | kind("O"), begins, units, label)


def _recognize(model: Any, moves: _Moves, docs: list[Doc]) -> None:
    import numpy as np
    from spacy import attrs as a

    scorer = arcs.Scorer(model, arcs.token_vectors(model.layers[0], docs))
    columns = np.vstack([doc.to_array([a.SENT_START, a.IS_SPACE]) for doc in docs])
    borders = np.cumsum([0, *map(len, docs)])
    starting = columns[:, 0] == 1
    starting[borders[:-1]] = True
    found = _decode(scorer, moves, np.flatnonzero(starting), len(columns), columns[:, 1] > 0)
    _annotate(docs, borders, moves.labels, found)


def _decode(
    scorer: arcs.Scorer, moves: _Moves, starts: np.ndarray, size: int, blank: np.ndarray
) -> list[tuple[int, int, int]]:
    """First token, last token and number of the label of each entity; ``starts`` begin the sentences."""
    import numpy as np

    lengths = np.diff([*starts, size])
    order = np.argsort(-lengths, kind="stable")
    starts, lengths = starts[order], lengths[order]
    opened = np.full(len(starts), -1, dtype=np.int64)  # first token of the open entity
    label = np.zeros(len(starts), dtype=np.int64)
    found: list[tuple[int, int, int]] = []
    # The longest come first, so that those still going on are always the first few.
    for place in range(int(lengths[0])):
        going = int(np.searchsorted(-lengths, -place, side="left"))
        token = starts[:going] + place
        ends = lengths[:going] == place + 1
        is_open = opened[:going] >= 0
        before = np.where(is_open, token - 1, -1)
        scores = scorer.scores(np.stack([token, opened[:going], before], axis=1))
        if is_open.any():
            which = np.flatnonzero(is_open)
            kind = label[which]
            more = scores[which, moves.inside[kind]]
            over = scores[which, moves.last[kind]]
            shut = ends[which] | (over > more) | ((over == more) & (moves.last < moves.inside)[kind])
            done = which[shut]
            found.extend(zip(opened[done].tolist(), token[done].tolist(), label[done].tolist(), strict=True))
            opened[done] = -1
        free = np.flatnonzero(~is_open)
        open_scores = np.where(moves.closed, scores[free], -np.inf)
        open_scores[np.ix_(ends[free], moves.begins)] = -np.inf
        open_scores[np.ix_(blank[token[free]], moves.begins | moves.units)] = -np.inf
        best = open_scores.argmax(axis=1)
        begun = moves.begins[best]
        opened[free[begun]] = token[free[begun]]
        label[free[begun]] = moves.label[best[begun]]
        alone = moves.units[best]
        single = token[free[alone]].tolist()
        found.extend(zip(single, single, moves.label[best[alone]].tolist(), strict=True))
    return sorted(found)


def _annotate(
    docs: list[Doc], borders: np.ndarray, labels: list[str], found: list[tuple[int, int, int]]
) -> None:
    from spacy.tokens import Span

    position = 0
    for doc, begin, end in zip(docs, borders[:-1].tolist(), borders[1:].tolist(), strict=True):
        entities = []
        while position < len(found) and found[position][0] < end:
            first, last, label = found[position]
            entities.append(Span(doc, first - begin, last + 1 - begin, label=labels[label]))
            position += 1
        doc.set_ents(entities, default="outside")
