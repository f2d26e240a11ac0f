"""What the shipped tagger holds of annotated articles."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path

from quoteattr.attribution.opinion import Opinion
from quoteattr.tagger import load

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "attribution"))

from gold import Article


def with_opinions(articles: Iterable[Article]) -> list[tuple[Article, Opinion]]:
    """Each article with the tagger's opinion of it."""
    found = []
    for article in articles:
        scene = article.scene
        rows = load().read(scene.tree.text, scene.paragraphs, scene.quotations)
        found.append((article, Opinion(scene.tree.starts, scene.tree.ends, rows, scene.paragraphs)))
    return found
