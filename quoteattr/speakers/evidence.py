"""Evidence for what a name names, and for the gender of a person: each clue a vote with a weight."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from quoteattr.speakers.lexicon import Lexicon, lexicon
from quoteattr.speakers.mentions import Mention, is_several, is_thought_of
from quoteattr.speakers.names import PersonName
from quoteattr.speakers.roles import Role, age_of
from quoteattr.speakers.view import View

__all__ = ["is_brand", "is_traded", "kind_votes", "pronouns_after"]

_OTHERWISE = 0.25  # what a pronoun tells that a first name speaks against
_JOINTS = frozenset({"of", "for", "and", "&"})
_BRAND = re.compile(r"^(?!Mac|Fitz|Van|Von|Mary|Jo)[A-Z][a-z]{2,}[A-Z]")
_INITIALS = re.compile(r"^(?:[A-Z]\.)+$")

Vote = tuple[str, float]


def is_brand(word: str) -> bool:
    """Whether a capital inside a word makes it the name of a firm, not of a McCain, DeVito or MacLeod.

    >>> [is_brand(word) for word in ("OpenAI", "BlackRock", "McCain", "DeVito", "MacLeod", "Smith")]
    [True, True, False, False, False, False]
    """
    return _BRAND.match(word) is not None


def is_traded(view: View, m: Mention) -> bool:
    """Whether the shares of what is named are spoken of: 'shares in Kelmar', 'Kelmar shares'."""
    before = view.lower[max(0, m.first - 2) : m.first]
    return view.lower[m.last : m.last + 1] == ["shares"] or before == ["shares", "in"]


def kind_votes(
    view: View, m: Mention, name: PersonName, roles: Sequence[Role], speaks: bool
) -> Iterator[Vote]:
    """What one mention says about the kind of its name.

    Args:
        view: the document.
        m: the mention.
        name: its name, taken apart.
        roles: what stands beside it.
        speaks: whether it stands in the source of an attribution.
    """
    lex = lexicon()
    place = " ".join(name.words) in lex.places
    if m.kind:
        yield m.kind, 1
    if place:
        yield "place", 2
    elif _is_seat(view, m):
        yield "place", 3
    elif not m.kind and view.is_placed(m.head):
        yield "place", 0.5  # less than anything that tells of a person
    kin = any(not role.nouns.isdisjoint(lex.bonds) for role in roles)
    if m.title[0] < m.title[1] or (roles and (kin or m.kind != "organization") and not place):
        yield "person", 3
    elif roles and m.last - m.first > 1 and not place:
        yield "person", 1.5  # 'Its director, Annelies de Groot', whatever the label says
    if m.title[0] == m.title[1]:
        yield from _body_votes(view, m, lex)
    yield from _person_votes(view, m, name, lex)
    if speaks and m.kind not in ("organization", "place"):
        yield "person", 1


def _person_votes(view: View, m: Mention, name: PersonName, lex: Lexicon) -> Iterator[Vote]:
    """First names, initials, and deeds that only people do."""
    if name.words and name.words[0] in lex.first_names:
        yield "person", 2 if len(name.words) > 1 else 1
        if view.deps[m.head] == "appos" and lex.person_noun(view.lower[view.heads[m.head]]) is not None:
            yield "person", 3  # 'their daughter, Sofia'
    if name.nickname:
        yield "person", 2
    behind = view.lower[m.last : m.last + 2]
    if behind in ([",", "who"], [",", "whose"]) and not is_several(view, m.last + 1):
        yield "person", 1.5
    elif behind == [",", "which"]:
        yield "organization", 1.5
    if _INITIALS.match(view.words[m.first]) and m.last - m.first > 1:
        yield "person", 2
    if view.deps[m.head] in ("nsubj", "nsubjpass") and view.lower[view.heads[m.head]] in lex.deeds:
        yield "person", 1
    if m.last - m.first > 1 and age_of(view, m):
        yield "person", 1.5


def _body_votes(view: View, m: Mention, lex: Lexicon) -> Iterator[Vote]:
    """Words that the names of bodies and places have in them or before them."""
    size = m.last - m.first
    first, last = view.lower[m.first], view.lower[m.last - 1]
    if (
        last in lex.organizations
        or (size > 1 and last in lex.premises)
        or (size > 1 and last in lex.firm_suffixes)
        or (first in lex.organizations and size > 1)
    ):
        yield "organization", 2
    if size > 1 and first in lex.openings:
        yield "organization", 2
    if any(word in _JOINTS for word in view.words[m.first : m.last]):
        yield "organization", 2
    yield from _press_votes(view, m, lex)
    if size > 1 and first in lex.mounts:
        yield "place", 2
    before = view.lower[m.first - 1] if m.first and view.heads[m.first - 1] == m.head else ""
    if before in lex.firms or before in lex.namable:
        yield "organization", 3  # 'German lens maker Kelmar'
    if size > 1 and last in lex.sites:
        yield "place", 1 if first in lex.first_names else 2
    if m.last < len(view) and view.lower[m.last] in lex.spokespeople:
        yield "organization", 2  # 'Skerry spokeswoman Ragna Moe'
    plural = size == 1 and is_several(view, m.head)
    if plural or any(view.lower[k] in lex.organizations for k in _beside(view, m)):
        yield "organization", 3  # 'Hull are ready', 'the operator, Skerry Lines'
    if size > 2 and last in lex.works:
        yield "organization", 3
    yield from _trade_votes(view, m, lex)
    if m.first and view.lower[m.first - 1] == "the":
        own = view.heads[m.first - 1] == m.head  # not 'the Interfax office'
        family = own and last.endswith("s") and view.words[m.last - 1][:-1] in view.surnames  # 'the Kesslers'
        written = size == 1 and m.kind == "work" and last not in lex.mastheads
        written = written and not view.words[m.head].isupper()  # 'the Constitution', no 'the RMA'
        body = "work" if written else "organization"
        yield ("group", 4) if family else (body, 3 if own else min(size, 2))
    if size == 1 and view.words[m.head].isupper() and 1 < len(view.words[m.head]) < 7:
        yield "organization", 1


def _press_votes(view: View, m: Mention, lex: Lexicon) -> Iterator[Vote]:
    """The names of papers, stations and sites: 'Bergen Herald', 'Interfax', but no Ann Post."""
    size, first, last = m.last - m.first, view.lower[m.first], view.lower[m.last - 1]
    if size == 2 and m.kind == "person" and last in lex.mastheads_called and first not in lex.places:
        return
    if size == 1 and first in lex.outlets and view.words[m.first] not in view.surnames:
        yield "organization", 4
    elif last in lex.mastheads and size > (2 if first in lex.first_names else 1):
        yield "organization", 3


def _trade_votes(view: View, m: Mention, lex: Lexicon) -> Iterator[Vote]:
    """Shares and investors, which only firms have, and the networks that are no persons."""
    owned = view.deps[m.head] == "poss" and view.heads[m.head] >= m.last
    if is_traded(view, m) or (m.last - m.first == 1 and view.lower[m.first] in lex.platforms):
        yield "organization", 3
    elif owned and view.lower[view.heads[m.head]] in lex.investors:
        yield "organization", 2  # 'Kelmar Precision’s founder'


def _beside(view: View, m: Mention) -> Iterator[int]:
    """The heads of what is put beside a name, before it or after it."""
    if view.deps[m.head] == "appos":
        yield view.heads[m.head]
    for k in view.children(m.head):
        if view.deps[k] == "appos":
            yield k


def pronouns_after(view: View, mentions: Sequence[Mention]) -> Iterator[tuple[Mention, Mention, str, float]]:
    """Names with the pronoun that follows them before anybody else is named, its sign and its weight.

    A pronoun counts in the sentence of the name and in the next, more after a subject; 'its' ('n') only
    beside the subject of its clause.
    """
    name: Mention | None = None
    for m in mentions:
        if view.quoted[m.head] >= 0:
            continue
        if m.form == "name":
            name = _latest(view, name, m)
        elif m.form == "nominal":
            name = None if m.kind == "person" else name
        elif name is not None and m.sign in ("m", "f"):
            near = view.sents[m.head] - view.sents[name.head] <= 1
            if near and view.deps[m.head] in ("nsubj", "poss", "") and not is_thought_of(view, m):
                own = view.deps[m.head] == "poss" and _own_clause(view, name, m)
                weight = 2.0 if own else 1.0 if view.deps[name.head] == "nsubj" else 0.4
                yield name, m, m.sign, weight * (_OTHERWISE if _is_otherwise(view, name, m) else 1.0)
            name = None
        elif (
            name is not None
            and m.noun == "its"
            and name.kind in ("", "person")
            and _own_clause(view, name, m)
        ):
            yield name, m, "n", 1.5


def _is_otherwise(view: View, name: Mention, m: Mention) -> bool:
    """Whether a first name is one of the other gender: 'Emil pulled at | her | coat'."""
    if name.last - name.start == 1 and view.words[name.start] in view.surnames:
        return False  # 'Cyril' is Malkia Cyril
    told = lexicon().first_names.get(view.lower[name.start], "")
    return told not in ("", m.sign)


def _is_seat(view: View, m: Mention) -> bool:
    """Whether a name is where somebody holds a post: 'the mayor of Lindau', whatever its label."""
    return m.first > 1 and view.lower[m.first - 1] == "of" and view.lower[m.first - 2] in lexicon().seated


def _own_clause(view: View, name: Mention, m: Mention) -> bool:
    """Whether a name is a subject of the sentence that a pronoun stands in."""
    return view.sents[m.head] == view.sents[name.head] and view.deps[name.head] == "nsubj"


def _latest(view: View, before: Mention | None, m: Mention) -> Mention | None:
    """The name that a pronoun would mean now; ``None`` where a second person leaves that open."""
    if (not m.kind and view.is_placed(m.head)) or _is_seat(view, m):
        return before  # 'met her at Bath'
    if before is None or view.sents[before.head] != view.sents[m.head] or view.deps[m.head] == "nsubj":
        return m
    return before if m.kind in ("place", "organization", "work") else None
