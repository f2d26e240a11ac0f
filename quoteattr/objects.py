"""The objects that a user holds: spans, speakers, cues, contexts, quotes, and a sequence of quotes.

All are immutable. Every offset counts characters (Unicode code points) of the text as it was given, end
exclusive, so that ``text[span.start:span.end] == span.text`` always holds.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Literal, TypeVar, overload

from attrs import field, frozen

if TYPE_CHECKING:
    import pandas
    import pyarrow
    from spacy.tokens import Doc

__all__ = [
    "ACTS",
    "ENGINES",
    "KINDS",
    "Act",
    "Context",
    "Cue",
    "Engine",
    "Kind",
    "MentionKind",
    "Quote",
    "Quotes",
    "Span",
    "Speaker",
    "SpeakerKind",
    "SpeakerSummary",
    "Speakers",
    "walk",
]

Kind = Literal["direct", "mixed", "indirect"]
Act = Literal["speech", "writing", "thought", "evidence"]
Engine = Literal["rules", "tagger"]
MentionKind = Literal["name", "nominal", "pronoun", "implicit"]
SpeakerKind = Literal["person", "organization", "place", "group", "work", "unknown"]

KINDS: tuple[Kind, ...] = ("direct", "mixed", "indirect")
ACTS: tuple[Act, ...] = ("speech", "writing", "thought", "evidence")
ENGINES: tuple[Engine, ...] = ("rules", "tagger")

T = TypeVar("T")
Dict = dict[str, Any]


def _shorten(text: str, width: int = 48) -> str:
    """One line of at most ``width`` characters, for a ``repr``."""
    line = " ".join(text.split())
    return line if len(line) <= width else line[: width - 1].rstrip() + "…"


def _optional_dict(value: Any) -> Dict | None:
    return None if value is None else value.to_dict()


@frozen(repr=False)
class Span:
    """A stretch of the text.

    Attributes:
        start: first character.
        end: one past the last character.
        text: the characters themselves.

    >>> Span.of("Ann said no.", 0, 3)
    Span(0, 3, 'Ann')
    """

    start: int
    end: int
    text: str

    @classmethod
    def of(cls, source: str, start: int, end: int) -> Span:
        """The span of ``source`` from ``start`` to ``end`` (characters, end exclusive)."""
        return cls(start, end, source[start:end])

    def __len__(self) -> int:
        return self.end - self.start

    def __repr__(self) -> str:
        return f"Span({self.start}, {self.end}, {_shorten(self.text)!r})"

    def to_dict(self) -> Dict:
        """A plain dictionary that JSON can hold."""
        return {"start": self.start, "end": self.end, "text": self.text}

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Span:
        """The inverse of `to_dict`."""
        return cls(data["start"], data["end"], data["text"])


def _optional_span(data: Mapping[str, Any] | None) -> Span | None:
    return None if data is None else Span.from_dict(data)


@frozen(repr=False)
class Speaker:
    """Who speaks, as the document knows them and as they are named at this quote.

    Attributes:
        name: the fullest name that the document gives this speaker; ``None`` where it gives none.
        mention: the words that name the speaker at the quote ('he', 'the Chinese president'); ``None``
            where only the flow of the talk tells.
        mention_kind: 'name', 'nominal', 'pronoun' or 'implicit'.
        entity: the same number for the same speaker within one document.
        kind: 'person', 'organization', 'place' (a country or a capital that speaks), 'group' ('residents'),
            'work' (a poll, a report) or 'unknown'.
        description: the role as the text gives it ('director of the …'); ``None`` where it gives none.
        aliases: every form of the name in the document, in order of appearance.
        pronouns: the pronouns that the text uses for this speaker, in order of appearance.
        affiliation: for 'a spokesman for X', the name of X; ``None`` otherwise.
        members: for 'Smith and Jones said', the two; empty otherwise.
        confidence: between 0 and 1, calibrated: how sure the name is where the mention is the right one. Of
            the names at 0.8, eight in ten are right. Without a name: how sure that the text gives none.
    """

    name: str | None
    mention: Span | None
    mention_kind: MentionKind
    entity: int
    kind: SpeakerKind = "unknown"
    description: str | None = None
    aliases: tuple[str, ...] = ()
    pronouns: tuple[str, ...] = ()
    affiliation: str | None = None
    members: tuple[Speaker, ...] = ()
    confidence: float = 1.0

    @property
    def label(self) -> str:
        """What to print for this speaker: the name, or else the words of the mention, or '(unnamed)'."""
        if self.name:
            return self.name
        return " ".join(self.mention.text.split()) if self.mention else "(unnamed)"

    def __repr__(self) -> str:
        mention = f", mention={self.mention.text!r}" if self.mention else ""
        return f"Speaker({self.label!r}{mention}, kind={self.kind!r}, entity={self.entity})"

    def to_dict(self) -> Dict:
        """A plain dictionary that JSON can hold."""
        return {
            "name": self.name,
            "mention": _optional_dict(self.mention),
            "mention_kind": self.mention_kind,
            "entity": self.entity,
            "kind": self.kind,
            "description": self.description,
            "aliases": list(self.aliases),
            "pronouns": list(self.pronouns),
            "affiliation": self.affiliation,
            "members": [member.to_dict() for member in self.members],
            "confidence": self.confidence,
        }

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Speaker:
        """The inverse of `to_dict`."""
        return cls(
            name=data["name"],
            mention=_optional_span(data["mention"]),
            mention_kind=data["mention_kind"],
            entity=data["entity"],
            kind=data["kind"],
            description=data["description"],
            aliases=tuple(data["aliases"]),
            pronouns=tuple(data["pronouns"]),
            affiliation=data["affiliation"],
            members=tuple(cls.from_dict(member) for member in data["members"]),
            confidence=data["confidence"],
        )


@frozen(repr=False)
class Cue:
    """The word or words that report: 'said', 'according to', 'the claim'.

    Attributes:
        span: where the cue stands.
        lemma: the dictionary form of its head word ('say').
        act: 'speech', 'writing', 'thought' or 'evidence'.
        negated: true for 'denied that', 'did not say', 'declined to comment'.
    """

    span: Span
    lemma: str
    act: Act = "speech"
    negated: bool = False

    @property
    def text(self) -> str:
        """The words of the cue."""
        return self.span.text

    def __repr__(self) -> str:
        negated = ", negated=True" if self.negated else ""
        return f"Cue({self.text!r}, lemma={self.lemma!r}, act={self.act!r}{negated})"

    def to_dict(self) -> Dict:
        """A plain dictionary that JSON can hold."""
        return {"span": self.span.to_dict(), "lemma": self.lemma, "act": self.act, "negated": self.negated}

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Cue:
        """The inverse of `to_dict`."""
        return cls(Span.from_dict(data["span"]), data["lemma"], data["act"], data["negated"])


@frozen(repr=False)
class Context:
    """Where a quote stands.

    Attributes:
        sentence: the whole sentence or sentences that hold quote, cue and source.
        paragraph: the paragraph in which the quote begins.
        paragraph_index: its number, counted from 0.
        before: the sentence before, or ``None`` at the beginning of the text.
        after: the sentence after, or ``None`` at the end of the text.
    """

    sentence: Span
    paragraph: Span
    paragraph_index: int
    before: Span | None = None
    after: Span | None = None

    def __repr__(self) -> str:
        return f"Context(paragraph_index={self.paragraph_index}, sentence={_shorten(self.sentence.text)!r})"

    def to_dict(self) -> Dict:
        """A plain dictionary that JSON can hold."""
        return {
            "sentence": self.sentence.to_dict(),
            "paragraph": self.paragraph.to_dict(),
            "paragraph_index": self.paragraph_index,
            "before": _optional_dict(self.before),
            "after": _optional_dict(self.after),
        }

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Context:
        """The inverse of `to_dict`."""
        return cls(
            Span.from_dict(data["sentence"]),
            Span.from_dict(data["paragraph"]),
            data["paragraph_index"],
            _optional_span(data["before"]),
            _optional_span(data["after"]),
        )


@frozen(repr=False)
class Quote:
    """Words or a claim that the text lays at somebody's door.

    Attributes:
        id: the number of the quote in its document, from 0 in the order of the text; nested quotes are
            numbered after the outer ones.
        text: the words, outer quotation marks off, pieces joined by one space.
        spans: the pieces with their quotation marks, in order: “A,” she said. “B.” has two.
        kind: 'direct' (all in quotation marks), 'mixed' (partly) or 'indirect' (none).
        speaker: who said it; ``None`` where nobody is named.
        cue: the reporting words; ``None`` where there are none.
        addressee: who was told ('told Reuters', 'assured Li'), or ``None``.
        context: the sentence, the paragraph and the neighbours.
        confidence: between 0 and 1, calibrated: of the quotes at 0.8, eight in ten have the right words and
            the right source. Whom a source such as 'he' means is another question: `Speaker.confidence`.
        nested: quotes inside this one.
        evidence: what spoke for and against the quote, as (name, weight) in log-odds, the heaviest first.
    """

    id: int
    text: str
    spans: tuple[Span, ...]
    kind: Kind
    speaker: Speaker | None
    cue: Cue | None
    addressee: Speaker | None
    context: Context
    confidence: float
    nested: tuple[Quote, ...] = ()
    evidence: tuple[tuple[str, float], ...] = field(default=(), eq=False)

    @property
    def start(self) -> int:
        """First character of the first piece."""
        return self.spans[0].start

    @property
    def end(self) -> int:
        """One past the last character of the last piece."""
        return self.spans[-1].end

    def __repr__(self) -> str:
        speaker = self.speaker.label if self.speaker else None
        return f"Quote({speaker!r}, {_shorten(self.text)!r}, {self.kind}, confidence={self.confidence:.2f})"

    def _repr_html_(self) -> str:
        from quoteattr import display

        return display.card(self)

    def to_dict(self) -> Dict:
        """A plain dictionary that JSON can hold."""
        return {
            "id": self.id,
            "text": self.text,
            "spans": [span.to_dict() for span in self.spans],
            "kind": self.kind,
            "speaker": _optional_dict(self.speaker),
            "cue": _optional_dict(self.cue),
            "addressee": _optional_dict(self.addressee),
            "context": self.context.to_dict(),
            "confidence": self.confidence,
            "nested": [quote.to_dict() for quote in self.nested],
            "evidence": [[name, weight] for name, weight in self.evidence],
        }

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Quote:
        """The inverse of `to_dict`."""
        return cls(
            id=data["id"],
            text=data["text"],
            spans=tuple(Span.from_dict(span) for span in data["spans"]),
            kind=data["kind"],
            speaker=None if data["speaker"] is None else Speaker.from_dict(data["speaker"]),
            cue=None if data["cue"] is None else Cue.from_dict(data["cue"]),
            addressee=None if data["addressee"] is None else Speaker.from_dict(data["addressee"]),
            context=Context.from_dict(data["context"]),
            confidence=data["confidence"],
            nested=tuple(cls.from_dict(quote) for quote in data["nested"]),
            evidence=tuple((name, weight) for name, weight in data["evidence"]),
        )


@frozen(repr=False)
class SpeakerSummary:
    """One speaker of a document, once.

    Attributes:
        speaker: the speaker as at the first quote.
        quotes: number of quotes.
        words: number of words in them (split at white space).
        first_mention: the first mention at a quote, or ``None`` where all are implicit.
    """

    speaker: Speaker
    quotes: int
    words: int
    first_mention: Span | None

    @property
    def name(self) -> str | None:
        """The fullest name, or ``None``."""
        return self.speaker.name

    def __repr__(self) -> str:
        return f"SpeakerSummary({self.speaker.label!r}, quotes={self.quotes}, words={self.words})"

    def to_dict(self) -> Dict:
        """A plain dictionary that JSON can hold."""
        return {
            "speaker": self.speaker.to_dict(),
            "quotes": self.quotes,
            "words": self.words,
            "first_mention": _optional_dict(self.first_mention),
        }


@frozen(repr=False)
class Speakers(Sequence[SpeakerSummary]):
    """Each speaker of a document once: an immutable sequence, shown as a table in a notebook.

    Attributes:
        items: the speakers in order of first quote.

    >>> Speakers()
    <Speakers: none>
    """

    items: tuple[SpeakerSummary, ...] = ()

    @overload
    def __getitem__(self, index: int) -> SpeakerSummary: ...
    @overload
    def __getitem__(self, index: slice) -> Speakers: ...
    def __getitem__(self, index: int | slice) -> SpeakerSummary | Speakers:
        return Speakers(self.items[index]) if isinstance(index, slice) else self.items[index]

    def __len__(self) -> int:
        return len(self.items)

    def __iter__(self) -> Iterator[SpeakerSummary]:
        return iter(self.items)

    def __repr__(self) -> str:
        return f"<Speakers: {', '.join(_shorten(item.speaker.label) for item in self.items) or 'none'}>"

    def _repr_html_(self) -> str:
        from quoteattr import display

        return display.speakers_table(self)

    def to_dicts(self) -> list[Dict]:
        """One plain dictionary a speaker."""
        return [item.to_dict() for item in self.items]


@frozen(repr=False)
class Quotes(Sequence[Quote]):
    """The quotes of one text: an immutable sequence that also carries the text.

    Attributes:
        text: the text as it was given.
        items: the quotes in the order of the text.
        engine: which engine found them, 'rules' or 'tagger'.

    >>> Quotes("No quote here.")
    <Quotes: 0 quotes, 0 speakers>
    >>> list(Quotes("No quote here."))
    []
    """

    text: str
    items: tuple[Quote, ...] = ()
    engine: Engine = "rules"

    @overload
    def __getitem__(self, index: int) -> Quote: ...
    @overload
    def __getitem__(self, index: slice) -> Quotes: ...
    def __getitem__(self, index: int | slice) -> Quote | Quotes:
        if isinstance(index, slice):
            return Quotes(self.text, self.items[index], self.engine)
        return self.items[index]

    def __len__(self) -> int:
        return len(self.items)

    def __iter__(self) -> Iterator[Quote]:
        return iter(self.items)

    def __repr__(self) -> str:
        count, speakers = len(self.items), len(self.speakers)
        return f"<Quotes: {count} quote{'s' * (count != 1)}, {speakers} speaker{'s' * (speakers != 1)}>"

    def _repr_html_(self) -> str:
        from quoteattr import display

        return display.render(self)

    def by_speaker(self) -> dict[str | None, Quotes]:
        """The quotes of each speaker, keyed by name, in order of first quote.

        A speaker without a name is keyed by the words of the mention ('a spokesman'), quotes without any
        speaker by ``None``. Two speakers of one name stay apart: the second is keyed 'Name (2)'.
        """
        groups: dict[int | None, list[Quote]] = {}
        for quote in self.items:
            groups.setdefault(quote.speaker.entity if quote.speaker else None, []).append(quote)
        named: dict[str | None, Quotes] = {}
        for entity, quotes in groups.items():
            speaker = quotes[0].speaker
            key = None if entity is None or speaker is None else speaker.label
            if key in named:
                number = 2
                while f"{key} ({number})" in named:
                    number += 1
                key = f"{key} ({number})"
            named[key] = Quotes(self.text, tuple(quotes), self.engine)
        return named

    @property
    def speakers(self) -> Speakers:
        """Each speaker once, in order of first quote; quotes inside others are not counted."""
        groups: dict[int, list[Quote]] = {}
        for quote in self.items:
            if quote.speaker is not None:
                groups.setdefault(quote.speaker.entity, []).append(quote)
        return Speakers(tuple(_summary(quotes) for quotes in groups.values()))

    def to_dicts(self) -> list[Dict]:
        """One plain dictionary a quote."""
        return [quote.to_dict() for quote in self.items]

    def to_dict(self) -> Dict:
        """Text, engine and quotes as one plain dictionary that JSON can hold."""
        return {"text": self.text, "engine": self.engine, "quotes": self.to_dicts()}

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Quotes:
        """The inverse of `to_dict`."""
        return cls(data["text"], tuple(Quote.from_dict(quote) for quote in data["quotes"]), data["engine"])

    def to_json(self, *, indent: int | None = None) -> str:
        """Everything as one JSON text; `from_json` gives back an equal object.

        Lone surrogates, which UTF-8 cannot hold, are escaped; every other character stands as it is.
        """
        plain = json.dumps(self.to_dict(), ensure_ascii=False, indent=indent)
        try:
            plain.encode("utf-8")
        except UnicodeEncodeError:
            return json.dumps(self.to_dict(), ensure_ascii=True, indent=indent)
        return plain

    @classmethod
    def from_json(cls, data: str | bytes) -> Quotes:
        """The inverse of `to_json`.

        Raises:
            FormatError: ``data`` is nothing that `to_json` writes.
        """
        from quoteattr.errors import FormatError
        from quoteattr.shapes import check_quotes

        try:
            value = json.loads(data)
        except (ValueError, RecursionError) as error:
            raise FormatError(f"Not JSON: {error}.") from error
        check_quotes(value)
        return cls.from_dict(value)

    def to_frame(self) -> pandas.DataFrame:
        """One row a quote, as a pandas data frame (needs the extra ``frame``); `export.to_frame`."""
        from quoteattr import export

        return export.to_frame(self)

    def to_arrow(self) -> pyarrow.Table:
        """One row a quote, as an Arrow table (needs the extra ``frame``); `export.to_arrow`."""
        from quoteattr import export

        return export.to_arrow(self)

    def to_rows(self) -> list[Dict]:
        """One flat dictionary a quote, the columns of `to_frame`; `export.rows`."""
        from quoteattr import export

        return export.rows(self)

    def to_csv(self) -> str:
        """One row a quote, as CSV that is safe to open in a spreadsheet; `export.to_csv`."""
        from quoteattr import export

        return export.to_csv(self)

    def to_jsonl(self) -> str:
        """One quote a line, as JSON Lines; `export.to_jsonl`."""
        from quoteattr import export

        return export.to_jsonl(self)

    def to_annotations(self, source: str | None = None) -> Dict:
        """W3C Web Annotations as a JSON-LD dictionary; `export.to_annotations`."""
        from quoteattr import export

        return export.to_annotations(self, source)

    def to_brat(self) -> str:
        """The contents of an .ann file for the annotation tool brat; `export.to_brat`."""
        from quoteattr import export

        return export.to_brat(self)

    def to_doc_spans(self, doc: Doc) -> Doc:
        """Fill ``doc.spans`` of a spaCy document of the same text; `export.to_doc_spans`."""
        from quoteattr import export

        return export.to_doc_spans(self, doc)


def _summary(quotes: Iterable[Quote]) -> SpeakerSummary:
    """What `Quotes.speakers` says of the speaker of these quotes."""
    quotes = list(quotes)
    speakers = [quote.speaker for quote in quotes if quote.speaker is not None]
    mention = next((speaker.mention for speaker in speakers if speaker.mention is not None), None)
    words = sum(len(quote.text.split()) for quote in quotes)
    return SpeakerSummary(speakers[0], len(quotes), words, mention)


def walk(quotes: Iterable[Quote]) -> Iterator[tuple[Quote, Quote | None]]:
    """Each quote with the one that it stands in (or ``None``): an outer one first, then those inside it.

    >>> list(walk(Quotes("No quote here.")))
    []
    """
    waiting: list[tuple[Quote, Quote | None]] = [(quote, None) for quote in quotes]
    waiting.reverse()
    while waiting:
        quote, parent = waiting.pop()
        yield quote, parent
        waiting.extend((inner, quote) for inner in reversed(quote.nested))
