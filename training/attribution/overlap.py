"""Overlap of spans as the metric counts it: over letters and digits, by prefix sums."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import accumulate

Spans = Sequence[tuple[int, int]]


class Letters:
    """Counts the letters and digits of stretches of one text."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._before = [0, *accumulate(character.isalnum() for character in text)]

    def size(self, spans: Spans) -> int:
        """Letters and digits in ``spans``, which do not overlap."""
        return sum(self._before[end] - self._before[start] for start, end in spans)

    def shared(self, one: Spans, other: Spans) -> int:
        """Letters and digits that both hold."""
        return sum(
            self._before[min(end, to)] - self._before[max(start, begin)]
            for start, end in one
            for begin, to in other
            if max(start, begin) < min(end, to)
        )

    def iou(self, one: Spans, other: Spans) -> float:
        """Jaccard overlap, between 0 and 1."""
        both = self.shared(one, other)
        union = self.size(one) + self.size(other) - both
        return both / union if union else 0.0

    def same_source(self, gold: Spans, predicted: Spans) -> bool:
        """Whether a source counts as right: enough of it, or its last word."""
        if not gold or not predicted:
            return not gold and not predicted
        both = self.shared(gold, predicted)
        if not both:
            return False
        mine, theirs = self.size(gold), self.size(predicted)
        if both >= 0.5 * min(mine, theirs) and (theirs <= mine or both >= 0.5 * mine):
            return True
        words = list(re.finditer(r"\w+", self.text[slice(*gold[-1])]))
        if not words:
            return False
        last = gold[-1][0] + words[-1].start()
        return any(start <= last < end for start, end in predicted)
