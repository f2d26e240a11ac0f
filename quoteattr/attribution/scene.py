"""The scene that attribution reads: tree, paragraphs and quotations, each token knowing where it stands."""

from __future__ import annotations

import bisect
from collections import Counter
from collections.abc import Sequence

from attrs import define, field

from quoteattr.attribution.apposed import apposed
from quoteattr.attribution.rejoining import rehung, rejoined
from quoteattr.attribution.tree import FINITE, Tree
from quoteattr.cues import PhraseMatch, lexicon, phrase_at, phrases
from quoteattr.records import Quotation, Range
from quoteattr.speakers.lexicon import lexicon as speakers
from quoteattr.times import is_time

__all__ = ["Pieces", "Scene", "holds", "label_of"]

# First and last token of each piece of a content, in order.
Pieces = tuple[tuple[int, int], ...]

_TITLE_TOKENS = 14
_STOPS = frozenset({".", "!", "?"})  # which end a sentence before the last: 'Pip. Pip, sir.'
_VOICE = 0.3  # how often a verb reports that makes speech of what stands before it
_LABEL_WORDS = 5
_BRACKETS = 10  # tokens of '(Minister for Harbours)' in a label
_OFFICE = 14  # tokens of 'The Minister for Harbours' before a name in brackets
_SMALL = frozenset({"of", "for", "and", "the", "to", "in", ",", "-"})  # in an office
_IN_TITLES = frozenset({"is", "are"})  # which many write small there
_LABEL_STARTS = frozenset("\"“'‘([*_")


