"""What several tests share: the small English pipeline, the seed article, the place of the reference data."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import settings

from quoteattr import models

# An absolute time is no test: machines differ, and are busy at times.
# The examples are the same in each run, so that what passed once passes again; QUOTEATTR_EXAMPLES asks for
# others.
settings.register_profile("any machine", deadline=None, derandomize="QUOTEATTR_EXAMPLES" not in os.environ)
settings.load_profile("any machine")

ROOT = Path(__file__).resolve().parent.parent
# It holds no examples, and docs/ has a file of the same name.
collect_ignore = ["conftest.py"]


@pytest.fixture(scope="session")
def nlp():
    """The small English pipeline."""
    return models.load()


@pytest.fixture
def no_model(monkeypatch):
    """As if no pipeline were installed, and none had been loaded before."""
    monkeypatch.setattr(models, "_installed", set)
    monkeypatch.setattr(models, "_loaded", {})


@pytest.fixture(scope="session")
def seed_path() -> Path:
    """The seed article's file."""
    return ROOT / "seeds" / "000_c082953bc7ab4014.txt"


@pytest.fixture(scope="session")
def seed_text(seed_path: Path) -> str:
    """The seed article."""
    return seed_path.read_text(encoding="utf-8")


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder of reference data beside the checkout, where there is one."""
    path = ROOT.parent / "shared" / "data"
    if not path.is_dir():
        pytest.skip("the reference data is not in ../shared/data")
    return path
