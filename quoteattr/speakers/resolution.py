"""Who is behind each source: the stage as a whole, from the document to one `Resolution` an attribution."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from math import prod
from typing import TYPE_CHECKING

from attrs import evolve

from quoteattr.columns import Columns
from quoteattr.objects import MentionKind, Span, Speaker
from quoteattr.records import Attribution, Quotation, Range, Resolution
from quoteattr.speakers.clusters import Clusters, apply_clusters
from quoteattr.speakers.confidence import confidence
from quoteattr.speakers.dialogue import Cast, conversations, decide
from quoteattr.speakers.entities import Inventory
from quoteattr.speakers.finding import find_mentions
from quoteattr.speakers.firstperson import part_from_speakers, settle_called, settle_first_person
from quoteattr.speakers.inventory import take_inventory
from quoteattr.speakers.kinship import name_by_kin
from quoteattr.speakers.naming import name_by_call, name_by_own_word, name_by_role, name_narrator
from quoteattr.speakers.pairs import members_of
from quoteattr.speakers.sources import Source, anchor, locate, sole_names, speaking_nouns
from quoteattr.speakers.turns import Turn, turns_of
from quoteattr.speakers.view import View
from quoteattr.speakers.walk import Walk

if TYPE_CHECKING:
    from spacy.tokens import Doc

__all__ = ["resolve"]

# Whom only the flow of the talk tells stays open below this share: one name in five would be right (LitBank).
_LEAST_SHARE = 0.18


def resolve(
    document: Doc | Columns,
    paragraphs: Sequence[Range],
    quotations: Sequence[Quotation],
    attributions: Sequence[Attribution],
    clusters: Clusters | None = None,
) -> list[Resolution]:
    """Who speaks, and to whom, in each attribution.

    Args:
        document: the whole text, tagged; parsed and with entities as far as it is; or its columns.
        paragraphs: its paragraphs.
        quotations: its quotations, as `quoteattr.marks.quotations` gives them.
        attributions: contents with their sources, as found by syntax.
        clusters: coreference clusters from elsewhere, each a list of (start, end) in characters; they take
            the place of our own choice wherever they cover a source.

    Returns:
        One resolution for each attribution, in order.
    """
    view = View.of(document, paragraphs, quotations)
    sources = [locate(view, a.source) for a in attributions]
    listeners = [locate(view, a.addressee) for a in attributions]
    speaking = frozenset(k for s in (*sources, *listeners) if s for k in range(s.first, s.last))
    nouns = speaking_nouns(view, attributions, sources)
    mentions = find_mentions(view, nouns, sole_names(view, attributions, sources))
    inventory = take_inventory(view, mentions, speaking)
    if clusters:
        apply_clusters(inventory, clusters)
    for source in (*sources, *listeners):
        if source is not None:
            anchor(inventory, source)
    walk = Walk(inventory, attributions, sources, listeners)
    walk.run()
    name_by_own_word(inventory)
    name_by_role(inventory)
    name_narrator(inventory, walk.narrator)
    talks = _decided(inventory, attributions, sources)
    if name_by_call(inventory, talks, walk.narrator):
        talks = _decided(inventory, attributions, sources)
    if name_by_kin(inventory, talks, walk.nameless):
        talks = _decided(inventory, attributions, sources)
    decided = {turn.number: turn for talk in talks for turn in talk}
    for number, source in enumerate(sources):
        turn = decided.get(number)
        if source is not None and turn is not None and source.scores and _may_be(inventory, source, turn):
            source.entity, source.certainty = turn.entity, turn.share
    settle_first_person(inventory, attributions, sources, listeners, decided)
    settle_called(inventory, attributions, listeners, decided)
    part_from_speakers(inventory, sources, listeners)
    _join_labels(inventory, sources)
    for source in sources:
        if source is not None and not source.members:
            source.members = members_of(inventory, source)
    return [
        _resolution(inventory, source, listener, decided.get(number))
        for number, (source, listener) in enumerate(zip(sources, listeners, strict=True))
    ]


def _join_labels(inventory: Inventory, sources: Sequence[Source | None]) -> None:
    """One label is one speaker, name or none: 'Judge: …' twice, 'Q: …' in all of an interview."""
    view, known = inventory.view, dict[str, int]()
    for source in sources:
        if source is None or not view.is_label(source.first, source.last):
            continue
        label = view.slice(source.first, source.last).casefold()
        if source.entity < 0:
            source.entity = known[label] if label in known else inventory.new().number
        elif label in known and not inventory.entities[inventory.owner(source.entity)].forms:
            inventory.merge(source.entity, known[label])
        known.setdefault(label, source.entity)
    inventory.settle()


def _decided(
    inventory: Inventory, attributions: Sequence[Attribution], sources: Sequence[Source | None]
) -> list[list[Turn]]:
    """The conversations of the document, each turn with its speaker."""
    talks = conversations(turns_of(inventory, attributions, sources))
    view = inventory.view
    told = [m for m in inventory.mentions if m.entity >= 0 > view.quoted[m.head]]
    known = Counter(m.entity for m in told)
    genders = {number: inventory.entities[number].gender for number in known}
    entrances = {m.entity: view.paras[m.head] for m in reversed(told)}
    people = (inventory.entities[number] for number in known)
    named = sorted(entrances[each.number] for each in people if each.credible and each.forms)
    cast = Cast(known, genders, entrances, named[1] if len(named) > 1 else len(view))
    for talk in talks:
        decide(talk, _mentioned_before(inventory, talk[0].first), cast)
    return talks


def _may_be(inventory: Inventory, source: Source, turn: Turn) -> bool:
    """Whether the flow of the talk can tell whom a pronoun means: 'it' is no person."""
    thing = source.mention >= 0 and inventory.mentions[source.mention].sign == "n"
    return turn.entity >= 0 and not (thing and inventory.entities[turn.entity].kind == "person")


def _mentioned_before(inventory: Inventory, token: int) -> list[int]:
    """The persons mentioned last before a token, the latest first."""
    found: list[int] = []
    for m in reversed(inventory.at(max(0, token - 200), token)):
        if m.entity < 0 or m.entity in found or inventory.view.quoted[m.head] >= 0:
            continue
        if inventory.entities[m.entity].credible:
            found.append(m.entity)
    return found


def _speaker(
    inventory: Inventory, number: int, mention: Span | None, kind: MentionKind, share: float
) -> Speaker:
    number = inventory.owner(number)
    entity = inventory.entities[number]
    return Speaker(
        name=entity.name,
        mention=mention,
        mention_kind=kind,
        entity=number,
        kind=entity.kind,
        description=entity.description,
        aliases=tuple(entity.forms),
        pronouns=tuple(entity.pronouns),
        affiliation=entity.affiliation,
        confidence=confidence(kind, entity.name is not None, share),
    )


def _resolved(inventory: Inventory, source: Source | None) -> Speaker | None:
    if source is None:
        return None
    view = inventory.view
    if source.entity < 0:
        source.entity = inventory.new().number
    members = tuple(
        _speaker(
            inventory,
            m.entity,
            Span.of(view.text, view.starts[m.first], view.ends[m.last - 1]),
            m.form,
            source.certainty,
        )
        for m in (inventory.mentions[k] for k in source.members)
        if m.entity >= 0
    )
    span = Span.of(view.text, *source.span)
    if len(members) < 2:
        return _speaker(inventory, source.entity, span, source.kind, source.certainty)
    number = inventory.together([member.entity for member in members])
    several = _speaker(inventory, number, span, source.kind, source.certainty)
    return evolve(several, members=members, confidence=prod(each.confidence for each in members))


def _resolution(
    inventory: Inventory, source: Source | None, listener: Source | None, turn: Turn | None
) -> Resolution:
    addressee = _resolved(inventory, listener)
    if source is None:
        if turn is None or turn.entity < 0 or turn.share < _LEAST_SHARE:
            return Resolution(None, addressee)
        speaker = _speaker(inventory, turn.entity, None, "implicit", turn.share)
        return Resolution(speaker, addressee, ((turn.why, turn.share),))
    return Resolution(_resolved(inventory, source), addressee, source.evidence)
