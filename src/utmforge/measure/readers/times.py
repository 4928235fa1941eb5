"""The times that logs write, as seconds since 1970.

>>> clf_time("14/Sep/2026:08:03:11 +0200") == iso_time("2026-09-14T06:03:11.441Z") == 1789365791
True
"""

from __future__ import annotations

import re
from calendar import timegm
from datetime import date
from functools import lru_cache

FIRST_TS = 788_918_400
"""1995-01-01: a server's clock that says less is not set."""
LAST_TS = 4_102_444_799
"""2099-12-31."""

_NAMES = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_MONTHS = {name: number for number, name in enumerate(_NAMES, 1)}
_CLF = re.compile(
    r"([0-9]{2})/([A-Za-z]{3})/([0-9]{4}):([0-9:]{5,8})\s+([+-][0-9]{2}(?::?[0-9]{2})?)", re.ASCII
)
_ISO = re.compile(
    r"([0-9]{4})-([0-9]{2})-([0-9]{2})[T ]([0-9:]{8})(?:[.,][0-9]+)?"
    r"(Z|[+-][0-9]{2}:?[0-9]{2})?",
    re.ASCII,
)
_CLOCK = re.compile(r"([01]?[0-9]|2[0-3]):([0-5]?[0-9]):([0-5]?[0-9]|60)", re.ASCII)
_NUMBER = re.compile(r"[0-9]{1,20}(?:\.[0-9]{1,20})?", re.ASCII)
_MAX_COUNT = 10**20
_DIGITS_OF = ((10**17, 10**9), (10**14, 10**6), (10**11, 10**3))


def clf_time(text: str) -> int | None:
    """Return the seconds of a time such as `14/Sep/2026:08:03:11 +0200`, or None."""
    if (match := _CLF.fullmatch(text)) is None:
        return None
    day, month, year, clock, zone = match.groups()
    return _seconds(year, month, day, clock, zone)


def iso_time(text: str) -> int | None:
    """Return the seconds of a time such as `2026-09-14T06:03:11Z`, or None.

    Without a zone it is UTC, as in the logs of IIS and CloudFront.
    """
    if (match := _ISO.fullmatch(text)) is None:
        return None
    year, month, day, clock, zone = match.groups()
    return _seconds(year, month, day, clock, zone or "Z")


def unix_time(number: float) -> int | None:
    """Return the seconds of a count since 1970 in seconds, milli-, micro- or nanoseconds."""
    if not 0 <= number < _MAX_COUNT:  # also what is not a number
        return None
    for least, divisor in _DIGITS_OF:
        if number >= least:
            return _plausible(int(number) // divisor)
    return _plausible(int(number))


def any_time(value: object) -> int | None:
    """Return the seconds of a time as JSON has it: a number, or text in any of the notations."""
    if isinstance(value, bool):
        return None
    if isinstance(value, int | float):
        return unix_time(value)
    if not isinstance(value, str):
        return None
    if _NUMBER.fullmatch(value):
        return unix_time(float(value) if "." in value else int(value))
    return iso_time(value) or clf_time(value)


def _seconds(year: str, month: str, day: str, clock: str, zone: str) -> int | None:
    if (midnight := _midnight(year, month, day, zone)) is None:
        return None
    if (match := _CLOCK.fullmatch(clock)) is None:
        return None
    # A leap second counts as the second before it.
    second = min(int(match[3]), 59)
    return _plausible(midnight + int(match[1]) * 3600 + int(match[2]) * 60 + second)


@lru_cache(maxsize=4096)
def _midnight(year: str, month: str, day: str, zone: str) -> int | None:
    """Return the seconds of the day's begin where the zone is; a log has few days."""
    number = _MONTHS.get(month.title()) or (int(month) if month.isdecimal() else 0)
    try:
        date(int(year), number, int(day))
    except ValueError:
        return None
    offset = 0
    if zone != "Z":
        digits = zone[1:].replace(":", "")
        offset = int(digits[:2]) * 3600 + int(digits[2:] or 0) * 60
        offset = -offset if zone[0] == "-" else offset
    return timegm((int(year), number, int(day), 0, 0, 0)) - offset


def _plausible(seconds: int) -> int | None:
    return seconds if FIRST_TS <= seconds <= LAST_TS else None
