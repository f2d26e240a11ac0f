"""Components run by `quoteattr.pipes` give what spaCy's own give, to the token."""

from __future__ import annotations

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.tokens import Span

from quoteattr import corpus, models, pipes
from quoteattr.pipes import words

TEXTS = [article.text for article in corpus.load()]
ODD = [
    "",
    " ",
    "\n\n",
    "x" * 3000,
    "word " * 3000,
    "Ann Lee " * 500,
    "“” " * 200,
    "there's there 're y'all ain't n't nothin' gets got",
    "At 5 p.m. the U.N.\n\nAnn\n\nLee of the\nNorth Harbour Board paid $5 million",
]


def analysis(doc):
    return [
        (
            *(token.text, token.tag_, token.pos_, str(token.morph), token.lemma_, token.dep_, token.head.i),
            *(token.ent_type_, token.ent_iob_, token.is_sent_start),
        )
        for token in doc
    ]


def own(nlp, texts):
    return [analysis(doc) for doc in pipes.run(nlp, [nlp.make_doc(text) for text in texts])]


def spacys(nlp, texts):
    return [analysis(doc) for doc in nlp.pipe(texts)]


@pytest.fixture
def fresh():
    return spacy.load(models.default_name())


def test_articles(nlp):
    assert own(nlp, TEXTS) == spacys(nlp, TEXTS)


def test_one_article_alone(nlp):
    assert own(nlp, TEXTS[:1]) == spacys(nlp, TEXTS[:1])


@pytest.mark.parametrize("text", ODD)
def test_odd_texts(nlp, text):
    assert own(nlp, [text]) == spacys(nlp, [text])


def test_odd_texts_together(nlp):
    assert own(nlp, ODD) == spacys(nlp, ODD)


@settings(max_examples=40, deadline=None)
@given(texts=st.lists(st.text(st.sampled_from("aIt' \n.“”\"the said No$5é–"), max_size=60), max_size=12))
def test_any_text(nlp, texts):
    assert own(nlp, texts) == spacys(nlp, texts)


def test_the_known_makes_are_known(nlp):
    known = {name: step.__module__ for name, step in pipes._steps(nlp)}
    assert {name for name, module in known.items() if module != "quoteattr.pipes"} == {
        "tok2vec",
        "parser",
        "attribute_ruler",
        "lemmatizer",
        "ner",
    }


def test_entities_set_before_bind_the_recognizer(fresh):
    @spacy.Language.component("known_ferry")
    def known_ferry(doc):
        doc.set_ents([Span(doc, 1, 3, label="PRODUCT")])
        return doc

    fresh.add_pipe("known_ferry", first=True)
    text = "The North Star left Bergen on Monday."
    assert own(fresh, [text, text]) == spacys(fresh, [text, text])
    assert any("PRODUCT" in token for token in own(fresh, [text])[0])


def test_rules_and_components_added_later(fresh):
    text = "The ferry sailed. The ferry sailed."
    before = own(fresh, [text])
    fresh.get_pipe("attribute_ruler").add([[{"LOWER": "ferry"}]], {"LEMMA": "boat"})
    assert own(fresh, [text]) == spacys(fresh, [text]) != before
    fresh.add_pipe("merge_noun_chunks")
    assert own(fresh, [text]) == spacys(fresh, [text])
    assert len(own(fresh, [text])[0]) == 6


def test_a_rule_that_looks_elsewhere(fresh):
    fresh.get_pipe("attribute_ruler").add([[{"SHAPE": "Xxxxx"}]], {"LEMMA": "name"})
    assert own(fresh, TEXTS[:2]) == spacys(fresh, TEXTS[:2])


def test_pipes_left_out(fresh):
    fresh.select_pipes(disable=["ner", "lemmatizer"])
    assert own(fresh, TEXTS[:2]) == spacys(fresh, TEXTS[:2])
    fresh.enable_pipe("ner")
    assert own(fresh, TEXTS[:2]) == spacys(fresh, TEXTS[:2])


def test_beam_search_is_left_to_spacy(fresh):
    fresh.get_pipe("parser").cfg["beam_width"] = 4
    assert own(fresh, TEXTS[:1]) == spacys(fresh, TEXTS[:1])


def test_lemmas_of_earlier_words_are_forgotten(nlp, monkeypatch):
    monkeypatch.setattr(words, "KEPT", 3)
    lemmas = words.step(nlp.get_pipe("lemmatizer"))
    for text in ("The mills were closed and sold.", "She walked home.", "He slept."):
        lemmas([nlp(text)])
    assert len(lemmas.known) == len(["He", "slept", "."])
    assert len(lemmas.quick.cache) <= len(lemmas.known)
