"""The documents in an input: a text file is one, a row of JSON Lines, CSV or Parquet is one."""

from __future__ import annotations

import csv
import io
import json
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from hashlib import blake2b
from typing import Any, BinaryIO

from attrs import frozen

from quoteattr.cli.sources import STDIN, Failure, InputFormat, Source
from quoteattr.extras import require

__all__ = ["Document", "Layout", "count", "documents"]

_SURROGATE = re.compile("[\ud800-\udfff]")
_DELIMITERS = ",;\t|"
_LARGEST_FIELD = 2**31 - 1
_CHUNK = 1 << 20


@frozen
class Document:
    """A text to read.

    Attributes:
        id: what the output calls it.
        text: the text.
        place: where it stands, for messages.
    """

    id: str
    text: str
    place: str

    @property
    def digest(self) -> str:
        """The same for the same id and text."""
        content = f"{self.id}\0{self.text}".encode("utf-8", "surrogatepass")
        return blake2b(content, digest_size=16).hexdigest()


@frozen
class Layout:
    """How inputs are laid out.

    Attributes:
        text_column: the column, or key, of the text.
        id_column: that of the id; ``None`` for 'id' where there is one.
        encoding: of text, JSON Lines and CSV.
    """

    text_column: str = "text"
    id_column: str | None = None
    encoding: str = "utf-8"


def documents(inputs: Iterable[Source | Failure], layout: Layout) -> Iterator[Document | Failure]:
    """The documents of all inputs, read as they are asked for, and a failure for each that cannot be read."""
    for source in inputs:
        if isinstance(source, Failure):
            yield source
            continue
        try:
            with _opened(source.path) as file:
                yield from _READERS[source.format](source.path, file, layout)
        except OSError as error:
            yield Failure(source.path, f"cannot be read: {error.strerror or error}.")


def count(inputs: Iterable[Source | Failure]) -> int | None:
    """How many documents there are, for a progress bar; ``None`` where only reading would tell."""
    total = 0
    for source in inputs:
        if isinstance(source, Failure):
            continue
        if source.format is InputFormat.CSV or (
            source.path == STDIN and source.format is not InputFormat.TEXT
        ):
            return None
        try:
            total += _count(source)
        except Exception:  # the reader will say what is amiss
            return None
    return total


def _count(source: Source) -> int:
    if source.format is InputFormat.TEXT:
        return 1
    with _opened(source.path) as file:
        if source.format is InputFormat.PARQUET:
            rows = int(_parquet(file).metadata.num_rows)
            if rows < 0:
                raise ValueError("the file is broken")
            return rows
        return sum(chunk.count(b"\n") for chunk in iter(lambda: file.read(_CHUNK), b""))


@contextmanager
def _opened(path: str) -> Iterator[BinaryIO]:
    if path == STDIN:
        yield sys.stdin.buffer
        return
    with open(path, "rb") as file:
        yield file


def _read_text(path: str, file: BinaryIO, layout: Layout) -> Iterator[Document | Failure]:
    try:
        yield Document(path, _without_mark(file.read().decode(layout.encoding)), path)
    except UnicodeError as error:
        yield Failure(path, _wrong_encoding(layout, error))


@contextmanager
def _lines(file: BinaryIO, layout: Layout, newline: str) -> Iterator[io.TextIOWrapper]:
    """The lines of a file; bytes that are not in the encoding are kept apart as surrogates.

    So one bad row is one failure. Some encodings have no place for such bytes: their lines raise.
    """
    lines = io.TextIOWrapper(file, layout.encoding, errors="surrogateescape", newline=newline)
    try:
        yield lines
    finally:
        lines.detach()


def _read_jsonl(path: str, file: BinaryIO, layout: Layout) -> Iterator[Document | Failure]:
    number = 0
    with _lines(file, layout, newline="\n") as lines:
        try:
            for number, line in enumerate(lines, 1):
                content = _without_mark(line)
                if content.strip():
                    yield _json_row(content, f"{path}:{number}", layout)
        except UnicodeError:
            yield Failure(path, f"from line {number + 1} on {_wrong_encoding(layout)}")


def _json_row(line: str, place: str, layout: Layout) -> Document | Failure:
    if _SURROGATE.search(line):
        return Failure(place, _wrong_encoding(layout))
    try:
        return _row(json.loads(line), place, layout)
    except (ValueError, RecursionError) as error:
        return Failure(place, f"not JSON ({error}); write one object a line.")


