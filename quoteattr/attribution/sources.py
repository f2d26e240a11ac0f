"""Proposes who may be the source of a cue: noun phrases of its sentence, named by their path in the tree."""

from __future__ import annotations

from typing import NamedTuple

from quoteattr.attribution import signs
from quoteattr.attribution.scene import Scene
from quoteattr.records import Range

__all__ = ["Source", "sources"]

_NOMINAL = frozenset({"NOUN", "PROPN", "PRON", "NUM"})
_SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj"})


class Source(NamedTuple):
    """One proposal.

    Attributes:
        head: the head of the noun phrase.
        path: the way to it from the cue, up '^' and down '>'.
        first: first token of the phrase.
        last: last token, included.
    """

    head: int
    path: str
    first: int
    last: int

    def range(self, scene: Scene) -> Range:
        """The characters of the phrase."""
        return scene.tree.range(self.first, self.last)


def sources(scene: Scene, cue: int) -> list[Source]:
    """The proposals for the cue headed by token ``cue``, nearest paths first."""
    tree = scene.tree
    found: dict[int, Source] = {}
    if signs.is_sign(scene, cue):
        for first, last, path in signs.speaking(scene, cue):
            head = _head(scene, first, last)
            if head not in found:
                found[head] = Source(head, path, first, last)
    node, up = cue, ""
    for steps in range(5):
        _collect(scene, node, up, cue, 3 if steps == 0 else 2, found)
        head = tree.heads[node]
        if head == node:
            break
        up = f"{up}^{tree.deps[node]}"
        _add(scene, head, up, cue, found)
        node = head
    return list(found.values())


def _head(scene: Scene, first: int, last: int) -> int:
    """The token of a stretch whose own head lies outside of it."""
    heads = scene.tree.heads
    return next((i for i in range(first, last + 1) if not first <= heads[i] <= last or heads[i] == i), last)


def _collect(scene: Scene, node: int, path: str, cue: int, depth: int, found: dict[int, Source]) -> None:
    """Add the nominal dependents below ``node``, down to ``depth`` steps."""
    tree = scene.tree
    for child in tree.children[node]:
        dep = tree.deps[child]
        if child == cue or dep in ("punct", "aux", "auxpass", "neg"):
            continue
        step = f"{path}>{dep}"
        _add(scene, child, step, cue, found)
        if depth > 1 and dep in (
            "prep",
            "agent",
            "pobj",
            "nsubj",
            "dobj",
            "appos",
            "nsubjpass",
            "mark",
            "poss",
        ):
            _collect(scene, child, step, cue, depth - 1, found)


def _add(scene: Scene, head: int, path: str, cue: int, found: dict[int, Source]) -> None:
    tree = scene.tree
    if head in found or head == cue:
        return
    if tree.pos[head] not in _NOMINAL and tree.deps[head] not in _SUBJECTS:
        return
    first, last = _phrase(scene, head, cue)
    if first <= last:
        found[head] = Source(head, path, first, last)


def _phrase(scene: Scene, head: int, cue: int) -> tuple[int, int]:
    """First and last token of the noun phrase, without the branch that holds the cue and loose punctuation."""
    tree = scene.tree
    first, last = tree.left[head], tree.right[head]
    if first <= cue <= last:
        first, last = head, head
        for child in tree.children[head]:
            if tree.left[child] <= cue <= tree.right[child]:
                continue
            if child < head or child < cue:
                first, last = min(first, tree.left[child]), max(last, tree.right[child])
        if cue > head:
            last = min(last, cue - 1)
        else:
            first = max(first, cue + 1)
    while first < last and _loose(tree.words[last]):
        last -= 1
    while first < last and _loose(tree.words[first]):
        first += 1
    return first, last


def _loose(word: str) -> bool:
    return not any(character.isalnum() for character in word) and word not in (")", "”", '"', "“", "’")
