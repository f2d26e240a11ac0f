"""The word lists of speaker resolution, read once from the files under ``quoteattr/data/``."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from typing import Any

from attrs import frozen

from quoteattr.datafiles import read_toml

__all__ = ["FIELD", "Lexicon", "lexicon"]


@frozen
class Lexicon:
    """Words by what they tell of a speaker; all lower case, abbreviations without their period.

    Attributes:
        honorifics: 'mr', 'mrs', 'dr': gender ('m', 'f' or '').
        familiar: kin and clergy before a name ('aunt', 'parson'): gender.
        titles: 'president', 'sen': the word for the role.
        modifiers: words that belong to a title that follows ('former', 'deputy').
        epithets: words before a name that are no part of it ('poor').
        moods: how somebody feels, before a full name ('furious').
        openers: honorifics that begin a name wherever they stand ('mrs').
        particles: 'van', 'de', 'al': parts of a surname in lower case.
        suffixes: 'jr', 'qc' after a name.
        letters: those of them that are no part of it ('qc').
        parties: letters of a party in '(D-Vt.)'.
        surnames_first: surnames that stand before the given name.
        nicknames: short form: the names it may stand for.
        first_names: first name: gender ('m', 'f' or '').
        persons: noun for a person: gender ('m', 'f' or '').
        bonds: noun for a relative: what they are to the one whose they are ('child').
        ranks: letters that are a title before a name only ('pc'): the word for the role.
        kin: relatives who mostly bear the same surname ('sister').
        spokespeople: 'spokesman' and its like.
        groups: collective nouns and plurals.
        organizations: nouns for bodies.
        services: last words of the names of public bodies that may have an 'and' in them ('constabulary').
        mastheads, mastheads_called: last words of names of papers ('herald'); those of people too ('post').
        outlets: papers, agencies and sites whose name is one word that nobody is called by ('interfax').
        callings: trades and walks of life that name again who was just named ('plumber').
        offices: posts that people of any trade hold ('founder').
        partisans: what those who belong to a party are called ('social democrat').
        political: nouns for those who sit in a parliament ('frontbencher').
        ages: noun that tells an age: from and to.
        openings: words that open the names of bodies and no person's ('western').
        hearings: nouns for those before whom things are said ('court').
        works: nouns for texts, polls and other works that tell something.
        measures: those of the works that count and measure rather than tell ('survey').
        kickers: words before a colon that say what follows, not who speaks ('verdict').
        exchanges: exchanges and indexes that a firm is listed at ('ftse').
        titled: words beside which what stands in quotation marks is a title ('film', 'entitled').
        generic: nouns that say no more than a pronoun ('man').
        retelling: words of a description of somebody just named ('former').
        past: words of a role that is held no more ('ousted').
        coming: words of a role that nobody holds yet ('next').
        origins: what those from a town, a county or a province are called ('yorkshireman').
        demonyms: endings of the adjectives of countries ('ese').
        closings: what stands over the name of whoever signs a letter ('yours faithfully').
        messages: words that may stand before 'from' in a line over what somebody wrote ('statement').
        answering: verbs of whoever was asked ('reply').
        pleading: verbs of what the accused do ('deny').
        couples: nouns for two persons ('couple').
        withheld: words by which a source has no name ('anonymity').
        limbs: what stands for somebody where it acts ('eyes').
        voices: what speaks of somebody and is theirs ('voice').
        firms: nouns for a firm ('company').
        civic: words that make what is named like a firm a public body ('municipal').
        mounts: first words of names of places ('mount').
        platforms: networks on which people write ('instagram').
        investors: nouns for those whom only a firm has ('shareholder').
        seated: posts and bodies that a place follows ('mayor' of Lindau).
        premises: what is named after whoever keeps it ('bakery').
        sides: parties to a case ('prosecution').
        teknonyms: words before a child's name that make a parent's ('umm').
        elders: words that tell two of one surname apart by age ('younger').
        firm_suffixes: last words of the names of firms ('inc').
        shortened: titles and honorifics whose period ends no sentence ('capt').
        ambiguous: titles that begin names of bodies too ('general').
        vague: nouns that say nothing of somebody by themselves ('rival').
        namable: nouns that follow a body's name as its kind ('agency').
        sites: last words of names of places ('county').
        features: those of them that no firm is called by ('sea').
        beats: verb forms of what people do between two speeches ('looked').
        deeds: verb forms whose subject is a person ('nodded').
        courtesies: how those who bear a title are called behind 'his' or 'her' ('ladyship').
        hypernyms: noun: the roles it may name again.
        nations: name, adjective or seat of a country: the country's ordinary name.
        places: names and seats alone, which can speak for the country.
        pairs: the words on both sides of 'and' in the name of one district ('devon cornwall').
        countries: ordinary names of countries, states and provinces, word by word.
        seats: the seats of governments alone.
        definite, indefinite: determiners.
        partitives: words before 'of' that take some out of a group ('one').
        calendar: days, months and feasts, which bear a capital without being names.
        halves: first halves of compounds that are no name ('cross').
        zones: first words of the names of times that clocks show ('eastern').
        function: small words that no name begins with.
        cries: what people cry ('bah').
        abstract: endings of nouns that nobody is called by ('mony').
        states: abbreviation of a state of the United States: its name.
        pronouns: pronoun: class ('m', 'f', 'n', 'p', '1', '2', 'relative').
    """

    honorifics: dict[str, str]
    familiar: dict[str, str]
    titles: dict[str, str]
    modifiers: frozenset[str]
    epithets: frozenset[str]
    moods: frozenset[str]
    openers: frozenset[str]
    particles: frozenset[str]
    suffixes: frozenset[str]
    letters: frozenset[str]
    parties: frozenset[str]
    surnames_first: frozenset[str]
    nicknames: dict[str, frozenset[str]]
    first_names: dict[str, str]
    persons: dict[str, str]
    bonds: dict[str, str]
    ranks: dict[str, str]
    kin: frozenset[str]
    spokespeople: frozenset[str]
    groups: frozenset[str]
    organizations: frozenset[str]
    services: frozenset[str]
    mastheads: frozenset[str]
    mastheads_called: frozenset[str]
    outlets: frozenset[str]
    callings: frozenset[str]
    offices: frozenset[str]
    partisans: frozenset[str]
    political: frozenset[str]
    ages: dict[str, list[int]]
    openings: frozenset[str]
    hearings: frozenset[str]
    works: frozenset[str]
    measures: frozenset[str]
    kickers: frozenset[str]
    exchanges: frozenset[str]
    titled: frozenset[str]
    generic: frozenset[str]
    retelling: frozenset[str]
    past: frozenset[str]
    coming: frozenset[str]
    origins: frozenset[str]
    demonyms: tuple[str, ...]
    closings: frozenset[str]
    messages: frozenset[str]
    answering: frozenset[str]
    pleading: frozenset[str]
    couples: frozenset[str]
    withheld: frozenset[str]
    limbs: frozenset[str]
    voices: frozenset[str]
    firms: frozenset[str]
    firm_suffixes: frozenset[str]
    civic: frozenset[str]
    mounts: frozenset[str]
    platforms: frozenset[str]
    investors: frozenset[str]
    seated: frozenset[str]
    premises: frozenset[str]
    sides: frozenset[str]
    teknonyms: frozenset[str]
    elders: frozenset[str]
    vague: frozenset[str]
    shortened: frozenset[str]
    ambiguous: frozenset[str]
    namable: frozenset[str]
    sites: frozenset[str]
    features: frozenset[str]
    beats: frozenset[str]
    deeds: frozenset[str]
    courtesies: frozenset[str]
    hypernyms: dict[str, frozenset[str]]
    nations: dict[str, str]
    places: frozenset[str]
    seats: frozenset[str]
    pairs: frozenset[str]
    countries: frozenset[str]
    pronouns: dict[str, str]
    definite: frozenset[str]
    indefinite: frozenset[str]
    partitives: frozenset[str]
    calendar: frozenset[str]
    halves: frozenset[str]
    zones: frozenset[str]
    function: frozenset[str]
    cries: frozenset[str]
    abstract: tuple[str, ...]
    states: dict[str, str]

    def person_noun(self, word: str) -> str | None:
        """The gender that a noun for a person tells ('m', 'f' or ''), or ``None`` for another noun.

        >>> lexicon().person_noun("spokeswoman"), lexicon().person_noun("table")
        ('f', None)
        """
        if word in self.persons:
            return self.persons[word]
        if word in self.titles:
            return ""
        tail = None if word in self.organizations else _TAIL.search(word)
        return {"man": "m", "woman": "f"}.get(tail[1], "") if tail else None

    def joined_noun(self, words: Sequence[str], k: int) -> str:
        """The word at ``k``, with the one that a hyphen joins to it where only both name somebody.

        >>> lexicon().joined_noun(["the", "full", "-", "back"], 3), lexicon().joined_noun(["the", "cook"], 1)
        ('full-back', 'cook')
        """
        if k < 2 or words[k - 1] != "-" or self.person_noun(words[k]) is not None:
            return words[k]
        joined = f"{words[k - 2]}-{words[k]}"
        return joined if joined in self.persons or joined in self.works else words[k]

    def is_calling(self, word: str) -> bool:
        """Whether a noun tells the trade or the field of somebody who may have been named just before.

        >>> [lexicon().is_calling(word) for word in ("plumber", "zoologist", "coroner")]
        [True, True, False]
        """
        return word in self.callings or word.endswith(FIELD[1:])

    def plural_person(self, word: str) -> bool:
        """Whether ``word`` is a plural or collective noun for persons.

        >>> lexicon().plural_person("senators"), lexicon().plural_person("police")
        (True, True)
        """
        if word in self.groups:
            return True
        singular = self.singular(word)
        return singular != word and (self.person_noun(singular) is not None)

    @staticmethod
    def singular(word: str) -> str:
        """A plain guess at the singular of an English noun.

        >>> [Lexicon.singular(w) for w in ("senators", "secretaries", "women", "press")]
        ['senator', 'secretary', 'woman', 'press']
        """
        if not word.endswith(_PLURALS):
            return word
        for plural, single in _IRREGULAR.items():
            if word.endswith(plural):
                return word[: -len(plural)] + single
        if word.endswith("ies") and len(word) > 4:
            return word[:-3] + "y"
        if word.endswith("s") and not word.endswith(("ss", "us", "is")):
            return word[:-1]
        return word


# What stands for every '-ologist' in the table of hypernyms and in the nouns of a role.
FIELD = "-ologist"
_IRREGULAR = {"men": "man", "people": "person", "children": "child", "wives": "wife"}
_PLURALS = (*_IRREGULAR, "s")
_TAIL = re.compile(r"^[a-z-]{3,}?(woman|man|person|ist|ologist|ographer|maker|keeper|holder|goer|owner)$")


def _gendered(table: dict[str, str]) -> dict[str, str]:
    """Word to gender from lists headed 'male', 'female' and 'neutral'; the gendered lists win."""
    signs = {"neutral": "", "male": "m", "female": "f"}
    return {word: sign for key, sign in signs.items() for word in table.get(key, "").split()}


def _words(table: dict[str, str]) -> dict[str, frozenset[str]]:
    """Each entry of a table as a set of words."""
    return {name: frozenset(words.split()) for name, words in table.items()}


def _lists(*contents: dict[str, Any]) -> dict[str, frozenset[str]]:
    """The words of every table that has ``words``: the field of the lexicon that is named like the table."""
    tables = (item for content in contents for item in content.items())
    return _words({name: table["words"] for name, table in tables if "words" in table})


def _of_titles(titles: dict[str, Any]) -> dict[str, Any]:
    """The other fields that ``titles.toml`` fills."""
    names = _words(titles["names"])
    short = {short for short, long in titles["titles"].items() if short != long}
    return {
        **names,
        "suffixes": names["suffixes"] | names["letters"],
        "shortened": names["shortened"] | short,
        "honorifics": _gendered(titles["honorifics"]),
        "familiar": _gendered(titles["familiar"]),
        "titles": titles["titles"],
        "ranks": titles["ranks"],
        "surnames_first": frozenset(titles["surnames"]["first"].split()),
        "nicknames": _words(titles["nicknames"]),
    }


def _of_roles(roles: dict[str, Any]) -> dict[str, Any]:
    """The other fields that ``roles.toml`` fills."""
    of_two = roles["origins"]["of_two"].split(", ")
    return {
        "persons": _gendered(roles["persons"]),
        "bonds": {word: bond for bond, words in roles["bonds"].items() for word in words.split()},
        "hypernyms": _words(roles["hypernyms"]),
        "ages": roles["ages"],
        "mastheads_called": frozenset(roles["mastheads"]["surnames"].split()),
        "outlets": frozenset(roles["mastheads"]["alone"].split()),
        "partisans": frozenset(roles["partisans"]["names"].split(", ")),
        "political": frozenset(roles["partisans"]["seats"].split()),
        "measures": frozenset(roles["works"]["measures"].split()),
        "coming": frozenset(roles["past"]["coming"].split()),
        "origins": frozenset([*roles["origins"]["words"].split(), *of_two]),
        "demonyms": tuple(roles["demonyms"]["endings"].split()),
        "closings": frozenset(roles["closings"]["words"].split(", ")),
        "firm_suffixes": frozenset(roles["firms"]["suffixes"].split()),
        "civic": frozenset(roles["firms"]["civic"].split()),
        "features": frozenset(roles["sites"]["features"].split()),
    }


def _of_places(table: dict[str, Any]) -> dict[str, Any]:
    """The fields that ``places.toml`` fills."""
    nations: dict[str, str] = {}
    places, seats = set[str](), set[str]()
    for country, words in table["countries"].items():
        for word in [*words["names"], *words["adjectives"], *words["seats"]]:
            nations[word] = nations[word.rstrip(".")] = country  # a view has no period at a word's end
        places.update(words["names"], words["seats"])
        seats.update(words["seats"])
    provinces = {name.strip() for name in table["provinces"]["names"].split(",")}
    countries = {word for name in {*nations.values(), *provinces} for word in name.split()}
    return {
        "nations": nations,
        "places": frozenset(places | provinces),
        "seats": frozenset(seats),
        "pairs": frozenset(table["pairs"]["names"].split(", ")),
        "countries": frozenset(countries - {"new", "north", "south", "west"}),
        "states": {short: name for name, shorts in table["states"].items() for short in shorts.split()},
    }


@cache
def lexicon() -> Lexicon:
    """The word lists; read on the first call and kept.

    >>> lexicon().nations["beijing"], lexicon().titles["sen"], lexicon().first_names["mikhail"]
    ('china', 'senator', 'm')
    """
    titles, roles, grammar = read_toml("titles.toml"), read_toml("roles.toml"), read_toml("pronouns.toml")
    first_names = json.loads((files("quoteattr") / "data" / "first_names.json").read_bytes())
    told: dict[str, Any] = {
        **_lists(titles, roles, grammar),
        **_words(grammar["determiners"]),
        **_words(grammar["capitals"]),
        "abstract": tuple(grammar["capitals"]["abstract"].split()),
        **_of_titles(titles),
        **_of_roles(roles),
        **_of_places(read_toml("places.toml")),
        "first_names": _gendered({**first_names, "neutral": first_names["either"]}),
        "pronouns": {word: sign for sign, words in grammar["pronouns"].items() for word in words.split()},
    }
    return Lexicon(**told)
