"""Finds the mentions of a document: its names, noun phrases and pronouns, token by token."""

from __future__ import annotations

import re

from quoteattr.speakers.capitals import named_in
from quoteattr.speakers.lexicon import Lexicon, lexicon
from quoteattr.speakers.mentions import Mention
from quoteattr.speakers.nominals import ends_phrase, is_known, left_edge, nominal
from quoteattr.speakers.rolespans import DASHES
from quoteattr.speakers.runs import is_participle, namey, party_end, run_end, service_end
from quoteattr.speakers.view import View

__all__ = ["find_mentions", "is_handle"]

_PROPER = frozenset({"NNP", "NNPS"})
_NOUN = frozenset({"NN", "NNS"})
_PRONOUN_TAGS = frozenset({"PRP", "PRP$", "NN", "JJ", "NNP", "UH", "RB", "VB", "CD", ""})
_INDEFINITE = {"someone": "person", "somebody": "person", "others": "group", "many": "group", "some": "group"}
_HANDLE = re.compile(r"@\w{2,}")  # who writes on a social network
_PASSED_ON = frozenset({"RT", "MT"})  # 'RT @ann: …'
_TURNS = frozenset({"Q", "A", "QUESTION", "ANSWER"})  # labels of questions and answers
_ADDRESSED = frozenset({"sir", "sirs", "madam"})  # 'Sir – I was at school with …'
_AFTER = frozenset({",", ":", *DASHES})
_DATELINE = 8  # tokens of a dateline before the bracket
_AGENCY = 6  # tokens of an agency in brackets


def find_mentions(
    view: View, speaking: frozenset[str] = frozenset(), named: frozenset[int] = frozenset()
) -> list[Mention]:
    """All mentions of the document, in order of their heads.

    Args:
        view: the document.
        speaking: nouns that no list holds and whose bearers speak in it ('wolf').
        named: tokens that are a name, whatever their tag.
    """
    lex = lexicon()
    found: list[Mention] = []
    i, size = 0, len(view)
    while i < size:
        capital = view.words[i][:1].isupper()
        if (capital or view.lower[i] in lex.parties) and (behind := _skipped(view, i, lex)) > i:
            i = behind
            continue
        if capital and _is_people_of_two(view, i, lex):
            noun = " ".join(view.lower[i : i + 2])
            found.append(Mention(i, i + 2, i + 1, "nominal", "", noun, "group"))
            i += 2
            continue
        if capital and (_opens_name(view, i, lex) or i in named):
            end = run_end(view, i, lex)
            found.extend(named_in(view, _before_particles(view, i, lex), end, lex))
            i = end
            continue
        mention = _small(view, i, lex, speaking)
        if mention is not None:
            found.append(mention)
        i += 1
    return sorted(found, key=lambda m: m.head)


def _small(view: View, i: int, lex: Lexicon, speaking: frozenset[str]) -> Mention | None:
    """The mention whose head is a word that begins no run of capitals; ``None`` where it is none's."""
    tag, word, written = view.tags[i], view.lower[i], view.words[i]
    if (written[0] == "@" and is_handle(written)) or (not written.islower() and _is_initials(view, i)):
        return Mention(i, i + 1, i, "name")
    by_word = _by_word(view, i, lex)
    if by_word is not None:
        return by_word
    if tag in _NOUN or (tag in _PROPER and written.islower()):
        return nominal(view, i, lex, speaking)
    if tag in _PRONOUN_TAGS and lex.pronouns.get(word, "relative") != "relative":
        return Mention(i, i + 1, i, "pronoun", lex.pronouns[word], word)
    return None


def _by_word(view: View, i: int, lex: Lexicon) -> Mention | None:
    """The mention that a word makes whatever its tag: 'someone', 'the 33-year-old', 'the gran-of-five'."""
    word = view.lower[i]
    if word in _INDEFINITE and view.tags[i] in ("DT", "NN", "PRP", "JJ"):
        return Mention(i, i + 1, i, "nominal", "", word, _INDEFINITE[word])
    if word == "old" and view.lower[max(0, i - 3) : i] == ["-", "year", "-"] and ends_phrase(view, i):
        return Mention(left_edge(view, i), i + 1, i, "nominal", "", "year-old", "person")
    if word in lex.bonds and view.lower[i + 1 : i + 4] == ["-", "of", "-"]:
        sign = lex.persons.get(word, "")
        return Mention(left_edge(view, i), i + 1, i, "nominal", sign, word, "person")
    if word in lex.nations and view.words[i][:1].isupper() and _is_one(view, i):
        return Mention(i, i + 1, i, "nominal", "", word, "group")
    return None


