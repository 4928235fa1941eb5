"""Confidence intervals of a rate and of the difference between two rates.

E. B. Wilson, "Probable inference, the law of succession, and statistical inference", Journal of the
American Statistical Association 22 (1927). R. G. Newcombe, "Two-sided confidence intervals for the
single proportion: comparison of seven methods" and "Interval estimation for the difference between
independent proportions: comparison of eleven methods" (there method 10), Statistics in Medicine 17
(1998). Both stay within what is possible, also for few visitors and for none that convert.

>>> low, high = wilson(81, 263)
>>> f"{low:.4f} to {high:.4f}"
'0.2553 to 0.3662'
"""

from __future__ import annotations

from math import sqrt
from typing import NamedTuple

Z_95 = 1.959963984540054
"""The quantile of the normal distribution that leaves 2.5 % on each side."""


class Interval(NamedTuple):
    """Where a rate is with 95 % confidence."""

    low: float
    """Not below 0."""
    high: float
    """Not above 1."""


class Difference(NamedTuple):
    """How much higher the first of two rates is."""

    difference: float
    """The first rate minus the second one."""
    low: float
    """The lower end of its interval; not below -1."""
    high: float
    """The upper end of its interval; not above 1."""

    @property
    def is_beyond_chance(self) -> bool:
        """Tell whether the interval leaves out zero: a difference that chance seldom makes."""
        return self.low > 0 or self.high < 0


def wilson(successes: int, trials: int) -> Interval:
    """Return the score interval of a rate; without trials it may be anything.

    Raises:
        ValueError: There are more successes than trials, or fewer than none.
    """
    if not 0 <= successes <= trials:
        raise ValueError(f"{successes} of {trials} is not a rate")
    if not trials:
        return Interval(0.0, 1.0)
    square = Z_95 * Z_95
    centre = 2 * successes + square
    half = Z_95 * sqrt(square + 4 * successes * (trials - successes) / trials)
    whole = 2 * (trials + square)
    return Interval(
        0.0 if successes == 0 else (centre - half) / whole,
        1.0 if successes == trials else (centre + half) / whole,
    )


def newcombe(successes: int, trials: int, other_successes: int, other_trials: int) -> Difference:
    """Return the difference of two independent rates, by Newcombe's method 10.

    A rate without trials counts as one half that may be anything.

    Raises:
        ValueError: There are more successes than trials, or fewer than none.
    """
    first, second = wilson(successes, trials), wilson(other_successes, other_trials)
    rate = successes / trials if trials else 0.5
    other = other_successes / other_trials if other_trials else 0.5
    difference = rate - other
    return Difference(
        difference,
        difference - sqrt((rate - first.low) ** 2 + (second.high - other) ** 2),
        difference + sqrt((first.high - rate) ** 2 + (other - second.low) ** 2),
    )
