"""Reports that a form of 'be' parts from what they tell: 'What she said was: “Go home.”'."""

from __future__ import annotations

from quoteattr.attribution.quoted import reports_often
from quoteattr.attribution.scene import Pieces, Scene

__all__ = ["link", "said"]

_SUBJECTS = ("nsubj", "nsubjpass")
_CLAUSES = frozenset({"ccomp", "xcomp", "advcl"})  # 'was that he came', 'was to come', 'was if he came'
_ASKS = (["do"], ["does"], ["did"])  # 'What do you say …'
_NEAR = 3  # tokens from 'was' to a quotation: 'was this: “…”'


def link(scene: Scene, cue: int) -> int | None:
    """The 'was' of 'What she said | was that …', where ``cue`` heads such a clause.

    'What could start a war | is …' names no speaker, 'What he says | is dangerous' does not tell what.
    """
    tree = scene.tree
    if tree.deps[cue] != "csubj" or not reports_often(tree, cue):
        return None
    head = tree.heads[cue]
    before = [child for child in tree.children[cue] if child < cue]
    words = [tree.lower[child] for child in before]
    if words[:1] != ["what"] or words[1:2] in _ASKS or head < cue or tree.lemmas[head] != "be":
        return None
    named = any(tree.deps[child] in _SUBJECTS for child in before[1:])
    return head if named and said(scene, head) else None


def said(scene: Scene, be: int) -> Pieces:
    """What stands behind ``be``: a quotation right there, else a clause."""
    for i in range(be + 1, min(be + 1 + _NEAR, len(scene.tree))):
        number = scene.outer[i]
        if number >= 0 and number != scene.outer[be]:
            return (scene.spans[number],)
    tree, last = scene.tree, scene.tree.right[be]
    clause = any(child > be and tree.deps[child] in _CLAUSES for child in tree.children[be])
    return ((be + 1, last),) if clause else ()
