"""The quotes of a document as bytes of the output, in each of the formats."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import PurePath

from attrs import frozen

from quoteattr.cli.endings import ENDINGS, FormatName, ending_of
from quoteattr.cli.terminal import Screen, quote_table
from quoteattr.display.pages import page_article, page_foot, page_head
from quoteattr.errors import OptionError
from quoteattr.export import rows, to_csv, to_jsonl
from quoteattr.objects import Quotes

__all__ = ["Format", "FormatName", "format_for", "writer"]

_SURROGATE = re.compile("[\ud800-\udfff]")


def _nothing() -> str:
    return ""


@frozen
class Format:
    """How an output is put together: a head, each document, a foot.

    Attributes:
        name: its name.
        document: the quotes of a document, with its id, as text.
        head: what comes before the first document.
        foot: what comes after the last one; the output is sound without it.
        spooled: whether the text goes into a file beside the output first, of which the output is made at the
            end.
    """

    name: FormatName
    document: Callable[[Quotes, str], str]
    head: Callable[[], str] = _nothing
    foot: Callable[[], str] = _nothing
    spooled: bool = False


def format_for(path: str | None) -> FormatName:
    """The format that the ending of an output tells; 'table' where there is no ending.

    Raises:
        OptionError: the ending is none of ours.

    >>> format_for("quotes.csv").value, format_for(None).value
    ('csv', 'table')
    >>> format_for("quotes.xlsx")
    Traceback (most recent call last):
    quoteattr.errors.OptionError: '.xlsx' tells no format: end the output in .txt, .jsonl, .ndjson, .csv,
    .parquet, .html or .htm, or name the format with --format.
    """
    path = path or ""
    ending = PurePath(path).suffix
    if not ending:
        return FormatName.TABLE
    form = ending_of(path).writes
    if form is None:
        *some, last = (each for each, told in ENDINGS.items() if told.writes)
        raise OptionError(
            f"{ending!r} tells no format: end the output in {', '.join(some)} or {last}, "
            "or name the format with --format."
        )
    return form


def writer(name: FormatName, *, title: str = "Quotes", single: bool = False, plain: bool = False) -> Format:
    """The format of that name.

    Args:
        name: which.
        title: the title of a page.
        single: whether there is but one document, so that its name need not be told in a table.
        plain: whether a table is for a file rather than for a terminal.
    """
    if name is FormatName.JSONL:
        return Format(name, to_jsonl)
    if name is FormatName.CSV:
        return Format(name, lambda quotes, key: to_csv(quotes, key, header=False), lambda: to_csv(Quotes("")))
    if name is FormatName.PARQUET:
        return Format(name, _spooled_rows, spooled=True)
    if name is FormatName.HTML:
        return Format(
            name,
            lambda quotes, key: page_article(quotes, None if single else key),
            lambda: page_head(title),
            page_foot,
        )
    screen = Screen() if plain else Screen.of_stdout()
    return Format(name, lambda quotes, key: quote_table(quotes, None if single else key, screen))


def _spooled_rows(quotes: Quotes, key: str) -> str:
    """The rows as JSON Lines; lone surrogates, which neither UTF-8 nor Arrow can hold, become U+FFFD."""
    lines = (json.dumps(row, ensure_ascii=False) + "\n" for row in rows(quotes, key))
    return _SURROGATE.sub("\ufffd", "".join(lines))
