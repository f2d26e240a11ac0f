"""Quotes as tables, files and annotations that other tools open.

| function | gives |
|---|---|
| `rows` | one flat dictionary a quote; `COLUMNS` is the schema of all tables |
| `to_frame`, `to_arrow`, `to_csv` | the rows as a pandas data frame, an Arrow table, CSV |
| `to_jsonl`, `from_jsonl` | one quote a line, nothing lost |
| `to_annotations` | W3C Web Annotations in JSON-LD |
| `to_brat`, `brat_config` | standoff annotations for brat, and the configuration that shows them |
| `to_doc_spans`, `to_doc`, `to_docbin` | span groups of spaCy documents |

What each holds is told in ``docs/data.md``.
"""

from __future__ import annotations

from quoteattr.export.annotations import to_annotations
from quoteattr.export.brat import brat_config, to_brat
from quoteattr.export.jsonl import from_jsonl, to_jsonl
from quoteattr.export.rows import COLUMNS, Column, rows
from quoteattr.export.spans import to_doc, to_doc_spans, to_docbin
from quoteattr.export.tables import to_arrow, to_csv, to_frame

__all__ = [
    "COLUMNS",
    "Column",
    "brat_config",
    "from_jsonl",
    "rows",
    "to_annotations",
    "to_arrow",
    "to_brat",
    "to_csv",
    "to_doc",
    "to_doc_spans",
    "to_docbin",
    "to_frame",
    "to_jsonl",
]
