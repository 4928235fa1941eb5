"""Read the dates in a column of a spreadsheet, with the day or the month first.

>>> date_format_of(["14/02/2025", "03/02/2025"])
'%d/%m/%Y'
"""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from utmforge.errors import UtmforgeError, quoted
from utmforge.texts import EARLIEST_YEAR

if TYPE_CHECKING:
    from collections.abc import Iterable

_DATES = ("%Y-%m-%d", "%Y/%m/%d", "%Y.%m.%d", "%d.%m.%Y")
_EMPTY = frozenset(("-", "\u2013", "\u2014", "n/a", "na", "none", "null", "#n/a", "?"))
"""What people write instead of a date that they do not know."""
_DAY_FIRST, _MONTH_FIRST = "%d{0}%m{0}%Y", "%m{0}%d{0}%Y"
_MONTHS = 12
_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_TWO_NUMBERS = re.compile(r"(\d{1,2})([-/])(\d{1,2})\2\d{4}")


def date_format_of(cells: Iterable[str]) -> str | None:
    """Tell day-first dates from month-first dates by days over 12; None if it stays unclear."""
    found = [match for cell in cells if (match := _TWO_NUMBERS.match(cell.strip()))]
    if any(int(match[1]) > _MONTHS for match in found):
        return _DAY_FIRST.format(found[0][2])
    if any(int(match[3]) > _MONTHS for match in found):
        return _MONTH_FIRST.format(found[0][2])
    return None


def day_in(text: str, date_format: str | None) -> datetime | None:
    """Return the day in a cell, UTC if it names no time zone; None: the cell is empty.

    Args:
        text: The cell.
        date_format: As in `strptime`. None: ISO 8601 and formats with one meaning are read.

    Raises:
        UtmforgeError: It can be read in several ways or in none.
    """
    text = text.strip().removesuffix(" UTC")
    if not text or text.lower() in _EMPTY:
        return None
    has_other_digits = any(char.isdecimal() and not char.isascii() for char in text)
    found = None if has_other_digits else _in_utc(_read_day(text, date_format))
    if found is None or found.year < EARLIEST_YEAR:
        raise UtmforgeError(
            f"the day {quoted(text, 30)} can be read in several ways or in none",
            hint="format the column as a date in the spreadsheet, and save it as CSV again"
            if _NUMBER.fullmatch(text)
            else "say how it is written, such as --date-format %d/%m/%Y",
        )
    return found


def _in_utc(found: datetime | None) -> datetime | None:
    if found is None or not found.tzinfo:
        return found and found.replace(tzinfo=UTC)
    try:
        return found.astimezone(UTC)
    except OverflowError:  # after the year 9999 there
        return None


def _read_day(text: str, date_format: str | None) -> datetime | None:
    if date_format is None:
        with suppress(ValueError):
            return datetime.fromisoformat(text)
    for each in (*([date_format] if date_format else []), *_DATES):
        for tail in ("", " %H:%M", " %H:%M:%S"):
            with suppress(ValueError, re.error):  # re.error: a format with a field twice
                return datetime.strptime(text, each + tail)  # noqa: DTZ007 - the caller adds UTC
    return None
