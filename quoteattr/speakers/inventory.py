"""The inventory of a document: everybody and everything that can speak, each name with its owner."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Sequence

from attrs import define, field

from quoteattr.objects import SpeakerKind
from quoteattr.speakers.lexicon import Lexicon, lexicon
from quoteattr.speakers.mentions import Mention
from quoteattr.speakers.names import PersonName, fold, link_strength, parse, same_person
from quoteattr.speakers.view import View

__all__ = ["Entity", "Inventory", "Role", "take_inventory"]


@define
class Role:
    """What somebody is, as the text gives it.

    Attributes:
        text: the words without article and name ('Russian Prime Minister').
        nouns: its head nouns, singular ('minister', 'prime-minister').
        words: all its words in lower case, countries by their ordinary name.
        token: where it stands.
    """

    text: str
    nouns: frozenset[str]
    words: frozenset[str]
    token: int


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
    """

    number: int
    forms: Counter[str] = field(factory=Counter)
    names: list[PersonName] = field(factory=list)
    kinds: Counter[str] = field(factory=Counter)
    genders: Counter[str] = field(factory=Counter)
    roles: list[Role] = field(factory=list)
    ages: set[str] = field(factory=set)
    pronouns: list[str] = field(factory=list)
    noun: str = ""
    affiliation: str | None = None

    @property
    def kind(self) -> SpeakerKind:
        """The kind with most votes."""
        best = self.kinds.most_common(1)
        return best[0][0] if best and best[0][1] > 0 else "unknown"  # type: ignore[return-value]

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
        """The first role that says more than a bare title, or else the first."""
        if not self.roles:
            return None
        return next((r.text for r in self.roles if " " in r.text), self.roles[0].text)


def _fullness(form: str, count: int) -> tuple[bool, int, int, int]:
    """Ranks forms of one name: not all capitals, most whole words, most words, most often used."""
    words = [w for w in form.replace("-", " ").split() if w[:1].isalpha()]
    bare = [w for w in words if fold(w) not in lexicon().honorifics]
    loud = form.isupper() and len(bare) > 1
    return (not loud, sum(len(fold(w)) > 1 for w in bare), len(words), count)


@define
class Inventory:
    """The entities of a document and the mentions in order.

    Attributes:
        view: the document.
        mentions: every mention in order of its first token.
        entities: every entity, by number.
    """

    view: View
    mentions: list[Mention]
    entities: list[Entity] = field(factory=list)
    _nations: dict[str, set[int]] | None = field(default=None, repr=False)
    _sentences: dict[int, set[int]] = field(factory=dict, repr=False)

    def sentences_with(self, nations: Iterable[str]) -> set[int]:
        """The sentences that speak of one of these countries, by name, adjective or capital."""
        if self._nations is None:
            self._nations = {}
            table = lexicon().nations
            for i, word in enumerate(self.view.lower):
                country = table.get(word)
                if country:
                    self._nations.setdefault(country, set()).add(self.view.sents[i])
        return {sent for nation in nations for sent in self._nations.get(nation, ())}

    def sentences_of(self, number: int) -> set[int]:
        """The sentences that name entity ``number``."""
        if not self._sentences:
            for m in self.mentions:
                if m.entity >= 0 and m.form == "name":
                    self._sentences.setdefault(m.entity, set()).add(self.view.sents[m.head])
        return self._sentences.get(number, set())

    def new(self) -> Entity:
        """A fresh entity."""
        entity = Entity(len(self.entities))
        self.entities.append(entity)
        return entity

    def at(self, first: int, last: int) -> list[Mention]:
        """The mentions whose heads are among the tokens ``first`` to ``last`` (exclusive)."""
        begin = bisect_left(self.mentions, first, key=lambda m: m.head)
        end = bisect_left(self.mentions, last, lo=begin, key=lambda m: m.head)
        return self.mentions[begin:end]


def take_inventory(view: View, mentions: list[Mention], speaking: frozenset[int]) -> Inventory:
    """Gives every name its owner.

    Args:
        view: the document.
        mentions: its mentions.
        speaking: tokens inside the sources of attributions; a name there is likely one who can speak.
    """
    lex = lexicon()
    inventory = Inventory(view, mentions)
    named = [m for m in mentions if m.form == "name"]
    keys = {id(m): parse(view.words[m.first : m.last]) for m in named}
    votes: dict[tuple[str, ...], Counter[str]] = {}
    for m in named:
        _vote(votes.setdefault(keys[id(m)].words, Counter()), view, m, keys[id(m)], m.head in speaking, lex)
    kinds = {
        key: (c.most_common(1)[0][0] if c and c.most_common(1)[0][1] > 0 else "unknown")
        for key, c in votes.items()
    }
    _persons(inventory, named, keys, kinds, speaking)
    _bodies(inventory, named, keys, kinds, lex)
    _acronyms(inventory, named)
    for m in named:
        entity = inventory.entities[m.entity]
        entity.kinds[kinds[keys[id(m)].words]] += 1
        if m.kind == "person":
            entity.kinds["person"] += 1
    return inventory