def _read_csv(path: str, file: BinaryIO, layout: Layout) -> Iterator[Document | Failure]:
    csv.field_size_limit(_LARGEST_FIELD)
    read = 0
    with _lines(file, layout, newline="") as lines:
        try:
            header = _without_mark(lines.readline())
            read = 1
            delimiter = max(_DELIMITERS, key=lambda sign: layout.text_column in _cells(header, sign))
            rows = csv.DictReader(lines, fieldnames=_cells(header, delimiter), delimiter=delimiter)
            if layout.text_column not in (rows.fieldnames or ()):
                yield _no_column(path, list(rows.fieldnames or ()), layout)
                return
            for number, row in enumerate(rows, 2):
                yield _csv_row(row, f"{path}:{number}", layout)
                read = 1 + rows.line_num
        except csv.Error as error:
            yield Failure(path, f"not CSV from line {read + 1} on ({error}).")
        except UnicodeError:
            yield Failure(path, f"from line {read + 1} on {_wrong_encoding(layout)}")


def _csv_row(row: Mapping[str, Any], place: str, layout: Layout) -> Document | Failure:
    if any(isinstance(cell, str) and _SURROGATE.search(cell) for cell in row.values()):
        return Failure(place, _wrong_encoding(layout))
    return _row(row, place, layout)


def _cells(line: str, delimiter: str) -> list[str]:
    return next(csv.reader([line.rstrip("\r\n")], delimiter=delimiter), [])


def _read_parquet(path: str, file: BinaryIO, layout: Layout) -> Iterator[Document | Failure]:
    arrow = require("pyarrow", "frame", "Reading Parquet")
    try:
        table = _parquet(file)
        names = list(table.schema_arrow.names)
        if layout.text_column not in names:
            yield _no_column(path, names, layout)
            return
        wanted = [name for name in (layout.text_column, layout.id_column or "id") if name in names]
        number = 0
        for batch in table.iter_batches(batch_size=256, columns=wanted):
            for row in batch.to_pylist():
                number += 1
                yield _row(row, f"{path}:{number}", layout)
    except (arrow.ArrowException, ValueError, OverflowError) as error:
        yield Failure(path, f"not Parquet that can be read ({error}).")


def _parquet(file: BinaryIO) -> Any:
    parquet = require("pyarrow.parquet", "frame", "Reading Parquet")
    return parquet.ParquetFile(file if file.seekable() else io.BytesIO(file.read()))


def _row(row: Any, place: str, layout: Layout) -> Document | Failure:
    if not isinstance(row, Mapping):
        return Failure(place, f"write an object with the text under {layout.text_column!r}.")
    if layout.text_column not in row:
        return _no_column(place, list(row), layout)
    text = row[layout.text_column]
    if not isinstance(text, str):
        return Failure(place, f"{layout.text_column!r} holds no text.")
    if layout.id_column is not None and layout.id_column not in row:
        return Failure(place, f"there is no {layout.id_column!r}; name the id with --id-column.")
    name = row.get(layout.id_column or "id")
    return Document(place if name is None or name == "" else str(name), text, place)


def _no_column(place: str, names: list[Any], layout: Layout) -> Failure:
    there = ", ".join(repr(name) for name in names[:12]) or "nothing"
    return Failure(
        place, f"there is no {layout.text_column!r} but {there}; name the text with --text-column."
    )


def _without_mark(text: str) -> str:
    """The text without the byte order mark before it, which is no part of it."""
    return text.removeprefix("\ufeff")


def _wrong_encoding(layout: Layout, error: UnicodeError | None = None) -> str:
    """What to say; some codecs do not tell the byte."""
    at = f" (byte {error.start})" if isinstance(error, UnicodeDecodeError) else ""
    return f"not in the encoding {layout.encoding}{at}; convert it, or give --encoding."


_READERS: dict[InputFormat, Callable[[str, BinaryIO, Layout], Iterator[Document | Failure]]] = {
    InputFormat.TEXT: _read_text,
    InputFormat.JSONL: _read_jsonl,
    InputFormat.CSV: _read_csv,
    InputFormat.PARQUET: _read_parquet,
}
