"""README.md and the pages beside it say what is so: outputs, figures, links."""

from __future__ import annotations

import re
import sys
from doctest import NORMALIZE_WHITESPACE
from pathlib import Path

import pytest
import spacy
from sybil import Sybil
from sybil.parsers.markdown import PythonCodeBlockParser

from quoteattr import models

ROOT = Path(__file__).resolve().parent.parent
README = ROOT / "README.md"
PAGES = [README, *ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), *ROOT.glob("examples/*.md")]


def test_readme_prints_what_it_says(monkeypatch):
    monkeypatch.chdir(ROOT)
    load = spacy.load
    monkeypatch.setattr(spacy, "load", lambda _: load(models.default_name()))
    parser = PythonCodeBlockParser(doctest_optionflags=NORMALIZE_WHITESPACE)
    document = Sybil(parsers=[parser], pattern="README.md", path=str(ROOT)).parse(README)
    examples = list(document.examples())
    assert len(examples) >= 4
    for example in examples:
        example.evaluate()


def test_readme_fits_its_screen():
    assert len(README.read_text(encoding="utf-8").splitlines()) <= 120


class TestFigures:
    @pytest.fixture(autouse=True)
    def on_path(self, monkeypatch):
        monkeypatch.syspath_prepend(str(ROOT / "docs"))
        yield
        sys.modules.pop("figures", None)

    def test_readme_has_the_figures_of_the_table(self):
        from figures import in_readme

        readme = README.read_text(encoding="utf-8")
        assert in_readme(readme) == readme, "run python docs/figures.py"

    def test_accuracy_page_says_the_same(self):
        from figures import substitutions

        accuracy = (ROOT / "docs" / "accuracy.md").read_text(encoding="utf-8")
        for row in ("all", "direct", "mixed", "indirect"):
            ours = substitutions()[f"quoteattr_{row}"]
            assert re.search(rf"^\| {row} \| \**{re.escape(ours)}\**", accuracy, re.MULTILINE), (row, ours)

    def test_comparison_is_made_from_it(self):
        assert "{{ figures }}" in (ROOT / "docs" / "comparison.md").read_text(encoding="utf-8")


def links(page: Path) -> list[str]:
    text = re.sub(r"```.*?```|`[^`\n]*`", "", page.read_text(encoding="utf-8"), flags=re.DOTALL)
    found = re.findall(r"\]\(([^)\s]+)\)|(?:src|srcset)=\"([^\"]+)\"", text)
    return [link for pair in found for link in pair if link and not re.match(r"[a-z]+:|#", link)]


@pytest.mark.parametrize("page", sorted(set(PAGES)), ids=lambda page: page.relative_to(ROOT).as_posix())
def test_links_lead_somewhere(page):
    built = page.is_relative_to(ROOT / "docs" / "_build")
    missing = [link for link in links(page) if not (page.parent / link.partition("#")[0]).exists()]
    assert built or not missing
