"""Who speaks a quotation that no cue reports: the name on the line below or above, or words quoted before."""

from __future__ import annotations

import bisect
from collections.abc import Iterator, Sequence

from quoteattr.attribution.kinds import kind_of_noun
from quoteattr.attribution.readings import Reading
from quoteattr.attribution.scene import Pieces, Scene
from quoteattr.attribution.sources import Source, trimmed
from quoteattr.attribution.tree import FINITE, Tree
from quoteattr.marks.interviews import is_question
from quoteattr.speakers.lexicon import lexicon as speakers

__all__ = ["Standing"]

_LINE = 12  # tokens of a name and what it does, on a line of its own
_NEAR = 40  # attributed contents before and after a quotation that it may repeat
_SOMEBODY = frozenset(
    {"PERSON", "ORG", "NORP", "PROPN", "person", "group", "body", "work", "he", "she", "they"}
)
_WORDS = 5  # of a quotation that is known again
_ANNOUNCING = frozenset({"interview", "interviews", "meet", "meets", "with"})
_TALKING = frozenset({"speak", "talk", "chat"})
_FAR = 10  # tokens behind such a word in which the name of the one interviewed stands
_ELSEWHERE = frozenset({"GPE", "NORP", "DATE", "LOC"})
_STOPS = frozenset(".!?")
_OPENING = frozenset("\"“‘'([—–-•*")


