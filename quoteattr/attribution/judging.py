"""Puts together what the fitted rules and the tagger hold of a cue, its contents and its sources."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import ClassVar

from attrs import frozen

from quoteattr.attribution.contents import Content, tidy
from quoteattr.attribution.opinion import Opinion
from quoteattr.attribution.quoted import is_free, reports_often
from quoteattr.attribution.scene import Pieces, Scene
from quoteattr.attribution.sources import Source, is_listener, is_nominal, trimmed
from quoteattr.attribution.tree import FINITE
from quoteattr.attribution.weights import Trust, weighed_sum

__all__ = [
    "Figures",
    "Judge",
    "behind_abbreviation",
    "content_figures",
    "cue_figures",
    "judge",
    "source_figures",
]

Figures = dict[str, float]

LEAST = 0.02  # of an overlap or a probability, before its logarithm is taken
MOST_ODDS = 8.0
# Of the expected overlap. On PolNeAR's dev part a shortlist of half the contents costs no point of F1.
SURE = 0.5
FAR_WORSE = 0.35


@frozen
class Judge:
    """The rules alone: what they hold is what is held.

    Attributes:
        alone: whether nobody but the rules can make a cue of a word that they hold for none.
        least_odds: cues less likely than this are not read. With the rules alone six of 836 such readings, in
            every eighth train article of PolNeAR, were given out (``training/attribution/unread.py``).
    """

    alone: ClassVar[bool] = True
    least_odds: ClassVar[float] = math.log(0.15 / 0.85)

    def cues(self, candidates: Sequence[int]) -> Sequence[int]:
        """The tokens to weigh as cues."""
        return candidates

    def sees(self, cue: int) -> bool:  # noqa: ARG002
        """Whether the tagger, where there is one, takes the token for a cue."""
        return False

    def cue(self, cue: int, odds: float) -> float:  # noqa: ARG002
        """Log-odds that the token heads a cue, of those that the rules give."""
        return odds

    def proposals(self, scene: Scene, cue: int, options: list[Content]) -> list[Content]:  # noqa: ARG002
        """The contents to choose from."""
        return options

    def contents(self, cue: int, options: Sequence[Content], scores: list[float]) -> list[float]:  # noqa: ARG002
        """What speaks for each content, of what the rules say."""
        return scores

    def people(self, scene: Scene, cue: int, options: list[Source]) -> list[Source]:  # noqa: ARG002
        """The sources to choose from."""
        return options

    def sources(self, cue: int, options: Sequence[Source | None], scores: list[float]) -> list[float]:  # noqa: ARG002
        """What speaks for each source, of what the rules say."""
        return scores

    def merits(self, cue: int, content: Content, source: Source | None) -> tuple[tuple[str, float], ...]:  # noqa: ARG002
        """What else is to be weighed for a reading: (name, figure)."""
        return ()


@frozen
class Panel(Judge):
    """The rules and the tagger."""

    alone: ClassVar[bool] = False
    least_odds: ClassVar[float] = math.log(0.08 / 0.92)
    opinion: Opinion
    trust: Trust

    def cues(self, candidates: Sequence[int]) -> Sequence[int]:
        return sorted({*candidates, *self.opinion.cues()})

    def sees(self, cue: int) -> bool:
        return self.opinion.odds(cue) > 0

    def cue(self, cue: int, odds: float) -> float:
        return weighed_sum(self.trust.cue, cue_figures(self.opinion, cue, odds))

    def proposals(self, scene: Scene, cue: int, options: list[Content]) -> list[Content]:
        own = _proposed(self.opinion, scene, cue, {option.pieces for option in options})
        return _shortlist(self.opinion, cue, [*options, *own])

    def contents(self, cue: int, options: Sequence[Content], scores: list[float]) -> list[float]:
        return [
            weighed_sum(self.trust.content, content_figures(self.opinion, cue, option, score))
            for option, score in zip(options, scores, strict=True)
        ]

    def people(self, scene: Scene, cue: int, options: list[Source]) -> list[Source]:
        return [*options, *_named(self.opinion, scene, cue, {option[2:] for option in options})]

    def sources(self, cue: int, options: Sequence[Source | None], scores: list[float]) -> list[float]:
        return [
            weighed_sum(self.trust.source, source_figures(self.opinion, cue, option, score))
            for option, score in zip(options, scores, strict=True)
        ]

    def merits(self, cue: int, content: Content, source: Source | None) -> tuple[tuple[str, float], ...]:
        return (
            ("tagger: cue", limited(self.opinion.odds(cue))),
            ("tagger: content", _log(self.opinion.content(cue, content.pieces))),
            ("tagger: source", _source_overlap(self.opinion, cue, source)),
        )


def judge(opinion: Opinion | None, trust: Trust | None) -> Judge:
    """The judge for a document: with the tagger's opinion where there is one."""
    return Judge() if opinion is None or trust is None else Panel(opinion, trust)


