"""How well the quotations found agree with annotated direct speech, and the paragraphs with known ones.

usage: python benchmarks/marks.py FOLDER [--files NAME ...] [--misses N] [--sample N [--seed S]]

FOLDER holds polnear-dev.jsonl, litbank-a.jsonl, gum-a.jsonl (or other files of that form): one document a
line, with ``text`` and ``attributions``, each with ``content`` (character ranges) and ``kind``. The word
'corpus' in its place stands for the articles of `quoteattr.corpus`.

For each file two figures about the contiguous pieces of the annotated contents of kind 'direct':

exact   of the pieces that begin and end with a quotation mark, the share that are one quotation, to the
        character
inside  of all pieces, the share whose letters and digits are those of one quotation, marks inside or not

and, for each way of setting the same paragraphs, the share that `layout.paragraphs` finds again.

``--misses N`` prints N of the pieces that are not exact. ``--sample N`` prints, instead of figures, N of the
quotations found, drawn at random, and every mark that was taken for none, with what stands around them: to be
read, and each judged.
"""

from __future__ import annotations

import argparse
import json
import random
import textwrap
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from quoteattr import corpus
from quoteattr.layout import paragraphs
from quoteattr.marks import quotations
from quoteattr.marks.signs import marks
from quoteattr.marks.table import table

CORPUS = Path("corpus")


def documents(path: Path) -> Iterator[dict]:
    """The documents of a file, one JSON object a line, or of the corpus."""
    if path == CORPUS:
        yield from (article.to_reference("all") for article in corpus.load())
        return
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)


def core(text: str, start: int, end: int) -> tuple[int, int]:
    """The range without what is neither letter nor digit at its edges."""
    while start < end and not text[start].isalnum():
        start += 1
    while end > start and not text[end - 1].isalnum():
        end -= 1
    return start, end


def direct_pieces(document: dict) -> set[tuple[int, int]]:
    """The contiguous pieces of the direct contents, white space around them left out."""
    text = document["text"]
    pieces = set()
    for attribution in document["attributions"]:
        for start, end in attribution["content"] if attribution["kind"] == "direct" else ():
            body = text[start:end]
            lead = len(body) - len(body.lstrip())
            pieces.add((start + lead, start + lead + len(body.strip())))
    return pieces


def is_mark(text: str, position: int) -> bool:
    """Whether a quotation mark stands at ``position``."""
    return text[position] in table().level


def measure(path: Path, misses: int) -> None:
    """Print the figures of one file."""
    marked = exact = all_pieces = inside = found = unpaired = characters = 0
    missed = []
    seconds = 0.0
    for document in documents(path):
        text = document["text"]
        clock = time.perf_counter()
        read = quotations(text, paragraphs(text))
        seconds += time.perf_counter() - clock
        characters += len(text)
        found += len(read)
        unpaired += sum(not (q.opener and q.closer) for q in read)
        whole = {(q.start, q.end) for q in read}
        cores = {core(text, q.start, q.end) for q in read}
        for start, end in sorted(direct_pieces(document)):
            all_pieces += 1
            hit = core(text, start, end) in cores
            inside += hit
            both = is_mark(text, start) and is_mark(text, end - 1)
            marked += both
            exact += both and (start, end) in whole
            if (both and (start, end) not in whole) or not hit:
                missed.append(
                    (document["id"], text[max(0, start - 60) : start], text[start:end], text[end : end + 60])
                )
    print(
        f"{path.name:20} exact {exact}/{marked} = {exact / max(marked, 1):.1%}   "
        f"inside {inside}/{all_pieces} = {inside / max(all_pieces, 1):.1%}   "
        f"quotations {found}, of them {unpaired} without opener or closer   "
        f"{characters / max(seconds, 1e-9) / 1e6:.1f} M characters/s"
    )
    for name, before, piece, after in missed[:: max(1, len(missed) // misses)][:misses] if misses else ():
        print(f"  {name}\n    {before!r}\n    >>> {piece!r}\n    {after!r}")


def print_sample(path: Path, number: int, seed: int) -> None:
    """Print some of the quotations of a file, and all marks that neither open nor close one."""
    found = []
    unpaired = []
    for document in documents(path):
        text = document["text"]
        ranges = paragraphs(text)
        read = quotations(text, ranges)
        found += [(text, q.start, q.end, f"{q.depth} {q.opener}…{q.closer}") for q in read]
        paired = {q.start for q in read} | {q.end - len(q.closer) for q in read}
        signs = (mark for some in marks(text, ranges) for mark in some)
        unpaired += [(text, mark.start, mark.end, "none") for mark in signs if mark.start not in paired]
    drawn = random.Random(seed).sample(found, min(number, len(found)))
    print(f"{path.name}: {len(drawn)} of {len(found)} quotations, seed {seed}; {len(unpaired)} marks of none")
    for count, (text, start, end, what) in enumerate([*drawn, *unpaired]):
        words = text[start:end]
        words = words if len(words) <= 240 else f"{words[:120]} […] {words[-110:]}"
        line = f"{text[max(0, start - 70) : start]}⟦{words}⟧{text[end : end + 50]}"
        print(f"{count} {what}  {line.replace(chr(10), '⏎')}")


def wrap(paragraph: str, width: int = 72, **options: str) -> str:
    """The paragraph in lines of at most ``width`` characters."""
    return textwrap.fill(paragraph, width, break_long_words=False, break_on_hyphens=False, **options)


SETTINGS: dict[str, Callable[[list[str]], str]] = {
    "one a line": "\n".join,
    "blank lines, CR LF": "\r\n\r\n".join,
    "wrapped, blank lines": lambda parts: "\n\n".join(map(wrap, parts)),
    "wrapped, first lines indented": lambda parts: "\n".join(wrap(p, initial_indent="    ") for p in parts),
    "wrapped, all indented, blank lines": lambda parts: "\n\n".join(
        wrap(p, initial_indent="    ", subsequent_indent="    ") for p in parts
    ),
    "wrapped, nothing between": lambda parts: "\n".join(map(wrap, parts)),
}


def measure_layout(path: Path) -> None:
    """Print the share of paragraphs found again in each setting."""
    known = [
        [" ".join(p.split()) for p in document["text"].split("\n") if p.strip()]
        for document in documents(path)
    ]
    total = sum(map(len, known))
    for name, setting in SETTINGS.items():
        hits = 0
        for parts in known:
            text = setting(parts)
            read = {" ".join(text[start:end].split()) for start, end in paragraphs(text)}
            hits += sum(part in read for part in parts)
        print(f"{path.name:20} {name:36} {hits}/{total} = {hits / total:.1%}")


def main() -> None:
    """Read the arguments and measure each file."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", type=Path)
    parser.add_argument("--misses", type=int, default=0)
    parser.add_argument("--sample", type=int, default=0)
    parser.add_argument("--seed", type=int, default=2026)
    parser.add_argument("--files", nargs="+", default=["polnear-dev.jsonl", "litbank-a.jsonl", "gum-a.jsonl"])
    options = parser.parse_args()
    paths = [CORPUS] if options.folder == CORPUS else [options.folder / name for name in options.files]
    for path in paths:
        if options.sample:
            print_sample(path, options.sample, options.seed)
        else:
            measure(path, options.misses)
            measure_layout(path)


if __name__ == "__main__":
    main()
