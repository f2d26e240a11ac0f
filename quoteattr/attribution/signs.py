"""Proposals for the signs that attribute without a word: 'Holm: …', 'HOLM: …', '“…” — Ida Holm, mayor'."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from quoteattr.attribution import headlines
from quoteattr.attribution.kinds import kind_of_noun
from quoteattr.attribution.scene import Pieces, Scene, label_of
from quoteattr.attribution.tree import VERBS
from quoteattr.speakers.lexicon import lexicon

__all__ = [
    "DASHES",
    "asks",
    "certain",
    "from_whom",
    "head",
    "is_label",
    "is_sign",
    "is_turn",
    "label_count",
    "labelled",
    "says_what_follows",
    "signed",
    "speaking",
]

DASHES = frozenset("—–―")
# What the head of a signature may mean that begins with a small letter, and of the words behind a name.
_SIGNERS = frozenset({"person", "group", "body"})
_ROLES = frozenset({"person", "group", "body", "ORG", "thing"})
_LABEL_TOKENS = 10
_TURN_PARAGRAPHS = 12
_DATELINE = 2  # paragraphs, a headline and a by-line among them, before the one with the dateline
_TOPICS = frozenset({"On", "About", "ON", "ABOUT"})
_PLACES = frozenset({"GPE", "LOC", "FAC"})
_REPORT = 10  # tokens of a sentence that nobody speaks, for it has none of these words
_SPOKEN = frozenset({"i", "we", "you", "my", "our", "your", "me", "us"})
_SHORT_TALK = 3  # the same, where all paragraphs have one
_TALK_LABELS = 4  # paragraphs with a label that make a transcript
_AT_NOUN = frozenset({"relcl", "acl", "aux", "auxpass"})  # verbs that only say who somebody is
_SIGNATURE = 12  # tokens of a name and what it does, after a dash


def is_sign(scene: Scene, i: int) -> bool:
    """Whether token ``i`` is a colon or a dash that may attribute: a label's, or one beside a quotation."""
    word = scene.tree.words[i]
    if not scene.blocks:
        return False
    if scene.outer[i] >= 0 and word[-1] not in DASHES:
        return is_label(scene, i)
    first, last = scene.blocks[scene.paragraph[i]]
    if scene.outer[i] >= 0 and i == first:  # '— Who is there?', in talk with dashes
        return False
    if word == ":":
        return (
            i > first
            and not (says_what_follows(scene, i) or _ends_dateline(scene, i))
            and (i - first <= _LABEL_TOKENS or is_label(scene, i) or i == last or scene.outer[i + 1] >= 0)
        )
    if word[-1] in DASHES or word == "--":
        quoted = i > 0 and (scene.outer[_before(scene, i)] >= 0 or word[0] in "”\"'’")
        return i < last and last - i <= 25 and (quoted or i == first)
    return False


def says_what_follows(scene: Scene, i: int) -> bool:
    """Whether the word before a colon tells what is behind it, not who speaks: 'Verdict: not bad'.

    A number before a title does too: 'Part 2: “Low Tide”', and what somebody is asked: 'On the referee: …'.
    """
    if i == 0 or scene.tree.words[i] != ":":
        return False
    if scene.blocks and scene.tree.words[scene.blocks[scene.paragraph[i]][0]] in _TOPICS:
        return True
    number = scene.outer[i + 1] if i + 1 < len(scene.tree) else -1
    if number >= 0 and scene.tree.words[i - 1].isdigit() and scene.is_title(number):
        return True
    return scene.tree.lower[i - 1] in lexicon().kickers


def is_label(scene: Scene, i: int) -> bool:
    """Whether token ``i`` is the colon of a speaker's label at the head of a paragraph: 'HOLM:', 'Q:'."""
    return bool(label_count(scene, i))


def is_turn(scene: Scene, i: int) -> bool:
    """Whether the colon ``i`` ends a label with its speaker's words behind it, as headlines have not."""
    if not is_label(scene, i):
        return False
    tree, (_, last) = scene.tree, scene.blocks[scene.paragraph[i]]
    headline = tree.words[last][-1] not in ".!?…" or _has_capitals(tree.words[i + 1 : last + 1])
    return not (headline and scene.paragraph[i] == 0 and label_count(scene, i) == 1)


def asks(scene: Scene, i: int) -> bool:
    """Whether token ``i`` stands in a question outside of quotation marks: one that the writer asks."""
    tree = scene.tree
    last = _before(scene, tree.sentences[tree.sentence[i]][1])
    return scene.outer[i] < 0 and tree.words[last] == "?"


