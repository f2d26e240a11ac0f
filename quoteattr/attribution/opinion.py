"""A tagger's opinion of one document, by token: which words head a cue, and what belongs to each."""

from __future__ import annotations

import bisect
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from quoteattr.attribution.scene import Pieces
from quoteattr.records import Range

__all__ = ["Linked", "Opinion", "Row"]

Floats = NDArray[np.float32]

# Log-odds of a word that the tagger does not take for a cue at all; no row of it is kept.
NEVER = -4.0
# A word that no rule looks at is looked at from here on.
LIKELY = -2.0
# Where a content or a source is taken whole: a word belongs to it above this, and gaps as small are filled.
BELONGS = 0.5
GAP = 2


class Row(NamedTuple):
    """One cue as a window of word pieces shows it.

    Attributes:
        start: the first character of its word piece.
        odds: log-odds that it heads a cue.
        offsets: (pieces, 2) first character and end of each piece, -1 for borders between paragraphs.
        parts: (2, pieces) probabilities of belonging to its content and to its source.
    """

    start: int
    odds: float
    offsets: NDArray[np.int64]
    parts: Floats


class Linked(NamedTuple):
    """What belongs to a cue, over the tokens from ``first`` on: sums of probabilities, from 0."""

    first: int
    sums: Floats


NOTHING = Linked(0, np.zeros(1, dtype=np.float32))


class Opinion:
    """The tagger's view of one document.

    Args:
        starts: the first character of each token.
        ends: the character after each token.
        rows: the cues.
        paragraphs: their ranges. A content that begins in its cue's paragraph ends there at the latest: more
            are left to the marks and the flow, for the tagger, which learned from news, would join what
            two people say.
    """

    def __init__(
        self, starts: Sequence[int], ends: Sequence[int], rows: Sequence[Row], paragraphs: Sequence[Range]
    ) -> None:
        self._starts = np.asarray(starts, dtype=np.int64)
        self._ends = np.asarray(ends, dtype=np.int64)
        self._odds: dict[int, float] = {}
        self._contents: dict[int, Linked] = {}
        self._sources: dict[int, Linked] = {}
        for row in rows:
            token = int(np.searchsorted(self._ends, row.start, side="right"))
            if token >= len(self._starts) or row.odds <= self._odds.get(token, NEVER):
                continue
            self._odds[token] = row.odds
            content, self._sources[token] = self._by_token(row)
            here = paragraphs[bisect.bisect_right(paragraphs, row.start, key=lambda each: each.start) - 1]
            bounds = np.searchsorted(self._starts, here)
            self._contents[token] = _within(content, int(bounds[0]), int(bounds[1]))

    def _by_token(self, row: Row) -> tuple[Linked, Linked]:
        """The probabilities of the row for tokens: of the pieces of a token, the likeliest."""
        known = row.offsets[:, 0] >= 0
        if not known.any():
            return NOTHING, NOTHING
        places = np.searchsorted(self._ends, row.offsets[known, 0], side="right")
        first, last = int(places[0]), int(places[-1])
        tokens = np.zeros((2, last + 1 - first), dtype=np.float32)
        for part in (0, 1):
            np.maximum.at(tokens[part], places - first, row.parts[part, known])
        sums = np.concatenate([np.zeros((2, 1), dtype=np.float32), np.cumsum(tokens, axis=1)], axis=1)
        return Linked(first, sums[0]), Linked(first, sums[1])

    def cues(self) -> list[int]:
        """The tokens that are likely enough to head a cue to be looked at."""
        return [token for token, odds in self._odds.items() if odds > LIKELY]

    def odds(self, token: int) -> float:
        """Log-odds that the token heads a cue."""
        return self._odds.get(token, NEVER)

    def knows(self, cue: int) -> bool:
        """Whether the tagger takes the token for a cue at all, so that it says what belongs to it."""
        return cue in self._odds

    def content(self, cue: int, pieces: Pieces) -> float:
        """The overlap (intersection over union) to be expected of these tokens with the cue's content."""
        return _overlap(self._contents.get(cue, NOTHING), pieces)

    def source(self, cue: int, first: int, last: int) -> float:
        """The overlap to be expected of these tokens with the cue's source."""
        return _overlap(self._sources.get(cue, NOTHING), ((first, last),))

    def without_source(self, cue: int) -> float:
        """How likely the cue has no source in the text: none of the words belongs to one."""
        linked = self._sources.get(cue, NOTHING)
        return float(1 - np.max(np.diff(linked.sums), initial=0.0))

    def whole_content(self, cue: int) -> Pieces:
        """The tokens that belong to the cue's content, as pieces; the cue stands in none."""
        return _runs(self._contents.get(cue, NOTHING), cue)

    def whole_source(self, cue: int) -> Pieces:
        """The tokens that belong to the cue's source, as pieces."""
        return _runs(self._sources.get(cue, NOTHING), cue)


def _within(linked: Linked, first: int, end: int) -> Linked:
    """What is linked between two tokens, if that is a word or more; else all of it."""
    size = len(linked.sums) - 1
    a, b = min(max(first - linked.first, 0), size), min(max(end - linked.first, 0), size)
    sums = linked.sums[a : b + 1] - linked.sums[a]
    return linked if sums[-1] < BELONGS else Linked(linked.first + a, sums)


def _overlap(linked: Linked, pieces: Pieces) -> float:
    sums, size = linked.sums, len(linked.sums) - 1
    inside, length = 0.0, 0
    for first, last in pieces:
        a = min(max(first - linked.first, 0), size)
        b = min(max(last + 1 - linked.first, 0), size)
        inside += float(sums[b] - sums[a])
        length += last + 1 - first
    return inside / max(length + float(sums[-1]) - inside, 1e-6)


def _runs(linked: Linked, cue: int) -> Pieces:
    found: list[tuple[int, int]] = []
    for place in np.flatnonzero(np.diff(linked.sums) > BELONGS):
        token = int(place) + linked.first
        if token == cue:
            continue
        if found and token - found[-1][1] <= GAP + 1 and not found[-1][1] < cue < token:
            found[-1] = (found[-1][0], token)
        else:
            found.append((token, token))
    return tuple(found)
