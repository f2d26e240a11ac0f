"""Finds sources where the parser mostly goes wrong: it takes a participle for a verb, a noun for one."""

from __future__ import annotations

from quoteattr.attribution.quoted import says
from quoteattr.attribution.scene import Scene
from quoteattr.attribution.tree import HELPING, SUBJECTS, TIMES, VERBS, Tree
from quoteattr.attribution.utterances import speech_before
from quoteattr.speakers.lexicon import lexicon

__all__ = [
    "Found",
    "behind_speech",
    "governed",
    "is_name",
    "is_participle",
    "is_told",
    "named_behind",
    "subject",
]

# The head of a phrase, the way to it from the cue, its first and its last token.
Found = tuple[int, str, int, int]

_SUBJECTS = SUBJECTS | {"csubj"}
_SUBJECT, _AFTER_TO = ">nsubj", ">prep>pobj"  # the ways to a source that a right parse has
_TOLD = frozenset({"VBD", "VBN", "VBZ"})  # 'asked' may be taken for a participle
_FINITE = _TOLD | {"VBP"}
_PARTICIPLES = frozenset({"VBD", "VBN"})
_WITH_SUBJECT = _SUBJECTS | HELPING
_JOINED = frozenset({"conj", "dep"})
_ASKING = frozenset({"WDT", "WP"})
_OBJECTS = frozenset({"dobj", "oprd", "ccomp"})
_LONGEST = 6  # tokens of a phrase that is read without a tree
_BESIDE = frozenset({"ADV", "PART", "INTJ", "X"})
_GOING_ON = (["CCONJ"], ["NOUN"], ["ADJ"], ["VERB"])  # behind the first words of a longer phrase
_APART = frozenset({"VERB", "AUX", "CCONJ", "SCONJ", "ADP", "SPACE"})


def subject(scene: Scene, cue: int) -> Found | None:
    """The subject of a cue that has none for the parser, where the form of its sentence tells it."""
    tree = scene.tree
    if tree.tags[cue] not in _FINITE or _has_subject(scene, cue):
        return None
    found = (
        behind_speech(scene, cue)
        or named_behind(scene, cue)
        or _of_participle(tree, cue)
        or _of_verbless(tree, cue)
    )
    return found or _of_adjective(tree, cue)


def _has_subject(scene: Scene, cue: int) -> bool:
    """Whether a verb has a subject that can be one.

    No question word that a comma parts from it ('asked which, | said'), no word of the speech before it,
    where a name stands behind: '“The parlour!” cried Ann'.
    """
    tree = scene.tree
    found = tree.child(cue, *_SUBJECTS)
    if found is None or (tree.tags[found] in _ASKING and tree.words[found + 1] == ","):
        return False
    return found > cue or scene.outer[found] < 0 or named_behind(scene, cue) is None


def is_participle(tree: Tree, i: int) -> bool:
    """Whether a verb is a participle, though it has a subject for the parser: 'Pell, | asked why, said …'.

    One comma parts it from the subject, another from the verb of the sentence; an apposition has two.
    """
    if tree.tags[i] not in _PARTICIPLES or any(tree.deps[child] in HELPING for child in tree.children[i]):
        return False
    head = tree.child(i, "nsubj")
    if head is None or head > i or tree.words[tree.left[head] : i].count(",") != 1:
        return False
    verbs = (child for child in tree.children[i] if tree.deps[child] in _JOINED)
    starts = (tree.left[verb] for verb in verbs)
    return tree.words[i - 1] == "," and any("," in tree.words[start - 1 : start + 1] for start in starts)


def is_told(tree: Tree, cue: int) -> bool:
    """Whether a participle opens, whatever its tag, the sentence of who is told: '| Told | so, she wept'."""
    first, _ = tree.sentences[tree.sentence[cue]]
    opens = tree.deps[cue] == "advcl" and tree.tags[cue] in _PARTICIPLES and cue == first
    return opens and not any(tree.deps[child] in _WITH_SUBJECT for child in tree.children[cue])


def behind_speech(scene: Scene, cue: int) -> Found | None:
    """What stands between a quotation and a verb that has no subject: '“Why?” | the boy | asked'."""
    tree = scene.tree
    if tree.tags[cue] not in _TOLD or scene.outer[cue] >= 0 or tree.child(cue, *_SUBJECTS) is not None:
        return None
    if is_name(scene, cue - 1) and speech_before(scene, cue - 1) >= 0:
        return cue - 1, _SUBJECT, cue - 1, cue - 1
    first = cue
    while first and cue - first < _LONGEST and scene.outer[first - 1] < 0 and _is_inside(tree, first - 1):
        first -= 1
    if first in (0, cue) or speech_before(scene, first) < 0:
        return None
    head = tree.top(range(first, cue))
    return (head, _SUBJECT, first, cue - 1) if tree.pos[head] not in _BESIDE else None


