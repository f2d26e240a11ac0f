"""Roles: what the text says that somebody is, from titles, appositions, copulas, parentheses and ages."""

from __future__ import annotations

import re

from attrs import frozen

from quoteattr.speakers.lexicon import Lexicon, lexicon
from quoteattr.speakers.mentions import Mention, compound
from quoteattr.speakers.view import View

__all__ = ["Role", "age_of", "find_roles", "role_words"]

_LONGEST = 30  # tokens of one role
_CLAUSE = frozenset({"VBD", "VBZ", "VBP", "MD", "WP", "WDT", "WRB", ":", "``", "''", "-RRB-", "-LRB-", "."})
_INSIDE = frozenset({"JJ", "JJS", "NN", "NNS", "NNP", "NNPS", "POS", "HYPH", "VBN", "CD", "RB"})
_OPENING = frozenset(
    {
        "DT",
        "PRP$",
        "IN",
        "VBD",
        "VBZ",
        "VBP",
        "VB",
        "VBG",
        "``",
        ".",
        "''",
        "CC",
        "_SP",
        "TO",
        "WRB",
        "RB",
        ":",
        ",",
    }
)
_DASHES = frozenset({"--", "–", "—", "-"})
_AGE = re.compile(r"^\d{1,2}$")
_PARTIES = {
    "d": "democrat",
    "dem": "democrat",
    "r": "republican",
    "rep": "republican",
    "lab": "labour",
    "con": "conservative",
}


@frozen
class Role:
    """What somebody is, as the text gives it.

    Attributes:
        text: the words without article and name ('Russian Prime Minister').
        nouns: its head nouns, singular ('minister', 'prime-minister').
        words: all its words in lower case, countries by their ordinary name.
        sign: the gender that its nouns tell ('m', 'f' or '').
        first, last: its tokens, end exclusive.
    """

    text: str
    nouns: frozenset[str]
    words: frozenset[str]
    sign: str
    first: int
    last: int


def find_roles(view: View, m: Mention) -> list[Role]:
    """The roles that stand beside one mention of a name."""
    lex = lexicon()
    if m.first and view.words[m.first - 1] == "," and view.lower[m.first] in lex.states:
        return []  # 'Denver, Colo., a …'
    spans = (_before(view, m, lex), _after(view, m, lex), _party(view, m, lex))
    roles = (_role(view, *span, lex) for span in spans if span is not None and span[0] < span[1])
    return [role for role in roles if role is not None]


def age_of(view: View, m: Mention) -> str:
    """The age after a name: 'X, 44,' or 'X (44)'; '' where there is none."""
    i, size = m.last, len(view)
    if i + 1 >= size or view.words[i] not in (",", "(") or not _AGE.match(view.words[i + 1]):
        return ""
    closed = i + 2 >= size or view.words[i + 2] in (",", ")", ".", ";")
    return view.words[i + 1] if closed else ""


def role_words(view: View, first: int, last: int) -> frozenset[str]:
    """The words of a phrase for comparison, singular, countries by their ordinary name."""
    lex = lexicon()
    words: set[str] = set()
    for word in (part for token in view.lower[first:last] for part in _parts(token)):
        if _article(word) or not word[:1].isalnum():
            continue
        plain = lex.titles.get(word, word)
        plain = lex.states.get(word, plain)
        words.update(lex.nations.get(plain, lex.singular(plain)).split(" "))
    return frozenset(words)


def _article(word: str) -> bool:
    lex = lexicon()
    return word in lex.definite or word in ("a", "an", "both", "your")


def _parts(token: str) -> list[str]:
    """A token, and the halves of 'd-vt'."""
    return [token, *token.split("-")] if "-" in token and len(token) > 1 else [token]


def _before(view: View, m: Mention, lex: Lexicon) -> tuple[int, int] | None:
    """'Russian Prime Minister X', 'spokesman X', 'the director of the institute, X'."""
    begin, name = m.title
    if begin < name:
        if all(word in lex.honorifics for word in view.lower[begin:name]):
            return _noun_before(view, begin, lex)  # 'spokesman Mr. X'
        return _phrase_start(view, begin), name
    return _noun_before(view, m.first, lex) or _title_of(view, m, lex) or _comma_before(view, m, lex)


