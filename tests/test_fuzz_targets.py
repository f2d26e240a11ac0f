"""The targets of the fuzzer on their seeds, and on what it found (`benchmarks/fuzz.py`)."""

from __future__ import annotations

import io
import json

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from fuzz_targets import BETWEEN, SEEDS, TARGETS, read_documents

from quoteattr import Quotes
from quoteattr.cli.commands import Inputs
from quoteattr.cli.readers import Document
from quoteattr.cli.sources import InputFormat
from quoteattr.errors import FormatError, OptionError
from quoteattr.example import example_quotes


def _far_date() -> bytes:
    """A table whose id is a date that Python has no word for."""
    file = io.BytesIO()
    far = pa.array([2**62], pa.timestamp("us"))
    pq.write_table(pa.table({"text": ["a"], "id": far}), file)
    return b"\0" + file.getvalue()


def _rows_below_zero() -> bytes:
    """A table of one row whose number of rows (in Thrift's compact protocol: 2 is 1) was changed to -1."""
    file = io.BytesIO()
    pq.write_table(pa.table({"text": ["a"]}), file)
    return b"\0" + file.getvalue().replace(b"\x16\x02", b"\x16\x01")


# Each raised something that is no error of the package when it was found. The first byte of what the command
# line reads chooses id column and encoding.
FOUND = {
    "marks": [
        "\0— No, she said.\n\n— Why, he asked.\n\n— S said.".encode(),
        ("\0— No, she said.\n\n— Why, he asked." + "\n\n— 'So she said.— Why, he asked." * 2 + "\n").encode(),
        b"\0So she wrote:\n\n> >\n\n  > I will not sign.\n\nThe others did.",
    ],
    "text": [b"\x15a-b c"],  # punycode, which raises no UnicodeDecodeError
    "csv": [
        b"\x06id",  # UTF-16 without a byte order mark
        b"\x06" + "text\n".encode("utf-16") + b"a",  # half a character at the end
        b"\x15text\na",
    ],
    "parquet": [_far_date(), _rows_below_zero()],
    "record": [
        b'{"options": {}, "end": 0}\n[]\n',
        b'{"options": [], "end": 0}\n',
        b'{"options": {}, "end": -1}\n',
        b"[" * 100_000 + b"\n",
    ],
    "reference": [
        b'{"id": "a", "text": "b", "attributions": [{"content": null}]}' + BETWEEN,
        b'{"id": "a", "text": "b", "attributions": [{"content": [], "kind": []}]}' + BETWEEN,
    ],
    "polnear": [b"a" + BETWEEN + b"T1\tContent 0 " + b"9" * 5000 + b"\n"],
    "article": [
        b"a b"
        + BETWEEN
        + b'title = "t"\ngenre = "g"\nlicence = "l"\n'
        + b'[[quote]]\ncontent = ["a"]\nkind = "direct"\naliases = [""]\n'
    ],
    "quotes": [b"", b"{}", b"[]", b"[" * 100_000, b"\xff"],
    "quote lines": [b"[" * 100_000],
}


def cases(inputs):
    return [
        pytest.param(target, data, id=f"{target}-{number}")
        for target, some in inputs.items()
        for number, data in enumerate(some)
    ]


@pytest.mark.parametrize(("target", "data"), cases(SEEDS))
def test_seed(target, data):
    TARGETS[target](data)
    TARGETS[target](data[: len(data) // 2])


@pytest.mark.parametrize(("target", "data"), cases(FOUND))
def test_found(target, data):
    TARGETS[target](data)


def test_every_target_has_seeds():
    assert SEEDS.keys() == TARGETS.keys()
    assert SEEDS.keys() >= FOUND.keys()


def test_the_seeds_are_read_and_not_refused():
    for form in (InputFormat.TEXT, InputFormat.JSONL, InputFormat.CSV, InputFormat.PARQUET):
        assert any(isinstance(item, Document) for item in read_documents(form, SEEDS[form.value][0]))


@pytest.mark.parametrize("form", [InputFormat.JSONL, InputFormat.CSV])
def test_utf_16_is_read_row_by_row(form):
    rows = "text\né\nb\n" if form is InputFormat.CSV else '{"text": "é"}\n{"text": "b"}\n'
    found = read_documents(form, b"\x06" + rows.encode("utf-16"))
    assert [item.text for item in found] == ["é", "b"]


@pytest.mark.parametrize("name", ["klingon", "hex", "undefined"])
def test_an_encoding_that_is_none_for_text_is_refused(name):
    with pytest.raises(OptionError, match=f"no encoding '{name}'"):
        Inputs(["-"], None, "text", None, name).layout()


def test_a_row_that_is_not_in_the_encoding_is_one_failure():
    good, bad = b'{"text": "a"}\n', b'{"text": "\xe9"}\n'
    found = read_documents(InputFormat.JSONL, b"\x00" + good + bad + good)
    assert [isinstance(item, Document) for item in found] == [True, False, True]
    assert "not in the encoding utf-8" in found[1].reason


PATHS = [
    ("engine",),
    ("quotes",),
    ("quotes", 0, "id"),
    ("quotes", 0, "spans"),
    ("quotes", 0, "spans", 0, "start"),
    ("quotes", 0, "kind"),
    ("quotes", 0, "speaker", "members"),
    ("quotes", 0, "cue", "act"),
    ("quotes", 0, "cue", "negated"),
    ("quotes", 0, "context", "sentence"),
    ("quotes", 0, "confidence"),
    ("quotes", 0, "nested"),
    ("quotes", 0, "evidence"),
]


@pytest.mark.parametrize("path", PATHS, ids=lambda path: ".".join(map(str, path)))
@pytest.mark.parametrize(
    "bad", ["…", -1, [1], {"a": 1}, ...], ids=["words", "number", "list", "object", "gone"]
)
def test_quotes_of_another_shape_are_refused(path, bad):
    data = json.loads(example_quotes().to_json())
    *way, last = path
    place = data
    for step in way:
        place = place[step]
    if bad is ...:
        del place[last]
    else:
        place[last] = bad
    with pytest.raises(FormatError, match=f"Not quotes: .*{last}"):
        Quotes.from_json(json.dumps(data))


def test_quotes_within_quotes_without_end_are_refused():
    data = json.loads(example_quotes().to_json())
    inner = data["quotes"][0]
    for _ in range(200):
        inner = {**data["quotes"][0], "nested": [inner]}
    with pytest.raises(FormatError, match="nested"):
        Quotes.from_json(json.dumps({**data, "quotes": [inner]}))
