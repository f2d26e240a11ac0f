"""Roles: what the text says that somebody is, from titles, appositions, copulas, parentheses and ages."""

from __future__ import annotations

import re

from quoteattr.speakers.inventory import Entity, Inventory, Role
from quoteattr.speakers.lexicon import Lexicon, lexicon
from quoteattr.speakers.mentions import Mention
from quoteattr.speakers.view import View

__all__ = ["gather_roles", "role_words"]

_LONGEST = 30  # tokens of one role
_STOP_TAGS = frozenset(
    {"VBD", "VBZ", "VBP", "MD", "WP", "WDT", "WRB", ":", "``", "''", "-RRB-", "-LRB-", "."}
)
_ARTICLES = frozenset("the a an his her its their our my your this that".split())
_AGE = re.compile(r"^\d{1,2}$")
_AGE_WORD = re.compile(r"^(\d{1,2})-year-old")


def gather_roles(inventory: Inventory) -> None:
    """Adds the roles and ages of all named persons, and gives the nouns inside them the same owner."""
    view, lex = inventory.view, lexicon()
    for m in inventory.mentions:
        if m.form != "name" or m.entity < 0:
            continue
        entity = inventory.entities[m.entity]
        if entity.kind not in ("person", "unknown"):
            continue
        for first, last in _spans(view, m, lex):
            _add_role(inventory, entity, first, last, lex)
        _party_and_age(view, m, entity)


def _spans(view: View, m: Mention, lex: Lexicon) -> list[tuple[int, int]]:
    """Where the roles of one mention stand."""
    spans = []
    for finder in (_before, _after):
        span = finder(view, m, lex)
        if span is not None and span[0] < span[1]:
            spans.append(span)
    return spans


def _before(view: View, m: Mention, lex: Lexicon) -> tuple[int, int] | None:
    """'Russian Prime Minister X', 'spokesman X', 'the director of the institute, X'."""
    begin, name = m.title
    if begin < name:
        if all(view.lower[k] in lex.honorifics for k in range(begin, name)):
            # 'spokesman Mr. X'
            return _noun_before(view, begin, lex)
        return _phrase_start(view, begin), name
    return _noun_before(view, m.first, lex) or _comma_before(view, m, lex)


def _noun_before(view: View, i: int, lex: Lexicon) -> tuple[int, int] | None:
    if i and view.sents[i - 1] == view.sents[i] and view.tags[i - 1] in ("NN", "JJ", "NNP"):
        if lex.person_noun(view.lower[i - 1]) is not None:
            return _phrase_start(view, i - 1), i
    return None


def _phrase_start(view: View, i: int) -> int:
    """The first token of the words before a title that belong to it: 'Malaysia’s Prime Minister'."""
    sent, first = view.sents[i], i
    while first and i - first < 12 and view.sents[first - 1] == sent:
        tag, word = view.tags[first - 1], view.lower[first - 1]
        if (
            tag in ("DT", "PRP$")
            or tag not in ("JJ", "NN", "NNS", "NNP", "NNPS", "POS", "HYPH", "VBN", "CD", "RB", "CC")
            and word not in ("-", "of", "’s")
        ):
            break
        if (
            tag == "CC"
            or (word == "of" and view.tags[first - 2 if first > 1 else 0] not in ("NNP", "NN"))
            or (tag == "RB" and word != "then")
        ):
            break
        first -= 1
    while first < i and view.tags[first] in ("POS", "HYPH", "IN", "CC"):
        first += 1
    return first


def _comma_before(view: View, m: Mention, lex: Lexicon) -> tuple[int, int] | None:
    """'The director of the Institute in London, X': the phrase before the comma, by its head noun."""
    comma = m.first - 1
    if comma < 1 or view.words[comma] != "," or view.sents[comma] != view.sents[m.first]:
        return None
    sent, k, noun = view.sents[comma], comma - 1, -1
    while k >= 0 and comma - k <= _LONGEST and view.sents[k] == sent:
        tag = view.tags[k]
        if tag in _STOP_TAGS and tag not in ("-RRB-", "-LRB-"):
            break
        if view.words[k] == ",":
            break
        if tag in ("NN", "NNP") and lex.person_noun(view.lower[k]) is not None:
            noun = k
        k -= 1
    if noun < 0:
        return None
    # 'met the senator, Smith and Jones' is as likely a list: the noun must open the phrase.
    start = _phrase_start(view, noun)
    between = {view.tags[j] for j in range(noun + 1, comma) if not view.lower[j].endswith("self")}
    if between and "IN" not in between and "-LRB-" not in between:
        return None
    if (
        start
        and view.tags[start - 1]
        not in (
            "DT",
            "PRP$",
            "IN",
            "VBD",
            "VBZ",
            "VBP",
            ",",
            "``",
            ".",
            "''",
            "CC",
            "_SP",
            "TO",
            "VBG",
            "VB",
            "WRB",
            "RB",
            ":",
        )
        and not m.kind
    ):
        return None
    return start, comma


