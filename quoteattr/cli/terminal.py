"""Quotes on a terminal: a table of them, and the article with quotes, cues and speakers in colour."""

from __future__ import annotations

import io

from attrs import frozen
from rich import box
from rich.console import Console
from rich.padding import Padding
from rich.style import Style
from rich.table import Table
from rich.text import Text

from quoteattr.display.layers import Mark, events, marks_of
from quoteattr.display.palette import Theme, palette
from quoteattr.display.plain import balanced, line, visible
from quoteattr.display.views import Cast, by_paragraph
from quoteattr.layout import paragraphs
from quoteattr.objects import Quotes, Speaker, walk
from quoteattr.records import Range

__all__ = ["Screen", "article", "quote_table"]

# A table that does not go to a terminal has the same width everywhere.
_WIDTH = 100
_NARROWEST = 60
_QUOTE = 2000  # characters of a quote in a table
_DOUBTFUL = 0.7  # of the names below, more than three in ten are wrong
_SUPERSCRIPT = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


@frozen
class Screen:
    """What text is made for.

    Attributes:
        width: in columns.
        colours: as rich calls them ('truecolor'), or ``None``.
    """

    width: int = _WIDTH
    colours: str | None = None

    @classmethod
    def of_stdout(cls) -> Screen:
        """Standard output: a terminal as wide as it is, or 100 columns without colours."""
        console = Console()
        if not console.is_terminal:
            return cls()
        colours = None if console.no_color else console.color_system
        return cls(max(console.width, _NARROWEST), colours)

    def render(self, *parts: object) -> str:
        """What rich makes of the parts."""
        out = io.StringIO()
        console = Console(
            file=out,
            width=self.width,
            force_terminal=self.colours is not None,
            color_system=self.colours,  # type: ignore[arg-type]  # rich reports it as a str
            highlight=False,
            emoji=False,
            markup=False,
            legacy_windows=False,
            _environ={},
        )
        console.print(*parts, sep="\n")
        return "\n".join(each.rstrip() for each in out.getvalue().split("\n")).strip("\n") + "\n"


def quote_table(quotes: Quotes, title: str | None, screen: Screen) -> str:
    """The quotes of a document as a table: speaker, quote, cue, kind; those inside others are set in.

    A question mark stands behind a name that is rather a guess (`Speaker.confidence` below 0.7).

    >>> from quoteattr.example import example_quotes
    >>> print(quote_table(example_quotes(), None, Screen()).splitlines()[2].strip())
    the county          The bridge at Kestrel Point will close to lorries in May    said    indirect
    """
    heading = [Text(line(title), "bold"), Text("")] if title is not None else []
    if not quotes:
        return screen.render(*heading, Text("  No quotes.", "dim")) + "\n" * bool(heading)
    table = Table(box=box.SIMPLE_HEAD)
    table.add_column("Speaker", style="bold", max_width=20)
    table.add_column("Quote")
    table.add_column("Cue", style="italic", max_width=12)
    table.add_column("Kind", no_wrap=True)
    depth: dict[int, int] = {}
    for quote, parent in walk(quotes):
        depth[id(quote)] = deep = 0 if parent is None else depth[id(parent)] + 1
        label = _label(quote.speaker) if quote.speaker else "–"
        table.add_row(
            Padding("↳ " + label if deep else label, (0, 0, 0, 2 * deep)),
            Text(line(quote.text, _QUOTE)),
            Text(line(quote.cue.text, 60) if quote.cue else "–"),
            Text(quote.kind),
        )
    return screen.render(*heading, table) + "\n" * bool(heading)


def _label(speaker: Speaker) -> str:
    """Who speaks, with a question mark where the name is rather a guess."""
    doubt = " ?" if speaker.name and speaker.confidence < _DOUBTFUL else ""
    return line(speaker.label, 60) + doubt


def article(quotes: Quotes, title: str | None, screen: Screen, *, light: bool = False) -> str:
    """The article with its quotes marked, and the speakers below it.

    A quote has its speaker's colour behind it, stronger where it is in quotation marks, and the speaker's
    number after it; speakers are underlined in bold type, whoever was told is underlined, cues are in
    italics. Without colours, brackets stand around quotes.

    >>> from quoteattr.example import example_quotes
    >>> print(article(example_quotes(), None, Screen()).splitlines()[0])
    ⟦The bridge at Kestrel Point will close to lorries in May⟧¹, the county said on Monday.
    """
    cast = Cast(quotes)
    theme = palette().light if light else palette().dark
    heading = [Text(line(title), "bold"), Text("")] if title is not None else []
    brackets = screen.colours is None
    stretches = paragraphs(quotes.text)
    marked = by_paragraph(stretches, marks_of(quotes))
    parts = [
        Text.assemble(_paragraph(quotes.text, each, marks, cast, theme, brackets=brackets), "\n")
        for each, marks in zip(stretches, marked, strict=True)
    ]
    return screen.render(*heading, *parts, _legend(quotes, cast, theme))


def _paragraph(  # noqa: PLR0913
    text: str, stretch: Range, marks: list[Mark], cast: Cast, theme: Theme, *, brackets: bool
) -> Text:
    made = Text()
    styles: list[Style] = []
    for event in events(text, *stretch, marks):
        if event.mark is None:
            words = balanced(visible(event.text)).expandtabs().replace("\r\n", "\n").replace("\r", "\n")
            made.append(words, Style.combine(styles) if styles else None)
            continue
        quote, is_quote = event.mark.quote, event.mark.layer == "quote"
        if event.kind == "open":
            if is_quote and brackets:
                made.append("⟦")
            styles.append(_style(event.mark, cast, theme))
            continue
        styles.pop()
        if is_quote and brackets:
            made.append("⟧")
        if is_quote and event.complete and event.mark.end == quote.end:
            number = cast.number(quote.speaker)
            sign = "?" if number is None else str(number).translate(_SUPERSCRIPT)
            made.append(sign, Style.combine([*styles, Style(bold=True)]))
    return made


def _style(mark: Mark, cast: Cast, theme: Theme) -> Style:
    if mark.layer == "cue":
        return Style(italic=True)
    if mark.layer != "quote":
        return Style(bold=mark.layer == "source", underline=True)
    slot = cast.slot(mark.quote.speaker)
    tints = theme.faints if mark.quote.kind == "indirect" else theme.fills
    return Style(color=theme.ink, bgcolor=tints[slot])


def _legend(quotes: Quotes, cast: Cast, theme: Theme) -> Text:
    made = Text()
    for member in cast.members:
        made.append(f" {member.number} ", Style(color=theme.ink, bgcolor=theme.fills[member.slot], bold=True))
        made.append(f" {member.name}", "bold")
        made.append(f", {member.role}" if member.role else "")
        inside = ", inside another" if member.inside else ""
        made.append(f"  {member.quotes} quote{'s' * (member.quotes != 1)}{inside}\n", "dim")
    if any(quote.speaker is None for quote, _ in walk(quotes)):
        made.append(" ? ", Style(color=theme.ink, bgcolor=theme.fills[-1], bold=True))
        made.append(" no speaker named\n", "dim")
    if not quotes:
        made.append("No quotes.\n", "dim")
    return made
