"""Articles with all their quotes marked by hand: the seed article and ones written for the project.

``README.md`` beside this file says by which rules, and how to correct or to add an article.

>>> from quoteattr import corpus
>>> seed = next(article for article in corpus.load() if article.id == "seed")
>>> quote = seed.quotes[3]
>>> quote.source.text, quote.cue.text, quote.speaker, quote.addressee_name
('Mishustin', 'assured', 'Mikhail Mishustin', 'Li Qiang')
"""

from __future__ import annotations

import os
from functools import cache
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING

from quoteattr.corpus.gold import DEFAULT_ACTS, Article, GoldQuote
from quoteattr.corpus.reading import read_article
from quoteattr.errors import FormatError

if TYPE_CHECKING:
    from importlib.abc import Traversable

__all__ = ["DEFAULT_ACTS", "Article", "GoldQuote", "load", "read_article", "read_folder"]


@cache
def load() -> tuple[Article, ...]:
    """The articles that come with the library, in the order of their names.

    Raises:
        FormatError: one was changed and is no longer in the format; the message names file and quote.
    """
    return _read(resources.files(__name__))


def read_folder(folder: str | os.PathLike[str]) -> tuple[Article, ...]:
    """The articles of any folder that is laid out like this one: NAME.txt and NAME.toml for each.

    Raises:
        FormatError: a file is missing or is not in the format; the message names file and quote.
        OSError: the folder cannot be read.
    """
    return _read(Path(folder))


def _read(folder: Traversable) -> tuple[Article, ...]:
    names = sorted(entry.name for entry in folder.iterdir())
    articles = []
    for name in names:
        stem, dot, ending = name.rpartition(".")
        if dot and ending == "toml":
            if f"{stem}.txt" not in names:
                raise FormatError(f"{name} has no text; put {stem}.txt beside it.")
            articles.append(read_article(stem, _text(folder, f"{stem}.txt"), _text(folder, name)))
    return tuple(articles)


def _text(folder: Traversable, name: str) -> str:
    """The file as it is: no line end is changed, for offsets count them."""
    try:
        return folder.joinpath(name).read_bytes().decode("utf-8")
    except UnicodeDecodeError as error:
        raise FormatError(f"{name} is not UTF-8 ({error}); convert it first.") from None
