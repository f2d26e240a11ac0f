"""Pronouns: whom 'he', 'she', 'it' and 'they' mean, by named features with weights from a data file."""

from __future__ import annotations

import json
import math
from collections.abc import Collection
from functools import cache
from importlib.resources import files
from typing import Any, NamedTuple

from attrs import define, field

from quoteattr.speakers.entities import Entity, Inventory
from quoteattr.speakers.lexicon import lexicon
from quoteattr.speakers.mentions import Mention
from quoteattr.speakers.view import View

__all__ = ["Choice", "Features", "Spoken", "Talk", "candidates", "choose", "weights"]

Features = dict[str, float]

WINDOW_SENTENCES = 30
WINDOW_MENTIONS = 80
MOST = 8  # candidates
_NEAR = 3  # paragraphs from the last speech on, in which a talk goes on
_NOUNS = frozenset({"NN", "JJ", "JJR", "JJS"})
_SHORT = {"group": "group", "organization": "body", "place": "body", "person": "person", "work": "work"}
_GENDERED = frozenset({"he", "she", "him", "her", "his", "hers"})
_NOT_PERSONS = frozenset({"organization", "place", "group", "work"})


@define
class Choice:
    """A chosen entity.

    Attributes:
        entity: its number.
        share: its share of the probability among the candidates.
        evidence: the features that spoke for it, with their weight, the heaviest first.
        scores: the score of every candidate.
    """

    entity: int
    share: float
    evidence: tuple[tuple[str, float], ...]
    scores: dict[int, float] = field(factory=dict)


class Spoken(NamedTuple):
    """That somebody has spoken.

    Attributes:
        who: the entity.
        para: the paragraph.
        direct: whether in direct speech.
    """

    who: int
    para: int
    direct: bool


@define
class Talk:
    """Who has spoken up to a point of the document, and what the attribution at hand quotes.

    Attributes:
        speakers: who spoke where, in order.
        direct: whether the attribution at hand is direct speech.
        named: entities that are named or pointed at within what it quotes.
        listener: the entity that was last spoken to, or -1.
        source: whether the pronoun at hand is the source of an attribution.
        acting: who acts in the sentence of narration right before what is quoted, or -1.
        above: who acts at the end of the paragraph of narration above it, or -1.
        answers: whether the cue at hand tells that somebody answers.
        pleads: whether it tells what the accused do: 'denies'.
        presented: whether who spoke last is presented as news does it, and nobody has come in since.
        narrators: the entities of the narrator's own names, which no 'he' of the narration means.
    """

    speakers: list[Spoken] = field(factory=list)
    direct: bool = False
    named: frozenset[int] = frozenset()
    listener: int = -1
    source: bool = False
    acting: int = -1
    above: int = -1
    answers: bool = False
    pleads: bool = False
    presented: bool = False
    narrators: frozenset[int] = frozenset()


@define
class _Seen:
    """What the window holds of one candidate: its latest mention, outside the quotations if it can be.

    In its sentence the candidate may be the subject by another mention: 'Edwin, a curate, put down his cup'.
    """

    latest: Mention
    count: int = 1
    subjects: int = 0
    subject: bool = False


@cache
def weights(task: str) -> dict[str, Any]:
    """The weights of one choice, by feature.

    >>> weights("pronoun")["subject"] > 0
    True
    """
    text = files("quoteattr").joinpath("data").joinpath("speaker_weights.json").read_text(encoding="utf-8")
    table: dict[str, Any] = json.loads(text)[task]
    return table


def _fits(entity: Entity, sign: str) -> bool:
    """Whether an entity can be meant by a pronoun of this class at all."""
    if sign in ("m", "f"):
        if entity.gender not in ("", sign) or entity.is_they:
            return False
        return entity.kind not in _NOT_PERSONS or _mislabelled(entity)
    kind = entity.kind
    if sign == "n":
        return kind not in ("person", "group")
    if sign == "p" and kind == "person" and not _GENDERED.isdisjoint(entity.pronouns):
        return False  # who is a 'he' elsewhere is no 'they'
    return bool(sign) or kind not in _NOT_PERSONS


def _mislabelled(entity: Entity) -> bool:
    """Whether a body or place may be a person after all: something tells of one."""
    return bool(entity.names) and entity.kind in ("organization", "place") and entity.kinds["person"] > 0


def _features(view: View, pronoun: Mention, entity: Entity, seen: _Seen, talk: Talk) -> Features:
    """What speaks for and against one candidate, by name; what is not so is left out."""
    last = seen.latest
    here, there = pronoun.head, last.head
    quoted, inside = view.quoted[there] >= 0, view.quoted[here] >= 0
    clock = view.sents if quoted or inside else view.narration
    distance = clock[here] - clock[there]
    found: Features = {"count": math.log1p(seen.count)}
    if distance:
        found["distance"] = min(distance, 8)
        if distance == 1:
            found["one sentence back"] = 1
    else:
        found["same sentence"] = 1
    if view.paras[here] == view.paras[there]:
        found["same paragraph"] = 1
    if seen.subject:
        found["subject"] = 1
    elif view.deps[there] == "poss":
        found.update(_possessive(view, last))
    if seen.subjects:
        found["often subject"] = math.log1p(seen.subjects)
    if quoted and not inside:
        found["quoted"] = 1
    if entity.forms:
        found["known in document"] = math.log1p(entity.forms.total())
    else:
        found["nameless"] = 1
    if last.form == "pronoun":
        found["pronoun before"] = 1
    found.update(_heading(view, last))
    found.update(_report(view, here, last, entity))
    _kind_features(found, pronoun, entity)
    if talk.source:
        _talk_features(found, view, pronoun, entity, talk)
    return found


