"""Names what speaks for each content that a cue may report: feature names, each worth a fitted weight."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from quoteattr.attribution.about import HEADING, About, act_class, bucket
from quoteattr.attribution.contents import Content
from quoteattr.attribution.kinds import noun_class
from quoteattr.attribution.quoted import reports_often
from quoteattr.attribution.scene import Scene
from quoteattr.attribution.tree import HELPING, VERBS
from quoteattr.cues import lexicon

__all__ = ["content_features"]

# The ways to a content that tell most about the others, where a cue has several.
_TELLING = frozenset(
    {"ccomp", "xcomp", "dobj", "advcl", "acl", "prep>pobj", "prep>pcomp", "^ccomp", "^parataxis", "^advcl"}
    | {"quote:before", "quote:after", "quote:around", "quote:next"}
)
# The ways to quotations behind the cue, which may have a cue of their own.
_ONWARD = ("quote:around", "quote:after", "quote:next")
_STOPS = frozenset(".!?")


def content_features(scene: Scene, cue: int, about: About, contents: Sequence[Content]) -> list[list[str]]:
    """What speaks for each of ``contents`` as what the cue reports."""
    tree = scene.tree
    complements = sorted({content.how for content in contents if content.how in _TELLING})
    phrase = scene.phrases.get(cue)
    common = _Common(
        about=about,
        inside="in" if scene.outer[cue] >= 0 else "out",
        end=tree.sentences[tree.sentence[cue]][1],
        hows="+".join(complements),
        rivals=complements,
        tag=tree.tags[cue],
        phrase="" if phrase is None else " ".join(phrase.phrase.words),
        branch=tree.lower[tree.left[cue]],
        subject=tree.child(cue, "nsubj"),
    )
    return [_content_features(scene, cue, content, common) for content in contents]


class _Common(NamedTuple):
    """What is the same for all contents of one cue."""

    about: About
    inside: str
    end: int
    hows: str
    rivals: list[str]
    tag: str
    phrase: str
    branch: str
    subject: int | None


def _content_features(scene: Scene, cue: int, content: Content, common: _Common) -> list[str]:
    tree = scene.tree
    word, pos, act, _, beside = common.about
    pieces, how, head = content
    first, last = pieces[0][0], pieces[-1][1]
    size = bucket(sum([b - a + 1 for a, b in pieces]))
    side = "L" if last < cue else "R" if first > cue else "B"
    gap = first - cue - 1 if side == "R" else cue - last - 1 if side == "L" else 0
    lead = tree.lower[first]
    lead = lead if lead in HEADING else "“" if scene.outer[first] >= 0 else tree.pos[first]
    rest = bucket(common.end - 1 - last)
    quoted = _quoted_share(scene, content)
    path, _, cut = how.partition("-")
    edge = _edge(scene, last + 1)
    found = [
        f"h={how}",
        f"h={how}|w={word}",
        f"h={how}|p={pos}|f={common.hows}",
        f"h={how}|act={act}",
        f"h={how}|sz={size}",
        f"h={how}|q={quoted}",
        f"h={how}|lead={lead}",
        f"lead={lead}",
        f"sz={size}",
        f"act={act}|q={quoted}|beside={beside}",
        f"act={act}|lead={lead}",
        f"q={quoted}|cue={common.inside}",
        f"gap={side}{bucket(gap)}|q={quoted}",
        f"rest={rest}|{side}",
        f"pieces={len(pieces)}",
        f"hp={tree.pos[head]}|ht={tree.tags[head]}",
        f"hp={tree.pos[head]}|w={word}",
        f"edge={edge}|h={path}",
        f"edge={edge}|sz={size}",
        f"edge={edge}|cut={cut}",
        f"edge={edge}|q={quoted}",
    ]
    found += [f"h={path}|rival={rival}" for rival in common.rivals]
    if beside:
        found += [f"beside={beside}|h={path}", f"beside={beside}|q={quoted}"]
    if quoted == "all" and scene.is_title(scene.outer[first]):
        found += [f"title|h={path}", f"title|w={word}", f"title|act={act}"]
    if pos == "VERB" and how == "dobj" and scene.tree.pos[head] == "NOUN":
        found.append(f"object={noun_class(tree.lemmas[head])}|act={act}")
    if cut:
        found += [f"cut={cut}", f"cut={cut}|w={word}", f"cut={cut}|rest={rest}"]
        found += _cut_features(scene, last, cut, common.tag)
    found += _way_features(scene, cue, content, common, rest)
    if common.subject is not None and quoted in ("all", "some"):
        found += _subject_quotation(scene, content, common.subject, how)
    if common.phrase:
        found += [f"phrase={common.phrase}|h={path}", f"phrase|h={path}"]
    if side == "R" and gap > 0:
        between = tree.lower[first - 1]
        found += [f"prev={between}", f"prev={between}|w={word}", f"prev={between}|h={path}"]
    for child in tree.children[head]:
        if tree.deps[child] in ("nsubj", "nsubjpass"):
            found.append(f"clause|h={path}")
            break
    if first <= common.end - 1 and tree.sentence[first] != tree.sentence[cue]:
        found.append(f"elsewhere|q={quoted}")
    return found


def _way_features(scene: Scene, cue: int, content: Content, common: _Common, rest: str) -> list[str]:
    """What belongs to one way to a content only: up the tree, past the first complement, through 'to say'."""
    tree = scene.tree
    pieces, how, head = content
    if how.startswith("^"):
        inside = any(a <= head <= b for a, b in pieces)
        branch = f"h={how}|b={common.branch}"
        return [branch, f"h={how}|hin={inside}", f"{branch}|{inside}"]
    if ".." in how:
        return _extension_features(scene, tree.right[head] + 1, pieces[-1][1], how, rest)
    if how.startswith(_ONWARD):
        return [f"h={how}|claimed={_is_claimed(scene, cue, pieces[-1][1])}"]
    if how.startswith("xcomp>ccomp"):
        return [f"h={how}|of={act_class(scene, tree.heads[head])}"]
    return []


def _is_claimed(scene: Scene, cue: int, last: int) -> bool:
    """Whether another word of saying stands right behind a quotation: '“A,” she said. “B,” | he added'."""
    tree = scene.tree
    for i in range(last + 1, min(last + 9, len(tree))):
        if scene.outer[i] >= 0 or tree.words[i] in _STOPS or tree.words[i].isspace():
            return False
        if i != cue and reports_often(tree, i):
            return True
    return False


def _cut_features(scene: Scene, last: int, cut: str, tag: str) -> list[str]:
    """What follows a content that leaves out its last branch: a verb that reports, with a subject or not."""
    tree = scene.tree
    i = last + 1
    while i < len(tree) and (tree.pos[i] in ("PUNCT", "CCONJ", "ADV", "AUX", "PART")):
        i += 1
    if i >= len(tree):
        return []
    reports, subject = _report_at(scene, i)
    same = tree.tags[i] == tag
    return [
        f"cut={cut}|n={tree.lemmas[i]}",
        f"cut={cut}|p={tree.pos[i]}|s={subject}",
        f"cut={cut}|r={reports}|s={subject}|same={same}",
        f"cut={cut}|j={tree.lower[last + 1]}|{tree.lower[min(last + 2, len(tree) - 1)]}",
    ]


def _report_at(scene: Scene, i: int) -> tuple[str, bool]:
    """How often token ``i`` reports, in fifths ('no' for a word that is no cue), and if it has a subject."""
    tree = scene.tree
    word = lexicon().get((tree.lemmas[i], tree.pos[i]))
    reports = "no" if word is None else str(round(word.rate * 5))
    return reports, any(tree.deps[child] in ("nsubj", "nsubjpass") for child in tree.children[i])


def _extension_features(scene: Scene, begin: int, last: int, how: str, rest: str) -> list[str]:
    """What a content takes in behind its first complement, from ``begin`` on: how joined, a report or not."""
    tree = scene.tree
    begin = min(begin, last)
    join = tree.lower[begin] if tree.pos[begin] in ("PUNCT", "CCONJ", "ADP", "SCONJ") else tree.pos[begin]
    stretch = range(begin, min(last, begin + 10) + 1)
    verb = next((i for i in stretch if tree.pos[i] in VERBS and tree.deps[i] not in HELPING), None)
    if verb is None:
        return [f"ext={join}|no verb", f"ext={how}|no verb|rest={rest}"]
    reports, subject = _report_at(scene, verb)
    return [
        f"ext={join}|s={subject}|r={reports}",
        f"ext={join}|d={tree.deps[verb]}|t={tree.tags[verb]}",
        f"ext={how}|s={subject}|r={reports}",
        f"ext={how}|j={join}|s={subject}",
        f"ext={tree.tags[verb]}|r={reports}|s={subject}",
    ]


def _subject_quotation(scene: Scene, content: Content, subject: int, how: str) -> list[str]:
    """Whether a quotation stands within the subject of the cue: 'the director of “Low Tide” said'."""
    tree = scene.tree
    first, last = tree.left[subject], tree.right[subject]
    if scene.outer[subject] >= 0:
        return []
    a, b = content.pieces[-1]
    if first <= a and b <= last + 1:
        return [f"insubject|h={how}", "insubject"]
    return []


def _edge(scene: Scene, i: int) -> str:
    """What stands right behind a content."""
    tree = scene.tree
    if i >= len(tree):
        return "end"
    if tree.words[i].isspace():
        return "end"
    return tree.lower[i] if tree.pos[i] in ("PUNCT", "CCONJ", "ADP", "SCONJ") else tree.pos[i]


def _quoted_share(scene: Scene, content: Content) -> str:
    """How much of a content is quoted: 'all', 'some', 'none', or 'cut' where it breaks a quotation."""
    outer = scene.outer
    outside = inside = 0
    for first, last in content.pieces:
        bare = outer[first : last + 1].count(-1)
        outside += bare
        inside += last + 1 - first - bare
        if bare > last - first:
            continue
        for edge, beyond in ((first, first - 1), (last, last + 1)):
            if outer[edge] >= 0 and 0 <= beyond < len(outer) and outer[beyond] == outer[edge]:
                return "cut"
    return "none" if not inside else "all" if not outside else "some"
