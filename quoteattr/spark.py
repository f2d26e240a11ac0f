"""Apache Spark: a DataFrame of texts to a DataFrame of quotes, in Spark's Python workers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from quoteattr import bulk
from quoteattr.extras import require
from quoteattr.options import Options

if TYPE_CHECKING:
    from pyspark.sql import DataFrame
    from pyspark.sql.types import StructType

__all__ = ["extract", "schema"]


def extract(
    df: DataFrame,
    text_column: str = "text",
    id_column: str = "id",
    *,
    keep: Sequence[str] = (),
    nlp: str | None = None,
    **options: Any,
) -> DataFrame:
    """The quotes of a Spark DataFrame of texts, one a row, computed when Spark asks for them.

    Each Python worker of Spark loads the spaCy pipeline once; quoteattr and the pipeline must be installed
    where the workers run. When a worker dies, Spark runs its task again, and no quote is lost or doubled.

    Args:
        df: one document a row.
        text_column: the column of the texts.
        id_column: the column that tells documents apart; repeated beside each quote.
        keep: further columns to repeat beside each quote, such as a date.
        nlp: the name or path of a spaCy pipeline, on the workers.
        **options: `QuoteExtractor`'s ``acts``, ``kinds``, ``min_confidence``, ``engine``, ``paragraphs``,
            ``max_chars`` and ``device``.

    Returns:
        A DataFrame with the columns of `schema`: the id, the columns kept, 'quote' (a struct) and 'error'. A
        document that fails is a row without a quote and with its error; one without quotes is no row.

    Raises:
        DependencyMissingError: pyspark is not installed.
        OptionError: an option has no such value, or there is no such column.
    """
    Options.of(**options)
    columns = schema(df, id_column, keep)
    kept = [id_column, *keep]

    def quotes_of(tables: Iterable[Any]) -> Iterator[Any]:
        return bulk.extract_batches(tables, text_column, kept, nlp=nlp, **options)

    needed = list(dict.fromkeys([*kept, text_column]))
    return df.select(*needed).mapInArrow(quotes_of, columns)


def schema(df: DataFrame, id_column: str = "id", keep: Sequence[str] = ()) -> StructType:
    """The schema of what `extract` gives for this DataFrame.

    Raises:
        DependencyMissingError: pyspark is not installed.
    """
    types = require("pyspark.sql.types", "spark", "quoteattr.spark")
    convert = require("pyspark.sql.pandas.types", "spark", "quoteattr.spark").from_arrow_type
    struct: StructType = types.StructType(
        [
            *(df.schema[name] for name in (id_column, *keep)),
            types.StructField("quote", convert(bulk.quote_type())),
            types.StructField("error", types.StringType()),
        ]
    )
    return struct
