"""`utmforge buttons`: share buttons, and the page patterns that the registry keeps of them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from html5lib import HTMLParser

from tests.browser import opened, violations

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser

    from tests.conftest import Run

TAGS = "utm_source=whatsapp&utm_medium=message&utm_campaign=site-share"
PATTERN = f"https://shop.example/*?{TAGS}"


@pytest.fixture(autouse=True)
def file(work: Path) -> Path:
    """A campaign file with one's own domains."""
    path = work / "campaigns.toml"
    path.write_text(
        '[workspace]\nown_domains = ["shop.example", "boutique.example"]\n', encoding="utf-8"
    )
    return path


def test_patterns_are_issued_and_the_file_is_written(run: Run, work: Path) -> None:
    """For each own domain and channel; a second run changes nothing."""
    words = ("buttons", "-c", "site-share", "-C", "whatsapp,copy", "-o", "b.html")
    result = run(*words)
    assert result.exit_code == 0
    copied = "utm_source=copied-link&utm_medium=social&utm_campaign=site-share"
    assert result.stdout == (
        f"{PATTERN}\nhttps://shop.example/*?{copied}\n"
        f"https://boutique.example/*?{TAGS}\nhttps://boutique.example/*?{copied}\n"
    )
    assert result.stderr.startswith(
        "issued 4 page patterns for site-share\nwrote b.html\n"
        "hint: if the site has a Content-Security-Policy, it needs: script-src 'sha384-"
    )
    page = (work / "b.html").read_text(encoding="utf-8")
    assert f'data-tags="{TAGS.replace("&", "&amp;")}"' in page
    assert run(*words).exit_code == 53
    again = run(*words, "--force")
    assert again.stderr.startswith("4 page patterns for site-share were already issued\n")
    assert (work / "b.html").read_text(encoding="utf-8") == page


def test_without_a_file_the_snippet_is_the_output(run: Run) -> None:
    """For a pipe into a template."""
    result = run("buttons", "-c", "site-share", "--domain", "shop.example", "--lang", "fr")
    assert result.exit_code == 0
    assert result.stdout.startswith("<!-- Boutons de partage par utmforge.")
    assert 'aria-label="Partager cette page"' in result.stdout
    assert result.stderr.startswith("issued 6 page patterns for site-share\n")
    assert run("list", "--format", "json").stdout.count('"pages": "site"') == 6


def test_a_dry_run_writes_and_issues_nothing(run: Run, work: Path) -> None:
    """Neither the file nor the registry."""
    result = run("buttons", "-c", "site-share", "-o", "b.html", "--dry-run")
    assert result.stderr.startswith("would issue 12 page patterns for site-share\n")
    assert not (work / "b.html").exists()
    assert run("list").stdout == ""


def test_files_of_their_own(run: Run, work: Path) -> None:
    """The snippet names them with their integrity hashes, which browsers check."""
    result = run(
        *("buttons", "-c", "site-share", "-o", "b.html"),
        *("--script", "share.js", "--style", "share.css"),
    )
    assert "script-src 'self'; style-src 'self'" in result.stderr
    page = (work / "b.html").read_text(encoding="utf-8")
    assert '<script src="share.js" integrity="sha384-' in page
    assert len((work / "share.js").read_bytes()) <= 4096
    assert '<link rel="stylesheet" href="share.css" integrity="sha384-' in page


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ((), "--campaign is missing"),
        (("-c", "s", "-C", "signal"), "Signal has no share link: a button cannot open it"),
        (("-c", "s", "-C", "carrier-pigeon"), 'no channel is called "carrier-pigeon"'),
        (("-c", "s", "--domain", "x.example"), '"x.example" is not on one of your own domains'),
        (("-c", "s", "--page", "https://x.example/"), "is not on one of your own domains"),
        (("-c", "s", "--page", "nonsense"), '"nonsense" is not a web address'),
        (("-c", "s", "--text", "Read {link} now"), "the text of a button has no {link}"),
        (("-c", "s", "--text", "x" * 501), "the text has 501 characters, and 500 are allowed"),
        (("-c", "s", "--script", "x.js"), "--script needs --output"),
        (("-c", "s", "-o", "no/b.html"), 'there is no folder "no"'),
        (("-c", "s", "-o", "."), '"." is a folder'),
        (("-c", "s", "-o", "b.html", "--script", "b.html"), "two of the files are the same"),
        (("-c", "ann@shop.example"), "e-mail address"),
    ],
    ids=range(13),
)
def test_what_is_refused(run: Run, words: tuple[str, ...], message: str) -> None:
    """With a sentence, and before anything is issued or written."""
    result = run("buttons", *words)
    assert result.exit_code != 0
    assert message in result.stderr
    assert result.stdout == ""
    assert run("list").stdout == ""


