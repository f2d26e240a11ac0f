"""What holds for any text at all: properties of layout and marks (those of the extractor stand apart).

By default 5,000 examples, the same in each run. For more of them, and new ones each time::

    QUOTEATTR_EXAMPLES=200000 pytest tests/test_properties.py
"""

from __future__ import annotations

from itertools import pairwise

from fragments import ANY_TEXT, UNRELATED, profile
from hypothesis import assume, given
from hypothesis import strategies as st

from quoteattr.layout import paragraphs
from quoteattr.marks import quotations


def check_paragraphs(text, found):
    assert all(0 <= start < end <= len(text) for start, end in found)
    assert all(a.end <= b.start for a, b in pairwise(found))
    assert all(text[start:end] == text[start:end].strip() for start, end in found)


def check_quotations(text, ranges, found):
    """Marks as they stand, quotations in order, inner ones inside their parents, none across a paragraph."""
    ends = {}
    number = 0
    for i, q in enumerate(found):
        assert 0 <= q.start < q.end <= len(text)
        assert q.inner.start < q.inner.end
        assert text.startswith(q.opener, q.start)
        assert text.endswith(q.closer, q.start, q.end)
        assert i == 0 or (found[i - 1].start, -found[i - 1].end) <= (q.start, -q.end)
        assert ends.get(q.depth, 0) <= q.start
        ends[q.depth] = q.end
        while ranges[number].end <= q.start:
            number += 1
        assert ranges[number].start <= q.start < q.end <= ranges[number].end
        assert (q.parent is None) == (q.depth == 0)
        if q.parent is not None:
            outer = found[q.parent]
            assert q.parent < i
            assert outer.depth == q.depth - 1
            assert outer.start <= q.start < q.end <= outer.end
        if q.continues is not None:
            before = found[q.continues]
            assert before.closer == ""
            assert before.end <= q.start


@profile(0.6)
@given(ANY_TEXT, st.sampled_from(["auto", "blank-line", "newline"]))
def test_any_text(text, mode):
    ranges = paragraphs(text, mode)
    check_paragraphs(text, ranges)
    found = quotations(text, ranges)
    check_quotations(text, ranges, found)
    assert (ranges, found) == (paragraphs(text, mode), quotations(text, ranges))


@profile(0.2)
@given(ANY_TEXT, ANY_TEXT)
def test_is_not_changed_by_what_follows(text, following):
    """A paragraph without marks keeps the next text apart, unless code, a tag or dashes span both."""
    assume(not any(sign in text + following for sign in ("```", "~~~", "<", "{", "](", "`", "—", "--", "―")))
    longer = f"{text}\n\n{UNRELATED}\n\n{following}"
    ranges = [r for r in paragraphs(longer, "blank-line") if r.end <= len(text)]
    assert ranges == list(paragraphs(text, "blank-line"))
    before = [q for q in quotations(longer, paragraphs(longer, "blank-line")) if q.end <= len(text)]
    assert before == quotations(text, ranges)


STYLES = {
    "curly": ("“", "”", "‘", "’", "’"),
    "straight": ('"', '"', "'", "'", "'"),
    "british": ("‘", "’", "“", "”", "’"),
    "british straight": ("'", "'", '"', '"', "'"),
    "entities": ("&ldquo;", "&rdquo;", "&lsquo;", "&rsquo;", "&rsquo;"),
    "straight entities": ("&quot;", "&quot;", "&#39;", "&#39;", "&#39;"),
    "mojibake": ("â€œ", "â€\x9d", "â€˜", "â€™", "â€™"),
    "windows": ("\x93", "\x94", "\x91", "\x92", "\x92"),
    "tex": ("``", "''", "`", "'", "'"),
    "doubled": ("''", "''", "'", "'", "'"),
    "guillemets": ("«", "»", "‹", "›", "’"),
    "german": ("„", "“", "‚", "‘", "’"),
    "corners": ("「", "」", "『", "』", "’"),
    "full width": ("＂", "＂", "＇", "＇", "’"),
    "half converted": ("“", '"', "‘", "'", "'"),
    "backwards": ("”", "”", "’", "’", "'"),
}
# {o} and {c} are the outer marks, {i} and {k} the inner ones, {a} an apostrophe.
PROSE = [
    "{o}We are ready,{c} Ida Holm said.",
    "{o}It{a}s the keepers{a} rule,{c} she said, {o}and it won{a}t change.{c}",
    "The board called the plan {o}a landmark{c} and left.",
    "{o}He told me, {i}Go home,{k} and I went,{c} said the keeper.",
    "{o}She said, {i}No.{k}{c}",
    "The boats{a} owners didn{a}t come.",
    "He listed {o}salt,{c} {o}soap{c} and {o}string.{c}",
    "Asked about it, he said: {o}Nobody asked us.{c}",
    "{o}Is it far?{c} {o}Not for a gull,{c} he said.",
    "Nobody spoke.",
]


@profile(0.2)
@given(st.sampled_from(sorted(STYLES)), st.lists(st.sampled_from(PROSE), min_size=1, max_size=8), st.data())
def test_gives_back_prose_in_any_style(style, sentences, data):
    """Well-set quotations are found to the character, whatever the marks."""
    marks = dict(zip("ocika", STYLES[style], strict=True))
    text, wanted, opened = "", [], []
    for sentence in sentences:
        text += data.draw(st.sampled_from([" ", "\n\n"])) if text else ""
        for piece in sentence.replace("{", "\0{").replace("}", "}\0").split("\0"):
            if piece in ("{o}", "{i}"):
                opened.append(len(text))
            text += piece.format(**marks)
            if piece in ("{c}", "{k}"):
                wanted.append((opened.pop(), len(text), len(opened)))
    found = quotations(text, paragraphs(text, "blank-line"))
    assert [(q.start, q.end, q.depth) for q in found] == sorted(wanted)
