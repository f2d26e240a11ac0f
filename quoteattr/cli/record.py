"""The record of a run: which documents are in its output, and up to where the output is sound."""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Mapping
from typing import Any, BinaryIO, TypeVar

from attrs import define, field

from quoteattr.errors import FormatError, OptionError

__all__ = ["Record", "read_record"]

T = TypeVar("T")


@define
class Record:
    """What a file ``OUTPUT.progress`` tells.

    Its first line holds the options of the run; then there is a line for each document, written once the
    document is in the output.

    Attributes:
        options: what the results depend on.
        done: how often each document is in the output, by digest.
        end: the bytes of the output that are sound.
        finished: whether the run came to its end.
        size: the bytes of the record that are sound: a line that was cut off is passed over.
    """

    options: dict[str, Any]
    done: Counter[str] = field(factory=Counter)
    end: int = 0
    finished: bool = False
    size: int = 0

    def check(self, options: Mapping[str, Any], path: str) -> None:
        """See that a run with these options may continue it.

        Raises:
            OptionError: the results would differ; the message names the options.
        """
        differing = [name for name, value in options.items() if self.options.get(name) != value]
        if differing:
            names = ", ".join(differing)
            raise OptionError(
                f"{path} was begun with other options ({names}): give those again, or take another output."
            )

    def takes(self, digest: str) -> bool:
        """Whether the document is in the output, once for each time that it is there."""
        if not self.done[digest]:
            return False
        self.done[digest] -= 1
        return True


def read_record(path: str) -> Record | None:
    """The record at ``path``, or ``None`` where there is none.

    Raises:
        FormatError: the file is no such record.
    """
    if not os.path.exists(path):
        return None
    try:
        with open(path, "rb") as file:
            return _read(file)
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise FormatError(f"{path} is no record of a run; move it away to begin anew.") from error


def _read(file: BinaryIO) -> Record | None:
    record: Record | None = None
    for line in file:
        if not line.endswith(b"\n"):
            break
        entry = _typed(json.loads(line), dict)
        if record is None:
            record = Record(_typed(entry["options"], dict), end=_typed(entry["end"], int))
        elif entry.get("finished"):
            record.finished = True
        else:
            record.done[_typed(entry["document"], str)] += 1
            record.end = _typed(entry["end"], int)
            record.finished = False
        record.size += len(line)
    return record


def _typed(value: Any, kind: type[T]) -> T:
    """The value, which no other program than this one may have written otherwise."""
    if type(value) is not kind or (isinstance(value, int) and value < 0):
        raise TypeError(f"{value!r} is no {kind.__name__} of a record")
    return value
