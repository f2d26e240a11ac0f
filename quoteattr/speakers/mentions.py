"""Mentions: where the text names, describes or points at somebody or something that can speak."""

from __future__ import annotations

from typing import Literal

from attrs import define

from quoteattr.speakers.lexicon import Lexicon, lexicon
from quoteattr.speakers.view import View

__all__ = ["Mention", "find_mentions"]

Form = Literal["name", "nominal", "pronoun"]

# Entity labels of the parts of a text that are never a speaker's name.
_NUMBERS = frozenset({"DATE", "TIME", "PERCENT", "MONEY", "QUANTITY", "ORDINAL", "CARDINAL"})
_PROPER = frozenset({"NNP", "NNPS"})
_NOUN = frozenset({"NN", "NNS"})
# Tags that may stand in a noun phrase before its head.
_BEFORE = frozenset(
    {
        "DT",
        "JJ",
        "JJR",
        "JJS",
        "NN",
        "NNS",
        "NNP",
        "NNPS",
        "POS",
        "PRP$",
        "CD",
        "VBN",
        "VBG",
        "HYPH",
        "AFX",
        "RBS",
    }
)
_SUBJECT = frozenset({"nsubj", "nsubjpass", "csubj", "agent"})


@define
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


def find_mentions(view: View) -> list[Mention]:
    """All mentions of the document, in order of their heads."""
    lex = lexicon()
    found: list[Mention] = []
    i, size = 0, len(view)
    while i < size:
        tag = view.tags[i]
        if _namey(view, i):
            end = _run(view, i, lex)
            found.extend(_split(view, i, end, lex))
            i = end
        elif tag in _NOUN:
            mention = _nominal(view, i, lex)
            if mention is not None:
                found.append(mention)
            i += 1
        else:
            sign = lex.pronouns.get(view.lower[i], "")
            if sign and (tag in _PRONOUN_TAGS or not tag) and sign != "relative":
                found.append(Mention(i, i + 1, i, "pronoun", sign, view.lower[i]))
            elif view.lower[i] in _INDEFINITE and tag in ("DT", "NN", "PRP", "JJ", "CD"):
                found.append(Mention(i, i + 1, i, "nominal", "", view.lower[i], _INDEFINITE[view.lower[i]]))
            i += 1
    return sorted(found, key=lambda m: m.head)


_PRONOUN_TAGS = frozenset({"PRP", "PRP$", "NN", "JJ", "NNP", "UH", "RB", "VB", "CD"})
_INDEFINITE = {"someone": "person", "somebody": "person", "others": "group", "many": "group", "some": "group"}


def _namey(view: View, i: int) -> bool:
    word = view.words[i]
    if not word[:1].isupper() or view.ents[i] in _NUMBERS:
        return False
    tag = view.tags[i]
    if tag in _PROPER:
        return not (len(word) == 1 and word == "I")
    return (
        bool(view.ents[i])
        and view.ents[i] != "NORP"
        and tag in ("NN", "NNS", "JJ", "", "FW", "VB", "VBZ", "VBP", "UH", "CD", "RB", "IN", "MD")
        and word.lower() not in _FUNCTION
    )


_FUNCTION = frozenset("the a an of and or in on at by for with from to as but if".split())


def _run(view: View, start: int, lex: Lexicon) -> int:
    """The end of the name that begins at ``start``: capitals, with particles and hyphens among them."""
    i, size, sent = start + 1, len(view), view.sents[start]
    while i < size and view.sents[i] == sent:
        if _namey(view, i):
            i += 1
            continue
        word = view.lower[i]
        following = i + 1 < size and view.sents[i + 1] == sent and _namey(view, i + 1)
        if word == "-" and following and view.glued(i - 1) and view.glued(i):
            i += 2
        elif word in lex.particles and view.words[i].islower():
            j = i + 1
            while j < size and (view.lower[j] in lex.particles or (view.lower[j] == "-" and view.glued(j))):
                j += 1
            if (
                j < size
                and view.sents[j] == sent
                and _namey(view, j)
                and (word not in ("la", "a", "d") or j == i + 1)
            ):
                i = j + 1
            else:
                break
        elif word in ("of", "for", "and", "&", "the", "on", "in") and _inside_name(view, start, i, lex):
            i = _after_connector(view, i)
        elif word in _NICKNAME_OPENERS and _nickname_end(view, i, sent):
            i = _nickname_end(view, i, sent)
        elif (
            word == ","
            and following
            and view.lower[i + 1] in lex.suffixes
            and view.lower[i + 1] in ("jr", "sr", "ii", "iii", "iv")
        ):
            i += 2
        else:
            break
    return i


