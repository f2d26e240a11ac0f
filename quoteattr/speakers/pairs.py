"""Who 'the two leaders', 'both' and 'the couple' are: the two persons named together before."""

from __future__ import annotations

from bisect import bisect_left

from quoteattr.speakers.entities import Inventory
from quoteattr.speakers.lexicon import lexicon
from quoteattr.speakers.mentions import Mention
from quoteattr.speakers.sources import Source

__all__ = ["members_of"]

_MENTIONS = 40  # back at most
_REACH = 3  # sentences back in which they are named


def members_of(inventory: Inventory, source: Source) -> list[int]:
    """The numbers of the two mentions that a source of two means; empty for other sources.

    'They' means two where nobody else is meant by it, and the two are the subject of a sentence before.
    """
    view = inventory.view
    words = view.lower[source.first : source.last]
    they = words == ["they"] and not _has_name(inventory, source)
    if not they and not _is_of_two(words):
        return []
    last = bisect_left(inventory.mentions, source.first, key=lambda m: m.head)
    oldest = view.sents[source.first] - (1 if they else _REACH)
    named: dict[int, list[int]] = {}
    for k in range(last - 1, max(last - _MENTIONS, 0) - 1, -1):
        m = inventory.mentions[k]
        if view.sents[m.head] < oldest:
            break
        if m.form == "name" and view.quoted[m.head] < 0 and _is_person(inventory, m):
            named.setdefault(view.sents[m.head], []).insert(0, k)
    return next((two for numbers in named.values() if (two := _two(inventory, numbers, they))), [])


def _has_name(inventory: Inventory, source: Source) -> bool:
    """Whether a source has a name already: 'they' of a union, or of a person whom the text calls so."""
    if source.entity < 0:
        return False
    entity = inventory.entities[inventory.owner(source.entity)]
    return bool(entity.forms) and (entity.kind != "person" or entity.is_they)


def _is_of_two(words: list[str]) -> bool:
    """Whether words mean two persons: 'both', 'both men', 'the two leaders', 'the couple'."""
    counted = words[:1] == ["both"] or words[:2] == ["the", "two"]
    if counted:
        return words == ["both"] or lexicon().plural_person(words[-1])
    return len(words) == 2 and words[0] == "the" and words[1] in lexicon().couples


def _is_person(inventory: Inventory, m: Mention) -> bool:
    return m.entity >= 0 and inventory.entities[m.entity].kind == "person"


def _two(inventory: Inventory, numbers: list[int], acting: bool) -> list[int]:
    """Of the persons named in a sentence the only two joined by 'and', or all if they are two.

    With ``acting`` only the two who are its subject.
    """
    view, mentions = inventory.view, inventory.mentions
    heads = {mentions[k].head: k for k in numbers}
    coordinated = [h for h in heads if view.deps[h] == "conj" and view.heads[h] in heads]
    joined = [[heads[view.heads[h]], heads[h]] for h in coordinated]
    if acting:
        joined = [two for two in joined if any(_is_subject(inventory, mentions[k]) for k in two)]
    if joined or acting:
        return joined[0] if len(joined) == 1 else []
    owners = {mentions[k].entity: k for k in reversed(numbers)}
    return sorted(owners.values()) if len(owners) == 2 else []


def _is_subject(inventory: Inventory, m: Mention) -> bool:
    """Whether any word of a name is a subject: of 'Ian and Carol | Reid' the parser makes one phrase."""
    return any(inventory.view.deps[k] == "nsubj" for k in range(m.first, m.last))
