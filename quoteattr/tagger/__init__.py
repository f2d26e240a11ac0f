"""The tagger: a small transformer that reads cues, sources and contents in context, beside the rules.

It needs the extra ``quoteattr[tagger]``. The modules behind `load`:

- `windows`: texts as word pieces, in windows of whole paragraphs;
- `model`: the network in ONNX, and what it sees in each text.
"""

from __future__ import annotations

import logging
from functools import cache
from importlib.util import find_spec
from typing import TYPE_CHECKING

from quoteattr.errors import DependencyMissingError

if TYPE_CHECKING:
    from quoteattr.tagger.model import Tagger

__all__ = ["check_installed", "is_installed", "load"]

NEEDED = ("onnxruntime", "tokenizers")
_HINT = 'run  pip install "quoteattr[tagger]"'


@cache
def is_installed() -> bool:
    """Whether what runs the tagger is installed; if not, the log says once, at info level, how to get it."""
    found = all(find_spec(name) is not None for name in NEEDED)
    if not found:
        logging.getLogger("quoteattr").info(
            "The rules work alone; a tagger would find more quotes: %s", _HINT
        )
    return found


def check_installed() -> None:
    """See that the tagger can run.

    Raises:
        DependencyMissingError: something that it needs is not installed.
    """
    if not is_installed():
        raise DependencyMissingError(f"The tagger needs {' and '.join(NEEDED)}: {_HINT}")


def load(threads: int = 1) -> Tagger:
    """The tagger that comes with the library, read once for each number of threads.

    Args:
        threads: how many threads it may use for one window; 0 for one a core.

    Raises:
        DependencyMissingError: something that it needs is not installed.
        ModelUnusableError: its files are not those that were shipped.
    """
    return _loaded(threads)


@cache
def _loaded(threads: int) -> Tagger:
    from quoteattr.tagger.model import shipped

    return shipped(threads)
