"""Scoring: small examples worked out by hand, and agreement with the referee where it is at hand."""

from __future__ import annotations

import copy
import importlib.util
import json
import random
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from quoteattr import Context, Cue, Quote, Quotes, Span, Speaker
from quoteattr.errors import FormatError, OptionError
from quoteattr.evaluation import __main__ as command
from quoteattr.evaluation import (
    calibration,
    evaluate,
    exact,
    load_jsonl,
    predictions,
    read_polnear,
    score,
    write_jsonl,
)
from quoteattr.evaluation.pairing import Letters, assign

SHARED = Path(__file__).parents[2] / "shared"
needs_shared = pytest.mark.skipif(
    not (SHARED / "score.py").exists(), reason="the referee and its data are not in ../shared"
)

TEXT = (
    "The bridge will close on Monday, the mayor of Ostrand said. “We have no choice,” Ms. Petra Lund told "
    "reporters. “The piers are cracked.” Engineers believe that it can be saved."
)


def at(words: str) -> list[int]:
    start = TEXT.index(words)
    return [start, start + len(words)]


def bridge() -> dict[str, Any]:
    """A reference of three attributions; the second has two pieces."""
    return {
        "id": "bridge",
        "text": TEXT,
        "attributions": [
            {
                "content": [at("The bridge will close on Monday")],
                "source": [at("the mayor of Ostrand")],
                "cue": [at("said")],
                "kind": "indirect",
                "aliases": ["Petra Lund", "Lund"],
            },
            {
                "content": [at("“We have no choice,”"), at("“The piers are cracked.”")],
                "source": [at("Ms. Petra Lund")],
                "cue": [at("told")],
                "kind": "direct",
                "aliases": ["Petra Lund", "Lund"],
            },
            {
                "content": [at("that it can be saved")],
                "source": [at("Engineers")],
                "cue": [at("believe")],
                "kind": "indirect",
                "aliases": [],
            },
        ],
    }


def bridge_without(*fields: str) -> list[dict[str, Any]]:
    return [{k: v for k, v in row.items() if k not in fields} for row in bridge()["attributions"]]


def pred(*rows: dict[str, Any]) -> list[Any]:
    return [{"id": "bridge", "attributions": list(rows)}]


def test_perfect_predictions_score_one() -> None:
    rows = [{**row, "speaker": "Ms. Lund’s"} for row in bridge_without("aliases")]
    scores = score([bridge()], pred(*rows))
    assert list(scores.rows) == ["all", "direct", "indirect", "reported"]
    assert scores["all"].gold == scores["all"].pred == 3
    assert scores["all"].attribution[0.9].f1 == 1
    assert scores["all"].source == scores["all"].cue == scores["all"].speaker == 1
    assert scores["reported"].gold == 2  # said, told; not believe
    assert scores["reported"].content[0.5].recall == 1
    assert scores["reported"].content[0.5].f1 is None


def test_one_piece_of_two_is_half_the_letters() -> None:
    # “We have no choice,” has 14 letters, “The piers are cracked.” 18: 14 / 32 = 0.4375 and 18 / 32 = 0.5625
    _, lund, _ = bridge_without()
    first, second = lund["content"]
    assert score([bridge()], pred({**lund, "content": [first]}))["all"].content[0.5].recall == 0
    assert score([bridge()], pred({**lund, "content": [second]}))["all"].content[0.5].recall == pytest.approx(
        1 / 3
    )
    by_pieces = score([bridge()], pred({**lund, "content": [second]}), pieces=True)["direct"]
    assert (by_pieces.gold, by_pieces.pred, by_pieces.content[0.9].f1) == (2, 1, pytest.approx(2 / 3))


