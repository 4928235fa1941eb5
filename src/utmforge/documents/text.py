"""Links in lists, CSV and Markdown."""

from __future__ import annotations

import io
import re
from itertools import islice
from typing import TYPE_CHECKING

from utmforge.documents.address_list import has_cells, heading_of, is_address_list
from utmforge.documents.base import RELATIVE, WEB, Located
from utmforge.documents.comments import comment_in
from utmforge.documents.entities import in_markdown_text
from utmforge.files.csv_tables import is_table, open_table
from utmforge.files.header_words import HEADER_WORDS, plain_header
from utmforge.urls.tagging import is_one_address

if TYPE_CHECKING:
    from collections.abc import Iterator

    from utmforge.documents.base import Kind

_IN_MARKDOWN = re.compile(
    r"\]\(\s{0,9}(?:<([^<>\n]{1,8192})>|((?:[^()\s<>]|\([^()\s]{0,500}\)){1,8192}))"
    r"|^\s{0,3}\[[^\]\n]{1,200}\]:\s{1,9}<?([^\s>]{1,8192})"
    r"|(https?://[^\s<>)\"'\]|]{1,8192})"
)


_BARE = 4
"""The group of an address in running text."""
_SAMPLE = 50
"""Number of first lines in which a heading is searched."""
_AFTER_A_SENTENCE = ".,;:!?*_`"


def kind_by_content(text: str, kind: Kind) -> Kind:
    """Return whether a file called a list or a CSV is one or the other, by its first lines."""
    if kind == "list":
        return "csv" if is_table(text) else "list"
    table = open_table(io.StringIO(text, newline=""))
    is_split = any(len(one.cells) > 1 for one in table.first_rows)
    return "list" if is_split and is_address_list(table) and not has_cells(table) else kind


def is_list_of_addresses(text: str) -> bool:
    """Tell whether each line is one whole address, a comment, or blank."""
    return all(
        one.url.lower().startswith(WEB[:2]) and is_one_address(one.url)
        for one in _in_list(text, heading=0)
    )


def in_list(text: str) -> Iterator[Located]:
    """Yield the links of a list, one address per line."""
    return _in_list(text, heading_of(list(islice(io.StringIO(text), _SAMPLE))))


def _in_list(text: str, heading: int) -> Iterator[Located]:
    for number, (line, begun) in enumerate(_lines(text), 1):
        if line[:1] == "#" or number == heading:
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
    """Yield the addresses in all columns; a cell of several lines is not an address."""
    table = open_table(io.StringIO(text, newline=""))
    cell = _cells(table.separator)
    known = HEADER_WORDS["landing_page"]
    pages = {at for at, name in enumerate(table.header) if plain_header(name) in known}
    for number, (line, begun) in enumerate(_lines(text), 1):
        for column, match in enumerate(cell.finditer(line)):
            group = 1 if match[1] is not None else 2
            raw = match[group]
            url = raw.strip()
            if url.lower().startswith(WEB):
                at = match.start(group) + raw.find(url)
                found = _located(url.replace('""', '"'), number, at, begun, len(url))
                yield found._replace(is_page=column in pages)


def _cells(separator: str) -> re.Pattern[str]:
    one = re.escape(separator)
    return re.compile(rf'(?:^|(?<={one}))(?:"((?:[^"]|""){{0,8192}})"|([^{one}"]{{0,8192}}))')


def rows_to_leave(text: str) -> frozenset[int]:
    """Return the lines of a CSV to leave unchanged, because a cell may not end where it seems to.

    A cell that began on an earlier line has more text than this line shows. A row with more cells
    than the header contains a delimiter outside quotes.
    """
    lines = text.splitlines()
    table = open_table(io.StringIO(text, newline=""))
    cell = _cells(table.separator)
    first = next((line for line in lines if line.strip()), "")
    columns = len(table.header) or sum(1 for _ in cell.finditer(first))
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
