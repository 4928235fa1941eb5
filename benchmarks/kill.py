"""Kill `utmforge new` at random moments, and check what is left.

    python benchmarks/kill.py [TIMES]

Prints what was found; exits with 1 if a printed link was lost, a batch torn or the file damaged.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from tests.registry.killing import kill_often


def main(times: int) -> int:
    """Kill, print, and return the exit status."""
    with tempfile.TemporaryDirectory() as folder:
        left = kill_often(Path(folder), times, seed=1)
    print(f"{left.kills} of {times} runs killed, {left.printed:,} links printed before")
    print(f"lost: {len(left.lost)}, torn batches: {left.torn}, integrity: {left.integrity}")
    return int(bool(left.lost or left.torn or left.integrity != "ok"))


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 300))
