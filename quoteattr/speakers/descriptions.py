"""Descriptions: whom 'the director', 'the Chinese president' or 'the 44-year-old' name again."""

from __future__ import annotations

from collections.abc import Collection, Sequence, Set

from attrs import frozen

from quoteattr.speakers.entities import Entity, Inventory, agree
from quoteattr.speakers.lexicon import lexicon
from quoteattr.speakers.mentions import Mention
from quoteattr.speakers.pronouns import Choice
from quoteattr.speakers.roles import Role, domain_at, role_words
from quoteattr.speakers.view import View

__all__ = [
    "DEPUTIES",
    "choose_described",
    "contradicts",
    "is_definite",
    "is_of_new_body",
]

# A description is as good as a role that shares its noun; what else it says adds or takes away.
_SAME_NOUN, _WIDER_NOUN, _WORD = 3.0, 2.0, 1.2
_HONORIFIC = 2.4
_OTHER_NATION, _NO_NATION, _NEAR_NATION, _FAR = -2.5, -2.0, 0.7, -0.08
_DEPUTY = -2.0  # 'the head' is no deputy head
_OTHER_PARTY = -1.5  # 'the Fine Gael leader' is not the leader of Sinn Féin
_ANOTHER = -2.0  # 'the mayor of Hull' is not the mayor of Leeds
_FORMER = -2.0  # 'the former mayor' is not the mayor
_COMING = -3.0  # and 'the next mayor' even less
DEPUTIES = frozenset({"deputy", "vice", "assistant", "associate"})
_ONES = frozenset({"his", "her", "my"})
_COMPLEMENT = 7  # tokens of what an office is of
_SHORT = 3  # letters of a word too short to be a country
_OPPOSITE = 0.7  # share of the one counterpart of somebody from elsewhere
_OTHER_GENDER = -1.0  # 'The president said she …', who may be somebody else
_ENOUGH = 1.5
_MENTIONS = 20  # of one name that are looked at for a nation beside
_NEAR = 10  # tokens


@frozen
class _Description:
    """What a description tells.

    Attributes:
        noun: its head noun.
        letters: the same where it is the initials of a post ('cfo'), or ''.
        wider: the roles that the noun may name again.
        words: its other words.
        nations: the countries among them, word by word.
        proper: its other words in capitals ('fine', 'gael').
        foreign: adjectives of countries that no table knows ('kestovian').
        ages: an age, for 'the 44-year-old'.
        between: two ages, for 'the octogenarian'.
        domain: what the office is of ('the mayor of Hull').
        of_kin: whether it is somebody's relative ('my father').
        of_one: whether it is one person's ('his lawyer').
    """

    noun: str
    letters: str
    wider: frozenset[str]
    words: frozenset[str]
    nations: frozenset[str]
    proper: frozenset[str]
    foreign: frozenset[str]
    ages: frozenset[str]
    between: Sequence[int]
    domain: frozenset[str]
    of_kin: bool
    of_one: bool

    @classmethod
    def of(cls, view: View, m: Mention) -> _Description:
        """The description at a mention."""
        lex = lexicon()
        words = role_words(view, m.first, m.last)
        ages = frozenset(w for w in view.words[m.first : m.last] if w.isdigit() and m.noun == "year-old")
        between = lex.ages.get(m.noun, ())
        # 'My lady' says more than 'the lady'.
        phrase = view.slice(m.first, m.last).casefold()
        wider = lex.hypernyms.get(phrase) or lex.hypernyms.get(m.noun, frozenset())
        foreign = _foreign(view.words[m.first : m.head])
        proper = _proper(view.words[m.first + 1 : m.head])
        noun = lex.titles.get(m.noun, m.noun)
        noun = m.noun if " " in noun else noun  # 'the garda' is an officer
        letters = view.lower[m.head] if view.words[m.head].isupper() and m.head > m.first else ""
        return cls(
            noun,
            letters,
            wider,
            words - {noun},
            words & lex.countries,
            proper,
            foreign,
            ages,
            between,
            domain_at(view, m.last, m.last + _COMPLEMENT),
            m.noun in lex.bonds and any(view.tags[k] in ("PRP$", "POS") for k in range(m.first, m.head)),
            view.lower[m.first] in _ONES,
        )

    def is_of_others(self, role: Role) -> bool:
        """Whether it and a role both name a party, club or body, and not the same."""
        theirs = _proper(role.text.split()) if self.proper else frozenset()
        return bool(theirs) and theirs.isdisjoint(self.proper)

    def contradicts(self, role: Role) -> bool:
        """Whether it and a role both name a country, and not the same."""
        if not self.nations:
            return False
        nations = role.words & lexicon().countries
        return nations.isdisjoint(self.nations) if nations else bool(_foreign(role.text.split()))

    def is_of_another(self, role: Role) -> bool:
        """Whether it and a role both tell what the office is of, and not the same: 'the mayor of Hull'.

        'His lawyer' is none of those who are counsel to an inquiry.
        """
        other = self.of_one or not self.is_open
        return bool(role.domain) and other and self.domain.isdisjoint(role.words)

    @property
    def is_open(self) -> bool:
        """Whether nothing tells what the office is of, or 'the union' alone does, which may be any."""
        lex = lexicon()
        return self.domain <= lex.organizations - lex.sides

    def is_short_for(self, role: Role) -> bool:
        """Whether it is the initials of a role: 'the CFO' of the chief fire officer."""
        return len(self.letters) > 2 and self.letters == "".join(
            word[0] for word in role.text.lower().split()
        )

    def is_from(self, role: Role) -> bool:
        """Whether a role names the country that an adjective is of: 'Kestovia’s president'."""
        return any(one.startswith(word) for one in self.foreign for word in role.words if len(word) > _SHORT)

    def is_opposite(self, role: Role) -> bool:
        """Whether it is a predecessor, or the counterpart from the country that it names."""
        if "predecessor" in role.nouns:
            return "former" in self.words
        return "counterpart" in role.nouns and bool(
            (self.nations | self.proper) & role.words or self.is_from(role)
        )

    def is_of_opposition(self, role: Role) -> bool:
        """Whether it is one of the opposition, which a role does not tell."""
        return "opposition" in self.words and "opposition" not in role.words

    def is_aged(self, entity: Entity) -> bool:
        """Whether an age given of somebody is the one that it tells."""
        if self.between:
            low, high = self.between
            return any(low <= int(age) <= high for age in entity.ages)
        return bool(entity.ages & self.ages)


