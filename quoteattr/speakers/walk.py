"""The walk: every mention in order, each pronoun and description resolved by what came before."""

from __future__ import annotations

from collections.abc import Sequence

from quoteattr.records import Attribution
from quoteattr.speakers.binding import excluded
from quoteattr.speakers.clues import labels, name_beside, speaker_around, subject_ahead
from quoteattr.speakers.descriptions import choose_described, is_definite
from quoteattr.speakers.entities import Inventory
from quoteattr.speakers.firms import choose_body
from quoteattr.speakers.floor import Floor
from quoteattr.speakers.kin import Kin, choose_kin
from quoteattr.speakers.lexicon import lexicon
from quoteattr.speakers.mentions import Mention
from quoteattr.speakers.nameless import Nameless
from quoteattr.speakers.predicates import is_fronted, tell_fronted, tell_name, tell_predicate
from quoteattr.speakers.pronouns import Choice, choose
from quoteattr.speakers.renaming import Renaming
from quoteattr.speakers.roles import role_at
from quoteattr.speakers.sources import Source

__all__ = ["Walk"]

_LOWEST_SHARE = 0.34  # below this share of the candidates a pronoun is left without a name
_LONG = 3  # tokens of a source that may hold a clause
_SURE = 0.8  # share from which a description counts as told


