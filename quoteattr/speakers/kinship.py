"""Names for 'her father' and 'his wife': by whom somebody calls 'papa', by the surname of a couple."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

from quoteattr.speakers.entities import Entity, Inventory, agree
from quoteattr.speakers.lexicon import lexicon
from quoteattr.speakers.nameless import Nameless
from quoteattr.speakers.names import PersonName
from quoteattr.speakers.turns import Turn, partners
from quoteattr.speakers.vocatives import stands_alone

__all__ = ["name_by_kin"]

_OTHER = {"m": "f", "f": "m"}
_WIVES = frozenset({"mrs", "mme", "madame", "lady", "frau", "señora", "signora"})
_ROUNDS = 2  # 'her husband' may be of 'her mother'

Parents = Mapping[tuple[int, str], int]


def name_by_kin(inventory: Inventory, talks: Sequence[Sequence[Turn]], nameless: Nameless) -> bool:
    """Gives relatives without a name that of whoever can only be meant.

    'Her father' is he whom she calls 'papa' and who speaks before or after; 'his wife' is Mrs. Lee, if he is
    Lee; 'her mother' is the wife of such a father.

    Returns:
        Whether anybody was named.
    """
    bonds = lexicon().bonds
    sought = [
        (noun, whose, number)
        for (noun, several, whose), number in nameless.known.items()
        if bonds.get(noun) in ("parent", "spouse") and not several and whose >= 0
    ]
    if not sought:
        return False
    parents, named = _parents(inventory, talks), False
    for _ in range(_ROUNDS):
        for noun, whose, number in sought:
            one, owner = inventory.entities[inventory.owner(number)], inventory.owner(whose)
            if one.forms or one.gender not in _OTHER:
                continue
            if bonds[noun] == "spouse":
                kin = _spouse(inventory, inventory.entities[owner], one.gender)
            else:
                kin = _parent(inventory, parents, owner, one.gender)
            if kin not in (-1, owner, one.number):
                inventory.merge(one.number, kin)
                named = True
        inventory.settle()
    return named


def _parents(inventory: Inventory, talks: Sequence[Sequence[Turn]]) -> Parents:
    """Whom each speaker calls 'papa' or 'mother', by the speaker and the gender of the word."""
    votes: dict[tuple[int, str], Counter[int]] = defaultdict(Counter)
    for talk in talks:
        for k, turn in enumerate(talk):
            sign = _calls_parent(inventory, turn)
            if not sign or turn.entity < 0:
                continue
            for number in partners(talk, k):
                other = inventory.entities[inventory.owner(number)]
                if other.forms and other.kind == "person" and agree(other.gender, sign):
                    votes[turn.entity, sign][other.number] += 1
    found = {}
    for called, count in votes.items():
        (first, most), *rest = count.most_common(2)
        if not rest or rest[0][1] < most:
            found[called] = first
    return found


def _calls_parent(inventory: Inventory, turn: Turn) -> str:
    """The gender of the parent whom a speech calls: 'Oh, papa!'; '' without one."""
    view, lex = inventory.view, lexicon()
    for k in range(turn.first, turn.last):
        word = view.lower[k]
        if lex.bonds.get(word) == "parent":
            first = k - 1 if k and view.lower[k - 1] in lex.epithets else k
            first -= first < k and view.lower[first - 1] == "my"
            sign = lex.familiar.get(word) or lex.persons.get(word) or ""
            if sign and stands_alone(view, first, k + 1):
                return sign
    return ""


def _parent(inventory: Inventory, parents: Parents, owner: int, sign: str) -> int:
    """Somebody's father or mother, by call or as the husband or wife of the other; -1 for nobody."""
    if (owner, sign) in parents:
        return parents[owner, sign]
    other = parents.get((owner, _OTHER[sign]), -1)
    return _spouse(inventory, inventory.entities[other], sign) if other >= 0 else -1


def _spouse(inventory: Inventory, owner: Entity, sign: str) -> int:
    """The one Mrs. Lee of Mr. Lee or of Lee, or the one Mr. Lee of Mrs. Lee; -1 for none or several."""
    surnames = {name.surname for name in owner.names}
    found = {
        entity.number
        for entity in inventory.entities
        if entity.forms
        and entity is not owner
        and inventory.owner(entity.number) == entity.number
        and agree(entity.gender, sign)
        and any(name.surname in surnames and _is_married(entity, name, sign) for name in entity.names)
    }
    return found.pop() if len(found) == 1 else -1


def _is_married(entity: Entity, name: PersonName, sign: str) -> bool:
    """Whether somebody of such a name may be a wife, or a husband: no Miss Lee."""
    return entity.gender == "m" or name.gender == "m" if sign == "m" else name.honorific in _WIVES
