"""The command line: what it reads and writes, what it says, how it ends, how it is stopped and continued."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pandas
import pytest
from attrs import evolve
from typer.testing import CliRunner

from quoteattr import QuoteExtractor, __version__, export
from quoteattr.cli import app
from quoteattr.cli.output import FileOutput
from quoteattr.cli.record import read_record
from quoteattr.cli.terminal import Screen, article, quote_table
from quoteattr.example import example_quotes
from quoteattr.export import COLUMNS
from quoteattr.objects import Quotes

NAMES = [column.name for column in COLUMNS]
WIDE = {"COLUMNS": "200", "TERM": "dumb", "NO_COLOR": "1"}
HARBOUR = "“The harbour stays open,” Mayor Ida Holm said on Monday."
FERRY = "“We had no warning,” said Tomas Reed, who runs the ferry."


def quoteattr(*arguments: str, input: str | bytes | None = None):
    return CliRunner(env=WIDE).invoke(app, [str(each) for each in arguments], input=input)


def lines(text: str) -> list[dict]:
    return [json.loads(line) for line in text.splitlines()]


@pytest.fixture
def folder(tmp_path, monkeypatch) -> Path:
    """Two articles, one of them deeper down, in the working folder."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "in" / "deep").mkdir(parents=True)
    (tmp_path / "in" / "a.txt").write_text(HARBOUR, encoding="utf-8")
    (tmp_path / "in" / "deep" / "b.txt").write_text(FERRY, encoding="utf-8")
    (tmp_path / "in" / ".hidden.txt").write_text(HARBOUR, encoding="utf-8")
    (tmp_path / "in" / "notes.doc").write_text(HARBOUR, encoding="utf-8")
    return tmp_path


@pytest.mark.usefixtures("folder")
class TestInputs:
    @pytest.mark.parametrize(
        ("names", "expected"),
        [
            (["in/a.txt"], ["in/a.txt"]),
            (["in"], ["in/a.txt", "in/deep/b.txt"]),
            (["in/*.txt"], ["in/a.txt"]),
            (["in/**/*.txt"], ["in/a.txt", "in/deep/b.txt"]),
            (["in/deep/b.txt", "in", "in/../in/a.txt"], ["in/deep/b.txt", "in/a.txt"]),
            (["in/notes.doc"], ["in/notes.doc"]),
        ],
    )
    def test_names(self, names, expected):
        done = quoteattr("extract", *names, "-f", "jsonl")
        assert done.exit_code == 0
        assert [quote["doc"] for quote in lines(done.stdout)] == expected
        assert done.stderr == ""

    def test_standard_input(self):
        done = quoteattr("extract", "-", "-f", "jsonl", input=HARBOUR)
        assert [(quote["doc"], quote["speaker"]["name"]) for quote in lines(done.stdout)] == [
            ("-", "Ida Holm")
        ]

    def test_the_output_is_no_input(self):
        for _ in range(2):
            assert quoteattr("extract", ".", "-o", "quotes.jsonl").exit_code == 0
        assert [quote["doc"] for quote in lines(Path("quotes.jsonl").read_text())] == [
            "./in/a.txt",
            "./in/deep/b.txt",
        ]

    ROWS = ({"id": 7, "text": HARBOUR}, {"id": None, "text": FERRY}, {"id": "c", "text": "Nobody spoke."})

    def write(self, form: str) -> str:
        path = f"rows.{form}"
        frame = pandas.DataFrame(list(self.ROWS), dtype=object)
        if form == "jsonl":
            Path(path).write_text("\n".join(json.dumps(row) for row in self.ROWS), encoding="utf-8")
        elif form == "parquet":
            frame.astype("string").to_parquet(path)
        else:
            frame.to_csv(path, index=False, sep="\t" if form == "tsv" else ",")
        return path

    @pytest.mark.parametrize(("form", "second"), [("jsonl", 2), ("csv", 3), ("tsv", 3), ("parquet", 2)])
    def test_rows(self, form, second):
        done = quoteattr("extract", self.write(form), "-f", "jsonl")
        assert (done.exit_code, done.stderr) == (0, "")
        found = [(quote["doc"], quote["speaker"]["name"]) for quote in lines(done.stdout)]
        assert found == [("7", "Ida Holm"), (f"rows.{form}:{second}", "Tomas Reed")]

    @pytest.mark.parametrize("form", ["csv", "parquet"])
    def test_rows_from_standard_input(self, form):
        data = Path(self.write(form)).read_bytes()
        done = quoteattr("extract", "-", "--input-format", form, "-f", "jsonl", input=data)
        assert [quote["doc"] for quote in lines(done.stdout)] == ["7", "-:3" if form == "csv" else "-:2"]

    def test_columns_of_other_names(self):
        Path("x.csv").write_text(f'key;body\nk1;"{FERRY}"\n', encoding="utf-8-sig")
        done = quoteattr("extract", "x.csv", "--text-column", "body", "--id-column", "key", "-f", "jsonl")
        assert [quote["doc"] for quote in lines(done.stdout)] == ["k1"]

    def test_other_encodings(self):
        Path("old.txt").write_bytes(HARBOUR.encode("cp1252"))
        done = quoteattr("extract", "old.txt", "--encoding", "cp1252", "-f", "jsonl")
        assert [quote["text"] for quote in lines(done.stdout)] == ["The harbour stays open,"]


