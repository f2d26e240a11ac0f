"""Threads: eight that share one extractor, or one pipeline, give what one alone gives."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from fragments import sample

from quoteattr import QuoteExtractor, extract_quotes, parsing

THREADS = 8


def together(work):
    """What ``work(number)`` gives in each of eight threads that begin at the same moment."""
    barrier = Barrier(THREADS)

    def begin(number):
        barrier.wait(timeout=60)
        return work(number)

    with ThreadPoolExecutor(THREADS) as pool:
        return list(pool.map(begin, range(THREADS)))


def rotated(texts, number):
    at = number * len(texts) // THREADS
    return texts[at:] + texts[:at]


@pytest.fixture(scope="module")
def texts(seed_text):

    return [seed_text, seed_text[len(seed_text) // 2 :], *sample(22, 11)]


@pytest.fixture(scope="module")
def alone(texts):
    extractor = QuoteExtractor(acts="all")
    found = [extractor.extract(text) for text in texts]
    assert sum(map(len, found)) > 20
    return found


@pytest.mark.parametrize("kept", [parsing.KEPT_WORDS, 0], ids=["words kept", "words dropped"])
def test_one_extractor(texts, alone, monkeypatch, kept):
    monkeypatch.setattr(parsing, "KEPT_WORDS", kept)
    extractor = QuoteExtractor(acts="all")
    found = together(lambda number: [extractor.extract(text) for text in rotated(texts, number)])
    assert found == [rotated(alone, number) for number in range(THREADS)]


def test_one_extractor_in_streams(texts, alone):
    extractor = QuoteExtractor(acts="all")
    found = together(lambda number: list(extractor.pipe(rotated(texts, number), batch_size=1 + number)))
    assert found == [rotated(alone, number) for number in range(THREADS)]


def test_one_pipeline(texts, alone, nlp):
    def work(number):
        return [extract_quotes(text, nlp=nlp, acts="all") for text in rotated(texts, number)]

    assert together(work) == [rotated(alone, number) for number in range(THREADS)]


def test_one_result(alone):
    """Reading a result changes nothing in it."""
    quotes = alone[0]
    expected = (quotes.to_json(), quotes.to_csv(), repr(quotes.speakers), list(quotes.by_speaker()))
    found = together(
        lambda _: (quotes.to_json(), quotes.to_csv(), repr(quotes.speakers), list(quotes.by_speaker()))
    )
    assert found == [expected] * THREADS
