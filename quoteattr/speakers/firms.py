"""Which body the text means: the one that 'the union', 'the hall' or 'the company' names again."""

from __future__ import annotations

import math
from collections.abc import Mapping, Set

from quoteattr.speakers.entities import Entity, Inventory
from quoteattr.speakers.evidence import is_traded
from quoteattr.speakers.lexicon import lexicon
from quoteattr.speakers.mentions import Mention
from quoteattr.speakers.names import fold
from quoteattr.speakers.pronouns import Choice
from quoteattr.speakers.rolespans import DASHES
from quoteattr.speakers.view import View

__all__ = ["choose_body"]

_JOINTS = frozenset({"of", "for"})
_FAR_BODY = -0.15  # a sentence
_DATELINE = 8  # tokens from a place to the dash behind it
_SPOKE = 1.0  # for the firm that spoke last
_LEAD = 0.7  # for a firm that the text opens with
_OPENING = 60  # tokens


def choose_body(inventory: Inventory, index: int, spoke: int = -1) -> Choice | None:
    """The named body or place that 'the union', 'the hall' or 'the company' means, or ``None``.

    Args:
        inventory: the document.
        index: number of the mention.
        spoke: the body that spoke last, in this paragraph or the one before; -1 for none.
    """
    view, m = inventory.view, inventory.mentions[index]
    inside = inventory.at(m.first, m.head)
    # 'the Boston newspaper' is none of those known, 'the Boston-based firm' and 'the FTSE 250 miner' may be.
    if view.tags[m.first] == "PRP$" or not all(_places(view, x) for x in inside if x.form == "name"):
        return None
    if m.sign == "p":
        return None
    own = {x.entity for x in inside}
    bodies = {
        number: place
        for number, place in inventory.latest(index).items()
        if number not in own and inventory.entities[number].forms and _may_be_body(inventory, number)
    }
    return _by_noun(inventory, m, bodies) or _nearest(inventory, m, bodies, spoke)


def _by_noun(inventory: Inventory, m: Mention, bodies: Mapping[int, int]) -> Choice | None:
    """The body last named whose name ends or begins with the noun, or beside which the text puts it."""
    wider = lexicon().hypernyms.get(m.noun, frozenset())
    for nouns, share in (({m.noun}, 0.85), (wider, 0.75)):
        for number in bodies:
            entity = inventory.entities[number]
            if entity.nouns & nouns or any(_has_noun(form, nouns) for form in entity.forms):
                return Choice(number, share, (("name has the noun", 1.0),))
    return None


def _nearest(inventory: Inventory, m: Mention, bodies: Mapping[int, int], spoke: int) -> Choice | None:
    """'the company' may be any firm: the likeliest by how near and how often it is named."""
    if m.noun not in lexicon().firms:
        return None
    view = inventory.view
    scores = {
        number: math.log1p(inventory.entities[number].forms.total())
        + _FAR_BODY * (view.sents[m.head] - view.sents[inventory.mentions[k].head])
        + _LEAD * any(x.head < _OPENING and _topic(view, x) for x in inventory.names_of(number)[:1])
        + _SPOKE * (number == spoke)
        for number, k in bodies.items()
        if _firm(inventory.entities[number], m.noun)
        and not all(_is_where(view, x) for x in inventory.names_of(number))
    }
    if not scores:
        return None
    best = max(scores, key=lambda number: scores[number])
    share = 1 / sum(math.exp(score - scores[best]) for score in scores.values())
    return Choice(best, share, (("nearest firm", round(scores[best], 2)),))


def _places(view: View, m: Mention) -> bool:
    """Whether a name before a noun tells but where a firm is: 'Boston-based', 'Nasdaq-listed', 'FTSE 250'."""
    behind = view.lower[m.last + 1 : m.last + 2]
    return behind in (["based"], ["listed"]) or view.lower[m.first] in lexicon().exchanges


def _is_where(view: View, m: Mention) -> bool:
    """Whether a name tells but where something happens: 'in Stavanger', 'TOLEDO, Ohio -'."""
    opens = view.opens_paragraph(m.first)
    behind = range(m.last, min(m.last + _DATELINE, len(view)))
    dated = (k for k in behind if view.words[k] in DASHES and not view.glued(k - 1))
    if opens and view.words[m.first].isupper() and next(dated, None) is not None:
        return True
    return view.is_placed(m.head) and not is_traded(view, m)  # 'shares in Kelmar'


def _topic(view: View, m: Mention) -> bool:
    """Whether a name is a subject or stands in a heading."""
    return view.deps[m.head] == "nsubj" or view.paras[m.head] in view.headings


def _may_be_body(inventory: Inventory, number: int) -> bool:
    return inventory.entities[number].kind in ("organization", "place", "unknown")


def _has_noun(form: str, nouns: Set[str]) -> bool:
    """Whether a name of two words or more begins or ends with one of some nouns, or has it before 'of'."""
    words = [fold(w) for w in form.split()]
    joint = next((k for k, word in enumerate(words) if word in _JOINTS), len(words))
    return len(words) > 1 and not nouns.isdisjoint((words[0], words[joint - 1], words[-1]))


def _firm(entity: Entity, noun: str) -> bool:
    """Whether a body may be called a firm, by its name: not a party, a court or another kind of body."""
    lex = lexicon()
    words = [[fold(word) for word in form.split()] for form in entity.forms]
    last = {form[-1] for form in words}
    if entity.kind != "organization" or any(not lex.civic.isdisjoint(form) for form in words):
        return False
    if not last.isdisjoint(lex.features):
        return False  # 'the North Sea'
    return noun in last or not any(
        word in lex.organizations and word not in lex.firm_suffixes - {"bank"} for word in last
    )
