"""What stands before a name in one run of capitals: titles, honorifics, the name of a people."""

from __future__ import annotations

from quoteattr.speakers.lexicon import Lexicon
from quoteattr.speakers.view import View

__all__ = ["CONNECTORS", "after_title", "is_initial", "is_people", "is_title_word"]

# Small words inside names: 'Bank of England'.
CONNECTORS = frozenset({"of", "for", "and", "&", "the", "on", "in"})

_ADJECTIVES = ("an", "ese", "ish", "ch", "i", "ic")  # endings of names of peoples that are languages too
_SEATED = frozenset({"the", "/"})  # 'the Cavan/Monaghan TD'
_TO_COME = frozenset({"elect", "designate"})
_ARTICLES = frozenset({"a", "an", "the"})


def is_people(view: View, i: int, lex: Lexicon) -> bool:
    """Whether a lone capital word is a people's name or an adjective of one ('Chinese', 'Democrats')."""
    word = view.lower[i]
    if word in lex.places or (view.words[i] in view.surnames and view.lower[i - 1] != "the"):
        return False
    if word in lex.nations:
        return not _is_called(view, i, lex)
    if {word, lex.singular(word)} & lex.origins:
        return True
    if word not in lex.first_names and lex.singular(word) in lex.nations:  # Frances is no nation
        return True
    return (
        view.ents[i] == "NORP"
        and word not in lex.first_names
        and (word.endswith(("s", "an", "ese", "ish", "ic", "ist", "crat")) or view.tags[i] == "JJ")
    )


def _is_called(view: View, i: int, lex: Lexicon) -> bool:
    """Whether somebody is called like one of a people: 'her husband, Dane'; 'the Dane' is one of them."""
    word, before = view.lower[i], view.lower[i - 1] if i else ""
    if word not in lex.first_names or word.endswith(_ADJECTIVES) or before in _ARTICLES:
        return False
    if view.tags[i] != "NNP" or i + 1 >= len(view):
        return False
    following, named = view.lower[i + 1], view.words[i + 1][:1].isupper()
    return not (named and following in lex.first_names) and lex.person_noun(following) is None


def is_initial(word: str) -> bool:
    """Whether a word is the first letter of a name.

    >>> is_initial("P."), is_initial("PC")
    (True, False)
    """
    return len(word.rstrip(".")) == 1 and word[0].isupper()


def is_title_word(word: str, lex: Lexicon) -> bool:
    """Whether a word is a title, an honorific or a kin word, singular or plural."""
    return (
        word in lex.titles
        or word in lex.honorifics
        or word in lex.familiar
        or lex.singular(word) in lex.titles
    )


def after_title(view: View, first: int, last: int, lex: Lexicon) -> int:
    """The token at which the name proper begins; ``last`` where the run is all title."""
    name = first
    for k in range(first, last):
        following = view.lower[k + 1] if k + 1 < last else ""
        if following in CONNECTORS or following == "-" or _is_surname(view, first, k, last, lex):
            continue
        if k - name > 1 and _are_letters(view, k, last, lex):
            break
        if _is_title(view, first, k, last, lex) or _is_to_come(view, first, k, lex):
            name = k + 1
    if name == first:
        name = _after_people(view, first, last, lex)
    elif name < last and all(word in lex.modifiers for word in view.lower[name:last]):
        return last
    return name


def _is_seat(view: View, first: int, k: int, lex: Lexicon) -> bool:
    """Whether letters behind a place that may be a name are an office: 'the Kerry | TD'."""
    letters = view.words[k].isupper() and view.lower[k] in lex.titles and not view.words[k - 1].isupper()
    if not letters or k != first + 1:
        return False
    known = first > 0 and view.lower[first - 1] in _SEATED
    return known or (k + 1 < len(view) and view.words[k + 1].istitle())


def _is_to_come(view: View, first: int, k: int, lex: Lexicon) -> bool:
    """Whether a word says of a title before its hyphen that it is to come: 'Senator-|elect| Ann Lee'."""
    joined = k > first + 1 and view.words[k - 1] == "-" and is_title_word(view.lower[k - 2], lex)
    return joined and view.lower[k] in _TO_COME


def _is_surname(view: View, first: int, k: int, last: int, lex: Lexicon) -> bool:
    """Whether what may be a title ends a name here: 'Angela King', 'Imran Sheikh KC'."""
    given = k > first and view.lower[k - 1] in lex.first_names and not _is_seat(view, first, k, lex)
    return given and lex.suffixes.issuperset(view.lower[k + 1 : last])


