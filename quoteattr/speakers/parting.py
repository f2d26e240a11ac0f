"""Where a run of capitals is parted: between names, behind a post, behind what an office is of."""

from __future__ import annotations

from quoteattr.speakers.lexicon import Lexicon
from quoteattr.speakers.prefixes import is_initial, is_title_word
from quoteattr.speakers.view import View

__all__ = ["is_in_office", "parts"]

_OFFICE = 8  # tokens of what an office is of, before its last words
_JOINTS = frozenset('-"“‘”’')  # inside a name: 'Smith-Jones', 'Marcia “Cia” Price'


def parts(view: View, start: int, end: int, lex: Lexicon) -> list[int]:
    """The tokens at which the names in a run begin, and its end."""
    cuts = [start]
    in_office = is_in_office(view, start, lex)
    for k in range(start + 1, end):
        if in_office and k + 1 < end and _begins_person(view, k, lex):
            cuts = [k] if view.ents[k - 1] != "GPE" else [start, k]  # 'Public Affairs' speaks for nobody
            in_office = False
            continue
        after_body = end - start > 2 and _after_body(view, start, lex)
        if k == start + 1 and (after_body or _after_of(view, start, lex, view.lower[k])):
            cuts.append(k)
            continue
        if k - start > 1 and _is_behind_post(view, start, k, end, lex):
            cuts.append(k)
            continue
        unlike = view.begins[k] and view.ents[k - 1] and view.ents[k - 1] != view.ents[k]
        unlike = unlike and view.lower[k] not in lex.suffixes  # 'Ann Lee KC'
        unlike = unlike and not is_initial(view.words[k - 1])  # 'P. K. | Raghunathan'
        # 'Han | Seok-jin': a surname and its given name.
        unlike = unlike and not (
            view.lower[k - 1] in lex.surnames_first and view.words[k + 1 : k + 2] == ["-"]
        )
        unlike = unlike and not _is_given(view, k - 1, lex)
        if unlike and _JOINTS.isdisjoint((view.words[k], view.words[k - 1])):
            cuts.append(k)
    return [*cuts, end]


def is_in_office(view: View, start: int, lex: Lexicon) -> bool:
    """Whether what an office is of opens the run: 'Minister for | Fisheries Jo Roe', '… and | Pensions'."""
    i = start - 1
    while i > max(0, start - _OFFICE) and (view.words[i][:1].isupper() or view.lower[i] in (",", "and", "&")):
        i -= 1
    return i > 0 and view.lower[i] in ("of", "for") and is_title_word(view.lower[i - 1], lex)


def _begins_person(view: View, k: int, lex: Lexicon) -> bool:
    """Whether a person's name begins at a token in a run, by its label or by its first name."""
    before = view.lower[k - 1] if view.words[k - 1] != "." else view.lower[k - 2]
    if is_title_word(before, lex) or before in lex.ranks:
        return False  # 'Chief of Staff Gen. | Jo Roe'
    if view.begins[k] and view.ents[k] == "PERSON":
        return view.ents[k - 1] != "PERSON"
    word = view.lower[k]
    return word in lex.first_names and word not in lex.places and word not in view.plain


def _is_behind_post(view: View, start: int, k: int, end: int, lex: Lexicon) -> bool:
    """Whether a person's name begins within a run: 'director of Government Affairs | Phil Smith'."""
    labelled = view.begins[k] and view.ents[k : k + 2] == ["PERSON"] * 2 and not view.begins[k + 1]
    if not labelled or view.ents[k - 1] or k + 1 >= end or view.lower[k] not in lex.first_names:
        return False
    before = view.lower[start:k]
    if is_title_word(before[-1], lex) or before[-1] in lex.persons or before[-1] in lex.ranks:
        return False  # a title is taken off later
    return all(word.isalpha() and len(word) > 1 for word in before) and lex.first_names.keys().isdisjoint(
        before
    )


def _is_given(view: View, i: int, lex: Lexicon) -> bool:
    """Whether a token with a label of its own is a first name of the person behind it: 'Anneliese Kroon'."""
    word = view.lower[i]
    known = word in lex.first_names and word not in lex.places and word not in lex.nations
    return known and view.begins[i] and view.ents[i + 1] == "PERSON" and lex.person_noun(word) is None


def _after_of(view: View, start: int, lex: Lexicon, following: str) -> bool:
    """'Governor of Montana Ruth Lee', 'MP for Wirra Jo Roe': whether what an office is of opens the run."""
    if start < 2 or view.lower[start - 1] not in ("of", "for"):
        return False
    word = view.lower[start]
    if following in lex.places:
        return False  # 'a reporter for Agence France-Presse'
    if is_title_word(word, lex) or (word in lex.first_names and word not in lex.places):
        return False  # 'worker for | Mrs. Clinton', 'for | Hillary Clinton', though some are called Clinton
    seat = view.lower[start] in lex.places or lex.person_noun(view.lower[start - 2]) is not None
    return view.lower[start] == "opposition" or (seat and following in lex.first_names)


def _after_body(view: View, start: int, lex: Lexicon) -> bool:
    """'Leader of Opposition in the House Ravi Sen': whether a body opens the run."""
    placed = start > 1 and view.lower[start - 1] == "the" and view.lower[start - 2] == "in"
    return placed and view.lower[start] in lex.organizations and view.lower[start + 1] in lex.first_names
