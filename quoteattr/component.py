"""The spaCy pipeline component: ``nlp.add_pipe("quoteattr")`` puts quotes into ``doc._.quotes``.

spaCy imports this module whenever it creates a pipeline, whoever asks for it, and so the stages are imported
only when a component is made.
"""

from __future__ import annotations

import functools
import json
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from spacy.language import Language
from spacy.tokens import Doc, Span, SpanGroup

from quoteattr.assembly import DEFAULT_ACTS
from quoteattr.errors import OptionError
from quoteattr.objects import KINDS, Quote, Quotes
from quoteattr.records import Range

if TYPE_CHECKING:
    from quoteattr.extractor import QuoteExtractor

__all__ = ["QuoteComponent", "make_quoteattr", "register"]

# Where the quotes lie in ``Doc.user_data``: as JSON, which survives ``Doc.to_bytes`` and process borders.
USER_DATA_KEY = "quoteattr.quotes"


class QuoteComponent:
    """Finds the quotes of documents that the pipeline has tagged and parsed.

    Results are in ``doc._.quotes`` (a `Quotes`) and, nested quotes included, in three span groups:
    ``doc.spans["quotes"]`` (labelled by kind; a span for each piece), ``doc.spans["cues"]`` (by act) and
    ``doc.spans["sources"]`` (the speakers' mentions, by the speaker's kind). Spans of one quote share its
    number as ``span_id``, and are widened to whole tokens where a quote begins or ends inside one.

    Args:
        name: the name of the component in its pipeline.
        acts, kinds, min_confidence, engine, device: see `QuoteExtractor`.

    >>> import spacy
    >>> from quoteattr import models
    >>> nlp = spacy.load(models.default_name())
    >>> component = nlp.add_pipe("quoteattr", config={"kinds": ["direct"]})
    >>> doc = nlp("“The bridge will open in May,” Mayor Ida Holm said on Monday.")
    >>> doc._.quotes[0].speaker.name, doc.spans["cues"][0].text
    ('Ida Holm', 'said')
    """

    def __init__(  # noqa: PLR0913, PLR0917 - as `make_quoteattr`
        self,
        name: str = "quoteattr",
        acts: Sequence[str] | str = DEFAULT_ACTS,
        kinds: Sequence[str] | str = KINDS,
        min_confidence: float | None = None,
        engine: str = "auto",
        device: str = "cpu",
    ) -> None:
        self.name = name
        self._options: dict[str, Any] = {
            "acts": acts,
            "kinds": kinds,
            "min_confidence": min_confidence,
            "engine": engine,
            "device": device,
        }
        self._extractor = self._make()
        register()

    def _make(self) -> QuoteExtractor:
        from quoteattr.extractor import QuoteExtractor

        return QuoteExtractor(**self._options)

    def __call__(self, doc: Doc) -> Doc:
        """Add the quotes to ``doc`` and return it.

        Raises:
            ModelUnusableError: the document has no parse or no tags (the component stands too early).
        """
        quotes = self._extractor.from_doc(doc) if len(doc) else Quotes("")
        doc.user_data[USER_DATA_KEY] = json.dumps({"engine": quotes.engine, "quotes": quotes.to_dicts()})
        found = list(_flat(quotes))
        pieces = [(piece.start, piece.end, quote.kind, quote.id) for quote in found for piece in quote.spans]
        cues = [(q.cue.span.start, q.cue.span.end, q.cue.act, q.id) for q in found if q.cue]
        sources = [
            (q.speaker.mention.start, q.speaker.mention.end, q.speaker.kind, q.id)
            for q in found
            if q.speaker and q.speaker.mention
        ]
        for key, ranges in (("quotes", pieces), ("cues", cues), ("sources", sources)):
            doc.spans[key] = SpanGroup(doc, name=key, spans=[_span(doc, *each) for each in ranges])
        return doc

    def to_bytes(self, *, exclude: Iterable[str] = ()) -> bytes:  # noqa: ARG002
        """The options as JSON."""
        return json.dumps(self._options, sort_keys=True).encode()

    def from_bytes(self, data: bytes, *, exclude: Iterable[str] = ()) -> QuoteComponent:  # noqa: ARG002
        """Take options from `to_bytes`."""
        self._options = json.loads(data)
        self._extractor = self._make()
        return self

    def to_disk(self, path: Path, *, exclude: Iterable[str] = ()) -> None:  # noqa: ARG002
        """Write the options to ``path``/options.json."""
        path.mkdir(parents=True, exist_ok=True)
        (path / "options.json").write_bytes(self.to_bytes())

    def from_disk(self, path: Path, *, exclude: Iterable[str] = ()) -> QuoteComponent:  # noqa: ARG002
        """Take options from ``path``/options.json."""
        return self.from_bytes((path / "options.json").read_bytes())


def register() -> None:
    """Make ``doc._.quotes`` known to spaCy; creating the component does it too.

    Needed by hand only where documents are read from bytes in a process that has no such pipeline.

    Raises:
        OptionError: another package has taken the name.
    """
    if not Doc.has_extension("quotes"):
        Doc.set_extension("quotes", getter=_quotes)
        return
    getter = Doc.get_extension("quotes")[2]
    if getattr(getter, "__module__", None) != __name__:
        raise OptionError("Something else uses doc._.quotes: call Doc.remove_extension('quotes') first.")


def _quotes(doc: Doc) -> Quotes:
    """What ``doc._.quotes`` answers: no quotes where the component has not run."""
    stored = doc.user_data.get(USER_DATA_KEY)
    return Quotes(doc.text) if stored is None else _decoded(stored, doc.text)


@functools.lru_cache(maxsize=4)
def _decoded(stored: str, text: str) -> Quotes:
    return Quotes.from_dict({"text": text, **json.loads(stored)})


def _flat(quotes: Iterable[Quote]) -> Iterator[Quote]:
    """The quotes and those inside them."""
    for quote in quotes:
        yield quote
        yield from _flat(quote.nested)


def _span(doc: Doc, start: int, end: int, label: str, number: int) -> Span:
    """The tokens that hold the characters from ``start`` to ``end``."""
    found = doc.char_span(start, end, label=label, alignment_mode="expand", span_id=str(number))
    if found is None:
        raise IndexError(f"no tokens at {Range(start, end)}")
    return found


def make_quoteattr(  # noqa: PLR0913, PLR0917 - spaCy passes each option by itself
    nlp: Language,  # noqa: ARG001 - part of spaCy's call
    name: str,
    acts: list[str] | str,
    kinds: list[str] | str,
    min_confidence: float | None,
    engine: str,
    device: str,
) -> QuoteComponent:
    """What spaCy calls for ``nlp.add_pipe("quoteattr", config={…})``."""
    return QuoteComponent(name, acts, kinds, min_confidence, engine, device)


# As a call rather than a decorator: spaCy looks the name up by the entry point while it registers it, so that
# the function must exist by then.
Language.factory(
    "quoteattr",
    default_config={
        "acts": list(DEFAULT_ACTS),
        "kinds": list(KINDS),
        "min_confidence": None,
        "engine": "auto",
        "device": "cpu",
    },
    assigns=["doc._.quotes", "doc.spans"],
    requires=["token.dep", "token.tag"],
    func=make_quoteattr,
)
