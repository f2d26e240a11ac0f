"""Proposes the quotations near a cue, and tells which of them another word of saying has for its own."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from quoteattr.attribution.scene import Scene
from quoteattr.attribution.talk import is_talk
from quoteattr.attribution.tree import Tree
from quoteattr.cues import lexicon
from quoteattr.speakers.lexicon import lexicon as speakers

__all__ = [
    "NEAR",
    "OPEN_ENDS",
    "announced",
    "comes",
    "ends_open",
    "following",
    "is_answer",
    "is_claimed",
    "is_free",
    "is_said_before",
    "names_subject",
    "proposals",
    "reports_often",
    "says",
]

_RUN = 20  # quotations that follow each other without a word between, at most
_OFTEN = 0.4  # how often a verb reports that claims the quotation beside it
NEAR = 5  # tokens between a quotation and a word of saying beside it
_SAYING = 0.3  # how often a verb reports that claims what stands right before it
_ASKING = frozenset({"ask", "inquire", "enquire"})
_ENDS = frozenset(".!?…")
_STOPS = _ENDS | {";"}
_COMING = frozenset({"come", "be"})
_JOINING = frozenset({"CCONJ", "SCONJ"})
OPEN_ENDS = tuple(",!?—–…")  # what speech ends in whose sentence may go on outside of it
_ANNOUNCING = frozenset(",:-—–―")  # what ends a paragraph above the speech that it announces
_AT_END = 40  # characters between a cue and the end of its paragraph
_AT_COLON = 80  # the same, where the paragraph ends with a colon


def proposals(scene: Scene, cue: int) -> Iterator[tuple[list[int], str]]:
    """The quotations that the cue headed by token ``cue`` may report, and how they stand to it."""
    if scene.outer[cue] >= 0:
        yield from _inside(scene, cue)
    elif scene.paragraphs:
        yield from _in_paragraph(scene, cue)
        yield from _in_next(scene, cue)


def _in_paragraph(scene: Scene, cue: int) -> Iterator[tuple[list[int], str]]:
    cited, place = scene.cited[scene.paragraph[cue]], scene.cited_from(cue)
    before, after = cited[max(place - 2, 0) : place], cited[place : place + 1]
    run = _run(scene, cited[place : place + _RUN])
    if before and not is_said_before(scene, cue):
        last = before[-1]
        yield [last], "quote:before"
        if len(before) > 1 and _adjacent(scene, before[-2], last):
            yield before, "quote:before2"
        if after and not scene.is_title(after[0]) and is_free(scene, cue, scene.spans[after[0]][0]):
            yield [last, *after], "quote:around"
            if len(run) > 1:
                yield [last, *run], "quote:around+"
    if after and not _is_anothers(scene, cue, scene.spans[after[0]][0]):
        yield after, "quote:after"
        if len(run) > 1:
            yield run, "quote:after+"


def is_said_before(scene: Scene, cue: int) -> bool:
    """Whether what a phrase reports is that somebody said a quotation: '“No,” she said, | according to …'.

    PolNeAR's train part has 19 such, and takes the word of saying for a part of the content in all of them.
    """
    tree, cited = scene.tree, scene.cited[scene.paragraph[cue]]
    place = scene.cited_from(cue)
    if tree.deps[cue] != "prep" or not place:
        return False
    last = scene.spans[cited[place - 1]][1]
    return tree.sentence[last] == tree.sentence[cue] and any(
        reports_often(tree, i) for i in range(last + 1, cue)
    )


def _in_next(scene: Scene, cue: int) -> Iterator[tuple[list[int], str]]:
    """The quotations of the next paragraph, where the cue ends its own; those that end the one before."""
    paragraph = scene.paragraph[cue]
    cited, place = scene.cited[paragraph], scene.cited_from(cue)
    if place == len(cited) and paragraph + 1 < len(scene.cited) and _ends_paragraph(scene, cue):
        coming = scene.cited[paragraph + 1][:_RUN]
        begins = coming and scene.quotations[coming[0]].start <= scene.paragraphs[paragraph + 1].start + 1
        if begins and not _is_behind(scene, cue):
            yield _run(scene, coming), "quote:next"
    near = cited or scene.tree.words[cue] == ":" or _ends_paragraph(scene, cue)
    if place == 0 and near and paragraph and scene.cited[paragraph - 1]:
        cited, block = scene.cited[paragraph - 1], scene.paragraphs[paragraph - 1]
        # What stands before a quotation in its own paragraph tells whose it is.
        alone = _begins_paragraph(scene, cited[0])
        # Behind other speech it goes on with that: '“A,” she said. // “B.” // The council has apologised'.
        alone = alone and not (paragraph > 1 and scene.cited[paragraph - 2])
        # In a talk it is another's turn, whoever sighs at it: '“Tell us, Tom.” // Tom sighed'.
        alone = alone and not is_talk(scene)
        if alone and scene.quotations[cited[-1]].end >= block.end - 1:
            yield [cited[-1]], "quote:previous"


def _is_behind(scene: Scene, cue: int) -> bool:
    """Whether what a cue reports stands before it: '“Why?” | cried | Tom.', '“I could wait,” he | said |.'.

    Its subject behind it tells so, or the comma that the speech ends in.
    """
    tree, subject = scene.tree, scene.tree.child(cue, "nsubj")
    if subject is None:
        return False
    first = min(cue, tree.left[subject])
    number = scene.outer[first - 1] if first else -1
    if number < 0 or scene.spans[number][1] != first - 1 or (subject < cue and scene.ending(number) != ","):
        return False
    return tree.words[scene.blocks[scene.paragraph[cue]][1]] != ":"


def _begins_paragraph(scene: Scene, number: int) -> bool:
    """Whether nothing stands before a quotation in its paragraph, or before the one that it carries on."""
    while (before := scene.quotations[number].continues) is not None:
        number = before
    block = scene.paragraphs[scene.paragraph[scene.spans[number][0]]]
    return scene.quotations[number].start <= block.start + 1


def _inside(scene: Scene, cue: int) -> Iterator[tuple[list[int], str]]:
    """For a cue in a quotation the quotations inside the same one, before and after it."""
    numbers = scene.inner.get(scene.outer[cue], ())
    before = [number for number in numbers if scene.spans[number][1] < cue]
    after = [number for number in numbers if scene.spans[number][0] > cue]
    if before:
        yield before[-1:], "quote:before"
    if after:
        yield after[:1], "quote:after"


def is_answer(scene: Scene, cue: int, number: int) -> bool:
    """Whether a quotation is what somebody answers to a cue: 'I asked Ann what he said. | “Nothing.”'."""
    tree, first = scene.tree, scene.spans[number][0]
    begin, end = tree.sentences[tree.sentence[cue]]
    if tree.lemmas[cue] not in _ASKING or first < end or scene.ending(number) == "?":
        return False
    return scene.outer[cue] < 0 and max(scene.outer[begin:end]) < 0


def announced(scene: Scene, cue: int) -> int:
    """The quotation that a cue announces: 'they say, | “No” |', 'she said to him: // | “No” |'; or -1."""
    right_behind = cue + 2 if scene.tree.words[cue + 1 : cue + 2] == [","] else -1
    for first in (right_behind, _next_paragraph(scene, cue)):
        number = scene.outer[first] if 0 < first < len(scene.tree) else -1
        if number >= 0 and scene.spans[number][0] == first:
            return number
    return -1


def _next_paragraph(scene: Scene, cue: int) -> int:
    """Where the next paragraph begins, if that of the cue soon ends in a comma, a colon or a dash; or -1."""
    tree, paragraph = scene.tree, scene.paragraph[cue] + 1
    if paragraph >= len(scene.blocks) or not _ends_paragraph(scene, cue):
        return -1
    end = scene.paragraphs[paragraph - 1].end
    rest = tree.text[tree.ends[cue] - 1 : end]
    open_ended = rest[-1] in _ANNOUNCING and _ENDS.isdisjoint(rest)
    return scene.blocks[paragraph][0] if open_ended else -1


def following(scene: Scene, token: int) -> list[int]:
    """The quotations right after the sentence of ``token``, in its paragraph, with no words between."""
    end = scene.tree.sentences[scene.tree.sentence[token]][1]
    cited, place = scene.cited[scene.paragraph[token]], scene.cited_from(token)
    run = cited[place : place + _RUN]
    if not run or not end - 1 <= scene.spans[run[0]][0] <= end + 1:
        return []
    return _run(scene, run)


def names_subject(scene: Scene, cue: int, numbers: Sequence[int]) -> bool:
    """Whether quotations name the subject of a cue, so that somebody else says them: few name themselves."""
    tree = scene.tree
    subject = tree.child(cue, "nsubj")
    if subject is None:
        return False
    phrase = range(tree.left[subject], tree.right[subject] + 1)
    names = {tree.words[i] for i in phrase if tree.pos[i] == "PROPN"}
    return any(not names.isdisjoint(tree.words[scene.spans[n][0] : scene.spans[n][1]]) for n in numbers)


def is_free(scene: Scene, cue: int, first: int) -> bool:
    """Whether a quotation that begins at a token may go on a report.

    It may not where a report of others stands between, or one behind it: '“A,” said Ann. “B,” replied Bo'.
    """
    tree = scene.tree
    if _is_anothers(scene, cue, first) or _is_beat(scene, cue, first):
        return False
    between = range(tree.sentences[tree.sentence[cue]][1], first)
    return not any(scene.outer[i] < 0 and reports_often(tree, i) and _names_other(tree, i) for i in between)


def _is_beat(scene: Scene, cue: int, first: int) -> bool:
    """Whether somebody else moves before a quotation: '“Not today,” said Leah. Tom looked up. | “Who?”'."""
    tree = scene.tree
    begin, end = tree.sentences[tree.sentence[first - 1]] if first else (0, 0)
    if begin <= cue or end != first or max(scene.outer[begin:end]) >= 0:
        return False
    verb = next((i for i in range(begin, end) if tree.lower[i] in speakers().beats), None)
    subject = None if verb is None else tree.child(verb, "nsubj")
    own = tree.child(cue, "nsubj")
    if subject is None or own is None or tree.pos[subject] != "PROPN":
        return False
    return tree.words[subject] not in tree.words[tree.left[own] : tree.right[own] + 1]


def _is_anothers(scene: Scene, cue: int, first: int) -> bool:
    """Whether a quotation that begins behind the cue's sentence has a word of saying of its own behind it."""
    number = scene.outer[first]
    if first < cue or number < 0 or scene.spans[number][0] != first:
        return False
    return scene.tree.words[first - 1] in _ENDS and is_claimed(scene, number)


