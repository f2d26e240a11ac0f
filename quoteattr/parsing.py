"""From text to spaCy's parsed document: paragraphs keep apart, long texts go in pieces, offsets stay true."""

from __future__ import annotations

import bisect
import os
import re
import threading
from collections.abc import Collection, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from itertools import pairwise
from typing import TYPE_CHECKING, Any, NamedTuple
from weakref import WeakKeyDictionary

from attrs import define, field

from quoteattr import models, pipes
from quoteattr.columns import numbers, strings
from quoteattr.norms import norms
from quoteattr.readable import readable
from quoteattr.records import Depth, Range, Stretch
from quoteattr.speakers.lexicon import lexicon

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

__all__ = ["chunks", "is_parsed", "may_skip", "parse", "parse_all", "session"]

# Characters in a piece of a long text.
CHUNK = 10_000
# Tokens that are parsed side by side: enough for twenty pieces, few enough for the sums, 4 kB a token.
TOGETHER = 40_000
# New words are kept, which is quicker, until there are this many; then each session drops its own.
KEPT_WORDS = 20_000
# The same for the lemmas that a rule lemmatizer remembers.
KEPT_LEMMAS = 50_000

# The components whose work quoteattr does not read, and those that only parsed paragraphs go through.
_NEEDLESS = frozenset({"quoteattr", "textcat", "textcat_multilabel", "entity_linker", "spancat"})
_SKIPPED = frozenset(
    {"parser", "senter", "sentencizer", "attribute_ruler", "lemmatizer", "trainable_lemmatizer"}
)

_STOPS = frozenset(".!?…")
_CLOSING = frozenset("\"”’')]")
_SENTENCE_END = re.compile(r"""[.!?]["”’')\]]*\s""")
# 'He called it “a joke”. She did not': the parser learned from texts with the stop before the mark.
_STOPPED = re.compile(r"""["”’'][.!?]\s+[A-Z]""")
# 'It fell at 3 p.m. Anna Lee said so': the stop of an hour may end the sentence too, as what follows tells.
# 'At 3 p.m. London time' goes on.
_HOUR = re.compile(
    r"""(?<=[ap]\.m\.)["”’)]?\s{1,3}(?P<next>[A-Z]['’\w]{0,30})\b(?!(?:\s\w{1,20}){0,2}\s[Tt]ime\b)"""
)
# A quotation mark that the tokenizer may take for part of a word: 'so,”Ann', '”—she', 'said,“No'. Inches
# (6"2) and a slip of the key (I”m) are none. And the end of brackets before a colon, taken for a smile; the
# stop behind 'said I.', which is no initial; the colon of 'said:--', as old books announce speech; the dash
# of 'LONDON, Oct. 3.—The', as old papers begin.
_GLUED = re.compile(
    r"""["“”«»„](?<=[^\s\d].)(?:(?<![^\W\d_].)(?=[^\s)\]])|(?=[—–―-])|(?<=[”“])(?=[A-Z]))"""
    r"""|\)(?<=[^\W_].)(?=:(?!\S))|(?<=\d\.)[—–](?=[A-Z])|(?<=[a-z] )I\.(?=[\s"”’)]|\Z)"""
    r"""|(?<=[^\W\d_]):(?=(?:--|[—–―])(?!\S))"""
)
_PIECES = re.compile(
    r"""^I(?=\.$)|["“”«»„]|\)(?=:$)|:(?=--|[—–―])|[—–―]+|--+|(?:(?!:?--|:[—–―])[^"“”«»„—–―])+"""
)


@define(eq=False)
class _Turnstile:
    """One pipeline's lock, and the size of its vocabulary when it was first used."""

    words: int
    lock: threading.RLock = field(factory=threading.RLock)


_turnstiles: WeakKeyDictionary[Language, _Turnstile] = WeakKeyDictionary()
_turnstiles_lock = threading.Lock()


def _renew_locks() -> None:
    """Make the locks anew: a forked child inherits held locks, but not the threads that hold them."""
    global _turnstiles_lock  # noqa: PLW0603
    _turnstiles_lock = threading.Lock()
    for turnstile in _turnstiles.values():
        turnstile.lock = threading.RLock()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_renew_locks)


