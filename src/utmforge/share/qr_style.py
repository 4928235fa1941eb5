"""A code's colours and the logo in its middle, as SVG and PNG, and whether it can still be read.

Scanners look for dark modules on a light ground: the colours need a contrast of at least 4 : 1,
dark on light, by the formula of WCAG 2.2. A logo covers a part of the code, which error correction
level H makes up for, up to about 30 %; it gets a twentieth. A code with a logo is decoded before it
is written, also at three pixels a module, by another library than the one that made it.
"""

from __future__ import annotations

import io
import re
from base64 import b64encode
from typing import TYPE_CHECKING, NamedTuple

from utmforge.errors import ContradictoryInput, OutputFileError, QrImpossible, quoted
from utmforge.files.reading import read_file

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from PIL.Image import Image

    from utmforge.share.qr import QrCode

MIN_CONTRAST = 4.0
"""The smallest contrast of the two colours."""

_LOGO_SHARE = 0.22
"""The logo's width as a part of the code's, its margin included: a twentieth of the area."""
_MARGIN = 0.12
"""White around the logo, as a part of its width."""
_LOGO_PIXELS = 480
_MAX_LOGO_BYTES = 5_000_000
_MAX_LOGO_PIXELS = 40_000_000
_PIXELS = 10
_FEWEST_PIXELS = 3
_COLOR = re.compile(r"#(?:[0-9a-f]{3}|[0-9a-f]{6})", re.IGNORECASE)


class Logo(NamedTuple):
    """A picture for the middle of codes."""

    png: bytes
    """The picture, written anew: nothing else that its file contained."""
    width: int
    """In pixels."""
    height: int
    """In pixels."""


class Style(NamedTuple):
    """How codes are drawn."""

    dark: str = "#000000"
    """The colour of the dark modules."""
    light: str = "#ffffff"
    """The colour of the light ones and of the quiet zone."""
    logo: Logo | None = None
    """The picture in the middle. None: none."""

    @property
    def contrast(self) -> float:
        """The contrast of the colours, from 1 to 21; negative if dark is lighter than light."""
        dark, light = _luminance(self.dark), _luminance(self.light)
        ratio = (max(dark, light) + 0.05) / (min(dark, light) + 0.05)
        return ratio if light >= dark else -ratio


PLAIN = Style()


def style_of(dark: str | None, light: str | None, logo: Path | None) -> Style:
    """Return a style whose codes can be read.

    Args:
        dark: A colour such as `#1a2b3c`. None: black.
        light: The same for the ground. None: white.
        logo: A picture's file. None: no logo.

    Raises:
        ContradictoryInput: A colour is not one, or the two are not dark on light.
        UnreadableInput: The logo cannot be read.
        OutputFileError: A package that logos need is not installed.
    """
    style = Style(_color("--dark", dark or "#000"), _color("--light", light or "#fff"))
    if style.contrast < 0:
        raise ContradictoryInput(
            "--dark is lighter than --light: many scanners read dark codes on a light ground only",
            hint="swap the colours",
        )
    if style.contrast < MIN_CONTRAST:
        raise ContradictoryInput(
            f"the contrast of {style.dark} on {style.light} is {style.contrast:.1f} : 1, "
            f"and scanners need {MIN_CONTRAST:g} : 1",
            hint="use a darker colour for --dark, or a lighter one for --light",
        )
    return style._replace(logo=read_logo(logo)) if logo else style


def read_logo(path: Path) -> Logo:
    """Read a picture and write it anew, without what else its file contains.

    Raises:
        UnreadableInput: The file cannot be read.
        ContradictoryInput: It is not a picture, or too large.
        OutputFileError: A package that logos need is not installed.
    """
    refuse_missing_packages()
    raw = read_file(path, has_text=False)
    if len(raw) > _MAX_LOGO_BYTES:
        raise ContradictoryInput(
            f"the logo has {len(raw):,} bytes, and {_MAX_LOGO_BYTES:,} are allowed",
            hint="save it smaller: codes show it with a few hundred pixels",
        )
    from PIL import Image, UnidentifiedImageError

    try:
        with Image.open(io.BytesIO(raw)) as picture:
            if picture.width * picture.height > _MAX_LOGO_PIXELS:
                raise ContradictoryInput(
                    f"the logo has {picture.width:,} x {picture.height:,} pixels, too many",
                    hint="save it smaller: codes show it with a few hundred pixels",
                )
            small = picture.convert("RGBA")
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        raise ContradictoryInput(
            f"{quoted(path.name)} is not a picture that can be read",
            hint="a logo is a PNG, JPEG, GIF or WebP file",
        ) from None
    small.thumbnail((_LOGO_PIXELS, _LOGO_PIXELS))
    clean = Image.new("RGBA", small.size)
    clean.paste(small)
    file = io.BytesIO()
    clean.save(file, format="PNG", optimize=True)
    return Logo(file.getvalue(), clean.width, clean.height)


