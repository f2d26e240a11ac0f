"""Streams of texts: batches, worker processes, and what happens when a document or a process fails."""

from __future__ import annotations

import logging
import multiprocessing
import os
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from typing import TYPE_CHECKING, Any, Literal

from attrs import define, field, frozen

from quoteattr.errors import DocumentError, InputTypeError, ModelUnusableError, QuoteattrError, WorkerError
from quoteattr.objects import Quote, Quotes
from quoteattr.parsing import is_parsed

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from quoteattr.extractor import QuoteExtractor

__all__ = ["batches", "is_english", "not_a_text", "not_english", "stream"]

# A batch ends at this many characters too, so that long texts do not pile up.
BATCH_CHARS = 400_000
# Batches that each process is given ahead of the one whose turn it is.
AHEAD = 2

_log = logging.getLogger("quoteattr")

# What a worker sends back for one document: its quotes, or why it failed.
Reply = tuple[Quote, ...] | str


@frozen(eq=False)
class Item:
    """One document of a stream.

    Attributes:
        key: what errors call it: its context, or its position in the stream.
        text: the text or ``Doc`` as the stream gave it.
    """

    key: object
    text: Any

    @property
    def source(self) -> str:
        """The characters of the text."""
        return self.text if isinstance(self.text, str) else self.text.text

    def __len__(self) -> int:
        return len(self.text) if isinstance(self.text, str) else 0


Batch = list[Item]
Outcome = Quotes | Exception


def stream(  # noqa: PLR0913, PLR0917 - the arguments of `QuoteExtractor.pipe`
    extractor: QuoteExtractor,
    texts: Iterable[Any],
    as_tuples: bool,
    batch_size: int,
    n_process: int,
    on_error: Literal["raise", "skip"] | Callable[[DocumentError], object],
) -> Iterator[Any]:
    """What `QuoteExtractor.pipe` returns."""
    grouped = batches(_items(texts, as_tuples), batch_size)
    if n_process == -1:
        n_process = os.cpu_count() or 1
    outcomes = _serial(extractor, grouped) if n_process == 1 else _parallel(extractor, grouped, n_process)
    for item, outcome in outcomes:
        if isinstance(outcome, Quotes):
            yield (outcome, item.key) if as_tuples else outcome
            continue
        error = outcome if isinstance(outcome, DocumentError) else DocumentError(item.key, _reason(outcome))
        if on_error == "raise":
            raise error from outcome.__cause__ if error is outcome else outcome
        if on_error == "skip":
            _log.warning("%s", error)
        else:
            on_error(error)


def batches(items: Iterable[Item], size: int, chars: int = BATCH_CHARS) -> Iterator[Batch]:
    """Group a stream; where the stream itself raises, what it gave before is still given out first.

    Args:
        items: the documents.
        size: documents in a batch at most.
        chars: a batch ends once it holds this many characters.

    >>> [[item.text for item in batch] for batch in batches(map(Item, "12345", "abcde"), 2)]
    [['a', 'b'], ['c', 'd'], ['e']]
    """
    batch: Batch = []
    total = 0
    source = iter(items)
    while True:
        try:
            item = next(source)
        except StopIteration:
            break
        except Exception:
            if batch:
                yield batch
            raise
        batch.append(item)
        total += len(item)
        if len(batch) >= size or total >= chars:
            yield batch
            batch, total = [], 0
    if batch:
        yield batch


def _items(texts: Iterable[Any], as_tuples: bool) -> Iterator[Item]:
    for position, value in enumerate(texts):
        if not as_tuples:
            yield Item(position, value)
        elif isinstance(value, tuple) and len(value) == 2:
            yield Item(value[1], value[0])
        else:
            raise InputTypeError(f"as_tuples=True needs pairs (text, context); item {position} is none.")


def _reason(error: BaseException) -> str:
    """Why a document failed, in words that need no traceback."""
    return str(error) if isinstance(error, QuoteattrError) else f"{type(error).__name__}: {error}"


def _serial(extractor: QuoteExtractor, grouped: Iterable[Batch]) -> Iterator[tuple[Item, Outcome]]:
    for batch in grouped:
        yield from zip(batch, extractor.outcomes([item.text for item in batch]), strict=True)


def _parallel(
    extractor: QuoteExtractor, grouped: Iterable[Batch], n_process: int
) -> Iterator[tuple[Item, Outcome]]:
    with _Workers(extractor, n_process) as workers:
        source = iter(grouped)
        waiting: deque[tuple[Batch, Future[list[Reply]]]] = deque()
        failure: Exception | None = None
        exhausted = False
        while True:
            while not exhausted and len(waiting) < AHEAD * n_process:
                try:
                    batch = next(source)
                except StopIteration:
                    exhausted = True
                except Exception as error:  # the stream failed: first give out what is under way
                    exhausted, failure = True, error
                else:
                    waiting.append((batch, workers.submit(batch)))
            if not waiting:
                break
            batch, future = waiting.popleft()
            try:
                replies: list[Reply] = future.result()
            except BrokenProcessPool:
                _log.warning("A worker process died; its documents are read again, one by one.")
                replies = workers.one_by_one(batch)
                waiting = deque((later, workers.again(later, pending)) for later, pending in waiting)
            for item, reply in zip(batch, replies, strict=True):
                yield item, _outcome(extractor, item, reply)
        if failure is not None:
            raise failure