@contextmanager
def session(nlp: Language) -> Iterator[None]:
    """Hold the pipeline for one thread, and bound what it remembers.

    spaCy's vocabulary keeps every word it ever met. Once a pipeline that quoteattr loaded has met very many,
    the words of a session are dropped at its end, with spaCy's memory zones: documents parsed in a session
    must not be read after it. A pipeline that the user handed over is never put in a zone, for the user may
    run it at the same time.
    """
    vocab: Any = nlp.vocab
    with _turnstiles_lock:
        if nlp not in _turnstiles:
            _turnstiles[nlp] = _Turnstile(len(vocab.strings))
        turnstile = _turnstiles[nlp]
    with turnstile.lock, ExitStack() as stack:
        if models.is_shared(nlp):
            if len(vocab.strings) > turnstile.words + KEPT_WORDS and not vocab.in_memory_zone:
                stack.enter_context(nlp.memory_zone())
            _forget_lemmas(nlp)
        yield


def _forget_lemmas(nlp: Language) -> None:
    for _, pipe in nlp.pipeline:
        cache = getattr(pipe, "cache", None)
        if isinstance(cache, dict) and len(cache) > KEPT_LEMMAS:
            cache.clear()


def is_parsed(doc: Doc) -> bool:
    """Whether the document has what attribution reads: dependencies, and tags or parts of speech."""
    return doc.has_annotation("DEP") and (doc.has_annotation("TAG") or doc.has_annotation("POS"))


def parse(nlp: Language, text: str, paragraphs: Sequence[Range]) -> Doc:
    r"""The parsed document of ``text``: a sentence begins with each paragraph, and offsets stay true.

    What is no language is read as blanks (`quoteattr.readable`), so that ``doc.text`` may differ from
    ``text``, but never in length.

    >>> from quoteattr import layout, models
    >>> text = "Rain ahead\nAnn Smith said no."
    >>> [sentence.text for sentence in parse(models.load(), text, layout.paragraphs(text)).sents]
    ['Rain ahead\n', 'Ann Smith said no.']
    """
    return parse_all(nlp, [text], [paragraphs])[0]


def parse_all(
    nlp: Language,
    texts: Sequence[str],
    paragraphs: Sequence[Sequence[Range]],
    reached: Sequence[Sequence[Stretch]] | None = None,
) -> list[Doc]:
    """`parse` for several texts at once, which is quicker.

    Args:
        nlp: the pipeline.
        texts: the texts.
        paragraphs: the paragraphs of each text.
        reached: for each text how its stretches are to be read. Those without trees get sentences by
            their stops; a text of which nothing is to be parsed gives an empty document. Only for a pipeline
            that `may_skip`.
    """
    limit = min(CHUNK, nlp.max_length)
    parts: list[list[_Part]] = []
    for number, (text, blocks) in enumerate(zip(texts, paragraphs, strict=True)):
        wanted = None if reached is None else reached[number]
        parts.append(list(_parts(nlp, readable(text), [block.start for block in blocks], wanted, limit)))
    idle = _named(nlp, _NEEDLESS)
    everything = [part for several in parts for part in several]
    done = {
        Depth.TREES: _run(nlp, _docs(everything, Depth.TREES), idle),
        Depth.NAMES: _run(nlp, _docs(everything, Depth.NAMES), idle + _named(nlp, _SKIPPED)),
        Depth.WORDS: iter(_docs(everything, Depth.WORDS)),
    }
    documents = []
    for several in parts:
        read = []
        for part in several:
            doc = next(done[part.depth])
            if part.depth is not Depth.TREES:
                doc = _hung(doc)
            if len(several) > 1:  # put together without the vectors, which are larger than all the rest
                doc.tensor = doc.tensor[:0].copy()
            read.append(doc)
        documents.append(_merged(nlp, read))
    return documents


class _Part(NamedTuple):
    """A piece of a text, tokenised, and how it is to be read."""

    doc: Doc
    depth: Depth


def _docs(parts: Sequence[_Part], depth: Depth) -> list[Doc]:
    return [part.doc for part in parts if part.depth is depth]


