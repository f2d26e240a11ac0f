"""What a run tells on standard error: a progress bar on a terminal, failures, a summary."""

from __future__ import annotations

from types import TracebackType

from attrs import define, field
from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
)

from quoteattr.display.plain import visible

__all__ = ["Reporter", "tell"]


def tell(message: str, console: Console | None = None) -> None:
    """A line on standard error, with the name of the program before it."""
    target = console or Console(stderr=True)
    words = " ".join(visible(message).split())
    target.print(f"quoteattr: {words}", markup=False, highlight=False, soft_wrap=True)


@define
class Reporter:
    """Counts documents, quotes and failures, and tells of them.

    Args:
        total: how many documents there are, if that is known.
        bar: whether a progress bar is shown if standard error is a terminal.
    """

    total: int | None = None
    bar: bool = True
    documents: int = 0
    quotes: int = 0
    failures: int = 0
    skipped: int = 0
    _console: Console = field(factory=lambda: Console(stderr=True), init=False)
    _progress: Progress | None = field(default=None, init=False)

    def __enter__(self) -> Reporter:
        if self.bar and self._console.is_terminal:
            self._progress = Progress(
                TextColumn("Reading"),
                BarColumn(),
                MofNCompleteColumn(),
                TextColumn("{task.fields[quotes]} quotes"),
                TimeElapsedColumn(),
                TimeRemainingColumn(),
                console=self._console,
                transient=True,
            )
            self._progress.add_task("", total=self.total, quotes=0)
            self._progress.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._progress is not None:
            self._progress.stop()

    def found(self, quotes: int) -> None:
        """A document is in the output."""
        self.documents += 1
        self.quotes += quotes
        self._advance()

    def passed_over(self) -> None:
        """A document was in the output before."""
        self.skipped += 1
        self._advance()

    def failed(self, place: str, reason: str) -> None:
        """A document cannot be read."""
        self.failures += 1
        tell(f"{place}: {reason}", self._console)
        self._advance()

    def _advance(self) -> None:
        if self._progress is not None:
            self._progress.update(self._progress.task_ids[0], advance=1, quotes=self.quotes)

    def summary(self, end: str = "") -> None:
        """What came of it: always after failures or a sudden end, else only on a terminal with a bar."""
        if not (self.failures or end or self._progress is not None):
            return
        parts = [f"{_count(self.documents, 'document')} read, {_count(self.quotes, 'quote')}"]
        if self.skipped:
            parts.append(f"{_count(self.skipped, 'document')} done before")
        if self.failures:
            parts.append(f"{_count(self.failures, 'document')} left out, named above")
        tell("; ".join(parts) + "." + (f" {end}" if end else ""), self._console)


def _count(number: int, noun: str) -> str:
    """A number with its noun.

    >>> _count(1, "quote"), _count(1200, "quote")
    ('1 quote', '1,200 quotes')
    """
    return f"{number:,} {noun}{'s' * (number != 1)}"