def test_own_domains_are_needed(run: Run, file: Path) -> None:
    """A pattern for any domain would claim the links of others."""
    file.write_text("", encoding="utf-8")
    result = run("buttons", "-c", "site-share")
    assert "the campaign file names no own domain" in result.stderr
    assert "own_domains" in result.stderr


HOSTILE = [
    '"><img src=x onerror=alert(1)>',
    "</script><script>alert(1)</script>",
    "--><script>alert(1)</script>",
    "[red]x[/red] e\u0301 💐 שלום",
    "&amp;lt;b&gt;",
    "{words}{url}",
]


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_no_element_that_we_did_not_write(
    run: Run, browser: Browser, work: Path, text: str
) -> None:
    """Whatever the words and the tags hold."""
    result = run(
        *("buttons", "-c", "site-share", "-C", "whatsapp,email,copy", "--text", text),
        *("--content", "<b onclick=alert(1)>'\"&", "--page", "https://shop.example/'\"<b>"),
        *("-o", "b.html"),
    )
    if "{" in text:
        assert result.exit_code == 2
        return
    assert result.exit_code == 0, result.stderr
    tree = HTMLParser(namespaceHTMLElements=False).parse((work / "b.html").read_text("utf-8"))
    names = {str(one.tag) for one in tree.iter() if isinstance(one.tag, str)}
    assert names == {"html", "head", "style", "body", "div", "a", "button", "span", "script"}
    attributes = {name for one in tree.iter() if isinstance(one.tag, str) for name in one.attrib}
    assert not {name for name in attributes if name.startswith("on")}
    with opened(browser, work / "b.html") as seen:
        assert seen.errors == []
        assert seen.requests == []


def test_explain_knows_the_links_of_readers(run: Run) -> None:
    """On every page of the domain and its subdomains, whatever was added on the way."""
    run("buttons", "-c", "site-share", "-C", "whatsapp")
    pattern = json.loads(run("list", "--format", "json").stdout)["data"][0]
    assert pattern["url"] == PATTERN
    for address in (
        f"https://shop.example/a/b?x=1&{TAGS}#top",
        f"https://www.shop.example/a?{TAGS}&fbclid=1",
        f"https://blog.shop.example/?{TAGS}",
    ):
        answer = json.loads(run("explain", address, "--format", "json").stdout)["data"]
        assert answer["issued"]["id"] == pattern["id"], address
        assert answer["issued"]["pages"] == "site"
    for address in (
        f"https://other.example/a?{TAGS}",
        f"https://shop.example/a?{TAGS.replace('whatsapp', 'sms')}",
        f"https://notshop.example/a?{TAGS}",
    ):
        answer = json.loads(run("explain", address, "--format", "json").stdout)["data"]
        assert answer["issued"] is None, address
    shown = run("explain", f"https://shop.example/a?{TAGS}", "-F", "table").stdout
    assert "by the share buttons of shop.example" in shown


def test_measure_knows_the_links_of_readers(run: Run, work: Path) -> None:
    """Visits of any page count for the pattern's campaign and channel."""
    run("buttons", "-c", "site-share", "-C", "whatsapp", "--domain", "shop.example")
    line = (
        '203.0.{}.7 - - [20/Nov/2026:10:{:02}:00 +0000] "GET /p{}?a=1&{} HTTP/1.1" 200 512 "-" '
        '"Mozilla/5.0 (X11; Linux x86_64; rv:{}.0) Gecko/20100101 Firefox/{}.0"\n'
    )
    log = "".join(line.format(n, n, n % 3, TAGS, n + 100, n + 100) for n in range(30))
    (work / "access.log").write_text(log, encoding="utf-8")
    result = run("measure", "access.log", "--by", "campaign,channel", "-F", "json")
    rows = json.loads(result.stdout)["data"]["rows"]
    assert [(row["campaign"], row["channel"], row["visits"]) for row in rows] == [
        ("site-share", "whatsapp", 30)
    ]


