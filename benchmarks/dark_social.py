"""How often the range of private sharing covers the truth, and how wide it is, by setting.

    python benchmarks/dark_social.py [SEEDS]

Draws sites whose private sharing is known (`private_sharing.py`), 200 of each setting, estimates
the range of each, and prints a table: coverage, how often the lower end is 0, the mean truth, and
the ends and the width of the range in parts of the truth (without sharing: as they are). The
settings in which the estimate fails are printed, too, but do not count. Exits with 1 if under 90 %
of the other ranges cover the truth, or if more than 5 % of the lower ends are above 0 although
nothing is shared.
"""

from __future__ import annotations

import sys
from concurrent.futures import ProcessPoolExecutor
from statistics import mean
from typing import NamedTuple

from private_sharing import FAILING, SETTINGS, Setting, draw, page_days
from utmforge.measure.dark_social.estimate import estimate

SEEDS = 200
COVERAGE = 0.9
FALSE_ALARMS = 0.05


class Run(NamedTuple):
    """The range of one site."""

    low: int
    high: int
    truth: int

    @property
    def is_covered(self) -> bool:
        """Tell whether the truth is in the range."""
        return self.low <= self.truth <= self.high


def run(setting: Setting, seed: int) -> Run:
    """Draw a site and estimate its range."""
    site = draw(setting, seed)
    found = estimate(page_days(site))
    return Run(found.low, found.high, site.truth)


def runs(setting: Setting, seeds: int) -> list[Run]:
    """Return the ranges of many sites."""
    return [run(setting, seed) for seed in range(seeds)]


def row(setting: Setting, found: list[Run]) -> str:
    """Return a row of the table."""
    truth = mean(one.truth for one in found)
    low, high = mean(one.low for one in found), mean(one.high for one in found)
    covered = sum(one.is_covered for one in found) / len(found)
    zero = sum(one.low == 0 for one in found) / len(found)
    ends = (
        f"{low / truth:.2f} to {high / truth:.2f} | {(high - low) / truth:.2f}"
        if truth
        else f"{low:,.0f} to {high:,.0f} visits | {high - low:,.0f} visits"
    )
    return f"| {setting.name} | {covered:.0%} | {zero:.0%} | {truth:,.0f} | {ends} |"


def main(seeds: int) -> int:
    """Print the table, and return the exit status."""
    print(
        "| setting | covered | lower end 0 | true visits | range, in parts of the truth | width |"
    )
    print("| --- | --- | --- | --- | --- | --- |")
    covered: list[bool] = []
    alarms: list[bool] = []
    with ProcessPoolExecutor(2) as pool:
        jobs = [(one, pool.submit(runs, one, seeds)) for one in (*SETTINGS, *FAILING)]
        for setting, job in jobs:
            found = job.result()
            print(row(setting, found), flush=True)
            if setting not in FAILING:
                covered += [one.is_covered for one in found]
                alarms += [one.low > 0 for one in found if not one.truth]
    print(f"\ncovered in all settings but the last two: {mean(covered):.1%} of {len(covered):,}")
    print(f"lower end above 0 although nothing is shared: {mean(alarms):.1%}")
    return int(mean(covered) < COVERAGE or mean(alarms) > FALSE_ALARMS)


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else SEEDS))