def _has_capitals(words: Sequence[str]) -> bool:
    """Whether words are written as in a headline: 'Families Of Victims Don’t Care, Just Change'."""
    long = [word for word in words if len(word) > 3 and word[0].isalpha()]
    return len(long) > 1 and all(word[0].isupper() for word in long)


def label_count(scene: Scene, i: int) -> int:
    """How many paragraphs have the label that the colon ``i`` ends; 0 where it ends none."""
    label = _label(scene, i)
    if label is None or says_what_follows(scene, i) or _is_dateline(scene, label, i):
        return 0
    return scene.labels[label]


def _label(scene: Scene, i: int) -> str | None:
    """The words before the colon ``i`` if it ends a label at the head of its paragraph."""
    if scene.tree.words[i] != ":" or not scene.labels:
        return None
    begin, end, colon = label_of(scene.tree, *scene.blocks[scene.paragraph[i]])
    label = " ".join(scene.tree.words[begin : end + 1])
    return label if colon == i and label in scene.labels else None


def _ends_dateline(scene: Scene, i: int) -> bool:
    """Whether the colon ``i`` ends where a report was written: 'KUALA LUMPUR: …'."""
    label = _label(scene, i)
    return label is not None and _is_dateline(scene, label, i)


def _is_dateline(scene: Scene, label: str, colon: int) -> bool:
    """Whether a label says where a report was written: 'NEW DELHI: The court …', in capitals and once."""
    number = scene.paragraph[colon]
    if number > _DATELINE or scene.labels[label] > 1 or not label.isupper():
        return False
    tree = scene.tree
    first, last = scene.blocks[number]
    if label.lower() in lexicon().places or all(tree.entities[i] in _PLACES for i in range(first, colon)):
        return True
    if any(other.isupper() for other in scene.labels if other != label):
        return False
    rest = range(colon + 1, last + 1)
    return len(rest) > _REPORT and not any(scene.outer[i] < 0 and tree.lower[i] in _SPOKEN for i in rest)


def certain(scene: Scene, i: int) -> bool:
    """Whether the form alone tells: a label that heads several paragraphs, a name under a quotation."""
    tree = scene.tree
    if is_sign(scene, i) and headlines.speaker(scene, i) is not None:
        return True
    if tree.words[i] == ":":
        return _is_talk(scene, label_count(scene, i)) or _begins_block(scene, i) or _is_line(scene, i)
    if tree.words[i][-1] not in DASHES or not is_sign(scene, i):
        return False
    first, last = scene.blocks[scene.paragraph[i]]
    signature = range(i + 1, last + 1)
    if not 0 < len(signature) <= _SIGNATURE or any(tree.pos[j] in VERBS for j in signature):
        return False
    named = tree.words[i + 1][0].isupper() or kind_of_noun(scene, head(scene, i + 1, last)) in _SIGNERS
    if i == first:
        return named and _is_quoted(scene, scene.paragraph[i] - 1)
    before = _before(scene, i)
    return named and scene.outer[first] >= 0 and (scene.outer[before] >= 0 or tree.words[i][0] in "”\"'’")


def _is_talk(scene: Scene, count: int) -> bool:
    """Whether paragraphs with a label are turns of talk: one that comes again, or where most have one.

    A short talk is one that is nothing else, where somebody comes again.
    """
    turns = sum(scene.labels.values())
    if turns == len(scene.blocks) > len(scene.labels) and turns >= _SHORT_TALK:
        return count > 0
    return turns >= _TALK_LABELS and (count > 1 or (count == 1 and 2 * turns > len(scene.blocks)))


def _before(scene: Scene, i: int) -> int:
    """The token before token ``i``, line breaks left out."""
    i -= 1
    while i > 0 and scene.tree.words[i].isspace():
        i -= 1
    return i


def _is_quoted(scene: Scene, number: int) -> bool:
    """Whether a paragraph is a quotation and nothing else."""
    if number < 0 or not scene.cited[number]:
        return False
    first, last = scene.blocks[number]
    quotation = scene.spans[scene.cited[number][0]]
    return quotation[0] <= first and quotation[1] >= last


def _begins_block(scene: Scene, i: int) -> bool:
    """Whether a colon ends 'From Petra Lund, head of the clinic:' and a quotation is the next paragraph."""
    number = scene.paragraph[i]
    first, last = scene.blocks[number]
    if i != last or i - first > _SIGNATURE or number + 1 >= len(scene.blocks) or not scene.cited[number + 1]:
        return False
    opening = scene.spans[scene.cited[number + 1][0]][0]
    return opening <= scene.blocks[number + 1][0] + 1 and from_whom(scene, i) is not None