def test_figures_of_a_mixed_bag() -> None:
    mayor, lund, _ = bridge_without("aliases")
    rows = [
        {**mayor, "source": [at("Ostrand")], "cue": [], "speaker": "Petra Lund"},  # source by its last word
        {**lund, "source": [at("reporters")], "speaker": "Reporters"},  # wrong source
        {"content": [at("Engineers")], "source": [], "cue": [], "kind": "mixed"},  # pairs with nothing
    ]
    scores = score([bridge()], pred(*rows))
    everything = scores["all"]
    assert (everything.content[0.9].precision, everything.content[0.9].recall) == (2 / 3, 2 / 3)
    assert everything.attribution[0.9].f1 == pytest.approx(1 / 3)
    assert everything.source == 0.5
    assert everything.cue == 0.5
    assert everything.speaker == 0.5
    assert (scores["mixed"].gold, scores["mixed"].pred) == (0, 1)
    assert (scores["indirect"].gold, scores["indirect"].pred) == (2, 1)


@pytest.mark.parametrize(
    ("source", "right"),
    [
        (["Ms. Petra Lund"], True),
        (["Lund"], True),  # all of the shorter one
        (["Petra"], True),
        (["Ms. Petra Lund told reporters"], True),  # holds the whole reference
        (["Ostrand"], False),
        ([], False),
    ],
)
def test_source(source: list[str], right: bool) -> None:
    _, lund, _ = bridge_without()
    scores = score([bridge()], pred({**lund, "source": [at(words) for words in source]}))
    assert scores["direct"].source == float(right)


def test_no_source_in_the_reference_asks_for_none() -> None:
    gold = bridge()
    gold["attributions"][1]["source"] = []
    _, lund, _ = bridge_without()
    assert score([gold], pred({**lund, "source": []}))["direct"].attribution[0.5].f1 == 1
    assert score([gold], pred(lund))["direct"].attribution[0.5].f1 == 0
    assert score([gold], pred(lund))["direct"].source is None


@pytest.mark.parametrize("speaker", ["Petra Lund", "LUND", "Mr. Petra Lund", "the  Petra Lund’s", "Lund."])
def test_right_names(speaker: str) -> None:
    mayor = bridge_without("aliases")[0]
    assert score([bridge()], pred({**mayor, "speaker": speaker}))["indirect"].speaker == 1


@pytest.mark.parametrize("speaker", [None, "", "Petra", "Rev. Lund"])
def test_wrong_names(speaker: str | None) -> None:
    mayor = bridge_without("aliases")[0]
    assert score([bridge()], pred({**mayor, "speaker": speaker}))["indirect"].speaker == 0


def test_offsets_past_the_end_and_empty_contents_do_no_harm() -> None:
    rows = [
        {"content": [[0, 10**9]]},
        {"content": []},
        {"content": [[10**9, 10**9 + 5]]},
        {"content": [[3, 3]]},
    ]
    assert score([bridge()], pred(*rows))["all"].pred == 4


def test_documents_on_one_side_only_are_told() -> None:
    scores = score([bridge()], [{"id": "other", "attributions": []}])
    assert (scores.documents, scores.unpredicted, scores.unknown) == (1, 1, 1)
    assert scores["all"].pred == 0


def test_a_reference_needs_its_text() -> None:
    gold = bridge()
    del gold["text"]
    with pytest.raises(FormatError, match="bridge"):
        score([gold], [])


def test_exact_match_trims_white_space() -> None:
    mayor, lund, _ = bridge_without()
    start, end = mayor["content"][0]
    wider = {**mayor, "content": [[start, end + 1]], "cue": [at("said.")]}  # a comma too many
    padded = {**lund, "cue": [[at("told")[0] - 1, at("told")[1] + 1]]}
    rates = exact([bridge()], pred(wider, padded))
    assert rates["content"].precision == pytest.approx(2 / 3)
    assert rates["content"].recall == 2 / 4
    assert rates["cue"].precision == 0.5


