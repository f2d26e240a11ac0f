"""The turns of talk: each direct speech with what stands beside it, to whom it is said and whom it names."""

from __future__ import annotations

import bisect
from collections.abc import Iterator, Sequence

from attrs import define, field

from quoteattr.records import Attribution
from quoteattr.speakers.acting import owns_limb
from quoteattr.speakers.entities import Inventory
from quoteattr.speakers.mentions import Mention
from quoteattr.speakers.pronouns import weights
from quoteattr.speakers.sources import Source, is_of_voice
from quoteattr.speakers.view import View
from quoteattr.speakers.vocatives import (
    asks_name,
    asks_who,
    bare_name,
    called,
    gender_called,
    named_by_itself,
    to_master,
)

__all__ = ["FLOOR", "GAP", "Turn", "partners", "turns_of"]

FLOOR = -6.0  # log-odds of somebody for whom nothing speaks
GAP = 3  # paragraphs without speech that end a conversation
_END = 3  # tokens in which a speech ends, marks included
_NEAR = 3  # sentences of a paragraph in which whoever acts last is looked for
_BESIDE = 150  # tokens before and after a speech that are looked at
_HEARD = frozenset({"hear", "hears", "heard"})


@define
class Turn:
    """One direct speech as a turn of the talk.

    Attributes:
        number: its number among the attributions.
        para: the paragraph in which it begins.
        first, last: its tokens.
        source: its source, or ``None``.
        scores: log-odds for those who may speak, by entity.
        spoken_to: entities that it calls by name.
        calls: the gender of whoever it calls 'sir', 'ma’am' or 'papa', or ''.
        asks: whether it ends in a question.
        acts: the gender of the 'he' or 'she' who acts right before it, or ''.
        speaks_of: persons whom it names and does not call.
        named_itself: entities as which it names its own speaker.
        answer: whom it names where it was asked who somebody is.
        followed_by: who acts in the narration of the paragraph after it, or -1.
        entity: who speaks, -1 while it is open.
        share: the share of the probability that the decision has.
        why: the clue that weighed most.
    """

    number: int
    para: int
    first: int
    last: int
    source: Source | None
    scores: dict[int, float] = field(factory=dict)
    spoken_to: frozenset[int] = frozenset()
    speaks_of: frozenset[int] = frozenset()
    calls: str = ""
    acts: str = ""
    asks: bool = False
    named_itself: frozenset[int] = frozenset()
    answer: frozenset[int] = frozenset()
    followed_by: int = -1
    entity: int = -1
    share: float = 0.0
    why: str = "turns"


def turns_of(
    inventory: Inventory, attributions: Sequence[Attribution], sources: Sequence[Source | None]
) -> list[Turn]:
    """The direct speeches in the order of the text, with what speaks for whom."""
    turns = []
    for number, (attribution, source) in enumerate(zip(attributions, sources, strict=True)):
        if attribution.kind != "direct" or not attribution.content or attribution.parent is not None:
            continue
        if source is None and attribution.cue is not None:
            continue
        first, _ = inventory.view.tokens(*attribution.content[0])
        _, last = inventory.view.tokens(*attribution.content[-1])
        if first < last:
            turns.append(Turn(number, inventory.view.paras[first], first, last, source))
    turns.sort(key=lambda t: t.first)
    for before, turn in zip([None, *turns], turns, strict=False):
        near = before if before is not None and turn.para - before.para <= GAP else None
        asked_name = near is not None and asks_name(inventory.view, near.first, near.last)
        asked = asked_name or (near is not None and asks_who(inventory.view, near.first, near.last))
        answered = asked or to_master(inventory.view, turn.first, turn.last)
        answer = bare_name(inventory, turn.first, turn.last) if answered else frozenset()
        turn.spoken_to = frozenset(m.entity for m in called(inventory, turn.first, turn.last)) - answer
        turn.calls = gender_called(inventory.view, turn.first, turn.last)
        turn.followed_by = _acting_after(inventory, turn) if turn.spoken_to else -1
        turn.named_itself = frozenset(named_by_itself(inventory, turn.first, turn.last))
        if asked_name or not asked:
            turn.named_itself |= answer
        else:
            turn.answer = answer
        told = inventory.at(turn.first, turn.last) if turn.source is None else ()
        named = (m.entity for m in told if m.form == "name" and inventory.is_credible(m))
        turn.speaks_of = frozenset(named) - turn.spoken_to - turn.named_itself
        turn.asks = "?" in inventory.view.words[max(turn.last - _END, turn.first) : turn.last]
        turn.scores = _own_scores(inventory, turn)
        turn.acts = _gender_acting(inventory, turn) if turn.source is None else ""
    return turns


def partners(talk: Sequence[Turn], k: int) -> list[int]:
    """Who speaks before and after a turn, in the next paragraphs, or acts right after, if somebody else."""
    turn = talk[k]
    near = (talk[j] for j in (k - 1, k + 1) if 0 <= j < len(talk))
    found = [other.entity for other in near if abs(other.para - turn.para) <= 2]
    return [entity for entity in (*found, turn.followed_by) if entity not in (-1, turn.entity)]


def _gender_acting(inventory: Inventory, turn: Turn) -> str:
    """The gender that a pronoun gives whoever acts right beside a speech: 'He rose. “Tomorrow.”'."""
    view = inventory.view
    for m in reversed(inventory.at(max(0, turn.first - _BESIDE), turn.first)):
        if view.paras[m.head] != turn.para or view.sents[m.head] != view.sents[turn.first - 1]:
            break
        if view.deps[m.head] == "nsubj" and view.quoted[m.head] < 0:
            return m.sign if m.form == "pronoun" and m.sign in ("m", "f") else ""
    return ""


