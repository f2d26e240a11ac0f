"""The command ``python -m quoteattr.evaluation``, which is ``quoteattr evaluate`` too."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Any

import typer

from quoteattr import evaluation
from quoteattr.errors import QuoteattrError
from quoteattr.evaluation.documents import AnnotatedDocument
from quoteattr.evaluation.metric import Rates, Scores

__all__ = ["evaluate"]


def evaluate(  # noqa: PLR0913, PLR0917 - one parameter an option
    gold: Annotated[
        Path,
        typer.Argument(metavar="GOLD", help="Reference: JSON Lines, or a folder of PolNeAR's own files."),
    ],
    pred: Annotated[
        Path | None, typer.Argument(metavar="PRED.jsonl", help="Predictions, or --run in place of them.")
    ] = None,
    run: Annotated[bool, typer.Option("--run", help="Run quoteattr on the texts of GOLD.")] = False,
    acts: Annotated[
        str, typer.Option(help="With --run: 'all', or some of speech,writing,thought,evidence.")
    ] = "speech,writing",
    model: Annotated[
        str | None, typer.Option(help="With --run: the spaCy pipeline, a name or a path.")
    ] = None,
    engine: Annotated[str, typer.Option(help="With --run: 'rules', 'tagger' or 'auto'.")] = "auto",
    save: Annotated[Path | None, typer.Option(help="With --run: also write the predictions there.")] = None,
    pieces: Annotated[
        bool, typer.Option("--pieces", help="Count each contiguous piece of a quote by itself.")
    ] = False,
    with_exact: Annotated[
        bool, typer.Option("--exact", help="Also print precision, recall and F1 of spans with equal edges.")
    ] = False,
    polnear_edges: Annotated[
        bool,
        typer.Option(
            "--polnear-edges",
            help="With --run: sources with their closing comma, cues with their colon, as in PolNeAR.",
        ),
    ] = False,
    with_calibration: Annotated[
        bool, typer.Option("--calibration", help="Also compare confidences with what is right.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Score quotes and their speakers against a reference that people marked."""
    if run == (pred is not None):
        raise typer.BadParameter("give either PRED.jsonl or --run", param_hint="PRED.jsonl")
    try:
        golds = evaluation.read_polnear(gold) if gold.is_dir() else evaluation.load_jsonl(gold)
        edges: evaluation.Edges = "polnear" if polnear_edges or gold.is_dir() else "plain"
        preds = _run(golds, acts, model, engine, edges) if pred is None else evaluation.load_jsonl(pred)
        if save is not None:
            evaluation.write_jsonl(save, preds)
        scores = evaluation.score(golds, preds, pieces=pieces)
        exact = evaluation.exact(golds, preds) if with_exact else None
        calibrations = _calibrations(golds, preds) if with_calibration else {}
    except (QuoteattrError, OSError) as error:
        typer.echo(f"quoteattr: {_told(error)}", err=True)
        raise typer.Exit(2) from None
    _warn(scores)
    if as_json:
        typer.echo(json.dumps(_as_dict(scores, exact, calibrations)))
        return
    typer.echo(scores.table())
    if exact is not None:
        typer.echo("\n" + _exact_table(exact))
    for title, calibration in calibrations.items():
        typer.echo(f"\n{title}\n{calibration.table()}")


def _told(error: QuoteattrError | OSError) -> str:
    """The sentence of an error; the system's own begin with a number that helps nobody."""
    if isinstance(error, OSError) and error.filename is not None:
        return f"{error.filename}: {error.strerror}."
    return str(error)


def _run(
    golds: Sequence[AnnotatedDocument], acts: str, model: str | None, engine: str, edges: evaluation.Edges
) -> list[AnnotatedDocument]:
    """What quoteattr finds in the texts of the reference, with a progress bar on a terminal."""
    from rich.console import Console
    from rich.progress import track

    from quoteattr.extractor import QuoteExtractor

    chosen: Any = acts if acts == "all" else tuple(act.strip() for act in acts.split(","))
    console = Console(stderr=True)
    extractor = QuoteExtractor(nlp=model, acts=chosen, engine=engine)
    found = evaluation.predict(extractor, golds, edges=edges)
    return list(
        track(
            found,
            description="Reading",
            total=len(golds),
            console=console,
            transient=True,
            disable=not console.is_terminal,
        )
    )


def _warn(scores: Scores) -> None:
    """Say on standard error where the two files do not hold the same documents."""
    if scores.unknown:
        typer.echo(f"{scores.unknown} predicted documents are not in the reference: left out.", err=True)
    if scores.unpredicted:
        typer.echo(
            f"{scores.unpredicted} reference documents have no prediction: counted as empty.", err=True
        )


def _as_dict(
    scores: Scores, exact: dict[str, Rates] | None, calibrations: dict[str, evaluation.Calibration]
) -> dict[str, Any]:
    result = scores.to_dict()
    if exact is not None:
        result["exact"] = {role: rates.to_dict() for role, rates in exact.items()}
    if calibrations:
        result["calibration"] = {title: each.to_dict() for title, each in calibrations.items()}
    return result


def _calibrations(
    golds: Sequence[AnnotatedDocument], preds: Sequence[AnnotatedDocument]
) -> dict[str, evaluation.Calibration]:
    """How far to trust confidences: of the quotes, and of the names where both files have what it takes."""
    found = {"quotes": evaluation.calibration(golds, preds)}
    known = any(row.get("aliases") for gold in golds for row in gold["attributions"])
    if known and any("speaker_confidence" in row for pred in preds for row in pred["attributions"]):
        found["names"] = evaluation.calibration(golds, preds, of="names")
    return found


def _exact_table(exact: dict[str, Rates]) -> str:
    lines = [f"{'exact':20}{'P':>6}{'R':>6}{'F1':>6}"]
    for role, rates in exact.items():
        figures = (rates.precision or 0.0, rates.recall, rates.f1 or 0.0)
        lines.append(f"{role:20}" + "".join(f"{100 * figure:6.1f}" for figure in figures))
    return "\n".join(lines)


if __name__ == "__main__":
    typer.run(evaluate)
