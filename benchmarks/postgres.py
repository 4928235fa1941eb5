"""Issue many links on a PostgreSQL server, as a ratio to the same in a file.

    python benchmarks/postgres.py [PAGES]

Starts its own server on a socket in a temporary folder. Prints times and the ratio; exits with 1 if
the server takes more than three times as long as the file.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from tests.registry.server import postgres

LIMIT = 3.0


def issue(pages: Path, registry: str, environment: dict[str, str]) -> float:
    """Return the seconds that issuing takes."""
    words = ("new", "--from", str(pages), "-c", "catalogue", "-C", "email", "--format", "csv")
    start = time.perf_counter()
    subprocess.run(
        [sys.executable, "-m", "utmforge", *words, "--quiet", "--registry", registry],
        env=environment,
        stdout=subprocess.DEVNULL,
        check=True,
    )
    return time.perf_counter() - start


def main(count: int) -> int:
    """Measure, print, and return the exit status."""
    with tempfile.TemporaryDirectory() as name, postgres() as server:
        pages = Path(name, "pages.txt")
        with pages.open("w") as file:
            file.writelines(f"https://shop.example/item-{n}?c={n % 17}\n" for n in range(count))
        environment = dict(os.environ) | {"HOME": name}
        environment.pop("PYTHONDONTWRITEBYTECODE", None)
        in_file = issue(pages, str(Path(name, "links.db")), environment)
        on_server = issue(pages, f"{server}/postgres", environment)
        again = issue(pages, f"{server}/postgres", environment)
    ratio = on_server / in_file
    print(f"{count:,} landing pages")
    print(f"SQLite        {in_file:6.1f} s")
    print(f"PostgreSQL    {on_server:6.1f} s  {ratio:.2f} x  at most {LIMIT}")
    print(f"a second run  {again:6.1f} s")
    return int(ratio > LIMIT)


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000))
