"""Attribution construction by construction: the files under cases/attribution/ hold texts and their quotes.

A case is {"why", "text", "quotes": [...]}: all quotes of the text, and no others may be found. A quote has

- "text", its words as they stand there, or "pieces", a list of such words: only letters and digits count;
- "source", the words that name the source at the quote, ``null`` where none does;
- "cue": some words of the cue, ``null`` where there is none: the cue found must overlap them at the place
  nearest to the quote;
- "kind": 'direct', 'mixed' or 'indirect';
- and, where they matter, "speaker" (the name), "addressee" (words), "act", "negated" (``false`` if left out),
  "nested" (quotes inside this one), "optional" (``true``: to leave it out is as right).

A case may also have "acts": "all" (else speech and writing, as by default) and "not": words that must be no
quote, or piece of one, of their own. The guide is ``quoteattr/corpus/README.md``. The rules read alone: they
must stand without the tagger.

A case in known_failures.json, with "file" and "cause", must fail: when it no longer does, move it to
that file (``python tests/sort_attribution_cases.py`` does).
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

from quoteattr import Quote, Span, Speaker, extract_quotes
from quoteattr.objects import walk

FOLDER = Path(__file__).parent / "cases" / "attribution"
KNOWN = "known_failures"
LEAST = 150  # cases, known failures among them
PASSING = 100  # of them right

Expected = dict[str, Any]


def load() -> Iterator[tuple[str, Expected]]:
    for path in sorted(FOLDER.glob("*.json")):
        for case in json.loads(path.read_text(encoding="utf-8")):
            yield path.stem, case


def cases() -> list[Any]:
    known = pytest.mark.xfail(strict=True, raises=AssertionError, reason="known")
    return [
        pytest.param(case, id=f"{case.get('file', stem)}: {case['why']}", marks=[known] * (stem == KNOWN))
        for stem, case in load()
    ]


def letters(text: str, spans: Iterable[Span]) -> frozenset[int]:
    """Where the letters and digits of the spans stand."""
    return frozenset(i for span in spans for i in range(span.start, span.end) if text[i].isalnum())


def words(text: str | None) -> str:
    return "".join(character for character in text or "" if character.isalnum())


def pieces(text: str, quote: Expected, begin: int) -> list[Span]:
    """The pieces of an expected quote, the first at or after ``begin``, each after the one before."""
    found: list[Span] = []
    for piece in quote.get("pieces") or [quote["text"]]:
        place = text.find(piece, found[-1].end if found else begin)
        assert place >= 0, f"the case is wrong: {piece!r} does not stand there in its text"
        found.append(Span.of(text, place, place + len(piece)))
    return found


def expected(
    text: str, quotes: Sequence[Expected], begin: int = 0, parent: frozenset[int] = frozenset()
) -> Iterator[tuple[Expected, list[Span], frozenset[int]]]:
    """Each expected quote with its pieces and the letters of the quote around it."""
    for quote in quotes:
        spans = pieces(text, quote, begin)
        yield quote, spans, parent
        yield from expected(text, quote.get("nested", ()), spans[0].start, letters(text, spans))


def mention(speaker: Speaker | None) -> str:
    return words(speaker.mention.text) if speaker and speaker.mention else ""


def nearest(text: str, cue: str, spans: Sequence[Span]) -> range:
    """The place of the cue's words that is nearest to a piece, outside of all pieces if possible."""
    edges = [r"\b" if character.isalnum() else "" for character in (cue[0], cue[-1])]
    found = [match.start() for match in re.finditer(edges[0] + re.escape(cue) + edges[1], text)]
    assert found, f"the case is wrong: no {cue!r} in its text"

    def distance(start: int) -> tuple[bool, int]:
        end = start + len(cue)
        inside = any(span.start <= start and end <= span.end for span in spans)
        return inside, min(max(span.start - end, start - span.end) for span in spans)

    start = min(found, key=distance)
    return range(start, start + len(cue))


def differences(text: str, want: Expected, spans: Sequence[Span], got: Quote) -> Iterator[str]:
    """What is wrong with a quote whose content is right."""
    if mention(got.speaker) != words(want["source"]):
        yield f"source {mention(got.speaker)!r}, not {want['source']!r}"
    if "speaker" in want and (got.speaker.name if got.speaker else None) != want["speaker"]:
        yield f"speaker {got.speaker!r}, not {want['speaker']!r}"
    if want["cue"] is None or got.cue is None:
        if want["cue"] is not got.cue:
            yield f"cue {got.cue!r}, not {want['cue']!r}"
    else:
        place = nearest(text, want["cue"], spans)
        if got.cue.span.end <= place.start or place.stop <= got.cue.span.start:
            yield f"cue {got.cue!r}, not {want['cue']!r}"
    if got.kind != want["kind"]:
        yield f"kind {got.kind!r}, not {want['kind']!r}"
    if "addressee" in want and mention(got.addressee) != words(want["addressee"]):
        yield f"addressee {got.addressee!r}, not {want['addressee']!r}"
    if got.cue and "act" in want and got.cue.act != want["act"]:
        yield f"act {got.cue.act!r}, not {want['act']!r}"
    if (got.cue is not None and got.cue.negated) != want.get("negated", False):
        yield f"negated is {not want.get('negated', False)}"


def problems(case: Expected, nlp: Any) -> list[str]:
    """Everything that is wrong with what is found in the text of a case, a line each."""
    text = case["text"]
    quotes = extract_quotes(text, nlp=nlp, acts=case.get("acts", ("speech", "writing")), engine="rules")
    left = [(quote, letters(text, parent.spans) if parent else frozenset()) for quote, parent in walk(quotes)]
    found: list[str] = []
    for want, spans, parent in expected(text, case["quotes"]):
        there = letters(text, spans)
        hits = [pair for pair in left if letters(text, pair[0].spans) == there]
        if not hits:
            if not want.get("optional"):
                found.append(f"missing {[span.text for span in spans]} ({want['cue']})")
            continue
        wrong = {id(pair): list(differences(text, want, spans, pair[0])) for pair in hits}
        best = min(hits, key=lambda pair: len(wrong[id(pair)]))
        left.remove(best)
        found += wrong[id(best)]
        if best[1] != parent:
            found.append(f"{spans[0].text!r} does not stand in the right quote")
    found += [f"too much {[span.text for span in quote.spans]} ({quote.cue!r})" for quote, _ in left]
    return found + list(forbidden(case, [quote for quote, _ in walk(quotes)]))


def forbidden(case: Expected, quotes: Sequence[Quote]) -> Iterator[str]:
    for each in case.get("not", ()):
        start = case["text"].index(each)
        if any(start <= s.start and s.end <= start + len(each) for quote in quotes for s in quote.spans):
            yield f"{each!r} is no quote"


@pytest.mark.parametrize("case", cases())
def test_case(case: Expected, nlp: Any) -> None:
    assert problems(case, nlp) == []


def test_there_are_enough() -> None:
    stems = [stem for stem, _ in load()]
    assert len(stems) >= LEAST
    assert sum(stem != KNOWN for stem in stems) >= PASSING


def test_known_failures_tell_their_cause() -> None:
    for stem, case in load():
        if stem == KNOWN:
            assert case["file"]
            assert case["cause"]
        else:
            assert "cause" not in case
