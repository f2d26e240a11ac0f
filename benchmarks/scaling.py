"""How the time of one call grows with the length of its text: the exponent, 1 where it is linear.

usage: python benchmarks/scaling.py [--largest CHARACTERS] [--engine ENGINE] [--only SHAPE ...] [--json FILE]

Texts of 10,000, 100,000 and 1,000,000 characters (and so on by tens up to ``--largest``) in these shapes:

articles   the articles of ``quoteattr.corpus``, one after the other
one line   the same without a line break
marks      short quotations and little else: 100,000 quotation marks in 600,000 characters
sentence   one sentence, without an end: 50,000 words in 280,000 characters
names      nothing but names

For each the seconds of the processor, microseconds a character, the exponent between one length and the next,
and the peak of memory of the process so far.
"""

from __future__ import annotations

import argparse
import itertools
import json
import math
import time
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table
from speed import peak_so_far

from quoteattr import QuoteExtractor, corpus

SHAPES = ("articles", "one line", "marks", "sentence", "names")


def text_of(shape: str, length: int) -> str:
    """A text of a shape with ``length`` characters."""
    articles = "\n\n".join(article.text for article in corpus.load())
    if shape == "articles":
        unit = articles + "\n\n"
    elif shape == "one line":
        unit = " ".join(articles.split()) + " "
    elif shape == "marks":
        unit = '“Yes,” he said. "No." '
    elif shape == "sentence":
        unit = "the clerk said that the ferry was late and "
    else:
        unit = "".join(
            f"{first} {last} "
            for first, last in itertools.product(
                ("Ida", "Ann", "Olaf", "Grace", "Piet", "Maud", "Enzo", "Ruth"),
                ("Holm", "Lee", "Berg", "Okoye", "Vance", "Marsh", "Quill"),
            )
        )
    return (unit * (length // len(unit) + 1))[:length]


def measure(shape: str, largest: int, engine: str) -> list[dict[str, float]]:
    """Time and memory at each length."""
    extractor = QuoteExtractor(engine=engine)
    extractor.extract(text_of(shape, 5000))
    rows: list[dict[str, float]] = []
    length = 10_000
    while length <= largest:
        text = text_of(shape, length)
        repeats = 3 if length <= 100_000 else 1
        seconds = []
        for _ in range(repeats):
            start = time.process_time()
            quotes = extractor.extract(text)
            seconds.append(time.process_time() - start)
        row = {
            "characters": length,
            "seconds": min(seconds),
            "quotes": len(quotes),
            "peak, MB": peak_so_far(),
        }
        if rows:
            row["exponent"] = math.log(row["seconds"] / rows[-1]["seconds"]) / math.log(
                length / rows[-1]["characters"]
            )
        rows.append(row)
        length *= 10
    return rows


def main() -> None:
    """Read the arguments, measure, print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--largest", type=int, default=1_000_000)
    parser.add_argument("--engine", choices=("rules", "tagger"), default="rules")
    parser.add_argument("--only", choices=SHAPES, nargs="+", default=SHAPES)
    parser.add_argument("--json", type=Path)
    options = parser.parse_args()
    console = Console()
    table = Table("shape", "characters", "seconds", "µs a character", "exponent", "quotes", "peak, MB")
    found: dict[str, Any] = {}
    for shape in options.only:
        found[shape] = measure(shape, options.largest, options.engine)
        for row in found[shape]:
            table.add_row(
                shape,
                f"{row['characters']:,}",
                f"{row['seconds']:.2f}",
                f"{1e6 * row['seconds'] / row['characters']:.1f}",
                f"{row['exponent']:.2f}" if "exponent" in row else "",
                f"{row['quotes']:,}",
                f"{row['peak, MB']:.0f}",
            )
    console.print(table)
    if options.json:
        options.json.write_text(json.dumps(found, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
