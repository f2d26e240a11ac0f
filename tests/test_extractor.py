"""`QuoteExtractor` and `extract_quotes`: options, inputs, the seed article, threads."""

from __future__ import annotations

import threading

import pytest
import spacy
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from quoteattr import QuoteExtractor, Quotes, extract_quotes, models, parsing, tagger
from quoteattr.errors import (
    InputTypeError,
    ModelMissingError,
    ModelUnusableError,
    OptionError,
    TextTooLongError,
)

PLAIN = (
    "Ferry talks resume\n\n"
    "“The pier will open in May,” Mayor Ida Holm said on Tuesday. “We are ready.”\n\n"
    "Her deputy, Jonas Brandt, told the Harbour Gazette that the money was missing. He added: “Not a cent.”\n"
)


def flat(quotes):
    for quote in quotes:
        yield quote
        yield from flat(quote.nested)


def mentions(quote):
    speakers = [speaker for speaker in (quote.speaker, quote.addressee) if speaker]
    members = [member for speaker in speakers for member in speaker.members]
    for speaker in speakers + members:
        if speaker.mention:
            yield speaker.mention


def check_offsets(quotes):
    """Every span of every quote stands in the text as it says."""
    text = quotes.text
    for quote in flat(quotes):
        context = quote.context
        spans = [*quote.spans, context.sentence, context.paragraph, *mentions(quote)]
        spans += [span for span in (context.before, context.after, quote.cue and quote.cue.span) if span]
        for span in spans:
            assert 0 <= span.start <= span.end <= len(text)
            assert text[span.start : span.end] == span.text
        assert [(s.start, s.end) for s in quote.spans] == sorted((s.start, s.end) for s in quote.spans)
        assert 0 <= quote.confidence <= 1


@pytest.fixture(scope="module")
def extractor():
    return QuoteExtractor()


def test_seed_article(seed_text):
    quotes = extract_quotes(seed_text)
    check_offsets(quotes)
    direct = [
        (quote.speaker.name, quote.text.split(",")[0].split(" between")[0])
        for quote in quotes
        if quote.kind == "direct" and quote.speaker
    ]
    assert ("Xi Jinping", "China and Russia should further enhance economic") in direct
    assert ("Mikhail Mishustin", "Today") in direct
    assert ("Steve Tsang", "Given sanctions against Russia provide new opportunities for China") in direct
    assert ("Li Qiang", "China is willing to work with Russia to implement joint cooperation") in direct
    assert "friendly" not in [quote.text for quote in quotes]
    assert [quote.start for quote in quotes] == sorted(quote.start for quote in quotes)


def test_plain_text(extractor):
    quotes = extractor.extract(PLAIN)
    check_offsets(quotes)
    first = quotes[0]
    assert (first.text, first.kind) == ("The pier will open in May, We are ready.", "direct")
    assert [span.text for span in first.spans] == ["“The pier will open in May,”", "“We are ready.”"]
    assert (first.speaker.name, first.cue.lemma, first.context.paragraph_index) == ("Ida Holm", "say", 1)
    assert first.context.before.text == "Ferry talks resume"
    last = quotes[-1]
    assert (last.speaker.name, last.text) == ("Jonas Brandt", "Not a cent.")


@pytest.mark.parametrize("text", ["", " ", "\n\t \n", "\u2003"])
@pytest.mark.usefixtures("no_model")
def test_blank_text_needs_no_model(text):
    assert extract_quotes(text).items == ()


@pytest.mark.usefixtures("no_model")
def test_no_model():
    with pytest.raises(ModelMissingError, match="spacy download"):
        extract_quotes("Ann Lee said no.")


def test_text_without_quotes(extractor):
    text = "The ferry left at noon. The sea was calm."
    assert extractor.extract(text).items == ()


@pytest.mark.parametrize("value", [None, 3, b"Ann said no.", ["Ann said no."], 1.5, object()])
def test_not_a_text(extractor, value):
    with pytest.raises(InputTypeError, match="str or a spaCy Doc"):
        extractor.extract(value)
    with pytest.raises(TypeError):
        extract_quotes(value)