def test_table_is_eighty_columns_wide() -> None:
    gold = bridge()
    gold["attributions"] *= 30_000 // 3
    table = score([gold | {"attributions": gold["attributions"][:3]}], pred(*bridge_without())).table()
    lines = table.splitlines()
    assert max(map(len, lines)) <= 80
    assert lines[2].split() == ["all", "3", "3", *["100.0"] * 8, "0.0", "0.0"]
    assert lines[5].split()[:3] == ["reported", "2", "—"]


# --- pairing -------------------------------------------------------------------------------------------


def test_union_joins_what_touches() -> None:
    letters = Letters("abcdefgh ij")
    assert letters.union([[4, 6], [0, 2], [2, 3], [5, 8], [9, 99], [7, 7]]) == ((0, 3), (4, 8), (9, 11))


spans = st.lists(
    st.tuples(st.integers(0, 40), st.integers(0, 12)).map(lambda p: [p[0], p[0] + p[1]]), max_size=4
)


@given(st.text(max_size=40), spans, spans)
def test_overlap_is_that_of_sets_of_letters(
    text: str, some: list[list[int]], others: list[list[int]]
) -> None:
    letters = Letters(text)
    sets = [
        {i for start, end in spans for i in range(start, min(end, len(text))) if text[i].isalnum()}
        for spans in (some, others)
    ]
    either = len(sets[0] | sets[1])
    assert letters.iou(letters.union(some), letters.union(others)) == (
        len(sets[0] & sets[1]) / either if either else 0
    )


tables = st.tuples(st.integers(1, 7), st.integers(1, 7)).flatmap(
    lambda shape: st.lists(
        st.lists(
            st.sampled_from([0.0, 0.0, -1 / 3, -0.5, -2 / 3, -1.0]) | st.floats(-1, 0),
            min_size=shape[1],
            max_size=shape[1],
        ),
        min_size=shape[0],
        max_size=shape[0],
    )
)


@given(tables)
def test_assignment_is_that_of_scipy_ties_included(table: list[list[float]]) -> None:
    optimize = pytest.importorskip("scipy.optimize")
    rows, columns = optimize.linear_sum_assignment(table)
    assert assign(table) == list(zip(rows.tolist(), columns.tolist(), strict=True))


def test_assignment_of_nothing() -> None:
    assert assign([]) == []
    assert assign([[], []]) == []


def test_the_best_sum_beats_the_best_pair() -> None:
    # taking the best cell (0, 0) first would leave 0 for the second row
    assert assign([[-0.9, -0.8], [-0.8, 0.0]]) == [(0, 1), (1, 0)]


# --- calibration ---------------------------------------------------------------------------------------


def test_calibration_by_hand() -> None:
    mayor, lund, engineers = bridge_without("aliases")
    rows = [
        {**mayor, "confidence": 0.95},
        {**lund, "confidence": 0.91, "source": [at("reporters")]},  # wrong
        {**engineers, "confidence": 1.0},
        {"content": [at("Engineers")], "confidence": 0.2},  # wrong
    ]
    result = calibration([bridge()], pred(*rows))
    top, low = result.bins[9], result.bins[2]
    assert (top.count, top.accuracy) == (3, pytest.approx(2 / 3))
    assert top.confidence == pytest.approx((0.95 + 0.91 + 1) / 3)
    assert (low.count, low.confidence, low.accuracy) == (1, pytest.approx(0.2), 0)
    assert result.bins[0].confidence is None
    assert result.accuracy == 0.5
    assert result.error == pytest.approx((abs(0.95 + 0.91 + 1 - 2) + 0.2) / 4)
    assert result.brier == pytest.approx((0.05**2 + 0.91**2 + 0 + 0.2**2) / 4)
    assert "expected calibration error 0.265" in result.table()
    assert json.loads(json.dumps(result.to_dict()))["count"] == 4


@pytest.mark.parametrize("confidence", [None, "high", 1.5, -0.1, float("nan")])
def test_calibration_needs_confidences(confidence: object) -> None:
    with pytest.raises(FormatError, match="between 0 and 1"):
        calibration([bridge()], pred({"content": [[0, 3]], "confidence": confidence}))


