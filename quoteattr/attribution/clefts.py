"""Reports that 'be' parts from what they tell: 'What she said was: “Go home.”', 'Her view is that …'."""

from __future__ import annotations

from quoteattr.attribution.kinds import kind_of_noun
from quoteattr.attribution.scene import Pieces, Scene
from quoteattr.attribution.tree import SUBJECTS, VERBS
from quoteattr.cues import lexicon

__all__ = ["link", "owner", "said"]

_CLAUSES = frozenset({"ccomp", "xcomp", "advcl"})  # 'was that he came', 'was to come', '… if he came'
_CLAUSAL = frozenset({"that", "if", "whether"})
_SIGNS = frozenset(":,")
_LEAST_RATE = 0.05  # 'mean' reports rarely elsewhere, 'get' nowhere
_ASKS = (["do"], ["does"], ["did"])  # 'What do you say …'
_NOBODY = frozenset({"it", "this", "that", "which"})
_BETWEEN = frozenset({"this", "simply", "simple", "clear", "always", "just"})  # 'was this: “…”'
_OF = frozenset({"of", "from", "among", "in"})  # 'the view of', 'the message from', 'the fear in'
_OWNERS = frozenset({"PERSON", "ORG", "NORP", "GPE", "PROPN", "person", "group", "body", "work"})
_PEOPLE = frozenset({"his", "her", "their", "its", "my", "our", "your", "he", "she", "they", "them"})


def link(scene: Scene, cue: int) -> int | None:
    """The 'was' of 'What she said | was that …', 'Her view | is that …', where ``cue`` heads such a subject.

    'What could start a war | is …' names no speaker, 'What he says | is dangerous' does not tell what.
    """
    tree = scene.tree
    be = tree.heads[cue]
    if be <= cue or tree.lemmas[be] != "be":
        return None
    if tree.deps[cue] == "csubj":
        return be if _is_what(scene, cue) and said(scene, be) else None
    return be if _is_owned(scene, cue) and _is_told(scene, said(scene, be)) else None


def _is_what(scene: Scene, cue: int) -> bool:
    """Whether a verb of saying or thinking heads a clause with 'what' and with who says it."""
    tree = scene.tree
    word = lexicon().get((tree.lemmas[cue], tree.pos[cue]))
    if word is None or word.act is None or word.needs == "quote" or word.rate < _LEAST_RATE:
        return False
    before = [child for child in tree.children[cue] if child < cue]
    words = [tree.lower[child] for child in before]
    if words[:1] != ["what"] or words[1:2] in _ASKS:
        return False
    return any(tree.deps[i] in SUBJECTS and tree.lower[i] not in _NOBODY for i in before[1:])


def _is_owned(scene: Scene, cue: int) -> bool:
    """Whether a noun of the lexicon is the subject and somebody's: 'her claim', 'the fear of residents'."""
    tree = scene.tree
    if tree.pos[cue] != "NOUN" or tree.deps[cue] != "nsubj":
        return False
    word = lexicon().get((tree.lemmas[cue], "NOUN"))
    return word is not None and word.act is not None and owner(scene, cue) is not None


def _is_told(scene: Scene, pieces: Pieces) -> bool:
    """Whether a content tells what is said, not of what kind it is: 'that …', '“We won”', not '“false”'."""
    tree = scene.tree
    if not pieces:
        return False
    first, last = pieces[0]
    if scene.outer[first] < 0:
        return tree.lower[first] in _CLAUSAL
    if tree.words[first - 1] in _SIGNS:
        return True
    spoken = any(tree.pos[i] in VERBS for i in range(first, last))
    return spoken and tree.words[first + 1][0].isupper()


def owner(scene: Scene, noun: int) -> int | None:
    """Whose view or words a noun means: '| her | claim', 'the fear of | residents'."""
    tree = scene.tree
    head = tree.child(noun, "poss")
    if head is None:
        of = (i for i in tree.children[noun] if i > noun and tree.lower[i] in _OF)
        head = next((tree.child(i, "pobj") for i in of), None)
    if head is None:
        return None
    return head if kind_of_noun(scene, head) in _OWNERS or tree.lower[head] in _PEOPLE else None


def said(scene: Scene, be: int) -> Pieces:
    """What stands behind ``be``: a quotation right there, else a clause."""
    tree = scene.tree
    i = be + 1
    while i < len(tree) and (tree.pos[i] == "PUNCT" or tree.lower[i] in _BETWEEN):
        number = scene.outer[i]
        if number >= 0 and number != scene.outer[be]:
            return (scene.spans[number],)
        i += 1
    behind = [child for child in tree.children[be] if child > be and tree.deps[child] not in ("punct", "neg")]
    if not behind or tree.deps[behind[0]] not in _CLAUSES:
        return ()
    ends = [tree.left[child] - 1 for child in behind if tree.deps[child] in ("cc", "conj")]
    return ((be + 1, min([*ends, tree.right[be]])),)
