"""The lexicon of reporting words: the file is sound, and the words that matter say what they should."""

from __future__ import annotations

import json
from importlib.resources import files
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quoteattr import cues
from quoteattr.objects import ACTS

TAGS = {"VERB", "NOUN", "ADJ", "ADV", "ADP", "AUX", "PROPN", "PUNCT", "SCONJ"}


@pytest.fixture(scope="module")
def data() -> dict[str, Any]:
    return json.loads((files("quoteattr") / "data" / "cues.json").read_text(encoding="utf-8"))


class TestFile:
    def test_words_are_sorted_and_unique(self, data):
        keys = [(row["lemma"], row["pos"]) for row in data["words"]]
        assert keys == sorted(set(keys))

    def test_phrases_are_sorted_and_unique(self, data):
        keys = [row["phrase"] for row in data["phrases"]]
        assert keys == sorted(set(keys))

    def test_one_row_a_line(self):
        lines = (files("quoteattr") / "data" / "cues.json").read_text(encoding="utf-8").splitlines()
        rows = [json.loads(line.rstrip(",")) for line in lines if line.startswith("  {")]
        assert len(rows) == len(cues.lexicon()) + sum(map(len, cues.phrases().values()))

    def test_columns_hold_what_they_may(self, data):
        for row in data["words"]:
            assert row["pos"] in TAGS, row
            assert row["lemma"] == row["lemma"].lower().strip() != "", row
            assert row.get("act", ACTS[0]) in ACTS, row
            assert set(row) <= {
                *(
                    "lemma",
                    "pos",
                    "act",
                    "negated",
                    "needs",
                    "evidence_if_work",
                    "speech_if_quoted",
                    "object",
                ),
                *("bearer", "note", "seen", "cues", "governs"),
            }, row
        for row in [*data["words"], *data["phrases"]]:
            assert row.get("needs", "clause") in ("clause", "quote"), row
            assert row.get("negated", True) is True, row
            assert row.get("evidence_if_work", True) is True, row
            assert row.get("speech_if_quoted", True) is True, row
            assert row.get("object", "judged") in ("judged", "witness", "named"), row
            assert row.get("bearer", True) is True, row

    def test_a_need_stands_with_an_act(self, data):
        assert not [row for row in data["words"] if "needs" in row and "act" not in row]

    def test_figures_agree(self, data):
        for row in [*data["words"], *data["phrases"]]:
            assert 0 <= row.get("cues", 0) <= row.get("seen", 0), row
            assert sum(row.get("governs", {}).values()) <= row.get("cues", 0), row
            assert all(number > 0 for number in row.get("governs", {}).values()), row

    def test_a_phrase_starts_with_a_word_and_ends_with_one(self, data):
        for row in data["phrases"]:
            words = row["phrase"].split()
            assert len(words) >= 2, row
            assert words[0] != "…" != words[-1], row
            assert "… …" not in row["phrase"], row
            assert row.get("act", ACTS[0]) in ACTS, row

    def test_every_prior_is_a_share(self, data):
        assert all(0 <= share <= 1 for share in data["priors"].values())
        for key, word in cues.lexicon().items():
            assert cues.prior_key(word.act, word.needs) in data["priors"], key


