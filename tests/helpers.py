"""Quotes made by hand from a text and the words in it, and quotes made at random, for tests of the doors."""

from __future__ import annotations

import re
from collections.abc import Sequence

from hypothesis import strategies as st

from quoteattr.layout import paragraphs
from quoteattr.objects import ACTS, KINDS, Context, Cue, Quote, Quotes, Span, Speaker

SPEAKER_KINDS = ("person", "organization", "place", "group", "work", "unknown")
MENTION_KINDS = ("name", "nominal", "pronoun", "implicit")
_SENTENCE_END = re.compile(r"(?<=[.!?”])\s+(?=[A-Z“])")


class Maker:
    """Builds the quotes of one text out of the words that stand in it.

    Words are looked up from left to right: each quote is searched for from where the one before began, and
    its cue, mention and addressee in the paragraph of its first piece.
    """

    def __init__(self, text: str) -> None:
        self.text = text
        self.paragraphs = paragraphs(text)
        self.entities: dict[str | None, int] = {}
        self.known: dict[str | None, dict] = {}
        self.place = 0
        self.count = 0

    def person(self, name: str | None, **facts) -> None:
        """Say what the document knows of a speaker."""
        self.known[name] = facts

    def quote(
        self,
        *pieces: str,
        by: str | None = None,
        mention: str | None = None,
        how: str | None = None,
        cue: str | None = None,
        lemma: str = "",
        act: str = "speech",
        negated: bool = False,
        to: str | None = None,
        kind: str = "direct",
        confidence: float = 0.9,
        nested: Sequence[Quote] = (),
        inside: str | None = None,
    ) -> Quote:
        """One quote; ``inside`` gives words that hold everything, where they are not unique."""
        begin = self.place
        if inside is not None:
            begin = self.text.index(inside)
        spans = []
        for piece in pieces:
            start = self.text.index(piece, spans[-1].end if spans else begin)
            spans.append(Span.of(self.text, start, start + len(piece)))
        index, paragraph = self._paragraph(spans[0].start)
        low = begin if inside is not None else paragraph.start
        speaker = None
        if by is not None or mention is not None:
            speaker = self._speaker(by, mention, how, low, spans)
        at = self._near(cue, low, spans) if cue else None
        addressee = self._speaker(to, to, "name", low, spans) if to else None
        others = [each for each in (at, speaker and speaker.mention) if each]
        sentences = self._sentences(paragraph)
        held = [s for s in sentences if any(s.start < o.end and o.start < s.end for o in (*spans, *others))]
        first, last = held[0], held[-1]
        position = sentences.index(first)
        after = sentences.index(last) + 1
        number = self.count
        self.count += 1
        return Quote(
            id=number,
            text=" ".join(piece.strip("“”‘’") for piece in pieces),
            spans=tuple(spans),
            kind=kind,
            speaker=speaker,
            cue=Cue(at, lemma or cue.split()[0], act, negated) if at else None,
            addressee=addressee,
            context=Context(
                Span.of(self.text, first.start, last.end),
                paragraph,
                index,
                sentences[position - 1] if position else None,
                sentences[after] if after < len(sentences) else None,
            ),
            confidence=confidence,
            nested=tuple(nested),
        )

    def quotes(self, *quotes: Quote, engine: str = "rules") -> Quotes:
        return Quotes(self.text, tuple(quotes), engine)

    def _paragraph(self, start: int) -> tuple[int, Span]:
        for index, each in enumerate(self.paragraphs):
            if each.start <= start < each.end:
                return index, Span.of(self.text, *each)
        raise ValueError(start)

    def _sentences(self, paragraph: Span) -> list[Span]:
        edges = [0]
        for match in _SENTENCE_END.finditer(paragraph.text):
            edges += [match.start(), match.end()]
        edges.append(len(paragraph.text))
        base = paragraph.start
        pairs = zip(edges[::2], edges[1::2], strict=True)
        return [Span.of(self.text, base + start, base + end) for start, end in pairs]

    def _near(self, words: str, low: int, spans: Sequence[Span]) -> Span:
        """The nearest place of ``words`` outside the pieces, after the first piece or else before it."""
        found = [m.start() for m in re.finditer(rf"(?<!\w){re.escape(words)}(?!\w)", self.text)]
        free = [s for s in found if s >= low and not any(p.start <= s < p.end for p in spans)]
        distance = {s: min(min(abs(s - p.end), abs(p.start - s - len(words))) for p in spans) for s in free}
        start = min(free, key=distance.__getitem__)
        return Span.of(self.text, start, start + len(words))

    def _speaker(
        self, name: str | None, mention: str | None, how: str | None, low: int, spans: Sequence[Span]
    ) -> Speaker:
        key = name or mention
        facts = self.known.get(name, {})
        at = self._near(mention, low, spans) if mention else None
        kind = how or ("implicit" if at is None else "name" if mention in (name or "") else "nominal")
        return Speaker(name, at, kind, self.entities.setdefault(key, len(self.entities)), **facts)