@pytest.mark.parametrize(
    "options",
    [
        {"acts": ("shouting",)},
        {"acts": "shouting"},
        {"kinds": ("direct", "Indirect")},
        {"kinds": [1]},
        {"min_confidence": 1.1},
        {"min_confidence": -0.1},
        {"min_confidence": "0.5"},
        {"min_confidence": float("nan")},
        {"min_confidence": True},
        {"engine": "magic"},
        {"engine": None},
        {"paragraphs": "lines"},
        {"max_chars": -1},
        {"threads": -1},
        {"threads": "2"},
        {"threads": True},
        {"max_chars": 1.5},
    ],
)
def test_unknown_options(options):
    with pytest.raises(OptionError, match=next(iter(options))):
        QuoteExtractor(**options)


def test_engine_is_told():
    best = "tagger" if tagger.is_installed() else "rules"
    assert extract_quotes("Ann Lee said no.", engine="auto").engine == best
    assert QuoteExtractor(engine="rules").extract("").engine == "rules"


def test_max_chars():
    extractor = QuoteExtractor(max_chars=10)
    assert extractor.extract(" " * 10).text == " " * 10
    with pytest.raises(TextTooLongError, match="11 characters"):
        extractor.extract("a" * 11)


def test_paragraphs():
    text = "Ida Holm arrived.\nShe said that it rained.\n\nJonas Brandt denied it."
    for mode, count in (("newline", 1), ("blank-line", 0)):
        quotes = QuoteExtractor(paragraphs=mode).extract(text)
        assert quotes[0].context.paragraph_index == count


def test_kinds_and_acts(nlp):
    text = PLAIN + "Voters believe that the ferry is late. A poll shows that few will vote.\n"
    everything = extract_quotes(text, nlp=nlp, acts="all")
    assert {quote.kind for quote in everything} >= {"direct", "indirect"}
    assert "thought" in {quote.cue.act for quote in everything if quote.cue}
    for kind in ("direct", "indirect"):
        only = extract_quotes(text, nlp=nlp, acts="all", kinds=(kind,))
        assert [q.spans for q in only] == [q.spans for q in everything if q.kind == kind]
    default = extract_quotes(text, nlp=nlp)
    assert {quote.cue.act for quote in default if quote.cue} <= {"speech", "writing"}
    assert extract_quotes(text, nlp=nlp, acts="thought") == extract_quotes(text, nlp=nlp, acts=["thought"])
    assert extract_quotes(text, nlp=nlp, kinds=()).items == ()


def test_filters_do_not_change_who_speaks(nlp):
    everything = extract_quotes(PLAIN, nlp=nlp)
    direct = extract_quotes(PLAIN, nlp=nlp, kinds=("direct",))
    assert [q.speaker for q in direct] == [q.speaker for q in everything if q.kind == "direct"]


