"""Words by how they take an addressee, read once from ``data/addressees.json``."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from types import MappingProxyType

__all__ = ["addressing"]


@cache
def addressing() -> Mapping[str, frozenset[str]]:
    """Lemmas by how they take an addressee; the file says what each name means.

    >>> "tell" in addressing()["object"], "say" in addressing()["object"]
    (True, False)
    """
    data = json.loads((files("quoteattr") / "data" / "addressees.json").read_bytes())
    return MappingProxyType(
        {name: frozenset(words.split()) for name, words in data.items() if name != "source"}
    )