def _report(view: View, pronoun: int, last: Mention, entity: Entity) -> Features:
    """Whether who says it is meant: 'A reader said | he | was lost'.

    'The former minister said she …' may be somebody whom the text names elsewhere.
    """
    told = entity.forms or view.lower[last.first] not in lexicon().definite
    return {"says so": 1} if told and _says_so(view, pronoun, last.head) else {}


def _says_so(view: View, pronoun: int, source: int) -> bool:
    """Whether a mention is the subject of the report that a pronoun is in: 'A man said | he | was lost'."""
    clause = view.heads[pronoun]
    return (
        view.deps[pronoun] in ("nsubj", "nsubjpass")
        and view.deps[clause] == "ccomp"
        and view.deps[source] == "nsubj"
        and view.heads[source] == view.heads[clause]
    )


def _possessive(view: View, last: Mention) -> Features:
    """Of a possessive; in 'Mele’s aunt, Eva, sat down' it is not Mele who is told of."""
    relative = last.form == "name" and lexicon().person_noun(view.lower[view.heads[last.head]]) is not None
    return {"possessive": 1, "whose relative": 1} if relative else {"possessive": 1}


def _is_subject(view: View, token: int) -> bool:
    """Whether a mention is a subject, but for that of a relative clause, or a name beside one."""
    plain = view.deps[token] in ("nsubj", "nsubjpass") and not _in_aside(view, token)
    return plain or _beside_subject(view, token)


def _leads(view: View, token: int) -> bool:
    """Whether a mention is the subject of its whole sentence."""
    return _is_subject(view, token) and view.deps[view.heads[token]] == "ROOT"


def _in_aside(view: View, token: int) -> bool:
    """Whether a subject is that of a relative clause: 'Ann, whose daughter | Eva | had left, wept'."""
    return view.deps[view.heads[token]] == "relcl"


def _beside_subject(view: View, token: int) -> bool:
    """Whether a name is put beside a noun that is a subject: 'her mother, Ann Lee, said', 'the elder, Jo'."""
    head = view.heads[token]
    return (
        view.deps[token] == "appos"
        and view.tags[head] in _NOUNS
        and view.deps[head] in ("nsubj", "nsubjpass")
    )


def _heading(view: View, last: Mention) -> Features:
    """Whether the latest mention is a name in a heading."""
    return {"heading": 1} if last.form == "name" and view.paras[last.head] in view.headings else {}


def _kind_features(found: Features, pronoun: Mention, entity: Entity) -> None:
    """How the kind and the gender of a candidate agree with the pronoun."""
    kind = entity.kind
    if pronoun.sign in ("m", "f"):
        if entity.gender == pronoun.sign:
            found["gender known"] = 1
        if kind in _NOT_PERSONS:
            found["mislabelled"] = 1
    elif pronoun.sign == "p" and kind == "person" and entity.is_they:
        found["gender known"] = 1
    elif kind in _SHORT:
        # Whoever is a 'he' or a 'she' elsewhere is less likely meant by 'they'.
        weight = 2 if pronoun.sign == "p" and kind == "person" and entity.gender else 1
        found[f"{'several' if pronoun.sign == 'p' else 'thing'}: {_SHORT[kind]}"] = weight


def _talk_features(found: Features, view: View, pronoun: Mention, entity: Entity, talk: Talk) -> None:
    """Who spoke last, and the turn before: where the talk goes on, speakers alternate."""
    number = entity.number
    last = talk.speakers[-1] if talk.speakers else None
    others = last is not None and last.who != number and last.para == view.paras[pronoun.head]
    if talk.acting >= 0:
        others = talk.acting != number
        if not others:
            found.pop("nameless", None)
    if "subject" in found and "same paragraph" in found and "quoted" not in found and not others:
        found["subject here"] = 1  # 'Her mother laughs. “No,” she says.'
    if talk.acting == number:
        found["acts before"] = 1
    if talk.above == number and entity.forms:
        found["acts above"] = 1 if entity.gender else 0.5
    if talk.pleads and not entity.forms and "one sentence back" in found:
        found["accused"] = 1  # 'A man was arrested. He denies it.'
    if number in talk.named and entity.kind not in _NOT_PERSONS:
        found["in own words" if talk.direct else "in own claim"] = 1
    if talk.speakers and not (pronoun.sign == "p" and entity.kind == "person" and entity.gender):
        _turn_features(found, view.paras[pronoun.head], number, talk)


