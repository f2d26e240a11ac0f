"""The modules of attribution one by one, on trees written by hand; test_attribution_cases.py has texts."""

from __future__ import annotations

import math
from itertools import pairwise

import pytest
from fragments import ANY_TEXT, profile
from hypothesis import given
from hypothesis import strategies as st
from trees import any_document, at, document, said, scene

from quoteattr.attribution import (
    attribute,
    choice,
    forms,
    nesting,
    quoted,
    signs,
    speech,
    talk,
    unreported,
    utterances,
    wording,
)
from quoteattr.attribution import weights as tables
from quoteattr.attribution.about import About
from quoteattr.attribution.addressees import addressee
from quoteattr.attribution.candidates import candidates
from quoteattr.attribution.content_features import content_features
from quoteattr.attribution.contents import Content, contents
from quoteattr.attribution.cue_features import cue_features
from quoteattr.attribution.kinds import noun_class
from quoteattr.attribution.readings import Reading, readings
from quoteattr.attribution.scene import label_of
from quoteattr.attribution.source_features import source_features
from quoteattr.attribution.sources import Source, is_nobody, sources
from quoteattr.attribution.standing import Standing
from quoteattr.attribution.tree import Tree
from quoteattr.attribution.weights import Weights
from quoteattr.layout import paragraphs
from quoteattr.marks import quotations
from quoteattr.parsing import parse
from quoteattr.records import Range

# 'Ida Holm said that the bridge was shut.'
THAT = (
    "PROPN/compound>1 PROPN/nsubj>2 VERB/ROOT SCONJ/mark>7 DET/det>5 NOUN/nsubjpass>7 AUX/auxpass>7 "
    "VERB/ccomp>2 PUNCT/punct>2"
)
# '“We lost,” Ida Holm said.'
AFTER = (
    "PUNCT/punct>7 PRON/nsubj>2 VERB/ccomp>7 PUNCT/punct>7 PUNCT/punct>7 PROPN/compound>6 PROPN/nsubj>7 "
    "VERB/ROOT PUNCT/punct>7"
)


def holm_said():
    return scene("Ida Holm said that the bridge was shut.", THAT, said="say", was="be")


def speech_after():
    return scene("“We lost,” Ida Holm said.", AFTER, said="say")


# The tree


def test_tokens_stand_where_the_text_has_them():
    text = "  “Über 😀 all,”\n\nshe said. "
    tree = Tree.of(document(text))
    assert tree.text == text
    assert [text[a:b] for a, b in zip(tree.starts, tree.ends, strict=True)] == tree.words
    assert tree.range(0, len(tree) - 1) == Range(0, len(text.rstrip()))


def test_the_text_as_given_may_differ_from_the_doc():
    assert Tree.of(document("a\ufffdb"), "a\ud800b").text == "a\ud800b"


def test_an_empty_document():
    tree = Tree.of(document(""))
    assert len(tree) == 0
    assert tree.sentences == []


def test_dependents_edges_and_ancestors():
    tree = holm_said().tree
    assert tree.children[2] == (1, 7, 8)
    assert (tree.left[7], tree.right[7]) == (3, 7)
    assert (tree.left[2], tree.right[2]) == (0, 8)
    assert tree.ancestors(4) == [5, 7, 2]
    assert tree.child(2, "ccomp") == 7
    assert tree.child(2, "dobj") is None
    assert tree.lemmas[2] == "say"


def test_sentences_are_numbered():
    tree = Tree.of(document("One went. Two came. Three"))
    assert tree.sentences == [(0, 3), (3, 6), (6, 7)]
    assert tree.sentence == [0, 0, 0, 1, 1, 1, 2]


@profile(0.02)
@given(doc=any_document())
def test_edges_of_any_tree(doc):
    """The edges of a subtree are its first and its last token, in trees whose branches cross too."""
    tree = Tree.of(doc)
    below: list[set[int]] = [{i} for i in range(len(tree))]
    for i in range(len(tree)):
        for above in tree.ancestors(i):
            below[above].add(i)
    assert tree.left == [min(each) for each in below]
    assert tree.right == [max(each) for each in below]
    assert tree.sentence == [n for n, (first, end) in enumerate(tree.sentences) for _ in range(first, end)]


# The scene


def test_quotations_over_tokens():
    here = speech_after()
    assert here.outer == [0, 0, 0, 0, 0, -1, -1, -1, -1]
    assert here.spans == [(0, 4)]
    assert here.cited == [[0]]
    assert here.blocks == [(0, 8)]


def test_inner_quotations_belong_to_the_outer_one():
    here = scene("“He said ‘no’ twice,” Ann said.")
    assert here.inner == {0: [1]}
    assert said(here, (here.spans[1],)) == ["‘no’"]
    assert here.outer[at(here, "no")] == 0


def test_only_the_quotations_right_inside_are_inner():
    here = scene("“She said ‘he said “no” twice’ and left,” Ann said.")
    assert here.inner == {0: [1]}
    assert len(here.spans) == 3


def test_paragraphs_and_their_quotations():
    here = scene("“One,” Ann said.\n\nNobody spoke.\n\n“Two,” she said. “Three.”")
    assert here.cited == [[0], [], [1, 2]]
    assert here.paragraph[at(here, "Nobody")] == 1
    assert here.paragraph[at(here, "she")] == 2
    assert here.cited_from(at(here, "she")) == 1
    assert here.cited_near(at(here, "she"), 1) == [1, 2]
    assert here.cited_near(at(here, "Nobody"), 1) == []


TOLD = "Ida rose.\n\n“You might have told us, Tom.”\n\nTom sighed."
TURNS = "\n\n“Did he know?” Ida said.\n\n“He did.”\n\n“And you?”\n\n“So did I.”"


@pytest.mark.parametrize(("text", "may"), [(TOLD, True), (TOLD + TURNS, False)], ids=["news", "talk"])
def test_who_sighs_at_a_speech_in_a_talk_has_not_said_it(text: str, may: bool) -> None:
    here = scene(text, Tom="Tom")
    ways = {content.how for content in contents(here, at(here, "sighed"))}
    assert ("quote:previous" in ways) is may


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("“The Long Winter”", True),
        ("“Songs of the Sea”", True),
        ("“We lost.”", False),
        ("“NO DOGS”", False),
    ],
)
def test_written_like_a_title(text, title):
    assert scene(text).is_title(0) is title


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("HOLM: We went.", "HOLM"),
        ("Ida Holm: We went.", "Ida Holm"),
        ("Q: Why?", "Q"),
        ("[PELL: Yes.]", "PELL"),
        ("Here is why: it rained.", ""),
        ("No label here.", ""),
        ("[ 00:00:04 ] Noor: Hello.", "Noor"),
        ("Ms KERR ( Port Selwyn ) : Where is it?", "Ms KERR"),
    ],
)
def test_label_of_a_paragraph(text, label):
    tree = Tree.of(document(text))
    first, last, colon = label_of(tree, 0, len(tree) - 1)
    assert " ".join(tree.words[first : last + 1] if colon >= 0 else []) == label
    assert (colon >= 0) is bool(label)


TALK = "PELL: We went in.\n\nMARSH: When?\n\nPELL: At nine.\n\nMARSH: Alone?"


def test_labels_are_counted():
    assert scene(TALK).labels == {"PELL": 2, "MARSH": 2}


def test_a_whole_name_and_its_last_word_are_one_label():
    here = scene("ANN PELL: We went in.\n\nMs MARSH: When?\n\nPELL: At nine.\n\nMr MARSH: Alone?")
    assert here.labels == {"ANN PELL": 2, "Ms MARSH": 1, "PELL": 2, "Mr MARSH": 1}


# Signs


