"""Whole HTML pages, of one article or of many, in pieces that can be written as they come."""

from __future__ import annotations

from quoteattr.display.palette import palette
from quoteattr.display.plain import line
from quoteattr.display.templates import fill, style
from quoteattr.display.views import Cast, blocks
from quoteattr.objects import Quotes, walk

__all__ = ["article", "page_article", "page_foot", "page_head"]

# Speakers in a legend before the rest is folded away, if more than a few are left.
_IN_THE_LEGEND = 12
_FEW = 3


def article(
    quotes: Quotes, title: str | None = None, *, fold: bool | None = None, most: int | None = None
) -> str:
    """The marked article without the rules that style it.

    Args:
        quotes: the quotes of one text.
        title: what to write above it.
        fold: whether to fold away paragraphs without quotes; ``None`` for only in long texts.
        most: stop after so many characters; ``None`` for never.
    """
    cast = Cast(quotes)
    parts, left_out = blocks(quotes, cast, fold, most)
    members = cast.members
    first = len(members) if len(members) <= _IN_THE_LEGEND + _FEW else _IN_THE_LEGEND
    return fill(
        "article",
        title=None if title is None else line(title),
        first=members[:first],
        rest=members[first:],
        count=len(quotes),
        speakers=cast.speakers,
        blocks=parts,
        left_out=left_out,
        nobody=any(quote.speaker is None for quote, _ in walk(quotes)),
    )


def page_head(title: str | None = None) -> str:
    """What a page begins with, up to its first article.

    >>> page_head("The <bridge>").partition("<title>")[2].partition("</title>")[0]
    'The &lt;bridge&gt;'
    """
    return fill("head", style=style(), palette=palette(), title=None if title is None else line(title))


def page_article(quotes: Quotes, title: str | None) -> str:
    """An article of a page, with its title where it is one of many."""
    return article(quotes, title)


def page_foot() -> str:
    """What a page ends with; a browser shows it all the same where it is missing."""
    return fill("foot")
