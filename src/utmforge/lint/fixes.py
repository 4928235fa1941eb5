"""Fix links in place, leave every other byte unchanged, and show what changed."""

from __future__ import annotations

import re
from difflib import unified_diff
from typing import TYPE_CHECKING

from utmforge.documents.cells import rows_to_leave
from utmforge.documents.finding import links_in
from utmforge.privacy.find import find_private

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from utmforge.documents.base import Kind, Located

FIXABLE_KINDS = ("list", "csv")
_URL = re.compile(r"https?://[^\s\",;]+")


def fixes_in(text: str, kind: Kind, repaired: Callable[[Located], str]) -> dict[Located, str]:
    """Return the links of a list or CSV that would change, and what each would become.

    A link is fixed only if it fills a line or a cell, and no line is changed that
    contains private data.

    Args:
        text: The list.
        kind: Which kind of list.
        repaired: Returns the address that should replace a link.
    """
    lines = text.splitlines()
    left = rows_to_leave(text) if kind == "csv" else frozenset[int]()
    return {
        one: url
        for one in links_in(text, kind)
        if one.is_whole
        and one.line not in left
        and (url := repaired(one)) != one.url
        and _may_change(one, lines[one.line - 1])
    }


def left_beside(text: str, kind: Kind, repaired: Callable[[Located], str]) -> int:
    """Return how many links would be fixed if they were alone in their line or cell.

    Args:
        text: A list or CSV.
        kind: Which of them.
        repaired: Returns the address that should replace a link.
    """
    return sum(
        "utm" in text[one.start : one.end] and repaired(one) != one.url
        for one in links_in(text, kind)
        if not one.is_whole
    )


def with_fixes(text: str, fixes: Mapping[Located, str]) -> str:
    """Return a text with some of its links replaced."""
    lines = text.splitlines(keepends=True)
    for one, url in reversed(tuple(fixes.items())):
        line, start = lines[one.line - 1], one.column - 1
        lines[one.line - 1] = line[:start] + url + line[start + len(one.url) :]
    return "".join(lines)


def difference(name: str, before: str, after: str) -> str:
    """Return a unified diff without the lines around a change, which may be private."""
    lines = unified_diff(before.splitlines(), after.splitlines(), name, name, n=0, lineterm="")
    return "".join(f"{line}\n" for line in lines)


def _may_change(one: Located, line: str) -> bool:
    is_as_written = line.startswith(one.url, one.column - 1)
    return is_as_written and not any(find_private(other) for other in _URL.findall(line))