@define(eq=False)
class Scene:
    """One document, ready for attribution.

    Attributes:
        tree: tokens and dependencies.
        paragraphs: the paragraphs.
        quotations: all quotations; their positions are what ``outer`` holds.
        outer: for each token the position of the outermost quotation that holds it, -1 outside.
        paragraph: for each token the number of its paragraph; between two, that of the one before.
        spans: first and last token of each quotation.
        cited: for each paragraph the positions of its outermost quotations.
        blocks: first and last token of each paragraph; (0, -1) where it has none.
        inner: for the position of an outermost quotation those right inside it.
        phrases: the reporting phrases of several words ('in the words of'), by the token that heads each.
        labels: the labels of speakers at the heads of paragraphs ('HOLM' of 'HOLM: …'), each with the number
            of paragraphs that it heads.
        joined: verbs that the parser joined to what is said, each with the verb that says: 'said it was late
            and | urged …'.
        told: participles with a message that the parser hung on who sent it: 'told by her that he drowned'.
        running: what :func:`quoteattr.attribution.paring.runs_on` has found; ``None`` before it is asked.
        talk: what :func:`quoteattr.attribution.talk.is_talk` has found; likewise.
    """

    tree: Tree
    paragraphs: tuple[Range, ...]
    quotations: Sequence[Quotation]
    outer: list[int]
    paragraph: list[int]
    spans: list[tuple[int, int]]
    cited: list[list[int]]
    blocks: list[tuple[int, int]]
    inner: dict[int, list[int]] = field(factory=dict)
    phrases: dict[int, PhraseMatch] = field(factory=dict)
    labels: dict[str, int] = field(factory=dict)
    joined: dict[int, int] = field(factory=dict)
    told: frozenset[int] = frozenset()
    _titles: dict[int, bool] = field(factory=dict, init=False, repr=False)  # what was asked once
    _endings: dict[int, str] = field(factory=dict, init=False, repr=False)
    running: list[int] | None = field(default=None, init=False)
    talk: bool | None = field(default=None, init=False)

    def range(self, first: int, last: int) -> Range:
        """The characters of tokens; where a quotation ends inside of one, as in ”—Ann, those up to there."""
        start, end = self.tree.range(first, last)
        for number in {self.outer[first], self.outer[last]} - {-1}:
            if self.spans[number][0] == first:
                start = max(start, self.quotations[number].start)
            if self.spans[number][1] == last:
                end = min(end, self.quotations[number].end)
        return Range(start, max(start, end))

    def is_title(self, number: int) -> bool:
        """Whether a quotation is a title: written like one, or beside what it is the title of.

        Written like one are two capitals or more and no long word without one, and the name of a file: 'reads
        “counts.csv”'. Beside it: 'her film, “Thirteen,”', 'a song titled “Wait for me”'.
        """
        if number not in self._titles:
            self._titles[number] = self._is_title(number)
        return self._titles[number]

    def _is_title(self, number: int) -> bool:
        first, last = self.spans[number]
        if last - first > _TITLE_TOKENS:
            return False
        if self._is_entitled(first, last):
            return True
        if any(word in _STOPS for word in self.tree.words[first : last - 1]):
            return False
        words = [word for word in self.tree.words[first : last + 1] if word[0].isalpha()]
        if len(words) == 1 and _is_file(words[0].rstrip(".,")):
            return True
        if any(self._is_small_verb(i) for i in range(first, last + 1)):
            return False
        long = [word for word in words if len(word) > 3]
        capitals = sum(word[0].isupper() for word in words)
        return capitals > 1 and all(word[0].isupper() and not word.isupper() for word in long)

    def _is_small_verb(self, i: int) -> bool:
        """Whether a token is a finite verb in small letters, as titles have few: '“I did, O Sultan.”'."""
        return self.tree.tags[i] in FINITE and self.tree.lower[i] == self.tree.words[i] not in _IN_TITLES

    def _is_entitled(self, first: int, last: int) -> bool:
        """Whether a word for a work, or one that gives it a title, stands right before a quotation."""
        tree, words = self.tree, speakers().titled
        before = first - 2 if first > 1 and tree.words[first - 1] == "," else first - 1
        if before < 0 or tree.lower[before] not in words or tree.sentence[before] != tree.sentence[first]:
            return False
        if tree.pos[before] == "NOUN" and self._opens_small(first, last):
            return False
        known, end = lexicon(), tree.sentences[tree.sentence[last]][1]
        behind = range(last + 1, min(last + 4, end))
        verbs = [known.get((tree.lemmas[i], "VERB")) for i in behind if tree.pos[i] == "VERB"]
        return not any(word is not None and word.rate >= _VOICE for word in verbs)

    def _opens_small(self, first: int, last: int) -> bool:
        """Whether a quotation begins with a small letter, as no title does: 'called the play “a flop”'."""
        words = self.tree.words[first : last + 1]
        return next((word[0].islower() for word in words if word[0].isalnum()), False)

    def is_shut(self, number: int) -> bool:
        """Whether the words of a quotation end as speech does before its verb: '“Keep back!” shouted …'."""
        return self.ending(number) in tuple(",!?—…")

    def said(self, number: int) -> str:
        """What stands between the marks of a quotation."""
        inner = self.quotations[number].inner
        return self.tree.text[inner.start : inner.end]

    def ending(self, number: int) -> str:
        """The last character between the marks of a quotation, blanks left out; '' where there is none."""
        if number not in self._endings:
            self._endings[number] = self.said(number).rstrip()[-1:]
        return self._endings[number]

    def cited_from(self, token: int) -> int:
        """The place in ``cited`` of the token's paragraph of the first quotation that begins after it."""
        numbers = self.cited[self.paragraph[token]]
        return bisect.bisect_right(numbers, token, key=lambda number: self.spans[number][0])

    def cited_near(self, token: int, reach: int) -> list[int]:
        """The outermost quotations of the token's paragraph, at most ``reach`` before and after it."""
        place = self.cited_from(token)
        return self.cited[self.paragraph[token]][max(place - reach, 0) : place + reach]

    @classmethod
    def of(cls, tree: Tree, paragraphs: tuple[Range, ...], quotations: Sequence[Quotation]) -> Scene:
        """Lay paragraphs and quotations over the tokens, and mend the tree where it is plainly wrong."""
        outer = [-1] * len(tree)
        spans = []
        starts = [paragraph.start for paragraph in paragraphs]
        cited: list[list[int]] = [[] for _ in paragraphs]
        inner: dict[int, list[int]] = {}
        for number, quotation in enumerate(quotations):
            first = bisect.bisect_left(tree.ends, quotation.start + 1)
            last = bisect.bisect_left(tree.starts, quotation.end) - 1
            spans.append((first, max(first, last)))
            if quotation.depth == 1 and quotation.parent is not None:
                inner.setdefault(quotation.parent, []).append(number)
            if quotation.depth == 0:
                outer[first : last + 1] = [number] * (last + 1 - first)
                if cited:
                    cited[max(bisect.bisect_right(starts, quotation.start) - 1, 0)].append(number)
        numbers = []
        current = 0
        for start in tree.starts:
            while current + 1 < len(starts) and starts[current + 1] <= start:
                current += 1
            numbers.append(current)
        blocks = [
            (bisect.bisect_left(tree.ends, start + 1), bisect.bisect_left(tree.starts, end) - 1)
            for start, end in paragraphs
        ]
        apposed(tree, outer)
        told = rehung(tree)
        joined = rejoined(tree, outer)
        labels = _labels(tree, blocks)
        phrases = _phrases(tree)
        return cls(
            tree,
            paragraphs,
            quotations,
            outer,
            numbers,
            spans,
            cited,
            blocks,
            inner,
            phrases,
            labels,
            joined,
            told,
        )


def _is_file(word: str) -> bool:
    """Whether a word is the name of a file, by its ending: 'counts.csv'."""
    stem, dot, ending = word.rpartition(".")
    return bool(dot) and len(stem) > 1 and 2 <= len(ending) <= 5 and ending.isalnum() and ending[0].islower()


