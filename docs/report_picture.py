"""Take the pictures of the report from a real run: `python docs/report_picture.py`.

The commands run in an empty home, and Chromium shows the page. Each picture contains the text of
the parts that it shows; a test runs the commands again and compares the texts.
"""

from __future__ import annotations

import io
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Literal, NamedTuple

import html5lib
from PIL import Image
from PIL.PngImagePlugin import PngInfo

sys.path.insert(0, str(Path(__file__).parents[1]))

if TYPE_CHECKING:
    from playwright.sync_api import Browser

ROOT = Path(__file__).parents[1]
FOLDER = Path(__file__).parent
_FILE = ("--file", str(ROOT / "examples" / "campaigns.toml"))
COMMANDS = (
    ("build", *_FILE),
    ("measure", str(ROOT / "examples" / "access.log"), *_FILE, "--html", "report.html"),
)
TEXT = "Text"
"""The key of the text in a picture's file."""
COLOURS = 128


class Picture(NamedTuple):
    """A picture of some parts of the page."""

    name: str
    """The file's name."""
    width: int
    scheme: Literal["light", "dark"]
    first: str
    """The selector of the first element that it shows."""
    last: str
    """The selector of the last one."""
    parts: tuple[str, ...]
    """The ids of the sections that it shows; empty for the header."""


PICTURES = (
    Picture("report.png", 1120, "light", "header", "#channels", ("", "key", "next", "channels")),
    Picture("report-private.png", 1120, "light", "#private", "#private", ("private",)),
    Picture("report-phone.png", 390, "dark", "header", "#next", ("", "key", "next")),
)


def page() -> str:
    """Run the commands and return the page."""
    with tempfile.TemporaryDirectory() as home:
        for words in COMMANDS:
            subprocess.run(  # noqa: S603 - our own commands
                [sys.executable, "-m", "utmforge", *words],
                cwd=home,
                env={"HOME": home, "PATH": os.environ["PATH"]}
                | {name: os.environ[name] for name in ("PYTHONPATH",) if name in os.environ},
                check=True,
                capture_output=True,
            )
        return Path(home, "report.html").read_text(encoding="utf-8")


def text_of(html: str, parts: tuple[str, ...]) -> str:
    """Return the text of some parts of the page, one line for each."""
    root = html5lib.parse(html, namespaceHTMLElements=False)
    found = [
        root.find(".//header") if not part else root.find(f".//section[@id='{part}']")
        for part in parts
    ]
    return "\n".join(" ".join(" ".join(one.itertext()).split()) for one in found)


def take(browser: Browser, file: Path, picture: Picture) -> bytes:
    """Return a picture as PNG with few colours, which has its text in it."""
    context = browser.new_context(
        viewport={"width": picture.width, "height": 900}, color_scheme=picture.scheme
    )
    try:
        shown = context.new_page()
        shown.goto(file.as_uri())
        first, last = (
            shown.locator(selector).first.bounding_box()
            for selector in (picture.first, picture.last)
        )
        if first is None or last is None:
            raise ValueError(f"the page has no {picture.first} or {picture.last}")
        clip = {
            "x": 0,
            "y": max(first["y"], 0),
            "width": picture.width,
            "height": last["y"] + last["height"] + 16 - max(first["y"], 0),
        }
        drawn = shown.screenshot(full_page=True, clip=clip)  # type: ignore[arg-type] # four numbers
    finally:
        context.close()
    with Image.open(io.BytesIO(drawn)) as image:
        small = image.convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)
    about = PngInfo()
    about.add_itxt(TEXT, text_of(file.read_text(encoding="utf-8"), picture.parts))
    out = io.BytesIO()
    small.save(out, "PNG", optimize=True, pnginfo=about)
    return out.getvalue()


def main() -> None:
    """Take all pictures."""
    from tests.browser import started_browser

    with tempfile.TemporaryDirectory() as name, started_browser() as browser:
        file = Path(name, "report.html")
        file.write_text(page(), encoding="utf-8")
        for picture in PICTURES:
            (FOLDER / picture.name).write_bytes(take(browser, file, picture))


if __name__ == "__main__":
    main()
