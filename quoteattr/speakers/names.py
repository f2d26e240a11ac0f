"""Personal names: their parts, their forms, and which of them can be the same person's."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from functools import lru_cache

from attrs import frozen

from quoteattr.speakers.lexicon import lexicon

__all__ = ["PersonName", "fold", "half", "link_strength", "one_letter_off", "parse", "same_person"]


@lru_cache(maxsize=4096)
def fold(word: str) -> str:
    """``word`` for comparison: lower case, no diacritics, no period, straight apostrophe.

    >>> fold("Évariste"), fold("O’Brien"), fold("Ø.")
    ('evariste', "o'brien", 'o')
    """
    if word.isascii():
        return word.lower().replace(".", "")
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", word).casefold())
    return "".join(c for c in plain if not unicodedata.combining(c)).translate(_LETTERS)


_LETTERS = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ı": "i", "ß": "ss", "æ": "ae", "œ": "oe", "’": "'", ".": ""}
)


@frozen
class PersonName:
    """A personal name taken apart.

    Attributes:
        words: the names proper, folded, particles joined to what follows ('van der berg').
        gender: what an honorific or a kin word tells ('m', 'f' or '').
        honorific: folded honorific or kin word, or ''.
        nickname: folded nickname in quotation marks or parentheses, or ''.
        suffix: 'jr', 'iii', or ''.
    """

    words: tuple[str, ...]
    gender: str = ""
    honorific: str = ""
    nickname: str = ""
    suffix: str = ""

    @property
    def surname(self) -> str:
        """The last word, or the first where the first is a surname that stands in front."""
        if not self.words:
            return ""
        if 2 <= len(self.words) <= 3 and self.words[0] in lexicon().surnames_first:
            last = self.words[-1]
            western = self.words[0] in lexicon().first_names and last in lexicon().surnames_first
            if not western:
                return self.words[0]
        return self.words[-1]

    @property
    def given(self) -> tuple[str, ...]:
        """The words that are not the surname."""
        if len(self.words) < 2:
            return ()
        return self.words[1:] if self.surname == self.words[0] else self.words[:-1]


def parse(words: Sequence[str], titled: bool = True) -> PersonName:
    """Takes the words of a name apart; quotation marks, hyphens and commas may stand among them.

    Args:
        words: the words.
        titled: whether a first name that is a title too is one here: 'Dean'.

    >>> parse(["Mr.", "Jan", "van", "der", "Berg", "Jr."])
    PersonName(words=('jan', 'van der berg'), gender='m', honorific='mr', nickname='', suffix='jr')
    >>> parse(["William", "“", "Bill", "”", "Smith"]).nickname
    'bill'
    """
    lex = lexicon()
    plain = [fold(w) for w in words]
    gender = honorific = nickname = suffix = ""
    names: list[str] = []
    joined = ""
    i = 0
    while i < len(plain):
        word = plain[i]
        if word in _QUOTES or word == "(":
            close = next((j for j in range(i + 1, len(plain)) if plain[j] in _CLOSERS), len(plain))
            nickname = " ".join(plain[i + 1 : close])
            i = close + 1
            continue
        if (
            not names
            and not joined
            and (word in lex.honorifics or word in lex.familiar)
            and (titled or word not in lex.first_names)
            and i + 1 < len(plain)
        ):
            honorific = word
            gender = lex.honorifics.get(word, "") or lex.familiar.get(word, "") or gender
        elif word == "-":
            if joined:
                joined = joined.rstrip() + "-"
            elif names:
                joined = names.pop() + "-"
        elif names and word in lex.suffixes:
            suffix = suffix if word in lex.letters else word
        elif (
            word in lex.particles
            and (len(word) > 1 or words[i].islower())  # 'E.' is an initial
            and i + 1 < len(plain)
            and (names or words[i].islower() or joined or plain[i + 1] in lex.particles)
        ) or (word in lex.teknonyms and not names and i + 1 < len(plain)):
            joined += word + " "
        elif word and word != ",":
            names.append(joined + word)
            joined = ""
        i += 1
    if joined.strip(" -"):
        names.append(joined.strip(" -"))
    return PersonName(tuple(names), gender, honorific, nickname, suffix)


_QUOTES = frozenset("\"“”‘’'«»") | {"``", "''"}
_CLOSERS = _QUOTES | {")"}


def _given_match(a: str, b: str) -> bool:
    """Whether two given names can be one: equal, an initial, a short form."""
    if a == b:
        return True
    if len(a) == 1 or len(b) == 1:
        return a[:1] == b[:1]
    nick = lexicon().nicknames
    if a in nick.get(b, ()) or b in nick.get(a, ()):
        return True
    short, long = sorted((a, b), key=len)
    # 'K.C.' beside 'Karen'; and cut forms ('Alex' – 'Alexander') of at least three letters.
    return len(short) >= 3 and long.startswith(short)


def same_person(a: PersonName, b: PersonName) -> bool:
    """Whether two names of two words or more can belong to one person.

    >>> same_person(parse(["George", "W.", "Bush"]), parse(["George", "Bush"]))
    True
    >>> same_person(parse(["Li", "Qiang"]), parse(["Li", "Hui"]))
    False
    >>> same_person(parse(["Ichiyō", "Higuchi"]), parse(["Higuchi", "Ichiyo"]))
    True
    """
    if _unlike(a, b) or len(a.words) < 2 or len(b.words) < 2:
        return False
    short, long = sorted((a, b), key=lambda name: len(name.words))
    size, called = len(short.words), " ".join(short.words)
    if sorted(a.words) == sorted(b.words) or long.words[-size:] == short.words:
        return True
    if called == long.nickname or (" " in called and called in long.words):
        return True  # 'El Turco' – 'Hugo “El Turco” Saleh'; 'De Blasio' – 'Bill de Blasio'
    if long.words[:-1] == short.words:
        return True  # 'Gabriel Montero' – 'Gabriel Montero Ruiz'
    return a.surname == b.surname and _same_given(a, b)


def _unlike(a: PersonName, b: PersonName) -> bool:
    """Whether titles or suffixes keep two names apart."""
    genders = a.gender and b.gender and a.gender != b.gender
    suffixes = a.suffix and b.suffix and a.suffix != b.suffix
    return bool(genders or suffixes)


def _same_given(a: PersonName, b: PersonName) -> bool:
    """Whether the given names, nicknames and initials of two names with one surname can be one person's."""
    for nick, other in ((a.nickname, b), (b.nickname, a)):
        if nick and other.given and _given_match(nick, other.given[0]):
            return True
    if len(a.given) == len(b.given):
        return all(_given_match(x, y) for x, y in zip(a.given, b.given, strict=True))
    # 'Marie Curie' – 'Marie Skłodowska Curie'; 'W. Bush' – 'George W. Bush'.
    fewer, more = sorted((a.given, b.given), key=len)
    return _given_match(fewer[0], more[0]) or all(any(_given_match(x, y) for y in more) for x in fewer)


