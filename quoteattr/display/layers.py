"""Quotes, cues and sources laid over the text: what opens and closes where, properly nested."""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Iterator
from typing import Literal

from attrs import frozen

from quoteattr.objects import Quote, Span, walk

__all__ = ["Event", "Mark", "events", "marks_of"]

Layer = Literal["quote", "source", "addressee", "cue"]
_ORDER: dict[Layer, int] = {"quote": 0, "source": 1, "addressee": 2, "cue": 3}


@frozen
class Mark:
    """A stretch of the text that is to be marked.

    Attributes:
        start, end: in characters of the text, end exclusive.
        layer: what it is.
        quote: the quote that it belongs to.
    """

    start: int
    end: int
    layer: Layer
    quote: Quote


@frozen
class Event:
    """A step through the text: ``mark`` opens or closes, or ``text`` follows.

    Attributes:
        kind: 'open', 'close' or 'text'.
        text: the words; empty unless ``kind`` is 'text'.
        mark: what opens or closes.
        complete: at 'close', whether the mark ends here, rather than going on after the end of another one
            that it crosses.
    """

    kind: Literal["open", "close", "text"]
    text: str = ""
    mark: Mark | None = None
    complete: bool = False


def marks_of(quotes: Iterable[Quote]) -> list[Mark]:
    """What is to be marked for the quotes and those inside them, in the order of the text.

    Words that serve several quotes as cue or source are marked once, for the first.
    """
    found: list[Mark] = []
    seen: set[tuple[str, int, int]] = set()
    for quote, _ in walk(quotes):
        found += [Mark(piece.start, piece.end, "quote", quote) for piece in quote.spans]
        others: list[tuple[Layer, Span | None]] = [
            ("source", quote.speaker.mention if quote.speaker else None),
            ("addressee", quote.addressee.mention if quote.addressee else None),
            ("cue", quote.cue.span if quote.cue else None),
        ]
        for layer, span in others:
            if span is None:
                continue
            mark = Mark(span.start, span.end, layer, quote)
            if (layer, mark.start, mark.end) not in seen:
                seen.add((layer, mark.start, mark.end))
                found.append(mark)
    return sorted(found, key=lambda mark: (mark.start, -mark.end, _ORDER[mark.layer]))


def events(text: str, start: int, end: int, marks: Iterable[Mark], base: int = 0) -> Iterator[Event]:
    """The text from ``start`` to ``end`` with the marks in it, opened and closed like brackets.

    A mark is cut to the stretch. Where two marks cross, the one that begins later is interrupted at the end
    of the earlier one.

    Args:
        text: the whole text, or a part of it that holds the stretch.
        start: first character.
        end: one past the last.
        marks: marks, some of which may lie outside the stretch.
        base: where ``text`` begins, if it is a part.
    """
    waiting = [
        (max(mark.start, start), -min(mark.end, end), _ORDER[mark.layer], number, mark)
        for number, mark in enumerate(marks)
        if max(mark.start, start) < min(mark.end, end)
    ]
    heapq.heapify(waiting)
    position = start
    # The open marks, innermost last, each with where it is to close; the ends never grow towards the inside.
    stack: list[tuple[int, Mark]] = []

    def steps_to(place: int) -> Iterator[Event]:
        nonlocal position
        while stack and stack[-1][0] <= place:
            close, mark = stack.pop()
            if position < close:
                yield Event("text", text[position - base : close - base])
                position = close
            yield Event("close", mark=mark, complete=close == min(mark.end, end))
        if position < place:
            yield Event("text", text[position - base : place - base])
            position = place

    while waiting:
        first, last, order, number, mark = heapq.heappop(waiting)
        yield from steps_to(first)
        close = -last
        if stack and stack[-1][0] < close:
            close = stack[-1][0]
            heapq.heappush(waiting, (close, last, order, number, mark))
        stack.append((close, mark))
        yield Event("open", mark=mark)
    yield from steps_to(end)
