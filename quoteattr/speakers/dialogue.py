"""Speeches that nobody is named for: the flow of the talk tells who speaks."""

from __future__ import annotations

from collections.abc import Sequence

from attrs import define

from quoteattr.records import Attribution, Range
from quoteattr.speakers.inventory import Inventory

__all__ = ["Turn", "fill_turns"]


@define
class Turn:
    """One attribution as a turn of the talk.

    Attributes:
        index: its number among the attributions.
        para: paragraph in which its content begins.
        direct: whether it is direct speech.
        start: its first character.
        entity: who speaks, -1 while it is open.
        listener: who is spoken to, -1 where nobody is named.
        certainty: how sure the speaker is.
        why: what told.
    """

    index: int
    para: int
    direct: bool
    start: int
    entity: int = -1
    listener: int = -1
    certainty: float = 1.0
    why: str = ""


def fill_turns(
    inventory: Inventory, turns: list[Turn], attributions: Sequence[Attribution], paragraphs: Sequence[Range]
) -> None:
    """Gives each open turn of direct speech a speaker where the turns around it tell one.

    The rules are those of He, Barbosa and Kondrak (ACL 2013): speeches of one paragraph are one speaker's, the
    subject of the narration in the same paragraph speaks, and two who talk take turns.
    """
    turns = sorted((t for t in turns), key=lambda t: t.start)
    for number, turn in enumerate(turns):
        if turn.entity >= 0 or not turn.direct:
            continue
        _same_paragraph(turns, number) or _beat(
            inventory, turn, attributions[turn.index], paragraphs
        ) or _alternate(turns, number)
    for number in range(len(turns) - 1, -1, -1):
        turn = turns[number]
        if turn.entity < 0 and turn.direct:
            _alternate_back(turns, number)


def _same_paragraph(turns: list[Turn], number: int) -> bool:
    turn = turns[number]
    for other in (*reversed(turns[max(0, number - 4) : number]), *turns[number + 1 : number + 4]):
        if other.para == turn.para and other.direct and other.entity >= 0 and other.why != "implicit":
            turn.entity, turn.certainty, turn.why = other.entity, 0.85 * other.certainty, "same paragraph"
            turn.listener = other.listener
            return True
    return False


def _beat(inventory: Inventory, turn: Turn, attribution: Attribution, paragraphs: Sequence[Range]) -> bool:
    """'“Lorem ipsum.” Bob nodded.': the subject of the narration beside the speech, in its paragraph."""
    view = inventory.view
    para = paragraphs[min(turn.para, len(paragraphs) - 1)]
    first, last = view.tokens(para.start, para.end)
    for m in inventory.at(first, last):
        if m.entity < 0 or view.quoted[m.head] >= 0 or view.deps[m.head] not in ("nsubj", "nsubjpass"):
            continue
        if inventory.entities[m.entity].kind not in ("person", "unknown"):
            continue
        turn.entity, turn.certainty, turn.why = m.entity, 0.7, "narration beside"
        return True
    return False


def _alternate(turns: list[Turn], number: int) -> bool:
    """The speaker of the turn before last, where the turn before is somebody else's in the paragraph before."""
    turn = turns[number]
    if not number:
        return False
    before = turns[number - 1]
    if not before.direct or turn.para - before.para not in (1, 2) or before.entity < 0:
        return False
    if before.listener >= 0 and before.listener != before.entity:
        turn.entity, turn.listener = before.listener, before.entity
        turn.certainty, turn.why = 0.6 * before.certainty, "was spoken to"
        return True
    for other in reversed(turns[max(0, number - 6) : number - 1]):
        if not other.direct:
            continue
        if other.para < turn.para - 8:
            break
        if other.entity >= 0 and other.entity != before.entity:
            turn.entity, turn.listener = other.entity, before.entity
            turn.certainty, turn.why = 0.8 * min(before.certainty, other.certainty), "turns"
            return True
    return False


def _alternate_back(turns: list[Turn], number: int) -> bool:
    """The same from the turns that follow."""
    turn = turns[number]
    following = [t for t in turns[number + 1 : number + 5] if t.direct]
    if len(following) < 2 or following[0].entity < 0 or following[0].para - turn.para not in (1, 2):
        return False
    for other in following[1:]:
        if other.entity >= 0 and other.entity != following[0].entity:
            turn.entity, turn.listener = other.entity, following[0].entity
            turn.certainty, turn.why = 0.6 * min(following[0].certainty, other.certainty), "turns that follow"
            return True
    return False