def _vote(count: Counter[str], view: View, m: Mention, name: PersonName, speaks: bool, lex: Lexicon) -> None:
    """What one mention says about the kind of its name."""
    if m.kind:
        count[m.kind] += 1
    titled = m.title[0] < m.title[1]
    if titled:
        count["person"] += 3
    if len(name.words) > 1 and name.words[0] in lex.first_names:
        count["person"] += 2
    elif len(name.words) == 1 and name.words[0] in lex.first_names:
        count["person"] += 1
    if " ".join(name.words) in lex.places:
        count["place"] += 2
    last = view.lower[m.last - 1]
    first = view.lower[m.first]
    if not titled and (last in lex.organizations or (first in lex.organizations and m.last - m.first > 1)):
        count["organization"] += 2
    if not m.kind and speaks:
        count["person"] += 1


def _form(view: View, m: Mention, name: PersonName) -> str:
    """The form of a name as listed: with its honorific only where it is a single word."""
    lex = lexicon()
    first = m.first
    if len(name.words) == 1 and m.title[0] < m.title[1]:
        word = view.lower[m.title[1] - 1]
        if word in lex.honorifics or word in lex.familiar:
            first = m.title[1] - 1
    return view.slice(first, m.last)


def _add(inventory: Inventory, m: Mention, entity: Entity, name: PersonName) -> None:
    m.entity = entity.number
    entity.forms[_form(inventory.view, m, name)] += 1
    if name not in entity.names:
        entity.names.append(name)
    if m.sign in ("m", "f"):
        entity.genders[m.sign] += 3
    given = lexicon().first_names.get(name.words[0] if name.words else "", "")
    if (
        given
        and (name.given or len(name.words) == 1)
        and name.surname != name.words[0]
        or (given and len(name.words) == 1)
    ):
        entity.genders[given] += 1 if len(name.words) > 1 else 0.5  # type: ignore[assignment]


def _persons(
    inventory: Inventory,
    named: Sequence[Mention],
    keys: dict[int, PersonName],
    kinds: dict[tuple[str, ...], str],
    speaking: frozenset[int],
) -> None:
    """Full names first, then the names of one word by the full name last used before them."""
    lex = lexicon()
    by_word: dict[str, list[Entity]] = {}
    for m in named:
        name = keys[id(m)]
        if len(name.words) < 2 or (kinds[name.words] not in ("person", "unknown")):
            continue
        near = {e.number: e for w in name.words for e in by_word.get(w.split()[-1], ())}
        entity = next((e for e in near.values() if any(same_person(name, other) for other in e.names)), None)
        if entity is None:
            entity = inventory.new()
        _add(inventory, m, entity, name)
        for w in {*name.words, name.nickname, *(x.split()[-1] for x in name.words)} - {""}:
            owners = by_word.setdefault(w, [])
            if entity not in owners:
                owners.append(entity)
    latest: dict[int, int] = {}
    upcoming = sorted((m for m in named), key=lambda m: m.first)
    firsts: dict[int, int] = {}
    for m in upcoming:
        if m.entity >= 0:
            firsts.setdefault(m.entity, m.first)
    for m in upcoming:
        name = keys[id(m)]
        if m.entity >= 0:
            latest[m.entity] = m.first
            continue
        if len(name.words) != 1:
            continue
        word = name.words[0]
        kind = kinds[name.words]
        place = word in lex.places and m.kind == "place" and m.head not in speaking
        if place or (kind in ("organization", "work", "group") and m.title[0] == m.title[1]):
            owners: list[Entity] = []
        else:
            owners = list(by_word.get(word, ()))
            for long in lex.nicknames.get(word, ()):
                owners.extend(by_word.get(long, ()))
        entity = _owner(owners, name, latest, firsts)
        if entity is None:
            if kind not in ("person", "unknown"):
                continue
            entity = inventory.new()
            by_word.setdefault(word, []).append(entity)
        _add(inventory, m, entity, name)
        latest[entity.number] = m.first
        firsts.setdefault(entity.number, m.first)


