"""The corpus of the library: it loads, every word is where the annotation says, errors are clear."""

from __future__ import annotations

import json
import re
import subprocess
import sys

import pytest

from quoteattr import corpus
from quoteattr.errors import FormatError
from quoteattr.layout import paragraphs
from quoteattr.marks import quotations
from quoteattr.objects import ACTS, KINDS

ARTICLES = corpus.load()
QUOTES = [pytest.param(a, q, id=f"{a.id}-{n}") for a in ARTICLES for n, q in enumerate(a.quotes, start=1)]
TEXT = "Ann Lee said it rained. “No,” said Bo Roe, who said so twice. “It snowed.” Ann Lee left."
TURN = re.compile(r"[^:\n]{1,40}:\s+")
NOT_QUOTED: set[str] = set()
HEAD = 'title = "Rain"\ngenre = "local"\nlicence = "CC0-1.0"\n'


def seed():
    return next(article for article in ARTICLES if article.id == "seed")


def row(*content, kind="indirect", **keys):
    """One quote in the format of the files; a string of JSON is one of TOML too."""
    keys = {"content": list(content), "kind": kind, **keys}
    lines = [f"{key} = {json.dumps(value, ensure_ascii=False)}" for key, value in keys.items()]
    return "\n".join(["[[quote]]", *lines, ""])


def read(rows, text=TEXT):
    return corpus.read_article("rain", text, HEAD + rows)


def test_the_seed_article_is_word_for_word(seed_path):
    assert seed().text.encode() == seed_path.read_bytes()


def test_each_text_is_the_file_itself():
    folder = corpus.__path__[0]
    for article in ARTICLES:
        with open(f"{folder}/{article.id}.txt", "rb") as file:
            assert file.read() == article.text.encode()


@pytest.mark.parametrize(("article", "quote"), QUOTES)
def test_offsets_are_true(article, quote):
    for span in (*quote.content, quote.source, quote.cue, quote.addressee):
        if span is not None:
            assert article.text[span.start : span.end] == span.text
            assert span.text.strip() == span.text != ""
    for before, after in zip(quote.content, quote.content[1:], strict=False):
        assert before.end < after.start


@pytest.mark.parametrize(("article", "quote"), QUOTES)
def test_source_and_cue_stand_apart_from_content(article, quote):
    assert article.quotes.count(quote) == 1
    for span in (quote.source, quote.cue, quote.addressee):
        if span is not None:
            assert all(span.end <= piece.start or piece.end <= span.start for piece in quote.content)
    if quote.source and quote.cue:
        assert quote.source.end <= quote.cue.start or quote.cue.end <= quote.source.start
    assert quote.source or quote.cue or quote.speaker, "nobody and nothing lays it at a door"


@pytest.mark.parametrize(("article", "quote"), QUOTES)
def test_names_and_roles_are_the_articles_own(article, quote):
    words = " ".join(article.text.split())
    for name in (*quote.names, *quote.members, quote.description, quote.affiliation, quote.addressee_name):
        assert name is None or name in words
    assert len(set(quote.names)) == len(quote.names)
    if quote.speaker_kind == "person":
        assert all(len(quote.speaker) >= len(name) for name in quote.aliases)
    assert quote.kind in KINDS
    assert quote.act in ACTS


@pytest.mark.parametrize(("article", "quote"), [each for each in QUOTES if each.values[1].kind == "direct"])
def test_direct_quotes_are_between_marks_or_are_turns(article, quote):
    blocks = paragraphs(article.text)
    quoted = [(q.start, q.end) for q in quotations(article.text, blocks)]
    for piece in quote.content:
        block = max(start for start, _ in blocks if start <= piece.start)
        turn = TURN.fullmatch(article.text[block : piece.start])
        assert turn or any(start <= piece.start and piece.end <= end for start, end in quoted)


@pytest.mark.parametrize(("article", "quote"), [each for each in QUOTES if each.values[1].kind == "indirect"])
def test_indirect_quotes_have_no_marks_of_their_own(article, quote):
    quoted = quotations(article.text, paragraphs(article.text))
    for piece in quote.content:
        inner = [q for q in quoted if piece.start <= q.start and q.end <= piece.end]
        assert not inner or article.text[inner[0].start : inner[0].end] in NOT_QUOTED


@pytest.mark.parametrize("article", ARTICLES, ids=lambda article: article.id)
def test_references_are_rows_of_the_scorers_format(article):
    reference = json.loads(json.dumps(article.to_reference(acts="all", optional=True)))
    assert reference["text"] == article.text
    assert len(reference["attributions"]) == len(article.quotes)
    for row, quote in zip(reference["attributions"], article.quotes, strict=True):
        pieces = [article.text[start:end] for start, end in row["content"]]
        assert pieces == [span.text for span in quote.content]
        assert row["aliases"][:1] == ([quote.speaker] if quote.speaker else [])
    fewer = article.to_reference()["attributions"]
    required = [q for q in article.quotes if q.act in corpus.DEFAULT_ACTS and not q.optional]
    assert [row["content"][0][0] for row in fewer] == [q.start for q in required]


