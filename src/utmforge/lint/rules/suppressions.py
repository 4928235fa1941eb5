"""UTM9xx: what is not to be said, and why.

In lists of addresses, CSV, HTML and Markdown, on the line itself or on a line before it:

    https://shop.example/?utm_source=News  # utmforge: ignore UTM101 the agency's name
"""

from __future__ import annotations

import re
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from utmforge.errors import quoted
from utmforge.lint.rules.base import FileRule, Found, Rule

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
    """Rules that are not to speak of a line, a campaign or a file."""

    reasons: Mapping[str, str] = MappingProxyType({})
    """Why, by code; empty where nothing was said."""

    def __contains__(self, code: object) -> bool:
        return code in self.reasons


class NoReason(FileRule):
    """Say why a rule is ignored.

    In a year nobody knows any more whether it may speak again. The rule is ignored all the same.

    Instead of:
        https://shop.example/?utm_source=News # utmforge: ignore UTM101

    Write:
        https://shop.example/?utm_source=News # utmforge: ignore UTM101 the agency's own name
    """

    code = "UTM901"
    name = "no-reason"

    def of(self, code: str) -> Found:
        """Say that a reason is missing."""
        return self.found(f"{code} is ignored without a reason", "say why behind the code")


class UnknownRule(FileRule):
    """Ignore rules that there are.

    Instead of:
        https://shop.example/?utm_source=News # utmforge: ignore UTM1O1 the agency's own name

    Write:
        https://shop.example/?utm_source=News # utmforge: ignore UTM101 the agency's own name
    """

    code = "UTM902"
    name = "unknown-rule"

    def of(self, code: str) -> Found:
        """Say that there is no such rule."""
        return self.found(f"no rule is called {quoted(code, 20)}", "they are in the reference")


def comment_in(line: str) -> tuple[int, Suppression] | None:
    """Return where a line's comment to utmforge begins, and what it says; None: it has none.

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


RULES: tuple[Rule, ...] = (NoReason(), UnknownRule())
