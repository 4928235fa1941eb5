"""The tables of a report, and the dates it covers."""

from datetime import date

from utmforge.analytics.exports.report import read_report

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