def test_min_confidence(nlp):
    everything = extract_quotes(PLAIN, nlp=nlp)
    middle = sorted(quote.confidence for quote in everything)[len(everything) // 2]
    some = extract_quotes(PLAIN, nlp=nlp, min_confidence=middle)
    assert [q.spans for q in some] == [q.spans for q in everything if q.confidence >= middle]
    assert 0 < len(some) < len(everything)


def test_ids_count_from_zero(seed_text):
    quotes = extract_quotes(seed_text, acts="all")
    assert [quote.id for quote in quotes] == list(range(len(quotes)))
    everything = [quote.id for quote in flat(quotes)]
    assert sorted(everything) == list(range(len(everything)))


@pytest.mark.usefixtures("no_model")
def test_parsed_doc_is_not_parsed_again(nlp, extractor, monkeypatch):
    doc = nlp(PLAIN)
    parsed = []
    monkeypatch.setattr(parsing, "parse_all", lambda *_: parsed.append(1))
    quotes = extractor.extract(doc)
    check_offsets(quotes)
    assert quotes.text == PLAIN
    assert [quote.speaker.name for quote in quotes if quote.kind == "direct"] == ["Ida Holm", "Jonas Brandt"]
    assert parsed == []


def test_unparsed_doc_is_parsed(extractor):
    doc = spacy.blank("en")(PLAIN)
    assert extractor.extract(doc) == extractor.extract(PLAIN)
    assert not doc.has_annotation("DEP")


def test_doc_of_another_language(extractor):
    doc = spacy.blank("de")("Anna sagte nein.")
    for token in doc:
        token.dep_, token.tag_ = "dep", "X"
    with pytest.raises(ModelUnusableError, match="'de'"):
        extractor.extract(doc)


def test_pipelines_by_object_and_name():
    by_object = QuoteExtractor(spacy.load(models.default_name())).extract(PLAIN)
    assert by_object == extract_quotes(PLAIN, nlp=models.default_name()) == extract_quotes(PLAIN)
    with pytest.raises(ModelUnusableError, match="no parser"):
        QuoteExtractor(spacy.blank("en"))
    with pytest.raises(InputTypeError):
        QuoteExtractor(7)
    with pytest.raises(ModelMissingError):
        QuoteExtractor("no_such_pipeline").extract(PLAIN)


def test_clusters_from_outside():
    text = "Ida Holm met Berta Falk on Monday. She said that the pier was safe."
    she = (text.index("She"), text.index("She") + 3)
    for name in ("Ida Holm", "Berta Falk"):
        start = text.index(name)
        extractor = QuoteExtractor(
            clusters=lambda _, start=start, name=name: [[(start, start + len(name)), she]]
        )
        assert extractor.extract(text)[0].speaker.name == name


def test_lone_surrogates_in_quote_and_name(extractor):
    text = "“The pier \ud800 is safe,” Ida Hol\udfffm said."
    quotes = extractor.extract(text)
    check_offsets(quotes)
    assert [quote.text for quote in quotes] == ["The pier \ud800 is safe,"]
    assert Quotes.from_json(quotes.to_json()) == quotes


def test_beyond_the_pipelines_limit(nlp, monkeypatch):
    one = extract_quotes(PLAIN, nlp=nlp)
    monkeypatch.setattr(nlp, "max_length", 300)
    many = extract_quotes(PLAIN * 5, nlp=nlp)
    check_offsets(many)
    assert [q.text for q in many if q.kind == "direct"] == [q.text for q in one if q.kind == "direct"] * 5


def test_eight_threads_give_the_same_as_one(extractor, seed_text):
    texts = [seed_text, PLAIN, PLAIN[20:], seed_text[:1500]] * 2
    expected = [extractor.extract(text) for text in texts]
    found = {}

    def work(number):
        found[number] = [extractor.extract(text) for text in texts[number:] + texts[:number]]

    threads = [threading.Thread(target=work, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert all(found[n] == expected[n:] + expected[:n] for n in range(8))


SIGNS = "“”\"'‘’«»—\x00\ud800\u202e😀\n"
MARKS = [*SIGNS, "e\u0301", "\n\n", " ", ". ", ", ", ": ", "5' 11\"", "<b>"]
WORDS = ["Ida Holm", "said", "he", "that", "the mayor", "added", "according to"]


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.one_of(st.text(max_size=60), st.lists(st.sampled_from(MARKS + WORDS), max_size=30).map(" ".join)))
def test_any_text(text):
    quotes = extract_quotes(text, acts="all")
    check_offsets(quotes)
    assert quotes.text == text
    assert Quotes.from_json(quotes.to_json()) == quotes


def test_the_narrator_is_named_by_those_who_call_him(nlp):
    text = (
        "“It’s time you did something, Fergus,” said I.\n\n“What can I do?” he replied.\n\n“I’ve been to the"
        " Wilsons,” said Rose, “and it’s a pity you didn’t come, Gilbert.”\n\n“Well, what of it?” I said."
    )
    quotes = QuoteExtractor(nlp, engine="rules").extract(text)
    assert [quote.speaker.name for quote in quotes] == ["Gilbert", "Fergus", "Rose", "Gilbert"]
