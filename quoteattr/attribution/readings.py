"""Reads each cue by itself: the likeliest content and source, with what speaks for them."""

from __future__ import annotations

from typing import NamedTuple

from quoteattr.attribution import forms, judging, signs, wording
from quoteattr.attribution.about import About
from quoteattr.attribution.candidates import candidates
from quoteattr.attribution.content_features import content_features
from quoteattr.attribution.contents import Content, contents
from quoteattr.attribution.cue_features import (
    free_of_place,
    has_according,
    surrounding_features,
    word_features,
)
from quoteattr.attribution.judging import Judge
from quoteattr.attribution.opinion import Opinion
from quoteattr.attribution.quoted import comes
from quoteattr.attribution.receiving import sender
from quoteattr.attribution.scene import Scene, holds
from quoteattr.attribution.sifting import sifted
from quoteattr.attribution.source_features import source_features
from quoteattr.attribution.sources import Source, is_nobody, is_understood, phrase_of, sources
from quoteattr.attribution.unsaid import is_unsaid, names_a_title, without_titles
from quoteattr.attribution.utterances import speech_before
from quoteattr.attribution.weights import Weights, shares, total

__all__ = ["Reading", "by_rules", "readings"]

# What the surroundings of a cue add to the log-odds of its word at most: of the likely cues in every eighth
# train article of PolNeAR three in a thousand have a word further below (training/attribution/unread.py).
MOST_ADDED = 2.5
# Of a sign whose form alone tells: transcripts and signatures are too rare in news to be learned there.
CERTAIN = 4.0
# That a sign is right, or speech with its verb behind it: 28 of 28 on PolNeAR’s dev part. Its train part
# leaves out most interviews set as questions and answers, so that nothing can be fitted.
SIGN = 0.9
# The same of a form that tells its content: 18 of 32 on the train part, where it leaves out many.
FORM = 0.75
# Relations of a clause that may be a report inside a report.
_INNER = frozenset({"ccomp", "conj", "advcl", "relcl", "acl", "xcomp", "parataxis"})
_CERTAIN = (
    "label:paragraph",
    "dash:paragraph",
    "dash:previous",
    "quote:before",
    "quote:next",
    "quote:previous",
    "colon:before",
)


class Reading(NamedTuple):
    """A cue with the likeliest content and source.

    Attributes:
        cue: the token that heads the cue.
        odds: log-odds of its being a cue.
        free_odds: the same, if it stood in a sentence of its own.
        content: the likeliest content.
        content_share: its share of the probability of all contents.
        speech: the contents that are quotations, each with its share, the likeliest first.
        source: the likeliest source, or ``None`` where the text names none.
        source_share: its share.
        tagged: what the tagger holds of cue, content and source: (name, figure).
        sure: where the form alone tells content and source, the probability of both; else 0.
    """

    cue: int
    odds: float
    free_odds: float
    content: Content
    content_share: float
    speech: tuple[tuple[Content, float], ...]
    source: Source | None
    source_share: float
    tagged: tuple[tuple[str, float], ...] = ()
    sure: float = 0.0


def readings(scene: Scene, weights: Weights, opinion: Opinion | None = None) -> list[Reading]:
    """The readings of one document, in the order of their cues; ``opinion`` is a tagger's."""
    found = []
    judge = judging.judge(opinion, weights.trust)
    spoken_for = forms.others(scene)
    for cue in judge.cues(candidates(scene)):
        if cue in spoken_for or signs.says_what_follows(scene, cue) or _is_no_report(scene, cue):
            continue
        # A tagger may be misled as a parser is: 'said it was late and | urged …', 'at 3 p.m. Lee | said …'.
        plain = cue in scene.joined or judging.behind_abbreviation(scene, scene.tree.sentence[cue]) == cue
        mine = Judge() if cue in scene.told or (plain and not judge.sees(cue)) else judge
        reading = _certain(scene, cue) if forms.certain(scene, cue) else _weighed(scene, weights, mine, cue)
        if reading is not None:
            found.append(reading)
    return found


def by_rules(scene: Scene, weights: Weights, cue: int) -> Reading | None:
    """The reading of one cue by the rules alone.

    For a report inside a turn of talk: the tagger learned from articles that mark none there, and joins what
    several people say.
    """
    return _weighed(scene, weights, Judge(), cue)


def _is_no_report(scene: Scene, cue: int) -> bool:
    """Whether a word heads a phrase that only looks like a report: 'asked not to be named'."""
    match = scene.phrases.get(cue)
    return match is not None and match.phrase.act is None


def _certain(scene: Scene, cue: int) -> Reading | None:
    """The reading of a sign whose form tells: the turn after a label, the quotation before a signature."""
    options = {content.how: content for content in contents(scene, cue)}
    # A signature stands below what it signs: '“No.” // ― Ida Holm // “Yes.” // ― Per Lund'.
    signed = scene.tree.words[cue] != ":"
    ways = [how for how in _CERTAIN if not (signed and how == "quote:next")]
    content = next((options[how] for how in ways if how in options), None)
    place = next(iter(forms.speaking(scene, cue)), None)
    if content is None or place is None:
        return None
    first, last, path = place
    if content.how == "colon:before" and path != "headline":  # a label with nothing behind it
        return None
    source = Source(signs.head(scene, first, last), path, first, last)
    return Reading(cue, CERTAIN, CERTAIN, content, 1.0, (), source, 1.0, sure=SIGN)


