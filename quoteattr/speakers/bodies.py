"""Bodies and places: the full name, the shorter one, the acronym, and 'the Interfax news agency' are one."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from itertools import pairwise

from quoteattr.speakers.entities import Entity, Inventory
from quoteattr.speakers.evidence import is_traded
from quoteattr.speakers.lexicon import Lexicon, lexicon
from quoteattr.speakers.mentions import Mention
from quoteattr.speakers.names import fold

__all__ = ["add_bynames", "gather_bodies", "join_acronyms", "join_appositions", "join_letters", "name_bodies"]

Key = tuple[str, ...]

_LATEST = 20  # longer names with one edge word that a shorter one is compared with


def gather_bodies(inventory: Inventory, named: Sequence[Mention]) -> None:
    """Gives every name without an owner one: a body or place of the same name or of a longer one.

    Names of several words come first, so that a headline's 'Kelmar' finds the 'Kelmar Foods' below.
    """
    bodies = _Bodies(inventory)
    words = {
        id(m): tuple(w for w in map(fold, inventory.view.words[m.first : m.last]) if w not in ("the", "-"))
        for m in named
        if m.entity < 0
    }
    for several in (True, False):
        for m in named:
            if m.entity < 0 and (len(words[id(m)]) > 1) == several:
                bodies.place(m, words[id(m)])


class _Bodies:
    """The bodies and places met so far, by name and by the first and last word of it."""

    def __init__(self, inventory: Inventory) -> None:
        self.inventory = inventory
        self.view = inventory.view
        self.lex = lexicon()
        self.owners: dict[str, Entity] = {}
        self.longer: dict[str, list[tuple[int, Key, Entity]]] = defaultdict(list)
        self.small = {fold(word) for word in self.view.plain if word.islower()}

    def place(self, m: Mention, words: Key) -> None:
        """Gives one mention its owner."""
        lex = self.lex
        key = " ".join(words)
        if key in lex.places and key not in lex.seats:
            key = lex.nations.get(key, key)
        entity = self.owners.get(key) or self._fuller(m, words) or self.inventory.new()
        self.owners.setdefault(key, entity)
        for edge in {*words[:1], *words[-1:]}:
            self.longer[edge].append((m.first, words, entity))
        m.entity = entity.number
        entity.forms[self.view.slice(m.first, m.last)] += 1

    def _fuller(self, m: Mention, words: Key) -> Entity | None:
        """The owner of a longer name with the same edge: the last before the mention, or else the next."""
        if not words:
            return None
        article = m.first > 0 and self.view.lower[m.first - 1] == "the"
        brand = (
            (m.kind != "place" or is_traded(self.view, m))
            and words[0] not in self.lex.nations
            and words[0] not in self.small
        )
        known = [*self.longer[words[-1]], *self.longer[words[0]]]
        near = sorted(known, key=lambda one: (one[0] > m.first, abs(one[0] - m.first)))[: 2 * _LATEST]
        return next((e for _, other, e in near if _shortened(words, other, article, brand, self.lex)), None)


def _shortened(short: Key, long: Key, article: bool, brand: bool, lex: Lexicon) -> bool:
    """Whether ``short`` is ``long`` with words left off: 'State Department', 'the Church', 'Boeing'.

    ``brand`` says that the short one is no place and no ordinary word: 'Kelmar' may be 'Kelmar Foods'.
    """
    if len(short) >= len(long):
        return False
    if long[-1] in lex.firm_suffixes and long[: len(short)] == short:
        return True
    if len(short) > 1:
        return long[-len(short) :] == short or long[: len(short)] == short
    if brand and "&" in long and long[0] == short[0]:
        return True
    if brand and len(long) == 2 and long[0] == short[0]:
        return long[1] not in lex.organizations and long[1] not in lex.sites
    return short[0] in (long[0], long[-1]) and (
        short[0] in lex.organizations or (article and short[0] == long[-1])
    )


def join_acronyms(inventory: Inventory, named: Sequence[Mention]) -> None:
    """Joins 'Korean Central News Agency (KCNA)' and every other 'KCNA'.

    textacy finds acronyms too, but its function fails under NumPy 2 (release 0.13.0 uses ``np.NaN``).
    """
    joined: dict[int, int] = {}
    for long, short in pairwise(named):
        if _defines(inventory, long, short) and short.entity != long.entity:
            joined[short.entity] = long.entity
    joined = {**_by_initials(inventory, named), **joined}
    for gone, kept in joined.items():
        inventory.merge(gone, kept)
    inventory.settle()


def _by_initials(inventory: Inventory, named: Sequence[Mention]) -> dict[int, int]:
    """Whose name some letters, two at the least, are the initials of: 'IMF', 'EU', if it is one body's."""
    bearers: dict[str, set[int]] = defaultdict(set)
    letters: dict[int, str] = {}
    for m in named:
        words = inventory.view.words[m.first : m.last]
        if inventory.entities[m.entity].names:
            continue
        if len(words) > 1:
            bearers[_initials(words)].add(m.entity)
        elif words[0].isupper() and not _is_other(words[0].lower()):
            letters[m.entity] = words[0].replace(".", "")
    return {
        short: next(iter(bearers[word]))
        for short, word in letters.items()
        if len(word) > 1 and len(bearers.get(word, ())) == 1 and short not in bearers[word]
    }


