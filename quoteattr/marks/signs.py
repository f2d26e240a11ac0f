"""Marks of a text: where they stand, and how well each could open a quotation, close one, or be nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from quoteattr.marks.masks import masks
from quoteattr.marks.table import Table, table
from quoteattr.records import Range

__all__ = ["Mark", "content_start", "leading", "marks"]

NEVER = float("inf")

_BOUNDARY, _WORD, _DIGIT, _STOP, _OPENING, _DASH, _OTHER = "b", "w", "n", "c", "o", "h", "x"

_LETTERS = (_WORD, _DIGIT)

# What stands before a mark that opens, and after it; before a mark that closes, and after it. 0 is usual.
_BEFORE_OPEN = {_BOUNDARY: 0.0, _OPENING: 0.0, _DASH: 0.5, _STOP: 4.0, _WORD: 6.0, _DIGIT: 6.0, _OTHER: 1.0}
_AFTER_OPEN = {_WORD: 0.0, _DIGIT: 0.0, _OPENING: 0.3, _OTHER: 0.5, _DASH: 1.0, _STOP: 3.5, _BOUNDARY: 5.0}
_BEFORE_CLOSE = {_WORD: 0.0, _DIGIT: 0.0, _STOP: 0.0, _OTHER: 0.5, _DASH: 0.7, _OPENING: 4.0, _BOUNDARY: 5.0}
_AFTER_CLOSE = {_BOUNDARY: 0.0, _STOP: 0.0, _DASH: 0.5, _OPENING: 0.7, _OTHER: 0.7, _WORD: 5.0, _DIGIT: 6.0}

# A mark that points one way says so itself; its neighbours (a space slipped in) count for less.
_SHAPED = 0.4

_STOPS = frozenset(".,;:!?…)]}%。、，！？；：）")
_OPENERS = frozenset("([{<¿¡（")
_DASHES = frozenset("-–—―‐‑‒−/")
# Transparent: signs that print nothing, and the markup of italics and bold.
_TRANSPARENT = frozenset(
    "\u200b\u200c\u200d\u200e\u200f\u2060\ufeff\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u00ad_*"
)
_SPACES_WRITTEN = ("&nbsp;", "&#160;", "<br>", "<p>", "</p>", "<br/>")
_PREFIX = re.compile(
    r"(?:>[ \t]?)+|[-–—*•‣◦]\s+|[\[(]|\s+|[_*\ufeff\u200b-\u200f\u2060\u202a-\u202e\u2066-\u2069\u00ad]+"
)
_WORD_AFTER = re.compile(r"[^\W_]{1,24}(?:['’][^\W_]{1,24})?")
_NEXT_WORD = re.compile(r"\s([^\W\d_]{1,24})\b")
_WORD_BEFORE = re.compile(r"[^\W_]+$")
_YEAR = re.compile(r"\b(?:1[5-9]|20)\d\d$")
_YEARS = re.compile(r"\d\ds?\b")
_REPLACEMENT = "\ufffd"
_TRIPLES = frozenset({"'''", "’’’", "‘‘‘"})
_LOOK_BACK = 24  # characters; the longest word that is looked up is far shorter


class Mark(NamedTuple):
    """A sign that may be a quotation mark.

    ``sign`` is the sign meant, whatever the way it is written; ``opens``, ``closes`` and ``drops`` are the
    costs of reading it as an opener, as a closer, and as nothing (or an apostrophe).
    """

    start: int
    end: int
    sign: str
    level: str
    side: str
    opens: float
    closes: float
    drops: float


class _Sign(NamedTuple):
    """Where a sign stands and which one is meant."""

    start: int
    end: int
    sign: str


class _Site(NamedTuple):
    """A sign with its level, its side and the classes of its neighbours."""

    text: str
    sign: _Sign
    level: str
    side: str
    before: str
    after: str


def marks(text: str, paragraphs: Sequence[Range]) -> list[list[Mark]]:
    """The marks of each paragraph, in order, without apostrophes inside words and what `masks` hides."""
    lookup = table()
    by_paragraph: list[list[_Sign]] = [[] for _ in paragraphs]
    number = 0
    for sign in _signs(text, lookup):
        while number < len(paragraphs) and paragraphs[number].end <= sign.start:
            number += 1
        if number == len(paragraphs):
            break
        if sign.start >= paragraphs[number].start and sign.end <= paragraphs[number].end:
            by_paragraph[number].append(sign)
    return [
        _weigh(text, paragraph, signs, lookup)
        for paragraph, signs in zip(paragraphs, by_paragraph, strict=True)
    ]


def _signs(text: str, lookup: Table) -> Iterator[_Sign]:
    """Every sign outside the masked stretches."""
    hidden = iter(masks(text))
    mask = next(hidden, None)
    for match in lookup.pattern.finditer(text):
        start, end = match.span()
        while mask is not None and mask.end <= start:
            mask = next(hidden, None)
        if mask is not None and mask.start < end:
            continue
        form = match.group()
        sign = lookup.sign.get(form) or _entity(form, lookup)
        if sign not in lookup.level and sign not in _TRIPLES:
            continue
        yield from _split(text, _Sign(start, end, sign), lookup)


def _entity(form: str, lookup: Table) -> str:
    """The sign that an entity stands for; any other form is the sign itself."""
    if not (form.startswith("&") and form.endswith(";")):
        return form
    name = form.replace("&amp;", "&", 1)
    name = re.sub(r"#([xX]?)0*", lambda match: "#" + match.group(1).lower(), name)
    return lookup.sign.get(name) or lookup.sign.get(name.lower(), "")


def _split(text: str, sign: _Sign, lookup: Table) -> list[_Sign]:
    """The marks that a run of two or three single ones stands for.

    Two are one double mark, unless the second is an apostrophe: ''Tis late,' he said. Of three, the one that
    touches the word is the inner mark.
    """
    start, end, form = sign
    if form in _TRIPLES:
        opens = text[end : end + 1].isalnum()
        middle = start + 2 if opens else start + 1
        signs = (form[:2], form[0]) if opens else (form[0], form[:2])
        return [_Sign(start, middle, signs[0]), _Sign(middle, end, signs[1])]
    if form in ("''", "’’", "‘‘") and end - start == 2:
        after = _WORD_AFTER.match(text, end)
        if after and after.group().lower() in lookup.initial:
            return [_Sign(start, start + 1, form[0]), _Sign(start + 1, end, form[0])]
    return [sign]


def _weigh(text: str, paragraph: Range, signs: Sequence[_Sign], lookup: Table) -> list[Mark]:
    """The costs of each sign, from the signs around it; one that touches another is looked through."""
    before: list[str] = []
    for i, sign in enumerate(signs):
        touches = i > 0 and signs[i - 1].end == sign.start
        before.append(before[-1] if touches else _class_before(text, sign.start, paragraph.start))
    after = [""] * len(signs)
    for i in range(len(signs) - 1, -1, -1):
        touches = i + 1 < len(signs) and signs[i + 1].start == signs[i].end
        after[i] = after[i + 1] if touches else _class_after(text, signs[i].end, paragraph.end)
    return [
        _mark(_Site(text, sign, lookup.level[sign.sign], lookup.side[sign.sign], left, right), lookup)
        for sign, left, right in zip(signs, before, after, strict=True)
    ]


def _mark(site: _Site, lookup: Table) -> Mark:
    """The mark at ``site`` with its three costs."""
    sign, side, cost = site.sign, site.side, lookup.cost
    opens, closes = _neighbour_costs(site)
    turned = cost["turned"]
    if site.level not in ("double", "single"):
        # « Bonjour »: spaces inside are a habit here, and the shape is plain; »Tag« turns it round.
        opens, closes = (opens if side == "close" else 0.0), (closes if side == "open" else 0.0)
        turned = cost["turned_guillemet"] if site.level.endswith("guillemet") else turned
    if side == "open":
        opens, closes = opens * _SHAPED, closes + turned
    elif side == "close":
        opens, closes = opens + turned, closes * _SHAPED
    if sign.sign == _REPLACEMENT and site.before in _LETTERS:
        closes += cost["replacement_closes"]
    drops = _drop_cost(site, lookup)
    if site.level == "single":
        elided = _elided(site, lookup)
        if elided == "always":
            opens = max(opens, cost["open_elision"])
            drops = cost["elision_turned"] if side == "open" else cost["elision"]
        elif side == "either":
            opens += cost["open_straight_single"]
        if elided == "maybe":
            drops = min(drops, cost["elision_or_word"])
    return Mark(sign.start, sign.end, sign.sign, site.level, side, opens, closes, drops)


def _neighbour_costs(site: _Site) -> tuple[float, float]:
    """What it costs to open and to close between these neighbours."""
    opens = _BEFORE_OPEN[site.before] + _AFTER_OPEN[site.after]
    closes = _BEFORE_CLOSE[site.before] + _AFTER_CLOSE[site.after]
    if site.before == _STOP and site.after == _DIGIT:
        closes = 2.0  # “… at last.”1 – the number of a footnote
    if site.before == _STOP and site.text[site.sign.start - 1] in ",:;":
        opens -= 2.0  # said:"No – the space forgotten
    if site.after == _STOP and site.text.startswith(("..", "…"), site.sign.end):
        opens = min(opens, _BEFORE_OPEN[site.before] + 0.3)
    return opens, closes


def _drop_cost(site: _Site, lookup: Table) -> float:
    """What it costs to take the sign for no quotation mark."""
    if site.sign.sign in "′″":
        return lookup.cost["stray_prime"]
    if site.sign.sign == _REPLACEMENT:
        return lookup.cost["stray_replacement"]
    if site.level == "single":
        return _apostrophe_cost(site, lookup)
    if site.level == "double":
        return lookup.cost["inch" if _may_be_inches(site) else "stray_double"]
    return lookup.cost["stray_guillemet" if site.level.endswith("guillemet") else "stray_corner"]


def _may_be_inches(site: _Site) -> bool:
    """Whether a double mark follows a number that is no year."""
    digits = site.text[max(0, site.sign.start - 5) : site.sign.start]
    return site.before == _DIGIT and site.after != _WORD and not _YEAR.search(digits)


def _apostrophe_cost(site: _Site, lookup: Table) -> float:
    """What it costs to take a single mark for an apostrophe or a slip."""
    cost = lookup.cost
    begins, ends = site.after in _LETTERS, site.before in _LETTERS
    if begins and ends:
        return cost["elision"]
    if ends:
        return _final_cost(site, lookup)
    if begins and site.side == "either":
        return cost["stray_single_open"]
    if begins:
        return cost["initial_apostrophe" if site.side == "close" else "stray_curly_single_open"]
    if site.sign.sign == "‚":
        return cost["elision"]  # a low comma that stands where a comma stands
    return cost["stray_single_close"]


def _final_cost(site: _Site, lookup: Table) -> float:
    """What it costs to take a single mark after a letter for an apostrophe: goin’, the boys’."""
    start = site.sign.start
    match = _WORD_BEFORE.search(site.text[max(0, start - _LOOK_BACK) : start])
    word = match.group().lower() if match else ""
    if word in lookup.final or (len(word) > 3 and word.endswith("in")):
        return lookup.cost["final_dialect"]
    if word.endswith(("s", "x", "z")):
        follows = _NEXT_WORD.match(site.text, site.sign.end)
        owned = site.after != _STOP and not (follows and follows.group(1).lower() in lookup.not_owned)
        return lookup.cost["final_plural" if owned else "final_plural_not_owned"]
    return lookup.cost["final_other"]


def _elided(site: _Site, lookup: Table) -> str:
    """Whether the sign stands before a word that is written with an apostrophe: 'always', 'maybe' or ''."""
    if site.before in _LETTERS:
        return ""
    match = _WORD_AFTER.match(site.text, site.sign.end)
    word = match.group().lower() if match else ""
    if word in lookup.initial or _YEARS.fullmatch(word):
        return "always"
    return "maybe" if word in lookup.initial_or_word else ""


def _class_before(text: str, position: int, limit: int) -> str:
    """The class of what stands before ``position``, not looking beyond ``limit``."""
    for i in range(position - 1, max(limit, position - 5) - 1, -1):
        if text[i] not in _TRANSPARENT:
            if text[i] in ";>" and text.endswith(_SPACES_WRITTEN, max(limit, i - 5), i + 1):
                return _BOUNDARY
            return _class(text[i])
    return _BOUNDARY


def _class_after(text: str, position: int, limit: int) -> str:
    """The class of what stands at ``position`` or, that being transparent, after it."""
    for i in range(position, min(limit, position + 5)):
        if text[i] not in _TRANSPARENT:
            if text[i] in "&<" and text.startswith(_SPACES_WRITTEN, i):
                return _BOUNDARY
            return _class(text[i])
    return _BOUNDARY


def _class(sign: str) -> str:
    if sign.isspace():
        return _BOUNDARY
    if sign.isalpha():
        return _WORD
    if sign.isdigit():
        return _DIGIT
    if sign in _STOPS:
        return _STOP
    if sign in _OPENERS:
        return _OPENING
    return _DASH if sign in _DASHES else _OTHER


def content_start(text: str, paragraph: Range) -> int:
    """Where the words of a paragraph begin, after ``>``, a bullet, a bracket or signs that print nothing."""
    position = paragraph.start
    while position < paragraph.end:
        match = _PREFIX.match(text, position, paragraph.end)
        if not match:
            break
        position = match.end()
    return position


def leading(text: str, paragraph: Range, signs: Sequence[Mark]) -> int:
    """How many of the marks stand together at the head of the paragraph and can open."""
    position = content_start(text, paragraph)
    count = 0
    for mark in signs:
        if mark.start != position or mark.opens > min(mark.drops, 6.0):
            break
        count += 1
        position = mark.end
        while position < paragraph.end and text[position].isspace():
            position += 1
    return count
