"""Fits how sure a speaker is: the share of right names, by kind of mention and by the share that decided.

Usage: python training/speakers/confidence.py REFERENCE.jsonl … [--write]

Each reference holds one document a line, as docs/evaluation.md describes it; the shipped corpus is read too.
A speaker that is found with the right source, and has a name, is right where the name is one of the
reference's. Where the reference has none, the name counts as wrong with a weight of `NAMELESS`. A straight
line a kind of mention is fitted by least squares; for speakers without a name it is the share for whom
the reference has none either. The printed figures are expected calibration errors: of each document, by a
fit on the others.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, NamedTuple, get_args

import numpy as np

from quoteattr import QuoteExtractor, corpus, evaluation
from quoteattr.evaluation.documents import AnnotatedDocument
from quoteattr.evaluation.metric import FOUND, Comparison
from quoteattr.objects import MentionKind, walk
from quoteattr.speakers import resolution

WEIGHTS = Path(__file__).parents[2] / "quoteattr" / "data" / "speaker_weights.json"
KINDS: tuple[MentionKind, ...] = get_args(MentionKind)
NAMELESS = 0.3  # references find fewer of the names than there are
BINS = 10
FOLDS = 10


class Case(NamedTuple):
    """One speaker that was found: where, how mentioned, with a name or not, by which share, right or not."""

    document: str
    kind: MentionKind
    named: bool
    share: float
    right: bool
    weight: float


def cases(extractor: QuoteExtractor, golds: Iterable[AnnotatedDocument]) -> list[Case]:
    """The speakers of the quotes that are found with the right source."""
    found = []
    for gold in golds:
        quotes = extractor.extract(gold["text"])
        speakers = [quote.speaker for quote, _ in walk(quotes)]
        rows = evaluation.predictions(quotes, gold["id"])["attributions"]
        compared = Comparison(gold["text"], gold["attributions"], rows)
        for pair in compared.pairs:
            speaker = speakers[pair.pred]
            sourced = bool(gold["attributions"][pair.gold].get("source"))
            if speaker is None or pair.iou < FOUND or (sourced and not compared.source_right(pair)):
                continue
            known = bool(gold["attributions"][pair.gold].get("aliases"))
            named = speaker.name is not None
            right = compared.speaker_right(pair) if named else not known
            weight = NAMELESS if named and not known else 1.0
            found.append(Case(gold["id"], speaker.mention_kind, named, speaker.confidence, right, weight))
    return found


def fit(found: Sequence[Case]) -> dict[str, dict[str, Any]]:
    """The tables of `quoteattr.speakers.confidence`."""
    named, nameless = {}, {}
    for kind in KINDS:
        some = [case for case in found if case.kind == kind and case.named]
        shares = np.array([case.share for case in some])
        right = np.array([float(case.right) for case in some])
        weight = np.array([case.weight for case in some])
        if np.ptp(shares) < 0.1:  # a name is found or not; no share tells
            named[kind] = [round(float(right @ weight / weight.sum()), 3), 0.0]
        else:
            slope, base = np.polyfit(shares, right, 1, w=np.sqrt(weight))
            named[kind] = [round(float(base), 3), round(float(slope), 3)]
        open_ones = [case.right for case in found if case.kind == kind and not case.named]
        nameless[kind] = round((1 + sum(open_ones)) / (2 + len(open_ones)), 3)
    return {"named": named, "nameless": nameless}


def sureness(case: Case, tables: dict[str, dict[str, Any]]) -> float:
    """What `tables` hold of one speaker with a name."""
    base, slope = tables["named"][case.kind]
    return float(min(max(base + slope * case.share, 0.0), 1.0))


def held_out(found: Sequence[Case]) -> list[tuple[Case, float]]:
    """Each speaker with a name, and how sure a fit on other documents is of it."""
    judged = []
    documents = sorted({case.document for case in found})
    for fold in range(FOLDS):
        out = set(documents[fold::FOLDS])
        tables = fit([case for case in found if case.document not in out])
        judged += [(case, sureness(case, tables)) for case in found if case.named and case.document in out]
    return judged


def error(judged: Iterable[tuple[Case, float]]) -> float:
    """The expected calibration error."""
    bins = np.zeros((BINS, 2))
    for case, sure in judged:
        bins[min(int(sure * BINS), BINS - 1)] += case.weight * (sure - case.right), case.weight
    return float(np.abs(bins[:, 0]).sum() / bins[:, 1].sum())


def main() -> None:
    """Fits, prints, and writes the figures where it is asked to."""
    parser = argparse.ArgumentParser()
    parser.add_argument("references", nargs="+", type=Path)
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    resolution.confidence = lambda *given: given[-1]  # the share as it is
    extractor = QuoteExtractor(acts="all")
    golds = {path.stem: evaluation.load_jsonl(path) for path in options.references}
    golds["corpus"] = [article.to_reference("all") for article in corpus.load()]
    found = {name: cases(extractor, documents) for name, documents in golds.items()}
    everything = [case for some in found.values() for case in some]
    judged = held_out(everything)
    for name, some in found.items():
        ids = {case.document for case in some}
        print(f"{name}: error {error(one for one in judged if one[0].document in ids):.3f}")
    tables = fit(everything)
    print(f"all: {len(judged)} with a name, error {error(judged):.3f}\n{json.dumps(tables)}")
    if options.write:
        data = json.loads(WEIGHTS.read_text(encoding="utf-8"))
        data["confidence"] = tables
        WEIGHTS.write_text(json.dumps(data, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