def _parts(
    nlp: Language, text: str, starts: Sequence[int], wanted: Sequence[Stretch] | None, limit: int
) -> Iterator[_Part]:
    """The pieces of a text, cut where paragraphs are read in another way, and where they are long."""
    for begin, end, depth in _runs(len(text), wanted):
        for cut in chunks(text[begin:end], _within(starts, begin, end), limit):
            first, last = begin + cut.start, begin + cut.end
            doc = _tokenized(nlp, text[first:last], _within(starts, first, last))
            if depth is not Depth.TREES:
                _mark_sentences(doc)
            yield _Part(doc, depth)


def _runs(size: int, wanted: Sequence[Stretch] | None) -> Iterator[tuple[int, int, Depth]]:
    """How the text is to be read from where to where: (start, end, how), in order; nothing without trees."""
    if wanted is None:
        yield 0, size, Depth.TREES
    elif any(stretch.depth is Depth.TREES for stretch in wanted):
        begin = 0
        for before, stretch in pairwise(wanted):
            if stretch.depth is not before.depth:
                yield begin, stretch.start, before.depth
                begin = stretch.start
        yield begin, size, wanted[-1].depth


def _run(nlp: Language, docs: Sequence[Doc], idle: Collection[str]) -> Iterator[Doc]:
    """The documents after the components of the pipeline, some at a time."""
    for group in pipes.groups(docs, TOGETHER):
        yield from pipes.run(nlp, group, idle)


def _mark_sentences(doc: Doc) -> None:
    """Let a sentence begin after each stop, marks and brackets aside."""
    from spacy import attrs as a

    ended = False
    for i, word in enumerate(strings(doc, a.ORTH)):  # tokens are slow to make
        if word[0] in _STOPS:
            ended = True
        elif ended and word[0] not in _CLOSING and not word.isspace():
            if not word[0].islower():
                doc[i].is_sent_start = True
            ended = False


def _hung(doc: Doc) -> Doc:
    """The document with each sentence hung on its first token, for only trees keep sentences apart."""
    import numpy as np
    from spacy import attrs as a
    from spacy import symbols

    places = np.arange(len(doc))
    first = (doc.to_array([a.SENT_START]).reshape(-1) == 1) | (places == 0)
    table = np.zeros((len(doc), 3), dtype=np.uint64)
    table[:, 0] = (np.maximum.accumulate(np.where(first, places, 0)) - places).astype(np.uint64)
    table[first, 1] = doc.vocab.strings.add("ROOT")
    table[:, 2] = symbols.X
    return doc.from_array([a.HEAD, a.DEP, a.POS], table)  # type: ignore[arg-type]


def may_skip(nlp: Language) -> bool:
    """Whether nothing in the pipeline needs a parse but what the parse is made for."""
    known = _NEEDLESS | _SKIPPED | {"tok2vec", "tagger", "morphologizer", "ner"}
    return all(nlp.get_pipe_meta(name).factory in known for name in nlp.pipe_names)


def _merged(nlp: Language, parts: list[Doc]) -> Doc:
    """One document of the pieces of a text."""
    from spacy.tokens import Doc

    if len(parts) == 1:
        return parts[0]
    if parts and may_skip(nlp):
        return _joined(nlp, parts)
    whole = Doc.from_docs(parts, ensure_whitespace=False, exclude=["tensor"])  # type: ignore[call-arg]
    return nlp.make_doc("") if whole is None else whole


def _joined(nlp: Language, parts: list[Doc]) -> Doc:
    """What `Doc.from_docs` gives for a pipeline of spaCy's own components, in a third of the memory."""
    import numpy as np
    from spacy import attrs as a
    from spacy.tokens import Doc

    words = [word for part in parts for word in strings(part, a.ORTH)]
    spaces = [bool(space) for part in parts for space in numbers(part, a.SPACY)]
    whole = Doc(nlp.vocab, words, spaces)
    kept = [a.TAG, a.POS, a.MORPH, a.LEMMA, a.DEP, a.HEAD, a.ENT_IOB, a.ENT_TYPE]
    return whole.from_array(kept, np.concatenate([part.to_array(kept) for part in parts]))  # type: ignore[arg-type]


