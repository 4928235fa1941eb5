"""Reading a web server's log: DuckDB's own speed, utmforge and GoAccess, in one run.

    python benchmarks/measure.py [LINES]

Writes a log of 2,000,000 combined lines (about 490 MB) to a temporary folder: pages, pictures and
scripts, tagged visits with and without click ids, link previews, bots, probes and scanners. Then
measures, each in a process of its own and with compiled modules, as an installed utmforge has them:

    floor      DuckDB reads the lines, splits them at the quotes, and makes a checksum of the
               pieces: without one it need not produce them
    load       utmforge reads the log into its tables
    100 files  utmforge reads the same lines from 100 files
    twice      utmforge reads twice as many lines
    no range, range   the use case without and with the range of private sharing
    measure    the whole command `utmforge measure`, with 100 issued links and with the range; it
               may take as much more than four times the floor as the range may add
    1,000,000 links, 150 MB   the same with more links, and with `--memory-limit 150MB`
    spark      `utmforge measure --engine spark` on this machine, if Java is installed; no limit
    goaccess   `goaccess -o json`, if it is installed

Prints ratios with their limits, by the clock and by the processor, and exits with 1 if one by the
clock passes its limit. What is compared runs in turn, so that another process on the machine slows
all of it, and the best of five is shown; of the last three, the best of two.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

sys.path.insert(0, str(Path(__file__).parents[1]))

from tests.measure.log_generator import log_lines

from registry import fill

if TYPE_CHECKING:
    from collections.abc import Callable

LINES = 2_000_000
THREADS = 2
MEGABYTES = 600
MEASURE_LIMIT = 4
"""Times the floor, without the range of private sharing."""
LINKS = 1_000_000
LINKS_LIMIT = 1.3
GOACCESS_LIMIT = 8
"""Times GoAccess's lines per second."""
TWICE_LIMIT = 2.2
RANGE_LIMIT = 1.3
"""Times the same without the range of private sharing."""
FILES = 100
FILES_LIMIT = 1.2

FLOOR = """
import sys, duckdb
connection = duckdb.connect(config={"threads": int(sys.argv[1])})
print(connection.execute('''
    SELECT bit_xor(hash(q[1])), bit_xor(hash(q[2])), bit_xor(hash(q[3])), bit_xor(hash(q[4])),
      bit_xor(hash(q[5])), bit_xor(hash(q[6])) FROM (
      SELECT string_split(line, '"') AS q
      FROM read_csv($1, columns={'line': 'VARCHAR'}, delim='\\x01', quote='', escape='',
                    header=false, auto_detect=false, strict_mode=false))''',
    [sys.argv[2]]).fetchall())
"""
LOAD = """
import sys
from pathlib import Path
from utmforge.measure.database import open_database
from utmforge.measure.load import load
from utmforge.measure.log_files import open_log
threads = int(sys.argv[1])
with open_database(threads=threads) as connection:
    logs = [open_log(Path(name)) for name in sys.argv[2:]]
    reading = load(connection, logs, threads=threads)
print(reading.lines_read, reading.lines_used, reading.rejected)
"""

USE_CASE = """
import os, sys
from pathlib import Path
from utmforge.campaigns.campaign_file import CampaignFile
from utmforge.measure.log_files import open_log
from utmforge.measure.run import Asked, measure_logs
from utmforge.registry import Registry
threads, log, registry, has_sharing = sys.argv[1:]
measure_logs([open_log(Path(log))], Registry.open(Path(registry)), CampaignFile(),
             Asked(threads=int(threads), has_sharing=has_sharing == "range"))
os._exit(0)  # as the command does: it leaves its modules as they are
"""


class Run(NamedTuple):
    """What a process took."""

    seconds: float
    megabytes: float
    processor_seconds: float


