"""Names for those who had none where they spoke: by a role told later, by what they are called."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence

from quoteattr.speakers.descriptions import DEPUTIES
from quoteattr.speakers.entities import Entity, Inventory
from quoteattr.speakers.lexicon import lexicon
from quoteattr.speakers.turns import Turn

__all__ = ["name_by_call", "name_by_role"]


def name_by_role(inventory: Inventory) -> None:
    """'the parson' is Parson Tringham, wherever the text says so, as long as nobody else is a parson."""
    lex = lexicon()
    bearers: dict[str, set[int]] = defaultdict(set)
    for entity in inventory.entities:
        if entity.forms:
            for role in entity.roles:
                for noun in role.nouns if DEPUTIES.isdisjoint(role.words) else ():
                    bearers[noun].add(entity.number)
    for entity in inventory.entities:
        noun = entity.noun
        if (
            entity.forms
            or not entity.definite
            or entity.kind != "person"
            or noun in lex.spokespeople
            or noun in lex.generic
        ):
            continue
        owners = bearers.get(noun, set())
        if len(owners) == 1:
            owner = inventory.entities[next(iter(owners))]
            if _agree(entity, owner):
                inventory.merge(entity.number, owner.number)
    inventory.settle()


def _agree(one: Entity, other: Entity) -> bool:
    return not one.gender or not other.gender or one.gender == other.gender


def name_by_call(inventory: Inventory, talks: Sequence[Sequence[Turn]], narrator: int | None) -> bool:
    """Gives a nameless speaker the name by which the others call them, or they themselves.

    Returns:
        Whether anybody was named.
    """
    votes: dict[int, Counter[int]] = defaultdict(Counter)
    for talk in talks:
        for before, turn, after in zip([None, *talk], talk, [*talk[1:], None], strict=False):
            for name in turn.named_itself:
                votes[turn.entity][name] += 3
            for name in turn.spoken_to:
                for other in (before, after):
                    near = (
                        other is not None and other.entity != turn.entity and abs(other.para - turn.para) <= 2
                    )
                    if near and other is not None:
                        votes[other.entity][name] += 1
    sources = {t.entity for talk in talks for t in talk if t.source is not None and t.source.kind == "name"}
    named = False
    for number, count in votes.items():
        if number < 0 or inventory.entities[number].forms:
            continue
        entity = inventory.entities[number]
        for name, weight in count.most_common(3):
            called = inventory.entities[name]
            # Whoever the narrator names as a speaker beside the nameless one is somebody else.
            if name in sources and number == narrator:
                continue
            if weight >= 2 and called.kind == "person" and _agree(entity, called):
                inventory.merge(number, name)
                named = True
                break
    inventory.settle()
    return named