def test_calibration_of_names() -> None:
    mayor, lund, engineers = bridge_without("aliases")
    rows = [
        {**mayor, "confidence": 0.5, "speaker_confidence": 0.9, "speaker": "Lund"},
        {**lund, "confidence": 0.5, "speaker_confidence": 0.7, "speaker": "Ida Holm"},  # wrong
        {
            **engineers,
            "confidence": 0.5,
            "speaker_confidence": 0.8,
            "speaker": None,
        },  # no name, not looked at
    ]
    result = calibration([bridge()], pred(*rows), of="names")
    assert (result.count, result.accuracy) == (2, 0.5)
    assert result.error == pytest.approx((0.1 + 0.7) / 2)
    # Of another source the name is no question.
    elsewhere = {**lund, "source": [at("reporters")], "speaker": "Lund", "speaker_confidence": 0.7}
    assert calibration([bridge()], pred(elsewhere), of="names").count == 0
    with pytest.raises(FormatError, match="'speaker_confidence' between 0 and 1"):
        calibration([bridge()], pred({**mayor, "speaker": "Lund", "speaker_confidence": None}), of="names")


def test_calibration_knows_quotes_and_names() -> None:
    with pytest.raises(OptionError, match="'quotes' or 'names'"):
        calibration([], [], of="speakers")  # type: ignore[arg-type]


def test_calibration_needs_a_bin() -> None:
    with pytest.raises(OptionError, match="bins"):
        calibration([], [], bins=0)


def test_calibration_of_nothing() -> None:
    assert calibration([bridge()], []).error == 0


# --- quotes as predictions -----------------------------------------------------------------------------


def quotes_of(text: str) -> Quotes:
    """One quote of the text with another inside, as an extractor would give them."""
    start = text.index("“We")
    inner_start = text.index("no choice")
    lund = Speaker("Petra Lund", Span.of(text, *at("Ms. Petra Lund")), "name", 0, "person", confidence=0.95)
    context = Context(Span.of(text, 0, len(text)), Span.of(text, 0, len(text)), 0)
    inner = Quote(
        1,
        "no choice",
        (Span.of(text, inner_start, inner_start + 9),),
        "indirect",
        None,
        None,
        None,
        context,
        0.3,
    )
    outer = Quote(
        id=0,
        text="We have no choice,",
        spans=(Span.of(text, start, start + 20),),
        kind="direct",
        speaker=lund,
        cue=Cue(Span.of(text, *at("told")), "tell"),
        addressee=None,
        context=context,
        confidence=0.9,
        nested=(inner,),
    )
    return Quotes(text, (outer,))


class Canned:
    """An extractor that finds what `quotes_of` gives."""

    def pipe(self, texts: Any) -> Iterator[Quotes]:
        return map(quotes_of, texts)


def test_predictions_hold_nested_quotes_too() -> None:
    assert predictions(quotes_of(TEXT), "bridge") == {
        "id": "bridge",
        "attributions": [
            {
                "content": [at("“We have no choice,”")],
                "source": [at("Ms. Petra Lund")],
                "cue": [at("told")],
                "kind": "direct",
                "speaker": "Petra Lund",
                "confidence": 0.9,
                "speaker_confidence": 0.95,
            },
            {
                "content": [at("no choice")],
                "source": [],
                "cue": [],
                "kind": "indirect",
                "speaker": None,
                "confidence": 0.3,
                "speaker_confidence": None,
            },
        ],
    }


