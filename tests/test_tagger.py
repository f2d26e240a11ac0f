"""The tagger: windows of word pieces, its opinion by token, and what comes of it beside the rules."""

from __future__ import annotations

import json
import logging
import math
from importlib.resources import files

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from trees import scene

import quoteattr
from quoteattr import QuoteExtractor, layout, marks, tagger
from quoteattr.attribution import judging
from quoteattr.attribution import opinion as opinions
from quoteattr.attribution.contents import Content
from quoteattr.attribution.judging import Judge, Panel, judge
from quoteattr.attribution.opinion import Opinion, Row
from quoteattr.attribution.sources import Source
from quoteattr.attribution.weights import Trust
from quoteattr.errors import DependencyMissingError, ModelUnusableError
from quoteattr.records import Range
from quoteattr.tagger.windows import INSIDE, MARK, NESTED, OUTSIDE, TITLE, Piece, pieces, windows

needs_runtime = pytest.mark.skipif(
    not tagger.is_installed(), reason="onnxruntime and tokenizers are not installed"
)
ARTICLE = (
    "The harbour board met on Monday. “We cannot wait for another winter,” said Edda Holm, who chairs it. "
    "“The wall is sixty years old.”\n\n"
    "Holm told members that the repairs would cost two million. The treasurer, Piet Lund, warned the money "
    "was not there.\n\n"
    "According to a report by the engineers, the ‘temporary’ props have rusted through."
)


def read(text, **options):
    paragraphs = layout.paragraphs(text)
    return tagger.load(**options).read(text, paragraphs, marks.quotations(text, paragraphs))


def piece(start, end=None):
    return Piece(7592, TITLE, OUTSIDE, start, start + 1 if end is None else end)


# Windows


@given(st.lists(st.integers(min_value=0, max_value=40), max_size=12), st.integers(8, 30), st.integers(0, 7))
def test_every_piece_stands_in_one_window_where_it_is_new(sizes, longest, repeated):
    numbers = iter(range(10_000))
    paragraphs = [[piece(next(numbers)) for _ in range(size)] for size in sizes]
    found = list(windows(paragraphs, longest, repeated))
    new = [each.start for window in found for each in window.pieces[window.repeated :] if each.start >= 0]
    assert new == list(range(sum(sizes)))
    assert all(len(window.pieces) <= longest for window in found)
    assert all(window.repeated <= repeated for window in found)


def test_a_window_begins_with_the_end_of_the_one_before():
    first, second = windows([[piece(n) for n in range(5)], [piece(n) for n in range(5, 9)]], 8, 3)
    assert [each.start for each in second.pieces[: second.repeated]] == [3, 4, -1]
    assert not first.repeated


@needs_runtime
def test_pieces_know_their_characters_and_their_marks():
    text = "“He said ‘no’ twice,” Bjørn WROTE."
    paragraphs = layout.paragraphs(text)
    tokenizer = tagger.load()._tokenizer
    (found,) = pieces(tokenizer, text, paragraphs, marks.quotations(text, paragraphs))
    by_text = {text[each.start : each.end]: each for each in found}
    assert by_text["“"].quoted == MARK
    assert by_text["He"].quoted == INSIDE
    assert by_text["no"].quoted == NESTED
    assert by_text["."].quoted == OUTSIDE
    assert by_text["He"].shape == TITLE
    assert "".join(text[each.start : each.end] for each in found) == text.replace(" ", "")


# Opinion

#          0   1    2  3  4      5
TOKENS = ["Ann", "said", "it", "had", "rained", "."]
STARTS = [0, 4, 9, 12, 16, 22]
ENDS = [3, 8, 11, 15, 22, 23]


def row(start=4, odds=3.0, content=(0.0, 0.0, 0.9, 0.9, 0.8, 0.1), source=(0.9, 0, 0, 0, 0, 0)):
    offsets = np.array(list(zip(STARTS, ENDS, strict=True)))
    return Row(start, odds, offsets, np.array([content, source], dtype=np.float32))


WHOLE = (Range(0, 23),)


def opinion(*rows, paragraphs=WHOLE):
    return Opinion(STARTS, ENDS, rows, paragraphs)


def test_opinion_by_token():
    mine = opinion(row())
    assert mine.cues() == [1]
    assert mine.odds(1) == 3.0
    assert mine.odds(0) == opinions.NEVER
    assert mine.whole_content(1) == ((2, 4),)
    assert mine.content(1, ((2, 4),)) == pytest.approx(2.6 / 3.1)
    assert mine.content(1, ((3, 4),)) < mine.content(1, ((2, 4),)) > mine.content(1, ((2, 5),))
    assert mine.source(1, 0, 0) == pytest.approx(0.9)
    assert mine.without_source(1) == pytest.approx(0.1)
    assert mine.content(3, ((2, 4),)) == 0.0
    assert mine.whole_content(3) == ()