def _is_other(letters: str) -> bool:
    """Whether some letters are no body's by themselves: a nation's, or, of two, a state's or a title."""
    lex = lexicon()
    if letters in lex.nations or len(letters) > 2:
        return letters in lex.nations
    return any(letters in words for words in (lex.states, lex.titles, lex.persons, lex.letters, lex.ranks))


def _defines(inventory: Inventory, long: Mention, short: Mention) -> bool:
    """Whether ``short`` is an acronym in parentheses right after ``long``, and stands for it."""
    view = inventory.view
    word, opener = view.words[short.first], short.first - 1
    if (
        short.last - short.first != 1
        or opener < 0
        or view.words[opener] != "("
        or not 0 <= opener - long.last <= 1
    ):
        return False
    letters = [c for c in word if c.isalpha()]
    initials = _initials(view.words[long.first : long.last])
    rest = iter(initials + view.slice(long.first, long.last).upper())
    return (
        len(letters) > 1 and word.isupper() and letters[0] == initials[:1] and all(c in rest for c in letters)
    )


def _initials(words: Sequence[str]) -> str:
    """The first letters of the words in capitals."""
    return "".join(word[0] for word in words if word[0].isupper())


def join_letters(inventory: Inventory, named: Sequence[Mention]) -> None:
    """'the CM' is Chief Minister X: letters that are the initials of one person's role."""
    bearers: dict[str, set[int]] = defaultdict(set)
    for entity in inventory.entities:
        for role in entity.roles if entity.names else ():
            bearers[_initials(role.text.split())].add(entity.number)
            last = role.text.split()[-1]
            if last.isupper():
                bearers[last].add(entity.number)  # 'the CEC', of Environment CEC X
    nations = lexicon().nations
    for m in named:
        word = inventory.view.words[m.head]
        owners = bearers.get(word, ()) if m.last - m.first == 1 and len(word) > 1 else ()
        old = inventory.entities[m.entity]
        alone = not old.names and set(old.forms) <= {word} and word.lower() not in nations
        if alone and len(owners) == 1:
            m.entity = next(iter(owners))
            inventory.entities[m.entity].forms[word] += 1
            old.forms.clear()


def join_appositions(inventory: Inventory) -> None:
    """'the operator, Skerry Lines' and 'Skerry Lines, the operator': the noun has the owner of the name."""
    view = inventory.view
    for one, other in pairwise(inventory.mentions):
        name, noun = (one, other) if one.form == "name" else (other, one)
        if name.form != "name" or noun.form != "nominal" or noun.kind != "organization" or noun.sign == "p":
            continue
        entity = inventory.entities[name.entity]
        between = view.words[one.last : other.first]
        said = view.words[other.last : other.last + 1]
        put = view.deps[other.head] == "appos" and view.heads[other.head] == one.head
        # 'In the gallery, X, …': where something is does not name it.
        beside = between == [","] and said == [","] and view.deps[one.head] != "pobj"
        if entity.kind not in ("person", "group") and (put or beside):
            noun.entity = entity.number
            entity.kinds["organization"] += 1
            entity.nouns.add(noun.noun)


def name_bodies(inventory: Inventory) -> None:
    """'the Interfax news agency' is Interfax; without article ('Yonhap news agency') all is the name."""
    view, lex = inventory.view, lexicon()
    for name, m in pairwise(inventory.mentions):
        if (
            m.form != "nominal"
            or m.kind != "organization"
            or m.noun not in lex.namable
            or name.form != "name"
        ):
            continue
        if not m.first <= name.first < name.last <= m.head or m.head - name.last > 2:
            continue
        entity = inventory.entities[name.entity]
        # 'the Boston newspaper' has no name; an agency labelled as a place that no table knows has.
        known = " ".join(fold(w) for w in view.words[name.first : name.last]) in lex.places
        if entity.kind in ("person", "place", "group") and (known or m.noun != "agency"):
            continue
        if view.tags[name.last] in ("NN", "NNP"):
            m.entity = entity.number
            entity.kinds["organization"] += 2
            if m.first == name.first:
                entity.forms[view.slice(name.first, m.last)] += 1


def add_bynames(inventory: Inventory, named: list[Mention]) -> None:
    """'Catherine of Aragon': the place belongs to a name of one word where the text repeats it.

    A body is never called otherwise then: 'the March of Dimes'.
    """
    view = inventory.view
    found: Counter[tuple[int, str]] = Counter()
    for m in named:
        i = m.last
        if (
            m.last - m.first > 1
            or i + 1 >= len(view)
            or view.lower[i] != "of"
            or view.tags[i + 1] not in ("NNP", "NNPS")
        ):
            continue
        names = inventory.entities[m.entity].names
        called = max((len(name.words) for name in names), default=0)
        if called <= 2 and (names or view.lower[m.first - 1 : m.first] == ["the"]):
            found[(m.entity, view.slice(m.first, i + 2))] += 1
    for (number, form), count in found.items():
        entity = inventory.entities[number]
        if count > 1 and (entity.names or count == entity.forms.total()):
            entity.forms[form] += count