def _owner(
    owners: Iterable[Entity], name: PersonName, latest: dict[int, int], firsts: dict[int, int]
) -> Entity | None:
    """The person that a name of one word means: the best fit, the one last named, or the first one to come."""
    best: tuple[tuple[bool, int, int], Entity] | None = None
    for entity in owners:
        if (
            name.gender
            and entity.gender
            and name.gender != entity.gender
            and entity.genders[entity.gender] > 1
        ):
            continue
        strength = max(
            (link_strength(name, other) if len(other.words) > 1 else 3 * (other.words == name.words))
            for other in entity.names
        )
        if name.gender and any(o.gender and o.gender != name.gender for o in entity.names):
            continue
        if not strength:
            continue
        seen = latest.get(entity.number, -1)
        rank = (
            seen >= 0,
            strength if seen >= 0 else strength,
            seen if seen >= 0 else -firsts.get(entity.number, 0),
        )
        if best is None or rank > best[0]:
            best = (rank, entity)
    return best[1] if best else None


def _bodies(
    inventory: Inventory,
    named: Sequence[Mention],
    keys: dict[int, PersonName],
    kinds: dict[tuple[str, ...], str],
    lex: Lexicon,
) -> None:
    """Bodies and places: one entity a name; a shorter name that ends or begins a longer one is the same body."""
    owners: dict[str, Entity] = {}
    longer: dict[str, list[tuple[tuple[str, ...], Entity]]] = {}
    for m in named:
        if m.entity >= 0:
            continue
        words = tuple(
            w for w in (fold(x) for x in inventory.view.words[m.first : m.last]) if w not in ("the", "-")
        )
        key = " ".join(words)
        if kinds[keys[id(m)].words] == "place":
            key = lex.nations.get(key, key) if key in lex.places and _is_country(key, lex) else key
        entity = owners.get(key)
        if entity is None:
            for edge in (words[-1], words[0]) if words else ():
                for other, candidate in reversed(longer.get(edge, [])):
                    if _shortened(words, other, lex):
                        entity = candidate
                        break
                if entity is not None:
                    break
        if entity is None:
            entity = inventory.new()
        owners.setdefault(key, entity)
        if words:
            for edge in {words[0], words[-1]}:
                longer.setdefault(edge, []).append((words, entity))
        m.entity = entity.number
        entity.forms[inventory.view.slice(m.first, m.last)] += 1


def _is_country(key: str, lex: Lexicon) -> bool:
    """Whether a place's name is a country's and not that of its capital."""
    country = lex.nations.get(key, "")
    return bool(country) and (key == country or key not in lex.seats)


def _shortened(short: tuple[str, ...], long: tuple[str, ...], lex: Lexicon) -> bool:
    """Whether ``short`` is ``long`` with words left off: 'State Department', 'Church', 'Boeing'."""
    if len(short) >= len(long) or not short:
        return False
    if len(short) > 1:
        return long[-len(short) :] == short or long[: len(short)] == short
    return short[0] in lex.organizations and short[0] in (long[0], long[-1])


def _acronyms(inventory: Inventory, named: Sequence[Mention]) -> None:
    """Joins 'Korean Central News Agency (KCNA)' and every other 'KCNA'.

    textacy finds acronyms too, but its function fails under NumPy 2 (release 0.13) and reads the whole document.
    """
    view = inventory.view
    merged: dict[int, int] = {}
    for long, short in zip(named, named[1:], strict=False):
        opener = short.first - 1
        if view.words[opener] != "(" or not 0 <= opener - long.last <= 1 or short.last - short.first != 1:
            continue
        letters = [c for c in view.words[short.first] if c.isalpha()]
        if len(letters) < 2 or not view.words[short.first].isupper():
            continue
        initials = "".join(w[0] for w in view.words[long.first : long.last] if w[:1].isupper())
        if (
            _within(letters, initials + view.slice(long.first, long.last).upper())
            and letters[0] == initials[:1]
        ):
            merged[short.entity] = long.entity
    for m in named:
        target = merged.get(m.entity)
        if target is not None and target != m.entity:
            forms = inventory.entities[m.entity].forms
            inventory.entities[target].forms.update(forms)
            forms.clear()
            m.entity = target


def _within(letters: Sequence[str], text: str) -> bool:
    rest = iter(text)
    return all(c in rest for c in letters)
