"""Take the pictures of the share sheet: `python docs/share_sheet_pictures.py`.

The page is written by the command itself, for the example's campaign, and shown by Chromium.
"""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from tests.browser import opened, started_browser  # noqa: E402 - found by the line above

from utmforge.cli.app import main  # noqa: E402 - same

PICTURES = {
    "share-sheet-desktop.jpg": (1180, 860, "light"),
    "share-sheet-phone.jpg": (390, 860, "dark"),
}
"""Width, height and colour scheme of each."""


def take(folder: Path) -> None:
    """Write the pictures to a folder."""
    with tempfile.TemporaryDirectory() as name:
        os.environ["UTMFORGE_REGISTRY"] = str(Path(name) / "links.db")
        page = Path(name) / "links.html"
        file = ("--file", str(ROOT / "examples" / "campaigns.toml"), "--quiet")
        for words in (
            ("build", *file, "--format", "json"),
            ("share", "2026-spring-sale", "--sheet", str(page), *file),
        ):
            if main(words):
                sys.exit(1)
        with started_browser() as browser:
            for picture, (width, height, scheme) in PICTURES.items():
                with opened(browser, page, width=width, scheme=scheme) as seen:  # type: ignore[arg-type] # one of two words
                    seen.page.set_viewport_size({"width": width, "height": height})
                    seen.page.screenshot(path=str(folder / picture), type="jpeg", quality=82)


if __name__ == "__main__":
    take(Path(__file__).parent)
