"""Names what speaks for each source that a cue may have: feature names, each worth a fitted weight."""

from __future__ import annotations

from collections.abc import Sequence

from quoteattr.attribution.about import About, bucket
from quoteattr.attribution.contents import Content
from quoteattr.attribution.kinds import kind_of_noun
from quoteattr.attribution.scene import Scene
from quoteattr.attribution.sources import Source

__all__ = ["source_features"]


def source_features(
    scene: Scene, cue: int, about: About, sources: Sequence[Source | None], content: Content | None
) -> list[list[str]]:
    """What speaks for each of ``sources`` (``None``: for there being none) as the source of the cue."""
    tree = scene.tree
    word, pos, act, frame, _ = about
    deps = {tree.deps[child] for child in tree.children[cue]}
    voice = "act" if deps.isdisjoint(("auxpass", "nsubjpass")) else "pas"
    beside = about.beside[:2]
    found: list[list[str]] = []
    for source in sources:
        if source is None:
            subject = not deps.isdisjoint(("nsubj", "poss"))
            row = ["none", f"none|w={word}", f"none|{voice}|{subject}"]
            row += [f"none|d={tree.deps[cue]}|p={pos}", f"none|f={frame}"]
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
            f"gap={side}{bucket(gap)}",
            f"gap={side}{bucket(gap)}|p={pos}",
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
