"""Names for those who had none where they spoke: by a role told later, by what anybody calls them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence

from quoteattr.speakers.descriptions import DEPUTIES, contradicts, is_of_new_body
from quoteattr.speakers.entities import Entity, Inventory, agree
from quoteattr.speakers.lexicon import lexicon
from quoteattr.speakers.turns import Turn, partners

__all__ = ["name_by_call", "name_by_own_word", "name_by_role", "name_narrator", "own_names"]

_SIGNED = 40  # tokens before the end in which a letter is signed
_CLOSING = 5  # tokens of 'Yours faithfully,'
_GIVEN = 5  # tokens of 'identified himself only as'
_GIVES = frozenset({"name", "identified", "identifies", "identifying", "introduced", "introduces"})
_CALLED_SO = (["called", "myself"], ["call", "myself"], ["call", "me"], ["called", "me"], ["calls", "me"])


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
            if agree(entity.gender, owner.gender) and not _is_another(inventory, entity, owner):
                inventory.merge(entity.number, owner.number)
    inventory.settle()


def _is_another(inventory: Inventory, nameless: Entity, owner: Entity) -> bool:
    """Whether one without a name is called what an owner of the post is not: 'the Armenian minister'."""
    roles = [role for role in owner.roles if nameless.noun in role.nouns]
    called = [m for m in inventory.mentions if m.entity == nameless.number and m.form == "nominal"]
    if any(is_of_new_body(inventory, m) for m in called):
        return True
    return any(all(contradicts(inventory.view, m, role) for role in roles) for m in called)


def name_by_own_word(inventory: Inventory) -> None:
    """'A volunteer who identified himself only as Ton', 'who gave her name as Lesya': the name is theirs."""
    view = inventory.view
    for m in inventory.mentions:
        if m.form != "name" or m.entity < 0 or view.lower[m.start - 1 : m.start] != ["as"]:
            continue
        before = inventory.at(max(0, m.start - _GIVEN), m.start)
        words = set(view.lower[max(0, m.start - _GIVEN) : m.start])
        who = next((x for x in reversed(before) if x.form == "pronoun" and x.entity >= 0), None)
        if who is None or words.isdisjoint(_GIVES) or view.sents[who.head] != view.sents[m.head]:
            continue
        entity, named = inventory.entities[who.entity], inventory.entities[m.entity]
        if not entity.forms and entity.kind == "person" and agree(entity.gender, named.gender):
            named.kinds["person"] += 3
            inventory.merge(entity.number, named.number)
    inventory.settle()


def name_narrator(inventory: Inventory, narrator: int | None) -> None:
    """Gives the 'I' of a text the names it tells of itself: 'My name was Ann Lee', 'I called myself Pip'."""
    if narrator is None:
        return
    signed = _signature(inventory)
    for own in [signed] if signed >= 0 else own_names(inventory):
        inventory.merge(narrator, own)
    inventory.settle()


def own_names(inventory: Inventory) -> list[int]:
    """Those whom the narration gives the narrator's name: 'My name was Ann Lee'."""
    view, found = inventory.view, list[int]()
    for m in inventory.mentions:
        if m.form != "name" or m.entity < 0 or view.quoted[m.head] >= 0:
            continue
        if not inventory.entities[m.entity].credible:
            continue
        before = view.lower[max(0, m.start - 3) : m.start]
        told = before[:2] == ["my", "name"] and before[2:] in (["is"], ["was"])
        if told or before[-2:] in _CALLED_SO:
            found.append(m.entity)
    return found


def _signature(inventory: Inventory) -> int:
    """The one whose name alone opens the paragraph after 'Yours faithfully,' near the end; -1 without one."""
    view, closings = inventory.view, lexicon().closings
    for m in inventory.at(max(0, len(view) - _SIGNED), len(view)):
        k = m.start
        if m.form != "name" or m.entity < 0 or not k or view.paras[k - 1] == view.paras[k]:
            continue
        first = k - 1
        while first and k - first < _CLOSING and view.paras[first - 1] == view.paras[k - 1]:
            first -= 1
        words = " ".join(word for word in view.lower[first:k] if word.isalpha())
        if words in closings and inventory.entities[m.entity].credible:
            return m.entity
    return -1


def _may_bear(entity: Entity) -> bool:
    """Whether the name by which somebody is called may be one's own: no other name is known, or a surname."""
    return not entity.forms or _by_surname(entity)


def _by_surname(entity: Entity) -> bool:
    """Whether somebody is named with 'Mr.' or 'Mrs.' and a surname only."""
    return bool(entity.names) and all(len(n.words) == 1 and n.honorific for n in entity.names)


def _by_first_name(entity: Entity) -> bool:
    """Whether somebody is named by a first name only."""
    known = lexicon().first_names
    return bool(entity.names) and all(len(n.words) == 1 and n.words[0] in known for n in entity.names)


def name_by_call(inventory: Inventory, talks: Sequence[Sequence[Turn]], narrator: int | None) -> bool:
    """Gives a nameless speaker the name by which the others call them, or they themselves.

    'Mrs. Lee' may be called by a first name that the narration does not use.

    Returns:
        Whether anybody was named.
    """
    votes: dict[int, Counter[int]] = defaultdict(Counter)
    for talk in talks:
        for k, turn in enumerate(talk):
            for name in turn.named_itself:
                votes[turn.entity][name] += 3
            for name in turn.spoken_to:
                called = inventory.entities[name]
                near = (inventory.entities[n] for n in partners(talk, k) if n != name)
                others = {
                    each.number for each in near if agree(each.gender, called.gender) and _may_bear(each)
                }
                # Of a name that is new here one vote is enough, where only one can be meant.
                new = any(m.head >= turn.first for m in inventory.names_of(name)[:1])
                for other in others:
                    votes[other][name] += 2 if new and len(others) == 1 else 1
    sources = {t.entity for talk in talks for t in talk if t.source is not None and t.source.kind == "name"}
    named = False
    for number, count in votes.items():
        entity = inventory.entities[number]
        if number < 0 or not _may_bear(entity):
            continue
        for name, weight in count.most_common(3):
            called = inventory.entities[name]
            if entity.forms and (called.outside or not _by_first_name(called)):
                continue
            # Whoever the narrator names as a speaker beside the nameless one is somebody else.
            if name in sources and number == narrator:
                continue
            if weight >= 2 and called.kind == "person" and agree(entity.gender, called.gender):
                inventory.merge(number, name)
                named = True
                break
    inventory.settle()
    return named
