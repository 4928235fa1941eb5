"""Late visits: what follows from them and the rows together is never about few people."""

from __future__ import annotations

from datetime import UTC, date

import pytest

from utmforge.measure.counting import LateCount, VisitCount
from utmforge.measure.late import Cutoff, late_visits
from utmforge.measure.periods import period
from utmforge.measure.result import Late, Row

DAYS = period(None, None, UTC, 0, 1_800_000_000)
DAY = date(2026, 3, 20)
SECOND = DAYS.end_of(DAY)
LINK, OTHER = Cutoff(SECOND, "spring", "k7m2xq9rtw4b"), Cutoff(SECOND, "spring", "bcdfghjkmnpq")
ENDED = Cutoff(SECOND, "spring", None)


def row(name: str | None, visitors: int | None, *, suppressed: bool = False) -> Row:
    """Return a row by channel."""
    return Row({"channel": name}, visits=visitors, visitors=visitors, suppressed=suppressed)


def part(label: int, name: str, visitors: int) -> LateCount:
    """Return late visits by a label in a row."""
    return LateCount((name,), label, VisitCount(visitors, visitors))


@pytest.mark.parametrize(
    ("rows", "parts", "shown"),
    [
        ([row("a", 40)], [part(0, "a", 12)], [12]),
        ([row("a", 12)], [part(0, "a", 12)], [12]),
        ([row("a", 15)], [part(0, "a", 12)], [None]),
        ([row("a", 40)], [part(0, "a", 9)], []),
        ([row("a", 40)], [part(0, "a", 12), part(1, "a", 20)], [20, None]),
        ([row("a", 42)], [part(0, "a", 12), part(1, "a", 20)], [20, 12]),
        ([row(None, 19, suppressed=True)], [part(0, "a", 12)], [None]),
        ([row(None, 30, suppressed=True)], [part(0, "a", 12)], [12]),
        ([row(None, None, suppressed=True)], [part(0, "a", 12)], [12]),
        ([row("a", 20), row("b", 20)], [part(2, "a", 9), part(2, "b", 9)], [18]),
        ([row("a", 20), row("b", 20)], [part(2, "a", 18), part(2, "b", 18)], [None]),
    ],
)
def test_the_rest_of_a_row_is_enough(
    rows: list[Row], parts: list[LateCount], shown: list[int | None]
) -> None:
    """Or nothing; else the number is left out."""
    found = list(late_visits(parts, {0: LINK, 1: OTHER, 2: ENDED}, rows, DAYS, 10))

    assert [one.visits for one in found] == shown


def test_links_of_an_ended_campaign_are_one_line() -> None:
    """The campaign ended for all of its links on the same day."""
    found = late_visits(
        [part(0, "a", 20), part(1, "a", 20)], {0: ENDED, 1: ENDED}, [row("a", 90)], DAYS, 10
    )

    assert list(found) == [Late("spring", None, DAY, 40)]
