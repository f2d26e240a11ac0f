"""Labelled articles, kept in files and cut into windows afresh for each epoch."""

from __future__ import annotations

import bisect
import random
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
from network import LABELS, PARTS
from numpy.typing import NDArray
from tokenizers import Tokenizer

from quoteattr.tagger.windows import START

# Marks of the same kind as typewriters and wire services have them.
STRAIGHT = {"“": '"', "”": '"', "‘": "'", "’": "'"}
LINES = (0.25, 0.1, 0.05)  # shares of windows with straight marks, without shapes, without known quotations


class Labelled(NamedTuple):
    """One article.

    Attributes:
        inputs: (pieces, 3): number, shape, quoted; paragraphs end with [SEP].
        labels: (pieces, 6), as `network.LABELS` names them, from 0 to 1.
        cues: the piece of each cue's head.
        parts: (cues, pieces, 2): how much a piece belongs to the content and the source of a cue, likewise.
        ends: one past the last piece of each paragraph.
        offsets: (pieces, 2) characters.
    """

    inputs: NDArray[np.int64]
    labels: NDArray[np.float32]
    cues: list[int]
    parts: NDArray[np.float32]
    ends: list[int]
    offsets: NDArray[np.int64]


def save(path: Path, articles: Iterable[Labelled]) -> None:
    """Write labelled articles, numbers end to end."""
    rows = list(articles)
    sizes = [(len(each.inputs), len(each.cues), len(each.ends)) for each in rows]
    columns = {
        "inputs": np.concatenate([each.inputs for each in rows]).astype(np.int32),
        "offsets": np.concatenate([each.offsets for each in rows]).astype(np.int32),
        "labels": np.concatenate([each.labels for each in rows]).astype(np.float16),
        "cues": np.concatenate([np.array(each.cues, np.int32) for each in rows]),
        "ends": np.concatenate([np.array(each.ends, np.int32) for each in rows]),
        "parts": np.concatenate([each.parts.reshape(-1) for each in rows]).astype(np.float16),
    }
    np.savez_compressed(path, sizes=np.array(sizes), **columns)


def load(path: Path) -> list[Labelled]:
    """What `save` wrote."""
    with np.load(path) as file:
        columns = {name: file[name] for name in file.files}
    found = []
    piece = cue = end = part = 0
    for pieces, cues, ends in columns["sizes"].tolist():
        own = slice(piece, piece + pieces)
        parts = columns["parts"][part : part + cues * pieces * len(PARTS)]
        found.append(
            Labelled(
                columns["inputs"][own].astype(np.int64),
                columns["labels"][own].astype(np.float32),
                columns["cues"][cue : cue + cues].tolist(),
                parts.reshape(cues, pieces, len(PARTS)).astype(np.float32),
                columns["ends"][end : end + ends].tolist(),
                columns["offsets"][own].astype(np.int64),
            )
        )
        piece, cue, end, part = piece + pieces, cue + cues, end + ends, part + len(parts)
    return found


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