def _weighed(scene: Scene, weights: Weights, judge: Judge, cue: int) -> Reading | None:
    """The reading of a cue with the likeliest content and source, if it is one."""
    about = About.of(scene, cue)
    settled = forms.is_set(scene, cue)
    plain = settled or cue in scene.joined
    likely = (CERTAIN, CERTAIN) if plain else _likely(scene, weights, judge, cue, about)
    if likely is None:
        return None
    odds, free_odds = likely
    read_out = settled and speech_before(scene, cue) >= 0  # '“No Pond, No Ducks,” read a sign'
    options = sifted(scene, judge, cue, settled)
    options = options if read_out else without_titles(scene, options)
    if not options:
        return None
    rows = content_features(scene, cue, about, options)
    content_shares = shares(judge.contents(cue, options, [total(weights.content, row) for row in rows]))
    best = content_shares.index(max(content_shares))
    content = options[best]
    if is_unsaid(scene, cue, content) or (not read_out and names_a_title(scene, cue, content)):
        return None
    people, settled = _people(scene, judge, cue, content, settled)
    rows = source_features(scene, cue, about, people, content)
    source_shares = shares(judge.sources(cue, people, [total(weights.source, row) for row in rows]))
    who = source_shares.index(max(source_shares))
    source = people[who]
    if source is not None and is_nobody(scene, source):
        return None
    weighed = zip(options, content_shares, strict=True)
    speech = [(option, share) for option, share in weighed if option.how.startswith("quote:")]
    return Reading(
        cue=cue,
        odds=odds,
        free_odds=free_odds,
        content=content,
        content_share=content_shares[best],
        speech=tuple(sorted(speech, key=lambda item: -item[1])),
        source=source,
        source_share=source_shares[who],
        tagged=() if settled else judge.merits(cue, content, source),
        sure=FORM if content.how == "form" and source is not None else 0.0,
    )


def _people(
    scene: Scene, judge: Judge, cue: int, content: Content, settled: bool
) -> tuple[list[Source | None], bool]:
    """Who may have said it, ``None`` for somebody unnamed, and whether that is settled."""
    unsaid = comes(scene, cue)  # 'came the answer': whose, the text leaves open
    named = [] if unsaid else sources(scene, cue)
    if (other := _other(scene, cue, content, named)) is not None:
        named, settled = [other], True
    people: list[Source | None] = [
        each
        for each in (named if settled or unsaid else judge.people(scene, cue, named))
        if scene.outer[cue] >= 0 or not _is_said(scene, content, each.head)
    ]
    if not (people and (settled or is_understood(scene, cue, named))):
        people.append(None)
    return people, settled


def _likely(
    scene: Scene, weights: Weights, judge: Judge, cue: int, about: About
) -> tuple[float, float] | None:
    """The odds of a cue, here and free of its place; ``None`` where neither is worth a reading."""
    names = word_features(scene, cue, about)
    if judge.alone and total(weights.cue, names) < judge.least_odds - MOST_ADDED:
        return None
    names += surrounding_features(scene, cue, about)
    odds = free_odds = total(weights.cue, names)
    odds = judge.cue(cue, odds)
    if judge.alone and odds < judge.least_odds and not wording.may_be_inner(scene, cue):
        return None
    if scene.outer[cue] >= 0 or scene.tree.deps[cue] in _INNER or has_according(scene, cue):
        free_odds = total(weights.cue, free_of_place(scene, cue, names))
    return None if odds < judge.least_odds and free_odds < 0 else (odds, free_odds)


def _is_said(scene: Scene, content: Content, token: int) -> bool:
    """Whether a token is among the quoted words of a content, so that it does not say them."""
    return scene.outer[token] >= 0 and holds(content.pieces, token)


def _other(scene: Scene, cue: int, content: Content, named: list[Source]) -> Source | None:
    """Who says it for sure, though the subject of the word does not, or the parser has another."""
    himself = _of_whom(scene, cue, content, named) or _of_both(scene, cue, named)
    first, sentence = content.pieces[0][0], scene.tree.sentence
    if (
        himself is not None
        or scene.outer[first] < 0
        or scene.outer[cue] >= 0
        or sentence[first] != sentence[cue]
    ):
        return himself
    head = sender(scene, cue)
    return None if head is None else phrase_of(scene, head, cue)


def _of_whom(scene: Scene, cue: int, content: Content, named: list[Source]) -> Source | None:
    """Who is spoken of and says himself what is quoted: '| He | is said to have told them: “I slept.”'."""
    first, last = content.pieces[0][0], content.pieces[-1][1]
    if wording.telling(scene, cue) == cue or max(scene.outer[first : last + 1]) < 0:
        return None
    return next((each for each in named if each.path == ">nsubjpass"), None)


def _of_both(scene: Scene, cue: int, named: list[Source]) -> Source | None:
    """Who says this too, if the parser joined it to what is said: '| Lee | said it was late and urged …'."""
    return next((each for each in named if each.path == "^conj>nsubj"), None) if cue in scene.joined else None
