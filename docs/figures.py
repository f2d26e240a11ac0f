"""The table of measured figures, made from figures.toml: for the README and for the comparison page.

Run ``python docs/figures.py`` after a change of figures.toml: it writes the table into README.md.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

DOCS = Path(__file__).resolve().parent
BEGIN, END = "<!-- figures -->\n", "<!-- end of figures -->\n"


def figures() -> dict[str, Any]:
    """What figures.toml holds."""
    return tomllib.loads((DOCS / "figures.toml").read_text(encoding="utf-8"))


def table() -> str:
    """The figures as a Markdown table: a line a tool, ours in bold type, people last."""
    data = figures()
    lines = [
        "| F1, % | " + " | ".join(data["rows"]) + " |",
        "|---|" + "---:|" * len(data["rows"]),
    ]
    for tool in [*data["tool"], data["people"]]:
        bold = "**" if tool["name"] == "quoteattr" else ""
        cells = [f"{bold}{tool['name']}{bold}, {tool['note']}"]
        cells += [f"{bold}{figure:.1f}{bold}" for figure in tool["figures"]]
        lines.append("| " + " | ".join(cells) + " |")
    return "\n".join(lines) + "\n"


def substitutions() -> dict[str, str]:
    """What the pages may name in double braces: ``{{ figures }}`` and ``{{ quoteattr_all }}`` and so on."""
    data = figures()
    (ours,) = (tool for tool in data["tool"] if tool["name"] == "quoteattr")
    each = {
        f"quoteattr_{row}": f"{figure:.1f}" for row, figure in zip(data["rows"], ours["figures"], strict=True)
    }
    return {"figures": table(), **each}


def in_readme(readme: str) -> str:
    """The README with the table between its two markers made anew."""
    before, _, rest = readme.partition(BEGIN)
    _, _, after = rest.partition(END)
    return f"{before}{BEGIN}\n{table()}\n{END}{after}"


if __name__ == "__main__":
    path = DOCS.parent / "README.md"
    path.write_text(in_readme(path.read_text(encoding="utf-8")), encoding="utf-8")
