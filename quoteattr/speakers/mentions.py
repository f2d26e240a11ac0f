"""A mention: where the text names, describes or points at somebody or something that can speak."""

from __future__ import annotations

from typing import Literal

from attrs import define

from quoteattr.speakers.view import View

__all__ = ["Mention", "is_several", "is_thought_of"]

Form = Literal["name", "nominal", "pronoun"]

_PLURAL = frozenset({"are", "were", "have"})


@define(eq=False)
class Mention:
    """A place where the text speaks of somebody.

    Attributes:
        first, last: tokens, end exclusive; for a name without title and article.
        head: the token that carries the grammar.
        form: 'name', 'nominal' or 'pronoun'.
        sign: gender or class as in the table of pronouns ('m', 'f', 'n', 'p', '1', '2') or ''.
        noun: for a nominal, its head noun (singular); for a pronoun, the word; else ''.
        kind: a first guess at what is named ('person', 'group', 'organization', 'place', 'work', '').
        title: tokens of the title before a name, empty where first == last.
        entity: number of the entity, -1 while it is open.
    """

    first: int
    last: int
    head: int
    form: Form
    sign: str = ""
    noun: str = ""
    kind: str = ""
    title: tuple[int, int] = (0, 0)
    entity: int = -1

    @property
    def start(self) -> int:
        """The first token of it with its title."""
        return min(self.first, self.title[0]) if self.title[1] else self.first


def is_several(view: View, i: int) -> bool:
    """Whether one name has a verb in the plural, as British clubs and firms have: 'Hull are ready'."""
    if view.deps[i] not in ("nsubj", "nsubjpass") or view.quoted[i] >= 0:
        return False
    verb = view.heads[i]
    helped = (k for k in view.children(verb) if view.deps[k] in ("aux", "auxpass"))
    if view.lower[verb] not in _PLURAL and _PLURAL.isdisjoint(view.lower[k] for k in helped):
        return False
    return view.deps[verb] != "conj" and all(view.deps[k] not in ("conj", "cc") for k in view.children(i))


def is_thought_of(view: View, m: Mention) -> bool:
    """'Walpole thought her handsome': a subject in the objective case is somebody else than who thinks."""
    return m.noun in ("him", "her") and view.deps[m.head] == "nsubj"
