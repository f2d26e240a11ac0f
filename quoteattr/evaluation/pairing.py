"""Which predicted content goes with which reference content: overlap in letters, best one-to-one pairing."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from itertools import accumulate
from typing import NamedTuple, TypeAlias

__all__ = ["Letters", "Pair", "Stretches", "assign", "pair"]

Stretches: TypeAlias = tuple[tuple[int, int], ...]
"""Stretches of a text, in order, none touching another."""


class Letters:
    """Counts the letters and digits in stretches of one text.

    >>> letters = Letters("“No,” she said.")
    >>> letters.count(letters.union([[0, 5]]))
    2
    >>> letters.iou(letters.union([[0, 5]]), letters.union([[1, 9]]))
    0.4
    """

    def __init__(self, text: str) -> None:
        self._length = len(text)
        self._before = list(accumulate((char.isalnum() for char in text), initial=0))

    def union(self, spans: Iterable[Sequence[int]]) -> Stretches:
        """The characters of ``spans``, as far as the text reaches, each once."""
        joined: list[tuple[int, int]] = []
        for start, end in sorted((span[0], min(span[1], self._length)) for span in spans):
            if start >= end:
                continue
            if joined and start <= joined[-1][1]:
                joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
            else:
                joined.append((start, end))
        return tuple(joined)

    def count(self, stretches: Stretches) -> int:
        """The number of letters and digits in ``stretches``."""
        return sum(self._before[end] - self._before[start] for start, end in stretches)

    def shared(self, some: Stretches, others: Stretches) -> int:
        """The number of letters and digits that stand in both."""
        total = i = j = 0
        while i < len(some) and j < len(others):
            start, end = max(some[i][0], others[j][0]), min(some[i][1], others[j][1])
            if start < end:
                total += self._before[end] - self._before[start]
            if some[i][1] <= others[j][1]:
                i += 1
            else:
                j += 1
        return total

    def iou(self, some: Stretches, others: Stretches) -> float:
        """Letters in both, divided by letters in either; 0 where there are none (Jaccard, 1912)."""
        shared = self.shared(some, others)
        return shared / (self.count(some) + self.count(others) - shared) if shared else 0.0


class Pair(NamedTuple):
    """A reference and a prediction that belong together: their positions, and how far they overlap."""

    gold: int
    pred: int
    iou: float


def pair(letters: Letters, golds: Sequence[Stretches], preds: Sequence[Stretches]) -> list[Pair]:
    """Pair contents one to one, with the largest sum of overlaps; pairs without overlap are left out."""
    if not golds or not preds:
        return []
    overlaps = [[letters.iou(gold, pred) for pred in preds] for gold in golds]
    return [
        Pair(gold, pred, overlaps[gold][pred])
        for gold, pred in assign([[-value for value in row] for row in overlaps])
        if overlaps[gold][pred] > 0
    ]


def assign(costs: Sequence[Sequence[float]]) -> list[tuple[int, int]]:
    """The rows and columns of a rectangular table, paired one to one at the least total cost.

    Shortest augmenting paths, as in D. F. Crouse, "On implementing 2D rectangular assignment algorithms",
    IEEE Transactions on Aerospace and Electronic Systems 52(4), 2016. Among equally cheap columns a free one
    is taken first, and the scan runs backwards: so ties fall as they do in
    ``scipy.optimize.linear_sum_assignment``, and figures made with either are the same.

    >>> assign([[4.0, 1.0, 3.0], [2.0, 0.0, 5.0]])
    [(0, 1), (1, 0)]
    """
    if costs and len(costs) > len(costs[0]):
        flipped = assign(list(zip(*costs, strict=True)))
        return sorted((row, column) for column, row in flipped)
    table = _Assignment(costs)
    for row in range(len(costs)):
        table.place(row)
    return list(enumerate(table.column_of))


class _Assignment:
    """The rows placed so far, and the dual prices that prove their places the cheapest."""

    def __init__(self, costs: Sequence[Sequence[float]]) -> None:
        self.costs = costs
        self.width = len(costs[0]) if costs else 0
        self.row_price = [0.0] * len(costs)
        self.column_price = [0.0] * self.width
        self.column_of = [-1] * len(costs)
        self.row_of = [-1] * self.width

    def place(self, new_row: int) -> None:
        """Give ``new_row`` a column, moving earlier rows where that is cheaper."""
        distance = [math.inf] * self.width
        reached_from = [-1] * self.width
        waiting = list(range(self.width))[::-1]
        closed: list[int] = []
        row, travelled = new_row, 0.0
        while True:
            nearest = self._relax(row, travelled, waiting, distance, reached_from)
            column, waiting[nearest] = waiting[nearest], waiting[-1]
            waiting.pop()
            closed.append(column)
            travelled = distance[column]
            if self.row_of[column] < 0:
                break
            row = self.row_of[column]
        self._reprice(new_row, travelled, closed, distance)
        self._augment(new_row, column, reached_from)

    def _relax(
        self, row: int, travelled: float, waiting: list[int], distance: list[float], reached_from: list[int]
    ) -> int:
        """Shorten the ways to the waiting columns that lead through ``row``; the position of the nearest."""
        costs, row_price, column_price = self.costs[row], self.row_price[row], self.column_price
        nearest, least = -1, math.inf
        for position, column in enumerate(waiting):
            way = travelled + costs[column] - row_price - column_price[column]
            if way < distance[column]:
                distance[column], reached_from[column] = way, row
            if distance[column] < least or (distance[column] == least and self.row_of[column] < 0):
                nearest, least = position, distance[column]
        return nearest

    def _reprice(self, new_row: int, travelled: float, closed: list[int], distance: list[float]) -> None:
        self.row_price[new_row] += travelled
        for column in closed:
            if self.row_of[column] >= 0:
                self.row_price[self.row_of[column]] += travelled - distance[column]
            self.column_price[column] -= travelled - distance[column]

    def _augment(self, new_row: int, column: int, reached_from: list[int]) -> None:
        """Walk back from the free ``column`` to ``new_row``, each row moving to the column after it."""
        row = -1
        while row != new_row:
            row = reached_from[column]
            self.row_of[column] = row
            self.column_of[row], column = column, self.column_of[row]
