"""Who was told: 'told Reuters', 'assured Li', 'said to the agency', 'urged the council to act'."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from quoteattr import cues
from quoteattr.attribution.kinds import kind_of_noun
from quoteattr.attribution.listening import addressing
from quoteattr.attribution.scene import Pieces, Scene
from quoteattr.attribution.sources import Source, trimmed
from quoteattr.attribution.tree import TIMES
from quoteattr.attribution.wording import telling
from quoteattr.records import Range

__all__ = ["addressee"]

_LISTENING = frozenset({"PROPN", "PRON", "NOUN"})
_FIGURES = TIMES | {"MONEY", "PERCENT", "CARDINAL"}
_NOBODY = frozenset({"this", "that", "it", "what", "which"} | {"nobody", "no-one", "none"})
_POINTING = frozenset({"these", "those"})
_EACH_OTHER = frozenset({("each", "other"), ("one", "another")})
_THINGS = frozenset({"thing", "work"})
_OBJECTS = frozenset({"dobj", "dative"})
_DETERMINERS = frozenset({"det", "poss", "nummod"})
_PARTS = frozenset({"acl", "relcl", "prep", "ccomp", "xcomp", "advcl", "appos", "conj"})
# What joins two names that the parser takes for two objects: 'co | - | host', 'ABC | ’s | “Breakfast”'.
_JOINTS = frozenset({"-", "'s", "’s"})
_LINKS = frozenset({"to", "with", "at", "in"})
_SETTINGS = frozenset({"in", "during", "on", "at"})
_MATTERS = frozenset({"about", "of", "for", "on", "against", "over"})
_NEAR = 4  # tokens from one part of such a name to the next
_STEPS = 3  # from a participle up to the verb whose subject was asked


class _Listener(NamedTuple):
    """A phrase that may name who was told: its head, its first token, its last."""

    head: int
    first: int
    last: int


def addressee(scene: Scene, cue: int, pieces: Pieces, source: Source | None) -> Range | None:
    """The noun phrase of who was told, or ``None`` where the cue takes none.

    Args:
        scene: the document.
        cue: the token that heads the cue.
        pieces: the content.
        source: the source.
    """
    verb = telling(scene, cue)
    content = {i for first, last in pieces for i in range(first, last + 1)}
    others = {cue, verb}
    if source is not None:
        others.update(range(source.first, source.last + 1))
    for listener in _listeners(scene, verb, source):
        if listener.head in others or not _can_listen(scene, listener.head):
            continue
        if listener.head not in content:
            return _phrase(scene, listener, content | others)
        if _is_told(scene, verb, listener.head):
            return _phrase(scene, listener, others)
    return None


def _is_told(scene: Scene, verb: int, head: int) -> bool:
    """Whether a content takes in who was told beside what: 'ordered | the gallery to be quiet'."""
    tree, words = scene.tree, addressing()
    if tree.heads[head] != verb or tree.deps[head] == "nsubjpass":
        return False
    behind = [child for child in tree.children[verb] if child > head]
    if any(tree.deps[child] in ("xcomp", "ccomp") for child in behind):
        urged = tree.lemmas[verb] in words["infinitive"] and not _is_bare(scene, head)
        return urged or kind_of_noun(scene, head) not in _THINGS
    matter = any(tree.deps[child] == "prep" and tree.lower[child] in _MATTERS for child in behind)
    return matter and tree.lemmas[verb] in words["about"] and _is_somebody(scene, head)


def _listeners(scene: Scene, verb: int, source: Source | None) -> Iterator[_Listener]:
    """The phrases that may name who was told, the likeliest first."""
    tree, words = scene.tree, addressing()
    lemma, children = tree.lemmas[verb], tree.children[verb]
    if lemma in words["object"] and lemma not in words["naming"]:
        if any(tree.deps[child] == "auxpass" for child in children):
            yield from (_whole(scene, child) for child in children if tree.deps[child] == "nsubjpass")
        else:
            yield from _object(scene, verb)
            yield from _asked(scene, verb)
    if lemma in words["infinitive"]:
        clauses = (child for child in children if child > verb and tree.deps[child] in ("ccomp", "xcomp"))
        subjects = (tree.child(clause, "nsubj") for clause in clauses)
        yield from (
            _whole(scene, child) for child in subjects if child is not None and not _is_bare(scene, child)
        )
    # The parser may hang 'to the agency' on the source that stands before it.
    behind = range(0) if source is None else range(source.last + 1, min(source.last + 3, len(tree)))
    holders = {verb} if source is None else {verb, *range(source.first, source.last + 1)}
    yield from _linked(scene, verb, (*children, *(i for i in behind if tree.heads[i] in holders)))
    above = _spoken_above(scene, verb)
    if above is not None and tree.lemmas[above] not in words["naming"]:
        yield from _linked(scene, above, [i for i in tree.children[above] if i < verb])
    yield from _turned_to(scene, verb)
    yield from _met_in(scene, verb)


def _linked(scene: Scene, verb: int, links: Iterable[int]) -> Iterator[_Listener]:
    """Who is told by 'to', 'with' and the like, as a verb takes them: 'said to | Lee |'."""
    tree, lemma = scene.tree, scene.tree.lemmas[verb]
    for i in links:
        link = tree.lower[i]
        if link in _LINKS and tree.tags[i] != "TO" and lemma in addressing()[link]:
            met = (child for child in tree.children[i] if tree.deps[child] == "pobj")
            yield from (_whole(scene, child) for child in met if _is_met(scene, lemma, child))


def _spoken_above(scene: Scene, verb: int) -> int | None:
    """The verb that a participle tells more of: 'spoke to voters, | promising |', 'replied by | saying |'."""
    tree = scene.tree
    word = cues.word(tree.lemmas[verb], "VERB") if tree.tags[verb] == "VBG" else None
    if word is None or word.act == "thought":
        return None
    above = tree.heads[verb]
    if tree.deps[verb] == "pcomp" and tree.lower[above] == "by":
        return tree.heads[above]
    return above if tree.deps[verb] == "advcl" and above < verb else None


def _met_in(scene: Scene, verb: int) -> Iterator[_Listener]:
    """With whom somebody talked, or to whom they wrote: 'said in an interview with | Lee |'."""
    tree, words = scene.tree, addressing()
    for place in tree.children[verb]:
        setting = tree.child(place, "pobj") if tree.lower[place] in _SETTINGS else None
        if setting is None:
            continue
        for link in tree.children[setting]:
            if tree.lemmas[setting] in words.get(f"settings {tree.lower[link]}", ()):
                head = tree.child(link, "pobj")
                if head is not None and _is_somebody(scene, head):
                    yield _whole(scene, head)


def _turned_to(scene: Scene, verb: int) -> Iterator[_Listener]:
    """To whom somebody turns who speaks: 'turned to | Lee | and said', 'said the man, turning to | her |'.

    'Turning to Lee, she said' mostly means a topic, and so do places and bodies.
    """
    tree = scene.tree
    turns = [child for child in tree.children[verb] if child > verb and tree.deps[child] == "advcl"]
    if tree.deps[verb] == "conj":
        turns.append(tree.heads[verb])
    for i in turns:
        if tree.lemmas[i] in addressing()["turning"]:
            links = (child for child in tree.children[i] if tree.lower[child] in ("to", "toward", "towards"))
            heads = (tree.child(link, "pobj") for link in links)
            yield from (_whole(scene, head) for head in heads if head is not None and _is_person(scene, head))


def _is_person(scene: Scene, head: int) -> bool:
    """Whether a noun phrase means a person or some people."""
    kind = kind_of_noun(scene, head)
    return scene.tree.pos[head] == "PRON" or kind in ("PERSON", "PROPN", "person", "group")


def _whole(scene: Scene, head: int) -> _Listener:
    """The phrase of a head, without the day that the parser takes for its head: 'asked | Lee | Monday'."""
    tree = scene.tree
    first, last = tree.left[head], tree.right[head]
    if tree.entities[head] in TIMES and head - 1 >= first and tree.deps[head - 1] == "compound":
        name = tree.entities[head - 1]
        if name and name not in _FIGURES:
            return _Listener(head - 1, first, head - 1)
    return _Listener(head, first, last)


def _object(scene: Scene, verb: int) -> Iterator[_Listener]:
    """The first object of a verb of telling, unless it is what is told: 'told a story', 'wrote a letter'."""
    tree, words = scene.tree, addressing()
    objects = (child for child in tree.children[verb] if tree.deps[child] in _OBJECTS)
    found = [child for child in objects if tree.lower[child] not in _NOBODY]
    if not found:
        return
    whole = _whole(scene, found[0])
    for child in found[1:]:
        if not _goes_on(scene, whole.last, tree.left[child]):
            break
        whole = _whole(scene, child)._replace(first=whole.first)
    head = whole.head
    pair = (tree.lower[head - 1], tree.lower[head])
    thing = _is_matter(scene, head) or (tree.lemmas[verb] in words["texts"] and not _is_somebody(scene, head))
    if pair not in _EACH_OTHER and not thing:
        yield whole


def _goes_on(scene: Scene, last: int, first: int) -> bool:
    """Whether a phrase goes on in what the parser takes for the next object: 'co | -host | Ann Lee'."""
    tree = scene.tree
    if first - last < _NEAR and not _JOINTS.isdisjoint(tree.words[last : first + 1]):
        return True
    titled = first == last + 1 and tree.tags[last] == "NN"
    return titled and tree.pos[first] == "PROPN" and tree.entities[first] not in _FIGURES


def _asked(scene: Scene, verb: int) -> Iterator[_Listener]:
    """Who was asked where a participle tells it of a clause or a noun: 'Asked about it, | she | laughed'."""
    tree = scene.tree
    if tree.tags[verb] != "VBN" or tree.child(verb, "aux", "nsubj") is not None:
        return
    for _ in range(_STEPS):
        link, above = tree.deps[verb], tree.heads[verb]
        if link in ("acl", "relcl"):
            yield _whole(scene, above)
        if link == "conj" and tree.child(above, "auxpass") is None:
            return
        if link not in ("advcl", "conj"):
            return
        subject = tree.child(above, "nsubj", "nsubjpass")
        if subject is not None:
            yield _whole(scene, subject)
            return
        verb = above


def _is_met(scene: Scene, lemma: str, head: int) -> bool:
    """Whether what 'to' or 'with' governs may be who is told: 'replied with one word' tells but what."""
    if _is_somebody(scene, head):
        return True
    thing = _is_matter(scene, head) or _is_bare(scene, head)
    return lemma in addressing()["aloud"] and not thing


def _can_listen(scene: Scene, i: int) -> bool:
    """Whether the head of a phrase may be somebody: a name, a pronoun, a noun, but no figure, no 'this'."""
    tree = scene.tree
    if tree.lower[i] in _POINTING:
        return any(tree.deps[child] in _PARTS for child in tree.children[i])
    # The labels of 'ABC’s This Week' and 'hundreds of voters' tell of a day and of a number.
    figure = tree.entities[i] in _FIGURES and tree.child(i, "poss", "prep") is None
    return tree.pos[i] in _LISTENING and not figure and tree.lower[i] not in _NOBODY


def _is_somebody(scene: Scene, head: int) -> bool:
    """Whether a noun phrase means a person, a group or a body by itself."""
    tree = scene.tree
    if tree.pos[head] in ("PROPN", "PRON"):
        return True
    return kind_of_noun(scene, head) not in _THINGS or tree.lemmas[head] in addressing()["somebody"]


def _is_matter(scene: Scene, head: int) -> bool:
    """Whether a noun is one for what is told, or how it is received: 'told the truth', 'to applause'."""
    return scene.tree.pos[head] == "NOUN" and scene.tree.lemmas[head] in addressing()["matters"]


def _is_bare(scene: Scene, head: int) -> bool:
    """Whether a noun for things stands alone: 'said to | cheers', 'asked | permission | to leave'."""
    tree = scene.tree
    determined = any(tree.deps[child] in _DETERMINERS for child in tree.children[head])
    return not determined and not _is_somebody(scene, head)


def _phrase(scene: Scene, listener: _Listener, taken: set[int]) -> Range:
    """The characters of a phrase as far as no other part of the quote begins."""
    tree = scene.tree
    first = last = head = listener.head
    while first > listener.first and first - 1 not in taken:
        first -= 1
    # 'Reminded the council that …': what follows is what was said, whatever the parser holds it for.
    while last < listener.last and last + 1 not in taken and not _opens_clause(scene, last + 1):
        last += 1
    # 'Wrote to supporters | saying: “…”': of what another part cuts short nothing stays.
    for child in tree.children[head]:
        if head < tree.left[child] <= last < tree.right[child] and tree.deps[child] in _PARTS:
            last = tree.left[child] - 1
    number = scene.outer[last]
    if number >= 0 and first < scene.spans[number][0]:
        last = max(last, scene.spans[number][1])
    return tree.range(*trimmed(scene, first, last))


def _opens_clause(scene: Scene, i: int) -> bool:
    """Whether a word opens what was said or when it was: 'told the council | that', 'Pell, | when asked'."""
    return scene.tree.lower[i] == "that" or scene.tree.tags[i] == "WRB"
