"""Speaker resolution: the seed article, clusters from elsewhere, texts without a parse, any text at all."""

from __future__ import annotations

import time
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from quoteattr.layout import paragraphs
from quoteattr.marks import quotations
from quoteattr.records import Attribution, Range, Resolution
from quoteattr.speakers import resolve
from quoteattr.speakers.lexicon import lexicon
from quoteattr.speakers.names import fold, link_strength, one_letter_off, parse, same_person


def attribution(text: str, source: str, near: str = "", addressee: str | None = None) -> Attribution:
    """An attribution with the source (and addressee) that stands in the words ``near``."""
    start = text.index(near or source)
    first = text.index(source, start)
    told = None
    if addressee is not None:
        begin = text.index(addressee, first + len(source))
        told = Range(begin, begin + len(addressee))
    content = Range(max(0, first - 30), max(1, first - 1))
    return Attribution((content,), "direct", Range(first, first + len(source)), None, addressee=told)


def run(doc: Any, text: str, given_ones: list[Attribution], **more: Any) -> list[Resolution]:
    blocks = paragraphs(text)
    return resolve(doc, blocks, quotations(text, blocks), given_ones, **more)


@pytest.fixture(scope="module")
def seed_doc(nlp: Any, seed_text: str) -> Any:
    doc = nlp.make_doc(seed_text)
    starts = {block.start for block in paragraphs(seed_text)}
    for token in doc:
        if token.idx in starts:
            token.is_sent_start = True
    return nlp(doc)


INSTITUTE = "director of the Institute for the School of Oriental and African Studies (SOAS) in London"
SEED = [
    ("he", "he assured", None, "Mikhail Mishustin", "person", "Russian Prime Minister"),
    (
        "the Chinese president",
        "said the Chinese president",
        None,
        "Xi Jinping",
        "person",
        "Chinese president",
    ),
    ("Mishustin", "Mishustin assured", "Li", "Mikhail Mishustin", "person", "Russian Prime Minister"),
    ("he", "he added", None, "Mikhail Mishustin", "person", "Russian Prime Minister"),
    ("he", "he said", None, "Mikhail Mishustin", "person", "Russian Prime Minister"),
    ("the Interfax news agency", "", None, "Interfax", "organization", None),
    (
        f"the {INSTITUTE}, Steve Tsang",
        "",
        "the Reuters agency",
        "Steve Tsang",
        "person",
        INSTITUTE,
    ),
    ("Xi", "Xi had", None, "Xi Jinping", "person", "Chinese president"),
    ("Beijing", "Beijing has rejected", None, "Beijing", "place", None),
    ("Li", "Li stressed", "Mishustin", "Li Qiang", "person", "Chinese Premier"),
    (
        "Russia’s Security Council Secretary Nikolai Patrushev",
        "",
        None,
        "Nikolai Patrushev",
        "person",
        "Russia’s Security Council Secretary",
    ),
]
ADDRESSEES = {"Li": "Li Qiang", "the Reuters agency": "Reuters", "Mishustin": "Mikhail Mishustin"}


@pytest.mark.parametrize(
    ("source", "near", "addressee", "name", "kind", "description"),
    SEED,
    ids=[s[1] or s[0][:20] for s in SEED],
)
def test_seed_article(
    seed_doc: Any,
    seed_text: str,
    source: str,
    near: str,
    addressee: str | None,
    name: str,
    kind: str,
    description: str | None,
) -> None:
    every = [attribution(seed_text, s, n, a) for s, n, a, *_ in SEED]
    place = [s[:3] for s in SEED].index((source, near, addressee))
    found = run(seed_doc, seed_text, every)[place]
    assert found.speaker is not None
    assert (found.speaker.name, found.speaker.kind, found.speaker.description) == (name, kind, description)
    if addressee is not None:
        assert found.addressee is not None
        assert found.addressee.name == ADDRESSEES[addressee]


def test_same_speaker_same_number(seed_doc: Any, seed_text: str) -> None:
    found = run(seed_doc, seed_text, [attribution(seed_text, s, n, a) for s, n, a, *_ in SEED])
    numbers: dict[str, set[int]] = {}
    for result in found:
        assert result.speaker is not None
        numbers.setdefault(str(result.speaker.name), set()).add(result.speaker.entity)
    assert all(len(entities) == 1 for entities in numbers.values())
    assert len({n for entities in numbers.values() for n in entities}) == len(numbers)


def test_aliases_and_pronouns_are_the_text_s_own(seed_doc: Any, seed_text: str) -> None:
    found = run(seed_doc, seed_text, [attribution(seed_text, "he", "he assured")])
    assert found[0].speaker is not None
    assert found[0].speaker.aliases == ("Mikhail Mishustin", "Mishustin")
    assert "he" in found[0].speaker.pronouns


