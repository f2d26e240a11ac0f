"""'I', 'we', 'me' and 'you' inside a quotation: its speaker, and whoever it is spoken to or calls by name."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from quoteattr.records import Attribution
from quoteattr.speakers.entities import Inventory, agree
from quoteattr.speakers.sources import Source
from quoteattr.speakers.turns import Turn

__all__ = ["part_from_speakers", "settle_called", "settle_first_person"]


_REACH = 100  # attributions before and after among which the one around is looked for


def settle_first_person(
    inventory: Inventory,
    attributions: Sequence[Attribution],
    sources: Sequence[Source | None],
    listeners: Sequence[Source | None],
    turns: Mapping[int, Turn],
) -> None:
    """Gives each 'I', 'we' or 'me' inside a content the speaker of that content, each 'you' its addressee."""
    for number, source in (*enumerate(sources), *enumerate(listeners)):
        if source is None or source.mention < 0 or source.entity >= 0:
            continue
        sign = inventory.mentions[source.mention].sign
        outer = _around(attributions, number, source) if sign in ("1", "2") else None
        if outer is None:
            continue
        turn, speaker, listener = turns.get(outer), sources[outer], listeners[outer]
        if sign == "2":
            source.entity = listener.entity if listener is not None else -1
        elif speaker is not None:
            source.entity, source.certainty = speaker.entity, speaker.certainty
        elif turn is not None:
            source.entity, source.certainty = turn.entity, turn.share


def settle_called(
    inventory: Inventory,
    attributions: Sequence[Attribution],
    listeners: Sequence[Source | None],
    turns: Mapping[int, Turn],
) -> None:
    """'Joan told her grandson: “Will they, Tom?”': whoever is called by name in a speech is told it."""
    for number, listener in enumerate(listeners):
        called = turns[number].spoken_to if number in turns else frozenset()
        if listener is None or listener.kind == "name" or listener.mention < 0 or len(called) != 1:
            continue
        if attributions[number].kind != "direct":
            continue
        m, told = inventory.mentions[listener.mention], inventory.entities[next(iter(called))]
        one = m.sign in ("m", "f") or (m.form == "nominal" and m.kind == "person")
        if one and told.kind == "person" and agree(told.gender, m.sign):
            listener.entity = told.number


def part_from_speakers(
    inventory: Inventory, sources: Sequence[Source | None], listeners: Sequence[Source | None]
) -> None:
    """Nobody is told by themself: 'him' of 'Lee urged him' is left open where it would be Lee."""
    for source, listener in zip(sources, listeners, strict=True):
        if source is None or listener is None or listener.kind == "name":
            continue
        same = inventory.owner(source.entity) == inventory.owner(listener.entity)
        words = inventory.view.lower[listener.first : listener.last]
        if same and not any(word.endswith(("self", "selves")) for word in words):
            listener.entity = -1


def _around(attributions: Sequence[Attribution], number: int, source: Source) -> int | None:
    """The attribution inside whose content the source stands: as told, or the one with least content."""
    parent = attributions[number].parent
    if parent is not None:
        return parent
    around = [
        (end - start, other)
        for other in range(max(0, number - _REACH), min(len(attributions), number + _REACH))
        if other != number
        for start, end in attributions[other].content
        if start <= source.span.start and source.span.end <= end
    ]
    return min(around)[1] if around else None
