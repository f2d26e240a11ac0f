"""Who was told: 'told Reuters', 'assured Li', 'said to the agency', 'urged the council to act'."""

from __future__ import annotations

from collections.abc import Iterator

from quoteattr.attribution.listening import addressing
from quoteattr.attribution.scene import Pieces, Scene
from quoteattr.attribution.sources import Source
from quoteattr.records import Range

__all__ = ["addressee"]

_LISTENING = frozenset({"PROPN", "PRON", "NOUN"})
_FIGURES = frozenset({"DATE", "TIME", "MONEY", "PERCENT", "CARDINAL"})


def addressee(scene: Scene, cue: int, pieces: Pieces, source: Source | None) -> Range | None:
    """The noun phrase of who was told, or ``None`` where the cue takes none.

    Args:
        scene: the document.
        cue: the token that heads the cue.
        pieces: the content.
        source: the source.
    """
    taken = {i for first, last in pieces for i in range(first, last + 1)}
    if source is not None:
        taken.update(range(source.first, source.last + 1))
    for head in _listeners(scene, cue, source):
        if head not in taken and _can_listen(scene, head):
            return _phrase(scene, head, taken | {cue})
    return None


def _listeners(scene: Scene, cue: int, source: Source | None) -> Iterator[int]:
    """Heads of the phrases that may name who was told, the likeliest first."""
    tree, words = scene.tree, addressing()
    lemma = tree.lemmas[cue]
    children = tree.children[cue]
    if lemma in words["object"]:
        passive = any(tree.deps[child] == "auxpass" for child in children)
        yield from (child for child in children if tree.deps[child] in ("dobj", "dative"))
        yield from (child for child in children if passive and tree.deps[child] == "nsubjpass")
    if lemma in words["infinitive"]:
        clauses = [child for child in children if tree.deps[child] in ("ccomp", "xcomp")]
        yield from (
            child for clause in clauses for child in tree.children[clause] if tree.deps[child] == "nsubj"
        )
    if lemma in words["to"]:
        # The parser may hang 'to the agency' on the source that stands before it.
        behind = [] if source is None else [source.last + 1, source.last + 2]
        for i in (*children, *(i for i in behind if i < len(tree))):
            if tree.lower[i] in ("to", "with") and tree.tags[i] != "TO":
                yield from (child for child in tree.children[i] if tree.deps[child] == "pobj")


def _can_listen(scene: Scene, i: int) -> bool:
    """Whether the head of a phrase may be somebody: a name, a pronoun, a noun, but no figure."""
    return scene.tree.pos[i] in _LISTENING and scene.tree.entities[i] not in _FIGURES


def _phrase(scene: Scene, head: int, taken: set[int]) -> Range:
    """The noun phrase of ``head`` as far as no other part of the quote begins."""
    tree = scene.tree
    first = last = head
    while first > tree.left[head] and first - 1 not in taken:
        first -= 1
    while last < tree.right[head] and last + 1 not in taken:
        last += 1
    while last > head and not tree.words[last][-1].isalnum():
        last -= 1
    return tree.range(first, last)
