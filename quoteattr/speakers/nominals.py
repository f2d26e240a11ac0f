"""Noun phrases that can name a speaker, 'the new coach of Hull': where they begin, what their noun tells."""

from __future__ import annotations

from quoteattr.speakers.lexicon import Lexicon
from quoteattr.speakers.mentions import Mention
from quoteattr.speakers.view import View

__all__ = ["bare_title", "compound", "ends_phrase", "is_known", "left_edge", "nominal"]

_PROPER = frozenset({"NNP", "NNPS"})
_NOUN = frozenset({"NN", "NNS"})
_ADJECTIVE = frozenset({"JJ", "JJR", "JJS"})
# Tags that may stand in a noun phrase before its head.
_BEFORE = (
    frozenset({"DT", "JJ", "JJR", "JJS", "POS", "PRP$", "CD", "VBN", "VBG", "HYPH", "AFX", "RBS"})
    | _PROPER
    | _NOUN
)
# Of these, what goes on with the phrase behind a noun.
_AFTER_HEAD = _BEFORE - {"DT", "PRP$", "VBN", "VBG"}
_COMPOUNDS = frozenset(
    {
        ("vice", "president"),
        ("prime", "minister"),
        ("chief", "executive"),
        ("attorney", "general"),
        ("press", "secretary"),
        ("operating", "officer"),
        ("financial", "officer"),
        ("executive", "officer"),
    }
)
_LONGEST = 10  # tokens of a noun phrase before its head


def _is_denied(view: View, i: int) -> bool:
    """Whether a noun tells what somebody is not: 'he was no | companion | for her'."""
    return any(view.lower[k] == "no" and view.heads[k] == i for k in range(max(0, i - 3), i))


def nominal(view: View, i: int, lex: Lexicon, speaking: frozenset[str]) -> Mention | None:
    """The noun phrase with head noun ``i`` where the noun can name a speaker; ``None`` otherwise."""
    if view.deps[i] == "attr" and _is_denied(view, i):
        return None
    word = lex.joined_noun(view.lower, i)
    following = view.tags[i + 1] if i + 1 < len(view) and view.sents[i + 1] == view.sents[i] else ""
    if following in _NOUN or (following in _PROPER and word not in lex.persons and word not in lex.titles):
        return None
    one = word in lex.persons and lex.singular(word) == word  # 'his fiancée', whatever its tag
    plural = (view.tags[i] == "NNS" and not one) or word in lex.groups
    single = lex.singular(word) if plural else word
    gender = "" if single in speaking and not plural else lex.person_noun(single)
    if gender is not None:
        sign, kind = ("p", "group") if plural else (gender, "person")
        single = compound(single, view.lower[i - 1] if i else "")
    elif word in lex.groups:
        single, sign, kind = word, "p", "group"
    elif single in lex.organizations:
        sign, kind = "p" if plural else "n", "organization"
    elif single in lex.works or word in lex.works:
        sign, kind = "p" if plural else "n", "work"
    elif not plural and view.lower[i - 1 : i] == ["the"] and word.capitalize() in view.known:
        sign, kind = "n", ""  # 'the hall' may be a 'Lindwurm Hall'
    else:
        return None
    return Mention(left_edge(view, i), i + 1, i, "nominal", sign, single, kind)


def bare_title(view: View, first: int, last: int, lex: Lexicon) -> Mention:
    """A title that stands for its bearer: 'the President', 'Prime Minister', 'Mother'."""
    word = view.lower[last - 1]
    if word not in lex.titles and word not in lex.persons and lex.plural_person(word):
        return Mention(left_edge(view, last - 1), last, last - 1, "nominal", "p", lex.singular(word), "group")
    noun = compound(lex.titles.get(word, word), view.lower[last - 2] if last - 2 >= first else "")
    gender = lex.familiar.get(word, "") or lex.honorifics.get(word, "") or lex.person_noun(noun) or ""
    return Mention(
        left_edge(view, last - 1), last, last - 1, "nominal", gender, noun, "person", (first, last)
    )


def left_edge(view: View, head: int) -> int:
    """The first token of the noun phrase whose head is at ``head``, at most ten tokens back."""
    first, sent = head, view.sents[head]
    while first > 0 and head - first < _LONGEST and view.sents[first - 1] == sent:
        tag, word = view.tags[first - 1], view.words[first - 1]
        if (
            tag == "CC"
            and first > 1
            and view.tags[first] in _ADJECTIVE
            and view.tags[first - 2] in _ADJECTIVE
        ):
            first -= 1  # 'her first and only coach'
            continue
        joined = word == "-" or view.words[first] == "-"  # 'stay-at-home dad'
        if tag not in _BEFORE and not joined and not (word in "’'" and tag == "POS"):
            break
        first -= 1
        # 'the | All Blacks coach'
        if tag in ("DT", "PRP$") and not (first and word[0].isupper() and view.lower[first - 1] == "the"):
            break
    while first < head and (view.tags[first] in ("POS", "HYPH") or not view.words[first][0].isalnum()):
        first += 1
    return first


def ends_phrase(view: View, i: int) -> bool:
    """Whether no noun follows in the same phrase."""
    return i + 1 >= len(view) or view.tags[i + 1] not in _AFTER_HEAD


def is_known(view: View, i: int) -> bool:
    """Whether 'the' stands before a word, or before an age that does: 'the 33-year-old | Dane |'."""
    k = i - 5 if view.lower[max(0, i - 4) : i] == ["-", "year", "-", "old"] else i
    return k > 0 and view.lower[k - 1] == "the"


def compound(noun: str, before: str) -> str:
    """The noun for a role of two words: a vice president is no president.

    >>> compound("president", "vice"), compound("president", "former")
    ('vice-president', 'president')
    """
    return f"{before}-{noun}" if (before, noun) in _COMPOUNDS else noun
