"""The period of a measurement, and its days in the site's time zone."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, tzinfo
from typing import NamedTuple
from zoneinfo import ZoneInfo

from utmforge.errors import ContradictoryInput, quoted

_STEP = 900
"""Clocks change at whole quarters of an hour UTC."""
_DAY = 24 * 3600


class Period(NamedTuple):
    """Which hits count, in epoch seconds, and how their days are told."""

    since: int | None
    """The first second. None: from the beginning of the log."""
    until: int | None
    """The second after the last. None: to its end."""
    offsets: tuple[tuple[int, int], ...]
    """(first second, seconds east of UTC), in order; the first holds for all earlier times."""
    days: range
    """The numbers of the days from the log's first to its last: days since 1970."""

    def condition(self, column: str) -> str:
        """Return the SQL condition for a time within the period."""
        conditions = [f"{column} >= {self.since}"] if self.since is not None else []
        conditions += [f"{column} < {self.until}"] if self.until is not None else []
        return " AND ".join(conditions) or "TRUE"

    def local_seconds(self, column: str) -> str:
        """Return the SQL expression for the local time of a time, in seconds since 1970."""
        *earlier, last = zip(self.offsets, self.offsets[1:], strict=False), self.offsets[-1]
        cases = "".join(
            f"WHEN {column} < {after[0]} THEN {column} + ({before[1]}) "
            for before, after in earlier[0]
        )
        rest = f"{column} + ({last[1]})"
        return f"CASE {cases}ELSE {rest} END" if cases else rest

    def holds(self, second: int) -> bool:
        """Tell whether a time is in the period."""
        after = self.since is None or second >= self.since
        return after and (self.until is None or second < self.until)

    def day_number(self, second: int) -> int:
        """Return the number of a time's day in the time zone: days since 1970."""
        return (second + self._east(second)) // _DAY

    def _east(self, second: int) -> int:
        """Return how many seconds east of UTC clocks are at a time."""
        found = (east for since, east in reversed(self.offsets) if second >= since)
        return next(found, self.offsets[0][1])

    def day_of(self, second: int) -> date:
        """Return the date of a time, in the time zone."""
        return self.day(self.day_number(second))

    def end_of(self, day: date) -> int:
        """Return the last second of a day, in the time zone."""
        midnight = datetime(day.year, day.month, day.day, tzinfo=UTC) + timedelta(days=1)
        second = int(midnight.timestamp())
        return second - self._east(second - self._east(second)) - 1

    def day(self, number: int) -> date:
        """Return the date of a day's number."""
        return (datetime(1970, 1, 1, tzinfo=UTC) + timedelta(days=number)).date()


def zone_of(name: str | None) -> tzinfo:
    """Return a time zone by its IANA name. None: UTC.

    Raises:
        ContradictoryInput: There is none.
    """
    if name is None:
        return UTC
    try:
        return ZoneInfo(name)
    except (ValueError, OSError, KeyError):
        raise ContradictoryInput(
            f"no time zone is called {quoted(name)}", hint="such as Europe/Paris"
        ) from None


def period(since: date | None, until: date | None, zone: tzinfo, first: int, last: int) -> Period:
    """Return a period.

    Args:
        since: Its first day, in the time zone. None: the log's beginning.
        until: Its last day. None: the log's end.
        zone: The site's time zone.
        first: The earliest time in the log, in epoch seconds.
        last: The latest.

    Raises:
        ContradictoryInput: It ends before it begins, or is beyond the calendar.
    """
    if since and until and until < since:
        raise ContradictoryInput(f"--until {until} is before --since {since}")

    def begins(day: date) -> int:
        return int(datetime(day.year, day.month, day.day, tzinfo=zone).timestamp())

    try:
        found = Period(
            begins(since) if since else None,
            begins(until + timedelta(days=1)) if until and until < date.max else None,
            tuple(_offsets(zone, first, last)),
            range(0),
        )
        found = found._replace(days=range(found.day_number(first), found.day_number(last) + 1))
        for second in (found.since, found.until):  # clocks of the log's time, not of that day's
            if second is not None:
                found.day_of(second)
    except (OverflowError, ValueError):
        raise ContradictoryInput("the period is beyond the calendar") from None
    return found


def _offsets(zone: tzinfo, first: int, last: int) -> list[tuple[int, int]]:
    """Return (from when, seconds east of UTC) between two times."""
    if zone is UTC:
        return [(first, 0)]

    def offset(second: int) -> int:
        shift = datetime.fromtimestamp(second, zone).utcoffset()
        return int(shift.total_seconds()) if shift else 0

    start = first - first % _STEP
    found = [(start, offset(start))]
    for day in range(start, last + 1, _DAY):
        if offset(day + _DAY) != found[-1][1]:
            for quarter in range(day, day + _DAY + 1, _STEP):
                if offset(quarter) != found[-1][1]:
                    found.append((quarter, offset(quarter)))
    return found
