"""Proposals for the signs that attribute without a word: 'Holm: …', 'HOLM: …', '“…” — Ida Holm, mayor'."""

from __future__ import annotations

from collections.abc import Iterator

from quoteattr.attribution.scene import Scene

__all__ = ["DASHES", "is_label", "is_sign", "labelled", "signed", "speaking"]

DASHES = frozenset("—–―")
_LABEL_TOKENS = 10
_TURN_PARAGRAPHS = 12

Pieces = tuple[tuple[int, int], ...]


def is_sign(scene: Scene, i: int) -> bool:
    """Whether token ``i`` is a colon or a dash that may attribute: a label's, or one beside a quotation."""
    word = scene.tree.words[i]
    if not scene.blocks or scene.outer[i] >= 0 and word[-1] not in DASHES:
        return False
    first, last = scene.blocks[scene.paragraph[i]]
    if word == ":":
        return i > first and (
            i - first <= _LABEL_TOKENS or (i < last and (scene.outer[i + 1] >= 0)) or i == last
        )
    if word[-1] in DASHES or word == "--":
        quoted = i > 0 and (scene.outer[i - 1] >= 0 or word[0] in "”\"'’")
        return i < last and last - i <= 25 and (quoted or i == first)
    return False


def is_label(scene: Scene, i: int) -> bool:
    """Whether token ``i`` is the colon of a speaker's label at the head of a paragraph: 'HOLM:', 'Q:'."""
    if scene.tree.words[i] != ":":
        return False
    first, _ = scene.blocks[scene.paragraph[i]]
    words = scene.tree.words[first:i]
    return 0 < len(words) <= 5 and all(word[0].isupper() or not word[0].isalpha() for word in words)


def labelled(scene: Scene, cue: int) -> Iterator[tuple[Pieces, str]]:
    """What a colon may introduce: its sentence, its paragraph, its turn of talk; or what stands before it."""
    tree = scene.tree
    number = scene.paragraph[cue]
    first, last = scene.blocks[number]
    if last > cue:
        label = "label" if is_label(scene, cue) else "colon"
        yield ((cue + 1, last),), f"{label}:paragraph"
        end = tree.sentences[tree.sentence[cue]][1] - 1
        if cue + 1 < end < last:
            yield ((cue + 1, end),), f"{label}:sentence"
        elif end == cue:
            end = tree.sentences[tree.sentence[cue + 1]][1] - 1
            if end < last:
                yield ((cue + 1, end),), f"{label}:sentence"
        if label == "label":
            turn = list(_turn(scene, number))
            if turn:
                yield ((cue + 1, last), *turn), "label:turn"
    elif number + 1 < len(scene.blocks):
        begin, finish = scene.blocks[number + 1]
        if begin <= finish:
            yield ((begin, finish),), "colon:next"
    if cue > first:
        yield ((first, cue - 1),), "colon:before"


def _turn(scene: Scene, number: int) -> Iterator[tuple[int, int]]:
    """The paragraphs after paragraph ``number`` up to the next label."""
    for block in scene.blocks[number + 1 : number + 1 + _TURN_PARAGRAPHS]:
        first, last = block
        if last < first:
            continue
        if any(is_label(scene, i) for i in range(first + 1, min(last, first + 6) + 1)):
            return
        yield block


def signed(scene: Scene, cue: int) -> Iterator[tuple[Pieces, str]]:
    """What a dash before a name may sign: the paragraph so far, or the one before."""
    number = scene.paragraph[cue]
    first, _ = scene.blocks[number]
    before = cue if len(scene.tree.words[cue]) > 1 and scene.tree.words[cue] != "--" else cue - 1
    if before > first:
        yield ((first, before),), "dash:paragraph"
    elif number and cue == first:
        begin, finish = scene.blocks[number - 1]
        if begin <= finish:
            yield ((begin, finish),), "dash:previous"


def speaking(scene: Scene, cue: int) -> Iterator[tuple[int, int, str]]:
    """First and last token of who may be meant by a sign: the words before a colon, those after a dash."""
    tree = scene.tree
    first, last = scene.blocks[scene.paragraph[cue]]
    if tree.words[cue] == ":":
        begin = max(first, tree.sentences[tree.sentence[cue]][0])
        if 0 < cue - begin <= _LABEL_TOKENS:
            yield begin, cue - 1, "label"
        if 0 < last - cue <= 6:
            yield cue + 1, last, "tail"
        return
    comma = next((i for i in range(cue + 1, last + 1) if tree.words[i] == ","), last + 1)
    if comma - 1 > cue:
        yield cue + 1, comma - 1, "signature"
    if last > comma:
        yield cue + 1, last, "signature+"
