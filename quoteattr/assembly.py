"""From what the stages found to the objects that a user holds: filter, nest, number, and put into context."""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence

from attrs import evolve, frozen

from quoteattr.context import Surroundings
from quoteattr.objects import Act, Cue, Kind, Quote, Span, Speaker
from quoteattr.records import Attribution, Quotation, Range, Resolution

__all__ = ["DEFAULT_ACTS", "Choice", "assemble", "words"]

DEFAULT_ACTS: tuple[Act, ...] = ("speech", "writing")

# Reports of reports of reports: deeper ones join this level, so that no recursion runs out of stack.
MAX_DEPTH = 20
_OPEN = 0.5  # how sure a quote is that has neither a cue nor anybody who may have said it


@frozen
class Choice:
    """Which quotes to keep.

    Attributes:
        acts: the acts of the cue; a quote without a cue counts as speech.
        kinds: the kinds of quote.
        min_confidence: the least confidence, or ``None`` for all.
    """

    acts: tuple[Act, ...]
    kinds: tuple[Kind, ...]
    min_confidence: float | None = None

    def keeps(self, attribution: Attribution, confidence: float) -> bool:
        """Whether a quote of this attribution is wanted."""
        return (
            attribution.act in self.acts
            and attribution.kind in self.kinds
            and (self.min_confidence is None or confidence >= self.min_confidence)
        )


def assemble(
    around: Surroundings,
    quotations: Sequence[Quotation],
    attributions: Sequence[Attribution],
    resolutions: Sequence[Resolution],
    choice: Choice,
) -> tuple[Quote, ...]:
    """The quotes of one document, in the order of the text.

    The confidence of a quote is the calibrated probability that its content and its source are right
    (`Attribution.confidence`). Where no source is named it is that of the content, times that of the speaker
    whom the flow of the text tells (`Speaker.confidence`).
    A quote inside one that is not wanted moves out to the next one that is.

    Args:
        around: the text, its sentences and paragraphs.
        quotations: the pairs of quotation marks.
        attributions: content, cue and source of each quote.
        resolutions: the speaker of each, in the same order.
        choice: which to keep.
    """
    confidences = list(map(_confidence, attributions, resolutions))
    kept = [
        number
        for number, attribution in enumerate(attributions)
        if attribution.content and choice.keeps(attribution, confidences[number])
    ]
    kept.sort(key=lambda number: _place(attributions[number]))
    inside = _inside(attributions, kept)
    outer = [number for number in kept if inside[number] is None]
    ids = {number: i for i, number in enumerate([*outer, *(n for n in kept if inside[n] is not None)])}
    marks = _Marks(quotations)

    built: dict[int, Quote] = {}
    nested: dict[int, list[Quote]] = {}
    # Innermost first, so that each quote finds those inside it ready.
    for number in sorted(kept, key=lambda number: -_depth(inside, number)):
        attribution, resolution = attributions[number], resolutions[number]
        quote = Quote(
            id=ids[number],
            text=words(around.text, attribution.content, marks),
            spans=tuple(Span.of(around.text, *piece) for piece in attribution.content),
            kind=attribution.kind,
            speaker=_grounded(around.text, resolution.speaker),
            cue=_cue(around.text, attribution),
            addressee=_grounded(around.text, resolution.addressee),
            context=around.of(attribution.content, (attribution.cue, attribution.source)),
            confidence=confidences[number],
            nested=tuple(sorted(nested.get(number, ()), key=lambda quote: quote.id)),
            evidence=_heaviest_first(attribution, resolution),
        )
        built[number] = quote
        parent = inside[number]
        if parent is not None:
            nested.setdefault(parent, []).append(quote)
    return tuple(built[number] for number in outer)


def _place(attribution: Attribution) -> tuple[int, int]:
    """For the order of the text, outer before inner."""
    return attribution.content[0].start, -attribution.content[-1].end


def _heaviest_first(attribution: Attribution, resolution: Resolution) -> tuple[tuple[str, float], ...]:
    return tuple(sorted((*attribution.evidence, *resolution.evidence), key=lambda item: -abs(item[1])))


def _confidence(attribution: Attribution, resolution: Resolution) -> float:
    """That content and source are right; where no words name a source, that the speaker is."""
    if attribution.source is not None or attribution.cue is not None:
        return _probability(attribution.confidence)
    certainty = _OPEN if resolution.speaker is None else resolution.speaker.confidence
    return _probability(attribution.confidence * certainty)


