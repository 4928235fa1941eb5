"""Cost per visit and conversion, ROI, ROAS and the rate."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from utmforge.measure.money.amounts import Amount
from utmforge.measure.money.returns import Returns, ratio, returns


def test_a_campaign_that_earned_something() -> None:
    """200 visits, 12 orders of 49 euros, 120 euros spent."""
    assert returns(200, 12, Amount(58_800, "EUR"), Amount(12_000, "EUR")) == Returns(
        cost_per_visit="0.60",
        cost_per_conversion="10.00",
        roi="3.9000",
        roas="4.9000",
        rate="0.0600",
        rate_low="0.0347",
        rate_high="0.1019",
        is_enough=True,
    )


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (
            (0, 0, None, Amount(5_000, "EUR")),
            (None, None, None, None, None, None, None, False),
        ),
        (
            (100, 0, None, Amount(5_000, "EUR")),
            ("0.50", None, None, None, "0.0000", "0.0000", "0.0370", False),
        ),
        (
            (100, 0, Amount(0, "EUR"), Amount(5_000, "EUR")),
            ("0.50", None, "-1.0000", "0.0000", "0.0000", "0.0000", "0.0370", False),
        ),
        (
            (100, 9, Amount(100, "USD"), Amount(5_000, "EUR")),
            ("0.50", "5.56", None, None, "0.0900", "0.0481", "0.1623", False),
        ),
        (
            (3, 9, Amount(100, "JPY"), Amount(1_000, "JPY")),
            ("333", "111", "-0.9000", "0.1000", None, None, None, False),
        ),
        (
            (100, 10, Amount(100, "EUR"), Amount(0, "EUR")),
            ("0.00", "0.00", None, None, "0.1000", "0.0552", "0.1744", True),
        ),
        (
            (100, 10, Amount(100, "EUR"), None),
            (None, None, None, None, "0.1000", "0.0552", "0.1744", True),
        ),
    ],
)
def test_what_cannot_be_told_is_none(
    given: tuple[int, int, Amount | None, Amount | None], expected: tuple[object, ...]
) -> None:
    """No visits, no cost, two currencies, a cost of zero, more conversions than visits."""
    assert tuple(returns(*given)) == expected


@given(st.integers(1, 10**12), st.integers(1, 10**12))
def test_roi_is_roas_minus_one(value: int, cost: int) -> None:
    """Also after rounding."""
    found = returns(1, 1, Amount(value, "EUR"), Amount(cost, "EUR"))

    assert found.roi is not None
    assert found.roas is not None
    assert Decimal(found.roas) - Decimal(found.roi) == 1


def test_a_ratio_is_exact_before_it_is_rounded() -> None:
    """Amounts of fifteen digits keep all of them."""
    assert ratio(Decimal(999_999_999_999_999), Decimal(3), 2) == "333333333333333.00"
    assert ratio(Decimal("0.125"), Decimal(1), 2) == "0.12"
