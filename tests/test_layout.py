"""Paragraphs of texts with every kind of line end and wrapping."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quoteattr.errors import OptionError
from quoteattr.layout import paragraphs


def texts(text, mode="auto"):
    return [text[start:end] for start, end in paragraphs(text, mode)]


def test_unknown_mode():
    with pytest.raises(OptionError, match="newline"):
        paragraphs("One.", "lines")


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\u2028", "\u2029", "\f", "\v"])
def test_every_line_end(end):
    assert texts(f"The harbour froze.{end}Nobody left.{end}") == ["The harbour froze.", "Nobody left."]


@given(
    st.text(alphabet='ab "“”\n\r\t>-*.\u2028\u2029\f\ufeff\u200b', max_size=80),
    st.sampled_from(["auto", "blank-line", "newline"]),
)
def test_any_text(text, mode):
    found = paragraphs(text, mode)
    assert all(start < end for start, end in found)
    assert all(a.end <= b.start for a, b in itertools.pairwise(found))
    assert all(text[start:end] == text[start:end].strip() for start, end in found)
    assert found == paragraphs(text, mode)
