"""Sentence, paragraph and neighbours of a quote."""

from __future__ import annotations

from quoteattr.context import Surroundings
from quoteattr.records import Range

TEXT = "Snow fell.  “We closed,” he said.\n\nThe road\nreopens. Later, buses run."
SENTENCES = [(0, 12), (12, 35), (35, 53), (53, 71)]
PARAGRAPHS = [Range(0, 33), Range(35, 71)]
AROUND = Surroundings(TEXT, SENTENCES, PARAGRAPHS)


def at(words: str) -> Range:
    start = TEXT.index(words)
    return Range(start, start + len(words))


def test_sentence_paragraph_and_neighbours():
    context = AROUND.of([at("“We closed,”")], [at("said"), at("he")])
    assert context.sentence.text == "“We closed,” he said."
    assert context.paragraph.text == "Snow fell.  “We closed,” he said."
    assert context.paragraph_index == 0
    assert context.before.text == "Snow fell."
    assert context.after.text == "The road\nreopens."


def test_edges_of_the_text():
    assert AROUND.of([at("Snow")]).before is None
    assert AROUND.of([at("buses")]).after is None


def test_sentence_reaches_to_source_and_cue():
    context = AROUND.of([at("Snow")], [None, at("said")])
    assert context.sentence.text == "Snow fell.  “We closed,” he said."
    assert context.after.text == "The road\nreopens."


def test_paragraph_is_that_of_the_first_piece():
    context = AROUND.of([at("reopens"), at("buses")])
    assert context.paragraph_index == 1
    assert context.sentence.text == "The road\nreopens. Later, buses run."


def test_sentences_of_white_space_are_no_neighbours():
    around = Surroundings("A b.\n\n \nC d.", [(0, 4), (4, 8), (8, 12)], [Range(0, 4), Range(8, 12)])
    assert around.of([Range(0, 1)]).after.text == "C d."
    assert around.of([Range(8, 9)]).before.text == "A b."


def test_quote_beyond_its_sentences():
    around = Surroundings("A b. C d.", [(0, 3)], [Range(0, 9)])
    context = around.of([Range(1, 9)])
    assert (context.sentence.start, context.sentence.end) == (0, 9)
    assert context.after is None


def test_neither_sentences_nor_paragraphs():
    context = Surroundings("abc", [], []).of([Range(1, 2)])
    assert context.sentence.text == "b"
    assert context.paragraph.text == "abc"
    assert (context.before, context.after) == (None, None)
