"""Proposes what a cue may report: clauses and phrases of the tree, and quotations nearby."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from quoteattr.attribution import signs
from quoteattr.attribution.scene import Scene
from quoteattr.records import Range

__all__ = ["Content", "contents"]

_EDGE_MARKS = frozenset(",;:.—–-…!?")
_MOST = 64
_SKIPPED = frozenset({"punct", "det", "aux", "auxpass", "neg", "cc", "case"})
# What a careful reader may leave out at the end of a clause: the parser hangs too much there.
_TRAILING = frozenset({"advcl", "relcl", "acl", "conj", "prep", "npadvmod", "appos", "ccomp", "dep", "advmod"})
_TRAILERS = 5


class Content(NamedTuple):
    """One proposal.

    Attributes:
        pieces: (first, last) token of each piece, in order, the last included.
        how: how the tree or the quotation marks led to it ('ccomp', 'prep>pobj', 'quote:before').
        head: the token that heads it (the first one where a quotation was taken whole).
    """

    pieces: tuple[tuple[int, int], ...]
    how: str
    head: int

    def ranges(self, scene: Scene) -> tuple[Range, ...]:
        """The characters of the pieces."""
        return tuple(scene.tree.range(first, last) for first, last in self.pieces)


def contents(scene: Scene, cue: int) -> list[Content]:
    """The proposals for the cue headed by token ``cue``, no two alike, in a fixed order."""
    found: dict[tuple[tuple[int, int], ...], Content] = {}
    for proposal in _proposals(scene, cue):
        pieces = _clean(scene, proposal.pieces, cue)
        for variant, suffix in ((_snap(scene, pieces, cue), ""), (pieces, "|cut")):
            if variant and variant not in found and len(found) < _MOST:
                found[variant] = Content(variant, proposal.how + suffix, proposal.head)
    return list(found.values())


def _proposals(scene: Scene, cue: int) -> Iterator[Content]:
    yield from _quoted(scene, cue)
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
    tree = scene.tree
    if not scene.paragraphs:
        return
    end = tree.sentences[tree.sentence[whole[1]]][1]
    number = scene.paragraph[whole[1]]
    following = [n for n in scene.cited[number] if end - 1 <= scene.spans[n][0] <= end + 1]
    if following and scene.spans[following[0]][0] > whole[1]:
        rest = [n for n in scene.cited[number] if n >= following[0]]
        run = tuple(scene.spans[n] for n in _run(scene, rest))
        yield Content((whole, *run), f"{step}+quote", head)


def _beside(scene: Scene, cue: int) -> Iterator[Content]:
    """Runs of neighbouring dependents to the right of the cue: 'accused | him of lying'."""
    tree = scene.tree
    right = [
        child
        for child in tree.children[cue]
        if child > cue and tree.deps[child] not in ("punct", "aux", "neg", "cc", "prt")
    ][:6]
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


def _quoted(scene: Scene, cue: int) -> Iterator[Content]:
    """The quotations of the cue's paragraph that stand before, after and around it."""
    if not scene.paragraphs or scene.outer[cue] >= 0:
        return
    paragraph = scene.paragraph[cue]
    cited = scene.cited[paragraph]
    if not cited and scene.tree.lower[cue] != ":" and not _ends_paragraph(scene, cue):
        return
    before = [number for number in cited if scene.spans[number][1] < cue]
    after = [number for number in cited if scene.spans[number][0] > cue]
    run = _run(scene, after)
    if before:
        last = before[-1]
        yield _whole(scene, [last], "quote:before")
        if len(before) > 1 and _adjacent(scene, before[-2], last):
            yield _whole(scene, before[-2:], "quote:before2")
        if after:
            yield _whole(scene, [last, after[0]], "quote:around")
            if len(run) > 1:
                yield _whole(scene, [last, *run], "quote:around+")
    if after:
        yield _whole(scene, after[:1], "quote:after")
        if len(run) > 1:
            yield _whole(scene, run, "quote:after+")
    elif paragraph + 1 < len(scene.cited) and _ends_paragraph(scene, cue):
        following = scene.cited[paragraph + 1]
        if following and _opens(scene, following[0], paragraph + 1):
            yield _whole(scene, _run(scene, following), "quote:next")
    if not before and paragraph and scene.cited[paragraph - 1]:
        last = scene.cited[paragraph - 1][-1]
        if scene.quotations[last].end >= scene.paragraphs[paragraph - 1].end - 1:
            yield _whole(scene, [last], "quote:previous")


def _ends_paragraph(scene: Scene, cue: int) -> bool:
    """Whether at most a few words stand between the cue and the end of its paragraph."""
    end = scene.paragraphs[scene.paragraph[cue]].end
    return end - scene.tree.ends[cue] <= 40


def _opens(scene: Scene, number: int, paragraph: int) -> bool:
    """Whether the quotation is the first thing in the paragraph."""
    return scene.quotations[number].start <= scene.paragraphs[paragraph].start + 1


def _adjacent(scene: Scene, one: int, other: int) -> bool:
    """Whether nothing but white space stands between two quotations."""
    text = scene.tree.text[scene.quotations[one].end : scene.quotations[other].start]
    return not text.strip(" .,")


def _run(scene: Scene, numbers: list[int]) -> list[int]:
    """The first quotation and those that follow it as sentences of their own, with no words between."""
    run = numbers[:1]
    for number in numbers[1:]:
        if not _adjacent(scene, run[-1], number):
            break
        run.append(number)
    return run


def _whole(scene: Scene, numbers: list[int], how: str) -> Content:
    pieces = tuple(scene.spans[number] for number in numbers)
    return Content(pieces, how, pieces[0][0])


def _clean(scene: Scene, pieces: tuple[tuple[int, int], ...], cue: int) -> tuple[tuple[int, int], ...]:
    """Each piece without punctuation and white space at its edges (unless quoted); empty ones left out."""
    tree = scene.tree
    kept = []
    for first, last in pieces:
        while first <= last and _loose(scene, first):
            first += 1
        while last >= first and _loose(scene, last):
            last -= 1
        if (
            first <= last
            and not first <= cue <= last
            and any(tree.words[i][0].isalnum() for i in range(first, min(last, first + 20) + 1))
        ):
            kept.append((first, last))
    return tuple(kept)


def _loose(scene: Scene, i: int) -> bool:
    word = scene.tree.words[i]
    return scene.outer[i] < 0 and (word in _EDGE_MARKS or word in ("--", "...") or word.isspace())


def _snap(scene: Scene, pieces: tuple[tuple[int, int], ...], cue: int) -> tuple[tuple[int, int], ...]:
    """The pieces widened to whole quotations where they cut one; unchanged where the cue is in it."""
    widened: list[tuple[int, int]] = []
    own = scene.outer[cue]
    for first, last in pieces:
        for edge in (first, last):
            number = scene.outer[edge]
            if number >= 0 and number != own:
                first = min(first, scene.spans[number][0])
                last = max(last, scene.spans[number][1])
        if first <= cue <= last:
            return pieces
        if widened and first <= widened[-1][1] + 1:
            widened[-1] = (widened[-1][0], max(last, widened[-1][1]))
        else:
            widened.append((first, last))
    return tuple(widened)
