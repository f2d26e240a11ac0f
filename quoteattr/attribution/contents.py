"""Proposes what a cue may report: clauses and phrases of the tree, and quotations nearby."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from quoteattr.attribution import forms, quoted, signs
from quoteattr.attribution.datelines import behind_dateline
from quoteattr.attribution.scene import Pieces, Scene
from quoteattr.attribution.told import is_message, told
from quoteattr.attribution.tree import Tree
from quoteattr.cues import PhraseMatch, lexicon
from quoteattr.records import Range

__all__ = ["Content", "contents", "tidy"]

_LOOSE = frozenset(",;:.—–-…!?") | {"--", "..."}
_CUT = 8  # tokens of what stands in brackets, searched for at the end of a piece
_BRACKETS = {"(": ")", ")": "(", "[": "]", "]": "["}
_MOST = 64
_SKIPPED = frozenset({"punct", "det", "aux", "auxpass", "neg", "cc", "case"})
# Steps that lead to no content: of 20,000 proposals by these, in every eighth train article of PolNeAR, four
# were given out (training/attribution/ways.py).
_BARREN = _SKIPPED | {"compound", "amod", "poss", "nmod", "nummod", "npadvmod", "conj"}
_BARREN_BELOW = _BARREN | {"nsubj", "appos", "attr", "advmod"}
_LAST_STEPS = frozenset({"nsubj", "relcl", "appos"})
_APART = frozenset({"punct", "aux", "neg", "cc", "prt"})
# What a careful reader may leave out at the end of a clause: the parser hangs too much there.
_TRAILING = frozenset(
    {"advcl", "relcl", "acl", "conj", "prep", "npadvmod", "appos", "ccomp", "dep", "advmod"}
)
_TRAILERS = 5
_GOVERNED = frozenset({"ccomp", "xcomp", "dobj", "prep", "advcl", "oprd", "acomp", "attr", "acl", "relcl"})
_COLON = 12  # tokens from a noun to the colon that introduces what it announces
_ASIDE = 14  # tokens from a cue to the commas that set it off
_REPORTS = 0.3  # how often a word reports that ends the content before it
# Words that are no content by themselves.
_EMPTY = frozenset({"SCONJ", "ADP", "DET", "PART", "CCONJ", "PUNCT", "AUX"})


class Content(NamedTuple):
    """One proposal.

    Attributes:
        pieces: (first, last) token of each piece, in order, the last included.
        how: how the tree or the quotation marks led to it ('ccomp', 'prep>pobj', 'quote:before').
        head: the token that heads it (the first one where a quotation was taken whole).
    """

    pieces: Pieces
    how: str
    head: int

    def ranges(self, scene: Scene) -> tuple[Range, ...]:
        """The characters of the pieces."""
        return tuple(scene.tree.range(first, last) for first, last in self.pieces)


def contents(scene: Scene, cue: int) -> list[Content]:
    """The proposals for the cue headed by token ``cue``, no two alike, in a fixed order."""
    found: dict[Pieces, Content] = {}
    phrase = scene.phrases.get(cue)
    for proposal in _proposals(scene, cue):
        turn = proposal.how.startswith("label:")
        pieces = proposal.pieces if turn else _clean(scene, proposal.pieces, cue)
        if phrase is not None and pieces and _of_phrase(scene, phrase, cue, proposal.how, pieces):
            continue
        whole = _snap(scene, pieces, cue)
        if whole and whole not in found and len(found) < _MOST and not _cuts_inner(scene, whole, cue):
            found[whole] = Content(whole, proposal.how, proposal.head)
    return list(found.values())


def tidy(scene: Scene, pieces: Pieces, cue: int) -> Pieces:
    """The pieces in the cue's paragraph, loose marks left out, quotations that they cut taken whole."""
    begin, end = scene.blocks[scene.paragraph[cue]] if scene.blocks else (0, len(scene.tree) - 1)
    mine = tuple((max(a, begin), min(b, end)) for a, b in pieces if a <= end and begin <= b)
    return _snap(scene, _clean(scene, mine, cue), cue)


def _cuts_inner(scene: Scene, pieces: Pieces, cue: int) -> bool:
    """Whether the pieces break a quotation inside that of the cue: '“He just said ‘sor|ry’ and ran”'."""
    numbers = scene.inner.get(scene.outer[cue])
    if numbers is None:
        return False
    inner = [scene.spans[number] for number in numbers]
    return any((a < first <= b < last) or (first < a <= last < b) for first, last in pieces for a, b in inner)


