"""Products of matrices by ONNX Runtime, where it is installed, in place of thinc's matrix library.

Its kernels are a few times as quick on many processors, and give a row the same bits wherever it stands in a
matrix, so that a text has the same analysis in any batch (numpy's own product does not).
"""

from __future__ import annotations

import copy
import functools
from importlib import import_module
from importlib.resources import files
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    import numpy as np

__all__ = ["product", "quicker"]

# Rows that are multiplied at once: what a product takes beside its result stays small.
ROWS = 500


def quicker(model: Any) -> Any:
    """A thinc model of ordinary kernels with quicker products: another view of the same layers and weights.

    The model itself where ONNX Runtime is missing. Weights that are trained or replaced later are seen in
    both.
    """
    ops = _ops()
    return model if ops is None else _view(model, ops)


def _view(model: Any, ops: Any) -> Any:
    view = copy.copy(model)
    view.ops = ops
    view._layers = [_view(layer, ops) for layer in model.layers]
    return view


@functools.cache
def _ops() -> Any:
    from thinc.api import NumpyOps

    found = product()
    if found is None:
        return None
    multiply: Product = found

    class Products(NumpyOps):  # type: ignore[misc]
        """thinc's ordinary kernels, with another product for layers that go forward."""

        def gemm(self, x: Any, y: Any, *, out: Any = None, trans1: bool = False, trans2: bool = False) -> Any:
            if trans1 or not trans2:
                return super().gemm(x, y, out=out, trans1=trans1, trans2=trans2)
            return multiply(x, y, out)

    return Products()


class Product(Protocol):
    """Multiplies each row of one matrix with each row of another."""

    def __call__(self, rows: np.ndarray, others: np.ndarray, out: np.ndarray | None = None) -> np.ndarray:
        """The products, (rows, others), in ``out`` if that is given.

        Args:
            rows: 32-bit floats, (rows, width).
            others: 32-bit floats, (others, width).
            out: where the products go.
        """


@functools.cache
def product() -> Product | None:
    """What multiplies matrices with ONNX Runtime; ``None`` where that is missing.

    >>> import numpy as np
    >>> multiply = product()
    >>> multiply(np.array([[1, 2]], dtype="f"), np.array([[1, 0], [0, 1], [1, 1]], dtype="f"))
    array([[1., 2., 3.]], dtype=float32)
    """
    import numpy as np

    try:
        onnxruntime: Any = import_module("onnxruntime")
    except ImportError:
        return None
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    graph = files("quoteattr").joinpath("data/product.onnx").read_bytes()
    run = onnxruntime.InferenceSession(graph, options, providers=["CPUExecutionProvider"]).run

    def multiply(rows: np.ndarray, others: np.ndarray, out: np.ndarray | None = None) -> np.ndarray:
        found = np.empty((len(rows), len(others)), dtype=np.float32) if out is None else out
        for begin in range(0, len(rows), ROWS):
            some = rows[begin : begin + ROWS]
            # One row alone is added up in another order than rows together.
            given = some.repeat(2, axis=0) if len(some) == 1 else some
            found[begin : begin + ROWS] = run(None, {"rows": given, "others": others})[0][: len(some)]
        return found

    return multiply
