"""A short article with its quotes marked by hand, to try tables, files and pictures on without a model."""

from __future__ import annotations

from importlib import resources

from quoteattr.objects import Quotes

__all__ = ["example_quotes"]


def example_quotes() -> Quotes:
    """Five quotes, one of them inside another, of four speakers; people and places are invented.

    >>> for quote in example_quotes():
    ...     print(quote.speaker.label, "|", quote.cue.text, "|", quote.kind)
    the county | said | indirect
    Ida Holm | told | direct
    Ida Holm | added | indirect
    Tomas Reed | said | direct
    """
    source = resources.files("quoteattr").joinpath("data").joinpath("example.json")
    return Quotes.from_json(source.read_bytes())
