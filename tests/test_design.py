"""Whoever reads the code is told of every module where the parts are listed."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import quoteattr
from quoteattr import attribution, speakers

ROOT = Path(quoteattr.__file__).parent
DESIGN = ROOT.parent / "docs" / "design.md"


def modules(folder: Path) -> set[str]:
    """The modules and packages in a folder, but for those with underscores around their names."""
    files = {path.stem for path in folder.glob("*.py")}
    packages = {path.parent.name for path in folder.glob("*/__init__.py")}
    return {name for name in files | packages if not name.startswith("__")}


@pytest.mark.parametrize("package", [attribution, speakers])
def test_stages_list_their_modules(package):
    named = re.findall(r"`(\w+)`", package.__doc__.partition("\n- ")[2])
    assert sorted(named) == sorted(modules(Path(package.__file__).parent))


@pytest.mark.skipif(not DESIGN.exists(), reason="the documents are not installed")
def test_the_design_lists_all():
    assert modules(ROOT) <= set(re.findall(r"`([\w/]+)`", DESIGN.read_text(encoding="utf-8")))
