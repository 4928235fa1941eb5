"""Merge tags: what mail and ad tools fill in later, kept as they are.

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

# What mail and ad tools fill in later. Tags may hold those of the first line as they are.
_MACRO = r"\{\{[\w.:|-]+\}\}|\{[A-Za-z_][\w.:-]*\}|\*\|[\w:-]+\|\*"


MACRO = re.compile(_MACRO, re.ASCII)


# The last line: a name, then the words to write where a reader has none (Mautic, MailPoet,
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
"""What a parser of addresses takes out wherever it stands."""


class Shielded(NamedTuple):
    """An address with words in the place of its merge tags that no parser changes."""

    text: str
    """The address to parse."""
    mark: str = ""
    """What each of the words begins with; it is nowhere else in `text`."""
    merge_tags: tuple[str, ...] = ()
    """What the words stand for, in their order."""

    def restored(self, piece: str) -> str:
        """Return a piece of the parsed query or fragment with its merge tags."""
        if not self.merge_tags:
            return piece
        return re.sub(rf"{self.mark}(\d+)z", lambda match: self.merge_tags[int(match[1])], piece)

    def restored_after_host(self, piece: str) -> str:
        """Return the beginning of the parsed address with the merge tags of its path.

        No merge tag of a host is shielded. A host is percent-decoded and mapped to lower case, so
        that a word of it may look like one that stands for a merge tag.
        """
        authority = AUTHORITY.match(piece)
        start = authority.end() if authority else 0
        return piece[:start] + self.restored(piece[start:])


def shield(text: str) -> Shielded:
    """Put words that no parser changes in the place of the merge tags after the host."""
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
    """Return a text of the same length without what is in merge tags, to find delimiters in.

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
