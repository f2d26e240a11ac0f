"""The words of a cue beside a content that is settled: its span, its act, whether it denies."""

from __future__ import annotations

from quoteattr import cues
from quoteattr.attribution.scene import Pieces, Scene
from quoteattr.attribution.sources import Source
from quoteattr.objects import Act
from quoteattr.records import Range

__all__ = ["act", "cue_range", "negated"]

_BEFORE = frozenset({"aux", "auxpass", "neg"})
_NEGATIONS = frozenset({"not", "n't", "n’t", "never", "no", "hardly", "cannot"})
_GOVERNED = frozenset({"xcomp", "pcomp", "prep"})
_GOVERNORS = 3  # steps up from a cue: 'refrained' is two above 'denouncing'
_AFTER = frozenset({"prt", "prep", "agent"})


def cue_range(scene: Scene, cue: int, pieces: Pieces, source: Source | None) -> Range:
    """The characters of a cue: auxiliaries and negation before its head, particle, preposition after it."""
    tree = scene.tree
    taken = {i for first, last in pieces for i in range(first, last + 1)}
    if source is not None:
        taken.update(range(source.first, source.last + 1))
    first = last = cue
    while first - 1 >= 0 and first - 1 not in taken and _leads(scene, first - 1, cue):
        first -= 1
    while tree.deps[first] == "advmod" and first < cue:
        first += 1
    while last + 1 < len(tree) and last + 1 not in taken and _trails(scene, last + 1, cue, taken):
        last += 1
    start = tree.starts[first]
    if tree.words[cue][-1] in "—–―" and first == cue:
        start = tree.ends[cue] - 1
    return Range(start, tree.ends[last])


def _leads(scene: Scene, i: int, cue: int) -> bool:
    tree = scene.tree
    return tree.heads[i] == cue and (tree.deps[i] in _BEFORE or tree.deps[i] == "advmod")


def _trails(scene: Scene, i: int, cue: int, taken: set[int]) -> bool:
    """Whether a particle or a preposition belongs to the cue: it governs the content or the source."""
    tree = scene.tree
    if tree.heads[i] != cue or tree.deps[i] not in _AFTER:
        return tree.pos[cue] == "ADP" and tree.heads[i] == cue and tree.pos[i] == "ADP"
    return tree.deps[i] == "prt" or i + 1 in taken


def negated(scene: Scene, cue: int, pieces: Pieces = ()) -> bool:
    """Whether the cue denies or withholds its content: by its meaning, by 'not', or by what governs it."""
    tree = scene.tree
    if cues.is_negated(tree.lemmas[cue], tree.pos[cue]):
        return not _judges(scene, cue, pieces)
    phrase = scene.phrases.get(cue)
    if phrase is not None and phrase.phrase.negated:
        return True
    outside = (
        child for child in tree.children[cue] if not any(first <= child <= last for first, last in pieces)
    )
    if any(tree.deps[child] == "neg" or tree.lower[child] in _NEGATIONS for child in outside):
        return True
    return _withheld(scene, cue)


def _judges(scene: Scene, cue: int, pieces: Pieces) -> bool:
    """Whether the cue says what something is: 'dismissed the report as fiction' denies nothing of that."""
    tree = scene.tree
    return any(
        tree.lower[child] == "as" and child > cue and any(first <= child <= last for first, last in pieces)
        for child in tree.children[cue]
    )


def _withheld(scene: Scene, cue: int) -> bool:
    """Whether what governs the cue withholds it: 'refused to say', 'refrained from openly denouncing'."""
    tree = scene.tree
    node = cue
    for _ in range(_GOVERNORS):
        head = tree.heads[node]
        if head == node or tree.deps[node] not in _GOVERNED:
            return False
        phrase = scene.phrases.get(head)
        if cues.is_negated(tree.lemmas[head], tree.pos[head]) or (phrase and phrase.phrase.negated):
            return True
        node = head
    return False


def act(scene: Scene, cue: int, source: Source | None, kind: str, works: frozenset[str]) -> Act:
    """The act that a cue names; thought, where the lexicon does not tell and nothing is quoted."""
    tree = scene.tree
    if tree.pos[cue] == "PUNCT" or not tree.words[cue][-1].isalnum():
        return "speech"
    is_work = source is not None and tree.lemmas[source.head] in works
    phrase = scene.phrases.get(cue)
    word = cues.word(tree.lemmas[cue], tree.pos[cue])
    if phrase is not None and (word is None or word.act is None or tree.pos[cue] in ("ADP", "VERB")):
        return "evidence" if is_work and phrase.phrase.act == "speech" else phrase.phrase.act
    found = cues.act_of(tree.lemmas[cue], tree.pos[cue], source_is_work=is_work, quoted=kind != "indirect")
    return found or "thought"