def refuse_missing_packages() -> None:
    """Refuse logos without the packages that draw and decode them.

    Raises:
        OutputFileError: One is not installed.
    """
    from importlib.util import find_spec

    if find_spec("PIL") is None or find_spec("zxingcpp") is None:
        raise OutputFileError(
            "a logo needs Pillow and zxing-cpp, which are not installed",
            hint='python -m pip install "utmforge[logo]"',
        )


def svg(code: QrCode, style: Style = PLAIN) -> str:
    """Return a code as an SVG document, one unit a module."""
    side = code.modules
    rows = "".join(
        f"M{start},{y}h{end - start}v1h-{end - start}z"
        for y, row in enumerate(code.rows)
        for start, end in _runs(row)
    )
    picture = ""
    if style.logo:
        left, top, width, height = _box(side, style.logo)
        margin = width * _MARGIN / 2
        data = b64encode(style.logo.png).decode()
        picture = (
            f'<rect x="{left - margin:.3f}" y="{top - margin:.3f}" '
            f'width="{width + 2 * margin:.3f}" height="{height + 2 * margin:.3f}" '
            f'fill="{style.light}"/>'
            f'<image x="{left:.3f}" y="{top:.3f}" width="{width:.3f}" height="{height:.3f}" '
            f'href="data:image/png;base64,{data}"/>'
        )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{side}mm" height="{side}mm" '
        f'viewBox="0 0 {side} {side}" shape-rendering="crispEdges">'
        f'<rect width="{side}" height="{side}" fill="{style.light}"/>'
        f'<path d="{rows}" fill="{style.dark}"/>{picture}</svg>\n'
    )


def image(code: QrCode, style: Style = PLAIN, pixels: int = _PIXELS) -> Image:
    """Return a code as a picture.

    Args:
        code: The code.
        style: Its colours and logo.
        pixels: The pixels per side of a module.
    """
    from PIL import Image, ImageDraw

    side = code.modules * pixels
    picture = Image.new("RGB", (side, side), style.light)
    pen = ImageDraw.Draw(picture)
    for y, row in enumerate(code.rows):
        for start, end in _runs(row):
            corners = (start * pixels, y * pixels, end * pixels - 1, (y + 1) * pixels - 1)
            pen.rectangle(corners, fill=style.dark)
    if style.logo:
        left, top, width, height = (pixels * part for part in _box(code.modules, style.logo))
        margin = width * _MARGIN / 2
        ground = (left - margin, top - margin, left + width + margin, top + height + margin)
        pen.rectangle(ground, fill=style.light)
        with Image.open(io.BytesIO(style.logo.png)) as logo:
            small = logo.resize((max(round(width), 1), max(round(height), 1)))
        picture.paste(small, (round(left), round(top)), small)
    return picture


def refuse_unreadable(code: QrCode, style: Style) -> None:
    """Refuse a code with a logo that another library does not read.

    Raises:
        QrImpossible: It does not.
    """
    if style.logo is None:
        return
    for pixels in (_PIXELS, _FEWEST_PIXELS):
        if _decoded(image(code, style, pixels)) != code.url:
            raise QrImpossible(
                "the code cannot be read with this logo",
                hint="use a logo without dark edges, and a short address",
            )


def _decoded(picture: Image) -> str | None:
    """Return what a code in a picture says. None: it cannot be read."""
    import zxingcpp

    grey = picture.convert("L")
    pixels = memoryview(grey.tobytes()).cast("B", shape=[grey.height, grey.width])
    found = zxingcpp.read_barcodes(pixels)
    return found[0].text if len(found) == 1 else None


def _box(side: int, logo: Logo) -> tuple[float, float, float, float]:
    """Return left, top, width and height of the logo, in modules."""
    longest = max(logo.width, logo.height)
    width, height = (side * _LOGO_SHARE * part / longest for part in (logo.width, logo.height))
    return (side - width) / 2, (side - height) / 2, width, height


def _runs(row: tuple[bool, ...]) -> Iterator[tuple[int, int]]:
    """Yield start and end of each run of dark modules."""
    start = None
    for at, is_dark in enumerate((*row, False)):
        if is_dark and start is None:
            start = at
        elif not is_dark and start is not None:
            yield start, at
            start = None


def _color(option: str, text: str) -> str:
    if not _COLOR.fullmatch(text):
        raise ContradictoryInput(
            f"{option} {quoted(text, 30)} is not a colour", hint="write it as #1a2b3c"
        )
    digits = text[1:].lower()
    return "#" + (digits if len(digits) == 6 else "".join(one * 2 for one in digits))  # noqa: PLR2004 - #rrggbb


def _luminance(color: str) -> float:
    """Return the relative luminance (https://www.w3.org/TR/WCAG22/#dfn-relative-luminance)."""
    channels = (int(color[at : at + 2], 16) / 255 for at in (1, 3, 5))
    linear = [one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4 for one in channels]  # noqa: PLR2004 - the standard's numbers
    return sum(part * one for part, one in zip((0.2126, 0.7152, 0.0722), linear, strict=True))
