"""What the package never does, and how long hostile text can keep it busy.

No evaluation of data, no pickle, no network, no shell (by its source and by watching it run); every regular
expression and the whole reading of marks in linear time; tables that a spreadsheet does not run; a limit on
length that is checked before anything is read.
"""

from __future__ import annotations

import ast
import csv
import io
import json
import re
import subprocess
import sys
import time
from functools import lru_cache
from pathlib import Path

import pytest

from quoteattr.layout import paragraphs
from quoteattr.marks import quotations

ROOT = Path(__file__).resolve().parent.parent
SOURCES = sorted((ROOT / "quoteattr").rglob("*.py"))

# --- by its source ----------------------------------------------------------------------------------------

FORBIDDEN_MODULES = {
    *("pickle", "cPickle", "dill", "cloudpickle", "joblib", "marshal", "shelve", "srsly.cloudpickle"),
    *(
        "socket",
        "ssl",
        "http",
        "urllib.request",
        "urllib3",
        "requests",
        "httpx",
        "aiohttp",
        "ftplib",
        "smtplib",
    ),
    *("telnetlib", "xmlrpc", "asyncio", "webbrowser", "subprocess", "pty", "ctypes", "code", "codeop"),
    *("xml", "lxml", "yaml"),
}
FORBIDDEN_CALLS = {"eval", "exec", "compile", "__import__", "breakpoint", "input"}
FORBIDDEN_ATTRIBUTES = {
    *("system", "popen", "spawnl", "spawnv", "execv", "execve", "execl", "fork", "startfile"),
    *("read_pickle", "to_pickle", "from_disk_pickle", "mktemp", "extractall"),
}


def imported(node):
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    if isinstance(node, ast.ImportFrom) and node.module and not node.level:
        return [node.module, *(f"{node.module}.{alias.name}" for alias in node.names)]
    return []


def is_forbidden(module):
    parts = module.split(".")
    return any(".".join(parts[:n]) in FORBIDDEN_MODULES for n in range(1, len(parts) + 1))


def sins(source):
    """What the source of a module must not hold, as (line, what)."""
    found = []
    for node in ast.walk(ast.parse(source)):
        found += [(node.lineno, f"import {name}") for name in imported(node) if is_forbidden(name)]
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in FORBIDDEN_CALLS:
            found.append((node.lineno, f"{node.func.id}()"))
        if isinstance(node, ast.Attribute) and node.attr in FORBIDDEN_ATTRIBUTES:
            found.append((node.lineno, f".{node.attr}"))
        if isinstance(node, ast.keyword) and node.arg == "shell":
            found.append((node.value.lineno, "shell="))
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and is_url(node.value):
            found.append((node.lineno, node.value))
    return found


def is_url(text):
    """Whether a string is an address to be fetched; names of vocabularies, which nobody fetches, are none."""
    names = ("http://www.w3.org/", "https://www.w3.org/")
    return re.fullmatch(r"(?:https?|ftp)://\S+", text) is not None and not text.startswith(names)


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_source(path):
    assert sins(path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    "source",
    [
        "eval(x)",
        "import pickle",
        "from urllib import request",
        "import os; os.system(x)",
        "import requests as r",
        "run(x, shell=True)",
        "import importlib; __import__(x)",
        "pd.read_pickle(x)",
        "URL = 'https://example.org/model'",
    ],
)
def test_the_check_of_the_source_sees(source):
    assert sins(source)


# --- by watching it run -----------------------------------------------------------------------------------

WATCHED = """
import sys
from quoteattr import QuoteExtractor

extractor = QuoteExtractor(acts="all")
extractor.extract("Ann Lee said it rained.")
bad = []

def watch(event, args):
    if event.split(".")[0] in ("socket", "subprocess", "pickle", "ctypes", "urllib", "http", "shutil"):
        bad.append(event)
    if event.startswith("os.") and event not in ("os.listdir", "os.scandir"):
        bad.append(event)
    if event == "open" and (isinstance(args[1], str) and set(args[1]) & set("wax+") or args[2] & 3):
        bad.append(f"open {args[0]}")

sys.addaudithook(watch)
quotes = extractor.extract(sys.stdin.read())
quotes.to_json(), quotes.to_csv(), quotes._repr_html_(), repr(quotes), quotes.to_jsonl(), quotes.to_brat()
assert len(quotes) > 0
print(bad)
"""

