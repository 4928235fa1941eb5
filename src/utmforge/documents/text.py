"""Links in lists, CSV and Markdown."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from utmforge.documents.base import RELATIVE, WEB, Located
from utmforge.documents.comments import comment_in
from utmforge.documents.entities import in_markdown_text
from utmforge.urls.tagging import is_one_address

if TYPE_CHECKING:
    from collections.abc import Iterator


_FIRST_LINES = 20


_QUOTED = re.compile('"[^"]*"')


_IN_MARKDOWN = re.compile(
    r"\]\(\s{0,9}(?:<([^<>\n]{1,8192})>|((?:[^()\s<>]|\([^()\s]{0,500}\)){1,8192}))"
    r"|^\s{0,3}\[[^\]\n]{1,200}\]:\s{1,9}<?([^\s>]{1,8192})"
    r"|(https?://[^\s<>)\"'\]|]{1,8192})"
)


_BARE = 4
"""The group of an address in the middle of a sentence."""
_AFTER_A_SENTENCE = ".,;:!?*_`"


def is_list_of_addresses(text: str) -> bool:
    """Tell whether each line is one whole address, a comment, or blank."""
    return all(
        one.url.lower().startswith(WEB[:2]) and is_one_address(one.url) for one in in_list(text)
    )


def in_list(text: str) -> Iterator[Located]:
    """Yield the links of a list, one address a line."""
    for number, (line, begun) in enumerate(_lines(text), 1):
        if line[:1] == "#":
            continue
        comment = comment_in(line) if "utmforge:" in line else None
        given = (line[: comment[0]] if comment else line).strip()
        if given[:1] == given[-1:] == '"':
            given = given[1:-1]
        if given and given[0] != "#":
            yield _located(given, number, line.find(given), begun, len(given))


def _lines(text: str) -> Iterator[tuple[str, int]]:
    """Yield each line and where it begins."""
    begun = 0
    for whole, line in zip(text.splitlines(keepends=True), text.splitlines(), strict=True):
        yield line, begun
        begun += len(whole)


def _located(url: str, number: int, at: int, begun: int, length: int) -> Located:
    return Located(url, number, at + 1, start=begun + at, end=begun + at + length)


def in_csv(text: str) -> Iterator[Located]:
    """Yield the addresses in any column; a cell over several lines is not an address."""
    lines = text.splitlines()
    delimiter, header = _header_of(lines)
    cell = _cells(delimiter)
    names = [(one[1] or one[2] or "").strip().lower() for one in cell.finditer(header)]
    pages = {at for at, name in enumerate(names) if name.replace(" ", "_") == "landing_page"}
    for number, (line, begun) in enumerate(_lines(text), 1):
        for column, match in enumerate(cell.finditer(line)):
            group = 1 if match[1] is not None else 2
            raw = match[group]
            url = raw.strip()
            if url.lower().startswith(WEB):
                at = match.start(group) + raw.find(url)
                found = _located(url.replace('""', '"'), number, at, begun, len(url))
                yield found._replace(is_page=column in pages)


def _header_of(lines: list[str]) -> tuple[str, str]:
    """Return the delimiter that stands equally often in most of the first lines, and the header.

    >>> _header_of(["Links 2026", "Channel;Name, town, x", "News;https://shop.example/"])
    (';', 'Channel;Name, town, x')
    """
    begun = [line for line in lines[:_FIRST_LINES] if line.strip() and not line.startswith("sep=")]
    bare = [_QUOTED.sub("", line) for line in begun]

    def agreement(delimiter: str) -> tuple[int, int]:
        counts = Counter(line.count(delimiter) for line in bare if delimiter in line)
        return max(((lines, count) for count, lines in counts.items()), default=(0, 0))

    delimiter = max(",;\t", key=agreement)
    first = begun[0] if begun else ""
    headers = (line for line in begun if delimiter in line and "://" not in line)
    return delimiter, next(headers, first)


def _cells(delimiter: str) -> re.Pattern[str]:
    return re.compile(
        rf'(?:^|(?<={delimiter}))(?:"((?:[^"]|""){{0,8192}})"|([^{delimiter}"]{{0,8192}}))'
    )


def rows_to_leave(text: str) -> frozenset[int]:
    """Return the lines of a CSV on which a cell may be less than it seems.

    A cell that began on an earlier line holds more than this line. A row with more cells than the
    header has a delimiter that no quotes enclose.
    """
    lines = text.splitlines()
    delimiter, header = _header_of(lines)
    cell = _cells(delimiter)
    columns = sum(1 for _ in cell.finditer(header))
    left: set[int] = set()
    is_open = False
    for number, line in enumerate(lines, 1):
        opens = line.count('"') % 2 == 1
        if is_open or opens or sum(1 for _ in cell.finditer(line)) > columns:
            left.add(number)
        is_open ^= opens
    return frozenset(left)


def in_markdown(text: str) -> Iterator[Located]:
    """Yield the links of a Markdown text."""
    for number, (line, begun) in enumerate(_lines(text), 1):
        for match in _IN_MARKDOWN.finditer(line):
            group = match.lastindex or 0
            raw = match[group]
            if group == _BARE:
                raw = raw.rstrip(_AFTER_A_SENTENCE)
            if raw.lower().startswith(WEB) or (raw.startswith(RELATIVE) and "utm" in raw):
                yield _located(in_markdown_text(raw), number, match.start(group), begun, len(raw))
