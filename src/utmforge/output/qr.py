"""Draw a QR code with characters, two modules each, in its own black and white."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from utmforge.share.qr import QrCode

# Numbers 16 and 231 of the 256 colours are the same black and white in every theme.
_BLACK_ON_WHITE = "\x1b[38;5;16;48;5;231m"
_PLAIN = "\x1b[0m"
_BLOCKS = {(True, True): "█", (True, False): "▀", (False, True): "▄", (False, False): " "}


def qr_lines(code: QrCode, *, color: bool) -> list[str]:
    """Draw a code, one line for every two rows of modules.

    With colour it scans in light and dark themes. Without colour (in a pipe), black modules are
    blocks, as on white paper.
    """
    white = (False,) * code.modules
    lower_rows = (*code.rows[1::2], white)
    lines = [
        "".join(_BLOCKS[pair] for pair in zip(upper, lower, strict=True))
        for upper, lower in zip(code.rows[::2], lower_rows, strict=False)
    ]
    if not color:
        return [line.rstrip() for line in lines]
    return [f"{_BLACK_ON_WHITE}{line}{_PLAIN}" for line in lines]


def can_draw(encoding: str) -> bool:
    """Tell whether a stream of this encoding can show blocks."""
    try:
        "".join(_BLOCKS.values()).encode(encoding)
    except (UnicodeEncodeError, LookupError):
        return False
    return True
