"""Fuzz every door for minutes: synced lines, imports, campaign files, links as they are found.

    python benchmarks/fuzz.py [MINUTES]

Runs `tests/attacks/test_fuzz.py` again and again with new seeds, 500 examples of each kind at a
time. Stops at the first failure, which hypothesis has made as small as it can, and exits with 1.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).parents[1]
EXAMPLES = 500
"""Of each kind in a round."""
COMMAND = (
    *(sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "--timeout", "0"),
    *("--hypothesis-seed", "{seed}", "tests/attacks/test_fuzz.py"),
)


def main() -> int:
    """Run rounds until the time is over."""
    minutes = float(sys.argv[1]) if len(sys.argv) > 1 else 10.0
    end = time.monotonic() + 60 * minutes
    environment = {**os.environ, "UTMFORGE_FUZZ_EXAMPLES": str(EXAMPLES)}
    seed = time.time_ns() % 1_000_000
    rounds = 0
    while time.monotonic() < end:
        command = [word.format(seed=seed + rounds) for word in COMMAND]
        done = subprocess.run(command, cwd=ROOT, env=environment, check=False)
        if done.returncode:
            print(f"seed {seed + rounds} fails")
            return 1
        rounds += 1
        print(f"{rounds} rounds of {EXAMPLES} examples of each kind, none fails", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