def test_optional_quotes_count_neither_way():
    article = seed()
    everything = article.to_reference(acts="all", optional=True)
    kept = article.without_optional(everything)
    assert kept == article.to_reference(acts="all")
    assert len(kept["attributions"]) < len(everything["attributions"])


def test_read_finds_pieces_in_order_and_the_nearest_words():
    first, second = read(
        row("it rained", source="Ann Lee", cue="said")
        + row("“No,”", "“It snowed.”", kind="direct", cue="said", source="Bo Roe, who\n  said so twice")
    ).quotes
    assert (first.start, first.source.start, first.cue.start) == (13, 0, 8)
    assert [span.start for span in second.content] == [24, 62]
    assert (second.cue.start, second.source.text) == (30, "Bo Roe, who said so twice")


def test_words_before_tell_places_apart():
    (quote,) = read(row("said", after="Roe, who", source="Ann Lee", source_after="snowed.”")).quotes
    assert quote.start == TEXT.index("said so")
    assert quote.source.start == TEXT.rindex("Ann Lee")


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        (row("it hailed"), r"quote 1 \('it hailed'\): 'it hailed' is not in the text"),
        (row("said"), "'said' stands in the text 3 times; say which words come before it"),
        (row("it rained", "Ann Lee said"), "'Ann Lee said' does not come after"),
        (row("it rained", cue="told"), "'told' stands nowhere outside the quote"),
        (row("it rained", speaker="Cy"), "'Cy' is not in the text; write names and roles as the text does"),
        (row("it rained", kind="spoken"), "kind must be one of direct, mixed, indirect, not 'spoken'"),
        (row("it rained", speeker="Bo"), "quote 1: 'speeker' is not a key of the format"),
        (row("it rained", cue=3), "'cue' must be a str, not 3"),
        (row("it rained", 3), "'content' must be a list of strings"),
        (row(), "quote 1: 'content' is missing"),
        (row(""), "the words are empty"),
        ('quote = ["it rained"]', "begin each quote with a line"),
        (row("“No,”", kind="direct", inside=True), "no earlier quote holds all of it"),
        (row("it rained") + row("rained"), r"quote 2 \('rained'\): it stands inside another quote"),
        (row("“No,”", kind="direct") + row("it rained"), "put the quotes in the order of the text"),
        ("[[quote", "rain.toml is not TOML"),
    ],
)
def test_errors_name_the_file_and_the_quote(rows, message):
    with pytest.raises(FormatError, match=message) as caught:
        read(rows)
    assert str(caught.value).startswith("rain.toml")
    assert str(caught.value).endswith(".")


def test_a_cue_that_is_as_near_on_both_sides_is_ambiguous():
    text = "Ann said it rained said Bo."
    with pytest.raises(FormatError, match="equally near; say which words come before it"):
        read(row("it rained", cue="said"), text)
    assert read(row("it rained", cue="said", cue_after="rained"), text).quotes[0].cue.start == 19


def test_a_source_far_away_must_be_told_apart():
    text = f"Ann left. {'The road was wet. ' * 40} And it rained."
    with pytest.raises(FormatError, match="'Ann' stands far from the quote"):
        read(row("it rained", source="Ann"), text)


def test_read_folder(tmp_path):
    (tmp_path / "rain.txt").write_bytes(b"It rains,\r\nAnn said.")
    (tmp_path / "rain.toml").write_text(HEAD + row("It rains", source="Ann"), encoding="utf-8")
    (tmp_path / "README.md").write_text("not an article", encoding="utf-8")
    (article,) = corpus.read_folder(tmp_path)
    assert (article.id, article.text, article.quotes[0].source.start) == (
        "rain",
        "It rains,\r\nAnn said.",
        11,
    )
    (tmp_path / "snow.toml").write_text(HEAD, encoding="utf-8")
    with pytest.raises(FormatError, match=r"snow.toml has no text; put snow.txt beside it"):
        corpus.read_folder(tmp_path)
    (tmp_path / "snow.txt").write_bytes(b"\xff")
    with pytest.raises(FormatError, match=r"snow.txt is not UTF-8"):
        corpus.read_folder(tmp_path)


def test_the_listing_numbers_the_quotes():
    command = [sys.executable, "-m", "quoteattr.corpus", "seed"]
    shown = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=True).stdout
    assert (
        "[1S he 1S] [1C assured 1C] [1 that bilateral ties have reached an unprecedented level 1]," in shown
    )
    assert "4. direct; speech; Mikhail Mishustin (person);" in shown
