"""Attribution: contents, cues and sources, found in the dependency tree and chosen by fitted weights.

`attribute` is the whole stage. The modules behind it, in the order in which data goes through them:

- `tree`, `scene`: the document as plain lists, paragraphs and quotations laid over the tokens; `apposed`,
  `rejoining`: trees mended where the parser joins a report to what is said, or whom it cites to the clause;
- `kinds`: what a noun phrase means; `signs`: colons and dashes that attribute without a word;
- `forms`, with `clefts` and `headlines`: what reports by its form alone; `candidates`: which tokens may head
  a cue;
- `contents`, `quoted`, `sources`: what each cue may report, and whom it may name, proposed generously;
- `misread`: sources where the parser mostly goes wrong; `receiving`: senders of what is received; `told`: who
  is told and is no part of the message; `datelines`, `paring`: words that are nobody's or the reporter's own;
- `sifting`, `unsaid`: which proposals are left out, whatever speaks for them;
- `about`, `cue_features`, `content_features`, `source_features`, `weights`: what speaks for each, and
  what it is worth; `opinion`, `judging`: what a tagger holds of it, and both together;
- `readings`: the likeliest content and source of each cue; `choice`: which readings to keep, side by side;
- `nesting`, `inside`: reports inside reports and inside quotations;
- `utterances`, `talk`: which quotations are speech, and whether they take turns; `unreported`, `speech`,
  `standing`: those that no likely cue reports;
- `wording`, `addressees`, `listening`: the words of the cue, its act, its negation, and who was told;
- `stage`: the stage as a whole.
"""

from __future__ import annotations

from quoteattr.attribution.stage import attribute

__all__ = ["attribute"]
