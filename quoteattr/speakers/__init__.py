"""Who speaks: the people, bodies and places of a document, and which of them each source means.

`resolve` is the whole stage. The modules behind it, in the order in which they work: `view` (the document as plain
lists), `mentions` (where somebody is named, described or pointed at), `names` (which forms can be one person's),
`inventory` (each name with its owner), `roles` (titles and appositions), `pronouns`, `descriptions`, `dialogue`
(speeches that nobody is named for), and `resolution` (the walk that uses them all).
"""

from __future__ import annotations

from quoteattr.speakers.resolution import resolve

__all__ = ["resolve"]
