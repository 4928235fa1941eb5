"""The share sheet: whole, quiet, without an element that we did not write, and useful."""

from __future__ import annotations

import importlib.util
import io
import re
from base64 import b64decode, b64encode
from hashlib import sha256
from typing import TYPE_CHECKING, Any

import html5lib
import numpy as np
import pytest
import zxingcpp
from PIL import Image

from tests.browser import DESKTOP, PHONE, opened, violations
from tests.conftest import ROOT
from utmforge.issuing.make import make_link
from utmforge.model import TaggedLink, Tags
from utmforge.output.share_sheet import share_sheet
from utmforge.output.share_sheet_words import WORDS
from utmforge.share.ready import ReadyLink, ready

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser

    from utmforge.output.formats import PageLanguage

LANGUAGES: tuple[PageLanguage, ...] = ("en", "fr")
HOSTILE = (  # with characters that reverse the text
    '"><script>alert(1)</script>',
    "' onmouseover='alert(1)' x='",
    "</style><img src=x onerror=alert(1)>",
    "</p></article></li><iframe src=javascript:alert(1)>",
    "<!-- --> ]]> <![CDATA[",
    "&lt;b&gt;&#60;b&#62;&quot;",
    "{0}{title}%s [b]x[/b] #1",
    "\x00\x1b[31m\u202eevil\u2066",
    "`${alert(1)}`",
    "שלום \u200fمرحبا e\u0301 👩🏽\u200d🚀 \u200b",
)
SAID = "L’été:\n20 % + off {link}"
CHANNELS = ("email", "sms", "whatsapp", "messenger", "telegram", "teams", "signal", "qr", None)


def one(channel: str | None, message: str | None = None, content: str = "hero") -> ReadyLink:
    """Return a link of a channel, ready to share."""
    tags = Tags(channel or "mine", "message", "spring", content=content)
    link = make_link("https://shop.example/x?a=1#top", tags, channel=channel)
    return ready(link, message, app=channel)


def hostile(text: str, app: str) -> ReadyLink:
    """Return a link with a text wherever one may stand."""
    tags = Tags(text, text, text, text, text, text)
    url = f"https://shop.example/?{text}"
    link = TaggedLink(text, url, url, text, tags, text, "issued")
    return ready(link, text, app=app)


def tree(page: str) -> list[tuple[str, tuple[str, ...]]]:
    """Return each element and its attributes' names; the page has no error of syntax."""
    parser = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False)
    root: Any = parser.parse(page)
    return [
        (str(each.tag), tuple(sorted(map(str, each.attrib))))
        for each in root.iter()
        if isinstance(each.tag, str)
    ]


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("app", ["whatsapp", "sms", "messenger", "signal"])
def test_no_element_that_we_did_not_write(text: str, app: str) -> None:
    """Whatever stands in a campaign, a channel, a message or a link."""
    page = share_sheet(text, [hostile(text, app)])

    assert tree(page) == tree(share_sheet("a", [hostile("a", app)]))
    assert "\x00" not in page
    assert "\u202e" not in page


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_asks_for_nothing(language: PageLanguage) -> None:
    """The policy allows its own style and script by their digests, and images in itself."""
    page = share_sheet("spring", [one(channel, "Spring.") for channel in CHANNELS], language)
    (policy,) = re.findall(r'Content-Security-Policy" content="([^"]*)"', page)
    digests = [
        f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'"
        for name in ("style", "script")
        for text in re.findall(rf"<{name}>(.*?)</{name}>", page, re.DOTALL)
    ]

    assert policy == (
        f"default-src 'none'; img-src data:; style-src {digests[0]}; script-src {digests[1]}; "
        "base-uri 'none'; form-action 'none'"
    )
    assert not re.search(r' style="| on\w+="|src="(?!data:image/png)|<link|@import|url\(', page)
    assert f'<html lang="{language}">' in page


def test_the_languages_have_the_same_words() -> None:
    """With the same gaps."""
    assert set(WORDS["en"]) == set(WORDS["fr"])
    for name, text in WORDS["en"].items():
        assert text.count("#") == WORDS["fr"][name].count("#"), name


def test_each_code_is_read_as_its_link() -> None:
    """The images of the page, as a browser enlarges them."""
    links = [one(channel, "Spring.") for channel in CHANNELS]
    images = re.findall(r"base64,([A-Za-z0-9+/=]+)", share_sheet("spring", links))
    found = []
    for data in images:
        with Image.open(io.BytesIO(b64decode(data))) as image:
            large = image.convert("L").resize((image.width * 4,) * 2, Image.Resampling.NEAREST)
        found += [code.text for code in zxingcpp.read_barcodes(np.array(large))]

    assert found == [each.link.url for each in links]


