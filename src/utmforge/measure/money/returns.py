"""What visits cost and what they earned: Decimals and texts of decimals, never floats."""

from __future__ import annotations

from decimal import ROUND_HALF_EVEN, Decimal, localcontext
from typing import TYPE_CHECKING, NamedTuple

from utmforge.campaigns.currencies import decimals_of
from utmforge.measure.intervals import wilson

if TYPE_CHECKING:
    from utmforge.measure.money.amounts import Amount

FEW_CONVERSIONS = 10
"""Below it, a rate says too little."""
_PRECISION = 50
_OF_RATIOS = 4


class Returns(NamedTuple):
    """The figures of one row; each is a decimal text, or None where it cannot be told."""

    cost_per_visit: str | None
    """In the currency of the cost. None: no cost is known, or there were no visits."""
    cost_per_conversion: str | None
    """In the currency of the cost. None: no cost is known, or nothing was converted."""
    roi: str | None
    """(value - cost) / cost. None: without a cost, or in two currencies."""
    roas: str | None
    """value / cost. None: without a cost, or in two currencies."""
    rate: str | None
    """Conversions per visit. None: no visits, or more conversions than visits."""
    rate_low: str | None
    """The lower end of the rate's 95 % interval (Wilson)."""
    rate_high: str | None
    """The upper end of it."""
    is_enough: bool
    """False: under ten conversions, which is too few to say."""


def returns(
    visits: int, conversions: int, value: Amount | None = None, cost: Amount | None = None
) -> Returns:
    """Return the figures of visits, conversions, their value and their cost."""
    rate = low = high = None
    if visits and conversions <= visits:
        rate = ratio(Decimal(conversions), Decimal(visits))
        low, high = (f"{end:.{_OF_RATIOS}f}" for end in wilson(conversions, visits))
    roi = roas = None
    if cost and cost.minor and value and value.currency == cost.currency:
        roi = ratio(value.value - cost.value, cost.value)
        roas = ratio(value.value, cost.value)
    return Returns(
        cost_per_visit=_each(cost, visits),
        cost_per_conversion=_each(cost, conversions),
        roi=roi,
        roas=roas,
        rate=rate,
        rate_low=low,
        rate_high=high,
        is_enough=conversions >= FEW_CONVERSIONS,
    )


def cost_only(visits: int, cost: Amount | None) -> Returns | None:
    """Return the figures of visits whose conversions are unknown. None: no cost is known."""
    if cost is None:
        return None
    return Returns(_each(cost, visits), None, None, None, None, None, None, is_enough=False)


def ratio(one: Decimal, other: Decimal, decimals: int = _OF_RATIOS) -> str:
    """Return a quotient as text, rounded half to even.

    >>> ratio(Decimal(1), Decimal(3)), ratio(Decimal(-1), Decimal(8), 2)
    ('0.3333', '-0.12')
    """
    with localcontext() as context:
        context.prec = _PRECISION
        step = Decimal(1).scaleb(-decimals)
        return f"{(one / other).quantize(step, ROUND_HALF_EVEN):f}"


def _each(cost: Amount | None, number: int) -> str | None:
    """Return what one of so many cost, with the currency's decimals."""
    if cost is None or not number:
        return None
    return ratio(cost.value, Decimal(number), decimals_of(cost.currency))