HOSTILE = (
    '“__import__("os").system("id")”, said Ann Lee. “=HYPERLINK("http://evil.example","x")” said Bo Ray. '
    "“../../etc/passwd”, wrote Cy Dow. “<script>alert(1)</script>,” said Di Fox. “{{7*7}} ${HOME} %s %n,” "
    "said Ed Guy. `id` said Flo Hay: “$(id); DROP TABLE quotes;--”\n"
)


def test_reading_touches_nothing():
    """Python's audit events (PEP 578): no network, process, pickle or file opened for writing."""
    result = subprocess.run(
        [sys.executable, "-c", WATCHED], input=HOSTILE, capture_output=True, text=True, check=False, cwd=ROOT
    )
    assert (result.stdout.strip(), result.returncode) == ("[]", 0), result.stderr


# --- time -------------------------------------------------------------------------------------------------

RECORDING = """
import importlib, json, pkgutil, re, sys

found = {}
def recording(function):
    def wrapped(pattern, *args, **kwargs):
        module = sys._getframe(1).f_globals.get("__name__", "")
        if module.startswith("quoteattr"):
            at = {"compile": 0, "sub": 3, "subn": 3, "split": 2}.get(function.__name__, 1)
            flags = kwargs.get("flags", args[at] if len(args) > at else 0)
            text = pattern.pattern if isinstance(pattern, re.Pattern) else pattern
            found[f"{module}|{text}"] = (module, text, int(flags))
        return function(pattern, *args, **kwargs)
    return wrapped
for name in ("compile", "match", "fullmatch", "search", "sub", "subn", "split", "findall", "finditer"):
    setattr(re, name, recording(getattr(re, name)))

import quoteattr
for module in pkgutil.walk_packages(quoteattr.__path__, "quoteattr."):
    if not module.name.endswith("__main__"):
        importlib.import_module(module.name)
quotes = quoteattr.extract_quotes(sys.stdin.read(), acts="all")
quotes.to_csv(), quotes.to_jsonl(), quotes._repr_html_(), quotes.to_brat(), quotes.to_annotations()
print(json.dumps(list(found.values())))
"""

# Patterns that are only ever given a bounded slice, or matched at one place, so that what a search from
# every place would cost is no matter: module and beginning of the pattern, and why.
BOUNDED = {
    ("quoteattr.marks.signs", r"[^\W_]+$"): "given 24 characters",
    ("quoteattr.layout", r"[ \t]*((?:>"): "matched at the head of a line",
    ("quoteattr.speakers.nameless", r"[a-z]{3,}(er|or"): "matched at the head of a word",
    ("quoteattr.marks.pairing", r"[.!?…:—–-]['’"): "given 8 characters",
    ("quoteattr.attribution.utterances", r",?\s[^.!?…:;"): "given 100 characters",
}
# Of each length in characters, what may be spent, in seconds of processor time: an exponential search shows
# while it is short, a quadratic one (some 0.05 s) at the last length. A linear one takes a tenth of it.
LIMITS = {22: 0.005, 30: 0.005, 40: 0.005, 60: 0.005, 250: 0.01, 5000: 0.03}


@lru_cache(maxsize=1)
def patterns():
    """Every regular expression that the package makes, with its module and flags."""
    result = subprocess.run(
        [sys.executable, "-c", RECORDING],
        input=HOSTILE,
        capture_output=True,
        text=True,
        check=False,
        cwd=ROOT,
    )
    assert result.returncode == 0, result.stderr
    return [tuple(item) for item in json.loads(result.stdout)]


