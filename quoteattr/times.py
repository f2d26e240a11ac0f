"""Times of day in figures, as labels of talk and lines of news have them: '18.05', '00:12:04'."""

from __future__ import annotations

import re

__all__ = ["is_time"]

_TIME = re.compile(r"\d{1,2}([:.]\d\d){1,2}")


def is_time(word: str) -> bool:
    """Whether a word is a time.

    >>> is_time("9:30"), is_time("00:12:04"), is_time("9")
    (True, True, False)
    """
    return _TIME.fullmatch(word) is not None
