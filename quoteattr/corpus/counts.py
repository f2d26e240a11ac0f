"""``python -m quoteattr.corpus.counts`` prints how many quotes of which kind and act each article has."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from quoteattr.corpus import Article, GoldQuote, load
from quoteattr.objects import ACTS, KINDS

__all__ = ["table"]


def _is(attribute: str, value: str) -> Callable[[GoldQuote], bool]:
    return lambda quote: getattr(quote, attribute) == value


_COLUMNS: dict[str, Callable[[GoldQuote], bool]] = {
    "quotes": lambda _: True,
    **{kind: _is("kind", kind) for kind in KINDS},
    **{act: _is("act", act) for act in ACTS},
    "negated": lambda quote: quote.negated,
    "nested": lambda quote: quote.parent is not None,
    "optional": lambda quote: quote.optional,
}


def table(articles: Iterable[Article]) -> str:
    r"""A table in Markdown: a row for each article, then one for all of them.

    >>> from quoteattr.corpus import read_article
    >>> head = 'title = "Rain"\ngenre = "local news"\nlicence = "CC0-1.0"\n'
    >>> print(table([read_article("rain", "It rains.", head)]).splitlines()[2])
    | rain | local news | 2 | 0 | 0 | 0 | 0 | 0 | 0 | 0 | 0 | 0 | 0 | 0 |
    """
    articles = tuple(articles)
    lines = [
        f"| article | genre | words | {' | '.join(_COLUMNS)} |",
        f"|---|---|{'---:|' * (1 + len(_COLUMNS))}",
    ]
    lines += [_row(article.id, article.genre, [article]) for article in articles]
    lines.append(_row("all", "", articles))
    return "\n".join(lines)


def _row(name: str, genre: str, articles: Iterable[Article]) -> str:
    articles = tuple(articles)
    quotes = [quote for article in articles for quote in article.quotes]
    words = sum(len(article.text.split()) for article in articles)
    figures = [words, *(sum(map(counts, quotes)) for counts in _COLUMNS.values())]
    return f"| {name} | {genre} | {' | '.join(map(str, figures))} |"


if __name__ == "__main__":
    print(table(load()))
