"""Who is told, where a verb of telling has a message behind them, so that they are no part of it."""

from __future__ import annotations

from quoteattr.attribution.kinds import kind_of_noun
from quoteattr.attribution.listening import addressing
from quoteattr.attribution.scene import Scene

__all__ = ["is_message", "told"]

# Who can be told something.
_LISTENERS = frozenset(
    {"PROPN", "PERSON", "ORG", "NORP", "GPE", "person", "group", "body"}
    | {"me", "you", "him", "her", "us", "them", "everyone", "everybody", "people", "public"}
)


def told(scene: Scene, cue: int) -> int | None:
    """The object of a verb of telling that names who was told: 'urged | the public | to boil their water'."""
    tree = scene.tree
    if tree.lemmas[cue] not in addressing()["object"]:
        return None
    listener = tree.child(cue, "dobj", "dative")
    if listener is None or listener < cue or tree.child(cue, "nsubjpass") is not None:
        return None
    if not any(is_message(scene, child) for child in tree.children[cue]):
        return None
    kinds = (kind_of_noun(scene, listener), tree.lower[listener])
    return None if _LISTENERS.isdisjoint(kinds) else listener


def is_message(scene: Scene, i: int) -> bool:
    """Whether a dependent is what somebody is told: 'to go', 'that …', 'whether …', 'if …'."""
    tree = scene.tree
    if tree.deps[i] in ("xcomp", "ccomp"):
        return True
    return tree.deps[i] == "advcl" and tree.lower[tree.left[i]] in ("if", "whether", "to")
