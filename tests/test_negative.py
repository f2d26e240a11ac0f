"""What is no quote: titles, nicknames, scare quotes, signs, words as words; files under cases/negative.

A case is a text, why it is there and, where the text also holds a quote, ``not``: strings that must be no
quote, or piece of one, of their own. Without ``not`` nothing may be found. A case in known_failures.json must
fail: when it no longer does, move it to its file. The rules read alone: they must stand without the tagger.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from quoteattr import extract_quotes
from quoteattr.objects import walk

FOLDER = Path(__file__).parent / "cases" / "negative"
KNOWN = "known_failures"
LEAST = 70  # cases, known failures among them


def cases() -> list[Any]:
    found = []
    for path in sorted(FOLDER.glob("*.json")):
        marks = (
            [pytest.mark.xfail(strict=True, raises=AssertionError, reason="known")]
            if path.stem == KNOWN
            else []
        )
        for number, case in enumerate(json.loads(path.read_text(encoding="utf-8"))):
            found.append(pytest.param(case, id=f"{path.stem}-{number}-{case['why']}", marks=marks))
    return found


def test_there_are_enough():
    assert len(cases()) >= LEAST


@pytest.mark.parametrize("case", cases())
def test_no_quote(case, nlp):
    text = case["text"]
    found = [quote for quote, _ in walk(extract_quotes(text, nlp=nlp, engine="rules"))]
    if "not" not in case:
        assert found == [], case["why"]
    for words in case.get("not", ()):
        start = text.index(words)
        end = start + len(words)
        inside = [q for q in found if any(start <= s.start and s.end <= end for s in q.spans)]
        assert inside == [], case["why"]
