"""Reads PolNeAR's reference files, parses them once, and lays the annotation over the tokens."""

from __future__ import annotations

import argparse
import bisect
import hashlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from attrs import define
from spacy.tokens import DocBin

from quoteattr import layout, marks
from quoteattr.attribution.scene import Scene
from quoteattr.attribution.tree import Tree
from quoteattr.models import load
from quoteattr.parsing import parse
from quoteattr.records import Range


@define
class Gold:
    """One annotated attribution over tokens: the cue's head, characters of content, source and cue."""

    head: int
    content: list[tuple[int, int]]
    source: list[tuple[int, int]]
    cue: list[tuple[int, int]]
    kind: str


@define
class Article:
    """One article: its scene and its annotated attributions."""

    id: str
    scene: Scene
    gold: list[Gold]


def tokens_of(tree: Tree, start: int, end: int) -> range:
    """The tokens that overlap the characters from ``start`` to ``end``."""
    return range(bisect.bisect_left(tree.ends, start + 1), bisect.bisect_left(tree.starts, end))


def head_of(tree: Tree, spans: list[tuple[int, int]]) -> int | None:
    """The token of ``spans`` whose own head lies outside of it."""
    inside = [i for start, end in spans for i in tokens_of(tree, start, end)]
    return tree.top(inside) if inside else None


def align(tree: Tree, attributions: list[dict[str, Any]]) -> list[Gold]:
    """The annotation of one article, those without a cue left out."""
    found = []
    for row in attributions:
        head = head_of(tree, row["cue"])
        if head is not None:
            found.append(Gold(head, row["content"], row["source"], row["cue"], row["kind"]))
    return found


def articles(path: Path, cache: Path, limit: int | None = None) -> Iterator[Article]:
    """The articles of a JSON Lines file, parsed with the default model; parses are kept in ``cache``."""
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()][
        :limit
    ]
    nlp = load(None)
    key = hashlib.sha256(path.read_bytes() + str(nlp.meta["version"]).encode() + str(limit).encode())
    stored = cache / f"{path.stem}-{key.hexdigest()[:12]}.spacy"
    if not stored.exists():
        cache.mkdir(parents=True, exist_ok=True)
        attributes = ["LEMMA", "POS", "TAG", "DEP", "HEAD", "ENT_IOB", "ENT_TYPE", "SENT_START", "MORPH"]
        box = DocBin(attrs=attributes)
        for row in rows:
            box.add(parse(nlp, row["text"], layout.paragraphs(row["text"])))
        box.to_disk(stored)
    for row, doc in zip(rows, DocBin().from_disk(stored).get_docs(nlp.vocab), strict=True):
        paragraphs = tuple(Range(*paragraph) for paragraph in layout.paragraphs(row["text"]))
        scene = Scene.of(Tree.of(doc), paragraphs, marks.quotations(row["text"], paragraphs))
        yield Article(row["id"], scene, align(scene.tree, row["attributions"]))


def sampled(description: str | None) -> list[Article]:
    """The articles that a command line names: of TRAIN.jsonl one in so many."""
    parser = argparse.ArgumentParser(
        description=description, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("train", type=Path)
    parser.add_argument("--cache", type=Path, default=Path("build/parsed"))
    parser.add_argument("--every", type=int, default=8, help="read one article in so many")
    options = parser.parse_args()
    return list(articles(options.train, options.cache))[:: options.every]
