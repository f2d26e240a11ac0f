"""Who speaks: the people, bodies and places of a document, and which of them each source means.

`resolve` is the whole stage. The modules behind it, in the order in which data goes through them:

- `view`: the document as plain lists; `lexicon`: the word lists;
- `mentions`, with `runs` and `prefixes`: where somebody is named, described or pointed at;
- `names`: which forms can be one person's;
- `trimming`, `evidence`, `rolespans`, `roles`, `elders`, `bodies`, `lead`, `inventory`: each name with its
  owner, its kind and its roles, kept as `entities`; `clusters`: the same from elsewhere;
- `sources`: the mention that carries each source;
- `walk`: every mention in order, by `clues`, `pronouns`, `descriptions`, `renaming`, `kin`, `predicates` and
  `nameless`;
- `turns`, `dialogue`, `naming`, `firstperson`: the turns of talk, and names for those who had none;
- `resolution`: the stage as a whole.
"""

from __future__ import annotations

from quoteattr.speakers.resolution import resolve

__all__ = ["resolve"]
