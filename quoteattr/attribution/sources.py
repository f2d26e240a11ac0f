"""Proposes who may be the source of a cue: noun phrases of its sentence, named by their path in the tree."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from quoteattr.attribution import forms, misread, signs
from quoteattr.attribution.datelines import behind_dateline
from quoteattr.attribution.listening import addressing
from quoteattr.attribution.scene import Scene
from quoteattr.attribution.tree import SUBJECTS, TIMES
from quoteattr.records import Range
from quoteattr.times import is_time

__all__ = [
    "Source",
    "is_listener",
    "is_nobody",
    "is_nominal",
    "is_understood",
    "phrase_of",
    "sources",
    "trimmed",
]

_NOMINAL = frozenset({"NOUN", "PROPN", "PRON", "NUM"})
_SUBJECTS = SUBJECTS | {"csubj"}
_SKIPPED = frozenset({"punct", "aux", "auxpass", "neg"})
# Relations below which a path goes on.
_LEADING = frozenset({"prep", "agent", "pobj", "nsubj", "dobj", "appos", "nsubjpass", "mark", "poss"})
_NOBODY = frozenset({"nobody", "none", "no-one", "noone"})
_NOTHING = frozenset({"nothing", "something", "anything", "everything"})
_STEPS = 5  # up from the cue
_TOPICAL = frozenset({"a", "an", "his", "her", "its", "their", "this", "that", "how", "what", "why"})
_LABEL = 4  # tokens of a label and its colon
_PLACING = frozenset({"outside", "inside", "opposite", "beyond", "back"})
# Relations of a verb without a subject to the clause whose subject it has.
_ADVERBIAL = frozenset({"advcl", "prep", "pcomp", "conj", "xcomp", "csubjpass"})


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
    if forms.is_set(scene, cue):
        return list(_of_form(scene, cue))
    found: dict[int, Source] = {}
    if signs.is_sign(scene, cue):
        for first, last, path in signs.speaking(scene, cue):
            head = signs.head(scene, first, last)
            if head not in found:
                found[head] = Source(head, path, first, last)
    hidden = _hidden(scene, cue)
    if hidden is not None:
        found[hidden.head] = hidden
    for token, path in _ways(scene, cue):
        if is_listener(scene, cue, token) or (hidden is not None and path == hidden.path):
            continue
        head = _subject(scene, token)
        if head not in found and head != cue and is_nominal(scene, head):
            first, last = _phrase(scene, head, cue)
            if first <= last:
                found[head] = Source(head, path, first, last)
    return list(found.values())


def _hidden(scene: Scene, cue: int) -> Source | None:
    """The source that the parser hides, if its sentence has the form of one that it mostly gets wrong."""
    found = misread.subject(scene, cue) or misread.governed(scene, cue)
    if found is None:
        return None
    head, path, first, last = found
    first, last = trimmed(scene, first, last)
    somebody = is_nominal(scene, head) or scene.tree.deps[head] == "amod"  # 'the 61-year-old'
    return Source(head, path, first, last) if first <= head <= last and somebody else None


def _subject(scene: Scene, head: int) -> int:
    """A head, or the name beside it where the parser takes what opens the sentence for the subject.

    'Replying, | Lee said …', 'Outside court, | the victim’s mother said …'.
    """
    tree = scene.tree
    if tree.tags[head] != "VBG" and tree.lower[tree.left[head]] not in _PLACING:
        return head
    end = tree.right[head]
    behind = range(head + 1, end + 1)
    return next((i for i in behind if tree.deps[i] == "appos" and tree.right[i] == end), head)


def _of_form(scene: Scene, cue: int) -> Iterator[Source]:
    """The source that a set form names, if it names one."""
    head = forms.speaker(scene, cue)
    if head is not None:
        yield phrase_of(scene, head, cue)


def phrase_of(scene: Scene, head: int, cue: int) -> Source:
    """The source of a form by its head."""
    return Source(head, "form", *_phrase(scene, head, cue))


def is_understood(scene: Scene, cue: int, options: Sequence[Source]) -> bool:
    """Whether the cue has but the subject of the clause that it hangs on: 'Fearing that …, | she | left'."""
    tree = scene.tree
    if tree.tags[cue] != "VBG" or cue in scene.phrases or tree.child(cue, *_SUBJECTS) is not None:
        return False
    return any(option.path.endswith(">nsubj") and _is_adverbial(option.path) for option in options)


def _is_adverbial(path: str) -> bool:
    """Whether a way up from a cue crosses only what hangs on a clause, none that has its own subject."""
    up = path.partition(">")[0].split("^")
    return len(up) > 1 and _ADVERBIAL.issuperset(up[1:]) and path.count(">") == 1


def is_listener(scene: Scene, cue: int, token: int) -> bool:
    """Whether a token is who is told: 'She was told', 'Pell, asked why, said …', 'Told of it, she wept'."""
    tree = scene.tree
    if tree.lemmas[cue] not in addressing()["object"]:
        return False
    if misread.is_told(tree, cue):
        return tree.deps[token] == "nsubj" and tree.heads[token] == tree.heads[cue]
    if tree.heads[cue] == token and tree.deps[cue] == "acl":
        return tree.child(cue, "agent") is not None
    if tree.heads[token] != cue:
        return False
    return tree.deps[token] == "nsubjpass" or (
        tree.deps[token] == "nsubj" and misread.is_participle(tree, cue)
    )


def is_nobody(scene: Scene, source: Source) -> bool:
    """Whether the words name nobody, so that nothing is reported: 'Nobody said that …', 'self-styled'."""
    tree = scene.tree
    word = tree.lower[source.head]
    if word == "self":
        return tree.words[source.head + 1 : source.head + 2] == ["-"]
    return word in _NOBODY or (word == "one" and tree.lower[source.head - 1] == "no")


def _ways(scene: Scene, cue: int) -> Iterator[tuple[int, str]]:
    """The tokens that paths lead to: below the cue, then below each of its ancestors."""
    tree = scene.tree
    node, up = cue, ""
    for steps in range(_STEPS):
        yield from _below(scene, node, up, 3 if steps == 0 else 2)
        head = tree.heads[node]
        if head == node:
            return
        up = f"{up}^{tree.deps[node]}"
        yield head, up
        node = head


def _below(scene: Scene, node: int, path: str, depth: int) -> Iterator[tuple[int, str]]:
    """The dependents of ``node``, down to ``depth`` steps."""
    tree = scene.tree
    for child in tree.children[node]:
        dep = tree.deps[child]
        if dep not in _SKIPPED:
            step = f"{path}>{dep}"
            yield child, step
            if depth > 1 and dep in _LEADING:
                yield from _below(scene, child, step, depth - 1)


def is_nominal(scene: Scene, head: int) -> bool:
    """Whether the head of a phrase may be somebody: a noun, 'the 19-year-old', any subject; never a sign."""
    tree = scene.tree
    if not _has_letters(tree.words[head]) or tree.lower[head] in _NOTHING:
        return False
    if tree.pos[head] in _NOMINAL or tree.deps[head] in _SUBJECTS:
        return True
    return tree.pos[head] == "ADJ" and tree.child(head, "det") is not None


def _phrase(scene: Scene, head: int, cue: int) -> tuple[int, int]:
    """First and last token of the noun phrase, without the branch that holds the cue, and loose marks."""
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
    last = _before_listener(scene, head, last)
    last = _before_speech(scene, head, last)
    last = _to_cue(scene, last, cue)
    number = scene.outer[last]
    if number >= 0 and first < scene.spans[number][0] and scene.spans[number][1] < cue:
        last = scene.spans[number][1]
    return trimmed(scene, _whole_name(scene, first), last)


def _whole_name(scene: Scene, first: int) -> int:
    """Where a phrase begins that the parser cuts at a hyphen: 'Minister Tariq al-Nouri' for '| Nouri'."""
    tree = scene.tree
    if first < 2 or tree.words[first - 1] != "-" or tree.ends[first - 2] < tree.starts[first] - 1:
        return first
    first -= 2
    while first and tree.pos[first - 1] == "PROPN" and tree.entities[first - 1] not in TIMES:
        first -= 1
    return first


def _to_cue(scene: Scene, last: int, cue: int) -> int:
    """Where a name ends whose last words the parser takes for adverbs: 'Save Fenner | Now | said'."""
    tree = scene.tree
    if last + 1 >= cue or tree.pos[last] != "PROPN" or not tree.words[cue].islower():
        return last
    beside = range(last + 1, cue)
    named = all(tree.deps[i] == "advmod" and tree.words[i][0].isupper() for i in beside)
    return cue - 1 if named else last


def _before_listener(scene: Scene, head: int, last: int) -> int:
    """Where the phrase ends if ', to the agency' or ', when asked …' follows, whatever that hangs on."""
    tree = scene.tree
    for i in range(head + 2, last):
        if tree.words[i - 1] != ",":
            continue
        asked = tree.lower[i] == "when" and tree.tags[i + 1] == "VBN"
        if asked or (tree.lower[i] == "to" and tree.tags[i] != "TO"):
            return i - 2
    return last


def _before_speech(scene: Scene, head: int, last: int) -> int:
    """Where the phrase ends if a quotation stands behind its comma or colon: 'said Okell, ‘and no oil’'."""
    for i in range(head + 2, last + 1):
        if (
            scene.outer[i] >= 0
            and scene.outer[i] != scene.outer[i - 1]
            and scene.tree.words[i - 1] in (",", ":")
        ):
            return i - 2
    return last


def trimmed(scene: Scene, first: int, last: int) -> tuple[int, int]:
    """First and last token of a phrase without speech, dateline, time and loose marks at its edges."""
    words = scene.tree.words
    first = _behind_speech(scene, first, last)
    first = _behind_label(scene, behind_dateline(scene, first, last), last)
    last = _before_topic(scene, first, _before_words(scene, first, last))
    if "(" in words[first + 1 : last] and ")" not in words[first + 1 : last + 1]:
        last = words.index("(", first + 1) - 1
    while first < last and (_loose(words[last]) or _is_edge(scene, last, 0)):
        last -= 1
    while first < last and (_loose(words[first]) or _is_edge(scene, first, 1) or is_time(words[first])):
        first += 1
    return first, last


def _behind_speech(scene: Scene, first: int, last: int) -> int:
    """Where a phrase begins that the parser takes for a part of what stands before it: '“No,” | Ann Lee'."""
    number = scene.outer[first]
    if number < 0 or scene.outer[last] == number:
        return first
    begin, end = scene.spans[number]
    return end + 1 if begin < first or scene.is_shut(number) else first


def _before_words(scene: Scene, first: int, last: int) -> int:
    """Where a phrase ends before 'as' and a quotation: 'described by | colleagues | as “a lovely man”'."""
    for i in range(first + 1, last):
        if scene.tree.lower[i] == "as" and scene.outer[i] < 0 <= scene.outer[i + 1]:
            return i - 1
    return last


def _before_topic(scene: Scene, first: int, last: int) -> int:
    """Where a name ends before what its bearer speaks of: 'said | Ann Lee | of her win'; not of a body."""
    tree = scene.tree
    for i in range(first + 1, last):
        if tree.lower[i] == "of" and tree.pos[i - 1] == "PROPN" and tree.lower[i + 1] in _TOPICAL:
            return i - 1
    return last


def _behind_label(scene: Scene, first: int, last: int) -> int:
    """Where a phrase begins without the label before it: 'The claim: | A post shared widely'."""
    words = scene.tree.words
    for i in range(first + 1, min(first + _LABEL, last)):
        if words[i] == ":" and scene.outer[i] < 0 and words[i + 1][0].isupper():
            return i + 1
    return first


def _is_edge(scene: Scene, i: int, edge: int) -> bool:
    """Whether a token is the mark at the first (0) or the last (1) edge of a quotation that is longer."""
    number = scene.outer[i]
    return number >= 0 and scene.spans[number][edge] == i != scene.spans[number][1 - edge]


def _has_letters(word: str) -> bool:
    """Whether a word has a letter or a figure."""
    return word.isalnum() or any(character.isalnum() for character in word)


def _loose(word: str) -> bool:
    return not _has_letters(word) and word not in (")", "”", '"', "“", "’", "#")
