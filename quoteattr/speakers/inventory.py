"""The inventory of a document: everybody and everything that can speak, each name with its owner."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence

from attrs import define, evolve, field

from quoteattr.objects import SpeakerKind
from quoteattr.speakers.lexicon import Lexicon, lexicon
from quoteattr.speakers.mentions import Mention
from quoteattr.speakers.names import PersonName, fold, link_strength, parse, same_person
from quoteattr.speakers.roles import Role, age_of, find_roles
from quoteattr.speakers.view import View

__all__ = ["Entity", "Inventory", "take_inventory"]

Key = tuple[str, ...]
Votes = dict[str, float]

_INITIALS = re.compile(r"^(?:[A-Z]\.)+$")
_JOINTS = frozenset({"of", "for", "and", "&"})
_PLACED = frozenset("in at near outside across around inside".split())
_LOCATIVES = frozenset(
    "in at to from near into outside across around inside toward towards leave leaves left visit visited".split()
)


def _votes() -> Votes:
    return defaultdict(float)


@define
class Entity:
    """Somebody or something that can speak.

    Attributes:
        number: its number in the document.
        forms: each form of its name with its count, in order of appearance.
        names: the same, taken apart.
        kinds: votes for what it is.
        genders: votes for 'm', 'f', 'n' and 'p'.
        roles: what the text says it is.
        ages: ages given ('44').
        pronouns: pronouns that were resolved to it, in order.
        noun: for one without a name, the noun that names it ('spokesman').
        affiliation: the body that a spokesperson speaks for.
        outside: number of mentions by name outside the quotations.
        definite: for one without a name, whether the text speaks of it as known ('the parson').
    """

    number: int
    forms: Counter[str] = field(factory=Counter)
    names: list[PersonName] = field(factory=list)
    kinds: Votes = field(factory=_votes)
    genders: Votes = field(factory=_votes)
    roles: list[Role] = field(factory=list)
    ages: set[str] = field(factory=set)
    pronouns: list[str] = field(factory=list)
    noun: str = ""
    affiliation: str | None = None
    outside: int = 0
    definite: bool = False

    @property
    def credible(self) -> bool:
        """Whether this may speak at all: a person by some evidence, or named by the narrator."""
        if self.kind == "person":
            return True
        return self.kind == "unknown" and (self.outside > 0 or not self.forms)

    @property
    def kind(self) -> SpeakerKind:
        """The kind with most votes."""
        if not self.kinds:
            return "unknown"
        best = max(self.kinds, key=self.kinds.__getitem__)
        return best if self.kinds[best] > 0 else "unknown"  # type: ignore[return-value]

    @property
    def gender(self) -> str:
        """'m' or 'f' where the votes are clear, '' otherwise."""
        m, f = self.genders["m"], self.genders["f"]
        if m > 1.5 * f:
            return "m"
        return "f" if f > 1.5 * m else ""

    @property
    def name(self) -> str | None:
        """The fullest form; ``None`` for one without a name."""
        if not self.forms:
            return None
        return max(self.forms, key=lambda form: _fullness(form, self.forms[form]))

    @property
    def description(self) -> str | None:
        """The first role that says more than a bare title, or else the first; 'rival' alone says nothing."""
        telling = [r.text for r in self.roles if not r.words <= lexicon().vague]
        return next((text for text in telling if " " in text), telling[0] if telling else None)


def _fullness(form: str, count: int) -> tuple[bool, int, int, bool, bool, int]:
    """Ranks forms of one name: not in capitals, most whole words, most words, no short form, known words, often used."""
    lex = lexicon()
    words = [fold(w) for w in form.replace("-", " ").split() if w[:1].isalpha()]
    bare = [w for w in words if w not in lex.honorifics]
    loud = form.isupper() and len(bare) > 1
    short = bool(bare) and bare[0] in lex.nicknames
    known = bool(words) and (
        words[0] in lex.first_names or words[0] in lex.familiar or words[0] in lex.honorifics
    )
    return (not loud, sum(len(w) > 1 for w in bare), len(words), not short, known, count)


@define
class Inventory:
    """The entities of a document and the mentions in order.

    Attributes:
        view: the document.
        mentions: every mention in order of its head.
        entities: every entity, by number.
    """

    view: View
    mentions: list[Mention]
    entities: list[Entity] = field(factory=list)
    _named: dict[int, list[Mention]] | None = field(default=None, repr=False)
    _merged: dict[int, int] = field(factory=dict, repr=False)

    def new(self) -> Entity:
        """A fresh entity."""
        entity = Entity(len(self.entities))
        self.entities.append(entity)
        return entity

    def merge(self, gone: int, kept: int) -> None:
        """Makes two entities one: everything told of ``gone`` is told of ``kept`` from now on."""
        gone, kept = self.owner(gone), self.owner(kept)
        if gone == kept:
            return
        old, new = self.entities[gone], self.entities[kept]
        new.forms.update(old.forms)
        new.names.extend(name for name in old.names if name not in new.names)
        for votes, more in ((new.kinds, old.kinds), (new.genders, old.genders)):
            for sign, weight in more.items():
                votes[sign] += weight
        new.roles.extend(role for role in old.roles if role not in new.roles)
        new.ages |= old.ages
        new.pronouns.extend(p for p in old.pronouns if p not in new.pronouns)
        new.affiliation = new.affiliation or old.affiliation
        new.outside += old.outside
        self._merged[gone] = kept
        for m in self.mentions:
            if m.entity == gone:
                m.entity = kept

    def owner(self, number: int) -> int:
        """The number under which an entity is known after all mergers."""
        while number in self._merged:
            number = self._merged[number]
        return number

    def at(self, first: int, last: int) -> list[Mention]:
        """The mentions whose heads are among the tokens ``first`` to ``last`` (exclusive)."""
        begin = bisect_left(self.mentions, first, key=lambda m: m.head)
        end = bisect_left(self.mentions, last, lo=begin, key=lambda m: m.head)
        return self.mentions[begin:end]

    def names_of(self, number: int) -> list[Mention]:
        """The mentions of an entity by name, in order."""
        if self._named is None:
            self._named = defaultdict(list)
            for m in self.mentions:
                if m.form == "name":
                    self._named[m.entity].append(m)
        return self._named.get(number, [])


def take_inventory(view: View, mentions: list[Mention], speaking: frozenset[int]) -> Inventory:
    """Gives every name its owner.

    Args:
        view: the document.
        mentions: its mentions.
        speaking: tokens inside the sources of attributions; a name there is likely one who can speak.
    """
    inventory = Inventory(view, mentions)
    _Names(inventory, speaking).assign()
    _named_bodies(inventory)
    return inventory


class _Names:
    """The names of one document while they are given to their owners."""

    def __init__(self, inventory: Inventory, speaking: frozenset[int]) -> None:
        self.inventory = inventory
        self.view = inventory.view
        self.lex = lexicon()
        self.speaking = speaking
        self.mentions = [m for m in inventory.mentions if m.form == "name"]
        self.parsed = {id(m): self._parse(m) for m in self.mentions}
        self.roles = {id(m): find_roles(self.view, m) for m in self.mentions}
        self.counts = Counter(name.words for name in self.parsed.values())
        self.kinds: dict[Key, Votes] = defaultdict(_votes)
        self.genders: dict[Key, Votes] = defaultdict(_votes)
        self.titled: dict[str, set[str]] = defaultdict(set)
        self.by_word: dict[str, list[Entity]] = defaultdict(list)
        self.latest: dict[int, int] = {}
        self.firsts: dict[int, int] = {}

    def _parse(self, m: Mention) -> PersonName:
        """The name taken apart; its gender and honorific come from the title before it."""
        name = parse(self.view.words[m.first : m.last])
        honorific = self.view.lower[m.title[1] - 1] if m.title[0] < m.title[1] else ""
        known = honorific in self.lex.honorifics or honorific in self.lex.familiar
        return evolve(name, gender=m.sign or name.gender, honorific=honorific if known else name.honorific)

    def assign(self) -> None:
        """Persons with a full name, then names of one word, then bodies and places, then acronyms."""
        self._trim_headlines()
        self._drop_epithets()
        self._drop_doubtful_words()
        self._count_votes()
        for m in self.mentions:
            self._full_name(m)
        self.latest.clear()
        for m in self.mentions:
            self._short_name(m)
        self._bodies()
        self._acronyms()
        self._bynames()
        for m in self.mentions:
            entity = self.inventory.entities[m.entity]
            kind = self._kind(self._name(m))
            # A name of one word that was linked to a person's full name is that person's, whatever its label.
            entity.kinds["person" if entity.names and kind != "unknown" else kind] += 1
            entity.outside += self.view.quoted[m.head] < 0
            if entity.kind in ("person", "unknown"):
                self._tell_roles(m, entity)

    def _tell_roles(self, m: Mention, entity: Entity) -> None:
        """Adds what stands beside a mention to what is known of its owner; the nouns there are the owner's too."""
        for role in self.roles[id(m)]:
            entity.kinds["person"] += 1
            if role.sign:
                entity.genders[role.sign] += 2
            if all(role.text.casefold() != other.text.casefold() for other in entity.roles):
                entity.roles.append(role)
            for other in self.inventory.at(role.first, role.last):
                if other.form == "nominal" and other.entity < 0 and other.sign != "p" and other.noun in role.words | role.nouns:
                    other.entity = entity.number
        age = age_of(self.view, m)
        if age:
            entity.ages.add(age)
            entity.kinds["person"] += 1

    def _name(self, m: Mention) -> PersonName:
        return self.parsed[id(m)]

    def _kind(self, name: PersonName) -> str:
        """What a name names, by the votes of all its mentions."""
        votes = self.kinds[name.words]
        best = max(votes, key=lambda k: (votes[k], k == "person"), default="unknown")
        return best if votes[best] > 0 else "unknown"

    def _count_votes(self) -> None:
        for m in self.mentions:
            name = self._name(m)
            for kind, weight in self._evidence(m, name):
                self.kinds[name.words][kind] += weight
            if m.sign:
                self.titled[name.surname].add(m.sign)
        for m, sign, weight in _pronouns_after(self.view, self.inventory.mentions):
            name = self._name(m)
            self.kinds[name.words]["organization" if sign == "n" else "person"] += weight
            self.genders[name.words][sign] += weight

    def _evidence(self, m: Mention, name: PersonName) -> Iterator[tuple[str, float]]:
        """What one mention says about the kind of its name."""
        view, lex = self.view, self.lex
        titled = m.title[0] < m.title[1]
        if m.kind:
            yield m.kind, 1
        if titled or (self.roles[id(m)] and m.kind != "organization" and " ".join(name.words) not in lex.places):
            yield "person", 3
        if name.words and name.words[0] in lex.first_names:
            yield "person", 2 if len(name.words) > 1 else 1
        if _INITIALS.match(view.words[m.first]) and m.last - m.first > 1:
            yield "person", 2
        if " ".join(name.words) in lex.places:
            yield "place", 2
        edges = (view.lower[m.first], view.lower[m.last - 1])
        if not titled and (
            edges[1] in lex.organizations or (edges[0] in lex.organizations and m.last - m.first > 1)
        ):
            yield "organization", 2
        if not titled and any(w in _JOINTS for w in view.words[m.first : m.last]):
            yield "organization", 2
        if not titled and m.last - m.first > 1 and edges[1] in lex.sites:
            yield "place", 1
        if not titled and m.last - m.first > 2 and edges[1] in lex.works:
            yield "organization", 3
        if m.head in self.speaking and m.kind not in ("organization", "place"):
            yield "person", 1
        if m.first and view.lower[m.first - 1] == "the" and not titled:
            yield "organization", 1 if m.last - m.first == 1 else 2
        if view.words[m.head].isupper() and 1 < len(view.words[m.head]) < 7 and m.last - m.first == 1:
            yield "organization", 1
        if view.deps[m.head] in ("nsubj", "nsubjpass") and view.lower[view.heads[m.head]] in lex.deeds:
            yield "person", 1

    def _trim_headlines(self) -> None:
        """'Icon Jo Bell Endorses Al Roe': of a run of capitals in a heading the name that the text below gives."""
        told = {self._name(m).words for m in self.mentions if self.view.paras[m.head] not in self.view.headings}
        for m in self.mentions:
            size = m.last - m.first
            if self.view.paras[m.head] not in self.view.headings or size < 3 or self._name(m).words in told:
                continue
            parts = ((a, a + n) for n in range(size - 1, 1, -1) for a in range(m.first, m.last - n + 1))
            part = next((p for p in parts if parse(self.view.words[p[0] : p[1]]).words in told), None)
            if part is not None:
                m.first, m.last = part
                m.head = m.last - 1
                m.title = (m.first, m.first)
                self.parsed[id(m)] = self._parse(m)

    def _drop_epithets(self) -> None:
        """'Poor Douglas', 'Sometimes Dick': words before a name that are ordinary words of the text.

        An epithet is dropped anywhere, another word only where it opens the sentence and the name stands alone too.
        """
        alone = Counter(name.words for name in self.parsed.values())
        for m in self.mentions:
            words = self._name(m).words
            if len(words) < 2 or m.title[0] < m.title[1] or words[0] in self.lex.first_names:
                continue
            opens = not m.first or self.view.sents[m.first - 1] != self.view.sents[m.first]
            ordinary = opens and self.view.lower[m.first] in self.view.plain
            full = (
                len(words) > 2 and alone[words[1:]] > alone[words] and words[0] not in self.lex.surnames_first
            )
            if alone[words[1:]] and (words[0] in self.lex.epithets or ordinary or (full and not m.kind)):
                m.first += 1
                m.title = (m.first, m.first)
                m.head = max(m.head, m.first)
                self.parsed[id(m)] = self._parse(m)

    def _drop_doubtful_words(self) -> None:
        """'… to Be Wise Veronique stayed': words before a name that nothing shows to be part of it.

        They are dropped where the run occurs once, has neither label nor title, and its last word is a first name or is
        often used alone.
        """
        for m in self.mentions:
            name = self._name(m)
            if len(name.words) < 2 or m.kind or m.title[0] < m.title[1] or self.counts[name.words] > 1:
                continue
            first, last = name.words[0], name.words[-1]
            if first in self.lex.first_names or first in self.lex.surnames_first:
                continue
            if last in self.lex.first_names or self.counts[name.words[-1:]] >= 3:
                m.first = m.head = m.last - 1
                m.title = (m.first, m.first)
                self.parsed[id(m)] = self._parse(m)

    def _form(self, m: Mention, name: PersonName) -> str:
        """The form of a name as listed: with its honorific only where it is a single word."""
        first = m.first
        if len(name.words) == 1 and m.title[0] < m.title[1]:
            word = self.view.lower[m.title[1] - 1]
            if word in self.lex.honorifics or word in self.lex.familiar:
                first = m.title[1] - 1
        return self.view.slice(first, m.last)

    def _give(self, m: Mention, entity: Entity) -> None:
        """Makes ``entity``, a person, the owner of a mention."""
        name = self._name(m)
        m.entity = entity.number
        entity.forms[self._form(m, name)] += 1
        if name not in entity.names:
            entity.names.append(name)
            for sign, weight in self.genders[name.words].items():
                entity.genders[sign] += weight
            given = (
                name.words[0]
                if name.words and (len(name.words) == 1 or name.surname != name.words[0])
                else ""
            )
            told = self.lex.first_names.get(given, "")
            if told:
                entity.genders[told] += 2 if len(name.words) > 1 else 1
        if m.sign in ("m", "f"):
            entity.genders[m.sign] += 3
        self.latest[entity.number] = m.first
        self.firsts.setdefault(entity.number, m.first)
        for word in {*name.words, name.nickname, *(w.split()[-1] for w in name.words)} - {""}:
            if entity not in self.by_word[word]:
                self.by_word[word].append(entity)

    def _full_name(self, m: Mention) -> None:
        """A person's name of two words or more: the owner of a like name, or somebody new."""
        name = self._name(m)
        if len(name.words) < 2 or self._kind(name) not in ("person", "unknown"):
            return
        near = {e.number: e for w in name.words for e in self.by_word.get(w.split()[-1], ())}
        like = (e for e in near.values() if any(same_person(name, other) for other in e.names))
        self._give(m, next(like, None) or self.inventory.new())

    def _short_name(self, m: Mention) -> None:
        """A name of one word: the person last called by a fuller name with it, or somebody new."""
        name = self._name(m)
        if m.entity >= 0:
            self.latest[m.entity] = m.first
            return
        if len(name.words) != 1:
            return
        entity = None
        if not self._no_person(m):
            owners = [*self.by_word.get(name.words[0], ())]
            for long in self.lex.nicknames.get(name.words[0], ()):
                owners.extend(self.by_word.get(long, ()))
            entity = self._owner(owners, name) or self._misspelt(m, name)
        if entity is None and self._kind(name) not in ("person", "unknown") and m.kind != "person":
            return
        self._give(m, entity or self.inventory.new())

    def _misspelt(self, m: Mention, name: PersonName) -> Entity | None:
        """'Water said' after 'Kathryn Waters': a speaker whose name is met once and is one letter off a surname."""
        word = name.words[0]
        if (
            m.head not in self.speaking
            or len(word) < 5
            or self.counts[name.words] > 1
            or word in self.lex.first_names
        ):
            return None
        for number in sorted(self.latest, key=lambda n: -self.latest[n])[:20]:
            entity = self.inventory.entities[number]
            if any(len(other.words) > 1 and _one_letter_off(word, other.surname) for other in entity.names):
                return entity
        return None

    def _no_person(self, m: Mention) -> bool:
        """Whether the words around a name of one word show that it is no person's here ('in Paris', 'the Hill')."""
        if m.title[0] < m.title[1] or not m.first:
            return False
        before = self.view.lower[m.first - 1]
        if before == "the":
            return True
        known = self.view.lower[m.head] in self.lex.places
        return m.kind == "place" and (before in _PLACED or (known and before in _LOCATIVES))

    def _owner(self, owners: Iterable[Entity], name: PersonName) -> Entity | None:
        """The person that a name of one word means: the best fit, the one last named, or the first one to come."""
        both = len(self.titled[name.words[0]]) > 1
        best: tuple[tuple[bool, int, int], Entity] | None = None
        for entity in owners:
            if name.gender and entity.gender != name.gender and (entity.gender or both):
                continue
            strength = max(link_strength(name, other) for other in entity.names)
            if not strength or (name.honorific == "miss" and strength == 3 and _miss_by_first_name(entity)):
                continue
            came = self.latest.get(entity.number, -1)
            rank = (came >= 0, strength, came if came >= 0 else -self.firsts.get(entity.number, 0))
            if best is None or rank > best[0]:
                best = (rank, entity)
        return best[1] if best else None

    def _bodies(self) -> None:
        """Bodies and places: one entity a name; a shorter name that ends or begins a longer one is the same body."""
        owners: dict[str, Entity] = {}
        longer: dict[str, list[tuple[Key, Entity]]] = defaultdict(list)
        for m in self.mentions:
            if m.entity >= 0:
                continue
            words = tuple(w for w in map(fold, self.view.words[m.first : m.last]) if w not in ("the", "-"))
            key = " ".join(words)
            if key in self.lex.places and key not in self.lex.seats:
                key = self.lex.nations.get(key, key)
            entity = owners.get(key)
            if entity is None and words:
                candidates = (c for edge in (words[-1], words[0]) for c in reversed(longer[edge][-20:]))
                entity = next((e for other, e in candidates if _shortened(words, other, self.lex)), None)
            entity = entity or self.inventory.new()
            owners.setdefault(key, entity)
            for edge in {*words[:1], *words[-1:]}:
                longer[edge].append((words, entity))
            m.entity = entity.number
            entity.forms[self.view.slice(m.first, m.last)] += 1

    def _bynames(self) -> None:
        """'Catherine of Aragon': the place belongs to a name of one word where the text says it more than once."""
        found: Counter[tuple[int, str]] = Counter()
        view = self.view
        for m in self.mentions:
            i = m.last
            if (
                m.last - m.first > 1
                or i + 1 >= len(view)
                or view.lower[i] != "of"
                or view.tags[i + 1] != "NNP"
            ):
                continue
            entity = self.inventory.entities[m.entity]
            if entity.names and max(len(name.words) for name in entity.names) <= 2:
                found[(m.entity, view.slice(m.first, i + 2))] += 1
        for (number, form), count in found.items():
            if count > 1:
                self.inventory.entities[number].forms[form] += count

    def _acronyms(self) -> None:
        """Joins 'Korean Central News Agency (KCNA)' and every other 'KCNA'.

        textacy finds acronyms too, but its function fails under NumPy 2 (release 0.13) and reads the whole document.
        """
        view, merged = self.view, dict[int, int]()
        for long, short in zip(self.mentions, self.mentions[1:], strict=False):
            opener = short.first - 1
            if (
                opener < 0
                or view.words[opener] != "("
                or not 0 <= opener - long.last <= 1
                or short.last - short.first != 1
            ):
                continue
            letters = [c for c in view.words[short.first] if c.isalpha()]
            initials = "".join(w[0] for w in view.words[long.first : long.last] if w[:1].isupper())
            loud = len(letters) > 1 and view.words[short.first].isupper()
            if (
                loud
                and letters[0] == initials[:1]
                and _within(letters, initials + view.slice(long.first, long.last).upper())
            ):
                merged[short.entity] = long.entity
        for m in self.mentions:
            target = merged.get(m.entity)
            if target is not None and target != m.entity:
                forms = self.inventory.entities[m.entity].forms
                self.inventory.entities[target].forms.update(forms)
                forms.clear()
                m.entity = target