class Standing:
    """The quotations of a document that stand by themselves.

    Args:
        scene: the document.
        readings: what its words may report, in the order of the text.
        likely: those of the readings that are kept.
    """

    def __init__(self, scene: Scene, readings: Sequence[Reading], likely: Sequence[Reading]) -> None:
        self._scene = scene
        self._readings = readings
        known = [(each.content.pieces, each.source) for each in likely if each.source is not None]
        self._reported = sorted(known, key=lambda item: item[0])
        self._starts = [pieces[0][0] for pieces, _ in self._reported]
        self._words: dict[int, str] = {}
        self._headed: dict[int, bool] = {}
        self._whole: dict[int, bool] = {}
        self._interviewed: list[Source | None] | None = None  # looked for once

    def named(self, pieces: Pieces) -> tuple[Source, str] | None:
        """Who is named apart from any cue, and by what: 'line below', 'line above', 'interview', …."""
        return (
            self._by_interview(pieces)
            or self._by_brackets(pieces)
            or self._by_line(pieces)
            or self._by_words(pieces)
        )

    def speaker(self, pieces: Pieces) -> tuple[Source, str] | None:
        """The same, or whom the words before a colon name that ends the paragraph above: 'colon above'."""
        return self.named(pieces) or self._by_colon(pieces)

    def _by_interview(self, pieces: Pieces) -> tuple[Source, str] | None:
        """The one interviewed, where an answer has neither label nor marks: whom the lines above name."""
        scene = self._scene
        number = scene.paragraph[pieces[0][0]]
        if scene.quotations[scene.outer[pieces[0][0]]].opener or not self._is_asked(number - 1):
            return None
        if self._interviewed is None:
            first = next(n for n in range(number) if self._is_asked(n))
            self._interviewed = [_interviewee(scene, first)]
        person = self._interviewed[0]
        return None if person is None else (person, "interview")

    def _by_brackets(self, pieces: Pieces) -> tuple[Source, str] | None:
        """The name in brackets behind a quotation that is the rest of a paragraph: '“It broke me.” (P3)'."""
        scene, tree = self._scene, self._scene.tree
        first, last = scene.blocks[scene.paragraph[pieces[0][0]]]
        opening = pieces[-1][1] + 1
        while last > opening and tree.words[last] in _STOPS:
            last -= 1
        if pieces[0][0] != first or not 1 < last - opening <= _LINE:
            return None
        inside = range(opening + 1, last)
        if tree.words[opening] != "(" or tree.words[last] != ")" or not tree.words[opening + 1][0].isupper():
            return None
        if any(tree.pos[i] in ("VERB", "AUX") for i in inside):
            return None
        comma = next((i for i in inside if tree.words[i] in ",;:"), last)
        name = range(opening + 1, comma)
        return Source(tree.top(name), "brackets", opening + 1, last - 1), "brackets"

    def _is_asked(self, number: int) -> bool:
        """Whether a paragraph is a question of an interview."""
        return number >= 0 and is_question(self._scene.tree.text, self._scene.paragraphs[number])

    def _by_line(self, pieces: Pieces) -> tuple[Source, str] | None:
        """The name on the line under a quotation that is a paragraph by itself, or over it."""
        scene = self._scene
        begin, end = scene.paragraph[pieces[0][0]], scene.paragraph[pieces[-1][1]]
        if not self._is_whole(begin) or not self._is_whole(end):
            return None
        below, above = _name(scene, end + 1), _name(scene, begin - 1)
        if above and self._is_headed(begin):
            several = below or self._is_whole(begin - 2)  # one alone may be the writer's, over an article
            return (above, "line above") if several else None
        if below and (begin or _is_sentence(scene, pieces)):
            return below, "line below"
        return None

    def _by_colon(self, pieces: Pieces) -> tuple[Source, str] | None:
        """Who reports in the sentence before the quotation, or is its subject, if it ends in a colon."""
        scene = self._scene
        tree, number = scene.tree, scene.paragraph[pieces[0][0]] - 1
        if number < 0 or pieces[0][0] > scene.blocks[number + 1][0] + 1:
            return None
        last = scene.blocks[number][1]
        if tree.words[last] != ":":
            return None
        first = tree.sentences[tree.sentence[last]][0]
        begin = bisect.bisect_left(self._readings, first, key=lambda each: each.cue)
        end = bisect.bisect_left(self._readings, last, key=lambda each: each.cue)
        said = [
            (each.odds, each.cue, each.source)
            for each in self._readings[begin:end]
            if each.source is not None and scene.outer[each.cue] < 0
        ]
        source = max(said)[2] if said else _subject(scene, first, last)
        return None if source is None else (source, "colon above")

    def _is_headed(self, number: int) -> bool:
        """Whether the names stand over their quotations: where they take turns, the first of them tells."""
        first = number
        while first not in self._headed and self._is_whole(first - 2) and _name(self._scene, first - 1):
            first -= 2
        if first not in self._headed:
            self._headed[first] = _name(self._scene, first - 1) is not None
        for each in range(first, number + 1, 2):
            self._headed[each] = self._headed[first]
        return self._headed[number]

    def _is_whole(self, number: int) -> bool:
        """Whether a paragraph is one quotation or several, and nothing else."""
        if number not in self._whole:
            self._whole[number] = _is_all_quoted(self._scene, number)
        return self._whole[number]

    def _by_words(self, pieces: Pieces) -> tuple[Source, str] | None:
        """The source of the same words elsewhere: they were pulled out of the text to catch the eye."""
        words = _letters(self._scene, pieces)
        if words.count(" ") < _WORDS:
            return None
        place = bisect.bisect_left(self._starts, pieces[0][0])
        for number in range(max(place - _NEAR, 0), min(place + _NEAR, len(self._reported))):
            theirs, source = self._reported[number]
            if number not in self._words:
                self._words[number] = _letters(self._scene, theirs)
            if words in self._words[number]:
                return source, "repeated words"
        return None


def _interviewee(scene: Scene, number: int) -> Source | None:
    """Who is interviewed, by the paragraphs before one: whom a heading announces, or who is named most."""
    headings = [block for block in scene.blocks[:number] if scene.tree.words[block[1]] not in _STOPS]
    announced = (_announced(scene, *block) for block in headings)
    span = next((found for found in announced if found is not None), None) or _most_named(scene, number)
    if span is None:
        return None
    first, last = span
    return Source(scene.tree.top(range(first, last + 1)), "interview", *trimmed(scene, first, last))


def _announced(scene: Scene, first: int, last: int) -> tuple[int, int] | None:
    """The name behind 'interviews', 'Q&A with', whatever the recognizer makes of it, in a heading."""
    tree = scene.tree
    word = next((i for i in range(first, last) if tree.lower[i] in _ANNOUNCING), last)
    i = word + 1
    while i < min(last, word + _FAR):
        end = i
        while end <= last and tree.pos[end] == "PROPN" and tree.entities[end] not in _ELSEWHERE:
            end += 1
        body = tree.lower[i - 1] == "the" or (end <= last and tree.lower[end] == "of")
        if end > i + 1 and not body:
            return i, end - 1
        i = max(end, i + 1)
    return None