def _of_phrase(scene: Scene, phrase: PhraseMatch, cue: int, how: str, pieces: Pieces) -> bool:
    """Whether words belong to the cue's own phrase, so that they are not what it reports.

    'To comment' is, of 'declined to comment'; of a phrase that reports by itself no word is.
    """
    if forms.is_set(scene, cue):
        return any(first < phrase.end and phrase.start <= last for first, last in pieces)
    return phrase.start <= pieces[0][0] and pieces[-1][1] < phrase.end and how != "xcomp"


def _proposals(scene: Scene, cue: int) -> Iterator[Content]:
    if pieces := forms.content(scene, cue):
        yield Content(pieces, "form", pieces[0][0])
        return
    for numbers, how in quoted.proposals(scene, cue):
        yield Content(tuple(scene.spans[number] for number in numbers), how, scene.spans[numbers[0]][0])
    if signs.is_sign(scene, cue):
        for pieces, how in (*signs.labelled(scene, cue), *signs.signed(scene, cue)):
            yield Content(pieces, how, pieces[0][0])
    yield from _below(scene, cue)
    yield from _beside(scene, cue)
    yield from _above(scene, cue)
    if scene.tree.pos[cue] in ("VERB", "AUX"):
        yield from _around(scene, cue)
        yield from _to_end(scene, cue)
    else:
        yield from _predicate(scene, cue)


def _below(scene: Scene, cue: int) -> Iterator[Content]:
    """The subtree of each dependent, down to four steps, and its first part where something trails."""
    tree = scene.tree
    level = [(cue, "")]
    barren = _BARREN
    for depth in range(4):
        following = []
        for node, path in level:
            for child in tree.children[node]:
                dep = tree.deps[child]
                if dep in barren:
                    continue
                if dep == "relcl" and _says_which(tree, child):
                    continue
                step = f"{path}>{dep}" if path else dep
                whole = (tree.left[child], tree.right[child])
                yield Content((whole,), step, child)
                if depth < 2:
                    for last, trailer in _shortened(scene, child):
                        yield Content(((whole[0], last),), f"{step}-{trailer}", child)
                if depth == 0:
                    yield from _carried_on(scene, cue, whole, step, child)
                if not _is_last(tree, child):
                    following.append((child, step))
        level = following
        barren = _BARREN_BELOW


def _says_which(tree: Tree, clause: int) -> bool:
    """Whether a relative clause only says which: 'wrote the paper | that made her name'."""
    subject = tree.child(clause, "nsubj", "nsubjpass")
    return subject is not None and tree.tags[subject] in ("WDT", "WP")


def _is_last(tree: Tree, i: int) -> bool:
    """Whether nothing below a dependent is a content: a clause is, 'made it | clear | that …' goes on."""
    return tree.deps[i] in _LAST_STEPS or (tree.deps[i] == "ccomp" and tree.pos[i] in ("VERB", "AUX"))


def _shortened(scene: Scene, head: int) -> Iterator[tuple[int, str]]:
    """Where the subtree of ``head`` could end before its last branches: (last token, relation left out)."""
    tree = scene.tree
    node, found = head, 0
    while found < _TRAILERS:
        branches = [child for child in tree.children[node] if child > node and tree.deps[child] != "punct"]
        for child in reversed(branches):
            last = tree.left[child] - 1
            if tree.deps[child] in _TRAILING and last > head and found < _TRAILERS:
                while last > head and (tree.deps[last] == "cc" or _loose(scene, last)):
                    last -= 1
                yield last, tree.deps[child]
                found += 1
        if not branches:
            return
        node = branches[-1]


def _carried_on(scene: Scene, cue: int, whole: tuple[int, int], step: str, head: int) -> Iterator[Content]:
    """A complement with the quotation that follows its sentence: 'She disliked it. “It was terrible.”'."""
    if scene.paragraphs and not _is_deed(scene, cue, head):
        run = quoted.following(scene, whole[1])
        free = run and quoted.is_free(scene, cue, scene.spans[run[0]][0])
        if free and not quoted.names_subject(scene, cue, run):
            yield Content((whole, *(scene.spans[number] for number in run)), f"{step}+quote", head)


def _is_deed(scene: Scene, cue: int, head: int) -> bool:
    """Whether a word that reports nothing but speech has a thing for its object: 'put up | the window'."""
    tree = scene.tree
    word = lexicon().get((tree.lemmas[cue], tree.pos[cue]))
    return tree.deps[head] == "dobj" and word is not None and word.needs == "quote"


