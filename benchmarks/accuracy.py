"""Every figure of docs/accuracy.md on attribution, by reference and acts, and the reliability picture.

    python benchmarks/accuracy.py [--data ../shared/data] [--engine rules] [--picture FILE.svg]

Without the folder of reference data only the shipped corpus is measured.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from quoteattr import QuoteExtractor, corpus, evaluation

REFERENCES = {
    "polnear-dev": ("polnear-dev.jsonl", False),
    "gum-a": ("gum-a.jsonl", False),
    "litbank-a": ("litbank-a.jsonl", True),
}
DEFAULT = ("speech", "writing")


def measure(name: str, golds: Sequence[Any], acts: Any, engine: str, pieces: bool = False) -> list[Any]:
    """Print the scores of one reference and return the predictions."""
    preds = list(evaluation.predict(QuoteExtractor(acts=acts, engine=engine), golds))
    if name == "corpus":
        articles = {article.id: article for article in corpus.load()}
        preds = [articles[pred["id"]].without_optional(pred) for pred in preds]
    print(f"\n{name}, acts={acts!r}, {engine}{', pieces apart' if pieces else ''}")
    print(evaluation.score(golds, preds, pieces=pieces).table())
    return preds


def picture(calibration: evaluation.Calibration, path: Path) -> None:
    """Confidence against the share that is right, a dot a bin, its size by the number of quotes."""
    import matplotlib as mpl

    mpl.use("Agg")
    mpl.rcParams["svg.hashsalt"] = "quoteattr"
    from matplotlib import pyplot as plt

    bins = [(b.confidence, b.accuracy, b.count) for b in calibration.bins if b.confidence is not None]
    figure, axes = plt.subplots(figsize=(5.2, 5.0), layout="constrained")
    axes.plot([0, 1], [0, 1], color="#999999", linewidth=1, linestyle="--", label="as it should be")
    axes.plot([x for x, _, _ in bins], [y for _, y, _ in bins], color="#0072b2", linewidth=1.5)
    sizes = [12 + 300 * count / calibration.count for _, _, count in bins]
    axes.scatter([x for x, _, _ in bins], [y for _, y, _ in bins], s=sizes, color="#0072b2", zorder=3)
    for x, y, count in bins:
        axes.annotate(f"{count}", (x, y), textcoords="offset points", xytext=(9, -11), fontsize=8)
    axes.set(xlim=(0, 1), ylim=(0, 1), xlabel="confidence", ylabel="share that is right")
    axes.set_title(
        f"{calibration.count:,} quotes; expected calibration error {calibration.error:.3f}", size=10
    )
    axes.legend(loc="upper left", frameon=False)
    axes.spines[["top", "right"]].set_visible(False)
    figure.savefig(path, metadata={"Date": None})


def main() -> None:
    """Measure everything that is at hand."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--engine", default="auto")
    parser.add_argument("--picture", type=Path)
    options = parser.parse_args()
    for acts in ("all", DEFAULT):
        measure("corpus", [article.to_reference(acts) for article in corpus.load()], acts, options.engine)
    for name, (file, pieces) in REFERENCES.items():
        if not (options.data / file).exists():
            print(f"\n{name}: not at hand")
            continue
        golds = evaluation.load_jsonl(options.data / file)
        preds = measure(name, golds, "all", options.engine, pieces)
        if name == "polnear-dev":
            calibration = evaluation.calibration(golds, preds)
            print(f"\n{calibration.table()}")
            if options.picture:
                picture(calibration, options.picture)
            measure(name, golds, DEFAULT, options.engine)


if __name__ == "__main__":
    main()
