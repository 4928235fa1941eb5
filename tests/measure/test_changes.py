"""A measurement beside a saved one: like with like, and what is more than chance."""

from __future__ import annotations

from math import exp
from random import Random
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from utmforge.measure.intervals import rate_ratio

if TYPE_CHECKING:
    from collections.abc import Iterator

COUNTS = st.integers(0, 100_000)
TIMES = st.integers(1, 400)


@pytest.mark.parametrize(
    ("counts", "verdict"),
    [
        ((64, 30, 48, 30), False),
        ((640, 30, 480, 30), True),
        ((10, 1, 300, 30), False),
        ((0, 30, 20, 30), True),
        ((20, 30, 0, 30), True),
        ((0, 30, 0, 30), False),
        ((3, 30, 1, 30), False),
    ],
)
def test_what_is_more_than_chance(counts: tuple[int, int, int, int], verdict: bool) -> None:
    """Counts in periods of any length."""
    assert rate_ratio(*counts).is_beyond_chance == verdict


@given(COUNTS, TIMES, COUNTS, TIMES)
def test_the_ratio_is_within_its_interval(one: int, time: int, other: int, before: int) -> None:
    """And the other way round it is the reciprocal."""
    found, back = rate_ratio(one, time, other, before), rate_ratio(other, before, one, time)
    assert found.is_beyond_chance == back.is_beyond_chance
    if found.ratio is not None:
        assert found.low <= found.ratio * (1 + 1e-9)
        assert found.high is None or found.ratio <= found.high * (1 + 1e-9)
    if found.low and back.high:
        assert found.low * back.high == pytest.approx(1)


def _events(choose: Random, mean: float) -> int:
    """Return a number from the Poisson distribution (Knuth)."""
    limit, product, count = exp(-mean), choose.random(), 0
    while product > limit:
        product *= choose.random()
        count += 1
    return count


def _covered(choose: Random, runs: int) -> Iterator[bool]:
    for _ in range(runs):
        mean = choose.choice((8, 20, 60, 200))
        ratio = choose.choice((0.5, 1, 1.7))
        days, before = choose.choice(((30, 31), (7, 28), (30, 30)))
        now = _events(choose, mean * ratio * days / 30)
        found = rate_ratio(now, days, _events(choose, mean * before / 30), before)
        yield found.low <= ratio and (found.high is None or ratio <= found.high)


def test_the_interval_has_the_truth_in_it() -> None:
    """In 95 of 100 seeded runs, give or take."""
    runs = 2000
    choose = Random(20261127)  # noqa: S311 - no secret
    share = sum(_covered(choose, runs)) / runs
    assert 0.93 <= share <= 0.98


@pytest.mark.parametrize("counts", [(-1, 1, 1, 1), (1, 0, 1, 1), (1, 1, 1, -3)])
def test_what_is_not_a_rate(counts: tuple[int, int, int, int]) -> None:
    """Negative counts and periods without length."""
    with pytest.raises(ValueError, match="are not rates"):
        rate_ratio(*counts)
