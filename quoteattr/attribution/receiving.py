"""Whose words somebody receives: those of the sender, or of what bears them, but never of the receiver."""

from __future__ import annotations

from quoteattr.attribution.listening import addressing
from quoteattr.attribution.scene import Scene
from quoteattr.speakers.lexicon import lexicon

__all__ = ["sender"]

_SPEAKING = frozenset({"VBG"})  # 'got a note | saying'


def sender(scene: Scene, cue: int) -> int | None:
    """The head of who or what says what a cue tells to be received: 'got a text from | Lee |: “Run.”'."""
    tree = scene.tree
    verb = tree.heads[cue] if tree.tags[cue] in _SPEAKING else cue
    message = tree.child(verb, "dobj")
    if message is None or not _receives(scene, verb) or not _bears_words(scene, message):
        return None
    links = [i for node in (message, verb) for i in tree.children[node] if tree.deps[i] == "prep"]
    whom = next((tree.child(i, "pobj") for i in links if tree.lower[i] == "from"), None)
    part = next((tree.child(i, "pobj") for i in links if tree.lower[i] == "with"), None)
    if whom is not None:
        return whom
    return part if part is not None and _bears_words(scene, part) else message


def _receives(scene: Scene, verb: int) -> bool:
    """Whether the subject of a verb receives something: 'got', 'was sent'."""
    tree, words = scene.tree, addressing()
    if tree.lemmas[verb] in words["sent"]:
        return tree.child(verb, "nsubjpass") is not None
    return tree.lemmas[verb] in words["received"]


def _bears_words(scene: Scene, noun: int) -> bool:
    """Whether a noun, or one that it is put together with, is one for a text: 'a picture | message'."""
    tree = scene.tree
    parts = (noun, *(i for i in tree.children[noun] if tree.deps[i] == "compound"))
    return any(tree.lemmas[i] in lexicon().works for i in parts)
