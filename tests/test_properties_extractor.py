"""What holds for any text at all, of the whole extractor (hypothesis).

Each example is a list of texts, since parsing many at once is quicker. By default some 500 examples of up to
eight texts, the same in each run; ``QUOTEATTR_EXAMPLES=…`` as in ``test_properties.py`` for more.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import pytest
from fragments import ANY_TEXT, KINDS, UNRELATED, profile, sample
from hypothesis import given
from hypothesis import strategies as st

from quoteattr import QuoteExtractor, Quotes, tagger
from quoteattr.objects import walk

ROOT = Path(__file__).resolve().parent.parent
TEXTS = st.lists(ANY_TEXT, min_size=1, max_size=8)
PROSE = st.lists(
    st.tuples(st.sampled_from(KINDS["sentences"]), st.sampled_from([" ", "\n\n"])).map("".join),
    min_size=1,
    max_size=6,
).map("".join)
# A high surrogate before a low one: JSON has no way to write the two apart.
SPLIT_PAIR = re.compile("[\ud800-\udbff][\udc00-\udfff]")


@pytest.fixture(scope="module")
def extractor():
    """The rules alone; with the tagger the paragraphs of a window are read together."""
    return QuoteExtractor(acts="all", engine="rules")


@pytest.fixture(scope="module")
def tagged():
    if not tagger.is_installed():
        pytest.skip("onnxruntime and tokenizers are not installed")
    return QuoteExtractor(acts="all", engine="tagger")


def speakers_of(quote):
    for speaker in (quote.speaker, quote.addressee):
        if speaker:
            yield speaker
            yield from speaker.members


def check_span(text, span):
    assert 0 <= span.start < span.end <= len(text)
    assert text[span.start : span.end] == span.text


def check_quote(text, quote):
    """Offsets true, pieces in order and apart, mentions, cue and context in the text."""
    context = quote.context
    neighbours = (context.before, context.after)
    for span in (*quote.spans, context.sentence, context.paragraph, *(near for near in neighbours if near)):
        check_span(text, span)
    assert all(a.end <= b.start for a, b in pairwise(quote.spans))
    assert context.sentence.start <= quote.start < quote.end <= context.sentence.end
    assert 0 <= quote.confidence <= 1
    assert quote.text == quote.text.strip() != ""
    if quote.cue:
        check_span(text, quote.cue.span)
    for speaker in speakers_of(quote):
        assert (speaker.mention is None) == (speaker.mention_kind == "implicit")
        if speaker.mention:
            check_span(text, speaker.mention)
    for inner in quote.nested:
        for span in inner.spans:
            assert any(outer.start <= span.start and span.end <= outer.end for outer in quote.spans)


def check_quotes(text, quotes):
    assert isinstance(quotes, Quotes), f"{type(quotes).__name__}: {quotes}"
    assert quotes.text == text
    everything = [quote for quote, _ in walk(quotes)]
    assert sorted(quote.id for quote in everything) == list(range(len(everything)))
    assert all(a.start <= b.start for a, b in pairwise(quotes))
    for quote in everything:
        check_quote(text, quote)
    if not SPLIT_PAIR.search(text):
        assert Quotes.from_json(quotes.to_json()) == quotes


@profile(0.03)
@given(texts=TEXTS)
def test_any_text(extractor, texts):
    for text, quotes in zip(texts, extractor.outcomes(texts), strict=True):
        check_quotes(text, quotes)


@profile(0.02)
@given(texts=TEXTS)
def test_any_batch(extractor, texts):
    """A text alone, among others, and among others in another order gives the same."""
    together = extractor.outcomes(texts)
    assert together == [extractor.extract(text) for text in texts]
    assert together == extractor.outcomes(texts[::-1])[::-1]


@profile(0.01)
@given(texts=TEXTS)
def test_any_text_and_batch_with_the_tagger(tagged, texts):
    together = tagged.outcomes(texts)
    for text, quotes in zip(texts, together, strict=True):
        check_quotes(text, quotes)
    assert together == tagged.outcomes(texts[::-1])[::-1]


def direct(quotes, end):
    """Where the direct quotes that end before ``end`` stand."""
    found = [quote for quote, _ in walk(quotes) if quote.kind == "direct" and quote.end <= end]
    return sorted([(span.start, span.end) for span in quote.spans] for quote in found)


@profile(0.02)
@given(texts=st.lists(PROSE, min_size=1, max_size=8))
def test_what_follows(extractor, texts):
    """An unrelated paragraph at the end leaves the direct quotes before it where they are.

    In prose: the parser's window reaches over the border, so that what no sentence is may be read otherwise.
    """
    before = extractor.outcomes(texts)
    after = extractor.outcomes([f"{text}\n\n{UNRELATED}" for text in texts])
    for text, quotes, longer in zip(texts, before, after, strict=True):
        assert direct(longer, len(text)) == direct(quotes, len(text))


CHILD = """
import json, sys
from quoteattr import QuoteExtractor
extractor = QuoteExtractor(acts="all", engine="rules")
print(json.dumps([quotes.to_dict() for quotes in extractor.pipe(json.load(sys.stdin))]))
"""


@pytest.mark.parametrize("seed", ["0", "1"])
def test_any_process(extractor, seed):
    """Another process, with another order of its sets, gives the same."""
    texts = sample(150, 7)
    child = subprocess.run(
        [sys.executable, "-c", CHILD],
        input=json.dumps(texts),
        capture_output=True,
        text=True,
        check=True,
        cwd=ROOT,
        env={**os.environ, "PYTHONHASHSEED": seed},
    )
    found = [Quotes.from_dict(item) for item in json.loads(child.stdout)]
    assert found == extractor.outcomes(texts)


def test_worker_processes(extractor):
    texts = sample(150, 8)
    assert list(extractor.pipe(texts, n_process=2, batch_size=16)) == extractor.outcomes(texts)