def _pronouns_after(view: View, mentions: Sequence[Mention]) -> Iterator[tuple[Mention, str, float]]:
    """Names with the 'he' or 'she' that follows them before anybody else is named; subjects weigh more."""
    name: Mention | None = None
    for m in mentions:
        if view.quoted[m.head] >= 0:
            continue
        if m.form == "pronoun":
            if name is None or m.sign not in ("m", "f", "n"):
                continue
            if m.sign == "n":
                if (
                    m.noun == "its"
                    and name.kind in ("", "person")
                    and view.sents[m.head] == view.sents[name.head]
                    and view.deps[name.head] == "nsubj"
                ):
                    yield name, "n", 1.5
                continue
            if view.sents[m.head] - view.sents[name.head] <= 1 and view.deps[m.head] in ("nsubj", "poss", ""):
                subject = view.deps[name.head] == "nsubj"
                yield name, m.sign, 1.0 if subject else 0.4
            name = None
        elif m.form == "name":
            # A second person in the sentence leaves open whom the pronoun means.
            rival = (
                name is not None
                and view.sents[name.head] == view.sents[m.head]
                and view.deps[m.head] != "nsubj"
            )
            if not (rival and m.kind in ("place", "organization", "work")):
                name = None if rival else m
        elif m.kind == "person":
            name = None


