"""Reports that a form of 'be' parts from what they tell: 'What she said was: “Go home.”'."""

from __future__ import annotations

from quoteattr.attribution.scene import Pieces, Scene
from quoteattr.cues import lexicon

__all__ = ["link", "said"]

_SAYING = frozenset({"speech", "writing"})
_ASKS = (["do"], ["does"], ["did"])  # 'What do you say …'
_NEAR = 3  # tokens from 'was' to a quotation: 'was this: “…”'


def link(scene: Scene, cue: int) -> int | None:
    """The 'was' of 'What she said | was …', where ``cue`` heads such a clause."""
    tree = scene.tree
    if tree.deps[cue] != "csubj":
        return None
    head = tree.heads[cue]
    before = [tree.lower[child] for child in tree.children[cue] if child < cue]
    if before[:1] != ["what"] or before[1:2] in _ASKS or head < cue or tree.lemmas[head] != "be":
        return None
    word = lexicon().get((tree.lemmas[cue], tree.pos[cue]))
    return head if word is not None and word.act in _SAYING else None


def said(scene: Scene, be: int) -> Pieces:
    """What stands behind ``be``: a quotation right there, else the clause."""
    for i in range(be + 1, min(be + 1 + _NEAR, len(scene.tree))):
        number = scene.outer[i]
        if number >= 0 and number != scene.outer[be]:
            return (scene.spans[number],)
    last = scene.tree.right[be]
    return ((be + 1, last),) if last > be else ()
