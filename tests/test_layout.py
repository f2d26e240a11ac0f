"""Paragraphs of texts with every kind of line end, margin and wrapping."""

from __future__ import annotations

import textwrap
from itertools import pairwise

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from quoteattr.errors import OptionError
from quoteattr.layout import paragraphs

HEADING = "Harbour to Stay Shut"
FIRST = (
    "The harbour of Ostrand will stay shut until the spring, the council said on Tuesday, after divers found "
    "two more cracks in the northern wall and a third below the lock."
)
SECOND = "“We have no choice,” said Orla Venn, the harbour master. “The wall would not stand another storm.”"
THIRD = (
    "Fishermen who use the harbour said they had been told nothing, and that the nearest port with room for "
    "their boats lies a day away."
)
ARTICLE = [HEADING, FIRST, SECOND, THIRD]
DIALOGUE = [
    "“Is it far?”",
    "“Not for a gull.”",
    "He laughed, and the rope ran out through his hands.",
    SECOND,
]


def texts(text, mode="auto"):
    return [text[start:end] for start, end in paragraphs(text, mode)]


def joined(text, mode="auto"):
    return [" ".join(paragraph.split()) for paragraph in texts(text, mode)]


def wrap(paragraph, first="", rest="", width=72):
    return textwrap.fill(paragraph, width, initial_indent=first, subsequent_indent=rest)


def test_unknown_mode():
    with pytest.raises(OptionError, match="newline"):
        paragraphs("One.", "lines")


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\u2028", "\u2029", "\f", "\v"])
def test_every_line_end(end):
    assert texts(f"The harbour froze.{end}Nobody left.{end}") == ["The harbour froze.", "Nobody left."]


@pytest.mark.parametrize("mode", ["auto", "blank-line", "newline"])
def test_tags_of_html_blocks_part_paragraphs(mode):
    html = f"<h1 class='top'>{HEADING}</h1><p>{FIRST}</p>\n<P>{SECOND}</P><ul><li>{THIRD}</li></ul>"
    assert texts(html, mode) == ARTICLE


def test_a_break_of_html_ends_a_line():
    assert texts("<b>One.</b><br/>Two <i>of</i> it.") == ["<b>One.</b>", "Two <i>of</i> it."]
    assert texts("One.<br>Two.", "blank-line") == ["One.<br>Two."]
    assert texts("The path <pathology> is no <preference>.") == ["The path <pathology> is no <preference>."]


def test_the_ellipsis_of_windows_1252_is_no_line_end():
    assert texts("He waited\x85 and left.") == ["He waited\x85 and left."]


@pytest.mark.parametrize(
    "blank", ["\n\n", "\n \t\n", "\r\n\r\n", "\r\r", "\n\u200b\n", "\n\n\n\n", "\n\xa0\n"]
)
def test_every_blank_line(blank):
    assert texts(blank.join(ARTICLE)) == ARTICLE


@pytest.mark.parametrize(("parts", "width"), [(ARTICLE, 60), (ARTICLE, 72), (DIALOGUE, 72), (DIALOGUE, 80)])
def test_wrapped_lines_between_blank_lines(parts, width):
    assert joined("\n\n".join(wrap(part, width=width) for part in parts)) == parts


@pytest.mark.parametrize("parts", [ARTICLE, DIALOGUE])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_wrapped_lines_with_first_lines_indented(parts, end):
    assert joined("\n".join(wrap(part, first="    ") for part in parts).replace("\n", end)) == parts


def test_wrapped_lines_all_indented():
    assert joined("\n\n".join(wrap(part, "      ", "      ") for part in ARTICLE)) == ARTICLE


def test_wrapped_lines_of_a_quoted_mail():
    text = "\n>\n".join(wrap(part, "> ", "> ") for part in ARTICLE)
    assert [part.replace("> ", "") for part in joined(text)] == ARTICLE


def test_a_quoted_mail_ends_its_paragraph():
    assert texts("Ines wrote:\n> No.\nThat was all.") == ["Ines wrote:", "> No.", "That was all."]


