"""quoteattr: who said what.

>>> from quoteattr import extract_quotes
>>> quotes = extract_quotes("“We will rebuild it,” Mayor Ida Holm said. She added that work starts in May.")
>>> [(quote.speaker.name, quote.cue.text, quote.kind) for quote in quotes]
[('Ida Holm', 'said', 'direct'), ('Ida Holm', 'added', 'indirect')]
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from quoteattr.errors import QuoteattrError
from quoteattr.objects import Context, Cue, Quote, Quotes, Span, Speaker, SpeakerSummary

if TYPE_CHECKING:
    from quoteattr.explanation import explain
    from quoteattr.extractor import QuoteExtractor, extract_quotes

__all__ = [
    "Context",
    "Cue",
    "Quote",
    "QuoteExtractor",
    "QuoteattrError",
    "Quotes",
    "Span",
    "Speaker",
    "SpeakerSummary",
    "explain",
    "extract_quotes",
]
__version__ = "0.1.0"

# Where the names live whose modules take long to import: they are imported when first asked for.
_LAZY = {
    "QuoteExtractor": "quoteattr.extractor",
    "extract_quotes": "quoteattr.extractor",
    "explain": "quoteattr.explanation",
}


def __getattr__(name: str) -> Any:
    if name not in _LAZY:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    value = getattr(import_module(_LAZY[name]), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *_LAZY})
