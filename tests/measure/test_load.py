"""Logs → tables: every line is used or counted, and the fast path says what `read` says."""

from __future__ import annotations

import bz2
import gzip
import os
from io import BytesIO
from itertools import pairwise, product
from typing import TYPE_CHECKING

import duckdb
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from utmforge.errors import LogFormatUnknown, MeasuringError, UnreadableInput
from utmforge.measure.database import open_database
from utmforge.measure.fast_path.quoted_lines import SHAPES, pieces_of, rows_of
from utmforge.measure.hit_rows import UNTOLD_AGENT, HitRow, hit_row
from utmforge.measure.load import load
from utmforge.measure.log_files import LogFile, UnreadPart, open_log
from utmforge.measure.readers.base import LogLine
from utmforge.measure.readers.catalogue import find_format
from utmforge.measure.readers.combined import COMBINED
from utmforge.measure.readers.times import clf_time

if TYPE_CHECKING:
    from pathlib import Path

    from utmforge.measure.readers.base import LogFormat
    from utmforge.measure.reading import LogReading

LINE = (
    '203.0.113.7 - - [14/Sep/2026:08:03:11 +0200] "GET /p?utm_source=a HTTP/1.1" 200 5123 '
    '"https://www.example.org/?q=1" "Mozilla/5.0 (X11; Linux x86_64)"'
)
HITS = """
SELECT n, ts, network, method, status, asset, click_id, fetch_site, agents.agent,
  referrers.referrer, pages.host, pages.target
FROM hits LEFT JOIN agents ON hits.agent = agents.id
  LEFT JOIN referrers ON hits.referrer = referrers.id LEFT JOIN pages ON hits.page = pages.id
ORDER BY n
"""


def log(data: bytes, name: str = "access.log", size: int | None = None) -> LogFile:
    """Return bytes as a log."""
    return LogFile(name, BytesIO(data), len(data) if size is None else size)


def read(
    *data: bytes, log_format: LogFormat | None = None, fast: bool = True, threads: int = 2
) -> tuple[LogReading, list[tuple[object, ...]]]:
    """Load logs, and return what was read with the hits."""
    with open_database(threads=2) as connection:
        logs = [log(each) for each in data]
        reading = load(connection, logs, log_format=log_format, threads=threads, use_fast_path=fast)
        return reading, connection.execute(HITS).fetchall()


def reasons(reading: LogReading) -> dict[str, int]:
    """Return how many lines were rejected for each reason."""
    return {rejected.reason: rejected.count for rejected in reading.rejected}


