"""What the commands do once their options are read: see that it can be done, then do it."""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Collection, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from attrs import frozen

from quoteattr.cli.formats import Format, FormatName, format_for, writer
from quoteattr.cli.output import FileOutput, Output, StreamOutput, companions
from quoteattr.cli.readers import Layout, count, documents
from quoteattr.cli.reporting import Reporter
from quoteattr.cli.running import run
from quoteattr.cli.sources import Failure, InputFormat, Source, sources
from quoteattr.cli.terminal import Screen, article
from quoteattr.errors import FormatError, OptionError
from quoteattr.extras import require

if TYPE_CHECKING:
    from quoteattr.extractor import QuoteExtractor

__all__ = ["Choices", "Inputs", "extract_quotes", "show_quotes"]


@frozen
class Choices:
    """Which quotes to look for, as the command line says it: lists are parted by commas."""

    acts: str
    kinds: str
    min_confidence: float | None
    model: str | None
    engine: str
    device: str

    def used_engine(self) -> str:
        """The engine that will read: which one 'auto' means is settled.

        Raises:
            OptionError: there is no such engine or device.
            DependencyMissingError: the tagger is asked for, and what runs it is not installed.
        """
        from quoteattr.options import Options

        return Options.of(engine=self.engine, device=self.device).engine

    def extractor(self) -> QuoteExtractor:
        """The extractor, its pipeline loaded.

        Raises:
            OptionError: an option has no such value.
            DependencyMissingError: the tagger is asked for, and what runs it is not installed.
            ModelMissingError, ModelUnusableError: the pipeline is not there or not fit.
        """
        from quoteattr.extractor import QuoteExtractor

        made = QuoteExtractor(
            self.model,
            acts=_listed(self.acts),
            kinds=_listed(self.kinds),
            min_confidence=self.min_confidence,
            engine=self.engine,
            device=self.device,
        )
        _ = made.nlp
        return made


def _listed(value: str) -> str | tuple[str, ...]:
    return value if value == "all" else tuple(part.strip() for part in value.split(","))


def _sorted(value: str) -> list[str]:
    return sorted({part.strip() for part in value.split(",")})


@frozen
class Inputs:
    """What to read, as the command line says it."""

    files: Sequence[str]
    form: InputFormat | None
    text_column: str
    id_column: str | None
    encoding: str

    def layout(self) -> Layout:
        """How the inputs are laid out.

        Raises:
            OptionError: there is no such encoding.
        """
        try:
            "".encode(self.encoding)
        except (LookupError, UnicodeError):  # none of that name, or one that is not for text
            message = f"There is no encoding {self.encoding!r}: utf-8, utf-16 and cp1252 are some."
            raise OptionError(message) from None
        return Layout(self.text_column, self.id_column, self.encoding)

    def sources(self, leave_out: Collection[str] = ()) -> list[Source | Failure]:
        """The inputs.

        Raises:
            FormatError: there is none at all.
            DependencyMissingError: one is Parquet, and pyarrow is not installed.
        """
        found = sources(self.files, self.form, leave_out)
        if all(isinstance(source, Failure) for source in found):
            reasons = "; ".join(f"{each.place}: {each.reason}" for each in found if isinstance(each, Failure))
            raise FormatError(reasons or "There is nothing to read.")
        if any(isinstance(source, Source) and source.format is InputFormat.PARQUET for source in found):
            require("pyarrow.parquet", "frame", "Reading Parquet")
        return found


def extract_quotes(  # noqa: PLR0913
    inputs: Inputs,
    choices: Choices,
    form: FormatName | None,
    path: str | None,
    *,
    resume: bool,
    jobs: int,
) -> int:
    """Write the quotes of all documents; the exit code.

    Raises:
        QuoteattrError: it cannot be done as given; nothing is written then.
    """
    path = None if path == "-" else path
    to_file = path is not None and (os.path.isfile(path) or not os.path.exists(path))
    own = [path, *companions(path)] if path is not None else []
    layout = inputs.layout()
    read = inputs.sources([os.path.realpath(each) for each in own])
    single = len(read) == 1 and isinstance(read[0], Source) and read[0].format is InputFormat.TEXT
    title = Path(read[0].path).name if single and isinstance(read[0], Source) else "Quotes"
    made = writer(form or format_for(path), title=title, single=single, plain=path is not None)
    output = _output(path, made, choices, to_file=to_file, resume=resume)
    extractor = choices.extractor()
    bar = sys.stderr.isatty() and (to_file or _into_a_file())
    reporter = Reporter(count(read) if bar else None, bar=bar)
    return run(extractor, documents(read, layout), output, made, reporter, jobs)


def _into_a_file() -> bool:
    """Whether standard output goes into a file; a program that reads it may use the terminal too."""
    try:
        return stat.S_ISREG(os.fstat(sys.stdout.fileno()).st_mode)
    except (OSError, ValueError):
        return False


def _output(path: str | None, form: Format, choices: Choices, *, to_file: bool, resume: bool) -> Output:
    if form.name is FormatName.PARQUET:
        require("pyarrow.parquet", "frame", "Writing Parquet")
        if not to_file:
            raise OptionError("Parquet cannot be written to a stream: name a file with -o.")
    if path is not None and os.path.isdir(path):
        raise OptionError(f"{path} is a folder: name a file in it.")
    if not to_file or path is None:
        if resume:
            raise OptionError("--resume needs an output file: name it with -o.")
        return StreamOutput(form, path)
    options = {
        "format": form.name.value,
        "acts": _sorted(choices.acts),
        "kinds": _sorted(choices.kinds),
        "min-confidence": choices.min_confidence,
        "model": choices.model,
        "engine": choices.used_engine(),
    }
    output = FileOutput(path, form, options, resume)
    output.check()
    return output


def show_quotes(inputs: Inputs, choices: Choices, *, light: bool) -> int:
    """Print all documents with their quotes marked; the exit code.

    Raises:
        QuoteattrError: it cannot be done as given; nothing is written then.
    """
    layout = inputs.layout()
    read = inputs.sources()
    single = len(read) == 1 and isinstance(read[0], Source) and read[0].format is InputFormat.TEXT
    screen = Screen.of_stdout()
    made = Format(
        FormatName.TABLE,
        lambda quotes, key: article(quotes, None if single else key, screen, light=light),
    )
    return run(choices.extractor(), documents(read, layout), StreamOutput(made), made, Reporter(bar=False))
