"""Fits the weights of the pronoun choice: a conditional logit over named features, cross-validated.

Usage: python training/speakers/pronouns.py REFERENCE.jsonl=PARSED.spacy … [--write]

Each reference holds one document a line, as described at the head of ../shared/score.py; beside a bare speech
the benchmark's local cue stands in for source and cue. Denis and Baldridge (EMNLP 2008) describe the choice
as ranking: all candidates of a pronoun compete. The fit is deterministic. It starts from the weights in the
data file and is drawn towards them, so that a feature which the references hardly show keeps its weight.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import Any

import numpy as np
from scipy.optimize import minimize

from quoteattr.layout import paragraphs
from quoteattr.marks import quotations
from quoteattr.speakers import resolve, walk
from quoteattr.speakers.pronouns import Choice, candidates, choose, weights

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parents[1] / "benchmarks"))
from speakers import attribution, documents, plain  # noqa: E402

WEIGHTS = HERE.parents[1] / "quoteattr" / "data" / "speaker_weights.json"
STRENGTH = 5  # of the pull towards the prior weights
FOLDS = 10
NAMELESS = (
    0.3  # weight of a pronoun whose speaker has no name: references find fewer of the names than there are
)

Group = tuple[str, list[dict[str, float]], list[int]]


def recorded(path: str) -> list[Group]:
    """For each pronoun with a known speaker: its document, the features of the candidates, which is right."""
    reference, parsed = path.split("=")
    rows = [json.loads(line) for line in Path(reference).read_text(encoding="utf-8").splitlines()]
    groups: list[Group] = []
    for row, doc in zip(rows, documents(rows, Path(parsed), ""), strict=True):
        met: list[tuple[int, dict[int, str | None], dict[int, dict[str, float]]]] = []

        def record(inventory: Any, index: int, talk: Any, barred: Any = (), met: Any = met) -> Choice | None:
            found = candidates(inventory, index, talk, barred)
            if talk.source:
                names = {n: inventory.entities[n].name for n in found}
                met.append((inventory.view.starts[inventory.mentions[index].head], names, found))
            return choose(inventory, index, talk, barred)

        walk.choose = record
        blocks = paragraphs(row["text"])
        given = [attribution(gold, doc) for gold in row["attributions"]]
        try:
            resolve(doc, blocks, quotations(row["text"], blocks), given)
        finally:
            walk.choose = choose
        by_start = {start: (names, found) for start, names, found in met}
        for gold, one in zip(row["attributions"], given, strict=True):
            if one.source is None or one.source.start not in by_start:
                continue
            names, found = by_start[one.source.start]
            aliases = {plain(alias) for alias in gold["aliases"]}
            # Where the reference knows no name, every candidate without one counts as right.
            right = [
                k
                for k, n in enumerate(found)
                if (plain(names[n]) in aliases if aliases else names[n] is None)
            ]
            if right and len(found) > 1:
                groups.append((row["id"], list(found.values()), right))
    return groups


def fit(groups: list[Group], names: list[str], prior: np.ndarray) -> np.ndarray:
    """The weights of the conditional logit, drawn towards ``prior``."""
    tables = [
        (
            np.array([[f.get(n, 0.0) for n in names] for f in found]),
            right,
            NAMELESS if found[right[0]].get("nameless") else 1.0,
        )
        for _, found, right in groups
    ]

    def loss(w: np.ndarray) -> tuple[float, np.ndarray]:
        value, slope = 0.0, np.zeros_like(w)
        for table, right, weight in tables:
            scores = table @ w
            share = np.exp(scores - scores.max())
            share /= share.sum()
            mass = share[right].sum() + 1e-12
            value -= weight * np.log(mass)
            slope -= weight * ((share[right] / mass) @ table[right] - share @ table)
        pull = w - prior
        return value + STRENGTH * pull @ pull, slope + 2 * STRENGTH * pull

    return np.asarray(minimize(loss, prior, jac=True, method="L-BFGS-B").x)


def accuracy(groups: list[Group], names: list[str], w: np.ndarray) -> list[bool]:
    """For each pronoun whether the right candidate scores highest."""
    return [
        int(np.argmax(np.array([[f.get(n, 0.0) for n in names] for f in found]) @ w)) in right
        for _, found, right in groups
    ]


def main() -> None:
    """Fits, prints, and writes the weights where it is asked to."""
    parser = argparse.ArgumentParser()
    parser.add_argument("references", nargs="+")
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    groups = [g for path in options.references for g in recorded(path)]
    table = weights("pronoun")
    names = sorted(table)
    prior = np.array([table[n] for n in names])
    print(f"{len(groups)} pronouns; prior {np.mean(accuracy(groups, names, prior)):.3f}")
    ids = sorted({g[0] for g in groups})
    held: list[bool] = []
    for fold in range(FOLDS):
        out = set(ids[fold::FOLDS])
        w = fit([g for g in groups if g[0] not in out], names, prior)
        held += accuracy([g for g in groups if g[0] in out], names, w)
    final = fit(groups, names, prior)
    print(f"cross-validated {np.mean(held):.3f}, fitted {np.mean(accuracy(groups, names, final)):.3f}")
    for name, old, new in zip(names, prior, final, strict=True):
        print(f"{name:28}{old:8.2f}{new:8.2f}")
    if options.write:
        data = json.loads(WEIGHTS.read_text(encoding="utf-8"))
        data["pronoun"] = {name: round(float(value), 3) for name, value in zip(names, final, strict=True)}
        WEIGHTS.write_text(json.dumps(data, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
