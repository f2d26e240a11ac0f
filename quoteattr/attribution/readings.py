"""Reads each cue by itself: the likeliest content and source, with what speaks for them."""

from __future__ import annotations

from collections.abc import Sequence
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
from quoteattr.attribution.kinds import kind_of_noun
from quoteattr.attribution.misread import named_behind
from quoteattr.attribution.opinion import Opinion
from quoteattr.attribution.paring import pared, runs_on
from quoteattr.attribution.quoted import announced, comes, is_answer, is_said_before
from quoteattr.attribution.receiving import sender
from quoteattr.attribution.scene import Pieces, Scene
from quoteattr.attribution.source_features import source_features
from quoteattr.attribution.sources import Source, is_nobody, is_understood, phrase_of, sources
from quoteattr.attribution.tree import FINITE
from quoteattr.attribution.utterances import speech_before
from quoteattr.attribution.weights import Weights, shares, total
from quoteattr.cues import lexicon
from quoteattr.speakers.lexicon import lexicon as speakers

__all__ = ["Reading", "by_rules", "readings"]

# What the surroundings of a cue add to the log-odds of its word at most: of the likely cues in every eighth
# train article of PolNeAR three in a thousand have a word further below (training/attribution/unread.py).
MOST_ADDED = 2.5
# Words that report less often than this have titles for objects: 'write', 'read', 'play'.
SAYING = 0.6
# Of a sign whose form alone tells: transcripts and signatures are too rare in news to be learned there.
CERTAIN = 4.0
# That a sign is right, or speech with its verb behind it: 28 of 28 on PolNeAR’s dev part. Its train part
# leaves out most interviews set as questions and answers, so that nothing can be fitted.
SIGN = 0.9
# The same of a form that tells its content: 18 of 32 on the train part, where it leaves out many.
FORM = 0.75
_HOW = frozenset({"RB", "RBR"})  # tags that open words for how something was said
# Relations of a clause that may be a report inside a report.
_INNER = frozenset({"ccomp", "conj", "advcl", "relcl", "acl", "xcomp", "parataxis"})
_WHEN = frozenset({"when", "while", "before", "after", "until", "till", "once", "whenever"})
_WITNESSES = frozenset({"PERSON", "ORG", "NORP", "person", "group", "body"})
# Relations inside of a noun phrase that tells nothing of its head.
_NAMING = frozenset({"det", "amod", "compound", "poss", "case", "nummod", "prep", "pobj", "predet", "punct"})
_ARTICLES = frozenset({"a", "an", "the"})
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


def _apart(options: Sequence[Content]) -> list[Content]:
    """The first of those with the same words: paring makes twins."""
    found: dict[Pieces, Content] = {}
    for option in options:
        found.setdefault(option.pieces, option)
    return list(found.values())


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
    options = _options(scene, judge, cue, settled)
    options = options if read_out else _without_titles(scene, options)
    if not options:
        return None
    rows = content_features(scene, cue, about, options)
    content_shares = shares(judge.contents(cue, options, [total(weights.content, row) for row in rows]))
    best = content_shares.index(max(content_shares))
    titled = not read_out and _names_a_title(scene, cue, options[best])
    if titled or _describes(scene, cue, options[best]) or _is_beside(scene, cue, options[best]):
        return None
    unsaid = comes(scene, cue)  # 'came the answer': whose, the text leaves open
    named = [] if unsaid else sources(scene, cue)
    if (other := _other(scene, cue, options[best], named)) is not None:
        named, settled = [other], True
    people: list[Source | None] = [
        each
        for each in (named if settled or unsaid else judge.people(scene, cue, named))
        if scene.outer[cue] >= 0 or not _is_said(scene, options[best], each.head)
    ]
    if not (people and (settled or is_understood(scene, cue, named))):
        people.append(None)
    rows = source_features(scene, cue, about, people, options[best])
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
        content=options[best],
        content_share=content_shares[best],
        speech=tuple(sorted(speech, key=lambda item: -item[1])),
        source=source,
        source_share=source_shares[who],
        tagged=() if settled else judge.merits(cue, options[best], source),
        sure=FORM if options[best].how == "form" and source is not None else 0.0,
    )


def _options(scene: Scene, judge: Judge, cue: int, settled: bool) -> list[Content]:
    """The contents to weigh: without those that hold who speaks or the word that tells, or run on."""
    options = contents(scene, cue)
    options = options if settled else judge.proposals(scene, cue, options)
    options = _apart([_pared(scene, cue, option) for option in options])
    options = [option for option in options if not _holds_answer(scene, cue, option)]
    if named_behind(scene, cue) is not None:
        options = [option for option in options if _is_spoken(scene, cue, option)]
    if _tells_when(scene, cue):
        options = [option for option in options if not _is_above(scene, option)]
    if scene.outer[cue] >= 0 or not is_said_before(scene, cue):
        options = [option for option in options if not runs_on(scene, option.pieces)]
    if settled:
        speaker = forms.speaker(scene, cue)
        return [option for option in options if not _holds(option, speaker)]
    verb = wording.telling(scene, cue)
    if verb == cue:
        return _behind_comma(scene, cue, options)
    apart = [option for option in options if not _holds(option, verb)]
    if wording.habit(scene, cue) is None and not any(_is_quoted(scene, option, verb) for option in apart):
        return options
    return _right_behind(scene, verb, apart)


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


def _pared(scene: Scene, cue: int, content: Content) -> Content:
    """A content without what is the reporter's own; most are as they were."""
    pieces = pared(scene, content.pieces, cue)
    return content if pieces is content.pieces else content._replace(pieces=pieces)