def _probability(value: float) -> float:
    return min(max(float(value), 0.0), 1.0)


def _inside(attributions: Sequence[Attribution], kept: Sequence[int]) -> dict[int, int | None]:
    """For each kept attribution the nearest kept one around it, at most `MAX_DEPTH` levels down."""
    wanted = set(kept)
    found: dict[int, int | None] = {}
    depths: dict[int, int] = {}
    for number in kept:
        path = [number]
        while path:
            parent = _nearest(attributions, path[-1], wanted)
            if parent is not None and parent not in depths:
                path.append(parent)
                continue
            if parent is not None and depths[parent] >= MAX_DEPTH:
                parent = found[parent]
            found[path[-1]] = parent
            depths[path.pop()] = 0 if parent is None else depths[parent] + 1
    return found


def _nearest(attributions: Sequence[Attribution], number: int, wanted: Container[int]) -> int | None:
    parent = attributions[number].parent
    while parent is not None and parent not in wanted:
        parent = attributions[parent].parent
    return parent


def _depth(inside: Mapping[int, int | None], number: int) -> int:
    depth = 0
    parent = inside[number]
    while parent is not None:
        depth += 1
        parent = inside[parent]
    return depth


def _cue(text: str, attribution: Attribution) -> Cue | None:
    if attribution.cue is None:
        return None
    return Cue(Span.of(text, *attribution.cue), attribution.lemma, attribution.act, attribution.negated)


def _grounded(text: str, speaker: Speaker | None) -> Speaker | None:
    """The speaker with the words of each mention as the text gives them, where the parse changed them."""
    if speaker is None:
        return None
    members = tuple(_grounded(text, member) or member for member in speaker.members)
    mention = speaker.mention
    if mention is not None and text[mention.start : mention.end] != mention.text:
        mention = Span.of(text, mention.start, mention.end)
    if mention is speaker.mention and all(a is b for a, b in zip(members, speaker.members, strict=True)):
        return speaker
    return evolve(speaker, mention=mention, members=members)


class _Marks:
    """Where quotations begin and end, for taking off the marks at the edges of a piece."""

    def __init__(self, quotations: Sequence[Quotation]) -> None:
        self._quotations = quotations
        self._starting: dict[int, int] = {}
        self._ending: dict[int, int] = {}
        for number, quotation in enumerate(quotations):
            self._starting.setdefault(quotation.start, number)
            self._ending.setdefault(quotation.end, number)

    def off(self, piece: Range) -> Range:
        """The piece without the marks that enclose it; marks that enclose a part of it stay.

        An opening mark goes when its quotation runs to the end of the piece or beyond, or is carried on by
        the one that does; a closing mark likewise.
        """
        start, end = piece
        first, last = self._starting.get(start), self._ending.get(end)
        if first is not None and (self._reaches(first, end) or self._carried(first, last)):
            start += len(self._quotations[first].opener)
        if last is not None and (self._quotations[last].start <= piece.start or self._carried(first, last)):
            end -= len(self._quotations[last].closer)
        return Range(start, max(start, end))

    def _reaches(self, number: int, end: int) -> bool:
        return self._quotations[number].end >= end

    def _carried(self, first: int | None, last: int | None) -> bool:
        """Whether the quotation ``last`` carries on ``first``, from paragraph to paragraph."""
        while last is not None:
            if last == first:
                return True
            last = self._quotations[last].continues
        return False


def words(text: str, content: Sequence[Range], marks: _Marks | Sequence[Quotation]) -> str:
    """The words of a quote: outer quotation marks off, pieces joined by one space.

    >>> text = '“Go,” she said. “Now.”'
    >>> quotations = [Quotation(0, 5, "“", "”"), Quotation(16, 22, "“", "”")]
    >>> words(text, [Range(0, 5), Range(16, 22)], quotations)
    'Go, Now.'
    >>> words('“Big” plans', [Range(0, 11)], [Quotation(0, 5, "“", "”")])
    '“Big” plans'
    """
    if not isinstance(marks, _Marks):
        marks = _Marks(marks)
    pieces = (text[slice(*marks.off(Range(*piece)))].strip() for piece in content)
    return " ".join(piece for piece in pieces if piece)
