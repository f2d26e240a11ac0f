"""Kin: who is whose mother, son or wife, and whom 'his sister' means by it."""

from __future__ import annotations

from quoteattr.speakers.entities import Entity, Inventory, agree
from quoteattr.speakers.lexicon import lexicon
from quoteattr.speakers.mentions import Mention
from quoteattr.speakers.nameless import Nameless
from quoteattr.speakers.pronouns import Choice, Talk

__all__ = ["Kin", "choose_kin"]

_INVERSE = {
    "child": "parent",
    "parent": "child",
    "grandchild": "grandparent",
    "grandparent": "grandchild",
    "sibling": "sibling",
    "spouse": "spouse",
}
_NEAR = 20  # tokens before 'husband Tom' in which whose he is is looked for
_TURNS = 8  # speeches before 'his sister' among which the two who talk are looked for
_SOON = 20  # paragraphs back to the first of them
_TALKS = 0.7  # share of whoever talks with the owner
_BEHIND = 60  # tokens after 'his sister' in which she may be named at last
_SURNAME = 0.8  # share of the one who bears the surname
_TOLD = 0.9  # share of a relative whom the text gives


class Kin:
    """The relatives that a document tells of so far: 'her son Tom', 'Ann’s mother, Eva Lee'."""

    def __init__(self, inventory: Inventory, nameless: Nameless) -> None:
        self.inventory = inventory
        self.nameless = nameless
        self.told: set[tuple[int, str, int]] = set()  # whose, by what bond, who

    def note(self, m: Mention) -> None:
        """Keeps whose relative the one is whom a kin noun names, if both are known."""
        owner, bond = self._whose(m), lexicon().bonds[m.noun]
        if owner not in (-1, m.entity) and self.inventory.entities[m.entity].forms:
            self.told.add((owner, bond, m.entity))

    def find(self, m: Mention) -> Choice | None:
        """The one with a name whom 'his sister' means by what was told, or ``None``."""
        bond = lexicon().bonds.get(m.noun)
        owner = self._whose(m) if bond and self.told else -1
        if bond is None or owner < 0:
            return None
        found = {who for whose, told, who in self.told if (whose, told) == (owner, bond)}
        found |= {whose for whose, told, who in self.told if (told, who) == (_INVERSE[bond], owner)}
        if bond == "sibling":
            parents = {whose for whose, told, who in self.told if (told, who) == ("child", owner)}
            found |= {who for whose, told, who in self.told if whose in parents and told == "child"}
        entities = self.inventory.entities
        if bond == "parent":
            # A parent's husband or wife is one too.
            found |= {who for whose, told, who in self.told if told == "spouse" and whose in found}
            found |= {whose for whose, told, who in self.told if told == "spouse" and who in found}
        fit = [n for n in found - {owner} if agree(entities[n].gender, m.sign)]
        return Choice(fit[0], _TOLD, (("relative", 1.0),)) if len(fit) == 1 else None

    def partner(self, m: Mention, talk: Talk) -> Choice | None:
        """The one with a name who talks with the owner of 'his sister', where nobody is told to be one."""
        if m.noun not in lexicon().bonds or m.sign not in ("m", "f") or not talk.speakers:
            return None
        owner, here = self.nameless.owner(m), self.inventory.view.paras[m.head]
        recent = [who for who, para, direct in talk.speakers[-_TURNS:] if direct and here - para <= _SOON]
        pair = list(dict.fromkeys(reversed(recent)))[:2]
        if owner is None or owner.number not in pair or len(pair) < 2:
            return None
        other = self.inventory.entities[next(who for who in pair if who != owner.number)]
        fits = other.forms and other.gender == m.sign and other.kind == "person"
        fits = fits and not any(role.nouns for role in other.roles)
        return Choice(other.number, _TALKS, (("talks with them", 1.0),)) if fits else None

    def _whose(self, m: Mention) -> int:
        """Whose relative it is: 'her son', 'Ann’s son'; bare ('husband Tom'), of whoever is named before."""
        owner = self.nameless.owner(m)
        if owner is not None:
            return owner.number
        view = self.inventory.view
        if any(view.tags[k] in ("DT", "PRP$", "POS") for k in range(m.first, m.head)):
            return -1
        for x in reversed(self.inventory.at(max(0, m.first - _NEAR), m.first)):
            if x.form == "name" and view.sents[x.head] == view.sents[m.head]:
                return x.entity if self.inventory.is_credible(x) else -1
        return -1


def choose_kin(inventory: Inventory, m: Mention, owner: Entity | None) -> Choice | None:
    """The one who bears the surname of ``owner`` and can be 'his sister'; ``None`` unless it is one."""
    if owner is None or m.noun not in lexicon().kin:
        return None
    kin = lexicon().kin
    surnames = {name.surname for name in owner.names if len(name.words) > 1}
    found = [
        entity.number
        for entity in inventory.entities
        if entity is not owner
        and entity.forms
        and any(x.head < m.head + _BEHIND for x in inventory.names_of(entity.number)[:1])
        and not any(role.nouns & kin and m.noun not in role.nouns for role in entity.roles)
        and agree(entity.gender, m.sign)
        and any(len(name.words) > 1 and name.surname in surnames for name in entity.names)
    ]
    return Choice(found[0], _SURNAME, (("bears the surname", 1.0),)) if len(found) == 1 else None
