"""Who speaks: the people, bodies and places of a document, and which of them each source means.

`resolve` is the whole stage. The modules behind it, in the order in which data goes through them:

- `view`: the document as plain lists; `lexicon`: the word lists;
- `finding`: the `mentions`, where somebody is named, described or pointed at; names by `runs` of capitals,
  `parting`, `prefixes` and `capitals`, descriptions by `nominals`;
- `names`: which forms can be one person's;
- `trimming`, `evidence`, `rolespans`, `roles`, `persons`, `elders`, `bodies`, `lead`, `inventory`: each name
  with its owner, its kind and its roles, kept as `entities`; `clusters`: the same from elsewhere;
- `sources`, `coordination`: the mention that carries each source, or the several that do;
- `walk`: every mention in order, by `binding`, `clues`, `pronouns`, `descriptions`, `firms`, `renaming`,
  `kin`, `predicates` and `nameless`; `floor`, `acting`: who has spoken and who acts where it has come to;
- `turns`, `vocatives`, `dialogue`, `naming`, `kinship`, `firstperson`, `pairs`: the turns of talk, names for
  those who had none, and whom 'I', 'you' and 'both' mean;
- `confidence`, `resolution`: how sure it is, and the stage as a whole.
"""

from __future__ import annotations

from quoteattr.speakers.resolution import resolve

__all__ = ["resolve"]
