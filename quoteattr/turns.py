"""Labels that end in a stop or a dash, read as if they ended in a colon: 'DUNN. No.', 'Ms KERR — No.'.

Plays, records of parliaments and depositions print turns so. One label alone is a heading, a dateline or
an abbreviation; several that come again are speakers.
"""

from __future__ import annotations

import re
from collections import Counter

__all__ = ["with_colons"]

# 'Q. Where were you?', 'A. At home.', where there are both.
_QUESTION = re.compile(r"^([ \t]*)([QA])\.(?=[ \t])", re.MULTILINE)
# Up to four words in capitals, a title before them or an office in brackets behind them.
_LABEL = re.compile(
    r"^[ \t]*(?P<label>(?:[A-Z][a-z]{1,8}\.?[ ])?(?P<loud>[^\W\d_][^\W\d_’'-]+(?:[ ’'-][^\W\d_]+){0,3}))"
    r"(?:[ ]\([^()\n]{1,80}\))?(?P<end>\.|[ ]?(?:—|–|--))(?=[ \t]+\S)",
    re.MULTILINE,
)
_LEAST = 4  # paragraphs with such a label
_AGAIN = 2  # paragraphs that a speaker has, and speakers
_SHARE = 0.6  # of the paragraphs with such a label that are of speakers who come again


def with_colons(text: str) -> str:
    r"""``text`` with a colon for the last character of each such label, of the same length.

    >>> with_colons("Q. Were you there?\nA. I was.")
    'Q: Were you there?\nA: I was.'
    >>> with_colons("PEN. No.\nLIL. Yes.\nPEN. No!\nLIL. Yes!").splitlines()
    ['PEN: No.', 'LIL: Yes.', 'PEN: No!', 'LIL: Yes!']
    >>> with_colons("OSLO — It rained.")
    'OSLO — It rained.'
    """
    if "Q." in text and {match[2] for match in _QUESTION.finditer(text)} == {"Q", "A"}:
        text = _QUESTION.sub(r"\1\2:", text)
    found = [match for match in _LABEL.finditer(text) if match["loud"].isupper()]
    for sign in (".", "—"):
        text = _marked(text, [match for match in found if (match["end"] == ".") == (sign == ".")])
    return text


def _marked(text: str, found: list[re.Match[str]]) -> str:
    """The text with colons behind these labels, if they are those of speakers."""
    counts = Counter(match["label"] for match in found)
    again = [count for count in counts.values() if count >= _AGAIN]
    if len(found) < _LEAST or len(again) < _AGAIN or sum(again) < _SHARE * len(found):
        return text
    pieces, done = [], 0
    for match in found:
        end = match.end("end")
        pieces += [text[done : end - 1], ":"]
        done = end
    return "".join([*pieces, text[done:]])
