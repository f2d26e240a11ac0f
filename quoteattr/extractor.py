"""`QuoteExtractor`: the stages in order, over one text or a stream of texts."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, TypeVar, cast, overload

from quoteattr import layout, marks, models, streaming, tagger
from quoteattr.assembly import DEFAULT_ACTS, assemble
from quoteattr.attribution import attribute
from quoteattr.columns import Columns
from quoteattr.context import Surroundings
from quoteattr.errors import (
    DocumentError,
    ModelUnusableError,
    OptionError,
    TextTooLongError,
)
from quoteattr.objects import KINDS, Quote, Quotes
from quoteattr.options import Options
from quoteattr.parsing import is_parsed, may_skip, parse_all, session
from quoteattr.reach import reached
from quoteattr.records import Quotation, Range, Stretch
from quoteattr.speakers import resolve

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

__all__ = ["QuoteExtractor", "extract_quotes"]

C = TypeVar("C")
OnError = Literal["raise", "skip"] | Callable[[DocumentError], object]

Clusters = Sequence[Sequence[tuple[int, int]]]


class QuoteExtractor:
    """Finds the quotes of texts, one at a time or in a stream.

    One extractor may be shared by threads: they take turns at the parse.

    Args:
        nlp: a loaded spaCy pipeline for English, the name of an installed one, or ``None`` for the small one
            (`quoteattr.models.load`), which is loaded at the first text.
        acts: the acts to keep, of 'speech', 'writing', 'thought' and 'evidence', or 'all'.
        kinds: the kinds to keep, of 'direct', 'mixed' and 'indirect', or 'all'.
        min_confidence: leave out quotes below this confidence, from 0 to 1.
        engine: 'rules', 'tagger' (a small transformer reads beside the rules), or 'auto' for the
            tagger where the extra ``quoteattr[tagger]`` is installed.
        paragraphs: where paragraphs end: 'auto', 'blank-line' or 'newline' (`quoteattr.layout.paragraphs`).
        max_chars: refuse longer texts (characters); ``None`` for no limit.
        clusters: coreference from elsewhere: a function from the parsed ``Doc`` to clusters, each a sequence
            of (start, end) in characters; where they cover a source they decide who it is.
        threads: how many threads the tagger may use, 0 for one a core. One is the least work for many texts
            (``n_process`` of `pipe` shares them out better); the answers are the same.
        device: what the tagger runs on: 'cpu', 'cuda' (a graphics card, with the extra
            ``quoteattr[cuda12x]`` or ``quoteattr[cuda13x]``), or 'cuda:1' for the second card. The parse
            stays on the processor.

    Raises:
        OptionError: an option has no such value, or this machine no such device.
        DependencyMissingError: the tagger is asked for, and what runs it is not installed.
        ModelUnusableError: the pipeline given has no parser or no tagger, or is not for English.

    >>> extractor = QuoteExtractor(kinds=("direct",))
    >>> [quote.text for quote in extractor.extract('“We are ready,” Ann Smith told reporters.')]
    ['We are ready,']
    """

    def __init__(  # noqa: PLR0913
        self,
        nlp: Language | str | Path | None = None,
        *,
        acts: Sequence[str] | str = DEFAULT_ACTS,
        kinds: Sequence[str] | str = KINDS,
        min_confidence: float | None = None,
        engine: str = "auto",
        paragraphs: str = "auto",
        max_chars: int | None = None,
        clusters: Callable[[Doc], Clusters] | None = None,
        threads: int = 1,
        device: str = "cpu",
    ) -> None:
        self.options = Options.of(acts, kinds, min_confidence, engine, paragraphs, max_chars, threads, device)
        self._nlp = nlp if nlp is None or isinstance(nlp, str | Path) else models.check(nlp)
        self._clusters = clusters

    @property
    def nlp(self) -> Language:
        """The pipeline that parses, loaded at first use.

        Raises:
            ModelMissingError: it is not installed.
            ModelUnusableError: it has no parser or no tagger, or is not for English.
        """
        return models.load(self._nlp)

    def __repr__(self) -> str:
        name = self._nlp if self._nlp is None or isinstance(self._nlp, str | Path) else self._nlp.meta["name"]
        choice = self.options.choice
        return f"QuoteExtractor({name!r}, acts={choice.acts!r}, kinds={choice.kinds!r})"

    def extract(self, text: str | Doc) -> Quotes:
        """The quotes of one text.

        Args:
            text: a ``str``, or a spaCy ``Doc``, which is not parsed again if it has dependencies and tags.

        Raises:
            InputTypeError: it is neither.
            TextTooLongError: it is longer than ``max_chars``.
            ModelMissingError: no pipeline is installed.
            ModelUnusableError: the pipeline, or that of the ``Doc``, lacks what is needed.
        """
        (outcome,) = self.outcomes([text])
        if isinstance(outcome, Exception):
            raise outcome
        return outcome

    @overload
    def pipe(
        self,
        texts: Iterable[str | Doc],
        *,
        as_tuples: Literal[False] = False,
        batch_size: int = 64,
        n_process: int = 1,
        on_error: OnError = "raise",
    ) -> Iterator[Quotes]: ...
    @overload
    def pipe(
        self,
        texts: Iterable[tuple[str | Doc, C]],
        *,
        as_tuples: Literal[True],
        batch_size: int = 64,
        n_process: int = 1,
        on_error: OnError = "raise",
    ) -> Iterator[tuple[Quotes, C]]: ...
    def pipe(
        self,
        texts: Iterable[Any],
        *,
        as_tuples: bool = False,
        batch_size: int = 64,
        n_process: int = 1,
        on_error: OnError = "raise",
    ) -> Iterator[Any]:
        """The quotes of each text of a stream, in its order; texts are taken as they are needed.

        Args:
            texts: the texts; generators, endless ones too, are read a few batches ahead at most.
            as_tuples: the stream holds pairs (text, context) and so does the answer; the context is the id
                that errors name, which is the position in the stream otherwise.
            batch_size: texts that are parsed together at most.
            n_process: processes to work in; -1 for one a core. Each has the pipeline once. Where Python
                starts processes by spawning, guard the script with ``if __name__ == "__main__":``.
            on_error: what to do about a document that fails: 'raise' a `DocumentError` once all documents
                before it are given out; 'skip' it and log a warning; or a function that is called with the
                `DocumentError`, the document being skipped then.

        Raises:
            DocumentError: a document failed (or the process that read it died, twice), and ``on_error`` is
                'raise'.
            WorkerError: no worker process can be started.
            OptionError: an option has no such value.

        >>> texts = [("Ann Lee said it rained.", "a"), ("No.", "b")]
        >>> [(len(quotes), key) for quotes, key in QuoteExtractor().pipe(texts, as_tuples=True)]
        [(1, 'a'), (0, 'b')]
        """
        if not (isinstance(batch_size, int) and batch_size >= 1):
            raise OptionError(f"batch_size must be a whole number from 1, not {batch_size!r}.")
        if not (isinstance(n_process, int) and (n_process >= 1 or n_process == -1)):
            raise OptionError(f"n_process must be -1 or a whole number from 1, not {n_process!r}.")
        if not (callable(on_error) or on_error in ("raise", "skip")):
            raise OptionError(f"on_error must be 'raise', 'skip' or a function, not {on_error!r}.")
        return streaming.stream(self, texts, as_tuples, batch_size, n_process, on_error)

    def outcomes(self, texts: Sequence[object]) -> list[Quotes | Exception]:
        """For each text its quotes, or the exception that it caused; one bad text does not harm the others.

        Raises:
            ModelMissingError: no pipeline is installed.
            ModelUnusableError: the pipeline lacks what is needed.
        """
        found: list[Quotes | Exception | None] = [self._without_parse(text) for text in texts]
        open_texts = [number for number, outcome in enumerate(found) if outcome is None]
        if open_texts:
            sources = [_source(texts[number]) for number in open_texts]
            for number, outcome in zip(open_texts, self._with_parse(sources), strict=True):
                found[number] = outcome
        return [outcome for outcome in found if outcome is not None]

    def from_doc(self, doc: Doc) -> Quotes:
        """The quotes of a document that is parsed already.

        Raises:
            ModelUnusableError: it lacks dependencies or tags, or is not in English.
        """
        if not streaming.is_english(doc):
            raise streaming.not_english(doc)
        if not is_parsed(doc):
            raise ModelUnusableError(
                "The document has no dependency parse or no tags: run a parser and a tagger first."
            )
        paragraphs = layout.paragraphs(doc.text, self.options.paragraphs)
        return self._read(doc, doc.text, paragraphs, marks.quotations(doc.text, paragraphs))

    def _without_parse(self, text: object) -> Quotes | Exception | None:
        """What can be said without a pipeline; ``None`` where the text is to be parsed."""
        try:
            if not isinstance(text, str) and not _is_doc(text):
                raise streaming.not_a_text(text)
            source = _source(text)
            limit = self.options.max_chars
            if limit is not None and len(source) > limit:
                raise TextTooLongError(
                    f"The text has {len(source):,} characters, more than max_chars={limit:,} allows."
                )
            if not source.strip():
                return Quotes(source, (), self.options.engine)
            if not isinstance(text, str) and is_parsed(cast("Doc", text)):
                return self.from_doc(cast("Doc", text))
        except Exception as error:
            return error
        return None

    def _with_parse(self, texts: Sequence[str]) -> list[Quotes | Exception]:
        nlp = self.nlp
        with session(nlp):
            try:
                blocks = [layout.paragraphs(text, self.options.paragraphs) for text in texts]
                marked = [marks.quotations(*each) for each in zip(texts, blocks, strict=True)]
                docs = parse_all(nlp, texts, blocks, self._reached(nlp, texts, blocks, marked))
            except Exception as error:
                if len(texts) == 1:
                    return [error]
                return [outcome for text in texts for outcome in self._with_parse([text])]
            return [self._attempt(*each) for each in zip(docs, texts, blocks, marked, strict=True)]

    def _reached(
        self,
        nlp: Language,
        texts: Sequence[str],
        blocks: Sequence[Sequence[Range]],
        marked: Sequence[Sequence[Quotation]],
    ) -> list[list[Stretch]] | None:
        """For each text how its stretches are to be read; ``None`` where all of them are parsed."""
        alone = self.options.choice.kinds == ("direct",) and self.options.engine == "rules"
        if not alone or self._clusters is not None or not may_skip(nlp):
            return None
        return [reached(*each) for each in zip(texts, blocks, marked, strict=True)]

    def _attempt(
        self, doc: Doc, text: str, paragraphs: Sequence[Range], quotations: Sequence[Quotation]
    ) -> Quotes | Exception:
        try:
            return self._read(doc, text, paragraphs, quotations)
        except Exception as error:
            return error

    def _read(
        self, doc: Doc, text: str, paragraphs: Sequence[Range], quotations: Sequence[Quotation]
    ) -> Quotes:
        """The stages after the parse: marks, attribution, speakers, context.

        Speakers are resolved over all attributions, for those that are not wanted tell who 'he' is too.
        """
        tagged = None
        if self.options.engine == "tagger":
            reader = tagger.load(self.options.threads, self.options.device)
            tagged = reader.read(text, paragraphs, quotations)
        if not len(doc):
            return Quotes(text, (), self.options.engine)
        columns = Columns.of(doc, text)
        attributions = attribute(columns, paragraphs, quotations, tagged=tagged)
        quotes: tuple[Quote, ...] = ()
        if attributions:
            clusters = None if self._clusters is None else self._clusters(doc)
            resolutions = resolve(columns, paragraphs, quotations, attributions, clusters=clusters)
            sentences = [(sentence.start_char, sentence.end_char) for sentence in doc.sents]
            around = Surroundings(text, sentences, paragraphs)
            quotes = assemble(around, quotations, attributions, resolutions, self.options.choice)
        return Quotes(text, quotes, self.options.engine)


def extract_quotes(  # noqa: PLR0913
    text: str | Doc,
    *,
    nlp: Language | str | Path | None = None,
    acts: Sequence[str] | str = DEFAULT_ACTS,
    kinds: Sequence[str] | str = KINDS,
    min_confidence: float | None = None,
    engine: str = "auto",
) -> Quotes:
    """The quotes of ``text``: who said what, with what words, where.

    For many texts `QuoteExtractor` is the thing to use.

    Args:
        text: the text, or a parsed spaCy ``Doc``, which is not parsed again.
        nlp: a loaded spaCy pipeline for English, the name of an installed one, or ``None`` for the small one.
        acts: the acts to keep, of 'speech', 'writing', 'thought' and 'evidence', or 'all'.
        kinds: the kinds to keep, of 'direct', 'mixed' and 'indirect', or 'all'.
        min_confidence: leave out quotes below this confidence, from 0 to 1.
        engine: 'rules', 'tagger' (a small transformer reads beside the rules), or 'auto' for the
            tagger where the extra ``quoteattr[tagger]`` is installed.

    Raises:
        InputTypeError: ``text`` is neither a ``str`` nor a spaCy ``Doc``.
        OptionError: an option has no such value.
        ModelMissingError: no English pipeline is installed.
        ModelUnusableError: the pipeline has no parser or no tagger, or is not for English.

    >>> quotes = extract_quotes('“The bridge will open in May,” Mayor Ida Holm said on Monday.')
    >>> quotes[0].speaker.name, quotes[0].cue.text, quotes[0].kind
    ('Ida Holm', 'said', 'direct')
    """
    extractor = QuoteExtractor(nlp, acts=acts, kinds=kinds, min_confidence=min_confidence, engine=engine)
    return extractor.extract(text)


def _is_doc(value: object) -> bool:
    """Whether ``value`` is a spaCy document; where spaCy is not even imported, nothing is."""
    tokens = sys.modules.get("spacy.tokens")
    return tokens is not None and isinstance(value, tokens.Doc)


def _source(text: object) -> str:
    return text if isinstance(text, str) else cast("Doc", text).text
