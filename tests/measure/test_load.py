"""Logs → tables: every line is used or counted, and the fast path says what `read` says."""

from __future__ import annotations

from io import BytesIO
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from utmforge.measure.database import open_database
from utmforge.measure.fast_path.quoted_lines import SHAPES, pieces_of, rows_of, with_keys
from utmforge.measure.hit_rows import HitRow, hit_row
from utmforge.measure.load import load
from utmforge.measure.log_files import LogFile
from utmforge.measure.readers.base import LogLine
from utmforge.measure.readers.catalogue import find_format

if TYPE_CHECKING:
    from utmforge.measure.readers.base import LogFormat
    from utmforge.measure.reading import LogReading

LINE = (
    '203.0.113.7 - - [14/Sep/2026:08:03:11 +0200] "GET /p?utm_source=a HTTP/1.1" 200 5123 '
    '"https://www.example.org/?q=1" "Mozilla/5.0 (X11; Linux x86_64)"'
)
HITS = """
SELECT n, ts, network, method, status, asset, click_id, agents.agent, referrers.referrer,
  pages.host, pages.target
FROM hits LEFT JOIN agents ON hits.agent = agents.id
  LEFT JOIN referrers ON hits.referrer = referrers.id LEFT JOIN pages ON hits.page = pages.id
ORDER BY n
"""


def log(data: bytes, name: str = "access.log", size: int | None = None) -> LogFile:
    """Return bytes as a log."""
    return LogFile(name, BytesIO(data), len(data) if size is None else size)


def read(
    *data: bytes, log_format: LogFormat | None = None, fast: bool = True
) -> tuple[LogReading, list[tuple[object, ...]]]:
    """Load logs, and return what was read with the hits."""
    with open_database(threads=2) as connection:
        logs = [log(each) for each in data]
        reading = load(connection, logs, log_format=log_format, use_fast_path=fast)
        return reading, connection.execute(HITS).fetchall()


def reasons(reading: LogReading) -> dict[str, int]:
    """Return how many lines were rejected for each reason."""
    return {rejected.reason: rejected.count for rejected in reading.rejected}


def test_a_line_becomes_a_hit_without_its_address() -> None:
    """Network, page with its tags, referrer without its query: nothing else is kept."""
    reading, hits = read(LINE.encode())

    assert hits == [
        (
            *(0, 1789365791, "203.0", "GET", 200, False, None),
            *("Mozilla/5.0 (X11; Linux x86_64)", "https://www.example.org/", None),
            "/p?utm_source=a",
        )
    ]
    assert (reading.lines_read, reading.lines_used, reading.rejected) == (1, 1, ())
    assert [(each.name, each.format, each.share) for each in reading.formats] == [
        ("access.log", "combined", 1.0)
    ]
    assert (reading.first_ts, reading.last_ts) == (1789365791, 1789365791)
    assert (reading.has_referrer, reading.has_user_agent) == (True, True)


