"""Which paragraphs are parsed for direct quotes alone, and that nothing is lost by it."""

from __future__ import annotations

import time

import pytest
import spacy

from quoteattr import QuoteExtractor, corpus, layout, marks, parsing
from quoteattr.reach import reached

LONG = "Rain fell on the pier again, all day and for most of the night."


def of(text):
    paragraphs = layout.paragraphs(text)
    return reached(text, paragraphs, marks.quotations(text, paragraphs))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The ferry left.\nNobody came.", [False, False]),
        (f"Rain fell.\nThe pier is shut.\nMayor Holm said it was “a shame”.\n{LONG}", [0, 0, 1, 0]),
        ("Rain fell.\nThe mayor spoke first.\n“It is shut,” Ida Holm said.", [0, 1, 1]),
        ("Rain fell.\nHolm was there.\nA boat came.\nThen she said it was “a shame”.", [0, 1, 1, 1]),
        ("Rain fell.\n“It is shut.”\nHolm said so on Friday.\nA boat came in.", [1, 1, 1, 0]),
        (f"Rain fell.\n“It is shut.”\nHolm was on the pier and {LONG.lower()}\n{LONG}", [1, 1, 1, 0]),
        ("Rain fell.\nMayor Holm wrote:\nThe mottoes “No” and “Never” of Lund.", [0, 1, 1]),
        ("Minutes\nHOLM: The pier is shut.\nRain fell all day long.", [0, 1, 0]),
        (
            "“Dare, and fear not.”\n— Ida Holm, who was mayor of the town for eighteen long years",
            [1, 1],
        ),
    ],
)
def test_paragraphs(text, expected):
    assert of(text) == [bool(value) for value in expected]


def test_no_paragraph():
    assert of(" ") == []


@pytest.mark.parametrize("unit", ["“Yes” ", "* ", "*", "a: ", "“a”\n", "\n"])
def test_linear(unit):
    text = unit * (100_000 // len(unit))
    paragraphs = layout.paragraphs(text)
    quotations = marks.quotations(text, paragraphs)
    start = time.process_time()
    reached(text, paragraphs, quotations)
    assert time.process_time() - start < 5


def flat(quotes):
    for quote in quotes:
        yield quote
        yield from flat(quote.nested)


def direct(quotes):
    found = [quote for quote in flat(quotes) if quote.kind == "direct"]
    found.sort(key=lambda quote: quote.spans[0].start)
    return [(q.spans, q.cue, q.speaker and (q.speaker.name, q.speaker.mention)) for q in found]


def test_direct_quotes_of_the_corpus_are_the_same(nlp):
    texts = [article.text for article in corpus.load()]
    short, whole = QuoteExtractor(nlp, kinds="direct", engine="rules"), QuoteExtractor(nlp, engine="rules")
    for found, everything in zip(short.pipe(texts), whole.pipe(texts), strict=True):
        assert direct(found) == direct(everything)
        assert all(quote.kind == "direct" for quote in flat(found))


def test_what_is_not_reached_is_not_parsed(nlp, monkeypatch):
    parsed = []
    run = parsing.pipes.run

    def watched(nlp, docs, disable):
        if "parser" not in disable:
            parsed.extend(doc.text for doc in docs)
        return run(nlp, docs, disable)

    monkeypatch.setattr(parsing.pipes, "run", watched)
    extractor = QuoteExtractor(nlp, kinds="direct", engine="rules")
    text = f"Rain fell on the town.\nA boat came in. It left.\n“It is shut,” Ida Holm said.\n{LONG}"
    (quote,) = extractor.extract(text)
    assert parsed == ["A boat came in. It left.\n“It is shut,” Ida Holm said.\n"]
    assert quote.context.after.text == LONG
    assert not extractor.extract("Rain fell, the harbour board said.")
    assert len(parsed) == 1


def test_everything_is_parsed_for_a_reader_of_the_document(nlp):
    seen = []
    extractor = QuoteExtractor(
        nlp, kinds="direct", engine="rules", clusters=lambda doc: seen.append(doc) or []
    )
    extractor.extract("Rain fell on the town.\nA boat came.\n“It is shut,” Ida Holm said.")
    assert all(token.dep_ for token in seen[0])


def test_a_pipeline_with_a_component_of_its_own_is_not_skipped(nlp):
    assert parsing.may_skip(nlp)
    own = spacy.blank("en")
    assert parsing.may_skip(own)
    own.add_pipe("merge_noun_chunks")
    assert not parsing.may_skip(own)


def test_a_set_phrase_in_a_paragraph_that_is_not_parsed(nlp):
    text = (
        "“It is shut,” Ida Holm said.\n\nRain fell on the town.\n\n"
        "In this poll, the harbour party rose by one point while the others fell.\n\nA boat came in."
    )
    found = QuoteExtractor(nlp, kinds="direct", engine="rules").extract(text)
    assert [quote.text for quote in found] == ["It is shut,"]