def _before_particles(view: View, i: int, lex: Lexicon) -> int:
    """Where a name begins that opens with small words: '| de Lara | said', 'told | van der Berg'."""
    first = i
    while first and view.words[first - 1].islower() and view.lower[first - 1] in lex.particles:
        if view.tags[first - 1] not in ("NNP", "FW") or view.sents[first - 1] != view.sents[i]:
            break
        first -= 1
    return i if first and view.tags[first - 1] == "DT" else first  # 'a van Smith drove'


def _skipped(view: View, i: int, lex: Lexicon) -> int:
    """The token behind what names no speaker: a party's letters, 'RT' before a name, a dateline, 'Q:'."""
    if view.words[i] in _PASSED_ON and i + 1 < len(view) and is_handle(view.words[i + 1]):
        return i + 1
    opens = view.opens_paragraph(i)
    if opens and view.lower[i] in lex.kickers and view.words[i + 1 : i + 2] == [":"]:
        return i + 1  # 'Tip: …'
    if opens and view.lower[i] in _ADDRESSED and view.words[i + 1 : i + 2] and view.words[i + 1] in _AFTER:
        return i + 1
    if view.words[i].isupper() and opens:
        asked = view.words[i] in _TURNS and view.words[i + 1 : i + 2] == [":"]
        return i + 1 if asked else _behind_dateline(view, i)
    if view.lower[i] not in lex.parties or not i:
        return i
    bracketed = view.words[i - 1] == "(" and view.words[i + 1 : i + 2] == ["-"]  # '(D-Vt.)'
    return i + 3 if bracketed or party_end(view, i - 1, lex) else i


def _behind_dateline(view: View, i: int) -> int:
    """The token behind a dateline that an agency signs, 'OSLO, May 3 (NTB) —'; ``i`` where there is none."""
    inside = range(i + 1, min(i + _DATELINE, len(view) - 1))
    opening = next((k for k in inside if view.words[k] == "("), len(view))
    closing = range(opening + 2, min(opening + _AGENCY, len(view) - 1))
    return next((k + 1 for k in closing if view.words[k] == ")" and view.words[k + 1] in DASHES), i)


def is_handle(word: str) -> bool:
    """Whether a word is a name on a social network.

    >>> is_handle("@jo_k"), is_handle("jo@k.org")
    (True, False)
    """
    return _HANDLE.fullmatch(word) is not None


def _is_initials(view: View, i: int) -> bool:
    """Whether a word is a label of initials, however it is tagged: 'PvdM: …'."""
    word = view.words[i]
    return view.is_label(i, i + 1) and word.isalpha() and sum(letter.isupper() for letter in word) > 1


def _opens_name(view: View, i: int, lex: Lexicon) -> bool:
    """Whether a word in capitals begins a name, or a public body whatever its tag: '| Bath | and Wells …'."""
    if namey(view, i):
        return not is_participle(view, i)
    opens = view.opens_sentence(i)
    return opens and view.lower[i + 1 : i + 2] == ["and"] and service_end(view, i + 1, lex) > 0


def _is_one(view: View, i: int) -> bool:
    """Whether a word for a nation, mistagged, stands as a noun: 'the Dane fumed'."""
    after_the = i > 0 and view.lower[i - 1] == "the"
    return after_the and ends_phrase(view, i) and view.deps[i] in ("nsubj", "dobj", "")


def _is_people_of_two(view: View, i: int, lex: Lexicon) -> bool:
    """Whether a word begins what one of a people is called in two: 'the | New Zealander | said'."""
    if not is_known(view, i) or i + 1 >= len(view):
        return False
    called = f"{view.lower[i]} {view.lower[i + 1]}"
    people = called in lex.origins or (called in lex.nations and called not in lex.places)
    return people and view.deps[i + 1] in ("nsubj", "nsubjpass", "") and ends_phrase(view, i + 1)
