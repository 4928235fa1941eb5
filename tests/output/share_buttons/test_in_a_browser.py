"""Share buttons in Chromium: what they share, what they ask for, how they are used."""

from __future__ import annotations

import json
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.browser import DESKTOP, PHONE, violations
from utmforge.model import Tags
from utmforge.output.share_buttons.snippet import snippet
from utmforge.share.buttons import ShareButton
from utmforge.urls.reader_shares import reader_share
from utmforge.urls.tagging import written_tags

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page, Route

TABLE = json.loads((Path(__file__).parents[2] / "data" / "reader_shares.json").read_text("utf-8"))
WHATSAPP = Tags("whatsapp", "message", "site-share")
BUTTONS = [
    ShareButton("WhatsApp", written_tags(WHATSAPP), "https://wa.me/?text={words}%20{url}"),
    ShareButton(
        "Messenger",
        written_tags(WHATSAPP._replace(source="messenger")),
        "fb-messenger://share/?link={url}",
        is_for_phones=True,
    ),
    ShareButton("", written_tags(Tags("copied-link", "social", "site-share"))),
    ShareButton("", written_tags(Tags("share-dialog", "social", "site-share")), is_native=True),
]
TITLE = "Crêpes & (more)!"
PHONE_WINDOW: dict[str, object] = {
    "viewport": {"width": PHONE, "height": 640},
    "has_touch": True,
    "is_mobile": True,
}
PAGE = (
    '<!doctype html><html lang="en"><head><meta name="viewport" content="width=device-width">'
    "<title>{title}</title>{head}</head><body><main><h1>Spring</h1>{snippet}</main></body></html>"
)


class Site:
    """A page with share buttons on https://shop.example; nothing leaves the browser."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.asked: list[str] = []
        self.errors: list[str] = []

    def shared(self, label: str = "WhatsApp") -> str:
        """Return the page's address as a button shares it."""
        link = self.page.get_by_role("link", name=label)
        link.dispatch_event("pointerdown")
        href = link.get_attribute("href") or ""
        return unquote(href.rpartition("%20")[2])


@contextmanager
def site(
    browser: Browser,
    address: str = "https://shop.example/p?a=1",
    *,
    html: str = "",
    head: str = "",
    before: str = "",
    window: dict[str, object] | None = None,
) -> Iterator[Site]:
    """Open the page at an address.

    Args:
        browser: The browser.
        address: Of the page.
        html: Its share buttons. Empty: `BUTTONS`.
        head: What else its head has.
        before: A script that runs before the page's own.
        window: What Playwright's `new_context` is told.
    """
    context = browser.new_context(
        permissions=["clipboard-read", "clipboard-write"],
        **{"viewport": {"width": DESKTOP, "height": 800}, **(window or {})},  # type: ignore[arg-type] # options
    )
    try:
        page = context.new_page()
        opened = Site(page)

        def answer(route: Route) -> None:
            opened.asked.append(route.request.url)
            body = PAGE.format(title=TITLE, head=head, snippet=html or snippet(BUTTONS).html)
            route.fulfill(body=body, content_type="text/html; charset=utf-8")

        page.on("console", lambda message: opened.errors.append(message.text))
        page.on("pageerror", lambda error: opened.errors.append(str(error)))
        if before:
            page.add_init_script(before)
        page.route("**/*", answer)
        page.goto(address)
        yield opened
    finally:
        context.close()


def test_the_script_agrees_with_the_library_on_every_hard_address(browser: Browser) -> None:
    """One table, two programs."""
    short = [row for row in TABLE["rows"] if len(row[0]) < 4000]
    long = [row for row in TABLE["rows"] if len(row[0]) >= 4000]
    for address, shared in [*short[:5], *long, ["http://shop.example/a?b=1", None]]:
        with site(browser, address) as opened:
            assert opened.page.url == address
            assert opened.shared() == (shared or reader_share(address, WHATSAPP))
    assert agreeing(browser, [row[0] for row in short if row[0].startswith("https://shop.e")]) > 50


def agreeing(browser: Browser, addresses: list[str]) -> int:
    """Compare both on addresses of one site, visited one after the other; return how many."""
    compared = 0
    for start in range(0, len(addresses), 50):  # Chromium slows down more changes at once
        with site(browser) as opened:
            for address in addresses[start : start + 50]:
                opened.page.evaluate("one => history.replaceState(null, '', one)", address)
                assert opened.shared() == reader_share(opened.page.url, WHATSAPP), address
                compared += 1
    return compared


NAMES = st.sampled_from(
    [
        *(
            "a",
            "utm_source",
            "UTM_Medium",
            "utm-campaign",
            "amp;utm_id",
            "utm%5Fterm",
            "#038;utm_id",
        ),
        *(
            "fbclid",
            "mc_eid",
            "pk_campaign",
            "wt.mc_id",
            "utm_mood",
            "+utm_source",
            "%E9",
            "sig",
            "",
        ),
    ]
)
VALUES = st.sampled_from(["", "=", "=1", "=a%26b", "=a=b", "=?x", "=é", "='", "=%zz"])
PARTS = st.lists(st.tuples(NAMES, VALUES).map("".join), max_size=4).map("&".join)


