"""The floor: who has spoken so far, outside and inside what others say, and what is quoted at hand."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from quoteattr.records import Attribution
from quoteattr.speakers.acting import acting_above, acting_before
from quoteattr.speakers.entities import Inventory
from quoteattr.speakers.lexicon import lexicon
from quoteattr.speakers.mentions import Mention
from quoteattr.speakers.naming import own_names
from quoteattr.speakers.pronouns import Spoken, Talk
from quoteattr.speakers.sources import Source
from quoteattr.speakers.vocatives import named_by_itself

__all__ = ["Floor"]


class Floor:
    """Keeps the talk of a document while its attributions are gone through in order.

    Attributes:
        talk: what is known where the walk has come to.
    """

    def __init__(
        self,
        inventory: Inventory,
        attributions: Sequence[Attribution],
        sources: Sequence[Source | None],
        saying: Collection[int],
    ) -> None:
        self.inventory = inventory
        self.view = inventory.view
        self.attributions = attributions
        self.sources = sources
        self.saying = saying  # the heads of the mentions that are sources
        self.talk = Talk(narrators=frozenset(own_names(inventory)))
        self._floors: dict[int, list[Spoken]] = {}

    def turn_to(self, speaks: Sequence[int]) -> None:
        """Notes what the attribution at hand quotes: nobody speaks of themself by name."""
        self.talk.source = bool(speaks)
        if speaks:
            # Those who speak inside what another says take turns among themselves.
            self.talk.speakers = self._inside(self.attributions[speaks[0]].parent)
        self.talk.named = frozenset()
        self.talk.direct = self.talk.answers = self.talk.pleads = self.talk.presented = False
        self.talk.acting = self.talk.above = -1
        for number in speaks:
            attribution = self.attributions[number]
            self.talk.direct |= attribution.kind == "direct"
            self.talk.answers |= attribution.lemma in lexicon().answering
            self.talk.pleads |= attribution.lemma in lexicon().pleading
            if attribution.content:
                first = self._beginning(number)
                self.talk.acting = acting_before(self.inventory, first, self.saying)
                self.talk.above = acting_above(self.inventory, first) if self.talk.direct else -1
            self.talk.named |= self._named_in(number)

    def note(self, number: int, m: Mention) -> None:
        """Keeps that somebody has spoken."""
        given = self.attributions[number]
        if m.entity >= 0 and (self.view.quoted[m.head] < 0 or given.parent is not None):
            spoken = Spoken(m.entity, self.view.paras[m.head], direct=given.kind == "direct")
            self._inside(given.parent).append(spoken)

    def _inside(self, parent: int | None) -> list[Spoken]:
        """Who has spoken inside one attribution, or outside all of them."""
        return self._floors.setdefault(-1 if parent is None else parent, [])

    def _beginning(self, number: int) -> int:
        """The first token of direct speech, or of the sentence with the source of another content."""
        view, source = self.view, self.sources[number]
        if self.talk.direct or source is None:
            return view.tokens(*self.attributions[number].content[0])[0]
        return view.sentence_start(source.first)

    def _named_in(self, number: int) -> set[int]:
        """Whom a content names or points at, but for whoever names themself: 'I am Ann Lee'."""
        attribution, source = self.attributions[number], self.sources[number]
        named: set[int] = set()
        for start, end in attribution.content:
            if source is not None and attribution.kind != "direct" and start < source.span.start:
                continue
            first, last = self.view.tokens(start, end)
            inside = self.inventory.at(first, last)
            named.update(m.entity for m in inside if m.form != "pronoun" and m.entity >= 0)
            named.difference_update(named_by_itself(self.inventory, first, last))
        return named
