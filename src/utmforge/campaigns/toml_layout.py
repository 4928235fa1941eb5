"""Slips in the layout of a campaign file, which no other line would correct.

<<<<<<< HEAD                                    two versions that git could not join
campaigns:                                      YAML
starts = 2026-03-01, ends = 2026-03-31          two keys in one line
message = "Spring                               a text of several lines
is here."
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

_MAX_LINES = 40
"""How many lines a text may go on."""
_MARKER = re.compile(r"(?:<{7}|>{7})(?:\s|$)")
_YAML = re.compile(r"(?:---\s*$|(?:campaigns|channels|convention|workspace|goals|lint)\s*:\s*$)")
_KEYS = (
    "landing_page|channels|contents|starts|ends|message|subject|source|medium|extends|cost|term|id"
)
_VALUE = r"(?:\"[^\"]*\"|'[^']*'|\[[^\]]*\]|[\w.-]+)"
_TWO_KEYS = re.compile(
    rf"\s*(?:[\w-]+\s*=\s*{_VALUE}\s*[,;]?|\[[^\[\]]+\])\s*(?:{_KEYS})\s*=", re.IGNORECASE
)
_NAMELESS = re.compile(r"\s*\[{1,2}\s*(campaigns|channels)\s*[.:/]\s*\]{0,2}\s*(?:#.*)?")
_OPEN_TEXT = re.compile(r"\s*[\w-]+\s*=\s*(?:\"[^\"]*|'[^']*)")
_STATEMENT = re.compile(r"\s*(?:\[|#|[\w-]+\s*=)")


class LayoutSlip(NamedTuple):
    """Where a file is not laid out as TOML, and what to do."""

    line: int
    """From 1."""
    hint: str
    """The next step."""
    message: str = ""
    """What is wrong; empty: as TOML's reader says it."""


def find_layout_slip(text: str, line: int) -> LayoutSlip | None:
    """Return what is wrong with the layout, or None.

    Args:
        text: A text that is not TOML.
        line: Where reading it failed, from 1.
    """
    lines = text.splitlines()
    marker = next((at for at, one in enumerate(lines, 1) if _MARKER.match(one)), 0)
    if marker:
        return LayoutSlip(
            marker,
            "keep one of the two versions, and delete the lines with <<<<<<<, ======= and >>>>>>>",
            "it has a conflict that git left",
        )
    if text.lstrip()[:1] == "{" or any(map(_YAML.match, lines)):
        kind = "JSON" if text.lstrip()[:1] == "{" else "YAML"
        return LayoutSlip(
            line,
            "write a table, such as [campaigns.spring], and its keys below it, such as "
            'channels = ["email"]',
            f"it is {kind}",
        )
    return _in_line(lines, min(line, len(lines)))


def _in_line(lines: Sequence[str], line: int) -> LayoutSlip | None:
    written = lines[line - 1] if lines else ""
    if match := _NAMELESS.fullmatch(written):
        return LayoutSlip(line, f"write a name after the point, such as [{match[1]}.spring]")
    if _TWO_KEYS.match(written):
        return LayoutSlip(line, "write each table and each key on its own line")
    if _OPEN_TEXT.fullmatch(written) and _goes_on(written, lines[line : line + _MAX_LINES]):
        return LayoutSlip(line, 'write a text of several lines between """ and """')
    return None


def _goes_on(written: str, below: Sequence[str]) -> bool:
    """Tell whether a text that is not closed in its line is closed in one of the next."""
    mark = re.sub(r"^[^\"']*", "", written)[:1]
    for one in below:
        if _STATEMENT.match(one):
            return False
        if one.rstrip().endswith(mark):
            return one.count(mark) == 1
    return False
