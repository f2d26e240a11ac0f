"""Stretches in which a quotation mark is none: addresses, code, tags, feet and inches, rock ’n’ roll."""

from __future__ import annotations

import re
from collections.abc import Iterator

from quoteattr.records import Range

__all__ = ["fences", "masks"]

_FENCE = re.compile(r"^[ \t]*(?:```|~~~)", re.MULTILINE)
_STRETCHES = re.compile(
    r"""
      (?:https?://|www\.)(?:[^\s"“”„«»<>]|(?<==)"[^"\s]*")+ (?<![.,;:!?'’‘)\]])  # an address
    | <!--[^<>]*-->                                            # a comment
    | </?[A-Za-z][^<>]*>                                       # a tag and its attributes
    | (?<!`)`[^`'’\n]+`(?!`)                                   # code between backticks
    | (?<![\w`])`(?!\s)[^`\n]+(?<!\s)`(?![\w`])               # … with single marks in it
    | \]\([^\s()]+[ \t]+["'][^"\n]*["']\)                    # [a link](address "its title")
    | (?<!\w)[A-Za-z_]\w*\([^()\s"']{0,40}["'][^()\n]{0,200}["']\)  # print("x")
    | (?<![\w-])[\w-]{1,40}=["'][^"'\s]*["']                   # name="value"
    | \{\s*"[^"{}]*"\s*:[^{}]*\}                               # {"name": "value"}
    | (?<![\w.])\d+\s?(?:'|’|′|\bft\.?)\s?\d+(?:[./]\d+|[½¼¾])?\s?(?:"|”|″|''|’’)  # 5' 11"
    | (?<!\w)\d+°\s?\d+(?:\.\d+)?(?:'|’|′)(?:\s?\d+(?:\.\d+)?(?:"|”|″|''|’’))?     # 40° 26' 46"
    | (["'“”‘’«»`´＂])\1{3,}                                     # a line of marks
    | (?<=\s)['‘’`´]n['‘’`´](?=\s)                             # rock ’n’ roll
    | (?<=[A-Za-z])['‘’`´]n['‘’`´](?=[A-Za-z])                 # pick’n’mix
    """,
    re.VERBOSE | re.IGNORECASE,
)


def masks(text: str) -> list[Range]:
    """The stretches of ``text`` whose marks do not quote, in order, not overlapping."""
    found: list[Range] = []
    for stretch in sorted([*fences(text), *(Range(*match.span()) for match in _STRETCHES.finditer(text))]):
        if not found or stretch.start >= found[-1].end:
            found.append(stretch)
        elif stretch.end > found[-1].end:
            found[-1] = Range(found[-1].start, stretch.end)
    return found


def fences(text: str) -> Iterator[Range]:
    """Code between two lines that begin with ``` or ~~~; a fence without its end hides nothing."""
    opened: int | None = None
    for match in _FENCE.finditer(text):
        if opened is None:
            opened = match.start()
        else:
            yield Range(opened, match.end())
            opened = None
