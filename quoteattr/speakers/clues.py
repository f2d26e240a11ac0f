"""Clues that settle who is meant: the subject that comes after, a name put beside, one that opens a turn."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from quoteattr.speakers.entities import Inventory, agree
from quoteattr.speakers.mentions import Mention
from quoteattr.speakers.pronouns import Choice
from quoteattr.speakers.sources import Source
from quoteattr.speakers.view import SUBJECTS

__all__ = ["labels", "name_beside", "speaker_around", "subject_ahead"]

_AHEAD = 0.85  # share of somebody whom the syntax names
_FRONTED = frozenset({"advcl", "prep"})
_DEPTH = 6  # heads that are gone up


def subject_ahead(inventory: Inventory, m: Mention) -> Choice | None:
    """'Asked if he would pay, Smith …', 'In her letter, Smith …': the subject that comes after."""
    view, token = inventory.view, m.head
    if m.sign not in ("m", "f") or view.deps[token] == "pobj":  # 'Behind him, Smith rose': somebody else
        return None
    for _ in range(_DEPTH):
        verb = view.heads[token]
        if verb == token:
            break
        subject = next((c for c in view.children(verb) if view.deps[c] in SUBJECTS), -1)
        if view.deps[token] in _FRONTED and max(token, m.head) < subject < verb:
            name = next((x for x in inventory.at(subject, subject + 1) if x.form == "name"), None)
            if name is None or name.entity < 0 or view.quoted[subject] != view.quoted[m.head]:
                return None
            entity = inventory.entities[name.entity]
            fits = entity.kind in ("person", "unknown") and agree(entity.gender, m.sign)
            return Choice(name.entity, _AHEAD, (("subject ahead", 1.0),)) if fits else None
        token = verb
    return None


def name_beside(inventory: Inventory, index: int) -> Choice | None:
    """The one whose name is put beside a description: 'the elder boy, Tom'."""
    view, m = inventory.view, inventory.mentions[index]
    x = next(iter(inventory.mentions[index + 1 : index + 2]), m)
    put = view.deps[x.head] == "appos" and view.heads[x.head] == m.head
    if x.form != "name" or x.entity < 0 or not put or view.words[m.last : x.start] != [","]:
        return None
    entity = inventory.entities[x.entity]
    fits = entity.kind in ("person", "unknown") and agree(entity.gender, m.sign)
    return Choice(x.entity, _AHEAD, (("name beside", 1.0),)) if fits else None


def labels(inventory: Inventory) -> dict[int, int]:
    """Whose name and a colon open a paragraph, as in transcripts ('MARR: I did'), by paragraph."""
    view = inventory.view
    found: dict[int, int] = {}
    for m in inventory.mentions:
        if m.form == "name" and m.entity >= 0 and view.is_label(m.start, m.last):
            found[view.paras[m.start]] = m.entity
    return found if len(set(found.values())) > 1 else {}


def speaker_around(
    inventory: Inventory, m: Mention, long: Iterable[Source], barred: Sequence[int]
) -> Choice | None:
    """'An official, speaking because she …, said': the source inside which a pronoun stands."""
    if m.sign not in ("m", "f", "p"):
        return None
    for source in long:
        if not source.first <= m.head < source.last or source.mention < 0:
            continue
        who = inventory.mentions[source.mention]
        others = inventory.at(who.head + 1, m.head)
        if (
            who.head >= m.head
            or who.entity < 0
            or who.entity in barred
            or any(x.form == "name" for x in others)
        ):
            continue
        entity = inventory.entities[who.entity]
        if entity.kind == "person" and (agree(entity.gender, m.sign) if m.sign != "p" else who.sign == ""):
            return Choice(who.entity, _AHEAD, (("inside the source", 1.0),))
    return None
