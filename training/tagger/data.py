"""Annotated articles as word pieces with labels, cut into windows afresh for each epoch."""

from __future__ import annotations

import bisect
import random
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
from network import LABELS, PARTS
from numpy.typing import NDArray
from tokenizers import Tokenizer

from quoteattr.tagger.windows import BORDER, START, Piece, pieces

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "attribution"))

from gold import Article

# Marks of the same kind as typewriters and wire services have them.
STRAIGHT = {"“": '"', "”": '"', "‘": "'", "’": "'"}
LINES = (0.25, 0.1, 0.05)  # shares of windows with straight marks, without shapes, without known quotations


class Labelled(NamedTuple):
    """One article.

    Attributes:
        inputs: (pieces, 3): number, shape, quoted; paragraphs end with [SEP].
        labels: (pieces, 6), as `network.LABELS` names them.
        cues: the piece of each cue's head.
        parts: (cues, pieces, 2): which pieces belong to the content and the source of the cue.
        ends: one past the last piece of each paragraph.
        offsets: (pieces, 2) characters.
    """

    inputs: NDArray[np.int64]
    labels: NDArray[np.float32]
    cues: list[int]
    parts: NDArray[np.float32]
    ends: list[int]
    offsets: NDArray[np.int64]


def labelled(article: Article, tokenizer: Tokenizer) -> Labelled:
    """The pieces of an article with what its annotation says of them."""
    scene = article.scene
    text = scene.tree.text
    flat: list[Piece] = []
    ends = []
    for paragraph in pieces(tokenizer, text, scene.paragraphs, scene.quotations):
        flat += [*paragraph, BORDER]
        ends.append(len(flat))
    starts = [piece.start for piece in flat]
    for i, start in enumerate(starts):  # a border stands where the piece before it ended
        if start < 0:
            starts[i] = flat[i - 1].end if i else 0
    labels = np.zeros((len(flat), len(LABELS)), dtype=np.float32)
    parts = np.zeros((len(article.gold), len(flat), len(PARTS)), dtype=np.float32)
    cues = []

    def covered(spans: Sequence[tuple[int, int]]) -> list[range]:
        found = []
        for start, end in spans:
            first = bisect.bisect_left(starts, start)
            last = bisect.bisect_left(starts, end)
            while last > first and flat[last - 1].start < 0:
                last -= 1
            if last > first:
                found.append(range(first, last))
        return found

    for number, gold in enumerate(article.gold):
        head = min(bisect.bisect_left(starts, scene.tree.starts[gold.head]), len(flat) - 1)
        cues.append(head)
        labels[head, 0] = 1
        for column, spans in ((1, gold.cue), (2, gold.source), (3, gold.content)):
            for run in covered(spans):
                labels[run.start : run.stop, column] = 1
        for run in covered(gold.content):
            labels[run.start, 4] = labels[run.stop - 1, 5] = 1
            parts[number, run.start : run.stop, 0] = 1
        for run in covered(gold.source):
            parts[number, run.start : run.stop, 1] = 1
    borders = [i for i, piece in enumerate(flat) if piece.start < 0]
    parts[:, borders] = 0
    inputs = np.array([[piece.id, piece.shape, piece.quoted] for piece in flat], dtype=np.int64)
    offsets = np.array([[piece.start, piece.end] for piece in flat], dtype=np.int64)
    return Labelled(inputs.reshape(-1, 3), labels, cues, parts, ends, offsets.reshape(-1, 2))


class Cut(NamedTuple):
    """A window: the pieces from ``start`` to ``end`` of an article."""

    article: Labelled
    start: int
    end: int


def cuts(article: Labelled, longest: int, chance: random.Random | None) -> Iterator[Cut]:
    """Windows of whole paragraphs; with ``chance`` the first one is cut short, so that borders move."""
    start, limit = 0, longest if chance is None else chance.randint(longest // 4, longest)
    total = len(article.inputs)
    while start < total:
        place = bisect.bisect_right(article.ends, start + limit)
        end = article.ends[place - 1] if place and article.ends[place - 1] > start else start + limit
        yield Cut(article, start, min(end, total))
        start, limit = min(end, total), longest


class Batch(NamedTuple):
    """Windows side by side, padded; arrays as the network takes and gives them."""

    ids: NDArray[np.int64]
    shapes: NDArray[np.int64]
    quoted: NDArray[np.int64]
    mask: NDArray[np.int64]
    labels: NDArray[np.float32]
    rows: NDArray[np.int64]
    parts: NDArray[np.float32]


def batch(windows: Sequence[Cut], tokenizer: Tokenizer, chance: random.Random | None) -> Batch:
    """A batch; with ``chance`` some windows get straight marks or lose what is known of their pieces."""
    length = max(cut.end - cut.start for cut in windows) + 1
    inputs = np.zeros((len(windows), length, 3), dtype=np.int64)
    mask = np.zeros((len(windows), length), dtype=np.int64)
    labels = np.zeros((len(windows), length, len(LABELS)), dtype=np.float32)
    rows, parts = [], []
    swap = {tokenizer.token_to_id(a): tokenizer.token_to_id(b) for a, b in STRAIGHT.items()}
    for number, (article, start, end) in enumerate(windows):
        size = end - start + 1
        mine = article.inputs[start:end].copy()
        if chance is not None:
            if chance.random() < LINES[0]:
                for old, new in swap.items():
                    mine[mine[:, 0] == old, 0] = new
            if chance.random() < LINES[1]:
                mine[:, 1] = 0
            if chance.random() < LINES[2]:
                mine[:, 2] = 0
        inputs[number, 0] = START[:3]
        inputs[number, 1:size] = mine
        mask[number, :size] = 1
        labels[number, 1:size] = article.labels[start:end]
        for place, cue in enumerate(article.cues):
            if start <= cue < end:
                rows.append((number, cue - start + 1))
                row = np.zeros((length, len(PARTS)), dtype=np.float32)
                row[1:size] = article.parts[place, start:end]
                parts.append(row)
    return Batch(
        inputs[..., 0], inputs[..., 1], inputs[..., 2], mask, labels,
        np.array(rows, dtype=np.int64).reshape(-1, 2),
        np.array(parts, dtype=np.float32).reshape(-1, length, len(PARTS)),
    )  # fmt: skip
