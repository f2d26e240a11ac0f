"""Where a role stands: the title or phrase before a name, what is put after it, a party in parentheses."""

from __future__ import annotations

import re

from quoteattr.speakers.lexicon import Lexicon, lexicon
from quoteattr.speakers.mentions import Mention
from quoteattr.speakers.runs import is_participle, party_end
from quoteattr.speakers.view import SUBJECTS, View

__all__ = ["AGE", "DASHES", "after", "before", "party"]

DASHES = frozenset({"--", "–", "—", "-"})
AGE = re.compile(r"^\d{1,2}$")
_YEAR = 4  # digits
_LONGEST = 30  # tokens of one role
_CLAUSE = frozenset(
    {"VBD", "VBZ", "VBP", "MD", "WP", "WP$", "WDT", "WRB", ":", "``", "''", "-RRB-", "-LRB-", "."}
)
_MARKS = frozenset({":", "``", "''", "."})
_COORDINATED = frozenset({"DT", "PRP$", "RB"})  # after 'and': a second role with its own article
_INSIDE = frozenset({"JJ", "JJS", "NN", "NNS", "NNP", "NNPS", "POS", "HYPH", "VBN", "CD", "RB"})
_PARTICIPLES = frozenset({"amod", "compound", "nmod", ""})  # a participle that belongs to the noun behind it
_NOUNS = frozenset({"NN", "NNP", "NNS"})  # 'his | fiancée |, X' is mistagged
_BARE = frozenset({"CC", ",", "``", "VBD", "VBZ"})  # what stands before a role without an article
_FRESH = frozenset({"CC", "RB", ","})  # what governs nothing: 'But the mayor, X, said'
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
        "VBN",
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


def before(view: View, m: Mention, lex: Lexicon) -> tuple[tuple[int, int] | None, ...]:
    """'Russian Prime Minister X', 'spokesman X', 'the director of it, X'; or two: 'his deputy, Mayor X'."""
    begin, name = m.title
    if m.start > 1 and view.lower[m.start - 1] in ("called", "named"):
        # 'a young man named X', 'his wife was called X'
        told = m.start - 2 if view.lower[m.start - 2] in ("is", "was") else m.start - 1
        return (_noun_before(view, told, lex),)
    if begin == name:
        begin = m.first
    elif not all(word in lex.honorifics or word == "." for word in view.lower[begin:name]):
        start = _phrase_start(view, begin)
        chief = start > 1 and view.lower[start - 1] == "of" and view.lower[start] not in lex.titles
        if chief and lex.person_noun(view.lower[start - 2]) is not None:
            return ((_phrase_start(view, start - 2), name),)  # 'Army Chief of Staff General X'
        beside = _title_of(view, start, lex) or _comma_before(view, m, start, lex)
        return (start, name), beside or _noun_before(view, start, lex)  # 'his colleague Senator X'
    # 'Spokesman Mr. X' as 'spokesman X'.
    near = _noun_before(view, begin, lex) or _title_of(view, begin, lex)
    begin -= begin > 1 and view.lower[begin - 1] == "the"  # 'the chair of governors, the Rev. X'
    return (near, _comma_before(view, m, near[0] if near else begin, lex))


def _noun_before(view: View, i: int, lex: Lexicon) -> tuple[int, int] | None:
    if view.opens_sentence(i) or view.tags[i - 1] not in _NOUNS | {"JJ"}:
        return None
    if view.tags[i - 1] == "JJ" and view.lower[i - 1] in lex.elders:
        return None  # 'the elder Lovelace'
    if view.tags[i - 1] == "JJ" and view.ents[i] not in ("", "PERSON"):
        return None  # 'the official Huaxin news agency'
    ranked = view.lower[i - 1] in lex.ranks and view.words[i - 1].isupper()  # 'PC Hannah Lee'
    return (
        (_phrase_start(view, i - 1), i) if ranked or lex.person_noun(view.lower[i - 1]) is not None else None
    )


