"""Quotation marks: cases from ``tests/cases/marks`` and properties that hold for any text."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from quoteattr.layout import paragraphs
from quoteattr.marks import quotations

SIGNS = "ab s. ,:—\n\n\"'“”‘’„‚«»‹›「」『』`´′″〝〞＂5<>&{}()-_*"
MARKED = st.one_of(st.text(alphabet=SIGNS, max_size=120), st.text(max_size=60))


def read(text):
    return quotations(text, paragraphs(text))


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


@given(MARKED)
def test_a_paragraph_without_marks_changes_nothing_before_it(text):
    before = text + "\n\nThe ferry was late again, and nobody on the quay seemed to mind."
    known = list(paragraphs(before))[:-1]
    assert quotations(before, paragraphs(before)) == quotations(text, known)
