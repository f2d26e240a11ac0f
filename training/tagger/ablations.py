"""Scores the rules alone, the tagger alone, and both together, by kind, on annotated articles.

    python training/tagger/ablations.py DEV.jsonl [--cache FOLDER]

The tagger alone: each word that heads a cue with more than even odds, with the words that belong to its
content and its source by more than even odds.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from opinions import asked

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "attribution"))

from gold import Article

from quoteattr import evaluation
from quoteattr.attribution import stage
from quoteattr.attribution.choice import kind_of
from quoteattr.attribution.opinion import Opinion
from quoteattr.attribution.weights import load


def alone(article: Article, opinion: Opinion) -> list[dict[str, Any]]:
    """What the tagger sees, taken as it is."""
    scene, found = article.scene, []
    for cue in opinion.cues():
        content = opinion.whole_content(cue)
        if opinion.odds(cue) > 0 and content:
            source = [list(scene.tree.range(*piece)) for piece in opinion.whole_source(cue)]
            spans = [list(scene.tree.range(*piece)) for piece in content]
            cue_span = [list(scene.tree.range(cue, cue))]
            kind = kind_of(scene, content, cue)
            found.append({"content": spans, "source": source, "cue": cue_span, "kind": kind})
    return found


def attributed(article: Article, opinion: Opinion | None) -> list[dict[str, Any]]:
    """What the stage gives, with the tagger or without."""
    return [
        {
            "content": [list(piece) for piece in each.content],
            "source": [list(each.source)] if each.source else [],
            "cue": [list(each.cue)] if each.cue else [],
            "kind": each.kind,
        }
        for each in stage.attributed(article.scene, load(), opinion)
    ]


def main() -> None:
    """Score and print."""
    path, pairs = asked(__doc__)
    golds = evaluation.load_jsonl(path)
    found = {
        "rules alone": [attributed(article, None) for article, _ in pairs],
        "tagger alone": [alone(*pair) for pair in pairs],
        "both": [attributed(*pair) for pair in pairs],
    }
    for name, attributions in found.items():
        preds = [{"id": a.id, "attributions": each} for (a, _), each in zip(pairs, attributions, strict=True)]
        print(f"\n{name}\n{evaluation.score(golds, preds).table()}")
        for role, rates in evaluation.exact(golds, preds).items():
            figures = [100 * rates.precision, 100 * rates.recall, 100 * rates.f1]
            print(f"exact {role:8}", *(f"{figure:6.1f}" for figure in figures))


if __name__ == "__main__":
    main()
