"""Reports as analytics tools export them and spreadsheets save them."""

from contextlib import suppress
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.conftest import ROOT
from utmforge.analytics.exports.columns import role_of
from utmforge.analytics.exports.numbers import count_in
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


def test_totals_and_changes_count_nothing() -> None:
    """Rows of totals in any place, and changes in percent."""
    text = (
        "Session source,Date range,Sessions\n"
        ",,500\n"
        "Grand total,,500\n"
        "a,Sep 1 - Sep 30,30\n"
        "a,% change,3\n"
        "b,Sep 1 - Sep 30,20\n"
        "Total,,50\n"
        "c,Sep 1 - Sep 30,1,Grand total\n"
    )
    assert rows_of(text) == [({"source": "a"}, 30), ({"source": "b"}, 20)]


def test_one_audience_of_a_comparison_counts() -> None:
    """The first, which is everybody."""
    text = "Comparison,Session source,Sessions\nAll Users,a,30\nMobile,a,10\nAll Users,b,5\n"

    assert rows_of(text) == [({"source": "a"}, 30), ({"source": "b"}, 5)]


def test_several_tables_count_once() -> None:
    """Of tables about one field the one with most; a blank line alone parts nothing."""
    text = (
        "# Start date: 20260901\n# End date: 20260907\n"
        "Session source,Sessions\na,30\n\nb,20\n\n"
        "# Start date: 20260901\n# End date: 20260930\n"
        "Session source,Session campaign,Sessions\na,x,10\n\n"
        "Session medium,Sessions\nemail,7\n"
    )
    report = read_report(text.encode(), "r.csv")

    assert [(row.tags, row.visits) for row in report.rows] == [
        ({"source": "a"}, 30),
        ({"source": "b"}, 20),
        ({"campaign": "x"}, 10),
        ({"medium": "email"}, 7),
    ]
    assert tuple(report.period) == SEPTEMBER


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("Links of autumn;;\nQuelle;Sitzungen\na;2\n", [({"source": "a"}, 2)]),
        ("Autumn\nb|Source|Sessions\n1|a|2\n", [({"source": "a"}, 2)]),
        ("utm_source\na\na\n", [({"source": "a"}, 1), ({"source": "a"}, 1)]),
        ("utm_source,a,b\na,1,2\n", [({"source": "a"}, 1)]),
        ("utm_source,source,visits\na,b,2\n", [({"source": "a"}, 2)]),
        ("First user source,Session source,Sessions\na,b,2\n", [({"source": "b"}, 2)]),
        ("Session source,Session manual source,Sessions\na,b,2\n", [({"source": "b"}, 2)]),
        ("Session source platform,Session source,Sessions\na,b,2\n", [({"source": "b"}, 2)]),
        ("Campaign ID,Session campaign,Sessions\na,b,2\n", [({"campaign": "b"}, 2)]),
        ("Session manual ad content,Views\na,2\n", [({"content": "a"}, 2)]),
        ("Source/Medium,Sessions\na / b / c,2\n", [({"source": "a / b", "medium": "c"}, 2)]),
        ("Source/Medium,Sessions\na,2\n", [({"source": "a"}, 2)]),
        ("#x,Sessions\nSession source,Sessions\n#a,2\n", [({"source": "#a"}, 2)]),
        (
            "label,nb_visits\na - b - c,2\nd - e - f - g,3\n",
            [
                ({"source": "a", "medium": "b", "campaign": "c"}, 2),
                ({"source": "d", "medium": "e", "campaign": "f - g"}, 3),
            ],
        ),
        (
            "Landing page + query string,Sessions\n/x?utm_source=a&utm_medium=b,2\n/y,9\n",
            [({"source": "a", "medium": "b"}, 2)],
        ),
    ],
)
def test_columns(text: str, rows: list[tuple[dict[str, str], int]]) -> None:
    """Which is what, and which comes first."""
    assert rows_of(text) == rows


def test_columns_that_are_named() -> None:
    """By --map: a field, the count, the address; before what headers say."""
    text = "name,u,Sessions,mine\na,https://x.example/?utm_source=b,2,7\n"

    assert rows_of(text, medium="name", count="mine") == [({"medium": "a"}, 7)]
    assert rows_of(text, url="U") == [({"source": "b"}, 2)]
    assert rows_of("label,nb_visits\na,2\n", source="Label") == [({"source": "a"}, 2)]
    assert rows_of("Source / Medium,Sessions\na / b,2\n", source="source_medium") == [
        ({"source": "a", "medium": "b"}, 2)  # its header says that it is a pair
    ]
    assert rows_of("Kanal,Sessions\na / b,2\n", source="Kanal") == [({"source": "a / b"}, 2)]


def test_rows_without_a_count_are_left_out_and_named() -> None:
    """By their lines."""
    report = read_report(b"utm_source,visits\na,1\nb,many\nc,-3\nd,2\n", "r.csv")

    assert [row.visits for row in report.rows] == [1, 2]
    assert report.skipped == (3, 4)


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
    ("text", "count"),
    [
        *(("0", 0), ("312", 312), ("312.0", 312), ("1,234", 1234), ("1.234", 1234), ("—", 0)),
        *(("1.234.567", 1234567), ("1,234,567.5", 1234567), ("1.234,5", 1234), ("12,5", 12)),
        *(("1'234", 1234), ("1\u00a0234", 1234), ("1\u2009234", 1234), ("n/a", None), ("-1", None)),
        *(("1,2,3", None), ("12%", None), ("1e9", None), ("٣", 3), ("9" * 16, None)),
    ],
)
def test_counts(text: str, count: int | None) -> None:
    """As English, French, German and Swiss spreadsheets write them."""
    assert count_in(text) == count


@given(st.integers(0, 10**12), st.sampled_from([",", ".", " ", "\u202f", "\u00a0", "'", ""]))
def test_grouped_counts_are_what_they_were(count: int, separator: str) -> None:
    """Whatever groups them."""
    assert count_in(f"{count:,}".replace(",", separator)) == count


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
