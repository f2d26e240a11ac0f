"""The fitted weights of attribution, read once from ``data/attribution.json``."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from importlib.resources import files

from attrs import frozen

__all__ = ["Weights", "load", "logistic", "shares", "total"]

Table = Mapping[str, float]


@frozen
class Weights:
    """Log-linear weights by feature name, as ``training/attribution/fit.py`` fits them.

    Attributes:
        cue: what speaks for a token as the head of a cue, in log-odds.
        content: what speaks for one of the contents of a cue.
        source: what speaks for one of the sources of a cue.
        right: what speaks for content and source being right together, in log-odds.
        floor: the least probability at which an attribution is given out.
    """

    cue: Table
    content: Table
    source: Table
    right: Table
    floor: float


@cache
def load() -> Weights:
    """The weights that come with the library.

    >>> 0 < load().floor < 1
    True
    """
    data = json.loads((files("quoteattr") / "data" / "attribution.json").read_bytes())
    return Weights(data["cue"], data["content"], data["source"], data["right"], data["floor"])


def total(table: Table, names: Iterable[str]) -> float:
    """The sum of the weights of the features; one that has no weight counts nothing.

    >>> total({"a": 1.5, "b": -1.0}, ["a", "b", "c"])
    0.5
    """
    return sum([table[name] for name in names if name in table])


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
