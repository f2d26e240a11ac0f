"""The output of a run: standard output, a file, or a file that an earlier run began."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator, Mapping
from contextlib import closing, suppress
from io import RawIOBase
from typing import Any, Protocol

from attrs import define, field

from quoteattr.cli.formats import Format
from quoteattr.cli.record import Record, read_record
from quoteattr.errors import OptionError
from quoteattr.export import to_arrow
from quoteattr.extras import require
from quoteattr.objects import Quotes

__all__ = ["FileOutput", "Output", "OutputLostError", "StreamOutput", "companions"]

_ROWS_AT_ONCE = 20_000


class OutputLostError(Exception):
    """The output cannot be written any more."""


class Output(Protocol):
    """Where the results go."""

    def begin(self) -> None:
        """Begin the output, or find where to carry on."""
        ...

    def end(self, error: BaseException | None) -> None:
        """Leave the output usable, whatever happened."""
        ...

    def has(self, digest: str) -> bool:
        """Whether the document is in the output from an earlier run."""
        ...

    def add(self, content: str, digest: str) -> None:
        """Add a document."""
        ...


def companions(path: str) -> tuple[str, str]:
    """The files that may lie beside an output: its record, and the rows that Parquet is made of."""
    return f"{path}.progress", f"{path}.rows"


@define
class StreamOutput:
    """Standard output, or a pipe or device with a name, written as results come."""

    format: Format
    path: str | None = None
    _file: RawIOBase | None = field(default=None, init=False)

    def begin(self) -> None:
        """Write what comes before the first document."""
        if self.path is not None:
            self._file = open(self.path, "wb", buffering=0)  # noqa: SIM115 - closed by `end`
        self._write(self.format.head())

    def end(self, error: BaseException | None) -> None:
        """Write what comes after the last document, if anybody still reads."""
        if not isinstance(error, OSError | OutputLostError):
            self._write(self.format.foot())
        if self._file is not None:
            self._file.close()

    def has(self, digest: str) -> bool:
        """Never: what was written to a stream cannot be known."""
        del digest
        return False

    def add(self, content: str, digest: str) -> None:
        """Write a document."""
        del digest
        self._write(content)

    def _write(self, content: str) -> None:
        if self._file is not None:
            _write(self._file, content)
        elif content:
            sys.stdout.buffer.write(content.encode())
            sys.stdout.buffer.flush()


@define
class FileOutput:
    """A file with its record beside it.

    Each document is written at once, and then noted in the record; so the record never promises too much,
    and an output that was cut off in the middle of a document is cut back to what the record says.

    Args:
        path: the file.
        format: its format.
        options: what the results depend on.
        resume: whether to carry on with what an earlier run left, and to keep the record in the end.
    """

    path: str
    format: Format
    options: Mapping[str, Any]
    resume: bool = False
    _earlier: Record | None = field(default=None, init=False)
    _file: RawIOBase | None = field(default=None, init=False)
    _record: RawIOBase | None = field(default=None, init=False)
    _end: int = field(default=0, init=False)

    @property
    def _written(self) -> str:
        """The file that documents are written to."""
        return companions(self.path)[1] if self.format.spooled else self.path

    def check(self) -> None:
        """See whether the output may be written, before any work is done.

        Raises:
            OptionError: it is not to be overwritten or cannot be continued.
            FormatError: its record is not readable.
            OSError: the folder is not there.
        """
        record, _ = companions(self.path)
        folder = os.path.dirname(self.path) or "."
        if not os.path.isdir(folder):
            raise OptionError(f"There is no folder {folder}: make it, or choose another output.")
        found = read_record(record)
        if found is not None and not self.resume and not found.finished:
            raise OptionError(
                f"{self.path} holds a run that was stopped: add --resume to continue it, "
                f"or delete {record} to begin anew."
            )
        if not self.resume:
            return
        if found is None:
            if os.path.exists(self.path) and os.path.getsize(self.path):
                raise OptionError(
                    f"{self.path} is there, but no {record} that tells what is in it: "
                    "move it away, or choose another output."
                )
            return
        found.check(self.options, self.path)
        if not os.path.exists(self._written) or os.path.getsize(self._written) < found.end:
            raise OptionError(f"{self._written} is shorter than {record} tells: delete both to begin anew.")
        self._earlier = found

    def begin(self) -> None:
        """Open the file and its record, or cut them to what is sound and open them at the end."""
        record, _ = companions(self.path)
        if self._earlier is not None:
            self._end = self._earlier.end
            self._file = _cut(self._written, self._end)
            self._record = _cut(record, self._earlier.size)
            return
        self._file = open(self._written, "wb", buffering=0)  # noqa: SIM115 - closed by `end`
        self._record = open(record, "wb", buffering=0)  # noqa: SIM115
        _write(self._file, self.format.head())
        self._note({"options": dict(self.options)})

    def has(self, digest: str) -> bool:
        """Whether an earlier run wrote the document; of one that comes twice, whether it did twice."""
        return self._earlier is not None and self._earlier.takes(digest)

    def add(self, content: str, digest: str) -> None:
        """Write a document and note that it is written."""
        assert self._file is not None
        _write(self._file, content)
        self._note({"document": digest})

    def _note(self, entry: dict[str, Any]) -> None:
        assert self._file is not None
        assert self._record is not None
        end = self._file.tell()
        _write(self._record, json.dumps({**entry, "end": end}) + "\n")
        self._end = end

    def end(self, error: BaseException | None) -> None:
        """Close the file; take the record away if the run is at its end and is not to be continued."""
        assert self._file is not None
        assert self._record is not None
        record, spool = companions(self.path)
        with closing(self._file), closing(self._record):
            if isinstance(error, OutputLostError):
                # The disk is full or gone: what was half written goes, so that each document is whole.
                with suppress(OSError):
                    self._file.truncate(self._end)
                return
            _write(self._file, self.format.foot())
            if error is None and self.resume:
                _write(self._record, json.dumps({"finished": True}) + "\n")
        if self.format.spooled:
            _to_parquet(spool, self.path)
        if error is None and not self.resume:
            os.remove(record)
            if self.format.spooled:
                os.remove(spool)


def _write(file: RawIOBase, content: str) -> None:
    """Write all of it; a file without a buffer may take less at a time."""
    data = memoryview(content.encode())
    while data:
        data = data[file.write(data) or 0 :]


def _cut(path: str, size: int) -> RawIOBase:
    """The file cut to so many bytes, open at its end."""
    file = open(path, "r+b", buffering=0)  # noqa: SIM115 - the caller closes it
    file.truncate(size)
    file.seek(size)
    return file


def _to_parquet(spool: str, path: str) -> None:
    """Make the Parquet file of the rows in the spool, some at a time, and put it in its place at once."""
    arrow = require("pyarrow", "frame", "Writing Parquet")
    parquet = require("pyarrow.parquet", "frame", "Writing Parquet")
    schema = to_arrow(Quotes("")).schema
    unfinished = f"{path}.part"
    with parquet.ParquetWriter(unfinished, schema) as out:
        for rows in _chunks(spool):
            out.write_table(arrow.Table.from_pylist(rows, schema=schema))
    os.replace(unfinished, path)


def _chunks(spool: str) -> Iterator[list[dict[str, Any]]]:
    with open(spool, "rb") as file:
        chunk: list[dict[str, Any]] = []
        for line in file:
            chunk.append(json.loads(line))
            if len(chunk) == _ROWS_AT_ONCE:
                yield chunk
                chunk = []
        if chunk:
            yield chunk