def test_lines_that_were_not_wrapped_are_paragraphs():
    assert texts("\n".join(ARTICLE)) == ARTICLE


def test_a_long_line_torn_in_the_middle_of_a_sentence_is_mended():
    head, tail = FIRST.split(" two ")
    assert joined(f"{head}\ntwo {tail}\n{SECOND}\n{THIRD}") == [FIRST, SECOND, THIRD]


def test_a_list_of_words_is_not_wrapped():
    assert texts("rope\nlamp\nbucket") == ["rope", "lamp", "bucket"]


def test_verses_are_not_wrapped():
    verses = ["Low stands the gate", "And late the bell,", "The boats that wait", "Have none to tell"]
    assert texts("\n".join(verses)) == verses


def test_items_of_a_list_in_wrapped_text():
    items = [f"- {FIRST}", f"- {SECOND}", f"- {THIRD}"]
    assert joined("\n".join(wrap(item, rest="  ") for item in items)) == items


def test_numbered_items_in_wrapped_text():
    items = [f"{number}. {part}" for number, part in enumerate(ARTICLE[1:], 1)]
    assert joined("\n".join(wrap(item, rest="   ") for item in items)) == items


def test_a_dash_at_the_head_of_a_wrapped_line_is_no_item():
    text = (
        "The harbour of Ostrand - shut since the autumn, when divers found cracks\n"
        "- will stay shut until spring, the council said on Tuesday, after a long\n"
        "debate."
    )
    assert joined(text) == [" ".join(text.split())]


def test_a_heading_right_above_wrapped_text():
    assert joined(f"{HEADING}\n{wrap(FIRST)}\n\n{wrap(THIRD)}") == [HEADING, FIRST, THIRD]


def test_a_rule_parts_paragraphs():
    assert joined(f"{wrap(FIRST)}\n* * *\n{wrap(THIRD)}") == [FIRST, "* * *", THIRD]


def test_a_form_feed_parts_paragraphs():
    assert joined(f"{wrap(FIRST)}\f{wrap(THIRD)}") == [FIRST, THIRD]
    assert joined(f"{wrap(FIRST)}\f{wrap(THIRD)}", "blank-line") == [FIRST, THIRD]


def test_modes():
    text = "One.\nTwo.\n\nThree."
    assert texts(text, "newline") == ["One.", "Two.", "Three."]
    assert texts(text, "blank-line") == ["One.\nTwo.", "Three."]


def test_edges_are_trimmed():
    assert texts("\ufeff \t“Yes.” \u200b\n\n\xa0“No.”\xad") == ["“Yes.”", "“No.”"]


@pytest.mark.parametrize("text", ["", " ", "\n\n", "\r", "\u200b", ">\n>>\n"])
def test_nothing(text):
    assert paragraphs(text) == ()


SIGNS = "ab. “”\n\r\t>-*=\u2028\u2029\f\ufeff\u200b\x85"


@given(
    st.one_of(st.text(alphabet=SIGNS, max_size=80), st.text()),
    st.sampled_from(["auto", "blank-line", "newline"]),
)
def test_any_text(text, mode):
    found = paragraphs(text, mode)
    assert all(start < end for start, end in found)
    assert all(a.end <= b.start for a, b in pairwise(found))
    assert all(text[start:end] == text[start:end].strip() for start, end in found)
    assert found == paragraphs(text, mode)


@given(st.one_of(st.text(alphabet=SIGNS, max_size=80), st.text()))
def test_nothing_printed_is_lost(text):
    assume(">" not in text)
    kept = set()
    for start, end in paragraphs(text):
        kept.update(range(start, end))
    assert not any(text[i].isalnum() for i in range(len(text)) if i not in kept)


@given(st.text(alphabet=SIGNS, max_size=80))
def test_newline_breaks_wherever_auto_does(text):
    starts = {start for start, _ in paragraphs(text, "newline")}
    assert {start for start, _ in paragraphs(text)} <= starts
    assert {start for start, _ in paragraphs(text, "blank-line")} <= {start for start, _ in paragraphs(text)}