class TestWords:
    def test_every_reporting_verb_of_textacy_is_listed(self):
        from textacy.constants import REPORTING_VERBS

        verbs = REPORTING_VERBS["en"] - {"according"}
        missing = [verb for verb in verbs if ("VERB", verb) not in {(p, w) for w, p in cues.lexicon()}]
        assert missing == []
        # 'fear', 'hope', 'think', 'worry' and 'believe' are thoughts; the others are said or written.
        thoughts = {verb for verb in verbs if cues.act_of(verb, "VERB") == "thought"}
        assert thoughts == {"believe", "fear", "hope", "think", "worry"}
        assert all(cues.act_of(verb, "VERB") for verb in verbs)
        assert cues.act_of("accord", "VERB") == cues.phrases()["according"][0].act == "speech"

    @pytest.mark.parametrize(
        ("act", "verbs"),
        [
            (
                "speech",
                "say tell add claim deny accuse call urge vow praise warn whisper growl quip mutter quote",
            ),
            (
                "speech",
                "criticise criticize emphasise emphasize apologise apologize whinge bellow ask answer",
            ),
            ("writing", "write tweet retweet post repost publish pen blog text report email"),
            (
                "thought",
                "believe think want plan hope support oppose like know consider intend decide favour",
            ),
            ("evidence", "show find demonstrate prove seem"),
        ],
    )
    def test_acts_of_verbs(self, act, verbs):
        assert {verb: cues.act_of(verb, "VERB") for verb in verbs.split()} == dict.fromkeys(
            verbs.split(), act
        )

    @pytest.mark.parametrize("lemma", ["make", "take", "have", "move", "fight", "win", "hire"])
    def test_words_of_support_name_no_act(self, lemma):
        assert cues.lexicon()[lemma, "VERB"].act is None
        assert cues.act_of(lemma, "VERB") is None

    def test_acts_of_other_parts_of_speech(self):
        assert cues.act_of("claim", "NOUN") == "speech"
        assert cues.act_of("tweet", "NOUN") == "writing"
        assert cues.act_of("belief", "NOUN") == cues.act_of("confident", "ADJ") == "thought"
        assert cues.act_of("poll", "NOUN") == "evidence"
        assert cues.act_of("reportedly", "ADV") == "speech"

    def test_a_poll_gives_evidence_and_a_person_speaks(self):
        for lemma in ("suggest", "indicate", "reveal"):
            assert cues.act_of(lemma, "VERB") == "speech"
            assert cues.act_of(lemma, "VERB", source_is_work=True) == "evidence"
        assert cues.act_of("say", "VERB", source_is_work=True) == "speech"
        assert cues.act_of("give", "VERB", source_is_work=True) == "evidence"

    def test_denials(self):
        for lemma in ("deny", "decline", "refuse", "refute", "dispute", "disavow", "disagree", "withhold"):
            assert cues.is_negated(lemma, "VERB"), lemma
        for lemma in ("say", "oppose", "criticize", "condemn", "fear", "protest", "bicycle"):
            assert not cues.is_negated(lemma, "VERB"), lemma
        assert cues.is_negated("denial", "NOUN")

    def test_manner_needs_a_quotation(self):
        for lemma in ("smile", "laugh", "grin", "shrug", "sigh", "chuckle"):
            assert cues.lexicon()[lemma, "VERB"].reports("quote"), lemma
            assert not cues.lexicon()[lemma, "VERB"].reports("clause"), lemma

    def test_some_verbs_need_a_clause(self):
        for lemma in ("add", "continue", "reply"):
            word = cues.lexicon()[lemma, "VERB"]
            assert [word.reports(to) for to in ("quote", "clause", "other")] == [True, True, False]
        assert all(cues.lexicon()["accuse", "VERB"].reports(to) for to in ("quote", "clause", "other"))

    def test_rates_order_words_as_readers_would(self):
        rate = {
            lemma: cues.lexicon()[lemma, "VERB"].rate for lemma in ("say", "argue", "talk", "make", "win")
        }
        assert sorted(rate, key=rate.__getitem__, reverse=True) == ["say", "argue", "talk", "make", "win"]
        assert all(0 <= word.rate <= 1 for word in cues.lexicon().values())

    def test_a_word_never_seen_takes_the_rate_of_its_kind(self):
        unseen = [word for word in cues.lexicon().values() if not word.seen]
        assert unseen
        assert all(word.rate == pytest.approx(word.prior) for word in unseen)

    def test_say_governs_a_quotation_or_a_clause(self):
        governs = cues.lexicon()["say", "VERB"].governs
        assert list(governs)[:2] in (["quotation", "ccomp"], ["ccomp", "quotation"])


