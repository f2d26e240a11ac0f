"""Speeches that nobody is named for: the flow of the talk tells who speaks.

The turns of a conversation are decided together: what stands beside each speech speaks for somebody, and
those who talk take turns. The clues are those of Elson and McKeown (AAAI 2010), He, Barbosa and Kondrak (ACL
2013) and Muzny et al. (EACL 2017): an explicit source, the subject of the narration beside the speech, a
vocative in the speech before, the same paragraph, alternation.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

from attrs import define, field

from quoteattr.records import Attribution
from quoteattr.speakers.entities import Inventory
from quoteattr.speakers.mentions import Mention
from quoteattr.speakers.pronouns import weights
from quoteattr.speakers.sources import Source

__all__ = ["Turn", "conversations", "decide", "turns_of"]

_BESIDE = 150  # tokens before and after a speech that are looked at
_LONGEST = 100  # turns that are decided at a time
_GAP = 3  # paragraphs without speech that end a conversation
_PEOPLE = 7  # most participants that are weighed at a time
_FLOOR = -6.0  # log-odds of somebody for whom nothing speaks


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
        named_itself: entities as which it names its own speaker.
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
    named_itself: frozenset[int] = frozenset()
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
    for turn in turns:
        turn.spoken_to = frozenset(m.entity for m in _called(inventory, turn))
        turn.named_itself = frozenset(_named_by_itself(inventory, turn))
        turn.scores = _own_scores(inventory, turn)
    return turns


def _called(inventory: Inventory, turn: Turn) -> list[Mention]:
    """The names that the speech calls somebody by: between commas or marks, no part of its sentences."""
    view = inventory.view
    called = []
    for m in inventory.at(turn.first, turn.last):
        if m.form != "name" or not _person(inventory, m) or view.quoted[m.head] < 0:
            continue
        start = min(m.first, m.title[0]) if m.title[1] else m.first
        before = view.words[start - 1] if start else ""
        after = view.words[m.last] if m.last < len(view) else ""
        if (
            before[-1:] in ',“"‘!?.—'
            and after[:1] in ',.!?”’";—'
            and not (before[-1:] in '“"‘' and after[:1] in '”"')
        ):
            called.append(m)
    return called


def _own_scores(inventory: Inventory, turn: Turn) -> dict[int, float]:
    """What the source of a speech says, or the narration beside it where it has none."""
    source = turn.source
    if source is not None:
        if source.scores and source.entity >= 0:
            best = max(source.scores.values())
            return {inventory.owner(n): max(score - best, _FLOOR) for n, score in source.scores.items()}
        turn.entity = inventory.owner(source.entity) if source.entity >= 0 else -1
        return {turn.entity: -_FLOOR} if turn.entity >= 0 else {}
    table = weights("dialogue")
    view = inventory.view
    scores: dict[int, float] = {}
    here = [m for m in _paragraph(inventory, turn) if view.quoted[m.head] < 0 and _person(inventory, m)]
    subjects = [m for m in here if view.deps[m.head] in ("nsubj", "nsubjpass")]
    for m in subjects[:1]:
        clue = "subject after" if m.head >= turn.last else "subject before"
        scores[m.entity] = scores.get(m.entity, 0.0) + table[clue]
    for m in here:
        scores.setdefault(m.entity, 0.0)
    for entity in turn.named_itself:
        scores[entity] = scores.get(entity, 0.0) + table["names itself"]
    return scores


def _paragraph(inventory: Inventory, turn: Turn) -> list[Mention]:
    view = inventory.view
    first, last = turn.first, turn.last
    while first > 0 and turn.first - first < _BESIDE and view.paras[first - 1] == turn.para:
        first -= 1
    while last < len(view) and last - turn.last < _BESIDE and view.paras[last] == turn.para:
        last += 1
    return inventory.at(first, last)


def _person(inventory: Inventory, m: Mention) -> bool:
    return m.entity >= 0 and inventory.entities[m.entity].credible


def _named_by_itself(inventory: Inventory, turn: Turn) -> list[int]:
    """'I am Parson Tringham', 'my name is X': whom the speech itself names as its speaker."""
    view = inventory.view
    found = []
    for m in inventory.at(turn.first, turn.last):
        if m.form != "name" or m.entity < 0:
            continue
        start = min(m.first, m.title[0]) if m.title[1] else m.first
        before = view.lower[max(0, start - 3) : start]
        if before[-2:] in (["i", "am"], ["i", "'m"], ["i", "’m"]) or before == ["my", "name", "is"]:
            found.append(m.entity)
    return found


def conversations(turns: Sequence[Turn]) -> list[list[Turn]]:
    """The turns parted where several paragraphs without speech stand between."""
    groups: list[list[Turn]] = []
    for turn in turns:
        near = groups and turn.para - groups[-1][-1].para <= _GAP
        if near and len(groups[-1]) < _LONGEST:
            groups[-1].append(turn)
        else:
            groups.append([turn])
    return groups


def decide(talk: list[Turn], before: Sequence[int]) -> None:
    """Gives every turn of one conversation its speaker, by what the conversation as a whole makes likeliest.

    Forward-backward over pairs (speaker of the turn before, speaker), so that alternation can be seen; each
    turn gets the speaker with the largest share of the probability.

    Args:
        talk: the turns of the conversation.
        before: those who were last mentioned before it begins, the latest first.
    """
    if all(turn.source is not None and not turn.source.scores for turn in talk):
        return
    people = _participants(talk, before)
    if not people:
        return
    shares = _shares(talk, people)
    for turn, row in zip(talk, shares, strict=True):
        best = max(range(len(people)), key=lambda k: row[k])
        turn.entity, turn.share = people[best], row[best]
        told = max(turn.scores, key=lambda e: turn.scores[e], default=-1)
        if told == turn.entity and turn.scores[told] > 0:
            turn.why = "beside the speech"


def _shares(talk: list[Turn], people: list[int]) -> list[list[float]]:
    """For each turn the probability of each of the people."""
    import numpy as np

    size = len(people)
    own = [np.array([_score(turn, p) for p in people]) for turn in talk]
    steps = [_steps(previous, turn, people) for previous, turn in pairwise(talk)]
    # States are (speaker of the turn before, speaker); the last row stands for nobody before the first turn.
    forward = [np.full((size + 1, size), -1e9)]
    forward[0][size] = own[0]
    for step, score in zip(steps, own[1:], strict=True):
        moved = np.logaddexp.reduce(forward[-1][:, :, None] + step, axis=0) + score[None, :]
        forward.append(np.vstack([moved, np.full((1, size), -1e9)]))
    backward = [np.zeros((size + 1, size))]
    for step, score in zip(reversed(steps), reversed(own[1:]), strict=True):
        ahead = backward[-1][:size] + score[None, :]
        backward.append(np.logaddexp.reduce(step + ahead[None, :, :], axis=2))
    shares = []
    for alpha, beta in zip(forward, reversed(backward), strict=True):
        total = np.logaddexp.reduce(alpha + beta, axis=0)
        weight = np.exp(total - total.max())
        shares.append((weight / weight.sum()).tolist())
    return shares


def _steps(previous: Turn, turn: Turn, people: list[int]) -> Any:
    """What the order of two turns says of (speaker before the first, of the first, of the second)."""
    import numpy as np

    table = weights("dialogue")
    size = len(people)
    step = np.zeros((size + 1, size, size))
    same = np.arange(size)
    if turn.para == previous.para:
        step[:, same, same] = table["same paragraph"]
        return step
    gap = turn.para - previous.para
    step[same, :, same] = table["alternates"] if gap == 1 else table["alternates after narration"]
    step[:, same, same] = table["again"] if gap == 1 else table["again after narration"]
    for k, person in enumerate(people):
        if person in previous.spoken_to:
            step[:, :, k] += table["was called"]
    return step


def _participants(talk: list[Turn], before: Sequence[int]) -> list[int]:
    """Those who may speak: the best candidates of the turns, those called, those mentioned before."""
    weight: dict[int, float] = {}
    for turn in talk:
        for entity, score in turn.scores.items():
            weight[entity] = weight.get(entity, 0.0) + (3.0 if score > 2 else 1.0 if score > -1 else 0.2)
        for entity in turn.spoken_to:
            weight[entity] = weight.get(entity, 0.0) + 1.0
    for rank, entity in enumerate(before[:3]):
        weight[entity] = weight.get(entity, 0.0) + 0.9 - 0.2 * rank
    ranked = sorted(weight, key=lambda e: -weight[e])
    # Whoever is the named source of a turn takes part, however many there are.
    sure = [e for t in talk if t.source is not None and not t.source.scores for e in t.scores]
    return list(dict.fromkeys([*ranked[:_PEOPLE], *sure]))[: 2 * _PEOPLE]


def _score(turn: Turn, person: int) -> float:
    score = turn.scores.get(person, _FLOOR if turn.source is not None else 0.0)
    if person in turn.spoken_to:
        score += weights("dialogue")["calls itself"]
    return score
