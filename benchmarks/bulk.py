"""Issue many links, as a ratio to the floor: the same work without utmforge.

    python benchmarks/bulk.py [PAGES]

The floor is one process that parses each address with can_ada, inserts the tags as text, puts the
same rows into the same tables with `executemany`, and writes CSV. Both run twice in turns, and the
faster run of each counts. Prints processor seconds, memory and the ratio; exits with 1 if the
command takes more than twice the floor's time or over 200 MB.
"""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
import tempfile
from pathlib import Path

LIMIT = 2.0
MEGABYTES = 200

FLOOR = """
import csv, sqlite3, sys
import can_ada
from utmforge.registry.migrations import MIGRATIONS
from utmforge.registry.rows import COLUMNS
tags = "utm_source=email&utm_medium=email&utm_campaign=catalogue"
pages, database = sys.argv[1:]
connection = sqlite3.connect(database, isolation_level=None)
connection.execute("PRAGMA synchronous=EXTRA")
for step in MIGRATIONS:
    for statement in step:
        connection.execute(statement)
names = ("workspace", *COLUMNS, "change_id", "checksum")
insert = f"INSERT INTO links ({', '.join(names)}) VALUES ({', '.join('?' * len(names))})"
writer = csv.writer(sys.stdout, lineterminator="\\n")
def put(rows):
    connection.execute("BEGIN IMMEDIATE")
    connection.executemany(insert, rows)
    connection.execute("COMMIT")
    writer.writerows(row[1:-2] for row in rows)
rows = []
with open(pages) as file:
    for number, line in enumerate(file):
        page = str(can_ada.parse(line.rstrip()))
        url = page + ("&" if "?" in page else "?") + tags
        # As scattered as real ids: the index on them costs what it costs.
        rows.append(("default", f"{number * 0x9E3779B97F4A7C15 % 2**48:012x}", url, page, "email",
                     "email", "email", "catalogue", None, None, None, None, None, None,
                     "2026-11-23T00:00:00Z", "issued", "abcdefgh", "0123456789abcdef"))
        if len(rows) == 10_000:
            put(rows)
            rows = []
put(rows)
"""


def run(words: list[str], output: Path, environment: dict[str, str]) -> tuple[float, float]:
    """Return the processor seconds and the megabytes of one run."""
    with output.open("wb") as file:
        process = subprocess.Popen(words, stdout=file, env=environment)
        _, status, usage = os.wait4(process.pid, 0)
    if status:
        sys.exit(f"{words[:6]} ended with {status}")
    return usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def main(pages: int) -> int:
    """Measure, print, and return the exit status."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        source = folder / "pages.txt"
        with source.open("w") as file:
            file.writelines(
                f"https://shop.example/catalogue/item-{number}?colour={number % 17}\n"
                for number in range(pages)
            )
        environment = dict(os.environ) | {"HOME": name}
        floor = [sys.executable, "-c", FLOOR, str(source), str(folder / "floor.db")]
        command = [
            *(sys.executable, "-m", "utmforge", "new", "--from", str(source)),
            *("--campaign", "catalogue", "--channel", "email", "--format", "csv", "--quiet"),
            *("--registry", str(folder / "links.db")),
        ]
        floors, runs = [], []
        for _ in range(2):
            for made in ("floor.db", "links.db"):
                (folder / made).unlink(missing_ok=True)
            floors.append(run(floor, folder / "floor.csv", environment))
            runs.append(run(command, folder / "links.csv", environment))
        floor_seconds, _ = min(floors)
        seconds, megabytes = min(runs)
        again, _ = run(command, folder / "again.csv", environment)
        with sqlite3.connect(folder / "links.db") as database:
            kept = database.execute("SELECT count(*) FROM links").fetchone()[0]
        database.close()
    ratio = seconds / floor_seconds
    print(f"{pages:,} landing pages, {kept:,} links saved")
    print(f"floor          {floor_seconds:6.1f} s")
    print(f"utmforge new   {seconds:6.1f} s  {ratio:.2f} x  at most {LIMIT}")
    print(f"a second run   {again:6.1f} s")
    print(f"memory         {megabytes:6.0f} MB  at most {MEGABYTES}")
    return int(ratio > LIMIT or megabytes > MEGABYTES or kept != pages)


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000))
