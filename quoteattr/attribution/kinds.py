"""What a noun phrase means, by its head: pronouns by themselves, names by their label, nouns by meaning."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quoteattr.attribution.tree import Tree
from quoteattr.speakers.lexicon import lexicon

if TYPE_CHECKING:
    from quoteattr.attribution.scene import Scene

__all__ = ["kind_in", "kind_of_noun", "noun_class"]


def kind_of_noun(scene: Scene, i: int) -> str:
    """A class of a noun phrase's head: pronouns by themselves, names by their label, nouns by meaning."""
    return kind_in(scene.tree, i)


def kind_in(tree: Tree, i: int) -> str:
    """The same, for whoever has a tree and no scene yet."""
    if tree.pos[i] == "PRON":
        return tree.lower[i]
    if tree.entities[i]:
        return tree.entities[i]
    if tree.pos[i] == "NOUN":
        return noun_class(tree.lemmas[i])
    return tree.pos[i]


def noun_class(lemma: str) -> str:
    """What a noun means: somebody, some people, a body, a text; 'thing' for all others."""
    words = lexicon()
    if lemma in words.persons or lemma in words.titles:
        return "person"
    if lemma in words.groups:
        return "group"
    if lemma in words.organizations:
        return "body"
    return "work" if lemma in words.works else "thing"
