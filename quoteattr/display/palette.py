"""Colours: one for each speaker, safe for the colour-blind, on light and on dark paper."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from typing import Any

from attrs import frozen

from quoteattr.datafiles import read_toml

__all__ = ["Palette", "Theme", "mix", "palette"]


@frozen
class Theme:
    """The colours on one kind of paper, as '#RRGGBB'.

    Attributes:
        name: 'light' or 'dark'.
        paper, ink, muted, rule, raised: background, text, lesser text, thin lines, boxes.
        fills: the background of a quote in quotation marks, by slot; the last is that of nobody.
        faints: the background of a quote in other words, by slot.
    """

    name: str
    paper: str
    ink: str
    muted: str
    rule: str
    raised: str
    fills: tuple[str, ...]
    faints: tuple[str, ...]


@frozen
class Palette:
    """The colours of speakers by slot (the last is that of nobody) and the two themes."""

    lines: tuple[str, ...]
    light: Theme
    dark: Theme

    def slot(self, number: int | None) -> int:
        """Where the colours of speaker ``number`` (from 1) stand; beyond the last they come again.

        >>> palette().slot(1), palette().slot(8), palette().slot(None)
        (0, 0, 7)
        """
        speakers = len(self.lines) - 1
        return speakers if number is None else (number - 1) % speakers


def mix(colour: str, paper: str, share: float) -> str:
    """``colour`` laid over ``paper`` so that ``share`` of it (0 to 1) is seen.

    >>> mix("#000000", "#FFFFFF", 0.5)
    '#808080'
    """
    pairs = zip(_channels(colour), _channels(paper), strict=True)
    return "#" + "".join(f"{round(share * over + (1 - share) * under):02X}" for over, under in pairs)


def _channels(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


@functools.cache
def palette() -> Palette:
    """The palette of ``data/palette.toml``: that of Okabe and Ito (2008), told there."""
    table = read_toml("palette.toml")
    lines = (*table["speakers"], table["nobody"])
    return Palette(lines, _theme("light", lines, table["light"]), _theme("dark", lines, table["dark"]))


def _theme(name: str, lines: tuple[str, ...], table: Mapping[str, Any]) -> Theme:
    paper = table["paper"]
    return Theme(
        name=name,
        paper=paper,
        ink=table["ink"],
        muted=table["muted"],
        rule=table["rule"],
        raised=table["raised"],
        fills=tuple(mix(colour, paper, table["fill"]) for colour in lines),
        faints=tuple(mix(colour, paper, table["faint"]) for colour in lines),
    )
