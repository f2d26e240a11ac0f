"""Quotes as span groups of spaCy documents, which spaCy's own files and annotation tools hold."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING

from quoteattr.errors import OptionError
from quoteattr.objects import Quote, Quotes, walk
from quoteattr.objects import Span as Stretch

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc, DocBin

__all__ = ["to_doc", "to_doc_spans", "to_docbin"]

_SURROGATE = re.compile("[\ud800-\udfff]")


def to_doc_spans(quotes: Quotes, doc: Doc) -> Doc:
    """Fill three span groups of ``doc`` and return it; those of the same names are replaced.

    ``doc.spans["quotes"]`` has a span for each piece of each quote (those inside others too), labelled by
    kind; ``"cues"`` the cues, labelled by act; ``"sources"`` the speakers' mentions, labelled by the
    speaker's kind. Spans of one quote share its id as ``span.id_``. A quote that begins or ends inside a
    token is widened to the whole token.

    Raises:
        OptionError: ``doc`` is not of the text of ``quotes``.

    >>> import spacy
    >>> from quoteattr.example import example_quotes
    >>> quotes = example_quotes()
    >>> doc = to_doc_spans(quotes, spacy.blank("en")(quotes.text))
    >>> [(span.text, span.label_, span.id_) for span in doc.spans["cues"]]
    [('said', 'speech', '0'), ('told', 'speech', '1'), ('added', 'speech', '2'),
     ('said', 'speech', '3'), ('say', 'speech', '4')]
    """
    from spacy.tokens import SpanGroup

    if doc.text != _encodable(quotes.text):
        raise OptionError("The doc must be of the very text that the quotes are from.")
    groups: dict[str, list[tuple[Stretch, str, int]]] = {"quotes": [], "cues": [], "sources": []}
    for quote, _ in walk(quotes):
        for group, stretches in _stretches(quote).items():
            groups[group] += [(stretch, label, quote.id) for stretch, label in stretches]
    for name, members in groups.items():
        spans = [
            doc.char_span(each.start, each.end, label=label, alignment_mode="expand", span_id=str(number))
            for each, label, number in members
            if each.start < each.end
        ]
        doc.spans[name] = SpanGroup(doc, name=name, spans=[span for span in spans if span is not None])
    return doc


def _stretches(quote: Quote) -> dict[str, list[tuple[Stretch, str]]]:
    """What each group holds of a quote, with the labels."""
    speaker, cue = quote.speaker, quote.cue
    return {
        "quotes": [(piece, quote.kind) for piece in quote.spans],
        "cues": [(cue.span, cue.act)] if cue else [],
        "sources": [(speaker.mention, speaker.kind)] if speaker and speaker.mention else [],
    }


def to_doc(quotes: Quotes, nlp: Language | None = None) -> Doc:
    """A spaCy document of the text, tokenised, with the span groups of `to_doc_spans`.

    Args:
        quotes: the quotes of one document; its lone surrogates, which spaCy cannot hold, become U+FFFD.
        nlp: whose tokenizer to use; that of ``spacy.blank("en")`` by default.

    >>> from quoteattr.example import example_quotes
    >>> doc = to_doc(example_quotes())
    >>> [span.label_ for span in doc.spans["sources"]]
    ['organization', 'person', 'person', 'person', 'group']
    """
    if nlp is None:
        import spacy

        nlp = spacy.blank("en")
    return to_doc_spans(quotes, nlp.tokenizer(_encodable(quotes.text)))


def to_docbin(documents: Quotes | Iterable[Quotes], nlp: Language | None = None) -> DocBin:
    """A spaCy DocBin, for ``to_disk`` or ``to_bytes``, with a document as `to_doc` gives it for each text.

    >>> from quoteattr.example import example_quotes
    >>> len(to_docbin(example_quotes()))
    1
    """
    import spacy
    from spacy.tokens import DocBin

    nlp = nlp or spacy.blank("en")
    documents = [documents] if isinstance(documents, Quotes) else documents
    return DocBin(docs=(to_doc(quotes, nlp) for quotes in documents))


def _encodable(text: str) -> str:
    return _SURROGATE.sub("\ufffd", text)