def write_logs(folder: Path, count: int) -> tuple[Path, list[Path], Path]:
    """Write the log, the same log in many files, and one of twice as many lines."""
    whole, twice = folder / "access.log", folder / "twice.log"
    with whole.open("w") as file:
        file.writelines(log_lines(count))
    parts: list[Path] = []
    with whole.open("rb") as file:
        for number in range(FILES):
            part = folder / f"access.log.{number}"
            with part.open("wb") as out:
                out.writelines(file.readline() for _ in range(count // FILES))
            parts.append(part)
    with twice.open("wb") as out:
        for _ in range(2):
            with whole.open("rb") as file:
                shutil.copyfileobj(file, out, 1 << 20)
    return whole, parts, twice


def run(words: list[str]) -> Run:
    """Run a command and return what it took; the best of two."""
    (best,) = run_in_turn(words, rounds=2)
    return best


def run_in_turn(*commands: list[str], rounds: int) -> list[Run]:
    """Run all commands, and all again; return what each took, the best of its runs."""
    best = [Run(float("inf"), 0, float("inf"))] * len(commands)
    for _ in range(rounds):
        for at, words in enumerate(commands):
            took, before = _run_once(words), best[at]
            best[at] = Run(
                min(before.seconds, took.seconds),
                max(before.megabytes, took.megabytes),
                min(before.processor_seconds, took.processor_seconds),
            )
    return best


def _run_once(words: list[str]) -> Run:
    start = time.perf_counter()
    process = subprocess.Popen(words, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - start
    process.returncode = status
    if status:
        sys.exit(f"{words[:3]} ended with {status}")
    return Run(seconds, usage.ru_maxrss / 1024, usage.ru_utime + usage.ru_stime)


def compare_others(log: Path, registry: Path, measured: Run, say: Callable[..., float]) -> bool:
    """Measure with Spark on this machine, and with GoAccess; tell whether a limit is passed."""
    if shutil.which("java"):
        words = [sys.executable, "-m", "utmforge", "measure", str(log), "--engine", "spark"]
        words += ["--spark-master", f"local[{THREADS}]", "--quiet", "--registry", str(registry)]
        say("spark", run(words), measured, "measure, no limit")
    goaccess = shutil.which("goaccess")
    if not goaccess:
        return False
    words = [goaccess, str(log), "--log-format=COMBINED", "--no-progress"]
    other = run([*words, "-o", str(log.with_name("report.json"))])
    limit = f"measure, at least {GOACCESS_LIMIT}"
    return say("goaccess", other, measured, limit) < GOACCESS_LIMIT


def main(lines: int) -> int:
    """Measure, print, and return the exit status."""
    failed = False

    def say(name: str, took: Run, other: Run | None = None, limit: str = "") -> float:
        shown, ratio = "", 0.0
        if other:
            ratio = took.seconds / other.seconds
            by_processor = took.processor_seconds / other.processor_seconds
            shown = f"{ratio:6.2f} x {limit} ({by_processor:.2f} x by the processor)"
        print(
            f"{name:16}{took.seconds:7.2f} s, processor {took.processor_seconds:6.2f} s, "
            f"{took.megabytes:4.0f} MB  {shown}",
            flush=True,
        )
        return ratio

    with tempfile.TemporaryDirectory() as name:
        os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
        os.environ["PYTHONPYCACHEPREFIX"] = str(Path(name, "compiled"))
        whole, parts, twice = write_logs(Path(name), lines)
        print(f"{lines:,} lines, {whole.stat().st_size / 1e6:.0f} MB, {THREADS} threads")
        few, lots = Path(name, "few.db"), Path(name, "many.db")
        fill(few, 100)
        fill(lots, LINKS)
        python = [sys.executable, "-c"]
        whole_command = [sys.executable, "-m", "utmforge", "measure", str(whole)]
        whole_command += ["--threads", str(THREADS), "--quiet", "--registry"]
        use_case = [*python, USE_CASE, str(THREADS), str(whole), str(few)]
        loading = [*python, LOAD, str(THREADS)]
        floor, load, many, double, without, ranged, measured, linked = run_in_turn(
            [*python, FLOOR, str(THREADS), str(whole)],
            [*loading, str(whole)],
            [*loading, *map(str, parts)],
            [*loading, str(twice)],
            [*use_case, "no range"],
            [*use_case, "range"],
            [*whole_command, str(few)],
            [*whole_command, str(lots)],
            rounds=5,
        )
        say("floor", floor)
        say("load", load, floor, f"floor, at most {MEGABYTES} MB")
        failed |= load.megabytes > MEGABYTES
        failed |= say("100 files", many, load, f"load, at most {FILES_LIMIT}") > FILES_LIMIT
        failed |= say("twice", double, load, f"load, at most {TWICE_LIMIT}") > TWICE_LIMIT
        ratio = say("no range", without, floor, f"floor, at most {MEASURE_LIMIT}")
        failed |= ratio > MEASURE_LIMIT
        failed |= say("range", ranged, without, f"no range, at most {RANGE_LIMIT}") > RANGE_LIMIT
        limit = MEASURE_LIMIT * RANGE_LIMIT
        ratio = say("measure", measured, floor, f"floor, at most {limit:.1f}, {MEGABYTES} MB")
        failed |= ratio > limit or measured.megabytes > MEGABYTES
        limit = LINKS_LIMIT
        failed |= say(f"{LINKS:,} links", linked, measured, f"measure, at most {limit}") > limit
        took = run([*whole_command, str(few), "--memory-limit", "150MB"])
        say("150 MB", took, measured, "measure")
        failed |= compare_others(whole, few, measured, say)
    return int(failed)


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else LINES))