def named_behind(scene: Scene, cue: int) -> Found | None:
    """The name behind a verb of saying right behind speech: '“Why?” said | Ann |, rising, “I …”'."""
    tree, last = scene.tree, cue + 1
    if tree.tags[cue] not in _TOLD or scene.outer[cue] >= 0 or last >= len(tree):
        return None
    if not is_name(scene, last) or not says(scene, (cue,)) or speech_before(scene, cue) < 0:
        return None
    before = tree.child(cue, *_SUBJECTS)
    if before is not None and before < cue and scene.outer[before] < 0:
        return None  # 'Lee, star of “Scandal,” thanked Obama'
    while last + 1 < len(tree) and scene.outer[last + 1] < 0 and tree.pos[last + 1] == "PROPN":
        last += 1
    if tree.pos[last + 1 : last + 2] in _GOING_ON or tree.lower[last + 1 : last + 2] == ["of"]:
        return None  # 'said Culture and Sport Minister Ann Lee', 'said House ranking member Ann Lee'
    beside = (tree.right[k] for k in tree.children[last] if k > last and tree.deps[k] == "appos")
    end = next((end for end in beside if max(scene.outer[last : end + 1]) < 0), last)
    return last, _SUBJECT, cue + 1, end


def is_name(scene: Scene, i: int) -> bool:
    """Whether the capital of a word makes it a name, whatever the parser does: 'said | Cecily |'.

    No sentence begins with it: it stands behind a word, or behind a speech that its verb has yet to end; or
    it is a first name: '“Why?” | Will | answered'.
    """
    tree = scene.tree
    word = tree.words[i]
    if i == 0 or not word.istitle() or not word.isalpha() or scene.outer[i] >= 0 or tree.pos[i] == "PRON":
        return False
    inner = tree.words[i - 1].islower()
    before = speech_before(scene, i)
    unended = before >= 0 and scene.ending(before) == ","
    return (inner or unended or tree.lower[i] in lexicon().first_names) and tree.entities[i] not in TIMES


def _is_inside(tree: Tree, i: int) -> bool:
    """Whether a token may stand inside of a short noun phrase."""
    return tree.pos[i] not in _APART and (tree.pos[i] != "PUNCT" or tree.words[i] == "-")


def _of_participle(tree: Tree, cue: int) -> Found | None:
    """The subject that a participle before the cue was given: 'Officials | briefed on it | said …'."""
    clauses = [child for child in tree.children[cue] if tree.deps[child] == "ccomp"]
    if len(clauses) > 1 and clauses[0] < cue < clauses[-1]:
        participle = clauses[0]
    elif tree.deps[cue] in ("xcomp", "dep") and clauses and tree.heads[cue] < cue:
        participle = tree.heads[cue]
    else:
        return None
    head = tree.child(participle, "nsubj")
    if head is None or tree.tags[participle] not in _PARTICIPLES:
        return None
    if tree.right[head] != participle - 1 and not is_participle(tree, participle):
        return None
    return head, _SUBJECT, tree.left[head], cue - 1


def _of_verbless(tree: Tree, cue: int) -> Found | None:
    """The head of a sentence that has no verb but the cue: 'One of those who sent it | called it a fraud'."""
    if tree.deps[cue] not in ("acl", "relcl"):
        return None
    first, end = tree.sentences[tree.sentence[cue]]
    head = next((i for i in range(first, cue) if tree.heads[i] == i), None)
    if head is None or tree.pos[head] in VERBS or not _is_stopped(tree, end):
        return None
    objects = [tree.deps[child] for child in tree.children[cue] if tree.deps[child] in _OBJECTS]
    return (head, _SUBJECT, first, cue - 1) if len(objects) > 1 or "ccomp" in objects else None


def _of_adjective(tree: Tree, cue: int) -> Found | None:
    """The adjective that the parser hangs on a verb with its article: '| The 61-year-old | added that …'."""
    article = tree.child(cue, "det")
    if article is None or article > cue or tree.deps[cue - 1] != "amod" or tree.heads[cue - 1] != cue:
        return None
    return cue - 1, _SUBJECT, article, cue - 1


def _is_stopped(tree: Tree, end: int) -> bool:
    """Whether a sentence ends in a full stop, as headlines do not."""
    return any(word[-1] == "." for word in tree.words[max(end - 2, 0) : end])


def governed(scene: Scene, cue: int) -> Found | None:
    """What stands behind 'according to', taken for its verb: 'according to | show insiders'."""
    tree, to = scene.tree, cue + 1
    if tree.lemmas[cue] != "accord" or tree.lower[to : to + 1] != ["to"]:
        return None
    last = min(tree.right[cue], to + _LONGEST)
    while last > to and not tree.words[last][-1].isalnum():
        last -= 1
    if last == to or tree.child(to, "pobj") is not None:
        return None
    return last, _AFTER_TO, to + 1, last