def _foreign(words: Sequence[str]) -> frozenset[str]:
    """The adjectives of countries that no table knows, in lower case: 'Velmorian'."""
    lex = lexicon()
    loud = (word.lower() for word in words if word.istitle())
    return frozenset(word for word in loud if word.endswith(lex.demonyms) and word not in lex.nations)


def _proper(words: Sequence[str]) -> frozenset[str]:
    """The words in capitals that are no part of a title and of no country."""
    lex = lexicon()
    loud = {word.lower() for word in words if word[:1].isupper()}
    return frozenset(
        word
        for word in loud
        if word not in lex.nations and word not in lex.modifiers and lex.person_noun(word) is None
    )


def is_definite(view: View, m: Mention) -> bool:
    """Whether a noun phrase names somebody that the reader knows: 'the mayor', 'Kenya’s mayor'."""
    lex = lexicon()
    words = view.lower[m.first : m.head]
    if any(w in lex.indefinite for w in words):
        return False
    if any(w in lex.definite or w in ("'s", "’s") for w in words):
        return True
    return view.words[m.head][:1].isupper() and view.tags[m.head] in ("NNP", "NNPS")


def choose_described(inventory: Inventory, index: int, ahead: bool = False) -> Choice | None:
    """The person whose roles fit the description at ``inventory.mentions[index]``, or ``None``.

    Args:
        inventory: the document.
        index: number of the mention.
        ahead: look at those named after it instead of before, as for a headline.
    """
    view, m = inventory.view, inventory.mentions[index]
    told = _Description.of(view, m)
    gender, likely = lexicon().person_noun(m.noun) or "", _gender_told(view, m)
    if is_of_new_body(inventory, m):
        return None
    latest = inventory.following(index) if ahead else inventory.latest(index)
    for owner in _owners(inventory, m) if m.noun not in lexicon().courtesies else ():
        latest.pop(owner.entity, None)  # 'her daughter', who is a daughter herself
    scored: list[tuple[float, int, int]] = []
    for number, place in latest.items():
        entity = inventory.entities[number]
        score = _fit(entity, told)
        if score <= 0 or not agree(entity.gender, gender):
            continue
        score += _OTHER_GENDER * (not agree(entity.gender, likely))
        score += _FAR * abs(view.sents[m.head] - view.sents[inventory.mentions[place].head])
        if told.nations and not _of_elsewhere(entity, told.nations):
            score += _NEAR_NATION * _beside(inventory, number, told.nations)
        scored.append((score, place, number))
    scored.sort(reverse=True)
    if not scored or scored[0][0] < _ENOUGH:
        return _counterpart(inventory, latest, told)
    margin = scored[0][0] - (scored[1][0] if len(scored) > 1 else 0.0)
    share = 0.5 + 0.5 * min(margin, 2.0) / 2.0
    return Choice(scored[0][2], share, (("role fits", round(scored[0][0], 2)),))


def _gender_told(view: View, m: Mention) -> str:
    """The gender by which who reports may speak of themself: 'The president said | she | was pleased'."""
    clauses = (c for c in view.children(view.heads[m.head]) if view.deps[c] == "ccomp")
    subjects = (k for c in clauses for k in view.children(c) if view.deps[k] == "nsubj")
    signs = (lexicon().pronouns.get(view.lower[k], "") for k in subjects if view.deps[m.head] == "nsubj")
    return next((sign for sign in signs if sign in ("m", "f")), "")


