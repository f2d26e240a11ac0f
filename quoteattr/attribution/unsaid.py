"""Contents that nobody says though a word of saying has them: titles, names given, whoever is cited."""

from __future__ import annotations

from quoteattr.attribution.contents import Content
from quoteattr.attribution.kinds import kind_of_noun
from quoteattr.attribution.scene import Scene
from quoteattr.attribution.tree import FINITE
from quoteattr.cues import lexicon
from quoteattr.speakers.lexicon import lexicon as speakers

__all__ = ["is_unsaid", "names_a_title", "without_titles"]

# Words that report less often than this have titles for objects: 'write', 'read', 'play'.
_SAYING = 0.6
_WITNESSES = frozenset({"PERSON", "ORG", "NORP", "person", "group", "body"})
# Relations inside of a noun phrase that tells nothing of its head.
_NAMING = frozenset({"det", "amod", "compound", "poss", "case", "nummod", "prep", "pobj", "predet", "punct"})
_ARTICLES = frozenset({"a", "an", "the"})


def without_titles(scene: Scene, options: list[Content]) -> list[Content]:
    """The contents without titles, if speech stands before the word: '“It sold,” she said of “Low Tide”'."""
    if not any(option.how == "quote:before" and not _is_title(scene, option) for option in options):
        return options
    return [option for option in options if not _is_title(scene, option)]


def names_a_title(scene: Scene, cue: int, content: Content) -> bool:
    """Whether the content is but a title, and the word not one that says: 'read “Low Tide”'."""
    tree = scene.tree
    if tree.pos[cue] != "VERB" or not _is_titled(scene, content):
        return False
    words = [i for first, last in content.pieces for i in range(first, last + 1) if scene.outer[i] < 0]
    entitled = (cue, *words, *(tree.heads[i] for i in words[:1]))  # 'a song | called “Low Tide”'
    if not speakers().titled.isdisjoint(tree.lower[i] for i in entitled):
        return True
    word = lexicon().get((tree.lemmas[cue], tree.pos[cue]))
    return word is None or (word.act != "speech" and word.rate < _SAYING)


def _is_titled(scene: Scene, content: Content) -> bool:
    """Whether a content is a title, or a phrase that names one: 'a song called “Third Week Running”'."""
    tokens = [i for first, last in content.pieces for i in range(first, last + 1)]
    if max(scene.outer[tokens[0] : tokens[-1] + 1]) < 0 or any(
        scene.outer[i] < 0 and scene.tree.tags[i] in FINITE for i in tokens
    ):
        return False
    quoted = {scene.outer[i] for i in tokens} - {-1}
    return bool(quoted) and all(scene.is_title(number) and not _is_echo(scene, number) for number in quoted)


def _is_title(scene: Scene, content: Content) -> bool:
    """Whether a content is one quotation that is written like a title."""
    first, last = content.pieces[0]
    number = scene.outer[first]
    return (
        len(content.pieces) == 1
        and number >= 0
        and scene.spans[number] == (first, last)
        and scene.is_title(number)
    )


def _is_echo(scene: Scene, number: int) -> bool:
    """Whether an article stands before a quotation, so that it is no title: 'feared a “Grand Pact”'."""
    first = scene.spans[number][0]
    return first > 0 and scene.tree.lower[first - 1] in ("a", "an")


def is_unsaid(scene: Scene, cue: int, content: Content) -> bool:
    """Whether a content only says who somebody is, names them or cites them."""
    return _describes(scene, cue, content) or _is_beside(scene, cue, content)


def _describes(scene: Scene, cue: int, content: Content) -> bool:
    """Whether a colon stands before a noun phrase that says who somebody is: 'Holm: the baker who sang'."""
    tree, (first, last) = scene.tree, content.pieces[0]
    if tree.words[cue] != ":" or tree.words[first] not in _ARTICLES or scene.outer[first] >= 0:
        return False
    return tree.pos[tree.top(range(first, last + 1))] in ("NOUN", "PROPN")


def _is_beside(scene: Scene, cue: int, content: Content) -> bool:
    """Whether a content is but an object that is none: who is cited, or what is called something unsaid."""
    tree = scene.tree
    word = lexicon().get((tree.lemmas[cue], tree.pos[cue]))
    first, last = content.pieces[0]
    if word is None or not word.object or len(content.pieces) > 1:
        return False
    if word.object == "named" or max(scene.outer[first : last + 1]) >= 0:
        return word.object == "named" or (word.object == "judged" and _is_name(scene, cue, first, last))
    head = tree.top(range(first, last + 1))
    if tree.heads[head] != cue or tree.deps[head] != "dobj" or last > tree.right[head]:
        return False
    if word.object == "witness":
        return kind_of_noun(scene, head) in _WITNESSES
    return all(tree.deps[i] in _NAMING for i in range(first, last + 1) if i != head)


def _is_name(scene: Scene, cue: int, first: int, last: int) -> bool:
    """Whether a content is what somebody goes by, right behind the word: 'they called | ‘the Yank’'."""
    number, tree = scene.outer[first], scene.tree
    if first != cue + 1 or scene.spans[number] != (first, last) or scene.is_shut(number):
        return False
    words = [word for word in tree.words[first : last + 1] if word[0].isalpha()]
    return len(words) > 1 and words[0] == "the" and all(word[0].isupper() for word in words[1:])
