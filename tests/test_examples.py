"""Scripts and notebooks of examples/ run, and the notebooks are kept without outputs.

Notebooks are run here cell by cell in plain Python; the build of the documentation runs them in Jupyter.
"""

from __future__ import annotations

import ast
import json
import os
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest

from quoteattr import corpus

EXAMPLES = Path(__file__).resolve().parent.parent / "examples"
NOTEBOOKS = sorted(EXAMPLES.glob("*.ipynb"))


@pytest.fixture(scope="module")
def articles(tmp_path_factory) -> Path:
    """A folder with three of the shipped articles."""
    folder = tmp_path_factory.mktemp("articles")
    for article in corpus.load()[:3]:
        (folder / f"{article.id}.txt").write_text(article.text, encoding="utf-8")
    return folder


def run(code: list[str], folder: Path) -> str:
    environment = {**os.environ, "MPLBACKEND": "agg", "PYTHONIOENCODING": "utf-8"}
    ran = subprocess.run(
        [sys.executable, *code],
        cwd=folder,
        env=environment,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert ran.returncode == 0, ran.stderr
    return ran.stdout


def cells(notebook: Path) -> list[dict]:
    return json.loads(notebook.read_text(encoding="utf-8"))["cells"]


def as_script(notebook: Path) -> str:
    """The code cells; the last expression of each is shown as Jupyter would."""
    lines = ["def show(value):", "    getattr(value, '_repr_html_', value.__repr__)()"]
    for cell in cells(notebook):
        if cell["cell_type"] == "code":
            tree = ast.parse("".join(cell["source"]))
            if isinstance(tree.body[-1], ast.Expr):
                shown = ast.Call(ast.Name("show", ast.Load()), [tree.body[-1].value], [])
                tree.body[-1] = ast.Expr(shown)
            lines.append(ast.unparse(ast.fix_missing_locations(tree)))
    return "\n".join(lines)


def test_there_are_three_notebooks():
    assert len(NOTEBOOKS) == 3


@pytest.mark.slow
@pytest.mark.parametrize("notebook", NOTEBOOKS, ids=lambda path: path.stem)
def test_notebook_runs(notebook, tmp_path):
    (tmp_path / "notebook.py").write_text(as_script(notebook), encoding="utf-8")
    assert run(["notebook.py"], tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["notebook.py"]


@pytest.mark.parametrize("notebook", NOTEBOOKS, ids=lambda path: path.stem)
def test_notebook_is_kept_without_outputs(notebook):
    code = [cell for cell in cells(notebook) if cell["cell_type"] == "code"]
    assert all(cell["outputs"] == [] and cell["execution_count"] is None for cell in code)


@pytest.mark.slow
@pytest.mark.parametrize("ending", ["csv", "parquet"])
def test_folder_to_table(articles, tmp_path, ending):
    table = tmp_path / f"quotes.{ending}"
    (articles / "bad.txt").write_bytes(b"\xff\xfe said")
    printed = run([str(EXAMPLES / "folder_to_table.py"), str(articles), str(table)], tmp_path)
    (articles / "bad.txt").unlink()
    frame = pd.read_csv(table) if ending == "csv" else pd.read_parquet(table)
    assert set(frame.doc) == {path.name for path in articles.glob("*.txt")}
    assert f"{len(frame)} quotes from 3 texts" in printed


@pytest.mark.slow
def test_women_and_men(articles, tmp_path):
    rows = run([str(EXAMPLES / "women_and_men.py"), str(articles)], tmp_path).splitlines()[3:]
    assert [row.split()[0] for row in rows] == ["people", "quotes", "words"]
    she, he = (int(number) for number in rows[0].split()[1:3])
    assert she > 0
    assert he > 0
