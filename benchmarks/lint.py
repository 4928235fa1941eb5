"""Lint many links, as a ratio to parsing them with can_ada and splitting their queries.

    python benchmarks/lint.py [LINKS]

One process, one run, the same addresses. Prints the times and the ratio for links whose tags repeat
as those of campaigns do; exits with 1 if it is over three. Below it, without a promise: links that
each have a content of their own, and links that each have a finding.
"""

from __future__ import annotations

import sys
import time
from typing import TYPE_CHECKING

import can_ada

from utmforge.lint import Linter

if TYPE_CHECKING:
    from collections.abc import Sequence

LIMIT = 3.0
BASE = "https://shop.example/catalogue/item-{n}?colour={c}&utm_source=newsletter&utm_medium=email"
KINDS = {
    "tags that repeat": BASE + "&utm_campaign=spring-{k}&utm_content=hero-{h}",
    "a content each": BASE + "&utm_campaign=spring-{k}&utm_content=hero-{n}",
    "a finding each": BASE + "&utm_campaign=Spring-{k}&utm_content=hero-{h}",
}


def floor(urls: Sequence[str]) -> int:
    """Parse and split, and do nothing with it."""
    count = 0
    for url in urls:
        for piece in can_ada.parse(url).search[1:].split("&"):
            name, _, value = piece.partition("=")
            count += bool(name and value)
    return count


def lint(urls: Sequence[str]) -> int:
    """Ask every rule about every link, and about all of them together."""
    linter = Linter[int]()
    count = sum(len(linter.check(url, number)) for number, url in enumerate(urls))
    return count + sum(1 for _ in linter.finish())


def main(links: int) -> int:
    """Measure, print, and return the exit status."""
    ratios = []
    for name, form in KINDS.items():
        urls = [form.format(n=n, c=n % 17, k=n % 200, h=n % 7) for n in range(links)]
        start = time.perf_counter()
        floor(urls)
        middle = time.perf_counter()
        found = lint(urls)
        end = time.perf_counter()
        ratios.append((end - middle) / (middle - start))
        print(
            f"{name:<18} floor {middle - start:5.2f} s  lint {end - middle:5.2f} s  "
            f"{ratios[-1]:5.2f} x  {found:,} findings"
        )
    print(f"at most {LIMIT}: {'holds' if ratios[0] <= LIMIT else 'BROKEN'}")
    return int(ratios[0] > LIMIT)


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000))
