"""Articles a second with the tagger on the processor and on a graphics card, and whether they agree.

usage: python benchmarks/device.py [TEXTS.jsonl] [--device cuda] [--rounds 5] [--batch 64] [--n-process 1 2]

TEXTS.jsonl is as for ``speed.py``. On the clock, warm, in turn, the median of the rounds: the tagger by
itself (word pieces, windows, network), and the whole extraction, the parse included, in so many processes.
"""

from __future__ import annotations

import argparse
import os
import platform
import statistics
import time
from collections.abc import Callable, Iterable
from pathlib import Path

from speed import texts_of

from quoteattr import QuoteExtractor, Quotes, layout, marks, tagger
from quoteattr.tagger import devices


def processor() -> str:
    """What the machine computes with."""
    info = Path("/proc/cpuinfo")
    names = [
        line.partition(":")[2] for line in info.read_text().splitlines() if line.startswith("model name")
    ]
    return f"{names[0].strip() if names else platform.machine()}, {os.cpu_count()} cores"


def card(device: str) -> str:
    """The name of the graphics card."""
    ops = devices.card(device)
    return str(ops.xp.cuda.runtime.getDeviceProperties(ops.device_id)["name"].decode())


def seconds(work: Callable[[], object]) -> float:
    """Time on the clock."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def alone(device: str, texts: list[str]) -> Callable[[], object]:
    """The tagger by itself over all texts."""
    paragraphs = [layout.paragraphs(text) for text in texts]
    quotations = [marks.quotations(*each) for each in zip(texts, paragraphs, strict=True)]
    reader = tagger.load(device=device)
    return lambda: [reader.read(*each) for each in zip(texts, paragraphs, quotations, strict=True)]


def whole(device: str, texts: list[str], batch: int, processes: int) -> Callable[[], object]:
    """The extraction over all texts."""
    extractor = QuoteExtractor(acts="all", engine="tagger", device=device)
    return lambda: list(extractor.pipe(texts, batch_size=batch, n_process=processes))


def compare(name: str, works: dict[str, Callable[[], object]], texts: list[str], rounds: int) -> None:
    """Measure in turn and print."""
    for work in works.values():
        work()
    times = [[seconds(work) for work in works.values()] for _ in range(rounds)]
    for device, own in zip(works, zip(*times, strict=True), strict=True):
        rate = len(texts) / statistics.median(own)
        print(f"{name:24}{device:8}{rate:8.1f} articles a second", flush=True)


def agreement(one: Iterable[Quotes], other: Iterable[Quotes]) -> str:
    """How many quotes are the same in words, cue and speaker."""
    same = total = 0
    for found, more in zip(one, other, strict=True):
        keys = [
            {
                (quote.spans, quote.cue and quote.cue.span, quote.speaker and quote.speaker.name)
                for quote in each
            }
            for each in (found, more)
        ]
        same += len(keys[0] & keys[1])
        total += len(keys[0] | keys[1])
    return f"{same} of {total} quotes are the same, words, cue and speaker ({same / total:.1%})"


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("file", type=Path, nargs="?")
    parser.add_argument("--device", default="cuda")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--batch", type=int, default=64)
    parser.add_argument("--n-process", type=int, nargs="*", default=[1])
    options = parser.parse_args()
    texts = texts_of(options.file)
    places = ("cpu", options.device)
    print(f"{len(texts)} articles; {processor()}; {card(options.device)}")
    compare("tagger alone", {each: alone(each, texts) for each in places}, texts, options.rounds)
    for number in options.n_process:
        works = {each: whole(each, texts, options.batch, number) for each in places}
        compare(f"extraction, {number} process{'es' * (number > 1)}", works, texts, options.rounds)
    found = (QuoteExtractor(acts="all", engine="tagger", device=each).pipe(texts) for each in places)
    print(agreement(*found))


if __name__ == "__main__":
    main()
