"""What the parser gets: blanks for tags, Markdown, what prints nothing and lone surrogates; same length."""

from __future__ import annotations

import pytest
from fragments import ANY_TEXT, profile
from hypothesis import given

from quoteattr.readable import readable

CASES = [
    ("plain", "“We left,” said Ann Lee.", "“We left,” said Ann Lee."),
    ("tags", "<b>Ann</b> said<br/>no", "   Ann     said     no"),
    ("a tag with attributes", '<a href="x" id=y>Ann</a> said', "                 Ann     said"),
    ("a comment", "a<!-- note -->b", "a             b"),
    ("less and greater", "3 < 5 and 5 > 3", "3 < 5 and 5 > 3"),
    ("words in angle brackets", "the <one and only> Ann", "the <one and only> Ann"),
    ("spaces of HTML", "a&nbsp;b &amp; c", "a      b &amp; c"),
    ("a link", "[Ann](https://x.y) said", " Ann               said"),
    ("an image with a title", '![Ann](a.png "b") said', "  Ann             said"),
    ("emphasis", "**Ann** said _no_ and *yes*.", "  Ann   said  no  and  yes ."),
    (
        "stars and dashes that emphasise nothing",
        "2 * 3 * 4, snake_case_name, ___",
        "2 * 3 * 4, snake_case_name, ___",
    ),
    ("numbers of notes", "Lee [13,14] argues [2–5] that it [is]", "Lee         argues       that it [is]"),
    (
        "what transcribers note",
        "I [laughs] did. (Applause.) We [softly] (the pause)",
        "I          did.             We [softly] (the pause)",
    ),
    ("a number that is a link", "[7](#n) Ann", " 7      Ann"),
    ("a heading", "## Rain\nAnn said", "   Rain\nAnn said"),
    ("a tag of a topic", "#rain is here", "#rain is here"),
    ("bullets", "• rain\n  ◦ snow", "  rain\n    snow"),
    ("quoted mail stays", "> rain", "> rain"),
    ("marks of direction", "\u202a“No,”\u202c he said", " “No,”  he said"),
    ("a soft hyphen in a word stays", "har\u00adbour", "har\u00adbour"),
    ("a joiner in a word stays", "a\u200db", "a\u200db"),
    ("NUL", "no.\x00 Yes", "no.  Yes"),
    ("line ends and tabs stay", "a\r\n\tb\x0cc\u2028d", "a\r\n\tb\x0cc\u2028d"),
    ("lone surrogates", "a\ud800b", "a\ufffdb"),
    ("emoji stay", "a 👩\u200d👧 b", "a 👩 👧 b"),
]


@pytest.mark.parametrize(("text", "expected"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_case(text, expected):
    assert readable(text) == expected


@profile(0.1)
@given(ANY_TEXT)
def test_any_text(text):
    """As long as before, and nothing added but blanks, U+FFFD and the colons of `quoteattr.turns`."""
    plain = readable(text)
    assert len(plain) == len(text)
    assert all(
        new in (old, " ", "\ufffd") or (new == ":" and old in ".—–-")
        for old, new in zip(text, plain, strict=True)
    )
    assert [c for c in plain if c in "\n\r"] == [c for c in text if c in "\n\r"] or "<" in text


def test_the_stops_of_questions_and_answers_are_colons():
    assert readable("Q. Were you there?\n  A. I was.") == "Q: Were you there?\n  A: I was."
    assert readable("A. The hall.\nB. The roof.") == "A. The hall.\nB. The roof."
    assert readable("Q. Were you there?") == "Q. Were you there?"
