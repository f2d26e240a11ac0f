"""Turns a trained network into the files that ship: ONNX with weights of eight bits, tokenizer, digests.

    python training/tagger/export.py FOLDER ENCODER

``FOLDER`` holds ``network.pt`` (``training/tagger/train.py``); the files go to ``quoteattr/data/tagger``.
"""

from __future__ import annotations

import hashlib
import json
import sys
from pathlib import Path

import torch
from graph import model_of

OUT = Path(__file__).resolve().parents[2] / "quoteattr" / "data" / "tagger"


def main() -> None:
    """Write the files."""
    folder, encoder = map(Path, sys.argv[1:3])
    weights = torch.load(folder / "network.pt", weights_only=True)
    model = model_of({name: tensor.numpy() for name, tensor in weights.items()})
    OUT.mkdir(parents=True, exist_ok=True)
    (OUT / "network.onnx").write_bytes(model.SerializeToString())
    (OUT / "tokenizer.json").write_bytes((encoder / "tokenizer.json").read_bytes())
    digests = {
        path: hashlib.sha256((OUT / path).read_bytes()).hexdigest()
        for path in ("network.onnx", "tokenizer.json")
    }
    (OUT / "digests.json").write_text(json.dumps(digests, indent=1) + "\n", encoding="utf-8")
    print({path.name: path.stat().st_size for path in OUT.iterdir()})


if __name__ == "__main__":
    main()
