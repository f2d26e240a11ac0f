"""Asks PyPI for the known holes of everything that the lock files pin.

usage: python requirements/audit.py

PyPI tells them for the newest release of a project. What is pinned in an older one is listed as not audited;
``pip-audit`` asks for those too, where OSV or PyPI's page of a single version can be reached.
"""

from __future__ import annotations

import json
import re
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

PIN = re.compile(r"^([A-Za-z0-9._-]+)==([^\s;\\]+)", re.MULTILINE)


def pins() -> set[tuple[str, str]]:
    """Name and version of each pinned release."""
    files = Path(__file__).parent.glob("*.txt")
    return {(name.lower(), version) for file in files for name, version in PIN.findall(file.read_text())}


def newest(name: str) -> tuple[str, list[str]]:
    """The newest version of a project, and the names of its known holes."""
    with urllib.request.urlopen(f"https://pypi.org/pypi/{name}/json", timeout=30) as reply:
        data: dict[str, Any] = json.load(reply)
    return data["info"]["version"], [hole["id"] for hole in data["vulnerabilities"]]


def main() -> int:
    """Ask and print; 1 where a pinned release has a known hole."""
    pinned = sorted(pins())
    names = sorted({name for name, _ in pinned})
    with ThreadPoolExecutor(8) as pool:
        known = dict(zip(names, pool.map(newest, names), strict=True))
    audited = [(name, version) for name, version in pinned if known[name][0] == version]
    holes = {pin: known[pin[0]][1] for pin in audited if known[pin[0]][1]}
    older = [f"{name} {version}" for name, version in pinned if known[name][0] != version]
    print(f"{len(names)} packages, {len(pinned)} releases: {len(audited)} audited, {len(holes)} with holes")
    for (name, version), found in holes.items():
        print(f"{name} {version}: {', '.join(found)}")
    print(f"not audited, for there is a newer release: {', '.join(older)}")
    return int(bool(holes))


if __name__ == "__main__":
    raise SystemExit(main())