@pytest.mark.usefixtures("folder")
class TestOutputs:
    def test_all_formats_tell_the_same(self):
        expected = [
            (quotes, key)
            for quotes, key in QuoteExtractor().pipe(
                [(HARBOUR, "in/a.txt"), (FERRY, "in/deep/b.txt")], as_tuples=True
            )
        ]
        for form in ("jsonl", "csv", "parquet", "html"):
            assert quoteattr("extract", "in", "-o", f"out.{form}").exit_code == 0
        assert Path("out.jsonl").read_text(encoding="utf-8") == "".join(
            export.to_jsonl(quotes, key) for quotes, key in expected
        )
        rows = list(csv.DictReader(io.StringIO(Path("out.csv").read_text(encoding="utf-8"))))
        assert [row["speaker"] for row in rows] == ["Ida Holm", "Tomas Reed"]
        assert list(rows[0]) == NAMES
        frame = pandas.read_parquet("out.parquet")
        assert list(frame.columns) == NAMES
        assert frame.text.tolist() == [quote.text for quotes, _ in expected for quote in quotes]
        page = Path("out.html").read_text(encoding="utf-8")
        assert page.count("<section") == 2
        assert page.endswith("</html>\n")
        assert sorted(os.listdir()) == ["in", "out.csv", "out.html", "out.jsonl", "out.parquet"]

    def test_the_table(self):
        done = quoteattr("in/a.txt")
        assert [line.split() for line in done.stdout.splitlines() if "─" not in line] == [
            ["Speaker", "Quote", "Cue", "Kind"],
            ["Ida", "Holm", "The", "harbour", "stays", "open,", "said", "direct"],
        ]
        assert "in/a.txt" in quoteattr("in").stdout

    def test_a_table_of_no_quotes(self):
        assert quoteattr("-", input="Nobody spoke.").stdout.strip() == "No quotes."

    @pytest.mark.parametrize("name", ["table.txt", "table"])
    def test_a_table_in_a_file(self, name):
        assert quoteattr("in/a.txt", "-o", name).exit_code == 0
        assert "Ida Holm" in Path(name).read_text(encoding="utf-8")

    def test_an_ending_of_others_with_a_format(self):
        assert quoteattr("in/a.txt", "-o", "quotes.tsv", "-f", "csv").exit_code == 0
        assert Path("quotes.tsv").read_text(encoding="utf-8").startswith('"doc","id"')

    def test_a_table_in_a_file_is_plain(self):
        command = [sys.executable, "-m", "quoteattr", "in/a.txt", "-o", "table.txt"]
        subprocess.run(command, check=True, env={**os.environ, "FORCE_COLOR": "1"})
        assert "\x1b" not in Path("table.txt").read_text(encoding="utf-8")

    def test_csv_holds_no_formula(self):
        Path("=1+2.txt").write_text("“=HYPERLINK(1) is what I typed,” Ida Holm said.", encoding="utf-8")
        cells = next(csv.DictReader(io.StringIO(quoteattr("extract", "=1+2.txt", "-f", "csv").stdout)))
        assert cells["doc"] == "'=1+2.txt"
        assert cells["text"].startswith("'=HYPERLINK")

    def test_filters(self):
        text = f"{HARBOUR} She added that the bridge would close."
        Path("two.txt").write_text(text, encoding="utf-8")
        kinds = [quote["kind"] for quote in lines(quoteattr("two.txt", "-f", "jsonl").stdout)]
        assert kinds == ["direct", "indirect"]
        for more in (["--kinds", "direct"], ["--kinds", "direct, mixed"]):
            found = lines(quoteattr("two.txt", "-f", "jsonl", *more).stdout)
            assert [quote["kind"] for quote in found] == ["direct"]
        assert quoteattr("two.txt", "-f", "jsonl", "--min-confidence", "1").stdout == ""
        assert quoteattr("two.txt", "-f", "jsonl", "--acts", "thought").stdout == ""

    def test_several_processes(self):
        one = quoteattr("extract", "in", "-f", "jsonl").stdout
        assert quoteattr("extract", "in", "-f", "jsonl", "--jobs", "2").stdout == one

    def test_a_device(self):
        assert quoteattr("extract", "in", "-f", "jsonl", "-o", os.devnull).exit_code == 0


