"""The articles of the corpus: enough of them, every kind of quote and construction, each with its layout."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from quoteattr import corpus
from quoteattr.corpus.counts import table
from quoteattr.layout import paragraphs
from quoteattr.marks import quotations
from quoteattr.objects import ACTS, KINDS

ARTICLES = {article.id: article for article in corpus.load()}
OWN = [article for article in ARTICLES.values() if article.id != "seed"]
QUOTES = [quote for article in ARTICLES.values() for quote in article.quotes]
# Marks that hold no words of anybody: titles, nicknames, brands, ratings, words as words, irony.
TRAPS = {
    "seed": ["“friendly”"],
    "british": ["‘Old Grumble’", "‘Decibel’", "‘Ding Dong’"],
    "business": ['"Old Mill"', '"Sunrise"', '"buy"', '"hold"'],
    "court": ["“Pepperpot”", "“Live Where the Light Was”"],
    "obituary": ["“The Wet Third”", "“Sphagnum”", "“heritage”", "“wellness”"],
    "politics": ["“Roake v Roake”"],
    "science": ["“glass”"],
    "sport": ["“Shelf”", "“The Old Canal”", "“the Cat”"],
    "wire": ['"Old Maid"'],
}


# Cues that name nobody: passives, a court that hears, a rumour. Every other cue has its source.
OF_NOBODY = {
    "british": ["’ve been asked", "Asked"],
    "business": ["were promised", "Rumours", "Asked"],
    "court": ["told", "heard", "Asked", "is alleged"],
    "obituary": ["were told", "has been claimed"],
    "politics": ["is understood", "Asked"],
    "seed": ["are projected"],
    "sport": ["were told", "Asked", "is said"],
}
# Quotations that go on without a new cue, and what they go on with.
GOING_ON = [
    ("british", "‘I’ve written", "‘For the lot"),
    ("business", "No bakery", '"Nobody has been given a date'),
    ("council", "she had not made up her mind", '"I saw that bathrobe'),
    ("court", "“We are the last", "“People have asked"),
    ("science", "the verb “mistake”", "“We do not know"),
    ("sport", "“It hit her", "“I have seen the pictures"),
]


def lines(article):
    return [line for line in article.text.split("\n") if line]


def test_there_are_enough():
    assert len(OWN) >= 9
    assert sum(len(article.quotes) for article in OWN) >= 150


def test_genres_differ():
    assert len({article.genre for article in OWN}) == len(OWN)


@pytest.mark.parametrize("article", OWN, ids=lambda article: article.id)
def test_own_articles_are_of_the_length_of_news_and_rich_in_quotes(article):
    assert 450 <= len(article.text.split()) <= 900
    assert len(article.quotes) >= 20
    assert article.licence == "CC0-1.0"
    assert "invented" in article.note
    assert article.text.endswith("\n")
    assert not article.text.endswith("\n\n")


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_is_in_each_article(kind):
    assert [a.id for a in ARTICLES.values() if all(q.kind != kind for q in a.quotes)] == []


@pytest.mark.parametrize("act", ACTS)
def test_every_act_is_there(act):
    assert sum(quote.act == act for quote in QUOTES) >= 10


@pytest.mark.parametrize(
    "trait",
    [
        pytest.param(lambda q: q.negated, id="denied"),
        pytest.param(lambda q: q.optional, id="optional"),
        pytest.param(lambda q: q.parent is not None, id="nested"),
        pytest.param(lambda q: len(q.content) > 1, id="in pieces"),
        pytest.param(lambda q: q.source is None and q.cue is not None, id="of nobody"),
        pytest.param(lambda q: q.addressee is not None, id="told to somebody"),
        pytest.param(lambda q: q.affiliation is not None, id="of a spokesman"),
        pytest.param(lambda q: q.speaker is None and q.source is not None, id="without a name"),
        pytest.param(lambda q: q.source and q.source.text.lower() in ("he", "she"), id="of a pronoun"),
    ],
)
def test_every_trait_is_there_five_times(trait):
    assert sum(bool(trait(quote)) for quote in QUOTES) >= 5


def test_members_and_speaker_kinds():
    assert sum(bool(quote.members) for quote in QUOTES) >= 2
    kinds = {quote.speaker_kind for quote in QUOTES}
    assert kinds == {"person", "organization", "place", "group", "work", "unknown"}


@pytest.mark.parametrize(
    "cue",
    [
        "according to",
        "put it",
        "was quoted as saying",
        "adding",
        "urged",
        "accused",
        "described",
        "promised",
        "denied",
        "declined",
        "suggestion",
        "call",
        "tweeted",
        ":",
    ],
)
def test_cues_of_many_builds(cue):
    assert any(quote.cue and " ".join(quote.cue.text.split()).lower() == cue for quote in QUOTES)


@pytest.mark.parametrize("article", ARTICLES.values(), ids=lambda article: article.id)
def test_a_cue_without_a_source_names_nobody(article):
    found = [quote.cue.text for quote in article.quotes if quote.cue and not quote.source]
    assert found == OF_NOBODY.get(article.id, [])


@pytest.mark.parametrize(("name", "first", "second"), GOING_ON)
def test_a_quotation_without_a_new_cue_goes_on(name, first, second):
    (quote,) = (q for q in ARTICLES[name].quotes if q.content[0].text.startswith(first))
    (piece,) = (each for each in quote.content[1:] if each.text.startswith(second))
    assert quote.source.end < piece.start
    assert quote.cue.end < piece.start
    assert quote.kind == ("direct" if quote.content[0].text[0] in '"“‘' else "mixed")


def test_only_an_answer_and_a_headline_have_neither_source_nor_cue():
    found = [(a.id, q.content[0].text) for a in OWN for q in a.quotes if not q.source and not q.cue]
    assert found == [("council", '"From who?"'), ("interview", "‘You tune the room, not the piano’")]


@pytest.mark.parametrize("article", ARTICLES.values(), ids=lambda article: article.id)
def test_every_quotation_is_in_a_quote_or_a_trap(article):
    found = [
        article.text[mark.start : mark.end]
        for mark in quotations(article.text, paragraphs(article.text))
        if not any(
            piece.start <= mark.start and mark.end <= piece.end
            for quote in article.quotes
            for piece in quote.content
        )
    ]
    assert found == TRAPS.get(article.id, [])


@pytest.mark.parametrize("article", ARTICLES.values(), ids=lambda article: article.id)
def test_a_person_has_one_name_and_no_alias_of_another(article):
    names = {quote.speaker: quote.names for quote in article.quotes if quote.speaker_kind == "person"}
    names.pop(None, None)
    for quote in article.quotes:
        if quote.speaker in names and quote.speaker_kind == "person":
            assert quote.names == names[quote.speaker]
    taken = [name for forms in names.values() for name in forms]
    assert len(taken) == len(set(taken))


def test_british_marks_are_single():
    text = ARTICLES["british"].text
    directs = [q for q in ARTICLES["british"].quotes if q.kind == "direct" and q.parent is None]
    assert all(q.content[0].text[0] == "‘" for q in directs)
    assert '"' not in text
    assert "’til" in text
    assert "the ringers’ practice" in text


@pytest.mark.parametrize("name", ["business", "council", "wire"])
def test_marks_are_straight(name):
    assert not re.search("[“”‘’]", ARTICLES[name].text)
    assert '"' in ARTICLES[name].text


@pytest.mark.parametrize("name", ["council", "court"])
def test_a_line_is_a_paragraph(name):
    assert "\n\n" not in ARTICLES[name].text
    assert len(paragraphs(ARTICLES[name].text)) == len(lines(ARTICLES[name]))


def test_the_wire_story_is_wrapped():
    wire = ARTICLES["wire"]
    head, by_line, body = wire.text.split("\n\n", 2)
    assert max(map(len, lines(wire))) == 72
    assert head.isupper()
    assert by_line.startswith("By ")
    assert re.match(r"[A-Z]+, \w+ \(NWS\) -- ", body)
    assert len(paragraphs(wire.text)) == wire.text.count("\n\n") + 1


def test_the_interview_has_turns():
    interview = ARTICLES["interview"]
    turns = re.findall(r"^([A-Z]+): (.+)$", interview.text, re.MULTILINE)
    marked = [(q.source.text, q.content[0].text) for q in interview.quotes if q.cue and q.cue.text == ":"]
    assert marked == turns
    assert {name for name, _ in turns} == {"QUIST", "MARR"}


def test_two_in_politics_share_a_surname():
    speakers = {quote.speaker for quote in ARTICLES["politics"].quotes if quote.speaker}
    assert {"Elena Roake", "Daniel Roake"} <= speakers
    assert all("Roake" not in quote.names for quote in ARTICLES["politics"].quotes)


@pytest.mark.parametrize("name", ["court", "obituary"])
def test_a_quotation_reopens_and_closes_once(name):
    article = ARTICLES[name]
    assert any(
        not first.text.endswith("”") and second.text.startswith("“") and second.text.endswith("”")
        for quote in article.quotes
        for first, second in zip(quote.content, quote.content[1:], strict=False)
    )


def test_the_list_in_business_is_three_paragraphs():
    text = ARTICLES["business"].text
    items = [p for p in paragraphs(text) if text[p.start : p.start + 2] == "- "]
    assert len(items) == 3


def test_the_readme_describes_every_article_and_has_the_counts():
    readme = (Path(corpus.__file__).parent / "README.md").read_text(encoding="utf-8")
    assert table(corpus.load()) in readme
    assert all(f"| `{article.id}` |" in readme for article in OWN)


def test_the_counts_are_a_command():
    command = [sys.executable, "-m", "quoteattr.corpus.counts"]
    shown = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=True).stdout
    assert shown == table(corpus.load()) + "\n"


def test_the_corpus_loads_without_the_extractor():
    program = (
        "import sys; from quoteattr import corpus; corpus.load(); "
        "print([m for m in sys.modules if m == 'spacy' or m.startswith('quoteattr.attribution')])"
    )
    command = [sys.executable, "-c", program]
    assert subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip() == "[]"
