"""Confidence intervals of a rate and of the difference between two rates.

E. B. Wilson, "Probable inference, the law of succession, and statistical inference", Journal of the
American Statistical Association 22 (1927). R. G. Newcombe, "Two-sided confidence intervals for the
single proportion: comparison of seven methods" and "Interval estimation for the difference between
independent proportions: comparison of eleven methods" (there method 10), Statistics in Medicine 17
(1998). Both stay within what is possible, also for few visitors and for none that convert.

The ratio of two rates of events in time, such as visits a day, follows from the share that one of
the two counts has in their sum: J. Przyborowski and H. Wilenski, "Homogeneity of results in testing
samples from Poisson series", Biometrika 31 (1940); the share's interval is Wilson's.

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


class Ratio(NamedTuple):
    """How many times the first of two rates of events is the second one."""

    ratio: float | None
    """The first rate divided by the second one. None: the second is 0."""
    low: float
    """The lower end of its interval; not below 0."""
    high: float | None
    """The upper end. None: there is none."""

    @property
    def is_beyond_chance(self) -> bool:
        """Tell whether the interval leaves out 1: a change that chance seldom makes."""
        return self.low > 1 or (self.high is not None and self.high < 1)


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


def rate_ratio(count: int, time: float, other: int, other_time: float) -> Ratio:
    """Return the ratio of two rates of events in time.

    >>> ratio = rate_ratio(64, 31, 48, 30)
    >>> ratio.is_beyond_chance, f"{ratio.ratio:.2f}, {ratio.low:.2f} to {ratio.high:.2f}"
    (False, '1.29, 0.89 to 1.87')

    Raises:
        ValueError: A count is negative, or a time is not positive.
    """
    if count < 0 or other < 0 or time <= 0 or other_time <= 0:
        raise ValueError(f"{count} in {time} and {other} in {other_time} are not rates")
    share = wilson(count, count + other)
    scale = other_time / time
    return Ratio(
        count / other * scale if other else None,
        share.low / (1 - share.low) * scale,
        None if share.high >= 1 else share.high / (1 - share.high) * scale,
    )
