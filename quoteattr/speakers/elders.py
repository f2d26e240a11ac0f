"""The elder and the younger of those who bear one surname, by their ages or by who is whose child."""

from __future__ import annotations

from collections.abc import Mapping, Set

from quoteattr.speakers.lexicon import lexicon

__all__ = ["elder_of"]

_OLD, _YOUNG = 60, 30  # ages that tell by themselves who of two is the elder
_RANKS = {"grandparent": 2, "parent": 1, "child": -1, "grandchild": -2}


def elder_of(bearers: Mapping[int, tuple[Set[str], Set[str]]], younger: bool = False) -> int | None:
    """Which of several is the eldest, or the youngest; ``None`` where what is told does not show it.

    Args:
        bearers: by number, the ages ('79') and the nouns of the roles that the text gives each.
        younger: ask for the youngest.

    >>> elder_of({1: ({"79"}, set()), 2: ({"48"}, set())})
    1
    >>> elder_of({1: (set(), set()), 2: (set(), {"son"})}, younger=True)
    2
    >>> elder_of({1: (set(), set()), 2: ({"48"}, set())}) is None
    True
    """
    if len(bearers) < 2:
        return None
    ages = {n: int(next(iter(told - {""}))) for n, (told, _) in bearers.items() if told - {""}}
    if len(ages) == len(bearers):
        scores = dict(ages)
    else:
        scores = {n: _rank(ages.get(n), nouns) for n, (_, nouns) in bearers.items()}
    ranked = sorted(scores, key=lambda n: scores[n], reverse=not younger)
    return ranked[0] if scores[ranked[0]] != scores[ranked[1]] else None


def _rank(age: int | None, nouns: Set[str]) -> int:
    """How much somebody seems the elder: by an age that tells, or by being a parent or a child."""
    if age is not None and not _YOUNG < age < _OLD:
        return 1 if age >= _OLD else -1
    bonds = (lexicon().bonds.get(noun, "") for noun in nouns)
    return next((_RANKS[bond] for bond in bonds if bond in _RANKS), 0)
