"""Counts by day → spans of time, none of them with few visitors.

    20 March   31 visitors          20 March      31
    21 March    4             →     21-22 March   16     no one can tell which day had how many
    22 March   12                   23 March       0
    23 March    0

A day without visitors is shown as it is: it reveals no one. Days with few visitors are taken
together with the days that follow them, until they have enough; the last ones with the span before
them. All that follows from such a span is its sum, and that its first day has few or enough: each
day of it may have had any number of visitors up to the minimum.

Long periods are told by the week, the month or the year.
"""

from __future__ import annotations

from bisect import bisect_right
from calendar import monthrange
from datetime import date
from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

Grain = Literal["day", "week", "month", "year"]

_MOST = 62
"""How many spans a picture has at most; a year has 53 weeks."""


class DayCount(NamedTuple):
    """What one day has, or several together."""

    visitors: int = 0
    visits: int = 0
    conversions: int = 0
    previews: int = 0

    def plus(self, other: DayCount) -> DayCount:
        """Return both together."""
        return DayCount(*(one + another for one, another in zip(self, other, strict=True)))


class Span(NamedTuple):
    """Some days together."""

    first: date
    last: date
    """Its last day; `first` if it is one day."""
    visits: int
    conversions: int
    previews: int

    @property
    def days(self) -> int:
        """Return how many days it has."""
        return (self.last - self.first).days + 1


class Timeline(NamedTuple):
    """A period, in order and without gaps."""

    grain: Grain
    """The shortest span that is told."""
    spans: tuple[Span, ...]


def timeline(counts: Mapping[date, DayCount], first: date, last: date, minimum: int) -> Timeline:
    """Return a period in spans that each have no visitors or enough.

    It has no spans if all days together have too few visitors.

    Args:
        counts: By day; days without anything may be missing, those outside the period are left out.
        first: The first day of the period.
        last: The last one.
        minimum: Visitors of a span that is shown.
    """
    grain, units = _units(first, last)
    starts = [unit[0] for unit in units]
    sums = [DayCount()] * len(units)
    for day, count in counts.items():
        if first <= day <= last:
            at = bisect_right(starts, day) - 1
            sums[at] = sums[at].plus(count)
    if 0 < sum(count.visitors for count in sums) < minimum:
        return Timeline(grain, ())
    spans: list[_Part] = []
    opened: _Part | None = None
    for (begin, end), count in zip(units, sums, strict=True):
        part = _Part(begin, end, count)
        opened = opened.until(part) if opened else part
        if not 0 < opened.counts.visitors < minimum:
            spans.append(opened)
            opened = None
    if opened:  # the last days have few: the span before them takes them in
        while not spans[-1].counts.visitors:
            opened = spans.pop().until(opened)
        spans.append(spans.pop().until(opened))
    return Timeline(grain, tuple(Span(one.begin, one.end, *one.counts[1:]) for one in spans))


class _Part(NamedTuple):
    begin: date
    end: date
    counts: DayCount

    def until(self, later: _Part) -> _Part:
        """Return both together."""
        return _Part(self.begin, later.end, self.counts.plus(later.counts))


def _units(first: date, last: date) -> tuple[Grain, list[tuple[date, date]]]:
    """Return the days, weeks, months or years of a period, and which of these they are."""
    days = last.toordinal() - first.toordinal() + 1
    months = 12 * (last.year - first.year) + last.month - first.month + 1
    if days <= _MOST:
        return "day", list(_steps(first, last, 1))
    if days <= 7 * (_MOST - 1):
        return "week", list(_steps(first, last, 7))
    if months <= _MOST:
        return "month", list(_months(first, last))
    return "year", list(_years(first, last))


def _steps(first: date, last: date, days: int) -> Iterator[tuple[date, date]]:
    """Yield days, or weeks that begin on Mondays."""
    begin = first.toordinal()
    while begin <= last.toordinal():
        end = min(begin + days - 1 - (begin - 1) % days, last.toordinal())
        yield date.fromordinal(begin), date.fromordinal(end)
        begin = end + 1


def _months(first: date, last: date) -> Iterator[tuple[date, date]]:
    for number in range(12 * first.year + first.month - 1, 12 * last.year + last.month):
        year, month = divmod(number, 12)
        end = date(year, month + 1, monthrange(year, month + 1)[1])
        yield max(first, date(year, month + 1, 1)), min(last, end)


def _years(first: date, last: date) -> Iterator[tuple[date, date]]:
    """Yield years, or several years at a time where they are many."""
    step = -(-(last.year - first.year + 1) // _MOST)
    for year in range(first.year, last.year + 1, step):
        end = date(min(year + step - 1, last.year), 12, 31)
        yield max(first, date(year, 1, 1)), min(last, end)
