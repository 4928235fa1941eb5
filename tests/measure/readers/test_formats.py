"""One sample of every format, with what it says; custom formats; detection; odd lines."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from utmforge.errors import LogFormatUnknown, LogFormatUnusable
from utmforge.measure.readers.base import LogLine, Rejected
from utmforge.measure.readers.catalogue import FORMATS, find_format
from utmforge.measure.readers.detect import detect
from utmforge.measure.readers.requests import split_request
from utmforge.measure.readers.times import any_time, clf_time, iso_time

SAMPLES = Path(__file__).parents[2] / "data" / "logs"
VISIT = LogLine(
    ts=1789365791,
    ip="192.0.2.7",
    host="www.example.org",
    method="GET",
    target="/guide/stove?utm_source=whatsapp&utm_medium=message&utm_campaign=autumn&utm_id=c1",
    status=200,
    referrer="https://www.example.net/links",
    user_agent="Mozilla/5.0 (X11; Linux x86_64; rv:143.0) Gecko/20100101 Firefox/143.0",
)
NAMES = [log_format.name for log_format in FORMATS]
WITHOUT_HOST = ("traefik", "combined", "fastly", "common", "iis")


def lines_of(name: str) -> list[str]:
    """Return the lines of a sample."""
    return (SAMPLES / f"{name}.log").read_text().splitlines()


@pytest.mark.parametrize("name", NAMES)
def test_every_format_reads_its_sample(name: str) -> None:
    """The visit of the story, with the fields that the format carries."""
    log_format = find_format(name)
    read = log_format.reader()
    lines = [line for line in map(read, lines_of(name)) if isinstance(line, LogLine)]

    assert lines[0] == LogLine(
        ts=VISIT.ts,
        ip=VISIT.ip,
        host=None if name in WITHOUT_HOST else VISIT.host,
        method=VISIT.method,
        target=VISIT.target,
        status=VISIT.status,
        referrer=VISIT.referrer if log_format.has_referrer else None,
        user_agent=VISIT.user_agent if log_format.has_user_agent else None,
    )


@pytest.mark.parametrize("name", NAMES)
def test_every_sample_is_detected(name: str) -> None:
    """The format that says most is found, and reads every line."""
    found = detect(lines_of(name))

    assert [(each.format.name, each.share) for each in found.formats] == [(name, 1.0)]


def test_samples_and_formats_are_the_same_list() -> None:
    """A format without a sample is not tested."""
    assert sorted(path.stem for path in SAMPLES.glob("*.log")) == sorted(NAMES)


CUSTOM = '192.0.2.7 [2026-09-14T08:03:11+02:00] www.example.org "GET /p HTTP/1.1" 200 "-" "UA 1"'


@pytest.mark.parametrize(
    ("layout", "line", "ip", "target"),
    [
        (
            '$remote_addr [$time_iso8601] $host "$request" $status "$http_referer" '
            '"$http_user_agent"',
            CUSTOM,
            "192.0.2.7",
            "/p",
        ),
        (
            r"%h %l %u %t \"%r\" %>s %b \"%{Referer}i\" \"%{User-agent}i\"",
            '192.0.2.7 - - [14/Sep/2026:08:03:11 +0200] "GET /p HTTP/1.1" 200 5 "-" "UA 1"',
            "192.0.2.7",
            "/p",
        ),
        (
            "$msec|$remote_addr|$request_method|$uri$is_args$args|$status",
            "1789365791.441|2001:db8::7|GET|/p?a=1|200",
            "2001:db8::7",
            "/p?a=1",
        ),
        (
            "%{c}a %t %m %U%q %>s",
            "192.0.2.7 [14/Sep/2026:08:03:11 +0200] GET /p?a=1 200",
            "192.0.2.7",
            "/p?a=1",
        ),
        (
            "${remote_addr} ${msec} ${request_method} ${uri} ${args}",
            "192.0.2.7 1789365791.000 GET /p a=1",
            "192.0.2.7",
            "/p?a=1",
        ),
        (
            "$time_local|$remote_addr|$request|$status|$http_user_agent",
            "14/Sep/2026:08:03:11 +0200|192.0.2.7|GET /p HTTP/1.1|200|UA 1",
            "192.0.2.7",
            "/p",
        ),
        (
            "$remote_addr\t$time_local\t$request\t$http_user_agent\t$status",
            "192.0.2.7\t14/Sep/2026:08:03:11 +0200\tGET /p HTTP/1.1\tUA 1\t200",
            "192.0.2.7",
            "/p",
        ),
        (
            '$remote_addr $time_local "$request"',
            '192.0.2.7 14/Sep/2026:08:03:11 +0200 "GET /p HTTP/1.1"',
            "192.0.2.7",
            "/p",
        ),
    ],
)
def test_a_format_string_reads_its_lines(layout: str, line: str, ip: str, target: str) -> None:
    """Strings as nginx and Apache are configured, also with the quotes escaped."""
    reading = find_format(layout).reader()(line)

    assert isinstance(reading, LogLine), reading
    assert (reading.ts, reading.ip, reading.target) == (VISIT.ts, ip, target)


@pytest.mark.parametrize(
    ("layout", "message"),
    [
        ("$request", 'the log format "$request" has no client address and no time'),
        ("%h %t", 'the log format "%h %t" has no request'),
        (
            "$remote_addr$status [$time_local] $request",
            'nothing separates "$status" from the field before it',
        ),
    ],
)
def test_a_format_string_without_what_is_needed_is_refused(layout: str, message: str) -> None:
    """Address, time and request are needed, and fields must be told apart."""
    with pytest.raises(LogFormatUnusable) as refusal:
        find_format(layout)
    assert str(refusal.value) == message


def test_an_unknown_name_gets_the_list_and_the_nearest() -> None:
    """`--log-format cady`."""
    with pytest.raises(LogFormatUnknown) as refusal:
        find_format("cady")

    assert str(refusal.value) == '"cady" is not a log format'
    assert refusal.value.hint == (
        f'did you mean "caddy"? the formats are {", ".join(NAMES)}, or a format string of nginx '
        "or Apache"
    )


@pytest.mark.parametrize(
    ("name", "line", "reason"),
    [
        (
            "combined",
            '192.0.2.7 - - [14/Sep/2026:08:03:11 +0200] "-" 408 0 "-" "-"',
            "no HTTP request",
        ),
        (
            "combined",
            '192.0.2.7 - - [14/Sep:08:03:11 +0200] "GET / HTTP/1.1" 200 0 "-" "-"',
            "no valid time",
        ),
        (
            "combined",
            '192.0.2.7 - - [14/Sep/2026:08:03:11 +0200] "GET / HTTP/1.1" 200 0 "-" "cut',
            "not in the log format",
        ),
        (
            "caddy",
            '{"ts": 1, "request": {"uri": "/", "client_ip": "192.0.2.7", "method": "GET"}}',
            "no valid time",
        ),
        ("caddy", '{"ts": 1789365791, "request": {"uri": "/"', "not in the log format"),
        ("caddy", "[" * 100_000, "not in the log format"),
        ("vercel", "]", "header line"),
        ("iis", "2026-09-14 06:03:11", "not in the log format"),
    ],
)
def test_why_a_line_is_not_used(name: str, line: str, reason: str) -> None:
    """Each rejected line has a reason."""
    reading = find_format(name).reader()(line)

    assert isinstance(reading, Rejected)
    assert reading.reason == reason


def test_json_with_the_escapes_of_nginx_is_read() -> None:
    """Without escape=json nginx writes bytes as in a combined log."""
    line = (
        r'{"time": "2026-09-14T06:03:11Z", "ip": "192.0.2.7", "request": "GET / HTTP/1.1", '
        r'"agent": "\x22odd\x22 \xC3\xA9"}'
    )
    reading = find_format("nginx_json").reader()(line)

    assert isinstance(reading, LogLine)
    assert reading.user_agent == '"odd" é'


@pytest.mark.parametrize("key", ['["a"]', '{"a": 1}', "null", "7", "true", "1e400"])
def test_any_value_under_any_key_is_read_without_an_error(key: str) -> None:
    """What should be text or a number is something else."""
    for name in ("vercel", "caddy", "nginx_json"):
        for line in lines_of(name):
            for start in [
                at for at, letter in enumerate(line) if letter == ":" and line[at - 1] == '"'
            ]:
                changed = f"{line[:start]}: {key}, {line[start + 1 :].partition(', ')[2]}"
                assert isinstance(find_format(name).reader()(changed), LogLine | Rejected)


def test_one_request_with_several_records_counts_once() -> None:
    """Vercel tells of a request at each station."""
    read = find_format("vercel").reader()

    assert [type(read(line)) for line in lines_of("vercel")] == [LogLine, Rejected]


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("14/Sep/2026:06:03:11 +0000", 1789365791),
        ("14/Sep/2026:08:03:11 +0200", 1789365791),
        ("31/Dec/2026:23:59:60 +0000", 1798761599),
        ("14/SEP/2026:8:3:11  +02:00", 1789365791),
        ("14/sep/2026:06:03:11 +00", 1789365791),
        ("14/Sep/2026:06:03:11 +0:00", None),
        ("30/Feb/2026:08:03:11 +0000", None),
        ("14/Sep/1970:08:03:11 +0000", None),
        ("2026-09-14T06:03:11.441Z", 1789365791),
        ("2026-09-14 06:03:11", 1789365791),
        ("2026-09-14T08:03:11+02:00", 1789365791),
        ("1789365791", 1789365791),
        (1789365791.441, 1789365791),
        (1789365791441, 1789365791),
        (1789365791441000, 1789365791),
        (1789365791441000000, 1789365791),
        (float("nan"), None),
        (float("inf"), None),
        (10**400, None),
        (True, None),
        (None, None),
        ("٣" * 10, None),
    ],
)
def test_times(text: object, seconds: int | None) -> None:
    """The notations of all formats; a leap second counts as the one before it."""
    assert any_time(text) == seconds


@given(st.text(max_size=40))
def test_any_text_is_read_without_an_error(text: str) -> None:
    """As a time, as a request line, and as a line of every format."""
    clf_time(text), iso_time(text), any_time(text), split_request(text)
    for log_format in FORMATS:
        assert isinstance(log_format.reader()(text), LogLine | Rejected)