def _phrases(tree: Tree) -> dict[int, PhraseMatch]:
    """The longest phrase at each place, by its token whose own head stands outside."""
    starts = phrases()
    found: dict[int, PhraseMatch] = {}
    for i, (word, lemma) in enumerate(zip(tree.lower, tree.lemmas, strict=True)):
        if word not in starts and lemma not in starts:
            continue
        match = phrase_at(tree.lower, tree.lemmas, i)
        if match is not None and not _reaches_on(tree, match):
            found.setdefault(tree.top(range(match.start, match.end)), match)
    return found


def _reaches_on(tree: Tree, match: PhraseMatch) -> bool:
    """Whether the last word belongs to more behind the phrase: 'said no' in 'said no sentence would do'.

    And 'called it a day' in 'called it a day of shame', which only looks like what reports nothing.
    """
    last = match.end - 1
    if match.phrase.act is None and tree.lower[match.end : match.end + 1] == ["of"]:
        return True
    return tree.deps[last] == "det" and tree.heads[last] > last


def holds(pieces: Sequence[tuple[int, int]], token: int) -> bool:
    """Whether a token is among the words of a content."""
    return any(first <= token <= last for first, last in pieces)


def label_of(tree: Tree, first: int, last: int) -> tuple[int, int, int]:
    """First and last token of the label at the head of a paragraph and its colon, or (-1, -1, -1).

    A label is up to five words with capitals. When it was said may stand before it, and in what office or for
    where behind it: '[00:12:04] Noor: …', 'Ms KERR (Port Selwyn) (Lab): …'; behind a time in brackets the one
    word that somebody is called by in a chat: '[12:04] bo_k: …'. An office may have more words, if who holds
    it stands behind it: 'The Minister for the Harbours (Ann Lee): …', where the name is the label.
    """
    begin = first
    while begin < last and (not tree.words[begin][0].isalnum() or is_time(tree.words[begin])):
        begin += 1
    if tree.words[begin + 1 : begin + 2] == [":"] and begin + 1 <= last and _is_timed(tree, first, begin):
        return begin, begin, begin + 1
    for i in range(begin + 1, min(begin + _LABEL_WORDS, last) + 1):
        colon = _behind_brackets(tree, i, last)
        if tree.words[colon] == ":":
            return begin, i - 1, colon
        if not (tree.words[i][0].isupper() or not tree.words[i][0].isalpha()):
            break
    return _in_office(tree, begin, last)


def _in_office(tree: Tree, begin: int, last: int) -> tuple[int, int, int]:
    """The name in brackets behind an office, and the colon behind them."""
    i = begin
    while i < min(begin + _OFFICE, last) and (tree.words[i][0].isupper() or tree.lower[i] in _SMALL):
        i += 1
    colon = _behind_brackets(tree, i, last)
    if colon < i + 4 or tree.words[colon] != ":":
        return -1, -1, -1
    named = all(word[0].isupper() for word in tree.words[i + 1 : colon - 1])
    return (i + 1, colon - 2, colon) if named else (-1, -1, -1)


def _is_timed(tree: Tree, first: int, begin: int) -> bool:
    """Whether what stands before a label is a time in brackets."""
    return tree.words[first] == "[" and any(is_time(word) for word in tree.words[first:begin])


def _behind_brackets(tree: Tree, i: int, last: int) -> int:
    """The token behind the brackets that open at token ``i``, one pair or two, or ``i`` where none open.

    Brackets with a figure are no office, unless they say when it was: 'Figure (Listing 1): …'.
    """
    end = _behind_pair(tree, i, last)
    return _behind_pair(tree, end, last) if end > i else i


def _behind_pair(tree: Tree, i: int, last: int) -> int:
    """The token behind one pair of brackets."""
    if tree.words[i] != "(":
        return i
    for j in range(i + 1, min(i + _BRACKETS, last)):
        if tree.words[j] == ")":
            return j + 1
        if tree.words[j][0].isdigit() and not is_time(tree.words[j]):
            break
    return i


def _labels(tree: Tree, blocks: Sequence[tuple[int, int]]) -> dict[str, int]:
    """How many paragraphs each label heads; 'ANN MARR' and 'MARR' count as one.

    One that has nothing but figures behind it in all of them is a line of a table: 'Marr: 1,204'.
    """
    counts = Counter[str]()
    worded: set[str] = set()
    for first, last in blocks:
        word = tree.words[first]
        if word[0].isupper() or (first < last and (word[0] in _LABEL_STARTS or is_time(word))):
            begin, end, colon = label_of(tree, first, last)
            if colon >= 0 and (tree.words[begin][0].isupper() or _is_timed(tree, first, begin)):
                label = " ".join(tree.words[begin : end + 1])
                counts[label] += 1
                if colon == last or any(map(str.isalpha, "".join(tree.words[colon + 1 : last + 1]))):
                    worded.add(label)
    ends = {label: label.rpartition(" ")[2] for label in counts if label in worded}
    families = Counter[str]()
    for label, word in ends.items():
        families[word] += counts[label]
    return {label: families[word] if word in counts else counts[label] for label, word in ends.items()}
