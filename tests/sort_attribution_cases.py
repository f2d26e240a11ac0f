"""Puts the cases under cases/attribution/ where they belong: known_failures.json, or the file of their kind.

    python tests/sort_attribution_cases.py

A known failure that is right by now moves to its file; a case that fails moves to known_failures.json, with
the cause "?" that a person has to replace. Both are printed, with what is wrong.
"""

from __future__ import annotations

import json
from collections import Counter

from test_attribution_cases import FOLDER, KNOWN, Expected, load, problems

from quoteattr import models


def written(case: Expected) -> str:
    """A case as JSON, a line for each key and each quote."""
    lines = []
    for key, value in case.items():
        if key == "quotes" and value:
            quotes = ",\n".join(f"      {json.dumps(quote, ensure_ascii=False)}" for quote in value)
            lines.append(f'    "quotes": [\n{quotes}\n    ]')
        else:
            lines.append(f"    {json.dumps(key)}: {json.dumps(value, ensure_ascii=False)}")
    return "  {\n" + ",\n".join(lines) + "\n  }"


def main() -> None:
    """Run all cases and write the files anew."""
    nlp = models.load()
    files: dict[str, list[Expected]] = {path.stem: [] for path in sorted(FOLDER.glob("*.json"))}
    for stem, case in load():
        found = problems(case, nlp)
        home = case.get("file", stem)
        plain = {key: value for key, value in case.items() if key not in ("file", "cause")}
        if found:
            files.setdefault(KNOWN, []).append({"file": home, "cause": case.get("cause", "?"), **plain})
        else:
            files.setdefault(home, []).append(plain)
        if bool(found) != (stem == KNOWN):
            print(f"{home}: {case['why']}: {'; '.join(found) or 'right now'}")
    files.get(KNOWN, []).sort(key=lambda case: (case["cause"], case["file"]))
    for stem, cases in files.items():
        path = FOLDER / f"{stem}.json"
        if cases:
            path.write_text("[\n" + ",\n".join(map(written, cases)) + "\n]\n", encoding="utf-8")
        else:
            path.unlink(missing_ok=True)
    for cause, count in Counter(case["cause"] for case in files.get(KNOWN, [])).most_common():
        print(f"{count:4} {cause}")


if __name__ == "__main__":
    main()
