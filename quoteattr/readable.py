"""The text as the parser gets it: as long as the given one, with blanks for what is no language.

HTML tags, the signs of Markdown, the numbers of notes, '[laughs]', signs that print nothing and lone
surrogates mislead a parser that was trained on plain articles. Each is replaced, character by character:
every offset stays true. The stops and dashes of speakers' labels become colons (`quoteattr.turns`).
"""

from __future__ import annotations

import json
import re
from functools import cache
from importlib.resources import files

from quoteattr.turns import with_colons

__all__ = ["UNPRINTED", "readable"]

_SURROGATE = re.compile("[\ud800-\udfff]")
_TAG = re.compile(r"<!--[^<>]*-->|</?[A-Za-z][^<>]*>")
_SPACE_ENTITY = re.compile(r"&(?:nbsp|ensp|emsp|thinsp|zwnj|zwj|shy|#160|#xa0);", re.IGNORECASE)
# NUL and other control signs, marks of direction, zero-width signs. Inside a word they are left alone.
UNPRINTED = "\x00-\x08\x0e-\x1b\x7f\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff"
_INVISIBLE = re.compile(f"[{UNPRINTED}]+|(?<!\\w)\u00ad+|\u00ad+(?!\\w)")
# [words](address) and ![words](address): the words stay. Brackets inside brackets are not followed.
_LINK = re.compile(r"(!?\[)([^\[\]\n]+)(\]\([^\s()]*(?:[ \t]+[\"'][^\"'\n]*[\"'])?\))")
_EMPHASIS = re.compile(r"(?<![\w*_])[*_]{1,3}(?=[^\W_]|[\"'“‘(\[])|(?<=[^\s*_])[*_]{1,3}(?![\w*_])")
# [13], [13,14], [2–5]: notes to a word, in papers and encyclopedias.
_NOTE = re.compile(r"\[\d{1,3}(?:\s?[,–-]\s?\d{1,3})*\](?!\()")
# At the head of a line: headings, and the bullets that are no dash.
_HEAD = re.compile(r"^[ \t]*(?:#{1,6}(?=[ \t])|[•‣◦▪●·](?=\s))", re.MULTILINE)


def readable(text: str) -> str:
    """``text`` for a parser, of the same length.

    >>> readable("<p>“We are <b>ready</b>,” said Ann.</p>")
    '   “We are    ready    ,” said Ann.    '
    >>> readable("She is [*late*](https://example.org), he said.")
    'She is   late                        , he said.'
    """
    text = _SURROGATE.sub("\ufffd", text)
    text = _directions().sub(_blank, text)
    if "<" in text:
        text = _TAG.sub(_blank_tag, text)
    if "&" in text:
        text = _SPACE_ENTITY.sub(_blank, text)
    text = _INVISIBLE.sub(_blank_unless_inside, text)
    if "[" in text:
        text = _NOTE.sub(_blank, text)
    if "](" in text:
        text = _LINK.sub(_blank_link, text)
    if "*" in text or "_" in text:
        text = _EMPHASIS.sub(_blank, text)
    return _HEAD.sub(_blank, with_colons(text))


@cache
def _directions() -> re.Pattern[str]:
    """What a transcriber notes in brackets: '[laughs]', '(Applause.)'."""
    text = (files("quoteattr") / "data" / "transcripts.json").read_text(encoding="utf-8")
    words = "|".join(json.loads(text)["directions"])
    return re.compile(rf"[\[(](?:{words})(?:\s\w+ly)?\.?[\])]", re.IGNORECASE)


def _blank(match: re.Match[str]) -> str:
    return " " * len(match.group())


def _blank_tag(match: re.Match[str]) -> str:
    """Blanks for a tag or a comment; 'x <y and z> w', which has words and no attribute, stays."""
    found = match.group()
    is_tag = found.startswith("<!--") or "=" in found or not re.search(r"\s\w", found)
    return " " * len(found) if is_tag else found


def _blank_unless_inside(match: re.Match[str]) -> str:
    found, text = match.group(), match.string
    before, after = text[max(0, match.start() - 1) : match.start()], text[match.end() : match.end() + 1]
    return found if before.isalnum() and after.isalnum() else " " * len(found)


def _blank_link(match: re.Match[str]) -> str:
    opening, words, closing = match.groups()
    return " " * len(opening) + words + " " * len(closing)
