"""Names what speaks for a word as the head of a cue: feature names, each worth a fitted weight."""

from __future__ import annotations

from collections.abc import Iterable

from quoteattr.attribution import signs
from quoteattr.attribution.about import HEADING, QUOTATIONS, About, act_class, bucket
from quoteattr.attribution.kinds import kind_of_noun
from quoteattr.attribution.scene import Scene

__all__ = ["cue_features", "free_of_place", "has_according", "surrounding_features", "word_features"]

_OWNERS = frozenset({"nsubj", "nsubjpass", "poss"})  # whose word or deed it is


def cue_features(scene: Scene, i: int) -> list[str]:
    """All that speaks for token ``i`` as the head of a cue."""
    about = About.of(scene, i)
    return word_features(scene, i, about) + surrounding_features(scene, i, about)


def word_features(scene: Scene, i: int, about: About) -> list[str]:
    """What speaks for token ``i`` as the head of a cue of itself: word, act, place in the tree."""
    tree = scene.tree
    dep = tree.deps[i]
    word, pos, act, deps, _ = about
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


def surrounding_features(scene: Scene, i: int, about: About) -> list[str]:
    """What speaks for token ``i`` as the head of a cue of all that stands with it."""
    tree = scene.tree
    word, pos, act, deps, beside = about
    found: list[str] = []
    subject = None
    for child in tree.children[i]:
        found += _child_features(scene, i, child, about)
        subject = child if tree.deps[child] in _OWNERS else subject
    found += _subject_features(scene, i, word, subject)
    if pos == "NOUN":
        found += _noun_features(scene, i, act, subject)
    elif "prep" in deps:
        found += _governed_features(scene, i, word)
    phrase = scene.phrases.get(i)
    if phrase is not None:
        share = round(phrase.phrase.rate * 5)
        found += [f"phrase={' '.join(phrase.phrase.words)}", f"phrase={phrase.phrase.act}|r={share}"]
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


def _child_features(scene: Scene, i: int, child: int, about: About) -> list[str]:
    """What one dependent of a cue tells, by its relation and its word."""
    tree = scene.tree
    word, pos, act, _, _ = about
    relation, lemma = tree.deps[child], tree.lemmas[child]
    if relation in ("punct", "det", "cc"):
        return []
    found = [f"w={word}|c={relation}"]
    if relation in ("prep", "prt", "neg", "aux", "mark", "agent"):
        found += [f"w={word}|c={relation}:{lemma}", f"p={pos}|c={relation}:{lemma}"]
    elif relation in ("dobj", "attr", "acomp", "oprd", "advmod"):
        found += [
            f"w={word}|c={relation}:{lemma}",
            f"c={relation}:{lemma}",
            f"w={word}|c={relation}:{tree.pos[child]}{tree.entities[child]}",
        ]
        if relation == "dobj" and child > i:
            found += _object_features(scene, child, word, act)
    elif relation in ("ccomp", "xcomp", "advcl"):
        side = "L" if child < i else "R"
        mark = next((tree.lower[j] for j in tree.children[child] if tree.deps[j] in ("mark", "aux")), "")
        found += [
            f"w={word}|c={relation}{side}:{mark}",
            f"p={pos}|c={relation}{side}:{mark}",
            f"p={pos}|c={relation}{side}",
        ]
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
            lead = lead if lead in HEADING else tree.tags[child]
            mark = tree.deps[tree.left[child]]
            found += [f"act={act}|nc={lead}:{mark}|{by}", f"nc={lead}:{tree.deps[child]}"]
    head = tree.heads[i]
    if tree.deps[i] == "nsubj" and tree.lemmas[head] == "be":
        said = next((c for c in tree.children[head] if c > head and tree.deps[c] in ("ccomp", "xcomp")), None)
        if said is not None:
            lead = tree.lower[tree.left[said]]
            found.append(f"act={act}|is={lead if lead in HEADING else ''}|{by}")
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
        found.append(f"qsize={bucket(size)}")
    cited = scene.cited_near(i, QUOTATIONS) if scene.paragraphs else []
    if number < 0 and cited:
        near = min((_distance(scene.spans[n], i) for n in cited), default=99)
        sides = {"b" if scene.spans[n][1] < i else "a" for n in cited if _touches(scene.spans[n], first, end)}
        side = "".join(sorted(sides))
        long = max(scene.spans[n][1] - scene.spans[n][0] for n in cited) > 5
        found += [f"near={bucket(near)}|{side}", f"w={word}|qs={side}", f"near={bucket(near)}|long={long}"]
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
        f"sign={sign}|label={bucket(count)}",
        f"sign={sign}|all={bucket(sum(scene.labels.values()))}|{bool(count)}",
        f"sign={sign}|b={before}|a={after}",
        f"sign={sign}|at={bucket(i - first)}",
        f"sign={sign}|rest={bucket(last - i)}|b={before}",
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
