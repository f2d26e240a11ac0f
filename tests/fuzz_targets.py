"""What a fuzzer calls: a target gives bytes to one reader and raises where a promise of quoteattr is broken.

`benchmarks/fuzz.py` drives them by coverage; `test_fuzz_targets.py` runs them on their seeds and on what was
found once. A reader may refuse what it is given, by a `Failure` or one of the package's own errors, and do
nothing else.
"""

from __future__ import annotations

import io
import json
import tempfile
import time
from collections.abc import Callable
from contextlib import suppress
from functools import lru_cache
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
from fragments import UNRELATED
from test_properties import check_paragraphs, check_quotations

from quoteattr import Quotes
from quoteattr.cli.readers import Document, Layout, count, documents
from quoteattr.cli.record import read_record
from quoteattr.cli.sources import Failure, InputFormat, Source
from quoteattr.corpus.gold import Article
from quoteattr.corpus.reading import read_article
from quoteattr.errors import QuoteattrError
from quoteattr.evaluation import calibration, exact, load_jsonl, read_polnear, score, write_jsonl
from quoteattr.example import example_quotes
from quoteattr.export import from_jsonl, to_jsonl
from quoteattr.layout import paragraphs
from quoteattr.marks import quotations

__all__ = ["SEEDS", "TARGETS"]

MODES = ("auto", "blank-line", "newline")
ENCODINGS = ("utf-8", "cp1252", "utf-16", "utf-8-sig", "shift_jis", "utf-7", "utf-32", "punycode")
# Between the two files that some targets need.
BETWEEN = b"\n\0\n"


@lru_cache(maxsize=1)
def folder() -> tempfile.TemporaryDirectory[str]:
    """A folder for the files of this process, in memory where possible; it goes when the process does."""
    memory = "/dev/shm" if Path("/dev/shm").is_dir() else None
    return tempfile.TemporaryDirectory(prefix="fuzz-", dir=memory)


def file(data: bytes, name: str) -> Path:
    """``data`` in a file."""
    path = Path(folder().name) / name
    path.write_bytes(data)
    return path


def decoded(data: bytes) -> str:
    """Any text, lone surrogates among its signs."""
    return data.decode("utf-8", "surrogateescape")


def marks(data: bytes) -> None:
    """Paragraphs and quotations: in order, inside the text, nested, the same again, whatever follows."""
    mode = MODES[data[0] % len(MODES)] if data else "auto"
    text = decoded(data[1:])
    ranges = paragraphs(text, mode)
    check_paragraphs(text, ranges)
    found = quotations(text, ranges)
    check_quotations(text, ranges, found)
    assert found == quotations(text, paragraphs(text, mode))
    longer = f"{text}\n\n{UNRELATED}"
    more = paragraphs(longer, mode)
    assert quotations(longer, more) == quotations(longer, more[:-1])


