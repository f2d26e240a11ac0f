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
from data import Cut, Labelled, batch, cuts, load, save
from network import Network
from numpy.typing import NDArray
from tokenizers import Tokenizer
from train import LEFT_OUT, tensors

LONGEST = 384  # pieces of a window: more than when it learned, for what is around helps
SHARE = 0.5  # of the teacher in a label
LIKELY = 0.25  # from where on a cue of the teacher's alone is added
FAINT = 0.004  # what it holds for less likely is nothing


class Teacher:
    """A trained network, asked for likelihoods."""

    def __init__(self, folder: Path, encoder: Path, tokenizer: Tokenizer, device: str) -> None:
        self._network = Network.of(encoder, tokenizer)
        self._network.load_state_dict(torch.load(folder / "network.pt", weights_only=True))
        self._network.to(device).eval()
        self._tokenizer = tokenizer
        self._device = device

    @torch.no_grad()
    def taught(self, article: Labelled) -> Labelled:
        """The article, its labels mixed with what the teacher holds."""
        labels, parts = article.labels.copy(), article.parts.copy()
        added: list[tuple[int, NDArray[np.float32]]] = []
        for window in cuts(article, LONGEST, None):
            inside = slice(window.start, window.end)
            likely, linked = self._read(window)
            labels[inside] += SHARE * (likely - labels[inside])
            for number, cue in enumerate(article.cues):
                if window.start <= cue < window.end:
                    parts[number, inside] += SHARE * (linked[cue - window.start] - parts[number, inside])
            for place in np.flatnonzero(likely[:, 0] > LIKELY):
                if window.start + place not in article.cues:
                    own = np.zeros_like(parts, shape=parts.shape[1:])
                    own[inside] = linked[place]
                    added.append((window.start + int(place), own))
        cues = [*article.cues, *(cue for cue, _ in added)]
        return article._replace(
            labels=labels, cues=cues, parts=np.concatenate([parts, *(own[None] for _, own in added)])
        )

    def _read(self, window: Cut) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        """How likely the labels of a window's pieces are, and for each piece as a cue what belongs to it."""
        ids, shapes, quoted, mask, *_ = tensors(batch([window], self._tokenizer, None), self._device)
        logits, cues, pieces = self._network(ids, shapes, quoted, mask)
        linked = torch.sigmoid(torch.einsum("cpd,lpd->clp", cues[0, 1:], pieces[0, 1:]))
        likely = torch.sigmoid(logits[0, 1:])
        return _without_faint(likely), _without_faint(linked)


def _without_faint(given: torch.Tensor) -> NDArray[np.float32]:
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
    for fold, folder in enumerate(options.teachers):
        teacher = Teacher(folder, options.encoder, tokenizer, options.device)
        for number in range(fold, len(articles), LEFT_OUT):
            articles[number] = teacher.taught(articles[number])
    save(options.out, articles)


if __name__ == "__main__":
    main()