@pytest.mark.usefixtures("folder")
class TestShow:
    def test_show(self):
        done = quoteattr("show", "in/a.txt")
        assert done.stdout.splitlines()[0] == "⟦“The harbour stays open,”⟧¹ Mayor Ida Holm said on Monday."
        assert re.search(r"1\s+Ida Holm", done.stdout)

    def test_colours(self):
        shown = article(example_quotes(), None, Screen(100, "truecolor"))
        plain = re.sub(r"\x1b\[[\d;]*m", "", shown)
        assert "⟦" not in shown
        assert plain.count("\x1b") == 0
        assert "“We have patched it for long enough,” Mayor Ida Holm told" in " ".join(plain.split())
        assert "\x1b[38;2;232;230;225;48;2;" in shown
        assert "\x1b[3m" in shown  # cues are in italics
        assert "\x1b[1;4mMayor Ida Holm\x1b[0m" in shown  # speakers are bold and underlined
        assert "\x1b[4mKestrel Courier\x1b[0m" in shown  # who was told is underlined
        assert "inside another" in plain.splitlines()[-1]

    def test_a_quote_inside_another(self):
        plain = " ".join(article(example_quotes(), None, Screen()).split())
        assert "⟦“The engineers always say ⟦‘one more summer,’⟧⁴ and then it is winter,”⟧³" in plain

    def test_a_name_that_is_rather_a_guess_has_a_question_mark(self):
        made = example_quotes()
        first = made[1]
        doubtful = evolve(first, speaker=evolve(first.speaker, confidence=0.69))
        shown = quote_table(Quotes(made.text, (doubtful, made[3])), None, Screen())
        assert "Ida Holm ? " in shown
        assert "Tomas Reed  " in shown

    def test_nothing_in_a_text_reaches_the_terminal(self):
        text = "\x1b]0;title\x07\x1b[2J“Run,” said Ida\x9b31m Holm.\u202e"
        made = example_quotes()
        hostile = Quotes(text, made.items[:0])
        for shown in (article(hostile, text, Screen()), quote_table(made[:1], text, Screen())):
            assert not set(shown) & {"\x1b", "\x07", "\x9b"}
            assert "\u202e" not in shown or "\u202c" in shown


