"""Who is behind each source: one walk through the document, mention by mention, attribution by attribution."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from attrs import define, field

from quoteattr.objects import MentionKind, Span, Speaker
from quoteattr.records import Attribution, Quotation, Range, Resolution
from quoteattr.speakers.descriptions import choose_described, is_definite
from quoteattr.speakers.dialogue import Turn, fill_turns
from quoteattr.speakers.inventory import Entity, Inventory, take_inventory
from quoteattr.speakers.lexicon import lexicon
from quoteattr.speakers.mentions import Mention, find_mentions
from quoteattr.speakers.pronouns import Choice, choose
from quoteattr.speakers.roles import gather_roles
from quoteattr.speakers.view import View

if TYPE_CHECKING:
    from spacy.tokens import Doc

__all__ = ["resolve"]

Clusters = Sequence[Sequence[tuple[int, int]]]

_LOWEST_SHARE = 0.34  # below this share of the candidates a pronoun is left without a name


@define
class _Source:
    """The source or the addressee of an attribution while it is resolved."""

    span: Range
    first: int
    last: int
    mention: int = -1
    members: list[int] = field(factory=list)
    entity: int = -1
    kind: MentionKind = "nominal"
    certainty: float = 0.95
    evidence: tuple[tuple[str, float], ...] = ()


def resolve(
    doc: Doc,
    paragraphs: Sequence[Range],
    quotations: Sequence[Quotation],
    attributions: Sequence[Attribution],
    clusters: Clusters | None = None,
) -> list[Resolution]:
    """Who speaks, and to whom, in each attribution.

    Args:
        doc: the whole text, tagged; parsed and with entities as far as it is.
        paragraphs: its paragraphs.
        quotations: its quotations, as `quoteattr.marks.quotations` gives them.
        attributions: contents with their sources, as found by syntax.
        clusters: coreference clusters from elsewhere, each a list of (start, end) in characters; they take the
            place of our own choice wherever they cover a source.

    Returns:
        One resolution for each attribution, in order.
    """
    view = View.of(doc, paragraphs, quotations)
    sources = [_source(view, a.source) for a in attributions]
    listeners = [_source(view, a.addressee) for a in attributions]
    speaking = frozenset(k for s in (*sources, *listeners) if s for k in range(s.first, s.last))
    inventory = take_inventory(view, find_mentions(view), speaking)
    gather_roles(inventory)
    walk = _Walk(inventory, attributions)
    for source in (*sources, *listeners):
        if source is not None:
            _anchor(inventory, source)
    walk.run([s for s in sources if s], [s for s in listeners if s])
    turns = [
        Turn(
            index=k,
            para=_paragraph(paragraphs, a.content[0].start if a.content else 0),
            direct=a.kind == "direct",
            start=a.content[0].start if a.content else 0,
            entity=s.entity if s else -1,
            listener=t.entity if t else -1,
            certainty=s.certainty if s else 1.0,
        )
        for k, (a, s, t) in enumerate(zip(attributions, sources, listeners, strict=True))
        if s is not None or a.cue is None
    ]
    fill_turns(inventory, turns, attributions, paragraphs)
    implicit = {t.index: t for t in turns}
    return [
        _resolution(inventory, s, t, implicit.get(k))
        for k, (s, t) in enumerate(zip(sources, listeners, strict=True))
    ]


def _source(view: View, span: Range | None) -> _Source | None:
    if span is None:
        return None
    first, last = view.tokens(*span)
    return _Source(span, first, max(last, first))


def _paragraph(paragraphs: Sequence[Range], start: int) -> int:
    from bisect import bisect_right

    return min(bisect_right([p.end for p in paragraphs], start), max(len(paragraphs) - 1, 0))


def _anchor(inventory: Inventory, source: _Source) -> None:
    """Finds the mention that carries the source: its root, or the name beside the root."""
    view = inventory.view
    inside = inventory.at(source.first, source.last)
    if not inside:
        return
    order = {
        id(m): k
        for k, m in enumerate(
            inventory.mentions[_place(inventory, inside[0]) :], _place(inventory, inside[0])
        )
    }
    roots = [
        k
        for k in range(source.first, source.last)
        if view.deps[k] and not source.first <= view.heads[k] < source.last and view.deps[k] != "punct"
    ]
    chosen = next(
        (m for k in roots for m in inside if m.first <= k < m.last and (m.head == k or m.form != "nominal")),
        None,
    )
    if chosen is None:
        chosen = next((m for m in inside if m.form == "name"), inside[0])
    names = [m for m in inside if m.form == "name"]
    if chosen.form == "nominal":
        # A name that shares the owner of the noun (an apposition) is the better anchor.
        twin = next((m for m in names if m.entity >= 0 and m.entity == chosen.entity), None)
        chosen = twin or chosen
    source.mention = order[id(chosen)]
    source.members = [order[id(m)] for m in _coordinated(view, chosen, inside)]


def _place(inventory: Inventory, m: Mention) -> int:
    from bisect import bisect_left

    k = bisect_left(inventory.mentions, m.head, key=lambda x: x.head)
    while inventory.mentions[k] is not m:
        k += 1
    return k


def _coordinated(view: View, chosen: Mention, inside: list[Mention]) -> list[Mention]:
    """The mentions joined by 'and' to the chosen one, itself first; empty where there are none."""
    group = [chosen]
    for m in inside:
        if (
            m is not chosen
            and view.deps[m.head] == "conj"
            and any(view.heads[m.head] == g.head for g in group)
        ):
            group.append(m)
    return group if len(group) > 1 else []


class _Walk:
    """The state of one walk through the mentions."""

    def __init__(self, inventory: Inventory, attributions: Sequence[Attribution]) -> None:
        self.inventory = inventory
        self.view = inventory.view
        self.attributions = attributions
        self.spoke: int | None = None
        self.unnamed: dict[str, int] = {}

    def run(self, sources: list[_Source], listeners: list[_Source]) -> None:
        """Resolves every mention in order and fills in the sources and listeners that hang on them."""
        at: dict[int, list[tuple[_Source, bool]]] = {}
        for speaks, group in ((True, sources), (False, listeners)):
            for s in group:
                if s.mention >= 0:
                    at.setdefault(s.mention, []).append((s, speaks))
                else:
                    self._unknown(s)
        for k, m in enumerate(self.inventory.mentions):
            here = at.get(k)
            if m.entity < 0:
                choice = self._open(k, m, bool(here))
            else:
                choice = None
            for s, speaks in here or ():
                s.entity = m.entity
                s.kind = "name" if m.form == "name" else m.form
                if choice is not None:
                    s.certainty, s.evidence = choice.share, choice.evidence
                if speaks and m.entity >= 0:
                    self.spoke = m.entity

    def _unknown(self, source: _Source) -> None:
        """A source without any mention in it: an entity of its own, by its words."""
        words = self.view.slice(source.first, source.last).casefold()
        number = self.unnamed.get(words)
        if number is None:
            entity = self.inventory.new()
            number = self.unnamed[words] = entity.number
        source.entity, source.certainty = number, 0.9

    def _open(self, k: int, m: Mention, wanted: bool) -> Choice | None:
        """Resolves a pronoun or a description; a description that fits nobody becomes an entity of its own."""
        if m.form == "pronoun":
            if m.sign not in ("m", "f", "n", "p") or (self.view.quoted[m.head] >= 0 and not wanted):
                return None
            choice = choose(self.inventory, k, self.spoke, self._barred(m))
            if choice is not None and choice.share >= _LOWEST_SHARE:
                m.entity = choice.entity
                entity = self.inventory.entities[choice.entity]
                if m.noun not in entity.pronouns:
                    entity.pronouns.append(m.noun)
                entity.genders[m.sign] += 1
            return choice
        choice = None
        if is_definite(self.view, m) and m.kind == "person":
            choice = choose_described(self.inventory, k)
        if choice is not None:
            m.entity = choice.entity
            return choice
        phrase = f"{m.noun} {m.kind}" if is_definite(self.view, m) or m.sign == "p" else ""
        number = self.unnamed.get(phrase) if phrase else None
        if number is None:
            entity = self.inventory.new()
            entity.noun = m.noun
            entity.kinds[m.kind] += 1
            if m.sign:
                entity.genders[m.sign] += 2
            number = entity.number
        m.entity = number
        self.unnamed[f"{m.noun} {m.kind}"] = number
        return None

    def _barred(self, m: Mention) -> list[int]:
        """The subject of the verb whose object is this pronoun: 'Bob told him' is not Bob."""
        view = self.view
        head = view.heads[m.head]
        if view.deps[m.head] not in ("dobj", "dative", "pobj") or m.noun.endswith(("self", "selves")):
            return []
        if view.deps[m.head] == "pobj":
            head = view.heads[head]
        subjects = {c for c in view.children(head) if view.deps[c] == "nsubj"}
        return [
            x.entity
            for x in self.inventory.at(max(0, m.first - 25), m.first)
            if x.head in subjects and x.entity >= 0
        ]


def _speaker(
    inventory: Inventory,
    number: int,
    mention: Span | None,
    kind: MentionKind,
    members: tuple[Speaker, ...] = (),
) -> Speaker:
    entity = inventory.entities[number]
    return Speaker(
        name=None if members else entity.name,
        mention=mention,
        mention_kind=kind,
        entity=number,
        kind="group" if members else entity.kind,
        description=entity.description,
        aliases=tuple(entity.forms),
        pronouns=tuple(entity.pronouns),
        affiliation=entity.affiliation,
        members=members,
    )


def _resolved(inventory: Inventory, source: _Source | None) -> Speaker | None:
    if source is None:
        return None
    text = inventory.view.text
    span = Span.of(text, *source.span)
    members: tuple[Speaker, ...] = ()
    if source.members:
        mentions = [inventory.mentions[k] for k in source.members]
        members = tuple(
            _speaker(
                inventory,
                m.entity,
                Span.of(text, inventory.view.starts[m.first], inventory.view.ends[m.last - 1]),
                m.form,
            )
            for m in mentions
            if m.entity >= 0
        )
    if source.entity < 0:
        source.entity = inventory.new().number
    return _speaker(inventory, source.entity, span, source.kind, members if len(members) > 1 else ())


def _resolution(
    inventory: Inventory, source: _Source | None, listener: _Source | None, turn: Turn | None
) -> Resolution:
    speaker = _resolved(inventory, source)
    certainty, evidence = (source.certainty, source.evidence) if source else (1.0, ())
    if source is None and turn is not None and turn.entity >= 0:
        speaker = _speaker(inventory, turn.entity, None, "implicit")
        certainty, evidence = turn.certainty, ((turn.why, turn.certainty),)
    addressee = _resolved(inventory, listener)
    return Resolution(speaker, addressee, certainty, evidence)
