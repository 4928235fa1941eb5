"""`utmforge measure --html` of what an analytics tool has counted, alone or beside a log."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.browser import DESKTOP, PHONE, opened, violations
from tests.cli.test_measure_sources import EMAIL, GA4, REPORTS, WHATSAPP, issued
from tests.measure.log_lines import visitors
from tests.measure.sources.ga4_export import event, sessions, write_export
from tests.output.html_report.test_page import text_of

if TYPE_CHECKING:
    from playwright.sync_api import Browser

    from tests.conftest import Run

__all__ = ["issued"]

DAY = """\
# Start date: 20260323
# End date: 20260323
Session source / medium,Session campaign,Sessions
acme-news / email,spring,40
whatsapp / message,spring,35
"""


def page(run: Run, *words: str) -> str:
    """Return the text of a page."""
    result = run("measure", *words, "--html", "-")
    assert result.exit_code == 0, result.stderr
    return " ".join(text_of(result.stdout).replace("\u202f", " ").split())


def a_log() -> str:
    """Write a log of the day of `DAY` and return its name."""
    query = "/?utm_source={}&utm_medium={}&utm_campaign=spring"
    email, whatsapp = query.format("acme-news", "email"), query.format("whatsapp", "message")
    lines = [*visitors(email, 50), *visitors(whatsapp, 30, first=100)]
    Path("a.log").write_text("".join(lines))
    return "a.log"


def test_the_page_of_a_report(issued: Run) -> None:
    """What GA4 tells is shown, and what it cannot tell is said; nothing is claimed to be none."""
    Path("ga4.csv").write_text(GA4)
    text = page(issued, "ga4.csv")

    assert "1–31 March 2026, days in the time zone set in GA4" in text
    assert "496 visits came by 1 channel. 30 conversions followed, worth 593.50 EUR." in text
    assert "email 400 20 5.0% 3.3–7.6% 500.00 EUR 100.00 EUR +400% 5.00 EUR" in text
    assert "GA4 has no link previews, and no range of private sharing can be told from it" in text
    assert "This source counts all days together." in text
    assert "acme-news / email / sping 40 misspelt; meant: spring" in text
    assert "GA4 may file a visit without tags under the campaign" in text
    assert "Made by utmforge" in text
    assert "from what GA4 counted." in text
    for unknown in ("Previews", "What to do next", "previews", "The log", "not a visit"):
        assert unknown not in text.replace("link previews", "")


def test_the_page_of_a_report_in_french(issued: Run) -> None:
    """Nothing in it is English but names."""
    Path("ga4.csv").write_text(GA4)
    result = issued("measure", "ga4.csv", "--html", "-", "--lang", "fr")
    text = " ".join(text_of(result.stdout).replace("\u202f", " ").split())

    assert "1er–31 mars 2026, jours du fuseau horaire réglé dans GA4" in text
    assert "GA4 n’a pas d’aperçus de liens" in text
    assert "Le rapport ne nomme pas sa devise : c’est EUR" in text
    assert 'lang="en"' not in result.stdout


@pytest.mark.parametrize("path", sorted(path.name for path in REPORTS.glob("*.csv")))
def test_a_page_of_each_sample(run: Run, path: str) -> None:
    """Of every tool and language: no unknown count is shown as 0."""
    sample = REPORTS / path
    if run("measure", str(sample)).exit_code:
        return
    for language in ("en", "fr"):
        result = run("measure", str(sample), "--html", "-", "--lang", language)
        assert result.exit_code == 0, result.stderr
        assert 'id="key"' in result.stdout
        assert 'lang="en"' not in result.stdout.replace('<html lang="en">', "")


def test_a_report_of_visitors_only(issued: Run) -> None:
    """Their visits are not known, and not none."""
    Path("p.csv").write_text("utm_source,utm_campaign,Visitors\nacme-news,spring,40\n")
    text = page(issued, "p.csv")

    assert "40 visitors came by" in text
    assert "Visitors by our links 40" in text
    assert "Conversions – not told by this source" in text
    assert "Channel Visitors Conversions" in text
    assert "No link that was issued has been visited" not in text


def test_a_report_of_campaigns_only(issued: Run) -> None:
    """There are no channels to show."""
    Path("c.csv").write_text("Session campaign,Sessions\nspring,40\n")
    text = page(issued, "c.csv")

    assert "40 visits came by our links." in text
    assert "By channel" not in text
    assert "C.csv does not tell channels: counted by campaign" in text


def test_a_report_by_day_has_a_time_line(issued: Run) -> None:
    """With the days of the tool."""
    rows = "".join(f"2026-03-{day:02},acme-news,spring,{day + 10}\n" for day in range(1, 9))
    Path("d.csv").write_text(f"Date,Session source,Session campaign,Sessions\n{rows}")
    text = page(issued, "d.csv")

    assert "Show as a table" in text
    assert "8 Mar 2026 18" in text
    assert "Days Visits" in text


def test_the_page_of_events(issued: Run) -> None:
    """Nothing about a person is in it."""
    events = [*sessions(41, EMAIL), *sessions(12, WHATSAPP, first=100)]
    events += [event("purchase", who=1, second=90, purchase=("t1", 19.9), tags=EMAIL)]
    write_export(events, "e.ndjson")
    result = issued("measure", "e.ndjson", "--html", "-")

    assert result.exit_code == 0, result.stderr
    assert "person-" not in result.stdout
    text = text_of(result.stdout)
    assert "53 visits came by 2 channels. 1 conversion followed" in text
    assert "A conversion is a purchase" in text


def test_two_sources_on_a_page(issued: Run) -> None:
    """A row for each name with the difference, and the usual reasons."""
    Path("ga4.csv").write_text(DAY)
    log = a_log()
    text = page(issued, log, "--beside", "ga4.csv")

    assert "Server log beside GA4: how many visits by our links each of them counts." in text
    assert "spring email 50 40 −10 −20%" in text
    assert "spring whatsapp 30 35 +5 +17%" in text
    assert "Where GA4 has fewer: visitors who do not consent" in text
    assert "Shared in private" in text

    other = page(issued, "ga4.csv", "--beside", log, "--lang", "fr")
    assert "GA4 à côté de Journal du serveur" in other
    assert "spring email 40 50 +10 +25 %" in other
    assert "Là où GA4 compte moins" in other
    assert "from what GA4" not in other


def test_two_sources_by_other_keys_are_one_table(issued: Run) -> None:
    """The page then counts by these keys alone."""
    Path("ga4.csv").write_text(DAY)
    text = page(issued, a_log(), "--beside", "ga4.csv", "--by", "channel")

    assert "email 50 40 −10 −20%" in text
    assert "By campaign" not in text


def test_the_format_of_a_log_beside_a_report(issued: Run) -> None:
    """It is that of the log, whichever of the two stands first."""
    Path("ga4.csv").write_text(DAY)
    text = page(issued, "ga4.csv", "--beside", a_log(), "--log-format", "combined")

    assert "spring email 40 50 +10 +25%" in text


def test_days_that_differ_are_said_on_the_page(issued: Run) -> None:
    """Where the reader sees the numbers."""
    Path("ga4.csv").write_text(GA4)
    log = a_log()

    said = "The log holds 2026-03-23 to 2026-03-23 only: its other days have no visits"
    assert said in page(issued, log, "--beside", "ga4.csv")


def test_a_hostile_report_stays_text(issued: Run) -> None:
    """In tags, and in the name of the file."""
    evil = "<img src=x onerror=alert(1)>"
    name = "<b>.csv"
    Path(name).write_text(f"Session source,Session campaign,Sessions\n{evil},{evil},40\n")
    result = issued("measure", name, "--html", "-")

    assert result.exit_code == 0
    assert "&lt;img src=x" in result.stdout
    assert re.findall(r"<img|<b>|onerror=[^a]", result.stdout) == []


def test_pages_of_sources_in_a_browser(issued: Run, browser: Browser) -> None:
    """Both languages: nothing overflows, asks or is hard to read; axe-core finds nothing."""
    Path("ga4.csv").write_text(DAY)
    log = a_log()
    assert issued("measure", "ga4.csv", "--html", "one.html").exit_code == 0
    words = ("measure", log, "--beside", "ga4.csv", "--lang", "fr")
    assert issued(*words, "--html", "two.html").exit_code == 0
    for name in ("one.html", "two.html"):
        for width in (PHONE, DESKTOP):
            with opened(browser, Path(name), width=width, scheme="dark") as seen:
                assert violations(seen.page) == []
                assert seen.page.evaluate("document.documentElement.scrollWidth") == width
            assert (seen.requests, seen.errors) == ([], [])
