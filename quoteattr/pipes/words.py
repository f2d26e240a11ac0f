"""Parts of speech and lemmas: what the rules of a pipeline say about a kind of token is asked once."""

from __future__ import annotations

import copy
import re
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from spacy.tokens import Doc

__all__ = ["step"]

# Kinds of token that are remembered, at most.
KEPT = 30_000
# What a rule may ask about a token, for its answer to be remembered.
_ASKED = frozenset({"TAG", "DEP", "LOWER", "IS_SPACE"})

Kind = tuple[int, int, int, int]


def step(component: Any) -> Callable[[list[Doc]], None] | None:
    """What stands for an attribute ruler or a lemmatizer by rules."""
    from spacy.lang.en.lemmatizer import EnglishLemmatizer
    from spacy.pipeline import AttributeRuler

    if type(component) is AttributeRuler and _is_simple(component):
        return _Rules(component)
    if type(component) is EnglishLemmatizer and component.mode == "rule":
        return _Lemmas(component)
    return None


def _is_simple(ruler: Any) -> bool:
    """Whether all patterns ask only for what makes a kind of token."""
    return all(
        set(token) <= _ASKED and all(_is_plain(value) for value in token.values())
        for rule in ruler.patterns
        for pattern in rule["patterns"]
        for token in pattern
    )


def _is_plain(asked: object) -> bool:
    """Whether a pattern compares an attribute with given values, or with a regular expression."""
    return isinstance(asked, str | bool) or (
        isinstance(asked, dict) and (set(asked) <= {"IN", "NOT_IN"} or set(asked) == {"REGEX"})
    )


def _words(asked: Any) -> list[str]:
    """The words, as regular expressions, that an entry for LOWER tells apart from all others."""
    if isinstance(asked, str):
        return [f"^{re.escape(asked)}$"]
    if "REGEX" in asked:
        return [f"{asked['REGEX']}"]
    return [f"^{re.escape(word)}$" for many in asked.values() for word in many]


class _Rules:
    """An attribute ruler. Patterns of several tokens are matched, the others looked up by kind of token."""

    def __init__(self, ruler: Any) -> None:
        from spacy.matcher import Matcher

        self.ruler = ruler
        self.size = len(ruler.attrs)
        words = {
            word
            for rule in ruler.patterns
            for pattern in rule["patterns"]
            for token in pattern
            for word in _words(token.get("LOWER", {}))
        }
        self.asked_for = re.compile("|".join(f"(?:{word})" for word in sorted(words)) or r"(?!)")
        self.several = Matcher(ruler.vocab, validate=False)
        for row, rule in enumerate(ruler.patterns):
            long = [pattern for pattern in rule["patterns"] if len(pattern) > 1]
            if long:
                self.several.add(str(row), long)
        # What the rules make of a kind: lemma, part of speech, morphology, tag and relation.
        self.known: dict[Kind, tuple[int, ...]] = {}
        self.single: dict[Kind, list[int]] = {}

    def __call__(self, docs: list[Doc]) -> None:
        from spacy import attrs as a

        for doc in docs:
            touched = any(doc.has_annotation(name) for name in ("POS", "MORPH", "LEMMA"))
            if touched or len(self.ruler.attrs) != self.size:
                self.ruler(doc)
            elif len(doc):
                asked = doc.to_array([a.LOWER, a.IS_SPACE, a.TAG, a.DEP])
                self._annotate(doc, list(zip(*asked.T.tolist(), strict=True)))

    def _annotate(self, doc: Doc, kinds: list[Kind]) -> None:
        import numpy as np
        from spacy import attrs as a

        matches = self.several(doc, allow_missing=True, as_spans=False)
        known = self.known
        if len(known) > KEPT:
            known.clear()
        for kind in set(kinds):
            if kind not in known:
                known[kind] = self._asked(self._reduced(kind))
        table = np.array([known[kind] for kind in kinds], dtype=np.uint64)
        doc.from_array([a.LEMMA, a.POS, a.MORPH, a.TAG, a.DEP], table)  # type: ignore[arg-type]
        if matches:
            self._settle(doc, kinds, matches)

    def _reduced(self, kind: Kind) -> Kind:
        """The kind without a word that no rule asks for."""
        lower, blank, tag, dep = kind
        word = self.ruler.vocab.strings[lower]
        return (lower if self.asked_for.search(word) else 0, blank, tag, dep)

    def _alone(self, kind: Kind) -> Doc:
        """A document of one token of this kind."""
        from spacy.tokens import Doc

        lower, blank, tag, dep = kind
        strings = self.ruler.vocab.strings
        word = strings[lower] if lower else "\n" if blank else "—"
        return Doc(self.ruler.vocab, [word], [False], tags=[strings[tag]], deps=[strings[dep]], heads=[0])

    def _asked(self, kind: Kind) -> tuple[int, ...]:
        if kind not in self.known:
            token = self.ruler(self._alone(kind))[0]
            self.known[kind] = (token.lemma, token.pos, token.morph.key, token.tag, token.dep)
        return self.known[kind]

    def _settle(self, doc: Doc, kinds: list[Kind], matches: list[tuple[int, int, int]]) -> None:
        """Apply the rules of several tokens, and in order with them those of one that hold for the token."""
        from spacy.pipeline.attributeruler import set_token_attrs  # type: ignore[attr-defined]

        strings = self.ruler.vocab.strings
        rows: dict[int, set[int]] = {}
        for name, start, end in matches:
            row = int(strings[name])
            index = self.ruler.indices[row]
            rows.setdefault(start + index if index >= 0 else end + index, set()).add(row)
        for i, several in rows.items():
            kind = self._reduced(kinds[i])
            if kind not in self.single:
                self.single[kind] = [row for row, *_ in self.ruler.match(self._alone(kind))]
            for row in sorted(several.union(self.single[kind])):
                set_token_attrs(doc[i], self.ruler.attrs[row])