def _miss_by_first_name(entity: Entity) -> bool:
    """Whether somebody is called 'Miss Jemima': then 'Miss Pinkerton' is her elder sister, by the old custom."""
    given = {other.given[0] for other in entity.names if other.given}
    return any(
        other.honorific == "miss" and other.words[:1] and other.words[0] in given for other in entity.names
    )


def _one_letter_off(a: str, b: str) -> bool:
    """Whether one letter added, left out or changed makes ``a`` of ``b``; the first letter stays.

    >>> _one_letter_off("water", "waters"), _one_letter_off("mauer", "maurer"), _one_letter_off("jones", "james")
    (True, True, False)
    """
    if a[:1] != b[:1] or abs(len(a) - len(b)) > 1 or a == b or len(b) < 5:
        return False
    k = next((i for i, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b)))
    return a[k + 1 :] == b[k + 1 :] or a[k:] == b[k + 1 :] or a[k + 1 :] == b[k:]


def _shortened(short: Key, long: Key, lex: Lexicon) -> bool:
    """Whether ``short`` is ``long`` with words left off: 'State Department', 'Church', 'Boeing'."""
    if len(short) >= len(long) or not short:
        return False
    if len(short) > 1:
        return long[-len(short) :] == short or long[: len(short)] == short
    return short[0] in lex.organizations and short[0] in (long[0], long[-1])


def _within(letters: Sequence[str], text: str) -> bool:
    """Whether the letters stand in ``text`` in their order."""
    rest = iter(text)
    return all(c in rest for c in letters)


def _named_bodies(inventory: Inventory) -> None:
    """'the Interfax news agency' is Interfax; without an article ('Yonhap news agency') the whole is its name."""
    view, lex = inventory.view, lexicon()
    for k, m in enumerate(inventory.mentions):
        if m.form != "nominal" or m.kind != "organization" or m.noun not in lex.namable or not k:
            continue
        name = inventory.mentions[k - 1]
        if name.form != "name" or not m.first <= name.first < name.last <= m.head or name.last < m.head - 2:
            continue
        entity = inventory.entities[name.entity]
        known = " ".join(fold(w) for w in view.words[name.first : name.last]) in lex.places
        if entity.kind not in ("organization", "unknown", "work") and (known or m.noun != "agency"):
            continue
        if view.tags[name.last] not in (
            "NN",
            "NNP",
        ):
            continue
        m.entity = entity.number
        entity.kinds["organization"] += 2
        if m.first == name.first:
            entity.forms[view.slice(name.first, m.last)] += 1
