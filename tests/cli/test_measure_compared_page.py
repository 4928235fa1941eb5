"""`utmforge measure --html` with a second period or source: what the page says of both."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.browser import DESKTOP, PHONE, opened, violations
from tests.cli.test_measure_saved import APRIL, issued, march, month
from tests.output.html_report.test_page import text_of

if TYPE_CHECKING:
    from playwright.sync_api import Browser

    from tests.conftest import Run

__all__ = ["issued", "march"]


def april(run: Run, *words: str) -> str:
    """Return the text of the page of April beside March."""
    log = month(APRIL, email=(320, 100), whatsapp=(66, 12), sms=(3, 0), qr=(14, 1))
    result = run("measure", log, "--compare", "march", "--html", "-", *words)
    assert result.exit_code == 0, result.stderr
    return text_of(result.stdout)


def test_the_page_compares_two_periods(march: Run) -> None:
    """The same numbers as the table of the terminal, each with its range and judgement."""
    text = april(march)

    assert "Compared with before Beside march: 2–28 March 2026 (27 days; now 27 days)." in text
    assert (
        "In all, visits per day changed by +32% (+14% to +53%): more than chance. The conversion "
        "rate changed by +10.7 points (+4.4 to +16.6): more than chance."
    ) in text
    for line in (
        "spring email 320 200 +60% +34% to +91% more than chance",
        "spring whatsapp 66 60 +10% −22% to +56% may be chance",
        "spring sms – 30 – – few visitors now",
        "spring email 31.2% 20.0% +11.2 +3.5 to +18.5 more than chance",
        "spring whatsapp 18.2% 20.0% −1.8 −15.8 to +11.9 may be chance",
    ):
        assert line in text
    assert "−100% 0% +100%" in text
    assert "Of 20 names without any change" in text


def test_the_comparison_in_french(march: Run) -> None:
    """Words, numbers and method."""
    text = april(march, "--lang", "fr").replace("\u202f", " ")

    assert "Par rapport à avant À côté de march : 2–28 mars 2026 (27 jours" in text
    assert "spring email 320 200 +60 % +34 % à +91 % plus qu’un hasard" in text
    assert "spring email 31,2 % 20,0 % +11,2 +3,5 à +18,5 plus qu’un hasard" in text
    assert "Sur 20 noms sans aucune évolution" in text


@pytest.mark.parametrize("by", ["campaign", "channel", "content,channel", "link", "page", "day"])
def test_a_page_has_one_table_of_the_same_visits(march: Run, by: str) -> None:
    """It counts by what is compared, so that two tables do not tell what each of them hides."""
    assert march("measure", "march.log", "--save", "by", "--by", by).exit_code == 0
    log = month(APRIL, email=(320, 100), whatsapp=(66, 12), sms=(3, 0), qr=(14, 1))
    result = march("measure", log, "--compare", "by", "--by", by, "--html", "-")
    assert result.exit_code == 0, result.stderr
    text = text_of(result.stdout)

    assert "Compared with before" in text
    for key, heading in (("campaign", "By campaign"), ("channel", "By channel")):
        assert (heading in text) == (key in by.split(","))
    assert ("Show as a table" in text) == (by != "day")
    if by == "campaign":
        assert "spring 403 305 +32% +14% to +53% more than chance" in text
    if by == "channel":
        assert "email 320 200 +60% +34% to +91% more than chance" in text


def test_a_page_without_the_other_period(march: Run) -> None:
    """Nothing is compared where nothing is named, or where the log has no days."""
    log = month(APRIL, email=(320, 100))
    assert "Compared" not in text_of(march("measure", log, "--html", "-").stdout)
    Path("empty.log").write_text("")
    result = march("measure", "empty.log", "--compare", "march", "--html", "-")
    assert (result.exit_code, "Compared" in result.stdout) == (0, False)


@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_comparison_in_a_browser(march: Run, browser: Browser, language: str) -> None:
    """Nothing overflows, asks or is hard to read; axe-core finds nothing."""
    log = month(APRIL, email=(320, 100), whatsapp=(66, 12), sms=(3, 0), qr=(14, 1))
    words = ("measure", log, "--compare", "march", "--html", "page.html", "--lang", language)
    assert march(*words).exit_code == 0
    for width in (PHONE, DESKTOP):
        for scheme in ("light", "dark"):
            with opened(browser, Path("page.html"), width=width, scheme=scheme) as seen:
                assert violations(seen.page) == []
                assert seen.page.evaluate("document.documentElement.scrollWidth") == width
                assert seen.page.is_visible("#compare .ranges svg")
            assert (seen.requests, seen.errors) == ([], [])


def test_the_compared_numbers_are_in_the_chart(march: Run) -> None:
    """A full dot is more than chance, an empty one may be chance."""
    log = month(APRIL, email=(320, 100), whatsapp=(66, 12), sms=(3, 0), qr=(14, 1))
    page = march("measure", log, "--compare", "march", "--html", "-").stdout
    part = page[page.index('id="compare"') : page.index('id="channels"')]

    assert re.findall(r'<circle cx="([\d.]+%)" cy="8" r="4.5" class="([a-z-]+)"', part) == [
        ("80%", "f-visits"),
        ("55%", "f-open"),
    ]
