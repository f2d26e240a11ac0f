"""The lexicon of reporting words: what act a cue names, what it governs, and how often it really reports.

The words stand in ``data/cues.json``, a row a line. Two kinds of column: acts, denials and needs are set by
hand; figures are counted by ``training/cues/count.py`` on the train articles of PolNeAR 1.0 (Newell, Margolin
and Ruths, "An Attribution Relations Corpus for Political News", LREC 2018).
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any, Literal, NamedTuple

from attrs import field, frozen

from quoteattr.objects import Act

__all__ = [
    "BareObject",
    "Complement",
    "CuePhrase",
    "CueWord",
    "Needs",
    "PhraseMatch",
    "PhraseSource",
    "act_of",
    "is_negated",
    "lexicon",
    "phrase_at",
    "phrases",
    "word",
]

Needs = Literal["", "clause", "quote"]
Complement = Literal["quote", "clause", "other"]
BareObject = Literal["", "judged", "witness", "named"]
PhraseSource = Literal["", "none", "subject", "slot", "owner", "after"]

# Occurrences that the prior counts for in `CueWord.rate`: of 0.25, 0.5, 1, 2, 3, 4, 6, 8 and 16 the one that
# best foretells the cues of PolNeAR's dev articles (log loss 0.375; 0.379 at 0.25, 0.378 at 16).
PRIOR_WEIGHT = 4
# Tokens that the slot '…' of a phrase may hold.
WIDEST_SLOT = 6
# Where a tagger most often puts a reporting word that it tags wrongly, the likeliest right tag first.
FALLBACK_TAGS = ("VERB", "NOUN", "ADJ", "ADV", "ADP")
# The tags that taggers give to an inflected verb in a headline ('Rivera Slams Plan').
HEADLINE_TAGS = ("PROPN", "AUX")
NOTHING: Mapping[str, int] = MappingProxyType({})


@frozen
class CueWord:
    """One word with one part of speech, as a cue.

    Attributes:
        lemma: in lower case, as the small English pipelines of spaCy give it.
        pos: the coarse part of speech ('VERB').
        act: the act that it names; ``None`` where it reports nothing by itself ('make' of 'make the case').
        negated: whether it denies or withholds the content ('deny', 'decline').
        needs: what it must govern to report: 'quote' (a quotation: 'smile'), 'clause' (a quotation or a
            finite clause: 'add', 'continue'), '' where an object or an infinitive will do ('accuse').
        evidence_if_work: whether it is evidence, not ``act``, when a poll, a report or a study is the subject
            ('the poll gives him a lead').
        speech_if_quoted: whether it is speech, not ``act``, where words are quoted that tell something
            ('remembers him as “kind”').
        object: what its object by itself is, if it is no content: 'judged' ('called the police', with nothing
            that they were called), 'witness' ('citing officials', who said it), 'named' ('nicknamed the ship
            “the Ark”', quoted or not).
        bearer: whether its subject bears the words right behind it ('the sign reads “…”', 'is headed “…”').
        seen: occurrences in the train articles.
        cues: those that are the head of an annotated cue; never more than ``seen``.
        governs: how the content hung on it there, as counts: 'quotation', a relation of the parser
            ('ccomp', 'xcomp', 'dobj'), a preposition ('prep about'), 'above' where the word hangs on its
            content ('X, he said, Y'), 'elsewhere'. Single cases and shares below 4% are left out.
        prior: the mean share of reporting occurrences over the words of the same act and need.
    """

    lemma: str
    pos: str
    act: Act | None
    negated: bool = False
    needs: Needs = ""
    evidence_if_work: bool = False
    speech_if_quoted: bool = False
    object: BareObject = ""
    bearer: bool = False
    seen: int = 0
    cues: int = 0
    governs: Mapping[str, int] = field(default=NOTHING, hash=False)
    prior: float = 0.0

    @property
    def rate(self) -> float:
        """The share of occurrences that report, between 0 and 1: (cues + 4 prior) / (seen + 4).

        The prior of its act and need stands in for four occurrences.

        >>> say, smile = lexicon()["say", "VERB"], lexicon()["smile", "VERB"]
        >>> say.rate > 0.8 > 0.4 > smile.rate > 0
        True
        """
        return (self.cues + PRIOR_WEIGHT * self.prior) / (self.seen + PRIOR_WEIGHT)

    def reports(self, complement: Complement) -> bool:
        """Whether the word reports when it governs a 'quote', a finite 'clause' or something 'other'.

        >>> lexicon()["continue", "VERB"].reports("clause"), lexicon()["continue", "VERB"].reports("other")
        (True, False)
        >>> lexicon()["smile", "VERB"].reports("quote"), lexicon()["smile", "VERB"].reports("clause")
        (True, False)
        """
        if self.needs == "quote":
            return complement == "quote"
        return complement != "other" or not self.needs


@frozen
class CuePhrase:
    """Several words that report together: 'according to', 'as … put it'.

    Attributes:
        words: each a word or a lemma in lower case; '…' stands for one to six tokens.
        act: the act that they name; ``None`` where they only look like a report ('ask not to be named').
        negated: whether they deny or withhold ('decline to comment').
        needs: as for `CueWord`.
        seen: matches in the train articles.
        cues: those that share a word with an annotated cue.
        prior: the mean share of reporting matches over the phrases of the same act.
        source: for a phrase that reports wherever it stands, who is its source: the 'subject' ('was quoted as
            saying'), what fills its 'slot' ('to hear … tell it'), the 'owner' of its last word ('in … view'),
            what stands 'after' it ('in the view of'), or 'none' ('rumour has it'); '' for all others.
    """

    words: tuple[str, ...]
    act: Act | None
    negated: bool = False
    needs: Needs = ""
    seen: int = 0
    cues: int = 0
    prior: float = 0.0
    source: PhraseSource = ""

    @property
    def rate(self) -> float:
        """The share of matches that report, smoothed as `CueWord.rate` is."""
        return (self.cues + PRIOR_WEIGHT * self.prior) / (self.seen + PRIOR_WEIGHT)


class PhraseMatch(NamedTuple):
    """A phrase found at tokens ``start`` to ``end`` (end exclusive)."""

    phrase: CuePhrase
    start: int
    end: int


@cache
def _data() -> dict[str, Any]:
    """The file as it stands."""
    loaded: dict[str, Any] = json.loads((files("quoteattr") / "data" / "cues.json").read_bytes())
    return loaded


def prior_key(act: str | None, needs: str) -> str:
    """The name under which the file keeps the prior of the words of an act and a need."""
    return f"{act or 'none'} {needs}".strip()


def phrase_prior_key(act: str | None) -> str:
    """The name under which the file keeps the prior of the phrases of an act."""
    return f"phrase {act or 'none'}"


@cache
def lexicon() -> Mapping[tuple[str, str], CueWord]:
    """Every cue word by lemma and coarse part of speech, read once.

    >>> accuse = lexicon()["accuse", "VERB"]
    >>> accuse.act, accuse.negated, accuse.needs, accuse.seen >= accuse.cues > 0
    ('speech', False, '', True)
    """
    priors = _data()["priors"]
    return MappingProxyType(
        {
            (row["lemma"], row["pos"]): CueWord(
                row["lemma"],
                row["pos"],
                row.get("act"),
                row.get("negated", False),
                row.get("needs", ""),
                row.get("evidence_if_work", False),
                row.get("speech_if_quoted", False),
                row.get("object", ""),
                row.get("bearer", False),
                row.get("seen", 0),
                row.get("cues", 0),
                MappingProxyType(row["governs"]) if "governs" in row else NOTHING,
                priors.get(prior_key(row.get("act"), row.get("needs", "")), 0.0),
            )
            for row in _data()["words"]
        }
    )


@cache
def phrases() -> Mapping[str, tuple[CuePhrase, ...]]:
    """The cues of several words by their first word, the longest first.

    >>> [" ".join(phrase.words) for phrase in phrases()["according"]]
    ['according to']
    """
    priors = _data()["priors"]
    found: dict[str, list[CuePhrase]] = {}
    for row in _data()["phrases"]:
        words = tuple(row["phrase"].split())
        phrase = CuePhrase(
            words,
            row.get("act"),
            row.get("negated", False),
            row.get("needs", ""),
            row.get("seen", 0),
            row.get("cues", 0),
            priors.get(phrase_prior_key(row.get("act")), 0.0),
            row.get("source", ""),
        )
        found.setdefault(words[0], []).append(phrase)
    longest_first = {
        first: tuple(sorted(group, key=lambda phrase: (-len(phrase.words), phrase.words)))
        for first, group in found.items()
    }
    return MappingProxyType(longest_first)


@cache
def _by_two_words() -> Mapping[str, Mapping[str, tuple[CuePhrase, ...]]]:
    """The cues of several words by their first word and their second one, or its '…', the longest first."""
    found: dict[str, dict[str, list[CuePhrase]]] = {}
    for first, group in phrases().items():
        for phrase in group:
            found.setdefault(first, {}).setdefault(phrase.words[1], []).append(phrase)
    return {
        first: {second: tuple(group) for second, group in seconds.items()} for first, seconds in found.items()
    }


def _forms(lemma: str, pos: str) -> list[str]:
    """The lemma, and what it may stand for where tagger or lemmatizer are known to slip."""
    forms = [lemma]
    if pos == "VERB" and lemma.endswith("e"):
        # 'blogged' comes as 'blogge', 'texted' as 'texte' where the lemmatizer does not know the word.
        forms.append(lemma[:-1])
        if lemma[-2:-1] == lemma[-3:-2]:
            forms.append(lemma[:-2])
    if pos not in HEADLINE_TAGS:
        return forms
    for ending, rest in (("ies", "y"), ("ied", "y"), ("es", ""), ("s", ""), ("ed", ""), ("d", "")):
        if lemma.endswith(ending) and len(lemma) > len(ending) + 2:
            forms.append(lemma[: -len(ending)] + rest)
    return forms


def word(lemma: str, pos: str) -> CueWord | None:
    """The cue word of this lemma and coarse part of speech, or the nearest one, or ``None``.

    Taggers take headline verbs for names and rare verbs for nouns, so a word that is not listed as ``pos`` is
    looked up under its other parts of speech, and one tagged 'PROPN' or 'AUX' also without its ending. A verb
    that the lemmatizer does not know comes with an 'e' too many, which is taken off.

    >>> word("Slams", "PROPN").lemma, word("mansplaine", "VERB").lemma, word("table", "NOUN")
    ('slam', 'mansplain', None)
    """
    lemma = lemma.lower()
    words = lexicon()
    exact = words.get((lemma, pos))
    if exact is not None:
        return exact
    places = ((form, tag) for form in _forms(lemma, pos) for tag in FALLBACK_TAGS)
    return next((words[place] for place in places if place in words), None)


def act_of(lemma: str, pos: str, source_is_work: bool = False, quoted: bool = False) -> Act | None:
    """The act that a cue names; ``None`` where it names none.

    Args:
        lemma: the lemma of the cue's head word.
        pos: its coarse part of speech.
        source_is_work: whether the source is a poll, a report, a study.
        quoted: whether the content is a quotation; a word that is not listed, or names no act by itself, is
            then taken for speech.

    >>> act_of("deny", "VERB"), act_of("tweet", "VERB"), act_of("believe", "VERB"), act_of("make", "VERB")
    ('speech', 'writing', 'thought', None)
    >>> act_of("suggest", "VERB"), act_of("suggest", "VERB", source_is_work=True)
    ('speech', 'evidence')
    >>> act_of("bicycle", "VERB"), act_of("bicycle", "VERB", quoted=True)
    (None, 'speech')
    """
    found = word(lemma, pos)
    if found is not None and found.evidence_if_work and source_is_work:
        return "evidence"
    if found is not None and found.act is not None:
        return found.act
    return "speech" if quoted else None


def is_negated(lemma: str, pos: str) -> bool:
    """Whether the word itself denies or withholds its content.

    >>> is_negated("decline", "VERB"), is_negated("say", "VERB")
    (True, False)
    """
    found = word(lemma, pos)
    return found is not None and found.negated


def _end_of(phrase: CuePhrase, words: Sequence[str], lemmas: Sequence[str], start: int) -> int | None:
    """One past the last token of ``phrase`` at ``start``, or ``None`` where it does not stand there.

    A slot ends at the first token that fits what follows it.
    """
    i = start
    limit = start
    size = len(words)
    for part in phrase.words:
        if part == "…":
            i, limit = i + 1, i + WIDEST_SLOT
            continue
        while i < size and part not in (words[i], lemmas[i]):
            i += 1
            if i > limit:
                return None
        if i >= size:
            return None
        i += 1
        limit = i
    return i


def phrase_at(words: Sequence[str], lemmas: Sequence[str], start: int) -> PhraseMatch | None:
    """The longest reporting phrase whose first token is ``start``, or ``None``.

    Args:
        words: the tokens in lower case.
        lemmas: their lemmas, in lower case; either may match.
        start: position of the first token.

    >>> text = "as the mayor put it".split()
    >>> found = phrase_at(text, text, 0)
    >>> found.phrase.act, found.start, found.end
    ('speech', 0, 5)
    """
    best: PhraseMatch | None = None
    for first in dict.fromkeys((words[start], lemmas[start])):
        seconds = _by_two_words().get(first)
        if seconds is None or start + 1 >= len(words):
            continue
        for second in dict.fromkeys((words[start + 1], lemmas[start + 1], "…")):
            for phrase in seconds.get(second, ()):
                if best is not None and len(phrase.words) <= len(best.phrase.words):
                    break
                end = _end_of(phrase, words, lemmas, start)
                if end is not None:
                    best = PhraseMatch(phrase, start, end)
    return best
