"""Lays annotation over the word pieces of articles.

    python training/tagger/label.py ARTICLES.jsonl --encoder FOLDER --out FILE.npz

What it writes can be read by ``train.py`` and ``teach.py`` where there is no spaCy.
"""

from __future__ import annotations

import argparse
import bisect
import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from data import Labelled, save
from network import LABELS, PARTS
from tokenizers import Tokenizer

from quoteattr.tagger.windows import BORDER, Piece, pieces

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "attribution"))

from gold import Article, articles


def labelled(article: Article, tokenizer: Tokenizer) -> Labelled:
    """The pieces of an article with what its annotation says of them."""
    scene = article.scene
    text = scene.tree.text
    flat: list[Piece] = []
    ends = []
    for paragraph in pieces(tokenizer, text, scene.paragraphs, scene.quotations):
        flat += [*paragraph, BORDER]
        ends.append(len(flat))
    starts = [piece.start for piece in flat]
    for i, start in enumerate(starts):  # a border stands where the piece before it ended
        if start < 0:
            starts[i] = flat[i - 1].end if i else 0
    labels = np.zeros((len(flat), len(LABELS)), dtype=np.float32)
    parts = np.zeros((len(article.gold), len(flat), len(PARTS)), dtype=np.float32)
    cues = []

    def covered(spans: Sequence[tuple[int, int]]) -> list[range]:
        found = []
        for start, end in spans:
            first = bisect.bisect_left(starts, start)
            last = bisect.bisect_left(starts, end)
            while last > first and flat[last - 1].start < 0:
                last -= 1
            if last > first:
                found.append(range(first, last))
        return found

    for number, gold in enumerate(article.gold):
        head = min(bisect.bisect_left(starts, scene.tree.starts[gold.head]), len(flat) - 1)
        cues.append(head)
        labels[head, 0] = 1
        for column, spans in ((1, gold.cue), (2, gold.source), (3, gold.content)):
            for run in covered(spans):
                labels[run.start : run.stop, column] = 1
        for run in covered(gold.content):
            labels[run.start, 4] = labels[run.stop - 1, 5] = 1
            parts[number, run.start : run.stop, 0] = 1
        for run in covered(gold.source):
            parts[number, run.start : run.stop, 1] = 1
    borders = [i for i, piece in enumerate(flat) if piece.start < 0]
    parts[:, borders] = 0
    inputs = np.array([[piece.id, piece.shape, piece.quoted] for piece in flat], dtype=np.int64)
    offsets = np.array([[piece.start, piece.end] for piece in flat], dtype=np.int64)
    return Labelled(inputs.reshape(-1, 3), labels, cues, parts, ends, offsets.reshape(-1, 2))


def tokenizer_of(encoder: Path) -> Tokenizer:
    """The tokenizer of an encoder, for texts of any length."""
    tokenizer = Tokenizer.from_file(str(encoder / "tokenizer.json"))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    return tokenizer


def read(path: Path, encoder: Path, cache: Path) -> list[Labelled]:
    """The articles of a file, labelled."""
    tokenizer = tokenizer_of(encoder)
    return [labelled(article, tokenizer) for article in articles(path, cache)]


def main() -> None:
    """Label and write."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("articles", type=Path)
    parser.add_argument("--encoder", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--cache", type=Path, default=Path("build/parsed"))
    options = parser.parse_args()
    save(options.out, read(options.articles, options.encoder, options.cache))


if __name__ == "__main__":
    main()