def _phrase_start(view: View, i: int) -> int:
    """The first token of the words before a title that belong to it: 'Malaysia’s Prime Minister'."""
    sent, first = view.sents[i], i
    loud = view.words[i][:1].isupper() and view.sents[max(0, i - 1)] == sent
    while first and i - first < 12 and view.sents[first - 1] == sent:
        tag, word = view.tags[first - 1], view.lower[first - 1]
        # 'a slow-spoken widower', but not 'once mayor X'
        adverb = tag == "RB" and word != "then" and view.words[first] != "-"
        if adverb or (tag == "VBN" and view.deps[first - 1] not in _PARTICIPLES):
            break  # 'he had met its founder, X'
        if word == "and" and _two_in_one(view, first, loud):
            first -= 2
            continue
        year = word.isdigit() and len(word) == _YEAR  # but 'a 70-year-old academic'
        if view.ents[first - 1] == "DATE" and (word in lexicon().calendar or year):
            break  # 'In March 1917 Captain X'
        known = tag in _INSIDE or word == "-" or (tag == "VBG" and word in lexicon().modifiers)
        known = known and (word != "-" or view.glued(first - 1))  # 'OSLO - Prime Minister X'
        if not known or (loud and _plain(view, first - 1)):
            break
        first -= 1
    while first < i and (view.tags[first] in ("POS", "HYPH") or not view.words[first][0].isalnum()):
        first += 1
    return first


def _two_in_one(view: View, k: int, loud: bool) -> bool:
    """'the actress and activist X', 'party leader and former mayor X': whether they are one person's roles.

    Two trades are one person's, and so is a role without an article; one in capitals ('former Gov. and
    Chairman X') only where more than the title stands there.
    """
    lex = lexicon()
    if k < 2:
        return False
    if not loud and view.lower[k - 2] in lex.callings and view.lower[k] in lex.callings:
        return True
    opens = k == 2 or view.sents[k - 3] != view.sents[k]  # there tags are odd: 'Activist and author X'
    one = view.lower[k - 2] in lex.titles if loud else opens or view.tags[k - 2] == "NN"
    if not one or lex.person_noun(view.lower[k - 2]) is None or view.tags[k] == "DT":
        return False
    first = k - 2
    while first and view.sents[first - 1] == view.sents[k] and view.tags[first - 1] in _INSIDE:
        first -= 1
    if loud and first == k - 2:
        return False  # 'King and Queen X'
    return first == 0 or view.sents[first - 1] != view.sents[k] or view.tags[first - 1] in _BARE


def _plain(view: View, k: int) -> bool:
    """Whether a word before a title in capitals is no part of it: 'endorsed Sen.', 'the action President'."""
    lex = lexicon()
    word = view.lower[k]
    if not view.words[k][:1].islower() or word in lex.modifiers or word in lex.nations:
        return False
    return view.tags[k] not in ("POS", "HYPH")


def _title_of(view: View, first: int, lex: Lexicon) -> tuple[int, int] | None:
    """'Governor of Washington X', 'head of culture X': a title, and what it is of, right before a name."""
    k = first - 1
    if k > 2 and view.words[k] == ")":  # 'Superintendent of Police (Rural) X'
        k = next((j for j in range(k - 1, max(0, k - 5), -1) if view.words[j] == "("), k) - 1
    while (
        k > 0
        and first - k < 8
        and view.sents[k] == view.sents[first]
        and (view.tags[k] in ("NNP", "NNPS", "DT", "CC") or _is_field(view, k, lex))
    ):
        k -= 1
    if view.lower[k] == "in" and k > 2 and view.tags[k - 1] in ("NNP", "NNPS"):
        k -= 2  # 'Leader of Opposition in the House X'
    if all(view.tags[j] in ("DT", "CC") for j in range(k + 1, first)):
        return None  # 'Leader of the Opposition': the title is not of whoever is named by this
    if k < 1 or view.lower[k] not in ("of", "for") or lex.person_noun(view.lower[k - 1]) is None:
        return None
    return _phrase_start(view, k - 1), first


def _is_field(view: View, k: int, lex: Lexicon) -> bool:
    """Whether a noun can be what an office is of, as no person can: 'head of sales'."""
    return view.tags[k] in ("NN", "NNS", "JJ") and lex.person_noun(view.lower[k]) is None


