"""The spaCy component: results, bytes, processes, disk, configuration."""

from __future__ import annotations

import subprocess
import sys

import pytest
import spacy
from spacy.tokens import Doc, DocBin

from quoteattr import Quotes, extract_quotes, models
from quoteattr.component import register
from quoteattr.errors import ModelUnusableError, OptionError

TEXT = (
    "“The pier will open in May,” Mayor Ida Holm said on Tuesday. “We are ready.”\n\n"
    "Her deputy, Jonas Brandt, told the Harbour Gazette that the money was missing."
)


@pytest.fixture(scope="module")
def pipeline():
    nlp = spacy.load(models.default_name())
    nlp.add_pipe("quoteattr")
    return nlp


def test_result_is_that_of_the_same_parse(pipeline):
    doc = pipeline(TEXT)
    assert isinstance(doc._.quotes, Quotes)
    assert doc._.quotes == extract_quotes(doc)
    assert [quote.speaker.name for quote in doc._.quotes] == ["Ida Holm", "Jonas Brandt"]


def test_span_groups(pipeline):
    doc = pipeline(TEXT)
    quotes = [(span.text, span.label_, span.id_) for span in doc.spans["quotes"]]
    assert quotes[:2] == [("“The pier will open in May,”", "direct", "0"), ("“We are ready.”", "direct", "0")]
    assert [(span.text, span.label_) for span in doc.spans["cues"]] == [
        ("said", "speech"),
        ("told", "speech"),
    ]
    assert [span.id_ for span in doc.spans["cues"]] == ["0", "1"]
    assert [span.label_ for span in doc.spans["sources"]] == ["person", "person"]


def test_bytes(pipeline):
    doc = pipeline(TEXT)
    again = Doc(pipeline.vocab).from_bytes(doc.to_bytes())
    assert again._.quotes == doc._.quotes
    assert [span.text for span in again.spans["quotes"]] == [span.text for span in doc.spans["quotes"]]


def test_doc_bin(pipeline):
    doc = pipeline(TEXT)
    stored = DocBin(store_user_data=True, docs=[doc]).to_bytes()
    (again,) = DocBin().from_bytes(stored).get_docs(pipeline.vocab)
    assert again._.quotes == doc._.quotes


def test_several_processes(pipeline):
    texts = [TEXT, "No one spoke.", TEXT[90:]] * 3
    alone = [doc._.quotes for doc in pipeline.pipe(texts)]
    together = [doc._.quotes for doc in pipeline.pipe(texts, n_process=2, batch_size=2)]
    assert together == alone
    assert [len(quotes) for quotes in alone[:2]] == [2, 0]


def test_disk_and_bytes_of_the_pipeline(tmp_path):
    nlp = spacy.load(models.default_name())
    nlp.add_pipe("quoteattr", config={"kinds": ["direct"], "acts": "all", "min_confidence": 0.1})
    nlp.to_disk(tmp_path / "saved")
    again = spacy.load(tmp_path / "saved")
    assert again.get_pipe_config("quoteattr")["kinds"] == ["direct"]
    assert [quote.kind for quote in again(TEXT)._.quotes] == ["direct"]
    fresh = spacy.load(models.default_name())
    fresh.add_pipe("quoteattr")
    fresh.from_bytes(nlp.to_bytes())
    assert [quote.kind for quote in fresh(TEXT)._.quotes] == ["direct"]


def test_found_by_entry_point_without_an_import():
    code = (
        "import spacy, sys; from importlib.metadata import entry_points\n"
        "names = {entry.name for entry in entry_points(group='spacy_models')}\n"
        "nlp = spacy.load(min(name for name in names if name.startswith('en_core_web_sm')))\n"
        "nlp.add_pipe('quoteattr')\n"
        "print(nlp('Ida Holm said that it rained.')._.quotes[0].speaker.name)\n"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert run.stdout == "Ida Holm\n", run.stderr


def test_needs_a_parse():
    nlp = spacy.blank("en")
    nlp.add_pipe("quoteattr")
    with pytest.raises(ModelUnusableError, match="parser"):
        nlp("Ida Holm said no.")
    assert nlp("")._.quotes == Quotes("")


@pytest.mark.parametrize(
    "config", [{"kinds": ["spoken"]}, {"acts": "loud"}, {"min_confidence": 2.0}, {"engine": "x"}]
)
def test_unknown_options(config):
    with pytest.raises(OptionError):
        spacy.blank("en").add_pipe("quoteattr", config=config)


def test_document_that_the_component_never_saw(nlp):
    register()
    assert nlp.make_doc("Ida Holm said no.")._.quotes == Quotes("Ida Holm said no.")


def test_name_taken_by_somebody_else():
    register()
    kept = Doc.get_extension("quotes")
    Doc.set_extension("quotes", default=None, force=True)
    try:
        with pytest.raises(OptionError, match="remove_extension"):
            register()
    finally:
        Doc.set_extension("quotes", getter=kept[2], force=True)


def test_extractor_can_use_a_pipeline_with_the_component(pipeline):
    assert extract_quotes(TEXT, nlp=pipeline) == extract_quotes(TEXT)
