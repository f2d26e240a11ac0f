"""W3C Web Annotations: quotes, cues and sources as JSON-LD that annotation tools open.

The terms are those of the Web Annotation Data Model, a W3C Recommendation of 23 February 2017
(https://www.w3.org/TR/annotation-model/).
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Iterator
from typing import Any

from quoteattr.objects import Quote, Quotes, Span, walk

__all__ = ["to_annotations"]

_CONTEXT = "http://www.w3.org/ns/anno.jsonld"
_AROUND = 32  # characters of prefix and suffix


def to_annotations(quotes: Quotes, source: str | None = None) -> dict[str, Any]:
    """An AnnotationPage, as a dictionary that ``json.dumps`` turns into JSON-LD.

    Its items are, for each quote (those inside others too):

    - the quote: targets are its pieces, bodies tell the kind, the speaker's name, the cue and the confidence;
    - the cue and the source, each with one target;
    - links (motivation 'linking') from the quote to its cue, its source and the quote that it stands in.

    Every target has a TextPositionSelector (characters as Unicode code points, end exclusive) and a
    TextQuoteSelector with 32 characters on either side.

    Args:
        quotes: the quotes of one document.
        source: the IRI of the document; a ``urn:uuid`` made from the text where there is none.

    >>> from quoteattr.example import example_quotes
    >>> page = to_annotations(example_quotes(), "https://example.org/bridge")
    >>> first = page["items"][0]
    >>> [body["value"] for body in first["body"]]
    ['indirect', 'the county', 'said', '0.91']
    >>> first["target"][0]["selector"][0]
    {'type': 'TextPositionSelector', 'start': 0, 'end': 56}
    """
    iri = source or _iri(quotes.text)
    return {
        "@context": _CONTEXT,
        "id": f"{iri}#quotes",
        "type": "AnnotationPage",
        "items": [item for quote, parent in walk(quotes) for item in _items(quotes.text, iri, quote, parent)],
    }


def _iri(text: str) -> str:
    """The same name for the same text, everywhere."""
    return uuid.uuid5(uuid.NAMESPACE_URL, "quoteattr:" + ascii(text)).urn


def _items(text: str, iri: str, quote: Quote, parent: Quote | None) -> Iterator[dict[str, Any]]:
    name = f"{iri}#quote-{quote.id}"
    yield _annotation(name, "classifying", _bodies(quote), _targets(text, iri, quote.spans))
    if parent is not None:
        yield _link(name, "parent", f"{iri}#quote-{parent.id}")
    if quote.cue is not None:
        bodies = [_body("tagging", "cue"), _body("classifying", quote.cue.act)]
        yield _annotation(f"{name}-cue", "classifying", bodies, _targets(text, iri, [quote.cue.span]))
        yield _link(name, "cue", f"{name}-cue")
    for role, speaker in (("source", quote.speaker), ("addressee", quote.addressee)):
        if speaker is not None and speaker.mention is not None:
            bodies = [
                _body("tagging", role),
                _body("identifying", speaker.label),
                _body("classifying", speaker.kind),
                _body("assessing", f"{speaker.confidence:.2f}"),
            ]
            yield _annotation(f"{name}-{role}", "identifying", bodies, _targets(text, iri, [speaker.mention]))
            yield _link(name, role, f"{name}-{role}")


def _bodies(quote: Quote) -> list[dict[str, Any]]:
    bodies = [_body("classifying", quote.kind)]
    bodies += [_body("identifying", quote.speaker.label)] if quote.speaker else []
    bodies += [_body("describing", quote.cue.text)] if quote.cue else []
    return [*bodies, _body("assessing", f"{quote.confidence:.2f}")]


def _body(purpose: str, value: str) -> dict[str, Any]:
    return {"type": "TextualBody", "purpose": purpose, "format": "text/plain", "value": value}


def _annotation(
    name: str, motivation: str, bodies: list[dict[str, Any]], targets: list[Any]
) -> dict[str, Any]:
    return {"id": name, "type": "Annotation", "motivation": motivation, "body": bodies, "target": targets}


def _link(quote: str, role: str, other: str) -> dict[str, Any]:
    return _annotation(f"{quote}-has-{role}", "linking", [_body("tagging", role)], [quote, other])


def _targets(text: str, iri: str, spans: Iterable[Span]) -> list[Any]:
    return [
        {
            "type": "SpecificResource",
            "source": iri,
            "selector": [
                {"type": "TextPositionSelector", "start": span.start, "end": span.end},
                {
                    "type": "TextQuoteSelector",
                    "exact": span.text,
                    "prefix": text[max(span.start - _AROUND, 0) : span.start],
                    "suffix": text[span.end : span.end + _AROUND],
                },
            ],
        }
        for span in spans
    ]