def test_a_line_becomes_a_hit_without_its_address() -> None:
    """Network, page with its tags, referrer without its query: nothing else is kept."""
    reading, hits = read(LINE.encode())

    assert hits == [
        (
            *(0, 1789365791, "203.0", "GET", 200, False, None, None),
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
        *("0:0:0:0:0:ffff:cb00:7107", "0:1:2:3:4:5:6:7", "2001:0:0:0:0:ffff:cb00:7107"),
    ],
    "user": ["- -", "- alice", "- john smith", "-  -", "- [x", "ident -", "- a\tb", ""],
    "time": [
        *("14/Sep/2026:08:03:11 +0200", "31/Dec/2026:23:59:60 +0000", "30/Feb/2026:08:03:11 +0200"),
        *("14/sep/2026:08:03:11 +0200", "14/Sep/1970:08:03:11 +0000", "14/Sep:08:03:11 +0200"),
        *("14/Sep/2026:24:00:00 +0000", "14/Sep/2026:08:03:11 -0930", "14/Sep/2026:08:03:11"),
        *("29/Feb/2028:00:00:00 +1400", " 4/Sep/2026:08:03:11 +0200", "14/Sep/2099:23:59:59 -2359"),
        *("14/Sep/2026:08:03:11 +9999", "14/Sep/2026:08:61:11 +0000", "31/Dec/2099:23:59:59 -0100"),
        *("14/Foo/2026:08:03:11 +0200", "14/SEP/2026:8:03:11 +02:00", "14/Sep/2026:8:3:11 +2:000"),
        *("14/Sep/2026:08:03:11   +02", "14/Sep/2026: 8:03:11 +0200", "14/Sep/2026:08:3:1  +02:00"),
        *("14/Sep/02026:8:03:11 +0200", "14/Sept/2026:8:03:11 +0200", "4/Sep/2026:08:03:11 +02:00"),
    ],
    "gap": [" ", "\t", "", "  "],
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
        f'{p["ip"]} {p["user"]} [{p["time"]}]{p["gap"]}"{p["request"]}"{p["numbers"]}'
        f'"{p["referrer"]}"'
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
    rows = rows_of(pieces_of("chosen", SHAPES[log_format]))
    columns = (
        "ts, network, agent_text, CASE WHEN NOT asset THEN referrer_text END, host, page, method, "
        "status, asset, click_id, fetch_site"
    )
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
                assert HitRow(*row) == hit_row(reading, has_user_agent=log_format.has_user_agent), (
                    text
                )

        check()
    assert certain > 20


TIMES = [
    "".join(pieces)
    for pieces in product(
        *(("14", "4", " 4", "31"), ("/Sep/", "/SEP/", "/sEp/", "/Sept/", "/Foo/", "/09/")),
        *(("2026", "02026", "+2026", "226", "26"), (":08", ":8", ": 8", ":24", ":+8")),
        *((":03", ":3", ": 3", ":60"), (":11", ":1", ": 1", ":60")),
        *((" ", "", "  ", "   ", "\t", " \u00a0"),),
        *(("+0200", "+02:00", "-02", "+2", "Z", "+2:00", "+02:0", "-9999", "+020", "UTC"),),
    )
]


def test_the_fast_path_reads_no_time_that_read_does_not() -> None:
    """DuckDB takes more notations than servers write; of those it is given, none is a surprise."""
    lines = [f'192.0.2.7 - - [{time}] "GET / HTTP/1.1" 200 5 "-" "UA"' for time in TIMES]
    rows = rows_of(pieces_of("chosen", SHAPES[COMBINED]))
    with open_database(threads=1) as connection:
        connection.execute(
            "CREATE TABLE chosen AS SELECT unnest(range(len($1))) AS n, unnest($1::VARCHAR[]) "
            "AS line",
            [lines],
        )
        found = connection.execute(f"SELECT n, ts FROM ({rows}) WHERE ts > 0").fetchall()

    assert len(found) > 50
    assert [(TIMES[n], ts) for n, ts in found] == [(TIMES[n], clf_time(TIMES[n])) for n, _ in found]


@pytest.mark.parametrize("name", CASES)
def test_what_a_line_taught_the_fast_path_holds_for_the_next_one(name: str) -> None:
    """All pieces in turn, three times: the same hits and rejected lines whoever reads them.

    One thread: what the first part taught is known when the second is read.
    """
    log_format = find_format(name)
    lines = [
        '{ip} {user} [{time}]{gap}"{request}"{numbers}"{referrer}"{between}"{agent}"{end}'.format(
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
    many = lines * (2500 // len(lines) + 1)  # fewer lines are left to Python
    data = "\n".join([*many, ""]).encode("utf-8", "replace")
    alike = "\n".join([lines[0], *lines, lines[0], ""]).encode("utf-8", "replace")
    fast, slow = (
        read(data, alike, data, log_format=log_format, fast=fast, threads=1)
        for fast in (True, False)
    )

    assert fast[0] == slow[0]
    # Python reads each log as a part of its own, and so lines have other numbers, but one order.
    assert [hit[1:] for hit in fast[1]] == [hit[1:] for hit in slow[1]]
    assert fast[0].lines_used > len(many) / 4


FUZZED = st.lists(
    st.one_of(
        st.just(LINE.encode()),
        st.sampled_from(
            [b"", b"   ", b"#Fields: x", b"\xff\xfe", b"\0", b"a\rb", b"\x01", b'"', b"{}"]
        ),
        st.binary(max_size=40).map(lambda data: data.replace(b"\n", b"")),
    ),
    max_size=40,
)


@settings(max_examples=25)
@given(FUZZED, st.sampled_from([b"\n", b"\r\n"]), st.sampled_from(["combined", "iis", "caddy"]))
@example([b"GET", b"\r"], b"\n", "combined")
def test_every_line_is_used_or_counted(lines: list[bytes], end: bytes, name: str) -> None:
    """Lines read = lines used + lines rejected, whatever is in the log."""
    reading, hits = read(end.join([*lines, b""]), log_format=find_format(name))

    assert reading.lines_read == len(lines)
    assert reading.lines_used + sum(each.count for each in reading.rejected) == len(lines)
    assert len(hits) == reading.lines_used
    assert all(len(each.samples) <= 5 for each in reading.rejected)


def test_what_is_not_used_is_counted_with_samples_that_show_no_address() -> None:
    """Each reason has its count and at most five lines without addresses and queries."""
    tls = r'203.0.113.7 - - [14/Sep/2026:08:04:02 +0200] "\x16\x03" 400 157 "-" "-"'
    lines = [LINE, "", "# a note", tls, *["junk from 203.0.113.7?mail=ann@example.org"] * 7]
    reading, _ = read("\n".join(lines).encode(), log_format=find_format("combined"))

    assert reasons(reading) == {
        "not in the log format": 7,
        "empty line": 1,
        "header line": 1,
        "no HTTP request": 1,
    }
    assert reading.rejected[0].samples == ("a a 0.0.0.0?a=a@a.a",) * 5


TWICE = (LINE + "\n").encode() * 2


@pytest.mark.parametrize(
    ("data", "used"),
    [
        pytest.param(gzip.compress(TWICE), 2, id="gzip"),
        pytest.param(gzip.compress(TWICE) + gzip.compress(TWICE), 4, id="two gzip members"),
        pytest.param(gzip.compress(TWICE) + b"\0" * 512, 2, id="gzip with padding"),
        pytest.param(bz2.compress(TWICE), 2, id="bzip2"),
        pytest.param(b"\xef\xbb\xbf" + TWICE, 2, id="byte order mark"),
        pytest.param(TWICE.replace(b"\n", b"\r\n"), 2, id="CRLF"),
        pytest.param(TWICE.replace(b"Linux", b"L\xefnux"), 2, id="not UTF-8"),
        pytest.param(TWICE.replace(b"Linux", b"L\0nux"), 2, id="NUL"),
        pytest.param(TWICE.replace(b"Linux", b"L\rnux"), 2, id="carriage return in a line"),
        pytest.param(TWICE.replace(b"Linux", b"L\x01nux"), 2, id="control character"),
        pytest.param(TWICE.rstrip(b"\n"), 2, id="no end of line"),
        pytest.param(TWICE.replace(b"14/Sep/2026", b"31/Dec/2025", 1), 2, id="times go back"),
        pytest.param(LINE[:-1].encode() + b"\n" + TWICE * 20, 40, id="unterminated quote"),
        pytest.param(b"", 0, id="empty"),
        pytest.param(b"\n\n", 0, id="empty lines"),
    ],
)
def test_any_file(data: bytes, used: int) -> None:
    """Packed, marked or damaged: the lines that are there are used."""
    reading, hits = read(data)

    assert (reading.lines_used, len(hits)) == (used, used)
    assert not any(each.is_cut_short for each in reading.formats)


def test_a_packed_file_cut_short_is_used_up_to_the_cut() -> None:
    """The lines before the cut are used, and the cut is told."""
    lines = [LINE.replace("/p?", f"/p{number * 7919}?") for number in range(2000)]
    data = gzip.compress("\n".join(lines).encode())
    reading, _ = read(data[: len(data) // 2])

    assert 100 < reading.lines_used < 2000
    assert [each.is_cut_short for each in reading.formats] == [True]


def test_a_line_of_a_megabyte_is_counted_and_the_next_one_used() -> None:
    """Also at the beginning, at the end, and longer than what is read at once."""
    long = b"x." * (3 << 19)
    reading, _ = read(b"\n".join([LINE.encode(), long, LINE.encode(), long]))

    assert reasons(reading) == {"line of more than 1 MB": 2}
    assert (reading.lines_used, reading.lines_read) == (2, 4)
    assert len(reading.rejected[0].samples[0]) == 200


def test_lines_that_come_while_a_log_is_read_belong_to_the_next_run() -> None:
    """A log is read to the size that it had when it was opened."""
    growing = log(TWICE, size=len(TWICE) // 2)
    with open_database() as connection:
        assert load(connection, [growing]).lines_used == 1


@pytest.mark.parametrize(
    ("odd", "left_out"),
    [
        pytest.param(b"", {}, id="nothing odd"),
        pytest.param(TWICE.replace(b"Linux", b"L\xefnux"), {}, id="not UTF-8"),
        pytest.param(TWICE.replace(b"Linux", b"L\0nux"), {}, id="NUL"),
        pytest.param(TWICE.replace(b"Linux", b"L\rnux"), {}, id="carriage return in a line"),
        pytest.param(TWICE.replace(b"\n", b"\r\n"), {}, id="CRLF"),
        pytest.param(b"\n" * 60_000, {"empty line": 60_000}, id="very many empty lines"),
        pytest.param(b"x" * (1 << 21) + b"\n", {"line of more than 1 MB": 1}, id="a long line"),
        pytest.param(b"junk\n" * 7, {"not in the log format": 7}, id="other lines"),
    ],
)
@pytest.mark.parametrize("end", [b"\n", b""], ids=["ended", "not ended"])
def test_a_large_file_is_read_as_its_bytes_are(
    tmp_path: Path, odd: bytes, left_out: dict[str, int], end: bytes
) -> None:
    """After its first part, the threads that want its lines read it themselves."""
    line = LINE.encode() + b"\n"
    data = line * 8_000 + odd + line * 2_000 + LINE.encode() + end
    path = tmp_path / "access.log"
    path.write_bytes(data)
    with open_database(threads=2) as connection:
        reading = load(connection, [open_log(path), log(TWICE)])
        hits = connection.execute(HITS).fetchall()
    expected, same = read(data, TWICE)

    assert [hit[1:] for hit in hits] == [hit[1:] for hit in same]
    assert reading.lines_used == expected.lines_used == 10_003 + odd.count(b"GET")
    assert reasons(reading) == reasons(expected) == left_out


def test_a_large_file_that_grows_or_is_cut_while_it_is_read(tmp_path: Path) -> None:
    """It is read to the size that it had when it was opened, or to where it was cut."""
    line = LINE.encode() + b"\n"
    path = tmp_path / "access.log"
    path.write_bytes(line * 9_000)
    opened = open_log(path)
    with path.open("ab") as file:
        file.write(line * 10)
    with open_database(threads=2) as connection:
        assert load(connection, [opened]).lines_used == 9_000
    opened = open_log(path)
    parts = list(opened.unread_parts())
    os.truncate(path, len(line) * 8_000)

    assert isinstance(parts[-1], UnreadPart)
    assert parts[-1].read().data.count(b"\n") < 3_000
    parts[-1].close()


def test_standard_input_has_no_size() -> None:
    """The whole size is not known, and progress says so."""
    told: list[tuple[int, int | None]] = []
    with open_database() as connection:
        source = LogFile("-", BytesIO(TWICE), None)
        reading = load(
            connection, [source], progress=lambda done, total: told.append((done, total))
        )
    assert reading.lines_used == 2
    assert told[-1] == (len(TWICE), None)


def test_logs_of_several_formats_and_in_any_order() -> None:
    """Each file has its own format, and a file may have lines of two."""
    caddy = (
        b'{"ts": 1789365700.5, "request": {"client_ip": "203.0.113.9", "method": "GET", '
        b'"host": "www.example.org", "uri": "/c", "headers": {}}, "status": 200}\n'
    )
    reading, hits = read(TWICE * 3, caddy * 2, TWICE + caddy)

    assert reading.lines_used == len(hits) == 11
    assert [(each.format, round(each.share, 2)) for each in reading.formats] == [
        *(("combined", 1.0), ("caddy", 1.0), ("combined", 0.67), ("caddy", 0.33)),
    ]
    assert reading.first_ts == 1789365700


def test_a_format_that_begins_later_is_found_too() -> None:
    """The first 200 lines are combined, the rest is not."""
    caddy = b'{"ts": 1789365700, "request": {"remote_ip": "::1", "method": "GET", "uri": "/c"}}\n'
    reading, hits = read(TWICE * 150 + caddy * 10)

    assert (reading.lines_used, len(hits), reading.rejected) == (310, 310, ())
    assert [(each.format, each.share) for each in reading.formats] == [
        *(("combined", 1.0), ("caddy", 0.0)),
    ]


def test_a_format_without_user_agents_does_not_make_bots_of_its_lines() -> None:
    """They have an agent that stands for all; a request that sent none has none."""
    common = LINE.partition(' "https')[0]
    bare = LINE.rpartition(' "')[0] + ' "-"'
    for fast in (True, False):
        reading, hits = read(f"{LINE}\n{common}\n{bare}".encode(), fast=fast)

        assert [hit[8] for hit in hits] == ["Mozilla/5.0 (X11; Linux x86_64)", UNTOLD_AGENT, None]
        assert (reading.lines_used, reading.lines_without_agent) == (3, 1)
        assert reading.has_user_agent


def test_json_without_user_agents_does_not_make_bots_of_its_lines() -> None:
    """Only the lines tell that a JSON log has none."""
    reading, hits = read(
        b'{"ts": 1789365700, "request": {"remote_ip": "::1", "method": "GET", "uri": "/c"}}\n' * 3
    )

    assert [hit[8] for hit in hits] == [UNTOLD_AGENT] * 3
    assert (reading.has_user_agent, reading.lines_without_agent) == (False, 0)


def test_a_log_in_no_known_format_names_the_option_and_what_is_nearest() -> None:
    """Under 90 % of the first lines could be read."""
    with pytest.raises(LogFormatUnknown) as refusal:
        read(TWICE + b"junk\n" * 8)

    assert str(refusal.value) == 'the lines of "access.log" are not in a known log format'
    assert refusal.value.hint is not None
    assert "--log-format" in refusal.value.hint
    assert "combined (20% of the first lines)" in refusal.value.hint


def test_no_table_has_an_address() -> None:
    """Not in the tables, and not in the texts that they name."""
    lines = [
        LINE.replace("203.0.113.7", ip)
        for ip in ("203.0.113.7", "2001:db8:1:2::7", "::ffff:203.0.113.7", "ip-113-7.isp.example")
    ]
    with open_database() as connection:
        load(connection, [log("\n".join(lines).encode())])
        tables = [name for (name,) in connection.execute("SHOW TABLES").fetchall()]
        rows = [connection.execute(f"SELECT * FROM {table}").fetchall() for table in tables]
    networks = {row[2] for row in rows[tables.index("hits")]}

    assert networks == {"203.0", "2001:db8", "isp.example"}
    assert "113" not in str(rows).replace("113.7", "")
    assert "113.7" not in str(rows)


@pytest.mark.parametrize("name", ["missing.log", "."])
def test_what_cannot_be_opened_is_refused(name: str, tmp_path: Path) -> None:
    """A missing log and a folder."""
    with pytest.raises(UnreadableInput):
        open_log(tmp_path / name)


def test_duckdb_reaches_no_file_and_no_network() -> None:
    """Extensions are not fetched, and files are closed to every query."""
    with open_database() as connection:
        for query in ("SELECT * FROM read_csv('/etc/hostname')", "INSTALL httpfs"):
            with pytest.raises(duckdb.Error):
                connection.execute(query)
        with pytest.raises(duckdb.Error, match="locked"):
            connection.execute("SET enable_external_access = true")


def test_an_amount_of_memory_that_is_none_is_refused() -> None:
    """`--memory-limit much`."""
    with pytest.raises(MeasuringError), open_database(memory_limit="much"):
        pass


FETCH_SITES = {
    "nginx": (
        '$remote_addr [$time_local] "$request" $status "$http_sec_fetch_site"',
        '203.0.113.7 [14/Sep/2026:08:03:11 +0200] "GET /p HTTP/1.1" 200 "{}"',
    ),
    "apache": (
        '%h %t "%r" %>s "%{Sec-Fetch-Site}i"',
        '203.0.113.7 [14/Sep/2026:08:03:11 +0200] "GET /p HTTP/1.1" 200 "{}"',
    ),
    "nginx_json": (
        "nginx_json",
        '{{"msec": 1789365791, "remote_addr": "203.0.113.7", "request": "GET /p HTTP/1.1", '
        '"status": 200, "http_sec_fetch_site": "{}"}}',
    ),
    "caddy": (
        "caddy",
        '{{"ts": 1789365791.2, "status": 200, "request": {{"client_ip": "203.0.113.7", '
        '"method": "GET", "uri": "/p", "headers": {{"Sec-Fetch-Site": ["{}"]}}}}}}',
    ),
    "traefik_json": (
        "traefik_json",
        '{{"StartUTC": "2026-09-14T06:03:11Z", "ClientHost": "203.0.113.7", "RequestMethod": '
        '"GET", "RequestPath": "/p", "DownstreamStatus": 200, "request_Sec-Fetch-Site": "{}"}}',
    ),
    "cloudflare": (
        "cloudflare",
        '{{"EdgeStartTimestamp": "2026-09-14T06:03:11Z", "ClientIP": "203.0.113.7", '
        '"ClientRequestMethod": "GET", "ClientRequestURI": "/p", "EdgeResponseStatus": 200, '
        '"RequestHeaders": {{"sec-fetch-site": "{}"}}}}',
    ),
}


@pytest.mark.parametrize("name", FETCH_SITES)
def test_sec_fetch_site_is_kept_where_the_log_has_it(name: str) -> None:
    """Its four values, in any letter case; anything else is as if it was not sent."""
    log_format, line = FETCH_SITES[name]
    values = ("none", "cross-site", "Same-Origin", "same-site", "-", "", "x")
    lines = "\n".join(line.format(value) for value in values)
    reading, hits = read(lines.encode(), log_format=find_format(log_format))

    assert reading.lines_used == len(values)
    assert [hit[7] for hit in hits] == [
        *("none", "cross-site", "same-origin", "same-site"),
        *(None, None, None),
    ]
