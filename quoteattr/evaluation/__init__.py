"""Scoring: any predictions against any reference, in the JSON Lines format of ``docs/evaluation.md``.

``python -m quoteattr.evaluation GOLD.jsonl PRED.jsonl`` prints the figures.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Protocol

from quoteattr.evaluation.calibration import Calibration, ReliabilityBin, calibration
from quoteattr.evaluation.documents import (
    AnnotatedDocument,
    AttributionRow,
    Edges,
    load_jsonl,
    predictions,
    write_jsonl,
)
from quoteattr.evaluation.metric import Rates, Scores, ScoresRow, exact, score, text_of
from quoteattr.evaluation.polnear import read_polnear
from quoteattr.objects import Quotes

__all__ = [
    "AnnotatedDocument",
    "AttributionRow",
    "Calibration",
    "Edges",
    "Rates",
    "ReliabilityBin",
    "Scores",
    "ScoresRow",
    "calibration",
    "evaluate",
    "exact",
    "load_jsonl",
    "predict",
    "predictions",
    "read_polnear",
    "score",
    "write_jsonl",
]


class Extractor(Protocol):
    """What `evaluate` needs of an extractor: `quoteattr.extractor.QuoteExtractor` has it."""

    def pipe(self, texts: Iterable[str]) -> Iterator[Quotes]:
        """The quotes of each text, in order."""
        ...


def predict(
    extractor: Extractor, golds: Iterable[AnnotatedDocument], *, edges: Edges = "plain"
) -> Iterator[AnnotatedDocument]:
    """What an extractor finds in the texts of a reference, one document after the other.

    ``edges`` is that of `predictions`.
    """
    golds = list(golds)
    for gold, quotes in zip(golds, extractor.pipe(map(text_of, golds)), strict=True):
        yield predictions(quotes, gold["id"], edges)


def evaluate(extractor: Extractor, golds: Iterable[AnnotatedDocument], *, pieces: bool = False) -> Scores:
    """Run an extractor on the texts of a reference and score what it finds (see `score`)."""
    golds = list(golds)
    return score(golds, predict(extractor, golds), pieces=pieces)
