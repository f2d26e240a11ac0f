"""The tagger: a small transformer that reads cues, sources and contents in context, beside the rules.

It needs the extra ``quoteattr[tagger]``. The modules behind `load`:

- `devices`: what it may run on, and what each needs;
- `windows`: texts as word pieces, in windows of whole paragraphs;
- `network`: what reads windows, with ONNX Runtime on the processor;
- `arrays`: the same on a graphics card, with CuPy;
- `model`: the shipped tagger, and what it sees in each text.
"""

from __future__ import annotations

import logging
from functools import cache
from typing import TYPE_CHECKING

from quoteattr.tagger.devices import check, missing

if TYPE_CHECKING:
    from quoteattr.tagger.model import Tagger

__all__ = ["check", "is_installed", "load"]


@cache
def is_installed() -> bool:
    """Whether what runs the tagger is installed; if not, the log says once, at info level, how to get it."""
    hint = missing("cpu")
    if hint is not None:
        logging.getLogger("quoteattr").info("The rules work alone; a tagger would find more quotes: %s", hint)
    return hint is None


def load(threads: int = 1, device: str = "cpu") -> Tagger:
    """The tagger that comes with the library, read once for each device and number of threads.

    Args:
        threads: how many threads it may use for one window on the processor; 0 for one a core.
        device: 'cpu', 'cuda' or 'cuda:1' (the second card).

    Raises:
        DependencyMissingError: something that it needs is not installed.
        ModelUnusableError: its files are not those that were shipped.
    """
    return _loaded(threads, device)


@cache
def _loaded(threads: int, device: str) -> Tagger:
    from quoteattr.tagger.model import shipped

    return shipped(threads, device)