def test_compare_knows_the_names(run: Run, work: Path) -> None:
    """A report with the buttons' tags shows nothing foreign."""
    run("buttons", "-c", "site-share", "-C", "whatsapp")
    (work / "ga4.csv").write_text(
        "Session source,Session medium,Session campaign,Sessions\nwhatsapp,message,site-share,12\n",
        encoding="utf-8",
    )
    result = run("compare", "ga4.csv", "-F", "json")
    assert result.exit_code == 0, result.stdout


def test_a_pattern_is_no_link_to_hand_out(run: Run) -> None:
    """It is not copied, drawn or shared: its links are made on the pages."""
    run("buttons", "-c", "site-share", "-C", "whatsapp", "--domain", "shop.example")
    name = json.loads(run("list", "--format", "json").stdout)["data"][0]["id"]
    for words in (("copy", name), ("qr", name), ("share", name)):
        result = run(*words)
        assert result.exit_code == 2
        assert "is a page pattern, not a link" in result.stderr


def test_patterns_travel(run: Run, work: Path) -> None:
    """By the exchange file, by every export, and into another registry."""
    run("buttons", "-c", "site-share", "-C", "whatsapp,sms", "--domain", "shop.example")
    before = json.loads(run("list", "--format", "json").stdout)["data"]
    assert [one["pages"] for one in before] == ["site", "site"]
    for kind in ("csv", "jsonl", "toml"):
        assert run("registry", "export", f"links.{kind}").exit_code == 0
        other = ("--registry", f"{kind}.db")
        imported = run("registry", "import", f"links.{kind}", *other)
        assert imported.exit_code == 0, imported.stderr
        assert json.loads(run("list", "-F", "json", *other).stdout)["data"] == before
    assert run("registry", "sync", "shared.jsonl").exit_code == 0
    assert run("registry", "sync", "shared.jsonl", "--registry", "new.db").exit_code == 0
    there = json.loads(run("list", "-F", "json", "--registry", "new.db").stdout)["data"]
    assert sorted(there, key=repr) == sorted(before, key=repr)
    assert run("registry", "check", "--registry", "new.db").exit_code == 0
    assert not [path for path in work.iterdir() if path.name.endswith(".damaged")]


def test_retired_and_undone(run: Run) -> None:
    """A pattern lives as a link does."""
    run("buttons", "-c", "site-share", "-C", "whatsapp", "--domain", "shop.example")
    name = json.loads(run("list", "--format", "json").stdout)["data"][0]["id"]
    assert run("retire", name, "--reason", "buttons removed").exit_code == 0
    shown = run("explain", f"https://shop.example/a?{TAGS}", "-F", "table").stdout
    assert "buttons removed" in shown
    assert run("undo").exit_code == 0
    assert json.loads(run("list", "--format", "json").stdout)["data"][0]["state"] == "issued"


def test_on_postgresql(run: Run, database: str) -> None:
    """The same on a team's server."""
    run("buttons", "-c", "site-share", "-C", "whatsapp", "--registry", database)
    listed = json.loads(run("list", "-F", "json", "--registry", database).stdout)["data"]
    assert [one["pages"] for one in listed] == ["site", "site"]
    address = f"https://shop.example/a?{TAGS}"
    answer = run("explain", address, "-F", "json", "--registry", database)
    assert json.loads(answer.stdout)["data"]["issued"]["pages"] == "site"


def test_the_snippet_stands_alone_in_a_browser(run: Run, browser: Browser, work: Path) -> None:
    """As a file that is opened by itself, for a look at it."""
    run("buttons", "-c", "site-share", "--native", "-o", "b.html")
    page = work / "page.html"
    snippet = (work / "b.html").read_text(encoding="utf-8")
    page.write_text(
        f'<!doctype html><html lang="en"><title>Spring</title><main><h1>Spring</h1>{snippet}',
        encoding="utf-8",
    )
    with opened(browser, page) as seen:
        assert seen.page.get_by_role("link", name="WhatsApp").is_visible()
        assert violations(seen.page) == []
    assert (seen.requests, seen.errors) == ([], [])