def _comma_before(view: View, m: Mention, first: int, lex: Lexicon) -> tuple[int, int] | None:
    """'The director of the Institute in London, X': the phrase before the comma, by its head noun."""
    comma = first - 1
    if view.quoted[m.first] >= 0 and view.words[m.last : m.last + 1] in (["."], ["!"], ["?"]):
        return None  # '“I’m a chef, Nina.”'
    single = m.last - m.first == 1 and view.lower[m.first] not in lex.first_names
    if comma < 1 or view.words[comma] != "," or view.sents[comma] != view.sents[first]:
        return None
    # 'Their mother, Eleri': whatever its label.
    kin = view.lower[comma - 1] in lex.bonds and view.tags[comma - 2] in ("PRP$", "JJ", "POS")
    if m.kind in ("place", "organization", "work") and single and not kin:
        return None
    noun = _first_person_noun(view, comma, lex)
    if noun < 0:
        return None
    # After the noun only what hangs on it may stand: 'the artist himself, X', 'the head of the centre, X'.
    between = {view.tags[j] for j in range(noun + 1, comma) if not view.lower[j].endswith("self")}
    start = _phrase_start(view, noun)
    opener = start - 1 if start and view.tags[start - 1] in ("DT", "PRP$") else start
    # 'Told of a teenager on a bench, X …': X is the subject of another clause, unlike in 'says the boy, X'.
    subject = view.deps[m.head] in SUBJECTS and opener and view.heads[m.head] != opener - 1
    subject = subject and not _second_subject(view, m)
    if subject and view.sents[opener - 1] == view.sents[comma] and view.tags[opener - 1] not in _FRESH:
        return None
    hangs = not between or bool(between & {"IN", "-LRB-"})
    # 'its founder and largest shareholder, X'
    hangs = hangs or ("CC" in between and between <= _INSIDE | {"CC"} and _ends_with_person(view, comma, lex))
    opens = not opener or view.tags[start - 1] in _OPENING
    # 'For X, an instructor in English, Y was …': the phrase is told of X already.
    told = opener > 1 and view.words[opener - 1] == "," and view.tags[opener - 2] in ("NNP", "CD")
    told = told and not is_participle(view, opener - 2) and view.ents[opener - 2] != "DATE"
    return (start, comma) if hangs and opens and not told else None


def _second_subject(view: View, m: Mention) -> bool:
    """'… signed by her aide, X, the minister said': whether the verb of a name has its subject after it."""
    beside = view.children(view.heads[m.head])
    return view.words[m.last : m.last + 1] == [","] and any(
        view.deps[k] in SUBJECTS and m.last < k < view.heads[m.head] for k in beside
    )


def _ends_with_person(view: View, end: int, lex: Lexicon) -> bool:
    """Whether the word before a token is a noun for a person: 'its founder and largest | shareholder |'."""
    return lex.person_noun(view.lower[end - 1]) is not None


def _first_person_noun(view: View, comma: int, lex: Lexicon) -> int:
    """The first noun for a person before a comma, at the end of its own phrase; -1 without one."""
    k, noun = comma - 1, -1
    while k >= 0 and comma - k <= _LONGEST and view.sents[k] == view.sents[comma] and view.words[k] != ",":
        if view.tags[k] in _CLAUSE and view.tags[k] not in ("-RRB-", "-LRB-"):
            break
        last = view.tags[k + 1] not in ("NN", "NNS", "NNP", "NNPS", "HYPH", "POS")
        named = view.ents[k] == "PERSON" and not view.begins[k] and view.tags[k - 1] == "NNP"  # 'Ann Weaver'
        if last and not named and view.tags[k] in _NOUNS and lex.person_noun(view.lower[k]) is not None:
            noun = k
        k -= 1
    return noun


def after(view: View, m: Mention, lex: Lexicon) -> tuple[int, int] | None:
    """'X, a lawyer from Ohio,', 'X, who is the drummer', 'X is a lawyer'."""
    i, size, sent = m.last, len(view), view.sents[m.last - 1]
    if view.is_placed(m.head) and m.last - m.start == 1 and view.lower[m.head] not in lex.first_names:
        return None  # 'Born in Leeds, the daughter of a tanner, she …'
    if i < size and view.words[i] == "(":
        i = 1 + next((k for k in range(i, min(i + 8, size)) if view.words[k] == ")"), i - 1)
    if i + 2 < size and view.words[i] == "," and AGE.match(view.words[i + 1]):
        i += 2
    i = party_end(view, i, lex) or i  # 'X, D-Calif., the top Democrat'
    if i + 1 >= size or view.sents[i] != sent:
        return None
    if view.words[i] == "," or view.words[i] in DASHES:
        start = i + 1
        if start + 1 < size and view.lower[start] == "who" and view.lower[start + 1] in ("is", "was"):
            start += 2
        elif start + 1 < size and view.lower[start] in ("is", "was") and view.tags[start + 1] == "DT":
            start += 1  # 'their daughter, X, is a physicist'
        elif view.lower[start] in ("now", "currently"):
            start += 1
    elif view.lower[i] in ("is", "was", "became", "remains") and view.tags[i + 1] in (
        "DT",
        "NN",
        "JJ",
        "NNP",
    ):
        start = i + 1
    else:
        return None
    opens = view.lower[start : start + 2]
    if opens[:1] == ["the"] and not lex.elders.isdisjoint(opens[1:]):
        return None  # 'Kieron, the elder by an hour'
    span = _noun_phrase(view, start, sent, lex)
    return None if span is None or _acts(view, *span) else span


