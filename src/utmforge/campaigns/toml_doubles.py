"""Tables and keys that stand twice in a campaign file, with both places."""

from __future__ import annotations

import re
from typing import NamedTuple

from utmforge.files.toml_text import is_bare_key

_DOUBLE = re.compile(r"cannot (?:declare|overwrite|mutate)|duplicate", re.IGNORECASE)
_KEY = re.compile(r"\s*([A-Za-z0-9_-]+|\"[^\"]*\"|'[^']*')\s*=")
_HEADER = re.compile(r"\s*(\[\[?)\s*(.+?)\s*\]\]?\s*(?:#.*)?")


class Double(NamedTuple):
    """Something that stands twice."""

    line: int
    """The second place."""
    message: str
    """What is wrong."""
    hint: str
    """What to do."""


def find_double(text: str, line: int, reason: str) -> Double | None:
    """Return what stands twice at a line, or None if that is not what is wrong.

    Args:
        text: The file's text.
        line: Where reading it failed, from 1.
        reason: Why, in the words of the reader.
    """
    if not _DOUBLE.search(reason):
        return None
    lines = text.split("\n")
    written = lines[min(line, len(lines)) - 1]
    if header := _HEADER.fullmatch(written.rstrip("\r")):
        return _table(lines, line, header[2])
    if key := _KEY.match(written):
        return _key(lines, line, key[1])
    return None


def _table(lines: list[str], line: int, name: str) -> Double | None:
    first = next(
        (
            number
            for number, above in enumerate(lines[: line - 1], 1)
            if (found := _HEADER.fullmatch(above.rstrip("\r"))) and found[2] == name
        ),
        None,
    )
    if first is None:
        return None
    last = name.rpartition(".")[2]
    other = f"[{name}-2]" if is_bare_key(last) else "another name"
    hint = f"it is in line {first} already: join the two, or give one another name, such as {other}"
    return Double(line, f"cannot declare [{name}] twice", hint)


def _key(lines: list[str], line: int, key: str) -> Double | None:
    for number in range(line - 1, 0, -1):
        above = lines[number - 1]
        if (found := _KEY.match(above)) and found[1] == key:
            hint = f"{key} is in line {number} already: keep one of the two lines"
            return Double(line, "cannot overwrite a value", hint)
        if _HEADER.fullmatch(above.rstrip("\r")):
            return None
    return None