@pytest.mark.usefixtures("folder")
class TestFailures:
    def test_broken_documents_are_named_and_the_rest_goes_on(self):
        Path("in/bad.txt").write_bytes(b"caf\xe9")
        rows = [json.dumps({"text": HARBOUR}), "{not json", "[]", '{"text": 3}', '{"body": ""}', "", "\udcff"]
        Path("in/rows.jsonl").write_bytes("\n".join(rows).encode("utf-8", "surrogateescape"))
        Path("in/rows.csv").write_bytes(b"title,text\nx,\xff\ny," + FERRY.encode() + b"\n")
        Path("in/z.csv").write_text("a,b\n1,2\n")
        Path("in/z.parquet").write_text("PAR?")
        done = quoteattr("extract", "in", "nowhere.txt", "-f", "jsonl")
        assert done.exit_code == 1
        assert [quote["doc"] for quote in lines(done.stdout)] == [
            "in/a.txt",
            "in/rows.csv:3",
            "in/rows.jsonl:1",
            "in/deep/b.txt",
        ]
        told = done.stderr.splitlines()
        named = [line.removeprefix("quoteattr: ").partition(": ")[0] for line in told[:-1]]
        rows = [f"in/rows.jsonl:{number}" for number in (2, 3, 4, 5, 7)]
        others = ["in/bad.txt", "in/rows.csv:2", "in/z.csv", "in/z.parquet", "nowhere.txt"]
        assert sorted(named) == sorted([*rows, *others])
        assert told[-1] == "quoteattr: 4 documents read, 4 quotes; 10 documents left out, named above."

    def test_a_document_that_the_extractor_refuses(self, monkeypatch):
        real = QuoteExtractor._attempt

        def attempt(self, doc, text, *rest):
            return ValueError("too sad") if "harbour" in text else real(self, doc, text, *rest)

        monkeypatch.setattr(QuoteExtractor, "_attempt", attempt)
        done = quoteattr("extract", "in", "-f", "jsonl")
        assert done.exit_code == 1
        assert "quoteattr: in/a.txt: ValueError: too sad" in done.stderr
        assert [quote["doc"] for quote in lines(done.stdout)] == ["in/deep/b.txt"]

    @pytest.mark.parametrize(
        ("arguments", "said"),
        [
            (["nowhere.txt"], "there is no such file"),
            (["no*where"], "nothing matches"),
            (["in", "--acts", "song"], "acts must be 'all' or some of"),
            (["in", "--kinds", "direct;mixed"], "kinds must be"),
            (["in", "--model", "no_such_model"], "is not installed"),
            (["in", "--encoding", "klingon"], "no encoding 'klingon'"),
            (["in", "-f", "parquet"], "name a file with -o"),
            (["in", "-o", "no/such/folder.csv"], "no folder"),
            (["in", "-o", "quotes.xlsx"], "'.xlsx' tells no format"),
            (["in", "-o", "quotes.tsv"], "or name the format with --format"),
            (["in", "-o", "in"], "is a folder"),
            (["in", "--resume"], "needs an output file"),
            (["in", "--min-confidence", "2"], "--min-confidence"),
            (["in", "--format", "xml"], "xml"),
            (["extract"], "FILE"),
        ],
    )
    def test_what_cannot_be_done_is_said(self, arguments, said):
        done = quoteattr(*arguments)
        assert done.exit_code == 2
        assert done.stdout == ""
        assert said in " ".join(done.stderr.split())
        assert os.listdir() == ["in"]

    def test_an_empty_folder(self):
        Path("empty").mkdir()
        done = quoteattr("empty")
        assert (done.exit_code, "the folder has no file that ends in .txt" in done.stderr) == (2, True)


