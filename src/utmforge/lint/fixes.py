"""Mend links where they stand, every other byte as it was, and show what changed."""

from __future__ import annotations

import re
from difflib import unified_diff
from typing import TYPE_CHECKING

from utmforge.documents.finding import links_in
from utmforge.documents.text import rows_to_leave
from utmforge.privacy.find import find_private

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable

    from utmforge.documents.base import Kind, Located

FIXABLE_KINDS = ("list", "csv")


def mended_text(
    text: str,
    kind: Kind,
    mend: Callable[[Located], str],
    kept: Callable[[Collection[Located]], Collection[Located]] = lambda _: (),
) -> str:
    """Return a list or CSV with its links mended; a line with something private is left alone.

    Only a whole line, or a whole cell, that is one address is mended.

    Args:
        text: The list.
        kind: Which kind of list.
        mend: Returns the address that is to take a link's place.
        kept: Returns those links, of all that would change, that are to stay.
    """
    lines = text.splitlines(keepends=True)
    left = rows_to_leave(text) if kind == "csv" else frozenset[int]()
    mended = {
        one: url
        for one in links_in(text, kind)
        if one.line not in left
        and (url := mend(one)) != one.url
        and _may_change(one, lines[one.line - 1])
    }
    staying = kept(mended.keys())
    for one, url in reversed(mended.items()):
        if one not in staying:
            line, start = lines[one.line - 1], one.column - 1
            lines[one.line - 1] = line[:start] + url + line[start + len(one.url) :]
    return "".join(lines)


def _may_change(one: Located, line: str) -> bool:
    is_as_written = line.startswith(one.url, one.column - 1)
    return is_as_written and not any(find_private(other) for other in _urls(line))


def _urls(line: str) -> Iterable[str]:
    return re.findall(r"https?://[^\s\",;]+", line)


def difference(name: str, before: str, after: str) -> str:
    """Return a unified diff without lines around, which could show what is nobody's business."""
    lines = unified_diff(before.splitlines(), after.splitlines(), name, name, n=0, lineterm="")
    return "".join(f"{line}\n" for line in lines)