def cue_figures(opinion: Opinion, cue: int, odds: float) -> Figures:
    """What is weighed for a cue."""
    return {"bias": 1.0, "rules": limited(odds), "tagger": limited(opinion.odds(cue))}


def content_figures(opinion: Opinion, cue: int, option: Content, score: float) -> Figures:
    """What is weighed for one content beside the others of its cue."""
    overlap = opinion.content(cue, option.pieces)
    figures = {"rules": score, "overlap": _log(overlap), "nearly whole": max(overlap - 0.8, 0.0)}
    if option.how == "tagger":
        figures["tagger's own"] = 1.0
    return figures


def source_figures(opinion: Opinion, cue: int, option: Source | None, score: float) -> Figures:
    """What is weighed for one source beside the others of its cue."""
    name = "no source" if option is None else "overlap"
    figures = {"rules": score, name: _source_overlap(opinion, cue, option)}
    if option is not None and option.path == "tagger":
        figures["tagger's own"] = 1.0
    return figures


def limited(odds: float) -> float:
    """Log-odds within the range in which they tell more."""
    return max(min(odds, MOST_ODDS), -MOST_ODDS)


def _log(figure: float) -> float:
    return math.log(max(figure, LEAST))


def _source_overlap(opinion: Opinion, cue: int, source: Source | None) -> float:
    if not opinion.knows(cue):
        return 0.0
    if source is None:
        return _log(opinion.without_source(cue))
    return _log(opinion.source(cue, source.first, source.last))


def _shortlist(opinion: Opinion, cue: int, options: list[Content]) -> list[Content]:
    """The contents worth weighing: where the tagger is sure of one, none that it holds for far worse.

    Quotations stay, for they may be speech of their own.
    """
    overlaps = [opinion.content(cue, option.pieces) for option in options]
    best = max(overlaps, default=0.0)
    if best < SURE:
        return options
    return [
        option
        for option, overlap in zip(options, overlaps, strict=True)
        if overlap >= FAR_WORSE * best or option.how.startswith("quote:")
    ]


def _proposed(opinion: Opinion, scene: Scene, cue: int, known: set[Pieces]) -> Iterator[Content]:
    """The content that the tagger sees in the cue's paragraph, unless it is among those ``known``.

    What quotation marks hold is taken whole, and further paragraphs are left to the marks and the flow: there
    the tagger, which learned from news, would join what two people say.
    """
    whole = opinion.whole_content(cue)
    sound = tuple(
        _as_far(scene, _behind_name(scene, cue, piece))
        for piece in whole
        if is_free(scene, cue, piece[0]) and not (_is_subject(scene, cue, piece) or _is_link(scene, piece))
    )
    pieces = tidy(scene, sound, cue)
    if pieces and pieces not in known:
        tokens = [i for first, last in pieces for i in range(first, last + 1)]
        yield Content(pieces, "tagger", scene.tree.top(tokens))


