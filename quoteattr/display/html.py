"""HTML for notebooks: the marked article, a card of one quote, a table of speakers."""

from __future__ import annotations

from quoteattr.display.layers import marks_of
from quoteattr.display.pages import article, page_foot, page_head
from quoteattr.display.plain import balanced, line, visible
from quoteattr.display.templates import fill, style
from quoteattr.display.views import Cast, steps
from quoteattr.explanation import explain
from quoteattr.objects import Quote, Quotes, Span, Speakers
from quoteattr.records import Range

__all__ = ["Html", "card", "render", "speakers_table"]

# A notebook that must show more than so many characters at once becomes slow.
_MOST_IN_A_NOTEBOOK = 300_000
_NESTED_ON_A_CARD = 20


class Html(str):
    """HTML as a string that a notebook shows as what it describes."""

    __slots__ = ()

    def _repr_html_(self) -> str:
        return str(self)


def render(quotes: Quotes, *, page: bool = False, title: str | None = None, fold: bool | None = None) -> Html:
    """The article with its quotes, cues and speakers marked.

    Each speaker has a number and a colour; the line under a quote tells its kind, and its speaker, cue and
    confidence come up when the pointer is over it. There is no script, nothing is loaded, and all that comes
    from the text is escaped.

    Args:
        quotes: the quotes of one text.
        page: a whole HTML document, to be written to a file with ``encoding="utf-8"``; otherwise a fragment
            for a notebook, which ends after 300,000 characters of text.
        title: the title, above the text; the page is called 'Quotes' where there is none.
        fold: whether to fold away paragraphs without quotes where two or more follow each other; by default
            in texts of more than 4,000 characters.

    >>> from quoteattr.example import example_quotes
    >>> html = render(example_quotes(), page=True, title="The bridge")
    >>> html.startswith("<!doctype html>"), "<script" in html, "<title>The bridge</title>" in html
    (True, False, True)
    """
    if page:
        return Html(page_head(title) + article(quotes, fold=fold) + page_foot())
    inner = article(quotes, title, fold=fold, most=_MOST_IN_A_NOTEBOOK)
    return Html(f"<style>{style()}</style>\n{inner}")


def card(quote: Quote) -> Html:
    """One quote: its words, who said them, how, and the sentences around it.

    >>> from quoteattr.example import example_quotes
    >>> html = card(example_quotes()[1])
    >>> "We have patched it for long enough," in html, "<script" in html
    (True, False)
    """
    cast = Cast([quote])
    context = quote.context
    sentence = context.sentence
    inside = quote.nested[:_NESTED_ON_A_CARD]
    made = fill(
        "card",
        style=style(),
        view=cast.view(quote),
        words=balanced(visible(quote.text)),
        before=_sentence(context.before),
        after=_sentence(context.after),
        steps=steps(
            sentence.text, Range(sentence.start, sentence.end), marks_of([quote]), cast, sentence.start
        ),
        nested=[(cast.view(each), balanced(visible(each.text))) for each in inside],
        why=line(explain(quote), 600),
        paragraph=context.paragraph_index + 1,
    )
    return Html(made)


def _sentence(span: Span | None) -> str:
    return "" if span is None else line(span.text, 400)


def speakers_table(speakers: Speakers) -> Html:
    """The speakers of a text as a table: name, role, kind, and how much they are quoted.

    >>> from quoteattr.example import example_quotes
    >>> html = speakers_table(example_quotes().speakers)
    >>> html.count("<tr")
    4
    """
    return Html(fill("speakers", style=style(), members=Cast.of_summaries(speakers)))
