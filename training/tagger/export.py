"""Turns a trained network into the file that ships: ONNX with weights of eight bits, and its digest.

    python training/tagger/export.py FOLDER ENCODER

``FOLDER`` holds ``network.pt`` (``training/tagger/train.py``); the files go to ``quoteattr/data/tagger``.
"""

from __future__ import annotations

import hashlib
import json
import sys
import tempfile
from pathlib import Path

import torch
from network import Network
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import Tensor, nn

OUT = Path(__file__).resolve().parents[2] / "quoteattr" / "data" / "tagger"
INPUTS = ("ids", "shapes", "quoted", "mask")


class Shipped(nn.Module):
    """What is run: of the labels only the heads of cues, and the two vectors of each piece."""

    def __init__(self, network: Network) -> None:
        super().__init__()
        self.network = network

    def forward(self, *given: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """Log-odds of heads (batch, pieces), vectors of cues and of pieces (batch, pieces, 2, 64)."""
        labels, cues, pieces = self.network(*given)
        return labels[..., 0], cues, pieces


def main() -> None:
    """Export, quantize, write."""
    folder, encoder = map(Path, sys.argv[1:3])
    network = Network.of(encoder, attention="eager")  # its plain products are what gets eight bits
    network.load_state_dict(torch.load(folder / "network.pt", weights_only=True))
    shipped = Shipped(network).eval()
    sample = tuple(torch.ones(2, 16, dtype=torch.long) for _ in INPUTS)
    shape = {0: "windows", 1: "pieces"}
    names = ("heads", "cues", "linked")
    OUT.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch:
        plain = Path(scratch) / "plain.onnx"
        torch.onnx.export(
            shipped, sample, str(plain), input_names=list(INPUTS), output_names=list(names),
            dynamic_axes=dict.fromkeys((*INPUTS, *names), shape), opset_version=17, dynamo=False,
        )  # fmt: skip
        quantize_dynamic(plain, OUT / "network.onnx", weight_type=QuantType.QInt8, per_channel=True)
    (OUT / "tokenizer.json").write_bytes((encoder / "tokenizer.json").read_bytes())
    digests = {
        path: hashlib.sha256((OUT / path).read_bytes()).hexdigest()
        for path in ("network.onnx", "tokenizer.json")
    }
    (OUT / "digests.json").write_text(json.dumps(digests, indent=1) + "\n", encoding="utf-8")
    print({path.name: path.stat().st_size for path in OUT.iterdir()})


if __name__ == "__main__":
    main()
