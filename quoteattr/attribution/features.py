"""Names what speaks for a cue, a content and a source: lists of feature names, each worth a fitted weight."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from quoteattr.attribution import signs
from quoteattr.attribution.contents import Content
from quoteattr.attribution.kinds import kind_of_noun, noun_class
from quoteattr.attribution.quoted import reports_often
from quoteattr.attribution.scene import Scene
from quoteattr.attribution.sources import Source
from quoteattr.cues import lexicon

__all__ = [
    "content_features",
    "cue_features",
    "free_of_place",
    "has_according",
    "source_features",
    "word_features",
]

_COMPLEMENTS = frozenset(
    {"ccomp", "xcomp", "dobj", "prep", "advcl", "oprd", "acomp", "attr", "prt", "dative", "agent", "acl"}
)
# The ways to a content that tell most about the others, where a cue has several.
_TELLING = frozenset(
    {"ccomp", "xcomp", "dobj", "advcl", "acl", "prep>pobj", "prep>pcomp", "^ccomp", "^parataxis", "^advcl"}
    | {"quote:before", "quote:after", "quote:around", "quote:next"}
)
# The ways to quotations behind the cue, which may have a cue of their own.
_ONWARD = ("quote:around", "quote:after", "quote:next")
_STOPS = frozenset(".!?")
_VERBS = frozenset({"VERB", "AUX"})
_HELPING = frozenset({"aux", "auxpass"})
_QUOTATIONS = 6  # before and after a word that are looked at
_HEADING = frozenset(
    {"that", "whether", "if", "to", "how", "why", "what", "for", "about", "of", "on", "as", "because"}
)

# Lengths and distances in classes that double.
_BUCKETS = [next(str(limit) for limit in (0, 1, 2, 3, 5, 8, 13, 21, 40) if n <= limit) for n in range(41)]


def frame(scene: Scene, cue: int) -> str:
    """The complements of a word, as one string: 'ccomp+nsubj'."""
    tree = scene.tree
    deps = {tree.deps[child] for child in tree.children[cue]}
    return "+".join(sorted(deps & (_COMPLEMENTS | {"nsubj", "nsubjpass", "poss"})))


def act_class(scene: Scene, i: int) -> str:
    """The act of a word in the lexicon, with what it needs to report; 'none' for other words."""
    word = lexicon().get((scene.tree.lemmas[i], scene.tree.pos[i]))
    if word is None:
        return "none"
    return f"{word.act}{word.needs}"


def word_features(scene: Scene, i: int) -> list[str]:
    """What speaks for token ``i`` as the head of a cue of itself: the word, its act, its place in the tree."""
    tree = scene.tree
    pos, dep = tree.pos[i], tree.deps[i]
    word = f"{tree.lemmas[i]}/{pos[0]}"
    deps = frame(scene, i)
    act = act_class(scene, i)
    return [
        "bias",
        f"w={word}",
        f"w={word}|t={tree.tags[i]}",
        f"w={word}|d={dep}",
        f"w={word}|f={deps}",
        f"p={pos}|f={deps}",
        f"p={pos}|d={dep}|t={tree.tags[i]}",
        f"d={dep}|h={tree.lemmas[tree.heads[i]]}",
        f"act={act}",
        f"act={act}|f={deps}",
        f"act={act}|d={dep}|t={tree.tags[i]}",
    ]


def cue_features(scene: Scene, i: int) -> list[str]:
    """What speaks for token ``i`` as the head of a cue: the word, and all that stands with it."""
    tree = scene.tree
    pos = tree.pos[i]
    word = f"{tree.lemmas[i]}/{pos[0]}"
    deps = frame(scene, i)
    act = act_class(scene, i)
    found = word_features(scene, i)
    subject = None
    for child in tree.children[i]:
        relation = tree.deps[child]
        if relation in ("punct", "det", "cc"):
            continue
        found.append(f"w={word}|c={relation}")
        if relation in ("prep", "prt", "neg", "aux", "mark", "agent"):
            found.append(f"w={word}|c={relation}:{tree.lemmas[child]}")
            found.append(f"p={pos}|c={relation}:{tree.lemmas[child]}")
        elif relation in ("dobj", "attr", "acomp", "oprd", "advmod"):
            found.append(f"w={word}|c={relation}:{tree.lemmas[child]}")
            found.append(f"c={relation}:{tree.lemmas[child]}")
            found.append(f"w={word}|c={relation}:{tree.pos[child]}{tree.entities[child]}")
            if relation == "dobj" and child > i:
                found += _object_features(scene, child, word, act)
        elif relation in ("nsubj", "nsubjpass", "poss"):
            subject = child
        elif relation in ("ccomp", "xcomp", "advcl"):
            side = "L" if child < i else "R"
            mark = next((tree.lower[j] for j in tree.children[child] if tree.deps[j] in ("mark", "aux")), "")
            found.append(f"w={word}|c={relation}{side}:{mark}")
            found.append(f"p={pos}|c={relation}{side}:{mark}")
            found.append(f"p={pos}|c={relation}{side}")
    found += _subject_features(scene, i, word, subject)
    if pos == "NOUN":
        found += _noun_features(scene, i, act, subject)
    elif "prep" in deps:
        found += _governed_features(scene, i, word)
    phrase = scene.phrases.get(i)
    if phrase is not None:
        share = round(phrase.phrase.rate * 5)
        found += [f"phrase={' '.join(phrase.phrase.words)}", f"phrase={phrase.phrase.act}|r={share}"]
    beside = _quotation_beside(scene, i)
    if beside:
        found += [
            f"beside={beside}",
            f"act={act}|beside={beside}",
            f"w={word}|beside={beside}",
            f"p={pos}|beside={beside}|f={deps}",
        ]
    if not tree.words[i][-1].isalnum() and tree.words[i] != "%":
        found += _sign_features(scene, i)
    found += _place_features(scene, i, word)
    return found


def _object_features(scene: Scene, child: int, word: str, act: str) -> list[str]:
    """What a plain object tells: soup is ordered and a plumber called, but so are an inquiry and a halt."""
    tree = scene.tree
    kind, lemma = kind_of_noun(scene, child), tree.lemmas[child]
    ending = lemma[-3:] if tree.pos[child] == "NOUN" and len(lemma) > 5 else "short"
    held = {tree.deps[each] for each in tree.children[child]}
    more = next((name for name in ("acl", "relcl", "prep", "nummod") if name in held), "bare")
    reports = act_class(scene, child) != "none"
    return [
        f"w={word}|o={kind}",
        f"act={act}|o={kind}|{more}",
        f"act={act}|oe={ending}",
        f"act={act}|or={reports}|{more}",
    ]


def _noun_features(scene: Scene, i: int, act: str, owner: int | None) -> list[str]:
    """Whose word a noun is, and the clause that it governs, is said to be, or announces with a colon."""
    tree = scene.tree
    found = []
    by = "poss" if owner is not None and tree.deps[owner] == "poss" else ""
    for child in tree.children[i]:
        if child < i:
            continue
        lead = tree.lower[tree.left[child]]
        if tree.deps[child] == "prep" and lead in ("of", "by", "from"):
            by = by or lead
        elif tree.deps[child] in ("acl", "relcl", "ccomp"):
            lead = lead if lead in _HEADING else tree.tags[child]
            mark = tree.deps[tree.left[child]]
            found += [f"act={act}|nc={lead}:{mark}|{by}", f"nc={lead}:{tree.deps[child]}"]
    head = tree.heads[i]
    if tree.deps[i] == "nsubj" and tree.lemmas[head] == "be":
        said = next((c for c in tree.children[head] if c > head and tree.deps[c] in ("ccomp", "xcomp")), None)
        if said is not None:
            lead = tree.lower[tree.left[said]]
            found.append(f"act={act}|is={lead if lead in _HEADING else ''}|{by}")
    if ":" in tree.words[i + 1 : min(i + 12, tree.sentences[tree.sentence[i]][1])]:
        found += [f"act={act}|colon|{by}", f"colon|d={tree.deps[i]}|h={tree.lemmas[head]}"]
    return found


def _governed_features(scene: Scene, i: int, word: str) -> list[str]:
    """The kind of noun that prepositions of a word govern: 'according to | the mayor', 'to | plan'."""
    tree = scene.tree
    found = []
    for child in tree.children[i]:
        if tree.deps[child] == "prep":
            noun = tree.child(child, "pobj")
            if noun is not None:
                bare = "bare" if tree.left[noun] == noun == tree.right[noun] else ""
                found.append(f"w={word}|{tree.lower[child]}={kind_of_noun(scene, noun)}{bare}")
    return found


def free_of_place(scene: Scene, i: int, names: Iterable[str]) -> list[str]:
    """The features of a cue inside a report or a quotation, as if it headed a sentence that is in none."""
    own = f"|d={scene.tree.deps[i]}"
    return [
        name.replace("q=in", "q=out").replace(own, "|d=ROOT")
        for name in names
        if not name.startswith(("qsize=", "d=")) and not name.endswith("c=prep:accord")
    ]


def has_according(scene: Scene, i: int) -> bool:
    """Whether 'according to X' stands with the verb, so that it is itself what X tells."""
    tree = scene.tree
    return any(tree.deps[child] == "prep" and tree.lemmas[child] == "accord" for child in tree.children[i])


def _subject_features(scene: Scene, i: int, word: str, subject: int | None) -> list[str]:
    tree = scene.tree
    inherited = ""
    node = i
    while (
        subject is None
        and tree.deps[node] in ("conj", "xcomp", "advcl", "pcomp", "prep", "acl")
        and tree.heads[node] != node
    ):
        inherited = f"{inherited}^{tree.deps[node]}"
        node = tree.heads[node]
        subject = next((j for j in tree.children[node] if tree.deps[j] in ("nsubj", "nsubjpass")), None)
    if subject is None:
        return [f"w={word}|s=none", "s=none"]
    kind = kind_of_noun(scene, subject)
    found = [f"s={kind}{inherited}", f"w={word}|s={kind}", f"s={tree.lemmas[subject]}"]
    if inherited:
        found.append(f"w={word}|si={inherited}")
        found.append(f"sh={tree.lemmas[node]}{inherited}")
    return found


def _place_features(scene: Scene, i: int, word: str) -> list[str]:
    tree = scene.tree
    number = scene.outer[i]
    inside = "in" if number >= 0 else "out"
    first, end = tree.sentences[tree.sentence[i]]
    found = [f"q={inside}", f"w={word}|q={inside}"]
    if number >= 0:
        size = scene.spans[number][1] - scene.spans[number][0]
        found.append(f"qsize={_bucket(size)}")
    cited = scene.cited_near(i, _QUOTATIONS) if scene.paragraphs else []
    if number < 0 and cited:
        near = min((_distance(scene.spans[n], i) for n in cited), default=99)
        sides = {"b" if scene.spans[n][1] < i else "a" for n in cited if _touches(scene.spans[n], first, end)}
        side = "".join(sorted(sides))
        long = max(scene.spans[n][1] - scene.spans[n][0] for n in cited) > 5
        found += [f"near={_bucket(near)}|{side}", f"w={word}|qs={side}", f"near={_bucket(near)}|long={long}"]
    head = tree.heads[i]
    if head != i:
        found.append(f"d={tree.deps[i]}|hp={tree.pos[head]}")
    following = tree.lower[i + 1] if i + 1 < end else ""
    before = tree.lower[i - 1] if i > first else ""
    found += [f"w={word}|n={following}", f"n={following}", f"b={before}", f"w={word}|b={before}"]
    if tree.words[end - 1][-1:] not in ".!?”\"’'" and end - first < 25:
        found.append("headline")
        found.append(f"headline|t={tree.tags[i]}")
    if i == first:
        found.append(f"first|t={tree.tags[i]}")
    return found


def _sign_features(scene: Scene, i: int) -> list[str]:
    """What speaks for a colon or a dash."""
    tree = scene.tree
    first, last = scene.blocks[scene.paragraph[i]]
    sign = tree.words[i][-1]
    count = signs.label_count(scene, i)
    before = "“" if i > first and scene.outer[i - 1] >= 0 else tree.pos[i - 1] if i > first else "start"
    after = "“" if i < last and scene.outer[i + 1] >= 0 else tree.pos[i + 1] if i < last else "end"
    return [
        f"sign={sign}|label={_bucket(count)}",
        f"sign={sign}|all={_bucket(sum(scene.labels.values()))}|{bool(count)}",
        f"sign={sign}|b={before}|a={after}",
        f"sign={sign}|at={_bucket(i - first)}",
        f"sign={sign}|rest={_bucket(last - i)}|b={before}",
        *_heading_features(scene, i, first, last),
    ]


def _heading_features(scene: Scene, i: int, first: int, last: int) -> list[str]:
    """Who stands before a colon at the head of a paragraph, and whether that looks like a headline."""
    tree = scene.tree
    if tree.words[i] != ":" or i - first > 6 or i == first:
        return []
    kind = kind_of_noun(scene, signs.head(scene, first, i - 1))
    open_ended = tree.words[last][-1:] not in ".!?”\"’'"
    return [
        f"before={kind}|open={open_ended}",
        f"before={kind}|p={scene.paragraph[i] == 0}",
        f"before={tree.lower[i - 1]}",
        f"label={i - first}|open={open_ended}|p={scene.paragraph[i] == 0}",
    ]


def _touches(span: tuple[int, int], first: int, end: int) -> bool:
    return span[0] < end + 2 and span[1] >= first - 2


def _distance(span: tuple[int, int], i: int) -> int:
    return span[0] - i if span[0] > i else i - span[1]


def _bucket(number: int) -> str:
    """A length or distance in classes that double."""
    return _BUCKETS[number] if 0 <= number < len(_BUCKETS) else "0" if number < 0 else "far"


def content_features(scene: Scene, cue: int, contents: Sequence[Content]) -> list[list[str]]:
    """What speaks for each of ``contents`` as what the cue reports."""
    tree = scene.tree
    complements = sorted({content.how for content in contents if content.how in _TELLING})
    phrase = scene.phrases.get(cue)
    common = _Common(
        word=f"{tree.lemmas[cue]}/{tree.pos[cue][0]}",
        pos=tree.pos[cue],
        inside="in" if scene.outer[cue] >= 0 else "out",
        end=tree.sentences[tree.sentence[cue]][1],
        hows="+".join(complements),
        rivals=complements,
        act=act_class(scene, cue),
        tag=tree.tags[cue],
        beside=_quotation_beside(scene, cue),
        phrase="" if phrase is None else " ".join(phrase.phrase.words),
        branch=tree.lower[tree.left[cue]],
        subject=tree.child(cue, "nsubj"),
    )
    return [_content_features(scene, cue, content, common) for content in contents]


class _Common(NamedTuple):
    """What is the same for all contents of one cue."""

    word: str
    pos: str
    inside: str
    end: int
    hows: str
    rivals: list[str]
    act: str
    tag: str
    beside: str
    phrase: str
    branch: str
    subject: int | None


def _content_features(scene: Scene, cue: int, content: Content, common: _Common) -> list[str]:
    tree = scene.tree
    word = common.word
    pieces, how, head = content
    first, last = pieces[0][0], pieces[-1][1]
    size = _bucket(sum([b - a + 1 for a, b in pieces]))
    side = "L" if last < cue else "R" if first > cue else "B"
    gap = first - cue - 1 if side == "R" else cue - last - 1 if side == "L" else 0
    lead = tree.lower[first]
    lead = lead if lead in _HEADING else "“" if scene.outer[first] >= 0 else tree.pos[first]
    rest = _bucket(common.end - 1 - last)
    quoted = _quoted_share(scene, content)
    path, _, cut = how.partition("-")
    edge = _edge(scene, last + 1)
    act, beside = common.act, common.beside
    found = [
        f"h={how}",
        f"h={how}|w={word}",
        f"h={how}|p={common.pos}|f={common.hows}",
        f"h={how}|act={act}",
        f"h={how}|sz={size}",
        f"h={how}|q={quoted}",
        f"h={how}|lead={lead}",
        f"lead={lead}",
        f"sz={size}",
        f"act={act}|q={quoted}|beside={beside}",
        f"act={act}|lead={lead}",
        f"q={quoted}|cue={common.inside}",
        f"gap={side}{_bucket(gap)}|q={quoted}",
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
        found += [f"title|h={path}", f"title|w={word}", f"title|act={common.act}"]
    if common.pos == "VERB" and how == "dobj" and scene.tree.pos[head] == "NOUN":
        found.append(f"object={noun_class(tree.lemmas[head])}|act={common.act}")
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
    verb = next((i for i in stretch if tree.pos[i] in _VERBS and tree.deps[i] not in _HELPING), None)
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


def _quotation_beside(scene: Scene, cue: int) -> str:
    """Where a quotation stands that the cue leans on: 'L,+' before it, shut by a comma, hung on the cue."""
    if scene.outer[cue] >= 0 or not scene.paragraphs:
        return ""
    tree = scene.tree
    found = ""
    for number in scene.cited_near(cue, _QUOTATIONS):
        first, last = scene.spans[number]
        if last - first < 2:
            continue
        if last < cue and cue - last <= 12 and not _stopped(scene, last + 1, cue):
            inner = tree.text[
                scene.quotations[number].inner.start : scene.quotations[number].inner.end
            ].rstrip()
            title = "T" if scene.is_title(number) else ""
            found = f"L{title}{inner[-1:] if inner[-1:] in ',.?!—' else ''}{_link(scene, cue, first, last)}"
        elif first > cue and first - cue <= 12 and not _stopped(scene, cue + 1, first):
            before = tree.words[first - 1]
            sign = before if before in (",", ":") else ""
            title = "T" if scene.is_title(number) else ""
            return f"{found}R{title}{sign}{_link(scene, cue, first, last)}"
    return found


def _link(scene: Scene, cue: int, first: int, last: int) -> str:
    """'+' where the parser hangs a quotation on the cue, '-' where it hangs it on another word."""
    heads = scene.tree.heads
    return "+" if any(heads[i] == cue for i in _inner(scene, first, last)) else "-"


def _inner(scene: Scene, first: int, last: int) -> list[int]:
    """The words of a quotation, its punctuation left out."""
    return [i for i in range(first, last + 1) if scene.tree.pos[i] != "PUNCT"]


def _stopped(scene: Scene, first: int, end: int) -> bool:
    """Whether a sentence ends between two tokens."""
    return any(scene.tree.words[i] in (".", "!", "?") for i in range(first, end))


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


def source_features(
    scene: Scene, cue: int, sources: Sequence[Source | None], content: Content | None
) -> list[list[str]]:
    """What speaks for each of ``sources`` (``None``: for there being none) as the source of the cue."""
    tree = scene.tree
    word, pos = f"{tree.lemmas[cue]}/{tree.pos[cue][0]}", tree.pos[cue]
    deps = {tree.deps[child] for child in tree.children[cue]}
    voice = "act" if deps.isdisjoint(("auxpass", "nsubjpass")) else "pas"
    act = act_class(scene, cue)
    beside = _quotation_beside(scene, cue)[:2]
    found: list[list[str]] = []
    for source in sources:
        if source is None:
            subject = not deps.isdisjoint(("nsubj", "poss"))
            row = ["none", f"none|w={word}", f"none|{voice}|{subject}"]
            row += [f"none|d={tree.deps[cue]}|p={pos}", f"none|f={frame(scene, cue)}"]
            found.append(row)
            continue
        head, path, first, last = source
        kind = kind_of_noun(scene, head)
        side = "L" if last < cue else "R"
        gap = cue - last - 1 if side == "L" else first - cue - 1
        row = [
            f"p={path}",
            f"p={path}|v={voice}",
            f"p={path}|act={act}",
            f"p={path}|k={kind}",
            f"k={kind}",
            f"p={path}|w={word}",
            f"k={kind}|w={word}",
            f"l={tree.lemmas[head]}",
            f"gap={side}{_bucket(gap)}",
            f"gap={side}{_bucket(gap)}|p={pos}",
            f"same={scene.outer[head] == scene.outer[cue]}",
        ]
        if beside:
            row.append(f"p={path}|beside={beside}|{scene.outer[head] >= 0}")
        if content is not None:
            row.append(f"side={side}{'L' if content.pieces[0][0] < cue else 'R'}|p={path}")
            if any(a <= head <= b for a, b in content.pieces):
                row += ["within", f"within|p={path}"]
        found.append(row)
    return found
