"""How good predicted attributions are, against a reference: contents, sources, cues, speakers.

The metric is described in ``docs/evaluation.md``; it credits overlap where the exact match of Wang et al.,
"CofeNet: Context and Former-Label Enhanced Net for Complicated Quotation Extraction" (COLING 2022, Table 6)
credits equal edges only. Both are here.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from importlib import resources
from typing import Any

from attrs import field, frozen

from quoteattr.errors import FormatError
from quoteattr.evaluation.documents import ROLES, AnnotatedDocument, AttributionRow
from quoteattr.evaluation.pairing import Letters, Pair, Stretches, pair
from quoteattr.objects import KINDS

__all__ = ["Comparison", "Rates", "Scores", "ScoresRow", "exact", "score", "split_pieces", "text_of"]

THRESHOLDS = (0.5, 0.9)
FOUND = THRESHOLDS[0]
SAME_KIND = 0.3
"""A prediction that overlaps its reference at least so much counts under the reference's kind."""
ROWS = ("all", *KINDS, "reported")


@frozen
class Rates:
    """Precision, recall and their harmonic mean F1; ``None`` where a figure would mean nothing.

    >>> Rates.of(right=1, predicted=2, expected=4)
    Rates(precision=0.5, recall=0.25, f1=0.3333333333333333)
    """

    precision: float | None
    recall: float
    f1: float | None

    @classmethod
    def of(cls, right: int, predicted: int, expected: int) -> Rates:
        """The rates of ``right`` hits among ``predicted`` and among ``expected``; 0 where there are none."""
        precision = right / predicted if predicted else 0.0
        recall = right / expected if expected else 0.0
        return cls(precision, recall, 2 * precision * recall / (precision + recall) if right else 0.0)

    def to_dict(self) -> dict[str, float | None]:
        """A plain dictionary with the keys ``p``, ``r`` and ``f1``."""
        return {"p": self.precision, "r": self.recall, "f1": self.f1}


@frozen
class ScoresRow:
    """The figures of one part of the reference; each share is between 0 and 1, ``None`` where nothing counts.

    Attributes:
        gold: reference attributions.
        pred: predicted attributions; none in the row 'reported', which predictions do not have.
        content: by threshold of overlap (0.5, 0.9), the rates of contents that were found.
        attribution: the same, of contents found whose source is right too.
        source: of the found contents whose reference has a source, the share with the right one.
        cue: of the found contents whose reference has a cue, the share whose cue overlaps it.
        speaker: of the reference attributions with known names, the share found under one of them.
        speaker_of_found: the same, of the found ones.
    """

    gold: int
    pred: int
    content: Mapping[float, Rates]
    attribution: Mapping[float, Rates]
    source: float | None
    cue: float | None
    speaker: float | None
    speaker_of_found: float | None

    def to_dict(self) -> dict[str, Any]:
        """A plain dictionary that JSON can hold."""
        return {
            "gold": self.gold,
            "pred": self.pred,
            **{f"content@{threshold}": rates.to_dict() for threshold, rates in self.content.items()},
            **{f"attrib@{threshold}": rates.to_dict() for threshold, rates in self.attribution.items()},
            "source|0.5": self.source,
            "cue|0.5": self.cue,
            "speaker": self.speaker,
            "speaker|0.5": self.speaker_of_found,
        }


@frozen
class Scores:
    """The figures of `score`, by row: 'all', the reference's kinds, and 'reported'.

    Attributes:
        rows: a row is there only where the reference or the predictions have such attributions.
        documents: reference documents.
        unpredicted: how many of them have no predictions at all, not even an empty list.
        unknown: how many predicted documents the reference does not have; they are not counted.
    """

    rows: Mapping[str, ScoresRow] = field()
    documents: int = 0
    unpredicted: int = 0
    unknown: int = 0

    def __getitem__(self, row: str) -> ScoresRow:
        return self.rows[row]

    def to_dict(self) -> dict[str, Any]:
        """The rows as one plain dictionary that JSON can hold."""
        return {name: row.to_dict() for name, row in self.rows.items()}

    def table(self) -> str:
        """The figures in per cent as plain text, at most 80 columns wide."""
        return _table(self.rows)

    def __str__(self) -> str:
        return self.table()


def score(
    golds: Iterable[AnnotatedDocument], preds: Iterable[AnnotatedDocument], *, pieces: bool = False
) -> Scores:
    """Score predictions against a reference, both in the format of `load_jsonl`.

    Contents are paired one to one so that the sum of their overlaps is the largest.

    Args:
        golds: the reference, with texts.
        preds: the predictions, matched by ``id``; a document without any counts as one without attributions.
        pieces: count each contiguous piece of a content by itself, on both sides; for references that keep
            “A,” she said. “B.” apart, as LitBank does.

    Raises:
        FormatError: where a reference document has no text.

    >>> gold = {"id": "a", "text": "“No,” she said.", "attributions": [
    ...     {"content": [[0, 5]], "source": [[6, 9]], "cue": [[10, 14]], "kind": "direct"}]}
    >>> scores = score([gold], [{"id": "a", "attributions": [{"content": [[1, 3]], "kind": "direct"}]}])
    >>> scores["all"].content[0.9].f1, scores["all"].attribution[0.9].f1, scores["all"].cue
    (1.0, 0.0, 0.0)
    """
    golds = list(golds)
    predicted = {document["id"]: document["attributions"] for document in preds}
    counts: dict[str, Counter[str]] = {}
    for document in golds:
        reference, prediction = document["attributions"], predicted.get(document["id"], [])
        if pieces:
            reference, prediction = split_pieces(reference), split_pieces(prediction)
        for (row, what), number in _count(Comparison(text_of(document), reference, prediction)).items():
            counts.setdefault(row, Counter())[what] += number
    known = {document["id"] for document in golds}
    return Scores(
        rows={row: _scores_row(row, counts[row]) for row in ROWS if row in counts},
        documents=len(golds),
        unpredicted=len(known - predicted.keys()),
        unknown=len(predicted.keys() - known),
    )