class TestHelp:
    @pytest.mark.parametrize(
        "command", [["--help"], ["extract", "--help"], ["show", "-h"], ["evaluate", "--help"]]
    )
    def test_help(self, command):
        done = quoteattr(*command)
        assert done.exit_code == 0
        assert "Usage" in done.stdout

    def test_exit_codes_are_told(self):
        told = quoteattr("extract", "--help").stdout.partition("Exit codes:")[2]
        lines = [line.strip() for line in told.strip().splitlines()]
        assert [line.partition("  ")[0] for line in lines] == ["0", "1", "2", "3", "130", "141"]

    def test_help_shows_how_it_is_used(self):
        told = quoteattr("--help").stdout
        for use in re.findall(r"^ *quoteattr (\w.*?)  ", told, re.M):
            assert use.split()[0] in ("article.txt", "extract", "show", "evaluate")
        assert "quoteattr show article.txt " in told
        assert "FILE..." not in quoteattr("extract", "--help").stdout

    def test_version(self):
        assert quoteattr("--version").stdout == f"quoteattr {__version__}\n"

    def test_no_arguments(self):
        done = quoteattr()
        assert "extract" in done.stdout + done.stderr

    def test_evaluate(self, tmp_path):
        gold = {"id": "a", "text": HARBOUR, "attributions": [{"content": [[0, 25]], "source": [[26, 40]]}]}
        (tmp_path / "gold.jsonl").write_text(json.dumps(gold), encoding="utf-8")
        done = quoteattr("evaluate", tmp_path / "gold.jsonl", "--run", "--json")
        assert done.exit_code == 0
        assert isinstance(json.loads(done.stdout), dict)

    def test_evaluate_without_a_file(self, tmp_path):
        done = quoteattr("evaluate", tmp_path / "gold.jsonl", "--run")
        assert done.exit_code == 2
        assert done.stderr == f"quoteattr: {tmp_path / 'gold.jsonl'}: No such file or directory.\n"


@pytest.mark.usefixtures("folder")
class TestResume:
    OPTIONS = ("extract", "in", "-o", "out.jsonl")

    def docs(self) -> list[str]:
        return [quote["doc"] for quote in lines(Path("out.jsonl").read_text(encoding="utf-8"))]

    def test_the_same_command_adds_what_is_new(self):
        assert quoteattr(*self.OPTIONS, "--resume").exit_code == 0
        Path("in/0.txt").write_text("“It rained,” said Bo Lind.", encoding="utf-8")
        assert quoteattr(*self.OPTIONS, "--resume").exit_code == 0
        assert self.docs() == ["in/a.txt", "in/deep/b.txt", "in/0.txt"]
        assert quoteattr(*self.OPTIONS, "--resume").exit_code == 0
        assert len(self.docs()) == 3

    def test_a_document_that_failed_is_tried_again(self):
        Path("in/c.txt").write_bytes(b"\xff")
        assert quoteattr(*self.OPTIONS, "--resume").exit_code == 1
        Path("in/c.txt").write_text("“It rained,” said Bo Lind.", encoding="utf-8")
        assert quoteattr(*self.OPTIONS, "--resume").exit_code == 0
        assert self.docs() == ["in/a.txt", "in/deep/b.txt", "in/c.txt"]

    def test_documents_without_quotes_and_twins_are_counted(self):
        rows = [{"id": "x", "text": text} for text in (HARBOUR, "Nobody spoke.", HARBOUR)]
        Path("rows.jsonl").write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
        command = ("extract", "rows.jsonl", "-o", "out.jsonl", "--resume")
        for _ in range(2):
            assert quoteattr(*command).exit_code == 0
            assert self.docs() == ["x", "x"]
        assert sum(read_record("out.jsonl.progress").done.values()) == 3

    def test_other_options_are_refused(self):
        assert quoteattr(*self.OPTIONS, "--resume").exit_code == 0
        done = quoteattr(*self.OPTIONS, "--resume", "--kinds", "direct", "--acts", "all")
        assert done.exit_code == 2
        assert "other options (acts, kinds)" in done.stderr
        assert quoteattr(*self.OPTIONS, "--resume", "--acts", "writing, speech").exit_code == 0

    def test_a_file_of_others_is_not_touched(self):
        Path("out.jsonl").write_text("mine\n")
        done = quoteattr(*self.OPTIONS, "--resume")
        assert (done.exit_code, Path("out.jsonl").read_text()) == (2, "mine\n")
        Path("out.jsonl.progress").write_text("mine\n")
        assert "is no record" in quoteattr(*self.OPTIONS, "--resume").stderr

    def test_an_output_that_was_cut(self):
        assert quoteattr(*self.OPTIONS, "--resume").exit_code == 0
        Path("out.jsonl").write_text("")
        assert "shorter than" in quoteattr(*self.OPTIONS, "--resume").stderr

    def test_without_resume_a_finished_output_is_written_anew(self):
        for _ in range(2):
            assert quoteattr(*self.OPTIONS, "--resume").exit_code == 0
        assert quoteattr(*self.OPTIONS).exit_code == 0
        assert self.docs() == ["in/a.txt", "in/deep/b.txt"]
        assert not Path("out.jsonl.progress").exists()


