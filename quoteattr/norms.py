"""Words that a parser takes for others: in 'João dos Santos', 'the minister, Per Ovesen', 'quoth she'."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from quoteattr.datafiles import read_toml

__all__ = ["norms"]


def norms(text: str) -> Iterator[tuple[int, int, str]]:
    """From where to where such words stand in a text, and what the parser is to read for each.

    >>> list(norms("Per Ovesen met its director, João dos Santos, and the clerk, Per Holm."))
    [(34, 37, 'de'), (61, 64, 'peter')]
    """
    pattern, table = _table()
    for match in pattern.finditer(text):
        place = match.lastindex or 0
        yield *match.span(place), table[match[place]]


@cache
def _table() -> tuple[re.Pattern[str], dict[str, str]]:
    """The words with capitals beside them, and what is read for each."""
    data = read_toml("norms.toml")
    inside, first, anywhere = ("|".join(data[place]) for place in ("inside", "first", "anywhere"))
    capital = r"(?= [^\W\d_a-zß-öø-ÿ])"
    small = r"(?:,|\b[^\W\d_A-ZÀ-ÖØ-Þ]+)"
    pattern = rf"(?<=\w )({inside}){capital}|{small} ({first}){capital}|\b({anywhere})\b"
    return re.compile(pattern), data["inside"] | data["first"] | data["anywhere"]
