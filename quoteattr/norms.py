"""Words in names that a parser takes for others: 'João dos Santos', 'the minister, Per Ovesen'."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from functools import cache
from importlib.resources import files

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

__all__ = ["norms"]


def norms(text: str) -> Iterator[tuple[int, int, str]]:
    """From where to where such words stand in a text, and what the parser is to read for each.

    >>> list(norms("Per Ovesen met its director, João dos Santos, and the clerk, Per Holm."))
    [(34, 37, 'de'), (61, 64, 'peter')]
    """
    pattern, table = _table()
    for match in pattern.finditer(text):
        yield *match.span(), table[match.group()]


@cache
def _table() -> tuple[re.Pattern[str], dict[str, str]]:
    """The words with capitals beside them, and what is read for each."""
    data = tomllib.loads((files("quoteattr") / "data" / "norms.toml").read_text(encoding="utf-8"))
    inside, first = ("|".join(data[place]) for place in ("inside", "first"))
    capital = r"(?= [^\W\d_a-zß-öø-ÿ])"
    pattern = rf"(?<=\w )\b(?:{inside})\b{capital}|(?:(?<=[a-z] )|(?<=, ))(?:{first})\b{capital}"
    return re.compile(pattern), data["inside"] | data["first"]
