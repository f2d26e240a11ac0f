"""The errors that quoteattr raises: one base class, one sentence each that says what to do."""

from __future__ import annotations

__all__ = [
    "DependencyMissingError",
    "DocumentError",
    "FormatError",
    "InputTypeError",
    "ModelMissingError",
    "ModelUnusableError",
    "OptionError",
    "QuoteattrError",
    "TextTooLongError",
    "WorkerError",
]


class QuoteattrError(Exception):
    """Base of every error that quoteattr raises on purpose."""


class FormatError(QuoteattrError, ValueError):
    """A file, or a line of it, is not in the format that it is read as."""


class InputTypeError(QuoteattrError, TypeError):
    """The text is neither a ``str`` nor a spaCy ``Doc``."""


class OptionError(QuoteattrError, ValueError):
    """An option has a value that quoteattr does not know."""


class TextTooLongError(QuoteattrError, ValueError):
    """The text is longer than the limit that the caller set."""


class ModelMissingError(QuoteattrError, OSError):
    """No English spaCy pipeline is installed, or the named one is not."""


class ModelUnusableError(QuoteattrError, ValueError):
    """The spaCy pipeline lacks what quoteattr reads: a parser, a tagger, English."""


class DependencyMissingError(QuoteattrError, ImportError):
    """An optional package is needed for what was asked and is not installed."""


class WorkerError(QuoteattrError, RuntimeError):
    """The processes that were to do the work cannot be started."""


class DocumentError(QuoteattrError):
    """One document of a stream failed; ``doc_id`` names it.

    Attributes:
        doc_id: the id (or the position in the stream) of the document that failed.
    """

    def __init__(self, doc_id: object, reason: str) -> None:
        super().__init__(f"Document {doc_id!r} was left out: {reason}")
        self.doc_id = doc_id
        self.reason = reason

    def __reduce__(self) -> tuple[type[DocumentError], tuple[object, str]]:
        """Pickle by arguments, so that the error crosses process borders whole."""
        return type(self), (self.doc_id, self.reason)
