"""Says at which step the attributions of annotated articles are lost, and prints cases to read.

python training/attribution/causes.py ../shared/data/polnear-dev.jsonl [--print 50] [--step content]
"""

from __future__ import annotations

import argparse
import random
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

from gold import Article, Gold, articles
from overlap import Letters

from quoteattr.attribution.candidates import candidates
from quoteattr.attribution.choice import chosen
from quoteattr.attribution.contents import contents
from quoteattr.attribution.readings import readings
from quoteattr.attribution.speech import with_speech
from quoteattr.attribution.weights import load

FOUND = 0.5


def lost(article: Article) -> Iterator[tuple[str, Gold]]:
    """Each annotated attribution with the step that loses it, or 'found'."""
    scene, weights = article.scene, load()
    letters = Letters(scene.tree.text)
    everything = readings(scene, weights)
    likely = chosen(scene, everything, weights.right, weights.floor)
    kept = {each.reading.cue: each.reading for each in with_speech(scene, everything, likely, weights.right)}
    read = {reading.cue: reading for reading in everything}
    possible = set(candidates(scene))
    for gold in article.gold:
        reading = kept.get(gold.head)
        if reading is None:
            rival = any(
                letters.iou(gold.content, other.content.ranges(scene)) >= FOUND for other in kept.values()
            )
            step = "found by another word" if rival else "word taken for no cue"
            if gold.head not in possible:
                step = "word never looked at"
            elif gold.head in read and not rival:
                step = "cue below the floor"
        elif letters.iou(gold.content, reading.content.ranges(scene)) < FOUND:
            offered = [letters.iou(gold.content, each.ranges(scene)) for each in contents(scene, gold.head)]
            step = (
                "content: another one chosen" if max(offered, default=0) >= FOUND else "content: not offered"
            )
        else:
            source = [reading.source.range(scene)] if reading.source else []
            step = "found" if letters.same_source(gold.source, source) else "source"
        yield step, gold


def main() -> None:
    """Count and print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("reference", type=Path)
    parser.add_argument("--cache", type=Path, default=Path("build/parsed"))
    parser.add_argument("--print", type=int, default=0, dest="shown")
    parser.add_argument("--step", default="")
    options = parser.parse_args()
    counts: defaultdict[str, Counter[str]] = defaultdict(Counter)
    cases = []
    for article in articles(options.reference, options.cache):
        text = article.scene.tree.text
        for step, gold in lost(article):
            counts[step][gold.kind] += 1
            counts[step]["all"] += 1
            if step != "found" and options.step in step:
                spans = [*gold.content, *gold.cue, *gold.source]
                words = text[max(min(a for a, _ in spans) - 80, 0) : max(b for _, b in spans) + 60]
                parts = [[text[a:b] for a, b in part] for part in (gold.cue, gold.source, gold.content)]
                cases.append((step, gold.kind, *parts, " ".join(words.split())))
    total = sum(counter["all"] for counter in counts.values())
    for step, counter in sorted(counts.items(), key=lambda item: -item[1]["all"]):
        kinds = "  ".join(f"{kind} {counter[kind]}" for kind in ("direct", "mixed", "indirect"))
        print(f"{counter['all']:6} {100 * counter['all'] / total:5.1f}%  {step:30} {kinds}")
    for case in random.Random(1).sample(cases, min(options.shown, len(cases))):
        print("\n" + "\n".join(map(str, case)))


if __name__ == "__main__":
    main()
