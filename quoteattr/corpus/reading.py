"""From the two files of an article, NAME.txt and NAME.toml, to an `Article`."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from typing import Any, get_args

from attrs import evolve

from quoteattr.corpus.gold import Article, GoldQuote
from quoteattr.corpus.locating import Locator, WordsError
from quoteattr.errors import FormatError
from quoteattr.objects import ACTS, KINDS, Span, SpeakerKind

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

__all__ = ["read_article"]

_HEAD: dict[str, type] = {"title": str, "genre": str, "licence": str, "note": str, "quote": list}
_QUOTE: dict[str, type] = {
    "content": list,
    "after": str,
    "kind": str,
    "act": str,
    "source": str,
    "source_after": str,
    "cue": str,
    "cue_after": str,
    "negated": bool,
    "speaker": str,
    "aliases": list,
    "speaker_kind": str,
    "description": str,
    "affiliation": str,
    "members": list,
    "addressee": str,
    "addressee_after": str,
    "addressee_name": str,
    "inside": bool,
    "optional": bool,
}
_CHOICES: dict[str, tuple[str, ...]] = {"kind": KINDS, "act": ACTS, "speaker_kind": get_args(SpeakerKind)}
_NAMES = ("speaker", "affiliation", "addressee_name", "description")


def read_article(name: str, text: str, annotation: str) -> Article:
    """The article of which ``text`` is NAME.txt and ``annotation`` NAME.toml.

    Args:
        name: the name of both files without the ending; the id of the article.
        text: the article, kept as it is.
        annotation: its quotes, in the format of ``quoteattr/corpus/README.md``.

    Raises:
        FormatError: the annotation is not TOML, has a key or a value that the format does not know, or has
            words that the text does not have or has more than once; the message names file and quote.

    >>> article = read_article("bus", "The bus is late, Ann said.", '''
    ... title = "The bus"
    ... genre = "local"
    ... licence = "CC0-1.0"
    ... [[quote]]
    ... content = ["The bus is late"]
    ... kind = "indirect"
    ... source = "Ann"
    ... cue = "said"
    ... speaker = "Ann"
    ... speaker_kind = "person"
    ... ''')
    >>> article.quotes[0].content, article.quotes[0].source
    ((Span(0, 15, 'The bus is late'),), Span(17, 20, 'Ann'))
    """
    file = f"{name}.toml"
    try:
        table = tomllib.loads(annotation)
    except tomllib.TOMLDecodeError as error:
        raise FormatError(f"{file} is not TOML: {error}.") from None
    _check(table, _HEAD, ("title", "genre", "licence"), file)
    locator = Locator(text)
    quotes: list[GoldQuote] = []
    inside: list[bool] = []
    for number, row in enumerate(table.get("quote", []), start=1):
        place = f"{file}, quote {number}"
        if not isinstance(row, dict):
            raise FormatError(f"{place}: begin each quote with a line [[quote]].")
        quotes.append(_quote(row, locator, place))
        inside.append(row.get("inside", False))
    return Article(
        id=name,
        title=table["title"],
        genre=table["genre"],
        licence=table["licence"],
        note=table.get("note", ""),
        text=text,
        quotes=_nested(quotes, inside, file),
    )


def _quote(row: dict[str, Any], locator: Locator, place: str) -> GoldQuote:
    _check(row, _QUOTE, ("content", "kind"), place)
    place = f"{place} ({row['content'][0][:40]!r})"
    for key, choices in _CHOICES.items():
        if row.get(key, choices[0]) not in choices:
            raise FormatError(f"{place}: {key} must be one of {', '.join(choices)}, not {row[key]!r}.")
    names = (*(row[key] for key in _NAMES if key in row), *row.get("aliases", ()), *row.get("members", ()))
    try:
        for name in names:
            if not locator.holds(name):
                raise WordsError(f"{name!r} is not in the text; write names and roles as the text does")
        content = locator.content(row["content"], row.get("after"))
        near = {
            key: locator.near(row[key], content, row.get(f"{key}_after")) if key in row else None
            for key in ("source", "cue", "addressee")
        }
    except WordsError as error:
        raise FormatError(f"{place}: {error}.") from None
    return GoldQuote(
        content=content,
        kind=row["kind"],
        act=row.get("act", "speech"),
        source=near["source"],
        cue=near["cue"],
        negated=row.get("negated", False),
        speaker=row.get("speaker"),
        aliases=tuple(row.get("aliases", ())),
        speaker_kind=row.get("speaker_kind", "unknown"),
        description=row.get("description"),
        affiliation=row.get("affiliation"),
        members=tuple(row.get("members", ())),
        addressee=near["addressee"],
        addressee_name=row.get("addressee_name"),
        optional=row.get("optional", False),
    )


def _nested(quotes: Sequence[GoldQuote], inside: Sequence[bool], file: str) -> tuple[GoldQuote, ...]:
    """``quotes`` with their parents."""
    nested: list[GoldQuote] = []
    for number, quote in enumerate(quotes):
        place = f"{file}, quote {number + 1} ({quote.content[0].text[:40]!r})"
        if number and quote.start < quotes[number - 1].start:
            raise FormatError(f"{place}: put the quotes in the order of the text.")
        around = [position for position in range(number) if _holds(quotes[position], quote)]
        if inside[number] and not around:
            raise FormatError(f"{place}: it is marked 'inside' and no earlier quote holds all of it.")
        if around and not inside[number]:
            raise FormatError(f"{place}: it stands inside another quote; mark it with inside = true.")
        nested.append(evolve(quote, parent=around[-1] if around else None))
    return tuple(nested)


def _holds(outer: GoldQuote, inner: GoldQuote) -> bool:
    """Whether ``inner`` is a part of ``outer``; two reports of the very same words stand side by side."""
    return inner.content != outer.content and all(_within(piece, outer.content) for piece in inner.content)


def _within(piece: Span, content: Sequence[Span]) -> bool:
    return any(other.start <= piece.start and piece.end <= other.end for other in content)


def _check(table: dict[str, Any], types: Mapping[str, type], required: Sequence[str], place: str) -> None:
    unknown = sorted(set(table) - set(types))
    if unknown:
        raise FormatError(
            f"{place}: {unknown[0]!r} is not a key of the format; use one of {', '.join(types)}."
        )
    for key in required:
        if not table.get(key):
            raise FormatError(f"{place}: {key!r} is missing; add it.")
    for key, value in table.items():
        if not isinstance(value, types[key]):
            raise FormatError(f"{place}: {key!r} must be a {types[key].__name__}, not {value!r}.")
        if key != "quote" and isinstance(value, list) and not all(isinstance(words, str) for words in value):
            raise FormatError(f"{place}: {key!r} must be a list of strings.")
