"""Lets larger networks label articles that they have not learned from, for a small one to learn from.

    python training/tagger/teach.py LABELLED.npz --encoder F --tokenizer F --teachers F F F F F --out NEW.npz

``--teachers`` are five folders of ``train.py``, with ``--fold`` 0 to 4: each labels the fifth of the articles
that it was not shown. A label is then the mean of what the annotators say (0 or 1) and how likely the teacher
holds it; cues that the teacher alone sees are added. So labels that nobody can be sure of weigh less (Hinton,
Vinyals and Dean, 2015, https://arxiv.org/abs/1503.02531).
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np
import torch
from data import Labelled, Store, load, save
from network import Network
from numpy.typing import NDArray
from tokenizers import Tokenizer
from torch import Tensor
from train import LEFT_OUT

LONGEST = 384  # pieces of a window: more than when it learned, for what is around helps
SHARE = 0.5  # of the teacher in a label
LIKELY = 0.25  # from where on a cue of the teacher's alone is added
FAINT = 0.004  # what it holds for less likely is nothing


class Teacher:
    """A trained network, asked for likelihoods of the articles of a store."""

    def __init__(self, folder: Path, encoder: Path, tokenizer: Tokenizer, store: Store, device: str) -> None:
        self._network = Network.of(encoder, tokenizer)
        self._network.load_state_dict(torch.load(folder / "network.pt", weights_only=True))
        self._network.to(device).eval()
        self._store = store

    @torch.no_grad()
    def taught(self, number: int, article: Labelled) -> Labelled:
        """The article of that number in the store, its labels mixed with what the teacher holds."""
        windows = self._store.of(number, LONGEST)
        given = self._store.batch(windows, None)
        labels, cues, pieces = self._network(given.ids, given.shapes, given.quoted, given.mask)
        likely = _without_faint(torch.sigmoid(labels[:, 1:]))
        known = np.array(article.cues, dtype=np.int64)
        mixed, parts = article.labels.copy(), article.parts.copy()
        added: list[int] = []
        for place, (_, start, end) in enumerate(windows):
            inside, seen = slice(start, end), likely[place, : end - start]
            mixed[inside] += SHARE * (seen - mixed[inside])
            own = np.flatnonzero((known >= start) & (known < end))
            others = np.setdiff1d(start + np.flatnonzero(seen[:, 0] > LIKELY), known)
            asked = np.concatenate([known[own], others]) - start + 1
            linked = _linked(cues[place, asked], pieces[place, 1 : end - start + 1])
            parts[own, inside] += SHARE * (linked[: len(own)] - parts[own, inside])
            fresh = np.zeros_like(parts, shape=(len(others), *parts.shape[1:]))
            fresh[:, inside] = linked[len(own) :]
            parts = np.concatenate([parts, fresh])
            added += others.tolist()
        return article._replace(labels=mixed, cues=[*article.cues, *added], parts=parts)


def _linked(cues: Tensor, pieces: Tensor) -> NDArray[np.float32]:
    """How likely each piece belongs to each cue, (cues, pieces, parts)."""
    return _without_faint(torch.sigmoid(torch.einsum("cpd,lpd->clp", cues, pieces)))


def _without_faint(given: Tensor) -> NDArray[np.float32]:
    found: NDArray[np.float32] = torch.where(given < FAINT, 0, given).cpu().numpy()
    return found


def main() -> None:
    """Label and write."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("labelled", type=Path)
    parser.add_argument("--encoder", type=Path, required=True)
    parser.add_argument("--tokenizer", type=Path, required=True)
    parser.add_argument("--teachers", type=Path, nargs=LEFT_OUT, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--device", default="cpu", help="'cpu' or 'cuda'")
    options = parser.parse_args()
    tokenizer = Tokenizer.from_file(str(options.tokenizer / "tokenizer.json"))
    articles = load(options.labelled)
    store = Store(articles, tokenizer, options.device)
    for fold, folder in enumerate(options.teachers):
        teacher = Teacher(folder, options.encoder, tokenizer, store, options.device)
        for number in range(fold, len(articles), LEFT_OUT):
            articles[number] = teacher.taught(number, articles[number])
    save(options.out, articles)


if __name__ == "__main__":
    main()
