"""Runs of capitals: where a name ends, with the particles, nicknames and joints that belong to it."""

from __future__ import annotations

from quoteattr import cues
from quoteattr.speakers.lexicon import Lexicon, lexicon
from quoteattr.speakers.prefixes import CONNECTORS, is_title_word
from quoteattr.speakers.view import View

__all__ = ["is_participle", "namey", "party_end", "run_end", "service_end"]

_PROPER = frozenset({"NNP", "NNPS"})
# Entity labels of the parts of a text that are never a speaker's name.
_NUMBERS = frozenset({"DATE", "TIME", "PERCENT", "MONEY", "QUANTITY", "ORDINAL", "CARDINAL"})
_NAMED = frozenset({"PERSON", "ORG"})
# Tags that small taggers give to names by mistake, mostly where a sentence begins.
_MISTAGGED = frozenset({"NN", "NNS", "JJ", "VB", "VBZ", "VBD", "VBP", "FW", "UH", "RB"})
_LABELLED = _MISTAGGED | {"", "CD", "IN", "MD", "XX"}
_VERBAL = frozenset({"VBG", "VBN"})
_OPENERS = frozenset("\"“‘'(") | {"``"}
_CLOSERS = frozenset("\"”’')") | {"''"}
_POSSESSIVES = frozenset({"'", "’", "'s", "’s"})
_SELF = frozenset({"I", "I."})  # 'said I.'
_GENERATIONS = frozenset({"jr", "sr", "ii", "iii", "iv"})


def is_participle(view: View, i: int) -> bool:
    """Whether a word that opens a sentence is what somebody does there: 'Replying, Lee said …'."""
    word = view.lower[i]
    if not word.endswith("ing") or view.words[i] in view.surnames or view.words[i + 1 : i + 2] != [","]:
        return False
    opens = view.opens_sentence(i)
    return opens and any((stem, "VERB") in cues.lexicon() for stem in (word[:-3], f"{word[:-3]}e"))


def namey(view: View, i: int) -> bool:
    """Whether the token can stand in a name by its own right."""
    word = view.words[i]
    if (
        not word[:1].isupper()
        or (view.ents[i] in _NUMBERS and not (_of_more(view, i) or _is_misread(view, i)))
        or word[-1] == "-"
        or (word.lower() in lexicon().halves and _is_half(view, i))
        # 'Sunday Ehigie' and 'the Sunday Ledger' are names.
        or (word.lower() in lexicon().calendar and view.ents[i] not in _NAMED and not _of_more(view, i))
    ):
        return False
    tag = view.tags[i]
    if tag in _PROPER:
        return word not in _SELF and not (word.istitle() and word.lower() in lexicon().pronouns)
    surname = tag in _VERBAL and word in view.surnames and word.lower() not in view.plain  # 'Ebeling lives'
    if surname or tag not in _LABELLED or word.lower() in lexicon().function or word in _SELF:
        return surname
    titled = _is_titled(view, i)
    # 'Giles' and 'Frances' look like plurals; 'Det. Con. Lee'
    noun = (tag == "NNS" or titled) and word.lower() in lexicon().first_names
    noun = noun or (titled and word.lower() in lexicon().ranks)
    told = word in view.known or word in view.surnames or noun
    if tag in _MISTAGGED and (told or _is_elided(word)) and word.lower() not in view.plain:
        return True
    return bool(view.ents[i]) and view.ents[i] != "NORP"


def _is_elided(word: str) -> bool:
    """Whether a word is a surname with an apostrophe in it, whatever its tag: 'D’Souza'."""
    return word[:1] in "DO" and word[1:2] in _POSSESSIVES and word[2:3].isupper() and not word.isupper()


def _is_half(view: View, i: int) -> bool:
    """Whether a word is joined to one in small letters: '| Cross |-examined'."""
    behind = view.words[i + 1 : i + 3]
    return len(behind) == 2 and behind[0] == "-" and behind[1].islower()


def _is_misread(view: View, i: int) -> bool:
    """Whether what is labelled a date or a number is a name: in other places 'Loveday', 'PC Ann Day' here."""
    word = view.words[i]
    if view.tags[i] not in _PROPER or word.lower() in lexicon().calendar or not word.isalpha():
        return False
    if word in view.named or _is_ranked(view, i):
        return True
    return i > 0 and view.lower[i - 1] in lexicon().openers  # 'Mr Hobday'


def _is_ranked(view: View, i: int) -> bool:
    """Whether a label begins with a first name behind a title: 'DCI | Ann Day'."""
    lex, first = lexicon(), i
    while first and not view.begins[first]:
        first -= 1
    before = view.words[first - 1] if first else ""
    titled = is_title_word(before.lower(), lex) or before.lower() in lex.ranks
    return titled and before[:1].isupper() and view.lower[first] in lex.first_names


