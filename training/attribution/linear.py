"""Fits log-linear models over named features with L-BFGS: yes or no, and one out of several."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray
from scipy.optimize import minimize

Vector = NDArray[np.float64]


class Names:
    """Numbers for feature names; those met fewer than ``least`` times are left out."""

    def __init__(self, rows: Iterable[Sequence[str]], least: int) -> None:
        counts = Counter(name for row in rows for name in set(row))
        kept = sorted(name for name, count in counts.items() if count >= least)
        self.ordered = kept
        self.index = {name: number for number, name in enumerate(kept)}

    def matrix(self, rows: Sequence[Sequence[str]]) -> sp.csr_matrix:
        """One row a list of names, one column a feature; a name met twice counts once."""
        pointers = [0]
        columns: list[int] = []
        for row in rows:
            columns += sorted({self.index[name] for name in row if name in self.index})
            pointers.append(len(columns))
        data = np.ones(len(columns))
        return sp.csr_matrix((data, columns, pointers), shape=(len(rows), len(self.index)))

    def weights(self, values: Vector, least: float) -> dict[str, float]:
        """The weights of at least ``least``, to three digits."""
        return {name: round(float(values[i]), 3) for name, i in self.index.items() if abs(values[i]) >= least}


def fit_binary(matrix: sp.csr_matrix, labels: Vector, strength: float) -> Vector:
    """Weights of a logistic regression with an L2 penalty of ``strength``."""
    signs = 2 * labels - 1
    transposed = matrix.T.tocsr()

    def loss(weights: Vector) -> tuple[float, Vector]:
        margin = signs * (matrix @ weights)
        value = np.logaddexp(0, -margin).sum() + 0.5 * strength * weights @ weights
        gradient = transposed @ (-signs / (1 + np.exp(np.clip(margin, -500, 500)))) + strength * weights
        return float(value), gradient

    return _minimum(loss, matrix.shape[1])


def fit_choice(matrix: sp.csr_matrix, group: NDArray[np.int64], right: Vector, strength: float) -> Vector:
    """Weights of a conditional logit: in each group of rows the rows with ``right`` > 0 should win.

    ``right`` is how much of the group's probability each row should have (it sums to one in each group).
    """
    starts = np.flatnonzero(np.r_[True, group[1:] != group[:-1]])
    sizes = np.diff(np.r_[starts, len(group)])
    transposed = matrix.T.tocsr()
    good = right > 0

    def loss(weights: Vector) -> tuple[float, Vector]:
        scores = matrix @ weights
        scores = scores - np.repeat(np.maximum.reduceat(scores, starts), sizes)
        odds = np.exp(scores)
        total = np.add.reduceat(odds, starts)
        kept = odds * good
        mine = np.add.reduceat(kept, starts)
        value = -np.log(np.maximum(mine / total, 1e-300)).sum() + 0.5 * strength * weights @ weights
        gradient = transposed @ (
            odds / np.repeat(total, sizes) - kept / np.repeat(np.maximum(mine, 1e-300), sizes)
        )
        return float(value), gradient + strength * weights

    return _minimum(loss, matrix.shape[1])


def _minimum(loss: object, size: int) -> Vector:
    found = minimize(
        loss, np.zeros(size), jac=True, method="L-BFGS-B", options={"maxiter": 120, "maxcor": 10}
    )
    return np.asarray(found.x)