def test_a_label_that_comes_again_is_certain():
    here = scene(TALK)
    colons = [i for i, word in enumerate(here.tree.words) if word == ":"]
    assert all(signs.is_label(here, i) and signs.certain(here, i) for i in colons)
    assert [signs.label_count(here, i) for i in colons] == [2, 2, 2, 2]


def test_labels_that_come_once_are_not_certain():
    here = scene("Weather: rain.\n\nSport: the cup.")
    colons = [i for i, word in enumerate(here.tree.words) if word == ":"]
    assert all(signs.is_label(here, i) for i in colons)
    assert not any(signs.certain(here, i) for i in colons)


def test_a_name_under_a_quotation_is_certain():
    here = scene("“Nothing lasts.” — Ida Holm, mayor")
    assert signs.certain(here, at(here, "—"))
    assert [said(here, piece) for piece, _ in signs.signed(here, at(here, "—"))] == [["“Nothing lasts.”"]]
    names = {how: (first, last) for first, last, how in signs.speaking(here, at(here, "—"))}
    assert said(here, (names["signature"],)) == ["Ida Holm"]
    assert said(here, (names["signature+"],)) == ["Ida Holm, mayor"]


def test_a_name_on_the_line_below_a_quotation_is_certain():
    here = scene("“Nothing lasts.”\n— Ida Holm")
    assert signs.certain(here, at(here, "—"))


@pytest.mark.parametrize("text", ["“Nothing lasts.” — Ida Holm, 1912", "“Nothing lasts.” — Ida Holm, in May"])
def test_a_date_is_no_part_of_a_signature(text):
    spec = "PUNCT/punct>2 NOUN/dep>2 VERB/ROOT PUNCT/punct>2 PUNCT/punct>2 PUNCT/punct>2 PROPN/compound>7"
    tail = " PROPN/dep>2 PUNCT/punct>7 NUM/dep>7" if "1912" in text else ""
    tail = tail or " PROPN/dep>2 PUNCT/punct>7 ADP/prep>7 PROPN/pobj>9"
    here = scene(text, spec + tail)
    first, last, _ = next(iter(signs.speaking(here, at(here, "—"))))
    assert said(here, ((first, last),)) == ["Ida Holm"]


@pytest.mark.parametrize(
    ("line", "whom"),
    [("From Ida Holm:", "Ida Holm"), ("Statement from Corrin Rail:", "Corrin Rail"), ("Notes from:", None)],
)
def test_a_line_from_somebody_introduces_the_quotation_below(line, whom):
    here = scene(f"{line}\n\n“We regret it.”")
    begin = signs.from_whom(here, at(here, ":"))
    assert (begin is not None) == (whom is not None) == signs.certain(here, at(here, ":"))
    if begin is not None:
        assert said(here, ((begin, at(here, ":") - 1),)) == [whom]


def test_a_line_from_somebody_introduces_no_plain_paragraph():
    here = scene("From Ida Holm:\n\nThe bridge is shut.")
    assert not signs.certain(here, at(here, ":"))


def test_a_clause_after_a_dash_is_no_signature():
    spec = "PUNCT/punct NOUN/nsubj>2 VERB/dep>7 PUNCT/punct>2 PUNCT/punct>2 PUNCT/punct>7 PROPN/nsubj>7"
    here = scene("“Nothing lasts.” — Holm smiled", spec + " VERB/ROOT")
    assert not signs.certain(here, at(here, "—"))


def test_the_label_of_a_headline_has_no_turn():
    here = scene("Report: Dam was built on sand\n\nThe dam holds nine million tons of water.")
    assert signs.is_label(here, at(here, ":"))
    assert not signs.is_turn(here, at(here, ":"))
    talk = scene("PELL: We went in.\n\nMARSH: When?")
    assert signs.is_turn(talk, at(talk, ":"))


def test_a_colon_deep_in_a_sentence_is_no_sign():
    here = scene("Of all that the long meeting of Monday left open one thing counts : money and more of it.")
    assert not signs.is_sign(here, at(here, ":"))


def test_a_turn_has_all_paragraphs_up_to_the_next_label():
    here = scene("PELL: We went in.\n\nIt was dark.\n\nMARSH: When?\n\nPELL: At nine.\n\nMARSH: Alone?")
    labelled = signs.labelled(here, at(here, ":"))
    turns = [said(here, pieces) for pieces, how in labelled if how == "label:paragraph"]
    assert turns == [["We went in."], ["We went in.", "It was dark."]]


def test_the_last_turn_is_one_paragraph():
    here = scene("PELL: We went in.\n\nMARSH: Alone?\n\nThe hearing goes on tomorrow.")
    labelled = signs.labelled(here, at(here, ":", 2))
    assert [said(here, pieces) for pieces, how in labelled if how == "label:paragraph"] == [["Alone?"]]


def test_a_quotation_may_be_claimed_by_the_word_behind_it():
    spec = (
        "PUNCT/punct>4 ADV/advmod>4 PUNCT/punct>4 PUNCT/punct>4 VERB/ROOT PRON/nsubj>4 PUNCT/punct>4 "
        "PUNCT/punct>13 ADV/advmod>13 PUNCT/punct>13 PUNCT/punct>13 PRON/nsubj>13 ADV/advmod>13 "
        "VERB/ROOT PUNCT/punct>13"
    )
    here = scene("“First,” said she, “then,” she also added.", spec, said="say", added="add")
    options = contents(here, 4)
    rows = dict(
        zip(
            (option.how for option in options),
            content_features(here, 4, About.of(here, 4), options),
            strict=True,
        )
    )
    assert "h=quote:around|claimed=True" in rows["quote:around"]


def test_a_colon_introduces_the_next_paragraph():
    here = scene("Her answer:\n\n“Never.”")
    found = {how: said(here, pieces) for pieces, how in signs.labelled(here, at(here, ":"))}
    assert found == {"colon:next": ["“Never.”"], "colon:before": ["Her answer"]}


def test_a_label_may_head_one_sentence_of_its_paragraph():
    here = scene("Holm: We sank. It rained all day.")
    found = {how: said(here, pieces) for pieces, how in signs.labelled(here, at(here, ":"))}
    assert found["label:paragraph"] == ["We sank. It rained all day."]
    assert found["label:sentence"] == ["We sank."]


@pytest.mark.parametrize(
    ("text", "talk"),
    [
        ("PELL: We went in.\n\nMARSH: When?\n\nPELL: At nine.", True),
        ("PELL: We went in.\n\nMARSH: When?", False),
        ("PELL: We went in.\n\nMARSH: When?\n\nPELL: At nine.\n\nNothing more is known.", False),
    ],
)
def test_three_labels_of_two_make_a_talk_where_all_have_one(text, talk):
    here = scene(text)
    colons = [i for i, word in enumerate(here.tree.words) if word == ":"]
    assert all(signs.certain(here, i) is talk for i in colons)


def test_a_colon_in_a_quotation_is_a_sign_only_after_a_label():
    here = scene("“Take two things: bread and rope,” she said.")
    assert not signs.is_sign(here, at(here, ":"))


def test_a_dash_between_words_is_no_sign():
    here = scene("The boat — an old one — sank.")
    assert not signs.is_sign(here, at(here, "—"))
    assert not signs.is_sign(here, at(here, "—", 2))


def test_a_dash_after_a_title_in_a_sentence_is_not_certain():
    here = scene("He sang “The Salt Road” — Holm did not.")
    assert not signs.certain(here, at(here, "—"))


def test_the_head_of_a_stretch():
    here = holm_said()
    assert signs.head(here, 0, 1) == 1
    assert signs.head(here, 3, 7) == 7


# Candidates


def test_candidates_are_words_of_the_lexicon_and_verbs_beside_a_quotation():
    here = holm_said()
    assert at(here, "said") in candidates(here)
    assert at(here, "bridge") not in candidates(here)
    unknown = scene("“We lost,” Ida Holm glorped.", AFTER)
    assert candidates(unknown) == [at(unknown, "glorped")]


