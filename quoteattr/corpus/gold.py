"""What a person marked: an article, its quotes, and the same as a reference to score against."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING, Literal

from attrs import field, frozen

from quoteattr.objects import ACTS, Act, Kind, Span, SpeakerKind

if TYPE_CHECKING:
    from quoteattr.evaluation import AnnotatedDocument, AttributionRow

__all__ = ["DEFAULT_ACTS", "Article", "GoldQuote"]

DEFAULT_ACTS: tuple[Act, ...] = ("speech", "writing")
"""The acts that `quoteattr.extract_quotes` looks for unless it is told otherwise."""

_FOUND = 0.5
"""A prediction has found a quote when they share at least this part of their letters, as in `evaluation`."""


@frozen
class GoldQuote:
    """One quote as a person marked it; ``quoteattr/corpus/README.md`` says by which rules.

    Attributes:
        content: the pieces with their quotation marks, in order.
        kind: 'direct', 'mixed' or 'indirect'.
        act: 'speech', 'writing', 'thought' or 'evidence'.
        source: the words that name the source at the quote; ``None`` where only the flow of the talk tells.
        cue: the reporting words; ``None`` where there are none.
        negated: whether the cue denies, refuses or negates.
        speaker: the fullest name in the article; ``None`` where the article gives none.
        aliases: other names that would be right.
        speaker_kind: what the speaker is.
        description: the role as the text gives it.
        affiliation: for 'a spokesman for X', the name of X.
        members: for 'X and Y said', the fullest name of each.
        addressee: the words that name who was told.
        addressee_name: the fullest name of who was told.
        parent: position in `Article.quotes` of the quote that this one stands in.
        optional: whether it is as right to leave the quote out as to find it.
    """

    content: tuple[Span, ...]
    kind: Kind
    act: Act = "speech"
    source: Span | None = None
    cue: Span | None = None
    negated: bool = False
    speaker: str | None = None
    aliases: tuple[str, ...] = ()
    speaker_kind: SpeakerKind = "unknown"
    description: str | None = None
    affiliation: str | None = None
    members: tuple[str, ...] = ()
    addressee: Span | None = None
    addressee_name: str | None = None
    parent: int | None = None
    optional: bool = False

    @property
    def start(self) -> int:
        """First character of the first piece."""
        return self.content[0].start

    @property
    def end(self) -> int:
        """One past the last character of the last piece."""
        return self.content[-1].end

    @property
    def names(self) -> tuple[str, ...]:
        """Every name that is right for the speaker, the fullest first; empty where the article gives none."""
        return () if self.speaker is None else (self.speaker, *self.aliases)


def _pairs(*spans: Span | None) -> list[list[int]]:
    return [[span.start, span.end] for span in spans if span is not None]


@frozen
class Article:
    """An article with all its quotes marked.

    Attributes:
        id: the name of its files, without the ending.
        title: what to call it in a table.
        genre: 'politics', 'sport', 'court', …
        licence: under which terms the text may be used.
        text: the article; all offsets count its characters.
        quotes: in the order of the text, a quote inside another one after it.
        note: where the text comes from.
    """

    id: str
    title: str
    genre: str
    licence: str
    text: str = field(repr=False)
    quotes: tuple[GoldQuote, ...] = field(repr=False)
    note: str = ""

    def to_reference(
        self, acts: Collection[Act] | Literal["all"] = DEFAULT_ACTS, *, optional: bool = False
    ) -> AnnotatedDocument:
        """The article as a document of the JSON Lines format that `quoteattr.evaluation` scores against.

        Args:
            acts: which acts to take in; 'all' for every act.
            optional: whether to take in the quotes that may be left out as well. Without them a prediction
                that finds one counts as wrong, unless `without_optional` has taken it away.

        >>> from quoteattr.corpus import load
        >>> seed = next(article for article in load() if article.id == "seed")
        >>> row = seed.to_reference()["attributions"][1]
        >>> row["speaker"], row["aliases"], row["kind"]
        ('Xi Jinping', ['Xi Jinping', 'Xi'], 'direct')
        """
        wanted = ACTS if acts == "all" else acts
        rows: list[AttributionRow] = [
            {
                "content": _pairs(*quote.content),
                "source": _pairs(quote.source),
                "cue": _pairs(quote.cue),
                "kind": quote.kind,
                "speaker": quote.speaker,
                "aliases": list(quote.names),
            }
            for quote in self.quotes
            if quote.act in wanted and (optional or not quote.optional)
        ]
        return {"id": self.id, "text": self.text, "attributions": rows}

    def without_optional(self, predicted: AnnotatedDocument) -> AnnotatedDocument:
        """``predicted`` without the rows that found a quote which may be found or left out.

        Such a row shares at least half of its letters with an optional quote, and with no other quote more.
        """
        rows = [row for row in predicted["attributions"] if not self._is_optional(row)]
        return {**predicted, "attributions": rows}

    def _is_optional(self, row: AttributionRow) -> bool:
        from quoteattr.evaluation.pairing import Letters

        letters = Letters(self.text)
        predicted = letters.union(row["content"])

        def likeness(quote: GoldQuote) -> float:
            return letters.iou(predicted, letters.union(_pairs(*quote.content)))

        best = max(self.quotes, key=likeness, default=None)
        return best is not None and best.optional and likeness(best) >= _FOUND
