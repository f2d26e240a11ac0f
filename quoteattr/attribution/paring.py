"""What in a content beside quoted words is the reporter's own: when it was said, a comment, what he adds."""

from __future__ import annotations

import bisect
from itertools import takewhile

from quoteattr.attribution.kinds import kind_of_noun
from quoteattr.attribution.misread import is_participle
from quoteattr.attribution.quoted import OPEN_ENDS
from quoteattr.attribution.scene import Pieces, Scene
from quoteattr.attribution.tree import SUBJECTS, Tree
from quoteattr.attribution.utterances import is_utterance
from quoteattr.cues import lexicon
from quoteattr.times import is_time

__all__ = ["pared", "runs_on"]

_ENDED = frozenset(":?!.")
_UTTERING = frozenset({"speech", "writing"})
_HOW = frozenset({"after", "at", "before", "during", "in", "on", "through", "with"})
_JOINING = frozenset({"CCONJ", "ADV", "PUNCT"})  # ', and also'
_TELLING = frozenset({"NOUN", "PROPN", "VERB", "AUX", "NUM"})
_SELF = frozenset({"i", "we"})
_JOINT = 3  # tokens of ', and so' between quoted words and 'I'
_LINK = 5  # tokens of 'and sometimes, “…'
_SAYING = 0.45  # how often a word reports that has what it says right behind it


def runs_on(scene: Scene, pieces: Pieces) -> bool:
    """Whether a content begins as speech and goes on with the words of the one who reports it.

    '“Stay here,” | and he went in' does; '“a mess,” as she called it' does not begin as speech.
    """
    number = scene.outer[pieces[0][0]]
    if number < 0 or scene.spans[number][0] != pieces[0][0] or not _is_spoken(scene, number):
        return False
    following = _running(scene)
    for first, last in pieces:
        begin = first
        while begin <= last and scene.outer[begin] < 0:
            if _goes_beyond(scene, begin, number):
                return True
            begin += 1
        place = bisect.bisect_left(following, begin)
        if place < len(following) and following[place] <= last:
            return True
        if (first, last) != pieces[-1]:
            number = next((scene.outer[i] for i in range(last, begin - 1, -1) if scene.outer[i] >= 0), number)
    return False


def _running(scene: Scene) -> list[int]:
    """The tokens at which a sentence that began as speech goes on outside of the marks, in order."""
    if scene.running is None:
        scene.running, number = [], -1
        for i, outer in enumerate(scene.outer):
            number = number if outer < 0 else outer
            if outer < 0 <= number and _goes_beyond(scene, i, number):
                scene.running.append(i)
    return scene.running


def _goes_beyond(scene: Scene, i: int, number: int) -> bool:
    """Whether a word goes on with the sentence of the quotation before it, and joins no other to that."""
    return scene.tree.words[i][0].isalnum() and scene.ending(number) in OPEN_ENDS and not _is_link(scene, i)


def pared(scene: Scene, pieces: Pieces, cue: int) -> Pieces:
    """The pieces without what stands beside quoted words and is the reporter's: when, and a comment on them.

    '18:05 | “Stay where you are,” | says fire chief', 'called it “theft,” | a word she regrets', 'said it was
    “late”, | so I left', 'whispers “Never” | as if in church', 'tells | it differently: | “We argued”', what
    ends before speech that has its word behind it: 'And the ferry? | “Cancelled,” | laughs Pell', and what is
    reported beside it: 'said it was late | and urged them to act'.
    """
    pieces = _before_joined(scene, pieces, cue) if scene.joined else pieces
    pieces = _before_verb(scene, pieces, cue)
    begin, end = pieces[0][0], pieces[-1][1]
    cited, paragraph = scene.cited, scene.paragraph
    if scene.paragraphs and not (cited[paragraph[begin]] or cited[paragraph[end]]):
        return pieces
    first, last = begin, end
    while first < end and is_time(scene.tree.words[first]):
        first += 1
    if scene.outer[first] < 0:
        first = _speech(scene, pieces[0], cue) or _led_to(scene, pieces[0], cue) or begin
    sentence = scene.tree.sentences[scene.tree.sentence[end]][0]
    while last > max(first, sentence - 2) and scene.outer[last] < 0:
        last -= 1
    if scene.outer[last] < 0 or not (
        _is_comment(scene, last, end) or _is_manner(scene, (first, last), end, cue)
    ):
        last = end
    last = _before_self(scene, max(first, pieces[-1][0]), last, cue)
    if (first, last) == (begin, end) or last < pieces[-1][0] or first > pieces[0][1]:
        return pieces
    if len(pieces) == 1:
        return ((first, last),)
    return ((first, pieces[0][1]), *pieces[1:-1], (pieces[-1][0], last))


def _before_joined(scene: Scene, pieces: Pieces, cue: int) -> Pieces:
    """The pieces as far as the next verb that is joined to the cue, and the 'and' before it."""
    verb = next((i for i, saying in scene.joined.items() if saying == cue), len(scene.tree))
    if not pieces[0][0] < verb <= pieces[-1][1]:
        return pieces
    last = verb - 1
    while last > pieces[0][0] and scene.outer[last] < 0 and scene.tree.pos[last] in _JOINING:
        last -= 1
    return tuple((first, min(end, last)) for first, end in pieces if first <= last)


