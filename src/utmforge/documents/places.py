"""Convert positions in a text to lines and columns."""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import TYPE_CHECKING

from utmforge.documents.base import Located, Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_LINE_END = re.compile("\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]")
"""The ends of lines that `str.splitlines` knows."""


class Lines:
    """Where the lines of a text begin."""

    def __init__(self, text: str) -> None:
        self._starts = [0, *(match.end() for match in _LINE_END.finditer(text))]

    def place(self, at: int) -> tuple[int, int]:
        """Return the line and the column of a place, both from 1."""
        line = bisect_right(self._starts, at)
        return line, at - self._starts[line - 1] + 1


def lines_of(text: str) -> Iterator[tuple[str, int]]:
    """Yield each line, without its end, and where it begins."""
    begun = 0
    for match in _LINE_END.finditer(text):
        yield text[begun : match.start()], begun
        begun = match.end()
    if begun < len(text):
        yield text[begun:], begun


def located(text: str, spans: Iterable[Span]) -> Iterator[Located]:
    """Yield links with their lines and columns."""
    lines: Lines | None = None
    for url, start, end in spans:
        lines = lines or Lines(text)
        line, column = lines.place(start)
        yield Located(url, line, column, start=start, end=end)
