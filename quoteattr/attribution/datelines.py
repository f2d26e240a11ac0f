"""Datelines, which are nobody's words and no part of a name: 'OSLO, May 3 (NTB) —', 'Oslo (NTB) —'."""

from __future__ import annotations

from quoteattr.attribution.scene import Scene

__all__ = ["behind_dateline"]

_DASHES = frozenset({"-", "--", "–", "—"})
_LONGEST = 14  # tokens


def behind_dateline(scene: Scene, first: int, last: int) -> int:
    """Where tokens ``first`` to ``last`` begin behind a dateline that opens their paragraph, if one does."""
    words, tree = scene.tree.words, scene.tree
    opens = bool(scene.blocks) and first == scene.blocks[scene.paragraph[first]][0]
    if not opens or not words[first][0].isupper():
        return first
    near = range(first + 1, min(last, first + _LONGEST))
    dashes = (i for i in near if words[i] in _DASHES)
    # 'OSLO, May 3.—The', as old papers have it.
    dash = next((i for i in dashes if tree.ends[i - 1] < tree.starts[i] or words[i - 1][-1] == "."), first)
    loud = len(words[first]) > 1 and words[first].isupper()
    return dash + 1 if dash > first and (loud or words[dash - 1] == ")") else first
