"""Comments to utmforge in a line of a document: `# utmforge: ignore UTM101 a reason`."""

from __future__ import annotations

import re
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping


MARK = "utmforge: ignore"


_COMMENT = re.compile(
    r"(?:#|<!--|\[//\]: # \()\s{0,9}utmforge: ignore\s+"
    r"(UTM\w{1,9}(?:\s{0,3},\s{0,3}UTM\w{1,9}){0,30})"
    r"\s{0,9}([^\r\n]{0,300})"
)


_END = re.compile(r"\s*(?:-->|\)).*$")


class Suppression(NamedTuple):
    """Rules that are suppressed for a line, a campaign or a file."""

    reasons: Mapping[str, str] = MappingProxyType({})
    """The reasons by code; empty where none was given."""

    def __contains__(self, code: object) -> bool:
        return code in self.reasons


def comment_in(line: str) -> tuple[int, Suppression] | None:
    """Return where a line's comment to utmforge begins, and its contents; None if it has none.

    >>> comment_in("https://x.example/ # utmforge: ignore UTM101 as agreed")[1].reasons
    {'UTM101': 'as agreed'}
    """
    if MARK not in line:
        return None
    match = _COMMENT.search(line)
    if not match:
        return None
    reason = _END.sub("", match[2]).strip()
    codes = re.split(r"\s*,\s*", match[1])
    return match.start(), Suppression(dict.fromkeys(codes, reason))
