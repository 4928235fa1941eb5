"""`utmforge measure --html`: the page as a reader sees it, in a browser and on paper."""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import html5lib
import pytest

from tests.browser import DESKTOP, PHONE, opened, violations
from tests.conftest import EXAMPLE, ROOT
from tests.measure.log_lines import START, visitors

if TYPE_CHECKING:
    from playwright.sync_api import Browser

    from tests.conftest import Run

LOG = str(ROOT / "examples" / "access.log")
STORY = ("measure", LOG, "--file", str(EXAMPLE), "--quiet")
TAGS = "/?utm_source={0}&utm_medium={1}&utm_campaign={2}"
ENGLISH, FRENCH = "en", "fr"


@pytest.fixture
def story(run: Run) -> Run:
    """A command with the links of the example issued."""
    assert run("build", "--file", str(EXAMPLE)).exit_code == 0
    return run


def text_of(page: str) -> str:
    """Return the text that a page shows."""
    body = html5lib.parse(page, namespaceHTMLElements=False).find("body")
    return " ".join(" ".join(body.itertext()).split())


@pytest.mark.parametrize(
    ("language", "title"),
    [(ENGLISH, "What our links brought"), (FRENCH, "Ce que nos liens ont apporté")],
)
def test_the_page_in_a_browser(story: Run, browser: Browser, language: str, title: str) -> None:
    """Phone and desktop, light and dark: nothing overflows, asks, fails, or is hard to read."""
    assert story(*STORY, "--html", "report.html", "--lang", language).exit_code == 0
    for width in (PHONE, DESKTOP):
        for scheme in ("light", "dark"):
            with opened(browser, Path("report.html"), width=width, scheme=scheme) as seen:
                assert seen.page.inner_text("h1") == title
                assert violations(seen.page) == []
                assert seen.page.evaluate("document.documentElement.scrollWidth") == width
                assert seen.page.evaluate(OVERLAPS) == []
            assert (seen.requests, seen.errors) == ([], [])


OVERLAPS = """() => {
    const found = [];
    for (const svg of document.querySelectorAll("svg")) {
        const texts = [...svg.querySelectorAll("text")].map(one => one.getBoundingClientRect());
        texts.forEach((one, at) => texts.slice(at + 1).forEach(other => {
            const apart = one.right <= other.left || other.right <= one.left
                || one.bottom <= other.top + 3 || other.bottom <= one.top + 3;
            if (!apart) found.push([one.left, other.left]);
        }));
    }
    for (const cell of document.querySelectorAll(".who, .what, dt, dd, h2, nav li")) {
        if (cell.scrollWidth > cell.clientWidth + 1 && getComputedStyle(cell).display !== "inline")
            found.push(cell.textContent);
    }
    return found;
}"""
"""Labels of charts that cover each other, and texts that are wider than their place."""


WHERE = "document.activeElement.tagName + document.activeElement.className"


def test_the_page_works_with_the_keyboard(story: Run, browser: Browser) -> None:
    """The first key leads past the header; each table that scrolls and each detail is reached."""
    assert story(*STORY, "--html", "report.html").exit_code == 0
    with opened(browser, Path("report.html"), width=PHONE, scripts=True) as seen:
        page = seen.page
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.className") == "skip"
        page.keyboard.press("Enter")
        assert page.url.endswith("#report")
        reached = set()
        while "SUMMARY" not in reached:
            page.keyboard.press("Tab")
            reached.add(page.evaluate(WHERE))
            assert page.evaluate(WHERE) != "Askip", "the page was left without a detail"
        page.keyboard.press("Enter")
        assert page.evaluate("document.activeElement.parentElement.open")
        assert {"DIVscroll", "SUMMARY"} <= reached


def test_the_page_on_paper(story: Run, browser: Browser) -> None:
    """A4, with what is folded on screen; in light colours whatever the screen has."""
    assert story(*STORY, "--html", "report.html").exit_code == 0
    with opened(browser, Path("report.html"), scheme="dark") as seen:
        paper = seen.page.pdf(prefer_css_page_size=True)
        seen.page.emulate_media(media="print")
        assert seen.page.is_visible("details table")
        assert not seen.page.is_visible("nav")
        colour = seen.page.evaluate("getComputedStyle(document.documentElement).backgroundColor")
        assert colour == "rgb(255, 255, 255)"
        seen.page.set_viewport_size({"width": 680, "height": 900})  # A4 without its margins
        assert seen.page.evaluate("document.documentElement.scrollWidth") <= 680
    boxes = re.findall(rb"/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]", paper)
    assert boxes
    assert {(round(float(wide)), round(float(high))) for wide, high in boxes} <= {
        (595, 842),
        (596, 842),
    }