def from_whom(scene: Scene, i: int) -> int | None:
    """The first token of who is named by a line from 'From' ('A statement from') to the token ``i``."""
    tree = scene.tree
    first, last = scene.blocks[scene.paragraph[i]]
    start = next((j for j in range(first, min(first + 5, last)) if tree.lower[j] == "from"), None)
    if start is None or any(
        tree.pos[j] in VERBS and tree.deps[j] not in _AT_NOUN for j in range(first, last)
    ):
        return None
    begins = all(
        tree.lower[j] in lexicon().messages or tree.pos[j] in ("DET", "ADJ") for j in range(first, start)
    )
    return start + 1 if begins and start + 1 < i else None


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
            turn = _turn(scene, number)
            if turn:
                # As sure as a paragraph alone: news has too few turns to learn it. The last one counts.
                yield ((cue + 1, last), *turn), "label:paragraph"
    elif number + 1 < len(scene.blocks):
        if _is_line(scene, cue) and not _is_labelled(scene, scene.blocks[number + 1]):
            turn = _turn(scene, number) or scene.blocks[number + 1 : number + 2]  # the last one
            yield tuple(turn), "label:paragraph"
        begin, finish = scene.blocks[number + 1]
        if begin <= finish:
            yield ((begin, finish),), "colon:next"
    if cue > first:
        yield ((first, cue - 1),), "colon:before"


def _is_line(scene: Scene, cue: int) -> bool:
    """Whether a colon ends a line that says who speaks below it: 'ANN LEE:'; any other may head a list."""
    first, last = scene.blocks[scene.paragraph[cue]]
    count = label_count(scene, cue) if cue == last else 0
    if not count:
        return False
    loud = all(word.isupper() for word in scene.tree.words[first:cue] if word.isalpha())
    if count == 1:  # somebody's only turn
        return loud and cue - first > 1 and _is_talk(scene, max(scene.labels.values()))
    called = all(scene.tree.entities[i] == "PERSON" for i in range(first, cue))
    return (loud or called) and _is_talk(scene, count)


def _turn(scene: Scene, number: int) -> list[tuple[int, int]]:
    """The paragraphs after paragraph ``number`` up to the next label; none where no label follows."""
    found: list[tuple[int, int]] = []
    for block in scene.blocks[number + 1 : number + 1 + _TURN_PARAGRAPHS]:
        first, last = block
        if last < first:
            continue
        if _is_labelled(scene, block):
            return found
        found.append(block)
    return []


def _is_labelled(scene: Scene, block: tuple[int, int]) -> bool:
    """Whether a paragraph begins with a label."""
    colon = label_of(scene.tree, *block)[2] if block[0] <= block[1] else -1
    return colon >= 0 and is_label(scene, colon)


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
    if (headed := headlines.speaker(scene, cue)) is not None:
        yield *headed, "headline"
        return
    first, last = scene.blocks[scene.paragraph[cue]]
    if tree.words[cue] == ":":
        whom = from_whom(scene, cue) if cue == last else None
        if whom is not None:
            yield whom, cue - 1, "from"
        if is_label(scene, cue):
            begin, end, _ = label_of(tree, first, last)
            yield begin, end, "label"
            return
        begin = max(first, tree.sentences[tree.sentence[cue]][0])
        while begin < cue and not tree.words[begin][0].isalnum():
            begin += 1
        if 0 < cue - begin <= _LABEL_TOKENS:
            yield begin, cue - 1, "label"
        if 0 < last - cue <= 6:
            yield cue + 1, last, "tail"
        return
    comma = next((i for i in range(cue + 1, last + 1) if tree.words[i] == ","), last + 1)
    if certain(scene, cue) and tree.words[last][-1].isalnum() and _is_role(scene, comma + 1, last):
        yield cue + 1, last, "signature+"
    if comma - 1 > cue:
        yield cue + 1, comma - 1, "signature"
    if last > comma:
        yield cue + 1, last, "signature+"


def _is_role(scene: Scene, first: int, last: int) -> bool:
    """Whether words behind a name say who it is: 'gardener', 'head of the clinic', not 'in 1970', '1970'."""
    if first > last or scene.tree.words[first] == "," or scene.tree.pos[first] in ("ADP", "NUM"):
        return False
    return kind_of_noun(scene, head(scene, first, last)) in _ROLES


def head(scene: Scene, first: int, last: int) -> int:
    """The token of a stretch whose own head lies outside of it."""
    return scene.tree.top(range(first, last + 1))
