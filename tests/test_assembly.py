"""From attributions and resolutions to quotes: words, nesting, numbers, filters, confidence."""

from __future__ import annotations

import pytest

from quoteattr import Span, Speaker
from quoteattr.assembly import MAX_DEPTH, Choice, assemble, words
from quoteattr.context import Surroundings
from quoteattr.objects import ACTS, KINDS
from quoteattr.records import Attribution, Quotation, Range, Resolution

EVERYTHING = Choice(ACTS, KINDS)


def at(text: str, part: str) -> Range:
    start = text.index(part)
    return Range(start, start + len(part))


def build(text, attributions, resolutions=None, choice=EVERYTHING, quotations=()):
    resolutions = resolutions or [Resolution(None)] * len(attributions)
    around = Surroundings(text, [(0, len(text))], [Range(0, len(text))])
    return assemble(around, quotations, attributions, resolutions, choice)


def marked(text, *pairs):
    """Quotations for each (opener, closer, inside), found in the text."""
    found = []
    for opener, closer, inside in pairs:
        start, end = at(text, opener + inside + closer)
        found.append(Quotation(start, end, opener, closer))
    return found


@pytest.mark.parametrize(
    ("text", "content", "pairs", "expected"),
    [
        ("“A b,” she said.", ["“A b,”"], [("“", "”", "A b,")], "A b,"),
        ("“A,” she said. “B.”", ["“A,”", "“B.”"], [("“", "”", "A,"), ("“", "”", "B.")], "A, B."),
        ("“Big” plans, she said.", ["“Big” plans"], [("“", "”", "Big")], "“Big” plans"),
        ("It was a “sad day”.", ["a “sad day”"], [("“", "”", "sad day")], "a “sad day”"),
        ("“A” or “B”, she said.", ["“A” or “B”"], [("“", "”", "A"), ("“", "”", "B")], "“A” or “B”"),
        ("“A and B,” she said.", ["“A"], [("“", "”", "A and B,")], "A"),
        ("“A and B,” she said.", ["B,”"], [("“", "”", "A and B,")], "B,"),
        ("``A,'' she said.", ["``A,''"], [("``", "''", "A,")], "A,"),
        ("“ A ” she said.", ["“ A ”"], [("“", "”", " A ")], "A"),
        ("She said A and B.", ["A and B"], [], "A and B"),
        ("“” she said.", ["“”"], [("“", "”", "")], ""),
    ],
)
def test_words(text, content, pairs, expected):
    assert words(text, [at(text, piece) for piece in content], marked(text, *pairs)) == expected


def test_words_of_a_quotation_that_reopens():
    text = "“One.\n“Two.”"
    quotations = [Quotation(0, 5, "“", ""), Quotation(6, 12, "“", "”", continues=0)]
    assert words(text, [Range(0, 5), Range(6, 12)], quotations) == "One. Two."
    assert words(text, [Range(0, 12)], quotations) == "One.\n“Two."


def test_order_and_numbers():
    text = "abcdefghij"
    attributions = [
        Attribution((Range(6, 8),), "indirect", None, None),
        Attribution((Range(1, 2),), "direct", None, None, parent=2),
        Attribution((Range(0, 5),), "indirect", None, None),
    ]
    first, second = build(text, attributions)
    assert (first.text, second.text) == ("abcde", "gh")
    assert (first.id, second.id, first.nested[0].id) == (0, 1, 2)
    assert (first.nested[0].text, first.nested[0].kind) == ("b", "direct")


def test_nested_moves_out_of_what_is_left_out():
    text = "abcdefghij"
    attributions = [
        Attribution((Range(0, 9),), "indirect", None, Range(9, 10), act="thought"),
        Attribution((Range(1, 8),), "indirect", None, None, parent=0, confidence=0.1),
        Attribution((Range(2, 4),), "direct", None, None, parent=1),
    ]
    (quote,) = build(text, attributions, choice=Choice(("speech",), KINDS, min_confidence=0.5))
    assert (quote.text, quote.id, quote.nested) == ("cd", 0, ())
    (quote,) = build(text, attributions, choice=Choice(ACTS, KINDS, min_confidence=0.5))
    assert [(nested.text, nested.id) for nested in quote.nested] == [("cd", 1)]
    (quote,) = build(text, attributions)
    assert quote.nested[0].nested[0].text == "cd"
    assert build(text, attributions, choice=Choice((), KINDS)) == ()


def test_depth_is_bounded():
    count = 3000
    attributions = [
        Attribution((Range(n, 2 * count - n),), "indirect", None, None, parent=n - 1 if n else None)
        for n in range(count)
    ]
    (quote,) = build("x" * 2 * count, attributions)
    depth, number, level = 0, 0, [quote]
    while level:
        number += len(level)
        depth += 1
        level = [nested for each in level for nested in each.nested]
    assert (depth, number) == (MAX_DEPTH + 1, count)
    assert quote.to_dict()["nested"]


def test_confidence_of_what_the_flow_tells_is_a_product():
    attribution = Attribution((Range(0, 1),), "direct", None, None, confidence=0.9)
    resolution = Resolution(Speaker(None, None, "implicit", 0, confidence=0.5))
    (quote,) = build("ab", [attribution], [resolution])
    assert quote.confidence == pytest.approx(0.45)
    assert build("ab", [attribution], [resolution], Choice(ACTS, KINDS, 0.46)) == ()


def test_confidence_with_a_cue_is_that_of_content_and_source():
    attribution = Attribution((Range(0, 1),), "direct", None, Range(1, 2), confidence=0.9)
    resolution = Resolution(Speaker(None, None, "implicit", 0, confidence=0.5))
    (quote,) = build("ab", [attribution], [resolution])
    assert quote.confidence == pytest.approx(0.9)


def test_evidence_of_both_stages_heaviest_first():
    attribution = Attribution((Range(0, 1),), "direct", None, None, evidence=(("a", 1.0), ("b", -0.2)))
    (quote,) = build("ab", [attribution], [Resolution(None, evidence=(("c", -3.0),))])
    assert quote.evidence == (("c", -3.0), ("a", 1.0), ("b", -0.2))


def test_cue_and_speakers():
    text = "Al\ud800 told Bo no."
    attribution = Attribution(
        (Range(12, 14),), "indirect", Range(0, 3), Range(4, 8), "tell", negated=True, addressee=Range(9, 11)
    )
    source = Speaker("Al\ufffd", Span(0, 3, "Al\ufffd"), "name", 0)
    both = Speaker("Bo", Span.of(text, 9, 11), "name", 1, members=(source,))
    (quote,) = build(text, [attribution], [Resolution(source, both)])
    assert (quote.cue.text, quote.cue.lemma, quote.cue.negated) == ("told", "tell", True)
    assert quote.speaker.mention == Span(0, 3, "Al\ud800")
    assert quote.addressee.members[0].mention == Span(0, 3, "Al\ud800")
    assert quote.addressee.mention == both.mention
