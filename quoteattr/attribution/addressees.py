"""Who was told: 'told Reuters', 'assured Li', 'said to the agency', 'urged the council to act'."""

from __future__ import annotations

from collections.abc import Iterator

from quoteattr.attribution.kinds import kind_of_noun
from quoteattr.attribution.listening import addressing
from quoteattr.attribution.scene import Pieces, Scene
from quoteattr.attribution.sources import Source
from quoteattr.records import Range

__all__ = ["addressee"]

_LISTENING = frozenset({"PROPN", "PRON", "NOUN"})
_FIGURES = frozenset({"DATE", "TIME", "MONEY", "PERCENT", "CARDINAL"})
_NOBODY = frozenset({"this", "that", "these", "those", "it", "what", "which"} | {"nobody", "no-one", "none"})
_THINGS = frozenset({"thing", "work"})


def addressee(scene: Scene, cue: int, pieces: Pieces, source: Source | None) -> Range | None:
    """The noun phrase of who was told, or ``None`` where the cue takes none.

    Args:
        scene: the document.
        cue: the token that heads the cue.
        pieces: the content.
        source: the source.
    """
    content = {i for first, last in pieces for i in range(first, last + 1)}
    others = {cue} if source is None else {cue, *range(source.first, source.last + 1)}
    for head in _listeners(scene, cue, source):
        if head in others or not _can_listen(scene, head):
            continue
        if head not in content:
            return _phrase(scene, head, content | others)
        if _is_told(scene, cue, head):
            return _phrase(scene, head, others)
    return None


def _is_told(scene: Scene, cue: int, head: int) -> bool:
    """Whether a content takes in who was told beside what: 'ordered | the gallery to be quiet'."""
    tree = scene.tree
    if tree.heads[head] != cue or tree.deps[head] == "nsubjpass" or kind_of_noun(scene, head) in _THINGS:
        return False
    return any(child > head and tree.deps[child] in ("xcomp", "ccomp") for child in tree.children[cue])


def _listeners(scene: Scene, cue: int, source: Source | None) -> Iterator[int]:
    """Heads of the phrases that may name who was told, the likeliest first."""
    tree, words = scene.tree, addressing()
    lemma = tree.lemmas[cue]
    children = tree.children[cue]
    if lemma in words["object"]:
        passive = any(tree.deps[child] == "auxpass" for child in children)
        told = ("nsubjpass",) if passive else ("dobj", "dative")
        yield from (child for child in children if tree.deps[child] in told)
        if tree.tags[cue] == "VBN" and not passive:
            yield from _asked(scene, cue)
    if lemma in words["infinitive"]:
        clauses = [child for child in children if child > cue and tree.deps[child] in ("ccomp", "xcomp")]
        yield from (
            child for clause in clauses for child in tree.children[clause] if tree.deps[child] == "nsubj"
        )
    if lemma in words["to"]:
        # The parser may hang 'to the agency' on the source that stands before it.
        behind = [] if source is None else [source.last + 1, source.last + 2]
        for i in (*children, *(i for i in behind if i < len(tree))):
            if tree.lower[i] in ("to", "with") and tree.tags[i] != "TO":
                yield from (child for child in tree.children[i] if _is_met(scene, i, child))


def _is_met(scene: Scene, link: int, child: int) -> bool:
    """Whether what 'to' or 'with' governs may be who is told: 'replied with one word' tells but what."""
    if scene.tree.deps[child] != "pobj":
        return False
    return scene.tree.lower[link] == "to" or kind_of_noun(scene, child) not in _THINGS


def _asked(scene: Scene, cue: int) -> Iterator[int]:
    """Who was asked where a participle tells it of a clause or a noun: 'Asked about it, | she | laughed'."""
    tree = scene.tree
    head = tree.heads[cue]
    if tree.deps[cue] == "advcl":
        yield from (child for child in tree.children[head] if tree.deps[child] == "nsubj")
    elif tree.deps[cue] == "acl":
        yield head


def _can_listen(scene: Scene, i: int) -> bool:
    """Whether the head of a phrase may be somebody: a name, a pronoun, a noun, but no figure, no 'this'."""
    tree = scene.tree
    return tree.pos[i] in _LISTENING and tree.entities[i] not in _FIGURES and tree.lower[i] not in _NOBODY


def _phrase(scene: Scene, head: int, taken: set[int]) -> Range:
    """The noun phrase of ``head`` as far as no other part of the quote begins."""
    tree = scene.tree
    first = last = head
    while first > tree.left[head] and first - 1 not in taken:
        first -= 1
    # 'Reminded the council that …': what follows is what was said, whatever the parser holds it for.
    while last < tree.right[head] and last + 1 not in taken and tree.lower[last + 1] != "that":
        last += 1
    while last > head and not tree.words[last][-1].isalnum():
        last -= 1
    return tree.range(first, last)