def _outcome(extractor: QuoteExtractor, item: Item, reply: Reply) -> Outcome:
    if isinstance(reply, str):
        return DocumentError(item.key, reply)
    return Quotes(item.source, reply, extractor.options.engine)


@define(eq=False)
class _Workers:
    """A pool of processes that is started anew when one of them dies."""

    extractor: QuoteExtractor
    n_process: int
    _pool: ProcessPoolExecutor | None = field(default=None, init=False)

    def __enter__(self) -> _Workers:
        # Loading here too tells at once what is amiss, and processes that are forked need not load again.
        _ = self.extractor.nlp
        self._start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stop()

    def _start(self) -> ProcessPoolExecutor:
        # CUDA does not work in a process that was forked from one that uses it.
        method = None if self.extractor.options.device == "cpu" else "spawn"
        context = multiprocessing.get_context(method)
        self._pool = ProcessPoolExecutor(
            self.n_process, mp_context=context, initializer=_begin, initargs=(self.extractor,)
        )
        try:
            self._pool.submit(_ready).result()
        except BrokenProcessPool as error:
            self._stop()
            raise WorkerError(
                "No worker process could be started: use n_process=1, or guard the script with "
                'if __name__ == "__main__".'
            ) from error
        return self._pool

    def _stop(self) -> None:
        if self._pool is not None:
            self._pool.shutdown(wait=True, cancel_futures=True)
            self._pool = None

    def submit(self, batch: Batch) -> Future[list[Reply]]:
        """Have a batch read; the pool is started anew if it is broken."""
        texts = [_packed(item.text) for item in batch]
        pool = self._pool or self._start()
        try:
            return pool.submit(_work, texts)
        except BrokenProcessPool:
            self._stop()
            return self._start().submit(_work, texts)

    def again(self, batch: Batch, future: Future[list[Reply]]) -> Future[list[Reply]]:
        """The future of a batch after a death: the old one where it has finished, else a new one."""
        if future.done() and not future.cancelled() and future.exception() is None:
            return future
        return self.submit(batch)

    def one_by_one(self, batch: Batch) -> list[Reply]:
        """Read the documents of a batch alone, so that one which kills its process is known by that."""
        self._stop()
        replies: list[Reply] = []
        for item in batch:
            try:
                replies += self.submit([item]).result()
            except BrokenProcessPool:
                self._stop()
                replies.append("the worker process that read it died, and so did the next.")
        return replies


@frozen
class _Packed:
    """A spaCy document as bytes."""

    data: bytes


@frozen
class _Refused:
    """Something that a worker need not see, and why."""

    reason: str


def _packed(value: object) -> str | _Packed | _Refused:
    """A text in a form that crosses process borders."""
    from spacy.tokens import Doc

    if isinstance(value, str):
        return value
    if not isinstance(value, Doc):
        return _Refused(str(not_a_text(value)))
    if is_parsed(value) and not is_english(value):
        return _Refused(str(not_english(value)))  # for its bytes do not tell the language
    try:
        return _Packed(value.to_bytes(exclude=["user_data", "tensor"]))
    except Exception as error:
        return _Refused(_reason(error))


_worker: QuoteExtractor | None = None


def _begin(extractor: QuoteExtractor) -> None:
    """Start a worker: take the extractor, load its pipeline, leave Ctrl-C to the parent, end when it ends."""
    global _worker  # noqa: PLW0603
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    _worker = extractor
    _ = extractor.nlp


def _end_with_parent() -> None:
    """End this worker when its parent is gone.

    A pool does not see to that: workers of a parent that was killed wait for ever, for they hold both ends of
    the pipes that they wait at, and its output besides.
    """
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _ready() -> bool:
    return _worker is not None


def _work(texts: Sequence[str | _Packed | _Refused]) -> list[Reply]:
    """Read a batch in a worker."""
    extractor = _worker
    if extractor is None:
        raise WorkerError("The worker process was not started by quoteattr.")
    readable = [_unpacked(text, extractor) for text in texts if not isinstance(text, _Refused)]
    outcomes = iter(extractor.outcomes(readable))
    return [text.reason if isinstance(text, _Refused) else _reply(next(outcomes)) for text in texts]


def _reply(outcome: Outcome) -> Reply:
    return outcome.items if isinstance(outcome, Quotes) else _reason(outcome)


def _unpacked(value: str | _Packed, extractor: QuoteExtractor) -> object:
    if isinstance(value, str):
        return value
    from spacy.tokens import Doc

    return Doc(extractor.nlp.vocab).from_bytes(value.data)


def is_english(doc: Doc) -> bool:
    """Whether the document is in English, or does not say."""
    return doc.lang_ in ("en", "")


def not_english(doc: Doc) -> ModelUnusableError:
    """The error for a parsed document in another language."""
    return ModelUnusableError(f"The document is in {doc.lang_!r}, but quoteattr reads English ('en').")


def not_a_text(value: object) -> InputTypeError:
    """The error for what is neither a ``str`` nor a ``Doc``."""
    return InputTypeError(f"A text must be a str or a spaCy Doc, not {type(value).__name__}.")