def _are_letters(view: View, k: int, last: int, lex: Lexicon) -> bool:
    """Whether what may be a title ends a person's full name: 'John Smith | MP'."""
    labelled = view.ents[k - 1] == "PERSON" or view.lower[k - 2] in lex.first_names
    return labelled and all(
        view.lower[j] in lex.letters and view.words[j][:1].isupper() for j in range(k, last)
    )


def _is_title(view: View, first: int, k: int, last: int, lex: Lexicon) -> bool:
    """Whether the token is a title here, and not a part of a name ('General Motors', 'John M. Smith')."""
    word, following = view.lower[k], view.lower[k + 1] if k + 1 < last else ""
    if is_initial(view.words[k]) and k + 1 < last and is_initial(view.words[k + 1]):
        return False  # 'M. V. Balan'
    if word in lex.openers or (k > first and (view.lower[k - 1], word) == ("tan", "sri")):
        return True
    name = k + 2 if following == "." else k + 1  # 'Con. Lee'
    known_person = name < last and (view.ents[name] == "PERSON" or view.lower[name] in lex.first_names)
    if _is_first_name(view, first, k, last, lex) or (
        k > first and following in lex.firm_suffixes and k + 2 == last  # 'Kelmar Infra Pvt Ltd'
    ):
        return False
    called = word in lex.persons or word in lex.ranks or (k == first and lex.plural_person(word))
    letters = word in lex.ranks and view.words[k].isupper() and last - k > 2 and view.ents[k] != "ORG"
    if not (is_title_word(word, lex) or (called and known_person) or letters):
        return False
    if k > first and (
        len(word) == 1 or (view.ents[k] == view.ents[k - 1] == "PERSON" and not view.begins[k])
    ):
        # 'Charlotte Mayor Jennifer Roberts', whatever its label.
        seated = word in lex.titles and following in lex.first_names and view.lower[k - 1] in lex.places
        titled = is_title_word(view.lower[k - 1], lex) or view.lower[k - 1] in lex.ranks
        titled = titled or _is_seat(view, first, k, lex)
        return (titled and len(word) > 1) or seated
    labelled = following and view.ents[k] in ("ORG", "FAC", "GPE", "WORK_OF_ART", "PRODUCT", "EVENT", "LAW")
    return not labelled or _before_person(view, k, last, lex)


def _before_person(view: View, k: int, last: int, lex: Lexicon) -> bool:
    """Whether a name follows a title that is labelled as a part of something else ('General Motors')."""
    following = view.lower[k + 1]
    if view.begins[k + 1] or view.ents[k + 1] != view.ents[k] or following in lex.first_names:
        return True
    if k + 2 == last and view.words[k + 1] in view.surnames:
        return True  # 'Major Fell' where Denis Fell is known
    body = any(w in lex.organizations or w in lex.sites for w in view.lower[k + 1 : last])
    return not body and view.lower[k] not in lex.ambiguous and view.ents[k] == "ORG"


def _is_first_name(view: View, first: int, k: int, last: int, lex: Lexicon) -> bool:
    """Whether what may be a title is a first name, for what they are stands before: 'the coach Dean Ames'."""
    following = view.lower[k + 1] if k + 1 < last else ""
    if k > first or view.lower[k] not in lex.first_names:
        return False
    if k + 2 == last and not is_title_word(view.lower[k], lex) and not view.begins[k + 1]:
        return view.ents[k + 1] != ""  # 'Guy Cecil', whatever else a guy is
    before = k - 2 if k > 1 and view.words[k - 1] == "," else k - 1  # 'her partner, Dean Ames'
    plain = k > 0 and view.words[before].islower() and lex.person_noun(view.lower[before]) is not None
    # 'the reader Major Denis Fell': a rank before two names.
    ranked = is_title_word(view.lower[k], lex) and k + 2 < last and view.words[k + 2] != "-"
    if k + 2 == last and view.has_age(last):
        return True  # 'Dean Hallworth, 43, denied it'
    return plain and following not in lex.first_names and not ranked


def _after_people(view: View, first: int, last: int, lex: Lexicon) -> int:
    """'American Steve Jones': the adjective is no part of the name."""
    name = first
    if view.lower[last - 1] in lex.mastheads and view.lower[first - 1 : first] == ["the"]:
        return first  # 'the Philippine Star'
    while name + 1 < last and is_people(view, name, lex):
        if view.ents[name + 1] != "PERSON" and view.lower[name + 1] not in lex.first_names:
            break
        name += 1
    return name