class TestLookup:
    def test_wrong_tags_and_lemmas_are_forgiven(self):
        for lemma, pos, listed in [
            ("Slams", "PROPN", "slam"),
            ("denies", "PROPN", "deny"),
            ("tweeted", "AUX", "tweet"),
            ("growl", "NOUN", "growl"),
            ("mansplaine", "VERB", "mansplain"),
            ("deadpanne", "VERB", "deadpan"),
        ]:
            assert cues.word(lemma, pos).lemma == listed, lemma

    def test_a_strange_word_is_speech_only_with_a_quotation(self):
        assert cues.word("zzyzx", "VERB") is None
        assert cues.act_of("zzyzx", "VERB") is None
        assert cues.act_of("zzyzx", "VERB", quoted=True) == "speech"
        assert cues.act_of("think", "VERB", quoted=True) == "thought"

    @given(st.text(max_size=20), st.sampled_from([*TAGS, "X", ""]))
    def test_any_string_may_be_asked_for(self, lemma, pos):
        found = cues.word(lemma, pos)
        assert found is None or cues.lexicon()[found.lemma, found.pos] is found
        assert cues.act_of(lemma, pos, quoted=True) in ACTS
        assert cues.is_negated(lemma, pos) in (True, False)

    def test_the_lexicon_is_read_once_and_cannot_be_changed(self):
        assert cues.lexicon() is cues.lexicon()
        with pytest.raises(TypeError):
            cues.lexicon()["say", "VERB"] = None
        with pytest.raises(TypeError):
            cues.lexicon()["say", "VERB"].governs["ccomp"] = 0


class TestPhrases:
    @pytest.mark.parametrize(
        ("text", "lemmas", "phrase"),
        [
            ("according to the mayor", "accord to the mayor", "according to"),
            ("in the words of one neighbour", "in the word of one neighbour", "in the words of"),
            ("as the old ferryman put it", "as the old ferryman put it", "as … put it"),
            ("pointed out that", "point out that", "point out"),
            ("made clear that", "make clear that", "make clear"),
            ("took to twitter to", "take to twitter to", "take to twitter"),
            ("went on record as", "go on record as", "go on record"),
            ("was like well", "be like well", "be like"),
            ("in her view the dam", "in her view the dam", "in … view"),
            ("in my opinion", "in my opinion", "in … opinion"),
            ("declined to comment on", "decline to comment on", "decline to comment"),
        ],
    )
    def test_found_at_the_first_token(self, text, lemmas, phrase):
        match = cues.phrase_at(text.split(), lemmas.split(), 0)
        assert " ".join(match.phrase.words) == phrase

    def test_the_longest_wins(self):
        words = ["declined", "to", "comment"]
        match = cues.phrase_at(words, ["decline", "to", "comment"], 0)
        assert (match.start, match.end, match.phrase.negated) == (0, 3, True)

    def test_a_slot_is_neither_empty_nor_wide(self):
        assert cues.phrase_at(["as", "put", "it"], ["as", "put", "it"], 0) is None
        six = ["as", *"abcdef", "put", "it"]
        assert cues.phrase_at(six, six, 0).end == 9
        seven = ["as", *"abcdefg", "put", "it"]
        assert cues.phrase_at(seven, seven, 0) is None

    def test_words_of_a_phrase_stand_side_by_side(self):
        apart = ["according", "strictly", "to"]
        assert cues.phrase_at(apart, apart, 0) is None

    @given(
        st.lists(st.sampled_from(["as", "put", "it", "in", "the", "words", "of", "view", "x"]), min_size=1)
    )
    def test_a_match_lies_in_the_text(self, words):
        for i in range(len(words)):
            match = cues.phrase_at(words, words, i)
            if match is not None:
                assert match.start == i < match.end <= len(words)
                assert words[match.end - 1] == match.phrase.words[-1]
