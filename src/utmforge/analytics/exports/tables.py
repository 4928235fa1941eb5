"""Split the text of a report into its tables, and find the dates it covers.

    # Traffic acquisition            ─┐
    # Start date: 20260901            │ a preamble, in whatever language
    # End date: 20260930             ─┘
    Autumn 2026                        a title that a person added
    Session source / medium,Sessions   a header
    whatsapp / message,312             rows, until a blank line

CSVs downloaded from GA4 (read 2026-11-23) have several tables in one file, rows of totals, and
`Date range` columns of comparisons.
"""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from utmforge.analytics.exports.columns import is_report_header
from utmforge.analytics.exports.numbers import count_in
from utmforge.documents.address_list import (
    has_cells,
    heading_of,
    is_address_list,
    read_address_list,
)
from utmforge.errors import ReportUnreadable
from utmforge.files.csv_tables import (
    NotCsv,
    TableRow,
    header_at,
    open_table,
    read_rows,
    separator_of,
    table_lines,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

_ROWS_LOOKED_AT = 50
_DAYS = re.compile(r"(?:[:：]\s*|^)(\d{8})(?:\s*[-–]\s*(\d{8}))?$")


class Table(NamedTuple):
    """One table of a report."""

    header: tuple[str, ...]
    """The names of its columns."""
    line: int
    """The header's line, from 1; 0 if there is none."""
    rows: tuple[TableRow, ...]
    """The rows below the header."""


class Period(NamedTuple):
    """The dates that a report covers, if it has them."""

    first: date | None = None
    last: date | None = None


def tables_in(text: str, name: str) -> tuple[list[Table], Period]:
    """Return the tables of a report in their order, and the dates it covers.

    Raises:
        ReportUnreadable: It is not CSV.
    """
    lines = list(table_lines(text))
    begun = open_table(lines)
    if is_address_list(begun) and (begun.separator == "," or not has_cells(begun)):
        return [_list(lines, name)], Period()
    blocks: list[list[TableRow]] = []
    days: list[date] = []
    is_open = False
    begins_anew = True
    for row in _rows(lines, name):
        cells = [cell for cell in row.cells if cell]
        if not cells:
            is_open = False
        elif _is_preamble(row.cells[0]) and not (is_open and len(cells) > 1):
            is_open, begins_anew = False, True
            days += _days(",".join(cells))
        else:
            if not is_open and (begins_anew or not any(map(_is_number, cells))):
                blocks.append([])  # anything else after a blank line belongs to the table
            blocks[-1].append(row)
            is_open, begins_anew = True, False
    return [_table(block) for block in blocks], Period(
        min(days, default=None), max(days, default=None)
    )


def _table(rows: Sequence[TableRow]) -> Table:
    """Return the table in a block of rows, without the titles above its header."""
    begun = [row.cells for row in rows[:_ROWS_LOOKED_AT]]
    at = header_at(begun, is_report_header)
    if at is None:
        width = max(len(cells) for cells in begun)
        return Table(tuple(f"column {number}" for number in range(1, width + 1)), 0, tuple(rows))
    return Table(tuple(rows[at].cells), rows[at].line, tuple(rows[at + 1 :]))


def _is_preamble(cell: str) -> bool:
    """Tell whether a row is above the table; `#` alone is the header of the rows' numbers."""
    return cell.startswith("#") and cell != "#"


def _list(lines: Sequence[str], name: str) -> Table:
    """Return a list of addresses as a table of one column."""
    rows = []
    heading = heading_of(lines)
    for one in read_address_list(lines, heading):
        if one.problem:
            raise ReportUnreadable(one.problem, where=f"{name}:{one.line}", hint=one.hint)
        rows.append(TableRow(one.line, [one.address]))
    title = lines[heading - 1].strip() if heading else "column 1"
    return Table((title,), heading, tuple(rows))


def _rows(lines: Sequence[str], name: str) -> list[TableRow]:
    filled = [line for line in lines if line.strip() and not line.startswith("#")]
    try:
        return list(read_rows(lines, separator_of(filled), keep_empty=True))
    except NotCsv as error:
        raise ReportUnreadable(f"not valid CSV: {error}", where=f"{name}:{error.line}") from None


def _is_number(cell: str) -> bool:
    return cell[:1].isdigit() and count_in(cell.rstrip("%€$£ ")) is not None


def _days(comment: str) -> list[date]:
    match = _DAYS.search(comment.lstrip("# \t"))
    days = []
    for digits in match.groups() if match else ():
        with suppress(ValueError, TypeError):  # no such day; a single one
            days.append(date.fromisoformat(digits))
    return days
