"""Proposes what a cue may report: clauses and phrases of the tree, and quotations nearby."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from quoteattr.attribution import quoted, signs
from quoteattr.attribution.scene import Pieces, Scene
from quoteattr.records import Range

__all__ = ["Content", "contents"]

_LOOSE = frozenset(",;:.—–-…!?") | {"--", "..."}
_MOST = 64
_SKIPPED = frozenset({"punct", "det", "aux", "auxpass", "neg", "cc", "case"})
_APART = frozenset({"punct", "aux", "neg", "cc", "prt"})
# What a careful reader may leave out at the end of a clause: the parser hangs too much there.
_TRAILING = frozenset(
    {"advcl", "relcl", "acl", "conj", "prep", "npadvmod", "appos", "ccomp", "dep", "advmod"}
)
_TRAILERS = 5
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
        if phrase is not None and pieces and phrase.start <= pieces[0][0] and pieces[-1][1] < phrase.end:
            continue
        whole = _snap(scene, pieces, cue)
        if whole and whole not in found and len(found) < _MOST:
            found[whole] = Content(whole, proposal.how, proposal.head)
        if (
            pieces != whole
            and pieces not in found
            and len(found) < _MOST
            and not _alike(scene, pieces, whole)
        ):
            found[pieces] = Content(pieces, proposal.how + "|cut", proposal.head)
    return list(found.values())


def _alike(scene: Scene, pieces: Pieces, whole: Pieces) -> bool:
    """Whether the two hold the same words, but for marks."""
    if len(pieces) != len(whole):
        return False
    words = scene.tree.words
    return not any(
        words[i][0].isalnum()
        for (first, last), (begin, end) in zip(pieces, whole, strict=True)
        for i in (*range(begin, first), *range(last + 1, end + 1))
    )


def _proposals(scene: Scene, cue: int) -> Iterator[Content]:
    for numbers, how in quoted.proposals(scene, cue):
        yield Content(tuple(scene.spans[number] for number in numbers), how, scene.spans[numbers[0]][0])
    if signs.is_sign(scene, cue):
        for pieces, how in (*signs.labelled(scene, cue), *signs.signed(scene, cue)):
            yield Content(pieces, how, pieces[0][0])
    yield from _below(scene, cue)
    yield from _beside(scene, cue)
    yield from _above(scene, cue)


def _below(scene: Scene, cue: int) -> Iterator[Content]:
    """The subtree of each dependent, down to four steps, and its first part where something trails."""
    tree = scene.tree
    level = [(cue, "")]
    for depth in range(4):
        following = []
        for node, path in level:
            for child in tree.children[node]:
                dep = tree.deps[child]
                if dep in _SKIPPED:
                    continue
                step = f"{path}>{dep}" if path else dep
                whole = (tree.left[child], tree.right[child])
                yield Content((whole,), step, child)
                if depth < 2:
                    for last, trailer in _shortened(scene, child):
                        yield Content(((whole[0], last),), f"{step}-{trailer}", child)
                if depth == 0:
                    yield from _carried_on(scene, whole, step, child)
                following.append((child, step))
        level = following


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


def _carried_on(scene: Scene, whole: tuple[int, int], step: str, head: int) -> Iterator[Content]:
    """A complement with the quotation that follows its sentence: 'She disliked it. “It was terrible.”'."""
    if scene.paragraphs:
        run = quoted.following(scene, whole[1])
        if run:
            yield Content((whole, *(scene.spans[number] for number in run)), f"{step}+quote", head)


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
    for a, first in enumerate(right):
        for last in right[a + 1 :]:
            how = f"{tree.deps[first]}..{tree.deps[last]}"
            yield Content(((tree.left[first], tree.right[last]),), how, first)
    if right and tree.right[cue] > cue:
        yield Content(((tree.left[right[0]], tree.right[cue]),), f"{tree.deps[right[0]]}..end", right[0])


def _above(scene: Scene, cue: int) -> Iterator[Content]:
    """The clause around the cue, the branch of the cue taken out: 'According to X, …', '…, as X said'."""
    tree = scene.tree
    branch = cue
    path = ""
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
        if len(pieces) == 2:
            yield Content(pieces[:1], path + "<", head)
            yield Content(pieces[1:], path + ">", head)
        branch = head


def _clean(scene: Scene, pieces: Pieces, cue: int) -> Pieces:
    """Each piece without punctuation and white space at its edges (unless quoted); empty ones left out."""
    kept = []
    words, pos, outer = scene.tree.words, scene.tree.pos, scene.outer
    for piece in pieces:
        first, last = _in_paragraph(scene, piece, cue)
        begin, end = first, last
        while begin <= last and outer[begin] < 0 and _is_loose(words[begin]):
            begin += 1
        while end >= begin and outer[end] < 0 and _is_loose(words[end]):
            end -= 1
        if begin <= cue <= end:
            continue
        # A piece tells something if it has a word that can be a content, or the better part of one.
        for i in range(begin, min(end, begin + 20) + 1):
            if pos[i] not in _EMPTY and words[i][0].isalnum():
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
    return scene.outer[i] < 0 and _is_loose(scene.tree.words[i])


def _is_loose(word: str) -> bool:
    return word in _LOOSE or word.isspace()


def _snap(scene: Scene, pieces: Pieces, cue: int) -> Pieces:
    """The pieces widened to whole quotations where they cut one; unchanged where the cue is in it."""
    outer = scene.outer
    own = outer[cue]
    if (
        all(outer[first] in (-1, own) and outer[last] in (-1, own) for first, last in pieces)
        and len(pieces) < 2
    ):
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