def read_documents(form: InputFormat, data: bytes) -> list[Document | Failure]:
    """What the command line makes of a file; the first byte of ``data`` chooses how it is laid out."""
    choice, content = (data[0], data[1:]) if data else (0, b"")
    layout = Layout("text", (None, "id", "name")[choice % 3], ENCODINGS[choice // 3 % len(ENCODINGS)])
    source = Source(str(file(content, "input")), form)
    number = count([source])
    assert number is None or number >= 0
    found = list(documents([source], layout))
    for item in found:
        if isinstance(item, Document):
            assert {type(item.id), type(item.text), type(item.place)} == {str}
            assert len(item.digest) == 32
        else:
            assert isinstance(item, Failure)
            assert item.reason
    return found


def text(data: bytes) -> None:
    """A text file is one document or one failure."""
    assert len(read_documents(InputFormat.TEXT, data)) == 1


def jsonl(data: bytes) -> None:
    """JSON Lines of texts."""
    read_documents(InputFormat.JSONL, data)


def csv(data: bytes) -> None:
    """CSV of texts."""
    read_documents(InputFormat.CSV, data)


def parquet(data: bytes) -> None:
    """Parquet of texts."""
    read_documents(InputFormat.PARQUET, data)


def record(data: bytes) -> None:
    """The record of a run that is to be continued."""
    path = file(data, "out.jsonl.progress")
    with suppress(QuoteattrError):
        found = read_record(str(path))
        if found is not None:
            assert 0 <= found.size <= len(data)
            assert found.end >= 0
            assert sum(found.done.values()) <= data.count(b"\n")
            found.check({"acts": ["speech"]}, "out.jsonl")


def reference(data: bytes) -> None:
    """Annotated documents: read, scored against others, written and read again."""
    first, _, second = data.partition(BETWEEN)
    with suppress(QuoteattrError):
        golds = load_jsonl(file(first, "gold.jsonl"))
        preds = load_jsonl(file(second, "pred.jsonl"))
        again = Path(folder().name) / "again.jsonl"
        write_jsonl(again, golds)
        assert repr(load_jsonl(again)) == repr(golds)
        json.dumps(score(golds, preds).to_dict())
        score(golds, preds, pieces=True).table()
        exact(golds, preds)
        calibration(golds, preds).table()


def polnear(data: bytes) -> None:
    """An article of PolNeAR with its standoff annotations."""
    words, _, annotations = data.partition(BETWEEN)
    path = file(words, "a.txt").parent
    file(annotations, "a_1.ann")
    with suppress(QuoteattrError):
        (document,) = read_polnear(path)
        for row in document["attributions"]:
            assert row["kind"] in ("direct", "mixed", "indirect")
            assert all(0 <= start <= end <= len(document["text"]) for start, end in row["content"])


def article(data: bytes) -> None:
    """An article of the corpus with its annotation."""
    words, _, annotation = data.partition(BETWEEN)
    with suppress(QuoteattrError):
        found = read_article("a", decoded(words), decoded(annotation))
        assert isinstance(found, Article)
        for quote in found.quotes:
            assert all(found.text[span.start : span.end] == span.text for span in quote.content)
        found.to_reference("all")


def quotes_json(data: bytes) -> None:
    """Quotes as JSON: refused, or the same after another turn, and drawn without harm."""
    with suppress(QuoteattrError):
        quotes = Quotes.from_json(data)
        assert repr(Quotes.from_json(quotes.to_json())) == repr(quotes)


def quote_lines(data: bytes) -> None:
    """Quotes as JSON Lines."""
    with suppress(QuoteattrError):
        quotes = from_jsonl(data)
        assert all(isinstance(repr(quote), str) for quote in quotes)


def within_time(target: Callable[[bytes], None]) -> Callable[[bytes], None]:
    """The target, with the promise that a small input takes no long time of the processor."""

    def call(data: bytes) -> None:
        start = time.process_time()
        target(data)
        assert time.process_time() - start < 10

    return call


TARGETS: dict[str, Callable[[bytes], None]] = {
    name: within_time(target)
    for name, target in {
        "marks": marks,
        "text": text,
        "jsonl": jsonl,
        "csv": csv,
        "parquet": parquet,
        "record": record,
        "reference": reference,
        "polnear": polnear,
        "article": article,
        "quotes": quotes_json,
        "quote lines": quote_lines,
    }.items()
}


def _parquet(**columns: list[object]) -> bytes:
    file = io.BytesIO()
    pq.write_table(pa.table(columns), file)
    return file.getvalue()


_ROW = {"content": [[0, 5]], "source": [[6, 9]], "cue": [[10, 14]], "kind": "direct", "speaker": "she"}
_GOLD = {"id": "a", "text": "“No,” she said.", "attributions": [{**_ROW, "aliases": ["she"]}]}
_PRED = {"id": "a", "attributions": [{**_ROW, "confidence": 0.75}]}
_ANNOTATION = b"""title = "The bus"
genre = "local"
licence = "CC0-1.0"
[[quote]]
content = ["The bus is late"]
after = "So"
kind = "indirect"
source = "Ann"
cue = "said"
speaker = "Ann"
aliases = ["Ann"]
members = []
"""

SEEDS: dict[str, list[bytes]] = {
    "marks": [
        b"\0" + words.encode()
        for words in (
            "“We are ready,” Ida Holm said. “It’s the keepers’ rule.”",
            "\"He told me, 'Go home,' and I went,\" said the keeper.",
            "&ldquo;Stay&rdquo; â€œNoâ€\x9d ``so'' 5' 11\" 'tis ’90s rock ’n’ roll",
            '“One.\n\n“Two.”\n\nShe wrote:\n\n> Stay.\n> Go.\n\n    Deeper.\n\n```\n"x"\n```',
            '<a href="x">“y”</a> {"k": "v"} print("x") [a](b "c") http://e.f/\'',
            "— No, she said.\n\n— Why, he asked.\n\n— So, she said.\n",
            "«Oui» „Ja“ ‚ja‘ 「はい」 『いいえ』 ‹non›",
        )
    ],
    "text": [b"\0\xef\xbb\xbfThe pier is shut.", b"\6\xff\xfea\0b\0"],
    "jsonl": [
        b'\0{"id": "a", "text": "The pier is shut."}\n\n{"text": "x", "id": 7}\n[1]\n{"text": null}\n',
        b"\6" + '{"text": "é"}\n{"text": "a"}\n'.encode("utf-16"),
    ],
    "csv": [
        b'\0id,text\na,"The ""pier"" is\nshut."\nb\nc,d,e\n',
        b"\1text;id\nx;y\n",
        b"\6" + "text\tid\nä\tb\n".encode("utf-16"),
    ],
    "parquet": [
        b"\0" + _parquet(text=["The pier is shut.", None], id=[1, 2]),
        b"\1" + _parquet(text=["a"] * 3, id=["x", "", None], other=[[1], [], None]),
        b"\0" + _parquet(text=[1.5]),
    ],
    "record": [
        b'{"options": {"acts": ["speech"]}, "end": 0}\n{"document": "ab", "end": 12}\n{"finished": true}\n',
        b'{"options": {}, "end": 5}\n{"document": "ab", "end": 12}\n{"docu',
    ],
    "reference": [json.dumps(_GOLD).encode() + BETWEEN + json.dumps(_PRED).encode()],
    "polnear": [
        "“No,” she said.".encode()
        + BETWEEN
        + b"T1\tContent 0 3;3 5\tNo\nT2\tSource 6 9\tshe\nT3\tCue 10 14\tsaid\n"
        + b"E1\tAttribution:T1 Content:T1 Source:T2 Cue2:T3\nA1\tx\n"
    ],
    "article": [b"So the bus is late. The bus is late, Ann said." + BETWEEN + _ANNOTATION],
    "quotes": [example_quotes().to_json().encode()],
    "quote lines": [to_jsonl(example_quotes(), "a").encode()],
}