def _acts(view: View, start: int, end: int) -> bool:
    """'Asked about X, the senator said …': whether a phrase after a comma is the subject of what follows."""
    acting = any(view.deps[k] in ("nsubj", "nsubjpass") and view.heads[k] >= end for k in range(start, end))
    return acting and view.tags[end : end + 1] in (["VBD"], ["VBZ"])


def _noun_phrase(view: View, start: int, sent: int, lex: Lexicon) -> tuple[int, int] | None:
    """The phrase from ``start`` up to the next comma or verb, if its head noun is a person's."""
    size, k, headed = len(view), start, False
    if start >= size or view.tags[start] in ("CC", "WP", "WP$", "IN", "PRP"):
        return None
    while k < size and k - start < _LONGEST and view.sents[k] == sent:
        if view.tags[k] in _CLAUSE and not _is_word(view, k):
            break
        if view.words[k] == "," and headed and _region(view, k):
            k += 1
            continue
        if headed and view.tags[k] == "CC" and (_second(view, k + 1) or view.tags[k + 1 : k + 2] == ["VBN"]):
            break
        if view.words[k] in (",", ";") or (view.words[k] in DASHES and not (k and view.glued(k - 1))):
            break
        if headed and view.lower[k] in ("due", "because", "after", "before", "since", "until", "during"):
            break
        if not headed and k > start and view.tags[k] in ("IN", "TO", "VBG", "VBN", "PRP$"):
            if _in_name(view, k):
                k += 1
                continue
            headed = _heads_person(view, start, k, lex)
            if headed and view.tags[k] == "PRP$" and view.tags[k - 1] == "CC":
                break  # 'a nurse and her brother'
            if not headed and view.tags[k] in ("IN", "TO"):
                return None
        k += 1
    return (start, k) if headed or _heads_person(view, start, k, lex) else None


def _in_name(view: View, k: int) -> bool:
    """Whether a preposition is in a name or a compound: 'a Bank | of | Oslo aide', 'an | in |-house cook'."""
    if view.words[k + 1 : k + 2] == ["-"] and view.glued(k):
        return True
    return view.ents[k] != "" and not view.begins[k] and view.tags[k - 1] == "NNP"


def _is_word(view: View, k: int) -> bool:
    """Whether what is tagged a mark is a word, or makes a plural a possessive: 'the Drivers | ’ | Union'."""
    if view.words[k] not in ("'", "’"):
        return view.tags[k] in _MARKS and view.words[k][0].isalnum()  # '“A.F.L.-C.I.O.”'
    owned = view.tags[k - 1] == "NNP" and view.tags[k + 1 : k + 2] in (["NN"], ["JJ"])  # 'Ann Sands’ aide'
    return view.words[k - 1].endswith("s") and (
        owned or (view.words[k + 1 : k + 2] != [] and view.words[k + 1].istitle())
    )


def _second(view: View, k: int) -> bool:
    """Whether a second role begins at a token: 'and the lead author', 'and once her student'."""
    return k < len(view) and (
        view.tags[k] in _COORDINATED or view.lower[k] in ("once", "now", "then", "later")
    )


def _region(view: View, comma: int) -> bool:
    """Whether a comma stands between a place and what holds it: 'Leicester, England,'."""
    end = comma + 1
    while end < len(view) and view.ents[end] == "GPE":
        end += 1
    inside = view.ents[comma - 1] == "GPE" and end > comma + 1
    return inside and view.words[end : end + 1] != [] and view.words[end] in ",.;"


def _heads_person(view: View, start: int, end: int, lex: Lexicon) -> bool:
    """Whether the last noun before ``end`` is a noun for a person."""
    for k in range(end - 1, start - 1, -1):
        if view.tags[k] in ("NN", "NNP", "NNPS", "JJ"):
            return lex.person_noun(view.lower[k]) is not None
        if view.tags[k] not in ("CC", "RB"):  # 'a lawyer | now | teaching in Oslo'
            return False
    return False


def party(view: View, m: Mention, lex: Lexicon) -> tuple[int, int] | None:
    """'(D-Vt.)' or ', D-Vt.,' after a name."""
    i = m.last
    end = party_end(view, i, lex)
    if end:
        return i + 1, end
    if i + 1 >= len(view) or view.words[i] != "(" or view.lower[i + 1].split("-")[0] not in lex.parties:
        return None
    close = next((k for k in range(i + 2, min(i + 8, len(view))) if view.words[k] == ")"), 0)
    return (i + 1, close) if close else None
