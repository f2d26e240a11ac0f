"""Those who speak without a name, each apart from the rest: 'a spokesman for X', 'two officials'."""

from __future__ import annotations

import re

from quoteattr.speakers.descriptions import is_definite
from quoteattr.speakers.entities import Entity, Inventory
from quoteattr.speakers.firms import choose_body
from quoteattr.speakers.lexicon import lexicon
from quoteattr.speakers.mentions import Mention
from quoteattr.speakers.sources import Source

__all__ = ["Nameless"]

Key = tuple[str, bool, int]

_LINKS = frozenset({"for", "of", "at", "with", "from", "to"})
_SEATED = frozenset(
    {"city", "state", "town", "county", "village", "province", "republic", "kingdom", "island"}
)
_AGENT = re.compile(r"[a-z]{3,}(er|or|ant|ist|ian|an|eer|ee|ic|ite)$")
_BACK = 80  # tokens before 'a spokesman' in which whom they speak for is looked for
_POLITE = frozenset({"sir", "madam", "ma'am", "mister"})  # by which anybody is called
_NOBODY = -1


class Nameless:
    """The entities without a name of one document, by what they are called and whose they are."""

    def __init__(self, inventory: Inventory) -> None:
        self.inventory = inventory
        self.view = inventory.view
        self.known: dict[Key, int] = {}
        self.words: dict[str, int] = {}

    def knows(self, m: Mention) -> bool:
        """Whether somebody was called by this noun before."""
        return (m.noun, m.sign == "p", _NOBODY) in self.known

    def meet(self, m: Mention) -> Entity:
        """The entity of a description: met before in these words, or new."""
        owner, linked = self._owner(m)
        if owner is not None and linked == "of" and m.noun in _SEATED and owner.kind != "person":
            owner.kinds["place"] += 2
            return owner
        whose = owner.number if owner is not None else _NOBODY
        key = (m.noun, m.sign == "p", whose)
        follows = self.view.tags[m.last] if m.last < len(self.view) else ""
        bare = m.title[0] < m.title[1] and m.first == m.title[0] and follows != "IN"
        bare = bare and self.view.paras[m.head] not in self.view.headings  # 'Judge Rejects Bid'
        bare = bare and m.noun not in _POLITE
        definite = is_definite(self.view, m)
        number = self.known.get(key) if definite or bare or m.sign == "p" else None
        entity = self.inventory.entities[number] if number is not None else self._new(m)
        self.known[key] = self.known[(m.noun, m.sign == "p", _NOBODY)] = entity.number
        entity.definite |= definite
        if bare:
            entity.forms[self.view.slice(m.first, m.last)] += 1
        stands_for = m.last < len(self.view) and self.view.lower[m.last] in _LINKS
        # 'A Padhly spokesman' whose Padhly nothing shows to be a name
        stands_for |= m.first < m.head and any(word[:1].isupper() for word in self._between(m))
        if owner is None and m.noun in lexicon().spokespeople and not (entity.affiliation or stands_for):
            owner = self._body_before(m)
        speaks_for = m.noun in lexicon().spokespeople or linked in _LINKS
        if owner is not None and m.kind == "person" and speaks_for and owner.number != entity.number:
            entity.affiliation = entity.affiliation or owner.name
        return entity

    def owner(self, m: Mention) -> Entity | None:
        """Whose somebody is: 'his sister', 'X’s sister'."""
        return self._owner(m)[0]

    def _between(self, m: Mention) -> list[str]:
        """The words of a phrase before its noun, without the one that opens the sentence."""
        view, first = self.view, m.first
        opens = view.opens_sentence(first)
        return view.words[first + opens : m.head]

    def _body_before(self, m: Mention) -> Entity | None:
        """The body before 'a spokesman' in its paragraph, a subject or else the last named, or ``None``."""
        paras, found = self.view.paras, None
        for x in reversed(self.inventory.at(max(0, m.first - _BACK), m.first)):
            if paras[x.head] != paras[m.head]:
                break
            entity = self.inventory.entities[x.entity]
            if x.entity >= 0 and entity.forms and entity.kind == "organization":
                if self.view.deps[x.head] in ("nsubj", "nsubjpass"):
                    return entity
                found = found or entity
        return found

    def by_words(self, source: Source) -> Entity:
        """The entity of a source without any mention in it, known by its words."""
        words = self.view.slice(source.first, source.last).casefold()
        if words not in self.words:
            entity = self.inventory.new()
            entity.kinds[self._kind(source)] += 1
            self.words[words] = entity.number
        return self.inventory.entities[self.words[words]]

    def _kind(self, source: Source) -> str:
        """A guess at the kind of a source from the tag and the ending of its head."""
        view = self.view
        inside = range(source.first, source.last)
        head = next((k for k in inside if view.is_root(k, source.first, source.last)), None)
        if head is None:
            return "unknown"
        if view.lower[head] in lexicon().partitives:
            return "person" if view.lower[head] in ("one", "another", "neither", "either") else "group"
        word = lexicon().singular(view.lower[head])
        if view.lower[head] == "percent" or (view.tags[head] == "NNS" and _AGENT.match(word)):
            return "group"
        return "person" if view.tags[head] == "NN" and _AGENT.match(view.lower[head]) else "unknown"

    def _new(self, m: Mention) -> Entity:
        entity = self.inventory.new()
        entity.noun = m.noun
        entity.kinds[m.kind or "unknown"] += 1
        if m.sign:
            entity.genders[m.sign] += 2
        return entity

    def _owner(self, m: Mention) -> tuple[Entity | None, str]:
        """Whose it is: somebody before the noun ('X’s'), or after 'for' and 'of'; and that small word."""
        inside = [x for x in self.inventory.at(m.first, m.head) if x.entity >= 0]
        if inside:
            return self.inventory.entities[inside[-1].entity], ""
        view = self.view
        if (
            m.last >= len(view)
            or view.lower[m.last] not in _LINKS
            or view.sents[m.last] != view.sents[m.head]
        ):
            return None, ""
        for x in self.inventory.at(m.last + 1, m.last + 10):
            start = x.start
            plain = all(
                view.tags[k] in ("DT", "JJ", "PRP$", "NN", "NNP", "POS") for k in range(m.last + 1, start)
            )
            number = x.entity
            if x.form == "nominal" and x.kind == "organization" and number < 0 and is_definite(view, x):
                body = choose_body(self.inventory, self.inventory.mentions.index(x))
                number = -1 if body is None else body.entity
            if view.deps[x.head] == "poss":
                continue  # 'the head of Malta’s main party'
            if number >= 0 and plain and (x.form == "name" or self.inventory.entities[number].forms):
                return self.inventory.entities[number], view.lower[m.last]
        return None, ""