# What may stand in a text: letters, marks, what means something to HTML, CSV, brat and JSON, odd characters.
CHARACTERS = st.one_of(
    st.characters(),
    st.sampled_from(
        "ab “”‘’\"'<>&;=+-@\t\r\n\x00\x0b\x1c\x85\u2028\u2029\ufeff\u202e\u2066\u2069\ud800\udfff😀"
    ),
)
TEXTS = st.text(CHARACTERS, max_size=60)
_WORDS = st.text(CHARACTERS, max_size=9)


@st.composite
def spans(draw: st.DrawFn, text: str) -> Span:
    """Any stretch of the text, empty ones too."""
    ends = st.integers(0, len(text))
    start, end = sorted((draw(ends), draw(ends)))
    return Span.of(text, start, end)


@st.composite
def speakers(draw: st.DrawFn, text: str, members: bool = True) -> Speaker:
    return Speaker(
        name=draw(st.none() | _WORDS),
        mention=draw(st.none() | spans(text)),
        mention_kind=draw(st.sampled_from(MENTION_KINDS)),
        entity=draw(st.integers(0, 9)),
        kind=draw(st.sampled_from(SPEAKER_KINDS)),
        description=draw(st.none() | _WORDS),
        aliases=tuple(draw(st.lists(_WORDS, max_size=1))),
        pronouns=tuple(draw(st.lists(st.sampled_from(["he", "she", "they"]), max_size=1))),
        affiliation=draw(st.none() | _WORDS),
        members=tuple(draw(st.lists(speakers(text, False), max_size=2))) if members else (),
    )


@st.composite
def quotes_of(draw: st.DrawFn, text: str, depth: int = 1) -> Quote:
    pieces = sorted(draw(st.lists(spans(text), min_size=1, max_size=3)), key=lambda span: span.start)
    cue = draw(st.none() | spans(text))
    inner = draw(st.lists(quotes_of(text, depth - 1), max_size=2)) if depth else []
    return Quote(
        id=draw(st.integers(0, 10**6)),
        text=" ".join(piece.text for piece in pieces),
        spans=tuple(pieces),
        kind=draw(st.sampled_from(KINDS)),
        speaker=draw(st.none() | speakers(text)),
        cue=None if cue is None else Cue(cue, draw(_WORDS), draw(st.sampled_from(ACTS)), draw(st.booleans())),
        addressee=draw(st.none() | speakers(text)),
        context=Context(
            draw(spans(text)),
            draw(spans(text)),
            draw(st.integers(0, 99)),
            draw(st.none() | spans(text)),
            draw(st.none() | spans(text)),
        ),
        confidence=draw(st.floats(0, 1)),
        nested=tuple(inner),
        evidence=tuple(draw(st.lists(st.tuples(_WORDS, st.floats(-9, 9)), max_size=2))),
    )


@st.composite
def any_quotes(draw: st.DrawFn) -> Quotes:
    """Any `Quotes` that the classes allow, sensible or not."""
    text = draw(TEXTS)
    found = draw(st.lists(quotes_of(text), max_size=3))
    return Quotes(text, tuple(found), draw(st.sampled_from(["rules", "tagger"])))
