"""Sources in sentences that the parser gets wrong: the trees here are those that it gives."""

from __future__ import annotations

import pytest
from trees import scene

from quoteattr.attribution import misread
from quoteattr.attribution.sources import sources


def words_of(text, spec, cue, **lemmas):
    here = scene(text, spec, **lemmas)
    return [here.tree.text[slice(*each.range(here))] for each in sources(here, here.tree.words.index(cue))]


@pytest.mark.parametrize(
    ("text", "spec", "source"),
    [
        (  # the participle was given the subject
            "Two officials briefed on it said a deal was close.",
            (
                "NUM/nummod>1 NOUN/nsubj>2 VERB/ccomp>5 ADP/prep>2 PRON/pobj>3 VERB/ROOT DET/det>7 "
                "NOUN/nsubj>8 AUX/ccomp>5 ADJ/acomp>8 PUNCT/punct>5"
            ),
            "Two officials briefed on it",
        ),
        (  # and was taken for the verb of the sentence
            "Families forced out by it said nobody had told them.",
            (
                "NOUN/nsubj>1 VERB/ROOT ADP/prep>1 ADP/agent>1 PRON/pobj>3 VERB/xcomp>1 PRON/nsubj>8 "
                "AUX/aux>8 VERB/ccomp>5 PRON/dobj>8 PUNCT/punct>1"
            ),
            "Families forced out by it",
        ),
    ],
)
def test_a_participle_before_the_cue(text, spec, source):
    assert words_of(text, spec, "said", said="say")[0] == source


def test_a_sentence_without_a_verb_but_the_cue():
    text = "One of those who sent the letter called Lee a quack."
    spec = (
        "NUM/ROOT ADP/prep>0 PRON/pobj>1 PRON/nsubj>4 VERB/relcl>2 DET/det>6 NOUN/dobj>4 VERB/acl>6 "
        "PROPN/oprd>7 DET/det>10 NOUN/oprd>7 PUNCT/punct>0"
    )
    assert words_of(text, spec, "called", called="call")[0] == "One of those who sent the letter"
    assert "One" not in words_of(text[:-1], spec.rpartition(" ")[0], "called", called="call")[0]


def test_a_noun_behind_according_to_that_was_taken_for_a_verb():
    text = "It is unsafe, according to show insiders."
    spec = (
        "PRON/nsubj>1 AUX/ROOT ADJ/acomp>1 PUNCT/punct>1 VERB/prep>1 ADP/prep>4 VERB/pcomp>5 NOUN/dobj>6 "
        "PUNCT/punct>1"
    )
    assert words_of(text, spec, "according", according="accord") == ["show insiders", "It"]


def test_what_stands_between_a_quotation_and_its_verb():
    text = "“Why not?” the boy asked in a note."
    spec = (
        "PUNCT/punct>1 ADV/ROOT PART/neg>1 PUNCT/punct>1 PUNCT/punct>1 DET/det>6 NOUN/ROOT VERB/acl>6 "
        "ADP/prep>7 DET/det>10 NOUN/pobj>8 PUNCT/punct>6"
    )
    assert words_of(text, spec, "asked", asked="ask")[0] == "the boy"


def test_a_right_parse_is_left_alone():
    text = "The boy asked why."
    here = scene(text, "DET/det>1 NOUN/nsubj>2 VERB/ROOT ADV/ccomp>2 PUNCT/punct>2", asked="ask")
    assert misread.subject(here, 2) is None
    assert misread.governed(here, 2) is None
