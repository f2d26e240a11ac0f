"""What reads windows of word pieces: on the processor an ONNX Runtime session; `arrays` has the other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

from quoteattr.extras import require

__all__ = ["Figures", "Network", "ProcessorNetwork"]


class Figures(NamedTuple):
    """What a network holds of one window.

    Attributes:
        heads: log-odds that a piece heads a cue, (pieces,).
        cues: for each piece as a cue the vectors that seek its content and its source, (pieces, 2, 64).
        linked: for each piece the vectors that they are multiplied with, for log-odds, (pieces, 2, 64).
    """

    heads: NDArray[np.float32]
    cues: NDArray[np.float32]
    linked: NDArray[np.float32]


class Network(Protocol):
    """Reads windows, ``batch`` at a time at most."""

    @property
    def batch(self) -> int:
        """How many windows to give it at a time."""

    def run(self, windows: Sequence[NDArray[np.int64]]) -> Iterator[Figures]:
        """What it holds of each window, (pieces, 3): number, shape, quoted of each piece."""


class ProcessorNetwork:
    """The network on the processor.

    Args:
        file: the ONNX file's bytes.
        threads: how many threads one window may use; 0 for one a core.

    Raises:
        DependencyMissingError: onnxruntime is not installed.
    """

    # Eight-bit numbers are scaled by the largest of a run: windows that ran together would change each other.
    batch = 1

    def __init__(self, file: bytes, threads: int = 1) -> None:
        onnxruntime: Any = require("onnxruntime", "tagger", "the tagger")
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        options.inter_op_num_threads = 1
        # The file holds the operators that run fastest; what onnxruntime would make of them is slower.
        options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_ENABLE_BASIC
        self._session = onnxruntime.InferenceSession(file, options, providers=["CPUExecutionProvider"])

    def run(self, windows: Sequence[NDArray[np.int64]]) -> Iterator[Figures]:
        """What it holds of each window, (pieces, 3): number, shape, quoted of each piece."""
        for window in windows:
            names = ("ids", "shapes", "quoted")
            inputs = {name: window[None, :, number] for number, name in enumerate(names)}
            yield Figures(*(found[0] for found in self._session.run(None, inputs)))