def chunks(text: str, starts: Sequence[int], limit: int) -> Iterator[Range]:
    r"""Cut ``text`` into pieces of at most ``limit`` characters that together are the whole text.

    A piece ends where a paragraph does, or else after a sentence, or else at white space, or else anywhere.

    Args:
        text: the text.
        starts: first characters of the paragraphs, in order.
        limit: characters in a piece at most.

    >>> list(chunks("One two.\n\nThree four five.", [0, 10], 12))
    [Range(start=0, end=10), Range(start=10, end=21), Range(start=21, end=26)]
    """
    begin, position = 0, 0
    while len(text) - begin > limit:
        end, cut = begin + limit, None
        while position < len(starts) and starts[position] <= end:
            cut = starts[position]
            position += 1
        if cut is None or cut <= begin:
            cut = _cut(text, begin, end)
        yield Range(begin, cut)
        begin = cut
    if begin < len(text):
        yield Range(begin, len(text))


def _cut(text: str, begin: int, end: int) -> int:
    """The last good place to cut in the second half of ``text[begin:end]``."""
    half = (begin + end) // 2
    last = None
    for last in _SENTENCE_END.finditer(text, half, end):  # noqa: B007
        pass
    if last is not None:
        return last.end()
    return next((place for place in range(end, half, -1) if text[place - 1].isspace()), end)


def _within(starts: Sequence[int], begin: int, end: int) -> list[int]:
    """The positions of ``starts`` that lie between ``begin`` and ``end``, counted from ``begin``."""
    first, last = bisect.bisect_left(starts, begin), bisect.bisect_left(starts, end)
    return [start - begin for start in starts[first:last]]


def _tokenized(nlp: Language, text: str, starts: Sequence[int]) -> Doc:
    """The tokens of ``text``, each paragraph's first one marked as the first of a sentence."""
    import numpy as np
    from spacy import attrs as a

    doc = _unglued(nlp, nlp.make_doc(text), text)
    for begin, end, norm in norms(text):
        name = doc.char_span(begin, end)
        if name is not None:
            name[0].norm_ = norm
    begins = [match.end() - 1 for match in _STOPPED.finditer(text)]
    begins += [match.start("next") for match in _HOUR.finditer(text) if _opens(match["next"])]
    for place in begins:
        span = doc.char_span(place, place + 1, alignment_mode="expand")
        if span is not None:
            span[0].is_sent_start = True
    ends = doc.to_array([a.IDX, a.LENGTH]).reshape(-1, 2).sum(axis=1, dtype=np.int64)
    for first in np.searchsorted(ends, np.array(starts, dtype=np.int64), side="right").tolist():
        if first < len(doc):
            doc[first].is_sent_start = True
    return doc


def _opens(word: str) -> bool:
    """Whether a word with a capital behind an hour begins a sentence: no 'Monday', no 'GMT', no 'Eastern'."""
    small, words = word.lower(), lexicon()
    return not (len(word) > 1 and word.isupper()) and small not in words.calendar and small not in words.zones


def _unglued(nlp: Language, doc: Doc, text: str) -> Doc:
    """The tokens, each parted that holds a quotation mark among other signs: 'so', ',', '”', 'Ann'."""
    found = (doc.char_span(*match.span(), alignment_mode="expand") for match in _GLUED.finditer(text))
    glued = {span.start for span in found if span is not None and len(span[0]) > 1}
    if not glued:
        return doc
    import numpy as np
    from spacy import attrs as a
    from spacy.tokens import Doc

    words, spaces, norms = [], [], []
    for token in doc:
        pieces = [token.text]
        if token.i in glued:
            pieces = [word.text for piece in _PIECES.findall(token.text) for word in nlp.make_doc(piece)]
        words += pieces
        spaces += [False] * (len(pieces) - 1) + [bool(token.whitespace_)]
        norms += [token.norm] if len(pieces) == 1 else [nlp.vocab[piece].norm for piece in pieces]
    norm = np.array(norms, dtype=np.uint64).reshape(-1, 1)
    return Doc(nlp.vocab, words, spaces).from_array([a.NORM], norm)  # type: ignore[arg-type]


def _named(nlp: Language, factories: Collection[str]) -> list[str]:
    """The components of the pipeline that are made by one of the factories."""
    return [name for name in nlp.pipe_names if nlp.get_pipe_meta(name).factory in factories]