def _holds(content: Content, token: int | None) -> bool:
    """Whether a token is among the words of a content."""
    return token is not None and any(first <= token <= last for first, last in content.pieces)


def _is_spoken(scene: Scene, cue: int, content: Content) -> bool:
    """Whether what a content has behind a cue is quoted."""
    return all(last < cue or scene.outer[first] >= 0 for first, last in content.pieces)


def _holds_answer(scene: Scene, cue: int, content: Content) -> bool:
    """Whether a content holds what somebody answers to the question that the cue reports."""
    held = {scene.outer[i] for first, last in content.pieces for i in range(first, last + 1)}
    return any(is_answer(scene, cue, number) for number in held - {-1})


def _tells_when(scene: Scene, cue: int) -> bool:
    """Whether a word that seldom reports by itself stands in a clause of time: 'When she spoke'."""
    word = lexicon().get((scene.tree.lemmas[cue], scene.tree.pos[cue]))
    return word is not None and bool(word.needs) and scene.tree.lower[scene.tree.left[cue]] in _WHEN


def _is_above(scene: Scene, content: Content) -> bool:
    """Whether a content is the clause that a cue tells the time of: 'When she spoke | her voice was thin'."""
    return content.how.startswith("^advcl") and scene.outer[content.pieces[0][0]] < 0


def _is_said(scene: Scene, content: Content, token: int) -> bool:
    """Whether a token is among the quoted words of a content, so that it does not say them."""
    return scene.outer[token] >= 0 and _holds(content, token)


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


def _is_quoted(scene: Scene, content: Content, verb: int) -> bool:
    """Whether a content behind a verb has quoted words."""
    first, last = content.pieces[0][0], content.pieces[-1][1]
    return verb < first and max(scene.outer[first : last + 1]) >= 0


def _behind_comma(scene: Scene, cue: int, options: list[Content]) -> list[Content]:
    """The contents but for words that stand before a cue with speech behind it: 'they say, | “No.”'.

    The speech may open the next paragraph: 'As they left, Ann said, // “No.”'.
    """
    number = announced(scene, cue)
    if number < 0 or scene.outer[cue] >= 0 or not scene.said(number).lstrip()[:1].isupper():
        return options
    behind = [option for option in options if option.pieces[0][0] > cue or _opens_shut(scene, option)]
    if scene.paragraph[scene.spans[number][0]] == scene.paragraph[cue]:
        return behind
    # 'She said, not unkindly, but so that all heard: // “Out!”': how it was said is not what was said.
    return [option for option in behind if not _tells_how(scene, option)]


def _tells_how(scene: Scene, content: Content) -> bool:
    """Whether a content but tells how something was said: an adverb opens it, and it has no verb."""
    tree, first, last = scene.tree, content.pieces[0][0], content.pieces[-1][1]
    if tree.tags[first] not in _HOW or max(scene.outer[first : last + 1]) >= 0:
        return False
    return FINITE.isdisjoint(tree.tags[first : last + 1])


def _opens_shut(scene: Scene, content: Content) -> bool:
    """Whether a content begins with a quotation that ends as speech does: '“Yes,” she said, “I know.”'."""
    number = scene.outer[content.pieces[0][0]]
    return number >= 0 and scene.is_shut(number)


def _right_behind(scene: Scene, verb: int, options: list[Content]) -> list[Content]:
    """The contents that begin with the quotation right behind a verb, if one does: 'liked to say, | “No”'."""
    first = verb + 2 if scene.tree.words[verb + 1 : verb + 2] == [","] else verb + 1
    if first >= len(scene.tree) or scene.outer[first] < 0:
        return options
    return [option for option in options if option.pieces[0][0] == first] or options


def _without_titles(scene: Scene, options: list[Content]) -> list[Content]:
    """The contents without titles, if speech stands before the word: '“It sold,” she said of “Low Tide”'."""
    if not any(option.how == "quote:before" and not _is_title(scene, option) for option in options):
        return options
    return [option for option in options if not _is_title(scene, option)]


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


def _is_titled(scene: Scene, content: Content) -> bool:
    """Whether a content is a title, or a phrase that names one: 'a song called “Third Week Running”'."""
    tokens = [i for first, last in content.pieces for i in range(first, last + 1)]
    if max(scene.outer[tokens[0] : tokens[-1] + 1]) < 0 or any(
        scene.outer[i] < 0 and scene.tree.tags[i] in FINITE for i in tokens
    ):
        return False
    quoted = {scene.outer[i] for i in tokens} - {-1}
    return bool(quoted) and all(scene.is_title(number) and not _is_echo(scene, number) for number in quoted)


def _is_echo(scene: Scene, number: int) -> bool:
    """Whether an article stands before a quotation, so that it is no title: 'feared a “Grand Pact”'."""
    first = scene.spans[number][0]
    return first > 0 and scene.tree.lower[first - 1] in ("a", "an")


def _names_a_title(scene: Scene, cue: int, content: Content) -> bool:
    """Whether the content is but a title, and the word not one that says: 'read “Low Tide”'."""
    tree = scene.tree
    if tree.pos[cue] != "VERB" or not _is_titled(scene, content):
        return False
    words = [i for first, last in content.pieces for i in range(first, last + 1) if scene.outer[i] < 0]
    entitled = (cue, *words, *(tree.heads[i] for i in words[:1]))  # 'a song | called “Low Tide”'
    if not speakers().titled.isdisjoint(tree.lower[i] for i in entitled):
        return True
    word = lexicon().get((tree.lemmas[cue], tree.pos[cue]))
    return word is None or (word.act != "speech" and word.rate < SAYING)


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
