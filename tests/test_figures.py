"""Figures that must not fall: on the shipped corpus always, on the reference data where it is at hand.

Each bound is what was measured when it was last set (``python benchmarks/accuracy.py --engine …``), less one
point: a change that loses more is seen, and what another processor rounds otherwise is not.
"""

from __future__ import annotations

from typing import Any

import pytest
from attrs import evolve

from quoteattr import QuoteExtractor, Quotes, corpus, evaluation, layout, tagger
from quoteattr.objects import walk
from quoteattr.parsing import parse

SLACK = 0.01
DEFAULT = ("speech", "writing")
# By engine and acts: precision and recall of contents, F1 of content and source, right speakers of the found.
CORPUS = {
    ("rules", "all"): (0.939, 0.855, 0.871, 0.977),
    ("rules", DEFAULT): (0.941, 0.852, 0.874, 0.981),
    ("tagger", "all"): (0.958, 0.869, 0.899, 0.987),
    ("tagger", DEFAULT): (0.958, 0.861, 0.897, 0.991),
}
# By engine: F1 of content and source by kind; then recall on the plain words of saying, F1 of contents that
# overlap by nine tenths, and precision with the default acts.
DEV = {
    "rules": {"all": 0.703, "direct": 0.889, "mixed": 0.777, "indirect": 0.637},
    "tagger": {"all": 0.781, "direct": 0.919, "mixed": 0.861, "indirect": 0.732},
}
REPORTED = {"rules": 0.842, "tagger": 0.910}
NEARLY_EXACT = {"rules": 0.638, "tagger": 0.718}
DEFAULT_PRECISION = {"rules": 0.809, "tagger": 0.857}
CALIBRATION = 0.05  # expected calibration error, at most


@pytest.fixture(scope="module", params=["rules", "tagger"])
def engine(request):
    if request.param == "tagger" and not tagger.is_installed():
        pytest.skip("onnxruntime and tokenizers are not installed")
    return request.param


class Reference:
    """A reference, parsed once, and what the extractor finds in it."""

    def __init__(self, nlp: Any, golds: list[Any]) -> None:
        self.golds, self.nlp = golds, nlp
        self.docs = [parse(nlp, gold["text"], layout.paragraphs(gold["text"])) for gold in golds]

    def quotes(self, acts: Any, engine: str) -> list[Quotes]:
        extractor = QuoteExtractor(self.nlp, acts=acts, engine=engine)
        return list(map(extractor.extract, self.docs))

    def predictions(self, quotes: list[Quotes]) -> list[Any]:
        return [
            evaluation.predictions(each, gold["id"]) for gold, each in zip(self.golds, quotes, strict=True)
        ]


@pytest.mark.parametrize("acts", ["all", DEFAULT])
def test_corpus(nlp, acts, engine):
    articles = {article.id: article for article in corpus.load()}
    reference = Reference(nlp, [article.to_reference(acts) for article in articles.values()])
    predicted = reference.predictions(reference.quotes(acts, engine))
    found = [articles[each["id"]].without_optional(each) for each in predicted]
    row = evaluation.score(reference.golds, found)["all"]
    precision, recall, f1, speaker = CORPUS[engine, acts]
    assert row.content[0.5].precision >= precision - SLACK
    assert row.content[0.5].recall >= recall - SLACK
    assert row.attribution[0.5].f1 >= f1 - SLACK
    assert row.speaker_of_found >= speaker - SLACK


@pytest.fixture(scope="module")
def dev(nlp, shared_data):
    return Reference(nlp, evaluation.load_jsonl(shared_data / "polnear-dev.jsonl"))


@pytest.mark.shared
@pytest.mark.slow
def test_dev(dev, engine):
    """All acts, and of the same quotes those of the default acts."""
    quotes = dev.quotes("all", engine)
    found = dev.predictions(quotes)
    scores = evaluation.score(dev.golds, found)
    for name, f1 in DEV[engine].items():
        assert scores[name].attribution[0.5].f1 >= f1 - SLACK, name
    assert scores["reported"].attribution[0.5].recall >= REPORTED[engine] - SLACK
    assert scores["all"].content[0.9].f1 >= NEARLY_EXACT[engine] - SLACK
    assert evaluation.calibration(dev.golds, found).error <= CALIBRATION
    usual = [
        Quotes(each.text, tuple(evolve(quote, nested=()) for quote, _ in walk(each) if _is_usual(quote)))
        for each in quotes
    ]
    scores = evaluation.score(dev.golds, dev.predictions(usual))
    assert scores["all"].attribution[0.5].precision >= DEFAULT_PRECISION[engine] - SLACK


def _is_usual(quote):
    return quote.cue is None or quote.cue.act in DEFAULT
