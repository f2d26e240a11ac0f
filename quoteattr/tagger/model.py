"""The tagger itself: an ONNX network and its tokenizer, from the package's data, run on the processor."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Sequence
from importlib.resources import files
from typing import Any

import numpy as np
from numpy.typing import NDArray

from quoteattr.attribution.opinion import NEVER, Row
from quoteattr.errors import ModelUnusableError
from quoteattr.extras import require
from quoteattr.records import Quotation, Range
from quoteattr.tagger.windows import START, Window, pieces, windows

__all__ = ["Tagger", "shipped"]

FAINT = 0.01  # a piece less likely belongs to nothing


class Tagger:
    """Reads texts with the network.

    Args:
        network: the ONNX file's bytes.
        tokenizer: the tokenizer's JSON.
        threads: how many threads one call may use; 0 for one a core.

    Raises:
        DependencyMissingError: onnxruntime or tokenizers is not installed.
    """

    def __init__(self, network: bytes, tokenizer: str, threads: int = 1) -> None:
        onnxruntime: Any = require("onnxruntime", "tagger", "the tagger")
        tokenizers: Any = require("tokenizers", "tagger", "the tagger")
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        options.inter_op_num_threads = 1
        # The file holds the operators that run fastest; what onnxruntime would make of them is slower.
        options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_ENABLE_BASIC
        self._session = onnxruntime.InferenceSession(network, options, providers=["CPUExecutionProvider"])
        self._tokenizer = tokenizers.Tokenizer.from_str(tokenizer)
        self._tokenizer.no_padding()
        self._tokenizer.no_truncation()

    def read(self, text: str, paragraphs: Sequence[Range], quotations: Sequence[Quotation]) -> list[Row]:
        """The cues of a text, in order, with what belongs to them."""
        cut = windows(pieces(self._tokenizer, text, paragraphs, quotations))
        return [row for window in cut for row in self._run(window)]

    def _run(self, window: Window) -> Iterator[Row]:
        # One window at a time: eight-bit numbers are scaled by the largest of a run, so that windows that run
        # together would change each other's figures.
        columns = np.array([[piece[:3] for piece in (START, *window.pieces)]], dtype=np.int64)
        inputs = {name: columns[..., number] for number, name in enumerate(("ids", "shapes", "quoted"))}
        heads, cues, linked = self._session.run(None, inputs)
        return _rows(window, heads[0], cues[0], linked[0])


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


def shipped(threads: int = 1) -> Tagger:
    """The tagger that comes with the library.

    Raises:
        DependencyMissingError: onnxruntime or tokenizers is not installed.
        ModelUnusableError: its files are not those that were shipped.
    """
    folder = files("quoteattr") / "data" / "tagger"
    digests = json.loads((folder / "digests.json").read_bytes())
    data = {name: (folder / name).read_bytes() for name in digests}
    for name, digest in digests.items():
        if hashlib.sha256(data[name]).hexdigest() != digest:
            raise ModelUnusableError(f"The tagger's file {name} is damaged: install quoteattr again.")
    return Tagger(data["network.onnx"], data["tokenizer.json"].decode(), threads)
