"""quoteattr: who said what.

>>> from quoteattr import Span
>>> Span.of("Ann said no.", 0, 3).text
'Ann'
"""

from quoteattr.errors import QuoteattrError
from quoteattr.objects import Context, Cue, Quote, Quotes, Span, Speaker, SpeakerSummary

__all__ = ["Context", "Cue", "Quote", "QuoteattrError", "Quotes", "Span", "Speaker", "SpeakerSummary"]
__version__ = "0.1.0"
