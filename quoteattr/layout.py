"""Paragraphs: where the text as given breaks into blocks."""

from __future__ import annotations

import re

from quoteattr.records import Range

__all__ = ["paragraphs"]

_BREAK = re.compile(r"\s*\n\s*")


def paragraphs(text: str) -> tuple[Range, ...]:
    """The paragraphs of ``text``, white space around them left out."""
    found: list[Range] = []
    start = 0
    for match in [*_BREAK.finditer(text), None]:
        end = match.start() if match else len(text)
        block = text[start:end]
        if block.strip():
            lead = len(block) - len(block.lstrip())
            found.append(Range(start + lead, start + len(block.rstrip())))
        start = match.end() if match else len(text)
    return tuple(found)