def exact(golds: Iterable[AnnotatedDocument], preds: Iterable[AnnotatedDocument]) -> dict[str, Rates]:
    """The rates of content, source and cue spans with both edges right, white space aside.

    Each contiguous span counts once a document, whoever it belongs to; so the figures are those of Table 6
    of the CofeNet paper, over whole documents.

    >>> rows = [{"content": [[0, 5]], "cue": [[10, 14]]}]
    >>> gold = {"id": "a", "text": "“No,” she said.", "attributions": rows}
    >>> pred = {"id": "a", "attributions": [{"content": [[0, 6]], "cue": [[10, 15]]}]}
    >>> rates = exact([gold], [pred])
    >>> rates["content"].f1, rates["cue"].f1
    (1.0, 0.0)
    """
    predicted = {document["id"]: document["attributions"] for document in preds}
    right, given, expected = Counter[str](), Counter[str](), Counter[str]()
    for document in golds:
        text = text_of(document)
        for role in ROLES:
            gold = _trimmed(text, document["attributions"], role)
            pred = _trimmed(text, predicted.get(document["id"], []), role)
            right[role] += len(gold & pred)
            given[role] += len(pred)
            expected[role] += len(gold)
    return {role: Rates.of(right[role], given[role], expected[role]) for role in ROLES}


def split_pieces(attributions: Iterable[AttributionRow]) -> list[AttributionRow]:
    """The attributions, each contiguous piece of a content by itself."""
    return [{**row, "content": [piece]} for row in attributions for piece in row["content"]]


class Comparison:
    """The attributions of one document, paired and judged."""

    def __init__(self, text: str, gold: Sequence[AttributionRow], pred: Sequence[AttributionRow]) -> None:
        self.text, self.gold, self.pred = text, gold, pred
        self.letters = Letters(text)
        self.pairs = pair(self.letters, self._unions(gold), self._unions(pred))

    def _unions(self, rows: Sequence[AttributionRow]) -> list[Stretches]:
        return [self.letters.union(row["content"]) for row in rows]

    def gold_rows(self, position: int) -> set[str]:
        """The rows of the table in which a reference attribution counts."""
        gold = self.gold[position]
        words = " ".join(self.text[start:end] for start, end in gold.get("cue") or [])
        return {"all", gold.get("kind", "all")} | ({"reported"} if _reporting().search(words) else set())

    def source_right(self, found: Pair) -> bool:
        """Whether the sources share half the letters of the shorter one, or the reference's last word.

        Where the reference has no source, the prediction must have none.
        """
        gold, pred = self.gold[found.gold].get("source") or [], self.pred[found.pred].get("source") or []
        if not gold or not pred:
            return not gold and not pred
        expected, given = self.letters.union(gold), self.letters.union(pred)
        shared = self.letters.shared(expected, given)
        if not shared:
            return False
        if shared >= 0.5 * min(self.letters.count(expected), self.letters.count(given)):
            return True
        start, end = gold[-1]
        words = list(re.finditer(r"\w+", self.text[start:end]))
        return bool(words) and self._covers(given, start + words[-1].start())

    def _covers(self, stretches: Stretches, letter: int) -> bool:
        return self.text[letter].isalnum() and any(start <= letter < end for start, end in stretches)

    def cue_right(self, found: Pair) -> bool:
        """Whether the cues share a letter."""
        gold, pred = self.gold[found.gold].get("cue") or [], self.pred[found.pred].get("cue") or []
        return self.letters.shared(self.letters.union(gold), self.letters.union(pred)) > 0

    def speaker_right(self, found: Pair) -> bool:
        """Whether the resolved speaker is one of the reference's names, titles aside."""
        names = {_plain_name(alias) for alias in self.gold[found.gold].get("aliases") or []}
        return _plain_name(self.pred[found.pred].get("speaker")) in names


