"""``python -m quoteattr.corpus NAME…`` prints articles and their quotes, to read one against the other."""

from __future__ import annotations

from typing import Annotated

import typer

from quoteattr.corpus import Article, load


def listing(article: Article) -> str:
    """The text of ``article`` with its quotes numbered in brackets, and a line on each below.

    In the text ``[3 … 3]`` is content, ``[3S … 3]`` source, ``[3C … 3]`` cue and ``[3A … 3]`` addressee.
    """
    return f"{article.title} ({article.id})\n\n{_marked(article)}\n\n{_table(article)}\n"


def _marked(article: Article) -> str:
    marks: list[tuple[int, int, int, str]] = []
    for number, quote in enumerate(article.quotes, start=1):
        roles = [("", quote.content)]
        roles += [
            (role, (span,))
            for role, span in (("S", quote.source), ("C", quote.cue), ("A", quote.addressee))
            if span
        ]
        for role, spans in roles:
            for span in spans:
                # At one place endings come first, then the longer stretch opens before the shorter.
                marks.append((span.start, 1, -span.end, f"[{number}{role} "))
                marks.append((span.end, 0, -span.start, f" {number}{role}]"))
    parts = []
    done = 0
    for place, _, _, sign in sorted(marks):
        parts += [article.text[done:place], sign]
        done = place
    return "".join(parts) + article.text[done:]


def _table(article: Article) -> str:
    lines = []
    for number, quote in enumerate(article.quotes, start=1):
        who = quote.speaker or quote.affiliation or " + ".join(quote.members) or "-"
        facts = [
            quote.kind,
            quote.act,
            f"{who} ({quote.speaker_kind})",
            f"role: {quote.description}" if quote.description else "",
            f"also: {', '.join(quote.aliases)}" if quote.aliases else "",
            f"to: {quote.addressee_name}" if quote.addressee_name else "",
            "negated" if quote.negated else "",
            f"inside {quote.parent + 1}" if quote.parent is not None else "",
            "optional" if quote.optional else "",
        ]
        lines.append(f"{number}. " + "; ".join(fact for fact in facts if fact))
    return "\n".join(lines)


def main(
    names: Annotated[list[str] | None, typer.Argument(help="Which articles; all by default.")] = None,
) -> None:
    """Print articles of the corpus with their quotes numbered."""
    for article in load():
        if not names or article.id in names:
            typer.echo(listing(article))


if __name__ == "__main__":
    typer.run(main)