def _before_verb(scene: Scene, pieces: Pieces, cue: int) -> Pieces:
    """The pieces as far as the verb of whom a participle describes: 'Nell, told that he drowned, | left'."""
    verb, (first, last) = _verb_of_told(scene.tree, cue), pieces[0]
    if verb is None or not cue < first <= verb <= last:
        return pieces
    comma = next((i for i in range(verb, first, -1) if scene.tree.words[i] == ","), first)
    return ((first, comma - 1),) if comma > first else pieces


def _verb_of_told(tree: Tree, cue: int) -> int | None:
    """The verb whose subject a participle describes, if the cue is one."""
    if tree.deps[cue] == "acl":
        noun = tree.heads[cue]
        return tree.heads[noun] if tree.deps[noun] in SUBJECTS else None
    joined = (i for i in tree.children[cue] if i > cue and tree.deps[i] == "conj")
    return next(joined, None) if is_participle(tree, cue) else None


def _speech(scene: Scene, piece: tuple[int, int], cue: int) -> int | None:
    """Where the speech begins that ends a piece right before its cue, if what stands before it has ended."""
    first, last = piece
    number = scene.outer[last]
    if number < 0 or cue < last or not scene.is_shut(number):
        return None
    begin = scene.spans[number][0]
    return begin if begin > first and scene.tree.words[begin - 1] in _ENDED else None


def _led_to(scene: Scene, piece: tuple[int, int], cue: int) -> int | None:
    """Where the speech begins that words lead to which tell nothing themselves: 'it differently: “We …”'."""
    tree, (first, last) = scene.tree, piece
    colon = next((i for i in range(first, last) if tree.words[i] == ":" or tree.pos[i] in _TELLING), last)
    number = scene.outer[colon + 1] if cue < first and colon < last else -1
    if number < 0 or tree.words[colon] != ":" or scene.spans[number][0] != colon + 1:
        return None
    return colon + 1


def _is_comment(scene: Scene, quoted: int, end: int) -> bool:
    """Whether a phrase and its relative clause, behind quoted words and a comma, say what those words are."""
    tree, number = scene.tree, scene.outer[quoted]
    first = quoted + 1 if scene.ending(number) == "," else quoted + 2
    if first > end or (first == quoted + 2 and tree.words[quoted + 1] != ","):
        return False
    head = tree.top(range(first, end + 1))
    if tree.pos[head] != "NOUN" or tree.left[head] != first or tree.right[head] < end:
        return False
    return tree.child(head, "relcl") is not None and kind_of_noun(scene, head) in ("thing", "work")


def _is_manner(scene: Scene, quoted: tuple[int, int], end: int, cue: int) -> bool:
    """Whether what stands behind speech that a word of saying leads to says how, when or where that was."""
    tree, (first, last) = scene.tree, quoted
    number = scene.outer[first]
    if last == end or number < 0 or scene.spans[number] != quoted or scene.is_title(number):
        return False
    word = lexicon().get((tree.lemmas[cue], tree.pos[cue]))
    if word is None or word.act not in _UTTERING or tree.words[cue + 1 : first] not in ([], [","], [":"]):
        return False
    begins = next((character for character in scene.said(number) if character.isalnum()), "")
    tail = last + 2 if tree.words[last + 1] == "," else last + 1
    return begins.isupper() and any(
        tree.left[child] in (last + 1, tail) and (tree.deps[child] == "advcl" or tree.lower[child] in _HOW)
        for child in tree.children[cue]
    )


def _before_self(scene: Scene, first: int, last: int, cue: int) -> int:
    """Where a content ends if the reporter speaks of himself behind quoted words: '… “late”, | so I left'."""
    tree = scene.tree
    subject = tree.child(cue, "nsubj")
    if scene.outer[cue] >= 0 or (subject is not None and tree.lower[subject] in _SELF):
        return last
    for i in range(first + 1, last + 1):
        if tree.lower[i] in _SELF and tree.deps[i] == "nsubj" and scene.outer[i] < 0:
            near = range(i - 1, max(i - 1 - _JOINT, first), -1)
            return next((j for j in near if scene.outer[j] >= 0), last)
    return last


def _is_spoken(scene: Scene, number: int) -> bool:
    """Whether a quotation is speech, though no comma stands before it: 'saying “Who is there?” and …'."""
    tree, first = scene.tree, scene.spans[number][0]
    if is_utterance(scene, number):
        return True
    if first == 0 or tree.pos[first - 1] != "VERB" or scene.is_title(number):
        return False
    word = lexicon().get((tree.lemmas[first - 1], "VERB"))
    return word is not None and word.rate >= _SAYING and scene.said(number).lstrip()[:1].isupper()


def _is_link(scene: Scene, i: int) -> bool:
    """Whether a word stands in a few that join two quotations: '“Why?” and sometimes “How?”'."""
    if max(scene.outer[i : i + _LINK]) < 0:
        return False
    near = range(i, min(i + _LINK, len(scene.tree)))
    words = list(takewhile(lambda j: scene.outer[j] < 0, near))
    return len(words) < len(near) and not any(scene.tree.pos[j] in ("VERB", "AUX") for j in words)
