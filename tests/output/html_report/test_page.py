"""The page as HTML: whole, quiet, and without an element that we did not write."""

from __future__ import annotations

import re
from base64 import b64encode
from hashlib import sha256
from time import perf_counter
from typing import TYPE_CHECKING, Any

import html5lib
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.output.html_report.samples import FIRST, LAST, a_year, dark, sample
from utmforge.measure.dark_social.result import Sentence
from utmforge.measure.overview import CampaignDates, Overview, summed
from utmforge.measure.result import Row
from utmforge.measure.showing import with_returns
from utmforge.measure.timeline import DayCount, timeline
from utmforge.output.html_report.page import measurement_page

if TYPE_CHECKING:
    from utmforge.output.formats import PageLanguage

LANGUAGES: tuple[PageLanguage, ...] = ("en", "fr")
HOSTILE = (
    '"><script>alert(1)</script>',
    "' onmouseover='alert(1)' x='",
    "</style><img src=x onerror=alert(1)>",
    "</title></head><body onload=alert(1)>",
    "</svg><foreignObject><iframe src=javascript:alert(1)>",
    "<!--",
    "-->]]><![CDATA[",
    "&lt;script&gt;&#60;b&#62;&quot;",
    "{0}{title}{__class__}%s",
    "\x00\x1b[31m\u202eevil\u2066\u200b\ud800",
    "`${alert(1)}`",
    "<a href='javascript:alert(1)'>x</a>",
)


def tree(page: str) -> list[tuple[str, tuple[str, ...], str]]:
    """Return (element, its attributes, its id, class or address) of everything in a page."""
    parser = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False)
    root: Any = parser.parse(page)
    return [
        (
            str(one.tag),
            tuple(sorted(map(str, one.attrib))),
            str(one.get("class") or one.get("href") or one.get("id")),
        )
        for one in root.iter()
        if isinstance(one.tag, str)
    ]


def text_of(page: str) -> str:
    """Return the text that a page shows."""
    root: Any = html5lib.parse(page, namespaceHTMLElements=False)
    return " ".join(" ".join(root.find("body").itertext()).split())


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("evil", HOSTILE)
def test_a_hostile_text_stays_a_text(evil: str, language: PageLanguage) -> None:
    """In every field of the log, the campaigns and the answer: the page has the same elements."""
    page = measurement_page(sample(evil), language)

    assert tree(page) == tree(measurement_page(sample("a"), language))
    assert page.encode()
    assert not re.search("[\x00-\x09\x0b-\x1f\u202a-\u202e\u2066-\u2069\u200b]", page)


@settings(max_examples=40)
@given(st.text(min_size=1, max_size=200))
def test_any_text_stays_a_text(text: str) -> None:
    """Whatever it is."""
    assert tree(measurement_page(sample(text))) == tree(measurement_page(sample("a")))


def test_what_is_written_is_what_is_read() -> None:
    """Escaped once, not twice."""
    shown = text_of(measurement_page(sample('R&D <spring> "50 %" it\'s')))

    assert 'What R&D <spring> "50 %" it\'s brought' in shown


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_can_ask_for_nothing(language: PageLanguage) -> None:
    """No script, no address but places in the page, and a policy that allows only our style."""
    page = measurement_page(sample(), language)
    elements = {name for name, _, _ in tree(page)}
    attributes = {name for _, names, _ in tree(page) for name in names}
    style = re.search("<style>(.*)</style>", page, re.DOTALL)

    assert style
    digest = b64encode(sha256(style[1].encode()).digest()).decode()
    assert (
        f"default-src 'none'; style-src 'sha256-{digest}'; script-src 'none'; "
        "base-uri 'none'; form-action 'none'"
    ) in page
    assert elements.isdisjoint({"script", "img", "iframe", "link", "form", "object", "use"})
    assert [name for name in attributes if name.startswith("on") or name in {"src", "style"}] == []
    assert all(address.startswith("#") for address in re.findall('href="([^"]*)"', page))
    assert re.findall(r"url\((?!#)|@import|https?:", page) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_structure(language: PageLanguage) -> None:
    """One heading of the first rank, each section named, each place in the page unique."""
    page = measurement_page(sample(), language)
    ids = re.findall(' id="([^"]*)"', page)
    targets = re.findall('href="#([^"]*)"', page)

    assert f'<html lang="{language}">' in page
    assert page.count("<h1>") == 1
    assert len(ids) == len(set(ids))
    assert set(targets) <= set(ids)
    assert re.findall('aria-labelledby="([^"]*)"', page) == [
        f"{key}-title" for key in re.findall('<section id="([^"]*)"', page)
    ] or set(re.findall('aria-labelledby="([^"]*)"', page)) <= set(ids)
    assert page.index('class="skip"') < page.index("<header>")
    for picture in re.finditer("<figure>", page):
        assert "<table>" in page[picture.start() : page.find("</section>", picture.start())]


