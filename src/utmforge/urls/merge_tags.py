"""Merge tags, which mail and ad tools fill in later: they stay as they are.

>>> shielded = shield("https://shop.example/{{ name }}?a=*|FNAME|*")
>>> shielded.text
'https://shop.example/mt0z?a=mt1z'
>>> shielded.restored("a=mt1z"), shielded.restored_after_host("https://mt0z.example/mt0z")
('a=*|FNAME|*', 'https://mt0z.example/{{ name }}')
"""

from __future__ import annotations

import re
from typing import NamedTuple

from utmforge.urls.address import AUTHORITY

# Macros of mail and ad tools. A tag value may contain them as they are.
_MACRO = r"\{\{[\w.:|-]+\}\}|\{[A-Za-z_][\w.:-]*\}|\*\|[\w:-]+\|\*"


MACRO = re.compile(_MACRO, re.ASCII)


# The last two lines: a name, then the text for recipients without a value (Mautic, MailPoet,
# Campaign Monitor).
MERGE_TAG = re.compile(
    rf"{_MACRO}|"
    r"\{\{[^{}&]{1,200}\}\}|\{%[^{}&]{1,200}%\}|\$\{[^{}&]{1,200}\}|<%[^<>&]{1,200}%>"
    r"|\*\|[^*|&]{1,200}\|\*|%%\w[\w.]{0,60}%%|\[\[[^][&?#/]{1,200}\]\]"
    r"|\{[A-Za-z_][\w.:= -]{0,60}\|[^{}&?#/<>\"]{0,200}\}"
    r"|\[[A-Za-z_][\w.: -]{0,60}(?:\|default:|, ?fallback=)[^][&?#/<>\"]{0,200}\]"
)


_MERGE_TAGS_BEGIN = re.compile(r"[{*%[<$]")
_DROPPED = re.compile("[\t\r\n]")
"""Characters that a parser of addresses removes everywhere."""


class Shielded(NamedTuple):
    """An address whose merge tags are replaced by words that no parser changes."""

    text: str
    """The address to parse."""
    mark: str = ""
    """The beginning of each of these words, which occurs nowhere else in `text`."""
    merge_tags: tuple[str, ...] = ()
    """The merge tags that the words replace, in order."""

    def restored(self, piece: str) -> str:
        """Return a piece of the parsed query or fragment with its merge tags."""
        if not self.merge_tags:
            return piece
        return re.sub(rf"{self.mark}(\d+)z", lambda match: self.merge_tags[int(match[1])], piece)

    def restored_after_host(self, piece: str) -> str:
        """Return the beginning of the parsed address with the merge tags of its path.

        Merge tags in a host are not replaced. A host is percent-decoded and mapped to lower case,
        so it may contain a word that looks like one of the replacements.
        """
        authority = AUTHORITY.match(piece)
        start = authority.end() if authority else 0
        return piece[:start] + self.restored(piece[start:])


def shield(text: str) -> Shielded:
    """Replace the merge tags after the host by words that no parser changes."""
    start = _after_host(text)
    if not _MERGE_TAGS_BEGIN.search(text, start) or not MERGE_TAG.search(text, start):
        return Shielded(text)
    mark = "mt"
    kept = _DROPPED.sub("", text)
    while mark in kept:
        mark += "t"
    merge_tags: list[str] = []

    def word(match: re.Match[str]) -> str:
        merge_tags.append(match[0])
        return f"{mark}{len(merge_tags) - 1}z"

    shielded = text[:start] + MERGE_TAG.sub(word, text[start:])
    return Shielded(shielded, mark, tuple(merge_tags))


def masked(text: str) -> str:
    """Return the text with its merge tags masked, to find the delimiters outside of them.

    >>> masked("/?a={{x#y}}#z")
    '/?a=_______#z'
    """
    start = _after_host(text)
    if not _MERGE_TAGS_BEGIN.search(text, start):
        return text
    return text[:start] + MERGE_TAG.sub(lambda match: "_" * len(match[0]), text[start:])


def _after_host(text: str) -> int:
    authority = AUTHORITY.match(text)
    return authority.end() if authority else 0
