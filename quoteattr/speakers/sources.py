"""Sources: which mention carries the noun phrase that an attribution names as its source or addressee."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from attrs import define, field

from quoteattr.objects import MentionKind
from quoteattr.records import Attribution, Range
from quoteattr.speakers.coordination import coordinated, holder_of_both
from quoteattr.speakers.entities import Inventory
from quoteattr.speakers.lexicon import lexicon
from quoteattr.speakers.mentions import Mention
from quoteattr.speakers.rolespans import DASHES
from quoteattr.speakers.view import View

__all__ = ["Source", "anchor", "is_of_voice", "locate", "sole_names", "speaking_nouns"]

_ANY = frozenset({"a", "an", "one"})
_NAMED = frozenset({"named", "called"})
_POSTS = frozenset({"NNP", "NNPS", ",", "CC"})
_RELATIVE = frozenset({"WP", "WP$", "WDT"})
_ODD = frozenset({"RB", "JJ", "MD", "IN", "UH", "VB", "VBD", "VBN", "VBP", "VBZ", "FW"})  # tags of no noun
_DATELINE = 8  # tokens of a dateline or a label
_CITED = 4  # tokens from a bracket to the colon before a page
_AGED = 6  # tokens of '11-year-old'
_PLACED = frozenset({"in", "at", "outside", "inside", "near", "on", "after", "before", "during"})
_HANGING = frozenset({"poss", "compound", "pobj", "amod", "nmod", "npadvmod"})


@define
class Source:
    """A source or an addressee while it is resolved.

    Attributes:
        span: its characters.
        first, last: its tokens, end exclusive.
        mention: number of the mention that carries it, or -1.
        members: numbers of the mentions of 'Smith and Jones', empty for one.
        entity: who it is, -1 while it is open.
        kind: how it names the speaker.
        certainty: how sure that is.
        evidence: what decided.
        scores: for a pronoun, the score of each candidate.
    """

    span: Range
    first: int
    last: int
    mention: int = -1
    members: list[int] = field(factory=list)
    entity: int = -1
    kind: MentionKind = "nominal"
    certainty: float = 0.95
    evidence: tuple[tuple[str, float], ...] = ()
    scores: dict[int, float] = field(factory=dict)


def locate(view: View, span: Range | None) -> Source | None:
    """The tokens of a source; ``None`` without one."""
    if span is None:
        return None
    first, last = view.tokens(*span)
    # 'OSLO: Mayor Ida Holm', 'OSLO, Norway — Mayor Ida Holm': the dateline speaks for nobody.
    loud = first < last and len(view.words[first]) > 1 and view.words[first].isupper()
    opening = range(first, min(last - 1, first + _DATELINE))
    colon = next((k for k in opening if _ends_dateline(view, k, loud)), first - 1)
    first, last = colon + 1, max(last, colon + 1)
    if first < last and view.lower[first] in _PLACED:
        # 'Outside court, a neighbour': where it was said does not speak.
        first = next((k + 1 for k in range(first, last - 1) if view.words[k] == ","), first)
    return Source(span, first, last)


def _ends_dateline(view: View, k: int, loud: bool) -> bool:
    if view.quoted[k] >= 0:
        return False  # 'author of “The Fixers: Ann Lee and her Friends”'
    if view.words[k] == ":":
        return "(" not in view.words[max(0, k - _CITED) : k]  # 'Lee (2015: 12)'
    return loud and view.words[k] in DASHES and not view.glued(k - 1)


def speaking_nouns(
    view: View, attributions: Sequence[Attribution], sources: Sequence[Source | None]
) -> frozenset[str]:
    """The nouns that no list holds and whose bearers speak: 'wolf' of 'said the wolf'."""
    lex = lexicon()
    nouns = set()
    for given, source in zip(attributions, sources, strict=True):
        if source is None or given.kind != "direct":
            continue
        for k in range(source.first, source.last):
            root = view.is_root(k, source.first, source.last)
            if root and view.tags[k] == "NN" and view.words[k].islower():
                nouns.add(view.lower[k])
    known = lex.organizations | lex.works | lex.groups | lex.partitives
    return frozenset(noun for noun in nouns - known if lex.person_noun(noun) is None)


def sole_names(
    view: View, attributions: Sequence[Attribution], sources: Sequence[Source | None]
) -> frozenset[int]:
    """The tokens whose capital alone tells who speaks, whatever their tag: '“I see,” said | Cecily |'."""
    lex, found = lexicon(), set[int]()
    for given, source in zip(attributions, sources, strict=True):
        if source is None or given.kind == "indirect" or source.last - source.first != 1:
            continue
        word, tag = view.lower[source.first], view.tags[source.first]
        if not view.words[source.first].istitle() or not word.isalpha():
            continue
        odd = tag in _ODD and word not in lex.pronouns and word not in lex.indefinite | lex.partitives
        if odd or (word in lex.first_names and word not in lex.persons):
            found.add(source.first)
    return frozenset(found)


def anchor(inventory: Inventory, source: Source) -> None:
    """Finds the mention that carries the source: its root, a name beside it, or what 'who' stands for."""
    view = inventory.view
    inside = inventory.at(source.first, source.last)
    words = [w for w in view.lower[source.first : source.last] if w[:1].isalnum()]
    if words and words[0] in ("who", "whom", "which", "that") and len(words) == 1:
        source.mention, source.kind = _antecedent(inventory, source.first), "pronoun"
        return
    if words and words[-1] in ("latter", "former") and len(words) <= 3:
        source.mention = _of_two(inventory, source.first, words[-1] == "latter")
        return
    if len(words) > 2 and words[1] == "of" and words[0] in lexicon().partitives:
        # 'one of them' is none of those who are named, but for a name put beside it.
        last = next((m for m in reversed(inside) if m.form == "name" and _ends(view, m, source.last)), None)
        if last is not None and view.words[_before_age(view, last.start)] == ",":
            source.mention = _place(inventory, last)
        return
    if inside and view.quoted[source.first] < 0:
        # 'Radio Nord's “Good Evening Jane”': a title is nobody.
        inside = [m for m in inside if view.quoted[m.head] < 0] or inside
    if not inside:
        return
    chosen = _root(view, source, inside)
    if chosen is None:
        return
    if _is_withheld(view, source, chosen):
        source.mention = _place(inventory, chosen)
        return
    chosen = _bearer(inventory, chosen, inside)
    if chosen.form == "nominal" and chosen.entity >= 0:
        # A name that shares the owner of the noun (an apposition) is the better anchor.
        chosen = next((m for m in inside if m.form == "name" and m.entity == chosen.entity), chosen)
    elif chosen.form == "nominal" and (chosen.kind == "person" or _is_one_of_a_people(view, chosen)):
        named = [m for m in inside if m.form == "name" and _beside(view, source, chosen, m)]
        people = (m for m in named if m.entity >= 0 and inventory.entities[m.entity].kind == "person")
        chosen = next(people, named[0] if named else chosen)
    chosen = holder_of_both(view, chosen, inside)
    source.mention = _place(inventory, chosen)
    members = coordinated(inventory, chosen, inside, source.first, source.last)
    source.members = [_place(inventory, m) for m in members]


def _is_one_of_a_people(view: View, m: Mention) -> bool:
    """Whether a word for a people can mean one of them: 'his fellow Texan, X'."""
    return m.kind == "group" and m.sign != "p" and view.words[m.head][0].isupper()


def is_of_voice(view: View, m: Mention) -> bool:
    """Whether a mention tells whose voice speaks: '| Ann Lee |’s voice'."""
    return view.deps[m.head] == "poss" and view.lower[view.heads[m.head]] in lexicon().voices


def _is_withheld(view: View, source: Source, noun: Mention) -> bool:
    """Whether a source has no name: 'a spokesman for the minister, Ann Lee, who declined to be named'."""
    any_one = noun.form == "nominal" and view.lower[noun.first] in _ANY
    return any_one and not lexicon().withheld.isdisjoint(view.lower[noun.last : source.last])


def _ends(view: View, m: Mention, last: int) -> bool:
    """Whether a name ends at a token, but for an age behind it: 'one of them, Mae Gabor, 11'."""
    behind = view.words[m.last : last]
    return not behind or (behind[0] == "," and len(behind) == 2 and behind[1].isdigit())


def _before_age(view: View, first: int) -> int:
    """The token before a name and an age that stands before it: 'one of them, 11-year-old | Mae | Gabor'."""
    k = first - 1
    while k > 0 and first - k < _AGED and (view.tags[k] == "CD" or view.lower[k] in ("-", "year", "old")):
        k -= 1
    return k


def _bearer(inventory: Inventory, chosen: Mention, inside: list[Mention]) -> Mention:
    """Whose role the chosen mention stands in: Lee for 'Bureau chemist Dr Lee'; or else itself."""
    for m in inside:
        if m.form != "name" or m.entity < 0 or m is chosen:
            continue
        roles = inventory.entities[m.entity].roles
        if any(role.first <= chosen.head < role.last <= m.first for role in roles):
            return m
        # 'For the buyer, Ash Homes, planner Jo Lee said': a phrase of its own, with its role.
        body = chosen.form == "name" and inventory.entities[chosen.entity].kind != "person"
        if (
            body
            and m is inside[-1]
            and any(_own_phrase(inventory.view, role.first, chosen, m) for role in roles)
        ):
            return m
    return chosen


def _own_phrase(view: View, start: int, before: Mention, m: Mention) -> bool:
    """Whether a role that begins at ``start`` stands after a comma, between a mention and its own name."""
    return before.last <= start - 1 and start < m.first and view.words[start - 1] == ","


def _root(view: View, source: Source, inside: list[Mention]) -> Mention | None:
    """The mention at the root of the phrase; without a tree the first that no preposition governs.

    ``None`` where the root is a noun that names nobody ('Galois’ work'): what hangs on it does not speak, but
    for a name put beside it ('Lee’s Labour opposite, X').
    """
    other = False
    for k in range(source.first, source.last):
        if view.deps[k] in ("", "punct") or source.first <= view.heads[k] < source.last:
            continue
        voices = (m for m in inside if view.heads[m.head] == k and is_of_voice(view, m))
        if (owner := next(voices, None)) is not None:
            return owner
        for m in inside:
            if m.head == k or (m.form == "name" and m.first <= k < m.last):
                return m
        if view.tags[k] in ("NN", "NNS"):
            other = True
            # 'The number eight, who lost Lee': whom a clause about the noun names does not speak.
            end = next((j for j in range(k, source.last) if view.tags[j] in _RELATIVE), source.last)
            inside = [m for m in inside if m.head < end]
            beside = [m for m in inside if view.deps[m.head] == "appos" and view.heads[m.head] == k]
            if beside:
                return beside[0]
    free = [m for m in inside if not _governed(view, source.first, m)]
    if not inside or (other and all(_hangs(view, m.head) for m in inside)):
        return None
    return next((m for m in free if m.form == "name"), (free or inside)[0])


def _hangs(view: View, token: int) -> bool:
    """Whether a noun only tells more of another, or stands beside one that does: 'a rally in X, once Y'."""
    while view.deps[token] == "appos" and view.heads[token] != token:
        token = view.heads[token]
    return view.deps[token] in _HANGING


def _beside(view: View, source: Source, noun: Mention, name: Mention) -> bool:
    """Whether a name is put beside a noun: 'his father, X', 'spokesman the Rev. X', 'a man named X'."""
    head = view.heads[name.head]
    if view.tags[name.start - 1] in ("IN", "RP"):
        return False  # 'the skipper of a boat that sank off | X', whatever the parser makes of it
    if view.deps[name.head] == "appos" and (
        head == noun.head or (view.deps[head], view.heads[head]) == ("appos", noun.head)
    ):
        return True
    if view.deps[name.head] in _HANGING and name.last <= head < source.last:
        return False  # 'the shareholder, the U.S. fund X'
    before, closes = view.lower[name.start - 1], name.last == source.last and name.start > noun.last
    named = before in _NAMED or (before == "," and _all_titles(view, noun.last, name.start))
    if closes and view.words[noun.last] == "," and named:
        return True  # 'the clerk, a young man named X'; 'the General Manager, Public Affairs, Mr. X'
    between = view.words[noun.last : name.start]
    plain = all(word in (",", "the", "The", "named", "called") for word in between)
    return name.start >= noun.last and plain and len(between) <= 2


def _all_titles(view: View, first: int, last: int) -> bool:
    """Whether only names of posts and bodies stand between, no phrase with a preposition at its head."""
    return all(view.tags[k] in _POSTS for k in range(first, last))


def _governed(view: View, first: int, m: Mention) -> bool:
    """Whether a preposition or a possessive governs the mention within the phrase ('a spokesman for X')."""
    after = view.lower[m.last] if m.last < len(view) else ""
    if after in ("'s", "’s", "'", "’"):
        return True
    return any(view.tags[k] == "IN" for k in range(max(first, m.start - 3), m.start))


def _place(inventory: Inventory, m: Mention) -> int:
    """The number of a mention."""
    k = bisect_left(inventory.mentions, m.head, key=lambda x: x.head)
    while inventory.mentions[k] is not m:
        k += 1
    return k


def _antecedent(inventory: Inventory, token: int) -> int:
    """The mention that a relative pronoun stands for: what its clause hangs on, or what ends before it."""
    view = inventory.view
    verb = view.heads[token]
    for _ in range(4):
        if view.deps[verb] == "relcl":
            noun = view.heads[verb]
            # 'a nurse from Split, who': where somebody is from does not speak.
            if view.deps[noun] == "pobj" and view.lower[view.heads[noun]] in ("from", "in", "at", "near"):
                noun = view.heads[view.heads[noun]]
            for m in inventory.at(max(0, noun - 6), noun + 7):
                if (m.head == noun or (m.form == "name" and m.first <= noun < m.last)) and _can_be(
                    inventory, m, token
                ):
                    return _place(inventory, m)
        verb = view.heads[verb]
    before = [
        m
        for m in inventory.at(max(0, token - 15), token)
        if m.form != "pronoun" and _can_be(inventory, m, token)
    ]
    return _place(inventory, before[-1]) if before else -1


def _can_be(inventory: Inventory, m: Mention, token: int) -> bool:
    """Whether 'who' at a token can stand for a mention: not for a place, a body or a work."""
    if inventory.view.lower[token] not in ("who", "whom"):
        return True
    kind = inventory.entities[m.entity].kind if m.entity >= 0 else m.kind
    return kind not in ("place", "organization", "work")


def _of_two(inventory: Inventory, token: int, latter: bool) -> int:
    """Which of the two last named 'the latter' or 'the former' means."""
    persons = [m for m in inventory.at(max(0, token - 60), token) if m.form == "name" and m.entity >= 0]
    if len(persons) < 2:
        return -1
    return _place(inventory, persons[-1] if latter else persons[-2])
