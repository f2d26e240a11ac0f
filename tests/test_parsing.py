"""Offsets, paragraph borders and long texts."""

from __future__ import annotations

import threading

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy import attrs
from spacy.tokens import Doc

from quoteattr import layout, parsing
from quoteattr.parsing import chunks, parse, parse_all
from quoteattr.readable import readable

ARTICLE = (
    "Ferry talks resume\n\n"
    "The harbour board met on Tuesday. “We have a plan,” Mayor Ida Holm said.\n\n"
    "Her deputy disagreed.\nHe left early.\n"
)


def sentences(doc):
    return [sentence.text.strip() for sentence in doc.sents]


def test_headline_does_not_merge(nlp):
    assert sentences(parse(nlp, ARTICLE, layout.paragraphs(ARTICLE)))[0] == "Ferry talks resume"


@pytest.mark.parametrize(
    "text",
    [
        ARTICLE,
        "a\x00b said \x00.",
        "  \n\n leading and trailing \n ",
        "e\u0301 😀 “x” \u200b\u202e said\r\nhe\tand\u2028she",
        "x" * 5000,
    ],
)
def test_offsets_are_those_of_the_text(nlp, text):
    doc = parse(nlp, text, layout.paragraphs(text))
    assert doc.text == readable(text)
    assert len(doc.text) == len(text)
    assert all(doc.text[token.idx : token.idx + len(token)] == token.text for token in doc)


def test_lone_surrogates_keep_their_place(nlp):
    text = "Ann \ud800 said \udfff\udc00 no."
    doc = parse(nlp, text, layout.paragraphs(text))
    assert len(doc.text) == len(text)
    assert doc.text.index("said") == text.index("said")


def test_long_text_goes_in_pieces(nlp, monkeypatch):
    monkeypatch.setattr(parsing, "CHUNK", 200)
    text = ARTICLE * 20
    paragraphs = layout.paragraphs(text)
    doc = parse(nlp, text, paragraphs)
    assert doc.text == text
    assert all(text[token.idx : token.idx + len(token)] == token.text for token in doc)
    assert doc.has_annotation("DEP")
    starts = {sentence.start_char for sentence in doc.sents}
    assert {paragraph.start for paragraph in paragraphs} <= starts
    assert all(token.head.sent.start == token.sent.start for token in doc)


def analysis(doc):
    return [
        (token.text, token.tag_, token.lemma_, token.dep_, token.head.i, token.ent_type_) for token in doc
    ]


def test_pieces_give_the_same_parse(nlp, monkeypatch):
    whole = parse(nlp, ARTICLE, layout.paragraphs(ARTICLE))
    monkeypatch.setattr(parsing, "CHUNK", 100)
    merged = parse(nlp, ARTICLE, layout.paragraphs(ARTICLE))
    assert analysis(merged) == analysis(whole)


def test_beyond_the_pipelines_own_limit(nlp, monkeypatch):
    monkeypatch.setattr(nlp, "max_length", 80)
    text = ARTICLE * 3 + "word " * 50
    assert parse(nlp, text, layout.paragraphs(text)).text == text


def test_several_texts_stay_apart(nlp):
    texts = [ARTICLE, "", "Short one.", ARTICLE * 2]
    docs = parse_all(nlp, texts, [layout.paragraphs(text) for text in texts])
    assert [doc.text for doc in docs] == texts


@settings(max_examples=300, deadline=None)
@given(st.text(alphabet="ab .\n”", max_size=120), st.integers(min_value=1, max_value=30))
def test_chunks_are_the_text(text, limit):
    found = list(chunks(text, [block.start for block in layout.paragraphs(text)], limit))
    assert "".join(text[start:end] for start, end in found) == text
    assert all(0 < end - start <= limit for start, end in found)


def pieces(text, starts, limit):
    return [text[start:end] for start, end in chunks(text, starts, limit)]


def test_chunks_prefer_paragraphs_then_sentences_then_spaces():
    text = "One one. Two two.\nThree three. Four four four"
    assert pieces(text, [0, 18], 20) == ["One one. Two two.\n", "Three three. ", "Four four four"]
    assert pieces("aaaa bbbb cccc", [0], 10) == ["aaaa bbbb ", "cccc"]
    assert pieces("a" * 25, [0], 10) == ["a" * 10, "a" * 10, "a" * 5]


@pytest.mark.parametrize("unit", [" ", ".", '."', "\n", "a", ". "])
def test_chunks_are_linear(unit):
    text = unit * (1_000_000 // len(unit))
    assert sum(end - start for start, end in chunks(text, [0], parsing.CHUNK)) == len(text)


def test_sessions_take_turns(nlp):
    inside = []
    overlaps = []

    def work():
        for _ in range(20):
            with parsing.session(nlp):
                inside.append(1)
                overlaps.append(len(inside))
                inside.pop()

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert set(overlaps) == {1}
    assert len(overlaps) == 80


def test_new_words_are_dropped_once_there_are_many(nlp, monkeypatch):
    text = "Ann Qwzyxv said that the flibbertigrond failed."
    monkeypatch.setattr(parsing, "KEPT_WORDS", -len(nlp.vocab.strings))
    with parsing.session(nlp):
        words = [token.text for token in parse(nlp, text, layout.paragraphs(text))]
    assert "flibbertigrond" in words
    assert "flibbertigrond" not in nlp.vocab.strings
    with parsing.session(nlp):
        assert [token.text for token in parse(nlp, text, layout.paragraphs(text))] == words


def test_remembered_lemmas_are_bounded(nlp, monkeypatch):
    text = "The boats were sailing and the gulls were crying."
    nlp(text)
    cache = nlp.get_pipe("lemmatizer").cache
    assert len(cache) > 0
    monkeypatch.setattr(parsing, "KEPT_LEMMAS", 0)
    with parsing.session(nlp):
        assert len(cache) == 0


def test_pieces_are_joined_as_spacy_joins_them(nlp):
    texts = ["The ferry was late.\n\n", "Ann Lee, the\nclerk, said “no” twice. ", "Oslo agreed."]
    parts = [nlp(text) for text in texts]
    mine = parsing._joined(nlp, parts)
    spacys = Doc.from_docs(parts, ensure_whitespace=False, exclude=["tensor"])
    assert mine.text == spacys.text == "".join(texts)
    for name in ("TAG", "POS", "MORPH", "LEMMA", "DEP", "HEAD", "ENT_IOB", "ENT_TYPE", "SENT_START", "IDX"):
        column = [getattr(attrs, name)]
        assert mine.to_array(column).tolist() == spacys.to_array(column).tolist(), name


def test_brackets_before_a_colon_are_no_face(nlp):
    text = "Ms Kerr (Port Selwyn): Where is it?"
    doc = parse(nlp, text, layout.paragraphs(text))
    assert doc.text == text
    assert [token.text for token in doc][2:7] == ["(", "Port", "Selwyn", ")", ":"]


def test_glued_quotation_marks_are_tokens(nlp):
    text = "“It is so,”Ann said. “Not”—she paused—“so,” I'm 6\"2 and said,“No."
    doc = parse(nlp, text, layout.paragraphs(text))
    assert doc.text == text
    words = [token.text for token in doc]
    assert words[:8] == ["“", "It", "is", "so", ",", "”", "Ann", "said"]
    assert words[10:18] == ["Not", "”", "—", "she", "paused", "—", "“", "so"]
    assert words[-5:] == ["said", ",", "“", "No", "."]
    assert '6"2' in words
    assert next(token for token in doc if token.text == "'m").norm_ == "am"
