"""Flip every byte of a small registry in turn, and pages of a large one: is the damage found?

    python benchmarks/flips.py

Each flip is followed by every way to read the registry, and in a second series by a check and a
repair; the tests do the same with a sample. Takes some minutes. Prints what was found; exits with 1
if an answer was wrong or a repair kept a link that was not issued.

A registry of over 256 KiB is not verified completely each time it is opened. The last series flips
pages of one of 5,000 links, and counts how often it is opened until a flip that led to a wrong
answer is found; it fails if one is not found in OPENS times.
"""

from __future__ import annotations

import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from tests.registry.flipping import check_and_repair, read, read_large

PAGES = 500
OPENS = 200
"""How often the large registry is opened after a wrong answer."""

SERIES = {"read": read, "check and repair": check_and_repair}


def main() -> int:
    """Flip, print, and return the exit status."""
    is_right = True
    for name, series in SERIES.items():
        start = time.perf_counter()
        with tempfile.TemporaryDirectory() as folder:
            flips = series(Path(folder))
        seconds = time.perf_counter() - start
        print(
            f"{name:16}  {flips.tried:,} flips, {flips.noticed:,} noticed, "
            f"{len(flips.wrong)} wrong answers  {seconds:6.1f} s"
        )
        if flips.wrong:
            print(f"{'':16}  at {', '.join(map(str, flips.wrong[:20]))}")
            is_right = False
    return int(not (is_right and _large()))


def _large() -> bool:
    """Flip pages of a large registry, print, and tell whether all were found."""
    with tempfile.TemporaryDirectory() as folder:
        flips = read_large(Path(folder), PAGES, OPENS)
    after = sorted(flips.found_after)
    print(
        f"{'large registry':16}  {PAGES:,} pages flipped, {flips.noticed:,} noticed at once or "
        f"harmless, {len(after)} after a wrong answer, {flips.never_found} not in {OPENS} times"
    )
    if after:
        print(f"{'':16}  opened {after[len(after) // 2]} times (median), at most {after[-1]} times")
    return not flips.never_found


if __name__ == "__main__":
    sys.exit(main())
