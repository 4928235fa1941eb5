r"""Read tables that people give: CSV as spreadsheets and analytics tools write it.

    sep=;                          Excel's own first line names the separator
    Links of spring 2026;;         a title above the header
    # do not edit                  a comment
    Kanal;Zielseite;Kampagne       the header: the first row with two known words
    News;https://shop.example/;x   rows

>>> table = open_table(["Links 2026\n", "Channel;URL\n", "News;https://shop.example/\n"])
>>> table.header, [(row.line, row.cells) for row in table.rows()]
(('Channel', 'URL'), [(3, ['News', 'https://shop.example/'])])
"""

from __future__ import annotations

import csv
import re
from collections import Counter
from contextlib import suppress
from itertools import chain, islice
from typing import TYPE_CHECKING, NamedTuple

from utmforge.errors import UnreadableInput, quoted
from utmforge.files.header_words import is_header_word
from utmforge.files.spreadsheet_cells import restore_formula

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

SEPARATORS = ",;\t|"
MORE_CELLS = 'the row has more cells than the header: write what holds the separator "in quotes"'
MAX_CELL = 10_000_000
"""Maximum characters of a cell, unless a reader sets a lower limit."""

_SAMPLE = 50
"""Number of first lines in which the separator and the header are searched."""
_MANY = 2
"""Number of known words that make a row the header, whatever is above it."""
_DECLARABLE = f"{SEPARATORS}:^~"
_DECLARED = re.compile(r'\s*"?sep=(.?)"?\s*', re.IGNORECASE)
# Text in which a separator does not count: quoted cells, merge tags of newsletters, `&amp;`.
_OPAQUE = re.compile(r'"[^"]*"|\*\|.*?\|\*|\{\{.*?\}\}|&#?\w{1,8};')
_PAGE = re.compile(r"\s*<(?:!doctype\s+html|html|head|meta|table)\b", re.IGNORECASE)
_LINE = re.compile(r"[^\r\n]*(?:\r\n|\n|\r)|[^\r\n]+")
_ORIGIN = re.compile(r"(?:https?://)?[^/?#]+/?", re.IGNORECASE)
_WEB_ADDRESS = re.compile(r"(?:https?:)?//\S", re.IGNORECASE)
_WORDS = re.compile(r"\S\s+\S|^[^./?#]*$")
_DATA = re.compile(r"(?:\w+:)?//|[\w-]+(?:\.[\w-]+)+(?:[/?#:]|$)|[\d.,\s%€$£-]*\d[\d.,\s%€$£]*$")


def table_lines(text: str) -> Iterator[str]:
    r"""Yield the lines of a text with their ends, without a copy of the text.

    >>> list(table_lines("a\r\nb\rc"))
    ['a\r\n', 'b\r', 'c']
    """
    return (match[0] for match in _LINE.finditer(text))


def column_of_addresses(rows: Sequence[TableRow], width: int, named: int | None) -> int | None:
    """Return the column that holds web addresses.

    Args:
        rows: Rows below the header.
        width: The number of columns.
        named: The column whose name says so; it may hold postal addresses, or names. None: there is
            no such column.

    Returns:
        The named column, unless only others hold addresses; then the first of these. None: there is
        none.
    """
    cells = [(at, cell) for row in rows for at, cell in enumerate(row.cells[:width]) if cell]
    under = [cell for at, cell in cells if at == named]
    if named is not None and not (under and all(map(_WORDS.search, under))):
        return named
    return min((at for at, cell in cells if _WEB_ADDRESS.match(cell)), default=named)


class NotCsv(ValueError):
    """A table breaks the rules of CSV, such as a cell without an end."""

    def __init__(self, reason: str, line: int) -> None:
        super().__init__(reason)
        self.line = line


class TableRow(NamedTuple):
    """One row that is not empty."""

    line: int
    """The file's line on which it begins, from 1."""
    cells: list[str]
    """Without surrounding white space, and without the apostrophe of `escape_formula`."""


class Table:
    """A table whose rows are read lazily, and only once."""

    def __init__(
        self, separator: str, header: TableRow, lines: Iterator[str], sample: list[str]
    ) -> None:
        self.separator = separator
        """The separator between cells."""
        self.header = tuple(header.cells)
        """The names of the columns. Empty: there are none."""
        self.header_line = header.line
        """The header's line, from 1; 0 if there is none."""
        self.lines = lines
        """All lines of the file; reading them leaves none for `rows`."""
        self.sample = sample
        """The first lines of the file."""

    @property
    def first_rows(self) -> list[TableRow]:
        """The rows below the header that are among the first lines."""
        rows: list[TableRow] = []
        with suppress(NotCsv):  # raised again when the row is read
            rows.extend(read_rows(self.sample, self.separator))
        return [one for one in rows if one.line > self.header_line and not is_comment(one.cells)]

    @property
    def has_header(self) -> bool:
        """Whether there is a header: several columns, or one with a known word."""
        return len(self.header) > 1 or any(map(is_header_word, self.header))

    def rows(self, *, max_cell: int = MAX_CELL) -> Iterator[TableRow]:
        """Yield the rows below the header, without comments and empty rows.

        Raises:
            NotCsv: Such as a cell longer than `max_cell`.
        """
        for row in read_rows(self.lines, self.separator, max_cell=max_cell):
            if row.line > self.header_line and not is_comment(row.cells):
                yield row


