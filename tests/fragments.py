"""Texts made of fragments that a quotation finder meets: marks of every kind, cues, names, line ends, debris.

The fragments are in ``cases/fragments.json``; the marks come from the package's own table.
"""

from __future__ import annotations

import json
import os
import random
from pathlib import Path

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from quoteattr.marks.table import table

KINDS = json.loads((Path(__file__).parent / "cases" / "fragments.json").read_text(encoding="utf-8"))
MARKS = sorted({*table().level, *table().sign, "'''", "’’’", "&amp;ldquo;"})
TIMES = {"line_ends": 2, "cues": 2, "names": 2, "words": 2, "stops": 4, "sentences": 3}
FRAGMENTS = [
    *MARKS,
    *(fragment for kind, some in KINDS.items() for fragment in some * TIMES.get(kind, 1)),
    *[*"“”\"'’‘"] * 8,
    *[" "] * 16,
]

ANY_TEXT = st.one_of(
    st.lists(st.sampled_from(FRAGMENTS), max_size=30).map("".join),
    st.lists(st.sampled_from(FRAGMENTS), min_size=8, max_size=40).map(" ".join),
    st.text(alphabet="ab s.,—\n\"'“”‘’„«»`&<>(-", max_size=90),
    st.text(max_size=60),
)
UNRELATED = "The gulls came back to the quay in April, and sat on the crane until the rain had stopped."

ASKED = os.environ.get("QUOTEATTR_EXAMPLES")


def profile(share: float) -> settings:
    """``share`` of the examples asked for by QUOTEATTR_EXAMPLES, or of 5,000 that are always the same."""
    return settings(
        max_examples=max(1, int(int(ASKED or 5000) * share)),
        deadline=None,
        derandomize=ASKED is None,
        suppress_health_check=[
            HealthCheck.too_slow,
            HealthCheck.data_too_large,
            HealthCheck.filter_too_much,
        ],
    )


def sample(count: int, seed: int) -> list[str]:
    """``count`` texts of fragments, the same for the same ``seed``, for tests across processes."""
    chance = random.Random(seed)
    return [
        chance.choice(["", " "]).join(chance.choices(FRAGMENTS, k=chance.randrange(40))) for _ in range(count)
    ]
