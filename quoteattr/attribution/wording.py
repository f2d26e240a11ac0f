"""The words of a cue beside a content that is settled: its span, its act, whether it denies."""

from __future__ import annotations

from quoteattr import cues
from quoteattr.attribution.kinds import kind_of_noun
from quoteattr.attribution.listening import addressing
from quoteattr.attribution.quoted import reports_often
from quoteattr.attribution.scene import Pieces, Scene, holds
from quoteattr.attribution.sources import Source
from quoteattr.attribution.tree import SUBJECTS
from quoteattr.attribution.utterances import is_utterance
from quoteattr.objects import Act
from quoteattr.records import Range
from quoteattr.speakers.lexicon import lexicon

__all__ = [
    "act",
    "cue_range",
    "habit",
    "is_bare",
    "is_plain",
    "lemma",
    "may_be_inner",
    "negated",
    "says",
    "telling",
]

_BEFORE = {"VERB": frozenset({"aux", "auxpass", "neg", "advmod"}), "NOUN": frozenset({"amod"})}
_NEGATIONS = frozenset({"not", "n't", "n’t", "never", "no", "hardly", "cannot"})
_NONE = frozenset({"neither", "no"})
_GOVERNED = frozenset({"xcomp", "pcomp", "prep"})
# Prepositions between what withholds and what is withheld; 'after' in 'After saying so, he refused' is none.
_LINKS = frozenset({"from", "of", "to", "about", "on", "against"})
_GOVERNORS = 3  # steps up from a cue: 'refrained' is two above 'denouncing'
_AFTER = frozenset({"prt", "prep"})
# What says when, where and how rather than what: the cue ends before it.
_LOOSE = frozenset({"npadvmod", "prep", "advcl", "agent", "conj", "cc"})
_OBJECTS = frozenset({"dobj", "dative"})
_NAMING = frozenset({"dobj", "punct"})
_SOMEBODY = frozenset({"PROPN", "PRON"})
_LISTENERS = frozenset({"person", "group", "body"})
_SPEAKERS = frozenset({"PERSON", "person", "group", "i", "we", "he", "she", "they"})
_SAYING = frozenset({"speech", "writing"})
_HABITS = frozenset({"like", "love", "use"})  # 'liked to say', 'used to say', of what was often said
_PLAIN = 0.45  # how often a plain word reports where it stands
_TO = 3  # tokens from a cue's head to the verb that it governs: 'went on | to | add'
_REACH = 10  # tokens between a cue's head and its content
_BREAKS = frozenset(",;—–-")
# No cue ends in these.
_UNFINISHED = frozenset({"DET", "PRON", "PUNCT", "SPACE"})


def cue_range(scene: Scene, cue: int, pieces: Pieces, source: Source | None) -> Range:
    """The characters of a cue: its head with what belongs to it on both sides, as PolNeAR marks it.

    Before the head auxiliaries, negation, adverbs ('has also not said'), before a noun adjectives; after it
    particle, preposition and what leads on to the content ('raised questions about', 'made it clear').
    """
    tree = scene.tree
    taken = {i for first, last in pieces for i in range(first, last + 1)}
    if source is not None:
        taken.update(range(source.first, source.last + 1))
    first = last = cue
    while first - 1 >= 0 and first - 1 not in taken and _leads(scene, first - 1, cue):
        first -= 1
    while first < cue and tree.tags[first] == "WRB":
        first += 1
    governor = tree.heads[cue]
    if tree.tags[first] == "TO" and governor == first - 1 and tree.lemmas[governor] == "use":
        first = governor
    match = scene.phrases.get(cue)
    if match is not None and match.phrase.source and taken.isdisjoint(range(match.start, match.end)):
        first, last = min(first, match.start), max(last, match.end - 1)
    while last + 1 < len(tree) and last + 1 not in taken and _trails(scene, last + 1, cue, taken):
        last += 1
    verb = tree.child(cue, "xcomp")
    if verb is not None and last < verb <= last + _TO and taken.isdisjoint(range(last + 1, verb + 1)):
        last = verb if reports_often(tree, verb) else last
    start = tree.starts[first]
    if tree.words[cue][-1] in "—–―" and first == cue:
        start = tree.ends[cue] - 1
    return Range(start, tree.ends[_led_on(scene, cue, last, pieces, taken)])


