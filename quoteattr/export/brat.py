"""Standoff annotations for brat: quotes, cues and sources as text-bound annotations with relations.

The format is that of https://brat.nlplab.org/standoff.html, with discontinuous annotations (brat 1.3).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from importlib import resources

from quoteattr.objects import Quote, Quotes, Span, Speaker, walk

__all__ = ["brat_config", "to_brat"]

_SURROGATE = re.compile("[\ud800-\udfff]")


def to_brat(quotes: Quotes) -> str:
    r"""The contents of an .ann file.

    The .txt file beside it is ``quotes.text``, unchanged: write both with ``encoding="utf-8", newline=""``,
    and `brat_config` as annotation.conf into their folder. Lone surrogates, which UTF-8 cannot hold, are
    given as U+FFFD here: replace them in the text too.

    Text-bound annotations are ``Quote`` (one of several fragments for a quote in pieces, or over several
    lines), ``Cue``, ``Source`` and ``Addressee``; relations ``HasCue``, ``HasSource``, ``HasAddressee`` and
    ``Inside`` (a quote in a quote); attributes ``Kind``, ``Act``, ``Negated`` and ``SpeakerKind``; the
    speaker's name and the confidence are notes. Words that serve several quotes are annotated once.

    >>> from quoteattr.example import example_quotes
    >>> print("\n".join(to_brat(example_quotes()).splitlines()[:5]).expandtabs(1))
    T1 Quote 0 56 The bridge at Kestrel Point will close to lorries in May
    A1 Kind T1 indirect
    #1 AnnotatorNotes T1 the county, confidence 0.91
    T2 Cue 69 73 said
    A2 Act T2 speech
    """
    writer = _Writer(quotes.text)
    names: dict[int, str | None] = {}
    for quote, parent in walk(quotes):
        names[id(quote)] = name = _quote(writer, quote)
        if parent is not None:
            writer.relation("Inside", name, names[id(parent)])
    return "".join(line + "\n" for line in writer.lines)


def brat_config() -> str:
    """The contents of annotation.conf, with which brat shows what `to_brat` writes.

    >>> "HasSource" in brat_config()
    True
    """
    return resources.files("quoteattr").joinpath("data").joinpath("brat.conf").read_text(encoding="utf-8")


def _quote(writer: _Writer, quote: Quote) -> str | None:
    """Write a quote with its cue, source and addressee; its name in the file."""
    name, _ = writer.stretch("Quote", quote.spans, shared=False)
    writer.attribute("Kind", name, quote.kind)
    label = quote.speaker.label if quote.speaker else "no speaker"
    writer.note(name, f"{label}, confidence {quote.confidence:.2f}")
    if quote.cue is not None:
        cue, new = writer.stretch("Cue", [quote.cue.span])
        if new:
            writer.attribute("Act", cue, quote.cue.act)
        if new and quote.cue.negated:
            writer.attribute("Negated", cue)
        writer.relation("HasCue", name, cue)
    _speaker(writer, "Source", name, quote.speaker)
    _speaker(writer, "Addressee", name, quote.addressee)
    return name


def _speaker(writer: _Writer, role: str, quote: str | None, speaker: Speaker | None) -> None:
    if speaker is None or speaker.mention is None:
        return
    name, new = writer.stretch(role, [speaker.mention])
    if new:
        writer.attribute("SpeakerKind", name, speaker.kind)
        writer.note(name, f"{speaker.label}, confidence {speaker.confidence:.2f}")
    writer.relation(f"Has{role}", quote, name)


class _Writer:
    """The lines of an .ann file and the numbers that its annotations have so far.

    A stretch without any visible character has no annotation, and its name is ``None``; what would be said of
    it is left out.
    """

    def __init__(self, text: str) -> None:
        self.text = text
        self.lines: list[str] = []
        self._counts: dict[str, int] = {}
        self._named: dict[tuple[str, str], str] = {}

    def _add(self, prefix: str, content: str) -> str:
        self._counts[prefix] = self._counts.get(prefix, 0) + 1
        name = f"{prefix}{self._counts[prefix]}"
        self.lines.append(f"{name}\t{content}")
        return name

    def stretch(self, kind: str, spans: Iterable[Span], *, shared: bool = True) -> tuple[str | None, bool]:
        """The name of a text-bound annotation, and whether it is new."""
        fragments = _fragments(self.text, spans)
        if not fragments:
            return None, False
        ranges = ";".join(f"{start} {end}" for start, end in fragments)
        if shared and (kind, ranges) in self._named:
            return self._named[kind, ranges], False
        words = " ".join(self.text[start:end] for start, end in fragments)
        name = self._add("T", f"{kind} {ranges}\t{_SURROGATE.sub(chr(0xFFFD), words)}")
        self._named[kind, ranges] = name
        return name, True

    def attribute(self, kind: str, name: str | None, value: str = "") -> None:
        if name is not None:
            self._add("A", f"{kind} {name} {value}".rstrip())

    def relation(self, kind: str, first: str | None, second: str | None) -> None:
        if first is not None and second is not None:
            self._add("R", f"{kind} Arg1:{first} Arg2:{second}")

    def note(self, name: str | None, words: str) -> None:
        if name is not None:
            line = " ".join(_SURROGATE.sub("\ufffd", words).split())
            self._add("#", f"AnnotatorNotes {name}\t{line}")


def _fragments(text: str, spans: Iterable[Span]) -> list[tuple[int, int]]:
    """The pieces line by line, without white space at their edges, in order and without overlaps.

    brat reads an annotation as one line, so that none of its fragments may hold a line end.
    """
    found: list[tuple[int, int]] = []
    for span in sorted(spans, key=lambda span: span.start):
        start = max(span.start, found[-1][1] if found else 0)
        for line in text[start : span.end].splitlines(keepends=True):
            words = line.strip()
            first = start + len(line) - len(line.lstrip())
            if words:
                found.append((first, first + len(words)))
            start += len(line)
    return found
