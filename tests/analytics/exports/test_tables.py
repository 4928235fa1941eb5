"""The tables of a report, and the dates it covers."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from utmforge.analytics.exports.report import read_report
from utmforge.analytics.exports.tables import tables_in
from utmforge.errors import ReportUnreadable

SEPTEMBER = (date(2026, 9, 1), date(2026, 9, 30))


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
    ("text", "tables"),
    [
        ("source,visits\na,1\n", [(("source", "visits"), 1, [2])]),
        ("# GA4\n# Start date: 20260901\nsource,visits\na,1\n", [(("source", "visits"), 3, [4])]),
        ("Autumn 2026\n\nsource,visits\na,1\n", [(("Autumn 2026",), 1, []),
                                                 (("source", "visits"), 3, [4])]),
        ("source,visits\na,1\n\nb,2\n", [(("source", "visits"), 1, [2, 4])]),
        ("source,visits\na,1\n\nmedium,visits\nb,2\n",
         [(("source", "visits"), 1, [2]), (("medium", "visits"), 4, [5])]),
        ("1,2\n3,4\n", [(("column 1", "column 2"), 0, [1, 2])]),
        ("https://x.example/?utm_source=a\n", [(("column 1",), 0, [1])]),
        ("Spring links\nhttps://x.example/?utm_source=a,b\n", None),
        ("Spring links\nhttps://x.example/?ids=1,2&utm_source=a\n", [(("Spring links",), 1, [2])]),
        ("", []),
        ("# only\n", []),
    ],
)  # fmt: skip
def test_where_tables_begin_and_end(
    text: str, tables: list[tuple[tuple[str, ...], int, list[int]]] | None
) -> None:
    """Their headers, and the lines of their rows; no first row of data is taken for a header."""
    if tables is None:
        with pytest.raises(ReportUnreadable, match="the line looks like CSV without a header"):
            tables_in(text, "r.csv")
        return
    found, _ = tables_in(text, "r.csv")

    assert [(one.header, one.line, [row.line for row in one.rows]) for one in found] == tables


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("# Start date: 20260901\n# End date: 20260930\n", (date(2026, 9, 1), date(2026, 9, 30))),
        ("# Startdatum: 20260901\n", (date(2026, 9, 1), date(2026, 9, 1))),
        ("# 20260901-20260930\n", (date(2026, 9, 1), date(2026, 9, 30))),
        ("# 20260230\n", (None, None)),
        ("# Property: 1234567890\n", (None, None)),
        ("", (None, None)),
    ],
)
def test_the_dates_that_a_report_covers(text: str, period: tuple[date | None, date | None]) -> None:
    """In any language; no day that the calendar does not have."""
    assert tuple(tables_in(f"{text}source,visits\na,1\n", "r.csv")[1]) == period


def test_a_quote_that_is_never_closed() -> None:
    """The rest of the file is not one cell."""
    with pytest.raises(ReportUnreadable) as caught:
        tables_in('source,visits\n"a,1\nb,2\n', "r.csv")

    assert (caught.value.where, caught.value.message) == (
        "r.csv:2",
        "not valid CSV: a quote is never closed",
    )


WORD = st.from_regex(r"[a-z]{1,8}", fullmatch=True)


@given(st.lists(st.tuples(WORD, st.integers(0, 999)), max_size=30), st.sampled_from(",;\t|"))
def test_every_row_is_in_a_table(rows: list[tuple[str, int]], separator: str) -> None:
    """In order, none lost and none twice."""
    text = f"source{separator}visits\n" + "".join(f"{w}{separator}{n}\n" for w, n in rows)
    tables, _ = tables_in(text, "r.csv")

    assert [row.cells for table in tables for row in table.rows] == [
        [word, str(number)] for word, number in rows
    ]