def telling(scene: Scene, cue: int) -> int:
    """The word that tells what is done: the cue's head, 'tell' of 'is said to have told', 'likes to tell'."""
    tree = scene.tree
    if tree.pos[cue] == "ADP" and cue not in scene.phrases:  # 'without saying'
        verb = tree.child(cue, "pcomp")
        return verb if verb is not None and tree.tags[verb] == "VBG" else cue
    verb = tree.child(cue, "xcomp")
    if verb is None or tree.lemmas[cue] == "use":
        return cue if verb is None else verb
    if habit(scene, cue) is not None:
        return verb
    return verb if tree.child(cue, "nsubjpass") is not None and reports_often(tree, verb) else cue


def lemma(scene: Scene, cue: int) -> str:
    """The dictionary form of the word that tells: 'praise' of 'Mayor Praises Council' too."""
    tree, i = scene.tree, telling(scene, cue)
    found = cues.word(tree.lemmas[i], tree.pos[i]) or cues.word(tree.lower[i], cues.HEADLINE_TAGS[0])
    return tree.lemmas[i] if found is None else found.lemma


def habit(scene: Scene, cue: int) -> int | None:
    """The word that tells where the cue says that it was often done: 'say' of 'as he liked to say'."""
    verb = scene.tree.child(cue, "xcomp") if scene.tree.lemmas[cue] in _HABITS else None
    return verb if verb is not None and reports_often(scene.tree, verb) else None


def says(scene: Scene, cue: int) -> bool:
    """Whether the word that tells is one of saying or writing."""
    word = cues.lexicon().get((scene.tree.lemmas[telling(scene, cue)], scene.tree.pos[cue]))
    return word is not None and word.act in _SAYING


def is_plain(scene: Scene, cue: int) -> bool:
    """Whether the cue is a plain word of saying or writing, which 'think' and 'want' are not."""
    word = cues.lexicon().get((scene.tree.lemmas[cue], scene.tree.pos[cue]))
    return word is not None and word.rate >= _PLAIN and word.act in _SAYING


def may_be_inner(scene: Scene, cue: int) -> bool:
    """Whether a word may report inside another report: a plain one, or any of saying in speech or in talk."""
    spoken = scene.outer[cue] >= 0 or bool(scene.labels)
    return is_plain(scene, cue) or (spoken and says(scene, cue))


def _leads(scene: Scene, i: int, cue: int) -> bool:
    tree = scene.tree
    kind = "NOUN" if tree.pos[cue] == "NOUN" else "VERB"
    return tree.heads[i] == cue and tree.deps[i] in _BEFORE[kind]


def _trails(scene: Scene, i: int, cue: int, taken: set[int]) -> bool:
    """Whether a particle or a preposition belongs to the cue: it governs the content or the source."""
    tree = scene.tree
    if tree.heads[i] != cue or tree.deps[i] not in _AFTER:
        return tree.pos[cue] == "ADP" and tree.heads[i] == cue and tree.pos[i] == "ADP"
    return tree.deps[i] == "prt" or i + 1 in taken


def _led_on(scene: Scene, cue: int, last: int, pieces: Pieces, taken: set[int]) -> int:
    """The last token of a cue that reaches on towards its content: 'expressed dismay at', 'began to say'.

    Not over a listener ('told Reuters'), the source, a comma or what says when and where.
    """
    tree = scene.tree
    content = next((first for first, _ in pieces if first > last), None)
    if content is None or content - last > _REACH or tree.sentence[content] != tree.sentence[cue]:
        return last
    gap = range(last + 1, content)
    end = last
    for i in gap:
        link = i
        while tree.heads[link] in gap and tree.heads[link] != link:
            link = tree.heads[link]
        # 'What he said | was': the verb above says nothing itself.
        above = tree.deps[cue] == "csubj" and link == tree.heads[cue]
        if i in taken or above or tree.words[i][0] in _BREAKS or _is_apart(scene, link, cue, content):
            break
        if tree.pos[i] not in _UNFINISHED:
            end = i
    return end


def _is_apart(scene: Scene, link: int, cue: int, content: int) -> bool:
    """Whether the phrase of ``link`` is no part of the cue: who was told, or when and where it was."""
    tree = scene.tree
    if tree.heads[link] != cue:
        return False
    if tree.deps[link] in _OBJECTS:
        listens = tree.lemmas[cue] in addressing()["object"]
        return listens or tree.pos[link] in _SOMEBODY or kind_of_noun(scene, link) in _LISTENERS
    return tree.deps[link] in _LOOSE and not (tree.deps[link] == "prep" and link + 1 == content)


def negated(scene: Scene, cue: int, pieces: Pieces = ()) -> bool:
    """Whether the cue denies or withholds its content: by its meaning, by 'not', or by what governs it."""
    tree = scene.tree
    if cues.is_negated(tree.lemmas[cue], tree.pos[cue]):
        return not _judges(scene, cue, pieces) and not _is_speech(scene, pieces)
    phrase = scene.phrases.get(cue)
    if phrase is not None and phrase.phrase.negated:
        return True
    outside = (child for child in tree.children[cue] if not holds(pieces, child))
    if any(_denies(scene, cue, child) for child in outside):
        return True
    return _withheld(scene, cue)


