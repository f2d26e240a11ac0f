"""Mentions: where the text names, describes or points at somebody or something that can speak."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import Literal

from attrs import define

from quoteattr import cues
from quoteattr.speakers.lexicon import Lexicon, lexicon
from quoteattr.speakers.parting import parts
from quoteattr.speakers.prefixes import CONNECTORS, after_title, is_people
from quoteattr.speakers.runs import namey, party_end, run_end, service_end
from quoteattr.speakers.view import View

__all__ = [
    "Mention",
    "compound",
    "find_mentions",
    "is_handle",
    "is_known",
    "is_participle",
    "is_several",
    "is_thought_of",
    "left_edge",
]

Form = Literal["name", "nominal", "pronoun"]

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
_PRONOUN_TAGS = frozenset({"PRP", "PRP$", "NN", "JJ", "NNP", "UH", "RB", "VB", "CD", ""})
_INDEFINITE = {"someone": "person", "somebody": "person", "others": "group", "many": "group", "some": "group"}
_KINDS = {
    "PERSON": "person",
    "ORG": "organization",
    "GPE": "place",
    "LOC": "place",
    "FAC": "place",
    "NORP": "group",
    "WORK_OF_ART": "work",
    "LAW": "work",
    "PRODUCT": "work",
    "EVENT": "work",
}
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
_PLURAL = frozenset({"are", "were", "have"})
_HANDLE = re.compile(r"@\w{2,}")  # who writes on a social network
_PASSED_ON = frozenset({"RT", "MT"})  # 'RT @ann: …'
_DASHES = frozenset({"--", "–", "—", "-"})
_TURNS = frozenset({"Q", "A", "QUESTION", "ANSWER"})  # labels of questions and answers
_ADDRESSED = frozenset({"sir", "sirs", "madam"})  # 'Sir – I was at school with …'
_AFTER = frozenset({",", ":", *_DASHES})
_DATELINE = 8  # tokens of a dateline before the bracket
_AGENCY = 6  # tokens of an agency in brackets
_LONGEST = 10  # tokens of a noun phrase before its head


@define(eq=False)
class Mention:
    """A place where the text speaks of somebody.

    Attributes:
        first, last: tokens, end exclusive; for a name without title and article.
        head: the token that carries the grammar.
        form: 'name', 'nominal' or 'pronoun'.
        sign: gender or class as in the table of pronouns ('m', 'f', 'n', 'p', '1', '2') or ''.
        noun: for a nominal, its head noun (singular); for a pronoun, the word; else ''.
        kind: a first guess at what is named ('person', 'group', 'organization', 'place', 'work', '').
        title: tokens of the title before a name, empty where first == last.
        entity: number of the entity, -1 while it is open.
    """

    first: int
    last: int
    head: int
    form: Form
    sign: str = ""
    noun: str = ""
    kind: str = ""
    title: tuple[int, int] = (0, 0)
    entity: int = -1

    @property
    def start(self) -> int:
        """The first token of it with its title."""
        return min(self.first, self.title[0]) if self.title[1] else self.first


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
    words, lower, tags = view.words, view.lower, view.tags
    while i < size:
        tag, word, written = tags[i], lower[i], words[i]
        capital = written[:1].isupper()
        if (capital or word in lex.parties) and (behind := _skipped(view, i, lex)) > i:
            i = behind
            continue
        if capital and _is_people_of_two(view, i, lex):
            noun = " ".join(lower[i : i + 2])
            found.append(Mention(i, i + 2, i + 1, "nominal", "", noun, "group"))
            i += 2
            continue
        if capital and (_opens_name(view, i, lex) or i in named):
            end = run_end(view, i, lex)
            found.extend(_split(view, _before_particles(view, i, lex), end, lex))
            i = end
            continue
        mention = None
        if is_handle(written) or (not written.islower() and _is_initials(view, i)):
            mention = Mention(i, i + 1, i, "name")
        elif word in _INDEFINITE and tag in ("DT", "NN", "PRP", "JJ"):
            mention = Mention(i, i + 1, i, "nominal", "", word, _INDEFINITE[word])
        elif word == "old" and view.lower[max(0, i - 3) : i] == ["-", "year", "-"] and _ends_phrase(view, i):
            mention = Mention(left_edge(view, i), i + 1, i, "nominal", "", "year-old", "person")
        elif word in lex.bonds and lower[i + 1 : i + 4] == ["-", "of", "-"]:
            # 'the gran-of-five', whatever its tags
            sign = lex.persons.get(word, "")
            mention = Mention(left_edge(view, i), i + 1, i, "nominal", sign, word, "person")
        elif capital and word in lex.nations and _is_one(view, i):
            mention = Mention(i, i + 1, i, "nominal", "", word, "group")
        elif tag in _NOUN or (tag in _PROPER and written.islower()):
            mention = _nominal(view, i, lex, speaking)
        elif tag in _PRONOUN_TAGS and lex.pronouns.get(word, "relative") != "relative":
            mention = Mention(i, i + 1, i, "pronoun", lex.pronouns[word], word)
        if mention is not None:
            found.append(mention)
        i += 1
    return sorted(found, key=lambda m: m.head)


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
    opens = i == 0 or view.paras[i - 1] != view.paras[i]
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
    return next((k + 1 for k in closing if view.words[k] == ")" and view.words[k + 1] in _DASHES), i)


def is_handle(word: str) -> bool:
    """Whether a word is a name on a social network.

    >>> is_handle("@jo_k"), is_handle("jo@k.org")
    (True, False)
    """
    return word[0] == "@" and _HANDLE.fullmatch(word) is not None


def _is_initials(view: View, i: int) -> bool:
    """Whether a word is a label of initials, however it is tagged: 'PvdM: …'."""
    word = view.words[i]
    return view.is_label(i, i + 1) and word.isalpha() and sum(letter.isupper() for letter in word) > 1


def _opens_name(view: View, i: int, lex: Lexicon) -> bool:
    """Whether a word in capitals begins a name, or a public body whatever its tag: '| Bath | and Wells …'."""
    if namey(view, i):
        return not is_participle(view, i)
    opens = not i or view.sents[i - 1] != view.sents[i]
    return opens and view.lower[i + 1 : i + 2] == ["and"] and service_end(view, i + 1, lex) > 0


def is_participle(view: View, i: int) -> bool:
    """Whether a word that opens a sentence is what somebody does there: 'Replying, Lee said …'."""
    word = view.lower[i]
    if not word.endswith("ing") or view.words[i] in view.surnames or view.words[i + 1 : i + 2] != [","]:
        return False
    opens = not i or view.sents[i - 1] != view.sents[i]
    return opens and any((stem, "VERB") in cues.lexicon() for stem in (word[:-3], f"{word[:-3]}e"))


def _is_one(view: View, i: int) -> bool:
    """Whether a word for a nation, mistagged, stands as a noun: 'the Dane fumed'."""
    after_the = i > 0 and view.lower[i - 1] == "the"
    return after_the and _ends_phrase(view, i) and view.deps[i] in ("nsubj", "dobj", "")


def _is_people_of_two(view: View, i: int, lex: Lexicon) -> bool:
    """Whether a word begins what one of a people is called in two: 'the | New Zealander | said'."""
    if not is_known(view, i) or i + 1 >= len(view):
        return False
    called = f"{view.lower[i]} {view.lower[i + 1]}"
    people = called in lex.origins or (called in lex.nations and called not in lex.places)
    return people and view.deps[i + 1] in ("nsubj", "nsubjpass", "") and _ends_phrase(view, i + 1)


def is_known(view: View, i: int) -> bool:
    """Whether 'the' stands before a word, or before an age that does: 'the 33-year-old | Dane |'."""
    k = i - 5 if view.lower[max(0, i - 4) : i] == ["-", "year", "-", "old"] else i
    return k > 0 and view.lower[k - 1] == "the"


def _split(view: View, start: int, end: int, lex: Lexicon) -> list[Mention]:
    """The names in a run of capitals: parted where entities of unlike kinds meet, titles taken off."""
    if _is_partisan(view, start, end, lex):
        return [Mention(start - 1, end, end - 1, "nominal", "", view.lower[end - 1], "person")]
    if view.words[start].isupper() and view.lower[start] in lex.honorifics and view.is_label(start, end):
        return [Mention(start, end, start, "name", kind="person")]  # 'MR: …', of Matthew Ridley
    if end - start == 1 and any(told(view, start, lex) for told in (_is_address, _is_cry, _is_abstract)):
        return []
    names = (_name(view, first, last, lex) for first, last in pairwise(parts(view, start, end, lex)))
    return [name for name in names if name is not None]


def _is_address(view: View, i: int, lex: Lexicon) -> bool:
    """'“Miller,” said the wolf': whether somebody is called by what they are, of which the text tells too."""
    word = view.lower[i]
    told = word in lex.persons and word in view.plain
    return told and view.quoted[i] >= 0 and view.words[i] not in view.named


def _is_cry(view: View, i: int, lex: Lexicon) -> bool:
    """Whether a word is what somebody cries: '“| Bah |, Caesar!”'."""
    alone = i + 1 < len(view) and not view.words[i + 1][0].isalnum()
    return alone and view.quoted[i] >= 0 and view.lower[i] in lex.cries


def _is_abstract(view: View, i: int, lex: Lexicon) -> bool:
    """Whether a capital only opens a sentence: '| Matrimony | was disagreeable to him'."""
    opens = view.lower[i].endswith(lex.abstract) and (not i or view.sents[i - 1] != view.sents[i])
    return opens and view.ents[i] != "PERSON" and view.words.count(view.words[i]) == 1


def _name(view: View, first: int, last: int, lex: Lexicon) -> Mention | None:
    """One name, its title apart; a title or a demonym without a name is a nominal."""
    while first < last and (view.lower[first] in CONNECTORS or view.words[first] in "-,"):
        first += 1
    while last > first and (view.lower[last - 1] in CONNECTORS or view.words[last - 1] in "-,"):
        last -= 1
    if first >= last:
        return None
    begin = first
    first = after_title(view, begin, last, lex)
    first += first < last and view.words[first] == "."
    if first >= last:
        # 'Abbot' beside 'Gloria Abbot' is a name, and 'Mr. King'.
        called = (
            last - begin == 2
            and view.lower[begin] in lex.openers
            and (view.lower[last - 1] in lex.familiar or view.words[last - 1] in view.surnames)
        )
        alone = last - begin == 1 and view.words[begin] in view.surnames and view.lower[begin - 1] != "the"
        if not called and not alone:
            return _bare_title(view, begin, last, lex)
        first = last - 1
    if last - begin == 1 and view.lower[begin] in lex.persons and _is_office(view, begin):
        return _bare_title(view, begin, last, lex)
    label = _label(view, first, last)
    # 'Bishop Museum', 'King County': what follows is no person's name.
    if (
        first > begin
        and label in ("ORG", "FAC", "GPE", "LOC")
        and (view.lower[last - 1] in lex.organizations or view.lower[last - 1] in lex.sites)
    ):
        first, label = begin, _label(view, begin, last)
    if first == begin and last - begin == 1 and is_people(view, begin, lex):
        word = view.lower[begin]
        if word in lex.persons and view.tags[begin] in ("NNP", "NN") and _ends_phrase(view, begin):
            return Mention(left_edge(view, begin), last, begin, "nominal", lex.persons[word], word, "person")
        plural = view.tags[begin] == "NNPS" or word.endswith(("s", "men"))
        return Mention(begin, last, begin, "nominal", "p" if plural else "", view.lower[begin], "group")
    word = view.lower[begin]
    gender = lex.honorifics.get(word, "") or lex.familiar.get(word, "") if first > begin else ""
    kind = "person" if first > begin else _KINDS.get(label, "")
    head = _head(view, first, last, lex)
    if kind == "person" and last - begin == 1 and is_several(view, head):
        kind = "organization"
    return Mention(first, last, head, "name", gender, "", kind, (begin, first))


def _is_office(view: View, i: int) -> bool:
    """Whether a noun in capitals is no name: 'A MUM has told', 'the GP', 'X, the new Member for Ludlow'."""
    letters = view.words[i].isupper() and view.tags[left_edge(view, i)] in ("DT", "PRP$")
    if letters or view.lower[max(0, i - 1)] in ("a", "an"):
        return True
    of = view.lower[i + 1 : i + 2] == ["for"] or view.deps[i] == "appos"
    return of and view.tags[left_edge(view, i)] in ("DT", "PRP$")


def is_several(view: View, i: int) -> bool:
    """Whether one name has a verb in the plural, as British clubs and firms have: 'Hull are ready'."""
    if view.deps[i] not in ("nsubj", "nsubjpass") or view.quoted[i] >= 0:
        return False
    verb = view.heads[i]
    helped = (k for k in view.children(verb) if view.deps[k] in ("aux", "auxpass"))
    if view.lower[verb] not in _PLURAL and _PLURAL.isdisjoint(view.lower[k] for k in helped):
        return False
    return view.deps[verb] != "conj" and all(view.deps[k] not in ("conj", "cc") for k in view.children(i))


def is_thought_of(view: View, m: Mention) -> bool:
    """'Walpole thought her handsome': a subject in the objective case is somebody else than who thinks."""
    return m.noun in ("him", "her") and view.deps[m.head] == "nsubj"


def _is_partisan(view: View, first: int, last: int, lex: Lexicon) -> bool:
    """Whether a run of capitals is what one of a party is called: 'the Social Democrat', 'the Tory'."""
    known = " ".join(view.lower[first:last]) in lex.partisans
    return known and first > 0 and view.lower[first - 1] == "the" and _ends_phrase(view, last - 1)


def _head(view: View, first: int, last: int, lex: Lexicon) -> int:
    """The word of a name that hangs on something outside it; its last word without a tree."""
    for token in range(first, last):
        # Of 'Tariq al-Nouri' the particle is never the head.
        outside = view.deps[token] and not first <= view.heads[token] < last
        if outside and view.tags[token] in _PROPER | _NOUN and view.words[token][:1].isupper():
            return token
    head = last - 1
    while head > first and (view.lower[head] in lex.suffixes or not view.words[head][:1].isalpha()):
        head -= 1
    return head


def _label(view: View, first: int, last: int) -> str:
    """The entity label that most of the tokens bear."""
    labels = [label for label in view.ents[first:last] if label]
    return max(set(labels), key=lambda x: (labels.count(x), x)) if labels else ""


def _bare_title(view: View, first: int, last: int, lex: Lexicon) -> Mention:
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


def _ends_phrase(view: View, i: int) -> bool:
    """Whether no noun follows in the same phrase."""
    return i + 1 >= len(view) or view.tags[i + 1] not in _AFTER_HEAD


def compound(noun: str, before: str) -> str:
    """The noun for a role of two words: a vice president is no president.

    >>> compound("president", "vice"), compound("president", "former")
    ('vice-president', 'president')
    """
    return f"{before}-{noun}" if (before, noun) in _COMPOUNDS else noun


def _is_denied(view: View, i: int) -> bool:
    """Whether a noun tells what somebody is not: 'he was no | companion | for her'."""
    return any(view.lower[k] == "no" and view.heads[k] == i for k in range(max(0, i - 3), i))


def _nominal(view: View, i: int, lex: Lexicon, speaking: frozenset[str]) -> Mention | None:
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
