"""Coreference clusters from elsewhere: they take the place of our own choice wherever they reach."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from quoteattr.speakers.entities import Inventory
from quoteattr.speakers.mentions import Mention

__all__ = ["Clusters", "apply_clusters"]

Clusters = Sequence[Sequence[tuple[int, int]]]


def apply_clusters(inventory: Inventory, clusters: Clusters) -> None:
    """Gives all mentions of a cluster one owner: the entity that most of its names have, or a new one.

    Args:
        inventory: the document.
        clusters: each a list of (start, end) in characters, end exclusive; spans without a mention are
            passed over.
    """
    for cluster in clusters:
        members = [m for start, end in cluster for m in _covered(inventory, start, end)]
        if not members:
            continue
        owners = Counter(m.entity for m in members if m.form == "name" and m.entity >= 0)
        owner = owners.most_common(1)[0][0] if owners else inventory.new().number
        entity = inventory.entities[owner]
        for m in members:
            if m.entity < 0 and m.form == "nominal":
                entity.kinds[m.kind] += 1
                entity.noun = entity.noun or m.noun
            elif m.form == "pronoun" and m.noun not in entity.pronouns:
                entity.pronouns.append(m.noun)
            if m.sign in ("m", "f"):
                entity.kinds["person"] += 1
                entity.genders[m.sign] += 1
            m.entity = owner


def _covered(inventory: Inventory, start: int, end: int) -> list[Mention]:
    """The mention that a span of characters is: the one at its root, or else the first in it."""
    view = inventory.view
    first, last = view.tokens(start, end)
    inside = inventory.at(first, last)
    for m in inside:
        if view.is_root(m.head, first, last):
            return [m]
    return inside[:1]
