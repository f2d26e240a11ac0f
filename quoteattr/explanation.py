"""`explain`: in one sentence, why a quote was found and laid at its speaker's door."""

from __future__ import annotations

import functools
from collections.abc import Iterable
from typing import Any

from quoteattr.datafiles import read_toml
from quoteattr.objects import Quote

__all__ = ["explain"]

_KINDS = {
    "direct": "Words in quotation marks",
    "mixed": "A paraphrase with words in quotation marks",
    "indirect": "A paraphrase",
}
# Pieces of evidence named on either side, and the least weight (log-odds) that is worth a mention.
_SHOWN = 2
_LEAST = 0.1


def explain(quote: Quote) -> str:
    """What led to a quote, and what speaks against it, as one sentence.

    It is read off ``quote.kind``, ``cue``, ``speaker``, ``confidence`` and ``evidence``, of which the two
    heaviest pieces on either side are named.

    >>> from quoteattr import extract_quotes
    >>> quote = extract_quotes("“We will rebuild it,” Mayor Ida Holm said.")[0]
    >>> explain(quote).startswith("Words in quotation marks reported by the cue 'said' (speech)")
    True
    """
    clauses = [f"{_KINDS[quote.kind]} {_cue(quote)}, {_speaker(quote)}"]
    supporting = _named(weight for weight in quote.evidence if weight[1] >= _LEAST)
    opposing = _named(weight for weight in quote.evidence if weight[1] <= -_LEAST)
    if supporting:
        clauses.append(f"for it: {supporting}")
    if opposing:
        clauses.append(f"against it: {opposing}")
    clauses.append(f"confidence {quote.confidence:.2f}")
    return "; ".join(clauses) + "."


def _cue(quote: Quote) -> str:
    if quote.cue is None:
        return "without a reporting word"
    denial = ", in the negative" if quote.cue.negated else ""
    return f"reported by the cue {_quoted(quote.cue.text)} ({quote.cue.act}{denial})"


def _speaker(quote: Quote) -> str:
    speaker = quote.speaker
    if speaker is None:
        return "given to nobody, for the text names no speaker"
    if speaker.mention is None:
        return f"given to {speaker.label} by the flow of the talk alone ({speaker.confidence:.2f})"
    mention = _quoted(speaker.mention.text)
    if speaker.name is None:
        return f"given to {mention}, for whom the text has no name"
    if speaker.mention_kind == "pronoun":
        return f"given to {speaker.name}, whom {mention} is taken to mean ({speaker.confidence:.2f})"
    if speaker.mention_kind == "nominal":
        return f"given to {speaker.name}, whom {mention} is taken to describe ({speaker.confidence:.2f})"
    return f"given to {speaker.name}, named there as {mention}"


def _quoted(text: str) -> str:
    return "'" + " ".join(text.split()) + "'"


def _named(evidence: Iterable[tuple[str, float]]) -> str:
    heaviest = sorted(evidence, key=lambda item: -abs(item[1]))
    phrases = list(dict.fromkeys(_phrase(name) for name, _ in heaviest))
    return " and ".join(phrases[:_SHOWN])


def _phrase(name: str) -> str:
    """A piece of evidence in words.

    >>> _phrase("turns")
    'the turns of the talk'
    """
    names = _wordings()["names"]
    if name in names:
        return str(names[name])
    keys = _wordings().get("keys", {})
    parts = []
    for part in name.split("|"):
        key, _, value = part.partition("=")
        parts.append(str(keys[key]).replace("{value}", value) if key in keys else part.replace("_", " "))
    return ", ".join(parts)


@functools.cache
def _wordings() -> dict[str, Any]:
    return read_toml("explanation.toml")
