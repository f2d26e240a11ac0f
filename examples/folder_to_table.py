"""A folder of text files to one table of quotes, and a look at who is quoted most.

    python examples/folder_to_table.py articles/ quotes.csv

The table is Parquet if its name ends with .parquet, else CSV that is safe to open in a spreadsheet.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path

import pandas as pd

from quoteattr import QuoteExtractor, export
from quoteattr.errors import DocumentError


def read(folder: Path) -> Iterator[tuple[str, str]]:
    """Each text of the folder with its name; one that is not UTF-8 is told and left out."""
    for path in sorted(folder.glob("**/*.txt")):
        try:
            yield (
                path.read_text(encoding="utf-8"),
                path.relative_to(folder).as_posix(),
            )
        except UnicodeDecodeError as error:
            print(f"{path} is left out: {error}", file=sys.stderr)


def complain(error: DocumentError) -> None:
    """What happens to a text that cannot be read."""
    print(error, file=sys.stderr)


def main() -> None:
    """Read, write, and print the most quoted."""
    options = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    options.add_argument("folder", type=Path)
    options.add_argument("table", type=Path)
    options.add_argument("--processes", type=int, default=1)
    given = options.parse_args()

    found = QuoteExtractor().pipe(
        read(given.folder),
        as_tuples=True,
        n_process=given.processes,
        on_error=complain,
    )
    pairs = list(found)
    if not pairs:
        options.error(f"there is no text file in {given.folder}")
    table = pd.concat(
        [export.to_frame(quotes, name) for quotes, name in pairs], ignore_index=True
    )

    if given.table.suffix == ".parquet":
        table.to_parquet(given.table)
    else:
        parts = [export.to_csv(quotes, name) for quotes, name in pairs]
        # Each part begins with the same line of column names; one is enough.
        lines = parts[0] + "".join(part.partition("\n")[2] for part in parts[1:])
        given.table.write_text(lines, encoding="utf-8-sig", newline="")

    outer = table[table.parent.isna()]
    words = outer.groupby(["doc", "speaker_label"], observed=True).words.agg(
        ["count", "sum"]
    )
    most = words.rename(columns={"count": "quotes", "sum": "words"}).nlargest(
        10, "words"
    )
    print(
        f"{len(table)} quotes from {len(pairs)} texts are in {given.table}. Most is said by\n"
    )
    print(
        most.reset_index()
        .rename(columns={"doc": "text", "speaker_label": "speaker"})
        .to_string(index=False)
    )


if __name__ == "__main__":
    main()