def test_predictions_with_the_edges_of_polnear() -> None:
    text = "Petra Lund, the mayor, said: “We have no choice.”"
    name, said = Span.of(text, 0, 21), Span.of(text, 23, 27)
    content = Span.of(text, 29, len(text))
    speaker = Speaker("Petra Lund", name, "name", 0, "person")
    around = Context(Span.of(text, 0, len(text)), Span.of(text, 0, len(text)), 0)
    quote = Quote(
        0, "We have no choice.", (content,), "direct", speaker, Cue(said, "say", "speech"), None, around, 0.9
    )
    (plain,) = predictions(Quotes(text, (quote,)), "lund")["attributions"]
    (marked,) = predictions(Quotes(text, (quote,)), "lund", edges="polnear")["attributions"]
    assert (plain["source"], plain["cue"]) == ([[0, 21]], [[23, 27]])
    assert (marked["source"], marked["cue"]) == ([[0, 22]], [[23, 28]])
    assert marked["content"] == plain["content"]


def test_evaluate_runs_an_extractor() -> None:
    scores = evaluate(Canned(), [bridge()], pieces=True)
    assert scores["direct"].content[0.9].recall == 0.5
    assert scores["all"].pred == 2


# --- files ---------------------------------------------------------------------------------------------


def test_jsonl_there_and_back(tmp_path: Path) -> None:
    documents = [bridge(), {"id": "\ud800", "text": "lone \ud800 surrogate", "attributions": []}]
    write_jsonl(tmp_path / "gold.jsonl", documents)
    assert load_jsonl(tmp_path / "gold.jsonl") == documents


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("{", "line 2: not JSON"),
        ("[]", "line 2: write an object"),
        ('{"id": "b"}', "a list 'attributions'"),
        ('{"attributions": []}', "an 'id'"),
        ('{"id": "b", "attributions": [], "text": 3}', "'text' must be a string"),
        ('{"id": "b", "attributions": [{}]}', "attribution 0: write an object with a 'content'"),
        ('{"id": "b", "attributions": [{"content": 3}]}', "'content' must be a list"),
        ('{"id": "b", "attributions": [{"content": [[5, 3]]}]}', "as \\[start, end\\]"),
        ('{"id": "b", "attributions": [{"content": [[-1, 3]]}]}', "as \\[start, end\\]"),
        ('{"id": "b", "attributions": [{"content": [[0, 3]], "cue": [[true, 3]]}]}', "span of 'cue'"),
        ('{"id": "a", "attributions": []}', "line 2: the id 'a' is that of line 1"),
    ],
)
def test_bad_lines_are_named(tmp_path: Path, line: str, says: str) -> None:
    path = tmp_path / "bad.jsonl"
    path.write_text('{"id": "a", "attributions": []}\n' + line + "\n", encoding="utf-8")
    with pytest.raises(FormatError, match=says):
        load_jsonl(path)


def test_other_encodings_are_named(tmp_path: Path) -> None:
    (tmp_path / "latin.jsonl").write_bytes('{"id": "é", "attributions": []}'.encode("latin-1"))
    with pytest.raises(FormatError, match="not UTF-8"):
        load_jsonl(tmp_path / "latin.jsonl")


ANN = """T1\tSource {mayor}\tthe mayor of Ostrand
T2\tCue {said}\tsaid
T3\tContent {bridge}\tThe bridge will close on Monday
T4\tAttribution {said}\tsaid
E1\tAttribution:T4 Content:T3 Cue:T2 Source:T1
T5\tContent {first};{second}\t“We have no choice,” “The piers are cracked.”
T6\tCue {told}\ttold
T7\tAttribution {told}\ttold
E2\tAttribution:T7 Content:T5 Cue:T6
A1\tConfidence E2 low
T8\tContent {saved}\tthat it can be saved
T9\tContent {engineers}\tEngineers
E3\tAttribution:T7 Content2:T9 Content:T8
#1\tAnnotatorNotes E3\tan odd one
"""


