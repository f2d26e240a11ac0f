"""Forms that report by themselves: set phrases ('in the words of X', 'was quoted as saying'), '“…!” cried X'.

They are too rare in the annotated articles to be learned there, and leave little to weigh: where one stands,
it reports, and its form says who speaks. What it reports is left to the weights.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import takewhile

from quoteattr.attribution import clefts, misread, signs
from quoteattr.attribution.kinds import kind_of_noun
from quoteattr.attribution.quoted import reports_often
from quoteattr.attribution.scene import Pieces, Scene
from quoteattr.attribution.tree import SUBJECTS, VERBS, Tree
from quoteattr.attribution.utterances import speech_before
from quoteattr.cues import PhraseMatch, lexicon

__all__ = ["certain", "content", "inverted", "is_set", "may_head", "others", "speaker", "speaking"]

_TOLD = frozenset({"VBD", "VBZ"})
_FILLING = frozenset({"nsubj", "nsubjpass", "dobj"})
_SELF = frozenset({"i", "my", "me", "we", "our", "us", "one", "you", "your"})
_SOMEBODY = frozenset({"PERSON", "person", "he", "she", "him", "her", "them"})
_VOICE = 0.3  # words that report more rarely only do so in some frames
_AFTER = frozenset({"dobj", "oprd", "attr", "dep", "npadvmod"})
_CLIPPED = frozenset({"'s", "’s"})  # 'is' in talk
_LIKE = (["like"], ["all"])  # behind 'be', in talk
_HOW = frozenset({"how", "what"})
_PUTTING = frozenset({"speech", "writing"})
_BEARERS = frozenset({"thing", "work"})
_SPEAKING = frozenset({"he", "she", "i", "we", "they"})
_WORDS = 3  # of a quotation that is more than an echo


def is_set(scene: Scene, cue: int) -> bool:
    """Whether a form that reports by itself is headed by token ``cue``."""
    match = scene.phrases.get(cue)
    if match is not None and match.phrase.source:
        return match.phrase.source == "none" or speaker(scene, cue) is not None
    return may_head(scene, cue) and speaker(scene, cue) is not None


def others(scene: Scene) -> frozenset[int]:
    """The words of set phrases beside the one that heads each: 'saying' in 'was quoted as saying'."""
    return frozenset(
        i
        for head, match in scene.phrases.items()
        if match.phrase.source and is_set(scene, head)
        for i in range(match.start, match.end)
        if i != head
    )


def may_head(scene: Scene, i: int) -> bool:
    """Whether a word may head a form without a phrase: 'For X, …', 'was like, “…”', 'What he said was …'."""
    tree, lower = scene.tree, scene.tree.lower
    if (
        lower[i] == "for"
        or tree.lemmas[i] == "describe"
        or _is_borne(tree, i)
        or clefts.link(scene, i) is not None
    ):
        return True
    if inverted(scene, i) is not None:
        return True
    return (tree.lemmas[i] == "be" or lower[i] in _CLIPPED) and lower[i + 1 : i + 2] in _LIKE


def speaker(scene: Scene, cue: int) -> int | None:
    """The token that heads the source of the set form at ``cue``, ``None`` where it names nobody."""
    match = scene.phrases.get(cue)
    if match is not None and match.phrase.source:
        return _of_phrase(scene, cue, match)
    if clefts.link(scene, cue) is not None:
        noun = scene.tree.pos[cue] == "NOUN"
        who = clefts.owner(scene, cue) if noun else scene.tree.child(cue, "nsubj")
        return _others(scene, cue, who)
    if (who := inverted(scene, cue)) is not None:
        return who
    if _is_borne(scene.tree, cue):
        return _what_reads(scene, cue)
    if scene.tree.lemmas[cue] == "describe":
        return scene.tree.child(cue, "nsubj") if _described(scene, cue) else None
    return _for_whom(scene, cue) if scene.tree.lower[cue] == "for" else _who_is_like(scene, cue)


def inverted(scene: Scene, cue: int) -> int | None:
    """Who stands behind a verb that no list holds, right behind speech: '“Are you one?” pursued | the child'.

    Five of five in the train part of PolNeAR (of verbs that mostly report 710 of 722). Parsers take the one
    who speaks for an object where they do not know the verb so.
    """
    tree = scene.tree
    if tree.tags[cue] not in _TOLD or scene.outer[cue] >= 0 or reports_often(tree, cue):
        return None
    subject = next((k for k in tree.children[cue] if tree.deps[k] in ("nsubj", "dobj")), -1)
    if subject < cue or tree.left[subject] != cue + 1 or speech_before(scene, cue) < 0:
        return None
    return subject if kind_of_noun(scene, subject) in _SOMEBODY else None


def _of_phrase(scene: Scene, cue: int, match: PhraseMatch) -> int | None:
    """The token that heads the source of a phrase."""
    if match.phrase.source == "subject":
        return _others(scene, cue, scene.tree.child(cue, *SUBJECTS))
    if match.phrase.source == "slot":
        return _in_slot(scene, match)
    if match.phrase.source == "none" or not _set_off(scene, cue):
        return None
    head = _owner(scene, match) if match.phrase.source == "owner" else _named_after(scene, match)
    return None if head is None or scene.tree.lower[head] in _SELF else head


def _others(scene: Scene, cue: int, head: int | None) -> int | None:
    """A subject, unless it is the one who talks: '“I want to know why,” she said' reports nothing inside."""
    return None if head is not None and scene.outer[cue] >= 0 and scene.tree.lower[head] in _SELF else head


def _owner(scene: Scene, match: PhraseMatch) -> int | None:
    """Whose view or words it is: 'in her words', 'in the judge’s view'."""
    return scene.tree.child(match.end - 1, "poss")


def _named_after(scene: Scene, match: PhraseMatch) -> int | None:
    """Who stands after 'in the words of'."""
    return scene.tree.child(match.end - 1, "pobj")


def _in_slot(scene: Scene, match: PhraseMatch) -> int | None:
    """The head of what fills the slot of 'to hear … tell it', 'quoted … as saying'."""
    tree = scene.tree
    inside = range(match.start, match.end)
    return next((i for i in inside if tree.deps[i] in _FILLING), None)


def _set_off(scene: Scene, cue: int) -> bool:
    """Whether the phrase belongs to a clause and stands at an edge: of the sentence, a comma, a quotation."""
    tree = scene.tree
    first, end = tree.sentences[tree.sentence[cue]]
    before, after = tree.left[cue] - 1, tree.right[cue] + 1
    if tree.pos[tree.heads[cue]] not in VERBS and tree.heads[cue] != cue:
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
    if tree.pos[clause] not in VERBS or tree.child(clause, *SUBJECTS) is None:
        return None
    behind = scene.cited[scene.paragraph[cue]][scene.cited_from(tree.right[cue]) :]
    here = takewhile(lambda number: scene.spans[number][0] < end, behind)
    echoes = [number for number in here if not scene.is_title(number)]
    long = any(scene.spans[number][1] - scene.spans[number][0] > _WORDS for number in echoes)
    return whom if long and not any(_says(scene, i) for i in range(tree.right[cue] + 1, end)) else None


def _who_is_like(scene: Scene, cue: int) -> int | None:
    """Who is meant in talk by 'and she was like, “No way”', 'he’s all, “Why?”'."""
    tree = scene.tree
    first = cue + 3 if tree.words[cue + 2 : cue + 3] == [","] else cue + 2
    outer = scene.outer[cue]
    numbers = scene.cited_near(cue, 1) if outer < 0 else scene.inner.get(outer, ())
    opens = any(scene.spans[number][0] == first < scene.spans[number][1] for number in numbers)
    if not opens or not tree.words[first + 1][0].isupper():
        return None
    # The parser may hold the 's of 'my husband's like' for a genitive.
    return tree.heads[cue] if tree.tags[cue] == "POS" else tree.child(cue, *SUBJECTS)


def _is_borne(tree: Tree, i: int) -> bool:
    """Whether a token is a verb whose subject bears the words right behind it: 'reads', 'is headed'."""
    word = lexicon().get((tree.lemmas[i], "VERB")) if tree.pos[i] == "VERB" else None
    return word is not None and word.bearer


def _what_reads(scene: Scene, cue: int) -> int | None:
    """What bears the words beside it: 'a note | that | read “Wake up”', '“Back soon,” read | a sign |'."""
    tree = scene.tree
    if speech_before(scene, cue) >= 0:
        # Behind the marks the parser may take who bears the words for an object.
        behind = (i for i in tree.children[cue] if i > cue and tree.deps[i] in ("nsubj", "dobj"))
        return next((i for i in behind if kind_of_noun(scene, i) in _BEARERS), None)
    first = cue + 2 if tree.words[cue + 1 : cue + 2] in ([","], [":"]) else cue + 1
    if scene.outer[cue] >= 0 or first >= len(tree):
        return None
    number = scene.outer[first]
    if number < 0 or scene.spans[number][0] != first:
        return None
    bearer = subject = tree.heads[cue] if tree.deps[cue] == "acl" else tree.child(cue, *SUBJECTS)
    if subject is not None and tree.tags[subject] == "WDT":
        bearer = tree.heads[cue]
    return subject if bearer is not None and kind_of_noun(scene, bearer) in _BEARERS else None


def _described(scene: Scene, cue: int) -> Pieces:
    """The quotation in 'the lane, which she describes | as “a canal”': what it is said of stands before."""
    tree = scene.tree
    if scene.outer[cue] >= 0:
        return ()
    link = next((i for i in tree.children[cue] if i > cue and tree.lower[i] == "as"), len(tree))
    number = scene.outer[link + 1] if link + 1 < len(tree) else -1
    if number < 0 or scene.spans[number][0] != link + 1:
        return ()
    # Nothing but an aside stands between: 'described — in private — as “late”'.
    between = range(cue + 1, link)
    if between and not all(tree.pos[i] == "PUNCT" and scene.outer[i] < 0 for i in (cue + 1, link - 1)):
        return ()
    behind = any(child > cue and tree.deps[child] == "dobj" for child in tree.children[cue])
    return () if behind else (scene.spans[number],)


def content(scene: Scene, cue: int) -> Pieces:
    """What the form at ``cue`` reports, where its form tells; else nothing."""
    be = clefts.link(scene, cue)
    if be is not None:
        return clefts.said(scene, be)
    return _described(scene, cue) if scene.tree.lemmas[cue] == "describe" else ()


def _says(scene: Scene, i: int) -> bool:
    """Whether a word outside of quotations may well report."""
    word = lexicon().get((scene.tree.lemmas[i], scene.tree.pos[i])) if scene.outer[i] < 0 else None
    return word is not None and word.rate >= _VOICE


def certain(scene: Scene, cue: int) -> bool:
    """Whether a form tells content and source too: a sign, or speech with its verb and speaker behind it."""
    return signs.certain(scene, cue) or _behind(scene, cue) is not None


def speaking(scene: Scene, cue: int) -> Iterator[tuple[int, int, str]]:
    """First and last token of who may be meant by such a form, the likeliest first."""
    phrase = _behind(scene, cue)
    if phrase is None:
        yield from signs.speaking(scene, cue)
    else:
        first, last = phrase
        yield first, last - (scene.tree.words[last] == ","), ">nsubj"


def _behind(scene: Scene, cue: int) -> tuple[int, int] | None:
    """First and last token of who speaks behind a quotation with the verb ``cue``, where its form tells."""
    tree = scene.tree
    if cue == 0 or scene.outer[cue] >= 0 or tree.pos[cue] != "VERB":
        return None
    head = _after_speech(scene, cue)
    head = _how_put(scene, cue) if head is None else head
    if head is not None:
        return tree.left[head], tree.right[head]
    return _between(scene, cue)


def _between(scene: Scene, cue: int) -> tuple[int, int] | None:
    """Who stands between a quotation and a verb of saying, unseen by the parser: '“…,” | the boy | told'."""
    often = scene.tree.tags[cue] in _TOLD and reports_often(scene.tree, cue)
    if not (often or (misread.is_name(scene, cue - 1) and _speaks(scene, cue))):
        return None
    found = misread.behind_speech(scene, cue)
    return None if found is None else found[2:]


def _how_put(scene: Scene, cue: int) -> int | None:
    """The subject of the verb in '“Fewer brands, done better” is how she has described the plan'."""
    tree = scene.tree
    word = lexicon().get((tree.lemmas[cue], "VERB"))
    subject = tree.child(cue, "nsubj")
    if word is None or subject is None or word.act not in _PUTTING:
        return None
    how = tree.left[subject] - 1
    if how < 2 or tree.lower[how] not in _HOW or tree.lemmas[how - 1] != "be":
        return None
    number = scene.outer[how - 2]
    return subject if number >= 0 and scene.spans[number][1] == how - 2 else None


def _speaks(scene: Scene, cue: int) -> bool:
    """Whether a word mostly tells of speech or writing, or does so in some frames."""
    word = lexicon().get((scene.tree.lemmas[cue], scene.tree.pos[cue]))
    return word is not None and word.act in _PUTTING and bool(word.needs or word.rate >= _VOICE)


def _after_speech(scene: Scene, cue: int) -> int | None:
    """The head of who speaks in '“Keep back!” shouted a marshal', where the parser takes it for an object."""
    tree = scene.tree
    if tree.tags[cue] not in ("VBD", "VBZ"):
        return None
    if speech_before(scene, cue) < 0:
        return None
    if not _speaks(scene, cue):
        return None
    if tree.lower[cue + 1 : cue + 2] and tree.lower[cue + 1] in _SPEAKING and _is_shut_off(scene, cue + 2):
        return cue + 1
    if any(tree.deps[child] in SUBJECTS and scene.outer[child] < 0 for child in tree.children[cue]):
        return None
    # A line may break here, which is a token to the parser.
    first = next((i for i in range(cue + 1, len(tree)) if not tree.words[i].isspace()), cue)
    after = [child for child in tree.children[cue] if tree.left[child] == first]
    named = next((child for child in after if misread.is_name(scene, child)), None)
    return next((child for child in after if tree.deps[child] in _AFTER), named)


def _is_shut_off(scene: Scene, i: int) -> bool:
    """Whether a mark stands at a token, or a quotation begins: '“My dear,” said he | , “have you …”'."""
    if i >= len(scene.tree):
        return True
    return scene.tree.words[i][0] in ",;:.—–-!?" or scene.outer[i] >= 0