def _turn_features(found: Features, para: int, number: int, talk: Talk) -> None:
    """Whether somebody spoke last, was asked, or spoke in the turn before, of a source in a paragraph."""
    last, spoken, direct = talk.speakers[-1]
    near = para - spoken <= _NEAR
    dialogue = direct and talk.direct and para > spoken and near and not talk.presented
    asked = talk.answers and talk.listener not in (-1, number)
    if last == number and para == spoken:
        if talk.acting in (-1, number) and not asked:
            found["spoke last here"] = 1
    elif last == number and near:
        found["spoke last, talk goes on" if dialogue else "spoke last before"] = 1
    if talk.listener == number and near:
        found["spoken to"] = 1
        if talk.answers and number != last:
            found["answers"] = 1
    if dialogue:
        before = next((s for s, p, _ in reversed(talk.speakers[-6:]) if s != last and para - p <= 8), None)
        if before == number:
            found["turn before last"] = 1


def candidates(
    inventory: Inventory, index: int, talk: Talk, barred: Collection[int] = ()
) -> dict[int, Features]:
    """The features of every entity that the pronoun ``inventory.mentions[index]`` may mean, by entity."""
    view, mentions = inventory.view, inventory.mentions
    pronoun = mentions[index]
    outside = view.quoted[pronoun.head] < 0
    seen: dict[int, _Seen] = {}
    refused = {*barred, *(talk.narrators if outside else ())}
    sents, deps, quotes = view.sents, view.deps, view.quoted
    oldest = sents[pronoun.head] - WINDOW_SENTENCES
    for m in reversed(mentions[max(0, index - WINDOW_MENTIONS) : index]):
        if sents[m.head] < oldest:
            break
        number = m.entity
        if number < 0 or number in refused or (m.form == "pronoun" and m.sign != pronoun.sign):
            continue
        if pronoun.sign in ("n", "p") and deps[m.head] == "compound" and m.form == "name":
            continue  # 'a Bristol pub'
        subject = deps[m.head] == "nsubj" or _beside_subject(view, m.head)
        held = seen.get(number)
        if held is not None:
            held.count += 1
            held.subjects += subject
            # A mention outside the quotations says more about whom the narrator means.
            if outside and quotes[held.latest.head] >= 0 > quotes[m.head]:
                held.latest, held.subject = m, _is_subject(view, m.head)
            elif sents[m.head] == sents[held.latest.head] and quotes[m.head] == quotes[held.latest.head]:
                # 'Edwin, then a curate, …'; in one paragraph also 'Edwin, for his part, …'.
                dep, here = deps[held.latest.head], view.paras[m.head] == view.paras[pronoun.head]
                held.subject |= (dep == "appos" or (dep == "poss" and here)) and _leads(view, m.head)
        elif len(seen) < MOST and _fits(inventory.entities[number], pronoun.sign):
            seen[number] = _Seen(m, subjects=int(subject), subject=_is_subject(view, m.head))
        else:
            refused.add(number)
    if talk.source and talk.direct:
        # 'Robert' of '“Where is Robert?” he asked' is not known to the narration yet.
        seen = {n: s for n, s in seen.items() if n not in talk.named or quotes[s.latest.head] < 0}
    talk.presented = talk.source and _goes_on(inventory, talk, view.paras[pronoun.head], seen)
    found = {n: _features(view, pronoun, inventory.entities[n], s, talk) for n, s in seen.items()}
    if any("subject here" in named for named in found.values()):
        # Where the paragraph has a subject of its own, who spoke in the one before does not count.
        for named in found.values():
            named.pop("spoke last before", None)
    return found


def _goes_on(inventory: Inventory, talk: Talk, para: int, seen: dict[int, _Seen]) -> bool:
    """Whether who spoke last is presented by name and office, as in news, and nobody has come in since."""
    if not talk.speakers:
        return False
    last, spoken, _ = talk.speakers[-1]
    if talk.above not in (-1, last):
        return False  # '“What then?” said Lee. // Webster looked into his hat. // “Well,” he said.'
    entity, paras = inventory.entities[last], inventory.view.paras
    if para - spoken > _NEAR or not entity.roles or all(len(name.words) < 2 for name in entity.names):
        return False
    return not any(n != last and s.subject and paras[s.latest.head] > spoken for n, s in seen.items())


def choose(inventory: Inventory, index: int, talk: Talk, barred: Collection[int] = ()) -> Choice | None:
    """The entity that the pronoun ``inventory.mentions[index]`` means, or ``None`` without a candidate."""
    found = candidates(inventory, index, talk, barred)
    if not found:
        return None
    table = weights("pronoun")
    scores = {number: sum(table.get(n, 0.0) * v for n, v in named.items()) for number, named in found.items()}
    best = max(scores, key=lambda number: scores[number])
    total = sum(math.exp(score - scores[best]) for score in scores.values())
    evidence = sorted(((n, table.get(n, 0.0) * v) for n, v in found[best].items()), key=lambda x: -abs(x[1]))
    return Choice(best, 1 / total, tuple(evidence), scores)
