"""The plain values that one stage hands to the next: ranges, quotations, attributions, resolutions.

They are internal; users hold the classes of `quoteattr.objects`. A range is (start, end) in characters of the
text as given, end exclusive.
"""

from __future__ import annotations

from enum import Enum
from typing import NamedTuple

from attrs import frozen

from quoteattr.objects import Act, Kind, Speaker

__all__ = ["Attribution", "Depth", "Quotation", "Range", "Resolution", "Stretch"]


class Range(NamedTuple):
    """A stretch of the text: first character, one past the last."""

    start: int
    end: int


class Depth(Enum):
    """How much is read of a part of the text."""

    TREES = "tags, entities and trees"
    NAMES = "tags and entities"
    WORDS = "tokens alone"


class Stretch(NamedTuple):
    """A part of the text, up to where the next begins: its first character, how it is to be read."""

    start: int
    depth: Depth


@frozen
class Quotation:
    """A stretch between quotation marks (the marks included).

    Attributes:
        start: the opening mark (or the first character quoted, where the opener is missing).
        end: one past the closing mark (or past the last character quoted, where the closer is missing).
        opener: the opening mark as it stands, '' where it is missing.
        closer: the closing mark as it stands, '' where it is missing or the next paragraph reopens.
        depth: 0 for an outer quotation, 1 for one inside it, and so on.
        parent: position in the list of the quotation around this one, or ``None``.
        continues: position in the list of the quotation of an earlier paragraph that this one carries on
            (its closer was left out, as typographers do), or ``None``.
    """

    start: int
    end: int
    opener: str
    closer: str
    depth: int = 0
    parent: int | None = None
    continues: int | None = None

    @property
    def inner(self) -> Range:
        """The words without the marks."""
        return Range(self.start + len(self.opener), self.end - len(self.closer))


@frozen
class Attribution:
    """A content, its cue and its source, as found by syntax, before anybody is resolved.

    Attributes:
        content: the pieces, quotation marks included, in order.
        kind: 'direct', 'mixed' or 'indirect'.
        source: the noun phrase that names the source, or ``None``.
        cue: the reporting words, or ``None``.
        lemma: the lemma of the cue's head word, '' without a cue.
        act: what kind of act the cue names.
        negated: whether the cue denies.
        addressee: the noun phrase of who was told, or ``None``.
        confidence: the calibrated probability that content and source are right.
        evidence: (name, weight in log-odds), the heaviest first.
        parent: position in the list of the attribution inside whose content this one stands, or ``None``.
    """

    content: tuple[Range, ...]
    kind: Kind
    source: Range | None
    cue: Range | None
    lemma: str = ""
    act: Act = "speech"
    negated: bool = False
    addressee: Range | None = None
    confidence: float = 1.0
    evidence: tuple[tuple[str, float], ...] = ()
    parent: int | None = None


@frozen
class Resolution:
    """Who is behind the source and the addressee of one attribution.

    Attributes:
        speaker: the resolved source; ``None`` where nobody is named and the flow does not tell.
        addressee: the resolved addressee, or ``None``.
        evidence: what decided, as (name, weight), for `explain`.
    """

    speaker: Speaker | None
    addressee: Speaker | None = None
    evidence: tuple[tuple[str, float], ...] = ()