def is_claimed(scene: Scene, number: int) -> bool:
    """Whether a word of saying follows a quotation, so that what it holds is said there."""
    last = scene.spans[number][1]
    near = range(last + 1, min(last + NEAR, len(scene.tree)))
    return ends_open(scene, number) and (says(scene, near) or comes(scene, last + 1))


def comes(scene: Scene, cue: int) -> bool:
    """Whether a token behind a quotation begins 'came the answer', 'was the reply'."""
    tree = scene.tree
    near = range(cue + 1, min(cue + NEAR - 1, len(tree)))
    if not near or tree.lemmas[cue] not in _COMING or scene.outer[cue - 1] < 0 or scene.outer[cue] >= 0:
        return False
    nouns = (lexicon().get((tree.lemmas[i], "NOUN")) for i in near if tree.pos[i] == "NOUN")
    return any(noun is not None and noun.act == "speech" for noun in nouns)


def ends_open(scene: Scene, number: int) -> bool:
    """Whether a quotation ends so that its sentence may go on: '“Madam,”', '“Why?”', '“Madam”,'."""
    end = scene.quotations[number].end
    return scene.ending(number) in OPEN_ENDS or scene.tree.text[end : end + 1] == ","


def says(scene: Scene, tokens: Iterable[int]) -> bool:
    """Whether the first of these tokens that is a verb, before a sentence or line ends, is one of saying."""
    tree = scene.tree
    for i in tokens:
        if (
            tree.words[i] in _STOPS
            or "\n" in tree.words[i]
            or tree.pos[i] in _JOINING
            or tree.tags[i] == "WRB"
        ):
            return False
        if tree.pos[i] == "VERB":
            word = lexicon().get((tree.lemmas[i], "VERB"))
            return word is not None and word.act is not None and (bool(word.needs) or word.rate >= _SAYING)
    return False


def reports_often(tree: Tree, i: int) -> bool:
    """Whether token ``i`` is a verb that mostly reports where it stands: 'said'."""
    word = lexicon().get((tree.lemmas[i], "VERB")) if tree.pos[i] == "VERB" else None
    return word is not None and word.rate >= _OFTEN


def _names_other(tree: Tree, i: int) -> bool:
    """Whether the subject of a verb is no pronoun: 'he' may be the one who just spoke."""
    return any(tree.deps[child] == "nsubj" and tree.pos[child] != "PRON" for child in tree.children[i])


def _ends_paragraph(scene: Scene, cue: int) -> bool:
    """Whether at most a few words stand between the cue and the end of its paragraph, or some and a colon."""
    end = scene.paragraphs[scene.paragraph[cue]].end
    most = _AT_COLON if scene.tree.text[end - 1] == ":" else _AT_END
    return end - scene.tree.ends[cue] <= most


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
