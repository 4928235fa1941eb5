"""Pages made of hostile campaigns do nothing in Chromium but what utmforge wrote."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import tomli_w

from tests.browser import DESKTOP, opened

if TYPE_CHECKING:
    from playwright.sync_api import Browser

    from tests.conftest import Run

TRAPS = (
    '"><script>alert(1)</script>',
    "</style><img src=x onerror=alert(1)>",
    "</script><script>alert(1)</script>",
    "' onmouseover='alert(1)' autofocus onfocus='alert(1)",
    "<svg onload=alert(1)><iframe srcdoc='<script>parent.alert(1)</script>'>",
    "<!--<script>",
    "javascript:alert(1)",
    "`${alert(1)}`",
)
WORDS = {
    "codes": ("qr", "--out-dir", "codes", "--print-sheet", "page.html"),
    "share": ("share", "--sheet", "page.html"),
    "share in French": ("share", "--sheet", "page.html", "--lang", "fr"),
}
ELEMENTS = (
    "[...document.querySelectorAll('script, iframe, object, embed, form, base, meta')].length"
)
ACTIVE = """[...document.querySelectorAll('*')].flatMap(element => [...element.attributes]
    .filter(one => /^on|^srcdoc$/i.test(one.name) || /^\\s*(javascript|vbscript):/i.test(one.value)
        && /^(href|src|action|formaction|xlink:href)$/i.test(one.name))
    .map(one => `${element.tagName} ${one.name}`))"""


def campaigns(texts: dict[str, str]) -> None:
    """Write a campaign file with a text wherever an author may write one, by campaign."""
    whole = {
        "workspace": {"own_domains": ["shop.example"]},
        "campaigns": {
            f"{name} {text}": {
                "landing_page": f"https://shop.example/{name}",
                "channels": ["whatsapp", "sms", "email", f"k{name}"],
                "message": f"{text} {{link}} {text}",
            }
            for name, text in texts.items()
        },
        "channels": {
            f"k{name}": {"source": f"s{name}{text}", "medium": "email"}
            for name, text in texts.items()
        },
    }
    Path("campaigns.toml").write_text(tomli_w.dumps(whole))


@pytest.mark.parametrize("name", WORDS)
def test_what_a_campaign_file_says_is_text(run: Run, browser: Browser, name: str) -> None:
    """No dialog opens, nothing is asked for, and no element or attribute comes from the file."""
    command, *options = WORDS[name]
    found = []
    for texts in ({f"c{at}": text for at, text in enumerate(TRAPS)}, {"c": "harmless"}):
        campaigns(texts)
        built = run("build", "--new-name")
        assert built.exit_code == 0, built.stderr
        chosen = [f"{one} {text}" for one, text in texts.items()]
        done = run(command, *(chosen if command == "qr" else ()), *options, "--force")
        assert done.exit_code == 0, done.stderr
        with opened(browser, Path("page.html"), width=DESKTOP) as seen:
            seen.page.evaluate("document.querySelectorAll('*').forEach(one => one.focus?.())")
            seen.page.wait_for_timeout(100)
            found.append(seen.page.evaluate(ELEMENTS))
            assert seen.page.evaluate(ACTIVE) == []
        assert (seen.requests, seen.errors) == ([], [])
    assert found[0] == found[1]