def test_candidates_are_verbs_with_a_clause_and_signs():
    spec = "PROPN/nsubj>1 VERB/ROOT SCONJ/mark>4 NOUN/nsubj>4 VERB/ccomp>1 PUNCT/punct>1"
    assert 1 in candidates(scene("Holm glorped that boats sank.", spec))
    assert 1 not in candidates(scene("Holm glorped that boats sank.", spec.replace("ccomp", "advcl")))
    spec = "PROPN/dep>1 PUNCT/ROOT PRON/nsubj>3 VERB/dep>1 PUNCT/punct>1"
    assert candidates(scene("Holm: We sank.", spec, sank="sink")) == [1]


def test_a_word_that_hardly_ever_reports_is_none():
    spec = "PROPN/nsubj>1 VERB/ROOT DET/det>3 NOUN/dobj>1 PUNCT/punct>1"
    assert candidates(scene("Holm ate the bread.", spec, ate="eat")) == []


# Contents


def proposed(here, cue):
    return {content.how: said(here, content.pieces) for content in contents(here, cue)}


def test_a_clause_is_proposed():
    here = holm_said()
    assert proposed(here, 2)["ccomp"] == ["that the bridge was shut"]


def test_a_quotation_is_proposed_once_with_its_marks():
    here = speech_after()
    found = contents(here, at(here, "said"))
    assert [said(here, content.pieces) for content in found].count(["“We lost,”"]) == 1
    assert found[0].how == "quote:before"
    assert found[0].ranges(here) == (Range(0, 10),)


def test_no_two_proposals_are_alike_and_none_holds_the_cue():
    here = holm_said()
    for cue in range(len(here.tree)):
        pieces = [content.pieces for content in contents(here, cue)]
        assert len(set(pieces)) == len(pieces)
        assert not any(first <= cue <= last for piece in pieces for first, last in piece)


def test_the_clause_above_without_the_branch_of_the_cue():
    spec = "VERB/prep>5 ADP/prep>0 PROPN/pobj>1 PUNCT/punct>5 NOUN/nsubj>5 VERB/ROOT PUNCT/punct>5"
    here = scene("According to Holm, boats sank.", spec, According="accord")
    assert proposed(here, 0)["^prep"] == ["boats sank"]
    spec = (
        "NOUN/nsubj>6 PUNCT/punct>6 VERB/prep>6 ADP/prep>2 PROPN/pobj>3 PUNCT/punct>6 VERB/ROOT PUNCT/punct>6"
    )
    here = scene("Boats, according to Holm, sank.", spec)
    assert proposed(here, 2)["^prep"] == ["Boats", "sank"]


def test_object_and_what_it_is_accused_of():
    spec = "PROPN/nsubj>1 VERB/ROOT PRON/dobj>1 ADP/prep>1 VERB/pcomp>3 PUNCT/punct>1"
    here = scene("Holm accused him of lying.", spec, accused="accuse")
    assert ["him of lying"] in proposed(here, 1).values()
    assert proposed(here, 1)["dobj..prep"] == ["him of lying"]


def test_a_clause_may_end_before_what_the_parser_hangs_on_it():
    spec = "PROPN/nsubj>1 VERB/ROOT NOUN/nsubj>3 VERB/ccomp>1 PUNCT/punct>3 VERB/advcl>3 NOUN/dobj>5"
    found = proposed(scene("Holm said boats sank, citing rust", spec, said="say"), 1)
    assert found["ccomp"] == ["boats sank, citing rust"]
    assert found["ccomp-advcl"] == ["boats sank"]
    spec = (
        "PROPN/nsubj>1 VERB/ROOT NOUN/nsubj>3 VERB/ccomp>1 CCONJ/cc>3 VERB/conj>3 NOUN/dobj>5 PUNCT/punct>1"
    )
    found = proposed(scene("Holm said boats sank and blamed rust.", spec, said="say"), 1)
    assert found["ccomp-conj"] == ["boats sank"]


def test_a_content_may_go_on_to_the_end_of_the_sentence():
    spec = "PRON/nsubj>1 VERB/ROOT PRON/nsubj>3 VERB/ccomp>1 PUNCT/punct>6 PRON/nsubj>6 VERB/conj>1"
    here = scene("She said they left, it rained", spec, said="say")
    ways = {content.how: said(here, content.pieces) for content in contents(here, 1)}
    assert ways["ccomp"] == ["they left"]
    assert ["they left, it rained"] in ways.values()


def test_whoever_was_told_is_no_part_of_what_was():
    spec = "NOUN/nsubj>1 VERB/ROOT DET/det>3 NOUN/dobj>1 PART/aux>5 VERB/xcomp>1"
    here = scene("Doctors urged the public to leave", spec, urged="urge")
    found = [said(here, content.pieces) for content in contents(here, 1)]
    assert ["to leave"] in found
    assert ["the public to leave"] not in found


def test_what_a_noun_is_said_to_be():
    spec = "DET/det>1 NOUN/nsubj>2 AUX/ROOT SCONJ/mark>5 PRON/nsubj>5 VERB/ccomp>2"
    here = scene("The claim was that it fell", spec, was="be")
    ways = {content.how: said(here, content.pieces) for content in contents(here, 1)}
    assert ways["^nsubj>ccomp"] == ["that it fell"]


def test_the_sentence_around_what_commas_set_off():
    spec = "DET/det>1 NOUN/nsubj>3 PUNCT/punct>1 VERB/parataxis>7 PROPN/nsubj>3 PUNCT/punct>3 AUX/aux>7"
    spec += " VERB/ROOT"
    here = scene("The fire, said Holm, had spread", spec, said="say")
    assert ["The fire", "had spread"] in [said(here, content.pieces) for content in contents(here, 3)]


def test_a_content_that_cuts_a_quotation_is_widened():
    spec = (
        "PROPN/nsubj>1 VERB/ROOT PRON/nsubj>3 AUX/ccomp>1 PUNCT/punct>5 NOUN/attr>3 "
        "CCONJ/cc>1 NOUN/conj>1 PUNCT/punct>7 PUNCT/punct>1"
    )
    found = proposed(scene("Holm said it was “rust and rot”.", spec, said="say"), 1)
    assert found["ccomp"] == ["it was “rust and rot”"]


def test_quotations_before_around_and_after():
    here = scene("“One,” said Ann, “and two.” “Three.”")
    assert {how: numbers for numbers, how in quoted.proposals(here, at(here, "said"))} == {
        "quote:before": [0],
        "quote:around": [0, 1],
        "quote:around+": [0, 1, 2],
        "quote:after": [1],
        "quote:after+": [1, 2],
    }


def test_quotations_of_the_next_paragraph_and_of_the_last():
    here = scene("Ann was blunt:\n\n“One.” “Two.”\n\nBob disagreed.")
    assert ([0, 1], "quote:next") in list(quoted.proposals(here, at(here, ":")))
    assert ([1], "quote:previous") in list(quoted.proposals(here, at(here, "disagreed")))


def test_what_stands_before_a_quotation_takes_it_from_the_next_paragraph():
    here = scene("Ann was blunt. “One.”\n\nBob disagreed.")
    assert list(quoted.proposals(here, at(here, "disagreed"))) == []


def test_the_next_paragraph_is_near_only_if_the_cue_ends_its_own_and_it_begins_with_speech():
    long = "Ann was blunt when she met the owners of the boats and of the houses by the sea.\n\n“One.”"
    here = scene(long)
    assert list(quoted.proposals(here, at(here, "blunt"))) == []
    here = scene("Ann was blunt:\n\nBob sang “One” twice.")
    assert "quote:next" not in [how for _, how in quoted.proposals(here, at(here, ":"))]


