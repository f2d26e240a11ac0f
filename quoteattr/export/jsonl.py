"""JSON Lines: one quote a line, with all that the quote holds."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable

from quoteattr.errors import FormatError
from quoteattr.objects import Quote, Quotes
from quoteattr.shapes import check_quote

__all__ = ["from_jsonl", "to_jsonl"]

# Lone surrogates cannot be written as UTF-8; the others end lines for some readers (`str.splitlines`).
_ESCAPED = re.compile("[\x7f-\x9f\u2028\u2029\ud800-\udfff]")


def to_jsonl(quotes: Quotes, doc_id: str | None = None) -> str:
    r"""One line a quote: the dictionary of `Quote.to_dict` with ``doc_id`` under 'doc' before it.

    Quotes inside others stand inside their lines. The text of the document is not repeated; to keep it too,
    write ``quotes.to_json()``, which is one line a document.

    >>> from quoteattr.example import example_quotes
    >>> lines = to_jsonl(example_quotes(), "bridge.txt").splitlines()
    >>> len(lines), lines[0][:29]
    (4, '{"doc": "bridge.txt", "id": 0')
    """
    return "".join(_line({"doc": doc_id, **quote.to_dict()}) + "\n" for quote in quotes)


def _line(value: object) -> str:
    text = json.dumps(value, ensure_ascii=False)
    return _ESCAPED.sub(lambda match: f"\\u{ord(match.group()):04x}", text)


def from_jsonl(lines: str | bytes | Iterable[str | bytes]) -> list[Quote]:
    """The quotes that `to_jsonl` wrote, equal to those that it was given.

    Args:
        lines: the whole text, or its lines (an open file); empty lines are passed over.

    Raises:
        FormatError: a line is not such a quote.

    >>> from quoteattr.example import example_quotes
    >>> from_jsonl(to_jsonl(example_quotes())) == list(example_quotes())
    True
    """
    if isinstance(lines, str | bytes):
        lines = lines.splitlines()
    found = []
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            value = json.loads(line)
            check_quote(value)
        except (ValueError, RecursionError) as error:
            raise FormatError(f"Line {number} is not a quote as to_jsonl writes it: {error}") from error
        found.append(Quote.from_dict(value))
    return found
