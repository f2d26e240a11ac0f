"""Forms that report by themselves: set phrases ('in the words of X', 'was quoted as saying'), '“…!” cried X'.

They are too rare in the annotated articles to be learned there, and leave little to weigh: where one stands,
it reports, and its form says who speaks. What it reports is left to the weights.
"""

from __future__ import annotations

from collections.abc import Iterator

from quoteattr.attribution import signs
from quoteattr.attribution.kinds import kind_of_noun
from quoteattr.attribution.scene import Scene
from quoteattr.cues import PhraseMatch, lexicon

__all__ = ["certain", "is_set", "speaker", "speaking"]

_CLAUSES = frozenset({"VERB", "AUX"})
_SUBJECTS = ("nsubj", "nsubjpass")
_SELF = frozenset({"i", "my", "me", "we", "our", "us", "one", "you", "your"})
_SOMEBODY = frozenset({"PERSON", "person", "he", "she", "him", "her", "them"})
_VOICE = 0.3  # words that report more rarely only do so in some frames
_AFTER = frozenset({"dobj", "oprd", "attr", "dep", "npadvmod"})
_WORDS = 3  # of a quotation that is more than an echo


def is_set(scene: Scene, cue: int) -> bool:
    """Whether a form that reports by itself is headed by token ``cue``."""
    match = scene.phrases.get(cue)
    if match is not None and match.phrase.source:
        return match.phrase.source == "none" or speaker(scene, cue) is not None
    return scene.tree.lower[cue] == "for" and _for_whom(scene, cue) is not None


def speaker(scene: Scene, cue: int) -> int | None:
    """The token that heads the source of the set form at ``cue``, ``None`` where it names nobody."""
    match = scene.phrases.get(cue)
    if match is None or not match.phrase.source:
        return _for_whom(scene, cue)
    if match.phrase.source == "subject":
        return scene.tree.child(cue, *_SUBJECTS)
    if match.phrase.source == "slot":
        return _in_slot(scene, match)
    if match.phrase.source == "none" or not _set_off(scene, cue):
        return None
    head = _owner(scene, match) if match.phrase.source == "owner" else _named_after(scene, match)
    return None if head is None or scene.tree.lower[head] in _SELF else head


def _owner(scene: Scene, match: PhraseMatch) -> int | None:
    """Whose view or words it is: 'in her words', 'in the judge’s view'."""
    return scene.tree.child(match.end - 1, "poss")


def _named_after(scene: Scene, match: PhraseMatch) -> int | None:
    """Who stands after 'in the words of'."""
    return scene.tree.child(match.end - 1, "pobj")


def _in_slot(scene: Scene, match: PhraseMatch) -> int | None:
    """The head of what fills the slot of 'to hear … tell it'."""
    tree = scene.tree
    inside = range(match.start, match.end)
    return next((i for i in inside if tree.deps[i] in _SUBJECTS), None)


def _set_off(scene: Scene, cue: int) -> bool:
    """Whether the phrase belongs to a clause and stands at an edge: of the sentence, a comma, a quotation."""
    tree = scene.tree
    first, end = tree.sentences[tree.sentence[cue]]
    before, after = tree.left[cue] - 1, tree.right[cue] + 1
    if tree.pos[tree.heads[cue]] not in _CLAUSES and tree.heads[cue] != cue:
        return False
    return before < first or after >= end - 1 or any(tree.words[i] in ',—–”"“' for i in (before, after))


def _for_whom(scene: Scene, cue: int) -> int | None:
    """Who is meant by the 'for' that opens 'For X, the river is “a member of the family”'."""
    tree = scene.tree
    first, end = tree.sentences[tree.sentence[cue]]
    whom = tree.child(cue, "pobj")
    if cue != first or whom is None or scene.outer[cue] >= 0 or kind_of_noun(scene, whom) not in _SOMEBODY:
        return None
    clause = tree.heads[cue]
    if tree.pos[clause] not in _CLAUSES or tree.child(clause, *_SUBJECTS) is None:
        return None
    echoes = [
        number
        for number in scene.cited[scene.paragraph[cue]]
        if tree.right[cue] < scene.spans[number][0] < end and not scene.is_title(number)
    ]
    long = any(scene.spans[number][1] - scene.spans[number][0] > _WORDS for number in echoes)
    return whom if long and not any(_says(scene, i) for i in range(tree.right[cue] + 1, end)) else None


def _says(scene: Scene, i: int) -> bool:
    """Whether a word outside of quotations may well report."""
    word = lexicon().get((scene.tree.lemmas[i], scene.tree.pos[i])) if scene.outer[i] < 0 else None
    return word is not None and word.rate >= _VOICE


def certain(scene: Scene, cue: int) -> bool:
    """Whether a form tells content and source too: a sign, or speech with its verb and speaker behind it."""
    return signs.certain(scene, cue) or _after_speech(scene, cue) is not None


def speaking(scene: Scene, cue: int) -> Iterator[tuple[int, int, str]]:
    """First and last token of who may be meant by such a form, the likeliest first."""
    head = _after_speech(scene, cue)
    if head is None:
        yield from signs.speaking(scene, cue)
    else:
        yield scene.tree.left[head], scene.tree.right[head], ">nsubj"


def _after_speech(scene: Scene, cue: int) -> int | None:
    """The head of who speaks in '“Keep back!” shouted a marshal', where the parser takes it for an object."""
    tree = scene.tree
    if cue == 0 or scene.outer[cue] >= 0 or tree.tags[cue] not in ("VBD", "VBZ"):
        return None
    number = scene.outer[cue - 1]
    if number < 0 or scene.spans[number][1] != cue - 1 or not scene.is_shut(number):
        return None
    word = lexicon().get((tree.lemmas[cue], tree.pos[cue]))
    if word is None or word.act not in ("speech", "writing") or not (word.needs or word.rate >= _VOICE):
        return None
    if any(tree.deps[child] in _SUBJECTS and scene.outer[child] < 0 for child in tree.children[cue]):
        return None
    after = [child for child in tree.children[cue] if tree.left[child] == cue + 1]
    return next((child for child in after if tree.deps[child] in _AFTER), None)
