"""Persons: which names are one's, the full ones first, then each word for whom a full name last called."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import pairwise

from attrs import evolve

from quoteattr.speakers.elders import elder_of
from quoteattr.speakers.entities import Entity, Inventory, Votes, agree
from quoteattr.speakers.evidence import is_brand, is_traded, kind_votes, pronouns_after
from quoteattr.speakers.finding import is_handle
from quoteattr.speakers.lexicon import lexicon
from quoteattr.speakers.mentions import Mention
from quoteattr.speakers.names import PersonName, half, link_strength, one_letter_off, same_person
from quoteattr.speakers.roles import Role, age_of, find_roles
from quoteattr.speakers.trimming import NamedMentions

__all__ = ["Persons"]

Key = tuple[str, ...]

_PLACED = frozenset({"in", "at", "near", "outside", "across", "around", "inside"})
_LOCATIVES = _PLACED | frozenset(
    {"to", "from", "into", "toward", "towards", "leave", "left", "visit", "visited"}
)
_CLEAR = 2  # votes by which another kind must lead where the label says person
_LIKE = 30  # persons with one word in their names that a name is compared with, the last to come
_INITIALS = 5  # letters of a label
_LATEST = 20  # persons last named among whom a misspelt name is looked for


class Persons:
    """The persons of one document while the names are given to them.

    Attributes:
        named: the mentions by name; ``speaking`` are the tokens inside the sources of attributions.
        roles: what stands beside each mention.
        kinds, genders: votes for what each name names, and for whom 'he' and 'she' mean by it.
        titled: the genders of the titles before each surname.
        by_word: those with a word in one of their names, in the order in which they came.
        latest, firsts: the token at which each was last named, and first.
        acting: those who were a subject.
        kin: those introduced as relatives: 'his son, Nick Lee'.
        brands: names that are a firm's and no person's.
        pointed: for a mention the gender of the pronoun behind it in its sentence.
    """

    def __init__(self, inventory: Inventory, named: NamedMentions, speaking: frozenset[int]) -> None:
        self.inventory = inventory
        self.view = inventory.view
        self.lex = lexicon()
        self.named = named
        self.speaking = speaking
        self.roles = {id(m): find_roles(self.view, m) for m in named.mentions}
        self.kinds: dict[Key, Votes] = defaultdict(Votes)
        self.genders: dict[Key, Votes] = defaultdict(Votes)
        self.titled: dict[str, set[str]] = defaultdict(set)
        self.by_word: dict[str, list[Entity]] = defaultdict(list)
        self.latest: dict[int, int] = {}
        self.firsts: dict[int, int] = {}
        self.acting: set[int] = set()
        self.kin: set[int] = set()
        self.brands: set[Key] = set()
        self.pointed: dict[int, str] = {}

    def assign(self) -> None:
        """Full names first, then each name of one word to the person last called by a fuller one."""
        self._count_votes()
        for m in self.named.mentions:
            self._full_name(m)
        for before, m in pairwise(self.named.mentions):
            self._handle(before, m)
            self._share_surname(before, m)
        self.latest.clear()
        self._note_brands()
        for m in self.named.mentions:
            self._short_name(m)

    def _gendered(self, name: PersonName) -> bool:
        """Whether 'he' or 'she' was said of a name."""
        return bool(name.gender or self.genders[name.words]["m"] or self.genders[name.words]["f"])

    def _note_brands(self) -> None:
        """Notes names of firms, no persons: 'OpenAI', 'Kelmar' beside 'Kelmar Foods' or 'Kelmar & Sons'."""
        for m in self.named.mentions:
            name = self.named.name(m)
            if len(name.words) == 1 and (
                is_brand(self.view.words[m.head]) or name.words[0] in self.lex.platforms
            ):
                self.brands.add(name.words)
            joined = len(name.words) == 2 or "&" in self.view.words[m.start : m.last]
            if joined and m.entity < 0 and self._kind(name) == "organization":
                self.brands.add(name.words[:1])
        self.brands = {brand for brand in self.brands if brand[0] not in self.lex.first_names}

    def tell(self) -> None:
        """Adds the kind of each mention, and what stands beside it, to what is known of its owner."""
        for m in self.named.mentions:
            entity = self.inventory.entities[m.entity]
            name = self.named.name(m)
            kind = "organization" if not entity.names and name.words[:1] in self.brands else self._kind(name)
            # A name of one word that was linked to a person's full name is that person's, whatever its label.
            entity.kinds["person" if entity.names and kind != "unknown" else kind] += 1
            entity.outside += self.view.quoted[m.head] < 0
            if entity.kind in ("person", "unknown"):
                self._tell_roles(m, entity)

    def _tell_roles(self, m: Mention, entity: Entity) -> None:
        """Adds the roles beside a mention; the nouns in them have the same owner."""
        for role in self.roles[id(m)]:
            entity.kinds["person"] += 1
            if role.sign:
                entity.genders[role.sign] += 2
            if all(role.text.casefold() != other.text.casefold() for other in entity.roles):
                entity.roles.append(role)
            for other in self.inventory.at(role.first, role.last):
                single = other.form == "nominal" and other.sign != "p" and other.entity < 0
                # Of 'the spokesman in the state' the state is somebody else.
                if single and other.noun in (role.words if other.kind == "person" else role.nouns):
                    other.entity = entity.number
        age = age_of(self.view, m)
        if age:
            entity.ages.add(age)
            entity.kinds["person"] += 1

    def _kind(self, name: PersonName) -> str:
        """What a name names, by the votes of all its mentions."""
        votes = self.kinds[name.words]
        best = max(votes, key=lambda k: (votes[k], k == "person"), default="unknown")
        return best if votes[best] > 0 else "unknown"

    def _count_votes(self) -> None:
        for m in self.named.mentions:
            name = self.named.name(m)
            for kind, weight in kind_votes(self.view, m, name, self.roles[id(m)], m.head in self.speaking):
                self.kinds[name.words][kind] += weight
            if m.sign:
                self.titled[name.surname].add(m.sign)
        for m, pronoun, sign, weight in pronouns_after(self.view, self.inventory.mentions):
            if self.view.sents[m.head] == self.view.sents[pronoun.head]:
                self.pointed[id(m)] = sign
            words = self.named.name(m).words
            self.kinds[words]["organization" if sign == "n" else "person"] += weight
            self.genders[words][sign] += weight

    def _full_name(self, m: Mention) -> None:
        """A person's name of two words or more: the owner of a like name, or somebody new."""
        name = self.named.name(m)
        if len(name.words) < 2:
            return
        near = {e.number: e for w in name.words for e in self.by_word[w.split()[-1]][-_LIKE:]}
        if self._kind(name) not in ("person", "unknown") and not _is_nickname(name, near.values()):
            return
        like = (e for e in near.values() if any(same_person(name, other) for other in e.names))
        self._give(m, next(like, None) or self.inventory.new())

    def _handle(self, before: Mention, m: Mention) -> None:
        """'Ann Lee (@annl)': the handle is hers."""
        view = self.view
        beside = before.last == m.first - 1 and view.words[before.last] == "("
        if beside and before.entity >= 0 and is_handle(view.words[m.first]):
            self._give(m, self.inventory.entities[before.entity])

    def _share_surname(self, before: Mention, m: Mention) -> None:
        """'Brian and Denise Halloran': the surname is his too, though the text never writes it so."""
        first, full = self.named.name(before), self.named.name(m)
        beside = self.view.lower[before.last : m.start] in (["and"], ["&"])
        if not beside or before.entity >= 0 or m.entity < 0 or len(first.words) != 1 or not full.given:
            return
        known = first.words[0] in self.lex.first_names and not self.by_word[first.words[0]]
        if not known or before.title[0] < before.title[1]:
            return
        whole = evolve(first, words=(*first.words, full.surname))
        like = (e for e in self.by_word[full.surname] if any(same_person(whole, other) for other in e.names))
        entity = next(like, None) or self.inventory.new()
        self._give(before, entity)
        if whole not in entity.names:
            entity.names.append(whole)
        if entity not in self.by_word[full.surname]:
            self.by_word[full.surname].append(entity)

    def _short_name(self, m: Mention) -> None:
        """A name of one word: the person last called by a fuller name with it, or somebody new."""
        name = self.named.name(m)
        if m.entity >= 0:
            self.latest[m.entity] = m.first
            return
        if len(name.words) != 1 or is_traded(self.view, m):
            return
        entity = None
        if not self._no_person(m):
            owners = self.by_word[name.words[0]][-_LIKE:]
            for long in self.lex.nicknames.get(name.words[0], ()):
                owners.extend(self.by_word.get(long, ())[-_LIKE:])
            entity = self._told_by_age(owners, m) or self._owner(owners, m)
            if entity is not None and name.words in self.brands and entity.number not in self.latest:
                return  # 'Kelmar said', of Kelmar Foods: Sir Hugh Kelmar has not been named yet
            entity = entity or self._misspelt(m, name) or self._by_initials(m)
        if entity is None and self._kind(name) not in ("person", "unknown"):
            votes = self.kinds[name.words]
            if m.kind != "person" or votes[self._kind(name)] >= votes["person"] + _CLEAR:
                return
        if entity is None and name.words in self.brands and not self._gendered(name):
            return
        self._give(m, entity or self.inventory.new())

    def _give(self, m: Mention, entity: Entity) -> None:
        """Makes ``entity``, a person, the owner of a mention."""
        name = self.named.name(m)
        m.entity = entity.number
        entity.forms[self.named.form(m)] += 1
        if name not in entity.names:
            entity.names.append(name)
            for sign, weight in self.genders[name.words].items():
                entity.genders[sign] += weight
            given = name.given[0] if name.given else "".join(name.words[:1])
            told = self.lex.first_names.get(given, "")
            if told:
                entity.genders[told] += 2 if name.given else 1
        if m.sign in ("m", "f"):
            entity.genders[m.sign] += 3
        head = self.view.heads[m.head] if self.view.deps[m.head] == "appos" else m.head
        if self.view.deps[head] in ("nsubj", "nsubjpass"):
            self.acting.add(entity.number)  # also 'her father, Nick Lee, flew in'
        if any(self._is_of_somebody(role) for role in self.roles[id(m)] if role.nouns & self.lex.kin):
            self.kin.add(entity.number)
        self.latest[entity.number] = m.first
        self.firsts.setdefault(entity.number, m.first)
        parts = (part for word in name.words for part in (word.split()[-1], half(word)))
        for word in {*name.words, name.nickname, *name.nickname.split()[-1:], *parts} - {""}:
            if entity not in self.by_word[word]:
                self.by_word[word].append(entity)

    def _is_of_somebody(self, role: Role) -> bool:
        """Whether a role is of somebody: 'his son', but not 'mother of the victim'."""
        return not {"PRP$", "POS"}.isdisjoint(self.view.tags[max(role.first - 1, 0) : role.last])

    def _owner(self, owners: Iterable[Entity], m: Mention) -> Entity | None:
        """The person that a name of one word means: named before, best fit, or else first to come.

        The pronoun that follows tells too: in 'Vu said she hoped', Vu is no man. 'Mr Lee' is sooner a man
        than one of whom nothing tells it. Whoever has been called so goes on being so once a relative comes
        in, but beside the relative's full name; 'Lee' is Lee though 'Mrs. Lee' has come in.
        """
        name, form, paras = self.named.name(m), self.named.form(m), self.view.paras
        sign = self.pointed.get(id(m), "")
        both = len(self.titled[name.words[0]]) > 1
        told = next((role.sign for role in self.roles[id(m)] if role.sign), "")
        best: tuple[tuple[int, ...], Entity] | None = None
        for entity in owners:
            if name.gender and entity.gender != name.gender and (entity.gender or both):
                continue
            if not agree(entity.gender, told):
                continue  # 'her son, Khalid', of Umm Khalid
            strength = max(link_strength(name, other) for other in entity.names)
            if not strength or (name.honorific == "miss" and strength == 3 and _miss_by_first_name(entity)):
                continue
            came = self.latest.get(entity.number, -1)
            agrees = agree(entity.gender, sign)
            full = any(len(other.words) > 1 for other in entity.names)
            here = came >= 0 and paras[came] == paras[m.first]
            called = form in entity.forms or (here and full)
            titled = name.gender != "" and name.gender == entity.gender
            when = came if came >= 0 else -self.firsts[entity.number]
            # 'Ashworth was knighted' tells of Sir Gordon, not of 'his son, Nicholas Ashworth', who may speak.
            main = m.head in self.speaking or entity.number not in self.kin
            acts = entity.number in self.acting
            rank = (came >= 0, agrees, strength, full, titled, called, main, acts, when)
            if best is None or rank > best[0]:
                best = (rank, entity)
        return best[1] if best else None

    def _told_by_age(self, owners: Sequence[Entity], m: Mention) -> Entity | None:
        """The one of those who bear a surname whom 'the elder Lovelace' means, if what is told shows it."""
        word = self.view.lower[m.first - 1] if m.first else ""
        if word not in self.lex.elders:
            return None
        name = self.named.name(m)
        bearers = [e for e in owners if any(link_strength(name, other) == 3 for other in e.names)]
        told = {entity.number: (set[str](), set[str]()) for entity in bearers}
        for x in self.named.mentions:
            if x.entity in told:
                ages, nouns = told[x.entity]
                ages.add(age_of(self.view, x))
                nouns.update(noun for role in self.roles[id(x)] for noun in role.nouns)
        number = elder_of(told, younger=word == "younger")
        return next((entity for entity in bearers if entity.number == number), None)

    def _by_initials(self, m: Mention) -> Entity | None:
        """The one person whose initials a label is: 'PvdM: …' in a talk with Piet van der Meer."""
        view, letters = self.view, self.view.lower[m.first]
        if not (2 <= len(letters) <= _INITIALS and view.is_label(m.first, m.last)):
            return None
        found = {
            entity.number: entity
            for entity in self.inventory.entities
            for name in entity.names
            if len(name.words) > 1 and "".join(word[0] for word in " ".join(name.words).split()) == letters
        }
        return next(iter(found.values())) if len(found) == 1 else None

    def _misspelt(self, m: Mention, name: PersonName) -> Entity | None:
        """'Water said' after 'Kathryn Waters': a speaker met once under a name one letter off a surname."""
        word = name.words[0]
        if m.head not in self.speaking or len(word) < 5 or self.named.counts[name.words] > 1:
            return None
        if word in self.lex.first_names:
            return None
        for number in sorted(self.latest, key=lambda n: -self.latest[n])[:_LATEST]:
            entity = self.inventory.entities[number]
            if any(len(other.words) > 1 and one_letter_off(word, other.surname) for other in entity.names):
                return entity
        return None

    def _no_person(self, m: Mention) -> bool:
        """Whether the words around a name of one word make it no person's ('in Paris', 'the Hill')."""
        if m.title[0] < m.title[1] or not m.first:
            return False
        before = self.view.lower[m.first - 1]
        known = self.view.lower[m.head] in self.lex.places
        placed = before in _PLACED or (known and before in _LOCATIVES)
        return before == "the" or (m.kind == "place" and placed)


def _is_nickname(name: PersonName, owners: Iterable[Entity]) -> bool:
    """Whether one of those named before has a name of several words for a nickname: 'El Turco'."""
    called = " ".join(name.words)
    return any(called == other.nickname for entity in owners for other in entity.names)


def _miss_by_first_name(entity: Entity) -> bool:
    """Whether somebody is called 'Miss Jemima': then 'Miss Pinkerton' is, by old custom, her elder sister."""
    given = {name.given[0] for name in entity.names if name.given}
    return any(
        name.honorific == "miss" and len(name.words) == 1 and name.words[0] in given for name in entity.names
    )
