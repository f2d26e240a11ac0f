"""What is the same for all that is weighed of a cue: its word, its complements, a quotation beside it."""

from __future__ import annotations

from typing import NamedTuple

from quoteattr.attribution.scene import Scene
from quoteattr.cues import lexicon

__all__ = ["HEADING", "QUOTATIONS", "About", "act_class", "bucket"]

# Words at the head of a clause or phrase that tell what kind of content it is.
HEADING = frozenset(
    {"that", "whether", "if", "to", "how", "why", "what", "for", "about", "of", "on", "as", "because"}
)
QUOTATIONS = 6  # before and after a word that are looked at
_COMPLEMENTS = frozenset(
    {"ccomp", "xcomp", "dobj", "prep", "advcl", "oprd", "acomp", "attr", "prt", "dative", "agent", "acl"}
)
# Lengths and distances in classes that double.
_BUCKETS = [next(str(limit) for limit in (0, 1, 2, 3, 5, 8, 13, 21, 40) if n <= limit) for n in range(41)]


class About(NamedTuple):
    """What is known of a cue.

    Attributes:
        word: its lemma with the letter of its part of speech: 'say/V'.
        pos: its coarse part of speech.
        act: its act in the lexicon, with what it needs to report; 'none' for other words.
        frame: its complements, as one string: 'ccomp+nsubj'.
        beside: where a quotation stands that it leans on: 'L,+' before it, shut by a comma, hung on the cue.
    """

    word: str
    pos: str
    act: str
    frame: str
    beside: str

    @classmethod
    def of(cls, scene: Scene, cue: int) -> About:
        """What is known of the cue headed by token ``cue``."""
        pos = scene.tree.pos[cue]
        word = f"{scene.tree.lemmas[cue]}/{pos[0]}"
        return cls(word, pos, act_class(scene, cue), _frame(scene, cue), _quotation_beside(scene, cue))


def _frame(scene: Scene, cue: int) -> str:
    """The complements of a word, as one string: 'ccomp+nsubj'."""
    tree = scene.tree
    deps = {tree.deps[child] for child in tree.children[cue]}
    return "+".join(sorted(deps & (_COMPLEMENTS | {"nsubj", "nsubjpass", "poss"})))


def act_class(scene: Scene, i: int) -> str:
    """The act of a word in the lexicon, with what it needs to report; 'none' for other words."""
    word = lexicon().get((scene.tree.lemmas[i], scene.tree.pos[i]))
    if word is None:
        return "none"
    return f"{word.act}{word.needs}"


def bucket(number: int) -> str:
    """A length or distance in classes that double."""
    return _BUCKETS[number] if 0 <= number < len(_BUCKETS) else "0" if number < 0 else "far"


def _quotation_beside(scene: Scene, cue: int) -> str:
    """Where a quotation stands that the cue leans on: 'L,+' before it, shut by a comma, hung on the cue."""
    if scene.outer[cue] >= 0 or not scene.paragraphs:
        return ""
    tree = scene.tree
    found = ""
    for number in scene.cited_near(cue, QUOTATIONS):
        first, last = scene.spans[number]
        if last - first < 2:
            continue
        if last < cue and cue - last <= 12 and not _stopped(scene, last + 1, cue):
            ending = scene.ending(number)
            title = "T" if scene.is_title(number) else ""
            found = f"L{title}{ending if ending in ',.?!—' else ''}{_link(scene, cue, first, last)}"
        elif first > cue and first - cue <= 12 and not _stopped(scene, cue + 1, first):
            before = tree.words[first - 1]
            sign = before if before in (",", ":") else ""
            title = "T" if scene.is_title(number) else ""
            return f"{found}R{title}{sign}{_link(scene, cue, first, last)}"
    return found


def _link(scene: Scene, cue: int, first: int, last: int) -> str:
    """'+' where the parser hangs a quotation on the cue, '-' where it hangs it on another word."""
    heads = scene.tree.heads
    return "+" if any(heads[i] == cue for i in _inner(scene, first, last)) else "-"


def _inner(scene: Scene, first: int, last: int) -> list[int]:
    """The words of a quotation, its punctuation left out."""
    return [i for i in range(first, last + 1) if scene.tree.pos[i] != "PUNCT"]


def _stopped(scene: Scene, first: int, end: int) -> bool:
    """Whether a sentence ends between two tokens."""
    return any(scene.tree.words[i] in (".", "!", "?") for i in range(first, end))
