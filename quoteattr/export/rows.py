"""Flat rows, one a quote: the schema that frames, Arrow tables, CSV and the command line share."""

from __future__ import annotations

from typing import Any, Literal, get_args

from attrs import frozen

from quoteattr.objects import ACTS, KINDS, MentionKind, Quote, Quotes, SpeakerKind, walk

__all__ = ["COLUMNS", "Column", "Scalar", "rows"]

Scalar = str | int | float | bool | None


@frozen
class Column:
    """One column of every table.

    Attributes:
        name: its name.
        type: 'str', 'int', 'float' or 'bool'.
        meaning: what it holds, in a phrase.
        path: where the value is found, by attributes from an `Entry`; a ``None`` on the way is the value.
        nullable: whether it may be empty.
        values: all values that it may have, where they are few.
    """

    name: str
    type: Literal["str", "int", "float", "bool"]
    meaning: str
    path: str
    nullable: bool = True
    values: tuple[str, ...] = ()

    def of(self, entry: Entry) -> Any:
        """The value of this column for one quote."""
        value: Any = entry
        for name in self.path.split("."):
            if value is None:
                return None
            value = getattr(value, name)
        return value


@frozen
class Entry:
    """A quote and what a row says of it that the quote does not know.

    Attributes:
        doc: the id of the document, as the caller gave it.
        quote: the quote.
        parent: the quote that it stands in, or ``None``.
    """

    doc: str | None
    quote: Quote
    parent: Quote | None

    @property
    def words(self) -> int:
        """Words in the quote, split at white space."""
        return len(self.quote.text.split())

    @property
    def ranges(self) -> str:
        """'12:40 55:80' for a quote of two pieces."""
        return " ".join(f"{span.start}:{span.end}" for span in self.quote.spans)

    @property
    def members(self) -> str | None:
        """The labels of several speakers in one, or ``None``."""
        speaker = self.quote.speaker
        return "; ".join(member.label for member in speaker.members) or None if speaker else None


_SPEAKER_KINDS = get_args(SpeakerKind)
_MENTION_KINDS = get_args(MentionKind)

COLUMNS: tuple[Column, ...] = (
    Column("doc", "str", "id of the document, as given to the function", "doc"),
    Column("id", "int", "number of the quote in its document, from 0", "quote.id", nullable=False),
    Column("parent", "int", "id of the quote that this one stands in; empty for outer quotes", "parent.id"),
    Column(
        "speaker", "str", "fullest name of the speaker; empty where no name is given", "quote.speaker.name"
    ),
    Column(
        "speaker_label",
        "str",
        "the name, or else the words of the mention, or '(unnamed)'; empty only where there is no speaker",
        "quote.speaker.label",
    ),
    Column("text", "str", "the words, outer quotation marks off", "quote.text", nullable=False),
    Column(
        "kind", "str", "how much is in quotation marks: all, some, none", "quote.kind", False, values=KINDS
    ),
    Column("cue", "str", "the reporting words", "quote.cue.text"),
    Column("cue_lemma", "str", "dictionary form of the cue's head word", "quote.cue.lemma"),
    Column("cue_act", "str", "what the cue reports", "quote.cue.act", values=ACTS),
    Column("cue_negated", "bool", "whether the cue denies ('did not say')", "quote.cue.negated"),
    Column("mention", "str", "the words that name the speaker at the quote", "quote.speaker.mention.text"),
    Column("mention_kind", "str", "what they are", "quote.speaker.mention_kind", values=_MENTION_KINDS),
    Column("speaker_kind", "str", "what the speaker is", "quote.speaker.kind", values=_SPEAKER_KINDS),
    Column("speaker_entity", "int", "same number, same speaker, within the document", "quote.speaker.entity"),
    Column("speaker_description", "str", "role as the text gives it", "quote.speaker.description"),
    Column("speaker_affiliation", "str", "whom a spokesman speaks for", "quote.speaker.affiliation"),
    Column(
        "speaker_confidence",
        "float",
        "probability that the name is right, 0 to 1",
        "quote.speaker.confidence",
    ),
    Column("speaker_members", "str", "labels of several speakers in one, joined by '; '", "members"),
    Column("addressee", "str", "name, or else mention, of who was told", "quote.addressee.label"),
    Column("addressee_kind", "str", "what the addressee is", "quote.addressee.kind", values=_SPEAKER_KINDS),
    Column("addressee_entity", "int", "numbered together with the speakers", "quote.addressee.entity"),
    Column(
        "confidence",
        "float",
        "probability that words and source are right, 0 to 1",
        "quote.confidence",
        False,
    ),
    Column("words", "int", "words in the quote, split at white space", "words", nullable=False),
    Column("start", "int", "first character of the first piece", "quote.start", nullable=False),
    Column("end", "int", "one past the last character of the last piece", "quote.end", nullable=False),
    Column("ranges", "str", "start:end of each piece, joined by spaces", "ranges", nullable=False),
    Column("cue_start", "int", "first character of the cue", "quote.cue.span.start"),
    Column("cue_end", "int", "one past its last", "quote.cue.span.end"),
    Column("mention_start", "int", "first character of the mention", "quote.speaker.mention.start"),
    Column("mention_end", "int", "one past its last", "quote.speaker.mention.end"),
    Column("sentence", "str", "the sentence or sentences around it", "quote.context.sentence.text", False),
    Column("sentence_start", "int", "first character of the sentence", "quote.context.sentence.start", False),
    Column("sentence_end", "int", "one past its last", "quote.context.sentence.end", False),
    Column("before", "str", "the sentence before", "quote.context.before.text"),
    Column("after", "str", "the sentence after", "quote.context.after.text"),
    Column("paragraph", "int", "number of the paragraph, from 0", "quote.context.paragraph_index", False),
    Column("paragraph_start", "int", "first character of it", "quote.context.paragraph.start", False),
    Column("paragraph_end", "int", "one past its last", "quote.context.paragraph.end", False),
)


def rows(quotes: Quotes, doc_id: str | None = None) -> list[dict[str, Scalar]]:
    """One flat dictionary a quote, with the keys and in the order of `COLUMNS`.

    A quote inside another has a row of its own after it, with the id of the other in 'parent'. Empty values
    are ``None``; all offsets are characters, end exclusive.

    Args:
        quotes: the quotes of one document.
        doc_id: what to write into the column 'doc'.

    >>> from quoteattr.example import example_quotes
    >>> for row in rows(example_quotes(), "bridge.txt"):
    ...     print(row["id"], row["parent"], row["speaker_label"], row["cue_lemma"], row["ranges"])
    0 None the county say 0:56
    1 None Ida Holm tell 86:123 165:186
    2 None Ida Holm add 197:237
    3 None Tomas Reed say 301:369
    4 3 The engineers say 327:345
    """
    entries = (Entry(doc_id, quote, parent) for quote, parent in walk(quotes))
    return [{column.name: column.of(entry) for column in COLUMNS} for entry in entries]
