"""The names in a run of capitals, each with its title apart; a title alone stands for its bearer."""

from __future__ import annotations

from itertools import pairwise

from quoteattr.speakers.lexicon import Lexicon
from quoteattr.speakers.mentions import Mention, is_several
from quoteattr.speakers.nominals import bare_title, ends_phrase, left_edge
from quoteattr.speakers.parting import parts
from quoteattr.speakers.prefixes import CONNECTORS, after_title, is_people
from quoteattr.speakers.view import View

__all__ = ["named_in"]

_NOUNS = frozenset({"NNP", "NNPS", "NN", "NNS"})
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


def named_in(view: View, start: int, end: int, lex: Lexicon) -> list[Mention]:
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
    opens = view.lower[i].endswith(lex.abstract) and view.opens_sentence(i)
    return opens and view.ents[i] != "PERSON" and view.counts[view.words[i]] == 1


def _name(view: View, first: int, last: int, lex: Lexicon) -> Mention | None:
    """One name, its title apart; a title or a demonym without a name is a nominal."""
    while first < last and (view.lower[first] in CONNECTORS or view.words[first] in "-,"):
        first += 1
    while last > first and (view.lower[last - 1] in CONNECTORS or view.words[last - 1] in "-,"):
        last -= 1
    if first >= last:
        return None
    begin, alone = first, last - first == 1
    first = _begins(view, begin, last, lex)
    if first >= last or (alone and view.lower[begin] in lex.persons and _is_office(view, begin)):
        return bare_title(view, begin, last, lex)
    label = _label(view, first, last)
    # 'Bishop Museum', 'King County': what follows is no person's name.
    if (
        first > begin
        and label in ("ORG", "FAC", "GPE", "LOC")
        and (view.lower[last - 1] in lex.organizations or view.lower[last - 1] in lex.sites)
    ):
        first, label = begin, _label(view, begin, last)
    if first == begin and alone and is_people(view, begin, lex):
        return _people(view, begin, lex)
    word = view.lower[begin]
    gender = lex.honorifics.get(word, "") or lex.familiar.get(word, "") if first > begin else ""
    kind = "person" if first > begin else _KINDS.get(label, "")
    head = _head(view, first, last, lex)
    if kind == "person" and alone and is_several(view, head):
        kind = "organization"
    return Mention(first, last, head, "name", gender, "", kind, (begin, first))


def _begins(view: View, begin: int, last: int, lex: Lexicon) -> int:
    """Where a name begins behind its title; ``last`` where there is none."""
    first = after_title(view, begin, last, lex)
    first += first < last and view.words[first] == "."
    if first < last:
        return first
    # 'Abbot' beside 'Gloria Abbot' is a name, and 'Mr. King'.
    called = (
        last - begin == 2
        and view.lower[begin] in lex.openers
        and (view.lower[last - 1] in lex.familiar or view.words[last - 1] in view.surnames)
    )
    alone = last - begin == 1 and view.words[begin] in view.surnames and view.lower[begin - 1] != "the"
    return last - 1 if called or alone else last


def _people(view: View, i: int, lex: Lexicon) -> Mention:
    """What a people or one of them is called: 'the Chinese', 'the Dane', 'an Englishman'."""
    word = view.lower[i]
    if word in lex.persons and view.tags[i] in ("NNP", "NN") and ends_phrase(view, i):
        return Mention(left_edge(view, i), i + 1, i, "nominal", lex.persons[word], word, "person")
    plural = view.tags[i] == "NNPS" or word.endswith(("s", "men"))
    return Mention(i, i + 1, i, "nominal", "p" if plural else "", word, "group")


def _is_office(view: View, i: int) -> bool:
    """Whether a noun in capitals is no name: 'A MUM has told', 'the GP', 'X, the new Member for Ludlow'."""
    letters = view.words[i].isupper() and view.tags[left_edge(view, i)] in ("DT", "PRP$")
    if letters or view.lower[max(0, i - 1)] in ("a", "an"):
        return True
    of = view.lower[i + 1 : i + 2] == ["for"] or view.deps[i] == "appos"
    return of and view.tags[left_edge(view, i)] in ("DT", "PRP$")


def _is_partisan(view: View, first: int, last: int, lex: Lexicon) -> bool:
    """Whether a run of capitals is what one of a party is called: 'the Social Democrat', 'the Tory'."""
    known = " ".join(view.lower[first:last]) in lex.partisans
    return known and first > 0 and view.lower[first - 1] == "the" and ends_phrase(view, last - 1)


def _head(view: View, first: int, last: int, lex: Lexicon) -> int:
    """The word of a name that hangs on something outside it; its last word without a tree."""
    for token in range(first, last):
        # Of 'Tariq al-Nouri' the particle is never the head.
        root = view.is_root(token, first, last)
        if root and view.tags[token] in _NOUNS and view.words[token][:1].isupper():
            return token
    head = last - 1
    while head > first and (view.lower[head] in lex.suffixes or not view.words[head][:1].isalpha()):
        head -= 1
    return head


def _label(view: View, first: int, last: int) -> str:
    """The entity label that most of the tokens bear."""
    labels = [label for label in view.ents[first:last] if label]
    return max(set(labels), key=lambda x: (labels.count(x), x)) if labels else ""
