"""The tables in TOML that come with the library."""

from __future__ import annotations

import sys
from importlib.resources import files
from typing import Any

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

__all__ = ["read_toml"]


def read_toml(name: str) -> dict[str, Any]:
    """A file of ``quoteattr/data``.

    >>> read_toml("norms.toml")["anywhere"]["quoth"]
    'said'
    """
    table: dict[str, Any] = tomllib.loads((files("quoteattr") / "data" / name).read_text(encoding="utf-8"))
    return table
