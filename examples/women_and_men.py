"""The share of women and men quoted in a folder of text files, by the pronouns that the texts use for them.

    python examples/women_and_men.py articles/

People whom a text calls neither 'she' nor 'he' are counted apart, and the bounds say what the share would be
if all of them were men, or all women. docs/howto/women-and-men.md tells what such a figure is worth.
"""

from __future__ import annotations

import argparse
from collections import Counter
from pathlib import Path

from quoteattr import QuoteExtractor, Speaker

SHE = {"she", "her", "hers", "herself"}
HE = {"he", "him", "his", "himself"}


def evidence(speaker: Speaker) -> str:
    """'she', 'he', or 'unknown' where the pronouns tell neither or both."""
    she, he = bool(SHE & set(speaker.pronouns)), bool(HE & set(speaker.pronouns))
    return {(True, False): "she", (False, True): "he"}.get((she, he), "unknown")


def line(name: str, counts: Counter[str]) -> str:
    """One line of the table: counts, share and bounds."""
    known, all_of_them = counts["she"] + counts["he"], counts.total()
    share = f"{counts['she'] / known:5.0%}" if known else "    –"
    low, high = (
        counts["she"] / all_of_them,
        (counts["she"] + counts["unknown"]) / all_of_them,
    )
    numbers = "".join(f"{counts[key]:9}" for key in ("she", "he", "unknown"))
    return f"{name:8}{numbers}{share:>9}   {low:.0%} to {high:.0%}"


def main() -> None:
    """Count people, their quotes and the words in them."""
    options = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    options.add_argument("folder", type=Path)
    options.add_argument(
        "--min-confidence", type=float, help="leave out quotes of less confidence"
    )
    given = options.parse_args()

    texts = [
        path.read_text(encoding="utf-8")
        for path in sorted(given.folder.glob("**/*.txt"))
    ]
    people, quoted, words = Counter[str](), Counter[str](), Counter[str]()
    for quotes in QuoteExtractor(min_confidence=given.min_confidence).pipe(texts):
        for summary in quotes.speakers:
            if summary.speaker.kind == "person":
                kind = evidence(summary.speaker)
                people[kind] += 1
                quoted[kind] += summary.quotes
                words[kind] += summary.words
    if not people:
        options.error(f"nobody is quoted in {given.folder}")

    print(f"{len(texts)} texts; the share is that of 'she' among 'she' and 'he'.\n")
    print(f"{'':8}{'she':>9}{'he':>9}{'unknown':>9}{'share':>9}   bounds")
    for name, counts in (("people", people), ("quotes", quoted), ("words", words)):
        print(line(name, counts))


if __name__ == "__main__":
    main()
