"""How much less time on the clock several processes take than one; only an idle machine tells.

usage: python benchmarks/processes.py [TEXTS.jsonl] [--processes 2] [--texts 240] [--rounds 2]

TEXTS.jsonl is as for ``speed.py``; what it holds is read as often as needed.
"""

from __future__ import annotations

import argparse
import time
from itertools import cycle, islice
from pathlib import Path

from speed import texts_of

from quoteattr import QuoteExtractor


def seconds(extractor: QuoteExtractor, texts: list[str], processes: int) -> float:
    """Time on the clock for all texts."""
    start = time.perf_counter()
    for _ in extractor.pipe(texts, n_process=processes):
        pass
    return time.perf_counter() - start


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("file", type=Path, nargs="?")
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--texts", type=int, default=240)
    parser.add_argument("--rounds", type=int, default=2)
    options = parser.parse_args()
    texts = list(islice(cycle(texts_of(options.file)), options.texts))
    extractor = QuoteExtractor(engine="rules")
    seconds(extractor, texts[:20], 1)
    for _ in range(options.rounds):
        one, more = (seconds(extractor, texts, number) for number in (1, options.processes))
        print(f"1 process {one:.1f} s, {options.processes} {more:.1f} s: {one / more:.2f} times as quick")


if __name__ == "__main__":
    main()
