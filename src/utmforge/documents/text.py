"""Links in lists, CSV and Markdown."""

from __future__ import annotations

import io
import re
from html import unescape
from typing import TYPE_CHECKING

from utmforge.documents.base import RELATIVE, WEB, Located
from utmforge.documents.comments import comment_in
from utmforge.files.csv_tables import open_table
from utmforge.files.header_words import HEADER_WORDS, plain_header
from utmforge.urls.tagging import is_one_address

if TYPE_CHECKING:
    from collections.abc import Iterator


_IN_MARKDOWN = re.compile(
    r"\]\(\s{0,9}<?([^)\s>]{1,8192})"
    r"|^\s{0,3}\[[^\]\n]{1,200}\]:\s{1,9}<?([^\s>]{1,8192})"
    r"|(https?://[^\s<>)\"'\]|]{1,8192})"
)


_AFTER_A_SENTENCE = ".,;:!?*_`"


def is_list_of_addresses(text: str) -> bool:
    """Tell whether each line is one whole address, a comment, or blank."""
    return all(
        one.url.lower().startswith(WEB[:2]) and is_one_address(one.url) for one in in_list(text)
    )


def in_list(text: str) -> Iterator[Located]:
    """Yield the links of a list, one address a line."""
    for number, line in enumerate(text.splitlines(), 1):
        if line[:1] == "#":
            continue
        comment = comment_in(line) if "utmforge:" in line else None
        given = (line[: comment[0]] if comment else line).strip()
        if given[:1] == given[-1:] == '"':
            given = given[1:-1]
        if given and given[0] != "#":
            yield Located(given, number, line.find(given) + 1)


def in_csv(text: str) -> Iterator[Located]:
    """Yield the addresses in any column; a cell over several lines is no address."""
    table = open_table(io.StringIO(text, newline=""))
    cell = _cells(table.separator)
    known = HEADER_WORDS["landing_page"]
    pages = {at for at, name in enumerate(table.header) if plain_header(name) in known}
    lines = text.splitlines()
    for number, line in enumerate(lines, 1):
        for at, match in enumerate(cell.finditer(line)):
            raw = match[1] if match[1] is not None else match[2]
            url = raw.strip()
            if url.lower().startswith(WEB):
                start = match.start(1 if match[1] is not None else 2) + raw.find(url)
                yield Located(url.replace('""', '"'), number, start + 1, at in pages)


def _cells(separator: str) -> re.Pattern[str]:
    one = re.escape(separator)
    return re.compile(rf'(?:^|(?<={one}))(?:"((?:[^"]|""){{0,8192}})"|([^{one}"]{{0,8192}}))')


def rows_to_leave(text: str) -> frozenset[int]:
    """Return the lines of a CSV on which a cell may be less than it seems.

    A cell that began on an earlier line holds more than this line. A row with more cells than the
    header has a delimiter that no quotes enclose.
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
    for number, line in enumerate(text.splitlines(), 1):
        for match in _IN_MARKDOWN.finditer(line):
            at = match.lastindex or 0
            url = match[at]
            if at == 3:  # noqa: PLR2004 - the bare one, in the middle of a sentence
                url = url.rstrip(_AFTER_A_SENTENCE)
            if url.lower().startswith(WEB) or (url.startswith(RELATIVE) and "utm" in url):
                yield Located(unescape(url), number, match.start(at) + 1)