def _beside(scene: Scene, cue: int) -> Iterator[Content]:
    """Runs of neighbouring dependents to the right of the cue: 'accused | him of lying'."""
    tree = scene.tree
    right = []
    for child in tree.children[cue]:
        if tree.deps[child] == "conj" and tree.pos[child] in ("VERB", "AUX"):
            break
        if child > cue and tree.deps[child] not in _APART:
            right.append(child)
    right = right[:6]
    listener = told(scene, cue)
    for a, first in enumerate(right):
        for last in right[a + 1 :]:
            if first == listener and is_message(scene, last):
                continue
            how = f"{tree.deps[first]}..{tree.deps[last]}"
            yield Content(((tree.left[first], tree.right[last]),), how, first)
    if right and right[0] != listener and tree.right[cue] > cue:
        yield Content(((tree.left[right[0]], tree.right[cue]),), f"{tree.deps[right[0]]}..end", right[0])


def _above(scene: Scene, cue: int) -> Iterator[Content]:
    """The clause around the cue, the branch of the cue taken out: 'According to X, …', '…, as X said'."""
    tree = scene.tree
    branch = cue
    path = ""
    halves = not forms.is_set(scene, cue)  # 'The timetable, in her view, is too tight' is hers on both sides
    for _ in range(3):
        head = tree.heads[branch]
        if head == branch:
            return
        path = f"{path}^{tree.deps[branch]}"
        first, last = tree.left[head], tree.right[head]
        before = (first, tree.left[branch] - 1)
        after = (tree.right[branch] + 1, last)
        pieces = tuple(piece for piece in (before, after) if piece[0] <= piece[1])
        if pieces:
            yield Content(pieces, path, head)
        if len(pieces) == 2 and halves:
            yield Content(pieces[:1], path + "<", head)
            yield Content(pieces[1:], path + ">", head)
        branch = head


def _predicate(scene: Scene, cue: int) -> Iterator[Content]:
    """What a noun is said to be ('the complaint is | that …'), or announces ('the message was clear: …')."""
    tree = scene.tree
    head = tree.heads[cue]
    if tree.deps[cue] == "nsubj" and tree.lemmas[head] == "be":
        for child in tree.children[head]:
            if child > head and tree.deps[child] in ("ccomp", "xcomp", "attr"):
                yield Content(((tree.left[child], tree.right[child]),), f"^nsubj>{tree.deps[child]}", child)
    end = tree.sentences[tree.sentence[cue]][1]
    colon = next((i for i in range(cue + 1, min(cue + _COLON, end - 2)) if tree.words[i] == ":"), None)
    if colon is not None:
        yield Content(((colon + 1, end - 1),), "after:", colon + 1)


def _around(scene: Scene, cue: int) -> Iterator[Content]:
    """The sentence without the report that commas set off in its middle: 'The fire, said Ann, had spread'."""
    tree = scene.tree
    if scene.outer[cue] >= 0:
        return
    first, end = tree.sentences[tree.sentence[cue]]
    before = next((i for i in range(cue - 1, max(first, cue - _ASIDE), -1) if tree.words[i] == ","), None)
    after = next((i for i in range(cue + 1, min(end, cue + _ASIDE)) if tree.words[i] == ","), None)
    if before is not None and after is not None and after + 2 < end:
        yield Content(((first, before - 1), (after + 1, end - 1)), "aside", tree.heads[cue])


def _to_end(scene: Scene, cue: int) -> Iterator[Content]:
    """From a complement to the end of the sentence or to the next cue: the parser breaks lists of clauses."""
    tree = scene.tree
    end = tree.sentences[tree.sentence[cue]][1] - 1
    following = next((i for i in range(cue + 1, end) if _opens_report(scene, cue, i)), end)
    while following < end and (tree.pos[following - 1] == "CCONJ" or tree.words[following - 1] == ","):
        following -= 1
    listener = told(scene, cue)
    for child, step in _starts(scene, cue):
        right = tree.right[child]
        if right < end and child != listener:
            yield Content(((tree.left[child], end),), f"{step}..stop", child)
            if right < following - 1 < end - 1:
                yield Content(((tree.left[child], following - 1),), f"{step}..cue", child)


