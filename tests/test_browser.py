"""What the tests of pages rely on: that a request, an error and a bad page are seen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.browser import opened, violations

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser

GOOD = (
    '<!doctype html><html lang="en"><head><title>Links</title></head><body><main><h1>Links</h1>{}'
)


def page(tmp_path: Path, body: str) -> Path:
    """Write a page."""
    file = tmp_path / "page.html"
    file.write_text(GOOD.format(body), encoding="utf-8")
    return file


def test_a_quiet_page_is_quiet(browser: Browser, tmp_path: Path) -> None:
    """Nothing is found where nothing is."""
    with opened(browser, page(tmp_path, "<p>Hello</p>")) as seen:
        assert seen.page.inner_text("h1") == "Links"
        assert violations(seen.page) == []
    assert (seen.requests, seen.errors) == ([], [])


def test_requests_errors_and_dialogs_are_seen(browser: Browser, tmp_path: Path) -> None:
    """A page that asks for a picture, throws and opens a dialog."""
    body = (
        '<img alt="" src="https://shop.example/x.png"><script>alert(1); throw Error("no")</script>'
    )
    with opened(browser, page(tmp_path, body)) as seen:
        pass
    assert seen.requests == ["https://shop.example/x.png"]
    assert "a dialog: 1" in seen.errors
    assert "no" in seen.errors


def test_poor_contrast_is_found(browser: Browser, tmp_path: Path) -> None:
    """Light grey on white cannot be read."""
    with opened(browser, page(tmp_path, '<p style="color:#ddd">Hello</p>')) as seen:
        assert [line.split(" ")[0] for line in violations(seen.page)] == ["color-contrast"]