def _noun_before(view: View, i: int, lex: Lexicon) -> tuple[int, int] | None:
    if not i or view.sents[i - 1] != view.sents[i] or view.tags[i - 1] not in ("NN", "JJ", "NNP"):
        return None
    return (_phrase_start(view, i - 1), i) if lex.person_noun(view.lower[i - 1]) is not None else None


def _phrase_start(view: View, i: int) -> int:
    """The first token of the words before a title that belong to it: 'Malaysia’s Prime Minister'."""
    sent, first = view.sents[i], i
    loud = view.words[i][:1].isupper() and view.sents[max(0, i - 1)] == sent
    while first and i - first < 12 and view.sents[first - 1] == sent:
        tag, word = view.tags[first - 1], view.lower[first - 1]
        if tag == "RB" and word != "then":
            break
        if (tag not in _INSIDE and word != "-") or (loud and _plain(view, first - 1)):
            break
        first -= 1
    while first < i and (view.tags[first] in ("POS", "HYPH") or not view.words[first][0].isalnum()):
        first += 1
    return first


def _plain(view: View, k: int) -> bool:
    """Whether a word before a title in capitals is no part of it: 'endorsed Sen.', 'the action President'."""
    lex = lexicon()
    word = view.lower[k]
    if not view.words[k][:1].islower() or word in lex.modifiers or word in lex.nations:
        return False
    return view.tags[k] not in ("POS", "HYPH")


def _title_of(view: View, m: Mention, lex: Lexicon) -> tuple[int, int] | None:
    """'Governor of Washington X': a title, 'of', and a name that stops right before this one."""
    k = m.first - 1
    while (
        k > 0
        and m.first - k < 8
        and view.sents[k] == view.sents[m.first]
        and view.tags[k] in ("NNP", "NNPS", "DT", "CC")
    ):
        k -= 1
    if k < 1 or k == m.first - 1 or view.lower[k] not in ("of", "for") or view.lower[k - 1] not in lex.titles:
        return None
    return _phrase_start(view, k - 1), m.first


def _comma_before(view: View, m: Mention, lex: Lexicon) -> tuple[int, int] | None:
    """'The director of the Institute in London, X': the phrase before the comma, by its head noun."""
    comma = m.first - 1
    if m.kind in ("place", "organization", "work") and m.last - m.first == 1:
        return None
    if comma < 1 or view.words[comma] != "," or view.sents[comma] != view.sents[m.first]:
        return None
    noun = _first_person_noun(view, comma, lex)
    if noun < 0:
        return None
    # After the noun only what hangs on it may stand: 'the artist himself, X', 'the head of the centre, X'.
    between = {view.tags[j] for j in range(noun + 1, comma) if not view.lower[j].endswith("self")}
    start = _phrase_start(view, noun)
    opener = start - 1 if start and view.tags[start - 1] in ("DT", "PRP$") else start
    hangs = not between or bool(between & {"IN", "-LRB-"})
    opens = not opener or view.tags[start - 1] in _OPENING
    # 'For X, an instructor in English, Y was …': the phrase is told of X already.
    told = opener > 1 and view.words[opener - 1] == "," and view.tags[opener - 2] in ("NNP", "CD")
    return (start, comma) if hangs and opens and not told else None


def _first_person_noun(view: View, comma: int, lex: Lexicon) -> int:
    """The first noun for a person before a comma, at the end of its own phrase; -1 without one."""
    k, noun = comma - 1, -1
    while k >= 0 and comma - k <= _LONGEST and view.sents[k] == view.sents[comma] and view.words[k] != ",":
        if view.tags[k] in _CLAUSE and view.tags[k] not in ("-RRB-", "-LRB-"):
            break
        last = view.tags[k + 1] not in ("NN", "NNS", "NNP", "NNPS", "HYPH", "POS")
        if last and view.tags[k] in ("NN", "NNP") and lex.person_noun(view.lower[k]) is not None:
            noun = k
        k -= 1
    return noun


