"""Attribution: contents, cues and sources, found in the dependency tree and chosen by fitted weights.

`attribute` is the whole stage. The modules behind it, in the order in which data goes through them:

- `tree`, `scene`: the document as plain lists, paragraphs and quotations laid over the tokens; `rejoining`:
  verbs of saying that the parser joins to what is said;
- `kinds`: what a noun phrase means; `signs`: colons and dashes that attribute without a word;
- `forms`: set phrases and inversions that report by themselves; `candidates`: which tokens may head a cue;
- `contents`, `quoted`, `sources`: what each cue may report, and whom it may name, proposed generously;
- `misread`: sources where the parser mostly goes wrong; `receiving`: senders of what is received;
  `datelines`, `paring`: words that are nobody's or the reporter's own;
- `about`, `cue_features`, `content_features`, `source_features`, `weights`: what speaks for each, and
  what it is worth;
- `readings`: the likeliest content and source of each cue; `choice`: which readings to keep, side by side;
- `nesting`, `inside`: reports inside reports and inside quotations;
- `speech`, `utterances`, `standing`: quotations that no likely cue reports;
- `wording`, `addressees`: the words of the cue, its act, its negation, and who was told;
- `stage`: the stage as a whole.
"""

from __future__ import annotations

from quoteattr.attribution.stage import attribute

__all__ = ["attribute"]
