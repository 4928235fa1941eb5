"""Flip every byte of a small registry in turn, and one bit of each: is the damage found?

    python benchmarks/flips.py

Each flip is followed by every way to read the registry, and in a second series by a check and a
repair; the tests do the same with a sample. Takes some minutes. Prints what was found; exits with 1
if an answer was wrong or a repair kept a link that was not issued.
"""

from __future__ import annotations

import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from tests.registry.flipping import check_and_repair, read

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
    return int(not is_right)


if __name__ == "__main__":
    sys.exit(main())