def _after(view: View, m: Mention, lex: Lexicon) -> tuple[int, int] | None:
    """'X, a lawyer from Ohio,', 'X, who is the drummer', 'X is a lawyer'."""
    i, size, sent = m.last, len(view), view.sents[m.last - 1]
    if i < size and view.words[i] == "(":
        i = 1 + next((k for k in range(i, min(i + 8, size)) if view.words[k] == ")"), i - 1)
    if i + 2 < size and view.words[i] == "," and _AGE.match(view.words[i + 1]):
        i += 2
    if i + 1 >= size or view.sents[i] != sent:
        return None
    if view.words[i] == "," or view.words[i] in _DASHES:
        start = i + 1
        if start + 1 < size and view.lower[start] == "who" and view.lower[start + 1] in ("is", "was"):
            start += 2
    elif view.lower[i] in ("is", "was", "became", "remains") and view.tags[i + 1] in (
        "DT",
        "NN",
        "JJ",
        "NNP",
    ):
        start = i + 1
    else:
        return None
    return _noun_phrase(view, start, sent, lex)


def _noun_phrase(view: View, start: int, sent: int, lex: Lexicon) -> tuple[int, int] | None:
    """The phrase from ``start`` up to the next comma or verb, if its head noun is a person's."""
    size, k, headed = len(view), start, False
    if start >= size or view.tags[start] in ("CC", "WP", "WP$", "IN", "PRP"):
        return None
    while k < size and k - start < _LONGEST and view.sents[k] == sent and view.tags[k] not in _CLAUSE:
        if view.words[k] in (",", ";") or (view.words[k] in _DASHES and not (k and view.glued(k - 1))):
            break
        if headed and view.lower[k] in ("due", "because", "after", "before", "since", "until", "during"):
            break
        if not headed and k > start and view.tags[k] in ("IN", "TO", "VBG", "VBN", "PRP$"):
            headed = _heads_person(view, start, k, lex)
            if not headed and view.tags[k] in ("IN", "TO"):
                return None
        k += 1
    return (start, k) if headed or _heads_person(view, start, k, lex) else None


def _heads_person(view: View, start: int, end: int, lex: Lexicon) -> bool:
    """Whether the last noun before ``end`` is a noun for a person."""
    for k in range(end - 1, start - 1, -1):
        if view.tags[k] in ("NN", "NNP", "NNPS", "JJ"):
            return lex.person_noun(view.lower[k]) is not None
        if view.tags[k] != "CC":
            return False
    return False


def _party(view: View, m: Mention, lex: Lexicon) -> tuple[int, int] | None:
    """'(D-Vt.)' after a name."""
    i = m.last
    if i + 1 >= len(view) or view.words[i] != "(" or view.lower[i + 1].split("-")[0] not in lex.parties:
        return None
    close = next((k for k in range(i + 2, min(i + 8, len(view))) if view.words[k] == ")"), 0)
    return (i + 1, close) if close else None


def _role(view: View, first: int, last: int, lex: Lexicon) -> Role | None:
    """The role in a stretch of tokens, articles and marks at its edges left off."""
    while first < last and (_article(view.lower[first]) or not view.words[first][0].isalnum()):
        first += 1
    while last > first and (
        view.words[last - 1] in _DASHES
        or view.words[last - 1] in (",", "’s", "'s")
        or view.tags[last - 1] == "CC"
    ):
        last -= 1
    if first >= last:
        return None
    nouns: set[str] = set()
    sign = ""
    for k in range(first, last):
        word = view.lower[k]
        if nouns and view.tags[k] in ("IN", "TO", "WP"):
            break
        noun = lex.titles.get(word, word)
        gender = lex.person_noun(noun)
        heads = k + 1 >= last or view.tags[k + 1] not in ("NN", "NNS", "NNP", "HYPH")
        if gender is not None and heads and view.tags[k][:1] in ("N", "J"):
            whole = compound(noun, view.lower[k - 1] if k > first else "")
            # A prime minister is a minister too.
            nouns |= {whole, noun} if whole == "prime-minister" else {whole}
            sign = sign or gender or lex.familiar.get(word, "")
    party = _PARTIES.get(view.lower[first].split("-")[0]) if view.words[first - 1] == "(" else None
    if party:
        nouns.add(party)
    return Role(
        view.slice(first, last), frozenset(nouns), role_words(view, first, last) | nouns, sign, first, last
    )
