"""Which inputs a command line names: files, folders, globs, standard input."""

from __future__ import annotations

import glob
import os
from collections.abc import Collection, Iterable, Iterator

from attrs import frozen

from quoteattr.cli.endings import ENDINGS, InputFormat, ending_of

__all__ = ["STDIN", "Failure", "InputFormat", "Source", "sources"]

STDIN = "-"


@frozen
class Source:
    """One input.

    Attributes:
        path: the path as given or found; '-' for standard input.
        format: how to read it.
    """

    path: str
    format: InputFormat


@frozen
class Failure:
    """What cannot be read.

    Attributes:
        place: the file, and the line or row in it.
        reason: why, and what to do.
    """

    place: str
    reason: str


def sources(
    names: Iterable[str], form: InputFormat | None = None, leave_out: Collection[str] = ()
) -> list[Source | Failure]:
    """The inputs that ``names`` stand for, each once, in order; a name that stands for none is a failure.

    A folder stands for all files in it and below whose ending tells a format, sorted; hidden ones are passed
    over. A file that is named is read whatever its ending, as text if that tells nothing.

    Args:
        names: files, folders, glob patterns, or '-'.
        form: how to read all of them; by default the ending of each tells.
        leave_out: real paths that are no inputs (the output, which may lie in a folder that is read).

    >>> [source.format.value for source in sources(["-", "no/such.txt"]) if isinstance(source, Source)]
    ['text']
    """
    found: list[Source | Failure] = []
    seen = set(leave_out)
    for name in names:
        if name == STDIN:
            if STDIN not in seen:
                seen.add(STDIN)
                found.append(Source(STDIN, form or InputFormat.TEXT))
            continue
        paths = list(_paths(name))
        if not paths:
            found.append(Failure(name, _nothing(name)))
        for path in paths:
            real = os.path.realpath(path)
            if real not in seen:
                seen.add(real)
                found.append(Source(path, form or ending_of(path).reads or InputFormat.TEXT))
    return found


def _paths(name: str) -> Iterator[str]:
    if os.path.isdir(name):
        yield from _within(name)
    elif os.path.exists(name):
        yield name
    elif glob.has_magic(name):
        for path in sorted(glob.glob(name, recursive=True)):
            if os.path.isdir(path):
                yield from _within(path)
            else:
                yield path


def _within(folder: str) -> Iterator[str]:
    for parent, folders, files in os.walk(folder):
        folders[:] = sorted(each for each in folders if not each.startswith("."))
        for file in sorted(files):
            if not file.startswith(".") and ending_of(file).reads:
                yield os.path.join(parent, file)


def _nothing(name: str) -> str:
    if os.path.isdir(name):
        read = ", ".join(ending for ending, told in ENDINGS.items() if told.reads)
        return f"the folder has no file that ends in {read}."
    if glob.has_magic(name):
        return "nothing matches this pattern."
    return "there is no such file or folder."
