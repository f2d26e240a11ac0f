"""Whether plain values, as a file may hold them, have the shape of quotes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, get_args

from quoteattr.errors import FormatError
from quoteattr.objects import ACTS, ENGINES, KINDS, MentionKind, SpeakerKind

__all__ = ["check_quote", "check_quotes"]

# A shape is a type, a tuple of the strings that may stand there, [shape] for a list, a mapping for an object
# with these keys, `_Optional` for any of them or nothing, or the name of a shape that holds itself. The type
# tuple is a piece of evidence, a name and a weight, for which JSON has a list.
_DEEPEST = 50  # quotes within quotes; the extractor makes 20 of them at most


class _Optional:
    """A shape, or ``None``."""

    def __init__(self, shape: Any) -> None:
        self.shape = shape


_SPAN = {"start": int, "end": int, "text": str}
_SPEAKER = {
    "name": _Optional(str),
    "mention": _Optional(_SPAN),
    "mention_kind": get_args(MentionKind),
    "entity": int,
    "kind": get_args(SpeakerKind),
    "description": _Optional(str),
    "aliases": [str],
    "pronouns": [str],
    "affiliation": _Optional(str),
    "members": ["speaker"],
    "confidence": float,
}
_QUOTE = {
    "id": int,
    "text": str,
    "spans": [_SPAN],
    "kind": KINDS,
    "speaker": _Optional(_SPEAKER),
    "cue": _Optional({"span": _SPAN, "lemma": str, "act": ACTS, "negated": bool}),
    "addressee": _Optional(_SPEAKER),
    "context": {
        "sentence": _SPAN,
        "paragraph": _SPAN,
        "paragraph_index": int,
        "before": _Optional(_SPAN),
        "after": _Optional(_SPAN),
    },
    "confidence": float,
    "nested": ["quote"],
    "evidence": [tuple],
}
_QUOTES = {"text": str, "engine": ENGINES, "quotes": [_QUOTE]}
_WORDS = {
    int: "a whole number, 0 or more",
    str: "a string",
    bool: "true or false",
    float: "a number from 0 to 1",
    tuple: "a name and a number",
}
_NAMED: dict[str, Any] = {"speaker": _SPEAKER, "quote": _QUOTE}


def check_quotes(value: Any) -> None:
    """See that ``value`` has the shape of `quoteattr.Quotes.to_dict`.

    Raises:
        FormatError: it has not; the message names the place.

    >>> check_quotes({"text": "Nobody spoke.", "engine": "rules", "quotes": []})
    """
    _check(value, _QUOTES, "the whole", 0)


def check_quote(value: Any) -> None:
    """See that ``value`` has the shape of `quoteattr.Quote.to_dict`; other keys are passed over.

    Raises:
        FormatError: it has not; the message names the place.
    """
    _check(value, _QUOTE, "the whole", 0)


def _check(value: Any, shape: Any, place: str, depth: int) -> None:
    if isinstance(shape, _Optional):
        if value is None:
            return
        shape = shape.shape
    if isinstance(shape, str):
        shape, depth = _NAMED[shape], depth + 1
    if not _fits(value, shape) or depth > _DEEPEST:
        raise FormatError(f"Not quotes: {place} is not {_wanted(shape)}, but {_said(value)}.")
    if isinstance(shape, Mapping):
        for key, inner in shape.items():
            if key not in value:
                raise FormatError(f"Not quotes: {place} has no {key!r}.")
            _check(value[key], inner, key, depth)
    elif isinstance(shape, list):
        for item in value:
            _check(item, shape[0], place, depth)


def _fits(value: Any, shape: Any) -> bool:
    """Whether the value is as the shape wants it, apart from what is inside."""
    if isinstance(shape, Mapping | list):
        return isinstance(value, Mapping if isinstance(shape, Mapping) else list)
    if isinstance(shape, tuple):
        return isinstance(value, str) and value in shape
    return _is(value, shape)


def _wanted(shape: Any) -> str:
    if isinstance(shape, Mapping | list):
        return "an object" if isinstance(shape, Mapping) else "a list"
    return f"one of {', '.join(shape)}" if isinstance(shape, tuple) else _WORDS[shape]


def _is(value: Any, kind: type) -> bool:
    """Whether the value is what `_WORDS` says of the type."""
    if kind is int:
        return type(value) is int and value >= 0
    if kind is float:
        return type(value) in (int, float) and 0 <= value <= 1
    if kind is tuple:
        return _is_evidence(value)
    return isinstance(value, kind)


def _is_evidence(value: Any) -> bool:
    pair = isinstance(value, list | tuple) and len(value) == 2
    return pair and isinstance(value[0], str) and type(value[1]) in (int, float)


def _said(value: Any) -> str:
    words = repr(value) if isinstance(value, str | int | float | None) else type(value).__name__
    return words if len(words) <= 40 else words[:39] + "…"