def _own_scores(inventory: Inventory, turn: Turn) -> dict[int, float]:
    """What the source of a speech says, or the narration beside it where it has none."""
    source = turn.source
    if source is not None:
        if source.scores and source.entity >= 0:
            best = max(source.scores.values())
            # Of those who turned out to be one the best is kept.
            ranked = sorted(source.scores.items(), key=lambda one: one[1])
            return {inventory.owner(n): max(score - best, FLOOR) for n, score in ranked}
        turn.entity = inventory.owner(source.entity) if source.entity >= 0 else -1
        return {turn.entity: -FLOOR} if turn.entity >= 0 else {}
    table = weights("dialogue")
    view = inventory.view
    scores: dict[int, float] = {}
    here = [m for m in _paragraph(inventory, turn) if view.quoted[m.head] < 0 and inventory.is_credible(m)]
    # A name right after the speech comes first, whatever the parser makes of it: '“…,” Otto Kelm, 84, wrote'.
    subjects = [m for m in here if m.form == "name" and m.start == turn.last]
    about = [m for m in here if view.deps[m.head] in ("nsubj", "nsubjpass")]
    # '“Come in.” Ann rose. “Sit down.”'
    subjects += [m for m in about if turn.first < m.head < turn.last]
    near = [m for m in about if m.head < turn.first]
    subjects += [m for m in near if view.sents[m.head] == view.sents[near[-1].head]]
    subjects += [m for m in about if m.head >= turn.last]
    for m in subjects[:1]:
        clue = "subject after" if m.head > turn.first else "subject before"
        scores[m.entity] = scores.get(m.entity, 0.0) + table[clue]
    for m, clue in _around(inventory, turn):
        scores[m.entity] = scores.get(m.entity, 0.0) + table[clue]
    for m in here:
        scores.setdefault(m.entity, 0.0)
    for entity in turn.named_itself:
        scores[entity] = scores.get(entity, 0.0) + table["names itself"]
    return scores


def _around(inventory: Inventory, turn: Turn) -> Iterator[tuple[Mention, str]]:
    """Of a speech that opens a paragraph or closes it: who acts in the narration before and after it."""
    view = inventory.view
    before = turn.first - 1
    if (
        before >= 0
        and view.quoted[before] < 0
        and (view.paras[before] != turn.para or view.words[before] == ":")
    ):
        colon = view.words[before] == ":"
        m = _leader(inventory, before)
        if m is not None and (colon or not _speaks(inventory, before)):
            voice = "voice before" if is_of_voice(view, m) else "narration before"
            yield m, "colon before" if colon else voice
    after = turn.last
    if after < len(view) and view.quoted[after] < 0 and view.paras[after] != turn.para:
        m = _leader(inventory, after)
        if m is not None:
            yield m, "narration after"


def _speaks(inventory: Inventory, token: int) -> bool:
    """Whether somebody speaks before a token in its paragraph: '“Now?” said Ann.' tells who spoke there."""
    view, k = inventory.view, token
    while k > 0 and view.paras[k - 1] == view.paras[token] and view.quoted[k] < 0:
        k -= 1
    return view.quoted[k] >= 0


def _acting_after(inventory: Inventory, turn: Turn) -> int:
    """Who acts in the paragraph after that of a speech where that begins with narration, or -1."""
    view = inventory.view
    after = bisect.bisect_right(view.paras, turn.para, lo=turn.last)
    if after >= len(view) or view.quoted[after] >= 0:
        return -1
    m = _leader(inventory, after)
    return -1 if m is None else m.entity


def _leader(inventory: Inventory, token: int) -> Mention | None:
    """The person who is the subject of the sentence that a token stands in, or of one before it there."""
    view, first, last = inventory.view, token, token + 1
    para, sent = view.paras[token], view.sents[token]
    while first > 0 and view.paras[first - 1] == para and sent - view.sents[first - 1] < _NEAR:
        first -= 1
    while last < len(view) and view.sents[last] == view.sents[token]:
        last += 1
    acting = (m for m in inventory.at(first, last) if _acts(view, m))
    subjects = [m for m in acting if view.quoted[m.head] < 0 and inventory.is_credible(m)]
    here = [m for m in subjects if view.sents[m.head] == view.sents[subjects[-1].head]]
    heard = [m for m in here if is_of_voice(view, m)]
    if heard:
        return heard[-1]  # 'He heard Ann Lee’s voice.'
    main = (m for m in here if view.deps[view.heads[m.head]] == "ROOT")
    return next(main, here[0] if here else None)


def _acts(view: View, m: Mention) -> bool:
    """Whether a mention is a subject or its eyes are, or its voice is heard or goes on."""
    if view.deps[m.head] in ("nsubj", "nsubjpass"):
        return True
    if owns_limb(view, m) and view.deps[view.heads[m.head]] == "nsubj":
        return True
    voice = view.heads[m.head]
    verb = view.heads[voice]
    heard = view.deps[voice] == "dobj" and view.lower[verb] in _HEARD
    return is_of_voice(view, m) and (heard or (view.deps[voice], view.deps[verb]) == ("nsubj", "ROOT"))


def _paragraph(inventory: Inventory, turn: Turn) -> list[Mention]:
    view = inventory.view
    first, last = turn.first, turn.last
    while first > 0 and turn.first - first < _BESIDE and view.paras[first - 1] == turn.para:
        first -= 1
    while last < len(view) and last - turn.last < _BESIDE and view.paras[last] == turn.para:
        last += 1
    return inventory.at(first, last)
