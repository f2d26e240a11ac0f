"""Roles from predicates: what the text says that somebody is whom a pronoun means, 'He was a nurse'."""

from __future__ import annotations

from quoteattr.speakers.entities import Inventory, agree
from quoteattr.speakers.lexicon import lexicon
from quoteattr.speakers.mentions import Mention
from quoteattr.speakers.roles import role_at
from quoteattr.speakers.view import View

__all__ = ["is_fronted", "tell_fronted", "tell_name", "tell_predicate"]

_COPULAS = frozenset({"is", "was", "became", "remains", "'s", "’s"})
_SUBJECTS = frozenset({"he", "she"})
_PHRASE = frozenset({"IN", "DT", "JJ", "NN", "NNS", "NNP", "NNPS", "CC", "CD", "POS", "PRP$", "HYPH"})
_BACK = 3  # mentions before a pronoun among which the phrase is
_LONGEST = 15  # tokens of a phrase behind its noun


def tell_predicate(inventory: Inventory, m: Mention) -> None:
    """Gives whom the pronoun before a copula means the role that the noun phrase at ``m`` tells.

    A noun that says no more than a pronoun ('He was a man who …') tells none.
    """
    role = role_at(inventory.view, m)
    if m.kind != "person" or m.noun in lexicon().generic or role is None:
        return
    for subject in _before_copula(inventory, m):
        inventory.entities[subject.entity].learn(role)


def tell_name(inventory: Inventory, m: Mention) -> None:
    """'The man was Keith Storr', 'He was a small man called Dr. Szabo': who has no name is who is named."""
    for subject in _before_copula(inventory, m, names=True):
        entity, named = inventory.entities[subject.entity], inventory.entities[m.entity]
        if named.forms and not entity.forms and agree(named.gender, subject.sign):
            inventory.merge(entity.number, named.number)
            inventory.settle()


def _before_copula(inventory: Inventory, m: Mention, names: bool = False) -> list[Mention]:
    """'He' before 'was' and a predicate at ``m``, without a negation; already resolved.

    Before a name also 'the man who found him', if the name is all of the predicate.
    """
    view, verb = inventory.view, inventory.view.heads[m.head]
    if view.deps[m.head] != "attr" or view.lower[verb] not in _COPULAS:
        return []
    beside = view.children(verb)
    if any(view.deps[c] == "neg" for c in beside):
        return []
    subjects = [x for c in beside if view.deps[c] == "nsubj" for x in inventory.at(c, c + 1)]
    pronouns = [x for x in subjects if x.form == "pronoun" and x.sign in ("m", "f")]
    nouns = [x for x in subjects if x.form == "nominal" and x.kind == "person"] if m.form == "name" else []
    return [x for x in (*pronouns, *(nouns if names else ())) if x.entity >= 0]


def is_fronted(view: View, m: Mention) -> bool:
    """'Born in Leeds, the daughter of a tanner, she …': whether a phrase tells of the pronoun behind it."""
    opens = view.opens_sentence(m.first) or view.words[m.first - 1] == ","
    return opens and m.form == "nominal" and view.lower[_behind(view, m)] in _SUBJECTS


def tell_fronted(inventory: Inventory, k: int) -> None:
    """Gives whom the pronoun at mention ``k`` means the role that the phrase before it tells."""
    view, pronoun = inventory.view, inventory.mentions[k]
    for m in reversed(inventory.mentions[max(0, k - _BACK) : k]):
        if m.kind == "person" and m.entity < 0 and _behind(view, m) == pronoun.head and is_fronted(view, m):
            role = role_at(view, m, pronoun.head - 1)
            if role is not None:
                inventory.entities[pronoun.entity].learn(role)


def _behind(view: View, m: Mention) -> int:
    """The token behind the comma that ends the phrase of a noun; the noun itself where none does."""
    k, size = m.last, len(view)
    while k < min(size, m.last + _LONGEST) and view.tags[k] in _PHRASE:
        k += 1
    ends = k + 1 < size and view.words[k] == "," and view.sents[k + 1] == view.sents[m.head]
    return k + 1 if ends else m.head
