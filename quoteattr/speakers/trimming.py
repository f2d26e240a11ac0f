"""The names of a document, taken apart, without the words in capitals that are none of theirs."""

from __future__ import annotations

from collections import Counter

from attrs import evolve

from quoteattr import cues
from quoteattr.speakers.lexicon import lexicon
from quoteattr.speakers.mentions import Mention
from quoteattr.speakers.names import PersonName, parse
from quoteattr.speakers.parting import is_in_office
from quoteattr.speakers.view import View

__all__ = ["NamedMentions"]

_OFTEN = 3  # times that a last word must stand alone to be the whole name


class NamedMentions:
    """The mentions by name in order, each with its name taken apart.

    Attributes:
        view: the document.
        mentions: the mentions; `trim` moves their edges.
        counts: how often each name occurs.
    """

    def __init__(self, view: View, mentions: list[Mention]) -> None:
        self.view = view
        self.mentions = [m for m in mentions if m.form == "name"]
        self._joined = self._written_small()
        self._names = {id(m): self._parse(m) for m in self.mentions}
        self.counts = Counter(name.words for name in self._names.values())

    def name(self, m: Mention) -> PersonName:
        """The name of a mention, taken apart."""
        return self._names[id(m)]

    def form(self, m: Mention) -> str:
        """The form of a name as listed: an honorific only before a single word, no letters behind it."""
        first, last = m.first, self._before_letters(m)
        if len(self.name(m).words) == 1 and m.title[0] < m.title[1]:
            word = self.view.lower[m.title[1] - 1]
            if word in lexicon().honorifics or word in lexicon().familiar:
                first = m.title[1] - 1
        return self.view.slice(first, last)

    def _before_letters(self, m: Mention) -> int:
        """Where a person's name ends: '| Ann Lee | KC', but 'Orlando City SC' to its end."""
        lex, last = lexicon(), m.last
        person = m.kind == "person" or self.view.lower[m.first] in lex.first_names
        while person and last - m.first > 2 and self.view.lower[last - 1] in lex.letters:
            last -= 1
        return last

    def trim(self, speaking: frozenset[int] = frozenset()) -> None:
        """Drops the words of headlines, epithets and whatever else stands in capitals beside a name.

        Args:
            speaking: tokens inside the sources of attributions.
        """
        self._trim_headlines(speaking)
        self._drop_epithets()
        self._drop_doubtful_words()
        self.counts = Counter(name.words for name in self._names.values())

    def _written_small(self) -> frozenset[tuple[str, str]]:
        """The small words in names, each with the word behind it: 'de' and 'Lara'."""
        words, lower, small = self.view.words, self.view.lower, lexicon().particles
        return frozenset(
            (lower[k], lower[k + 1])
            for m in self.mentions
            for k in range(m.first, m.last - 1)
            if words[k].islower() and lower[k] in small
        )

    def _parse(self, m: Mention) -> PersonName:
        """The name taken apart; its gender and honorific come from the title before it."""
        lex = lexicon()
        words = self.view.words[m.first : m.last]
        if m.last - m.first > 1 and tuple(self.view.lower[m.first : m.first + 2]) in self._joined:
            words = [words[0].lower(), *words[1:]]  # 'De Lara', where a sentence begins
        name = parse(words, titled=not self.view.has_age(m.last))
        honorific = self.view.lower[m.title[1] - 1] if m.title[0] < m.title[1] else ""
        known = honorific in lex.honorifics or honorific in lex.familiar
        return evolve(name, gender=m.sign or name.gender, honorific=honorific if known else name.honorific)

    def _cut(self, m: Mention, first: int, last: int) -> None:
        """Moves the edges of a mention; what stood before is no title either."""
        m.first, m.last, m.title = first, last, (first, first)
        if not first <= m.head < last:
            m.head = last - 1
        self._names[id(m)] = self._parse(m)

    def _trim_headlines(self, speaking: frozenset[int]) -> None:
        """'Icon Jo Bell Endorses Al Roe': of a run in a heading the name that the text below gives.

        Whoever speaks in a heading is one word of a run there: '| Bell | Claims Roe Is Best: …'.
        """
        view, verbs = self.view, cues.lexicon()
        told = {self.name(m).words for m in self.mentions if view.paras[m.head] not in view.headings}
        for m in self.mentions:
            size = m.last - m.first
            if view.paras[m.head] not in view.headings or size < 2 or self.name(m).words in told:
                continue
            alone = m.first in speaking and m.first + 1 not in speaking
            if alone and any(words[-1:] == self.name(m).words[:1] for words in told):
                self._cut(m, m.first, m.first + 1)
                continue
            last = view.lower[m.last - 1]
            if last.endswith("s") and (last[:-1], "VERB") in verbs and self.name(m).words[:-1] in told:
                self._cut(m, m.first, m.last - 1)  # 'Obama Says'
                continue
            parts = ((a, a + n) for n in range(size - 1, 1, -1) for a in range(m.first, m.last - n + 1))
            part = next((p for p in parts if parse(view.words[p[0] : p[1]]).words in told), None)
            if part is not None:
                self._cut(m, *part)

    def _drop_epithets(self) -> None:
        """'Poor Douglas', 'Sometimes Dick', 'Crooked Jo Bell': words before a name that stands alone too.

        An epithet of the list is dropped anywhere, an ordinary word where it opens the sentence, any word
        before a full name that is commoner without it.
        """
        lex, view = lexicon(), self.view
        for m in self.mentions:
            words = self.name(m).words
            if len(words) < 2 or m.title[0] < m.title[1] or words[0] in lex.first_names:
                continue
            name = next((k for k in range(1, len(words) - 1) if self.counts[words[k:]]), 0)
            if name and is_in_office(view, m.first, lex):
                self._cut(m, m.first + name, m.last)  # 'Minister for | Urban Affairs | Jo Bell'
                continue
            alone = self.counts[words[1:]]
            opens = view.opens_sentence(m.first)
            ordinary = opens and (view.lower[m.first] in view.plain or words[0].endswith("ing"))
            felt = len(words) > 2 and words[0] in lex.moods and words[1] in lex.first_names
            if opens and (words[0] in lex.vague or felt):
                self._cut(m, m.first + 1, m.last)  # 'Rival Kelmar', 'Furious Jo Bell'
                continue
            full = len(words) > 2 and alone > self.counts[words] and words[0] not in lex.surnames_first
            if alone and (words[0] in lex.epithets or ordinary or (full and not m.kind)):
                self._cut(m, m.first + 1, m.last)

    def _drop_doubtful_words(self) -> None:
        """'… to Be Wise Veronique stayed': words before a name that nothing shows to be part of it.

        They are dropped where the run occurs once, has neither label nor title, and its last word is a first
        name or is often used alone.
        """
        lex = lexicon()
        for m in self.mentions:
            words = self.name(m).words
            if len(words) < 2 or m.kind or m.title[0] < m.title[1] or self.counts[words] > 1:
                continue
            if words[0] in lex.first_names or words[0] in lex.surnames_first:
                continue
            if words[-1] in lex.first_names or self.counts[words[-1:]] >= _OFTEN:
                self._cut(m, m.last - 1, m.last)