def _is_titled(view: View, i: int) -> bool:
    """Whether a short title with its period stands before: 'Pst. | Tunde'."""
    before = view.words[i - 2 : i]
    return len(before) == 2 and before[1] == "." and before[0].lower() in lexicon().shortened


def _of_more(view: View, i: int) -> bool:
    """Whether a month is no date: 'the March of Dimes'."""
    beside = i > 0 and view.lower[i - 1] == "the" and view.lower[i + 1 : i + 2] == ["of"]
    return (
        beside and view.tags[i] in _PROPER and view.words[i + 2 : i + 3] != [] and view.words[i + 2].istitle()
    )


def party_end(view: View, i: int, lex: Lexicon) -> int:
    """One past the letters of a party and a state after a comma: ', D-Vt.'; 0 without them."""
    if view.words[i : i + 1] != [","] or view.words[i + 2 : i + 3] != ["-"] or i + 3 >= len(view):
        return 0
    return i + 4 if view.lower[i + 1] in lex.parties and view.words[i + 3][:1].isupper() else 0


def run_end(view: View, start: int, lex: Lexicon) -> int:
    """The end of the name that begins at ``start``: capitals, with particles and nicknames among them."""
    i, size, sent = start + 1, len(view), view.sents[start]
    while i < size and view.sents[i] == sent:
        if namey(view, i):
            i += 1
            continue
        step = (
            _hyphen(view, start, i, lex)
            or _eastern(view, start, i, lex)
            or _period(view, i, lex)
            or _particle(view, i, lex)
            or service_end(view, i, lex)
            or _connector(view, i, lex)
            or _nickname(view, i, lex)
            or _number(view, i)
            or _generation(view, i)
            or _possessive(view, start, i, lex)
        )
        if not step:
            break
        i = step
    return i


def _follows(view: View, i: int, sent: int) -> bool:
    """Whether a token of the same sentence at ``i`` can stand in a name."""
    return i < len(view) and view.sents[i] == sent and namey(view, i)


def _period(view: View, i: int, lex: Lexicon) -> int:
    """One past the period of 'Capt.' where it is a token of its own, or 0."""
    short = view.lower[i - 1] in lex.shortened and not view.words[i - 1].isupper()  # 'said the MP.'
    return i + 1 if short and view.words[i] == "." and view.glued(i - 1) else 0


def _hyphen(view: View, start: int, i: int, lex: Lexicon) -> int:
    """One past what a hyphen joins to a name: 'Smith-Jones', 'Park Jun-seo'; 0 where it joins nothing."""
    if view.words[i] != "-" or i + 1 >= len(view) or not view.glued(i - 1) or not view.glued(i):
        return 0
    # 'Park Jun-seo': the second half of a given name in small letters, whatever its tag.
    eastern = i - 2 >= start and view.lower[i - 2] in lex.surnames_first
    half = (view.tags[i + 1] in _PROPER or eastern) and view.words[i + 1].isalpha()
    half = half and len(view.words[i + 1]) < 7
    return i + 2 if half or _follows(view, i + 1, view.sents[i]) else 0


def _eastern(view: View, start: int, i: int, lex: Lexicon) -> int:
    """One past 'Do-hyun' after 'Kim', whatever its tags; 0 where it is no given name."""
    given = view.words[i : i + 3]
    if i - 1 != start or view.lower[start] not in lex.surnames_first or given[1:2] != ["-"] or len(given) < 3:
        return 0
    halves = given[0].istitle() and given[0].isalpha() and given[2].islower() and given[2].isalpha()
    return i + 3 if halves and len(given[2]) < 7 and view.glued(i) and view.glued(i + 1) else 0


def _particle(view: View, i: int, lex: Lexicon) -> int:
    """One past the name after 'van der' or 'al-', or 0."""
    if view.lower[i] not in lex.particles or not view.words[i].islower():
        return 0
    j = i + 1
    while j < len(view) and (view.lower[j] in lex.particles or (view.words[j] == "-" and view.glued(j))):
        j += 1
    return j + 1 if _follows(view, j, view.sents[i]) else 0


