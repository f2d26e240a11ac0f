"""Turns annotated articles into examples: cues among other words, contents and sources to choose from."""

from __future__ import annotations

from attrs import define, field
from gold import Article, Gold
from overlap import Letters

from quoteattr.attribution.about import About
from quoteattr.attribution.candidates import candidates
from quoteattr.attribution.content_features import content_features
from quoteattr.attribution.contents import contents
from quoteattr.attribution.cue_features import cue_features
from quoteattr.attribution.source_features import source_features
from quoteattr.attribution.sources import sources

LEAST_OVERLAP = 0.5
NEARLY = 0.97  # of the best overlap: as good


@define
class Group:
    """Options to choose from, and which of them are right."""

    rows: list[list[str]] = field(factory=list)
    right: list[bool] = field(factory=list)


@define
class Examples:
    """The examples of one article or of several."""

    cue_rows: list[list[str]] = field(factory=list)
    cue_labels: list[bool] = field(factory=list)
    contents: list[Group] = field(factory=list)
    sources: list[Group] = field(factory=list)

    def extend(self, other: Examples) -> None:
        """Take the examples of ``other`` in."""
        self.cue_rows += other.cue_rows
        self.cue_labels += other.cue_labels
        self.contents += other.contents
        self.sources += other.sources


def examples(article: Article) -> Examples:
    """The examples that one article gives."""
    scene = article.scene
    found = Examples()
    heads = {gold.head for gold in article.gold}
    for i in candidates(scene):
        found.cue_rows.append(cue_features(scene, i))
        found.cue_labels.append(i in heads)
    letters = Letters(scene.tree.text)
    for gold in article.gold:
        _choices(article, gold, letters, found)
    return found


def _choices(article: Article, gold: Gold, letters: Letters, found: Examples) -> None:
    scene, cue = article.scene, gold.head
    options = contents(scene, cue)
    overlaps = [letters.iou(gold.content, option.ranges(scene)) for option in options]
    best = max(overlaps, default=0.0)
    chosen = None
    if best >= LEAST_OVERLAP:
        right = [overlap >= NEARLY * best for overlap in overlaps]
        chosen = options[overlaps.index(best)]
        rows = content_features(scene, cue, About.of(scene, cue), options)
        found.contents.append(Group(rows, right))
    people = sources(scene, cue)
    if gold.source:
        fits = [letters.same_source(gold.source, [person.range(scene)]) for person in people]
        if any(fits):
            closeness = [
                letters.iou(gold.source, [person.range(scene)]) if fit else 0.0
                for person, fit in zip(people, fits, strict=True)
            ]
            right = [value >= NEARLY * max(closeness) for value in closeness] + [False]
        else:
            return
    else:
        right = [False] * len(people) + [True]
    rows = source_features(scene, cue, About.of(scene, cue), [*people, None], chosen)
    found.sources.append(Group(rows, right))
