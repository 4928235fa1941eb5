"""Days in spans: what a reader of a time line can compute about a day with few visitors."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from utmforge.measure.timeline import DayCount, Timeline, timeline

FIRST = date(2026, 3, 20)


def of(*visitors: int, minimum: int = 10) -> Timeline:
    """Return the time line of days with so many visitors, each with a visit more than visitors."""
    counts = {
        FIRST + timedelta(days=at): DayCount(number, number + 1 if number else 0, number // 5, 0)
        for at, number in enumerate(visitors)
    }
    return timeline(counts, FIRST, FIRST + timedelta(days=len(visitors) - 1), minimum)


def shown(line: Timeline) -> list[tuple[int, int, int]]:
    """Return (first day, last day, visits) of each span; days are counted from 0."""
    return [
        ((span.first - FIRST).days, (span.last - FIRST).days, span.visits) for span in line.spans
    ]


@pytest.mark.parametrize(
    ("visitors", "expected"),
    [
        ((31, 12), [(0, 0, 32), (1, 1, 13)]),
        ((31, 0, 12), [(0, 0, 32), (1, 1, 0), (2, 2, 13)]),
        ((31, 4, 12, 0), [(0, 0, 32), (1, 2, 18), (3, 3, 0)]),
        ((4, 0, 5, 3, 20), [(0, 3, 15), (4, 4, 21)]),
        ((20, 4), [(0, 1, 26)]),
        ((20, 0, 4), [(0, 2, 26)]),
        ((20, 0, 4, 0), [(0, 3, 26)]),
        ((5, 5), [(0, 1, 12)]),
        ((5, 4), []),
        ((0, 0), [(0, 0, 0), (1, 1, 0)]),
        ((0, 10), [(0, 0, 0), (1, 1, 11)]),
    ],
)
def test_days_with_few_visitors_are_taken_together(
    visitors: tuple[int, ...], expected: list[tuple[int, int, int]]
) -> None:
    """With the days after them; the last ones with the span before them."""
    assert shown(of(*visitors)) == expected


@pytest.mark.parametrize(
    ("days", "grain", "spans"),
    [(1, "day", 1), (62, "day", 62), (63, "week", 10), (365, "week", 53), (800, "month", 27)],
)
def test_long_periods_are_told_by_week_and_month(days: int, grain: str, spans: int) -> None:
    """Every span but the first and last is whole, and no day is missing or told twice."""
    line = of(*[20] * days)

    assert (line.grain, len(line.spans)) == (grain, spans)
    assert sum(span.days for span in line.spans) == days
    assert sum(span.visits for span in line.spans) == 21 * days
    for span, after in zip(line.spans, line.spans[1:], strict=False):
        assert after.first - span.last == timedelta(days=1)
        if grain == "week":
            assert after.first.weekday() == 0
        if grain == "month":
            assert after.first.day == 1


def test_all_of_time() -> None:
    """A log with wrong clocks is not a page of a million bars."""
    line = timeline({date(9999, 12, 31): DayCount(50, 50, 0, 0)}, date.min, date.max, 10)

    assert line.grain == "year"
    assert len(line.spans) <= 62
    assert (line.spans[0].first, line.spans[-1].last) == (date.min, date.max)
    assert line.spans[-1].visits == 50


@given(st.lists(st.integers(0, 25), min_size=1, max_size=30), st.integers(4, 12))
def test_no_span_has_few_visitors_and_nothing_is_lost(visitors: list[int], minimum: int) -> None:
    """Every span has no visitors or enough, and together they have all."""
    line = of(*visitors, minimum=minimum)
    if 0 < sum(visitors) < minimum:
        assert line.spans == ()
        return
    for begin, end, visits in shown(line):
        inside = visitors[begin : end + 1]
        assert sum(inside) == 0 or sum(inside) >= minimum
        assert visits == sum(number + 1 for number in inside if number)
    assert sum(span.days for span in line.spans) == len(visitors)


@pytest.mark.parametrize(("days", "minimum", "most"), [(2, 10, 45), (3, 5, 20), (4, 4, 14)])
def test_who_knows_the_rules_learns_no_small_day(days: int, minimum: int, most: int) -> None:
    """The strongest attacker tries every table of days: a small day may have had several numbers.

    It knows the sum of all visits, too, which the tables of channels and campaigns show.
    """
    alike = defaultdict(list)
    for visitors in product(range(most + 1), repeat=days):
        if sum(visitors) <= most:
            counts = {
                FIRST + timedelta(days=at): DayCount(number, number)
                for at, number in enumerate(visitors)
            }
            line = timeline(counts, FIRST, FIRST + timedelta(days=days - 1), minimum)
            alike[repr(line), sum(visitors)].append(visitors)

    for (_, total), tables in alike.items():
        if total < minimum:
            continue  # the sum is not shown either
        for day in range(days):
            possible = {visitors[day] for visitors in tables}
            small = {number for number in possible if 0 < number < minimum}
            assert not small or len(possible) >= min(minimum // 2, total), (tables, day)