def _denies(scene: Scene, cue: int, child: int) -> bool:
    """Whether a word beside the cue denies it: 'did | not | say', '| neither of them | would say'."""
    tree = scene.tree
    if tree.deps[child] == "neg" or tree.lower[child] in _NEGATIONS:
        return child == 0 or tree.lower[child - 1] != "or"  # 'whether he says so or not'
    if child > cue or tree.deps[child] not in SUBJECTS:
        return False
    first = tree.left[child]
    if scene.outer[first] != scene.outer[child]:  # '“No,” Ann Lee said'
        return False
    return tree.lower[first] in _NONE and not tree.words[first + 1][0].isdigit()  # 'No 10' is an address


def _is_speech(scene: Scene, pieces: Pieces) -> bool:
    """Whether the content is said as it stands: 'Hjelm disagreed: “There is time.”' denies none of it."""
    first = pieces[0][0] if pieces else -1
    number = scene.outer[first] if first >= 0 else -1
    return number >= 0 and scene.spans[number][0] == first and is_utterance(scene, number)


def _judges(scene: Scene, cue: int, pieces: Pieces) -> bool:
    """Whether the cue says what something is: 'dismissed the report as fiction' denies nothing of that."""
    tree = scene.tree
    return any(
        tree.lower[child] == "as" and child > cue and holds(pieces, child) for child in tree.children[cue]
    )


def _withheld(scene: Scene, cue: int) -> bool:
    """Whether what governs the cue withholds it: 'refused to say', 'refrained from denouncing', 'without'."""
    tree = scene.tree
    node = cue
    for _ in range(_GOVERNORS):
        head = tree.heads[node]
        if tree.lower[node] == "without":
            return True
        if head == node or tree.deps[node] not in _GOVERNED:
            return False
        if tree.deps[node] == "prep" and tree.lower[node] not in _LINKS:
            return False
        phrase = scene.phrases.get(head)
        if cues.is_negated(tree.lemmas[head], tree.pos[head]) or (phrase and phrase.phrase.negated):
            return True
        node = head
    return False


def act(scene: Scene, cue: int, source: Source | None, kind: str) -> Act:
    """The act that a cue names; thought, where the lexicon does not tell and nothing is quoted."""
    tree, cue = scene.tree, telling(scene, cue)
    if tree.pos[cue] == "PUNCT" or not tree.words[cue][-1].isalnum():
        return "speech"
    noun = "" if source is None else tree.lemmas[source.head].lower()
    if tree.lemmas[cue] == "hear" and noun in lexicon().hearings:
        return "speech"
    is_work = noun in lexicon().works
    phrase = scene.phrases.get(cue)
    word = cues.word(tree.lemmas[cue], tree.pos[cue])
    if phrase is not None and (word is None or word.act is None or tree.pos[cue] in ("ADP", "VERB")):
        shown = phrase.phrase.act == "speech" and noun in lexicon().measures
        return "evidence" if shown else phrase.phrase.act or "thought"
    found = cues.act_of(tree.lemmas[cue], tree.pos[cue], source_is_work=is_work, quoted=kind != "indirect")
    if word is not None and word.speech_if_quoted and (kind == "direct" or _tells_quoted(scene, cue)):
        return "speech"
    if found == "evidence" and kind == "direct" and source is not None:
        # Somebody who shows something speaks: '“I’ll be there by”—he looked at his watch—“ten.”'.
        found = "speech" if kind_of_noun(scene, source.head) in _SPEAKERS else found
    return found or "thought"


def _tells_quoted(scene: Scene, cue: int) -> bool:
    """Whether quoted words tell something: 'remembers him as “kind”', no 'considers the word “kind”'."""
    tree = scene.tree
    clauses = (i for i in tree.children[cue] if i > cue and tree.deps[i] not in _NAMING)
    return any(max(scene.outer[tree.left[i] : tree.right[i] + 1]) >= 0 for i in clauses)


def is_bare(scene: Scene, cue: int, kind: str, pieces: Pieces) -> bool:
    """Whether a word that reports only speech or a clause has neither: 'signed a treaty'."""
    tree = scene.tree
    word = cues.word(tree.lemmas[cue], tree.pos[cue])
    if word is None or word.reports("other") or kind != "indirect" or cue in scene.phrases:
        return False
    return not any(tree.pos[i] in ("VERB", "AUX") for first, last in pieces for i in range(first, last + 1))