def polnear(folder: Path, ann: str = ANN) -> Path:
    (folder / "text").mkdir()
    (folder / "attributions").mkdir()
    edges = {
        name: " ".join(map(str, at(words)))
        for name, words in {
            "mayor": "the mayor of Ostrand",
            "said": "said",
            "bridge": "The bridge will close on Monday",
            "first": "“We have no choice,”",
            "second": "“The piers are cracked.”",
            "told": "told",
            "saved": "that it can be saved",
            "engineers": "Engineers",
        }.items()
    }
    (folder / "text" / "bridge.txt").write_bytes(TEXT.encode())
    (folder / "text" / "bridge_2.txt").write_bytes(b"Nothing\r\nannotated.")
    (folder / "attributions" / "bridge_77aa.ann").write_bytes(ann.format(**edges).encode())
    (folder / "attributions" / "bridge_99ff.ann").write_bytes(b"")
    return folder


def test_polnear_files(tmp_path: Path) -> None:
    (document,) = read_polnear(polnear(tmp_path))
    assert (document["id"], document["text"]) == ("bridge", TEXT)
    mayor, lund, engineers = document["attributions"]
    assert mayor == {
        "content": [at("The bridge will close on Monday")],
        "source": [at("the mayor of Ostrand")],
        "cue": [at("said")],
        "kind": "indirect",
    }
    assert lund["content"] == [at("“We have no choice,”"), at("“The piers are cracked.”")]
    assert (lund["kind"], lund["source"]) == ("direct", [])
    assert engineers["content"] == [at("Engineers"), at("that it can be saved")]


def test_polnear_annotator(tmp_path: Path) -> None:
    (document,) = read_polnear(polnear(tmp_path), annotator="99ff")
    assert document["attributions"] == []
    with pytest.raises(FormatError, match="'0000'"):
        read_polnear(tmp_path, annotator="0000")


@pytest.mark.parametrize(
    ("ann", "says"),
    [
        ("E1\tAttribution:T4 Content:T3\n", "names T3"),
        ("T1\tSource 3 99999\tx\n", "line 1: the span lies outside bridge.txt"),
        ("T1 Source 3 5 x\n", "line 1: not a line of brat standoff"),
    ],
)
def test_polnear_mistakes_are_named(tmp_path: Path, ann: str, says: str) -> None:
    with pytest.raises(FormatError, match=says):
        read_polnear(polnear(tmp_path, ann))


# --- the command ---------------------------------------------------------------------------------------


def run(*arguments: object) -> Any:
    import typer

    app = typer.Typer()
    app.command()(command.evaluate)
    return CliRunner().invoke(app, [str(argument) for argument in arguments])


def test_command_prints_the_table(tmp_path: Path) -> None:
    write_jsonl(tmp_path / "gold.jsonl", [bridge()])
    rows = [{**row, "confidence": 0.5} for row in bridge_without("aliases")]
    write_jsonl(tmp_path / "pred.jsonl", pred(*rows))
    result = run(tmp_path / "gold.jsonl", tmp_path / "pred.jsonl", "--exact", "--calibration")
    assert result.exit_code == 0
    assert score([bridge()], pred(*rows)).table() in result.stdout
    assert "content              100.0 100.0 100.0" in result.stdout
    assert "expected calibration error 0.500" in result.stdout


def test_command_prints_the_calibration_of_names(tmp_path: Path) -> None:
    write_jsonl(tmp_path / "gold.jsonl", [bridge()])
    given = {"confidence": 0.5, "speaker": "Lund", "speaker_confidence": 0.75}
    rows = [{**row, **given} for row in bridge_without("aliases")]
    write_jsonl(tmp_path / "pred.jsonl", pred(*rows))
    shown = run(tmp_path / "gold.jsonl", tmp_path / "pred.jsonl", "--calibration").stdout
    assert "expected calibration error 0.250" in shown.split("names")[1]
    printed = run(tmp_path / "gold.jsonl", tmp_path / "pred.jsonl", "--calibration", "--json").stdout
    assert json.loads(printed)["calibration"]["names"]["error"] == pytest.approx(0.25)


