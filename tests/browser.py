"""Pages as a browser shows them: Chromium, what it asks the network for, and what axe-core says."""

from __future__ import annotations

import shutil
import subprocess
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page

PHONE = 360
DESKTOP = 1280
"""Widths of windows, in pixels."""


def chromium() -> str | None:
    """Find an installed Chromium."""
    names = ("chromium", "chromium-browser", "google-chrome")
    return next((found for name in names if (found := shutil.which(name))), None)


@contextmanager
def started_browser() -> Iterator[Browser]:
    """Start Chromium without a window, or skip the test where there is none."""
    api = pytest.importorskip("playwright.sync_api", reason="pip install playwright")
    program = chromium()
    if program is None:
        pytest.skip("no Chromium is installed (Debian: apt-get install chromium)")
    with api.sync_playwright() as playwright:
        # Tests may run as root in a container, where Chromium's sandbox does not start.
        running = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        try:
            yield running
        finally:
            running.close()


@dataclass(frozen=True)
class Opened:
    """A page that was opened, and what it did since."""

    page: Page
    requests: list[str] = field(default_factory=list)
    """Every address that was asked for, the page's own left out."""
    errors: list[str] = field(default_factory=list)
    """Errors and warnings of the console, uncaught errors, and dialogs that a script opened."""


@contextmanager
def opened(
    browser: Browser,
    file: Path,
    *,
    width: int = DESKTOP,
    scheme: Literal["light", "dark"] = "light",
    scripts: bool = True,
    permissions: tuple[str, ...] = (),
) -> Iterator[Opened]:
    """Open a file in a new window of this width, in this colour scheme."""
    context = browser.new_context(
        viewport={"width": width, "height": 900},
        color_scheme=scheme,
        java_script_enabled=scripts,
        permissions=list(permissions),
        offline=True,
    )
    try:
        page = context.new_page()
        address = file.resolve().as_uri()
        seen = Opened(page)
        page.on(
            "request",
            lambda request: (
                seen.requests.append(request.url)
                if request.url.split("#")[0] != address and not request.url.startswith("data:")
                else None
            ),
        )
        page.on(
            "console",
            lambda message: (
                seen.errors.append(message.text) if message.type in {"error", "warning"} else None
            ),
        )
        page.on("pageerror", lambda error: seen.errors.append(str(error)))

        def dismiss(dialog: object) -> None:
            seen.errors.append(f"a dialog: {getattr(dialog, 'message', '')}")
            getattr(dialog, "dismiss", lambda: None)()

        page.on("dialog", dismiss)
        page.goto(address)
        yield seen
    finally:
        context.close()


@cache
def _axe() -> str:
    """Return axe-core's script, installed by npm for the whole machine, or skip the test."""
    npm = shutil.which("npm")
    if npm is None:
        pytest.skip("npm is not installed (Debian: apt-get install npm)")
    root = subprocess.run([npm, "root", "--global"], capture_output=True, text=True, check=True)
    script = Path(root.stdout.strip()) / "axe-core" / "axe.min.js"
    if not script.is_file():
        pytest.skip("axe-core is not installed (npm install --global axe-core)")
    return script.read_text(encoding="utf-8")


def violations(page: Page) -> list[str]:
    """Return what axe-core finds wrong with the page: rule, number of places, the first place.

    Rules of WCAG 2.2 at levels A and AA, and of landmarks and headings.
    """
    page.evaluate(_axe())
    found = page.evaluate("() => axe.run().then(result => result.violations)")
    return [
        f"{one['id']} ({len(one['nodes'])}): {one['help']}: {one['nodes'][0]['html'][:200]}"
        for one in found
    ]
