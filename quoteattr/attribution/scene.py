"""The scene that attribution reads: tree, paragraphs and quotations, each token knowing where it stands."""

from __future__ import annotations

import bisect
from collections.abc import Sequence

from attrs import define

from quoteattr.attribution.tree import Tree
from quoteattr.records import Quotation, Range

__all__ = ["Scene"]


@define(eq=False)
class Scene:
    """One document, ready for attribution.

    Attributes:
        tree: tokens and dependencies.
        paragraphs: the paragraphs.
        quotations: all quotations; their positions are what ``outer`` holds.
        outer: for each token the position of the outermost quotation that holds it, -1 outside.
        paragraph: for each token the number of its paragraph, that of the one before where it lies between two.
        spans: first and last token of each quotation.
        cited: for each paragraph the positions of its outermost quotations.
        blocks: first and last token of each paragraph; (0, -1) where it has none.
    """

    tree: Tree
    paragraphs: tuple[Range, ...]
    quotations: Sequence[Quotation]
    outer: list[int]
    paragraph: list[int]
    spans: list[tuple[int, int]]
    cited: list[list[int]]
    blocks: list[tuple[int, int]]

    @classmethod
    def of(cls, tree: Tree, paragraphs: tuple[Range, ...], quotations: Sequence[Quotation]) -> Scene:
        """Lay paragraphs and quotations over the tokens."""
        outer = [-1] * len(tree)
        spans = []
        starts = [paragraph.start for paragraph in paragraphs]
        cited: list[list[int]] = [[] for _ in paragraphs]
        for number, quotation in enumerate(quotations):
            first = bisect.bisect_left(tree.ends, quotation.start + 1)
            last = bisect.bisect_left(tree.starts, quotation.end) - 1
            spans.append((first, max(first, last)))
            if quotation.depth == 0:
                outer[first : last + 1] = [number] * (last + 1 - first)
                if cited:
                    cited[max(bisect.bisect_right(starts, quotation.start) - 1, 0)].append(number)
        numbers = []
        current = 0
        for start in tree.starts:
            while current + 1 < len(starts) and starts[current + 1] <= start:
                current += 1
            numbers.append(current)
        blocks = [
            (bisect.bisect_left(tree.ends, start + 1), bisect.bisect_left(tree.starts, end) - 1)
            for start, end in paragraphs
        ]
        return cls(tree, paragraphs, quotations, outer, numbers, spans, cited, blocks)
