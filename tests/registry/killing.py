"""Kill the real command again and again, and look what is left."""

from __future__ import annotations

import random
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing, suppress
from typing import TYPE_CHECKING, NamedTuple

from utmforge import Registry

if TYPE_CHECKING:
    from pathlib import Path


_LATER = 1.25
"""A run that was killed before it printed anything is taken to last so much longer."""


class Left(NamedTuple):
    """What a series of kills left behind."""

    kills: int
    """Runs that were ended by SIGKILL before they ended themselves."""
    printed: int
    """Links whose whole line reached standard output."""
    lost: list[str]
    """Printed links that the registry does not have."""
    torn: int
    """Batches of which only a part is in the registry."""
    integrity: str
    """What SQLite's own check says."""


def kill_often(folder: Path, times: int, seed: int, batch: int = 200) -> Left:
    """Start `utmforge new` for single links and for lists, and kill each at a random moment.

    Args:
        folder: Where the registry lies.
        times: How many runs to start.
        seed: Makes the moments repeatable.
        batch: Pages in each list; they are issued together.
    """
    chance = random.Random(seed)  # noqa: S311 - moments, no secrets
    path = folder / "links.db"
    lifetimes = [_lifetime(folder)] * 2  # of a single link, of a list
    printed: list[str] = []
    kills = 0
    for number in range(times):
        pages = [f"https://x.example/{number}/{page}" for page in range(batch)]
        is_list = number % 2
        source = ["--from", "-"] if is_list else [pages[0]]
        words = ["new", *source, "-c", "c", "-C", "sms", "-F", "urls", "--registry", str(path)]
        with subprocess.Popen(
            [sys.executable, "-m", "utmforge", *words],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        ) as process:
            assert process.stdin is not None
            assert process.stdout is not None
            try:
                process.stdin.write("\n".join(pages).encode() if is_list else b"")
                process.stdin.close()
            except BrokenPipeError:
                pass
            # Most of a run is loading modules: the moments lie around the end of it.
            start = time.monotonic()
            with suppress(subprocess.TimeoutExpired):
                process.wait(lifetimes[is_list] * chance.uniform(0.55, 1.1))
            lived = time.monotonic() - start
            process.kill()
            output = process.stdout.read().decode()
            is_killed = process.wait() == -signal.SIGKILL
        kills += is_killed
        # How long a run takes changes with what else the machine does.
        if not is_killed:
            lifetimes[is_list] = lived
        elif not output:
            lifetimes[is_list] = max(lifetimes[is_list], lived * _LATER)
        whole, _, _ = output.rpartition("\n")
        printed += whole.splitlines()
    with Registry.open(path) as registry:
        kept = {link.url for link in registry.links()}
    with closing(sqlite3.connect(path)) as database:
        integrity = str(database.execute("PRAGMA integrity_check").fetchone()[0])
    return Left(kills, len(printed), sorted(set(printed) - kept), _torn(kept, batch), integrity)


def _lifetime(folder: Path) -> float:
    """Return how long one undisturbed run takes, in seconds."""
    words = [
        "new",
        "https://x.example/",
        "-c",
        "c",
        "-C",
        "sms",
        "--registry",
        str(folder / "warm.db"),
    ]
    times = []
    for _ in range(3):
        start = time.monotonic()
        subprocess.run([sys.executable, "-m", "utmforge", *words], capture_output=True, check=True)
        times.append(time.monotonic() - start)
    return min(times)


def _torn(kept: set[str], batch: int) -> int:
    runs: dict[str, int] = {}
    for url in kept:
        run = url.split("/")[3]
        runs[run] = runs.get(run, 0) + 1
    return sum(count not in {1, batch} for count in runs.values())
