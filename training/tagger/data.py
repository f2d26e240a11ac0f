"""Labelled articles: in files, and on the device that trains, where windows are cut from them."""

from __future__ import annotations

import bisect
import random
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
import torch
from network import PARTS
from numpy.typing import NDArray
from tokenizers import Tokenizer
from torch import Tensor
from torch.nn.functional import pad

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


class Window(NamedTuple):
    """The pieces from ``start`` to ``end`` of an article, which is given by its number."""

    article: int
    start: int
    end: int


class Batch(NamedTuple):
    """Windows side by side, padded; tensors as the network takes and gives them."""

    ids: Tensor
    shapes: Tensor
    quoted: Tensor
    mask: Tensor
    labels: Tensor
    rows: Tensor
    parts: Tensor


class Store:
    """Labelled articles on the device that trains.

    A batch is cut from them there: cutting it on the processor took longer than learning from it.

    Args:
        articles: what to learn from.
        tokenizer: the tagger's own.
        device: of torch.
    """

    def __init__(self, articles: Sequence[Labelled], tokenizer: Tokenizer, device: str) -> None:
        self._device = device
        self._ends = [each.ends for each in articles]
        sizes = [len(each.inputs) for each in articles]
        self._begins = np.cumsum([0, *sizes])
        self._cues: list[NDArray[np.int64]] = []  # sorted; beside each where its row of ``parts`` begins
        self._rows: list[NDArray[np.int64]] = []
        begin = 0
        for each, size in zip(articles, sizes, strict=True):
            order = np.argsort(np.array(each.cues, dtype=np.int64), kind="stable")
            self._cues.append(np.array(each.cues, dtype=np.int64)[order])
            self._rows.append(begin + order * size)
            begin += len(order) * size
        ids = np.concatenate([each.inputs for each in articles])
        straight = ids[:, 0].copy()
        for mark, plain in STRAIGHT.items():
            straight[ids[:, 0] == tokenizer.token_to_id(mark)] = tokenizer.token_to_id(plain)
        self._inputs = torch.from_numpy(np.column_stack([ids, straight])).to(device)
        labels = np.concatenate([each.labels for each in articles])
        self._labels = torch.from_numpy(labels).to(device)
        parts = np.concatenate([each.parts.reshape(-1, len(PARTS)) for each in articles])
        self._parts = torch.from_numpy(parts.astype(np.float16)).to(device)

    def windows(self, longest: int, chance: random.Random | None) -> list[Window]:
        """All windows; with ``chance`` articles come in any order and are cut elsewhere each time."""
        order = list(range(len(self._ends)))
        if chance is not None:
            chance.shuffle(order)
        return [window for number in order for window in self._cut(number, longest, chance)]

    def of(self, article: int, longest: int) -> list[Window]:
        """The windows of one article."""
        return list(self._cut(article, longest, None))

    def _cut(self, article: int, longest: int, chance: random.Random | None) -> Iterator[Window]:
        """Windows of whole paragraphs; with ``chance`` the first one is cut short, so that borders move."""
        ends = self._ends[article]
        start, limit = 0, longest if chance is None else chance.randint(longest // 4, longest)
        total = int(self._begins[article + 1] - self._begins[article])
        while start < total:
            place = bisect.bisect_right(ends, start + limit)
            end = ends[place - 1] if place and ends[place - 1] > start else start + limit
            yield Window(article, start, min(end, total))
            start, limit = min(end, total), longest

    def batch(self, windows: Sequence[Window], chance: random.Random | None) -> Batch:
        """A batch; with ``chance`` some windows get straight marks or lose what is known of their pieces."""
        drawn = [[chance is not None and chance.random() < share for share in LINES] for _ in windows]
        plain, unshaped, unquoted = torch.tensor(drawn, device=self._device).T[..., None]
        sizes = torch.tensor([each.end - each.start for each in windows], device=self._device)
        begins = torch.tensor(
            [int(self._begins[each.article]) + each.start for each in windows], device=self._device
        )
        places = torch.arange(max(each.end - each.start for each in windows), device=self._device)
        inside = places < sizes[:, None]
        index = torch.where(inside, begins[:, None] + places, 0)
        inputs = self._inputs[index] * inside[..., None]
        rows, parts = self._linked(windows, places, inside)
        return Batch(
            pad(torch.where(plain, inputs[..., 3], inputs[..., 0]), (1, 0), value=START.id),
            pad(inputs[..., 1] * ~unshaped, (1, 0), value=START.shape),
            pad(inputs[..., 2] * ~unquoted, (1, 0), value=START.quoted),
            pad(inside.long(), (1, 0), value=1),
            pad(self._labels[index] * inside[..., None], (0, 0, 1, 0)),
            rows,
            parts,
        )

    def _linked(self, windows: Sequence[Window], places: Tensor, inside: Tensor) -> tuple[Tensor, Tensor]:
        """The cues of the windows, and what belongs to each."""
        found = []
        for number, (article, start, end) in enumerate(windows):
            cues = self._cues[article]
            for place in range(*np.searchsorted(cues, [start, end])):
                found.append((number, cues[place] - start + 1, self._rows[article][place] + start))
        given = torch.from_numpy(np.array(found, dtype=np.int64).reshape(-1, 3)).to(self._device)
        belongs = inside[given[:, 0]]
        index = torch.where(belongs, given[:, 2:] + places, 0)
        return given[:, :2], pad(self._parts[index].float() * belongs[..., None], (0, 0, 1, 0))