def _most_named(scene: Scene, number: int) -> tuple[int, int] | None:
    """The fullest name of the person whom the paragraphs before one name most often, but for who asks."""
    end = next((first for first, last in scene.blocks[number:] if first <= last), 0)
    named: dict[str, list[tuple[int, int]]] = {}
    for first, last in _people(scene.tree, end):
        if not _asks(scene.tree, first):
            named.setdefault(scene.tree.words[last], []).append((first, last))
    if not named:
        return None
    often: list[tuple[int, int]] = max(named.values(), key=len)
    return max(often, key=lambda span: span[1] - span[0])


def _people(tree: Tree, end: int) -> Iterator[tuple[int, int]]:
    """The names of persons before a token: by the recognizer, or full ones that begin with a first name."""
    i = 0
    while i < end:
        first = i
        while i < end and tree.pos[i] == "PROPN" and tree.sentence[i] == tree.sentence[first]:
            i += 1
        known = i - first > 1 and tree.lower[first] in speakers().first_names
        if i > first and (known or all(tree.entities[k] == "PERSON" for k in range(first, i))):
            yield first, i - 1
        i = max(i, first + 1)


def _asks(tree: Tree, first: int) -> bool:
    """Whether a name is that of who asks: 'She spoke to Donal Rice', 'Interview by Donal Rice'."""
    if first and tree.lower[first - 1] == "by":
        return True
    told = tree.heads[first - 1] if first and tree.lower[first - 1] in ("to", "with") else -1
    subject = tree.child(told, "nsubj") if told >= 0 and tree.lemmas[told] in _TALKING else None
    return subject is not None and tree.pos[subject] == "PRON"


def _is_all_quoted(scene: Scene, number: int) -> bool:
    """Whether every word of a paragraph stands inside quotation marks; ``False`` where there is none."""
    if not 0 <= number < len(scene.blocks) or not scene.cited[number]:
        return False
    first, last = scene.blocks[number]
    return all(scene.outer[i] >= 0 for i in range(first, last + 1) if scene.tree.words[i][0].isalnum())


def _subject(scene: Scene, first: int, last: int) -> Source | None:
    """The subject of a sentence, if it may be somebody."""
    tree = scene.tree
    root = next((i for i in range(first, last) if tree.heads[i] == i), None)
    head = None if root is None else tree.child(root, "nsubj")
    if head is None or scene.outer[head] >= 0 or kind_of_noun(scene, head) not in _SOMEBODY:
        return None
    return Source(head, ">nsubj", *trimmed(scene, tree.left[head], tree.right[head]))


def _name(scene: Scene, number: int) -> Source | None:
    """The name that is a paragraph by itself, with what it does, if it is one: 'Ruth Ansley, chair'."""
    if not 0 <= number < len(scene.blocks) or scene.cited[number]:
        return None
    tree = scene.tree
    first, last = scene.blocks[number]
    while last > first and not tree.words[last][-1].isalnum() and tree.words[last] not in ")?!:":
        last -= 1
    while first < last and tree.words[first] in _OPENING:
        first += 1
    line = range(first, last + 1)
    if not 0 < len(line) <= _LINE or any(tree.tags[i] in FINITE or tree.words[i] in "?!:" for i in line):
        return None
    comma = next((i for i in line if tree.words[i] in ",("), last + 1)
    name = range(first, comma)
    if not all(tree.pos[i] == "PROPN" and tree.words[i][0].isupper() for i in name):
        return None
    called = {tree.entities[i] for i in name} == {"PERSON"}
    described = comma < last and len(name) > 1 and tree.words[comma + 1][0].isalpha()
    if not called and not described:
        return None
    first, last = trimmed(scene, first, last)
    return Source(tree.top(name), "line", first, last)


def _is_sentence(scene: Scene, pieces: Pieces) -> bool:
    """Whether a quotation ends like a sentence, which a headline does not."""
    return scene.ending(scene.outer[pieces[-1][1]]) in tuple(".!?…")


def _letters(scene: Scene, pieces: Pieces) -> str:
    """The words of a content, in lower case, with nothing but blanks between and around."""
    lower = scene.tree.lower
    words = [lower[i] for first, last in pieces for i in range(first, last + 1) if lower[i][0].isalnum()]
    return f" {' '.join(words)} "
