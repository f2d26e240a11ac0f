"""`import quoteattr` is quick, and its lazy names are there all the same."""

from __future__ import annotations

import statistics
import subprocess
import sys

import pytest

import quoteattr

HEAVY = {
    "spacy",
    "thinc",
    "textacy",
    "numpy",
    "pandas",
    "pyarrow",
    "matplotlib",
    "sklearn",
    "scipy",
    "typer",
    "rich",
}


def run(code: str) -> str:
    return subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout


def cpu_seconds(module: str) -> float:
    """CPU time of importing ``module`` in a new process, the median of five."""
    code = f"import time; start = time.process_time(); import {module}; print(time.process_time() - start)"
    return statistics.median(float(run(code)) for _ in range(5))


def test_import_takes_a_tenth_of_spacys():
    assert cpu_seconds("quoteattr") < 0.1 * cpu_seconds("spacy")


def test_nothing_heavy_is_imported():
    loaded = set(run("import sys, quoteattr; print(*sys.modules)").split())
    assert not loaded & HEAVY


@pytest.mark.parametrize("name", quoteattr.__all__)
def test_public_names(name):
    assert name in dir(quoteattr)
    assert getattr(quoteattr, name) is not None
    assert run(f"from quoteattr import {name}; print({name}.__name__)").strip() == name


def test_lazy_names_survive_the_import_of_their_modules():
    code = "import quoteattr.explanation, quoteattr.extractor, quoteattr; print({})"
    assert run(code.format("callable(quoteattr.explain)")) == "True\n"
    assert run(code.format("callable(quoteattr.extract_quotes)")) == "True\n"


def test_unknown_name():
    with pytest.raises(AttributeError, match="no attribute 'extract_quotations'"):
        quoteattr.extract_quotations  # noqa: B018
