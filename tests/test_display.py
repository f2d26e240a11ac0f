"""Pictures of quotes: what they say, that words in a text stay words, how a browser shows them."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from html.parser import HTMLParser

import matplotlib as mpl
import matplotlib.image
import pytest
from attrs import evolve
from helpers import Maker, any_quotes
from hypothesis import HealthCheck, given, settings

from quoteattr import display
from quoteattr.display.layers import events, marks_of
from quoteattr.display.pages import page_article, page_foot, page_head
from quoteattr.display.palette import mix, palette
from quoteattr.display.plain import balanced, line, visible
from quoteattr.errors import OptionError
from quoteattr.example import example_quotes
from quoteattr.layout import paragraphs
from quoteattr.objects import Context, Cue, Quote, Quotes, Span, Speaker, walk

mpl.use("Agg")

TAGS = set(
    re.findall(
        r"\w+",
        "section header h2 p ol li span small mark b i bdi strong details summary figure blockquote "
        "figcaption div ul table thead tbody tr th td style code",
    )
)
ATTRIBUTES = {"class", "lang", "tabindex", "role", "aria-hidden", "style", "scope"}

HOSTILE = [
    "<script>alert(1)</script>",
    "</style><script>alert(1)</script>",
    "</title></head><body onload=alert(1)>",
    "<img src=x onerror=alert(1)>",
    '" onmouseover="alert(1)',
    "' style='position:fixed'",
    "<a href='javascript:alert(1)'>x</a>",
    "<!-- not a comment -->",
    "<![CDATA[ x ]]>",
    "&lt;b&gt; &amp;amp; &#60;i&#62; &nbsp;",
    "<svg/onload=alert(1)>",
    "{{ 7 * 7 }} {% raw %} {# x #} ${7}",
    "<p><mark><details open>",
    "\u202eenog thgir\u202c",
    "\u202e never ended",
    "\u2069\u2069\u202d escape",
    "\u2067 isolate",
    "a\x00b\x1b[31m\x07 bell\x9b",
    "lone \ud800 half \udfff",
    "\ufffe\uffff",
    "]]>-->'\"`<>",
    "a" * 3000,
    "<" * 200,
]


class Reader(HTMLParser):
    """Reads HTML that must be well formed: elements, attributes, the text outside of tips and numbers."""

    VOID = frozenset({"meta", "br"})
    HIDDEN = frozenset({"qa-tip", "qa-n"})

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, dict]] = []
        self.text = ""
        self.article = ""
        self.stack: list[tuple[str, set[str]]] = []
        self.feed(html)
        self.close()
        assert self.stack == []

    def handle_starttag(self, tag, attrs):
        found = dict(attrs)
        assert len(found) == len(attrs)
        self.elements.append((tag, found))
        if tag not in self.VOID:
            self.stack.append((tag, set((found.get("class") or "").split())))

    def handle_endtag(self, tag):
        assert self.stack
        assert self.stack.pop()[0] == tag
        if tag == "p":
            self.article += "\n"

    def handle_data(self, data):
        classes = set().union(*(names for _, names in self.stack)) if self.stack else set()
        if any(tag in ("style", "title") for tag, _ in self.stack):
            return
        self.text += data
        if "qa-p" in classes and not classes & self.HIDDEN:
            self.article += data

    def handle_comment(self, data):
        raise AssertionError(f"a comment: {data}")

    def classed(self, name: str) -> list[dict]:
        return [attrs for _, attrs in self.elements if name in (attrs.get("class") or "").split()]


def squeezed(text: str) -> str:
    return " ".join(text.split())


def check(html: str) -> Reader:
    """The HTML read, once it is known to hold nothing but our own elements and nothing to load."""
    read = Reader(html)
    assert {tag for tag, _ in read.elements} <= TAGS
    for _, attributes in read.elements:
        assert set(attributes) <= ATTRIBUTES
        assert re.fullmatch(r"(width:\d{1,3}%)?", attributes.get("style", ""))
    rules = "".join(re.findall(r"<style>(.*?)</style>", html, re.S))
    assert not re.search(r"url\(|@import|expression|<", rules)
    return read


@pytest.fixture
def quotes() -> Quotes:
    return example_quotes()


def hostile_quotes(words: str) -> Quotes:
    """A text in which everything is ``words``."""
    parts = [words, " ", "said", " ", "“", words, " ", f"‘{words}’", "”", " to ", words, "."]
    text = "".join(parts)

    def span(first: int, last: int) -> Span:
        return Span.of(text, len("".join(parts[:first])), len("".join(parts[: last + 1])))

    outer, inner, whole = span(4, 8), span(7, 7), span(0, 11)
    speaker = Speaker(words, span(0, 0), "name", 0, "person", words, (words, "x" + words), (), words)
    other = evolve(speaker, entity=1)
    addressee = Speaker(words, span(10, 10), "name", 2)
    context = Context(whole, whole, 0, whole, whole)
    cue = Cue(span(2, 2), words)
    nested = Quote(1, inner.text, (inner,), "direct", other, cue, None, context, 0.5)
    quote = Quote(
        id=0,
        text=outer.text,
        spans=(outer,),
        kind="direct",
        speaker=speaker,
        cue=cue,
        addressee=addressee,
        context=context,
        confidence=0.9,
        nested=(nested,),
        evidence=((words, 1.0),),
    )
    return Quotes(text, (quote,))


@pytest.mark.parametrize("words", HOSTILE)
def test_everything_is_escaped(words):
    quotes = hostile_quotes(words)
    read = check(display.render(quotes, title=words))
    assert squeezed(read.article) == squeezed(balanced_by_step(quotes))
    assert squeezed(line(words)) in squeezed(read.text)
    check(display.card(quotes[0]))
    check(display.speakers_table(quotes.speakers))


def balanced_by_step(quotes: Quotes) -> str:
    """The text as a page shows it: each step ends its own changes of direction."""
    found = ""
    marks = marks_of(quotes)
    for stretch in paragraphs(quotes.text):
        for event in events(quotes.text, *stretch, marks):
            found += balanced(visible(event.text))
        found += "\n"
    return found


@pytest.mark.parametrize("words", HOSTILE)
def test_a_page_is_escaped(words):
    html = display.render(hostile_quotes(words), page=True, title=words)
    head, _, body = html.partition("<body>\n")
    assert head.count("<title>") == head.count("</title>") == 1
    assert head.count("<style>") == head.count("</style>") == 1
    assert "<script" not in html.lower()
    check(body.removesuffix("</body>\n</html>\n").replace("<h1>", "<h2>").replace("</h1>", "</h2>"))


@given(any_quotes())
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_any_quotes_can_be_shown(quotes):
    read = check(display.render(quotes))
    assert squeezed(read.article) == squeezed(balanced_by_step(quotes))
    check(display.speakers_table(quotes.speakers))
    for quote in quotes:
        check(display.card(quote))


def test_bidi_controls_cannot_leave_their_words():
    for words in HOSTILE:
        for shown in (balanced(words), line(words, 10)):
            depth = 0
            for character in shown:
                depth += character in "\u202a\u202b\u202d\u202e\u2066\u2067\u2068"
                depth -= character in "\u202c\u2069"
                assert depth >= 0
            assert depth == 0


def test_quotes_cues_and_speakers_are_marked(quotes):
    read = check(quotes._repr_html_())
    assert squeezed(read.article) == squeezed(quotes.text)
    marked = [each for each in read.classed("qa-quote") if "tabindex" in each]
    assert len(marked) == sum(len(quote.spans) for quote, _ in walk(quotes))
    assert len(read.classed("qa-tip")) == len(marked)
    kinds = [each["class"].split()[-1] for each in marked]
    assert kinds == ["qa-indirect", "qa-direct", "qa-direct", "qa-indirect", "qa-direct", "qa-direct"]
    assert len(read.classed("qa-source")) - 1 == 5  # one is in the key
    assert len(read.classed("qa-addressee")) == 1


def test_the_tip_tells_who_how_and_how_sure(quotes):
    found = re.findall(r'<span class="qa-tip.*?</span></span>(?=</mark>)', display.render(quotes))
    told = [squeezed(Reader(each).text) for each in found]
    assert told[1] == "Ida HolmMayordirect · cue “told” · to Kestrel Courierconfidence0.98"
    # The words that name the speaker here are told where they do not hold the name.
    assert told[3].startswith("Ida HolmMayorhere “She”, 0.93 sureindirect · cue “added”")


def test_the_tip_tells_of_a_speaker_by_flow(quotes):
    speaker = evolve(quotes[1].speaker, mention=None, mention_kind="implicit", confidence=0.62)
    html = display.render(Quotes(quotes.text, (evolve(quotes[1], speaker=speaker, cue=None),)))
    assert "<span>by the flow of the talk, 0.62 sure</span>" in html


def test_the_legend_names_each_speaker_once(quotes):
    legend = display.render(quotes).partition('<ol class="qa-legend">')[2].partition("</ol>")[0]
    people = [squeezed(Reader(each).text) for each in re.findall(r"<li.*?</li>", legend)]
    assert people == [
        "1the county · 1",
        "2Ida Holm Mayor · 2",
        "3Tomas Reed who keeps the bakery on the quay · 1",
        "4The engineers · 1 inside another",
    ]


def test_speakers_are_counted_as_everywhere_else(quotes):
    assert repr(quotes) == "<Quotes: 4 quotes, 3 speakers>"
    assert "4 quotes, 3 speakers" in check(display.render(quotes)).text


@pytest.mark.parametrize(("speakers", "folded"), [(12, 0), (15, 0), (16, 4), (20, 8)])
def test_many_speakers_are_folded_in_the_legend(speakers, folded):
    text = " ".join(f"“It rained on day {number},” Smith{number} said." for number in range(speakers))
    maker = Maker(text)
    found = [
        maker.quote(f"“It rained on day {number},”", by=f"Smith{number}", mention=f"Smith{number}")
        for number in range(speakers)
    ]
    read = check(display.render(maker.quotes(*found)))
    assert len(read.classed("qa-more")) == bool(folded)
    assert (f"{folded} more speakers" in read.text) == bool(folded)


def test_a_quote_inside_a_quote_is_inside(quotes):
    html = display.render(quotes)
    outer = html.rindex("<mark", 0, html.index("one more summer"))
    outer = html.rindex("<mark", 0, outer)
    end = html.index("then it is winter,”")
    assert html.count("<mark", outer, end) == 2
    assert html.count("</mark>", outer, end) == 1


def test_marks_that_cross_are_brackets():
    text = "abcdefghij"
    context = Context(Span.of(text, 0, 10), Span.of(text, 0, 10), 0)
    pieces = [(0, 6), (3, 9)]
    found = [
        Quote(n, "x", (Span.of(text, *piece),), "direct", None, None, None, context, 0.5)
        for n, piece in enumerate(pieces)
    ]
    read = check(display.render(Quotes(text, tuple(found))))
    assert read.article.strip() == text
    assert len(read.classed("qa-tip")) == 2


def test_no_quotes():
    read = check(display.render(Quotes("Nothing was said.")))
    assert read.article.strip() == "Nothing was said."
    assert "0 quotes, 0 speakers" in read.text
    assert "No speakers." in check(display.speakers_table(Quotes("").speakers)).text
    check(display.render(Quotes("")))


@pytest.fixture
def long_quotes(quotes) -> Quotes:
    filler = "\n\n".join(f"Paragraph {number} tells of the weather at length." for number in range(120))
    return evolve(quotes, text=quotes.text + "\n\n" + filler)


def test_long_articles_are_folded(quotes, long_quotes):
    read = check(display.render(long_quotes))
    assert len(read.classed("qa-fold")) == 1
    assert "120 paragraphs without quotes" in read.text
    assert not check(display.render(quotes)).classed("qa-fold")
    assert not check(display.render(long_quotes, fold=False)).classed("qa-fold")
    assert squeezed(read.article).replace(" ", "") == squeezed(long_quotes.text).replace(" ", "")


def test_a_notebook_gets_no_more_than_it_bears(long_quotes):
    huge = evolve(long_quotes, text=long_quotes.text + "\n\nThe rain went on." * 20_000)
    fragment = display.render(huge)
    assert len(fragment) < 700_000
    assert "more paragraphs not shown here" in fragment
    assert "not shown here" not in display.render(huge, page=True)


def test_a_card_tells_all(quotes):
    read = check(quotes[1]._repr_html_())
    for words in (
        "We have patched it for long enough",
        "Ida Holm",
        "Mayor",
        "told",
        "Kestrel Courier",
        "0.98",
    ):
        assert words in read.text
    nested = check(display.card(quotes[3])).text
    assert "↳ “one more summer" in nested
    assert "The engineers" in nested


def test_a_card_of_nobody(quotes):
    bare = evolve(
        quotes[0], speaker=None, cue=None, context=evolve(quotes[0].context, before=None, after=None)
    )
    assert "No speaker named" in check(display.card(bare)).text


def test_the_table_of_speakers(quotes):
    read = check(quotes.speakers._repr_html_())
    assert squeezed(read.text).startswith("SpeakerKindQuotesWords")
    rows = re.findall(r"<tr class.*?</tr>", display.speakers_table(quotes.speakers))
    assert [squeezed(Reader(row).text) for row in rows] == [
        "1the countyorganization111",
        "2Ida HolmMayorperson219",
        "3Tomas Reedwho keeps the bakery on the quayperson112",
    ]


def test_a_page_stands_alone(quotes):
    html = display.render(quotes, page=True)
    assert html.startswith("<!doctype html>\n")
    assert html.endswith("</html>\n")
    assert "default-src 'none'" in html
    assert not re.search(r"<script|<link|<iframe|https?:|url\(|@import|src=|href=", html)
    assert html.count("<style>") == 1
    assert "prefers-color-scheme:dark" in html


def test_a_page_of_several_articles(quotes):
    html = page_head("Two") + page_article(quotes, "a.txt") + page_article(quotes, "b.txt") + page_foot()
    assert html.count("<style>") == 1
    assert html.count('<section class="qa"') == 2
    assert "a.txt" in html
    assert "b.txt" in html


def contrast(one: str, other: str) -> float:
    """The contrast of WCAG 2: 1 to 21."""

    def luminance(colour: str) -> float:
        channels = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
        linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize(("theme", "least"), [(palette().light, 7), (palette().dark, 5)])
def test_ink_is_readable_on_every_colour(theme, least):
    for ground in (*theme.fills, *theme.faints, theme.paper, theme.raised):
        assert contrast(theme.ink, ground) >= least
    for ground in (theme.paper, theme.raised):
        assert contrast(theme.muted, ground) >= 4.5


def test_colours_mix():
    assert mix("#FF0000", "#0000FF", 0.5) == "#800080"


def test_bars(quotes, tmp_path):
    ax = display.plot_speakers(quotes)
    assert [bar.get_width() for bar in ax.patches] == [2, 1, 1]
    assert [mpl.colors.to_hex(bar.get_facecolor()).upper() for bar in ax.patches] == [
        palette().lines[1],
        palette().lines[0],
        palette().lines[2],
    ]
    assert display.plot_speakers(quotes.speakers, by="words").get_xlabel() == "words in quotes"
    ax.figure.savefig(tmp_path / "bars.png")
    assert (tmp_path / "bars.png").stat().st_size > 5000


def test_bars_of_the_others(quotes):
    ax = display.plot_speakers(quotes, top=1)
    assert [label.get_text() for label in ax.get_yticklabels()] == ["Ida Holm", "2 others"]
    assert [bar.get_width() for bar in ax.patches] == [2, 2]
    ax = display.plot_speakers(quotes, top=2)
    assert ax.get_yticklabels()[-1].get_text() == "1 other"


def test_bars_on_given_axes_and_of_odd_names(quotes):
    from matplotlib import pyplot

    figure, ax = pyplot.subplots()
    odd = evolve(quotes[0], speaker=Speaker("$x_1$ <b>", None, "implicit", 9))
    assert display.plot_speakers(Quotes(quotes.text, (odd,)), ax=ax) is ax
    figure.canvas.draw()
    assert display.plot_speakers(Quotes("")).patches is not None
    pyplot.close("all")


@pytest.mark.parametrize("options", [{"by": "letters"}, {"top": 0}])
def test_bars_with_wrong_options(quotes, options):
    with pytest.raises(OptionError):
        display.plot_speakers(quotes, **options)


CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
browser = pytest.mark.skipif(CHROMIUM is None, reason="no Chromium here: apt-get install chromium")
DARK = "--blink-settings=preferredColorScheme=0"
LIGHT = "--blink-settings=preferredColorScheme=1"
# What a reader sees, as the browser computes it, with the pointer over the quote inside another. No pointer
# can be moved here: rules for what is under it are read as rules for a class.
ASK = """<script>
let under = [...document.querySelectorAll("mark[tabindex]")].pop();
for (; under; under = under.parentElement.closest("mark")) under.classList.add("pointed");
const wanted = "mark[tabindex], .qa, .qa-tip, .qa-table, .qa-table *";
const seen = [...document.querySelectorAll(wanted)].map(element => {
  const style = getComputedStyle(element);
  return {classes: element.className, ground: style.backgroundColor, ink: style.color, tag: element.tagName,
          line: style.borderBottomStyle, frame: style.boxShadow, display: style.display,
          columns: style.tableLayout, width: element.clientWidth, text: element.innerText};
});
document.body.innerHTML = "<pre id=answer></pre>";
document.getElementById("answer").textContent = JSON.stringify(seen);
</script>"""


def chromium(*arguments: str) -> str:
    command = [CHROMIUM, "--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=True, timeout=120).stdout


def computed(html: str, path, theme: str) -> list[dict]:
    html = html.replace(":hover", ".pointed")
    path.write_text("<!doctype html><meta charset=utf-8><body>" + html + ASK, encoding="utf-8")
    answer = re.search(r'<pre id="answer">(.*?)</pre>', chromium(theme, "--dump-dom", path.as_uri()), re.S)
    return json.loads(re.sub("&(lt|gt|amp);", lambda m: {"lt": "<", "gt": ">", "amp": "&"}[m[1]], answer[1]))


def rgb(colour: str) -> str:
    return f"rgb({int(colour[1:3], 16)}, {int(colour[3:5], 16)}, {int(colour[5:7], 16)})"


@browser
@pytest.mark.parametrize(("flag", "name"), [(LIGHT, "light"), (DARK, "dark")])
def test_a_browser_shows_the_colours(quotes, tmp_path, flag, name):
    theme = getattr(palette(), name)
    seen = computed(display.render(quotes), tmp_path / "fragment.html", flag)
    box = next(each for each in seen if each["classes"] == "qa")
    assert (box["ground"], box["ink"]) == (rgb(theme.paper), rgb(theme.ink))
    marks = [each for each in seen if "qa-quote" in each["classes"]]
    slots = [int(re.search(r"qa-s(\d)", each["classes"])[1]) for each in marks]
    assert slots == [0, 1, 1, 1, 2, 3]
    for slot, mark in zip(slots, marks, strict=True):
        indirect = "qa-indirect" in mark["classes"]
        assert mark["ground"] == rgb((theme.faints if indirect else theme.fills)[slot])
        assert mark["line"] == ("dotted" if indirect else "solid")
        assert mark["ink"] == rgb(theme.ink)
    assert [mark["frame"] != "none" for mark in marks] == [False] * 5 + [True]  # the one inside another
    tips = [each for each in seen if "qa-tip" in each["classes"]]
    assert [tip["display"] for tip in tips] == [*["none"] * 4, "block", "none"]  # not that of the outer one
    assert " ".join(tips[4]["text"].split()).startswith("The engineers direct · cue “say” confidence 0.")
    assert marks[0]["text"].startswith("The bridge at Kestrel Point will close")


# What Jupyter does to every table in an output.
JUPYTER = """<style>.jp-RenderedHTMLCommon table{table-layout:fixed;font-size:12px}
.jp-RenderedHTMLCommon tbody tr:nth-child(odd){background:#f00}</style><div class="jp-RenderedHTMLCommon">"""


@browser
def test_the_table_of_speakers_stays_as_it_is_in_jupyter(quotes, tmp_path):
    html = JUPYTER + display.speakers_table(quotes.speakers) + "</div>"
    seen = computed(html, tmp_path / "fragment.html", LIGHT)
    assert next(each for each in seen if each["classes"] == "qa-table")["columns"] == "auto"
    rows = [each for each in seen if each["tag"] == "TR"]
    assert len(rows) == 4
    assert {row["ground"] for row in rows} == {"rgba(0, 0, 0, 0)"}
    number, name, *_ = [each["width"] for each in seen if each["tag"] == "TH"]
    assert 3 * number < name


@browser
def test_the_theme_of_a_notebook_goes_before_that_of_the_system(quotes, tmp_path):
    html = f'<div data-jp-theme-light="true">{display.render(quotes)}</div>'
    seen = computed(html, tmp_path / "fragment.html", DARK)
    assert seen[0]["ground"] == rgb(palette().light.paper)


@browser
def test_a_browser_shows_hostile_words_as_words(tmp_path):
    page = tmp_path / "page.html"
    words = "".join(HOSTILE[:13])
    page.write_text(display.render(hostile_quotes(words), page=True, title="Title"), encoding="utf-8")
    shown = chromium("--dump-dom", page.as_uri())
    assert "<title>Title</title>" in shown
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in shown
    assert not re.search(r"<(script|img|svg|a)\b|<[^>]*(onload|onmouseover|position:fixed)", shown.lower())


@browser
def test_a_screenshot(quotes, tmp_path):
    """Has the colours of the page; pytest keeps the picture of the last three runs."""
    page, picture = tmp_path / "page.html", tmp_path / "page.png"
    page.write_text(display.render(quotes, page=True, title="The bridge"), encoding="utf-8")
    chromium(LIGHT, f"--screenshot={picture}", "--window-size=800,900", page.as_uri())
    pixels = mpl.image.imread(picture)[:, :, :3]
    assert pixels.shape == (900, 800, 3)
    theme = palette().light
    for colour in (theme.paper, theme.ink, theme.faints[0], theme.fills[1], theme.fills[2]):
        wanted = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
        assert (abs(pixels - wanted) < 0.003).all(axis=2).sum() > 100, colour
