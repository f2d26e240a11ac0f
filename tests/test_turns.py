"""Labels that end in a stop or a dash: those of speakers get a colon, headings and datelines do not."""

from __future__ import annotations

import pytest
from fragments import ANY_TEXT, profile
from hypothesis import given

from quoteattr.turns import with_colons

SPEAKERS = [
    ("questions and answers", "Q. Were you there?\nA. I was.", "Q: Were you there?\nA: I was."),
    (
        "a play",
        "PEN LEE. No.\n\nLIL. Yes.\n\nPEN LEE. No!\n\nLIL. Yes!",
        "PEN LEE: No.\n\nLIL: Yes.\n\nPEN LEE: No!\n\nLIL: Yes!",
    ),
    (
        "a house",
        "Mr ROE (Sarn) — So?\nMs OAK — No.\nMr ROE — Why?\nThe SPEAKER — Order!\nMs OAK — So.",
        "Mr ROE (Sarn) : So?\nMs OAK : No.\nMr ROE : Why?\nThe SPEAKER : Order!\nMs OAK : So.",
    ),
]
OTHERS = [
    ("answers without a question", "A. Smith was there.\nA. Jones was not."),
    ("one speaker", "PEN. No.\nPEN. Yes.\nPEN. No!\nPEN. Yes!"),
    ("too few", "PEN. No.\nLIL. Yes.\nPEN. No!"),
    ("headings", "AIMS. None.\nMETHODS. None.\nRESULTS. None.\nNOTES. None.\nTHANKS. All."),
    ("datelines", "OSLO — It rained.\nPARIS — It snowed.\nOSLO — It rained."),
    ("not in capitals", "Pen. No.\nLil. Yes.\nPen. No!\nLil. Yes!"),
]


@pytest.mark.parametrize(
    ("text", "expected"), [case[1:] for case in SPEAKERS], ids=[case[0] for case in SPEAKERS]
)
def test_speakers(text, expected):
    assert with_colons(text) == expected


@pytest.mark.parametrize("text", [case[1] for case in OTHERS], ids=[case[0] for case in OTHERS])
def test_others(text):
    assert with_colons(text) == text


@profile(0.1)
@given(ANY_TEXT)
def test_any_text(text):
    """As long as before, and nothing but stops and dashes changed."""
    read = with_colons(text)
    assert len(read) == len(text)
    assert all(new == old or (new == ":" and old in ".—–-") for old, new in zip(text, read, strict=True))
