"""The options of an extractor, checked as the user gives them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast, get_args

from attrs import frozen

from quoteattr import layout, tagger
from quoteattr.assembly import DEFAULT_ACTS, Choice
from quoteattr.errors import OptionError
from quoteattr.objects import ACTS, ENGINES, KINDS, Act, Engine, Kind

__all__ = ["Options"]


@frozen
class Options:
    """The options of an extractor, checked; plain values, so that they cross process borders.

    Attributes:
        choice: which quotes to keep.
        engine: the engine that answers.
        paragraphs: how paragraphs are told, see `quoteattr.layout.paragraphs`.
        max_chars: the longest text to read, in characters, or ``None`` for no limit.
        threads: how many threads the tagger may use; 0 for one a core.
        device: what the tagger runs on.
    """

    choice: Choice
    engine: Engine
    paragraphs: layout.Mode = "auto"
    max_chars: int | None = None
    threads: int = 1
    device: str = "cpu"

    @classmethod
    def of(  # noqa: PLR0913, PLR0917
        cls,
        acts: Sequence[str] | str = DEFAULT_ACTS,
        kinds: Sequence[str] | str = KINDS,
        min_confidence: float | None = None,
        engine: str = "auto",
        paragraphs: str = "auto",
        max_chars: int | None = None,
        threads: int = 1,
        device: str = "cpu",
    ) -> Options:
        """Options as the user gives them.

        Raises:
            OptionError: one of them has no such value, or this machine no such device.
            DependencyMissingError: the tagger is asked for, and what runs it is not installed.

        >>> Options.of(acts="all").choice.acts
        ('speech', 'writing', 'thought', 'evidence')
        >>> Options.of(kinds=["spoken"])
        Traceback (most recent call last):
        quoteattr.errors.OptionError: kinds must be 'all' or some of 'direct', 'mixed', 'indirect',
        not 'spoken'.
        """
        if min_confidence is not None and not (_is_number(min_confidence) and 0 <= min_confidence <= 1):
            raise OptionError(f"min_confidence must be None or a number from 0 to 1, not {min_confidence!r}.")
        if max_chars is not None and not (isinstance(max_chars, int) and max_chars >= 0):
            raise OptionError(f"max_chars must be None or a whole number of characters, not {max_chars!r}.")
        if not isinstance(threads, int) or isinstance(threads, bool) or threads < 0:
            raise OptionError(f"threads must be a whole number from 0, not {threads!r}.")
        if paragraphs not in get_args(layout.Mode):
            names = ", ".join(map(repr, get_args(layout.Mode)))
            raise OptionError(f"paragraphs must be one of {names}, not {paragraphs!r}.")
        mode = cast("layout.Mode", paragraphs)
        chosen_acts = cast("tuple[Act, ...]", _chosen("acts", acts, ACTS))
        chosen_kinds = cast("tuple[Kind, ...]", _chosen("kinds", kinds, KINDS))
        choice = Choice(chosen_acts, chosen_kinds, min_confidence)
        return cls(choice, _engine(engine, device), mode, max_chars, threads, device)


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _chosen(name: str, values: Sequence[str] | str, known: tuple[str, ...]) -> tuple[str, ...]:
    """``values`` in the order of ``known``."""
    if values == "all":
        return known
    wanted = (values,) if isinstance(values, str) else tuple(values)
    for value in wanted:
        if value not in known:
            names = ", ".join(map(repr, known))
            raise OptionError(f"{name} must be 'all' or some of {names}, not {value!r}.")
    return tuple(value for value in known if value in wanted)


def _engine(name: str, device: str) -> Engine:
    if name not in {*ENGINES, "auto"}:
        raise OptionError(f"engine must be 'auto', 'rules' or 'tagger', not {name!r}.")
    if device == "cpu" and (name == "rules" or (name == "auto" and not tagger.is_installed())):
        return "rules"
    if name == "rules":
        raise OptionError(f"device={device!r} is for the tagger: use engine='tagger', or device='cpu'.")
    tagger.check(device)
    return "tagger"