def _is_subject(scene: Scene, cue: int, piece: tuple[int, int]) -> bool:
    """Whether a piece is but the subject of the cue, or words of it: '| Holm | laughed. “Ask me.”'."""
    subject = scene.tree.child(cue, "nsubj")
    if subject is None or scene.outer[piece[0]] != scene.outer[cue]:
        return False
    return scene.tree.left[subject] <= piece[0] and piece[1] <= scene.tree.right[subject]


def _behind_name(scene: Scene, cue: int, piece: tuple[int, int]) -> tuple[int, int]:
    """A piece without the name that it begins with: 'According to the chair, Jo Bell, | it rained'."""
    tree, (first, last) = scene.tree, piece
    noun = tree.child(cue + 1, "pobj") if tree.lemmas[cue] == "accord" and cue + 1 < len(tree) else None
    name = None if noun is None else tree.child(noun, "appos")
    if name is None or tree.pos[name] != "PROPN" or tree.left[name] != first or tree.right[name] >= last:
        return piece
    rest = next((i for i in range(tree.right[name] + 1, last) if tree.words[i][0].isalnum()), last)
    # 'According to the mayor, | Oslo and Bergen will pay': the name is the subject of what is said.
    return piece if tree.tags[rest] in FINITE else (rest, last)


def _is_link(scene: Scene, piece: tuple[int, int]) -> bool:
    """Whether a piece is but the word by which a clause hangs on another: '| what | she called “a hoax”'."""
    first, last = piece
    return first == last and scene.tree.tags[first] in ("WP", "WDT") and scene.outer[first] < 0


def _as_far(scene: Scene, piece: tuple[int, int]) -> tuple[int, int]:
    """A piece up to the end of its sentence, where the parser hardly errs.

    That is where a quotation ends it, or somebody else speaks behind it: 'at 3 p.m. | Ann Lee said …'.
    """
    first, last = piece
    end = scene.tree.sentences[scene.tree.sentence[first]][1]
    if end <= last and behind_abbreviation(scene, scene.tree.sentence[end]) is not None:
        return first, end - 1
    if scene.outer[end - 1] < 0 and scene.tree.words[end - 1] in (".", "!", "?"):  # 'He called it “a joke”.'
        end -= 1
    ends = end <= last and scene.outer[end] < 0 <= scene.outer[end - 1]
    return (first, end - 1) if ends else piece


def behind_abbreviation(scene: Scene, sentence: int) -> int | None:
    """The verb of a sentence that opens with who says something: 'It fell at 3 p.m. Ann Lee | said …'.

    ``None`` where the sentence before it ends in a stop of its own, which nobody overlooks.
    """
    tree = scene.tree
    begin, end = tree.sentences[sentence]
    if (
        not begin
        or scene.outer[begin] >= 0
        or len(tree.words[begin - 1]) == 1
        or tree.words[begin - 1][-1] != "."
    ):
        return None
    root = next((i for i in range(begin, end) if tree.heads[i] == i), None)
    if root is None or not reports_often(tree, root):
        return None
    subject = tree.child(root, "nsubj")
    return root if subject is not None and tree.left[subject] == begin else None


def _named(opinion: Opinion, scene: Scene, cue: int, known: set[tuple[int, ...]]) -> Iterator[Source]:
    """The source that the tagger sees in the cue's paragraph, unless it is among those ``known``."""
    block = scene.blocks[scene.paragraph[cue]]
    whole = [piece for piece in opinion.whole_source(cue) if block[0] <= piece[0] and piece[1] <= block[1]]
    longest = max(whole, key=lambda piece: piece[1] - piece[0], default=(cue, cue))
    first, last = trimmed(scene, *longest)
    head = scene.tree.top(range(first, last + 1))
    if first <= cue <= last or is_listener(scene, cue, head):
        return
    if is_nominal(scene, head) and (first, last) not in known:
        yield Source(head, "tagger", first, last)
