"""Roles: what the text says that somebody is, from titles, appositions, copulas, parentheses and ages."""

from __future__ import annotations

from attrs import frozen

from quoteattr.speakers.lexicon import FIELD, Lexicon, lexicon
from quoteattr.speakers.mentions import Mention
from quoteattr.speakers.nominals import compound
from quoteattr.speakers.rolespans import AGE, DASHES, after, before, party
from quoteattr.speakers.view import View
from quoteattr.times import is_time

__all__ = ["Role", "age_of", "find_roles", "role_at", "role_words"]

_MISTER = frozenset({"mr", "mrs", "ms", "miss"})
_DECLINING = 8  # tokens of ', who asked not to be named'
_BEFORE_NAMES = frozenset(
    {"dr", "prof", "mr", "mrs", "ms", "hon", "rev", "sir", "lord", "lady", "dame", "baroness"}
)
_COMPLEMENT = frozenset({"DT", "JJ", "NN", "NNS", "NNP", "NNPS", "POS", "CD", "PRP$"})
_PARTIES = {
    "d": "democrat",
    "dem": "democrat",
    "r": "republican",
    "rep": "republican",
    "lab": "labour",
    "con": "conservative",
}


@frozen
class Role:
    """What somebody is, as the text gives it.

    Attributes:
        text: the words without article and name ('Russian Prime Minister').
        nouns: its head nouns, singular ('minister', 'prime-minister').
        words: all its words in lower case, countries by their ordinary name.
        sign: the gender that its nouns tell ('m', 'f' or '').
        first, last: its tokens, end exclusive.
        domain: the words that tell what it is of or for ('hull' of 'mayor of Hull' and of 'Hull’s mayor').
    """

    text: str
    nouns: frozenset[str]
    words: frozenset[str]
    sign: str
    first: int
    last: int
    domain: frozenset[str] = frozenset()


def find_roles(view: View, m: Mention) -> list[Role]:
    """The roles that stand beside one mention of a name."""
    lex = lexicon()
    if m.first and view.words[m.first - 1] == "," and view.lower[m.first] in lex.states:
        return []  # 'Denver, Colo., a …'
    if _declines(view, m, lex):
        return []
    ahead = (span and _own_part(view, *span) for span in before(view, m, lex))
    spans = (*ahead, after(view, m, lex), party(view, m, lex))
    roles = (_role(view, *span, lex) for span in spans if span is not None and span[0] < span[1])
    return [role for role in roles if role is not None]


def _own_part(view: View, first: int, last: int) -> tuple[int, int]:
    """The part of a phrase before a name that is not what somebody else is said to be.

    'Amy was an adviser to | Ruiz’s predecessor |, Tom Alvarez'.
    """
    for k in range(first, last):
        beside = view.children(view.heads[k]) if view.deps[k] == "attr" else ()
        if any(view.deps[c] == "nsubj" and view.tags[c] == "NNP" for c in beside):
            joints = [j for j in range(k + 1, last) if view.tags[j] in ("IN", "TO")]
            return (joints[-1] + 1 if joints else last), last
    return first, last


def _declines(view: View, m: Mention, lex: Lexicon) -> bool:
    """Whether who stands before a name wants none: 'an aide of the minister, X, who declined to be named'."""
    behind = view.lower[m.last : m.last + _DECLINING]
    return behind[:2] == [",", "who"] and not lex.withheld.isdisjoint(behind)


def age_of(view: View, m: Mention) -> str:
    """The age after a name: 'X, 44,' or 'X (44)'; '' where there is none."""
    i, size = m.last, len(view)
    if i + 1 >= size or view.words[i] not in (",", "(") or not AGE.match(view.words[i + 1]):
        return ""
    closed = i + 2 >= size or view.words[i + 2] in (",", ")", ".", ";")
    return view.words[i + 1] if closed else ""


def role_at(view: View, m: Mention, last: int | None = None) -> Role | None:
    """The role that a description itself tells ('the Chinese president'), or ``None``.

    Args:
        view: the document.
        m: the mention.
        last: one past its last token where what hangs on the noun belongs to it too.
    """
    return _role(view, m.first, last or m.last, lexicon())


def role_words(view: View, first: int, last: int) -> frozenset[str]:
    """The words of a phrase for comparison, singular, countries by their ordinary name."""
    lex = lexicon()
    words: set[str] = set()
    for word in (part for token in view.lower[first:last] for part in _parts(token)):
        if _article(word) or not word[:1].isalnum():
            continue
        plain = lex.titles.get(word, word)
        plain = lex.states.get(word, plain)
        words.update(lex.nations.get(plain, lex.singular(plain)).split(" "))
    return frozenset(words)


