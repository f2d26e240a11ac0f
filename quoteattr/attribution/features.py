"""Names what speaks for a cue, a content and a source: lists of feature names, each worth a fitted weight."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from quoteattr.attribution import signs
from quoteattr.attribution.contents import Content
from quoteattr.attribution.scene import Scene
from quoteattr.attribution.sources import Source
from quoteattr.cues import lexicon
from quoteattr.speakers.lexicon import lexicon as speaker_words

__all__ = [
    "content_features",
    "cue_features",
    "free_of_place",
    "kind_of_noun",
    "source_features",
]

_COMPLEMENTS = frozenset(
    {"ccomp", "xcomp", "dobj", "prep", "advcl", "oprd", "acomp", "attr", "prt", "dative", "agent", "acl"}
)
# The ways to a content that tell most about the others, where a cue has several.
_TELLING = frozenset(
    {"ccomp", "xcomp", "dobj", "advcl", "acl", "prep>pobj", "prep>pcomp", "^ccomp", "^parataxis", "^advcl"}
    | {"quote:before", "quote:after", "quote:around", "quote:next"}
)
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


def cue_features(scene: Scene, i: int) -> list[str]:
    """What speaks for token ``i`` as the head of a cue."""
    tree = scene.tree
    lemma, pos, dep = tree.lemmas[i], tree.pos[i], tree.deps[i]
    word = f"{lemma}/{pos[0]}"
    deps = frame(scene, i)
    head = tree.heads[i]
    found = [
        "bias",
        f"w={word}",
        f"w={word}|t={tree.tags[i]}",
        f"w={word}|d={dep}",
        f"w={word}|f={deps}",
        f"p={pos}|f={deps}",
        f"p={pos}|d={dep}|t={tree.tags[i]}",
        f"d={dep}|h={tree.lemmas[head]}",
    ]
    act = act_class(scene, i)
    found += [f"act={act}", f"act={act}|f={deps}", f"act={act}|d={dep}|t={tree.tags[i]}"]
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
        elif relation in ("nsubj", "nsubjpass", "poss"):
            subject = child
        elif relation in ("ccomp", "xcomp", "advcl"):
            side = "L" if child < i else "R"
            mark = next((tree.lower[j] for j in tree.children[child] if tree.deps[j] in ("mark", "aux")), "")
            found.append(f"w={word}|c={relation}{side}:{mark}")
            found.append(f"p={pos}|c={relation}{side}:{mark}")
            found.append(f"p={pos}|c={relation}{side}")
    found += _subject_features(scene, i, word, subject)
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


def free_of_place(scene: Scene, i: int, names: Iterable[str]) -> list[str]:
    """The features of a cue inside a quotation or a clause, as if it headed a sentence of its own."""
    own = f"|d={scene.tree.deps[i]}"
    return [
        name.replace("q=in", "q=out").replace(own, "|d=ROOT")
        for name in names
        if not name.startswith(("qsize=", "d="))
    ]


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


def kind_of_noun(scene: Scene, i: int) -> str:
    """A class of a noun phrase's head: pronouns by themselves, names by their label, nouns by meaning."""
    tree = scene.tree
    if tree.pos[i] == "PRON":
        return tree.lower[i]
    if tree.entities[i]:
        return tree.entities[i]
    if tree.pos[i] == "NOUN":
        return noun_class(tree.lemmas[i])
    return tree.pos[i]


def noun_class(lemma: str) -> str:
    """What a noun means: somebody, some people, a body, a text; 'thing' for all others."""
    words = speaker_words()
    if lemma in words.persons or lemma in words.titles:
        return "person"
    if lemma in words.groups:
        return "group"
    if lemma in words.organizations:
        return "body"
    return "work" if lemma in words.works else "thing"


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


def _cut_features(scene: Scene, last: int, cut: str, tag: str) -> list[str]:
    """What follows a content that leaves out its last branch: a verb that reports, with a subject or not."""
    tree = scene.tree
    i = last + 1
    while i < len(tree) and (tree.pos[i] in ("PUNCT", "CCONJ", "ADV", "AUX", "PART")):
        i += 1
    if i >= len(tree):
        return []
    word = lexicon().get((tree.lemmas[i], tree.pos[i]))
    reports = "no" if word is None else str(round(word.rate * 5))
    subject = any(tree.deps[child] in ("nsubj", "nsubjpass") for child in tree.children[i])
    same = tree.tags[i] == tag
    return [
        f"cut={cut}|n={tree.lemmas[i]}",
        f"cut={cut}|p={tree.pos[i]}|s={subject}",
        f"cut={cut}|r={reports}|s={subject}|same={same}",
        f"cut={cut}|j={tree.lower[last + 1]}|{tree.lower[min(last + 2, len(tree) - 1)]}",
    ]


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
        if content is not None:
            row.append(f"side={side}{'L' if content.pieces[0][0] < cue else 'R'}|p={path}")
            if any(a <= head <= b for a, b in content.pieces):
                row += ["within", f"within|p={path}"]
        found.append(row)
    return found
