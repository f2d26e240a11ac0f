"""The command line: ``quoteattr extract``, ``show`` and ``evaluate``; ``python -m quoteattr`` is the same.

| module | holds |
|---|---|
| `app` | commands and options |
| `endings` | what the ending of a file's name tells |
| `sources` | files, folders, globs, standard input: which to read |
| `readers` | text, JSON Lines, CSV, Parquet: the documents in them |
| `formats` | quotes of a document as bytes of the output |
| `record` | which documents are in an output already |
| `output` | the output: standard output, a file, a file that is continued |
| `running` | a run from documents to output, failures, Ctrl-C |
| `reporting` | what is told on standard error |
| `terminal` | tables and marked articles on a terminal |
"""

from __future__ import annotations

from quoteattr.cli.app import app, main

__all__ = ["app", "main"]