def _connector(view: View, i: int, lex: Lexicon) -> int:
    """One past the word after 'of' in 'Church of Scientology', or 0 where 'of' is not the name's."""
    j = i
    while j < len(view) and view.lower[j] in CONNECTORS:
        j += 1
    if j == i or j - i > 2 or not _follows(view, j, view.sents[i]):
        return 0
    label = view.ents[i]
    # 'told The Daily Buzz | the Brentham City ace was'
    apart = label == "ORG" and view.lower[i:j] == ["the"]
    if apart or (view.lower[i] in ("in", "on") and view.lower[i - 1] in lex.first_names):
        return 0  # 'Simone in Contracts', whatever its label
    if label and not view.begins[i] and view.ents[i - 1] == label:
        # 'Leader of Opposition' is an office, whatever its label.
        whole = not any(view.begins[i : j + 1]) and not (label == "ORG" and view.lower[i - 1] in lex.titles)
        return j + 1 if whole and label != "PERSON" and not (label == "GPE" and view.lower[i] == "and") else 0
    if view.lower[i] == "&":
        return j + 1
    word = view.lower[i - 1]
    if view.lower[i] in ("of", "for") and word in lex.organizations and not is_title_word(word, lex):
        return j + 1 if word not in lex.persons and view.ents[j] != "PERSON" else 0
    return 0


def service_end(view: View, i: int, lex: Lexicon) -> int:
    """One past the end of 'Kent Fire | and Rescue Service', 'Avon | and Somerset Police', or 0."""
    if view.lower[i] != "and" or not _may_be_half(view, i, lex):
        return 0
    end = i + 1
    while _follows(view, end, view.sents[i]):
        end += 1
    if end < i + 3:
        return 0
    if view.lower[end - 1] in lex.services:
        return end
    return service_end(view, end, lex) if end < len(view) else 0


def _may_be_half(view: View, i: int, lex: Lexicon) -> bool:
    """Whether what stands before 'and' may be half of a name: no people, no person or body by itself."""
    before = view.lower[i - 1]
    if before in lex.organizations or lex.plural_person(before):
        return False
    whole = view.ents[i] != "" and not view.begins[i]
    paired = " ".join((before, *view.lower[i + 1 : i + 2])) in lex.pairs
    return whole or paired or view.ents[i - 1] not in _NAMED


def _nickname(view: View, i: int, lex: Lexicon) -> int:
    """One past the surname in ' “Bill” Smith', or 0."""
    if view.words[i] not in _OPENERS or view.lower[i - 1] in lex.organizations:
        return 0  # 'Police (Rural) Ann Lee'
    j, sent = i + 1, view.sents[i]
    j += view.lower[j : j + 1] == ["the"]  # 'Mick “The Bucket” Donovan'
    while j - i <= 2 and _follows(view, j, sent):
        j += 1
    if not i + 1 < j < len(view) - 1 or view.words[j] not in _CLOSERS:
        return 0
    # 'Steve “Spud” Hobday': with a nickname before it, a label as a day makes the surname no date.
    surname = view.sents[j + 1] == sent and view.tags[j + 1] in _PROPER and view.words[j + 1][0].isupper()
    if surname or _follows(view, j + 1, sent):
        return j + 2
    return _particle(view, j + 1, lex)  # 'Rolando “Bato” dela Rama'


def _generation(view: View, i: int) -> int:
    """One past 'Jr.' after a comma, or 0."""
    if view.words[i] == "," and _follows(view, i + 1, view.sents[i]) and view.lower[i + 1] in _GENERATIONS:
        return i + 2
    return 0


def _number(view: View, i: int) -> int:
    """One past a number in words behind a name, 'Unit | Seven', or 0; in headings all words have capitals."""
    spelt = view.ents[i] == "CARDINAL" and view.words[i].istitle() and view.words[i].isalpha()
    return i + 1 if spelt and view.paras[i] not in view.headings else 0


def _possessive(view: View, start: int, i: int, lex: Lexicon) -> int:
    """One past the name in 'the Millers’ and Bakers’ Union'; 0 where somebody owns what follows."""
    size, sent = len(view), view.sents[start]
    kept = view.words[i] in _POSSESSIVES and i + 1 < size and view.words[i + 1].istitle()
    if kept and view.lower[i + 1] in lex.premises and not _follows(view, i + 2, sent):
        return i + 2  # 'Gill’s Bakery'
    while i < size and view.words[i] in _POSSESSIVES and view.glued(i - 1) and _plural(view, i - 1, lex):
        i += 1
        while i < size and view.lower[i] in ("and", "&"):
            i += 1
        begin = i
        while i < size and view.sents[i] == sent and view.words[i][:1].isupper():
            i += 1
        if i > begin and view.lower[i - 1] in lex.organizations:
            return i
    return 0


def _plural(view: View, i: int, lex: Lexicon) -> bool:
    """Whether the word before a possessive ending is a plural: 'Millers’', 'Women’s'."""
    word, ending = view.lower[i], view.words[i + 1]
    if ending in "'’":
        return word.endswith("s") and view.words[i] not in view.surnames
    return word not in lex.persons and lex.plural_person(word)