@settings(max_examples=3)
@given(st.lists(st.tuples(PARTS, PARTS, st.sampled_from("&?/")), min_size=15, max_size=15))
def test_the_script_agrees_with_the_library(
    browser: Browser, some: list[tuple[str, str, str]]
) -> None:
    """Whatever parameters a page has, before and after its fragment."""
    addresses = [f"/p?{query}#x{joint}{rest}" for query, rest, joint in some]
    assert agreeing(browser, addresses) == len(addresses)


def test_each_button_of_a_desktop(browser: Browser) -> None:
    """An app's link has the title; copying says so; what only phones have is hidden."""
    address = "https://shop.example/p?a=1&utm_source=news#top"
    with site(browser, address) as opened:
        page = opened.page
        href = page.get_by_role("link", name="WhatsApp").get_attribute("href")
        assert href == (
            "https://wa.me/?text=Cr%C3%AApes%20%26%20%28more%29%21%20https%3A%2F%2Fshop.example%2Fp"
            "%3Fa%3D1%26utm_source%3Dwhatsapp%26utm_medium%3Dmessage%26utm_campaign%3Dsite-share%23top"
        )
        assert not page.get_by_text("Messenger").is_visible()
        page.get_by_role("button", name="Copy link").click()
        page.get_by_role("status").get_by_text("Copied", exact=True).wait_for()
        assert page.evaluate("navigator.clipboard.readText()") == (
            "https://shop.example/p?a=1&utm_source=copied-link&utm_medium=social"
            "&utm_campaign=site-share#top"
        )
        assert page.evaluate("[document.cookie, localStorage.length, sessionStorage.length]") == [
            *("", 0, 0),
        ]
        assert violations(page) == []
        assert page.url == address
    assert opened.asked == [address.partition("#")[0]]
    assert opened.errors == []


def test_a_phone_has_its_own_share_dialog(browser: Browser) -> None:
    """`navigator.share` gets the page's title and its address with the button's tags."""
    record = "navigator.share = async (data) => { window.told = data; }"
    with site(browser, before=record, window=PHONE_WINDOW) as opened:
        assert opened.page.get_by_role("link", name="Messenger").is_visible()
        opened.page.get_by_role("button", name="Share …").click()
        assert opened.page.evaluate("window.told") == {
            "title": TITLE,
            "url": "https://shop.example/p?a=1&utm_source=share-dialog&utm_medium=social"
            "&utm_campaign=site-share",
        }
        assert opened.page.evaluate("document.documentElement.scrollWidth") <= PHONE


def test_a_refused_clipboard_shows_the_address(browser: Browser) -> None:
    """So that it can be copied by hand."""
    refuse = "navigator.clipboard.writeText = () => Promise.reject(new Error('no'))"
    with site(browser, before=refuse) as opened:
        opened.page.get_by_role("button", name="Copy link").click()
        status = opened.page.get_by_role("status")
        status.get_by_text("utm_source=copied-link").wait_for()
        assert status.inner_text().startswith("https://shop.example/p?a=1&utm_source=copied-link")


def test_the_keyboard_reaches_every_button(browser: Browser) -> None:
    """In their order, with a visible focus."""
    with site(browser) as opened:
        reached = []
        for _ in range(2):
            opened.page.keyboard.press("Tab")
            reached.append(opened.page.evaluate("document.activeElement.textContent"))
            assert (
                opened.page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
                == "solid"
            )
        assert reached == ["WhatsApp", "Copy link"]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_contrast_in_both_schemes(browser: Browser, scheme: str) -> None:
    """The buttons take the colours of the page around them."""
    style = "<style>:root{color-scheme:light dark}</style>"
    with site(browser, window={"color_scheme": scheme}, head=style) as opened:
        assert violations(opened.page) == []


def test_without_javascript(browser: Browser) -> None:
    """A sentence says what to do; buttons for one known page are links anyway."""
    with site(browser, window={"java_script_enabled": False}) as opened:
        assert opened.page.get_by_text("To share this page, copy its address.").is_visible()
        assert not opened.page.get_by_text("WhatsApp").is_visible()
    known = [BUTTONS[0]._replace(static="https://wa.me/?text=x"), BUTTONS[2]]
    with site(browser, html=snippet(known).html, window={"java_script_enabled": False}) as opened:
        link = opened.page.get_by_role("link", name="WhatsApp")
        assert link.get_attribute("href") == "https://wa.me/?text=x"
        assert not opened.page.get_by_text("Copy link").is_visible()


def test_the_address_bar_is_cleaned_after_analytics_has_read_it(browser: Browser) -> None:
    """Tags and click ids leave it; the page's own parameters and the history's state stay."""
    html = snippet(BUTTONS, clean_address=True).html
    quick = "const t = window.setTimeout; window.setTimeout = (f, ms) => t(f, ms / 100)"
    address = "https://shop.example/p?a=1&fbclid=2&utm_source=x#top"
    with site(browser, address, html=html, before=quick) as opened:
        opened.page.wait_for_url("https://shop.example/p?a=1#top")
    assert opened.errors == []


def test_a_strict_policy_allows_it_by_its_hashes(browser: Browser) -> None:
    """No `unsafe-inline` is needed."""
    made = snippet(BUTTONS)
    head = (
        f'<meta http-equiv="Content-Security-Policy" content="default-src \'none\'; {made.policy}">'
    )
    with site(browser, html=made.html, head=head) as opened:
        assert opened.page.get_by_role("link", name="WhatsApp").is_visible()
    assert opened.errors == []
