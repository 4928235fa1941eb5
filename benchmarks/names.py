"""Find names that look alike: ten times the names take about ten times the time.

    python benchmarks/names.py [NAMES]

Builds clusters of NAMES distinct campaign names and of a tenth of them, then looks single names up,
in the index and without one. Prints times and memory, and exits with 1 if the tenfold takes more
than 15 times as long.
"""

from __future__ import annotations

import random
import resource
import statistics
import sys
import time

from utmforge.naming.similar import NearNames, similar_names

LIMIT = 15.0
LOOKUPS = 1000
SEASONS = ("spring", "summer", "autumn", "winter", "newyear", "easter", "holiday", "backtoschool")
SYLLABLES = tuple(first + vowel for first in "bdfghklmnprstvwz" for vowel in "aeiou")


def names(count: int) -> list[str]:
    """Return distinct names such as `2026-spring-korila`, some of them near each other."""
    chance = random.Random(1)  # noqa: S311 - nothing is secret
    found: dict[str, None] = {}
    while len(found) < count:
        word = "".join(chance.choices(SYLLABLES, k=chance.randint(3, 4)))
        found[f"{chance.randint(2020, 2027)}-{chance.choice(SEASONS)}-{word}"] = None
    return list(found)


def seconds(many: list[str]) -> float:
    """Return how long it takes to cluster names."""
    start = time.perf_counter()
    NearNames(many).clusters()
    return time.perf_counter() - start


def main(count: int) -> int:
    """Measure, print, and return the exit status."""
    many = names(count)
    few = many[: count // 10]
    print(f"{sum(map(len, many)) / count:.1f} characters a name, {many[0]} and so on")
    short = statistics.median(seconds(few) for _ in range(3))
    long = seconds(many)
    megabytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"clusters of {len(few):>9,} names  {short:8.2f} s")
    print(f"clusters of {count:>9,} names  {long:8.2f} s  {megabytes:6.0f} MB")
    index = NearNames(few)
    start = time.perf_counter()
    for name in many[-LOOKUPS:]:
        index.near(name)
    print(f"one name in the index       {(time.perf_counter() - start) / LOOKUPS * 1e6:8.0f} µs")
    start = time.perf_counter()
    similar_names("2026-spring-sale", few)
    print(f"one name without an index   {(time.perf_counter() - start) * 1e3:8.1f} ms")
    ratio = long / short
    print(f"ratio {ratio:.1f}, at most {LIMIT:.0f}: {'holds' if ratio <= LIMIT else 'BROKEN'}")
    return 0 if ratio <= LIMIT else 1


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000))
