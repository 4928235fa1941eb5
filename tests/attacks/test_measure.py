"""Logs, conversions and options made to show a person, to take time, or to break the command."""

from __future__ import annotations

import gzip
import json
import zlib
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING

import pytest

from tests.measure.log_lines import visitors

if TYPE_CHECKING:
    from tests.conftest import Run

PAGE = "/?utm_source=sms&utm_medium=sms&utm_campaign=spring"
PERSONS = (
    *("jane", "example.com", "SECRET", "CLICK", "203", "2001", "5:6:443", "db8", "3405803783"),
    *("c0a8", "33612345678"),
)
"""Each stands in a line below, and none of them may be shown."""
COMBINED = (
    '203.0.113.7 - jane.doe [not a time] "GET /a HTTP/1.1" 200 5 "-" "-"',
    '203.0.113.7 - - [no time] "GET /reset/tok_SECRET HTTP/1.1" 200 5 "-" "-"',
    '2001:db8:1:2:3:4:5:6:443 - - [no time] "GET /a HTTP/1.1" 200 5 "-" "-"',
    '203.0.113.7 - - [no time] "GET /a HTTP/1.1" 200 5 "https://mail/u/jane%40example.com/" "-"',
    '203.0.113.7 - - [no time] "GET /a;jsessionid=SECRET HTTP/1.1" 200 5 "-" "-"',
)
OTHERS = (
    "Cookie: session=SECRET; 203.0.113.7:8080 3405803783 0xc0a80001",
    'x "GET /?a=b\\" email=jane&gclid=CLICK HTTP/1.1"',
    "jane%2540example.com 2001:db8:1:2:3:4:203.0.113.9 [203.0.113.7",
    "+33612345678 jane\\x40example.com \uff4a\uff41\uff4e\uff45",
    f"{'x ' * 398}203.0.113.7",
)
JSON_LINE = (
    '{"remote_ip": "203.0.113.7", "time": "%s", "method": "GET", "uri": "/", "status": 200%s}'
)
JSON_LINES = (
    JSON_LINE % ("bad", ', "user_id": "jane", "headers": {"Cookie": ["s=SECRET"]}'),
    JSON_LINE % ("bad", ', "x": "\\u003fgclid=CLICK", "y": "jane\\u0040example.com"'),
)


@pytest.fixture
def issued(run: Run) -> Run:
    """A command with one link issued: campaign spring, by sms."""
    assert run("new", "https://shop.example/", "-c", "spring", "-C", "sms").exit_code == 0
    return run


@pytest.mark.parametrize("fmt", ["table", "json", "csv"])
def test_samples_of_unread_lines_show_nobody(issued: Run, fmt: str) -> None:
    """No name, cookie, mail address, click id or address, in whatever notation and format."""
    Path("a.log").write_text("".join(visitors(PAGE, 99)) + "\n".join((*COMBINED, *OTHERS)) + "\n")
    good = (JSON_LINE % ("2026-09-14T08:00:00Z", "") + "\n") * 40
    Path("b.log").write_text(good + "\n".join(JSON_LINES) + "\n")
    result = issued("measure", "a.log", "b.log", "--format", fmt)

    assert result.exit_code == 0
    if fmt == "json":
        rejected = json.loads(result.stdout)["data"]["lines"]["rejected"]
        shown = json.dumps([one["samples"] for one in rejected], ensure_ascii=False)
        assert sum(one["count"] for one in rejected) == 12
    else:
        shown = "\n".join(line for line in result.stderr.splitlines() if "not used" in line)
        assert bool(shown) == (fmt == "table")
    assert [person for person in (*PERSONS, "\uff4a") if person in shown] == []


@pytest.mark.parametrize(
    ("table", "said"),
    [
        ("code\njane.doe@example.com\n", 'no campaign has the coupon "(e-mail address)"'),
        ("id\njane.doe@example.com\n", '"(e-mail address)" is not the id of a link'),
        ("campaign\njane@example.com\n", 'no link of campaign "(e-mail address)" was issued'),
        (
            f"campaign\n{'jane.' * 9}doe@example.com\n",
            'no link of campaign "(e-mail address)" was issued',
        ),
        ("campaign,value\nspring,jane@example.com\n", '"(e-mail address)" is not an amount of'),
        ("campaign,value,currency\nspring,5,jane@a.example\n", 'called "(e-mail address)"'),
        ("campaign,time\nspring,jane@example.com\n", '"(e-mail address)" is not a time'),
        ("campaign,count\nspring,jane@example.com\n", '"(e-mail address)" is not a number'),
    ],
)
def test_conversions_that_are_left_out_name_no_person(issued: Run, table: str, said: str) -> None:
    """A shop's export has customers in any column: what a cell holds is named by its kind."""
    Path("a.log").write_text("".join(visitors(PAGE, 12)))
    Path("orders.csv").write_text(table)
    result = issued("measure", "a.log", "-q", "--conversions", "orders.csv")

    assert result.exit_code == 0
    assert said in result.stderr
    assert "jane" not in result.stdout + result.stderr


