"""Fits the weights of attribution on annotated articles and writes ``quoteattr/data/attribution.json``.

    python training/attribution/fit.py ../shared/data/polnear-train.jsonl [--cache FOLDER]

Three log-linear models (which token heads a cue; which of its contents; which of its sources) are fitted on
all articles. A fourth says how likely content and source are right together, beside the other readings of the
document; it is fitted on readings that models of the other folds made, so that its probabilities hold for
texts that no model has seen. The same articles and parses give the same file, byte for byte.
"""

from __future__ import annotations

import argparse
import json
from itertools import compress
from pathlib import Path

import numpy as np
from gold import Article, articles
from linear import Names, fit_binary, fit_choice
from overlap import Letters

from examples import Examples, examples
from quoteattr.attribution.choice import chosen, merits
from quoteattr.attribution.readings import Reading, readings
from quoteattr.attribution.weights import Weights

DATA = Path(__file__).resolve().parents[2] / "quoteattr" / "data" / "attribution.json"
FOLDS = 3
LEAST_COUNT = 4  # a feature met less often says too little
STRENGTH = {"cue": 3.0, "content": 1.5, "source": 1.0, "right": 1.0}
SLACK = 0.0044  # of the F1: nearly the best; dev chose it, for a precision of 80 with the default acts
LEAST_WEIGHT = 0.08  # smaller ones are left out of the file


def fit(given: list[Examples]) -> Weights:
    """The first three tables."""
    pool = Examples()
    for each in given:
        pool.extend(each)
    names = Names(pool.cue_rows, LEAST_COUNT)
    labels = np.array(pool.cue_labels, dtype=float)
    cue = names.weights(fit_binary(names.matrix(pool.cue_rows), labels, STRENGTH["cue"]), LEAST_WEIGHT)
    tables = [cue]
    for kind, groups in (("content", pool.contents), ("source", pool.sources)):
        rows = [row for group in groups for row in group.rows]
        owner = np.repeat(np.arange(len(groups)), [len(group.rows) for group in groups])
        right = np.array([right for group in groups for right in group.right], dtype=float)
        names = Names(rows, LEAST_COUNT)
        values = fit_choice(names.matrix(rows), owner, right, STRENGTH[kind])
        tables.append(names.weights(values, LEAST_WEIGHT))
    return Weights(*tables, right={}, floor=0.5)


def judged(article: Article, found: list[Reading]) -> list[bool]:
    """For each reading whether content and source are those of an annotated attribution."""
    scene = article.scene
    letters = Letters(scene.tree.text)
    answers = []
    for reading in found:
        content = reading.content.ranges(scene)
        source = [reading.source.range(scene)] if reading.source else []
        answers.append(
            any(
                letters.iou(gold.content, content) >= 0.5 and letters.same_source(gold.source, source)
                for gold in article.gold
            )
        )
    return answers


def fit_right(scored: list[tuple[Article, list[Reading]]]) -> dict[str, float]:
    """The fourth table, over readings of unseen articles."""
    rows, labels = [], []
    for article, found in scored:
        weighed = [not reading.sure for reading in found]
        rows += compress(merits(article.scene, found), weighed)
        labels += compress(judged(article, found), weighed)
    names = Names([list(row) for row in rows], 20)
    matrix = names.matrix([list(row) for row in rows]).astype(float)
    for number, row in enumerate(rows):
        for place in range(matrix.indptr[number], matrix.indptr[number + 1]):
            matrix.data[place] = row[names.ordered[matrix.indices[place]]]
    return names.weights(fit_binary(matrix, np.array(labels, dtype=float), STRENGTH["right"]), 0.0)


def best_floor(
    scored: list[tuple[Article, list[Reading]]], right: dict[str, float], slack: float = SLACK
) -> float:
    """The highest floor whose F1 of content and source over all articles is the best but for ``slack``."""
    total = sum(len(article.gold) for article, _ in scored)
    kept = []
    for article, found in scored:
        picked = chosen(article.scene, found, right, 0.05)
        answers = judged(article, [each.reading for each in picked])
        kept += list(zip((each.probability for each in picked), answers, strict=True))
    kept.sort(reverse=True)
    hits, scores = 0, []
    for count, (probability, answer) in enumerate(kept, start=1):
        hits += answer
        scores.append((probability, 2 * hits / (count + total)))
    best = max(score for _, score in scores)
    floor = max(probability for probability, score in scores if score >= best - slack)
    print(f"cross-fitted F1 {best:.4f} at {floor:.3f}")
    return round(floor, 3)


def main() -> None:
    """Fit and write."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("train", type=Path)
    parser.add_argument("--cache", type=Path, default=Path("build/parsed"))
    parser.add_argument("--out", type=Path, default=DATA)
    options = parser.parse_args()
    everything = list(articles(options.train, options.cache))
    given = [examples(article) for article in everything]
    scored: list[tuple[Article, list[Reading]]] = []
    for fold in range(FOLDS):
        weights = fit([each for number, each in enumerate(given) if number % FOLDS != fold])
        scored += [(article, readings(article.scene, weights)) for article in everything[fold::FOLDS]]
    right = fit_right(scored)
    floor = best_floor(scored, right)
    weights = fit(given)
    write(options.out, options.train, weights, right, floor)


def write(path: Path, source: Path, weights: Weights, right: dict[str, float], floor: float) -> None:
    """The data file: one table a key, names in order."""
    head = {
        "about": f"Fitted by training/attribution/fit.py on {source.name} (PolNeAR 1.0, LREC 2018).",
        "floor": floor,
        "right": dict(sorted(right.items())),
    }
    tables = {name: dict(sorted(getattr(weights, name).items())) for name in ("cue", "content", "source")}
    text = json.dumps({**head, **tables}, ensure_ascii=False, indent=0, separators=(",", ":"))
    path.write_text(text + "\n", encoding="utf-8")
    print({name: len(table) for name, table in tables.items()}, f"{path.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
