"""Fits how far to trust the tagger beside the rules, and writes ``quoteattr/data/tagger/trust.json``.

    python training/tagger/combine.py TRAIN.jsonl [--cache FOLDER]

It uses the articles that the tagger was not trained on (every fifth), read by rules that were fitted on the
others: the trust is that in a text which neither has seen.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

import numpy as np
import scipy.sparse as sp
from opinions import with_opinions
from train import LEFT_OUT

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "attribution"))

from fit import best_floor, fit, fit_right
from gold import Article, Gold, articles
from linear import fit_binary, fit_choice
from overlap import Letters

from examples import LEAST_OVERLAP, NEARLY, examples
from quoteattr.attribution.about import About
from quoteattr.attribution.candidates import candidates
from quoteattr.attribution.content_features import content_features
from quoteattr.attribution.contents import contents
from quoteattr.attribution.cue_features import cue_features
from quoteattr.attribution.judging import Figures, Panel, content_figures, cue_figures, source_figures
from quoteattr.attribution.opinion import Opinion
from quoteattr.attribution.readings import readings
from quoteattr.attribution.source_features import source_features
from quoteattr.attribution.sources import Source, sources
from quoteattr.attribution.weights import Table, Trust, Weights, total

DATA = Path(__file__).resolve().parents[2] / "quoteattr" / "data" / "tagger" / "trust.json"
STRENGTH = 1.0
SLACK = 0.0  # of the F1: the precision of the default acts is well above 80 at the best F1
NO_TRUST = Trust({}, {}, {}, {}, 0.0)


class Choices:
    """Options to choose from, in groups, with the figures of each and which is right."""

    def __init__(self) -> None:
        self.rows: list[Figures] = []
        self.owner: list[int] = []
        self.right: list[bool] = []

    def add(self, rows: list[Figures], right: list[bool]) -> None:
        """One group; without a right one it tells nothing."""
        if any(right):
            self.owner += [self.owner[-1] + 1 if self.owner else 0] * len(rows)
            self.rows += rows
            self.right += right


def dense(rows: list[Figures]) -> tuple[list[str], sp.csr_matrix]:
    """The figures as a matrix, with the names of its columns."""
    names = sorted({name for row in rows for name in row})
    return names, sp.csr_matrix(np.array([[row.get(name, 0.0) for name in names] for row in rows]))


def table(names: list[str], values: np.ndarray) -> Table:
    """The weights, to four digits."""
    return {name: round(float(value), 4) for name, value in zip(names, values, strict=True)}


class Lessons:
    """What the unseen articles teach: cues among other words, contents and sources to choose from."""

    def __init__(self) -> None:
        self.cues: list[Figures] = []
        self.are_cues: list[bool] = []
        self.contents, self.sources = Choices(), Choices()

    def add(self, article: Article, opinion: Opinion, weights: Weights) -> None:
        """Learn from one article."""
        scene = article.scene
        heads = {gold.head for gold in article.gold}
        for cue in sorted({*candidates(scene), *opinion.cues()}):
            self.cues.append(cue_figures(opinion, cue, total(weights.cue, cue_features(scene, cue))))
            self.are_cues.append(cue in heads)
        letters = Letters(scene.tree.text)
        for gold in article.gold:
            self._choices(article, gold, letters, opinion, weights)

    def _choices(
        self, article: Article, gold: Gold, letters: Letters, opinion: Opinion, weights: Weights
    ) -> None:
        scene, cue = article.scene, gold.head
        panel = Panel(opinion, NO_TRUST)
        options = panel.proposals(scene, cue, contents(scene, cue))
        overlaps = [letters.iou(gold.content, option.ranges(scene)) for option in options]
        best = max(overlaps, default=0.0)
        if best < LEAST_OVERLAP:
            return
        scores = [
            total(weights.content, row) for row in content_features(scene, cue, About.of(scene, cue), options)
        ]
        rows = [content_figures(opinion, cue, *each) for each in zip(options, scores, strict=True)]
        self.contents.add(rows, [overlap >= NEARLY * best for overlap in overlaps])
        people: list[Source | None] = [*panel.people(scene, cue, sources(scene, cue)), None]
        features = source_features(scene, cue, About.of(scene, cue), people, options[overlaps.index(best)])
        scores = [total(weights.source, row) for row in features]
        rows = [source_figures(opinion, cue, *each) for each in zip(people, scores, strict=True)]
        spans = [[person.range(scene)] if person else [] for person in people]
        self.sources.add(rows, [letters.same_source(gold.source, span) for span in spans])

    def trust(self) -> Trust:
        """The first three tables."""
        names, matrix = dense(self.cues)
        labels = np.array(self.are_cues, dtype=float)
        fitted = [table(names, fit_binary(matrix, labels, STRENGTH))]
        for choices in (self.contents, self.sources):
            names, matrix = dense(choices.rows)
            owner, right = np.array(choices.owner), np.array(choices.right, dtype=float)
            fitted.append(table(names, fit_choice(matrix, owner, right, STRENGTH)))
        return Trust(*fitted, right={}, floor=0.5)


def main() -> None:
    """Fit and write."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("train", type=Path)
    parser.add_argument("--cache", type=Path, default=Path("build/parsed"))
    options = parser.parse_args()
    everything = list(articles(options.train, options.cache))
    seen = [article for number, article in enumerate(everything) if number % LEFT_OUT != LEFT_OUT - 1]
    unseen = everything[LEFT_OUT - 1 :: LEFT_OUT]
    weights = fit([examples(article) for article in seen])
    given = with_opinions(unseen)
    lessons = Lessons()
    for article, opinion in given:
        lessons.add(article, opinion, weights)
    trust = lessons.trust()
    judged = Weights(weights.cue, weights.content, weights.source, {}, 0.5, trust)
    scored = [(article, readings(article.scene, judged, opinion)) for article, opinion in given]
    right = fit_right(scored)
    floor = best_floor(scored, right, SLACK)
    data = {
        "about": f"Fitted by training/tagger/combine.py on every fifth article of {options.train.name}.",
        "floor": floor,
        "cue": trust.cue,
        "content": trust.content,
        "source": trust.source,
        "right": dict(sorted(right.items())),
    }
    DATA.write_text(json.dumps(data, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    print(json.dumps(data, indent=1))


if __name__ == "__main__":
    main()