def _count(compared: Comparison) -> Counter[tuple[str, str]]:
    """What is to be counted of one document, by (row, what)."""
    counts: Counter[tuple[str, str]] = Counter()
    for position, gold in enumerate(compared.gold):
        for row in compared.gold_rows(position):
            counts[row, "gold"] += 1
            counts[row, "named"] += bool(gold.get("aliases"))
    kinds = {
        found.pred: compared.gold[found.gold].get("kind")
        for found in compared.pairs
        if found.iou >= SAME_KIND
    }
    for position, pred in enumerate(compared.pred):
        for row in {"all", kinds.get(position, pred.get("kind")) or "all"}:
            counts[row, "pred"] += 1
    for found in compared.pairs:
        judged = _judge(compared, found)
        for row in compared.gold_rows(found.gold):
            counts.update({(row, what): number for what, number in judged.items()})
    return counts


def _judge(compared: Comparison, found: Pair) -> dict[str, int]:
    """What one pair adds to each row that it counts in."""
    gold, source_right = compared.gold[found.gold], compared.source_right(found)
    adds: dict[str, int] = {}
    for threshold in THRESHOLDS:
        adds[f"content@{threshold}"] = found.iou >= threshold
        adds[f"attrib@{threshold}"] = found.iou >= threshold and source_right
    if found.iou >= FOUND:
        if gold.get("source"):
            adds |= {"sources": 1, "sources right": source_right}
        if gold.get("cue"):
            adds |= {"cues": 1, "cues right": compared.cue_right(found)}
        if gold.get("aliases"):
            adds |= {"speakers": 1, "speakers right": compared.speaker_right(found)}
    return adds


def _scores_row(name: str, counts: Counter[str]) -> ScoresRow:
    def rates(what: str) -> dict[float, Rates]:
        by_threshold = {
            t: Rates.of(counts[f"{what}@{t}"], counts["pred"], counts["gold"]) for t in THRESHOLDS
        }
        if name == "reported":  # predictions have no such row, so only the recall means something
            return {t: Rates(None, rates.recall, None) for t, rates in by_threshold.items()}
        return by_threshold

    def share(part: str, whole: str) -> float | None:
        return counts[part] / counts[whole] if counts[whole] else None

    return ScoresRow(
        gold=counts["gold"],
        pred=counts["pred"],
        content=rates("content"),
        attribution=rates("attrib"),
        source=share("sources right", "sources"),
        cue=share("cues right", "cues"),
        speaker=share("speakers right", "named"),
        speaker_of_found=share("speakers right", "speakers"),
    )


def _table(rows: Mapping[str, ScoresRow]) -> str:
    lines = []
    for threshold in THRESHOLDS:
        first = threshold == FOUND
        headings = ["P", "R", "F1"] * 2 + (["src", "cue", "spk", "spk|"] if first else [])
        lines += [
            f"overlap ≥ {threshold}".ljust(20) + f"{'content':^18}{'attribution':^18}".rstrip(),
            f"{'':8}{'gold':>6}{'pred':>6}" + "".join(f"{heading:>6}" for heading in headings),
        ]
        for name, row in rows.items():
            figures = [*_three(row.content[threshold]), *_three(row.attribution[threshold])]
            if first:
                figures += [row.source, row.cue, row.speaker, row.speaker_of_found]
            cells = "".join("     —" if figure is None else f"{100 * figure:6.1f}" for figure in figures)
            pred = "—" if name == "reported" else row.pred
            lines.append(f"{name:8}{row.gold:6}{pred:>6}{cells}")
        lines.append("")
    return "\n".join(lines[:-1])


def _three(rates: Rates) -> tuple[float | None, float | None, float | None]:
    return rates.precision, rates.recall, rates.f1


def text_of(document: AnnotatedDocument) -> str:
    """The text of a reference document; `FormatError` where it has none."""
    if "text" not in document:
        raise FormatError(f"The reference document {document['id']!r} has no 'text'; add it.")
    return document["text"]


def _trimmed(text: str, rows: Iterable[AttributionRow], role: str) -> set[tuple[int, int]]:
    """The spans of one role, without the white space at their edges."""
    spans: Iterable[list[int]] = (span for row in rows for span in row.get(role) or [])  # type: ignore[attr-defined]
    trimmed = set()
    for start, end in spans:
        words = text[start:end]
        lead = len(words) - len(words.lstrip())
        trimmed.add((start + lead, start + lead + len(words.strip())))
    return trimmed


@cache
def _word_lists() -> dict[str, list[str]]:
    data = resources.files("quoteattr").joinpath("data/evaluation.json").read_text(encoding="utf-8")
    lists: dict[str, list[str]] = json.loads(data)
    return lists


@cache
def _reporting() -> re.Pattern[str]:
    forms = "|".join(form.replace(" ", r"\s") for form in _word_lists()["reporting"])
    return re.compile(rf"\b(?:{forms})\b", re.IGNORECASE)


@cache
def _title() -> re.Pattern[str]:
    return re.compile(rf"(?:{'|'.join(_word_lists()['titles'])})\.?\s+", re.IGNORECASE)


def _plain_name(name: str | None) -> str:
    """A name as it is compared: no case, no titles in front, no possessive, no stop at the end.

    >>> _plain_name("Mr. Harker’s"), _plain_name("The  Rev. Ames")
    ('harker', 'rev. ames')
    """
    plain = re.sub(r"[’']s$", "", " ".join((name or "").split()))
    while title := _title().match(plain):
        plain = plain[title.end() :]
    return plain.casefold().strip(" .,")
