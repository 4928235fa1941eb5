"""Take the pictures of the share buttons: `python docs/share_buttons_pictures.py`.

The snippet is written by the command itself, stands in a plain page, and is shown by Chromium.
"""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Literal

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from tests.browser import opened, started_browser  # noqa: E402 - found by the line above

from utmforge.cli.app import main  # noqa: E402 - same

if TYPE_CHECKING:
    from collections.abc import Mapping

PICTURES: Mapping[str, tuple[int, int, Literal["light", "dark"]]] = {
    "share-buttons-desktop.png": (720, 260, "light"),
    "share-buttons-phone.png": (360, 320, "dark"),
}
"""Width, height and colour scheme of each."""
PAGE = """<!doctype html><html lang="en"><meta name="viewport" content="width=device-width">
<title>Spring at the shop</title><style>:root{{color-scheme:light dark;font-family:system-ui}}
body{{max-width:44rem;margin:1.5rem auto;padding:0 1rem;line-height:1.5}}</style>
<main><h1>Spring at the shop</h1><p>20 % off everything in bloom, until Sunday.</p>{}</main>"""


def take(folder: Path) -> None:
    """Write the pictures to a folder."""
    with tempfile.TemporaryDirectory() as name:
        os.environ["UTMFORGE_REGISTRY"] = str(Path(name) / "links.db")
        snippet = Path(name) / "share-buttons.html"
        file = ("--file", str(ROOT / "examples" / "campaigns.toml"), "--quiet")
        if main(("buttons", "-c", "2026-site-share", "-o", str(snippet), *file)):
            sys.exit(1)
        page = Path(name) / "page.html"
        page.write_text(PAGE.format(snippet.read_text(encoding="utf-8")), encoding="utf-8")
        with started_browser() as browser:
            for picture, (width, height, scheme) in PICTURES.items():
                with opened(browser, page, width=width, scheme=scheme) as seen:
                    seen.page.set_viewport_size({"width": width, "height": height})
                    seen.page.screenshot(path=str(folder / picture))


if __name__ == "__main__":
    take(Path(__file__).parent)
