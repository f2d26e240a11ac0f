"""Sets right how sure tagger and rules together are, and rewrites ``quoteattr/data/tagger/trust.json``.

    python training/tagger/calibrate.py DEV.jsonl [--cache FOLDER]

After ``combine.py``, where the tagger learned from teachers (``teach.py``): those of the other folds have
seen the articles on which the trust is fitted, so that it is too sure of itself. Two numbers are fitted on
articles that nobody has seen, a factor of the log-odds and what is added to them; which quotes are given out
stays the same. Printed are also the errors of calibration, with numbers fitted on the other half of the
articles.
"""

from __future__ import annotations

import json
import math
import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import scipy.sparse as sp
from combine import DATA
from numpy.typing import NDArray
from opinions import asked

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "attribution"))

from fit import judged
from linear import fit_binary

from quoteattr.attribution.choice import chosen
from quoteattr.attribution.readings import readings
from quoteattr.attribution.weights import load, logistic

STRENGTH = 0.1
BINS = 10

Answers = list[tuple[float, bool]]  # log-odds and whether it was right, a quote each


def odds(probability: float) -> float:
    """Log-odds of a probability."""
    return math.log(probability / (1 - probability))


def fitted(given: Sequence[Answers]) -> tuple[float, float]:
    """The factor, and what is added."""
    answers = [answer for each in given for answer in each]
    matrix = sp.csr_matrix(np.array([[value, 1.0] for value, _ in answers]))
    labels = np.array([right for _, right in answers], dtype=float)
    factor, added = fit_binary(matrix, labels, STRENGTH)
    return float(factor), float(added)


def error(given: Sequence[Answers], factor: float, added: float) -> float:
    """The expected calibration error, in bins of a tenth."""
    answers = [answer for each in given for answer in each]
    sure: NDArray[np.float64] = np.array([logistic(factor * value + added) for value, _ in answers])
    right = np.array([answer for _, answer in answers], dtype=float)
    bins = np.minimum((sure * BINS).astype(int), BINS - 1)
    gaps = [abs(sure[bins == number].sum() - right[bins == number].sum()) for number in range(BINS)]
    return float(sum(gaps)) / len(answers)


def main() -> None:
    """Fit and rewrite."""
    path, pairs = asked(__doc__)
    weights = load()
    trust = weights.trust
    given: list[Answers] = []
    for article, opinion in pairs:
        kept = chosen(article.scene, readings(article.scene, weights, opinion), trust.right, trust.floor)
        answers = judged(article, [each.reading for each in kept])
        given.append([(odds(each.probability), right) for each, right in zip(kept, answers, strict=True)])
    halves = given[::2], given[1::2]
    crossed = [error(one, *fitted(other)) for one, other in (halves, halves[::-1])]
    factor, added = fitted(given)
    print(f"factor {factor:.3f}, added {added:.3f}; error {error(given, 1, 0):.3f} before, ", end="")
    print(f"{error(given, factor, added):.3f} after, {sum(crossed) / 2:.3f} by halves")
    data = json.loads(DATA.read_text(encoding="utf-8"))
    data["right"] = {name: round(factor * value, 3) for name, value in data["right"].items()}
    data["right"]["bias"] = round(data["right"]["bias"] + added, 3)
    data["floor"] = round(logistic(factor * odds(data["floor"]) + added), 3)
    data["about"] += f" How sure: by training/tagger/calibrate.py on {path.name}."
    DATA.write_text(json.dumps(data, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
