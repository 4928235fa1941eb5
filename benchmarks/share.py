"""The share sheet of many links, and the codes in it.

    python benchmarks/share.py [LINKS]

Prints a line for each promise and exits with 1 if one does not hold: the sheet of 5,000 links takes
at most 3 s and 15 MB, and a search in it at most 100 ms in Chromium. Without Chromium the search is
not measured.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path
from time import perf_counter

sys.path.insert(0, str(Path(__file__).parents[1]))

from utmforge.share.fast_path.quick_codes import quick_code
from utmforge.share.qr import make_qr

CHANNELS = ("sms", "whatsapp", "email", "messenger", "telegram")
SECONDS = 3.0
BYTES = 15_000_000
SEARCH_MS = 100.0
SEARCH = """() => ["store-77", "whatsapp", "ete", ""].map(words => {
    const field = document.getElementById("search"), start = performance.now();
    field.value = words;
    field.dispatchEvent(new Event("input"));
    document.body.offsetHeight;
    return performance.now() - start;
})"""


def campaign(links: int) -> str:
    """Return a campaign file with so many links."""
    contents = ", ".join(f'"store-{number}"' for number in range(links // len(CHANNELS)))
    return (
        '[campaigns.spring]\nlanding_page = "https://shop.example/spring?ref=mail#offers"\n'
        'message = "L\u2019été arrive chez nous, 20 % de remise jusqu\u2019à dimanche : {link}"\n'
        f"channels = {list(CHANNELS)}\ncontents = [{contents}]\n"
    )


def seconds(*words: str) -> float:
    """Return how long a command takes, its start included."""
    start = perf_counter()
    subprocess.run(
        [sys.executable, "-m", "utmforge", *words], check=True, stdout=subprocess.DEVNULL
    )
    return perf_counter() - start


def codes(number: int = 200) -> tuple[float, float]:
    """Return the milliseconds of a code by the fast path and by the library."""
    urls = [f"https://shop.example/spring?utm_source=sms&utm_content={at}" for at in range(number)]
    quick_code(urls[0])
    start = perf_counter()
    for url in urls:
        quick_code(url).png()
    middle = perf_counter()
    for url in urls[: number // 10]:
        make_qr(url)
    end = perf_counter()
    return (middle - start) / number * 1000, (end - middle) / (number // 10) * 1000


def longest_search(page: Path) -> float | None:
    """Return the milliseconds of the slowest search in Chromium. None: there is none."""
    from tests.browser import chromium, opened, started_browser

    if chromium() is None:
        return None
    with started_browser() as browser, opened(browser, page) as seen:
        return float(max(seen.page.evaluate(SEARCH)))


def main(links: int) -> int:
    """Measure, print, and return the exit status."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        os.environ["HOME"] = name
        os.environ["UTMFORGE_REGISTRY"] = str(folder / "links.db")
        (folder / "campaigns.toml").write_text(campaign(links), encoding="utf-8")
        file = ("--file", str(folder / "campaigns.toml"), "--quiet")
        seconds("build", *file)
        page = folder / "links.html"
        took = min(seconds("share", "spring", "--sheet", str(page), "--force", *file) for _ in "ab")
        size = page.stat().st_size
        search = longest_search(page)
    quick, slow = codes()
    print(f"sheet of {links:,} links: {took:.2f} s (at most {SECONDS:g})")
    print(f"its size: {size / 1e6:.1f} MB (at most {BYTES / 1e6:g})")
    print(f"a code: {quick:.2f} ms, by the library {slow:.1f} ms")
    if search is not None:
        print(f"the slowest search: {search:.0f} ms (at most {SEARCH_MS:g})")
    holds = took <= SECONDS and size <= BYTES and (search is None or search <= SEARCH_MS)
    return 0 if holds else 1


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 5_000))
