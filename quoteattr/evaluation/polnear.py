"""Reading the files of PolNeAR: brat standoff with one 'Attribution' event a row.

PolNeAR 1.0 (Newell, Margolin and Ruths, "An Attribution Relations Corpus for Political News", LREC 2018)
keeps each part of the corpus in a folder with ``text/ARTICLE.txt`` and
``attributions/ARTICLE_ANNOTATOR.ann``. The standoff format: https://brat.nlplab.org/standoff.html.
"""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from pathlib import Path

from quoteattr.errors import FormatError
from quoteattr.evaluation.documents import AnnotatedDocument, AttributionRow
from quoteattr.evaluation.pairing import Letters
from quoteattr.layout import paragraphs
from quoteattr.marks import quotations
from quoteattr.objects import Kind

__all__ = ["kind_of", "read_polnear"]

_SPAN_LINE = re.compile(r"(T\d+)\t(\S+) (\d{1,18} \d{1,18}(?:;\d{1,18} \d{1,18})*)(?:\t|$)")
_EVENT_LINE = re.compile(r"E\d+\tAttribution:\S+((?: \S+:\S+)*)")
_ARGUMENT = re.compile(r"(Content|Cue|Source)\d*:(T\d+)")
_WHOLLY = 0.95
"""Contents with so many of their letters in quotation marks are direct: a stray word may stay outside."""


def read_polnear(path: str | os.PathLike[str], annotator: str | None = None) -> list[AnnotatedDocument]:
    """Read a folder of PolNeAR in the format of `load_jsonl`, its articles in the order of their names.

    PolNeAR does not say whether an attribution is direct, mixed or indirect: that is told from the quotation
    marks in its content.

    Args:
        path: a part of the corpus (``data/dev``), or a folder in which texts and annotations lie together.
        annotator: the code at the end of the names of the annotation files to read ('4b22'); by default, of
            an article with several annotators the first in the order of the alphabet.

    Raises:
        FormatError: where there is nothing to read, or an annotation does not fit its text.
        OSError: where a file cannot be read.
    """
    folder = Path(path)
    texts = folder / "text" if (folder / "text").is_dir() else folder
    annotations = folder / "attributions" if (folder / "attributions").is_dir() else folder
    available = sorted(annotations.glob("*.ann"))
    documents = []
    for text_file in sorted(texts.glob("*.txt")):
        annotation_file = _annotation_of(text_file.stem, available, annotator)
        if annotation_file is not None:
            documents.append(_read_article(text_file, annotation_file))
    if not documents:
        who = f" by the annotator {annotator!r}" if annotator else ""
        raise FormatError(
            f"{folder} holds no text with an annotation file{who}; give a folder such as data/dev."
        )
    return documents


def _annotation_of(article: str, available: Sequence[Path], annotator: str | None) -> Path | None:
    names = re.compile(re.escape(article) + (f"_{re.escape(annotator)}" if annotator else r"(?:_[0-9a-z]+)?"))
    return next((file for file in available if names.fullmatch(file.stem)), None)


def _read_article(text_file: Path, annotation_file: Path) -> AnnotatedDocument:
    text = _read(text_file)
    spans: dict[str, list[list[int]]] = {}
    events: list[str] = []
    for number, line in enumerate(_read(annotation_file).splitlines(), start=1):
        if match := _SPAN_LINE.match(line):
            spans[match[1]] = [[int(edge) for edge in piece.split()] for piece in match[3].split(";")]
            if not all(0 <= start <= end <= len(text) for start, end in spans[match[1]]):
                raise FormatError(
                    f"{annotation_file}, line {number}: the span lies outside {text_file.name}."
                )
        elif match := _EVENT_LINE.match(line):
            events.append(match[1])
        elif line.startswith(("T", "E")):
            raise FormatError(
                f"{annotation_file}, line {number}: not a line of brat standoff: {line[:60]!r}."
            )
    rows = [_attribution(event, spans, annotation_file) for event in events]
    kinds = _Kinds(text)
    for row in rows:
        row["kind"] = kinds.of(row["content"])
    rows.sort(key=lambda row: row["content"])
    return {"id": text_file.stem, "text": text, "attributions": rows}


def _attribution(arguments: str, spans: dict[str, list[list[int]]], file: Path) -> AttributionRow:
    """One event as a row; brat numbers repeated roles, 'Content', 'Content2'."""
    roles: dict[str, list[list[int]]] = {"Content": [], "Source": [], "Cue": []}
    for role, span in _ARGUMENT.findall(arguments):
        if span not in spans:
            raise FormatError(f"{file}: an attribution names {span}, which no line defines.")
        roles[role] += spans[span]
    content, source, cue = (sorted(roles[role]) for role in ("Content", "Source", "Cue"))
    return {"content": content, "source": source, "cue": cue}


def _read(file: Path) -> str:
    """The text of a file with its line ends as they are: offsets count them."""
    try:
        return file.read_bytes().decode("utf-8")
    except UnicodeDecodeError as error:
        raise FormatError(f"{file} is not UTF-8 ({error}); convert it first.") from None


def kind_of(text: str, content: Sequence[Sequence[int]]) -> Kind:
    """'direct', 'mixed' or 'indirect', by how much of a content stands in quotation marks.

    >>> text = "He “was glad”, he said."
    >>> kind_of(text, [[3, 13]]), kind_of(text, [[0, 13]]), kind_of(text, [[0, 2]])
    ('direct', 'mixed', 'indirect')
    """
    return _Kinds(text).of(content)


class _Kinds:
    """Tells the kind of the contents of one text."""

    def __init__(self, text: str) -> None:
        self._letters = Letters(text)
        self._quoted = self._letters.union(
            (quotation.start, quotation.end) for quotation in quotations(text, paragraphs(text))
        )

    def of(self, content: Sequence[Sequence[int]]) -> Kind:
        stretches = self._letters.union(content)
        quoted = self._letters.shared(stretches, self._quoted)
        if not quoted:
            return "indirect"
        return "direct" if quoted >= _WHOLLY * self._letters.count(stretches) else "mixed"