def test_inside_a_quotation_the_inner_ones_are_near():
    here = scene("“He said ‘no’ and she said ‘yes’ then,” Ann said. “True.”")
    found = {how: numbers for numbers, how in quoted.proposals(here, at(here, "said", 2))}
    assert {how: said(here, (here.spans[numbers[0]],)) for how, numbers in found.items()} == {
        "quote:before": ["‘no’"],
        "quote:after": ["‘yes’"],
    }


def test_a_quotation_follows_the_sentence():
    here = scene("Ann disliked it. “It was dull.” “Truly.”")
    assert quoted.following(here, at(here, "disliked")) == [0, 1]
    here = scene("Ann disliked it. Bob sang. “It was dull.”")
    assert quoted.following(here, at(here, "disliked")) == []


# Sources


def paths(here, cue):
    return {source.path: said(here, ((source.first, source.last),))[0] for source in sources(here, cue)}


# 'The pier is, in her words, “a palace for mice.”'
IN_HER_WORDS = (
    "DET/det>1 NOUN/nsubj>2 AUX/ROOT PUNCT/punct>2 ADP/prep>2 PRON/poss>6 NOUN/pobj>4 PUNCT/punct>2 "
    "PUNCT/punct>2 DET/det>10 NOUN/attr>2 ADP/prep>10 NOUN/pobj>11 PUNCT/punct>2 PUNCT/punct>2"
)


def test_a_set_phrase_names_its_source():
    here = scene("The pier is, in her words, “a palace for mice.”", IN_HER_WORDS, words="word")
    cue = at(here, "in")
    assert forms.is_set(here, cue)
    assert forms.speaker(here, cue) == at(here, "her")
    assert [each.path for each in sources(here, cue)] == ["form"]
    assert all(
        first > at(here, "words") or last < cue for c in contents(here, cue) for first, last in c.pieces
    )


def test_the_act_of_a_phrase_is_that_of_its_head_too():
    spec = "NOUN/nsubj>1 VERB/ROOT PRON/dobj>1 SCONJ/mark>5 PRON/nsubj>5 VERB/ccomp>1"
    here = scene("Legend has it that she left", spec, has="have")
    assert wording.act(here, 1, None, "indirect") == "speech"


def test_ones_own_words_and_nobodys_are_no_form():
    mine = scene("The pier is, in my words, “a palace for mice.”", IN_HER_WORDS, words="word")
    assert not forms.is_set(mine, at(mine, "in"))
    other = IN_HER_WORDS.replace("PRON/poss", "ADJ/amod")
    others = scene("The pier is, in other words, “a palace for mice.”", other, words="word")
    assert not forms.is_set(others, at(others, "in"))


def test_rumour_names_nobody():
    spec = "NOUN/nsubj>1 VERB/ROOT PRON/dobj>1 SCONJ/mark>5 PRON/nsubj>5 VERB/ccomp>1"
    here = scene("Rumour has it that she left", spec, has="have")
    assert forms.is_set(here, 1)
    assert sources(here, 1) == []
    assert said(here, contents(here, 1)[0].pieces) == ["that she left"]


def test_whoever_is_quoted_as_saying_is_the_source():
    spec = "PROPN/nsubjpass>2 AUX/auxpass>2 VERB/ROOT ADP/prep>2 VERB/pcomp>3 SCONJ/mark>7 NOUN/nsubj>7"
    spec += " VERB/ccomp>4"
    here = scene(
        "Brandt was quoted as saying that flour doubled", spec, was="be", quoted="quote", saying="say"
    )
    assert forms.speaker(here, 2) == 0
    assert ["that flour doubled"] in [said(here, content.pieces) for content in contents(here, 2)]


def test_the_object_of_a_verb_behind_speech_speaks():
    spec = (
        "PUNCT/punct>1 VERB/ROOT ADV/advmod>1 PUNCT/punct>1 PUNCT/punct>1 VERB/ccomp>1 DET/det>7 NOUN/dobj>5 "
        "PUNCT/punct>1"
    )
    here = scene("“Keep back!” shouted a marshal.", spec, shouted="shout")
    cue = at(here, "shouted")
    assert forms.certain(here, cue)
    first, last, _ = next(iter(forms.speaking(here, cue)))
    assert said(here, ((first, last),)) == ["a marshal"]


def test_the_object_of_a_verb_behind_no_speech_does_not():
    spec = (
        "PUNCT/punct>1 NOUN/nsubj>4 PUNCT/punct>1 PUNCT/punct>1 VERB/ROOT DET/det>6 NOUN/dobj>4 PUNCT/punct>4"
    )
    here = scene("“Bliss” .. shouted a marshal.", spec, shouted="shout")
    assert not forms.certain(here, at(here, "shouted"))


def test_nobody_is_no_source():
    spec = "PRON/nsubj>1 VERB/ROOT SCONJ/mark>4 PRON/nsubj>4 VERB/ccomp>1"
    here = scene("Nobody said that she left", spec, said="say")
    assert is_nobody(here, sources(here, 1)[0])
    assert readings(here, Weights({"bias": 5.0}, {}, {"p=>nsubj": 5.0}, {}, 0.5)) == []


def test_a_source_ends_before_the_quotation_that_goes_on():
    spec = (
        "PUNCT/punct>4 INTJ/dep>4 PUNCT/punct>4 PUNCT/punct>4 VERB/ROOT PROPN/nsubj>4 PUNCT/punct>5 "
        "PUNCT/punct>5 CCONJ/cc>5 NOUN/conj>5 PUNCT/punct>4 PUNCT/punct>4"
    )
    here = scene("“Yes,” said Okell, “and oil.”", spec, said="say")
    source = next(each for each in sources(here, 4) if each.path == ">nsubj")
    assert said(here, ((source.first, source.last),)) == ["Okell"]


def test_the_subject():
    assert paths(holm_said(), 2)[">nsubj"] == "Ida Holm"


def test_the_object_of_according_to():
    spec = "VERB/prep>5 ADP/prep>0 PROPN/pobj>1 PUNCT/punct>5 NOUN/nsubj>5 VERB/ROOT PUNCT/punct>5"
    found = paths(scene("According to Holm, boats sank.", spec, According="accord"), 0)
    assert found[">prep>pobj"] == "Holm"
    assert found["^prep>nsubj"] == "boats"


def test_the_subject_of_what_is_said_is_no_source():
    assert "the bridge" not in paths(holm_said(), 2).values()


def test_the_agent_of_a_passive():
    spec = "PRON/nsubjpass>2 AUX/auxpass>2 VERB/ROOT ADP/agent>2 PROPN/pobj>3 PUNCT/punct>2"
    assert paths(scene("It was announced by Holm.", spec, announced="announce"), 2)[">agent>pobj"] == "Holm"


def test_the_subject_of_the_first_of_two_joined_verbs():
    spec = "PROPN/nsubj>1 VERB/ROOT NOUN/dobj>1 CCONJ/cc>1 VERB/conj>1 NOUN/dobj>4 PUNCT/punct>1"
    assert (
        paths(scene("Holm denied murder and admitted theft.", spec, admitted="admit"), 4)["^conj>nsubj"]
        == "Holm"
    )


def test_the_phrase_of_a_source_ends_before_its_own_relative_clause_with_the_cue():
    spec = "PROPN/nsubj>6 PUNCT/punct>0 PRON/nsubj>3 VERB/relcl>0 NOUN/dobj>3 PUNCT/punct>0 VERB/ROOT"
    found = paths(scene("Holm, who denied murder, fled", spec, denied="deny"), 3)
    assert found[">nsubj"] == "who"
    assert found["^relcl"] == "Holm"


# Features and weights


