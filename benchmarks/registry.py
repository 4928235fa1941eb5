"""Single commands on a large registry, as ratios to the same on a small one.

    python benchmarks/registry.py [LINKS]

Prints a line for each; exits with 1 if one takes more than 1.25 times as long on a registry of
LINKS (1,000,000) as on one of 100, or if `registry check` of them takes more than 10 seconds.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from utmforge import Registry, Tags, make_link

LIMIT = 1.25
CHECK_SECONDS = 10.0
ROUNDS = 25
BATCH = 10_000


def fill(path: Path, count: int) -> str:
    """Make a registry of `count` links, a hundred of them of the campaign asked for."""
    batch = []
    with Registry.open(path) as registry:
        for number in range(count):
            campaign = "asked" if number % (count // 100) == 0 else f"other-{number % 50}"
            page = f"https://shop.example/{number}"
            batch.append(make_link(page, Tags("email", "email", campaign), channel="email"))
            if len(batch) == BATCH or number == count - 1:
                registry.add(batch)
                batch = []
        return next(iter(registry.links())).id


def main(count: int) -> int:
    """Measure, print, and return the exit status."""
    script = str(Path(sys.executable).with_name("utmforge"))
    with tempfile.TemporaryDirectory() as name:
        environment = dict(os.environ) | {"HOME": name}
        environment.pop("PYTHONDONTWRITEBYTECODE", None)
        paths = {100: Path(name, "small.db"), count: Path(name, "large.db")}
        ids = {size: fill(path, size) for size, path in paths.items()}
        taken: dict[tuple[str, int], list[float]] = {}
        for turn in range(ROUNDS):
            for size, path in paths.items():
                new = ("new", f"https://x.example/{turn}", "-c", "asked", "-C", "email")
                for words in (("show", ids[size]), new, ("list", "--campaign", "asked")):
                    start = time.perf_counter()
                    subprocess.run(
                        [script, *words, "--registry", str(path)],
                        env=environment,
                        capture_output=True,
                        check=True,
                    )
                    seconds = time.perf_counter() - start
                    taken.setdefault((words[0], size), []).append(seconds)
        start = time.perf_counter()
        subprocess.run(
            [script, "registry", "check", "--registry", str(paths[count])],
            env=environment,
            capture_output=True,
            check=True,
        )
        check = time.perf_counter() - start
    print(f"registry check of {count:,} links: {check:.1f} s  at most {CHECK_SECONDS}")
    holds = check <= CHECK_SECONDS
    for command in ("show", "new", "list"):
        small, large = (statistics.median(taken[command, size]) * 1000 for size in paths)
        ratio = large / small
        holds &= ratio <= LIMIT
        print(
            f"{command:<5} on 100 links {small:6.1f} ms, on {count:,} {large:6.1f} ms  "
            f"{ratio:.2f} x  at most {LIMIT}"
        )
    return int(not holds)


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000))
