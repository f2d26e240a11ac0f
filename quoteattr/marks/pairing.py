"""The cheapest reading of a paragraph's marks: which opens, which closes which, which is nothing.

A paragraph is read from left to right with several readings kept alive at once, each with its open
quotations and its cost so far (Viterbi, IEEE Trans. Inf. Theory 13, 1967, over a stack of bounded depth). A
mark that only later turns out to be an apostrophe – ‘the boys’ books are here,’ he said – thus needs no
looking back, and the time stays linear: readings that hold the same signs open are one, the dearer ones are
dropped.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from quoteattr.marks.signs import Mark
from quoteattr.marks.table import table
from quoteattr.readable import UNPRINTED
from quoteattr.records import Range

__all__ = ["Found", "read"]

_DEEPEST = 5  # quotations within quotations; more is noise
_READINGS = 8  # readings kept alive
_WORST = 16.0  # a reading this much dearer than the best is given up
_CARRIED_BONUS = 4.0  # a mark that reopens what the paragraph before left open is no stray one

_SENTENCE_END = re.compile(r"[.!?…:—–-]['’\"”)\]\s]*$")
# A quotation holds more than marks, commas and signs that print nothing.
_SOMETHING = re.compile(rf"[^\s,;\"'“”‘’„‚«»‹›`´＂\u00ad{UNPRINTED}]")
_PAUSE = frozenset(",:;—–-―([")
_STOP = frozenset(".!?…\"”’'")

_HALTS = tuple(".!?…")

# Pairs whose closer has the shape of an opener, by national habit.
_CLOSED_BY = {
    ("„", "“"): 0.0,
    ("‟", "“"): 0.0,
    ("‚", "‘"): 0.0,
    ("‛", "‘"): 0.0,
    ("»", "«"): 0.0,
    ("›", "‹"): 0.0,
}
_STRAIGHT = frozenset({'"', "'", "＂", "＇", "''", '""'})


class Paragraph(NamedTuple):
    """What is known of a paragraph before it is read.

    ``signs`` are its marks, ``ahead`` those at the head of the next paragraph; the first ``carried`` of its
    marks may open again what the paragraph before left open; ``after_unclosed`` if the paragraph before ended
    in a quotation without a closer.
    """

    text: str
    range: Range
    signs: Sequence[Mark]
    ahead: Sequence[Mark]
    carried: int
    after_unclosed: bool


class Found(NamedTuple):
    """A quotation of one paragraph; ``carried`` if the next paragraph opens it again."""

    start: int
    end: int
    opener: str
    closer: str
    carried: bool


class _Step(NamedTuple):
    """One event of a reading: two marks pair (-1: there is none), and all steps before."""

    before: _Step | None
    opener: int
    closer: int
    limit: int
    carried: bool


class _Reading(NamedTuple):
    cost: float
    stack: tuple[int, ...]
    steps: _Step | None


_States = dict[tuple[str, ...], _Reading]


def read(paragraph: Paragraph) -> list[Found]:
    """The quotations of one paragraph, in order, outer before inner."""
    return _Reader(paragraph).run()


class _Reader:
    """Reads one paragraph."""

    def __init__(self, paragraph: Paragraph) -> None:
        self.text = paragraph.text
        self.paragraph = paragraph.range
        self.end = self.paragraph.start + len(self.text[self.paragraph.start : self.paragraph.end].rstrip())
        self.signs = paragraph.signs
        self.ahead = paragraph.ahead
        self.carried = paragraph.carried
        self.cost: Mapping[str, float] = table().cost
        self.after_unclosed = paragraph.after_unclosed
        self.clause = table().clause
        self.lead_in = table().lead_in

    def run(self) -> list[Found]:
        states: _States = {(): _Reading(0.0, (), None)}
        for index in range(len(self.signs)):
            states = self._prune(self._step(states, index))
        best = min((self._finish(reading) for reading in states.values()), key=lambda reading: reading.cost)
        return self._found(best.steps)

    def _prune(self, states: _States) -> _States:
        if len(states) == 1:
            return states
        limit = min(reading.cost for reading in states.values()) + _WORST
        kept = sorted(
            (item for item in states.items() if item[1].cost <= limit), key=lambda item: item[1].cost
        )
        return dict(kept[:_READINGS])

    def _step(self, states: _States, index: int) -> _States:
        """Every reading of one more mark."""
        mark = self.signs[index]
        new: _States = {}

        def keep(key: tuple[str, ...], cost: float, stack: tuple[int, ...], steps: _Step | None) -> None:
            old = new.get(key)
            if old is None or cost < old.cost:
                new[key] = _Reading(cost, stack, steps)

        bonus = _CARRIED_BONUS if index < self.carried else 0.0
        for key, (cost, stack, steps) in states.items():
            keep(key, cost + mark.drops + bonus, stack, steps)
            if len(stack) < _DEEPEST:
                opening = cost + mark.opens + self._nesting(key, mark)
                keep((*key, mark.sign), opening, (*stack, index), steps)
            closed = self._closed(stack, index)
            if closed is not None:
                depth, more = closed
                after = steps
                for inner in range(len(stack) - 1, depth, -1):
                    after = _Step(after, stack[inner], -1, mark.start, False)
                keep(
                    key[:depth],
                    cost + more,
                    stack[:depth],
                    _Step(after, stack[depth], index, mark.end, False),
                )
            if stack and mark.side != "close" and self.signs[stack[-1]].level == mark.level == "double":
                more = self.cost["superseded"] + mark.opens + self._place(stack[-1]) + self._place(index)
                ended = _Step(steps, stack[-1], -1, mark.start, False)
                keep((*key[:-1], mark.sign), cost + more, (*stack[:-1], index), ended)
            if not stack and steps is None and self._unopened(index) is not None:
                keep(
                    (),
                    cost + self.cost["unopened"] + mark.closes,
                    (),
                    _Step(None, -1, index, mark.end, False),
                )
        return new

    def _nesting(self, key: tuple[str, ...], mark: Mark) -> float:
        """What it costs to open ``mark`` inside what is open."""
        if not key or table().level[key[-1]] != mark.level:
            return 0.0
        if (mark.sign in _STRAIGHT) != (key[-1] in _STRAIGHT):
            return self.cost["nested_other"]
        return self.cost["nested_straight" if mark.sign in _STRAIGHT else "nested_same"]

    def _closed(self, stack: tuple[int, ...], index: int) -> tuple[int, float] | None:
        """Which open quotation the mark would close and what that costs; ``None`` if none."""
        mark = self.signs[index]
        unclosed = 0.0
        for depth in range(len(stack) - 1, -1, -1):
            opener = self.signs[stack[depth]]
            if opener.level == mark.level and opener.end < mark.start:
                return depth, unclosed + self._pair(opener, mark)
            if opener.level == "double" and self._is_half(mark):
                return depth, unclosed + self.cost["half_closer"]
            unclosed += self.cost["unclosed_inner"]
        return None

    def _is_half(self, mark: Mark) -> bool:
        """Whether a single mark ends the paragraph behind a stop, where scans lose half of a double one."""
        if mark.level != "single" or mark.side == "open" or mark.end < self.end:
            return False
        return self.text[max(self.paragraph.start, mark.start - 3) : mark.start].rstrip()[-1:] in _HALTS

    def _pair(self, opener: Mark, closer: Mark) -> float:
        if (opener.sign, closer.sign) in _CLOSED_BY:
            return _CLOSED_BY[opener.sign, closer.sign]
        cost = closer.closes
        if (opener.side == "either") != (closer.side == "either") and opener.sign not in ("`", "``"):
            cost += self.cost["mixed"]
        if closer.level == "single" and self.text[closer.start - 1].isalnum():
            # A quotation that ends without a stop is a phrase: a long one is rather an elision and a plural.
            cost += min(self.cost["long_single"], (closer.start - opener.end) / 100)
        return cost

    def _unopened(self, index: int) -> int | None:
        """Where the quotation begins whose closer is the mark and whose opener was lost; ``None`` if nowhere.

        Only the first mark of a paragraph, a closer after a stop, with nothing behind it but the end of the
        paragraph or the rest of a sentence: elsewhere nothing shows where the words begin, and a stray mark
        does less harm than a wrong edge. The words begin after 'she added, ', or else at the head of the
        paragraph, unless a clause stands between that was never inside, or a name is all there is.
        """
        mark = self.signs[index]
        if index or mark.level != "double" or mark.side == "open" or mark.closes > 1.0:
            return None
        stop = mark.start - 1
        if self.text[stop] not in ".,?!…" or not (self.after_unclosed or self._goes_on(mark)):
            return None
        start = self.paragraph.start
        lead_in = self.lead_in.search(self.text, start, mark.start)
        start = lead_in.end() if lead_in else start
        if self._find_clause(start, mark.start) is not None:
            return None
        return None if self.after_unclosed and _is_byline(self.text[start : mark.start]) else start

    def _goes_on(self, closer: Mark) -> bool:
        """Whether the sentence goes on after ``closer``, or the paragraph ends there."""
        rest = self.text[closer.end : min(closer.end + 3, self.paragraph.end)].lstrip()
        return (
            not rest
            or rest[0].islower()
            or rest[0] in ",;—–-(["
            or bool(self.clause.match(self.text, closer.start - 1))
        )

    def _find_clause(self, start: int, end: int) -> int | None:
        match = self.clause.search(self.text, start, end)
        return match.start() if match else None

    def _finish(self, reading: _Reading) -> _Reading:
        """The reading with what it leaves open ended at the end of the paragraph."""
        cost, steps = reading.cost, reading.steps
        outer_reopened = True
        for depth, opener in enumerate(reading.stack):
            mark = self.signs[opener]
            reopened = outer_reopened and depth < len(self.ahead) and self.ahead[depth].level == mark.level
            if reopened:
                cost += self.cost["reopened"] + self._place(opener) / (1 if mark.level == "single" else 4)
                if depth == 0 and not _SENTENCE_END.search(
                    self.text[max(0, self.paragraph.end - 8) : self.paragraph.end]
                ):
                    cost += self.cost["not_a_sentence_end"]
            elif depth and outer_reopened:
                cost += self.cost["reopened_inner"] + self._place(opener)
            else:
                cost += self._unclosed(opener)
            outer_reopened = reopened
            steps = _Step(steps, opener, -1, self.paragraph.end, reopened)
        return _Reading(cost, (), steps)

    def _place(self, index: int) -> float:
        """How odd the place of an opener is: 0 at the head and after a pause, 4 inside a phrase."""
        before = self._before(index)
        return 0.0 if not before or before in _PAUSE else 1.0 if before in _STOP else 4.0

    def _unclosed(self, index: int) -> float:
        """What it costs that the closer of ``index`` is missing and nothing reopens.

        At the head of a paragraph, or after 'said,' and 'said:', the words that follow are somebody's speech
        and run on to the end of the paragraph far more often than not. Inside a phrase ('a “landmark decision
        and left') the closer was due a few words on, nobody can tell where: dropping the mark does less harm.
        """
        before = self._before(index)
        if not before:
            return self.cost["unclosed_at_start"]
        if before in _PAUSE:
            return self.cost["unclosed_after_pause"]
        return self.cost["unclosed_after_sentence" if before in _STOP else "unclosed_in_phrase"]

    def _before(self, index: int) -> str:
        """The last sign before a mark that is no space, or '' at the head of the paragraph."""
        start = self.signs[index].start
        before = self.text[max(self.paragraph.start, start - 6) : start].rstrip()
        return before[-1:]

    def _found(self, last: _Step | None) -> list[Found]:
        """The quotations of the steps up to ``last``, in order; empty ones (“”) left out."""
        found: list[Found] = []
        step = last
        while step is not None:
            item = self._quotation(step)
            if _SOMETHING.search(self.text, item.start + len(item.opener), item.end - len(item.closer)):
                found.append(item)
            step = step.before
        return _nested(sorted(found, key=lambda item: (item.start, -item.end)))

    def _quotation(self, step: _Step) -> Found:
        closer = self.signs[step.closer] if step.closer >= 0 else None
        opener = self.signs[step.opener] if step.opener >= 0 else None
        start = opener.start if opener else self._unopened(step.closer) or self.paragraph.start
        opened = self.text[opener.start : opener.end] if opener else ""
        if closer:
            return Found(start, closer.end, opened, self.text[closer.start : closer.end], False)
        end = step.limit
        if not step.carried:
            clause = self._find_clause(start, end)
            end = clause + 1 if clause is not None else end
        end = start + len(self.text[start:end].rstrip())
        return Found(start, end, opened, "", step.carried)


def _is_byline(words: str) -> bool:
    """Whether the words are a name and a title, as below a pull quote ('Ann Lee, mayor of the town')."""
    first = words.split(maxsplit=10)
    return 2 <= len(first) <= 10 and first[0][0].isupper() and first[1][0].isupper() and first[1] != "I"


def _nested(found: list[Found]) -> list[Found]:
    """``found`` (in order), none crossing another: one cut at a clause is drawn out over what it cut into."""
    around: list[int] = []
    for index, item in enumerate(found):
        while around and found[around[-1]].end <= item.start:
            around.pop()
        for outer in around:
            if found[outer].end < item.end:
                found[outer] = found[outer]._replace(end=item.end)
        around.append(index)
    return found
