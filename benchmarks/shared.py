"""What it costs a command that its registry follows a shared file in which nothing has changed.

    python benchmarks/shared.py [LINKS]

Prints the times and their ratio; exits with 1 if `list --campaign` takes over 0.3 seconds more with
a shared file of LINKS (100,000) lines than without one.
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

LIMIT = 0.3
ROUNDS = 9
BATCH = 10_000


def fill(path: Path, count: int) -> None:
    """Make a registry of `count` links, the last one of the campaign asked for."""
    with Registry.open(path) as registry:
        for first in range(0, count, BATCH):
            registry.add(
                make_link(
                    f"https://shop.example/{number}",
                    Tags("email", "email", "asked" if number == count - 1 else "other"),
                    channel="email",
                )
                for number in range(first, min(first + BATCH, count))
            )


def main(count: int) -> int:
    """Measure, print, and return the exit status."""
    with tempfile.TemporaryDirectory() as name:
        fill(Path(name, "links.db"), count)
        for folder, shared in (("alone", ""), ("shared", 'shared = "../links.jsonl"\n')):
            Path(name, folder).mkdir()
            text = f'[workspace]\nregistry = "../links.db"\n{shared}'
            Path(name, folder, "campaigns.toml").write_text(text, encoding="utf-8")
        first = _seconds(name, "shared", "new", "https://x.example/", "-c", "asked", "-C", "sms")
        print(f"first exchange of {count:,} links: {first:.2f} s")
        again = _seconds(name, "shared", "new", "https://y.example/", "-c", "asked", "-C", "sms")
        print(f"one new link into a file of {count:,}: {again:.2f} s")
        taken: dict[str, list[float]] = {"alone": [], "shared": []}
        for _ in range(ROUNDS):
            for folder, times in taken.items():
                times.append(_seconds(name, folder, "list", "--campaign", "asked"))
    alone, shared_time = (statistics.median(times) for times in taken.values())
    more = shared_time - alone
    print(
        f"list alone {alone * 1000:.0f} ms, with the shared file {shared_time * 1000:.0f} ms: "
        f"{shared_time / alone:.2f} x, {more:+.3f} s  at most {LIMIT}"
    )
    return 0 if more <= LIMIT else 1


def _seconds(name: str, folder: str, *words: str) -> float:
    start = time.perf_counter()
    subprocess.run(
        [sys.executable, "-m", "utmforge", *words],
        cwd=Path(name, folder),
        env=dict(os.environ) | {"HOME": name},
        capture_output=True,
        check=True,
    )
    return time.perf_counter() - start


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if sys.argv[1:] else 100_000))
