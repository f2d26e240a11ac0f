"""Which tokens may head a cue: words of the lexicon, verbs beside a clause or a quotation, signs."""

from __future__ import annotations

from quoteattr.attribution import forms, signs
from quoteattr.attribution.scene import Scene
from quoteattr.attribution.tree import VERBS
from quoteattr.cues import lexicon

__all__ = ["candidates"]

# Words that head a cue less often than this are left to their surroundings. On the dev articles of PolNeAR a
# floor of 0.02 keeps 93% of the cue heads at one token in eight; 0.1 keeps 84% at one in nineteen.
LEAST_RATE = 0.02
LEAST_PHRASE_RATE = 0.15
_NEAR = 3  # tokens between a verb and a quotation
_SIGNS = frozenset(":—–―-")
_NOUNS = frozenset({"PROPN", "NOUN"})
_FORMING = frozenset({"ADP", "AUX", "PART", "NOUN", "VERB"})


def candidates(scene: Scene) -> list[int]:
    """The tokens that may head a cue, in order."""
    tree = scene.tree
    known = lexicon()
    near = _near_quotations(scene)
    clausal = {head for head, dep in zip(tree.heads, tree.deps, strict=True) if dep == "ccomp"}
    found = []
    for i, pos in enumerate(tree.pos):
        word = known.get((tree.lemmas[i], pos))
        # A noun that the lexicon does not have needs a clause, a verb a clause or a quotation beside it.
        chosen = word.rate >= LEAST_RATE if word is not None else pos in _NOUNS and i in clausal
        phrase = scene.phrases.get(i)
        chosen = chosen or (phrase is not None and phrase.phrase.rate >= LEAST_PHRASE_RATE)
        chosen = chosen or (pos in _FORMING and forms.may_head(scene, i) and forms.is_set(scene, i))
        chosen = chosen or (pos in VERBS and (i in near or i in clausal))
        if chosen or (tree.words[i][-1] in _SIGNS and signs.is_sign(scene, i)):
            found.append(i)
    return found


def _near_quotations(scene: Scene) -> set[int]:
    """The tokens outside of quotations, but close to one."""
    found: set[int] = set()
    for numbers in scene.cited:
        for number in numbers:
            first, last = scene.spans[number]
            found.update(range(max(first - _NEAR, 0), first))
            found.update(range(last + 1, min(last + 1 + _NEAR, len(scene.tree))))
    return {i for i in found if scene.outer[i] < 0}
