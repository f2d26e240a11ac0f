"""Entities and their inventory: all that can speak, what the text tells of them, and where it names them."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Sequence

from attrs import define, field

from quoteattr.objects import SpeakerKind
from quoteattr.speakers.lexicon import lexicon
from quoteattr.speakers.mentions import Mention
from quoteattr.speakers.names import PersonName, fold
from quoteattr.speakers.roles import Role
from quoteattr.speakers.view import View

__all__ = ["Entity", "Inventory", "Votes", "agree"]

_REACH = 150  # mentions that are looked back on, or ahead
_OFTEN_THEY = 2  # times that 'they' was one person's


class Votes(dict[str, float]):
    """A count of votes that knows its winner: the first to reach the largest weight.

    >>> votes = Votes()
    >>> votes["person"] += 2
    >>> votes["place"] += 1
    >>> votes.winner, votes["group"], len(votes)
    ('person', 0.0, 2)
    """

    def __init__(self) -> None:
        super().__init__()
        self.winner = ""
        self._most = 0.0

    def __missing__(self, key: str) -> float:
        return 0.0

    def __setitem__(self, key: str, weight: float) -> None:
        super().__setitem__(key, weight)
        if weight > self._most:
            self.winner, self._most = key, weight


@define(eq=False)
class Entity:
    """Somebody or something that can speak.

    Attributes:
        number: its number in the document.
        forms: each form of its name with its count, in order of appearance.
        names: the same, taken apart.
        kinds: votes for what it is.
        genders: votes for 'm', 'f', 'n' and 'p'.
        roles: what the text says it is.
        ages: ages given ('44').
        pronouns: pronouns that were resolved to it, in order.
        noun: for one without a name, the noun that names it ('spokesman').
        nouns: for a body with a name, the nouns put beside it ('operator').
        affiliation: the body that a spokesperson speaks for.
        theirs: how often 'they' was resolved to it, where that tells that one person is called so.
        outside: number of mentions by name outside the quotations.
        definite: for one without a name, whether the text speaks of it as known ('the parson').
    """

    number: int
    forms: Counter[str] = field(factory=Counter)
    names: list[PersonName] = field(factory=list)
    kinds: Votes = field(factory=Votes)
    genders: Votes = field(factory=Votes)
    roles: list[Role] = field(factory=list)
    ages: set[str] = field(factory=set)
    pronouns: list[str] = field(factory=list)
    noun: str = ""
    nouns: set[str] = field(factory=set)
    affiliation: str | None = None
    theirs: int = 0
    outside: int = 0
    definite: bool = False

    def learn(self, role: Role) -> None:
        """Keeps a role that tells more than each of those known."""
        if all(not role.words <= other.words for other in self.roles):
            self.roles.append(role)

    @property
    def credible(self) -> bool:
        """Whether this may speak at all: a person by some evidence, or named by the narrator."""
        if self.kind == "person":
            return True
        return self.kind == "unknown" and (self.outside > 0 or not self.forms)

    @property
    def kind(self) -> SpeakerKind:
        """The kind with most votes."""
        return self.kinds.winner or "unknown"  # type: ignore[return-value]

    @property
    def gender(self) -> str:
        """'m' or 'f' where the votes are clear, '' otherwise."""
        m, f = self.genders["m"], self.genders["f"]
        if m > 1.5 * f:
            return "m"
        return "f" if f > 1.5 * m else ""

    @property
    def is_they(self) -> bool:
        """Whether the text calls a person 'they', as often as shows that it means one."""
        return self.theirs >= _OFTEN_THEY and not self.gender and self.kind == "person"

    @property
    def name(self) -> str | None:
        """The fullest form; ``None`` for one without a name."""
        if not self.forms:
            return None
        fullest = max(self.forms, key=lambda form: _fullness(form, self.forms[form], self.kind == "person"))
        honorific, _, bare = fullest.partition(" ")
        if self.roles and bare in self.forms and fold(honorific) in lexicon().openers:
            return bare  # 'President Obama', then 'Mr. Obama': the office tells more than the honorific
        if not fullest.isupper() or self.kind != "person":
            return fullest
        # A label in capitals is no better than the name as the talk gives it: 'GRAHAM', 'Graham'.
        plain = (form for form in self.forms if form.casefold() == fullest.casefold() and not form.isupper())
        return next(plain, fullest)

    @property
    def description(self) -> str | None:
        """The first role that says more than a bare title, or else the first.

        'rival' alone says nothing, 'a man with a beard' only where nothing else is told.
        """
        lex = lexicon()
        told = [r for r in self.roles if not r.words <= lex.vague]
        better = [r for r in told if not r.nouns or not r.nouns <= lex.generic]
        whole = [r for r in better if not lex.ranks.keys() & r.words]  # no 'former AG'
        telling = [r.text for r in whole or better or told]
        return next((text for text in telling if " " in text), telling[0] if telling else None)


def _fullness(form: str, count: int, person: bool) -> tuple[bool, bool, int, int, bool, bool, int]:
    """Ranks forms of a name: several words, no capitals, most words, no short form, known, often used."""
    lex = lexicon()
    words = [fold(w) for w in form.replace("-", " ").split() if w[:1].isalpha()]
    bare = [w for w in words if w not in lex.honorifics]
    loud = form.isupper() and len(bare) > 1
    short = bool(bare) and bare[0] in lex.nicknames
    known = bool(words) and (
        words[0] in lex.first_names or words[0] in lex.familiar or words[0] in lex.honorifics
    )
    size = sum(len(w) > 1 for w in bare)
    return (person and size > 1, not loud, size, len(words), not short, known, count)


def agree(one: str, other: str) -> bool:
    """Whether two genders, '' for one that is not known, can be one person's."""
    return not one or not other or one == other


