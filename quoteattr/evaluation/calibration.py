"""Whether confidences mean what they say: of the predictions at 0.8, are eight in ten right?"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Literal

from attrs import frozen

from quoteattr.errors import FormatError, OptionError
from quoteattr.evaluation.documents import AnnotatedDocument
from quoteattr.evaluation.metric import FOUND, Comparison, text_of

__all__ = ["Calibration", "ReliabilityBin", "calibration"]

Judged = tuple[float, bool]  # a confidence, and whether what it is of is right


@frozen
class ReliabilityBin:
    """The predictions with a confidence between ``low`` (inclusive) and ``high`` (exclusive, but for 1).

    Attributes:
        low: lower edge.
        high: upper edge.
        count: predictions in the bin.
        confidence: their mean confidence; ``None`` in an empty bin.
        accuracy: the share of them that is right; ``None`` in an empty bin.
    """

    low: float
    high: float
    count: int
    confidence: float | None
    accuracy: float | None


@frozen
class Calibration:
    """How far confidences are from what came true.

    Attributes:
        bins: from low to high, of equal width.
        count: predictions.
        accuracy: the share that is right.
        error: the expected calibration error: the distance of confidence and accuracy, averaged over the bins
            by their counts (Naeini, Cooper and Hauskrecht, "Obtaining Well Calibrated Probabilities Using
            Bayesian Binning", AAAI 2015).
        brier: the mean squared distance of each confidence from 1 where right, 0 where wrong (Brier, 1950).
    """

    bins: tuple[ReliabilityBin, ...]
    count: int
    accuracy: float
    error: float
    brier: float

    def to_dict(self) -> dict[str, Any]:
        """A plain dictionary that JSON can hold."""
        return {
            "count": self.count,
            "accuracy": self.accuracy,
            "error": self.error,
            "brier": self.brier,
            "bins": [
                {
                    "low": bin_.low,
                    "high": bin_.high,
                    "count": bin_.count,
                    "confidence": bin_.confidence,
                    "accuracy": bin_.accuracy,
                }
                for bin_ in self.bins
            ],
        }

    def table(self) -> str:
        """The bins and the two figures as plain text."""
        lines = [f"{'confidence':14}{'count':>6}{'mean':>7}{'right':>7}"]
        for bin_ in self.bins:
            figures = "".join(
                f"{'—':>7}" if figure is None else f"{figure:7.2f}"
                for figure in (bin_.confidence, bin_.accuracy)
            )
            lines.append(f"{f'{bin_.low:.2f} to {bin_.high:.2f}':14}{bin_.count:6}{figures}")
        lines.append(f"expected calibration error {self.error:.3f}, Brier score {self.brier:.3f}")
        return "\n".join(lines)

    def __str__(self) -> str:
        return self.table()


def calibration(
    golds: Iterable[AnnotatedDocument],
    preds: Iterable[AnnotatedDocument],
    *,
    of: Literal["quotes", "names"] = "quotes",
    bins: int = 10,
) -> Calibration:
    """Compare confidences with how many of the predictions are right.

    A quote is right when its content overlaps the reference content that it is paired with by half or more
    and its source is right (see `score`). A name is right when it is one of the reference's; looked at are
    the names of quotes of which the content and, where the reference has one, the source are right.

    Args:
        golds: the reference, with texts.
        preds: the predictions; documents that the reference does not have are left out.
        of: 'quotes' for ``confidence``, 'names' for ``speaker_confidence``.
        bins: into how many stretches of equal width the confidences are put.

    Raises:
        FormatError: where a prediction has no confidence between 0 and 1.
        OptionError: where ``bins`` is less than 1, or ``of`` is neither.

    >>> rows = [{"content": [[0, 5]], "source": [[6, 9]]}]
    >>> gold = {"id": "a", "text": "“No,” she said.", "attributions": rows}
    >>> pred = {"id": "a", "attributions": [{**rows[0], "confidence": 0.75}]}
    >>> calibration([gold], [pred]).error
    0.25
    """
    if bins < 1:
        raise OptionError(f"bins must be 1 or more, not {bins}.")
    if of not in _JUDGES:
        raise OptionError(f"of must be 'quotes' or 'names', not {of!r}.")
    predicted = {document["id"]: document for document in preds}
    judged: list[Judged] = []
    for gold in golds:
        if gold["id"] in predicted:
            judged += _JUDGES[of](gold, predicted[gold["id"]])
    return _summary(judged, bins)


def _quotes(gold: AnnotatedDocument, pred: AnnotatedDocument) -> list[Judged]:
    """Each predicted quote of one document."""
    compared = Comparison(text_of(gold), gold["attributions"], pred["attributions"])
    right = {found.pred for found in compared.pairs if found.iou >= FOUND and compared.source_right(found)}
    return [
        (_figure(pred, position, "confidence"), position in right)
        for position in range(len(pred["attributions"]))
    ]


def _names(gold: AnnotatedDocument, pred: AnnotatedDocument) -> list[Judged]:
    """Each predicted name of the right quotes of one document for which the reference has names."""
    compared = Comparison(text_of(gold), gold["attributions"], pred["attributions"])
    return [
        (_figure(pred, found.pred, "speaker_confidence"), compared.speaker_right(found))
        for found in compared.pairs
        if found.iou >= FOUND
        and (not gold["attributions"][found.gold].get("source") or compared.source_right(found))
        and gold["attributions"][found.gold].get("aliases")
        and pred["attributions"][found.pred].get("speaker")
    ]


def _figure(
    pred: AnnotatedDocument, position: int, key: Literal["confidence", "speaker_confidence"]
) -> float:
    figure = pred["attributions"][position].get(key)
    if not isinstance(figure, int | float) or not 0 <= figure <= 1:
        place = f"attribution {position} of the predicted document {pred['id']!r}"
        raise FormatError(f"Give {place} a '{key}' between 0 and 1, not {figure!r}.")
    return float(figure)


_JUDGES = {"quotes": _quotes, "names": _names}


def _summary(judged: Sequence[Judged], bins: int) -> Calibration:
    members: list[list[Judged]] = [[] for _ in range(bins)]
    for confidence, right in judged:
        members[min(int(confidence * bins), bins - 1)].append((confidence, right))
    filled = tuple(_bin(number / bins, (number + 1) / bins, judged) for number, judged in enumerate(members))
    distance = sum(
        bin_.count * abs(bin_.confidence - bin_.accuracy)
        for bin_ in filled
        if bin_.confidence is not None and bin_.accuracy is not None
    )
    count = max(len(judged), 1)
    return Calibration(
        bins=filled,
        count=len(judged),
        accuracy=sum(right for _, right in judged) / count,
        error=distance / count,
        brier=sum((confidence - right) ** 2 for confidence, right in judged) / count,
    )


def _bin(low: float, high: float, judged: Sequence[Judged]) -> ReliabilityBin:
    count = len(judged)
    if not count:
        return ReliabilityBin(low, high, 0, None, None)
    confidence = sum(confidence for confidence, _ in judged) / count
    return ReliabilityBin(low, high, count, confidence, sum(right for _, right in judged) / count)
