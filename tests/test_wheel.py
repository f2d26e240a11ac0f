"""The built distributions hold all they need, and the wheel works outside the checkout."""

from __future__ import annotations

import os
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="module")
def built(tmp_path_factory) -> Path:
    """A folder with a wheel and an sdist of this checkout."""
    pytest.importorskip("hatchling")
    folder = tmp_path_factory.mktemp("dist")
    command = [sys.executable, "-m", "hatchling", "build", "--directory", str(folder)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    return folder


def files_of_the_package() -> set[str]:
    found = (path for path in (ROOT / "quoteattr").rglob("*") if path.is_file())
    return {path.relative_to(ROOT).as_posix() for path in found if "__pycache__" not in path.parts}


def test_wheel_holds_the_whole_package(built):
    (wheel,) = built.glob("*.whl")
    names = set(zipfile.ZipFile(wheel).namelist())
    assert files_of_the_package() <= names
    assert {name.split("/")[0] for name in names} == {"quoteattr", f"{wheel.name.split('-py3')[0]}.dist-info"}
    assert any(name.endswith("licenses/LICENSE") for name in names)


def test_sdist_holds_package_tests_and_seed(built):
    (sdist,) = built.glob("*.tar.gz")
    with tarfile.open(sdist) as archive:
        names = {name.partition("/")[2] for name in archive.getnames()}
    assert files_of_the_package() <= names
    assert {"pyproject.toml", "README.md", "LICENSE", "seeds/000_c082953bc7ab4014.txt"} <= names
    assert "tests/test_wheel.py" in names


def test_wheel_works_outside_the_checkout(built, tmp_path, seed_path):
    (wheel,) = built.glob("*.whl")
    zipfile.ZipFile(wheel).extractall(tmp_path / "site")
    code = (
        "import sys, pathlib, quoteattr\n"
        "quotes = quoteattr.extract_quotes(pathlib.Path(sys.argv[1]).read_text(encoding='utf-8'))\n"
        "print(quoteattr.__file__, *{quote.speaker.name for quote in quotes if quote.speaker}, sep='\\n')\n"
    )
    environment = {**os.environ, "PYTHONPATH": str(tmp_path / "site")}
    run = subprocess.run(
        [sys.executable, "-c", code, str(seed_path)],
        cwd=tmp_path,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stderr
    place, *speakers = run.stdout.splitlines()
    assert Path(place).is_relative_to(tmp_path)
    assert {"Xi Jinping", "Mikhail Mishustin", "Steve Tsang"} <= set(speakers)
