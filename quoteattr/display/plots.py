"""Who is quoted how much, as a picture of bars (needs the extra ``plot``)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from quoteattr.display.palette import palette
from quoteattr.display.plain import line
from quoteattr.display.views import Cast
from quoteattr.errors import OptionError
from quoteattr.extras import require
from quoteattr.objects import Quotes, Speakers

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["plot_speakers"]

_BAR = 0.38  # inches a bar


def plot_speakers(
    quotes: Quotes | Speakers,
    *,
    by: Literal["quotes", "words"] = "quotes",
    top: int = 15,
    ax: Axes | None = None,
) -> Axes:
    """Bars of who is quoted how much, in the colours of `render`.

    Args:
        quotes: the quotes of a text, or their speakers.
        by: what to count: 'quotes' or 'words'.
        top: how many speakers, those with most; the others are one grey bar.
        ax: matplotlib axes to draw on; new ones where there are none.

    Returns:
        The axes; ``ax.figure.savefig("speakers.png")`` writes them to a file.

    Raises:
        DependencyMissingError: matplotlib is not installed.
        OptionError: ``by`` or ``top`` has no such value.

    >>> from quoteattr.example import example_quotes
    >>> ax = plot_speakers(example_quotes())
    >>> [label.get_text() for label in ax.get_yticklabels()]
    ['Ida Holm', 'the county', 'Tomas Reed']
    """
    if by not in ("quotes", "words"):
        raise OptionError(f"by must be 'quotes' or 'words', not {by!r}.")
    if not (isinstance(top, int) and top >= 1):
        raise OptionError(f"top must be a whole number from 1, not {top!r}.")
    speakers = quotes.speakers if isinstance(quotes, Quotes) else quotes
    members = sorted(Cast.of_summaries(speakers), key=lambda member: -getattr(member, by))
    colours = palette().lines
    bars = [(_plain(member.name), getattr(member, by), colours[member.slot]) for member in members[:top]]
    if members[top:]:
        rest = sum(getattr(member, by) for member in members[top:])
        others = len(members) - top
        bars.append((f"{others} other{'s' * (others != 1)}", rest, colours[-1]))
    if ax is None:
        pyplot = require("matplotlib.pyplot", "plot", "plot_speakers")
        _, ax = pyplot.subplots(figsize=(7, 1.0 + _BAR * max(len(bars), 1)), layout="constrained")
    assert ax is not None
    drawn = ax.barh(range(len(bars)), [bar[1] for bar in bars], color=[bar[2] for bar in bars], height=0.7)
    ax.bar_label(drawn, padding=4)
    ax.set_yticks(range(len(bars)), [bar[0] for bar in bars])
    ax.invert_yaxis()
    ax.margins(x=0.1)
    ax.xaxis.set_major_locator(
        require("matplotlib.ticker", "plot", "plot_speakers").MaxNLocator(integer=True, steps=[1, 2, 5, 10])
    )
    ax.set_xlabel("quotes" if by == "quotes" else "words in quotes")
    ax.spines[["top", "right", "left"]].set_visible(False)
    ax.tick_params(axis="y", length=0)
    return ax


def _plain(name: str) -> str:
    """A label in which a dollar sign does not begin a formula."""
    return line(name, 40).replace("$", r"\$")