@define
class Inventory:
    """The entities of a document and the mentions in order.

    Attributes:
        view: the document.
        mentions: every mention in order of its head.
        entities: every entity, by number.
    """

    view: View
    mentions: list[Mention]
    entities: list[Entity] = field(factory=list)
    _named: dict[int, list[Mention]] | None = field(default=None, repr=False)
    _groups: dict[frozenset[int], int] = field(factory=dict, repr=False)
    _merged: dict[int, int] = field(factory=dict, repr=False)

    def new(self) -> Entity:
        """A fresh entity."""
        entity = Entity(len(self.entities))
        self.entities.append(entity)
        return entity

    def merge(self, gone: int, kept: int) -> None:
        """Makes two entities one: what is told of ``gone`` is told of ``kept``. `settle` ends a batch."""
        gone, kept = self.owner(gone), self.owner(kept)
        if gone == kept:
            return
        old, new = self.entities[gone], self.entities[kept]
        new.forms.update(old.forms)
        new.names.extend(name for name in old.names if name not in new.names)
        for votes, more in ((new.kinds, old.kinds), (new.genders, old.genders)):
            for sign, weight in more.items():
                votes[sign] += weight
        new.roles.extend(role for role in old.roles if role not in new.roles)
        new.ages |= old.ages
        new.nouns |= old.nouns
        new.pronouns.extend(p for p in old.pronouns if p not in new.pronouns)
        new.affiliation = new.affiliation or old.affiliation
        new.outside += old.outside
        self._merged[gone] = kept

    def settle(self) -> None:
        """Points every mention at the entity that its owner became, after a batch of mergers."""
        if self._merged:
            for m in self.mentions:
                m.entity = self.owner(m.entity)

    def owner(self, number: int) -> int:
        """The number under which an entity is known after all mergers."""
        while number in self._merged:
            number = self._merged[number]
        return number

    def is_credible(self, m: Mention) -> bool:
        """Whether whom a mention means is known and may speak at all."""
        return m.entity >= 0 and self.entities[m.entity].credible

    def at(self, first: int, last: int) -> list[Mention]:
        """The mentions whose heads are among the tokens ``first`` to ``last`` (exclusive)."""
        begin = bisect_left(self.mentions, first, key=lambda m: m.head)
        end = bisect_left(self.mentions, last, lo=begin, key=lambda m: m.head)
        return self.mentions[begin:end]

    def latest(self, index: int) -> dict[int, int]:
        """Those mentioned before a mention, each with the place of the latest mention."""
        latest: dict[int, int] = {}
        for k in range(index - 1, max(-1, index - _REACH), -1):
            number = self.mentions[k].entity
            if number >= 0:
                latest.setdefault(number, k)
        return latest

    def following(self, index: int) -> dict[int, int]:
        """Those who are named after a mention, each with the place of the first."""
        first: dict[int, int] = {}
        for k in range(index + 1, min(len(self.mentions), index + _REACH)):
            if self.mentions[k].form == "name" and self.mentions[k].entity >= 0:
                first.setdefault(self.mentions[k].entity, k)
        return first

    def together(self, numbers: Sequence[int]) -> int:
        """The number of the group that several entities form, the same for the same members."""
        members = frozenset(numbers)
        if members not in self._groups:
            group = self.new()
            group.kinds["group"] += 1
            self._groups[members] = group.number
        return self._groups[members]

    def names_of(self, number: int) -> list[Mention]:
        """The mentions of an entity by name, in order."""
        if self._named is None:
            self._named = defaultdict(list)
            for m in self.mentions:
                if m.form == "name":
                    self._named[m.entity].append(m)
        return self._named.get(number, [])
