"""Days as people type them for `--since` and `--until`: a day, a month, a year, or words.

>>> today = date(2026, 11, 27)
>>> days_of("2026-10", today), days_of("last month", today) == days_of("2026-10", today)
(Days(first=datetime.date(2026, 10, 1), last=datetime.date(2026, 10, 31)), True)
>>> days_of("01/10/2026", today).first, days_of("01/10/2026", today, month_first=True).first
(datetime.date(2026, 10, 1), datetime.date(2026, 1, 10))
>>> days_of("soon", today)
"""

from __future__ import annotations

import re
from calendar import monthrange
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from utmforge.errors import ContradictoryInput, quoted

_WEEK, _MONTHS = 7, 12
_AGO = re.compile(r"(\d{1,4}) ?(d|days?|w|weeks?|months?|y|years?)(?: ago)?")
_ISO = re.compile(r"(\d{4})[-/.](\d\d)[-/.](\d\d)")
_MONTH = re.compile(r"(\d{4})[-/.](\d\d)")
_MONTH_LAST = re.compile(r"(\d\d?)[-/.](\d{4})")
_YEAR = re.compile(r"(\d{4})")
_ISO_WEEK = re.compile(r"(\d{4})-?w(\d\d?)")
_SLASHED = re.compile(r"(\d\d?)/(\d\d?)/(\d{4})|(\d\d)[.-](\d\d)[.-](\d{4})")
_NAMED_MONTH = re.compile(
    r"(?:(?P<day>\d\d?)(?:st|nd|rd|th)? )?(?P<month>[a-z]{3,9})\.?"
    r"(?: (?P<after>\d\d?)(?:st|nd|rd|th)?,?)?(?: (?P<year>\d{4}))?"
)
_QUARTER = re.compile(r"(\d{4})[- ]?q([1-4])|q([1-4])[- /]?(\d{4})")
_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_MONTH_NAMES = (
    *("january", "february", "march", "april", "may", "june", "july", "august", "september"),
    *("october", "november", "december"),
)
_LAST = re.compile(r"(?:last|past) (\d.*)")
_TIME = re.compile(r"(\d{4}-\d\d-\d\d)[t ]\d\d:\d\d.*")
_MONTH_FIRST_ZONES = re.compile(
    r"US/.*|Pacific/Honolulu|America/(?:New_York|Detroit|Chicago|Denver|Boise|Phoenix|Los_Angeles"
    r"|Anchorage|Juneau|Sitka|Nome|Adak|Menominee|Indiana/.*|Kentucky/.*|North_Dakota/.*"
    r"|Indianapolis|Louisville)"
)
"""The time zones of the United States, where the month is written before the day."""


class Days(NamedTuple):
    """The days that a text means."""

    first: date
    last: date


def days_in(text: str | None, option: str, timezone: str | None) -> Days | None:
    """Return the days that an option names. None: it is not given.

    Args:
        text: Its value.
        option: Its name.
        timezone: Whose today it is, and whose order of day and month. None: UTC, the day first.

    Raises:
        ContradictoryInput: It is not a date, such as 2026-03-20.
    """
    if text is None:
        return None
    days = days_of(text, today_in(timezone), month_first=writes_month_first(timezone))
    if days is None:
        raise ContradictoryInput(
            f"{option} {quoted(text, 30)} is not a date", hint="write it as 2026-03-20"
        )
    return days


def today_in(timezone: str | None) -> date:
    """Return today's date in a time zone; None or one that is not known here: UTC."""
    with suppress(ValueError, OSError, KeyError):
        return datetime.now(ZoneInfo(timezone) if timezone else UTC).date()
    return datetime.now(UTC).date()


def writes_month_first(timezone: str | None) -> bool:
    """Tell whether 01/10/2026 is 10 January in a time zone.

    >>> writes_month_first("America/Chicago"), writes_month_first("America/Montreal")
    (True, False)
    """
    return bool(timezone and _MONTH_FIRST_ZONES.fullmatch(timezone))


def days_of(text: str, today: date, *, month_first: bool = False) -> Days | None:
    """Return the days that a text means, or None if it means none.

    Args:
        text: Such as `2026-10`, `yesterday`, `last month`, `3 weeks ago` or `01/10/2026`.
        today: The current day.
        month_first: How days are written that could be read in both orders.
    """
    words = " ".join(text.lower().replace("_", " ").split())
    with suppress(ValueError, OverflowError):
        return (
            _named(words.replace("-", " "), today)
            or _dated(words, month_first=month_first)
            or _month_by_name(words, today)
            or _until_today(words, today)
            or _ago(words, today)
        )
    return None


