"""The text of a report → its tables, and the days they are about.

    # Traffic acquisition            ─┐
    # Start date: 20260901            │ a preamble, in whatever language
    # End date: 20260930             ─┘
    Session source / medium,Sessions   a header
    whatsapp / message,312             rows, until a blank line

Seen in CSVs downloaded from GA4 (read 2026-11-23): several tables in one file, rows of totals, and
`Date range` columns of comparisons.
"""

from __future__ import annotations

import csv
import io
import re
from contextlib import suppress
from datetime import date, datetime
from typing import NamedTuple

from utmforge.analytics.exports.numbers import count_in
from utmforge.errors import ReportUnreadable, quoted
from utmforge.files.spreadsheet_cells import delimiter_of, restore_formula

_LONGEST_CELL = 10_000_000
_DAYS = re.compile(r"(?:[:：]\s*|^)(\d{8})(?:\s*[-–]\s*(\d{8}))?$")  # noqa: RUF001 - on purpose


class Table(NamedTuple):
    """One table of a report."""

    header: tuple[str, ...]
    """The names of its columns."""
    line: int
    """The header's, from 1."""
    rows: tuple[tuple[int, list[str]], ...]
    """Each with its line."""


class Period(NamedTuple):
    """The days that a report is about, as far as it says."""

    first: date | None = None
    last: date | None = None


def tables_in(text: str, name: str) -> tuple[list[Table], Period]:
    """Return the tables of a report in their order, and its days.

    Raises:
        ReportUnreadable: It is not CSV.
    """
    blocks: list[list[tuple[int, list[str]]]] = []
    days: list[date] = []
    is_open = False
    begins_anew = True
    for line, row in _rows(text, name):
        cells = [cell for cell in row if cell]
        if not cells:
            is_open = False
        elif row[0].startswith("#") and not (is_open and len(cells) > 1):
            is_open, begins_anew = False, True
            days += _days(",".join(cells))
        else:
            if not is_open and (begins_anew or not any(map(_is_number, cells))):
                blocks.append([])  # what else follows a blank line goes on
            blocks[-1].append((line, row))
            is_open, begins_anew = True, False
    tables = [Table(tuple(block[0][1]), block[0][0], tuple(block[1:])) for block in blocks]
    return tables, Period(min(days, default=None), max(days, default=None))


def _rows(text: str, name: str) -> list[tuple[int, list[str]]]:
    """Return (line, cells) of every row; the separator is that of the first header."""
    lines = (line for line in text.splitlines() if line.strip() and not line.startswith("#"))
    first = next(lines, "")
    csv.field_size_limit(_LONGEST_CELL)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter_of(first))
    try:
        rows = [
            (reader.line_num, [restore_formula(cell.strip(" \t\n\r\0")) for cell in row])
            for row in reader
        ]
    except csv.Error as error:
        raise ReportUnreadable(f"{quoted(name)} is not CSV: {error}") from None
    return rows[1:] if first.lower().startswith("sep=") and rows else rows


def _is_number(cell: str) -> bool:
    return cell[:1].isdigit() and count_in(cell.rstrip("%€$£ ")) is not None


def _days(comment: str) -> list[date]:
    match = _DAYS.search(comment.lstrip("# \t"))
    days = []
    for digits in match.groups() if match else ():
        with suppress(ValueError, TypeError):  # no such day; a single one
            days.append(datetime.strptime(digits, "%Y%m%d").date())  # noqa: DTZ007 - a day
    return days