def _after_connector(view: View, i: int) -> int:
    while i < len(view) and view.lower[i] in ("of", "for", "and", "&", "the", "on", "in"):
        i += 1
    return i + 1


def _inside_name(view: View, start: int, i: int, lex: Lexicon) -> bool:
    """Whether the small word at ``i`` belongs to the name ('Church of Scientology') that began at ``start``."""
    j = i
    while j < len(view) and view.lower[j] in ("of", "for", "and", "&", "the", "on", "in"):
        j += 1
    if j >= len(view) or j - i > 2 or view.sents[j] != view.sents[i] or not _namey(view, j):
        return False
    label = view.ents[i]
    if label and not view.begins[i] and view.ents[i - 1] == label:
        if label == "PERSON":
            return False
        return not any(view.begins[k] for k in range(i, j + 1))
    if view.lower[i] == "&":
        return True
    if view.lower[i] in ("of", "for") and view.words[start][0].isupper():
        word = view.lower[i - 1]
        return (
            word in lex.organizations
            and word not in lex.persons
            and word not in lex.titles
            and view.ents[j] not in ("PERSON",)
        )
    return False


_NICKNAME_OPENERS = frozenset("\"“‘'(") | {"``"}


def _nickname_end(view: View, i: int, sent: int) -> int:
    """One past the surname in ' “Bill” Smith', or 0 where no nickname stands at ``i``."""
    j = i + 1
    while j < len(view) and j - i <= 2 and view.sents[j] == sent and _namey(view, j):
        j += 1
    if (
        j > i + 1
        and j + 1 < len(view)
        and view.words[j] in "\"”’')''"
        and _namey(view, j + 1)
        and view.sents[j + 1] == sent
    ):
        return j + 2
    return 0


def _split(view: View, start: int, end: int, lex: Lexicon) -> list[Mention]:
    """The names in a run of capitals: parted where entities meet, titles taken off."""
    cuts = [start]
    for k in range(start + 1, end):
        if (
            view.begins[k]
            and view.ents[k - 1]
            and view.ents[k - 1] != view.ents[k]
            and not (view.words[k] == "-" or view.words[k - 1] == "-")
        ):
            cuts.append(k)
    cuts.append(end)
    found: list[Mention] = []
    for first, last in zip(cuts, cuts[1:], strict=False):
        found.extend(_name(view, first, last, lex))
    return found


def _name(view: View, first: int, last: int, lex: Lexicon) -> list[Mention]:
    """One name, its title apart; a title or demonym without a name is a nominal."""
    while first < last and view.lower[first] in ("the", "-", "of", "and", "&", ","):
        first += 1
    while last > first and view.lower[last - 1] in ("-", "of", "and", "&", ",", "the"):
        last -= 1
    if first >= last:
        return []
    begin = first
    label = _label(view, first, last)
    name = first
    if label not in ("FAC", "WORK_OF_ART", "PRODUCT", "EVENT", "LAW") or _title(view.lower[first], lex):
        name = _after_title(view, first, last, lex)
    if name >= last:
        return [_capital_title(view, begin, last, lex)]
    if name > begin:
        label = _label(view, name, last)
        # 'Bishop Museum', 'King County': what follows is no person's name.
        if label in ("ORG", "FAC", "GPE", "LOC") and view.lower[last - 1] in lex.organizations | _PLACE_NOUNS:
            name, label = begin, _label(view, begin, last)
    if (
        name == begin
        and last - begin == 1
        and (view.ents[begin] == "NORP" or _demonym(view.lower[begin], lex))
    ):
        plural = view.tags[begin] == "NNPS" or view.words[begin].endswith("s")
        return [Mention(begin, last, begin, "nominal", "p" if plural else "", view.lower[begin], "group")]
    head = last - 1
    while head > name and (view.lower[head] in lex.suffixes or view.lower[head] in ("”", '"', ")", ",")):
        head -= 1
    for token in range(name, last):
        # The head of a name is the word that hangs on something outside it.
        if view.deps[token] and not name <= view.heads[token] < last and view.tags[token] in _PROPER:
            head = token
    gender = lex.honorifics.get(view.lower[begin], "") or lex.familiar.get(view.lower[begin], "")
    kind = _KINDS.get(label, "")
    if name > begin:
        kind = "person"
    return [Mention(name, last, head, "name", gender, "", kind, (begin, name))]


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
_PLACE_NOUNS = frozenset(
    "county city street avenue road park island river lake valley mountain hotel airport bridge square town village station bay beach hill hills district square house hall abbey".split()
)


