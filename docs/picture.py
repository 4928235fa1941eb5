"""Draw the README's picture from a real run: `python docs/picture.py`.

The commands run in a terminal of their own, in an empty home, and Rich draws what it shows as an
SVG. A test runs them again and compares the texts.
"""

from __future__ import annotations

import os
import re
import shutil
import sys
import tempfile
from html import unescape
from io import StringIO
from pathlib import Path

import pexpect
from rich.console import Console
from rich.terminal_theme import TerminalTheme
from rich.text import Text

PICTURE = Path(__file__).parent / "picture.svg"
COMMANDS = (
    "utmforge new https://shop.example/spring --campaign spring-sale --channel whatsapp,sms",
    "utmforge lint 'https://shop.example/?utm_surce=news&utm_medium=Email&utm_campaign=spring'",
)
"""What is typed. No answer of these has a date or a path in it."""
COLUMNS = 100
SECONDS = 60
TITLE = "utmforge: issue links, check links"

THEME = TerminalTheme(
    (27, 31, 36),
    (230, 234, 240),
    [
        *((90, 98, 110), (255, 123, 114), (126, 211, 137), (240, 190, 100)),
        *((121, 180, 255), (210, 168, 255), (100, 210, 220), (230, 234, 240)),
    ],
)
"""Light text on dark, each colour with a contrast of at least 4.5 to the background but black."""

# Rich's own template loads a font from the web. This one takes a font of the reader's machine, and
# `textLength` on each piece of text keeps the columns where they are, whichever font that is.
_TEMPLATE = """\
<svg viewBox="0 0 {width} {height}" role="img" xmlns="http://www.w3.org/2000/svg">
<title>TITLE</title>
<style>
.{unique_id}-matrix {{
  font-family: ui-monospace, SFMono-Regular, Menlo, Consolas, "DejaVu Sans Mono", monospace;
  font-size: {char_height}px; line-height: {line_height}px;
}}
.{unique_id}-title {{ font-family: system-ui, sans-serif; font-size: 18px; font-weight: bold; }}
{styles}
</style>
<defs>
<clipPath id="{unique_id}-clip-terminal">
<rect x="0" y="0" width="{terminal_width}" height="{terminal_height}" />
</clipPath>
{lines}
</defs>
{chrome}
<g transform="translate({terminal_x}, {terminal_y})" clip-path="url(#{unique_id}-clip-terminal)">
{backgrounds}
<g class="{unique_id}-matrix" xml:space="preserve">
{matrix}
</g>
</g>
</svg>
""".replace("TITLE", TITLE)
_CHARACTER = 12.2
"""Pixels of a column in Rich's drawing: 20 high, by its aspect ratio of 0.61."""
_PIECE = re.compile(r'<text class="[^"]*-r\d+" x="([\d.]+)" y="([\d.]+)"[^>]*>([^<]*)</text>')


def session() -> Text:
    """Run the commands one after the other and return what a terminal shows, colours included."""
    text = Text()
    with tempfile.TemporaryDirectory() as folder:
        for command in COMMANDS:
            text.append("$ ", "green").append(f"{command}\n", "bold")
            text.append_text(Text.from_ansi(_run(command, folder))).append("\n\n")
    text.rstrip()
    return text


def _run(command: str, home: str) -> str:
    """Return what one line of a shell writes to a terminal, in an empty environment."""
    child = pexpect.spawn(
        shutil.which("sh") or "/bin/sh",
        ["-c", command],
        cwd=home,
        env={
            "HOME": home,
            "LANG": "C.UTF-8",
            "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
            "TERM": "xterm-256color",
        },
        dimensions=(50, COLUMNS),
        encoding="utf-8",
        timeout=SECONDS,
        echo=False,
    )
    child.expect(pexpect.EOF)
    child.close()
    shown = str(child.before)
    return shown.replace("\r\n", "\n").strip("\n")


def draw(text: Text) -> str:
    """Return an SVG of what a terminal shows, which needs nothing from the web."""
    console = Console(record=True, width=COLUMNS, file=StringIO())
    for line in text.split("\n", allow_blank=True):
        folds = range(COLUMNS, len(line), COLUMNS)  # as a terminal does it, also within a word
        for part in line.divide(folds):
            console.print(part, soft_wrap=True)
    drawn = console.export_svg(
        title=TITLE, theme=THEME, code_format=_TEMPLATE, unique_id="utmforge"
    )
    return "\n".join(line.rstrip() for line in drawn.splitlines() if line.strip()) + "\n"


def text_of(picture: str) -> str:
    """Return the text that an SVG of `draw` shows, line by line."""
    lines: dict[float, str] = {}
    for x, y, piece in _PIECE.findall(picture):
        before = lines.get(float(y), "").ljust(round(float(x) / _CHARACTER))
        lines[float(y)] = before + unescape(piece).replace("\N{NO-BREAK SPACE}", " ")
    return "\n".join(lines[y].rstrip() for y in sorted(lines))


if __name__ == "__main__":
    PICTURE.write_text(draw(session()), encoding="utf-8")
