"""Binding: whom a pronoun cannot mean by the grammar of its sentence, not Bob in 'Bob told him'."""

from __future__ import annotations

from collections.abc import Sequence

from quoteattr.speakers.entities import Inventory
from quoteattr.speakers.mentions import Mention, is_thought_of
from quoteattr.speakers.view import View

__all__ = ["excluded"]

_OBJECTS = frozenset({"dobj", "dative", "pobj"})
_OWN = frozenset({"nsubj", "nsubjpass", "aux", "auxpass"})  # of a clause that is no participle
_OF_ONESELF = frozenset({"according", "for", "as", "like", "of"})  # 'For Lee, he said, …'
_BACK = 25  # tokens before a mention in which those stand whom it cannot mean


def excluded(inventory: Inventory, m: Mention) -> list[int]:
    """The entities that a pronoun cannot mean by the grammar of its sentence."""
    view = inventory.view
    asking = _asking(inventory, m)
    if asking:
        return asking
    raised = is_thought_of(view, m)
    if view.deps[m.head] == "nsubj":
        return [x.entity for x in _just_before(inventory, m) if _fronted(view, x, m)]
    if not (raised or view.deps[m.head] in _OBJECTS) or m.noun.endswith(("self", "selves")):
        return []
    head = view.heads[m.head]
    if raised or view.deps[m.head] == "pobj":
        head = view.heads[head]
    if view.deps[head] == "advcl" and view.tags[head] == "VBG":
        head = view.heads[head]  # 'He paused, looking at him'
    subjects = {c for c in view.children(head) if view.deps[c] == "nsubj"}
    if view.deps[head] == "relcl" and any(view.lower[c] == "who" for c in subjects):
        subjects.add(view.heads[head])  # 'Lee, who met her, said'
    return [x.entity for x in _just_before(inventory, m) if x.head in subjects]


def _asking(inventory: Inventory, m: Mention) -> list[int]:
    """Who is named in 'Asked by Lee if Ray was ill, he …': somebody else than who answers."""
    view = inventory.view
    if view.deps[m.head] != "nsubj":
        return []
    verb = view.heads[m.head]
    parted = (
        k for k in view.children(verb) if view.deps[k] == "advcl" and view.tags[k] == "VBN" and k < verb
    )
    asked = [k for k in parted if all(view.deps[c] not in _OWN for c in view.children(k))]
    if not asked:
        return []
    named = _just_before(inventory, m)
    return [x.entity for x in named if x.form == "name" and _is_below(view, x.head, asked)]


def _is_below(view: View, token: int, heads: Sequence[int]) -> bool:
    """Whether a token hangs on one of some heads, but not as the owner of something."""
    while view.heads[token] != token and view.deps[token] != "poss":
        token = view.heads[token]
        if token in heads:
            return True
    return False


def _just_before(inventory: Inventory, m: Mention) -> list[Mention]:
    """The mentions a few words before one."""
    return inventory.at(max(0, m.first - _BACK), m.first)


def _fronted(view: View, other: Mention, m: Mention) -> bool:
    """Whether a mention stands in a phrase before the subject of its clause: 'Before | Ann | she stopped'."""
    if view.deps[other.head] != "pobj":
        return False
    joint = view.heads[other.head]
    noun = view.heads[joint]
    if view.lower[joint] == "of" and view.deps[noun] == "pobj" and not view.children(noun)[1:]:
        joint = view.heads[noun]  # 'In front of Ann she stopped'
    return (
        view.deps[joint] == "prep"
        and view.heads[joint] == view.heads[m.head]
        and view.lower[joint] not in _OF_ONESELF
    )