def link_strength(single: PersonName, full: PersonName) -> int:
    """How well a name of one word fits a fuller one: 3 surname, 2 first name, 1 another part, 0 not at all.

    >>> full = parse(["Li", "Qiang"])
    >>> [link_strength(parse([w]), full) for w in ("Li", "Qiang", "Wang")]
    [3, 2, 0]
    """
    if len(single.words) != 1 or not full.words or _unlike(single, full):
        return 0
    word = single.words[0]
    if len(full.words) == 1:
        return 3 * (word == full.words[0])
    # 'Berg' is 'van der Berg' too.
    if word in (full.surname, full.surname.split()[-1]):
        return 3
    if word == half(full.surname):
        return 2  # 'al-Nouri', 'Solvang-Hale'
    meant = lexicon().nicknames.get(word, frozenset())
    if word in (full.words[0], full.words[-1], full.nickname) or any(given in meant for given in full.given):
        return 2
    return int(word in full.words)


def half(surname: str) -> str:
    """What stands after the last hyphen of a surname, or all of it: 'hale' of 'solvang-hale'."""
    return surname.rsplit("-", 1)[-1]


def one_letter_off(a: str, b: str) -> bool:
    """Whether one letter added, left out or changed makes ``a`` of ``b``; the first letter stays.

    >>> one_letter_off("water", "waters"), one_letter_off("mauer", "maurer"), one_letter_off("jones", "james")
    (True, True, False)
    """
    if a[:1] != b[:1] or abs(len(a) - len(b)) > 1 or a == b or len(b) < 5:
        return False
    k = next((i for i, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b)))
    return a[k + 1 :] == b[k + 1 :] or a[k:] == b[k + 1 :] or a[k + 1 :] == b[k:]