TWO_MEN = "Tomas Birk thanked Peter Lund for the loan. He said the mill was safe."


def test_clusters_take_the_place_of_our_choice(nlp: Any) -> None:
    doc, given_ones = nlp(TWO_MEN), [attribution(TWO_MEN, "He", "He said")]
    he, lund = TWO_MEN.index("He said"), TWO_MEN.index("Peter Lund")
    ours = run(doc, TWO_MEN, given_ones)[0].speaker
    theirs = run(doc, TWO_MEN, given_ones, clusters=[[(lund, lund + 10), (he, he + 2)]])[0].speaker
    assert ours is not None
    assert theirs is not None
    assert (ours.name, theirs.name) == ("Tomas Birk", "Peter Lund")


def test_clusters_without_a_name_give_none(nlp: Any) -> None:
    text = "Tomas Birk met a farmer. He said the mill was safe."
    he, farmer = text.index("He said"), text.index("a farmer")
    clusters = [[(farmer, farmer + 8), (he, he + 2)]]
    speaker = run(nlp(text), text, [attribution(text, "He", "He said")], clusters=clusters)[0].speaker
    assert speaker is not None
    assert speaker.name is None
    assert speaker.kind == "person"


def test_clusters_outside_the_text_are_passed_over(nlp: Any) -> None:
    speaker = run(nlp(TWO_MEN), TWO_MEN, [attribution(TWO_MEN, "He", "He said")], clusters=[[(900, 950)], []])
    assert speaker[0].speaker is not None


def test_no_attributions_no_resolutions(nlp: Any) -> None:
    assert run(nlp("Nothing was said."), "Nothing was said.", []) == []


def test_empty_text(nlp: Any) -> None:
    assert run(nlp(""), "", []) == []


PLAIN = "Mayor Ellen Stroud opened the bridge. “It is late,” she said. Stroud blamed the rain."


@pytest.mark.filterwarnings("ignore:.*W108")
@pytest.mark.parametrize("off", [["parser"], ["ner"], ["parser", "ner"], ["parser", "ner", "tagger"]])
def test_missing_annotation_is_tolerated(nlp: Any, off: list[str]) -> None:
    with nlp.select_pipes(disable=off):
        doc = nlp(PLAIN)
    given_ones = [attribution(PLAIN, "she", "she said"), attribution(PLAIN, "Stroud", "Stroud blamed")]
    found = run(doc, PLAIN, given_ones)
    assert len(found) == 2
    if "tagger" not in off:
        assert [result.speaker.name for result in found if result.speaker] == ["Ellen Stroud", "Ellen Stroud"]


def test_ambiguity_lowers_confidence(nlp: Any) -> None:
    clear = "Tomas Birk closed the mill. He said orders had dried up."
    open_ = "Tomas Birk and Peter Lund closed the mill. He said orders had dried up."
    sure = run(nlp(clear), clear, [attribution(clear, "He", "He said")])[0]
    unsure = run(nlp(open_), open_, [attribution(open_, "He", "He said")])[0]
    assert sure.speaker.confidence > unsure.speaker.confidence
    assert sure.evidence


def test_two_are_less_sure_than_one(nlp: Any) -> None:
    text = "Peter Lund and Ellen Stroud said the mill would close. Stroud said she was sorry."
    both, one = run(
        nlp(text),
        text,
        [attribution(text, "Peter Lund and Ellen Stroud"), attribution(text, "Stroud", "Stroud said")],
    )
    assert len(both.speaker.members) == 2
    assert both.speaker.confidence == pytest.approx(one.speaker.confidence**2)


def test_a_name_is_surer_than_a_pronoun(nlp: Any) -> None:
    text = "Tomas Birk closed the mill. He said orders had dried up. Birk said he was sorry."
    pronoun, name = run(
        nlp(text), text, [attribution(text, "He", "He said"), attribution(text, "Birk", "Birk said")]
    )
    assert name.speaker.confidence > pronoun.speaker.confidence


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (["George", "W.", "Bush"], ["George", "Bush"], True),
        (["Bill", "Tarrant"], ["William", "Tarrant"], True),
        (["J.", "Tarrant"], ["John", "Tarrant"], True),
        (["John", "Tarrant"], ["Jane", "Tarrant"], False),
        (["Mr.", "John", "Tarrant"], ["Mrs.", "John", "Tarrant"], False),
        (["Li", "Qiang"], ["Li", "Hui"], False),
        (["Évariste", "Galois"], ["Evariste", "Galois"], True),
        (["Clarence", "Dove", "Jr."], ["Clarence", "Dove", "Sr."], False),
        (["Gabriel", "Montero", "Ruiz"], ["Montero", "Ruiz"], True),
        (["Andy", "Wold"], ["Andy", "Wold", "Photographic", "Legacy", "Program"], False),
        (["Karim", "al", "-", "Dosari"], ["Karim", "Al", "-", "Dosari"], True),
    ],
)
def test_same_person(one: list[str], other: list[str], same: bool) -> None:
    assert same_person(parse(one), parse(other)) is same
    assert same_person(parse(other), parse(one)) is same


