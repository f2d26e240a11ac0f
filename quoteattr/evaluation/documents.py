"""Annotated documents in JSON Lines: reading, writing, and turning quotes into predictions."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator
from typing import Any, Literal, TypedDict, cast

from quoteattr.errors import FormatError
from quoteattr.objects import Quote, Quotes, Span

__all__ = ["AnnotatedDocument", "AttributionRow", "Edges", "load_jsonl", "predictions", "write_jsonl"]

Edges = Literal["plain", "polnear"]

ROLES = ("content", "source", "cue")


class _AttributionContent(TypedDict):
    content: list[list[int]]


class AttributionRow(_AttributionContent, total=False):
    """One attribution: spans are [start, end] in characters of the text, end exclusive.

    ``content`` is required. ``aliases`` (every name that is right) belongs to a reference, ``confidence`` and
    ``speaker_confidence`` (between 0 and 1) to a prediction.
    """

    source: list[list[int]]
    cue: list[list[int]]
    kind: str
    speaker: str | None
    aliases: list[str]
    confidence: float
    speaker_confidence: float | None


class _AnnotatedText(TypedDict):
    id: str
    attributions: list[AttributionRow]


class AnnotatedDocument(_AnnotatedText, total=False):
    """One document: ``id`` and ``attributions`` are required, ``text`` only in a reference."""

    text: str


def load_jsonl(path: str | os.PathLike[str]) -> list[AnnotatedDocument]:
    """Read annotated documents, one JSON object a line; empty lines are passed over.

    Raises:
        FormatError: where a line is not such a document, or an id comes twice; the message names the line.
        OSError: where the file cannot be read.
    """
    documents: list[AnnotatedDocument] = []
    first_line: dict[object, int] = {}
    with open(path, encoding="utf-8-sig") as file:
        for number, line in enumerate(_lines(file, path), start=1):
            if not line.strip():
                continue
            place = f"{os.fspath(path)}, line {number}"
            document = _parse(line, place)
            if document["id"] in first_line:
                earlier = first_line[document["id"]]
                raise FormatError(f"{place}: the id {document['id']!r} is that of line {earlier}; keep one.")
            first_line[document["id"]] = number
            documents.append(document)
    return documents


def write_jsonl(path: str | os.PathLike[str], documents: Iterable[AnnotatedDocument]) -> None:
    """Write annotated documents, one JSON object a line, for `load_jsonl` to read."""
    with open(path, "w", encoding="utf-8") as file:
        for document in documents:
            file.write(json.dumps(document, ensure_ascii=True) + "\n")


def predictions(quotes: Quotes, doc_id: str, edges: Edges = "plain") -> AnnotatedDocument:
    """The quotes of one text as a prediction to be scored; a quote inside a quote is a row of its own.

    Args:
        quotes: of one text.
        doc_id: the id of the document in the reference.
        edges: 'plain' as the quotes have them; 'polnear' as the annotators of PolNeAR mark: the comma that
            closes an apposition belongs to the source ('Ida Holm, the mayor,'), the colon behind a cue to the
            cue ('said:'). Only figures with equal edges (`exact`) tell the two apart.

    >>> predictions(Quotes("Nobody spoke."), "a-1")
    {'id': 'a-1', 'attributions': []}
    """
    rows = [_row(quote) for quote in _with_nested(quotes)]
    if edges == "polnear":
        for row in rows:
            row["source"] = [_with_comma(quotes.text, *span) for span in row["source"]]
            row["cue"] = [_with_colon(quotes.text, *span) for span in row["cue"]]
    return {"id": doc_id, "attributions": rows}


def _with_comma(text: str, start: int, end: int) -> list[int]:
    return [start, end + (text[end : end + 1] == "," and "," in text[start:end])]


def _with_colon(text: str, start: int, end: int) -> list[int]:
    return [start, end + (text[end : end + 1] == ":")]


def _with_nested(quotes: Iterable[Quote]) -> Iterator[Quote]:
    pending = list(quotes)[::-1]
    while pending:
        quote = pending.pop()
        yield quote
        pending.extend(reversed(quote.nested))


def _row(quote: Quote) -> AttributionRow:
    return {
        "content": [_pair(span) for span in quote.spans],
        "source": [_pair(quote.speaker.mention)] if quote.speaker and quote.speaker.mention else [],
        "cue": [_pair(quote.cue.span)] if quote.cue else [],
        "kind": quote.kind,
        "speaker": quote.speaker.name if quote.speaker else None,
        "confidence": quote.confidence,
        "speaker_confidence": quote.speaker.confidence if quote.speaker else None,
    }


def _pair(span: Span) -> list[int]:
    return [span.start, span.end]


def _lines(file: Iterable[str], path: str | os.PathLike[str]) -> Iterator[str]:
    try:
        yield from file
    except UnicodeDecodeError as error:
        raise FormatError(f"{os.fspath(path)} is not UTF-8 ({error}); convert it first.") from None


def _parse(line: str, place: str) -> AnnotatedDocument:
    try:
        data: Any = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise FormatError(f"{place}: not JSON ({error}); write one object a line.") from None
    if not isinstance(data, dict) or not isinstance(data.get("attributions"), list):
        raise FormatError(f"{place}: write an object with 'id' and a list 'attributions'.")
    if not isinstance(data.get("id"), str | int):
        raise FormatError(f"{place}: give the document an 'id', a string or a whole number.")
    if not isinstance(data.get("text", ""), str):
        raise FormatError(f"{place}: 'text' must be a string.")
    for position, row in enumerate(data["attributions"]):
        _check_row(row, f"{place}, attribution {position}")
    return cast(AnnotatedDocument, data)


def _check_row(row: Any, place: str) -> None:
    if not isinstance(row, dict) or row.get("content") is None:
        raise FormatError(f"{place}: write an object with a 'content'.")
    for key in ("kind", "speaker"):
        if not isinstance(row.get(key, ""), str | None):
            raise FormatError(f"{place}: '{key}' must be a string.")
    aliases = row.get("aliases") or []
    if not isinstance(aliases, list) or not all(isinstance(alias, str) for alias in aliases):
        raise FormatError(f"{place}: 'aliases' must be a list of strings.")
    for role in ROLES:
        for span in _spans([] if row.get(role) is None else row[role], role, place):
            start_end = isinstance(span, list) and len(span) == 2 and all(type(edge) is int for edge in span)
            if not start_end or not 0 <= span[0] <= span[1]:
                raise FormatError(f"{place}: write each span of '{role}' as [start, end], not {span!r}.")


def _spans(value: Any, role: str, place: str) -> list[Any]:
    if not isinstance(value, list):
        raise FormatError(f"{place}: '{role}' must be a list of spans.")
    return value
