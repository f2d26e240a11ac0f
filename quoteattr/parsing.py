"""From text to spaCy's parsed document: paragraphs keep apart, long texts go in pieces, offsets stay true."""

from __future__ import annotations

import bisect
import os
import re
import threading
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING, Any
from weakref import WeakKeyDictionary

from attrs import define, field

from quoteattr import models, pipes
from quoteattr.readable import readable
from quoteattr.records import Range

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

__all__ = ["chunks", "is_parsed", "parse", "parse_all", "session"]

# Characters in a piece of a long text.
CHUNK = 10_000
# Tokens that are parsed side by side: enough for ten pieces, few enough for the parser's sums, 4 kB a token.
TOGETHER = 20_000
# New words are kept, which is quicker, until there are this many; then each session drops its own.
KEPT_WORDS = 20_000
# The same for the lemmas that a rule lemmatizer remembers.
KEPT_LEMMAS = 50_000

_SENTENCE_END = re.compile(r"""[.!?]["”’')\]]*\s""")


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


def parse_all(nlp: Language, texts: Sequence[str], paragraphs: Sequence[Sequence[Range]]) -> list[Doc]:
    """`parse` for several texts at once, which is quicker."""
    limit = min(CHUNK, nlp.max_length)
    counts, pieces = [], []
    for text, blocks in zip(texts, paragraphs, strict=True):
        plain = readable(text)
        starts = [block.start for block in blocks]
        cuts = list(chunks(plain, starts, limit))
        counts.append(len(cuts))
        pieces += [_tokenized(nlp, plain[start:end], _within(starts, start, end)) for start, end in cuts]
    idle = _needless(nlp)
    is_part = [count > 1 for count in counts for _ in range(count)]
    done: list[Doc] = []
    for group in _groups(pieces):
        for doc in pipes.run(nlp, group, idle):
            if is_part[len(done)]:  # put together without the vectors, which are larger than all the rest
                doc.tensor = doc.tensor[:0].copy()
            done.append(doc)
    parsed = iter(done)
    documents = []
    for count in counts:
        documents.append(_merged(nlp, [next(parsed) for _ in range(count)]))
    return documents


def _groups(pieces: Sequence[Doc]) -> Iterator[list[Doc]]:
    """The pieces in groups of about `TOGETHER` tokens."""
    group: list[Doc] = []
    total = 0
    for piece in pieces:
        if group and total + len(piece) > TOGETHER:
            yield group
            group, total = [], 0
        group.append(piece)
        total += len(piece)
    if group:
        yield group


def _merged(nlp: Language, parts: list[Doc]) -> Doc:
    """One document of the pieces of a text."""
    from spacy.tokens import Doc

    if len(parts) == 1:
        return parts[0]
    whole = Doc.from_docs(parts, ensure_whitespace=False, exclude=["tensor"])  # type: ignore[call-arg]
    return nlp.make_doc("") if whole is None else whole


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
    doc = nlp.make_doc(text)
    remaining = iter(starts)
    start = next(remaining, None)
    for token in doc:
        if start is None:
            break
        end = token.idx + len(token)
        if end > start:
            token.is_sent_start = True
            while start is not None and start < end:
                start = next(remaining, None)
    return doc


def _needless(nlp: Language) -> list[str]:
    """The components whose work quoteattr does not read."""
    idle = {"quoteattr", "textcat", "textcat_multilabel", "entity_linker", "spancat"}
    return [name for name in nlp.pipe_names if nlp.get_pipe_meta(name).factory in idle]
