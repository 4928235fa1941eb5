"""Mend links where they stand, every other byte as it was, and show what changed."""

from __future__ import annotations

import re
from difflib import unified_diff
from typing import TYPE_CHECKING

from utmforge.linting.documents import Located, links_in
from utmforge.private_data import find_private

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from utmforge.linting.documents import Kind

FIXABLE_KINDS = ("list", "csv")
_LINES = re.compile(r"[^\r\n]*(?:\r\n|\r|\n|$)")


def mended_text(text: str, kind: Kind, mend: Callable[[Located], str]) -> str:
    """Return a list or CSV with its links mended; a line with something private is left alone."""
    lines = text.splitlines(keepends=True)
    for one in reversed(list(links_in(text, kind))):
        line = lines[one.line - 1]
        start = one.column - 1
        mended = mend(one)
        if mended == one.url or line[start : start + len(one.url)] != one.url:
            continue
        if not any(find_private(other) for other in _urls(line)):
            lines[one.line - 1] = line[:start] + mended + line[start + len(one.url) :]
    return "".join(lines)


def _urls(line: str) -> Iterable[str]:
    return re.findall(r"https?://[^\s\",;]+", line)


def difference(name: str, before: str, after: str) -> str:
    """Return a unified diff without lines around, which could show what is nobody's business."""
    lines = unified_diff(before.splitlines(), after.splitlines(), name, name, n=0, lineterm="")
    return "".join(f"{line}\n" for line in lines)
