"""Bodies and places: the full name, the shorter one, the acronym, and 'the Interfax news agency' are one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from itertools import pairwise

from quoteattr.speakers.entities import Entity, Inventory
from quoteattr.speakers.lexicon import Lexicon, lexicon
from quoteattr.speakers.mentions import Mention
from quoteattr.speakers.names import fold

__all__ = ["gather_bodies", "join_acronyms", "name_bodies"]

Key = tuple[str, ...]

_LATEST = 20  # longer names with one edge word that a shorter one is compared with


def gather_bodies(inventory: Inventory, named: Sequence[Mention]) -> None:
    """Gives every name without an owner one: a body or place of the same name or of a longer one."""
    lex, view = lexicon(), inventory.view
    owners: dict[str, Entity] = {}
    longer: dict[str, list[tuple[Key, Entity]]] = defaultdict(list)
    for m in named:
        if m.entity >= 0:
            continue
        words = tuple(w for w in map(fold, view.words[m.first : m.last]) if w not in ("the", "-"))
        key = " ".join(words)
        if key in lex.places and key not in lex.seats:
            key = lex.nations.get(key, key)
        entity = owners.get(key)
        if entity is None and words:
            article = m.first > 0 and view.lower[m.first - 1] == "the"
            known = (c for edge in (words[-1], words[0]) for c in reversed(longer[edge][-_LATEST:]))
            entity = next((e for other, e in known if _shortened(words, other, article, lex)), None)
        entity = entity or inventory.new()
        owners.setdefault(key, entity)
        for edge in {*words[:1], *words[-1:]}:
            longer[edge].append((words, entity))
        m.entity = entity.number
        entity.forms[view.slice(m.first, m.last)] += 1


def _shortened(short: Key, long: Key, article: bool, lex: Lexicon) -> bool:
    """Whether ``short`` is ``long`` with words left off: 'State Department', 'the Church', 'Boeing'."""
    if len(short) >= len(long):
        return False
    if long[-1] in lex.firm_suffixes and long[: len(short)] == short:
        return True
    if len(short) > 1:
        return long[-len(short) :] == short or long[: len(short)] == short
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
    for gone, kept in joined.items():
        inventory.merge(gone, kept)
    inventory.settle()


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
    initials = "".join(w[0] for w in view.words[long.first : long.last] if w[:1].isupper())
    rest = iter(initials + view.slice(long.first, long.last).upper())
    return (
        len(letters) > 1 and word.isupper() and letters[0] == initials[:1] and all(c in rest for c in letters)
    )


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
