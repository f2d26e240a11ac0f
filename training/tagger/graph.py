"""Writes the network as an ONNX graph of onnxruntime's fastest operators, its weights in eight bits."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from onnx import ModelProto, TensorProto, helper, numpy_helper

Arrays = Mapping[str, NDArray[Any]]

HEADS = 12  # of attention; the encoder's configuration has the number, its weights do not
LINK = 64  # as in `network`, which needs torch
EPSILON = 1e-12  # of BERT's normalization
INPUTS = ("ids", "shapes", "quoted")
# Attention as one operator and products of eight-bit numbers with their bias: onnxruntime's own.
OWN = "com.microsoft"
OPSETS = {"": 17, OWN: 1}
FORMAT = 8


def model_of(weights: Arrays) -> ModelProto:
    """The graph of `network.Network`, for windows without padding.

    Inputs are ``INPUTS``, (windows, pieces); it gives log-odds of heads (windows, pieces), and the vectors of
    cues and of pieces (windows, pieces, 2, 64).

    Args:
        weights: the network's ``state_dict`` as arrays.
    """
    graph = _Graph(weights)
    hidden = _embedded(graph)
    for number in range(_layers(weights)):
        hidden = _layer(graph, f"encoder.encoder.layer.{number}", hidden)
    _heads(graph, hidden)
    given = [helper.make_tensor_value_info(name, TensorProto.INT64, ["windows", "pieces"]) for name in INPUTS]
    return helper.make_model(
        helper.make_graph(graph.nodes, "tagger", given, _outputs(), list(graph.tensors.values())),
        opset_imports=[helper.make_opsetid(domain, version) for domain, version in OPSETS.items()],
        ir_version=FORMAT,
    )


class _Graph:
    """Nodes and tensors so far; a node's output is named after what it computes."""

    def __init__(self, weights: Arrays) -> None:
        self.weights = weights
        self.nodes: list[Any] = []
        self.tensors: dict[str, TensorProto] = {}

    def tensor(self, name: str, array: NDArray[Any]) -> str:
        self.tensors[name] = numpy_helper.from_array(np.array(array, order="C"), name)
        return name

    def given(self, name: str) -> str:
        """A tensor of the network as it is."""
        return self.tensor(name, self.weights[name].astype(np.float32))

    def op(self, kind: str, inputs: Sequence[str], out: str, domain: str = "", **settings: Any) -> str:
        self.nodes.append(helper.make_node(kind, inputs, [out], domain=domain, **settings))
        return out

    def rows(self, name: str, numbers: str) -> str:
        """Rows of a table of vectors; each row has a scale of its own."""
        whole, scale = eight_bits(self.weights[f"{name}.weight"].T)
        rows = self.op("Gather", [self.tensor(f"{name}.rows", whole.T), numbers], f"{name}.eight")
        scales = self.op("Gather", [self.tensor(f"{name}.scale", scale[:, None]), numbers], f"{name}.scales")
        return self.op(
            "Mul", [self.op("Cast", [rows], f"{name}.cast", to=TensorProto.FLOAT), scales], f"{name}.out"
        )

    def columns(self, name: str) -> list[str]:
        """The weights of a linear layer: numbers of eight bits, a scale and a zero for each column."""
        whole, scale = eight_bits(self.weights[f"{name}.weight"].T)
        zero = np.zeros(len(scale), np.int8)
        return [
            self.tensor(f"{name}.{part}", array)
            for part, array in (("eight", whole), ("scale", scale), ("zero", zero))
        ]

    def linear(self, name: str, given: str) -> str:
        """A linear layer; what it is given gets eight bits on the way."""
        inputs = [given, *self.columns(name), self.given(f"{name}.bias")]
        return self.op("DynamicQuantizeMatMul", inputs, f"{name}.out", OWN)

    def linears(self, names: Sequence[str], given: str) -> list[str]:
        """Linear layers side by side: what they are given gets eight bits once."""
        eight = [f"{given}.eight", f"{given}.scale", f"{given}.zero"]
        self.nodes.append(helper.make_node("DynamicQuantizeLinear", [given], eight))
        found = []
        for name in names:
            whole, scale, zero = self.columns(name)
            inputs = [eight[0], whole, eight[1], scale, eight[2], zero, self.given(f"{name}.bias")]
            found.append(self.op("MatMulIntegerToFloat", inputs, f"{name}.out", OWN))
        return found

    def norm(self, name: str, given: str) -> str:
        inputs = [given, self.given(f"{name}.weight"), self.given(f"{name}.bias")]
        return self.op("LayerNormalization", inputs, f"{name}.out", axis=-1, epsilon=EPSILON)

    def sum(self, one: str, other: str) -> str:
        return self.op("Add", [one, other], f"{one}+")


