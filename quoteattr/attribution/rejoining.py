"""Mends trees where the parser hangs a report on what is said: 'said it was late and urged …'."""

from __future__ import annotations

from collections.abc import Sequence

from quoteattr.attribution.kinds import kind_in
from quoteattr.attribution.listening import addressing
from quoteattr.attribution.tree import HELPING, SUBJECTS, VERBS, Tree
from quoteattr.cues import lexicon
from quoteattr.speakers.lexicon import lexicon as speakers

__all__ = ["rehung", "rejoined"]

_REPORTS = 0.3  # how often a verb reports that may be the first or the second one
_SAYING = frozenset({"speech", "writing"})
_PAST = frozenset({"VBD", "VBN"})  # 'accused' may be taken for a participle
_PRESENT = frozenset({"VBZ", "VBP"})
_OWN = frozenset({"nsubj", "nsubjpass", "csubj", "aux", "auxpass"})
_PLURAL = frozenset({"NNS", "NNPS"})
_LINKS = frozenset({"that", "what", "how", "why", "where", "when", "whether", "if"})
_PEOPLE = frozenset({"PERSON", "NORP", "PROPN", "person", "group"})
_ONE = frozenset({"PERSON", "PROPN", "person"})


def rejoined(tree: Tree, outer: Sequence[int]) -> dict[int, int]:
    """Hang every such verb, with the 'and' before it, on the verb that says: the verbs moved, with theirs.

    Args:
        tree: the tree, which is changed.
        outer: for each token the quotation that holds it, -1 outside.
    """
    joined: dict[int, int] = {}
    moved: dict[int, int] = {}
    for i, dep in enumerate(tree.deps):
        if dep != "conj" or tree.tags[i] not in _PAST or not _says(tree, i):
            continue
        clause = _clause(tree, i)
        saying = tree.heads[clause]
        if tree.deps[clause] != "ccomp" or not saying < clause < i or outer[i] >= 0 or outer[saying] >= 0:
            continue
        if _says(tree, saying) and tree.tags[saying] not in ("VB", "VBG") and _is_apart(tree, clause, i):
            joined[i] = saying
            moved |= {
                j: saying for j in tree.children[tree.heads[i]] if clause < j < i and tree.deps[j] == "cc"
            }
    if joined:
        tree.hang(moved | joined)
    return joined


def rehung(tree: Tree) -> frozenset[int]:
    """Hang on participles what the parser takes for a clause of their agents: 'told by her | that he left'.

    The participles are given back.
    """
    moved: dict[int, int] = {}
    for i, dep in enumerate(tree.deps):
        agent = tree.heads[i]
        verb = tree.heads[tree.heads[agent]]
        if (
            dep not in ("relcl", "acl")
            or tree.deps[tree.heads[agent]] != "agent"
            or tree.left[i] != agent + 1
        ):
            continue
        told = tree.tags[verb] == "VBN" and tree.lemmas[verb] in addressing()["object"]
        told = told and tree.tags[agent + 1] != "WDT"  # 'asked by a man | that she knew'
        if told and tree.lower[agent + 1] in _LINKS and tree.child(verb, "ccomp", "xcomp") is None:
            moved[i] = verb
    if moved:
        for i in moved:
            tree.deps[i] = "ccomp"
        tree.hang(moved)
    return frozenset(moved.values())


def _says(tree: Tree, i: int) -> bool:
    """Whether a token is a verb that says and often does so where it stands."""
    word = lexicon().get((tree.lemmas[i], "VERB")) if tree.pos[i] == "VERB" else None
    return word is not None and word.act in _SAYING and word.needs != "quote" and word.rate >= _REPORTS


def _clause(tree: Tree, i: int) -> int:
    """The first of the verbs that a verb is joined to."""
    while tree.deps[i] == "conj":
        i = tree.heads[i]
    return i


def _is_apart(tree: Tree, clause: int, i: int) -> bool:
    """Whether a joined verb without a subject of its own cannot go on what the clause says.

    The tense differs ('is late and urged'), the subject says nothing ('the plan was late and urged'), or the
    verb is done to it ('Lee was wrong and urged him').
    """
    below = {tree.deps[child] for child in tree.children[i]}
    objects = {"dobj", "ccomp"} if tree.tags[i] == "VBN" else {"dobj", "ccomp", "xcomp", "prep"}
    if tree.pos[clause] not in VERBS or not below.isdisjoint(_OWN) or below.isdisjoint(objects):
        return False
    helping = [tree.tags[child] for child in tree.children[clause] if tree.deps[child] in HELPING]
    if tree.tags[clause] in _PRESENT or (helping and tree.tags[clause] == "VB"):
        return True
    subject = tree.child(clause, *SUBJECTS)
    if subject is None or (helping and tree.tags[i] == "VBN") or _points(tree, i, tree.heads[clause]):
        return False
    says = tree.pos[subject] == "PRON" and speakers().pronouns.get(tree.lower[subject]) != "n"
    if says or kind_in(tree, subject) in _PEOPLE:
        return _points(tree, i, clause)
    return tree.lemmas[clause] == "be" or tree.deps[subject] == "nsubjpass"


def _points(tree: Tree, i: int, verb: int) -> bool:
    """Whether the object of a verb is a pronoun for the subject of another, which is then not its own."""
    target, subject = tree.child(i, "dobj"), tree.child(verb, *SUBJECTS)
    if target is None or subject is None or tree.tags[target] != "PRP":
        return False
    sign = speakers().pronouns.get(tree.lower[target])
    return sign in ("m", "f") and sign in _signs(tree, subject)


def _signs(tree: Tree, i: int) -> str:
    """The classes of 'him' and 'her' that may stand for a noun phrase."""
    if tree.pos[i] == "PRON":
        return speakers().pronouns.get(tree.lower[i], "")
    if kind_in(tree, i) not in _ONE or tree.tags[i] in _PLURAL:
        return ""
    known = speakers().persons.get(tree.lemmas[i]) or speakers().first_names.get(tree.lower[tree.left[i]])
    return known or "mf"
