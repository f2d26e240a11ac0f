"""Descriptions that name again who was just named: 'the boy', 'the former minister', 'the plumber'."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from quoteattr.speakers.entities import Inventory
from quoteattr.speakers.lexicon import FIELD, lexicon
from quoteattr.speakers.mentions import Mention
from quoteattr.speakers.nameless import Nameless
from quoteattr.speakers.nominals import is_known
from quoteattr.speakers.pronouns import Choice, Talk, choose

__all__ = ["Renaming"]

_LEAST_SHARE = 0.6  # 'the boy' needs more than a pronoun
_FOLLOWED = frozenset({"IN", "WP", "WDT", "VBG"})  # tags of words that tell who is meant
_ANYBODY = frozenset({"person"})  # by which stories mean those who will not be named
_PLURALS = ("ese", "ish", "ch", "ss")  # 'the French' may be several, 'the Dane' is one
_SEVERAL = frozenset({"one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"})
_NEAR = 60  # tokens of the paragraph before a description in which whom it means is named


class Renaming:
    """Whom a description means that tells nothing by which to find them.

    Args:
        inventory: the document.
        nameless: those without a name so far; whoever was called so before is no other's new name.
        labels: whose name and a colon open a paragraph, by paragraph.
    """

    def __init__(self, inventory: Inventory, nameless: Nameless, labels: Mapping[int, int]) -> None:
        self.inventory = inventory
        self.view = inventory.view
        self.nameless = nameless
        self.labels = labels
        self.trades: dict[int, str] = {}  # by which somebody was named again

    def again(self, k: int, m: Mention, talk: Talk, wanted: bool) -> Choice | None:
        """The one with a name whom a definite description means, if nobody without one was called so.

        Args:
            k: the number of the mention.
            m: the mention.
            talk: who has spoken.
            wanted: whether it is a source or a listener.
        """
        view, lex = self.view, lexicon()
        if view.lower[m.first] not in ("the", "this") or m.first == m.head or view.quoted[m.head] >= 0:
            return None
        parent = self._parent_of_several(m)
        partisan = " ".join(view.lower[m.first + 1 : m.last]) in lex.partisans
        partisan = partisan or m.noun in lex.political or m.noun in lex.partisans
        # 'the 44-year-old from Leeds' may be known, 'the nurse from Leeds' is met.
        placed = m.noun == "year-old" and view.lower[m.last : m.last + 1] == ["from"]
        followed = not (parent or placed or _FOLLOWED.isdisjoint(view.tags[m.last : m.last + 1]))
        if self.nameless.knows(m) or followed:
            return None
        generic = m.noun in lex.generic and m.noun not in _ANYBODY
        if generic or m.noun == "year-old" or self._tells_more(m):
            # In a talk 'the old woman' answers whoever spoke before.
            last, spoken, direct = talk.speakers[-1] if talk.speakers else (-1, -1, False)
            turns = generic and direct and talk.direct and view.paras[m.head] - spoken == 1
            choice = self._meant(k, talk, {last} if turns else ())
            # Whose age is known is of another one, or a role would have told.
            aged = choice is not None and m.noun == "year-old" and self.inventory.entities[choice.entity].ages
            return None if aged else choice
        if parent or (wanted and (partisan or lex.is_calling(m.noun))):
            return self._by_trade(k, talk, all_fit=bool(parent or partisan))
        return None

    def _by_trade(self, k: int, talk: Talk, all_fit: bool) -> Choice | None:
        """Whom 'the plumber' means: the likeliest of those who can be one, named near."""
        m, barred = self.inventory.mentions[k], set[int]()
        choice = self._meant(k, talk)
        while choice is not None and not (all_fit or self._plain(choice.entity, m)):
            barred.add(choice.entity)
            choice = self._meant(k, talk, barred)
        if choice is None:
            return None
        if not (self._named_here(choice.entity, m) or self._spoke_last(choice.entity, m, talk)):
            return None
        self.trades.setdefault(choice.entity, m.noun)
        return choice

    def one_of_a_people(self, k: int, m: Mention, talk: Talk) -> Choice | None:
        """The one whom 'the Dane' or 'the Portuguese' means, who speaks by their nation.

        Beside indirect speech a word that can be a plural is one, and who is meant is named in the paragraph.
        """
        view = self.view
        several = m.noun.endswith(_PLURALS)
        bare = m.last - m.first == len(m.noun.split(" "))
        alone = m.form == "nominal" and bare and not view.words[m.head].endswith("s")
        if not alone or not is_known(view, m.first) or view.quoted[m.head] >= 0:
            return None
        if several and not talk.direct:
            return None
        sign, m.sign = m.sign, ""
        choice = self._meant(k, talk)
        if choice is not None and not talk.direct and not self._named_here(choice.entity, m):
            choice = None
        if choice is None and several:
            m.sign = sign
        elif choice is None:
            m.kind = "person"
        return choice

    def _meant(self, k: int, talk: Talk, barred: Collection[int] = ()) -> Choice | None:
        """The person with a name who is likely meant by words that say no more than a pronoun."""
        choice = choose(self.inventory, k, talk, barred)
        if choice is None or choice.share < _LEAST_SHARE:
            return None
        return choice if self.inventory.entities[choice.entity].forms else None

    def _tells_more(self, m: Mention) -> bool:
        """Whether it is said of somebody just named: 'the former minister', 'the 44-year-old nurse'."""
        before = self.view.lower[m.first : m.head]
        return not lexicon().retelling.isdisjoint(before) or "year" in before

    def _parent_of_several(self, m: Mention) -> bool:
        """'the father of two', 'the mum-of-three'."""
        after = [word for word in self.view.lower[m.last : m.last + 4] if word != "-"]
        return m.noun in lexicon().bonds and after[:1] == ["of"] and not _SEVERAL.isdisjoint(after[1:2])

    def _plain(self, number: int, m: Mention) -> bool:
        """Whether somebody has no other trade: only kin and posts are told; in a transcript not oneself."""
        lex = lexicon()
        said = lex.kin | lex.vague | lex.generic | lex.bonds.keys() | lex.offices
        learned = lex.hypernyms["expert"]
        if m.noun in learned or m.noun.endswith(FIELD[1:]):
            said |= learned  # 'the ecologist' may be a professor
        said |= lex.hypernyms.get(m.noun, frozenset())
        if self.trades.get(number, m.noun) not in said | {m.noun}:
            return False
        own = self.labels.get(self.view.paras[m.head], -1)
        nouns = (noun for role in self.inventory.entities[number].roles for noun in role.nouns)
        return number != own and all(n in said or (FIELD in said and n.endswith(FIELD[1:])) for n in nouns)

    def _spoke_last(self, number: int, m: Mention, talk: Talk) -> bool:
        """Whether it was somebody, by name, who spoke last, in the paragraph before."""
        if not talk.direct or not talk.speakers or talk.speakers[-1].who != number:
            return False
        return self.view.paras[m.head] - talk.speakers[-1].para == 1

    def _named_here(self, number: int, m: Mention) -> bool:
        """Whether somebody is named before a mention in its paragraph."""
        paras, before = self.view.paras, self.inventory.at(max(0, m.first - _NEAR), m.first)
        return any(x.form == "name" and x.entity == number and paras[x.head] == paras[m.head] for x in before)
