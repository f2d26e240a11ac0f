"""The pages' examples are run by pytest.

Python as it stands; Python sessions (``>>>``) and terminal sessions (``$ quoteattr …``) with their answers
compared.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from doctest import ELLIPSIS, NORMALIZE_WHITESPACE
from pathlib import Path
from typing import Any

from sybil import Example, Sybil
from sybil.parsers.markdown import CodeBlockParser, PythonCodeBlockParser, SkipParser

collect_ignore = ["conf.py", "picture.py", "_build", "examples"]
_HERE = Path.cwd()


def _enter(namespace: dict[str, Any]) -> None:
    """Work in an empty folder, with the article of the five-minute start in it."""
    namespace["__folder__"] = folder = tempfile.TemporaryDirectory()
    article = Path(__file__).resolve().parent / "bridge.txt"
    os.chdir(folder.name)
    Path("bridge.txt").write_bytes(article.read_bytes())


def _leave(namespace: dict[str, Any]) -> None:
    os.chdir(_HERE)
    namespace["__folder__"].cleanup()


def _terminal(example: Example) -> str | None:
    """Run each line that begins with ``$`` and compare what comes; other lines are not run."""
    for block in ("\n" + example.parsed).split("\n$ ")[1:]:
        command, _, expected = block.partition("\n")
        program, *arguments = command.split()
        assert program == "quoteattr", f"not a command of ours: {command}"
        ran = subprocess.run(
            [sys.executable, "-m", "quoteattr", *arguments],
            capture_output=True,
            encoding="utf-8",
            check=False,
        )
        if _plain(ran.stdout + ran.stderr) != _plain(expected):
            return f"{command}\nprinted\n{ran.stdout}{ran.stderr}\nand not\n{expected}"
    return None


def _plain(text: str) -> list[str]:
    """The lines without white space at their ends, which editors take away, and without rules."""
    return [line.rstrip() for line in text.rstrip().splitlines() if line.strip(" ─")]


pytest_collect_file = Sybil(
    parsers=[
        PythonCodeBlockParser(doctest_optionflags=ELLIPSIS | NORMALIZE_WHITESPACE),
        CodeBlockParser("console", _terminal),
        SkipParser(),
    ],
    patterns=["*.md"],
    excludes=["_build/**", "examples/**"],
    setup=_enter,
    teardown=_leave,
).pytest()