@pytest.mark.parametrize(
    ("lemma", "kind"),
    [
        ("woman", "person"),
        ("lawmakers", "group"),
        ("company", "body"),
        ("report", "work"),
        ("bridge", "thing"),
    ],
)
def test_what_nouns_mean(lemma, kind):
    assert noun_class(lemma) == kind


def test_what_speaks_for_a_cue():
    found = cue_features(holm_said(), 2)
    assert {"w=say/V", "w=say/V|f=ccomp+nsubj", "w=say/V|c=ccompR:that", "s=PROPN", "q=out"} <= set(found)


def test_each_content_and_source_has_its_features():
    here = holm_said()
    options = contents(here, 2)
    rows = content_features(here, 2, About.of(here, 2), options)
    assert len(rows) == len(options)
    assert "h=ccomp|w=say/V" in rows[[content.how for content in options].index("ccomp")]
    source = sources(here, 2)[0]
    named, none = source_features(here, 2, About.of(here, 2), [source, None], options[0])
    assert "p=>nsubj|w=say/V" in named
    assert none[0] == "none"


def test_the_weights_that_come_with_the_library():
    loaded = tables.load()
    for table in (loaded.cue, loaded.content, loaded.source, loaded.right):
        assert table
        assert all(math.isfinite(weight) for weight in table.values())
    assert 0 < loaded.floor < 1
    here = holm_said()
    assert tables.total(loaded.cue, cue_features(here, at(here, "said"))) > 0
    assert tables.total(loaded.cue, cue_features(here, at(here, "bridge"))) < 0
    assert loaded.cue is tables.load().cue


def test_shares_sum_to_one_however_large():
    assert tables.shares([1000.0, 0.0]) == [1.0, 0.0]
    assert sum(tables.shares([1.0, 2.0, 3.0])) == pytest.approx(1)


def simple(floor: float = 0.3, **more: float) -> Weights:
    """Weights of a world in which 'say' reports its clause or its quotation, and subjects speak."""
    return Weights(
        cue={"bias": -5.0, "w=say/V": 10.0, "w=warn/V": 10.0, "w=tell/V": 10.0},
        content={"h=ccomp": 3.0, "h=quote:before": 4.0, "h=quote:around": 5.0},
        source={"p=>nsubj": 3.0},
        right={"bias": 1.0, **more},
        floor=floor,
    )


# Readings and choice


def test_a_cue_is_read_by_the_weights():
    here = holm_said()
    (reading,) = readings(here, simple())
    assert reading.cue == 2
    assert reading.odds == reading.free_odds == 5.0
    assert said(here, reading.content.pieces) == ["that the bridge was shut"]
    assert reading.source is not None
    assert reading.source.path == ">nsubj"
    assert reading.speech == ()


def test_what_is_no_cue_is_not_read():
    assert readings(holm_said(), Weights({"bias": -9.0}, {}, {}, {}, 0.3)) == []


def test_the_quotation_that_a_cue_may_report_is_kept_beside():
    here = speech_after()
    (reading,) = readings(here, simple())
    assert reading.speech == ((reading.content, reading.content_share),)


def test_a_cue_in_a_quotation_is_also_weighed_as_if_it_stood_outside():
    spec = "PUNCT/punct>2 PROPN/nsubj>2 VERB/ROOT SCONJ/mark>5 NOUN/nsubj>5 VERB/ccomp>2 PUNCT/punct>2"
    weights = simple()
    weights.cue["q=in"] = -4.0
    (found,) = readings(scene("“Holm said that boats sank”", spec, said="say"), weights)
    assert (found.odds, found.free_odds) == (1.0, 5.0)


def reading(cue, *pieces, odds=2.0, source=None, how="ccomp"):
    return Reading(
        cue=cue,
        odds=odds,
        free_odds=odds,
        content=Content(pieces, how, pieces[0][0]),
        content_share=0.9,
        speech=(),
        source=source,
        source_share=0.9,
    )


@pytest.mark.parametrize(
    ("one", "cue", "other", "clash"),
    [
        ((3, 7), 2, (3, 7), True),
        ((3, 12), 2, (4, 12), True),
        ((3, 12), 4, (5, 6), False),
        ((3, 12), 2, (5, 6), True),
        ((3, 7), 2, (9, 12), False),
        ((3, 8), 2, (6, 12), True),
        ((3, 20), 2, (20, 40), False),
    ],
    ids=[
        "same",
        "nearly the same",
        "nested",
        "a part with its cue outside",
        "apart",
        "crossing",
        "one token shared",
    ],
)
def test_readings_that_cannot_both_be_right(one, cue, other, clash):
    assert choice.clash(reading(1, one), reading(cue, other)) is clash
    assert choice.clash(reading(cue, other), reading(1, one)) is clash


def test_neighbours_are_near_and_never_oneself():
    assert choice.neighbours(1, 4) == [0, 2, 3]
    assert choice.neighbours(0, 1) == []
    far = choice.neighbours(100, 300)
    assert far == [*range(100 - choice.NEAR, 100), *range(101, 101 + choice.NEAR)]


def test_odds_are_limited():
    assert [choice.limited(odds) for odds in (-9.0, 0.5, 99.0)] == [-3.0, 0.5, 6.0]


def test_a_reading_is_weighed():
    found = choice.weighed(
        reading(1, (3, 7)), {"bias": 1.0, "short": 1.0, "unknown": 5.0}, {"bias": 2.0, "short": -2}
    )
    assert found.probability == 0.5
    assert found.evidence == (("bias", 2.0), ("short", -2.0))


def test_of_two_that_clash_the_likelier_is_kept():
    here = holm_said()
    weak, strong = reading(1, (3, 7), odds=0.0), reading(2, (3, 7), odds=4.0)
    kept = choice.chosen(here, [weak, strong], {"the cue": 1.0}, 0.3)
    assert [each.reading for each in kept] == [strong]
    apart = reading(6, (0, 1), odds=1.0)
    kept = choice.chosen(here, [strong, apart], {"the cue": 1.0}, 0.3)
    assert [each.reading for each in kept] == [strong, apart]


def test_below_the_floor_nothing_is_kept():
    assert choice.chosen(holm_said(), [reading(2, (3, 7))], {"bias": -1.0}, 0.3) == []


def test_rivals_are_told_apart():
    here = holm_said()
    found = choice.merits(here, [reading(2, (3, 7)), reading(1, (3, 7)), reading(6, (4, 5))])
    assert {"same words", "same words, by odds"} <= set(found[0])
    assert {"in a report", "nested"} <= set(found[2])


def test_what_is_weighed_for_a_reading():
    here = scene("“Holm said no,” Ann said twice.")
    inside, outside = reading(2, (3, 3)), reading(at(here, "said", 2), (0, 5), how="quote:before")
    found = choice.merits(here, [inside, outside])
    assert {"in a quotation", "short", "words=indirect", "source=none", "place=ccomp"} <= set(found[0])
    assert {"words=direct", "place=quote:before"} <= set(found[1])
    assert not {"in a quotation", "short"} & set(found[1])


def test_of_several_rivals_the_likeliest_counts():
    rivals = [reading(1, (3, 7), odds=-1.0), reading(6, (3, 7), odds=2.0)]
    found = choice.merits(holm_said(), [reading(2, (3, 7)), *rivals])
    assert found[0]["same words, by odds"] == 2.0


@pytest.mark.parametrize(
    ("text", "first", "last", "kind"),
    [
        ("“We lost,” she said.", 0, 4, "direct"),
        ("She said it was “rust”.", 2, 6, "mixed"),
        ("She said it was rust.", 2, 4, "indirect"),
        ("She said it was “rust and rot”", 4, 8, "direct"),
    ],
)
def test_kinds(text, first, last, kind):
    assert choice.kind_of(scene(text), ((first, last),)) == kind


