"""Reports as analytics tools export them and spreadsheets save them."""

from contextlib import suppress
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.conftest import ROOT
from utmforge.analytics.exports.columns import role_of
from utmforge.analytics.exports.report import read_report
from utmforge.errors import MissingInput, ReportUnreadable

DATA = ROOT / "tests/data/reports"
SEPTEMBER = (date(2026, 9, 1), date(2026, 9, 30))

WHATSAPP = {"source": "whatsapp", "medium": "message"}
NEWSLETTER = {"source": "newsletter", "medium": "email"}
SPRING = {"campaign": "rentree_2026"}


@pytest.mark.parametrize(
    ("name", "unit", "period", "rows"),
    [
        (
            "ga4_traffic_acquisition_en.csv",
            "sessions",
            SEPTEMBER,
            [
                (11, WHATSAPP | SPRING, 312),
                (12, {"source": "(direct)", "medium": "(none)", "campaign": "(not set)"}, 2210),
                (13, NEWSLETTER | SPRING, 880),
            ],
        ),
        (
            "ga4_traffic_acquisition_fr.csv",
            "sessions",
            SEPTEMBER,
            [(11, WHATSAPP, 312), (12, NEWSLETTER, 880)],
        ),
        ("matomo_campaigns.csv", "visits", (None, None), [(2, SPRING, 312)]),
        (
            "plausible_imported_sources_20260901_20260930.csv",
            "visits",
            (None, None),
            [(2, WHATSAPP | SPRING, 19)],
        ),
    ],
)
def test_samples_of_each_tool(
    name: str,
    unit: str,
    period: tuple[date | None, date | None],
    rows: list[tuple[int, dict[str, str], int]],
) -> None:
    """Lines, tags, counts, days."""
    report = read_report((DATA / name).read_bytes(), name)

    assert [tuple(row) for row in report.rows] == rows
    assert (report.unit, tuple(report.period), report.skipped) == (unit, period, ())
    assert report.is_lower is name.startswith("matomo")


TAGGED = {"source": "été", "medium": "email"}


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("Session source / medium,Sessions\nété / email,1234\n", "utf-8"),
        ("\ufeffSession source/medium,Sessions\nété / email,1234\n", "utf-8"),
        ("\ufeffSession source/medium,Sessions\nété / email,1234\n", "utf-16-le"),
        ("\ufeffSession source/medium,Sessions\nété / email,1234\n", "utf-16-be"),
        ("Session source/medium,Sessions\nété / email,1234\n", "utf-16-le"),
        ("Session source/medium,Sessions\nété / email,1234\n", "utf-16-be"),
        ("Source/support de la session;Sessions\nété / email;1234\n", "cp1252"),
        ("sep=;\nSource/support de la session;Sessions\nété / email;1\u202f234\n", "utf-8"),
        ("Source/support de la session\tSessions\nété / email\t1 234\n", "utf-8"),
        ('Session source/medium,Sessions\nété / email,"1,234"\n', "utf-8"),
        ("Sitzung – Quelle / Medium;Sitzungen\nété / email;1.234\n", "utf-8"),
        ("Fuente/medio de la sesión;Sesiones\nété / email;1.234,0\n", "utf-8"),
        ("utm_source,utm_medium,hits\r\nété,email,1234\r\n", "utf-8"),
        ("Campaign Source,Campaign Medium,Clicks\nété,email,1234\n", "utf-8"),
        ("Session source,Session medium,Unique clicks\nété,email,1234\n", "utf-8"),
        ("Source/support de la session;Sessions;;\nété / email;1234;;\n;;;\n", "utf-8"),
        ("# A;;\n# B: 20260901;;\nSession source / medium;Sessions;\nété / email;1234;\n", "utf-8"),
    ],
)
def test_one_report_in_many_forms(text: str, encoding: str) -> None:
    """Encodings, separators, languages, thousands, padding."""
    report = read_report(text.encode(encoding), "r.csv")

    assert [(row.tags, row.visits) for row in report.rows] == [(TAGGED, 1234)]


def rows_of(text: str, **mapping: str) -> list[tuple[dict[str, str], int]]:
    """Return what a report holds."""
    return [(dict(row.tags), row.visits) for row in read_report(text.encode(), "r", mapping).rows]


@pytest.mark.parametrize(
    ("raw", "message"),
    [
        (b"", '"r.csv" is empty'),
        (b"# only this\n", '"r.csv" is empty'),
        (b"No data available", '"r.csv" has no column of sources, mediums, campaigns or tagged'),
        (b"page,Sessions\n/x,3\n", '"r.csv" has no column of sources, mediums, campaigns or'),
        (b"PK\x03\x04rest", '"r.csv" is an archive or an Excel workbook'),
    ],
)
def test_what_is_no_report(raw: bytes, message: str) -> None:
    """A sentence, and the next step."""
    with pytest.raises(ReportUnreadable) as caught:
        read_report(raw, "r.csv")

    assert caught.value.message.startswith(message)
    assert caught.value.hint


def test_a_named_column_that_is_not_there() -> None:
    """With the nearest one."""
    with pytest.raises(MissingInput) as caught:
        read_report(b"name,visits\na,1\n", "r.csv", {"source": "nmae"})

    assert caught.value.message == '"r.csv" has no column "nmae"'
    assert caught.value.hint == 'did you mean "name"?'


@pytest.mark.parametrize(
    ("header", "fields"),
    [
        ("Session source / medium", ("source", "medium")),
        ("Session source/medium", ("source", "medium")),
        ("Source/support de la session", ("source", "medium")),
        ("Campagne de la session", ("campaign",)),
        ("Sitzung – Kampagne", ("campaign",)),
        ("Session primary channel group (Default Channel Group)", ()),
        ("Groupe de canaux par défaut de la session", ()),
        ("Sessions avec engagement", ()),
        ("First user campaign", ("campaign",)),
        ("Session Google Ads campaign", ()),
        ("Landing page", ()),
        ("", ()),
    ],
)
def test_headers(header: str, fields: tuple[str, ...]) -> None:
    """What they hold."""
    assert role_of(header) == fields


@given(st.binary(max_size=300))
def test_anything_is_read_or_refused(raw: bytes) -> None:
    """No other exception."""
    with suppress(ReportUnreadable):
        read_report(raw, "r.csv")
