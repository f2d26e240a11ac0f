"""Quotation marks: which opens, which closes, which is an apostrophe. Plain text in, quotations out."""

from __future__ import annotations

from collections.abc import Sequence

from quoteattr.records import Quotation, Range

__all__ = ["quotations"]


def quotations(text: str, paragraphs: Sequence[Range]) -> list[Quotation]:
    """The quotations of ``text``, in order of their first character, outer before inner."""
    found: list[Quotation] = []
    for start, end in paragraphs:
        opened: int | None = None
        for i in range(start, end):
            if text[i] == "“" or (text[i] == '"' and opened is None):
                opened = i
            elif text[i] in '”"' and opened is not None:
                found.append(Quotation(opened, i + 1, text[opened], text[i]))
                opened = None
    return found
