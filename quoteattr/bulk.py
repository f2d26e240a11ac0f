"""Tables of texts to tables of quotes, a batch at a time: what the workers of Spark, Dask and Ray call."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from quoteattr.export.tables import to_frame
from quoteattr.extractor import QuoteExtractor
from quoteattr.extras import require
from quoteattr.objects import Quote, Quotes, walk
from quoteattr.options import Options
from quoteattr.streaming import Item, batches

if TYPE_CHECKING:
    import pandas
    import pyarrow

__all__ = ["extract_batches", "extract_frame", "quote_type"]

_MISSING = {"int64": "Int64", "float64": "Float64"}  # types of numbers that may be missing
_UNPRINTABLE = re.compile("[\ud800-\udfff]")
BATCH = 64


@lru_cache(maxsize=4)
def _extractor(nlp: str | None, options: tuple[tuple[str, Any], ...]) -> QuoteExtractor:
    """The extractor of this process for these options: made, and its pipeline loaded, once a process."""
    return QuoteExtractor(nlp, **dict(options))


def extractor(nlp: str | None, options: dict[str, Any]) -> QuoteExtractor:
    """The extractor of this process; the options are checked.

    Raises:
        OptionError: an option has no such value.
    """
    Options.of(**options)
    plain = {name: tuple(value) if isinstance(value, list) else value for name, value in options.items()}
    return _extractor(nlp, tuple(sorted(plain.items())))


def extract_frame(
    frame: pandas.DataFrame,
    text_column: str = "text",
    id_column: str | None = None,
    *,
    nlp: str | None = None,
    **options: Any,
) -> pandas.DataFrame:
    """The quotes of a data frame of texts, as a data frame.

    A function from a frame to a frame, as ``map_partitions`` of Dask and ``map_batches`` of Ray take. The
    pipeline is loaded once in each process.

    Args:
        frame: one document a row.
        text_column: the column of the texts.
        id_column: the column of the ids; the index of the frame where there is none.
        nlp: the name or path of a spaCy pipeline.
        **options: `QuoteExtractor`'s ``acts``, ``kinds``, ``min_confidence``, ``engine``, ``paragraphs`` and
            ``max_chars``.

    Returns:
        One row a quote with the columns of `Quotes.to_frame` ('doc' holds the id) and 'error'. A document
        that failed is a row with its 'doc' and 'error' and nothing else.

    Raises:
        DependencyMissingError: pandas is not installed.
        OptionError: an option has no such value.

    >>> import pandas as pd
    >>> frame = pd.DataFrame({"key": ["a", "b"], "text": ["Ann Lee said it rained.", None]})
    >>> extract_frame(frame, id_column="key")[["doc", "speaker", "error"]].astype(object).values.tolist()
    [['a', 'Ann Lee', <NA>], ['b', <NA>, 'A text must be a str or a spaCy Doc, not NoneType.']]
    """
    pd = require("pandas", "frame", "extract_frame")
    keys = frame.index if id_column is None else frame[id_column]
    texts = frame[text_column].astype(object)
    texts = texts.where(texts.notna(), None)
    columns = to_frame(Quotes("", ()))
    columns["error"] = pd.array([], dtype=pd.StringDtype("python"))
    parts = [columns]
    for key, outcome in _outcomes(extractor(nlp, options), texts.tolist(), keys.tolist()):
        if isinstance(outcome, Quotes):
            parts.append(to_frame(outcome, str(key)))
        else:
            failed = pd.DataFrame({"doc": [str(key)], "error": [str(outcome)]})
            parts.append(failed.astype(pd.StringDtype("python")))
    rows = pd.concat([part for part in parts if len(part)] or parts, ignore_index=True)
    # Numbers that a failed document lacks are missing, not NaN; so in every frame alike.
    types = {name: _MISSING.get(str(kind), kind) for name, kind in columns.dtypes.items()}
    result: pandas.DataFrame = rows.reindex(columns=list(columns)).astype(types)
    return result


def quote_type() -> pyarrow.DataType:
    """The Arrow type of a quote: a struct with the fields of `Quote.to_dict`.

    What a quote holds in `Quote.nested` has rows of its own, which tell the ``parent``; and the members of a
    speaker of several have no members themselves.

    Raises:
        DependencyMissingError: pyarrow is not installed.

    >>> quote_type().field("cue").type.field("lemma").type
    DataType(string)
    """
    pa = require("pyarrow", "frame", "quote_type")
    text, number = pa.string(), pa.int64()
    span = pa.struct({"start": number, "end": number, "text": text})
    member = {
        "name": text,
        "mention": span,
        "mention_kind": text,
        "entity": number,
        "kind": text,
        "description": text,
        "aliases": pa.list_(text),
        "pronouns": pa.list_(text),
        "affiliation": text,
        "confidence": pa.float64(),
    }
    speaker = pa.struct({**member, "members": pa.list_(pa.struct(member))})
    context = {
        "sentence": span,
        "paragraph": span,
        "paragraph_index": number,
        "before": span,
        "after": span,
    }
    return pa.struct(
        {
            "id": number,
            "parent": number,
            "text": text,
            "spans": pa.list_(span),
            "kind": text,
            "speaker": speaker,
            "cue": pa.struct({"span": span, "lemma": text, "act": text, "negated": pa.bool_()}),
            "addressee": speaker,
            "context": pa.struct(context),
            "confidence": pa.float64(),
        }
    )


def extract_batches(
    tables: Iterable[pyarrow.RecordBatch],
    text_column: str,
    kept: Sequence[str],
    *,
    nlp: str | None = None,
    **options: Any,
) -> Iterator[pyarrow.RecordBatch]:
    """The quotes of Arrow batches of texts, as Arrow batches, lazily.

    Args:
        tables: batches with the column of texts and those that are kept.
        text_column: the column of the texts.
        kept: columns to repeat beside each quote.
        nlp: the name or path of a spaCy pipeline.
        **options: those of `extract_frame`.

    Yields:
        Batches of the columns ``kept``, 'quote' (`quote_type`) and 'error' (text). A document that failed is
        a row without a quote; one that has no quotes is no row.

    Raises:
        DependencyMissingError: pyarrow is not installed.
        OptionError: an option has no such value.
    """
    pa = require("pyarrow", "frame", "extract_batches")
    made = extractor(nlp, options)
    for table in tables:
        added = [pa.field("quote", quote_type()), pa.field("error", pa.string())]
        schema = pa.schema([*(table.schema.field(name) for name in kept), *added])
        texts = table.column(table.schema.get_field_index(text_column)).to_pylist()
        origin: list[int] = []
        quotes: list[dict[str, Any] | None] = []
        errors: list[str | None] = []
        for row, outcome in _outcomes(made, texts, range(len(texts))):
            found = [_row(*pair) for pair in walk(outcome)] if isinstance(outcome, Quotes) else [None]
            origin += [row] * len(found)
            quotes += found
            errors += [None if isinstance(outcome, Quotes) else str(outcome)] * len(found)
            if len(origin) >= BATCH * BATCH:
                yield _batch(pa, table, schema, origin, quotes, errors)
                origin, quotes, errors = [], [], []
        if origin:
            yield _batch(pa, table, schema, origin, quotes, errors)


def _batch(  # noqa: PLR0913, PLR0917
    pa: Any, table: Any, schema: Any, origin: list[int], quotes: list[Any], errors: list[Any]
) -> Any:
    kept = table.select(schema.names[:-2]).take(pa.array(origin))
    return pa.RecordBatch.from_arrays(
        [*kept.columns, pa.array(quotes, schema.field("quote").type), pa.array(errors, pa.string())],
        schema=schema,
    )


def _row(quote: Quote, parent: Quote | None) -> dict[str, Any]:
    """The fields of a quote as Arrow takes them."""
    plain: dict[str, Any] = _printable({**quote.to_dict(), "nested": None, "evidence": None})
    plain["parent"] = None if parent is None else parent.id
    return plain


def _printable(value: Any) -> Any:
    """The value with U+FFFD for lone surrogates, which Arrow cannot hold."""
    if isinstance(value, str):
        return _UNPRINTABLE.sub("\ufffd", value)
    if isinstance(value, dict):
        return {name: _printable(each) for name, each in value.items()}
    if isinstance(value, list):
        return [_printable(each) for each in value]
    return value


def _outcomes(
    made: QuoteExtractor, texts: Sequence[Any], keys: Iterable[Any]
) -> Iterator[tuple[Any, Quotes | Exception]]:
    """The key of each text with its quotes, or with why it failed."""
    for batch in batches(map(Item, keys, texts), BATCH):
        yield from zip(
            (item.key for item in batch), made.outcomes([item.text for item in batch]), strict=True
        )