def test_in_a_quotation_the_inner_marks_tell_the_kind():
    here = scene("“He said ‘no’ twice”")
    cue = at(here, "said")
    assert choice.kind_of(here, (here.spans[1],), cue) == "direct"
    assert choice.kind_of(here, ((at(here, "twice"), at(here, "twice")),), cue) == "indirect"


# Speech that no cue reports


@pytest.mark.parametrize(
    ("text", "number", "spoken"),
    [
        ("Ann stood up. “We lost.”", 0, True),
        ("She read “The Long Winter” twice.", 0, False),
        ("It was a “free” bus.", 0, False),
        ("“Never?”", 0, True),
        ("“We lost,” said Ann; “and we knew it.”", 1, True),
        ("He was called “The Long Winter.”", 0, False),
        ("“12.5”", 0, False),
        ("Ann stood up. (“We lost.”)", 0, True),
        ("Ann said so. “…and then we lost.”", 0, True),
        ("Ann said so. “and then we lost.”", 0, False),
        ("Ann stood up. “We lost”", 0, False),
        ("Ann stood up. “We lost all that we had in the boat”", 0, True),
        ("Ann stood up. “We lost", 0, True),
    ],
)
def test_what_is_an_utterance(text, number, spoken):
    assert utterances.is_utterance(scene(text), number) is spoken


def share_out(text, *reported):
    """What becomes of the quotations of a text; ``reported``: (number of a quotation, its cue)."""
    here = scene(text)
    pieces = [(here.spans[number],) for number, _ in reported]
    found = unreported.uttered(here, pieces, [at(here, cue) for _, cue in reported])
    more = {number: said(here, tuple(spans)) for number, spans in found.more.items()}
    return more, [said(here, tuple(spans)) for spans in found.alone]


def test_speech_goes_on_in_the_paragraph():
    assert share_out("“One,” said Ann. “Two.” “Three.”", (0, "said")) == ({0: ["“Two.”", "“Three.”"]}, [])


def test_sentences_of_the_writers_between_end_the_speech():
    text = "“One,” said Ann. She sat down. “Two.”"
    assert share_out(text, (0, "said")) == ({}, [["“Two.”"]])
    here = scene(text)
    assert ([0, 1], "quote:around") in list(quoted.proposals(here, at(here, "said")))


def test_speech_goes_on_in_the_next_paragraph_if_it_is_all_of_it():
    assert share_out("“One,” said Ann.\n\n“Two.”\n\n“Three.”", (0, "said")) == (
        {0: ["“Two.”", "“Three.”"]},
        [],
    )
    assert share_out("“One,” said Ann.\n\n“Two.” A bell rang.", (0, "said")) == ({}, [["“Two.”"]])


def test_a_paragraph_of_the_writers_ends_the_speech():
    assert share_out("“One,” said Ann.\n\nIt rained.\n\n“Two.”", (0, "said")) == ({}, [["“Two.”"]])
    text = "“One,” said Ann.\n\n“Two.” A bell rang.\n\n“Three.”"
    assert share_out(text, (0, "said")) == ({}, [["“Two.”"], ["“Three.”"]])


def test_a_paraphrase_does_not_go_on_in_the_next_paragraph():
    here = scene("Ann said no.\n\n“Two.”")
    found = unreported.uttered(here, [((2, 2),)], [1])
    assert found.more == {}
    assert len(found.alone) == 1


def test_an_answer_is_somebody_elses():
    assert share_out("“Are you ill?” said Ann.\n\n“Yes.”", (0, "said")) == ({}, [["“Yes.”"]])


def test_a_quotation_that_reopens_goes_with_the_one_before():
    more, alone = share_out("“One came.\n\n“Two came.”\n\nAnn said so.")
    assert more == {}
    assert alone == [["“One came.", "“Two came.”"]]


def test_in_talk_each_paragraph_is_a_turn():
    text = "“Are you there?” said Ann.\n\n“I am.”\n\n“Come up.”\n\n“No.”\n\n“Then stay.”\n\n“I will.”"
    assert talk.is_talk(scene(text))
    more, alone = share_out(text, (0, "said"))
    assert more == {}
    assert len(alone) == 5


def test_an_article_is_no_talk():
    assert not talk.is_talk(scene("“One,” said Ann.\n\nIt rained.\n\n“Two.”"))


def test_sentences_of_one_speech_are_no_talk():
    assert not talk.is_talk(scene("“We won,” said Ann.\n\n“At last.”\n\n“So.”\n\n“Good.”\n\n“Yes.”"))


def test_the_quotations_that_are_left_over():
    here = scene("“One,” said Ann. “Two.” It was a “free” bus.")
    assert unreported.left_over(here, [], []) == [0, 1]
    assert unreported.left_over(here, [(here.spans[0],)], [at(here, "said")]) == [1]
    inside = here.spans[0][0]  # a cue in the quotation itself
    assert unreported.left_over(here, [(here.spans[0],)], [inside]) == [0, 1]


def test_at_most_one_sentence_ends_between():
    here = scene("Ann sat. Bob sat. Cy sat. “No.”")
    assert unreported.goes_on(here, at(here, "Ann"), at(here, "Bob"))
    assert not unreported.goes_on(here, at(here, "Ann"), at(here, "Cy"))


def test_open_speech_takes_the_likeliest_unlikely_cue():
    here = speech_after()
    weights = simple(bias=-1.0, **{"the cue": 0.0})
    found = readings(here, weights)
    assert choice.chosen(here, found, weights.right, 0.5) == []
    (taken,) = speech.with_speech(here, found, [], weights.right, Standing(here, [], []))
    assert said(here, taken.reading.content.pieces) == ["“We lost,”"]


def test_a_reading_of_other_words_is_turned_to_the_speech_beside_it():
    spec = "PROPN/nsubj>1 VERB/ROOT PRON/dobj>1 PUNCT/punct>1 PUNCT/punct>6 PRON/nsubj>6 VERB/dep>1 "
    here = scene("Holm told her: “We lost.”", spec + "PUNCT/punct>6 PUNCT/punct>6", told="tell")
    weights = simple()
    weights.content.update({"h=dobj": 4.0, "h=quote:after": 3.0})
    found = readings(here, weights)
    kept = choice.chosen(here, found, weights.right, 0.3)
    assert [said(here, each.reading.content.pieces) for each in kept] == [["her"]]
    (turned,) = speech.with_speech(here, found, kept, weights.right, Standing(here, [], []))
    assert said(here, turned.reading.content.pieces) == ["“We lost.”"]


def test_where_no_speech_is_open_nothing_changes():
    here = holm_said()
    kept = choice.chosen(here, readings(here, simple()), simple().right, 0.3)
    assert (
        speech.with_speech(here, readings(here, simple()), kept, simple().right, Standing(here, [], []))
        == kept
    )


# Reports inside reports

# 'Holm said Bell told her boats sank.'
NESTED = (
    "PROPN/nsubj>1 VERB/ROOT PROPN/nsubj>3 VERB/ccomp>1 PRON/dobj>3 NOUN/nsubj>6 VERB/ccomp>3 PUNCT/punct>1"
)


def test_a_report_in_a_report():
    here = scene("Holm said Bell told her boats sank.", NESTED, said="say", told="tell")
    weights = simple(nested=-9.0)
    outer = reading(1, (2, 6))
    inner = reading(3, (5, 6), source=Source(2, ">nsubj", 2, 2))
    kept = choice.chosen(here, [outer, inner], weights.right, 0.3)
    assert [each.reading for each in kept] == [outer]
    added = nesting.nested(here, [outer, inner], kept, weights, tagged=False)
    assert [each.reading for each in added] == [inner]


