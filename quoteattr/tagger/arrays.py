"""The network in plain array operations: on a graphics card with CuPy, anywhere with NumPy.

ONNX Runtime has no CUDA kernels for the eight-bit operators that make the file quick on a processor: its CUDA
build would run them on the processor all the same. CuPy is what spaCy itself uses on a graphics card.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from typing import Any

import numpy as np
from numpy.typing import NDArray

from quoteattr.extras import require
from quoteattr.tagger.network import Figures

__all__ = ["ArrayNetwork"]

BATCH = 64  # windows at a time: some 200 MB of the card's memory
UNSEEN = -1e9  # what is added to the attention to a place that only fills up a window


class ArrayNetwork:
    """The network of an ONNX file in numbers of 32 bits.

    Its weights are those of the file, eight bits each. What runs between the layers is not cut to eight bits,
    so that its figures differ a little from those on a processor.

    Args:
        file: the ONNX file's bytes, as ``training/tagger/graph.py`` writes them.
        ops: `thinc.api.Ops`, whose arrays they become.

    Raises:
        DependencyMissingError: onnx is not installed.
    """

    batch = BATCH

    def __init__(self, file: bytes, ops: Any) -> None:
        onnx: Any = require("onnx", "cuda12x", "device='cuda'")
        graph = onnx.load_model_from_string(file).graph
        self._ops = ops
        given = {each.name: onnx.numpy_helper.to_array(each) for each in graph.initializer}
        self._scale, self._link = float(given["scale"]), int(given["parts"][-1])
        self._attention = int(_setting(graph, "MultiHeadAttention", "num_heads").i)
        self._epsilon = float(_setting(graph, "LayerNormalization", "epsilon").f)
        with self._device():
            self._weights = {name: ops.asarray(array) for name, array in _whole(given)}

    def run(self, windows: Sequence[NDArray[np.int64]]) -> Iterator[Figures]:
        """What the network holds of each window, (pieces, 3): number, shape, quoted of each piece."""
        sizes = [len(window) for window in windows]
        columns = np.zeros((len(windows), max(sizes), 3), dtype=np.int64)
        unseen = np.full((len(windows), max(sizes)), UNSEEN, dtype=np.float32)
        for number, window in enumerate(windows):
            columns[number, : len(window)] = window
            unseen[number, : len(window)] = 0
        with self._device():
            found = self._read(self._ops.asarray(columns), self._ops.asarray(unseen))
            heads, cues, linked = (self._ops.to_numpy(each) for each in found)
        for number, size in enumerate(sizes):
            yield Figures(heads[number, :size], cues[number, :size], linked[number, :size])

    def _device(self) -> AbstractContextManager[Any]:
        """The card of ``ops`` as the current one; other code of the process may have chosen another."""
        if self._ops.device_type != "gpu":
            return nullcontext()
        device: AbstractContextManager[Any] = self._ops.xp.cuda.Device(self._ops.device_id)
        return device

    def _read(self, columns: Any, unseen: Any) -> tuple[Any, Any, Any]:
        """Log-odds of heads, and the vectors of cues and of pieces."""
        hidden = self._embedded(columns)
        number = 0
        while f"encoder.encoder.layer.{number}.output.dense" in self._weights:
            hidden = self._layer(f"encoder.encoder.layer.{number}", hidden, unseen[:, None, None])
            number += 1
        shape = (*columns.shape[:2], -1, self._link)
        cues, linked = (
            self._linear(name, hidden).reshape(shape) * self._scale for name in ("cues", "pieces")
        )
        return self._linear("labels", hidden)[..., 0], cues, linked

    def _embedded(self, columns: Any) -> Any:
        tables, length = "encoder.embeddings", columns.shape[1]
        found = self._weights[f"{tables}.word_embeddings"][columns[..., 0]]
        found += self._weights["shape"][columns[..., 1]]
        found += self._weights["quoted"][columns[..., 2]]
        found += self._weights[f"{tables}.position_embeddings"][:length] + self._weights["kind"]
        return self._norm(f"{tables}.LayerNorm", found)

    def _layer(self, name: str, given: Any, unseen: Any) -> Any:
        """One layer of BERT: attention, then two products, each added to what it was given."""
        query, key, value = (
            self._in_heads(self._linear(f"{name}.attention.self.{part}", given))
            for part in ("query", "key", "value")
        )
        scores = query @ key.swapaxes(-1, -2)
        scores *= query.shape[-1] ** -0.5
        seen = self._ops.softmax(scores + unseen, inplace=True) @ value
        seen = seen.swapaxes(1, 2).reshape(given.shape)
        seen = self._linear(f"{name}.attention.output.dense", seen) + given
        seen = self._norm(f"{name}.attention.output.LayerNorm", seen)
        wide = self._ops.gelu(self._linear(f"{name}.intermediate.dense", seen))
        return self._norm(f"{name}.output.LayerNorm", self._linear(f"{name}.output.dense", wide) + seen)

    def _in_heads(self, given: Any) -> Any:
        """(windows, pieces, width) as (windows, heads, pieces, width of a head)."""
        return given.reshape(*given.shape[:2], self._attention, -1).swapaxes(1, 2)

    def _linear(self, name: str, given: Any) -> Any:
        weights = self._weights[name]
        rows = given.reshape(-1, given.shape[-1]) @ weights
        rows += self._weights[f"{name}.bias"]
        return rows.reshape(*given.shape[:-1], weights.shape[1])

    def _norm(self, name: str, given: Any) -> Any:
        away = given - given.mean(axis=-1, keepdims=True)
        away /= self._ops.xp.sqrt((away * away).mean(axis=-1, keepdims=True) + self._epsilon)
        away *= self._weights[f"{name}.weight"]
        away += self._weights[f"{name}.bias"]
        return away


def _whole(given: Mapping[str, NDArray[Any]]) -> Iterator[tuple[str, NDArray[Any]]]:
    """The tensors of the file: layers and tables of eight bits as the numbers that they stand for."""
    for name, array in given.items():
        layer, _, part = name.rpartition(".")
        if part in {"eight", "rows"}:
            yield layer, array.astype(np.float32) * given[f"{layer}.scale"]
        elif part not in {"scale", "zero"}:
            yield name, array


def _setting(graph: Any, operator: str, name: str) -> Any:
    """An attribute of the first operator of that kind."""
    node = next(node for node in graph.node if node.op_type == operator)
    return next(setting for setting in node.attribute if setting.name == name)
