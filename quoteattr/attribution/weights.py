"""The fitted weights of attribution, read once from ``data/attribution.json``."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from importlib.resources import files
from itertools import repeat

from attrs import frozen

__all__ = ["Trust", "Weights", "load", "logistic", "shares", "total", "weighed_sum"]

Table = Mapping[str, float]
_NOTHING = repeat(0.0)  # a feature without a weight


@frozen
class Trust:
    """How far to trust the tagger beside the rules, as ``training/tagger/combine.py`` fits it.

    Attributes:
        cue: of the log-odds of both that a word heads a cue.
        content: of the log-odds of the rules and the overlap that the tagger expects, in logarithms.
        source: the same for sources.
        right: what speaks for content and source being right together, in log-odds.
        floor: the least probability at which an attribution is given out.
    """

    cue: Table
    content: Table
    source: Table
    right: Table
    floor: float


@frozen
class Weights:
    """Log-linear weights by feature name, as ``training/attribution/fit.py`` fits them.

    Attributes:
        cue: what speaks for a token as the head of a cue, in log-odds.
        content: what speaks for one of the contents of a cue.
        source: what speaks for one of the sources of a cue.
        right: what speaks for content and source being right together, in log-odds.
        floor: the least probability at which an attribution is given out.
        trust: how far to trust the tagger, where there is one.
    """

    cue: Table
    content: Table
    source: Table
    right: Table
    floor: float
    trust: Trust | None = None

    def last(self, tagged: bool) -> tuple[Table, float]:
        """The table and the floor that decide which readings are kept, with a tagger's opinion or without."""
        last = self.trust if tagged and self.trust is not None else self
        return last.right, last.floor


@cache
def load() -> Weights:
    """The weights that come with the library.

    >>> 0 < load().floor < 1
    True
    """
    data = json.loads((files("quoteattr") / "data" / "attribution.json").read_bytes())
    return Weights(data["cue"], data["content"], data["source"], data["right"], data["floor"], _trust())


def _trust() -> Trust | None:
    path = files("quoteattr") / "data" / "tagger" / "trust.json"
    if not path.is_file():  # while the tagger is being trained
        return None
    data = json.loads(path.read_bytes())
    return Trust(data["cue"], data["content"], data["source"], data["right"], data["floor"])


def total(table: Table, names: Iterable[str]) -> float:
    """The sum of the weights of the features; one that has no weight counts nothing.

    >>> total({"a": 1.5, "b": -1.0}, ["a", "b", "c"])
    0.5
    """
    return sum(map(table.get, names, _NOTHING))


def weighed_sum(table: Table, figures: Mapping[str, float]) -> float:
    """The sum of the figures, each times its weight; one that has no weight counts nothing.

    >>> weighed_sum({"a": 1.5, "b": -1.0}, {"a": 2.0, "c": 7.0})
    3.0
    """
    return sum([table[name] * value for name, value in figures.items() if name in table])


def logistic(score: float) -> float:
    """The probability that belongs to log-odds.

    >>> logistic(0.0), round(logistic(800.0), 3), round(logistic(-800.0), 3)
    (0.5, 1.0, 0.0)
    """
    if score >= 0:
        return 1 / (1 + math.exp(-min(score, 700)))
    return 1 - logistic(-score)


def shares(scores: Sequence[float]) -> list[float]:
    """The probabilities of options that exclude each other.

    >>> shares([0.0, 0.0])
    [0.5, 0.5]
    """
    best = max(scores)
    odds = [math.exp(score - best) for score in scores]
    whole = sum(odds)
    return [each / whole for each in odds]