@pytest.mark.parametrize("source", [None, Source(4, ">nsubj", 4, 4)], ids=["nobody", "not in the content"])
def test_a_report_without_a_source_inside_is_none(source):
    here = scene("Holm said Bell told her boats sank.", NESTED, said="say", told="tell")
    outer = reading(1, (5, 6))
    weights = simple()
    kept = choice.chosen(here, [outer], weights.right, 0.3)
    inner = reading(3, (5, 6), source=source)
    assert nesting.nested(here, [outer, inner], kept, weights, tagged=False) == []


def test_thinking_in_a_report_is_left_to_the_one_who_speaks():
    here = scene("Holm said Bell thought her boats sank.", NESTED, said="say", thought="think")
    outer, inner = reading(1, (2, 6)), reading(3, (5, 6), source=Source(2, ">nsubj", 2, 2))
    weights = simple()
    kept = choice.chosen(here, [outer], weights.right, 0.3)
    assert nesting.nested(here, [outer, inner], kept, weights, tagged=False) == []


# The wording


def cue_words(here, cue, *pieces, source=None):
    return here.tree.text[slice(*wording.cue_range(here, cue, pieces, source))]


def test_a_cue_has_its_auxiliaries_and_its_negation():
    spec = "PROPN/nsubj>4 AUX/aux>4 PART/neg>4 ADV/advmod>4 VERB/ROOT SCONJ/mark>7 NOUN/nsubj>7 VERB/ccomp>4"
    here = scene("Holm would not openly say that boats sank", spec)
    assert cue_words(here, 4, (5, 7), source=Source(0, ">nsubj", 0, 0)) == "would not openly say"
    assert wording.negated(here, 4)


def test_a_cue_has_its_adverb_but_no_question_word():
    spec = "PROPN/nsubj>2 ADV/advmod>2 VERB/ROOT SCONJ/mark>5 NOUN/nsubj>5 VERB/ccomp>2"
    here = scene("Holm openly said that boats sank", spec, said="say")
    assert cue_words(here, 2, (3, 5)) == "openly said"
    assert not wording.negated(here, 2)
    here = scene("Holm when said that boats sank", spec, said="say")
    here.tree.tags[1] = "WRB"
    assert cue_words(here, 2, (3, 5)) == "said"


def test_a_cue_leads_on_to_its_content():
    spec = "PROPN/nsubj>1 VERB/ROOT NOUN/dobj>1 ADP/prep>2 DET/det>5 NOUN/pobj>3"
    here = scene("Holm expressed dismay at the delay", spec, expressed="express")
    assert cue_words(here, 1, (4, 5)) == "expressed dismay at"


@pytest.mark.parametrize(
    "spec",
    [
        "PROPN/nsubj>1 VERB/ROOT PROPN/dobj>1 SCONJ/mark>6 DET/det>5 NOUN/nsubj>6 VERB/ccomp>1",
        "PROPN/nsubj>1 VERB/ROOT NOUN/npadvmod>1 SCONJ/mark>6 DET/det>5 NOUN/nsubj>6 VERB/ccomp>1",
    ],
    ids=["who was told", "when"],
)
def test_a_cue_ends_before_who_was_told_and_when(spec):
    here = scene("Holm told Reuters that the boats sank", spec, told="tell")
    assert cue_words(here, 1, (3, 6)) == "told"


def test_a_cue_has_the_preposition_that_governs_the_content():
    spec = "PROPN/nsubj>1 VERB/ROOT ADP/prep>1 DET/det>4 NOUN/pobj>2 PUNCT/punct>1"
    here = scene("Holm called for a vote.", spec, called="call")
    assert cue_words(here, 1, (3, 4)) == "called for"
    assert cue_words(here, 1, (2, 4)) == "called"


def test_the_cue_of_a_dash_is_the_dash():
    here = scene("“Nothing lasts.” — Holm")
    assert cue_words(here, at(here, "—"), here.spans[0]) == "—"


def test_negation_by_meaning_and_from_above():
    spec = "PROPN/nsubj>1 VERB/ROOT SCONJ/mark>4 NOUN/nsubj>4 VERB/ccomp>1 PUNCT/punct>1"
    assert wording.negated(scene("Holm denied that boats sank.", spec, denied="deny"), 1)
    assert not wording.negated(scene("Holm said that boats sank.", spec, said="say"), 1)
    spec = "PROPN/nsubj>1 VERB/ROOT PART/aux>3 VERB/xcomp>1 PUNCT/punct>1"
    assert wording.negated(scene("Holm declined to comment.", spec, declined="decline"), 3)


def test_what_is_refrained_from_is_withheld():
    spec = "PROPN/nsubj>1 VERB/ROOT ADP/prep>1 ADV/advmod>4 VERB/pcomp>2 DET/det>6 NOUN/dobj>4"
    here = scene("Beijing refrained from openly denouncing the war", spec, refrained="refrain")
    assert wording.negated(here, at(here, "denouncing"))


@pytest.mark.parametrize(("link", "negated"), [("after", False), ("by", False), ("without", True)])
def test_what_comes_before_a_denial_is_none_and_without_is_one(link, negated):
    spec = "PROPN/nsubj>1 VERB/ROOT ADP/prep>1 VERB/pcomp>2 DET/det>5 NOUN/dobj>3"
    here = scene(f"Holm refused {link} denouncing the war", spec, refused="refuse", denouncing="denounce")
    assert wording.negated(here, 3) is negated


def test_whether_or_not_denies_nothing():
    spec = "PROPN/nsubj>1 VERB/ROOT CCONJ/cc>1 PART/neg>1 NOUN/dobj>1"
    assert not wording.negated(scene("Holm says or not things", spec, says="say"), 1)


@pytest.mark.parametrize(
    ("word", "pos", "parsed", "lemma"),
    [
        ("Praises", "PROPN", "praises", "praise"),
        ("jeered", "NOUN", "jeered", "jeer"),
        ("said", "VERB", "say", "say"),
    ],
)
def test_a_lemma_is_that_of_the_lexicon_where_the_parser_has_none(word, pos, parsed, lemma):
    spec = f"PROPN/nsubj>1 {pos}/ROOT NOUN/dobj>1"
    assert wording.lemma(scene(f"Holm {word} boats", spec, **{word: parsed}), 1) == lemma


def test_what_is_done_without_is_told_by_the_verb():
    spec = "PROPN/nsubj>1 VERB/ROOT ADP/prep>1 VERB/pcomp>2 NOUN/dobj>3"
    here = scene("Holm left without mentioning boats", spec, mentioning="mention")
    here.tree.tags[3] = "VBG"
    assert wording.lemma(here, 2) == "mention"
    assert wording.negated(here, 2)


def test_what_something_is_dismissed_as_is_not_denied():
    spec = "NOUN/nsubj>1 VERB/ROOT PRON/dobj>1 ADP/prep>1 NOUN/pobj>3"
    here = scene("Lund dismissed it as fiction", spec, dismissed="dismiss")
    assert wording.negated(here, 1, ((2, 2),))
    assert not wording.negated(here, 1, ((2, 4),))


@pytest.mark.parametrize(
    ("word", "lemma", "act"),
    [("said", "say", "speech"), ("wrote", "write", "writing"), ("believes", "believe", "thought")],
)
def test_acts(word, lemma, act):
    spec = "PROPN/nsubj>1 VERB/ROOT SCONJ/mark>4 NOUN/nsubj>4 VERB/ccomp>1 PUNCT/punct>1"
    here = scene(f"Holm {word} that boats sank.", spec, **{word: lemma})
    assert wording.act(here, 1, Source(0, ">nsubj", 0, 0), "indirect") == act


def test_a_work_gives_evidence():
    spec = "NOUN/nsubj>1 VERB/ROOT SCONJ/mark>4 NOUN/nsubj>4 VERB/ccomp>1 PUNCT/punct>1"
    here = scene("Polls show that boats sank.", spec, Polls="poll")
    assert wording.act(here, 1, Source(0, ">nsubj", 0, 0), "indirect") == "evidence"