def test_the_page_without_scripts(story: Run, browser: Browser) -> None:
    """It needs none."""
    assert story(*STORY, "--html", "report.html").exit_code == 0
    with opened(browser, Path("report.html"), scripts=False) as seen:
        assert seen.page.inner_text("h1") == "What our links brought"


def test_the_page_has_the_numbers_of_the_table(story: Run) -> None:
    """The table is printed as ever; the page says the same."""
    result = story("measure", LOG, "--file", str(EXAMPLE), "--html", "report.html")
    shown = text_of(Path("report.html").read_text(encoding="utf-8"))

    assert result.exit_code == 0
    assert "done" not in result.stdout
    assert "wrote report.html\n" in result.stderr
    for line in ("newsletter 0 64 5 7.8%", "whatsapp 16 48 11 22.9%", "sms 0 21 2 9.5%"):
        assert line in shown
    assert "2026-spring-sale , from" not in shown
    assert "2026-spring-sale, from 20 March 2026" in shown


def test_the_page_does_not_depend_on_what_is_counted_by(story: Run) -> None:
    """`--by` and `--format` are about the answer."""
    assert story(*STORY, "--html", "a.html").exit_code == 0
    assert story(*STORY, "--html", "b.html", "--by", "day", "--format", "csv").exit_code == 0

    assert Path("a.html").read_text() == Path("b.html").read_text()


def test_the_page_on_standard_output(story: Run) -> None:
    """It is the answer then, and the only one."""
    assert story(*STORY, "--html", "report.html").exit_code == 0
    result = story(*STORY, "--html", "-")

    assert result.exit_code == 0
    assert result.stdout == Path("report.html").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "Conversions – not counted: no goals are set"),
        ("fr", "Conversions – pas comptées : aucun objectif n’est défini"),
    ],
)
def test_without_goals_no_conversions_are_claimed(run: Run, language: str, said: str) -> None:
    """Conversions that were not counted are unknown, not none, and have no rate."""
    run("build", "-f", str(ROOT / "examples" / "campaigns.toml"))
    text = text_of(run("measure", LOG, "--html", "-", "--lang", language).stdout)

    assert said in text
    days = "Days Visits Previews" if language == ENGLISH else "Jours Visites Aperçus"
    assert days in text
    assert re.search(r"(?<!\d)0[.,]0 ?%", text) is None


def test_one_campaign(story: Run) -> None:
    """Its name is the title."""
    assert story(*STORY, "--html", "a.html", "-c", "2026-spring-sale").exit_code == 0

    assert "<h1>What 2026-spring-sale brought</h1>" in Path("a.html").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (["--html", "there.html"], 53, '"there.html" already exists'),
        (["--html", "a.log", "--force"], 53, '"a.log" is read by this command'),
        (["--html", "registry.db", "--force"], 53, '"registry.db" is the registry itself'),
        (["--html", "campaigns.toml", "--force"], 53, '"campaigns.toml" is read by this command'),
        (["--html", "orders.csv", "--force", "--conversions", "orders.csv"], 53, "is read by this"),
        (["--html", "no/such/a.html"], 53, 'there is no folder "no/such"'),
        (["--html", "folder"], 53, '"folder" is a folder'),
        (["--html", "broken.html", "--force"], 53, "it is a link to a missing file"),
        (["--lang", "fr"], 2, "--lang has no effect without --html"),
        (["--force"], 2, "--force has no effect without --html"),
        (["--html", "a.html", "--lang", "de"], 2, '"de" is not one of "en", "fr"'),
        (["--html", "a.html", "--compat", "goaccess"], 2, "cannot be combined with --html"),
    ],
)
def test_refused_pages(run: Run, words: list[str], code: int, said: str) -> None:
    """Before anything is measured; what is there stays as it is."""
    Path("folder").mkdir()
    Path("broken.html").symlink_to("nowhere.html")
    Path("a.log").write_text("".join(visitors("/", 12)))
    Path("orders.csv").write_text("campaign\n")
    Path("there.html").write_text("mine")
    Path("campaigns.toml").write_text('[workspace]\nown_domains = ["shop.example"]\n')
    registry = ("--registry", "registry.db")
    assert run("new", "https://shop.example/", "-c", "a", "-C", "sms", *registry).exit_code == 0
    before = {path: path.read_bytes() for path in Path().iterdir() if path.is_file()}
    result = run("measure", "a.log", *registry, *words)

    assert result.exit_code == code, result.stderr
    assert said in result.stderr
    assert {path: path.read_bytes() for path in Path().iterdir() if path.is_file()} == before


