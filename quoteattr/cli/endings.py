"""What the ending of a file's name tells: how to read the file, and what to write into it."""

from __future__ import annotations

from enum import Enum
from pathlib import PurePath

from attrs import frozen

__all__ = ["ENDINGS", "Ending", "FormatName", "InputFormat", "ending_of"]


class InputFormat(str, Enum):
    """How an input is read, as the command line names it."""

    TEXT = "text"
    JSONL = "jsonl"
    CSV = "csv"
    PARQUET = "parquet"


class FormatName(str, Enum):
    """The formats of an output, as the command line names them."""

    TABLE = "table"
    JSONL = "jsonl"
    CSV = "csv"
    PARQUET = "parquet"
    HTML = "html"


@frozen
class Ending:
    """What an ending tells.

    Attributes:
        reads: how such an input is read; ``None`` for files that hold no documents.
        writes: what goes into such an output; ``None`` where nothing of ours does.
    """

    reads: InputFormat | None
    writes: FormatName | None


ENDINGS: dict[str, Ending] = {
    ".txt": Ending(InputFormat.TEXT, FormatName.TABLE),
    ".jsonl": Ending(InputFormat.JSONL, FormatName.JSONL),
    ".ndjson": Ending(InputFormat.JSONL, FormatName.JSONL),
    ".csv": Ending(InputFormat.CSV, FormatName.CSV),
    ".tsv": Ending(InputFormat.CSV, None),
    ".parquet": Ending(InputFormat.PARQUET, FormatName.PARQUET),
    ".html": Ending(None, FormatName.HTML),
    ".htm": Ending(None, FormatName.HTML),
}
_UNKNOWN = Ending(None, None)


def ending_of(path: str) -> Ending:
    """What the ending of ``path`` tells, in capitals or not.

    >>> ending_of("Rows.CSV").reads, ending_of("page.html").reads
    (<InputFormat.CSV: 'csv'>, None)
    """
    return ENDINGS.get(PurePath(path).suffix.lower(), _UNKNOWN)