class _Lemmas:
    """A lemmatizer by rules: a lemma depends on the word, its part of speech and its morphology."""

    def __init__(self, lemmatizer: Any) -> None:
        self.lemmatizer = lemmatizer
        self.quick = _quick(lemmatizer)
        self.known: dict[tuple[int, int, int], str] = {}

    def __call__(self, docs: list[Doc]) -> None:
        import numpy as np
        from spacy import attrs as a

        known, lemmatizer = self.known, self.lemmatizer
        add = lemmatizer.vocab.strings.add
        if len(known) > KEPT or not lemmatizer._validated:
            known.clear()
            self.quick.cache.clear()
        for doc in docs:
            if not lemmatizer._validated or not len(doc):
                lemmatizer(doc)
                continue
            orth, pos, morph, lemma = doc.to_array([a.ORTH, a.POS, a.MORPH, a.LEMMA]).T.tolist()
            kinds = list(zip(orth, pos, morph, strict=True))
            for i, kind in enumerate(kinds):
                if kind not in known:
                    known[kind] = self.quick.rule_lemmatize(doc[i])[0]
            if lemmatizer.overwrite or not any(lemma):
                lemmas = [add(known[kind]) for kind in kinds]
            else:
                lemmas = [old or add(known[kind]) for kind, old in zip(kinds, lemma, strict=True)]
            doc.from_array([a.LEMMA], np.array(lemmas, dtype=np.uint64))  # type: ignore[arg-type]


def _quick(lemmatizer: Any) -> Any:
    """The same lemmatizer, which looks words up in sets: spaCy searches lists of thousands of words."""
    from spacy.lookups import Lookups

    quick = copy.copy(lemmatizer)
    quick.cache = {}
    quick.lookups = Lookups()
    for name in lemmatizer.lookups.tables:
        table = lemmatizer.lookups.get_table(name)
        sets = name == "lemma_index"
        quick.lookups.add_table(name, {key: frozenset(row) for key, row in table.items()} if sets else table)
    return quick