@pytest.mark.parametrize(
    "log_format",
    [
        '$a-$b-$c-$d-$e-$f-$g-$remote_addr [$time_local] "$request"',
        '%u-%u-%u-%u-%u-%u-%u-%h %t "%r"',
    ],
)
def test_no_log_format_is_slow(issued: Run, log_format: str) -> None:
    """Fields whose ends may stand in them are matched in linear time."""
    Path("a.log").write_text(("-" * 400 + "\n") * 5)
    begun = perf_counter()
    result = issued("measure", "a.log", "--log-format", log_format)

    assert result.exit_code == 0
    assert perf_counter() - begun < 5


def test_options_beyond_all_measure(issued: Run) -> None:
    """They are refused in a sentence, or taken for what is possible."""
    Path("a.log").write_text("".join(visitors(PAGE, 12)))
    early = issued("measure", "a.log", "--since", "0001-01-01", "--timezone", "Asia/Tokyo")
    tiny = issued("measure", "a.log", "--memory-limit", "1B")
    long = issued("measure", "a.log", "--log-format", "$remote_user " * 9999 + '%h %t "%r"')
    begun = perf_counter()
    many = issued("measure", "a.log", "--threads", "1000000", "--quiet")

    assert (early.exit_code, early.stderr) == (2, "error: the period is beyond the calendar\n")
    assert (tiny.exit_code, tiny.stderr) == (
        40,
        'error: "1B" of memory is too little for this log\n'
        "hint: allow more with --memory-limit, such as 400MB or 2GB\n",
    )
    assert long.exit_code == 43
    assert long.stderr.endswith('…" is too long\n')
    assert (many.exit_code, many.stderr) == (0, "")
    assert perf_counter() - begun < 5
    assert [path.name for path in Path().iterdir()] == ["a.log"]


@pytest.mark.parametrize("filler", [b"\n", b"\r\n", b"x\n", b" \t\n"], ids=repr)
def test_very_many_lines_of_nothing_are_counted_and_take_no_time(
    issued: Run, filler: bytes
) -> None:
    """A packed file of a few kilobytes holds them: a line without a time is never looked at."""
    good = "".join(visitors(PAGE, 250)).encode()
    Path("a.log.gz").write_bytes(gzip.compress(good + filler * 3_000_000 + good))
    begun = perf_counter()
    result = issued("measure", "a.log.gz", "--format", "json")

    assert result.exit_code == 0
    assert perf_counter() - begun < 8
    lines = json.loads(result.stdout)["data"]["lines"]
    assert (lines["read"], lines["used"]) == (3_000_500, 500)
    assert [one["count"] for one in lines["rejected"]] == [3_000_000]


def test_what_has_no_lines_is_not_read_for_ever(issued: Run) -> None:
    """A line of more than 256 MB, also of a packed file, is not a log's; 2 MB are left out."""
    packer = zlib.compressobj(1, wbits=31)
    Path("bomb.gz").write_bytes(
        b"".join(packer.compress(bytes(1 << 20)) for _ in range(300)) + packer.flush()
    )
    result = issued("measure", "bomb.gz")
    Path("a.log").write_bytes("".join(visitors(PAGE, 12)).encode() + bytes(2 << 20))

    assert result.exit_code == 2
    assert result.stderr == 'error: "bomb.gz" is not a log: a line has more than 256 MB\n'
    assert issued("measure", "a.log", "-q").exit_code == 0


@pytest.mark.parametrize(
    "contents",
    [
        b"PAR1",
        b"PAR1" + bytes(range(256)) + b"PAR1",
        b"PAR1" + bytes(8) + b"\xff\xff\xff\xff" + b"PAR1",
        b"PAR1" + b"\x15\x02\x19\xfc" * 64 + b"\x00\x01\x00\x00" + b"PAR1",
    ],
)
def test_a_damaged_parquet_file_is_refused(issued: Run, contents: bytes) -> None:
    """Whatever is wrong with it."""
    Path("events.parquet").write_bytes(contents)
    result = issued("measure", "events.parquet")

    assert result.exit_code == 40
    assert result.stderr == (
        'error: "events.parquet" is not a whole export of GA4\'s events\n'
        "hint: export the table again, as JSON lines or Parquet\n"
    )


@pytest.mark.parametrize("layout", ["$$$$", "$", "$-$", "%%", "%", '"$"', "$1%2", "$" * 5000])
def test_a_log_format_without_fields_is_refused(run: Run, layout: str) -> None:
    """With what is missing, and nothing else."""
    Path("a.log").write_text('192.0.2.1 - - [no time] "GET /a HTTP/1.1" 200 5\n')
    result = run("measure", "a.log", "--log-format", layout)

    assert result.exit_code in {2, 42, 43}
    assert result.stdout == ""
    assert result.stderr.startswith("error: ")