def open_table(lines: Iterable[str]) -> Table:
    """Find the separator and the header of a table by its first lines."""
    lines = iter(lines)
    sample = list(islice(lines, _SAMPLE))
    separator = separator_of(sample)
    rows: list[TableRow] = []
    with suppress(NotCsv):  # raised again when the row is read
        rows.extend(read_rows(sample, separator))
    at = header_at([row.cells for row in rows])
    header = TableRow(0, []) if at is None else rows[at]
    return Table(separator, header, chain(sample, lines), sample)


def refuse_page(begun: str, name: str) -> None:
    """Refuse a web page, which some tools export under the name of a spreadsheet.

    Args:
        begun: The first characters.
        name: Its name in messages.

    Raises:
        UnreadableInput: It is one.
    """
    if _PAGE.match(begun):
        raise UnreadableInput(
            f"{quoted(name)} is a web page, not a table",
            hint="open it in a spreadsheet program, and save it as CSV",
        )


def is_table(text: str) -> bool:
    r"""Tell whether a text begins with a header of several columns, some of them known.

    >>> is_table("url,channel\nhttps://shop.example/,email"), is_table("https://shop.example/?a,b")
    (True, False)
    """
    header = open_table(table_lines(text)).header
    return len(header) > 1 and any(map(is_header_word, header))


def separator_of(lines: Sequence[str]) -> str:
    """Return the separator that occurs equally often in most of the first lines.

    Excel's first line `sep=;` decides, if there is one.

    >>> separator_of(["Channel;Name, town, x", "News;https://shop.example/"])
    ';'
    """
    filled = [line for line in lines[:_SAMPLE] if line.strip()]
    declared = _DECLARED.fullmatch(filled[0]) if filled else None
    if declared and declared[1] in _DECLARABLE:
        return declared[1] or ","
    bare = [_OPAQUE.sub("", line) for line in filled if not line.lstrip().startswith("#")]

    def agreement(separator: str) -> tuple[int, int]:
        counts = Counter(line.count(separator) for line in bare if separator in line)
        return max(((lines, count) for count, lines in counts.items()), default=(0, 0))

    return max(SEPARATORS, key=agreement)


def read_rows(
    lines: Iterable[str], separator: str, *, max_cell: int = MAX_CELL, keep_empty: bool = False
) -> Iterator[TableRow]:
    """Yield every row except Excel's `sep=` line, and empty rows only with `keep_empty`.

    Raises:
        NotCsv: Such as a cell longer than `max_cell`.
    """
    csv.field_size_limit(max_cell)
    last = [""]

    def remember(line: str) -> str:
        last[0] = line
        return line

    reader = csv.reader(map(remember, lines), delimiter=separator, skipinitialspace=True)
    is_first = True
    while True:
        line = reader.line_num + 1
        try:
            row = next(reader, None)
        except csv.Error as error:
            raise NotCsv(str(error), line) from None
        if row is None:
            return
        # Python's reader takes the end of the file for the end of the cell.
        if row and row[-1].endswith(("\n", "\r")) and not last[0].rstrip().endswith('"'):
            raise NotCsv("a quote is never closed", line)
        cells = [restore_formula(cell.strip()) for cell in row]
        if not any(cells):
            if keep_empty:
                yield TableRow(line, [])
            continue
        if not (is_first and _DECLARED.fullmatch(separator.join(row))):
            yield TableRow(line, cells)
        is_first = False


def is_comment(cells: Sequence[str]) -> bool:
    """Tell whether a row is a comment: it begins with `#`, and the other cells are empty."""
    return cells[0].startswith("#") and not any(cells[1:])


def header_at(
    rows: Sequence[Sequence[str]], is_known: Callable[[str], bool] = is_header_word
) -> int | None:
    """Return the index of the header, or None if there is none.

    It is the first row with two or more known words, or else the first that looks like a header:
    words in more than half of the columns, or a single known word. No row after the first address
    or number is the header.
    """
    above: list[int] = []
    for at, cells in enumerate(rows):
        if is_comment(cells) or cells[0].startswith("# "):
            continue
        if sum(map(is_known, filter(None, cells))) >= _MANY:
            return at
        if any(map(_DATA.match, cells)):
            break
        above.append(at)
    width = max((_filled(row) for row in rows if not is_comment(row)), default=0)
    wide = [at for at in above if _filled(rows[at]) * 2 > width]
    known = [at for at in above if any(map(is_known, rows[at]))]
    return next(iter(known + wide if width == 1 else wide + known), None)


def _filled(row: Sequence[str]) -> int:
    return sum(map(bool, row))


def is_declaration(line: str) -> bool:
    """Tell whether a line is Excel's `sep=;`."""
    return bool(_DECLARED.fullmatch(line))


def beyond(cells: Sequence[str], width: int) -> bool:
    """Tell whether a row has text after the header's last column."""
    return len(cells) > width and any(cells[width:])


def path_column(rows: Iterable[TableRow], page: int | None, path: int | None) -> int | None:
    """Return the column `path`, or None if the addresses of the first rows already have paths."""
    if page is None or path is None:
        return None
    used = (one for one in rows if max(page, path) < len(one.cells) and one.cells[path])
    return path if any(_ORIGIN.fullmatch(one.cells[page]) for one in used) else None


def whole_address(page: str, path: str) -> str:
    """Return the address of a row that keeps it in two columns, such as `base_url` and `path`.

    An address that already has a path stays.

    >>> whole_address("https://shop.example/", "/press")
    'https://shop.example/press'
    """
    if not path or not _ORIGIN.fullmatch(page):
        return page
    return f"{page.rstrip('/')}/{path.removeprefix('/')}"
