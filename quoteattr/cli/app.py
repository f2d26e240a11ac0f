"""Commands and options of the command line."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from quoteattr import __version__
from quoteattr.cli.commands import Choices, Inputs, extract_quotes, show_quotes
from quoteattr.cli.endings import FormatName, InputFormat
from quoteattr.cli.reporting import tell
from quoteattr.cli.running import BAD_USE
from quoteattr.errors import QuoteattrError
from quoteattr.evaluation.__main__ import evaluate

__all__ = ["app", "main"]

_EXAMPLES = "\n".join(
    (
        "quoteattr article.txt                      a table of its quotes",
        "quoteattr show article.txt                 the article, quotes in colour",
        "quoteattr extract articles/ -o quotes.csv  a folder, for a spreadsheet",
        "quoteattr evaluate gold.jsonl --run        scores on articles marked by you",
        "",
        "'quoteattr FILE' is short for 'quoteattr extract FILE'.",
    )
)
_CODES = "\n".join(
    (
        "Exit codes:",
        "0  all went well",
        "1  some documents were left out and named on standard error; the rest is done",
        "2  the command cannot be carried out as given",
        "3  the output could not be written to its end",
        "130  stopped by Ctrl-C (143: by SIGTERM); the output is usable",
        "141  what read the output did not read it to its end",
    )
)


class _Group(TyperGroup):
    """The commands; what names none of them is read as the files of ``extract``."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        known = {name for parameter in self.get_params(ctx) for name in parameter.opts}
        if args and args[0] not in known and args[0] not in self.commands:
            args = ["extract", *args]
        return list(super().parse_args(ctx, args))


app = typer.Typer(
    cls=_Group,
    no_args_is_help=True,
    add_completion=True,
    rich_markup_mode="rich",
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog=_EXAMPLES,
)

Files = Annotated[
    list[str],
    typer.Argument(
        metavar="FILE",
        help="Files, folders, glob patterns, or - for standard input. A text file is one document; a line or "
        "row of .jsonl, .csv and .parquet is one.",
        show_default=False,
    ),
]
Acts = Annotated[
    str,
    typer.Option(
        metavar="LIST", help="'all', or some of speech, writing, thought, evidence, parted by commas."
    ),
]
Kinds = Annotated[str, typer.Option(metavar="LIST", help="'all', or some of direct, mixed, indirect.")]
MinConfidence = Annotated[
    float | None,
    typer.Option(min=0, max=1, metavar="P", help="Leave out quotes of less confidence.", show_default=False),
]
Model = Annotated[
    str | None,
    typer.Option(
        metavar="NAME", help="The spaCy pipeline, a name or a path.", show_default="the small English one"
    ),
]
Engine = Annotated[
    str,
    typer.Option(
        metavar="NAME",
        help="'rules', 'tagger' (more quotes, more time), or 'auto': the tagger where it is installed.",
    ),
]
Device = Annotated[
    str,
    typer.Option(
        metavar="NAME", help="What the tagger runs on: 'cpu', 'cuda', or 'cuda:1' (the second card)."
    ),
]
TextColumn = Annotated[
    str, typer.Option(metavar="NAME", help="Where rows hold the text.", rich_help_panel="Input")
]
IdColumn = Annotated[
    str | None,
    typer.Option(
        metavar="NAME",
        help="Where rows hold the name of the document.",
        show_default="'id' where there is one, else file and row",
        rich_help_panel="Input",
    ),
]
InputAs = Annotated[
    InputFormat | None,
    typer.Option(
        "--input-format",
        metavar="FORMAT",
        help=f"How to read all inputs: {', '.join(InputFormat)}.",
        show_default="by the ending; standard input is text",
        rich_help_panel="Input",
    ),
]
Encoding = Annotated[
    str, typer.Option(metavar="NAME", help="Of text, JSON Lines and CSV.", rich_help_panel="Input")
]


@app.command(epilog=_CODES)
def extract(
    files: Files,
    form: Annotated[
        FormatName | None,
        typer.Option(
            "--format",
            "-f",
            metavar="FORMAT",
            help=f"What to write: {', '.join(FormatName)}.",
            show_default="by the ending of the output, else a table",
            rich_help_panel="Output",
        ),
    ] = None,
    output: Annotated[
        str | None,
        typer.Option(
            "--output",
            "-o",
            metavar="FILE",
            help="Where to write.",
            show_default="standard output",
            rich_help_panel="Output",
        ),
    ] = None,
    resume: Annotated[
        bool,
        typer.Option(
            "--resume",
            help="Continue a run that was stopped, into the same output: documents that are in it are not "
            "read again. The same command later adds what is new.",
            rich_help_panel="Output",
        ),
    ] = False,
    acts: Acts = "speech,writing",
    kinds: Kinds = "all",
    min_confidence: MinConfidence = None,
    model: Model = None,
    engine: Engine = "auto",
    device: Device = "cpu",
    jobs: Annotated[
        int,
        typer.Option("--jobs", "-j", min=0, metavar="N", help="Processes to work in; 0 for one a core."),
    ] = 1,
    text_column: TextColumn = "text",
    id_column: IdColumn = None,
    input_format: InputAs = None,
    encoding: Encoding = "utf-8",
) -> None:
    """Write the quotes of documents: who said what, with what words."""
    inputs = Inputs(files, input_format, text_column, id_column, encoding)
    choices = Choices(acts, kinds, min_confidence, model, engine, device)
    _finish(lambda: extract_quotes(inputs, choices, form, output, resume=resume, jobs=jobs or -1))


@app.command(epilog=_CODES)
def show(
    files: Files,
    light: Annotated[
        bool, typer.Option("--light", help="Colours for a terminal with a light ground.")
    ] = False,
    acts: Acts = "speech,writing",
    kinds: Kinds = "all",
    min_confidence: MinConfidence = None,
    model: Model = None,
    engine: Engine = "auto",
    device: Device = "cpu",
    text_column: TextColumn = "text",
    id_column: IdColumn = None,
    input_format: InputAs = None,
    encoding: Encoding = "utf-8",
) -> None:
    """Print documents with quotes, cues and speakers marked in colour."""
    inputs = Inputs(files, input_format, text_column, id_column, encoding)
    choices = Choices(acts, kinds, min_confidence, model, engine, device)
    _finish(lambda: show_quotes(inputs, choices, light=light))


app.command()(evaluate)


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"quoteattr {__version__}")
        raise typer.Exit


@app.callback()
def _about(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    """Who said what: quotes, speakers and context from English text."""
    del version


def _finish(work: Callable[[], int]) -> None:
    """Do the work and leave with its exit code; what cannot be done as given is told in a sentence."""
    try:
        code = work()
    except QuoteattrError as error:
        tell(str(error))
        code = BAD_USE
    if code:
        raise typer.Exit(code)


def main() -> None:
    """The command ``quoteattr``."""
    app()
