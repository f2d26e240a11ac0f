"""Speaker resolution case by case: the files under cases/speakers/ hold texts and the speakers they tell.

A case is {"why", "text", "quotes": [...]}; a quote has "say", words of the text with the source in
[brackets] and the addressee in {braces}, or "content", the words of a speech that names nobody (or both),
and "lemma", that of its cue, where it matters. Every other key is what is expected: "speaker" and
"addressee" (names, null for none), "kind", "addressee_kind", "mention_kind", "description", "affiliation",
"members" (names), "aliases" and "pronouns" (at least these), "same_as" and "not_same_as" (the number of
another quote of the case). A case in known_failures.json must fail: when it no longer does, move it to its
file.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from quoteattr.layout import paragraphs
from quoteattr.marks import quotations
from quoteattr.records import Attribution, Range, Resolution
from quoteattr.speakers import resolve

FOLDER = Path(__file__).parent / "cases" / "speakers"
FILES = sorted(FOLDER.glob("*.json"))


def cases() -> list[Any]:
    found = []
    for path in FILES:
        marks = [pytest.mark.xfail(strict=True)] if path.stem == "known_failures" else []
        for number, case in enumerate(json.loads(path.read_text(encoding="utf-8"))):
            found.append(pytest.param(case, id=f"{path.stem}-{number}-{case['why']}", marks=marks))
    return found


def spans(text: str, say: str) -> tuple[Range, Range, Range | None]:
    """The place of the words, of the source in brackets, and of the addressee in braces."""
    plain = re.sub(r"[\[\]{}]", "", say)
    start = text.index(plain)
    marked = {}
    for opener, closer in ("[]", "{}"):
        match = re.search(re.escape(opener) + r"(.*?)" + re.escape(closer), say, re.DOTALL)
        if match:
            lead = start + len(re.sub(r"[\[\]{}]", "", say[: match.start()]))
            marked[opener] = Range(lead, lead + len(re.sub(r"[\[\]{}]", "", match[1])))
    return Range(start, start + len(plain)), marked["["], marked.get("{")


def attribution(text: str, quote: dict[str, Any]) -> Attribution:
    content = quote.get("content")
    found = Range(text.index(content), text.index(content) + len(content)) if content else None
    if "say" not in quote:
        assert found is not None
        return Attribution((found,), "direct", None, None)
    words, source, addressee = spans(text, quote["say"])
    if found is None:
        found = nearest(text, words)
    kind = "direct" if text[found.start] in '“"' else "indirect"
    cue, lemma = Range(source.end, words.end), quote.get("lemma", "")
    return Attribution((found,), kind, source, cue, lemma, addressee=addressee)


def nearest(text: str, words: Range) -> Range:
    """The quotation that ends right before the words, or else the rest of their sentence."""
    blocks = paragraphs(text)
    before = [q for q in quotations(text, blocks) if q.end <= words.start and words.start - q.end <= 2]
    if before:
        return Range(before[-1].start, before[-1].end)
    end = re.compile(r"[.!?\n]|$").search(text, words.end)
    assert end is not None
    return Range(min(words.end + 1, len(text) - 1), max(end.end(), words.end + 2))


def check(quote: dict[str, Any], found: list[Resolution], number: int) -> None:
    speaker, addressee = found[number].speaker, found[number].addressee
    if "speaker" in quote:
        assert (speaker.name if speaker else None) == quote["speaker"]
    for key in ("kind", "mention_kind", "description", "affiliation"):
        if key in quote:
            assert getattr(speaker, key) == quote[key]
    if "members" in quote:
        assert speaker is not None
        assert [member.name for member in speaker.members] == quote["members"]
    for key in ("aliases", "pronouns"):
        if key in quote:
            assert set(quote[key]) <= set(getattr(speaker, key))
    for key, same in (("same_as", True), ("not_same_as", False)):
        if key in quote:
            other = found[quote[key]].speaker
            assert speaker is not None
            assert other is not None
            assert (speaker.entity == other.entity) is same
    if "addressee" in quote:
        assert addressee is not None
        assert addressee.name == quote["addressee"]
    if "addressee_kind" in quote:
        assert addressee is not None
        assert addressee.kind == quote["addressee_kind"]


@pytest.fixture(scope="module")
def parse(nlp: Any) -> Any:
    """A text parsed as a whole, sentences beginning where paragraphs do."""

    def run(text: str) -> Any:
        doc = nlp.make_doc(text)
        starts = {block.start for block in paragraphs(text)}
        for token in doc:
            if token.idx in starts:
                token.is_sent_start = True
        return nlp(doc)

    return run


@pytest.mark.parametrize("case", cases())
def test_case(case: dict[str, Any], parse: Any) -> None:
    text = case["text"]
    blocks = paragraphs(text)
    given = [attribution(text, quote) for quote in case["quotes"]]
    found = resolve(parse(text), blocks, quotations(text, blocks), given)
    for number, quote in enumerate(case["quotes"]):
        check(quote, found, number)
        speaker = found[number].speaker
        assert speaker is None or speaker.name is None or speaker.name in " ".join(text.split())


def test_there_are_cases_of_every_phenomenon() -> None:
    assert len(cases()) >= 150
