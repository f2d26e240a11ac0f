"""What the templates show: speakers with number and colour, paragraphs as steps, stretches to fold."""

from __future__ import annotations

import bisect
from collections.abc import Iterable, Sequence
from itertools import groupby

from attrs import evolve, frozen

from quoteattr.display.layers import Event, Layer, Mark, events, marks_of
from quoteattr.display.palette import palette
from quoteattr.display.plain import balanced, has_bidi_controls, line, visible
from quoteattr.layout import paragraphs
from quoteattr.objects import Quote, Quotes, Speaker, Speakers, walk
from quoteattr.records import Range

__all__ = ["Block", "Cast", "Member", "Paragraph", "QuoteView", "Step", "blocks", "by_paragraph", "steps"]

# A text of so many characters is long: what holds no quote is folded away.
_LONG = 4000
_TAGS: dict[Layer, str] = {"quote": "mark", "source": "b", "addressee": "b", "cue": "i"}


@frozen
class Member:
    """A speaker as the legend and the table show them.

    Attributes:
        number: from 1, in order of first quote.
        slot: which colour.
        name: the label.
        role: the description and, for a spokesman, whom they speak for; '' where the text tells nothing.
        kind: 'person', 'organization' and so on.
        aliases: other forms of the name.
        quotes, words: how many.
        share: quotes in per cent of those of the speaker with most.
        inside: whether all their quotes stand inside those of others.
    """

    number: int
    slot: int
    name: str
    role: str
    kind: str
    aliases: str
    quotes: int
    words: int
    share: int
    inside: bool = False


@frozen
class QuoteView:
    """A quote as its tip and its card show it; labels are fit for a page.

    ``sure`` is how sure the name is, where something else than the name itself stands at the quote.
    """

    kind: str
    slot: int
    number: int | None
    name: str
    role: str
    named_as: str
    sure: str
    cue: str
    negated: bool
    addressee: str
    confidence: str
    per_cent: int


@frozen
class Step:
    """A piece of a paragraph for the template.

    Attributes:
        kind: 'open', 'close' or 'text'.
        text: the words; ``isolated`` if they change their direction.
        tag, classes: of the element that opens or closes.
        quote: at the end of a quote, what its tip says.
    """

    kind: str
    text: str = ""
    isolated: bool = False
    tag: str = ""
    classes: str = ""
    quote: QuoteView | None = None


@frozen
class Paragraph:
    """A paragraph as steps; ``plain`` if nothing is marked in it."""

    steps: tuple[Step, ...]
    plain: bool


@frozen
class Block:
    """Paragraphs one after the other, shown or folded."""

    folded: bool
    paragraphs: tuple[Paragraph, ...]


class Cast:
    """The speakers of a text, numbered in order of first quote; those only quoted inside others come last.

    As in `Quotes.speakers`, quotes inside others are not counted, except for those last ones.
    """

    def __init__(self, quotes: Iterable[Quote]) -> None:
        outer = list(quotes)
        spoken = {quote.speaker.entity for quote in outer if quote.speaker is not None}
        inner = [quote for quote, parent in walk(outer) if parent is not None]
        self.speakers = len(spoken)  # of quotes that stand in no other, as `Quotes.speakers` has them
        self._numbers: dict[int, int] = {}
        self._first: dict[int, Speaker] = {}
        self._counts: dict[int, int] = {}
        self._words: dict[int, int] = {}
        for position, quote in enumerate((*outer, *inner)):
            if quote.speaker is None:
                continue
            entity = quote.speaker.entity
            if position >= len(outer) and entity in spoken:
                continue
            self._numbers.setdefault(entity, len(self._numbers) + 1)
            self._first.setdefault(entity, quote.speaker)
            self._counts[entity] = self._counts.get(entity, 0) + 1
            self._words[entity] = self._words.get(entity, 0) + len(quote.text.split())

    def number(self, speaker: Speaker | None) -> int | None:
        """The number of a speaker; ``None`` for nobody, and for who is only spoken to."""
        return None if speaker is None else self._numbers.get(speaker.entity)

    def slot(self, speaker: Speaker | None) -> int:
        """The colour of a speaker."""
        return palette().slot(self.number(speaker))

    @property
    def members(self) -> list[Member]:
        """All of them, by number."""
        made = _members([(s, self._counts[e], self._words[e]) for e, s in self._first.items()])
        return [evolve(each, inside=each.number > self.speakers) for each in made]

    @staticmethod
    def of_summaries(speakers: Speakers) -> list[Member]:
        """The same for the table of `Quotes.speakers`."""
        return _members([(each.speaker, each.quotes, each.words) for each in speakers])

    def view(self, quote: Quote) -> QuoteView:
        """What is told of a quote."""
        speaker = quote.speaker
        label = speaker.label if speaker else ""
        return QuoteView(
            kind=quote.kind,
            slot=self.slot(speaker),
            number=self.number(speaker),
            name=line(label),
            role=_role(speaker) if speaker else "",
            named_as=_named_as(speaker) if speaker else "",
            sure=_sure(speaker) if speaker else "",
            cue=line(quote.cue.text, 60) if quote.cue else "",
            negated=quote.cue is not None and quote.cue.negated,
            addressee=line(quote.addressee.label, 60) if quote.addressee else "",
            confidence=f"{quote.confidence:.2f}",
            per_cent=round(100 * min(max(quote.confidence, 0.0), 1.0)),
        )


