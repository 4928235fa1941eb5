"""Intervals: the worked examples of the papers, and laws."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from utmforge.measure.intervals import newcombe, wilson


@pytest.mark.parametrize(
    ("successes", "trials", "low", "high"),
    [
        (81, 263, "0.2553", "0.3662"),
        (15, 148, "0.0624", "0.1605"),
        (0, 20, "0.0000", "0.1611"),
        (1, 29, "0.0061", "0.1718"),
        (29, 29, "0.8830", "1.0000"),
    ],
)
def test_newcombes_examples_of_a_rate(successes: int, trials: int, low: str, high: str) -> None:
    """Statistics in Medicine 17 (1998), 857-872, table I, method 3 (score, without continuity)."""
    found = wilson(successes, trials)

    assert (f"{found.low:.4f}", f"{found.high:.4f}") == (low, high)


@pytest.mark.parametrize(
    ("numbers", "low", "high"),
    [
        ((56, 70, 48, 80), "0.0524", "0.3339"),
        ((9, 10, 3, 10), "0.1705", "0.8090"),
        ((6, 7, 2, 7), "0.0582", "0.8062"),
        ((5, 56, 0, 29), "-0.0381", "0.1926"),
        ((0, 10, 0, 20), "-0.1611", "0.2775"),
        ((0, 10, 0, 10), "-0.2775", "0.2775"),
        ((10, 10, 0, 20), "0.6791", "1.0000"),
        ((10, 10, 0, 10), "0.6075", "1.0000"),
    ],
)
def test_newcombes_examples_of_a_difference(
    numbers: tuple[int, int, int, int], low: str, high: str
) -> None:
    """Statistics in Medicine 17 (1998), 873-890, table II, method 10."""
    found = newcombe(*numbers)

    assert (f"{found.low:.4f}", f"{found.high:.4f}") == (low, high)


@pytest.mark.parametrize(
    ("numbers", "is_beyond_chance"),
    [
        ((56, 70, 48, 80), True),
        ((48, 80, 56, 70), True),
        ((5, 56, 0, 29), False),
        ((10, 100, 10, 100), False),
        ((0, 0, 5, 10), False),
    ],
)
def test_more_than_chance(numbers: tuple[int, int, int, int], is_beyond_chance: bool) -> None:
    """When the interval leaves out zero, on either side."""
    assert newcombe(*numbers).is_beyond_chance == is_beyond_chance


def test_without_trials_a_rate_may_be_anything() -> None:
    """From none to all."""
    assert wilson(0, 0) == (0, 1)


@pytest.mark.parametrize(("successes", "trials"), [(2, 1), (-1, 5), (1, 0)])
def test_what_is_not_a_rate_is_refused(successes: int, trials: int) -> None:
    """More conversions than visits are not a rate of visits."""
    with pytest.raises(ValueError, match=f"{successes} of {trials} is not a rate"):
        wilson(successes, trials)


trials = st.integers(1, 10**12)
rates = trials.flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))


@given(rates)
def test_the_rate_is_in_its_interval(rate: tuple[int, int]) -> None:
    """And the interval within what is possible; the failures' interval mirrors it."""
    successes, count = rate
    low, high = wilson(successes, count)
    mirrored = tuple(wilson(count - successes, count))

    assert 0 <= low <= successes / count <= high <= 1
    assert mirrored == pytest.approx((1 - high, 1 - low), abs=1e-9)


@given(st.integers(0, 50), st.integers(1, 50))
def test_more_visitors_make_it_narrower(successes: int, more: int) -> None:
    """Ten times the same rate is known better."""
    count = successes + more
    low, high = wilson(successes, count)
    lower, higher = wilson(10 * successes, 10 * count)

    assert higher - lower < high - low


@given(rates, rates)
def test_a_difference_is_the_same_both_ways(one: tuple[int, int], other: tuple[int, int]) -> None:
    """With the opposite sign; the same rates are never beyond chance."""
    found, opposite = newcombe(*one, *other), newcombe(*other, *one)

    assert found.low <= found.difference <= found.high
    assert found == pytest.approx((-opposite.difference, -opposite.high, -opposite.low), abs=1e-9)
    assert max(-found.low, found.high) <= 1 + 1e-9
    assert not newcombe(*one, *one).is_beyond_chance
