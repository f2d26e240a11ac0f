"""What the shipped tagger holds of annotated articles, and the command line of scripts that ask it."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable
from pathlib import Path

from quoteattr.attribution.opinion import Opinion
from quoteattr.tagger import load

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "attribution"))

from gold import Article, articles


def with_opinions(given: Iterable[Article]) -> list[tuple[Article, Opinion]]:
    """Each article with the tagger's opinion of it."""
    found = []
    for article in given:
        scene = article.scene
        rows = load().read(scene.tree.text, scene.paragraphs, scene.quotations)
        found.append((article, Opinion(scene.tree.starts, scene.tree.ends, rows, scene.paragraphs)))
    return found


def asked(description: str | None) -> tuple[Path, list[tuple[Article, Opinion]]]:
    """The file that the command line names, and its articles with the tagger's opinion of each."""
    parser = argparse.ArgumentParser(
        description=description, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("dev", type=Path)
    parser.add_argument("--cache", type=Path, default=Path("build/parsed"))
    options = parser.parse_args()
    return options.dev, with_opinions(articles(options.dev, options.cache))
