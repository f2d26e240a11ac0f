"""The rows as a pandas data frame, an Arrow table, and CSV that is safe to open in a spreadsheet."""

from __future__ import annotations

import csv
import io
import re
from typing import TYPE_CHECKING, Any

from quoteattr.export.rows import COLUMNS, Column, Scalar, rows
from quoteattr.extras import require
from quoteattr.objects import Quotes

if TYPE_CHECKING:
    import pandas
    import pyarrow

__all__ = ["to_arrow", "to_csv", "to_frame"]

_UNPRINTABLE = re.compile("[\ud800-\udfff]")
_UNSAFE_IN_CSV = re.compile("[\x00\ud800-\udfff]")

# What a spreadsheet reads as the beginning of a formula (OWASP, CSV Injection), with the full-width signs
# that some locales take for the narrow ones. A spreadsheet that expects semicolons or tabs between cells
# begins a new cell at each of them, and at line ends, for it does not see our quotation marks.
_FORMULA = re.compile(r'\A(?=[\t\r\n])|(?:\A|(?<=[;\t\r\n]))(?=[ "]*[=+\-@＝＋－＠])')


def to_frame(quotes: Quotes, doc_id: str | None = None) -> pandas.DataFrame:
    """One row a quote as a pandas data frame, with the columns of `COLUMNS`.

    Columns of few values are categorical, whole numbers ``int64`` (``Int64`` where they may be missing),
    truth values ``boolean``, other text ``string`` (kept by Python, so that every character survives).

    Raises:
        DependencyMissingError: pandas is not installed.

    >>> from quoteattr.example import example_quotes
    >>> frame = to_frame(example_quotes())
    >>> frame.groupby("speaker").words.sum().to_dict()
    {'Ida Holm': 19, 'Tomas Reed': 12}
    """
    pd = require("pandas", "frame", "to_frame")
    values = rows(quotes, doc_id)
    series = {
        column.name: pd.array([row[column.name] for row in values], dtype=_pandas_type(pd, column))
        for column in COLUMNS
    }
    frame: pandas.DataFrame = pd.DataFrame(series)
    return frame


def _pandas_type(pd: Any, column: Column) -> Any:
    if column.values:
        return pd.CategoricalDtype(list(column.values))
    if column.type == "str":
        # Not the Arrow-backed kind, which cannot hold lone surrogates.
        return pd.StringDtype("python")
    nullable = {"int": "Int64", "float": "Float64", "bool": "boolean"}
    plain = {"int": "int64", "float": "float64", "bool": "bool"}
    return (nullable if column.nullable else plain)[column.type]


def to_arrow(quotes: Quotes, doc_id: str | None = None) -> pyarrow.Table:
    """One row a quote as an Arrow table, with the columns of `COLUMNS`.

    Text is ``string``, whole numbers ``int64``, confidence ``double``, truth values ``bool``; each field
    tells its meaning in its metadata. A lone surrogate, which Arrow cannot hold, becomes U+FFFD; offsets stay
    true.

    Raises:
        DependencyMissingError: pyarrow is not installed.

    >>> from quoteattr.example import example_quotes
    >>> table = to_arrow(example_quotes())
    >>> table.num_rows, table.schema.field("cue_lemma").type
    (5, DataType(string))
    """
    pa = require("pyarrow", "frame", "to_arrow")
    types = {
        "str": pa.string(),
        "int": pa.int64(),
        "float": pa.float64(),
        "bool": pa.bool_(),
    }
    schema = pa.schema(
        [
            pa.field(
                column.name,
                types[column.type],
                nullable=column.nullable,
                metadata={"meaning": column.meaning},
            )
            for column in COLUMNS
        ]
    )
    values = [{name: _encodable(value) for name, value in row.items()} for row in rows(quotes, doc_id)]
    table: pyarrow.Table = pa.Table.from_pylist(values, schema=schema)
    return table


def _encodable(value: Scalar) -> Scalar:
    return _UNPRINTABLE.sub("\ufffd", value) if isinstance(value, str) else value


def to_csv(quotes: Quotes, doc_id: str | None = None, *, header: bool = True, safe: bool = True) -> str:
    r"""One row a quote as CSV (RFC 4180: commas, double marks, CRLF), with the columns of `COLUMNS`.

    Text is always in quotation marks, empty values are empty text, truth values 'true' and 'false'. Write it
    with ``newline=""``, and with ``encoding="utf-8-sig"`` for Excel. NUL and lone surrogates become U+FFFD.

    Args:
        quotes: the quotes of one document.
        doc_id: what to write into the column 'doc'.
        header: whether to begin with the names of the columns; without it, documents can be put together.
        safe: whether to put an apostrophe before what a spreadsheet would take for a formula: a cell that
            begins with = + - @ tab, CR or LF, and the same after a semicolon, tab or line end inside a cell.
            With ``False`` the text stays as it is, for programs that read it.

    >>> from quoteattr.example import example_quotes
    >>> lines = to_csv(example_quotes(), "=SUM(A1)").splitlines()
    >>> lines[0].split(",")[:4], lines[1].split(",")[:4]
    (['"doc"', '"id"', '"parent"', '"speaker"'], ['"\'=SUM(A1)"', '0', '""', '""'])
    """
    file = io.StringIO()
    writer = csv.writer(file, quoting=csv.QUOTE_NONNUMERIC, lineterminator="\r\n")
    if header:
        writer.writerow([column.name for column in COLUMNS])
    for row in rows(quotes, doc_id):
        writer.writerow([_cell(value, safe) for value in row.values()])
    return file.getvalue()


def _cell(value: Scalar, safe: bool) -> str | int | float:
    """A value as the CSV writer takes it: numbers stay, the rest is text."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if not isinstance(value, str):
        return value
    text = _UNSAFE_IN_CSV.sub("\ufffd", value)
    return _FORMULA.sub("'", text) if safe else text
