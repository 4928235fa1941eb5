"""A QR code drawn with characters: two modules a character, its own black on its own white."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from utmforge.share.qr import QrCode

# Numbers 16 and 231 of the 256 colours are the same black and white in every theme.
_COLOR = {True: 16, False: 231}
_UPPER_HALF = "▀"
_PLAIN = {(True, True): "█", (True, False): "▀", (False, True): "▄", (False, False): " "}


def qr_lines(code: QrCode, *, color: bool) -> list[str]:
    """Draw a code, a line for each two rows of modules.

    With colour it scans in light and dark themes alike; without (a pipe), ink is a block, for
    white paper.
    """
    return ["".join(_cells(upper, lower, color=color)) for upper, lower in _pairs(code.rows)]


def _pairs(rows: Sequence[tuple[bool, ...]]) -> Iterator[tuple[tuple[bool, ...], tuple[bool, ...]]]:
    white = (False,) * len(rows[0])
    for index in range(0, len(rows), 2):
        yield rows[index], rows[index + 1] if index + 1 < len(rows) else white


def _cells(upper: Sequence[bool], lower: Sequence[bool], *, color: bool) -> Iterator[str]:
    if not color:
        yield "".join(_PLAIN[pair] for pair in zip(upper, lower, strict=True)).rstrip()
        return
    before = None
    for pair in zip(upper, lower, strict=True):
        if pair != before:
            yield f"\x1b[38;5;{_COLOR[pair[0]]};48;5;{_COLOR[pair[1]]}m"
            before = pair
        yield _UPPER_HALF
    yield "\x1b[0m"
