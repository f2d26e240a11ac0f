"""Vocatives: whom a speech calls, 'No, ma’am', and whom it names as its speaker, 'My name is Ann Lee'."""

from __future__ import annotations

from itertools import pairwise

from quoteattr.speakers.entities import Inventory
from quoteattr.speakers.lexicon import lexicon
from quoteattr.speakers.mentions import Mention
from quoteattr.speakers.view import View

__all__ = [
    "asks_name",
    "asks_who",
    "bare_name",
    "called",
    "gender_called",
    "named_by_itself",
    "stands_alone",
    "to_master",
]

_NAME_QUESTIONS = frozenset({("your", "name"), ("are", "you"), ("you", "called")})
_WHO = frozenset({"who", "whom", "whose"})
_MASTERS = frozenset({"sir", "ma'am", "madam"})
_CALLING = frozenset({"oh", "o", "ah", "hey"})
_OPENING, _CLOSING = "\"'“‘", "\"'”’"
_BEFORE_CALL, _AFTER_CALL = f",!?.—{_OPENING}", f",!?.;—{_CLOSING}"  # what stands around whom a speech calls
_POLITE = frozenset({"sir", "ma'am", "madam", "miss", "please"})


def called(inventory: Inventory, first: int, last: int) -> list[Mention]:
    """The names that the speech calls somebody by: between commas or marks, no part of its sentences."""
    view = inventory.view
    found = []
    for m in inventory.at(first, last):
        if m.form != "name" or not inventory.is_credible(m) or view.quoted[m.head] < 0:
            continue
        if (
            m.last - m.start == 1
            and view.lower[m.head] in view.plain
            and view.lower[m.head] in lexicon().persons
        ):
            continue  # '“Blacksmith, eh?”'
        if _is_sentence(view, m) and m.last - m.start > 1 and m.title[0] == m.title[1]:
            continue  # '“Who was it?” – “A friend of mine. Ann Lee.”'
        if stands_alone(view, _endeared(view, m.start), m.last):
            found.append(m)
    return found


def _is_sentence(view: View, m: Mention) -> bool:
    """Whether a name is all of a sentence."""
    before = m.start - 1
    opens = before < 0 or view.sents[before] != view.sents[m.start] or view.words[before] in _OPENING
    closes = m.last >= len(view) or view.words[m.last][:1] in ".!?…" or view.words[m.last] in _CLOSING
    return opens and closes


def _endeared(view: View, first: int) -> int:
    """The token with which an address begins before a name: '| my dear | Ann', '| Oh | Ann'."""
    k = first
    while k and view.lower[k - 1] in lexicon().epithets:
        k -= 1
    if k and (view.lower[k - 1] in _CALLING or (k < first and view.lower[k - 1] == "my")):
        k -= 1
    return k


def stands_alone(view: View, first: int, last: int) -> bool:
    """Whether words stand between commas or marks, as those do by which somebody is called."""
    before = view.words[first - 1] if first else ""
    after = view.words[last] if last < len(view) else ""
    alone = before[-1:] in _BEFORE_CALL and after[:1] in _AFTER_CALL
    return alone and not (before[-1:] in _OPENING and after[:1] in _CLOSING)


def gender_called(view: View, first: int, last: int) -> str:
    """The gender of whoever a speech calls by a word between commas, as in 'No, ma’am.'; '' without one."""
    lex = lexicon()
    for k in range(first, last):
        word = view.lower[k]
        sign = lex.familiar.get(word) or lex.persons.get(word) or ""
        if sign and stands_alone(view, k, k + 1):
            return sign
    return ""


def named_by_itself(inventory: Inventory, first: int, last: int) -> list[int]:
    """'I am Parson Tringham', 'my name is X': whom the speech itself names as its speaker."""
    view = inventory.view
    found = []
    for m in inventory.at(first, last):
        if m.form != "name" or m.entity < 0:
            continue
        start = m.start
        before = view.lower[max(0, start - 3) : start]
        if before[-2:] in (["i", "am"], ["i", "'m"], ["i", "’m"]) or (
            before[:2] == ["my", "name"] and before[2:] in (["is"], ["'s"], ["’s"])
        ):
            found.append(m.entity)
    return found


def asks_name(view: View, first: int, last: int) -> bool:
    """Whether a speech asks for the name of whoever it is spoken to."""
    words = view.lower[first:last]
    return any(pair in _NAME_QUESTIONS for pair in pairwise(words))


def asks_who(view: View, first: int, last: int) -> bool:
    """Whether a speech asks who somebody is: '“Who sent you?” – “Captain Rudge.”'."""
    words = view.lower[first:last]
    return "?" in words and not _WHO.isdisjoint(words)


def to_master(view: View, first: int, last: int) -> bool:
    """Whether a speech calls somebody 'sir' at its end, so that a name before that calls nobody."""
    words = [word for word in view.lower[first:last] if word[:1].isalpha()]
    return words[-1:] != [] and words[-1] in _MASTERS


def bare_name(inventory: Inventory, first: int, last: int) -> frozenset[int]:
    """The one whose name is all of a speech: 'Ann Lee.', 'Pip, sir.'."""
    view = inventory.view
    for m in inventory.at(first, last):
        start = m.start
        rest = [*view.lower[first:start], *view.lower[m.last : last]]
        said = _POLITE.union(view.lower[start : m.last])  # also 'Pip. Pip, sir.'
        others = [word for word in rest if word[:1].isalpha() and word not in said]
        if m.form == "name" and m.entity >= 0 and view.quoted[m.head] == view.quoted[first] and not others:
            return frozenset({m.entity})
    return frozenset()
