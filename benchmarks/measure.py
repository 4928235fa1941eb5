"""Reading a web server's log: DuckDB's own speed, utmforge and GoAccess, in one run.

    python benchmarks/measure.py [LINES]

Writes a log of 2,000,000 combined lines (about 490 MB) to a temporary folder: pages, pictures and
scripts, tagged visits with and without click ids, link previews, bots, probes and scanners. Then
measures, each in a process of its own:

    floor      DuckDB reads the lines and splits them at the quotes
    load       utmforge reads the log into its tables
    100 files  utmforge reads the same lines from 100 files
    twice      utmforge reads twice as many lines
    goaccess   `goaccess -o json`, if it is installed

Prints ratios with their limits and exits with 1 if a limit is passed.
"""

from __future__ import annotations

import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

LINES = 2_000_000
THREADS = 2
MEGABYTES = 600
LOAD_LIMIT = 2.5
"""Times the floor."""
GOACCESS_LIMIT = 8
"""Times GoAccess's lines per second."""
TWICE_LIMIT = 2.2
FILES = 100
FILES_LIMIT = 1.2
START = 1_789_365_600  # 2026-09-14 06:00 UTC
SECONDS = 5 * 86_400

FLOOR = """
import sys, duckdb
connection = duckdb.connect(config={"threads": int(sys.argv[1])})
print(connection.execute('''
    SELECT count(q[1]), count(q[2]), count(q[3]), count(q[4]), count(q[6]) FROM (
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

_CHROME = "Mozilla/5.0 ({}) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/{}.0.0.0 {}Safari/537.36"
_SYSTEMS = (
    ("Windows NT 10.0; Win64; x64", ""),
    ("Macintosh; Intel Mac OS X 10_15_7", ""),
    ("X11; Linux x86_64", ""),
    ("Linux; Android 10; K", "Mobile "),
    ("Linux; Android 14; SM-A546B", "Mobile "),
)
_IPHONE = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS {0}_{1} like Mac OS X) AppleWebKit/605.1.15 "
    "(KHTML, like Gecko) "
)
PEOPLE = (
    *(
        _CHROME.format(system, version, mobile)
        for system, mobile in _SYSTEMS
        for version in range(100, 141)
    ),
    *(
        _IPHONE.format(major, minor) + f"Version/{major}.{minor} Mobile/15E148 Safari/604.1"
        for major in range(15, 19)
        for minor in range(7)
    ),
    *(
        _IPHONE.format(17, minor) + f"Mobile/15E148 Instagram 3{minor}1.0.0.2{build}"
        for minor in range(6)
        for build in range(10, 40)
    ),
)
PREVIEWS = (
    "WhatsApp/2.23.20.0 A",
    "WhatsApp/2",
    "facebookexternalhit/1.1 (+http://www.facebook.com/externalhit_uatext.php)",
    "TelegramBot (like TwitterBot)",
    "Slackbot-LinkExpanding 1.0 (+https://api.slack.com/robots)",
    "Mozilla/5.0 (compatible; Discordbot/2.0; +https://discordapp.com)",
)
BOTS = (
    "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)",
    "Mozilla/5.0 (compatible; bingbot/2.0; +http://www.bing.com/bingbot.htm)",
    "python-requests/2.32.3",
    "curl/8.9.1",
    "-",
)
REFERRERS = (
    "https://www.google.com/",
    "https://duckduckgo.com/",
    "https://l.facebook.com/",
    "https://web.whatsapp.com/",
    "android-app://com.google.android.gm/",
    "https://t.co/AbCdEf",
)
SCANS = (
    '"GET /wp-login.php HTTP/1.1" 404',
    '"GET /.env HTTP/1.1" 404',
    r'"\x16\x03\x01\x02\x00\x01\x00" 400',
    '"-" 408',
    '"HEAD / HTTP/1.1" 200',
)
SITE = "https://www.example.org"


class Run(NamedTuple):
    """What a process took."""

    seconds: float
    megabytes: float


def log_lines(count: int, seed: int = 1) -> Iterator[str]:
    """Return the lines of a shop's log, in the order of their times."""
    chance = random.Random(seed)  # noqa: S311 - a log, not a secret
    pages = [f"/guide/{word}-{number}" for number in range(150) for word in ("stove", "roof")]
    assets = [f"/assets/{kind}" for number in range(60) for kind in (
        f"app-{number:04x}.css", f"chunk-{number:04x}.js", f"photo-{number}.webp"
    )]
    tagged = [
        f"{page}?utm_source={source}&utm_medium={medium}&utm_campaign=autumn_{week}&utm_id=c{week}"
        for week in range(1, 9)
        for source, medium in (("whatsapp", "message"), ("newsletter", "email"), ("qr", "poster"))
        for page in chance.sample(pages, 6)
    ]
    for number in range(count):
        when = time.gmtime(START + number * SECONDS // count)
        stamp = time.strftime("%d/%b/%Y:%H:%M:%S +0000", when)
        kind = chance.random()
        agent, referrer, status = chance.choice(PEOPLE), "-", 200
        if kind < 0.62:
            target, referrer = chance.choice(assets), SITE + chance.choice(pages)
        elif kind < 0.84:
            target, referrer = chance.choice(pages), SITE + chance.choice(pages)
        elif kind < 0.90:
            target, referrer = chance.choice(pages), chance.choice(REFERRERS)
        elif kind < 0.93:
            target = chance.choice(tagged)
        elif kind < 0.945:
            click_id = f"fbclid=IwAR{chance.getrandbits(128):032x}"
            target = f"{chance.choice(tagged)}&{click_id}"
            referrer = "https://l.facebook.com/"
        elif kind < 0.955:
            target, agent, status = chance.choice(tagged), chance.choice(PREVIEWS), 200
        elif kind < 0.985:
            target, agent = chance.choice(pages), chance.choice(BOTS)
        else:
            agent = chance.choice(BOTS)
        request = f'"GET {target} HTTP/2.0" {status}' if kind < 0.985 else chance.choice(SCANS)
        network = chance.randrange(1 << 16)
        host = chance.randrange(1 << 14)
        if number % 4:
            ip = f"{11 + network % 180}.{network >> 8}.{host >> 8}.{host & 255}"
        else:
            ip = f"2001:db8:{network:x}::{host:x}"
        yield (
            f'{ip} - - [{stamp}] {request} {chance.randrange(90_000)} "{referrer}" "{agent}"\n'
        )


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
    best = Run(float("inf"), 0)
    for _ in range(2):
        start = time.perf_counter()
        process = subprocess.Popen(words, stdout=subprocess.DEVNULL)
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - start
        if status:
            sys.exit(f"{words[:3]} ended with {status}")
        best = min(best, Run(seconds, usage.ru_maxrss / 1024))
    return best


def main(lines: int) -> int:
    """Measure, print, and return the exit status."""
    failed = False

    def say(name: str, took: Run, ratio: float | None = None, limit: str = "") -> None:
        shown = "" if ratio is None else f"{ratio:6.2f} x  {limit}"
        print(f"{name:10}{took.seconds:7.2f} s {took.megabytes:6.0f} MB  {shown}", flush=True)

    with tempfile.TemporaryDirectory() as name:
        whole, parts, twice = write_logs(Path(name), lines)
        print(f"{lines:,} lines, {whole.stat().st_size / 1e6:.0f} MB, {THREADS} threads")
        python = [sys.executable, "-c"]
        floor = run([*python, FLOOR, str(THREADS), str(whole)])
        say("floor", floor)
        load = run([*python, LOAD, str(THREADS), str(whole)])
        ratio = load.seconds / floor.seconds
        say("load", load, ratio, f"at most {LOAD_LIMIT}, {MEGABYTES} MB")
        failed |= ratio > LOAD_LIMIT or load.megabytes > MEGABYTES
        many = run([*python, LOAD, str(THREADS), *map(str, parts)])
        say("100 files", many, many.seconds / load.seconds, f"load, at most {FILES_LIMIT}")
        failed |= many.seconds > FILES_LIMIT * load.seconds
        double = run([*python, LOAD, str(THREADS), str(twice)])
        say("twice", double, double.seconds / load.seconds, f"load, at most {TWICE_LIMIT}")
        failed |= double.seconds > TWICE_LIMIT * load.seconds
        if goaccess := shutil.which("goaccess"):
            words = [goaccess, str(whole), "--log-format=COMBINED", "--no-progress"]
            other = run([*words, "-o", f"{name}/report.json"])
            speed = other.seconds / load.seconds
            say("goaccess", other, speed, f"faster is load, at least {GOACCESS_LIMIT}")
            failed |= speed < GOACCESS_LIMIT
    return int(failed)


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else LINES))
