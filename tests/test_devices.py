"""The tagger on a graphics card: its network, computed by NumPy here; what is said where there is none."""

from __future__ import annotations

import multiprocessing

import numpy as np
import pytest
from spacy.lang.en import English
from typer.testing import CliRunner

import quoteattr
from quoteattr import QuoteExtractor, layout, marks, streaming, tagger
from quoteattr.cli.app import app
from quoteattr.errors import DependencyMissingError, OptionError
from quoteattr.tagger import devices

needs_onnx = pytest.mark.skipif(
    not tagger.is_installed() or devices.find_spec("onnx") is None,
    reason="onnx, onnxruntime and tokenizers are not installed",
)
ARTICLE = (
    "The harbour board met on Monday. “We cannot wait for another winter,” said Edda Holm, who chairs it. "
    "“The wall is sixty years old.”\n\n"
    "Holm told members that the repairs would cost two million. The treasurer, Piet Lund, warned the money "
    "was not there. " + "Rain fell on the quay. " * 60 + "\n\n"
    "According to a report by the engineers, the ‘temporary’ props have rusted through."
)


@pytest.fixture
def card(monkeypatch):
    """Makes NumPy the card: all runs as on one, but for the arrays."""
    from thinc.api import get_ops

    from quoteattr.tagger import model

    monkeypatch.setattr(tagger, "check", lambda _: None)
    monkeypatch.setattr(model, "card", lambda _: get_ops("numpy"))
    tagger._loaded.cache_clear()
    yield
    tagger._loaded.cache_clear()


def rows(device):
    paragraphs = layout.paragraphs(ARTICLE)
    return tagger.load(device=device).read(ARTICLE, paragraphs, marks.quotations(ARTICLE, paragraphs))


@needs_onnx
@pytest.mark.usefixtures("card")
def test_both_networks_hold_the_same_of_a_text():
    here, there = ({row.start: row for row in rows(device) if row.odds > 0} for device in ("cpu", "cuda"))
    assert len(here) > 3
    assert here.keys() == there.keys()
    # On the processor what runs between the layers is cut to eight bits too.
    apart = [abs(here[start].odds - there[start].odds) for start in here]
    assert 0 < np.mean(apart) < 0.4


@needs_onnx
@pytest.mark.usefixtures("card")
def test_windows_that_run_together_are_read_as_alone():
    network = tagger.load(device="cuda")._network
    chance = np.random.default_rng(7)
    given = [np.stack([chance.integers(999, 30_000, n), n * [1], n * [0]], 1) for n in (40, 3, 192)]
    for window, together in zip(given, network.run(given), strict=True):
        (alone,) = network.run([window])
        for one, other in zip(alone, together, strict=True):
            assert len(one) == len(window)
            np.testing.assert_allclose(one, other, atol=2e-3)


@needs_onnx
@pytest.mark.usefixtures("card")
def test_a_text_gives_the_same_quotes_on_both():
    one, other = (QuoteExtractor(acts="all", engine="tagger", device=each) for each in ("cpu", "cuda"))
    quotes = other.extract(ARTICLE)
    assert len(quotes) > 3
    assert [quote.text for quote in quotes] == [quote.text for quote in one.extract(ARTICLE)]
    assert quotes.engine == "tagger"


@pytest.mark.usefixtures("card")
def test_processes_are_spawned_where_a_card_is_used(monkeypatch):
    asked = []

    def context(method=None):
        asked.append(method)
        raise RuntimeError

    monkeypatch.setattr(multiprocessing, "get_context", context)
    for device in ("cpu", "cuda"):
        extractor = QuoteExtractor(engine="tagger" if device == "cuda" else "rules", device=device)
        with pytest.raises(RuntimeError):
            list(streaming.stream(extractor, ["Rain."] * 3, False, 1, 2, "raise"))
    assert asked == [None, "spawn"]


@pytest.mark.parametrize("device", ["gpu", "CUDA", "cuda:", "cuda:x", "", None, 0])
def test_a_device_that_is_none(device):
    with pytest.raises(
        OptionError, match="device must be 'cpu', 'cuda' or 'cuda:' with the number of a card"
    ):
        QuoteExtractor(device=device)


def test_rules_run_on_no_card():
    with pytest.raises(OptionError, match="device='cuda' is for the tagger"):
        QuoteExtractor(engine="rules", device="cuda")


def test_without_the_packages(monkeypatch):
    monkeypatch.setattr(devices, "find_spec", lambda name: None if name == "cupy" else object())
    message = r"device='cuda:1' needs cupy, onnx and tokenizers: run  pip install \"quoteattr\[cuda12x\]\""
    with pytest.raises(DependencyMissingError, match=message):
        QuoteExtractor(device="cuda:1")


@pytest.mark.parametrize(
    ("device", "cards", "fits"), [("cuda", 1, True), ("cuda:1", 1, False), ("cuda", 0, False)]
)
def test_a_card_must_be_there(monkeypatch, device, cards, fits):
    monkeypatch.setattr(devices, "find_spec", lambda _: object())
    monkeypatch.setattr(devices, "_cards", lambda: cards)
    if fits:
        assert QuoteExtractor(device=device).options == QuoteExtractor(engine="tagger", device=device).options
    else:
        with pytest.raises(OptionError, match=f"device='{device}' is no card that CUDA finds"):
            QuoteExtractor(device=device)


def test_no_driver_is_no_card(monkeypatch):
    class Runtime:
        CUDARuntimeError = type("CUDARuntimeError", (RuntimeError,), {})

        @classmethod
        def getDeviceCount(cls):  # noqa: N802
            raise cls.CUDARuntimeError

    class Cupy:
        class cuda:  # noqa: N801
            runtime = Runtime

    monkeypatch.setattr(devices, "import_module", lambda _: Cupy)
    assert devices._cards() == 0


def test_the_component_and_the_command_line_take_a_device(tmp_path):
    nlp = English()
    with pytest.raises(OptionError, match="device must be"):
        nlp.add_pipe("quoteattr", config={"device": "gpu"})
    path = tmp_path / "a.txt"
    path.write_text("Ann Lee said it rained.")
    result = CliRunner().invoke(app, ["extract", str(path), "--device", "gpu"])
    assert result.exit_code != 0
    assert "device must be 'cpu'" in " ".join((result.output + str(result.exception)).split())
    assert quoteattr.extract_quotes("Ann Lee said it rained.")
