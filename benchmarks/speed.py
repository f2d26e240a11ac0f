"""What finding the quotes of articles costs beside their bare parse, in time of the processor.

usage: python benchmarks/speed.py [TEXTS.jsonl] [--rounds N] [--json FILE]

TEXTS.jsonl holds one document a line, each with its ``text``; without it the 84 development articles beside
the checkout are read, and where they are absent the articles of ``quoteattr.corpus``, five times over. In one
process, warm, in turn, N times each (five by default), the median counting:

bare       ``nlp.pipe`` of the small English pipeline
all        ``QuoteExtractor(engine="rules").pipe``: quotes, speakers, context
direct     the same with ``kinds=("direct",)``
tagger     ``QuoteExtractor(engine="tagger").pipe``, where that is installed
textacy    ``textacy.extract.direct_quotations`` over documents that are parsed already; to compare, add the
           bare parse. Documents that it fails on are counted.

The shares are those of the bare parse. 'Own' is all but the parse. The peaks of memory are those of processes
that do nothing else. ``--json FILE`` writes the figures with the versions they are of.
"""

from __future__ import annotations

import argparse
import json
import platform
import re
import resource
import statistics
import subprocess
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib.metadata import version
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from quoteattr import QuoteExtractor, corpus, extractor, models, parsing, pipes, tagger

DEV = Path(__file__).parents[2] / "shared" / "data" / "polnear-dev.jsonl"


def texts_of(path: Path | None) -> list[str]:
    """The texts to read."""
    if path is None and not DEV.exists():
        return [article.text for article in corpus.load()] * 5
    with (path or DEV).open(encoding="utf-8") as lines:
        return [json.loads(line)["text"] for line in lines]


class Stages:
    """Counts the time that the stages take, by wrapping the functions that the extractor calls."""

    def __init__(self) -> None:
        self.seconds: Counter[str] = Counter()

    def timed(self, name: str, function: Callable[..., Any]) -> Callable[..., Any]:
        """``function``, which adds its time to the stage ``name``."""

        def call(*args: Any, **options: Any) -> Any:
            start = time.process_time()
            try:
                return function(*args, **options)
            finally:
                self.seconds[name] += time.process_time() - start

        return call

    @contextmanager
    def watching(self) -> Iterator[None]:
        """While it lasts, stages are timed."""
        places = [
            (extractor.layout, "paragraphs", "paragraphs"),
            (extractor.marks, "quotations", "marks"),
            (extractor, "attribute", "attribution"),
            (extractor, "resolve", "speakers"),
            (extractor, "Surroundings", "context"),
            (extractor, "assemble", "context"),
            (parsing, "_tokenized", "parse: tokenizer"),
        ]
        before = [(owner, name, getattr(owner, name)) for owner, name, _ in places]
        steps = pipes._steps
        for owner, name, stage in places:
            setattr(owner, name, self.timed(stage, getattr(owner, name)))
        pipes._steps = lambda nlp: [(name, self.timed(f"parse: {name}", step)) for name, step in steps(nlp)]
        try:
            yield
        finally:
            pipes._steps = steps
            for owner, name, function in before:
                setattr(owner, name, function)


def spent(function: Callable[[], Any]) -> float:
    """Seconds of the processor that a call takes, all threads of the process together."""
    start = time.process_time()
    function()
    return time.process_time() - start


def peak(what: str, path: Path | None) -> float:
    """The most memory that a process holds which does nothing but ``what``, in MB."""
    command = [sys.executable, __file__, *([str(path)] if path else []), "--only", what]
    return float(subprocess.run(command, check=True, capture_output=True, text=True).stdout)


def only(what: str, texts: list[str]) -> None:
    """Do one thing once and print the peak of memory."""
    nlp = models.load()
    for _ in nlp.pipe(texts) if what == "bare" else QuoteExtractor(nlp, engine="rules").pipe(texts):
        pass
    print(peak_so_far())


def peak_so_far() -> float:
    """The most memory that this process held, in MB."""
    status = Path("/proc/self/status")
    if status.exists():  # getrusage would tell the peak of the parent, where that is higher
        return int(re.search(r"VmHWM:\s+(\d+)", status.read_text())[1]) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (
        1 << 20 if sys.platform == "darwin" else 1024
    )


