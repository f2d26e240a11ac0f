"""Taking the inventory: every name gets its owner, persons first, then bodies and places."""

from __future__ import annotations

from quoteattr.speakers.bodies import (
    add_bynames,
    gather_bodies,
    join_acronyms,
    join_appositions,
    join_letters,
    name_bodies,
)
from quoteattr.speakers.entities import Inventory
from quoteattr.speakers.lead import name_lead
from quoteattr.speakers.mentions import Mention
from quoteattr.speakers.persons import Persons
from quoteattr.speakers.trimming import NamedMentions
from quoteattr.speakers.view import View

__all__ = ["take_inventory"]


def take_inventory(view: View, mentions: list[Mention], speaking: frozenset[int]) -> Inventory:
    """Gives every name its owner.

    Args:
        view: the document.
        mentions: its mentions.
        speaking: tokens inside the sources of attributions; a name there is likely one who can speak.
    """
    inventory = Inventory(view, mentions)
    named = NamedMentions(view, mentions)
    named.trim(speaking)
    persons = Persons(inventory, named, speaking)
    persons.assign()
    gather_bodies(inventory, named.mentions)
    join_acronyms(inventory, named.mentions)
    add_bynames(inventory, named.mentions)
    persons.tell()
    join_letters(inventory, named.mentions)
    name_bodies(inventory)
    join_appositions(inventory)
    name_lead(inventory)
    return inventory