def _after(view: View, m: Mention, lex: Lexicon) -> tuple[int, int] | None:
    """'X, a lawyer from Ohio,', 'X, who is the drummer', 'X is a lawyer'."""
    i, size, sent = m.last, len(view), view.sents[m.last - 1]
    if i < size and view.words[i] == "(":
        close = next((k for k in range(i, min(i + 8, size)) if view.words[k] == ")"), i)
        i = close + 1
    # 'X, 44, a lawyer'
    if i + 2 < size and view.words[i] == "," and _AGE.match(view.words[i + 1]):
        i += 2
    if i >= size or view.sents[i] != sent:
        return None
    if view.words[i] in (",", "--", "–", "—", "-"):
        start = i + 1
        if start + 1 < size and view.lower[start] == "who" and view.lower[start + 1] in ("is", "was", "has"):
            start += 2
    elif (
        view.lower[i] in ("is", "was", "became", "remains")
        and i + 1 < size
        and view.tags[i + 1] in ("DT", "NN", "JJ", "NNP")
    ):
        start = i + 1
    else:
        return None
    return _noun_phrase_after(view, start, sent, lex)


def _noun_phrase_after(view: View, start: int, sent: int, lex: Lexicon) -> tuple[int, int] | None:
    """The phrase from ``start`` up to the next comma or verb, if its head noun is a person's."""
    size, k = len(view), start
    if (
        k < size
        and view.tags[k] in ("CC", "WP", "IN", "RB", "PRP")
        and view.lower[k] not in ("former", "then")
    ):
        return None
    head = -1
    while (
        k < size
        and k - start < _LONGEST
        and view.sents[k] == sent
        and view.tags[k] not in _STOP_TAGS
        and view.words[k] not in (",", ";", "--", "–", "—")
    ):
        tag = view.tags[k]
        if (
            tag in ("IN", "TO", "VBG", "VBN")
            and head < 0
            and k > start
            and _heads_person(view, start, k, lex)
        ):
            head = k
        elif tag in ("IN", "TO") and head < 0:
            return None
        k += 1
    if head < 0 and not _heads_person(view, start, k, lex):
        return None
    return start, k


def _heads_person(view: View, start: int, end: int, lex: Lexicon) -> bool:
    """Whether the last noun before ``end`` is a noun for a person."""
    for k in range(end - 1, start - 1, -1):
        tag = view.tags[k]
        if tag in ("NN", "NNS", "NNP", "NNPS", "JJ"):
            return tag != "NNS" and lex.person_noun(view.lower[k]) is not None
        if tag == "CC":
            continue
        return False
    return False


def role_words(view: View, first: int, last: int) -> frozenset[str]:
    """The words of a phrase for comparison, singular, countries by their ordinary name."""
    lex = lexicon()
    words = set()
    for k in range(first, last):
        word = view.lower[k]
        if word in _ARTICLES or not word[:1].isalnum():
            continue
        word = lex.titles.get(word, word)
        words.update(lex.nations.get(word, lex.singular(word)).split(" "))
    return frozenset(words)


def _add_role(inventory: Inventory, entity: Entity, first: int, last: int, lex: Lexicon) -> None:
    view = inventory.view
    while first < last and (view.lower[first] in _ARTICLES or view.words[first] in ",-–—"):
        first += 1
    while last > first and view.words[last - 1] in (",", "-", "’s", "'s", "–", "—"):
        last -= 1
    if first >= last:
        return
    nouns = set()
    for k in range(first, last):
        word = view.lower[k]
        if view.tags[k] in ("IN", "TO", "WP") and nouns:
            break
        noun = lex.titles.get(word, word)
        if lex.person_noun(noun) is not None and view.tags[k][:1] in ("N", "J"):
            nouns.add(noun)
            if word == "minister" and k > first and view.lower[k - 1] == "prime":
                nouns.add("prime-minister")
            if word in ("executive", "president") and k > first and view.lower[k - 1] in ("chief", "vice"):
                nouns.discard("president")
                nouns.add(f"{view.lower[k - 1]}-{word}")
        gender = lex.person_noun(noun)
        if gender:
            entity.genders[gender] += 2
    role = Role(view.slice(first, last), frozenset(nouns), role_words(view, first, last), first)
    if all(role.text.casefold() != other.text.casefold() for other in entity.roles):
        entity.roles.append(role)
    entity.kinds["person"] += 1
    for m in inventory.at(first, last):
        if m.form == "nominal" and m.noun in nouns | {"minister", "executive"} and m.entity < 0:
            m.entity = entity.number


def _party_and_age(view: View, m: Mention, entity: Entity) -> None:
    """'(D-Vt.)' and ', 44,' after a name."""
    i, size = m.last, len(view)
    lex = lexicon()
    if i + 1 < size and view.words[i] == "(":
        party = view.lower[i + 1].split("-")[0]
        close = next((k for k in range(i + 1, min(i + 8, size)) if view.words[k] == ")"), 0)
        if close and party in lex.parties and close - i <= 7:
            word = {"d": "democrat", "r": "republican", "dem": "democrat", "rep": "republican"}.get(
                party, party
            )
            entity.kinds["person"] += 1
            text = view.slice(i + 1, close)
            entity.roles.append(Role(text, frozenset({word}), role_words(view, i + 1, close) | {word}, i + 1))
    if i + 1 < size and view.words[i] in (",", "(") and _AGE.match(view.words[i + 1]):
        if i + 2 >= size or view.words[i + 2] in (",", ")", ".", ";"):
            entity.ages.add(view.words[i + 1])
            entity.kinds["person"] += 1