PIECES = {
    "ip": [
        *(
            "203.0.113.7",
            "2001:db8::7",
            "2001:0db8::7",
            "::ffff:203.0.113.7",
            "-",
            "host.isp.example",
        ),
        *("2001:db8:0:1:2:3:4:5", "2001:0:1::", "fe80::1%eth0", "1.2.3", "203.0:1:2::3", "::1"),
    ],
    "user": ["- -", "- alice", "- john smith", "-  -", "- [x", "ident -", "- a\tb", ""],
    "time": [
        *("14/Sep/2026:08:03:11 +0200", "31/Dec/2026:23:59:60 +0000", "30/Feb/2026:08:03:11 +0200"),
        *("14/sep/2026:08:03:11 +0200", "14/Sep/1970:08:03:11 +0000", "14/Sep:08:03:11 +0200"),
        *("14/Sep/2026:24:00:00 +0000", "14/Sep/2026:08:03:11 -0930", "14/Sep/2026:08:03:11"),
        *("29/Feb/2028:00:00:00 +1400", " 4/Sep/2026:08:03:11 +0200", "14/Sep/2099:23:59:59 -2359"),
        *("14/Sep/2026:08:03:11 +9999", "14/Sep/2026:08:61:11 +0000", "31/Dec/2099:23:59:59 -0100"),
        "14/Foo/2026:08:03:11 +0200",
    ],
    "request": [
        *("GET / HTTP/1.1", "GET /p?utm_source=a&fbclid=x1 HTTP/2.0", "GET /a.css?v=1 HTTP/1.1"),
        *("POST /p?id=7 HTTP/1.1", "-", "", "GET /p", "GET /a b HTTP/1.1", "HEAD / HTTP/3"),
        *(
            "get / HTTP/1.1",
            "GET * HTTP/1.1",
            "OPTIONS * HTTP/1.1",
            "GET http://h.example/p HTTP/1.1",
        ),
        *("GET /p?x=1 utm_source=a HTTP/1.1", "GET /&utm_source=a&gclid=9&x=2 HTTP/1.1"),
        *("GET /p?UTM_Source=a HTTP/1.1", "GET /p?%75tm_source=a HTTP/1.1", "GET /p? HTTP/1.1"),
        *("GET /IMG.PNG HTTP/1.1", "GET /?u=%2Fx%3Ffbclid%3Dabc%26utm_id%3D1 HTTP/1.1"),
        *("GET /p?fbclid=a#b HTTP/1.1", "PROPFIND / HTTP/1.1", "GET /p HTTP/9", "GET  /p HTTP/1.1"),
        *("GET /a&fbclid=x.css?utm_id=1 HTTP/1.1", "GET /a&fbclid=y?utm_id=1 HTTP/1.1"),
        *("GET /é?utm_source=ü HTTP/1.1", "GET /p?q=%FF&pk_campaign=x HTTP/1.1", r"\x16\x03\x01"),
        *(
            "GET /p?cat_id=3 HTTP/1.1",
            "GET /p?at_medium=a HTTP/1.1",
            "CONNECT a.example:443 HTTP/1.1",
        ),
        *("GET /p?_ga=1.2&utm_id=a HTTP/1.1", "GET /p?x=1 FOO", r"GET /\"quoted\" HTTP/1.1"),
    ],
    "numbers": [
        *(
            " 200 5123 ",
            " 304 - ",
            " - 0 ",
            " 20 1 ",
            " 1e2 7 ",
            " 200 5 0.004 ",
            " 200  5 ",
            " 99 1 ",
        ),
        *(" +20 5 ", " 099 5 ", "200 5 ", " 200 ", " 200 5", " 200 \t "),
    ],
    "referrer": [
        *(
            "-",
            "",
            "https://a.example/p?q=1#f",
            "https://a.example/#?x",
            "?only",
            "android-app://b/",
        ),
        *("https://a.example/", r"https://a.example/\x22", "#", "a b"),
    ],
    "between": [" ", "", "  ", "x"],
    "agent": [
        *(
            "-",
            "",
            "Mozilla/5.0 (X11)",
            r"Agent \"quoted\" 1",
            'raw "quotes" in',
            "é",
            "\\",
            "a\x1bb",
        ),
        "x" * 2000,
    ],
    "end": ["", ' "-"', ' "203.0.113.9" 7', "x", " ", '"', " 0.004"],
}
COMBINED_LINES = st.fixed_dictionaries(
    {name: st.sampled_from(choices) | st.just(choices[0]) for name, choices in PIECES.items()}
).map(
    lambda p: (
        f'{p["ip"]} {p["user"]} [{p["time"]}] "{p["request"]}"{p["numbers"]}"{p["referrer"]}"'
        f'{p["between"]}"{p["agent"]}"{p["end"]}'
    )
)
COMMON_LINES = st.fixed_dictionaries(
    {name: st.sampled_from(PIECES[name]) for name in ("ip", "user", "time", "request", "numbers")}
).map(lambda p: f'{p["ip"]} {p["user"]} [{p["time"]}] "{p["request"]}"{p["numbers"].rstrip(" ")}')
HOSTS = st.sampled_from(["www.example.org:443", "EXAMPLE.org", "-", "a_b:80", "[2001:db8::1]:80"])
NOISE = st.text(max_size=60).map(lambda text: text.replace("\n", ""))


CASES = {
    "combined": COMBINED_LINES,
    "common": COMMON_LINES,
    "vhost_combined": st.builds("{} {}".format, HOSTS, COMBINED_LINES),
}


@pytest.mark.parametrize("name", CASES)
def test_where_the_fast_path_is_certain_it_says_what_read_says(name: str) -> None:
    """A row with a time has what `read` says of the line; without one, `read` decides."""
    log_format = find_format(name)
    rows = rows_of(with_keys(pieces_of("chosen", SHAPES[log_format])))
    columns = "ts, network, agent_text, referrer_text, host, page, method, status, asset, click_id"
    certain = 0
    with open_database(threads=1) as connection:

        @settings(max_examples=60)
        @given(st.lists(CASES[name] | NOISE, min_size=30, max_size=60))
        def check(chosen: list[str]) -> None:
            nonlocal certain
            texts = [line.encode("utf-8", "replace").decode() for line in chosen]
            connection.execute(
                "CREATE OR REPLACE TABLE chosen AS SELECT unnest(range(len($1))) AS n, "
                "unnest($1::VARCHAR[]) AS line",
                [texts],
            )
            found = connection.execute(f"SELECT n, {columns} FROM ({rows}) ORDER BY n").fetchall()
            for text, (n, *row) in zip(texts, found, strict=True):
                if row[0] is None:
                    continue
                certain += 1
                reading = log_format.reader()(text)
                assert isinstance(reading, LogLine), (n, text, reading)
                assert HitRow(*row) == hit_row(reading), text

        check()
    assert certain > 100


@pytest.mark.parametrize("name", CASES)
def test_what_a_line_taught_the_fast_path_holds_for_the_next_one(name: str) -> None:
    """All pieces in turn, twice: the same hits and rejected lines whoever reads them."""
    log_format = find_format(name)
    lines = [
        '{ip} {user} [{time}] "{request}"{numbers}"{referrer}"{between}"{agent}"{end}'.format(
            **({key: choices[0] for key, choices in PIECES.items()} | changed)
        )
        for changed in (
            {one: first, other: second}
            for one, other in pairwise([*PIECES, "ip"])
            for first in PIECES[one]
            for second in PIECES[other][:4]
        )
    ]
    if name == "common":
        lines = [line.rpartition(' "-"')[0].rpartition(' "')[0] for line in lines]
    if name == "vhost_combined":
        lines = [f"www.example.org:443 {line}" for line in lines]
    data = "\n".join([*lines, *lines]).encode("utf-8", "replace")
    fast, slow = (read(data, log_format=log_format, fast=fast) for fast in (True, False))

    assert fast[0] == slow[0]
    assert fast[1] == slow[1]
    assert fast[0].lines_used > len(lines) / 4
