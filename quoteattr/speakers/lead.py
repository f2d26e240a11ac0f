"""The first sentence of a story and who it is about: 'A dairy farmer has denied …', 'Michael Lee, 61, …'."""

from __future__ import annotations

from quoteattr.speakers.entities import Inventory, agree
from quoteattr.speakers.lexicon import lexicon
from quoteattr.speakers.mentions import Mention
from quoteattr.speakers.roles import age_of, role_at
from quoteattr.speakers.view import SUBJECTS, View

__all__ = ["name_lead"]


def name_lead(inventory: Inventory) -> None:
    """Gives 'a dairy farmer', the subject of the first sentence, to whom the next paragraph names.

    Only where that begins with the name and the age of one person, the first whom the story names.
    """
    view = inventory.view
    body = [para for para in dict.fromkeys(view.paras) if para not in view.headings][:2]
    first = next((m for m in inventory.mentions if _is_person(inventory, m)), None)
    if len(body) < 2 or first is None or view.paras[first.head] != body[1] or not age_of(view, first):
        return
    before = [m for m in inventory.mentions if m.head < first.start and view.quoted[m.head] < 0]
    lead = next((m for m in before if _is_lead(view, m, body[0])), None)
    entity = inventory.entities[first.entity]
    if lead is None or view.deps[first.head] not in SUBJECTS:
        return
    if not agree(entity.gender, lead.sign):
        return
    lead.entity = first.entity
    role = role_at(view, lead)
    if lead.sign:
        entity.genders[lead.sign] += 2
    if role is not None and lead.noun not in lexicon().generic:
        entity.roles.append(role)


def _is_person(inventory: Inventory, m: Mention) -> bool:
    """Whether a mention outside headings and quotations names a person."""
    view = inventory.view
    if m.form != "name" or m.entity < 0 or view.paras[m.head] in view.headings or view.quoted[m.head] >= 0:
        return False
    return inventory.entities[m.entity].kind == "person"


def _is_lead(view: View, m: Mention, para: int) -> bool:
    """Whether a mention is somebody unknown, the subject of the first sentence of a paragraph."""
    opens = view.paras[m.head] == para and (not m.first or view.paras[m.first - 1] != para)
    unknown = view.lower[m.first] in ("a", "an") and m.form == "nominal" and m.entity < 0
    return opens and unknown and m.kind == "person" and view.deps[m.head] in SUBJECTS