def test_force_overwrites_and_keeps_the_mode(story: Run) -> None:
    """As every other command does."""
    page = Path("report.html")
    page.write_text("old")
    page.chmod(0o600)

    assert story(*STORY, "--html", "report.html", "--force").exit_code == 0
    assert page.read_text(encoding="utf-8").startswith("<!DOCTYPE html>")
    assert page.stat().st_mode & 0o777 == 0o600
    assert list(Path().glob(".utmforge*")) == []


def channel_visits(page: str) -> dict[str, str]:
    """Return what the table of channels says of visits."""
    table = page[page.index("by channel</caption>") :]
    rows = re.findall(
        r'<tr[^>]*><th scope="row">([^<]*)</th><td>[^<]*</td><td>([^<]*)</td>',
        table[: table.index("</table>")],
    )
    return dict(rows)


@pytest.mark.parametrize("by", ["campaign,channel", "link", "day"])
def test_few_visitors_follow_from_nothing_on_the_page(run: Run, by: str) -> None:
    """4 by SMS and 3 on one day: not as a row, and not as what is left of two other numbers."""
    for channel in ("email", "sms", "whatsapp", "messenger"):
        assert run("new", "https://shop.example/", "-c", "spring", "-C", channel).exit_code == 0
    lines: list[str] = []
    for source, medium, number in (
        *(("email", "email", 120), ("sms", "sms", 4)),
        *(("whatsapp", "message", 31), ("messenger", "message", 50)),
    ):
        page = TAGS.format(source, medium, "spring")
        lines += visitors(page, number, first=len(lines))
    day = (START + timedelta(days=1)).strftime("%d/%b/%Y")
    today = START.strftime("%d/%b/%Y")
    lines = [
        line.replace(today, day) if at in {0, 40, 130} else line for at, line in enumerate(lines)
    ]
    Path("a.log").write_text("".join(lines))
    result = run("measure", "a.log", "--quiet", "--html", "a.html", "--by", by)
    page = Path("a.html").read_text(encoding="utf-8")

    assert result.exit_code == 0
    assert channel_visits(page) == {
        "email": "120",
        "messenger": "50",
        "2 with few visitors": "35",
    }
    shown = text_of(page)
    assert "205 visits came by" in shown
    assert "23\N{EN DASH}24 Mar 2026 205" in shown
    assert not re.search(
        r"\b(3|4|31|202)\b(?! (March|Mar|days))", re.sub(r"0\.3\.0|/32", "", shown)
    )


def test_no_days_where_the_sum_is_hidden(run: Run) -> None:
    """The days would add up to what the rows hide."""
    for channel in ("email", "sms"):
        assert run("new", "https://shop.example/", "-c", "spring", "-C", channel).exit_code == 0
    lines = visitors(TAGS.format("email", "email", "spring"), 9)
    lines += visitors(TAGS.format("sms", "sms", "spring"), 9, first=9)
    Path("a.log").write_text("".join(lines))
    assert run("measure", "a.log", "--quiet", "--html", "a.html").exit_code == 0
    shown = text_of(Path("a.html").read_text(encoding="utf-8"))

    assert "The visitors are too few to be told by day." in shown
    assert "18" not in re.sub(r"\d+ lines were.*?people\.", "", shown)


def test_a_hostile_log_in_a_browser(story: Run, browser: Browser) -> None:
    """Tags, pages and referrers that are markup are shown as what they are, and do nothing."""
    tags = "/?utm_source=%3Cscript%3Ealert(1)%3C/script%3E&utm_medium=%22onload=alert(2)%20x=%22"
    lines = visitors(f"{tags}&utm_campaign=%3Cimg%20src=x%20onerror=alert(3)%3E", 12)
    lines += visitors("/<svg/onload=alert(4)>/deep/page", 30, first=20)
    Path("a.log").write_text("".join(lines) + Path(LOG).read_text(encoding="utf-8"))
    words = ("measure", "a.log", "--file", str(EXAMPLE), "--quiet", "--html", "a.html")
    assert story(*words).exit_code == 0
    with opened(browser, Path("a.html"), width=PHONE) as seen:
        assert "<script>alert(1)<-script>" in seen.page.inner_text("#lost")
        assert seen.page.evaluate("document.documentElement.scrollWidth") == PHONE
        assert seen.page.evaluate("document.scripts.length + document.images.length") == 0
        assert violations(seen.page) == []
    assert (seen.requests, seen.errors) == ([], [])
