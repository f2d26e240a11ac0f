"""Measures which cues the rules need not read: how weak the words of likely ones are, how many are given out.

    python training/attribution/unread.py TRAIN.jsonl [--cache FOLDER] [--every N]

Printed are, for one in so many of the cues that are likely enough in the end, by how much the log-odds of
its word and its place in the tree stay below that (``MOST_ADDED`` in ``quoteattr/attribution/readings.py``),
and by the probability of their cue the readings and those given out (``Judge.least_odds``).
"""

from __future__ import annotations

import math
from collections import Counter

from gold import sampled
from rich.console import Console
from rich.table import Table

from quoteattr.attribution.about import About
from quoteattr.attribution.candidates import candidates
from quoteattr.attribution.choice import chosen
from quoteattr.attribution.cue_features import cue_features, word_features
from quoteattr.attribution.judging import Judge
from quoteattr.attribution.readings import readings
from quoteattr.attribution.weights import load, logistic, total

ONE_IN = (1000, 333, 100, 50)
CLASS = 0.05  # width of a class of probabilities
LEAST = 0.08


def main() -> None:
    """Measure and print."""
    sample = sampled(__doc__)
    weights, least = load(), Judge.least_odds
    Judge.least_odds = math.log(LEAST / (1 - LEAST))
    words: list[float] = []
    read: Counter[int] = Counter()
    given: Counter[int] = Counter()
    for article in sample:
        scene = article.scene
        for cue in candidates(scene):
            if total(weights.cue, cue_features(scene, cue)) >= least:
                words.append(total(weights.cue, word_features(scene, cue, About.of(scene, cue))))
        found = readings(scene, weights)
        read.update(int(logistic(reading.odds) / CLASS) for reading in found)
        kept = chosen(scene, found, *weights.last(tagged=False))
        given.update(int(logistic(each.reading.odds) / CLASS) for each in kept)
    words.sort()
    weak = Table("one in", "has a word that is below by", title=f"{len(words)} likely cues")
    for count in ONE_IN:
        weak.add_row(str(count), f"{least - words[len(words) // count]:.2f}")
    classes = Table("probability of the cue from", "readings", "given out")
    for number in sorted(read):
        classes.add_row(f"{number * CLASS:.2f}", str(read[number]), str(given[number]))
    Console().print(weak, classes)


if __name__ == "__main__":
    main()