def pumped(pattern, length):
    """Strings that make a careless pattern slow: each part of it, repeated, after each other part."""
    signs = list(dict.fromkeys(re.sub(r"\\[wWsSdDbBAZ]", "", pattern)))[:30]
    words = re.findall(r"[A-Za-z]{3,}", pattern)[:4]
    parts = list(dict.fromkeys([*signs, *words, "a", "A", "0", " ", "\n", "Aa "]))
    for part in parts:
        for first in ("", *parts):
            yield first + part * (length // len(part)) + "\x01"
    for first in parts:
        for second in parts[:12]:
            yield (first + second) * (length // len(first + second)) + "\x01"


def spent(compiled, text):
    start = time.process_time()
    for _ in compiled.finditer(text):
        pass
    return time.process_time() - start


def slow_input(pattern, flags=0):
    """An input on which the pattern is slow, or ``None``."""
    compiled = re.compile(pattern, flags)
    for length, limit in LIMITS.items():
        for text in pumped(pattern, length):
            if spent(compiled, text) > limit and spent(compiled, text) > limit:
                return text[:40]
    return None


def is_bounded(module, pattern):
    return any(module == known and pattern.startswith(head) for known, head in BOUNDED)


def test_every_pattern_is_quick():
    slow = {}
    for module, pattern, flags in patterns():
        if not is_bounded(module, pattern):
            text = slow_input(pattern, flags & ~re.DEBUG)
            if text is not None:
                slow[f"{module}: {pattern[:60]}"] = text
    assert slow == {}


def test_exceptions_exist():
    for known, head in BOUNDED:
        assert any(known == module and pattern.startswith(head) for module, pattern, _ in patterns())


@pytest.mark.parametrize("pattern", [r"[.!?]+[)]*(?=\s)", r"\s+$", r"a*a*$", r"(a+)+$", r"(?:a|aa)+$"])
def test_the_check_of_patterns_sees(pattern):
    assert slow_input(pattern)


ATTACKS = {
    "openers": lambda n: "“" * n,
    "straight": lambda n: '"a ' * (n // 3),
    "corners": lambda n: "『" * n,
    "single": lambda n: "‛" * n,
    "quotations": lambda n: "“a.” " * (n // 5),
    "commas and spaces": lambda n: "“a," + " " * n + "x",
    "clauses": lambda n: "—No.\n\n—No.\n\n—No" + ", he said" * (n // 9) + ".",
    "points after a dash": lambda n: "—No, he said.\n\n—No.\n\n—No, she said" + "." * n + "x.",
    "names": lambda n: "“a, " + "Aaaa " * (n // 5) + "x",
    "reopened paragraphs": lambda n: "“A.\n\n" * (n // 5),
    "captions": lambda n: "“A.\n\nb\n\n" * (n // 8),
    "blocks": lambda n: "x:\n    a\n" * (n // 9),
    "mail": lambda n: "> a\n" * (n // 4),
    "deep mail": lambda n: ">" * n,
    "fences": lambda n: "```\n" * (n // 4),
    "code": lambda n: 'a("' * (n // 3),
    "a long word and a bracket": lambda n: "a" * n + "(",
    "JSON": lambda n: '{"a": ' * (n // 6),
    "tags": lambda n: "<a " * (n // 3),
    "comments": lambda n: "<!--" * (n // 4),
    "addresses": lambda n: "http://a=" + '="' * (n // 2),
    "points in an address": lambda n: "www." + "." * n,
    "backticks": lambda n: "`a " * (n // 3),
    "entities": lambda n: "&#0" * (n // 3),
    "noughts": lambda n: "&#" + "0" * n + ";",
    "numbers": lambda n: "1'" * (n // 2),
    "links": lambda n: "](a " * (n // 4),
    "spaces": lambda n: " " * n + "“a”",
    "blank lines": lambda n: "\n" * n + "“a”",
    "invisible": lambda n: "\u200b" * n + "“a”",
    "margins": lambda n: "".join(" " * (i % 90) + "a\n" for i in range(n // 46)),
    "items": lambda n: "1. a\n" * (n // 5),
    "no space": lambda n: "a" * n,
    "surrogates": lambda n: "\ud800" * n,
}
SHORT, LONG = 10_000, 40_000
SECONDS_PER_CHARACTER = 1e-4  # the worst, all marks and nothing else, takes half of it


@pytest.mark.parametrize("attack", ATTACKS)
def test_marks_and_layout_take_linear_time(attack):
    text = ATTACKS[attack](LONG)
    start = time.process_time()
    quotations(text, paragraphs(text))
    assert time.process_time() - start < LONG * SECONDS_PER_CHARACTER


WHOLE = {
    "prose": "“We are ready,” Ida Holm said. The pier opens in May, and the ferry sails on Monday.\n\n",
    "one paragraph of prose": "“We are ready,” Ida Holm said. The pier opens in May. ",
    "cues": "Ann said ",
    "quotes": "“A,” he said. ",
    "colons": "Ann: “No.” ",
    "whom it is for": "For Ann, the river is “a dear old friend of ours,” and she sings. ",
    "names": "Ann Lee, ",
    "brackets": "(",
    "lines": "a\n",
}


@pytest.mark.parametrize("attack", WHOLE)
def test_the_whole_takes_linear_time(attack, nlp):
    """Four times the text takes about four times as long; sixteen would be quadratic."""
    from quoteattr import QuoteExtractor

    extractor = QuoteExtractor(nlp)

    def seconds(length):
        text = WHOLE[attack] * (length // len(WHOLE[attack]))
        times = []
        for _ in range(2):
            start = time.process_time()
            extractor.extract(text)
            times.append(time.process_time() - start)
        return min(times)

    assert seconds(6000) < 10 * seconds(1500) + 0.5


# --- what comes out, what goes in -------------------------------------------------------------------------


def test_csv_holds_no_formula(nlp):
    from quoteattr import extract_quotes

    text = (
        '“=HYPERLINK(""http://evil.example"",""x"")” said Ann Lee.\n\n“+1+cmd|/C calc!A0,” said Bo Ray. '
        "“@SUM(1),” said Cy Dow. “-2+3,” wrote Di Fox.\n\n=Ed Guy said that\t=1+1 was due."
    )
    quotes = extract_quotes(text, nlp=nlp, acts="all")
    assert len(quotes) >= 3
    cells = [cell for row in csv.reader(io.StringIO(quotes.to_csv())) for cell in row]
    assert [c for c in cells if c and c[0] in "=+-@\t\r" and not re.fullmatch(r"-?\d+(\.\d+)?", c)] == []


def test_html_is_escaped(nlp):
    from quoteattr import extract_quotes

    html = extract_quotes(HOSTILE, nlp=nlp, acts="all")._repr_html_()
    assert "<script>alert" not in html
    assert "&lt;script&gt;" in html


def test_a_text_too_long_is_refused_before_anything_is_read(monkeypatch):
    from quoteattr import QuoteExtractor, models
    from quoteattr.errors import TextTooLongError

    monkeypatch.setattr(models, "load", lambda *_: pytest.fail("the pipeline was loaded"))
    with pytest.raises(TextTooLongError, match="1,000,001"):
        QuoteExtractor(max_chars=1_000_000).extract("a" * 1_000_001)


def test_locks_name_no_address_and_hold_the_model():
    """Each pin is a version with hashes (test_locks.py), from the index that the user trusts."""
    for path in (ROOT / "requirements").glob("*.txt"):
        lines = [line.split("#")[0] for line in path.read_text(encoding="utf-8").splitlines()]
        assert [
            line for line in lines if "://" in line or line.startswith(("-e", "-f", "--find", "git+"))
        ] == []
        assert any(line.startswith("en-core-web-sm") for line in lines), path.name