DOCUMENTS = [
    json.dumps({"id": f"d{n}", "text": f"“The river rose {n} feet,” Mayor Ida Holm said."}) + "\n"
    for n in range(40)
]
KEYS = [f"d{n}" for n in range(40)]


def command(*arguments: str) -> list[str]:
    return [sys.executable, "-m", "quoteattr", "extract", "-", "--input-format", "jsonl", *arguments]


def stopped(form: str, number: int, *more: str) -> tuple[int, str]:
    """Exit code and words of a run that is sent a signal while it waits for more documents."""
    process = subprocess.Popen(
        command("-o", f"out.{form}", *more), stdin=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    process.stdin.write("".join(DOCUMENTS[:20]))
    process.stdin.flush()
    record = Path(f"out.{form}.progress")
    deadline = time.monotonic() + 120
    while not record.exists() or record.read_text().count("document") < 16:
        assert process.poll() is None
        assert time.monotonic() < deadline
        time.sleep(0.05)
    process.send_signal(number)
    told = process.stderr.read()
    process.stdin.close()
    return process.wait(timeout=60), told


def continued(form: str, *more: str):
    """What comes of a second run with the same output, and all documents."""
    options = ("extract", "-", "--input-format", "jsonl", "-o", f"out.{form}")
    return quoteattr(*options, *more, input="".join(DOCUMENTS))


def written(form: str) -> list[str]:
    """The documents in an output, each time that they are there."""
    if form == "parquet":
        return pandas.read_parquet("out.parquet")["doc"].tolist()
    text = Path(f"out.{form}").read_text(encoding="utf-8")
    if form == "jsonl":
        return [quote["doc"] for quote in lines(text)]
    if form == "csv":
        return [row["doc"] for row in csv.DictReader(io.StringIO(text))]
    assert text.endswith("</html>\n")
    return re.findall(r"<h2><bdi>(d\d+)</bdi></h2>", text)


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="signals are those of POSIX")
class TestStopping:
    @pytest.fixture(autouse=True)
    def _here(self, tmp_path, monkeypatch) -> None:
        monkeypatch.chdir(tmp_path)

    @pytest.mark.parametrize(
        ("form", "number", "code"),
        [
            ("jsonl", signal.SIGINT, 130),
            ("csv", signal.SIGTERM, 143),
            ("html", signal.SIGINT, 130),
            ("parquet", signal.SIGINT, 130),
        ],
    )
    def test_a_run_is_stopped_and_continued(self, form, number, code):
        ended, told = stopped(form, number)
        assert ended == code
        assert told.startswith("quoteattr: 16 documents read, 16 quotes. Stopped before the end;")
        assert told.count("\n") == 1
        assert written(form) == KEYS[:16]
        again = continued(form)
        assert (again.exit_code, "add --resume" in again.stderr) == (2, True)
        assert written(form) == KEYS[:16]
        assert continued(form, "--resume").exit_code == 0
        assert written(form) == KEYS

    @pytest.mark.parametrize("form", ["jsonl", "parquet"])
    def test_a_run_that_was_killed_is_continued(self, form):
        assert stopped(form, signal.SIGKILL)[0] == -signal.SIGKILL
        with open("out.parquet.rows" if form == "parquet" else "out.jsonl", "a") as file:
            file.write('{"doc": "d16", "torn')
        with open(f"out.{form}.progress", "a") as file:
            file.write('{"document": "to')
        assert continued(form, "--resume").exit_code == 0
        assert written(form) == KEYS

    def test_workers_leave_when_stopped(self):
        process = subprocess.Popen(
            command("-o", "out.jsonl", "-j", "2"), stdin=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )
        process.stdin.write("".join(DOCUMENTS))
        process.stdin.flush()
        deadline = time.monotonic() + 120
        while not Path("out.jsonl.progress").exists():
            assert time.monotonic() < deadline
            time.sleep(0.05)
        time.sleep(1)
        process.send_signal(signal.SIGINT)
        told = process.stderr.read()  # ends once the last process that holds it has gone
        assert process.wait(timeout=60) == 130
        assert "Traceback" not in told
        assert continued("jsonl", "--resume").exit_code == 0
        assert written("jsonl") == KEYS

    def test_nobody_reads_to_the_end(self):
        process = subprocess.Popen(
            command("-f", "jsonl"),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        process.stdout.close()
        process.stdin.write("".join(DOCUMENTS))
        process.stdin.close()
        assert process.stderr.read() == ""
        assert process.wait(timeout=120) == 141

    @pytest.mark.skipif(not os.path.exists("/dev/full"), reason="there is no /dev/full")
    def test_a_full_disk(self):
        with open("/dev/full", "wb") as full:
            done = subprocess.run(
                command("-f", "jsonl"),
                input="".join(DOCUMENTS),
                stdout=full,
                stderr=subprocess.PIPE,
                text=True,
                check=False,
            )
        assert done.returncode == 3
        assert "cannot be written" in done.stderr
        assert "Traceback" not in done.stderr


class Full:
    """A file on a disk that is full after so many bytes."""

    def __init__(self, file, room: int) -> None:
        self.file, self.room = file, room

    def write(self, data) -> int:
        if self.room <= 0:
            raise OSError(28, "No space left on device")
        taken = self.file.write(data[: self.room])
        self.room -= taken
        return taken

    def __getattr__(self, name):
        return getattr(self.file, name)


def test_what_is_half_written_goes_when_the_disk_is_full(folder, monkeypatch):
    begin = FileOutput.begin

    def on_a_full_disk(self) -> None:
        begin(self)
        self._file = Full(self._file, 900)

    monkeypatch.setattr(FileOutput, "begin", on_a_full_disk)
    rows = [{"id": n, "text": HARBOUR} for n in range(5)]
    Path("rows.jsonl").write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    options = ("extract", "rows.jsonl", "-o", "out.jsonl")
    done = quoteattr(*options)
    assert done.exit_code == 3
    kept = lines(Path("out.jsonl").read_text(encoding="utf-8"))
    assert len(kept) < 5
    monkeypatch.undo()
    monkeypatch.chdir(folder)
    assert quoteattr(*options, "--resume").exit_code == 0
    assert [quote["doc"] for quote in lines(Path("out.jsonl").read_text(encoding="utf-8"))] == list("01234")
