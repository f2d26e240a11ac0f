"""The table of signs, apostrophes and costs, read once from ``data/marks.toml``."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from attrs import frozen

from quoteattr.datafiles import read_toml

__all__ = ["Table", "table"]

# How Unicode's numeric entities may be written: &#8220; &#x201C; and, escaped twice, &amp;#8220;.
_ENTITY = r"&(?:amp;)?(?:{names}|#0*(?:{decimal})|#[xX]0*(?:{hexadecimal}));"


@frozen
class Table:
    """What the modules of this package look up.

    Attributes:
        level: of each sign, the level within which it pairs ('double', 'single', …).
        side: of each sign, 'open', 'close' or 'either'.
        sign: of each other way of writing a sign, the sign that is meant.
        pattern: finds every sign, however written, and the dashes that hide a false one.
        initial: words that begin with an apostrophe (without it, lower case).
        initial_or_word: words that may, or may be the first of a quotation.
        final: words that end with one.
        not_owned: words that no possessive stands before.
        clause: finds the stop before a reporting clause: the comma of “…, he said”.
        lead_in: finds a reporting clause that leads to the words: 'she added, '.
        announcing: finds a word of saying or writing in the sentence that a colon ends.
        greeting: finds how a letter begins: 'Dear friends,'.
        first_person: finds 'I', 'we', 'our'.
        narrator: finds 'I', 'my'.
        cost: what each reading of a mark costs.
    """

    level: Mapping[str, str]
    side: Mapping[str, str]
    sign: Mapping[str, str]
    pattern: re.Pattern[str]
    initial: frozenset[str]
    initial_or_word: frozenset[str]
    final: frozenset[str]
    not_owned: frozenset[str]
    clause: re.Pattern[str]
    lead_in: re.Pattern[str]
    announcing: re.Pattern[str]
    greeting: re.Pattern[str]
    first_person: re.Pattern[str]
    narrator: re.Pattern[str]
    cost: Mapping[str, float]


@lru_cache(maxsize=1)
def table() -> Table:
    """The table, read on first use."""
    data = read_toml("marks.toml")
    level: dict[str, str] = {}
    side: dict[str, str] = {}
    for name, sides in data["levels"].items():
        for which, signs in sides.items():
            level.update(dict.fromkeys(signs, name))
            side.update(dict.fromkeys(signs, which))
    sign = {form: meant for meant, forms in data["written_as"].items() for form in forms}
    for meant, names in data["entities"].items():
        sign.update({f"&{name};": meant for name in names})
        sign.update({f"&#{ord(meant)};": meant, f"&#x{ord(meant):x};": meant})
    return Table(
        level=level,
        side=side,
        sign=sign,
        pattern=_pattern(level, data["written_as"], data["entities"]),
        initial=frozenset(data["apostrophes"]["initial"]),
        initial_or_word=frozenset(data["apostrophes"]["initial_or_word"]),
        final=frozenset(data["apostrophes"]["final"]),
        not_owned=frozenset(data["apostrophes"]["not_owned"]),
        clause=_clause(data["clause"]),
        lead_in=re.compile(rf"\b(?:{'|'.join(data['clause']['verbs'])})(?:,\s(?:that\s)?|:\s)"),
        announcing=re.compile(rf"\b(?:{'|'.join(data['statement']['words'])})\b[^.!?…:\n]*:$"),
        greeting=re.compile(
            rf"(?:{'|'.join(data['statement']['greetings'])})\b[^.!?:\n]{{0,60}}(?:,$|[,.!]\s)"
        ),
        first_person=re.compile(rf"\b(?:{'|'.join(data['statement']['first_person'])})\b"),
        narrator=re.compile(rf"\b(?:{'|'.join(data['statement']['narrator'])})\b"),
        cost=data["cost"],
    )


def _pattern(
    level: Mapping[str, str], written_as: Mapping[str, Any], entities: Mapping[str, Any]
) -> re.Pattern[str]:
    forms = [*level, *(form for forms in written_as.values() for form in forms)]
    # An apostrophe between two letters is the commonest sign of all and is never a quotation mark.
    inner = {"'", "’"}
    triples = "'''|’’’|‘‘‘"  # taken apart by what stands around them
    plain = "|".join(re.escape(form) for form in sorted(set(forms) - inner, key=len, reverse=True))
    entity = _ENTITY.format(
        names="|".join(name for names in entities.values() for name in names),
        decimal="|".join(str(ord(sign)) for sign in entities),
        hexadecimal="|".join(f"{ord(sign):x}|{ord(sign):X}" for sign in entities),
    )
    return re.compile(rf"{triples}|{plain}|(?<![^\W\d_])['’]|['’](?![^\W\d_])|{entity}")


def _clause(data: Mapping[str, list[str]]) -> re.Pattern[str]:
    verbs, subjects = "|".join(data["verbs"]), "|".join(data["subjects"])
    name = r"[A-Z][\w.’'-]{0,30}(?:\s[A-Z][\w.’'-]{0,30}){0,3}"
    before = rf"(?:{subjects}|{name}|the\s[\w-]{{1,30}})\s(?:{verbs})\b"
    after = rf"(?:{verbs})\s(?:(?:{subjects})\b|the\s|{name})"
    return re.compile(rf"[,?!—](?=[”’\"']{{0,3}}\s*(?:{before}|{after}))")
