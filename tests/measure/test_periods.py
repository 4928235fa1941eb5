"""The period of a measurement, and its days, where clocks change."""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import duckdb
import pytest

from utmforge.errors import ContradictoryInput
from utmforge.measure.periods import Period, period, zone_of

ZONES = [
    "UTC",
    "Europe/Paris",
    "America/St_Johns",
    "Australia/Lord_Howe",
    "Asia/Kathmandu",
    "Pacific/Apia",
]


def seconds(year: int, month: int, day: int, hour: int = 0, minute: int = 0) -> int:
    """Return a time in epoch seconds."""
    return int(datetime(year, month, day, hour, minute, tzinfo=UTC).timestamp())


FIRST, LAST = seconds(2026, 1, 1), seconds(2026, 12, 31)


def of_the_year(name: str) -> Period:
    """Return the period of a log of 2026."""
    return period(None, None, zone_of(name), FIRST, LAST)


@pytest.mark.parametrize("name", ZONES)
def test_each_hour_has_the_day_of_the_calendar(name: str) -> None:
    """Python and SQL agree with the time zone's own rules, every quarter of an hour of a year."""
    days = of_the_year(name)
    zone = ZoneInfo(name)
    times = range(FIRST, LAST, 900 * 7)
    expected = [datetime.fromtimestamp(second, zone).date() for second in times]
    rows = duckdb.execute(
        f"SELECT CAST(floor(({days.local_seconds('t')}) / 86400) AS INTEGER) "
        f"FROM range({FIRST}, {LAST}, {900 * 7}) AS r(t)"
    ).fetchall()

    assert [days.day_of(second) for second in times] == expected
    assert [days.day(number) for (number,) in rows] == expected


def test_clocks_change_at_the_half_hour_too() -> None:
    """Lord Howe Island changes by half an hour, at half past three UTC."""
    days = of_the_year("Australia/Lord_Howe")

    assert days.offsets[1:] == (
        (seconds(2026, 4, 4, 15, 0), 37800),
        (seconds(2026, 10, 3, 15, 30), 39600),
    )


@pytest.mark.parametrize("day", [date(2026, 1, 15), date(2026, 7, 15), date(2026, 3, 29)])
@pytest.mark.parametrize("name", ZONES)
def test_the_last_second_of_a_day(name: str, day: date) -> None:
    """A campaign that ends in winter ends at midnight of winter, also in a log of the year."""
    days = of_the_year(name)
    end = days.end_of(day)

    assert days.day_of(end) == day
    assert (days.day_of(end + 1) - day).days == 1


def test_the_period_is_whole_days_of_the_zone() -> None:
    """From the first second of the first day to the last of the last; 23 hours in March."""
    day = date(2026, 3, 29)
    one = period(day, day, zone_of("Europe/Paris"), FIRST, LAST)

    since, until = seconds(2026, 3, 28, 23), seconds(2026, 3, 29, 22)
    assert (one.since, one.until) == (since, until)
    times = (since - 1, since, until - 1, until)
    assert [one.holds(second) for second in times] == [False, True, True, False]


def test_the_ends_of_the_calendar() -> None:
    """The last day of all means to the end of the log; a log beyond it is refused."""
    assert period(None, date.max, UTC, FIRST, LAST).until is None
    assert period(date.min, None, zone_of("Asia/Kathmandu"), FIRST, LAST).since is not None
    with pytest.raises(ContradictoryInput):
        period(None, None, zone_of("Asia/Kathmandu"), 253402300000, 253402300799)


@pytest.mark.parametrize("name", ["Mars/X", "", "../etc/passwd", "Europe", "\x00"])
def test_a_zone_that_does_not_exist(name: str) -> None:
    """One sentence."""
    with pytest.raises(ContradictoryInput, match="no time zone is called"):
        zone_of(name)
