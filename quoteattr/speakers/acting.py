"""Who acts in the sentence of narration right before a speech, in its paragraph or in the one above."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from quoteattr.speakers.entities import Inventory
from quoteattr.speakers.lexicon import lexicon
from quoteattr.speakers.mentions import Mention
from quoteattr.speakers.view import View

__all__ = ["acting_above", "acting_before", "owns_limb"]

_PRESENT = frozenset({"VBZ", "VBP"})


def acting_before(inventory: Inventory, token: int, saying: Collection[int]) -> int:
    """Who acts in the sentence of narration before a speech: 'Her mother nods. “No,” she says.'; or -1.

    Args:
        inventory: the document.
        token: where the speech begins.
        saying: the heads of the mentions that are sources.
    """
    view, first = inventory.view, _narrated(inventory, token)
    if first < 0 or view.paras[first] != view.paras[token]:
        return -1
    inside = inventory.at(first, token)
    # 'Ann was less kind: “Two hours of sand,” she wrote.'
    mains = ("ROOT", "ccomp") if view.words[token - 1] == ":" else ("ROOT",)
    m = _subject(inventory, inside, mains) or _introduced(inventory, inside)
    # 'The Italian smiled' names again whom the pronoun means.
    if m is None or m.noun in lexicon().nations or m.head in saying:
        return -1
    return _credible(inventory, m)


def acting_above(inventory: Inventory, token: int) -> int:
    """Who acts at the end of the paragraph above that of a speech: 'Ann sat. // “No,” she said.'; or -1."""
    view, first = inventory.view, _narrated(inventory, token)
    if first < 0 or view.paras[token - 1] == view.paras[token]:
        return -1
    m = _subject(inventory, inventory.at(first, token), ("ROOT",))
    # 'Officer Lee holds up a picture': what stands under a photograph.
    if m is None or view.tags[view.heads[m.head]] in _PRESENT:
        return -1
    return _credible(inventory, m)


def _narrated(inventory: Inventory, token: int) -> int:
    """The first token of the sentence of narration that ends before a token; -1 where it quotes."""
    view, last = inventory.view, token - 1
    if last < 0 or view.quoted[last] >= 0:
        return -1
    first = view.sentence_start(last)
    return -1 if any(view.quoted[k] >= 0 for k in range(first, token)) else first


def _subject(inventory: Inventory, inside: Sequence[Mention], mains: Collection[str]) -> Mention | None:
    """The subject of a sentence's main verb, or whose eyes or lips are."""
    view = inventory.view
    for m in inside:
        acting = view.heads[m.head] if owns_limb(view, m) else m.head
        if view.deps[acting] == "nsubj" and view.deps[view.heads[acting]] in mains:
            return m
    return None


def owns_limb(view: View, m: Mention) -> bool:
    """Whether somebody is named as the owner of eyes, lips or the like: '| Ann’s | eyes'."""
    return view.deps[m.head] == "poss" and view.lower[view.heads[m.head]] in lexicon().limbs


def _introduced(inventory: Inventory, inside: Sequence[Mention]) -> Mention | None:
    """The one person of a sentence, named first there: 'The idea is that of Ann Lee, the convener.'."""
    names = (m for m in inside if m.form == "name" and m.entity >= 0)
    people = [m for m in names if inventory.entities[m.entity].kind == "person"]
    if len(people) != 1 or people[0].last - people[0].start < 2:
        return None
    return people[0] if inventory.names_of(people[0].entity)[:1] == people else None


def _credible(inventory: Inventory, m: Mention) -> int:
    """The entity of a mention if it may speak at all, or -1."""
    return m.entity if inventory.is_credible(m) else -1
