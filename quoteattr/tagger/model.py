"""The tagger itself: a network and its tokenizer, from the package's data."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Sequence
from importlib.resources import files
from itertools import islice
from typing import Any

import numpy as np
from numpy.typing import NDArray

from quoteattr.attribution.opinion import NEVER, Row
from quoteattr.errors import ModelUnusableError
from quoteattr.extras import require
from quoteattr.records import Quotation, Range
from quoteattr.tagger.arrays import ArrayNetwork
from quoteattr.tagger.devices import card
from quoteattr.tagger.network import Network, ProcessorNetwork
from quoteattr.tagger.windows import START, Window, pieces, windows

__all__ = ["Tagger", "shipped"]

FAINT = 0.01  # a piece less likely belongs to nothing


class Tagger:
    """Reads texts with the network.

    Args:
        network: what reads windows.
        tokenizer: the tokenizer's JSON.

    Raises:
        DependencyMissingError: tokenizers is not installed.
    """

    def __init__(self, network: Network, tokenizer: str) -> None:
        tokenizers: Any = require("tokenizers", "tagger", "the tagger")
        self._network = network
        self._tokenizer = tokenizers.Tokenizer.from_str(tokenizer)
        self._tokenizer.no_padding()
        self._tokenizer.no_truncation()

    def read(self, text: str, paragraphs: Sequence[Range], quotations: Sequence[Quotation]) -> list[Row]:
        """The cues of a text, in order, with what belongs to them."""
        cut = windows(pieces(self._tokenizer, text, paragraphs, quotations))
        found: list[Row] = []
        while chosen := list(islice(cut, self._network.batch)):
            figures = self._network.run([_columns(window) for window in chosen])
            for window, each in zip(chosen, figures, strict=True):
                found += _rows(window, *each)
        return found


def _columns(window: Window) -> NDArray[np.int64]:
    """Number, shape, quoted of each piece, [CLS] first."""
    return np.array([piece[:3] for piece in (START, *window.pieces)], dtype=np.int64)


def _rows(
    window: Window, heads: NDArray[np.float32], cues: NDArray[np.float32], linked: NDArray[np.float32]
) -> Iterator[Row]:
    """The likely cues of a window that no window before has shown already."""
    offsets = np.array([piece[3:] for piece in window.pieces], dtype=np.int64)
    shown = np.flatnonzero((heads[1:] > NEVER) & (offsets[:, 0] >= 0))  # before them stands [CLS]
    shown = shown[shown >= window.repeated]
    logits = np.einsum("cpd,lpd->cpl", cues[1:][shown], linked[1:])
    probabilities = 1 / (1 + np.exp(-logits))
    for place, parts in zip(shown, probabilities, strict=True):
        telling = np.flatnonzero(parts.max(axis=0) > FAINT)
        reach = slice(telling[0], telling[-1] + 1) if len(telling) else slice(0, 0)
        yield Row(int(offsets[place, 0]), float(heads[place + 1]), offsets[reach], parts[:, reach].copy())


def shipped(threads: int = 1, device: str = "cpu") -> Tagger:
    """The tagger that comes with the library.

    Args:
        threads: how many threads one window may use on the processor; 0 for one a core.
        device: 'cpu', 'cuda' or 'cuda:1' (the second card).

    Raises:
        DependencyMissingError: something that it needs is not installed.
        ModelUnusableError: its files are not those that were shipped.
    """
    folder = files("quoteattr") / "data" / "tagger"
    digests = json.loads((folder / "digests.json").read_bytes())
    data = {name: (folder / name).read_bytes() for name in digests}
    for name, digest in digests.items():
        if hashlib.sha256(data[name]).hexdigest() != digest:
            raise ModelUnusableError(f"The tagger's file {name} is damaged: install quoteattr again.")
    file = data["network.onnx"]
    network = ProcessorNetwork(file, threads) if device == "cpu" else ArrayNetwork(file, card(device))
    return Tagger(network, data["tokenizer.json"].decode())
