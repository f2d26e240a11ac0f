"""Quotes as pictures: the marked article, a card, a table of speakers, a page of its own, bars.

Everything is HTML and CSS without a script and without anything to load; matplotlib draws the bars.

| function | gives |
|---|---|
| `render` | the article with quotes, cues and speakers marked; as a whole page too |
| `card` | one quote |
| `speakers_table` | who is quoted, how often |
| `plot_speakers` | the same as a bar picture (extra ``plot``) |
"""

from __future__ import annotations

from quoteattr.display.html import Html, card, render, speakers_table
from quoteattr.display.plots import plot_speakers

__all__ = ["Html", "card", "plot_speakers", "render", "speakers_table"]
