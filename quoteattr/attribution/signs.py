"""Proposals for the signs that attribute without a word: 'Holm: …', 'HOLM: …', '“…” — Ida Holm, mayor'."""

from __future__ import annotations

from collections.abc import Iterator

from quoteattr.attribution.scene import Pieces, Scene, label_of

__all__ = [
    "DASHES",
    "certain",
    "head",
    "is_label",
    "is_sign",
    "label_count",
    "labelled",
    "signed",
    "speaking",
]

DASHES = frozenset("—–―")
_LABEL_TOKENS = 10
_TURN_PARAGRAPHS = 12
_TALK_LABELS = 4  # paragraphs with a label that make a transcript
_SIGNATURE = 12  # tokens of a name and what it does, after a dash


def is_sign(scene: Scene, i: int) -> bool:
    """Whether token ``i`` is a colon or a dash that may attribute: a label's, or one beside a quotation."""
    word = scene.tree.words[i]
    if not scene.blocks:
        return False
    if scene.outer[i] >= 0 and word[-1] not in DASHES:
        return is_label(scene, i)
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
    return bool(label_count(scene, i))


def label_count(scene: Scene, i: int) -> int:
    """How many paragraphs have the label that the colon ``i`` ends; 0 where it ends none."""
    if scene.tree.words[i] != ":" or not scene.labels:
        return 0
    first, last = scene.blocks[scene.paragraph[i]]
    label, colon = label_of(scene.tree, first, last)
    return scene.labels.get(label, 0) if colon == i else 0


def certain(scene: Scene, i: int) -> bool:
    """Whether the form alone tells: a label that heads several paragraphs, a name under a quotation."""
    tree = scene.tree
    if tree.words[i] == ":":
        return label_count(scene, i) > 1 and sum(scene.labels.values()) >= _TALK_LABELS
    if tree.words[i][-1] not in DASHES or not is_sign(scene, i):
        return False
    first, last = scene.blocks[scene.paragraph[i]]
    quoted = scene.outer[first] >= 0 and (scene.outer[i - 1] >= 0 or tree.words[i][0] in "”\"'’")
    signature = range(i + 1, last + 1)
    return (
        quoted
        and 0 < len(signature) <= _SIGNATURE
        and tree.words[i + 1][0].isupper()
        and not any(tree.pos[j] in ("VERB", "AUX") for j in signature)
    )


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
        while begin < cue and not tree.words[begin][0].isalnum():
            begin += 1
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


def head(scene: Scene, first: int, last: int) -> int:
    """The token of a stretch whose own head lies outside of it."""
    heads = scene.tree.heads
    return next((i for i in range(first, last + 1) if not first <= heads[i] <= last or heads[i] == i), last)