def _starts(scene: Scene, cue: int) -> Iterator[tuple[int, str]]:
    """The complements to the right of the cue, and what a preposition or a short verb of them governs."""
    tree = scene.tree
    for child in tree.children[cue]:
        dep = tree.deps[child]
        if child > cue and dep in _GOVERNED:
            yield child, dep
            if dep in ("prep", "xcomp"):
                for inner in tree.children[child]:
                    if inner > child and tree.deps[inner] in ("pobj", "pcomp", "ccomp"):
                        yield inner, f"{dep}>{tree.deps[inner]}"


def _opens_report(scene: Scene, cue: int, i: int) -> bool:
    """Whether a joined report begins at token ``i``: ', and warned', 'but added', ', insisting'."""
    tree = scene.tree
    if tree.pos[i] != "VERB" or tree.tags[i] not in (tree.tags[cue], "VBG") or scene.outer[i] >= 0:
        return False
    if tree.words[i - 1] != "," and tree.pos[i - 1] != "CCONJ":
        return False
    word = lexicon().get((tree.lemmas[i], "VERB"))
    return word is not None and word.rate >= _REPORTS


def _clean(scene: Scene, pieces: Pieces, cue: int) -> Pieces:
    """Each piece without punctuation and white space at its edges (unless quoted); empty ones left out."""
    kept = []
    words, pos, outer = scene.tree.words, scene.tree.pos, scene.outer
    for piece in pieces:
        begin, end = _in_paragraph(scene, piece, cue)
        begin = behind_dateline(scene, begin, end)
        while begin <= end and (_loose(scene, begin) or _is_half(scene, begin, begin, end)):
            begin += 1
        end = _before_bracket(scene, begin, end)
        while end >= begin and (_loose(scene, end) or _is_half(scene, end, begin, end)):
            end -= 1
        if begin <= cue <= end:
            continue
        # A piece tells something if it has a word that can be a content, or the better part of one. Any word
        # does of what is quoted: '“That,” she said, “is it.”'.
        for i in range(begin, min(end, begin + 20) + 1):
            if (outer[i] >= 0 or pos[i] not in _EMPTY) and words[i][0].isalnum():
                kept.append((begin, end))
                break
    return tuple(kept)


def _in_paragraph(scene: Scene, piece: tuple[int, int], cue: int) -> tuple[int, int]:
    """The piece as far as the cue's paragraph goes, where the parser let a sentence cross its border."""
    first, last = piece
    if not scene.blocks or scene.paragraph[first] == scene.paragraph[last]:
        return piece
    begin, end = scene.blocks[scene.paragraph[cue]]
    return (max(first, begin), min(last, end)) if first <= end and begin <= last else piece


def _loose(scene: Scene, i: int) -> bool:
    word = scene.tree.words[i]
    return scene.outer[i] < 0 and (word in _LOOSE or word.isspace())


def _is_half(scene: Scene, i: int, first: int, last: int) -> bool:
    """Whether token ``i`` at an edge is a bracket without its other half: '(“We know,” | says everyone)'."""
    other = _BRACKETS.get(scene.tree.words[i])
    return other is not None and scene.outer[i] < 0 and other not in scene.tree.words[first : last + 1]


def _before_bracket(scene: Scene, first: int, last: int) -> int:
    """The last token of a piece but for a bracket that it cuts: 'that trade fell | (Letters|, 3 May)'."""
    words = scene.tree.words
    for i in range(last, max(first, last - _CUT), -1):
        if words[i] in _BRACKETS and scene.outer[i] < 0:
            return i - 1 if words[i] in "([" else last
    return last


def _snap(scene: Scene, pieces: Pieces, cue: int) -> Pieces:
    """The pieces widened to whole quotations where they cut one; unchanged where the cue is in it."""
    outer = scene.outer
    own = outer[cue]
    whole = len(pieces) < 2
    for first, last in pieces:
        whole = whole and outer[first] in (-1, own) and outer[last] in (-1, own)
    if whole:
        return pieces
    widened: list[tuple[int, int]] = []
    for piece in pieces:
        around = [scene.outer[edge] for edge in piece]
        spans = [piece, *(scene.spans[number] for number in around if number not in (-1, own))]
        first, last = min(a for a, _ in spans), max(b for _, b in spans)
        if first <= cue <= last:
            return pieces
        if widened and first <= widened[-1][1] + 1:
            widened[-1] = (widened[-1][0], max(last, widened[-1][1]))
        else:
            widened.append((first, last))
    return tuple(widened)
