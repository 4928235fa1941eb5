"""A source's kind follows from its contents."""

import gzip
import json

import pytest

from tests.conftest import ROOT
from utmforge.measure.sources.detect import LOOKED_AT, kind_of_source

EVENT = {
    "event_date": "20260301",
    "event_timestamp": "1772000000000000",
    "event_name": "page_view",
    "event_params": [],
}
LINE = '10.1.7.9 - - [23/Mar/2026:10:00:00 +0000] "GET /?utm_source=a HTTP/1.1" 200 512 "-" "M"\n'


@pytest.mark.parametrize("path", sorted((ROOT / "tests" / "data" / "reports").iterdir()))
def test_reports(path: str) -> None:
    """The samples of all tools; the name does not matter."""
    assert kind_of_source((ROOT / path).read_bytes()[:LOOKED_AT]) == "report"


@pytest.mark.parametrize(
    "path", sorted(path for path in (ROOT / "tests" / "data" / "logs").iterdir() if path.is_file())
)
def test_logs(path: str) -> None:
    """The samples of all formats."""
    assert kind_of_source((ROOT / path).read_bytes()[:LOOKED_AT]) == "log"


@pytest.mark.parametrize(
    ("begun", "kind"),
    [
        (b"", "log"),
        (b"\n\n", "log"),
        (LINE.encode() * 400, "log"),
        (gzip.compress(LINE.encode() * 400, mtime=0), "log"),
        (b'{"request":"/","status":200}\n' * 9, "log"),
        (b'{"event_name":"signup","user":"x"}\n', "log"),
        (b"#Fields: date time cs-uri-stem c-ip\n2026-03-01 10:00:00 / 10.1.7.9\n", "log"),
        (b"\x7fELF\0\0", "log"),
        (json.dumps(EVENT).encode() + b"\n", "events"),
        (gzip.compress(json.dumps(EVENT).encode() + b"\n", mtime=0), "events"),
        (b"[\n" + json.dumps(EVENT).encode() + b"]", "events"),
        (json.dumps(EVENT | {"x": "y" * 2 * LOOKED_AT}).encode()[:LOOKED_AT], "events"),
        (b"PAR1\x15\x04", "events"),
        (b"utm_source,utm_campaign,visits\na,b,3\n", "report"),
        (b"utm_source,utm_campaign\na,b\n", "report"),
        ("Quelle;Kampagne;Sitzungen\na;b;3\n".encode("utf-16"), "report"),
        (b"Label,Visits\nspring,12\n", "report"),
        (b"sep=;\nSession campaign;Sessions\nspring;12\n" * 4000, "report"),
    ],
)
def test_other_beginnings(begun: bytes, kind: str) -> None:
    """Empty, packed, cut, and what only looks like another kind."""
    assert kind_of_source(begun[:LOOKED_AT]) == kind