def _named(words: str, today: date) -> Days | None:
    day = timedelta(days=1)
    monday = today - timedelta(days=today.weekday())
    before = today.replace(day=1) - day
    named = {
        "today": Days(today, today),
        "yesterday": Days(today - day, today - day),
        "this week": Days(monday, monday + 6 * day),
        "last week": Days(monday - 7 * day, monday - day),
        "this month": _month(today.year, today.month),
        "last month": _month(before.year, before.month),
        "this year": _year(today.year),
        "last year": _year(today.year - 1),
    }
    others = {
        "today": ("aujourd'hui", "heute", "hoy", "now"),
        "yesterday": ("hier", "gestern", "ayer"),
    }
    for name, words_for_it in others.items():
        named |= dict.fromkeys(words_for_it, named[name])
    weekday = words.removeprefix("last ")
    if weekday in _WEEKDAYS:  # the latest one before today
        back = (today.weekday() - _WEEKDAYS.index(weekday) - 1) % _WEEK + 1
        return Days(today - back * day, today - back * day)
    if words in {"this quarter", "last quarter"}:
        first = _quarter(today.year, (today.month + 2) // 3)
        last = first.first - day
        return first if words[0] == "t" else _quarter(last.year, (last.month + 2) // 3)
    return named.get(words)


def _dated(words: str, *, month_first: bool) -> Days | None:
    if match := _TIME.fullmatch(words):
        words = match[1]
    if match := _ISO.fullmatch(words):
        return _day(*map(int, match.groups()))
    if match := _SLASHED.fullmatch(words):
        one, two, year = (int(number) for number in match.groups() if number)
        if one > _MONTHS or (two <= _MONTHS and not month_first):
            return _day(year, two, one)
        return _day(year, one, two)
    return _period(words)


def _period(words: str) -> Days | None:
    """Return a month, a week or a year."""
    if match := _MONTH.fullmatch(words):
        return _month(int(match[1]), int(match[2]))
    if match := _MONTH_LAST.fullmatch(words):
        return _month(int(match[2]), int(match[1]))
    if match := _ISO_WEEK.fullmatch(words):
        monday = date.fromisocalendar(int(match[1]), int(match[2]), 1)
        return Days(monday, monday + timedelta(days=6))
    if match := _QUARTER.fullmatch(words):
        return _quarter(int(match[1] or match[4]), int(match[2] or match[3]))
    match = _YEAR.fullmatch(words)
    return _year(int(match[1])) if match else None


def _month_by_name(words: str, today: date) -> Days | None:
    """Return a month or a day with the month's English name; without a year, the latest."""
    match = _NAMED_MONTH.fullmatch(words)
    if match is None or (match["day"] and match["after"]):
        return None
    name = "september" if match["month"] == "sept" else match["month"]
    months = [one for one in _MONTH_NAMES if name in {one, one[:3]}]
    if not months:
        return None
    month = _MONTH_NAMES.index(months[0]) + 1
    number = match["day"] or match["after"]

    def in_year(year: int) -> Days:
        return _day(year, month, int(number)) if number else _month(year, month)

    if match["year"]:
        return in_year(int(match["year"]))
    this_year = in_year(today.year)
    return this_year if this_year.first <= today else in_year(today.year - 1)


def _quarter(year: int, number: int) -> Days:
    return Days(_month(year, 3 * number - 2).first, _month(year, 3 * number).last)


def _until_today(words: str, today: date) -> Days | None:
    """Return the days of a text such as `last 7 days`."""
    match = _LAST.fullmatch(words)
    begun = _ago(match[1], today) if match else None
    return begun and Days(begun.first, today)


def _ago(words: str, today: date) -> Days | None:
    """Return the day that was so many days, weeks, months or years ago."""
    match = _AGO.fullmatch(words)
    if match is None:
        return None
    number, unit = int(match[1]), match[2][0]
    if unit in "dw":
        day = today - timedelta(days=number * (_WEEK if unit == "w" else 1))
        return Days(day, day)
    months = today.year * _MONTHS + today.month - 1 - number * (_MONTHS if unit == "y" else 1)
    year, month = divmod(months, _MONTHS)
    last = monthrange(year, month + 1)[1]
    day = date(year, month + 1, min(today.day, last))
    return Days(day, day)


def _day(year: int, month: int, day: int) -> Days:
    return Days(date(year, month, day), date(year, month, day))


def _month(year: int, month: int) -> Days:
    first = date(year, month, 1)
    return Days(first, first.replace(day=monthrange(year, month)[1]))


def _year(year: int) -> Days:
    return Days(date(year, 1, 1), date(year, 12, 31))