def _members(counted: Sequence[tuple[Speaker, int, int]]) -> list[Member]:
    most = max((quotes for _, quotes, _ in counted), default=1)
    return [
        Member(
            number=number,
            slot=palette().slot(number),
            name=line(speaker.label),
            role=_role(speaker),
            kind=speaker.kind,
            aliases=line(", ".join(alias for alias in speaker.aliases if alias != speaker.name)),
            quotes=quotes,
            words=words,
            share=round(100 * quotes / most),
        )
        for number, (speaker, quotes, words) in enumerate(counted, 1)
    ]


def _named_as(speaker: Speaker) -> str:
    """The words at the quote, where they tell more than the label does."""
    mention = " ".join(speaker.mention.text.split()) if speaker.mention else ""
    named = speaker.mention_kind == "name" and (mention in speaker.label or speaker.label in mention)
    return "" if named or mention == speaker.label else line(mention, 60)


def _sure(speaker: Speaker) -> str:
    return f"{speaker.confidence:.2f}" if speaker.name and speaker.mention_kind != "name" else ""


def _role(speaker: Speaker) -> str:
    parts = [speaker.description or "", f"for {speaker.affiliation}" if speaker.affiliation else ""]
    return line(", ".join(part for part in parts if part), 90)


def steps(text: str, stretch: Range, marks: Iterable[Mark], cast: Cast, base: int = 0) -> tuple[Step, ...]:
    """A stretch of the text, which begins at ``base``, for the template."""
    return tuple(_step(event, cast) for event in events(text, *stretch, marks, base))


def _step(event: Event, cast: Cast) -> Step:
    mark = event.mark
    if mark is None:
        return Step("text", balanced(visible(event.text)), has_bidi_controls(event.text))
    tag = _TAGS[mark.layer]
    if event.kind == "close":
        whole = event.complete and mark.layer == "quote"
        return Step("close", tag=tag, quote=cast.view(mark.quote) if whole else None)
    speaker = mark.quote.addressee if mark.layer == "addressee" else mark.quote.speaker
    classes = [f"qa-{mark.layer}", f"qa-s{cast.slot(speaker)}"]
    return Step("open", tag=tag, classes=" ".join([*classes, *_further(mark)]))


def _further(mark: Mark) -> list[str]:
    return [f"qa-{mark.quote.kind}"] if mark.layer == "quote" else []


def blocks(quotes: Quotes, cast: Cast, fold: bool | None, most: int | None) -> tuple[list[Block], int]:
    """The paragraphs of the text, shown or folded, and how many were left out.

    Args:
        quotes: the quotes and their text.
        cast: their speakers.
        fold: whether to fold two paragraphs or more without quotes; ``None`` for only in long texts.
        most: stop after so many characters; ``None`` for never.
    """
    ranges = paragraphs(quotes.text)
    shown = [each for each in ranges if most is None or each.start < most]
    marked = by_paragraph(shown, marks_of(quotes))
    found = [
        Paragraph(steps(quotes.text, each, marks, cast), not marks)
        for each, marks in zip(shown, marked, strict=True)
    ]
    folding = len(quotes.text) > _LONG if fold is None else fold
    grouped = []
    for plain, group in groupby(found, key=lambda paragraph: paragraph.plain):
        members = tuple(group)
        grouped.append(Block(folding and plain and len(members) > 1, members))
    return grouped, len(ranges) - len(shown)


def by_paragraph(ranges: Sequence[Range], marks: Iterable[Mark]) -> list[list[Mark]]:
    """The marks that reach into each paragraph."""
    ends = [each.end for each in ranges]
    found: list[list[Mark]] = [[] for _ in ranges]
    for mark in marks:
        number = bisect.bisect_right(ends, mark.start)
        while number < len(ranges) and ranges[number].start < mark.end:
            found[number].append(mark)
            number += 1
    return found
