"""Twice the input takes at most about twice the time, for every command and kind of input.

    python benchmarks/growth.py [WORD]

Runs each command on inputs of two and four times a size, and compares the processor time beyond
what the command needs for a tiny input. Prints a line for each kind (or for those with WORD in
their name) and exits with 1 if the fourfold takes more than LIMIT times as long as the double, or
if a command takes longer than TOO_LONG seconds.
"""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

sys.path.insert(0, str(Path(__file__).parents[1]))

from tests.attacks.growing import kinds

if TYPE_CHECKING:
    from tests.attacks.growing import Kind

LIMIT = 2.6
"""Twice, plus some noise."""
TOO_LONG = 30.0
WORTH_COMPARING = 0.05
"""Seconds: below this, a ratio means nothing."""


def seconds(kind: Kind, size: int) -> float:
    """Return the processor time of one command in a folder with its files."""
    with tempfile.TemporaryDirectory() as folder:
        words = kind.made(size, Path(folder))
        environment = {"HOME": folder, "PATH": os.environ["PATH"]}
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        try:
            subprocess.run(
                [sys.executable, "-m", "utmforge", *words],
                cwd=folder,
                env=environment | {k: v for k, v in os.environ.items() if k == "PYTHONPATH"},
                capture_output=True,
                check=False,
                timeout=TOO_LONG * 2,
            )
        except subprocess.TimeoutExpired:
            return TOO_LONG * 2
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def main(wanted: str) -> int:
    """Measure, print, and return the exit status."""
    broken = 0
    for name, kind in kinds().items():
        if wanted not in name:
            continue
        tiny = min(seconds(kind, max(kind.size // 1000, 1)) for _ in range(2))
        double, fourfold = (seconds(kind, kind.size * times) for times in (2, 4))
        more = fourfold - tiny
        ratio = more / max(double - tiny, 0.001)
        is_fine = fourfold < TOO_LONG and (more < WORTH_COMPARING or ratio <= LIMIT)
        broken += not is_fine
        result = "holds" if is_fine else "BROKEN"
        print(f"{name:34}  {double:7.2f} s  {fourfold:7.2f} s  {ratio:5.2f} x {result}", flush=True)
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1] if len(sys.argv) > 1 else ""))