def test_an_unlikely_cue_is_not_looked_at():
    assert opinion(row(odds=opinions.LIKELY - 0.1)).cues() == []


def test_gaps_are_filled_but_not_over_the_cue():
    content = (0.9, 0.9, 0.2, 0.9, 0.2, 0.9)
    assert opinion(row(start=4, content=content)).whole_content(1) == ((0, 0), (3, 5))


def test_a_content_ends_with_the_paragraph_in_which_it_begins():
    parted = opinion(row(), paragraphs=(Range(0, 12), Range(12, 23)))
    assert parted.whole_content(1) == ((2, 2),)
    assert parted.content(1, ((2, 2),)) == pytest.approx(0.9)
    behind = opinion(row(content=(0, 0, 0, 0.9, 0.8, 0)), paragraphs=(Range(0, 12), Range(12, 23)))
    assert behind.whole_content(1) == ((3, 4),)


def test_a_row_without_pieces_links_nothing():
    empty = Row(4, 3.0, np.empty((0, 2), dtype=np.int64), np.empty((2, 0), dtype=np.float32))
    mine = opinion(empty)
    assert mine.odds(1) == 3.0
    assert mine.whole_content(1) == ()
    assert mine.without_source(1) == 1.0


# The judge

TRUST = Trust(
    cue={"bias": -1.0, "rules": 0.5, "tagger": 0.5},
    content={"rules": 1.0, "overlap": 2.0},
    source={"rules": 1.0, "overlap": 1.0, "no source": 1.0},
    right={},
    floor=0.5,
)


def test_without_an_opinion_the_rules_decide():
    rules = judge(None, TRUST)
    assert type(rules) is Judge
    assert rules.cue(1, 2.5) == 2.5
    assert rules.contents(1, [], [0.1, 0.2]) == [0.1, 0.2]
    assert rules.cues([4]) == [4]
    assert type(judge(opinion(), None)) is Judge


def test_with_an_opinion_both_count():
    panel = judge(opinion(row()), TRUST)
    assert isinstance(panel, Panel)
    assert panel.cues([3]) == [1, 3]
    assert panel.cue(1, 2.0) == pytest.approx(-1 + 1.0 + 1.5)
    whole, part = Content(((2, 4),), "ccomp", 4), Content(((4, 4),), "dobj", 4)
    better, worse = panel.contents(1, [whole, part], [0.0, 0.0])
    assert better > worse
    assert panel.contents(1, [whole], [0.0]) == [pytest.approx(2 * math.log(2.6 / 3.1))]


def test_contents_far_worse_than_a_sure_one_are_not_weighed():
    panel = judge(opinion(row()), TRUST)
    options = [
        Content(((2, 4),), "ccomp", 4),
        Content(((5, 5),), "dobj", 5),
        Content(((0, 0),), "quote:before", 0),
    ]
    unsure = judge(opinion(row(content=(0, 0, 0.4, 0.4, 0.4, 0))), TRUST)
    for judged, left in ((panel, ["ccomp", "quote:before"]), (unsure, ["ccomp", "dobj", "quote:before"])):
        assert [each.how for each in judging._shortlist(judged.opinion, 1, options)] == left


def test_the_tagger_names_a_source_that_the_tree_does_not():
    spec = "PROPN/nsubj>1 VERB/ROOT PRON/nsubj>4 AUX/aux>4 VERB/ccomp>1 PUNCT/punct>1"
    here = scene("Ann said it had rained.", spec, said="say")
    panel = judge(opinion(row()), TRUST)
    ann, it = Source(0, ">nsubj", 0, 0), Source(2, ">ccomp>nsubj", 2, 2)
    assert panel.people(here, 1, [it]) == [it, Source(0, "tagger", 0, 0)]
    assert panel.people(here, 1, [ann, it]) == [ann, it]
    assert judge(None, None).people(here, 1, [it]) == [it]
    sign = judge(opinion(row(source=(0, 0, 0, 0, 0, 0.9))), TRUST)
    assert sign.people(here, 1, []) == []


@needs_runtime
def test_who_is_told_is_no_source():
    (quote,) = QuoteExtractor(engine="tagger").extract("Jurors were told that Pell had fled to Spain.")
    assert quote.speaker is None or quote.speaker.mention is None


@needs_runtime
def test_a_name_behind_who_is_cited_may_be_the_subject_of_what_is_said():
    text = "According to the mayor, Oslo, Bergen and Tromsø will share the grant."
    (quote,) = QuoteExtractor(engine="tagger").extract(text)
    assert quote.text == "Oslo, Bergen and Tromsø will share the grant"


@needs_runtime
def test_how_something_was_said_is_not_what_was_said():
    text = (
        "She searched the hall in silence for a moment, and then said, not fiercely, but still loud enough "
        "for the chairs to hear:\n\n“When I find you, you will be sorry.”"
    )
    (quote,) = QuoteExtractor(engine="tagger").extract(text)
    assert quote.kind == "direct"
    assert quote.cue is not None
    assert quote.cue.text == "then said"