def is_of_new_body(inventory: Inventory, m: Mention) -> bool:
    """Whether a body is first named where a post in it is told: 'Pemberton’s chief executive'."""
    if m.noun in lexicon().kin:
        return False
    return any(_is_new(inventory, owner) for owner in _owners(inventory, m))


def _owners(inventory: Inventory, m: Mention) -> list[Mention]:
    """Whose the one is whom a description means: 'Pemberton | ’s chief executive'."""
    return [x for x in inventory.at(m.first, m.head) if inventory.view.deps[x.head] == "poss"]


def _is_new(inventory: Inventory, owner: Mention) -> bool:
    if owner.form != "name" or owner.entity < 0:
        return owner.form == "name"
    if inventory.entities[owner.entity].kind == "place":
        return False
    return inventory.names_of(owner.entity)[:1] == [owner]


def _counterpart(inventory: Inventory, latest: Collection[int], told: _Description) -> Choice | None:
    """'The Armenian minister', where a Georgian one has met 'his counterpart, X': X, if it is one."""
    if not (told.nations or told.foreign):
        return None
    countries = lexicon().countries
    known = [inventory.entities[number] for number in latest]
    posts = (role for entity in known for role in entity.roles if told.noun in role.nouns)
    found = {
        entity.number
        for entity in known
        for role in entity.roles
        if "counterpart" in role.nouns and countries.isdisjoint(role.words)
    }
    if len(found) != 1 or not any(told.contradicts(role) for role in posts):
        return None
    return Choice(found.pop(), _OPPOSITE, (("counterpart", 1.0),))


def contradicts(view: View, m: Mention, role: Role) -> bool:
    """Whether a description tells a country or a field of office that is not that of a role."""
    told = _Description.of(view, m)
    if told.of_kin and role.text.casefold() in lexicon().familiar:
        return True
    if told.proper and told.proper.isdisjoint(role.words) and told.noun in lexicon().political:
        return True  # 'the SNP councillor' is no councillor of another party
    another = not told.is_open and role.words > role.nouns and told.domain.isdisjoint(role.words)
    return another or told.contradicts(role)


def _fit(entity: Entity, told: _Description) -> float:
    """How well the roles of one entity fit a description; nothing where none does."""
    if told.ages:
        return _SAME_NOUN if told.is_aged(entity) else 0.0
    best = _SAME_NOUN if told.is_aged(entity) else 0.0
    if any(name.honorific in told.wider for name in entity.names if name.honorific):
        best = max(best, _HONORIFIC)  # 'the vicar' of the Rev. Peter Lee
    for role in entity.roles:
        if told.of_kin and role.text.casefold() in lexicon().familiar:
            continue  # 'my father' is not Father Brown
        if told.noun in role.nouns or told.is_short_for(role):
            score = _SAME_NOUN + _OTHER_PARTY * told.is_of_others(role)
        elif told.is_of_opposition(role):
            continue
        elif told.wider & role.nouns or told.noun in role.words or told.is_opposite(role):
            score = _WIDER_NOUN + _OTHER_PARTY * told.is_of_others(role)
        else:
            continue
        score += _WORD * len(told.words & role.words)
        score += _DEPUTY * bool(DEPUTIES & role.words) * DEPUTIES.isdisjoint(told.words)
        score += _ANOTHER * told.is_of_another(role)
        score += _FORMER * ("former" in told.words) * lexicon().past.isdisjoint(role.words)
        score += _COMING * bool(told.words & lexicon().coming) * lexicon().coming.isdisjoint(role.words)
        nations = role.words & lexicon().countries
        if (told.nations or told.foreign) and not (told.nations & nations or told.is_from(role)):
            score += _OTHER_NATION if nations or told.contradicts(role) else _NO_NATION
        best = max(best, score)
    return best


def _of_elsewhere(entity: Entity, nations: Set[str]) -> bool:
    """Whether all roles with a country or state have another one: a Florida Sen. is no Vermont senator."""
    told = {word for role in entity.roles for word in role.words} & lexicon().countries
    return bool(told) and told.isdisjoint(nations)


def _beside(inventory: Inventory, number: int, nations: frozenset[str]) -> int:
    """At how many mentions by name (at most three) the nearest nation is one of the description."""
    if not nations:
        return 0
    view, table = inventory.view, lexicon().nations
    count = 0
    for m in inventory.names_of(number)[:_MENTIONS]:
        low, high = max(0, m.first - _NEAR), min(len(view), m.last + _NEAR)
        told = [(abs(k - m.head), table[view.lower[k]]) for k in range(low, high) if view.lower[k] in table]
        count += bool(told) and not nations.isdisjoint(min(told)[1].split())
    return min(count, 3)
