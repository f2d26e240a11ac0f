"""Tables of texts on a local Spark with several Python workers, and as plain frames."""

from __future__ import annotations

import os
import shutil
import signal
import sys
from collections import Counter

import pandas as pd
import pyarrow as pa
import pytest

from quoteattr import QuoteExtractor, bulk, corpus
from quoteattr.errors import OptionError
from quoteattr.objects import walk

ARTICLES = corpus.load()
TEXTS = {f"doc {number}": article.text for number, article in enumerate(ARTICLES)}


def flat(quotes):
    return [(quote.text, None if parent is None else parent.id) for quote, parent in walk(quotes)]


@pytest.fixture(scope="module")
def expected():
    quotes = QuoteExtractor().pipe(TEXTS.values())
    return Counter((key, *row) for key, found in zip(TEXTS, quotes, strict=True) for row in flat(found))


@pytest.fixture(scope="module")
def spark():
    pyspark = pytest.importorskip("pyspark", reason="pyspark is not installed")
    if shutil.which("java") is None:
        pytest.skip("Spark needs Java, and there is no java here")
    # The workers are to run this Python, not the first one on the path.
    os.environ["PYSPARK_PYTHON"] = sys.executable
    session = (
        pyspark.sql.SparkSession.builder.master("local[2, 4]")
        .config("spark.ui.enabled", "false")
        .config("spark.sql.shuffle.partitions", "3")
        .getOrCreate()
    )
    yield session
    session.stop()


def quotes_of(rows):
    return Counter((row.id, row.quote.text, row.quote.parent) for row in rows if row.error is None)


@pytest.mark.slow
class TestSpark:
    @pytest.fixture
    def df(self, spark):
        rows = [(key, f"2026-01-0{number % 3 + 1}", text) for number, (key, text) in enumerate(TEXTS.items())]
        return spark.createDataFrame(rows, ["id", "date", "text"])

    @pytest.mark.parametrize("partitions", [1, 4])
    def test_same_quotes_as_without_spark(self, df, expected, partitions):
        from quoteattr.spark import extract

        assert quotes_of(extract(df.repartition(partitions)).collect()) == expected

    def test_a_bad_row_is_a_row_with_its_error(self, spark):
        from quoteattr.spark import extract

        rows = [(1, "Ann Lee said it rained."), (2, None), (3, "Too long: " + "x" * 100), (4, "")]
        df = spark.createDataFrame(rows, "id long, text string")
        found = extract(df, max_chars=100).orderBy("id").collect()
        assert [(row.id, row.quote is None) for row in found] == [(1, False), (2, True), (3, True)]
        assert found[0].quote.speaker.name == "Ann Lee"
        assert "NoneType" in found[1].error
        assert "max_chars" in found[2].error

    def test_schema(self, df):
        from quoteattr.spark import extract, schema

        found = extract(df, keep=["date"])
        assert found.schema == schema(df, keep=["date"])
        assert found.schema["quote"].dataType["cue"].dataType["lemma"].dataType.typeName() == "string"
        assert found.columns == ["id", "date", "quote", "error"]

    def test_quotes_by_date_in_a_folder(self, df, expected, tmp_path, spark):
        from quoteattr.spark import extract

        df.write.parquet(str(tmp_path / "articles"))
        articles = spark.read.parquet(str(tmp_path / "articles"))
        extract(articles, keep=["date"]).write.partitionBy("date").parquet(str(tmp_path / "quotes"))
        assert {path.name for path in (tmp_path / "quotes").glob("date=*")} == {
            f"date=2026-01-0{day}" for day in (1, 2, 3)
        }
        assert quotes_of(spark.read.parquet(str(tmp_path / "quotes")).collect()) == expected

    def test_a_worker_that_dies_loses_and_doubles_nothing(self, df, expected, tmp_path):
        from quoteattr.spark import schema

        marker = str(tmp_path / "died")

        def dying(tables):
            found = bulk.extract_batches(tables, "text", ["id"])
            yield next(found)
            try:
                os.close(os.open(marker, os.O_CREAT | os.O_EXCL))
            except FileExistsError:
                yield from found
            else:
                os.kill(os.getpid(), signal.SIGKILL)

        rows = df.repartition(4).select("id", "text").mapInArrow(dying, schema(df)).collect()
        assert os.path.exists(marker)
        assert quotes_of(rows) == expected

    def test_wrong_options_are_told_at_once(self, df):
        from quoteattr.spark import extract

        with pytest.raises(OptionError, match="kinds"):
            extract(df, kinds=["spoken"])


def test_arrow_batches(expected):
    table = pa.RecordBatch.from_pydict({"id": list(TEXTS), "text": list(TEXTS.values())})
    rows = [
        row
        for batch in bulk.extract_batches([table, table.slice(0, 0)], "text", ["id"])
        for row in batch.to_pylist()
    ]
    assert Counter((row["id"], row["quote"]["text"], row["quote"]["parent"]) for row in rows) == expected


def test_arrow_rows_are_the_quotes_themselves():
    text = TEXTS["doc 0"]
    table = pa.RecordBatch.from_pydict({"id": [0], "text": [text]})
    (batch,) = bulk.extract_batches([table], "text", ["id"])
    plain = [quote.to_dict() for quote, _ in walk(QuoteExtractor().extract(text))]
    for row, quote in zip(batch.column("quote").to_pylist(), plain, strict=True):
        assert {name: row[name] for name in row if name not in ("parent", "speaker", "addressee")} == {
            name: quote[name] for name in row if name not in ("parent", "speaker", "addressee")
        }
        assert (row["speaker"] and row["speaker"]["name"]) == (quote["speaker"] and quote["speaker"]["name"])


def test_every_field_of_a_quote_has_its_type():
    quotes = QuoteExtractor().extract("Ann Lee told Bob Day that it rained.")
    quote = next(quote for quote in quotes if quote.addressee)
    plain = quote.to_dict()
    names = {field.name for field in bulk.quote_type()}
    assert names == plain.keys() - {"nested", "evidence"} | {"parent"}
    assert {field.name for field in bulk.quote_type().field("speaker").type} == plain["speaker"].keys()
    assert {field.name for field in bulk.quote_type().field("context").type} == plain["context"].keys()


def test_lone_surrogates_become_signs_that_arrow_holds():
    frame = pa.RecordBatch.from_pydict({"id": [1], "text": ["Ann Lee said it rained."]})
    (batch,) = bulk.extract_batches([frame], "text", ["id"])
    assert batch.num_rows == 1
    assert bulk._printable({"a": ["x\ud800"]}) == {"a": ["x\ufffd"]}


def test_frame_of_frame(expected):
    frame = pd.DataFrame({"key": list(TEXTS), "text": list(TEXTS.values())})
    found = bulk.extract_frame(frame, id_column="key")
    assert Counter(zip(found.doc, found.text, strict=True)) == Counter(row[:2] for row in expected.elements())
    assert found.error.isna().all()


def test_frames_have_the_same_types_whatever_is_in_them():
    frame = pd.DataFrame({"text": ["Ann Lee said it rained.", None, 3, "No."]})
    whole = bulk.extract_frame(frame)
    assert whole.doc.tolist() == ["0", "1", "2"]
    assert whole.error.notna().tolist() == [False, True, True]
    for rows in (slice(0, 1), slice(1, 3), slice(3, 4), slice(0, 0)):
        assert bulk.extract_frame(frame[rows]).dtypes.equals(whole.dtypes)


def test_the_extractor_is_made_once():
    assert bulk.extractor(None, {"acts": ["speech"]}) is bulk.extractor(None, {"acts": ["speech"]})
