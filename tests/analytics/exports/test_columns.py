"""What a column of a report holds goes by its header, in four languages."""

import pytest

from utmforge.analytics.exports.columns import (
    count_in_header,
    fields_in,
    is_report_header,
    role_of,
    special_columns,
)


@pytest.mark.parametrize(
    ("header", "fields"),
    [
        ("Session source / medium", ("source", "medium")),
        ("Source/support de la session", ("source", "medium")),
        ("First user source", ("source",)),
        ("Session manual medium", ("medium",)),
        ("utm_campaign", ("campaign",)),
        ("Campaign name", ("campaign",)),
        ("Campaign source", ("source",)),
        ("Campaign ID", ()),
        ("Session source platform", ()),
        ("Sessions", ()),
        ("Page path", ()),
        ("", ()),
    ],
)
def test_roles(header: str, fields: tuple[str, ...]) -> None:
    """A word that is not known makes it another column."""
    assert role_of(header) == fields


@pytest.mark.parametrize(
    ("header", "at"),
    [
        (["First user source", "Source", "Session source", "Manual source"], 3),
        (["First user source", "Source", "Session source"], 2),
        (["First user source", "Source"], 1),
        (["First user source"], 0),
        (["Session source", "Session source"], 0),
    ],
)
def test_the_best_of_several_columns(header: list[str], at: int) -> None:
    """Tags before the session, that before any, and the first visit's last."""
    assert fields_in(header) == {"source": at}


@pytest.mark.parametrize(
    ("header", "found"),
    [
        (["Event count", "Total users", "Sessions"], (2, "sessions")),
        (["Besucher", "Aufrufe"], (0, "visitors")),
        (["nb_visits", "nb_hits"], (0, "visits")),
        (["Source", "Revenue"], None),
        ([], None),
    ],
)
def test_what_is_counted(header: list[str], found: tuple[int, str] | None) -> None:
    """The best count there is, wherever it stands."""
    assert count_in_header(header) == found


@pytest.mark.parametrize(
    ("header", "found"),
    [
        (["Date range", "Source"], (0, None)),
        (["Source", "Vergleich", "Zeitraum"], (2, 1)),
        (["Source"], (None, None)),
    ],
)
def test_columns_of_a_comparison(header: list[str], found: tuple[int | None, int | None]) -> None:
    """The date range, and the audience."""
    assert special_columns(header) == found


@pytest.mark.parametrize("cell", ["Sessions", "Source", "Quelle", "nb_visits", "utm_source"])
def test_headers_of_reports(cell: str) -> None:
    """They are known by themselves; what stands in rows is not taken for one."""
    assert is_report_header(cell)
    assert not is_report_header("whatsapp / message")
    assert not is_report_header("312")