def _article(word: str) -> bool:
    lex = lexicon()
    return word in lex.definite or word in ("a", "an", "another", "both", "your", "one")


def _is_loose(word: str) -> bool:
    """Whether a word before a role is no part of it: a mark, a time, 'own' of 'its own editor'."""
    return not word[0].isalnum() or word == "own" or is_time(word)


def _opens_a_name(view: View, first: int, k: int) -> bool:
    """Whether a word belongs to the name behind a role: 'Minister | Dr. |', but not 'the first | lady |'."""
    return first < k and view.lower[k] in _BEFORE_NAMES and view.words[k][:1].isupper()


def _parts(token: str) -> list[str]:
    """A token, and the halves of 'd-vt'."""
    return [token, *token.split("-")] if "-" in token and len(token) > 1 else [token]


def _role(view: View, first: int, last: int, lex: Lexicon) -> Role | None:
    """The role in a stretch of tokens, articles and marks at its edges left off."""
    first = _after_owner(view, first, last)
    while first < last and (_article(view.lower[first]) or _is_loose(view.words[first])):
        first += 1
    while last > first and (
        view.words[last - 1] in DASHES
        or view.words[last - 1] in (",", "’s", "'s")
        or view.tags[last - 1] in ("CC", "IN", "DT")  # 'the songwriter behind “Motel Ice”'
        or _opens_a_name(view, first, last - 1)
    ):
        last -= 1
    if view.lower[first] == "no":
        return None  # 'Hamm is no politician'
    listed = view.lower[first] in _MISTER and "POS" not in view.tags[first:last]
    if listed and last - first > 1 and view.tags[first + 1] == "NNP":
        return None  # 'Cllr Wren, Mrs Pope (clerk)': the next of a list
    alone = view.lower[first] if last - first == 1 else ""
    if first >= last or (alone and lex.person_noun(alone) is None and lex.plural_person(alone)):
        return None  # 'Twins Kieron and Kaine Blackwood'
    nouns: set[str] = set()
    sign = ""
    for k in range(first, last):
        word = lex.joined_noun(view.lower, k)
        if nouns and view.tags[k] in ("IN", "TO", "WP"):
            break
        noun = lex.titles.get(word) or lex.ranks.get(word, word)
        gender = lex.person_noun(noun)
        heads = k + 1 >= last or view.tags[k + 1] not in ("NN", "NNS", "NNP", "HYPH")
        if gender is not None and heads and view.tags[k][:1] in ("N", "J"):
            whole = compound(noun, view.lower[k - 1] if k > first else "")
            # A prime minister is a minister too.
            nouns |= {whole, noun} if whole == "prime-minister" else {whole}
            nouns |= {FIELD} if noun.endswith(FIELD[1:]) else set()
            sign = sign or gender or lex.familiar.get(word, "")
    party = _PARTIES.get(view.lower[first].split("-")[0]) if view.words[first - 1] == "(" else None
    if party:
        nouns.add(party)
    of = next((k for k in range(first, last) if view.tags[k] == "IN"), last)
    owner = next((k for k in range(first, of) if view.tags[k] == "POS"), first)
    return Role(
        view.slice(first, last),
        frozenset(nouns),
        role_words(view, first, last) | nouns,
        sign,
        first,
        last,
        domain_at(view, of, last) | role_words(view, first, owner),
    )


def domain_at(view: View, first: int, limit: int) -> frozenset[str]:
    """The words of what an office is of, where 'of', 'for' or 'to' stands at ``first``; empty otherwise."""
    if view.lower[first : first + 1] not in (["of"], ["for"], ["to"]):
        return frozenset()
    end = first + 1
    while end < min(limit, len(view)) and (view.tags[end] in _COMPLEMENT or view.lower[end] == "of"):
        end += 1
    return role_words(view, first + 1, end) - {"of"}


def _after_owner(view: View, first: int, last: int) -> int:
    """Where a role begins: after an owner without a name ('the island’s minister'), or all but the last."""
    owners = [k for k in range(first, last) if view.tags[k] == "POS"]
    head = next((k for k in range(first, last) if view.tags[k] in ("IN", "TO")), last)
    owners = [k for k in owners if k < head]
    if not owners:
        return first
    start = owners[-2] + 1 if len(owners) > 1 else first
    named = any(view.tags[k] in ("NNP", "NNPS") for k in range(start, owners[-1]))
    return start if named else owners[-1] + 1