class Walk:
    """The state of one walk: who has spoken, and who has no name."""

    def __init__(
        self,
        inventory: Inventory,
        attributions: Sequence[Attribution],
        sources: Sequence[Source | None],
        listeners: Sequence[Source | None],
    ) -> None:
        self.inventory = inventory
        self.view = inventory.view
        self.attributions = attributions
        self.sources = sources
        self.listeners = listeners
        self.nameless = Nameless(inventory)
        self.kin = Kin(inventory, self.nameless)
        self.narrator: int | None = None
        self.labels = labels(inventory)
        self.renaming = Renaming(inventory, self.nameless, self.labels)
        self.long: dict[int, list[Source]] = {}
        for source in sources:
            if source is not None and source.last - source.first > _LONG:
                self.long.setdefault(self.view.sents[source.first], []).append(source)
        self.speaking: dict[int, list[int]] = {}
        self.hearing: dict[int, list[int]] = {}
        for table, group in ((self.speaking, sources), (self.hearing, listeners)):
            for number, source in enumerate(group):
                if source is not None and source.mention >= 0:
                    table.setdefault(source.mention, []).append(number)
        saying = {inventory.mentions[k].head for k in self.speaking}
        self.floor = Floor(inventory, attributions, sources, saying)
        self.talk = self.floor.talk

    def run(self) -> None:
        """Resolves every mention in order and fills in the sources and listeners that hang on them."""
        for k, m in enumerate(self.inventory.mentions):
            speaks, hears = self.speaking.get(k, ()), self.hearing.get(k, ())
            choice = None
            if m.entity < 0:
                self.floor.turn_to(speaks)
                choice = self._open(k, m, bool(speaks or hears))
            if m.form != "pronoun" and m.entity >= 0:
                tell_name(self.inventory, m)
            if m.form == "nominal" and m.entity >= 0 and m.noun in lexicon().bonds:
                self.kin.note(m)
            for number in hears:
                self._settle(self.listeners[number], m, choice)
                self.talk.listener = m.entity
            for number in speaks:
                self._settle(self.sources[number], m, choice)
                self.floor.note(number, m)
        for source in (*self.sources, *self.listeners):
            if source is not None and source.mention < 0:
                source.entity, source.certainty = self.nameless.by_words(source).number, 0.9

    def _settle(self, source: Source | None, m: Mention, choice: Choice | None) -> None:
        if source is None:
            return
        source.entity = m.entity
        if source.kind != "pronoun":
            source.kind = "name" if m.form == "name" else m.form
        if choice is not None:
            source.certainty, source.evidence, source.scores = choice.share, choice.evidence, choice.scores
            if m.form == "pronoun" and self.talk.presented and self.talk.speakers[-1].who == m.entity:
                source.scores = {}  # '“A,” said Ann Lee, an analyst. // “B,” she said': no turns are taken

    def _open(self, k: int, m: Mention, wanted: bool) -> Choice | None:
        """Resolves a pronoun or a description; one that fits nobody becomes an entity of its own."""
        if m.form == "pronoun":
            return self._pronoun(k, m, wanted)
        if not wanted and (self.view.deps[m.head] in ("attr", "oprd") or self._bare(m)):
            tell_predicate(self.inventory, m)
            return None
        if not wanted and m.kind == "person" and is_fronted(self.view, m):
            return None
        choice = None
        if m.kind == "person" and is_definite(self.view, m):
            choice = (
                name_beside(self.inventory, k)
                or self.kin.find(m)
                or self._described(k, m)
                or self.renaming.again(k, m, self.talk, wanted)
                or choose_kin(self.inventory, m, self.nameless.owner(m))
                or self.kin.partner(m, self.talk)
            )
            if choice is None and m.noun in lexicon().firms:
                choice = choose_body(self.inventory, k)  # 'the miner' of Kelmar Resources
        elif m.kind in ("organization", "") and is_definite(self.view, m):
            choice = self._body(k, m)
        elif m.kind == "group":
            choice = self.renaming.one_of_a_people(k, m, self.talk)
        if choice is None and m.kind == "person" and self.view.paras[m.head] in self.view.headings:
            choice = choose_described(self.inventory, k, ahead=True)
        if choice is not None:
            m.entity = choice.entity
            self._learn(m, choice)
            return choice
        if not m.kind and not wanted:
            return None
        m.entity = self.nameless.meet(m).number
        return None

    def _learn(self, m: Mention, choice: Choice) -> None:
        """Keeps a description that tells more than the roles: 'the Chinese president' of 'President Xi'."""
        entity = self.inventory.entities[choice.entity]
        told = choice.share >= _SURE and m.kind == "person" and m.noun not in lexicon().generic
        role = role_at(self.view, m) if told else None
        if role is None or not entity.roles or " " not in role.text:
            return
        if not any(role.words <= other.words or " " in other.text for other in entity.roles):
            entity.roles.append(role)

    def _pronoun(self, k: int, m: Mention, wanted: bool) -> Choice | None:
        quoted = self.view.quoted[m.head] >= 0
        if m.sign == "1" and not quoted and m.noun in ("i", "me", "my", "myself", "mine"):
            m.entity = self.labels.get(self.view.paras[m.head], -1)
            if m.entity < 0:
                m.entity = self._narrator()
            return None
        if m.sign not in ("m", "f", "n", "p") or (quoted and not wanted):
            return None
        barred = self._barred(k, m)
        choice = (
            speaker_around(self.inventory, m, self.long.get(self.view.sents[m.head], ()), barred)
            or subject_ahead(self.inventory, m)
            or choose(self.inventory, k, self.talk, barred)
        )
        if choice is not None and self._is_crowd(k, m, choice):
            return None
        if choice is not None and choice.share >= _LOWEST_SHARE:
            m.entity = choice.entity
            entity = self.inventory.entities[choice.entity]
            if m.noun not in entity.pronouns:
                entity.pronouns.append(m.noun)
            entity.genders[m.sign] += 1
            tell_fronted(self.inventory, k)
            if m.sign == "p":
                # 'One volunteer, who gave their name' is surely one; of the nameless else it may be a guess.
                entity.theirs += 2 if choice.share >= _SURE else int(bool(entity.forms))
            if m.sign in ("m", "f") and entity.kind != "person":
                entity.kinds["person"] += 1
        return choice

    def _is_crowd(self, k: int, m: Mention, choice: Choice) -> bool:
        """Whether several who are told something would be one body or place: 'Lee urged | them | to vote'."""
        kind = self.inventory.entities[choice.entity].kind
        return m.sign == "p" and k in self.hearing and kind in ("organization", "place", "work")

    def _bare(self, m: Mention) -> bool:
        """Whether a singular noun stands without article or owner: 'what kind of student', 'as coach'."""
        if m.kind != "person":
            return False
        if m.title[0] < m.title[1]:
            return (
                m.first == m.title[0] and self.view.lower[max(0, m.first - 1)] == "as"
            )  # 'As Principal she …'
        return not any(self.view.tags[k] in ("DT", "PRP$", "POS", "NNP") for k in range(m.first, m.head))

    def _body(self, k: int, m: Mention) -> Choice | None:
        """The body meant; one without a name that was called so comes before the nearest firm."""
        last, spoken, _ = self.talk.speakers[-1] if self.talk.speakers else (-1, -1, False)
        near = self.view.paras[m.head] - spoken <= 1
        choice = choose_body(self.inventory, k, last if near else -1)
        if choice is None or not self.nameless.knows(m):
            return choice
        return None if any(name == "nearest firm" for name, _ in choice.evidence) else choice

    def _described(self, k: int, m: Mention) -> Choice | None:
        """Whose role the description is; one without a name who was called so comes before a like role."""
        choice = choose_described(self.inventory, k)
        if choice is None or not self.nameless.knows(m):
            return choice
        called = any(m.noun in role.nouns for role in self.inventory.entities[choice.entity].roles)
        return choice if called else None

    def _narrator(self) -> int:
        """The 'I' of the text outside its quotations."""
        if self.narrator is None:
            entity = self.inventory.new()
            entity.kinds["person"] += 1
            entity.noun = "narrator"
            self.narrator = entity.number
        return self.narrator

    def _barred(self, k: int, m: Mention) -> list[int]:
        """Whom a pronoun cannot mean: Bob in 'Bob told him'; the one in whose words it is a source."""
        view = self.view
        for number in self.speaking.get(k, ()):
            parent = self.attributions[number].parent
            if parent is None or self.attributions[parent].kind != "direct":
                continue
            outer = self.sources[parent]
            if outer is None or outer.mention < 0:
                continue
            # Whose words they are may be told only behind them: '“He told me so,” Lee said.'
            speaker = outer.entity if outer.entity >= 0 else self.inventory.mentions[outer.mention].entity
            if speaker >= 0:
                return [speaker]
        if view.paras[m.head] in self.labels:
            return [self.labels[view.paras[m.head]]]
        return excluded(self.inventory, m)