def _label(view: View, first: int, last: int) -> str:
    """The entity label that most of the tokens bear."""
    labels = [view.ents[k] for k in range(first, last) if view.ents[k]]
    return max(set(labels), key=lambda x: (labels.count(x), x)) if labels else ""


def _demonym(word: str, lex: Lexicon) -> bool:
    return (word in lex.nations or lex.singular(word) in lex.nations) and word not in lex.places


def _title(word: str, lex: Lexicon) -> bool:
    return word in lex.titles or word in lex.honorifics or word in lex.familiar


def _after_title(view: View, first: int, last: int, lex: Lexicon) -> int:
    """The token at which the name proper begins; ``last`` where the run is all title."""
    name = first
    for k in range(first, last):
        word = view.lower[k]
        following = view.lower[k + 1] if k + 1 < last else ""
        if following in ("of", "for", "and", "&", "on", "in", "the"):
            continue
        is_title = _title(word, lex) or (
            word in lex.persons
            and k + 1 < last
            and (view.ents[k + 1] == "PERSON" or following in lex.first_names)
        )
        # Inside a name known to be a body's, 'General' or 'Judge' is no title ('General Motors').
        if (
            is_title
            and k + 1 < last
            and view.ents[k] in ("ORG", "FAC", "GPE")
            and view.ents[k + 1] == view.ents[k]
            and not view.begins[k + 1]
        ):
            is_title = following in lex.first_names
        if is_title and not (
            k > first
            and view.ents[k] == "PERSON"
            and view.ents[k - 1] == "PERSON"
            and not view.begins[k]
            and not _title(view.lower[k - 1], lex)
            and k + 1 == last
        ):
            name = k + 1
    if name == first:
        # 'American Steve Jones': the demonym is no part of the name.
        while name + 1 < last and _demonym(view.lower[name], lex) and view.ents[name + 1] in ("PERSON", ""):
            if view.ents[name + 1] != "PERSON" and view.lower[name + 1] not in lex.first_names:
                break
            name += 1
    if name < last and all(view.lower[k] in lex.modifiers for k in range(name, last)):
        return last if name > first else name
    return name


def _capital_title(view: View, first: int, last: int, lex: Lexicon) -> Mention:
    """A title that stands for its bearer: 'the President', 'Prime Minister'."""
    word = view.lower[last - 1]
    noun = lex.titles.get(word, word)
    return Mention(
        _left_edge(view, last - 1), last, last - 1, "nominal", lex.person_noun(noun) or "", noun, "person"
    )


def _left_edge(view: View, head: int) -> int:
    """The first token of the noun phrase whose head is at ``head``, at most ten tokens back."""
    first, sent = head, view.sents[head]
    while first > 0 and head - first < 10 and view.sents[first - 1] == sent:
        tag = view.tags[first - 1]
        if tag not in _BEFORE and not (view.words[first - 1] in "’'" or view.lower[first - 1] == "-"):
            break
        first -= 1
        if tag in ("DT", "PRP$") and view.tags[first - 1 if first else 0] != "PDT":
            break
    return first


def _nominal(view: View, i: int, lex: Lexicon) -> Mention | None:
    """The noun phrase with head noun ``i`` where the noun can name a speaker; ``None`` otherwise."""
    word = view.lower[i]
    following = view.tags[i + 1] if i + 1 < len(view) and view.sents[i + 1] == view.sents[i] else ""
    if following in ("NN", "NNS") or (following in _PROPER and word not in lex.persons):
        return None
    plural = view.tags[i] == "NNS" or word in lex.groups
    single = lex.singular(word) if plural else word
    gender = lex.person_noun(single)
    if gender is not None:
        return Mention(
            _left_edge(view, i),
            i + 1,
            i,
            "nominal",
            "p" if plural else gender,
            single,
            "group" if plural else "person",
        )
    if word in lex.groups:
        return Mention(_left_edge(view, i), i + 1, i, "nominal", "p", word, "group")
    if single in lex.organizations:
        return Mention(
            _left_edge(view, i), i + 1, i, "nominal", "p" if plural else "n", single, "organization"
        )
    if single in lex.works:
        return Mention(_left_edge(view, i), i + 1, i, "nominal", "p" if plural else "n", single, "work")
    return None
