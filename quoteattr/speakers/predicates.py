"""Roles from predicates: what the text says that somebody is whom a pronoun means, 'He was a nurse'."""

from __future__ import annotations

from quoteattr.speakers.entities import Inventory
from quoteattr.speakers.lexicon import lexicon
from quoteattr.speakers.mentions import Mention
from quoteattr.speakers.roles import role_at

__all__ = ["tell_predicate"]

_COPULAS = frozenset({"is", "was", "became", "remains", "'s", "’s"})


def tell_predicate(inventory: Inventory, m: Mention) -> None:
    """Gives whom the pronoun before a copula means the role that the noun phrase at ``m`` tells.

    A noun that says no more than a pronoun ('He was a man who …') tells none.
    """
    view, verb = inventory.view, inventory.view.heads[m.head]
    if m.kind != "person" or m.noun in lexicon().generic or view.deps[m.head] != "attr":
        return
    if view.lower[verb] not in _COPULAS:
        return
    beside, role = view.children(verb), role_at(view, m)
    if role is None or any(view.deps[c] == "neg" for c in beside):
        return
    for c in beside:
        subject = next((x for x in inventory.at(c, c + 1) if x.form == "pronoun"), None)
        if view.deps[c] != "nsubj" or subject is None or subject.sign not in ("m", "f") or subject.entity < 0:
            continue
        entity = inventory.entities[subject.entity]
        if all(not role.words <= other.words for other in entity.roles):
            entity.roles.append(role)