@pytest.fixture(scope="module")
def sheet(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A page with a link for each channel."""
    links = [one(channel, SAID) for channel in CHANNELS]
    links.append(one("email", "x" * 2000, content="long"))
    file = tmp_path_factory.mktemp("sheet") / "links.html"
    file.write_text(share_sheet("2026-spring-sale", links), encoding="utf-8")
    return file


@pytest.mark.parametrize("width", [PHONE, DESKTOP])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_page_is_accessible_and_quiet(
    browser: Browser,
    sheet: Path,
    width: int,
    scheme: Any,  # noqa: ANN401 - a literal
) -> None:
    """By axe-core, in light and dark, on a phone and a desktop; nothing wider than the window."""
    with opened(browser, sheet, width=width, scheme=scheme) as seen:
        assert violations(seen.page) == []
        assert seen.page.evaluate("document.documentElement.scrollWidth") <= width
    assert (seen.requests, seen.errors) == ([], [])


def test_the_message_and_the_link_are_copied(browser: Browser, sheet: Path) -> None:
    """By a click and by the keyboard; a screen reader is told."""
    link = one("whatsapp", SAID)
    permissions = ("clipboard-read", "clipboard-write")
    with opened(browser, sheet, permissions=permissions) as seen:
        page = seen.page
        card = page.locator(f"#l-{link.link.id}")
        is_copied = "text => navigator.clipboard.readText().then(found => found === text)"
        card.locator("[data-do=copy]").click()
        page.wait_for_function(is_copied, arg=link.message)
        page.wait_for_function("() => document.getElementById('said').textContent === 'Copied'")
        card.locator("[data-do=link]").focus()
        page.keyboard.press("Enter")
        page.wait_for_function(is_copied, arg=link.link.url)
    assert (seen.requests, seen.errors) == ([], [])


@pytest.mark.parametrize("platform", ["ios", "android", "web"])
def test_the_share_link_of_the_platform_is_shown(
    browser: Browser,
    sheet: Path,
    platform: Any,  # noqa: ANN401 - a literal
) -> None:
    """One for each link that has one, and the reason where there is none."""
    with opened(browser, sheet) as seen:
        page = seen.page
        page.evaluate("name => document.documentElement.dataset.platform = name", platform)
        for channel in CHANNELS:
            each = one(channel, SAID)
            card = page.locator(f"#l-{each.link.id}")
            hrefs = [
                anchor.get_attribute("href")
                for anchor in card.locator(".deeds a").all()
                if anchor.is_visible()
            ]
            expected = each.deep_links[platform]
            assert hrefs == ([expected] if expected else []), channel
            reasons = [note for note in card.locator(".none").all() if note.is_visible()]
            assert bool(reasons) is (expected is None), channel


def test_a_browser_reads_the_message_in_each_share_link(browser: Browser, sheet: Path) -> None:
    """As the web app of each does: by the parameters of the address."""
    with opened(browser, sheet) as seen:
        read = seen.page.evaluate(
            """() => Object.fromEntries([...document.querySelectorAll(".deeds a")].map(link => [
                link.getAttribute("href"),
                [...new URL(link.href).searchParams.values()].join(" "),
            ]))"""
        )
    for channel in CHANNELS:
        each = one(channel, SAID)
        for link in set(filter(None, each.deep_links.values())):
            if not link.startswith("sms:&"):
                said = read[link].replace("\r\n", "\n")
                assert each.link.url in said
                assert channel == "messenger" or "L’été:\n20 % + off" in said


def test_hostile_texts_do_nothing_in_a_browser(browser: Browser, tmp_path: Path) -> None:
    """No dialog, no request, no error; the texts are shown, found and copied as they are."""
    links = [hostile(text, app) for text in HOSTILE for app in ("whatsapp", "sms", "signal")]
    file = tmp_path / "hostile.html"
    file.write_text(share_sheet(HOSTILE[0], links), encoding="utf-8")
    permissions = ("clipboard-read", "clipboard-write")
    with opened(browser, file, permissions=permissions) as seen:
        page = seen.page
        assert page.inner_text("h1") == HOSTILE[0]
        page.get_by_role("searchbox").fill("<iframe")
        assert page.locator(".card.on").count() == 3
        page.locator(".card.on [data-do=copy]").first.click()
        page.wait_for_function(
            "text => navigator.clipboard.readText().then(found => found === text)",
            arg=hostile(HOSTILE[3], "whatsapp").message,
        )
        assert page.locator("iframe, script:not(head script)").count() == 0
    assert (seen.requests, seen.errors) == ([], [])


def test_search_finds_by_every_word(browser: Browser, sheet: Path) -> None:
    """Regardless of case and accents; the count is said; nothing found is nothing shown."""
    with opened(browser, sheet) as seen:
        page = seen.page
        search = page.get_by_role("searchbox", name="Search channel, content, message or link")
        for words, number in (("WHATSAPP ete", 1), ("hero", 9), ("", 10), ("nothing-like-it", 0)):
            search.fill(words)
            assert page.locator(".card.on").count() == number, words
            assert page.inner_text("#count") == f"{number} link{'s' * (number != 1)}"
    assert (seen.requests, seen.errors) == ([], [])


def test_the_phone_s_own_dialog(browser: Browser, sheet: Path) -> None:
    """Where there is one, it gets the message with the link in it."""
    link = one("signal", SAID)
    with opened(browser, sheet) as seen:
        page = seen.page
        button = page.locator(f"#l-{link.link.id}").get_by_text("Share …", exact=True)
        page.evaluate(
            "() => { navigator.share = async (data) => { window.shared = data; };"
            " document.documentElement.classList.add('can-share'); }"
        )
        button.click()
        assert page.evaluate("window.shared") == {"text": link.message}


def test_the_page_without_scripts(browser: Browser, sheet: Path) -> None:
    """As a mail program shows an attachment: every link, message and share link is there."""
    with opened(browser, sheet, scripts=False, width=PHONE) as seen:
        page = seen.page
        assert all(card.is_visible() for card in page.locator(".card").all())
        assert not page.locator(".tools").is_visible()
        sms = page.locator(f"#l-{one('sms', SAID).link.id}")
        labels = [link.text_content() for link in sms.locator(".deeds a").all()]
        assert labels == [f"Open SMS\xa0({where})" for where in ("iPhone", "Android", "computer")]


def test_the_page_in_print(browser: Browser, sheet: Path) -> None:
    """Codes as large as they have to be, with the name of each."""
    with opened(browser, sheet) as seen:
        page = seen.page
        page.emulate_media(media="print")
        image = page.locator(".code img").first.bounding_box()
        assert image is not None
        assert image["width"] == pytest.approx(30 / 25.4 * 96, abs=1)
        assert not page.locator(".message").first.is_visible()
        assert page.locator("h2").first.is_visible()


@pytest.mark.slow
def test_five_thousand_links(browser: Browser, tmp_path: Path) -> None:
    """At most 15 MB; a search is not noticed; the rest is a click away, and printed."""
    links = [
        one(channel, "L’été arrive: {link}", content=f"store-{number}")
        for number in range(1000)
        for channel in ("sms", "whatsapp", "email", "messenger", "telegram")
    ]
    file = tmp_path / "many.html"
    file.write_text(share_sheet("spring", links), encoding="utf-8")
    assert file.stat().st_size < 15_000_000
    with opened(browser, file) as seen:
        page = seen.page
        milliseconds = page.evaluate(
            """() => ["store-77", "whatsapp", "ete", ""].map(words => {
                const field = document.getElementById("search"), start = performance.now();
                field.value = words;
                field.dispatchEvent(new Event("input"));
                document.body.offsetHeight;
                return performance.now() - start;
            })"""
        )
        assert sorted(milliseconds)[1] < 100, "half of them, as the machine may be busy"
        assert page.inner_text("#count") == "5,000 links"
        assert page.locator(".card.on").count() == 60
        page.get_by_role("button", name="Show more").click()
        assert page.locator(".card.on").count() == 120
        assert page.evaluate("document.activeElement.closest('.card').id") == (
            f"l-{links[60].link.id}"
        )
        page.evaluate("dispatchEvent(new Event('beforeprint'))")
        assert page.locator(".card.on").count() == 5000
    assert (seen.requests, seen.errors) == ([], [])


def test_the_pictures_of_the_page_are_in_the_documentation() -> None:
    """Those that the script takes, in its sizes."""
    pytest.importorskip("playwright", reason="pip install playwright")
    specification = importlib.util.spec_from_file_location(
        "pictures", ROOT / "docs/share_sheet_pictures.py"
    )
    assert specification is not None
    assert specification.loader is not None
    pictures = importlib.util.module_from_spec(specification)
    specification.loader.exec_module(pictures)
    for name, (width, height, _) in pictures.PICTURES.items():
        with Image.open(ROOT / "docs" / name) as picture:
            assert picture.size == (width, height)
        assert name in (ROOT / "docs/how-to/share.md").read_text(encoding="utf-8")