@pytest.mark.parametrize(
    ("word", "full", "strength"),
    [
        (["Olesen"], ["Marta", "Olesen"], 3),
        (["Marta"], ["Marta", "Olesen"], 2),
        (["Zhao"], ["Zhao", "Wenhai"], 3),
        (["Berg"], ["Jan", "van", "der", "Berg"], 3),
        (["Bill"], ["William", "Tarrant"], 2),
        (["Mrs.", "Olesen"], ["Mr.", "Peter", "Olesen"], 0),
        (["Wang"], ["Zhao", "Wenhai"], 0),
    ],
)
def test_link_strength(word: list[str], full: list[str], strength: int) -> None:
    assert link_strength(parse(word), parse(full)) == strength


@given(st.lists(st.text(max_size=12), max_size=8))
def test_any_words_can_be_parsed_as_a_name(words: list[str]) -> None:
    name = parse(words)
    assert name.surname == "" or name.surname in name.words
    assert same_person(name, name) is (len(name.words) > 1)


@given(st.text(max_size=30))
def test_folding_twice_is_folding_once(word: str) -> None:
    assert fold(fold(word)) == fold(word)


@given(st.text("abc", min_size=1, max_size=8), st.text("abc", min_size=5, max_size=8))
def test_one_letter_off_is_never_equal(a: str, b: str) -> None:
    assert not (a == b and one_letter_off(a, b))


PIECES = """
Tomas Birk Lena Horvat he she they who said asked told “ ” ' " . , ? ! the mayor Mr. Dr. of and - ( ) Chile
Chinese president 44-year-old van der O'Malley NFC 😀 é ’s
"""
WORDS = st.sampled_from([*PIECES.split(), "\n\n", "\u200b", ""])


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(WORDS, max_size=60), st.data())
def test_any_text_gets_one_resolution_an_attribution(nlp: Any, words: list[str], data: Any) -> None:
    text = " ".join(words)
    size = len(text)
    place = st.tuples(st.integers(0, size), st.integers(0, size)).map(lambda p: Range(min(p), max(p)))
    given_ones = [
        Attribution(
            (data.draw(place),),
            data.draw(st.sampled_from(["direct", "mixed", "indirect"])),
            data.draw(st.none() | place),
            data.draw(st.none() | place),
            addressee=data.draw(st.none() | place),
        )
        for _ in range(data.draw(st.integers(0, 4)))
    ]
    found = run(nlp(text), text, given_ones)
    assert len(found) == len(given_ones)
    flat = " ".join(text.split())
    for one, result in zip(given_ones, found, strict=True):
        assert all(0 <= each.confidence <= 1 for each in (result.speaker, result.addressee) if each)
        speaker = result.speaker
        assert (speaker is not None) or one.source is None
        if speaker is not None and speaker.name is not None:
            assert speaker.name in flat
        if speaker is not None and speaker.mention is not None:
            assert text[speaker.mention.start : speaker.mention.end] == speaker.mention.text


@pytest.mark.slow
def test_time_grows_with_the_length_and_no_faster(nlp: Any) -> None:
    line = (
        "John Smith{n} met Lena Horvat{n}. He said no. “Why, John?” she asked.\n\n“Because.” He nodded.\n\n"
    )

    def seconds(count: int) -> float:
        text = "".join(line.format(n=chr(97 + n % 26) * (1 + n // 26)) for n in range(count))
        doc = nlp.make_doc(text)
        with nlp.select_pipes(disable=["parser"]):
            doc = nlp(doc)
        given_ones, place = [], text.find("He said")
        while place >= 0:
            given_ones.append(
                Attribution((Range(place + 8, place + 10),), "indirect", Range(place, place + 2), None)
            )
            place = text.find("He said", place + 1)
        begin = time.process_time()
        run(doc, text, given_ones)
        return time.process_time() - begin

    seconds(20)
    assert seconds(800) < 16 * max(seconds(200), 0.02)


def test_word_lists_are_lower_case_and_honorifics_are_no_titles() -> None:
    lex = lexicon()
    for words in (lex.honorifics, lex.titles, lex.persons, lex.first_names, lex.nations):
        assert all(word == word.lower() for word in words)
    assert not set(lex.honorifics) & set(lex.titles)
