"""What the page costs: `utmforge measure --html` beside `utmforge measure`, and the page of a year.

    python benchmarks/html_report.py [LINES]

Writes a log of 2,000,000 combined lines to a temporary folder and measures it, each time in a
process of its own:

    measure     the whole command
    with --html the same with a page
    a year      only the page, of a year with 50 campaigns in 16 channels: its size and its time

Prints ratios with their limits and exits with 1 if a limit is passed.
"""

from __future__ import annotations

import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from tests.measure.log_generator import log_lines
from tests.output.html_report.samples import a_year

from measure import LINES, THREADS, run
from registry import fill
from utmforge.output.html_report.page import measurement_page

WITH_PAGE_LIMIT = 1.3
"""Times the command without a page."""
YEAR_SECONDS = 1.0
YEAR_KILOBYTES = 300


def main(lines: int) -> int:
    """Measure, print, and return the exit status."""
    year = a_year()
    begun = time.perf_counter()
    page = measurement_page(year)
    seconds = time.perf_counter() - begun
    kilobytes = len(page.encode()) / 1000
    print(
        f"a year       {seconds:6.3f} s, at most {YEAR_SECONDS}; "
        f"{kilobytes:.0f} KB, at most {YEAR_KILOBYTES}",
        flush=True,
    )
    failed = seconds > YEAR_SECONDS or kilobytes > YEAR_KILOBYTES
    with tempfile.TemporaryDirectory() as name:
        log, registry = Path(name, "access.log"), Path(name, "links.db")
        with log.open("w") as file:
            file.writelines(log_lines(lines))
        fill(registry, 100)
        words = [sys.executable, "-m", "utmforge", "measure", str(log), "--quiet"]
        words += ["--threads", str(THREADS), "--registry", str(registry)]
        page_words = ["--html", str(Path(name, "report.html")), "--force"]
        # In turn, and by processor time: other work on the machine must not decide.
        runs = [(run(words), run([*words, *page_words])) for _ in range(2)]
        without, with_page = (
            min(some, key=lambda one: one.processor_seconds) for some in zip(*runs, strict=True)
        )
        ratio = with_page.processor_seconds / without.processor_seconds
        print(f"{lines:,} lines, {log.stat().st_size / 1e6:.0f} MB, {THREADS} threads")
        for title, took in (("measure", without), ("with --html", with_page)):
            print(
                f"{title:12} {took.seconds:6.2f} s, processor {took.processor_seconds:6.2f} s, "
                f"{took.megabytes:.0f} MB"
            )
        print(f"processor    {ratio:6.2f} x, at most {WITH_PAGE_LIMIT}")
        failed |= ratio > WITH_PAGE_LIMIT
    return int(failed)


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else LINES))