def test_the_figures_of_a_board() -> None:
    """What the first screen says."""
    shown = text_of(measurement_page(sample("spring-sale")))

    assert shown.startswith(
        "Skip to the report utmforge report What spring-sale brought 20\N{EN DASH}26 March 2026, "
        "days in spring-sale 1,333 visits came by 2 channels. 119 conversions followed, worth "
        "495.00 EUR, 7.00 USD. Links were pasted in messaging apps at least 19 times."
    )


def test_numbers_and_dates_in_french() -> None:
    """Commas, narrow spaces, and the names of months."""
    shown = text_of(measurement_page(sample("soldes"), "fr"))

    assert "20\N{EN DASH}26 mars 2026" in shown
    assert "1 333 visites sont venues par 2 canaux." in shown
    assert "495,00" in shown


def test_private_sharing_is_a_range() -> None:
    """Never one number; the certain part stands apart."""
    shown = text_of(measurement_page(sample()))

    assert "17\N{EN DASH}27% of all visits, estimated" in shown
    assert "100\N{EN DASH}300 5.0\N{EN DASH}15.0%" in shown


def test_private_sharing_that_cannot_be_estimated() -> None:
    """The reason is said, and only what is certain is a number."""
    few = dark("a")._replace(
        low=None,
        high=None,
        share_low=None,
        share_high=None,
        cannot=(Sentence("few-days", "the log has fewer than 14 days"),),
    )
    shown = text_of(measurement_page(sample(private=few)))

    assert "12% of all visits, at least" in shown
    assert "The log has fewer than 14 days" in shown
    assert "estimated " not in shown.split("Shared in private", 2)[1][:40]


def test_nothing_to_show() -> None:
    """An empty log makes a page that says so."""
    table = sample().table._replace(
        since=None,
        until=None,
        rows=(),
        excluded=(),
        orphans=(),
        orphans_suppressed=0,
        late=(),
        origins=(),
        dark_social=None,
        advice=(),
    )
    empty = Overview(None, table, (), (), None, (), (), ())
    for language in LANGUAGES:
        assert tree(measurement_page(empty, language))
    shown = text_of(measurement_page(empty))
    assert "The log has no requests" in shown
    assert "No link that was issued has been visited." in shown
    assert "The figures are too few for advice." in shown


def test_a_year_is_a_small_page() -> None:
    """At most 300 KB and a second, on a busy machine."""
    year = a_year()
    begun = perf_counter()
    page = measurement_page(year)
    seconds = perf_counter() - begun

    assert len(page.encode()) <= 300_000
    assert seconds <= 1
    assert "2026-campaign-with-a-name-00" in page


def test_a_page_has_a_largest_size() -> None:
    """A log with a hundred thousand campaigns and endless names does not make an endless page."""
    name = "x" * 10_000
    rows = with_returns(
        Row({"campaign": f"{at}{name}", "channel": f"{at}{name}"}, 1, {}, 20, 20, 1, 1)
        for at in range(5000)
    )
    sides = sample(name)
    page = measurement_page(
        sides._replace(
            table=sides.table._replace(rows=tuple(rows)),
            channels=tuple(summed(rows, "channel")),
            campaigns=tuple(summed(rows, "campaign")),
            timeline=None,
            dates=tuple(CampaignDates(name, None, None) for _ in range(5000)),
        )
    )

    assert len(page.encode()) <= 300_000
    assert "4,900 more are not shown here" in page


def test_days_without_anything_are_one_row() -> None:
    """The picture has each of them, the table has them together."""
    shown = text_of(measurement_page(sample()))

    assert "20\N{EN DASH}26 Mar 2026 46 4 1" in shown
    days = {FIRST: DayCount(40, 41, 3, 1), LAST: DayCount(15, 16, 1, 0)}
    shown = text_of(measurement_page(sample()._replace(timeline=timeline(days, FIRST, LAST, 10))))
    assert "20 Mar 2026 41 3 1 21\N{EN DASH}25 Mar 2026 0 0 0 26 Mar 2026 16 1 0" in shown
