"""Merge tags: what mail and ad tools fill in later, kept as they are."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from utmforge.urls.address import AUTHORITY

if TYPE_CHECKING:
    from collections.abc import Callable


# What mail and ad tools fill in later. Tags may hold those of the first line as they are.
_MACRO = r"\{\{[\w.:|-]+\}\}|\{[A-Za-z_][\w.:-]*\}|\*\|[\w:-]+\|\*"


MACRO = re.compile(_MACRO, re.ASCII)


MERGE_TAG = re.compile(
    rf"{_MACRO}|"
    r"\{\{[^{}&]{1,200}\}\}|\{%[^{}&]{1,200}%\}|\$\{[^{}&]{1,200}\}|<%[^<>&]{1,200}%>"
    r"|\*\|[^*|&]{1,200}\|\*|%%\w[\w.]{0,60}%%|\[\[[^][&?#/]{1,200}\]\]"
)


_MERGE_TAGS_BEGIN = re.compile(r"[{*%[<$]")


def shield(text: str) -> tuple[str, Callable[[str], str]]:
    """Put words that no parser changes in the place of merge tags; return the way back too."""
    if not _MERGE_TAGS_BEGIN.search(text):
        return text, str
    authority = AUTHORITY.match(text)
    start = authority.end() if authority else 0
    if not MERGE_TAG.search(text, start):
        return text, str
    mark = "mt"
    while mark in text.lower():  # the host comes back in lower case
        mark += "t"
    merge_tags: list[str] = []

    def word(match: re.Match[str]) -> str:
        merge_tags.append(match[0])
        return f"{mark}{len(merge_tags) - 1}z"

    def unshield(piece: str) -> str:
        return re.sub(rf"{mark}(\d+)z", lambda match: merge_tags[int(match[1])], piece)

    return text[:start] + MERGE_TAG.sub(word, text[start:]), unshield