def eight_bits(columns: NDArray[Any]) -> tuple[NDArray[np.int8], NDArray[np.float32]]:
    """Whole numbers from -127 to 127, and for each column the scale that makes them its figures again."""
    scale = np.maximum(np.abs(columns).max(0), np.finfo(np.float32).tiny) / 127
    return np.rint(columns / scale).astype(np.int8), scale.astype(np.float32)


def _layers(weights: Arrays) -> int:
    return sum(name.endswith("attention.self.query.bias") for name in weights)


def _embedded(graph: _Graph) -> str:
    """Word, case, quotation, place: their vectors added up. All pieces are of BERT's first kind of two."""
    parts = "encoder.embeddings"
    length = graph.op("Shape", ["ids"], "length.1", start=1, end=2)
    zero, one = (graph.tensor(f"number.{n}", np.array(n, np.int64)) for n in (0, 1))
    places = graph.op("Range", [zero, graph.op("Squeeze", [length], "length"), one], "places")
    kind = graph.tensor("kind", graph.weights[f"{parts}.token_type_embeddings.weight"][0].astype(np.float32))
    place = graph.sum(graph.rows(f"{parts}.position_embeddings", places), kind)
    found = graph.rows(f"{parts}.word_embeddings", "ids")
    for more in (graph.rows("shape", "shapes"), graph.rows("quoted", "quoted"), place):
        found = graph.sum(found, more)
    return graph.norm(f"{parts}.LayerNorm", found)


def _layer(graph: _Graph, name: str, given: str) -> str:
    """One layer of the encoder: attention, then two products, each added to what it was given."""
    own = [f"{name}.attention.self.{part}" for part in ("query", "key", "value")]
    seen = graph.op(
        "MultiHeadAttention", graph.linears(own, given), f"{name}.attention.out", OWN, num_heads=HEADS
    )
    seen = graph.sum(graph.linear(f"{name}.attention.output.dense", seen), given)
    seen = graph.norm(f"{name}.attention.output.LayerNorm", seen)
    wide = graph.op("Gelu", [graph.linear(f"{name}.intermediate.dense", seen)], f"{name}.gelu", OWN)
    return graph.norm(f"{name}.output.LayerNorm", graph.sum(graph.linear(f"{name}.output.dense", wide), seen))


def _heads(graph: _Graph, hidden: str) -> None:
    """Of the labels only the first, the heads of cues; the vectors of cues and pieces, a part each."""
    labels, *vectors = graph.linears(("labels", "cues", "pieces"), hidden)
    graph.op("Gather", [labels, "number.0"], "heads", axis=2)
    shape = graph.tensor("parts", np.array([0, 0, -1, LINK]))
    scale = graph.tensor("scale", np.array(LINK**-0.25, np.float32))
    for vector, name in zip(vectors, ("cues", "linked"), strict=True):
        graph.op("Mul", [graph.op("Reshape", [vector, shape], f"{name}.parts"), scale], name)


def _outputs() -> list[Any]:
    shape = ["windows", "pieces"]
    return [
        helper.make_tensor_value_info(name, TensorProto.FLOAT, [*shape, *more])
        for name, more in (("heads", []), ("cues", ["parts", LINK]), ("linked", ["parts", LINK]))
    ]
