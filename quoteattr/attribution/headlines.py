"""Headlines that open with what somebody said: '‘We were lucky’: crew tell of night on the sandbank'."""

from __future__ import annotations

from itertools import takewhile

from quoteattr.attribution.kinds import kind_of_noun
from quoteattr.attribution.scene import Scene
from quoteattr.attribution.tree import FINITE

__all__ = ["speaker"]

_LONGEST = 8  # tokens of who speaks
_SOMEBODY = frozenset({"PERSON", "ORG", "NORP", "person", "group", "body"})
_NAMING = frozenset({"DET", "ADJ", "NOUN", "PROPN", "NUM", "PART", "VERB"})
_STOPS = (".", "!", "?")


def speaker(scene: Scene, sign: int) -> tuple[int, int] | None:
    """First and last token of who speaks the quotation before a colon or a dash, if a headline tells it."""
    tree = scene.tree
    first, last = scene.blocks[scene.paragraph[sign]]
    number = scene.outer[first]
    if number < 0 or scene.spans[number] != (first, sign - 1) or tree.words[last].endswith(_STOPS):
        return None
    said = any(tree.tags[i] in FINITE for i in range(first, sign))
    if not said or scene.is_title(number):
        return None
    signed = tree.words[sign] != ":" and not any(tree.pos[i] == "VERB" for i in range(sign + 1, last + 1))
    if signed:  # '“We were lucky” — Ida Holm, mayor'
        return None
    behind = range(sign + 1, min(sign + 1 + _LONGEST, last + 1))
    # In a headline the parser may hold the verb for a noun, 'crew tell': the last word for people counts.
    named = [
        i
        for i in takewhile(lambda i: scene.outer[i] < 0 and tree.pos[i] in _NAMING, behind)
        if kind_of_noun(scene, i) in _SOMEBODY
    ]
    return (sign + 1, named[-1]) if named else None
