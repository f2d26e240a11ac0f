"""How many quotes are found beside `textacy.extract.direct_quotations`: the same texts, parse and scoring.

usage: python benchmarks/against_textacy.py [REFERENCE.jsonl | corpus] [--json FILE]

The reference has the form of ``docs/evaluation.md``; without one the development articles of PolNeAR beside
the checkout are read, and where they are absent, or for 'corpus', the articles of ``quoteattr.corpus``, all
acts. In one process, with one pipeline:

textacy                  ``direct_quotations(nlp(text))``; a document that it raises on has no quotes
quoteattr                ``extract_quotes(text, acts="all")``
quoteattr, default acts  speech and writing alone
…, no raise              both on the documents alone that textacy does not raise on

Printed are how many documents raise, and per cent of attrib@0.5 (half of the content found, and the source
right): precision and recall of all quotes, F1 by kind. ``--json FILE`` writes all figures, with versions.
"""

from __future__ import annotations

import argparse
import json
import platform
from collections.abc import Iterable, Sequence
from importlib.metadata import version
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table
from textacy.extract import direct_quotations

from quoteattr import QuoteExtractor, corpus, evaluation, models

DEV = Path(__file__).resolve().parents[2] / "shared" / "data" / "polnear-dev.jsonl"
FOUND = 0.5


def range_of(tokens: Sequence[Any]) -> list[list[int]]:
    """The characters from the first to the last of some tokens, as a list of one [start, end]."""
    return [[tokens[0].idx, tokens[-1].idx + len(tokens[-1])]]


def by_textacy(
    nlp: Any, golds: Iterable[evaluation.AnnotatedDocument]
) -> tuple[list[evaluation.AnnotatedDocument], dict[str, str]]:
    """Its predictions, and by id the message of each document that it raises on."""
    found: list[evaluation.AnnotatedDocument] = []
    raised: dict[str, str] = {}
    for gold in golds:
        rows: list[evaluation.AttributionRow] = []
        try:
            for speaker, cue, content in direct_quotations(nlp(gold["text"])):
                parts = {"content": content, "source": speaker, "cue": cue}
                rows.append({**{name: range_of(part) for name, part in parts.items()}, "kind": "direct"})
        except ValueError as error:
            raised[gold["id"]] = str(error)
            rows = []
        found.append({"id": gold["id"], "attributions": rows})
    return found, raised


def reference(source: str | None) -> tuple[str, list[evaluation.AnnotatedDocument]]:
    """The name of the reference and its documents."""
    if source == "corpus" or (source is None and not DEV.exists()):
        return "corpus", [article.to_reference("all") for article in corpus.load()]
    path = DEV if source is None else Path(source)
    return path.stem, evaluation.load_jsonl(path)


def measure(name: str, golds: list[evaluation.AnnotatedDocument]) -> dict[str, Any]:
    """The figures."""
    nlp = models.load()
    peer, raised = by_textacy(nlp, golds)
    ours = list(evaluation.predict(QuoteExtractor(nlp, acts="all"), golds))
    usual = list(evaluation.predict(QuoteExtractor(nlp), golds))
    if name == "corpus":
        articles = {article.id: article for article in corpus.load()}
        peer, ours, usual = (
            [articles[document["id"]].without_optional(document) for document in each]
            for each in (peer, ours, usual)
        )
    good = [gold for gold in golds if gold["id"] not in raised]
    survivors = {gold["id"] for gold in good}
    kept = {
        tool: [document for document in found if document["id"] in survivors]
        for tool, found in (("textacy", peer), ("quoteattr", ours))
    }
    return {
        "reference": name,
        "documents": len(golds),
        "raised": {"textacy": len(raised), "quoteattr": 0},
        "messages": raised,
        "scores": {
            "textacy": evaluation.score(golds, peer).to_dict(),
            "quoteattr": evaluation.score(golds, ours).to_dict(),
            "quoteattr, default acts": evaluation.score(golds, usual).to_dict(),
            **{
                f"{tool}, no raise": evaluation.score(good, found).to_dict()
                for tool, found in kept.items()
                if good
            },
        },
        "versions": {package: version(package) for package in ("quoteattr", "textacy", "spacy")},
        "model": "{lang}_{name} {version}".format(**nlp.meta),
        "python": platform.python_version(),
    }


def show(figures: dict[str, Any]) -> None:
    """Print the figures."""
    console = Console()
    rows = [row for row in ("all", "direct", "mixed", "indirect") if row in figures["scores"]["quoteattr"]]
    title = f"attrib@{FOUND} on {figures['reference']}, {figures['documents']} documents; F1 by kind"
    table = Table("", "P", "R", "F1", *rows[1:], title=title)
    for tool, scores in figures["scores"].items():
        cells = [("all", "p"), ("all", "r"), *((row, "f1") for row in rows)]
        table.add_row(tool, *(_percent(scores.get(row), rate) for row, rate in cells))
    console.print(table)
    raised = figures["raised"]["textacy"]
    console.print(f"textacy raises on {raised} of {figures['documents']} documents")
    versions = ", ".join(f"{name} {number}" for name, number in figures["versions"].items())
    console.print(f"{versions}, {figures['model']}, Python {figures['python']}")


def _percent(row: dict[str, Any] | None, rate: str) -> str:
    share = row[f"attrib@{FOUND}"][rate] if row else None
    return "–" if share is None else f"{100 * share:.1f}"


def main() -> None:
    """Read the arguments, measure and print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("reference", nargs="?")
    parser.add_argument("--json", type=Path)
    options = parser.parse_args()
    figures = measure(*reference(options.reference))
    show(figures)
    if options.json:
        options.json.write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
