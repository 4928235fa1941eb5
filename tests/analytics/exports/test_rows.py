"""One table's rows: which column is what, and which rows count."""

import pytest

from utmforge.analytics.exports.report import read_report


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
        (
            "Page,Sessions\n/x?utm_source=a&next=https://b.example/?utm_source=c,2\n"
            "/y?next=https://b.example/?utm_source=c,9\n",
            [({"source": "a"}, 2)],
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


def test_rows_without_a_count_are_left_out_and_named() -> None:
    """By their lines."""
    report = read_report(b"utm_source,visits\na,1\nb,many\nc,-3\nd,2\n", "r.csv")

    assert [row.visits for row in report.rows] == [1, 2]
    assert report.skipped == (3, 4)
