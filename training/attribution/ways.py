"""Counts how often each step down the tree leads to a content that is given out, and how often it is tried.

    python training/attribution/ways.py TRAIN.jsonl [--cache FOLDER] [--every N]

Steps that are tried often and lead nowhere are named in ``quoteattr/attribution/contents.py`` and not tried;
here all are. Printed are the step, where it stands (first, below), proposals, and those that were given out.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from gold import sampled
from rich.console import Console
from rich.table import Table

from quoteattr.attribution import contents
from quoteattr.attribution.choice import chosen
from quoteattr.attribution.readings import readings
from quoteattr.attribution.weights import load

LEAST = 100  # proposals


def steps(how: str) -> Iterator[tuple[str, str]]:
    """The steps of a way down the tree; nothing for other ways."""
    way = how.partition("-")[0].partition("+")[0]
    if ".." in how or not way.replace(">", "").isalpha():
        return
    for number, step in enumerate(way.split(">")):
        yield step, "below" if number else "first"


def main() -> None:
    """Count and print."""
    sample = sampled(__doc__)
    contents._BARREN = contents._BARREN_BELOW = contents._SKIPPED
    contents._is_last = lambda _tree, _i: False
    weights = load()
    tried: Counter[tuple[str, str]] = Counter()
    given: Counter[tuple[str, str]] = Counter()
    for article in sample:
        found = readings(article.scene, weights)
        for reading in found:
            for content in contents.contents(article.scene, reading.cue):
                tried.update(steps(content.how))
        for each in chosen(article.scene, found, *weights.last(tagged=False)):
            given.update(steps(each.reading.content.how))
    table = Table("step", "where", "proposed", "given out")
    for key, count in tried.most_common():
        if count >= LEAST:
            table.add_row(*key, str(count), str(given[key]))
    Console().print(table)


if __name__ == "__main__":
    main()
