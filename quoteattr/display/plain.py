"""Text of strangers made fit for a page: every character seen, none that reaches beyond its own words.

Escaping for HTML is left to the templates.
"""

from __future__ import annotations

import re

__all__ = ["balanced", "has_bidi_controls", "line", "visible"]

# What HTML cannot hold or shows as nothing: controls as their pictures (U+2400 …), the rest as U+FFFD.
_CONTROLS = {code: 0x2400 + code for code in range(0x20) if chr(code) not in "\t\n\f\r"}
_REPLACED = re.compile("[\x80-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
_BIDI = re.compile("[\u202a-\u202e\u2066-\u2069]")
_EMBED, _ISOLATE, _POP, _POP_ISOLATE = "\u202a\u202b\u202d\u202e", "\u2066\u2067\u2068", "\u202c", "\u2069"


def visible(text: str) -> str:
    r"""The text with characters that a page cannot show replaced, one for one, by characters that it can.

    >>> visible("a\x00b\x1b[0m \ud800")
    'a␀b␛[0m �'
    """
    return _REPLACED.sub("\ufffd", text.translate({**_CONTROLS, 0x7F: 0x2421}))


def has_bidi_controls(text: str) -> bool:
    """Whether the text has characters that change the direction of what follows (embeddings, isolates)."""
    return _BIDI.search(text) is not None


def balanced(text: str) -> str:
    r"""The text with its changes of direction ended before it ends, and with no end of others' changes.

    A stray POP DIRECTIONAL ISOLATE would end the isolation that the page puts around the words (UAX #9 makes
    no difference between the two), so that an override after it could turn our own labels around.

    >>> balanced("a \u202e b") == "a \u202e b\u202c"
    True
    >>> balanced("a \u2069 b") == "a  b"
    True
    """
    if not has_bidi_controls(text):
        return text
    kept: list[str] = []
    ends: list[str] = []
    isolates = 0
    for character in text:
        if character in _EMBED:
            ends.append(_POP)
        elif character in _ISOLATE:
            ends.append(_POP_ISOLATE)
            isolates += 1
        elif character == _POP:
            if not ends or ends[-1] != _POP:
                continue
            ends.pop()
        elif character == _POP_ISOLATE:
            if not isolates:
                continue
            isolates -= 1
            while ends.pop() != _POP_ISOLATE:
                pass
        kept.append(character)
    return "".join(kept) + "".join(reversed(ends))


def line(text: str, width: int = 120) -> str:
    r"""A label: one line of at most ``width`` characters, fit for a page.

    >>> line("Ida  Holm,\n Mayor"), line("a" * 200, 5)
    ('Ida Holm, Mayor', 'aaaa…')
    """
    words = " ".join(visible(text).split())
    return balanced(words if len(words) <= width else words[: width - 1].rstrip() + "…")
