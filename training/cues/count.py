"""Counts, on annotated articles, how often each word of the cue lexicon reports and what it then governs.

    python training/cues/count.py ../shared/data/polnear-train.jsonl

rewrites the figures of ``quoteattr/data/cues.json`` and leaves the columns set by hand (act, negated, needs,
evidence_if_work, speech_if_quoted, object, bearer, source, note) as they are. A word that heads two annotated
cues or more and is not listed yet is added without an act, for a person to judge. The same articles and
parses give the same file, byte for byte.
"""

from __future__ import annotations

import argparse
import json
import statistics
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from attrs import define, field

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "training" / "attribution"))

from gold import Article, Gold, articles, head_of, tokens_of  # noqa: E402

from quoteattr import cues  # noqa: E402
from quoteattr.attribution.tree import Tree  # noqa: E402

DATA = ROOT / "quoteattr" / "data" / "cues.json"
# Parts of speech of the words that are added; names and signs are errors of the tagger or judged by hand.
ADDED_TAGS = ("VERB", "NOUN", "ADJ", "ADV", "ADP", "AUX")
LEAST_CUES = 2
# What a word governs is kept when it is at least this share of its cues, and more than a single case.
LEAST_SHARE = 0.04
LEAST_CASES = 2

Word = tuple[str, str]
Row = dict[str, Any]


@define
class Counts:
    """What the articles tell of words (lemma, part of speech) and of phrases."""

    seen: Counter[Word] = field(factory=Counter)
    cues: Counter[Word] = field(factory=Counter)
    governs: defaultdict[Word, Counter[str]] = field(factory=lambda: defaultdict(Counter))
    phrases_seen: Counter[str] = field(factory=Counter)
    phrases_cues: Counter[str] = field(factory=Counter)


def governed(article: Article, gold: Gold) -> str:
    """How the content of one annotated attribution hangs on the head of its cue; see `CueWord.governs`."""
    tree, outer = article.scene.tree, article.scene.outer
    content = [i for start, end in gold.content for i in tokens_of(tree, start, end)]
    top = head_of(tree, gold.content)
    if top is None:
        return "elsewhere"
    if outer[content[0]] != -1 and outer[content[-1]] != -1 and outer[gold.head] == -1:
        return "quotation"
    return relation(tree, gold.head, top, set(content))


def relation(tree: Tree, cue: int, top: int, content: set[int]) -> str:
    """The relation between the head of a cue and the top token of its content."""
    above = [top, *tree.ancestors(top)]
    if cue in above[1:]:
        link = above[above.index(cue) - 1]
        if tree.deps[link] in ("prep", "agent", "dative") and tree.pos[link] == "ADP":
            return f"prep {tree.lower[link]}"
        return tree.deps[link] if link in content else "elsewhere"
    return "above" if content.intersection(tree.ancestors(cue)) else "elsewhere"


def count(found: Iterable[Article]) -> Counts:
    """Count words, cues and phrases over the articles."""
    counts = Counts()
    for article in found:
        tree = article.scene.tree
        words = list(zip(tree.lemmas, tree.pos, strict=True))
        counts.seen.update(words)
        # Two attributions may share one cue ('said that A and that B'); it is one occurrence.
        first = {gold.head: gold for gold in reversed(article.gold)}
        for head, gold in first.items():
            counts.cues[words[head]] += 1
            counts.governs[words[head]][governed(article, gold)] += 1
        marked = {i for gold in article.gold for start, end in gold.cue for i in tokens_of(tree, start, end)}
        for i in range(len(tree)):
            match = cues.phrase_at(tree.lower, tree.lemmas, i)
            if match is not None:
                phrase = " ".join(match.phrase.words)
                counts.phrases_seen[phrase] += 1
                counts.phrases_cues[phrase] += not marked.isdisjoint(range(match.start, match.end))
    return counts


def additions(listed: Iterable[Row], counts: Counts) -> list[Row]:
    """Rows for the words that head cues and are not listed."""
    known = {(row["lemma"], row["pos"]) for row in listed}
    return [
        {"lemma": lemma, "pos": pos}
        for (lemma, pos), number in counts.cues.items()
        if number >= LEAST_CUES
        and pos in ADDED_TAGS
        and lemma.isalpha()
        and (lemma, pos) not in known
        and not (pos == "AUX" and cues.word(lemma, pos))
    ]


def word_row(row: Row, counts: Counts) -> Row:
    """The row with its figures renewed, the columns in their order."""
    key = (row["lemma"], row["pos"])
    cued = counts.cues[key]
    governs = sorted(counts.governs[key].items(), key=lambda item: (-item[1], item[0]))
    figures = {
        "seen": counts.seen[key],
        "cues": cued,
        "governs": {name: n for name, n in governs if n >= max(LEAST_CASES, LEAST_SHARE * cued)},
    }
    return {name: value for name, value in row.items() if name not in figures} | filled(figures)


def filled(figures: Row) -> Row:
    """The figures that are not nought or empty: the others are not written."""
    return {name: value for name, value in figures.items() if value}


def phrase_row(row: Row, counts: Counts) -> Row:
    """The row of a phrase with its figures renewed."""
    figures = {"seen": counts.phrases_seen[row["phrase"]], "cues": counts.phrases_cues[row["phrase"]]}
    kept = ("phrase", "act", "negated", "needs", "source", "note")
    return {name: row[name] for name in kept if name in row} | filled(figures)


def priors(words: Iterable[Row], phrases: Iterable[Row]) -> dict[str, float]:
    """The mean share that reports, over the words of each act and need and over the phrases of each act."""
    keyed = [(cues.prior_key(row.get("act"), row.get("needs", "")), row) for row in words]
    keyed += [(cues.phrase_prior_key(row.get("act")), row) for row in phrases]
    shares: defaultdict[str, list[float]] = defaultdict(list)
    for key, row in keyed:
        if row.get("seen"):
            shares[key].append(row.get("cues", 0) / row["seen"])
    return {key: round(statistics.fmean(values), 3) for key, values in sorted(shares.items())}


def write(path: Path, data: Row) -> None:
    """Write the file, a row a line."""
    lines = [f" {json.dumps(key)}: {json.dumps(data[key])}" for key in ("source", "priors")]
    for section in ("phrases", "words"):
        rows = ",\n".join("  " + json.dumps(row, ensure_ascii=False) for row in data[section])
        lines.append(f' "{section}": [\n{rows}\n ]')
    path.write_text("{\n" + ",\n".join(lines) + "\n}\n", encoding="utf-8")


def recount(path: Path, found: Iterable[Article]) -> None:
    """Renew the figures of the data file at ``path`` from the articles."""
    data = json.loads(path.read_text(encoding="utf-8"))
    counts = count(found)
    words = [word_row(row, counts) for row in data["words"] + additions(data["words"], counts)]
    words.sort(key=lambda row: (row["lemma"], row["pos"]))
    phrases = [phrase_row(row, counts) for row in data["phrases"]]
    phrases.sort(key=lambda row: row["phrase"])
    figures = priors(words, phrases)
    write(path, {"source": data["source"], "priors": figures, "phrases": phrases, "words": words})


def main() -> None:
    """Read the arguments and recount."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("articles", type=Path, help="annotated articles, JSON Lines")
    parser.add_argument("--cache", type=Path, default=ROOT / "build" / "parses", help="folder for the parses")
    parser.add_argument("--data", type=Path, default=DATA, help="the lexicon to renew")
    arguments = parser.parse_args()
    recount(arguments.data, articles(arguments.articles, arguments.cache))


if __name__ == "__main__":
    main()
