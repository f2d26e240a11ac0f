"""`explain`: one sentence for every shape of quote."""

from __future__ import annotations

import pytest

from quoteattr import Context, Cue, Quote, Span, Speaker, explain, extract_quotes, tagger
from quoteattr.explanation import _wordings
from quoteattr.speakers.pronouns import weights

TEXT = "“We are ready,” she did not say."
SAY = Cue(Span.of(TEXT, 28, 31), "say")
SHE = Span.of(TEXT, 16, 19)


def quote(**changes):
    given = {
        "id": 0,
        "text": "We are ready,",
        "spans": (Span.of(TEXT, 0, 15),),
        "kind": "direct",
        "speaker": Speaker("Ida Holm", SHE, "pronoun", 0, "person", confidence=0.94),
        "cue": SAY,
        "addressee": None,
        "context": Context(Span.of(TEXT, 0, 32), Span.of(TEXT, 0, 32), 0),
        "confidence": 0.912,
    }
    return Quote(**{**given, **changes})


def test_pronoun():
    assert explain(quote()) == (
        "Words in quotation marks reported by the cue 'say' (speech), given to Ida Holm, "
        "whom 'she' is taken to mean (0.94); confidence 0.91."
    )


@pytest.mark.parametrize(
    ("speaker", "words"),
    [
        (Speaker("Ida Holm", SHE, "name", 0), "given to Ida Holm, named there as 'she'"),
        (Speaker("Ida Holm", SHE, "nominal", 0), "given to Ida Holm, whom 'she' is taken to describe (1.00)"),
        (Speaker("Ida Holm", None, "implicit", 0), "given to Ida Holm by the flow of the talk alone (1.00)"),
        (Speaker(None, SHE, "pronoun", 0), "given to 'she', for whom the text has no name"),
        (Speaker(None, None, "implicit", 0), "given to (unnamed) by the flow of the talk alone (1.00)"),
        (None, "given to nobody, for the text names no speaker"),
    ],
)
def test_speakers(speaker, words):
    assert words in explain(quote(speaker=speaker))


def test_kinds_and_cues():
    assert explain(quote(kind="mixed")).startswith("A paraphrase with words in quotation marks reported")
    assert explain(quote(kind="indirect", cue=None)).startswith("A paraphrase without a reporting word")
    assert "(speech, in the negative)" in explain(quote(cue=Cue(SAY.span, "say", negated=True)))


def test_evidence_for_and_against():
    evidence = (
        ("spoke last before", 2.0),
        ("distance", -1.5),
        ("count", 0.4),
        ("subject", 0.3),
        ("turns", 0.01),
    )
    words = explain(quote(evidence=evidence))
    assert (
        "for it: the speaker having spoken last and how often the speaker is mentioned just before;" in words
    )
    assert "against it: the distance to the last mention of the speaker;" in words
    assert "turns" not in words


def test_what_decides_about_pronouns_has_words():
    assert set(weights("pronoun")) <= set(_wordings()["names"])


@pytest.mark.parametrize("engine", ["rules", "tagger"])
def test_no_internal_name_is_shown_of_plain_quotes(engine):
    if engine == "tagger" and not tagger.is_installed():
        pytest.skip("onnxruntime and tokenizers are not installed")
    text = "“We are ready,” Ida Holm said. She warned that the wall had rusted. “It leans,” she told them."
    for found in extract_quotes(text, engine=engine):
        words = explain(found)
        assert not {":", "="} & set(words.replace("for it:", "").replace("against it:", "")), words


def test_evidence_without_wording_is_shown_by_its_name():
    assert "for it: some_new=thing" not in explain(quote(evidence=(("some_new=thing", 1.0),)))
    assert "for it: some new=thing" in explain(quote(evidence=(("some_new=thing", 1.0),)))


def test_every_quote_of_the_seed_article(seed_text):
    for found in extract_quotes(seed_text, acts="all"):
        words = explain(found)
        assert words.endswith(f"confidence {found.confidence:.2f}.")
        assert "\n" not in words
