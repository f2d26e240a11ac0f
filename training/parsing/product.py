"""Writes `quoteattr/data/product.onnx`: one product of matrices, for `quoteattr.pipes.products`."""

from __future__ import annotations

from pathlib import Path

from onnx import TensorProto, helper

FILE = Path(__file__).parents[2] / "quoteattr/data/product.onnx"
OPSET = 13
FORMAT = 7  # the oldest that goes with the opset, so that every onnxruntime reads it


def graph() -> bytes:
    """A graph that multiplies each of ``rows`` with each of ``others``."""

    def matrix(name: str, *shape: str) -> object:
        return helper.make_tensor_value_info(name, TensorProto.FLOAT, shape)

    node = helper.make_node("Gemm", ["rows", "others"], ["products"], transB=1)
    given = [matrix("rows", "m", "k"), matrix("others", "n", "k")]
    found = helper.make_graph([node], "product", given, [matrix("products", "m", "n")])
    opset = helper.make_opsetid("", OPSET)
    return helper.make_model(found, opset_imports=[opset], ir_version=FORMAT).SerializeToString()


if __name__ == "__main__":
    FILE.write_bytes(graph())