def test_command_prints_json(tmp_path: Path) -> None:
    write_jsonl(tmp_path / "gold.jsonl", [bridge()])
    write_jsonl(tmp_path / "pred.jsonl", pred(*bridge_without()))
    result = run(tmp_path / "gold.jsonl", tmp_path / "pred.jsonl", "--json", "--exact", "--pieces")
    printed = json.loads(result.stdout)
    assert printed["all"]["gold"] == 4
    assert printed["exact"]["cue"]["f1"] == 1


def test_command_reads_polnear_folders(tmp_path: Path) -> None:
    folder = polnear(tmp_path)
    write_jsonl(tmp_path / "pred.jsonl", [])
    result = run(folder, tmp_path / "pred.jsonl")
    assert result.exit_code == 0
    assert "1 reference documents have no prediction" in result.stderr


def test_command_names_what_is_wrong(tmp_path: Path) -> None:
    (tmp_path / "bad.jsonl").write_text("{", encoding="utf-8")
    result = run(tmp_path / "bad.jsonl", tmp_path / "bad.jsonl")
    assert result.exit_code == 2
    assert "line 1: not JSON" in result.stderr
    assert run(tmp_path / "bad.jsonl").exit_code == 2


# --- agreement with the referee ------------------------------------------------------------------------


def referee(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(f"referee_{name}", SHARED / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def disturbed(golds: list[Any], seed: int, share: float) -> list[Any]:
    """The reference as predictions, with shifted edges, swapped sources, other kinds, copies and gaps."""
    rng = random.Random(seed)
    documents = []
    for gold in golds:
        length, rows = len(gold["text"]), []
        sources = [row["source"] for row in gold["attributions"]]
        for reference in gold["attributions"]:
            row = {key: copy.deepcopy(value) for key, value in reference.items() if key != "aliases"}
            for role in ("content", "source", "cue"):
                if rng.random() < share:
                    shifted = [[edge + rng.randint(-20, 20) for edge in span] for span in row[role]]
                    row[role] = [sorted(min(max(edge, 0), length) for edge in span) for span in shifted]
            if rng.random() < share:
                row["source"] = rng.choice(sources)
            if rng.random() < 0.1:
                row["kind"] = rng.choice(["direct", "mixed", "indirect", None])
            if rng.random() < 0.2:
                row["speaker"] = rng.choice([None, "Nobody", f"The {row.get('speaker')}’s"])
            if rng.random() < 0.1:
                row["content"] = [*row["content"], [rng.randrange(length), length]]
            if rng.random() < 0.9:
                rows.append(row)
            while rng.random() < 0.3:  # equal contents under other sources: ties
                rows.append({**row, "source": rng.choice([*sources, []])})
        rng.shuffle(rows)
        if rng.random() < 0.95:
            documents.append({"id": gold["id"], "attributions": rows})
    return documents


@needs_shared
@pytest.mark.shared
@pytest.mark.parametrize("share", [0.0, 0.3, 0.8])
@pytest.mark.parametrize(
    ("name", "pieces"), [("polnear-dev", False), ("gum-a", False), ("gum-a", True), ("litbank-a", True)]
)
def test_agreement_with_the_referee(name: str, pieces: bool, share: float) -> None:
    pytest.importorskip("scipy")
    theirs = referee("score")
    golds = load_jsonl(SHARED / "data" / f"{name}.jsonl")
    preds = disturbed(golds, seed=int(share * 10), share=share)
    by_id = {document["id"]: document["attributions"] for document in preds}
    expected_exact = referee("exact").exact(golds, by_id)
    assert {k: (r.precision, r.recall, r.f1) for k, r in exact(golds, preds).items()} == expected_exact
    cut: list[Any] = list(golds)
    if pieces:
        cut = [{**gold, "attributions": theirs.pieces(gold["attributions"])} for gold in golds]
        by_id = {key: theirs.pieces(rows) for key, rows in by_id.items()}
    assert score(golds, preds, pieces=pieces).to_dict() == theirs.score(cut, by_id)