def textacys(docs: list[Any]) -> tuple[float, int, int]:
    """Seconds, quotations and failed documents of textacy's own extractor."""
    from textacy.extract import direct_quotations

    found = failed = 0
    start = time.process_time()
    for doc in docs:
        try:
            found += len(list(direct_quotations(doc)))
        except Exception:
            failed += 1
    return time.process_time() - start, found, failed


def measure(texts: list[str], rounds: int) -> dict[str, Any]:
    """The figures."""
    nlp = models.load()
    ours = {
        "all": QuoteExtractor(nlp, engine="rules"),
        "direct": QuoteExtractor(nlp, engine="rules", kinds=("direct",)),
    }
    if tagger.is_installed():
        ours["tagger"] = QuoteExtractor(nlp, engine="tagger")
    everything = ours["all"]
    docs = list(nlp.pipe(texts))
    words = sum(map(len, docs))
    quotes = sum(len(found) for found in everything.pipe(texts))
    seconds: dict[str, list[float]] = defaultdict(list)
    peers = []
    for _ in range(rounds):
        seconds["bare"].append(spent(lambda: list(nlp.pipe(texts))))
        for name, each in ours.items():
            seconds[name].append(spent(lambda each=each: list(each.pipe(texts))))
        peers.append(textacys(docs))
        seconds["textacy"].append(peers[-1][0])
    stages = Stages()
    with stages.watching():
        watched = spent(lambda: list(everything.pipe(texts)))
    ratios = {
        name: statistics.median(a / b for a, b in zip(values, seconds["bare"], strict=True))
        for name, values in seconds.items()
    }
    whole = watched - sum(stages.seconds.values())
    shares = {name: value / watched * ratios["all"] for name, value in stages.seconds.items()}
    shares["the rest"] = whole / watched * ratios["all"]
    return {
        "texts": len(texts),
        "characters": sum(map(len, texts)),
        "tokens": words,
        "quotes": quotes,
        "seconds": {name: statistics.median(values) for name, values in seconds.items()},
        "ratio": ratios,
        "stages": shares,
        "own": sum(share for name, share in shares.items() if not name.startswith("parse")),
        "textacy": {"quotations": peers[-1][1], "failed": peers[-1][2]},
        "versions": {
            name: version(name) for name in ("quoteattr", "spacy", "textacy", "numpy", "thinc", "blis")
        },
        "model": "{lang}_{name} {version}".format(**nlp.meta),
        "python": platform.python_version(),
        "machine": platform.processor() or platform.machine(),
    }


def show(figures: dict[str, Any]) -> None:
    """Print the figures as tables."""
    console = Console()
    table = Table("", "seconds", "of the bare parse", "words a second", title="Time of the processor")
    for name, seconds in figures["seconds"].items():
        ratio = figures["ratio"][name]
        table.add_row(name, f"{seconds:.2f}", f"{ratio:.2f}", f"{figures['tokens'] / seconds:,.0f}")
    stages = Table("stage", "of the bare parse", title="Stages of 'all'")
    for name, share in sorted(figures["stages"].items(), key=lambda item: -item[1]):
        stages.add_row(name, f"{share:.3f}")
    stages.add_row("own: all but the parse", f"{figures['own']:.3f}")
    console.print(table, stages)
    peer = figures["textacy"]
    console.print(f"textacy: {peer['quotations']} quotations, {peer['failed']} documents failed")
    for name, size in figures.get("peak, MB", {}).items():
        console.print(f"peak of memory, {name}: {size:.0f} MB")


def main() -> None:
    """Read the arguments, measure, print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("texts", type=Path, nargs="?")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--json", type=Path)
    parser.add_argument("--only", choices=("bare", "all"), help=argparse.SUPPRESS)
    options = parser.parse_args()
    texts = texts_of(options.texts)
    if options.only:
        only(options.only, texts)
        return
    figures = measure(texts, options.rounds)
    figures["peak, MB"] = {name: peak(name, options.texts) for name in ("bare", "all")}
    show(figures)
    if options.json:
        options.json.write_text(json.dumps(figures, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
