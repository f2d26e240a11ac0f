"""A run: documents go through the extractor into the output, failures are told, Ctrl-C is heeded."""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections.abc import Generator, Iterable, Iterator
from contextlib import closing, contextmanager, suppress
from types import FrameType, TracebackType
from typing import TYPE_CHECKING, Any, cast

from attrs import define, field

from quoteattr.cli.formats import Format
from quoteattr.cli.output import Output, OutputLostError
from quoteattr.cli.readers import Document
from quoteattr.cli.reporting import Reporter
from quoteattr.cli.sources import Failure
from quoteattr.errors import DocumentError, QuoteattrError

if TYPE_CHECKING:
    from quoteattr.extractor import QuoteExtractor
    from quoteattr.objects import Quotes

__all__ = ["BAD_USE", "FAILURES", "OUTPUT_LOST", "Interrupts", "run"]

# Exit codes beside 0 and 128 + the number of a signal.
FAILURES, BAD_USE, OUTPUT_LOST = 1, 2, 3
NOT_READ = 128 + 13  # SIGPIPE, which Windows does not know by name

# Documents that are parsed together: enough to be quick, few enough that results come soon.
_BATCH = 16


@define
class Interrupts:
    """Turns Ctrl-C and SIGTERM into a ``KeyboardInterrupt``, but not in the middle of writing a document.

    Attributes:
        received: the signal that came, or 0.
    """

    received: int = 0
    _held: bool = field(default=False, init=False)
    _pid: int = field(factory=os.getpid, init=False)
    _before: dict[int, Any] = field(factory=dict, init=False)

    def __enter__(self) -> Interrupts:
        if threading.current_thread() is threading.main_thread():
            for number in (signal.SIGINT, signal.SIGTERM):
                self._before[number] = signal.signal(number, self._heed)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for number, handler in self._before.items():
            signal.signal(number, handler)

    def _heed(self, number: int, frame: FrameType | None) -> None:
        del frame
        if os.getpid() != self._pid:  # a worker process, which has this handler by birth
            os._exit(128 + number)
        self.received = number
        if not self._held:
            raise KeyboardInterrupt

    @contextmanager
    def held(self, *, for_good: bool = False) -> Iterator[None]:
        """Hold back signals until the block is done, or for good."""
        self._held = True
        try:
            yield
        finally:
            self._held = for_good
        if self.received and not for_good:
            raise KeyboardInterrupt


def run(  # noqa: PLR0913, PLR0917
    extractor: QuoteExtractor,
    read: Iterable[Document | Failure],
    output: Output,
    form: Format,
    reporter: Reporter,
    jobs: int = 1,
) -> int:
    """Read all documents into the output.

    Args:
        extractor: finds the quotes.
        read: the documents, and what cannot be read.
        output: where the quotes go.
        form: in which format.
        reporter: told of each document.
        jobs: processes to work in, -1 for one a core.

    Returns:
        The exit code.
    """
    end = ""
    code = 0
    with Interrupts() as interrupts:
        try:
            with reporter:
                _run(extractor, read, output, form, reporter, jobs, interrupts)
        except KeyboardInterrupt:
            end = "Stopped before the end; what is in the output is whole."
            code = 128 + (interrupts.received or signal.SIGINT)
        except BrokenPipeError:
            _abandon_stdout()
            return NOT_READ
        except OutputLostError as error:
            _abandon_stdout()
            end, code = f"The output cannot be written ({error}).", OUTPUT_LOST
        except QuoteattrError as error:
            end, code = str(error), BAD_USE
    reporter.summary(end)
    return code or (FAILURES if reporter.failures else 0)


def _run(  # noqa: PLR0913, PLR0917
    extractor: QuoteExtractor,
    read: Iterable[Document | Failure],
    output: Output,
    form: Format,
    reporter: Reporter,
    jobs: int,
    interrupts: Interrupts,
) -> None:
    with interrupts.held(), _writing():
        output.begin()
    try:
        found = extractor.pipe(
            _fed(read, output, reporter),
            as_tuples=True,
            batch_size=_BATCH,
            n_process=jobs,
            on_error=lambda error: _failed(error, reporter),
        )
        with closing(cast("Generator[tuple[Quotes, Document]]", found)) as pairs:
            for quotes, document in pairs:
                content = form.document(quotes, document.id)
                with interrupts.held(), _writing():
                    output.add(content, document.digest)
                reporter.found(len(quotes))
    except BaseException as error:
        with interrupts.held(for_good=True), _writing():
            output.end(error)
        raise
    with interrupts.held(for_good=True), _writing():
        output.end(None)


def _abandon_stdout() -> None:
    """Send what Python still holds for standard output nowhere, or it would fail once more at its end."""
    with suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _fed(
    read: Iterable[Document | Failure], output: Output, reporter: Reporter
) -> Iterator[tuple[str, Document]]:
    """The documents that are to be read, as pairs of text and context."""
    for document in read:
        if isinstance(document, Failure):
            reporter.failed(document.place, document.reason)
        elif output.has(document.digest):
            reporter.passed_over()
        else:
            yield document.text, document


def _failed(error: DocumentError, reporter: Reporter) -> None:
    reporter.failed(cast("Document", error.doc_id).place, error.reason)


@contextmanager
def _writing() -> Iterator[None]:
    """Tell errors of the output from those of anything else."""
    try:
        yield
    except BrokenPipeError:
        raise
    except OSError as error:
        raise OutputLostError(error.strerror or str(error)) from error
