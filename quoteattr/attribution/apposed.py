"""Mends trees where who is cited opens the clause for the parser: 'According to the chair, | Jo Bell, …'."""

from __future__ import annotations

from collections.abc import Sequence

from quoteattr.attribution.kinds import noun_class
from quoteattr.attribution.tree import FINITE, Tree

__all__ = ["apposed"]

_LONGEST = 6  # tokens of a name with its title
_CLAUSE = 40  # tokens in which a clause shows its verb
_CLAUSES = frozenset({"relcl", "advcl", "acl", "ccomp", "parataxis", "appos", "conj", "dep"})
_ASKING = frozenset({"WP", "WDT", "WP$", "WRB"})


def apposed(tree: Tree, outer: Sequence[int]) -> None:
    """Hang every such name on the noun that says what its bearer is.

    Args:
        tree: the tree, which is changed.
        outer: for each token the quotation that holds it, -1 outside.
    """
    moved: dict[int, int] = {}
    for i, word in enumerate(tree.lower):
        if word == "according" and outer[i] < 0 and tree.lower[i + 1 : i + 2] == ["to"]:
            moved |= _moves(tree, i)
    if moved:
        tree.hang(moved)


def _moves(tree: Tree, cue: int) -> dict[int, int]:
    """The new heads of the name behind a cue and of what the parser hangs on it."""
    noun = tree.child(cue + 1, "pobj")
    if noun is None or tree.entities[noun] == "PERSON" or noun_class(tree.lemmas[noun]) != "person":
        return {}
    first = tree.right[noun] + 2
    last = first
    while last < first + _LONGEST and last < len(tree) and tree.pos[last] == "PROPN":
        last += 1
    last -= 1
    if last <= first or tree.words[first - 1] != "," or tree.words[last + 1 : last + 2] != [","]:
        return {}
    if tree.entities[last] not in ("PERSON", "") or not _is_clause(tree, last + 2):
        return {}
    head = tree.top(range(first, last + 1))
    above = tree.heads[head]
    below = [child for child in tree.children[head] if not first <= child <= last]
    if above == head:  # the name is the root: what it leads to is
        above = next((child for child in below if child > last and tree.deps[child] in _CLAUSES), head)
        if above == head:
            return {}
        tree.deps[above] = "ROOT"
    tree.deps[head] = "appos"
    return {head: noun} | {child: above for child in below if not noun >= child > cue}


def _is_clause(tree: Tree, first: int) -> bool:
    """Whether a clause of its own begins at a token, no more about the name: 'Jo Bell, | 42, …'."""
    if first >= len(tree):
        return False
    end = tree.sentences[tree.sentence[first]][1]
    stop = next((i for i in range(first, min(end, first + _CLAUSE)) if tree.words[i] == ","), end)
    tags = tree.tags[first : min(stop, first + _CLAUSE)]
    return sum(tag in FINITE for tag in tags) > sum(tag in _ASKING for tag in tags)
