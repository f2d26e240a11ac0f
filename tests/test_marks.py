"""Quotation marks: cases from ``tests/cases/marks`` and properties that hold for any text.

A case is a text, its quotations with their marks, and why it is there. A quotation is a string, or an object
with ``text`` and, unless they are 0 and none, ``depth`` and ``continues``: the number of the quotation that
it carries on.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from fragments import profile
from hypothesis import assume, given
from hypothesis import strategies as st

from quoteattr.layout import paragraphs
from quoteattr.marks import quotations
from quoteattr.records import Range

CASES = Path(__file__).parent / "cases" / "marks"
KNOWN = "known-failures"
SIGNS = "ab s. ,:—\n\n\"'“”‘’„‚«»‹›「」『』`´′″〝〞＂5<>&{}()-_*"
PIECES = [
    *SIGNS,
    "\n\n",
    "''",
    "``",
    "&quot;",
    "â€œ",
    "â€",
    ", he said. ",
    "said Ann: ",
    "said:\n\nI am",
    "> ",
    "    ",
    "—No, ",
    "'tis ",
    "boys' ",
    "5' 11\"",
    "http://a.b/'",
    "```\n",
    "“Yes.",
    "No.”",
    "‘Hm,’",
    '"I am',
]
MARKED = st.one_of(
    st.text(alphabet=SIGNS, max_size=120),
    st.lists(st.sampled_from(PIECES), max_size=40).map("".join),
    st.text(),
)


def read(text):
    return quotations(text, paragraphs(text))


def cases(*names):
    return [
        pytest.param(case, id=f"{name}-{number}")
        for name in names
        for number, case in enumerate(json.loads((CASES / f"{name}.json").read_text(encoding="utf-8")))
    ]


def check(case):
    text = case["text"]
    found = [(text[q.start : q.end], q.depth, q.continues) for q in read(text)]
    wanted = [q if isinstance(q, dict) else {"text": q} for q in case["quotations"]]
    assert found == [(q["text"], q.get("depth", 0), q.get("continues")) for q in wanted], case["why"]


@pytest.mark.parametrize(
    "case", cases(*sorted(path.stem for path in CASES.glob("*.json") if path.stem != KNOWN))
)
def test_case(case):
    check(case)


@pytest.mark.xfail(strict=True, raises=AssertionError)
@pytest.mark.parametrize("case", cases(KNOWN))
def test_known_failure(case):
    check(case)


def test_missing_marks_are_empty():
    (opened,) = read("“The pier is shut.")
    assert (opened.opener, opened.closer) == ("“", "")
    (closed,) = read("The pier is shut,” he said.")
    assert (closed.opener, closed.closer, closed.start) == ("", "”", 0)


def test_opener_and_closer_are_as_written():
    (quotation,) = read("She wrote &ldquo;stay&rdquo;.")
    assert (quotation.opener, quotation.closer) == ("&ldquo;", "&rdquo;")
    assert quotation.inner == Range(17, 21)


def test_parents():
    outer, inner, innermost = read("“a ‘b “c” b’ a”")
    assert (outer.parent, inner.parent, innermost.parent) == (None, 0, 1)


def test_quotations_do_not_cross_the_paragraphs_given():
    text = "“The pier is shut. It will stay so.”"
    assert [(q.start, q.end) for q in quotations(text, [Range(0, 18), Range(19, 36)])] == [(0, 18), (19, 36)]


def test_outside_the_paragraphs_nothing_is_read():
    assert quotations("“Yes.” “No.”", [Range(7, 12)]) == quotations("       “No.”", [Range(7, 12)])
    assert quotations("“Yes.”", []) == []


@profile(0.02)
@given(MARKED)
def test_any_text(text):
    found = read(text)
    assert found == read(text)
    for q in found:
        assert 0 <= q.start < q.end <= len(text)
        assert text.startswith(q.opener, q.start)
        assert text.endswith(q.closer, q.start, q.end)
        assert q.inner.start < q.inner.end
    assert [(q.start, -q.end) for q in found] == sorted((q.start, -q.end) for q in found)


@profile(0.02)
@given(MARKED)
def test_nesting(text):
    found = read(text)
    ends: dict[int, int] = {}
    for i, q in enumerate(found):
        assert ends.get(q.depth, 0) <= q.start
        ends[q.depth] = q.end
        if q.parent is None:
            assert q.depth == 0
        else:
            outer = found[q.parent]
            assert q.parent < i
            assert q.depth == outer.depth + 1
            assert outer.start <= q.start < q.end <= outer.end
        if q.continues is not None:
            assert q.continues < i
            assert found[q.continues].closer == ""
            assert found[q.continues].end <= q.start


@profile(0.02)
@given(MARKED)
def test_every_quotation_stands_in_one_paragraph(text):
    ranges = paragraphs(text)
    for q in quotations(text, ranges):
        assert sum(start <= q.start and q.end <= end for start, end in ranges) == 1


@profile(0.02)
@given(MARKED)
def test_a_paragraph_without_marks_changes_nothing_before_it(text):
    longer = text + "\n\nThe ferry was late again, and nobody on the quay seemed to mind."
    assert quotations(longer, paragraphs(longer)) == quotations(longer, paragraphs(longer)[:-1])


@profile(0.02)
@given(MARKED, MARKED)
def test_a_paragraph_between_keeps_two_texts_apart(before, after):
    """Unless a fence of code, a tag or a run of dashes spans both."""
    wall = "\n\nThe ferry was late again, and nobody on the quay seemed to mind, least of all the gulls.\n\n"
    assume(not any(sign in before + after for sign in ("```", "~~~", "<", "{", "—", "--")))
    text = before + wall + after
    first = [q for q in quotations(text, paragraphs(text)) if q.end <= len(before)]
    ranges = [r for r in paragraphs(text) if r.end <= len(before)]
    assert first == quotations(text, ranges)
