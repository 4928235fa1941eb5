"""A day in a spreadsheet is read in the one way it can be meant, or refused."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from utmforge.errors import UtmforgeError
from utmforge.registry.interchange.spreadsheet_dates import date_format_of, day_in

DAYS = st.dates(date(1990, 1, 1), date(2100, 1, 1))


@pytest.mark.parametrize(
    ("cells", "form"),
    [
        (["14/02/2025", "03/02/2025"], "%d/%m/%Y"),
        (["02/14/2025", "03/02/2025"], "%m/%d/%Y"),
        ([" 3/2/2025", "31/1/2025 10:00"], "%d/%m/%Y"),
        (["03/02/2025"], None),
        (["2025-02-14", "14.02.2025", "soon", ""], None),
        ([], None),
    ],
)
def test_days_or_months_first(cells: list[str], form: str | None) -> None:
    """By a number over 12; where there is none, that is not known."""
    assert date_format_of(cells) == form


@given(st.lists(DAYS, max_size=5), st.sampled_from(["%d/%m/%Y", "%m/%d/%Y"]))
def test_a_column_in_one_order_is_read_in_that_order(days: list[date], form: str) -> None:
    """If any day tells, all are right."""
    cells = [day.strftime(form) for day in days]
    found = date_format_of(cells)

    assert found in {None, form}
    assert (found is None) is all(day.day <= 12 for day in days)
    if found:
        assert [day_in(cell, found) for cell in cells] == [
            datetime(day.year, day.month, day.day, tzinfo=UTC) for day in days
        ]


@given(DAYS, st.sampled_from(["%Y-%m-%d", "%Y/%m/%d", "%d.%m.%Y"]))
@pytest.mark.parametrize("time", ["", " %H:%M", " %H:%M:%S"])
def test_what_has_one_meaning_needs_no_format(time: str, day: date, form: str) -> None:
    """Year first, or points between; with a time or without; in UTC."""
    moment = datetime(day.year, day.month, day.day, tzinfo=UTC)
    if time:
        moment += timedelta(hours=9, minutes=30)

    assert day_in(f" {moment.strftime(form + time)} ", None) == moment


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2025-02-14T10:00:00Z", datetime(2025, 2, 14, 10, tzinfo=UTC)),
        ("2025-02-14T10:00:00+02:00", datetime(2025, 2, 14, 8, tzinfo=UTC)),
        ("", None),
        ("  ", None),
    ],
)
def test_times_with_a_zone(text: str, moment: datetime | None) -> None:
    """Are the same moment in UTC; an empty cell is no day."""
    assert day_in(text, None) == moment


@pytest.mark.parametrize(
    "text", ["03/02/2025", "soon", "1970-01-01", "30.02.2025", "2025-13-01", "14.02.25"]
)
def test_what_cannot_be_read(text: str) -> None:
    """It is quoted, and how to say what is meant."""
    with pytest.raises(UtmforgeError) as caught:
        day_in(text, None)

    assert caught.value.message == (f'the day "{text}" can be read in several ways or in none')
    assert caught.value.hint == "say how it is written, such as --date-format %d/%m/%Y"
