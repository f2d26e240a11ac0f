"""Which paragraphs are parsed for direct quotes alone, and that nothing is lost by it."""

from __future__ import annotations

import time

import pytest
import spacy

from quoteattr import QuoteExtractor, corpus, layout, marks, parsing
from quoteattr.reach import reached

LONG = "Rain fell on the pier again, all day and for most of the night."


SOON = "The harbour board meets again on Friday to hear what the masters of the boats want."


def of(text):
    """T for a stretch that is parsed, N for one with names, W for one of which only words are taken."""
    paragraphs = layout.paragraphs(text)
    stretches = reached(text, paragraphs, marks.quotations(text, paragraphs))
    starts = [stretch.start for stretch in stretches]
    assert starts == sorted(set(starts))
    assert {paragraph.start for paragraph in paragraphs} <= set(starts)
    return "".join(stretch.depth.name[0] for stretch in stretches)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The ferry left.\nNobody came.", "WW"),
        (
            "A talk with Ida Holm\nRain.\nHail.\nWhy do you?\nI do.\nDo you win?\nI do.\nWill you?\nI do.",
            "TTTTTTTTT",
        ),
        ("PEN. No.\nLIL. Yes.\nPEN. No!\nLIL. Yes!", "TTTT"),
        (f"Rain fell.\nThe pier is shut.\nMayor Holm said it was “a shame”.\n{LONG}", "WWTW"),
        ("Rain fell.\nThe mayor spoke first.\n“It is shut,” Ida Holm said.", "WNT"),
        ("Rain fell.\nThe mayor spoke first,\n“It is shut,” Ida Holm said.", "WTT"),
        ("Rain fell.\nThe mayor spoke first.\n“It is shut.”", "TTT"),
        ("Rain fell.\nHolm was there.\nA boat came.\nThen she said it was “a shame”.", "NTTT"),
        ("Rain fell.\nThen a boat came.\nHolm was there.\nIda Holm said she was “ashamed”.", "WWWT"),
        ("Rain fell.\n“It is shut.”\nHolm said so on Friday.\nA boat came in.", "TTTW"),
        (f"Rain fell.\n“It is shut.”\nHolm was on the pier and {LONG.lower()}\n{LONG}", "TTTW"),
        ("Rain fell.\nMayor Holm wrote:\nThe mottoes “No” and “Never” of Lund.", "WTT"),
        ("Minutes\nHOLM: The pier is shut.\nRain fell all day long.", "WTW"),
        ("“Dare, and fear not.”\n— Ida Holm, who was mayor of the town for eighteen long years", "TT"),
    ],
)
def test_paragraphs(text, expected):
    assert of(text) == expected


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Mayor Holm", "N"),
        ("Ida Holm-Berg", "W"),
        ("IDA HOLM", "N"),
        ("Åse Holm", "N"),
        ("Holm", "W"),
        ("Ida Berg", "W"),
        ("the holm", "W"),
    ],
)
def test_full_names_are_read_wherever_they_stand(name, expected):
    assert of(f"Then {name} came.\n{SOON}\n“No,” said Holm.") == f"{expected}NT"


def test_full_names_are_read_once():
    text = f"Ida Holm came.\n{SOON}\nIda Holm left.\nMayor Ida Holm was there.\n{SOON}\n“No,” said Holm."
    assert of(text) == "NWWNNT"


def test_full_names_are_read_by_sentences():
    text = f"It was raining. Capt. Ida Holm arrived. It was raining again.\n{SOON}\n“No,” said Holm."
    assert of(text) == "WNWNT"


def test_names_are_read_far_before_a_speaker_without_one():
    text = "\n".join([SOON] * 6)
    assert of(f"{text}\n“It is shut,” she said.") == "WWNNTTT"
    talk = "\n".join(["“No.”"] * 4)
    assert of(f"{text}\n{talk}\n“It is shut,” she said.") == "WWNNTTTTTTT"


def test_no_paragraph():
    assert not of(" ")


@pytest.mark.parametrize(
    "unit", ["“Yes” ", "* ", "*", "a: ", "“a”\n", "\n", "A", "A ", "Ab.", "A-", "“a” A "]
)
def test_linear(unit):
    text = unit * (100_000 // len(unit))
    paragraphs = layout.paragraphs(text)
    quotations = marks.quotations(text, paragraphs)
    start = time.process_time()
    reached(text, paragraphs, quotations)
    assert time.process_time() - start < 1


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


def test_what_is_not_reached_is_not_read(nlp, monkeypatch):
    parsed, named = [], []
    run = parsing.pipes.run

    def watched(nlp, docs, disable):
        (named if "parser" in disable else parsed).extend(doc.text for doc in docs)
        return run(nlp, docs, disable)

    monkeypatch.setattr(parsing.pipes, "run", watched)
    extractor = QuoteExtractor(nlp, kinds="direct", engine="rules")
    text = (
        "Rain fell on the town.\nMayor Ida Holm swam.\nA boat came in. It left:\n"
        f"“It is shut,” Holm said.\n{LONG}"
    )
    (quote,) = extractor.extract(text)
    assert parsed == ["A boat came in. It left:\n“It is shut,” Holm said.\n"]
    assert named == ["Mayor Ida Holm swam.\n"]
    assert quote.speaker.name == "Ida Holm"
    assert quote.context.after.text == LONG
    assert not extractor.extract("Rain fell, Mayor Ida Holm said.")
    assert len(parsed + named) == 2


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