# The whole


@needs_runtime
@pytest.mark.parametrize(
    "text",
    [
        "A 27-year-old man has been charged with arson. He has also been charged with theft.",
        "They could see his mouth moving. He was calling it.",
        "When she spoke again her voice was quite different.",
    ],
)
def test_what_nobody_reports(text):
    quotes = QuoteExtractor(engine="tagger").extract(text)
    assert [quote.text for quote in quotes] == []


@needs_runtime
def test_any_number_of_threads_gives_the_same():
    one = QuoteExtractor(acts="all", engine="tagger").extract(ARTICLE)
    assert len(one) > 3
    for threads in (0, 2):
        assert QuoteExtractor(acts="all", engine="tagger", threads=threads).extract(ARTICLE) == one


@needs_runtime
def test_offsets_and_names_hold():
    quotes = QuoteExtractor(engine="tagger").extract(ARTICLE)
    assert quotes.engine == "tagger"
    for quote in quotes:
        assert all(ARTICLE[span.start : span.end] == span.text for span in quote.spans)
    said = {quote.text: quote.speaker.name for quote in quotes}
    assert said["We cannot wait for another winter, The wall is sixty years old."] == "Edda Holm"
    assert said["that the repairs would cost two million"] == "Edda Holm"
    assert said["the money was not there"] == "Piet Lund"


@needs_runtime
def test_a_text_alone_and_among_others_is_read_alike():
    extractor = QuoteExtractor(engine="tagger", acts="all")
    texts = [ARTICLE, "Rain.", ARTICLE + "\n\n" + ARTICLE, ""]
    together = list(extractor.pipe(texts, batch_size=4))
    alone = [extractor.extract(text) for text in texts]
    assert [quotes.to_dicts() for quotes in together] == [quotes.to_dicts() for quotes in alone]


@needs_runtime
def test_a_parsed_document_is_read_alike():
    extractor = QuoteExtractor(engine="tagger")
    doc = extractor.nlp(ARTICLE)
    assert [quote.text for quote in extractor.extract(doc)] == [
        quote.text for quote in extractor.extract(ARTICLE)
    ]


@needs_runtime
def test_what_it_sees_are_cues_with_their_parts():
    words = {ARTICLE[r.start :].split(maxsplit=1)[0].strip(",.“”"): r for r in read(ARTICLE) if r.odds > 0}
    assert {"said", "told", "warned", "According"} <= set(words)
    told = words["told"]
    linked = "".join(
        ARTICLE[a:b]
        for (a, b), share in zip(told.offsets, told.parts[0], strict=True)
        if share > 0.5 and a >= 0
    )
    assert "repairs" in linked
    assert "treasurer" not in linked


@needs_runtime
def test_a_text_longer_than_a_window():
    paragraph = "Edda Holm said the wall would hold. The rain fell on the harbour. " * 60
    found = [r for r in read(paragraph) if r.odds > 0]
    places = [r.start for r in found]
    assert len(places) == len(set(places)) == paragraph.count("said")


@needs_runtime
@given(st.text(max_size=200))
def test_any_text_is_read(text):
    for each in read(text):
        assert 0 <= each.start < len(text)
        assert np.isfinite(each.parts).all()


# Files


@needs_runtime
def test_a_damaged_file_is_not_run(monkeypatch, tmp_path):
    from quoteattr.tagger import model

    folder = tmp_path / "data" / "tagger"
    folder.mkdir(parents=True)
    shipped = files("quoteattr") / "data" / "tagger"
    digests = json.loads((shipped / "digests.json").read_bytes())
    for name in digests:
        (folder / name).write_bytes(b"x")
    (folder / "digests.json").write_text(json.dumps(digests))
    monkeypatch.setattr(model, "files", lambda _: tmp_path)
    with pytest.raises(ModelUnusableError, match="damaged"):
        model.shipped()


def test_without_the_runtime_the_rules_work_and_the_log_says_so(monkeypatch, caplog):
    monkeypatch.setattr(tagger.devices, "find_spec", lambda _: None)
    tagger.is_installed.cache_clear()
    try:
        with caplog.at_level(logging.INFO, "quoteattr"):
            for _ in range(2):
                assert QuoteExtractor(engine="auto").options.engine == "rules"
        assert [record.getMessage().count("quoteattr[tagger]") for record in caplog.records] == [1]
        with pytest.raises(DependencyMissingError, match=r"pip install \"quoteattr\[tagger\]\""):
            QuoteExtractor(engine="tagger")
    finally:
        tagger.is_installed.cache_clear()


def test_rules_may_be_asked_for():
    assert quoteattr.extract_quotes("Ann Lee said it rained.", engine="rules").engine == "rules"