@pytest.mark.parametrize(("who", "act"), [("jury", "speech"), ("woman", "thought")])
def test_what_a_court_heard_was_said(who, act):
    spec = "DET/det>1 NOUN/nsubj>2 VERB/ROOT SCONJ/mark>5 NOUN/nsubj>5 VERB/ccomp>2 PUNCT/punct>2"
    here = scene(f"The {who} heard that boats sank.", spec, heard="hear")
    assert wording.act(here, 2, Source(1, ">nsubj", 0, 1), "indirect") == act


def test_the_act_of_a_sign_is_speech():
    here = scene("HOLM: We went.")
    assert wording.act(here, 1, None, "direct") == "speech"


# Who was told


def told(text, spec, cue, *pieces, source=None, **lemmas):
    here = scene(text, spec, **lemmas)
    found = addressee(here, cue, pieces, source)
    return None if found is None else text[slice(*found)]


@pytest.mark.parametrize(
    ("text", "spec", "cue", "piece", "listener"),
    [
        (
            "Holm told Bell that boats sank",
            "PROPN/nsubj>1 VERB/ROOT PROPN/dobj>1 SCONJ/mark>5 NOUN/nsubj>5 VERB/ccomp>1",
            1,
            (3, 5),
            "Bell",
        ),
        (
            "Bell was told that boats sank",
            "PROPN/nsubjpass>2 AUX/auxpass>2 VERB/ROOT SCONJ/mark>5 NOUN/nsubj>5 VERB/ccomp>2",
            2,
            (3, 5),
            "Bell",
        ),
        (
            "Holm told Bell to sail",
            "PROPN/nsubj>1 VERB/ROOT PROPN/nsubj>4 PART/aux>4 VERB/xcomp>1",
            1,
            (3, 4),
            "Bell",
        ),
        (
            "Holm told the whole town that boats sank",
            "PROPN/nsubj>1 VERB/ROOT DET/det>4 ADJ/amod>4 NOUN/dobj>1 SCONJ/mark>7 NOUN/nsubj>7 VERB/ccomp>1",
            1,
            (5, 7),
            "the whole town",
        ),
        (
            "Holm told a lie",
            "PROPN/nsubj>1 VERB/ROOT DET/det>3 NOUN/dobj>1",
            1,
            (2, 3),
            None,
        ),
    ],
    ids=["object", "passive", "subject of an infinitive", "a phrase", "an object that is the content"],
)
def test_who_was_told(text, spec, cue, piece, listener):
    assert told(text, spec, cue, piece, told="tell") == listener


def test_a_comma_behind_the_listener_is_no_part_of_it():
    spec = "PROPN/nsubj>1 VERB/ROOT PROPN/dobj>1 PUNCT/punct>2 NOUN/nsubj>5 VERB/ccomp>1"
    assert told("Holm told Bell, boats sank", spec, 1, (4, 5), told="tell") == "Bell"


def test_told_with_to():
    spec = "PROPN/nsubj>1 VERB/ROOT ADP/prep>1 PROPN/pobj>2 SCONJ/mark>6 NOUN/nsubj>6 VERB/ccomp>1"
    assert told("Holm said to Bell that boats sank", spec, 1, (4, 6), said="say") == "Bell"
    assert told("Holm said in June that boats sank", spec, 1, (4, 6), said="say") is None


def test_to_the_listener_hung_on_the_source():
    spec = "PUNCT/punct>5 NOUN/nsubj>2 VERB/ccomp>5 PUNCT/punct>5 PUNCT/punct>5 VERB/ROOT PROPN/nsubj>5 "
    spec += "ADP/prep>6 PROPN/pobj>7"
    text, source = "“Boats sank,” said Holm to Bell", Source(6, ">nsubj", 6, 6)
    assert told(text, spec, 5, (0, 4), source=source, said="say") == "Bell"


def test_a_source_ends_before_the_listener():
    spec = "PUNCT/punct>5 NOUN/nsubj>2 VERB/ccomp>5 PUNCT/punct>5 PUNCT/punct>5 VERB/ROOT PROPN/nsubj>5 "
    spec += "PUNCT/punct>6 ADP/prep>6 PROPN/pobj>8"
    assert paths(scene("“Boats sank,” said Holm, to Bell", spec, said="say"), 5)[">nsubj"] == "Holm"


# The stage


def found_in(text, weights, spec=None, **lemmas):
    blocks = paragraphs(text)
    return attribute(document(text, spec, **lemmas), blocks, quotations(text, blocks), weights)


def test_an_attribution_has_true_ranges():
    text = "“We lost,” Ida Holm said."
    (found,) = found_in(text, simple(), AFTER, said="say")
    assert found.content == (Range(0, 10),)
    assert text[slice(*found.source)] == "Ida Holm"
    assert text[slice(*found.cue)] == "said"
    assert (found.kind, found.act, found.lemma, found.negated, found.parent) == (
        "direct",
        "speech",
        "say",
        False,
        None,
    )
    assert found.evidence[0] == ("bias", 1.0)


def test_the_addressee_is_a_range_of_the_text():
    spec = "PROPN/nsubj>1 VERB/ROOT PROPN/dobj>1 SCONJ/mark>5 NOUN/nsubj>5 VERB/ccomp>1 PUNCT/punct>1"
    (found,) = found_in("Holm told Bell that boats sank.", simple(), spec, told="tell")
    assert found.addressee == Range(10, 14)


def test_speech_without_a_cue_stands_alone():
    (found,) = found_in("The door opened. “Who is there?”", simple())
    assert (found.source, found.cue, found.kind) == (None, None, "direct")


def test_an_inner_attribution_names_its_parent():
    weights = simple()
    outer, inner = found_in("Holm said Bell told her boats sank.", weights, NESTED, said="say", told="tell")
    assert (outer.parent, inner.parent) == (None, 0)
    assert outer.content[0].start <= inner.content[0].start
    assert inner.content[0].end <= outer.content[0].end


def test_nothing_in_nothing():
    assert found_in("", simple()) == []
    assert found_in("  \n\n ", simple()) == []


def check(text, found):
    """Ranges true, in order and apart; parents before their children, and around them."""
    for number, each in enumerate(found):
        parts = [each.source, each.cue, each.addressee]
        for start, end in (*each.content, *(part for part in parts if part is not None)):
            assert 0 <= start < end <= len(text)
            assert text[start:end].strip() == text[start:end]
        assert each.content
        assert all(one.end <= other.start for one, other in pairwise(each.content))
        assert 0 <= each.confidence <= 1
        assert (each.cue is None) == (each.lemma == "")
        if each.parent is not None:
            assert each.parent < number
            around = found[each.parent].content
            assert all(any(a <= start and end <= b for a, b in around) for start, end in each.content)
    assert [each.content[0].start for each in found] == sorted(each.content[0].start for each in found)


@pytest.mark.parametrize("text", ["He said neither", "“I came,” said neither"])
def test_a_text_may_end_in_a_word_that_denies(nlp, text):
    blocks = paragraphs(text)
    check(text, attribute(parse(nlp, text, blocks), blocks, quotations(text, blocks)))


@profile(0.04)
@given(doc=any_document(), generous=st.floats(-2, 4))
def test_any_tree(doc, generous):
    """Whatever the parser says, and however generous the weights are."""
    text = doc.text
    blocks = paragraphs(text)
    weights = Weights({"bias": generous}, {}, {}, {"bias": generous}, 0.3)
    check(text, attribute(doc, blocks, quotations(text, blocks), weights))


@profile(0.02)
@given(text=ANY_TEXT)
def test_any_text(nlp, text):
    blocks = paragraphs(text)
    check(text, attribute(parse(nlp, text, blocks), blocks, quotations(text, blocks)))
