"""How sure it is who speaks: from the share that decided to the share of such names that are right."""

from __future__ import annotations

from quoteattr.objects import MentionKind
from quoteattr.speakers.pronouns import weights

__all__ = ["confidence"]


def confidence(kind: MentionKind, named: bool, share: float) -> float:
    """The share of speakers like this that are right, as ``training/speakers/confidence.py`` fits it.

    Args:
        kind: how the source mentions the speaker.
        named: whether the speaker has a name; else the figure is for the text's giving none.
        share: of the one chosen among all who may be meant, between 0 and 1.

    >>> confidence("pronoun", True, 0.6) < confidence("pronoun", True, 0.9)
    True
    """
    table = weights("confidence")
    if not named:
        return float(table["nameless"][kind])
    base, slope = table["named"][kind]
    return min(max(float(base + slope * share), 0.0), 1.0)
