"""Several who speak as one, 'Smith and Jones said', and one of two roles, 'lawyer and aide Ann Lee'."""

from __future__ import annotations

from collections.abc import Sequence

from quoteattr.speakers.entities import Inventory
from quoteattr.speakers.lexicon import lexicon
from quoteattr.speakers.mentions import Mention
from quoteattr.speakers.view import View

__all__ = ["coordinated", "holder_of_both"]

_TITLES = frozenset({"NNP", "NNPS", "NN", "NNS", "JJ", "POS", "HYPH", "VBG", "VBN", "DT", "PRP$", "CD"})
_ARTICLES = frozenset({"DT", "PRP$"})
_STEPS = 4  # up from a name to the one that it is joined to


def holder_of_both(view: View, chosen: Mention, inside: Sequence[Mention]) -> Mention:
    """The name behind two roles that the parser takes for two persons: 'former judge and mayor Ann Lee'.

    The first has no article; where it has an owner, the second is a bare word.
    """
    if chosen.form != "nominal" or chosen.kind != "person" or view.tags[chosen.head] != "NN":
        return chosen
    words = [view.tags[k] for k in range(chosen.first, chosen.head)]
    owned = "POS" in words or "PRP$" in words
    if (
        view.lower[chosen.last : chosen.last + 1] != ["and"]
        or chosen.noun in lexicon().bonds
        or ("DT" in words and not owned)
    ):
        return chosen
    named = next((m for m in inside if m.form == "name" and m.first > chosen.last), None)
    if named is None or named.kind not in ("person", ""):
        return chosen
    between = range(chosen.last + 1, named.first)
    role = view.lower[named.first - 1]
    plain = all(view.tags[k] in _TITLES - _ARTICLES for k in between[:-1])
    if not between or not plain or lexicon().person_noun(role) is None or role in lexicon().bonds:
        return chosen
    return chosen if owned and not all(view.words[k].islower() for k in between) else named


def coordinated(
    inventory: Inventory, chosen: Mention, inside: Sequence[Mention], first: int, last: int
) -> list[Mention]:
    """The mentions of a source that speak together with the chosen one; empty where it speaks alone."""
    view = inventory.view
    headline = _of_headline(inventory, inside, first, last)
    if headline:
        return headline
    opening = _opening(inventory, chosen, inside, first)
    group = [chosen] if opening is None else [opening, chosen]
    for m in inside:
        if m in group or not any(_is_joined(view, m, g) for g in group):
            continue
        if m.entity >= 0 and m.entity == chosen.entity:
            continue  # 'X, Chair and Chief Executive'
        # 'X, as well as Y' is said of X.
        if (
            view.lower[m.first - 3 : m.first] != ["as", "well", "as"]
            and "well" not in view.lower[group[-1].last : m.first]
        ):
            group.append(m)
    return group if len(group) > 1 else []


def _is_joined(view: View, m: Mention, other: Mention) -> bool:
    """Whether 'and' joins a mention to another one, or, as the parser has it, a name to what tells of that.

    'Ann Lee, head of the board, and | Bo Roe |' has 'Roe' beside 'head'.
    """
    if view.deps[m.head] != "conj":
        return False
    node = view.heads[m.head]
    if node == other.head:
        return True
    if m.form != "name" or m.kind != "person" or view.lower[m.start - 1] != "and":
        return False
    for _ in range(_STEPS):
        if view.deps[node] not in ("appos", "conj") or view.tags[node] != "NN":
            return False
        node = view.heads[node]
        if node == other.head:
            return other.form == "name"
    return False


def _opening(inventory: Inventory, chosen: Mention, inside: Sequence[Mention], first: int) -> Mention | None:
    """Who opens a source before 'and' and the whole title of the chosen one: 'Ann Lee | and Mayor Bo Roe'.

    The parser takes them for a part of the title. 'Hale and Sons spokesman Bo Roe' speaks alone: who opens
    is a pronoun, or somebody with more than a surname.
    """
    view, opening = inventory.view, inside[0]
    if chosen.form != "name" or opening is chosen or opening.start != first or opening.last >= chosen.first:
        return None
    between = range(opening.last + 1, chosen.first)
    if view.lower[opening.last] != "and" or not all(view.tags[k] in _TITLES for k in between):
        return None
    if opening.form == "pronoun":
        return opening
    return opening if opening.form == "name" and _is_person(inventory, opening) else None


def _of_headline(inventory: Inventory, inside: Sequence[Mention], first: int, last: int) -> list[Mention]:
    """The two persons whom a headline names with a comma for 'and': 'Lee, Roe Vow to Fight On'."""
    view = inventory.view
    if len(inside) != 2 or view.words[inside[0].last : inside[1].start] != [","]:
        return []
    if inside[0].start != first or inside[1].last != last or inside[0].entity == inside[1].entity:
        return []
    return list(inside) if all(_is_person(inventory, m) for m in inside) else []


def _is_person(inventory: Inventory, m: Mention) -> bool:
    """Whether a name is that of a person whom the document gives more than a surname."""
    if m.form != "name" or m.entity < 0:
        return False
    entity = inventory.entities[inventory.owner(m.entity)]
    return entity.kind == "person" and " " in (entity.name or "")
