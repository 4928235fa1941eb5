"""Tables of conversions: rows, and each row that cannot be read with its line."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from utmforge.errors import MeasuringError
from utmforge.files.header_words import plain_header
from utmforge.measure.money.amounts import Amount
from utmforge.measure.money.conversions import COLUMNS, Conversion, RowProblem, read_conversions

ID = "k7m2xq9rtw4b"


def lines(text: str) -> list[str]:
    """Return the lines of a table."""
    return text.splitlines(keepends=True)


def test_every_column() -> None:
    """Time, link, campaign, coupon, value, currency and count."""
    file = read_conversions(
        lines(
            "time,link_id,campaign,coupon,value,currency,count\n"
            f"2026-09-14T08:03:11+02:00,{ID},,,49.00,EUR,1\n"
            "2026-09-14,,spring,,1500,JPY,3\n"
            "1789365791,,,SPRING20,,,\n"
        )
    )

    assert file.rows == (
        Conversion(2, 1789365791, ID, None, None, Amount(4900, "EUR"), 1),
        Conversion(3, 1789344000, None, "spring", None, Amount(1500, "JPY"), 3),
        Conversion(4, 1789365791, None, None, "SPRING20", None, 1),
    )
    assert file.problems == ()


@pytest.mark.parametrize(
    "header",
    [
        "date;link id;campaign;coupon;revenue;currency;orders",
        "Date;ID du lien;Campagne;Code promo;Montant;Devise;Nombre",
        "Datum;Link-ID;Kampagne;Gutschein;Umsatz;Währung;Anzahl",
        "Fecha;ID de enlace;Campaña;Cupón;Importe;Moneda;Cantidad",
    ],
)
def test_headers_in_four_languages(header: str) -> None:
    """As spreadsheets have them, below a title and with semicolons."""
    file = read_conversions(
        lines(f"sep=;\nOrders of spring;;;;;;\n{header}\n2026-09-14;{ID};;;49,00;EUR;2\n")
    )

    assert file.columns == tuple(COLUMNS)
    assert [(row.line, row.value, row.count) for row in file.rows] == [(4, Amount(4900, "EUR"), 2)]


def test_broken_rows_are_told_with_their_lines() -> None:
    """And the others are read anyway."""
    file = read_conversions(
        lines(
            "time,link_id,campaign,value,currency,count\n"
            ",,spring,49.00,EUR,1\n"
            "03/04/2026,,spring,49.00,EUR,1\n"
            ',,spring,"1,234",EUR,1\n'
            ",,spring,49.00,EURO,1\n"
            ",,spring,49.00,,1\n"
            ",,spring,49.00 USD,EUR,1\n"
            ",,,49.00,EUR,1\n"
            ",k7m2,,49.00,EUR,1\n"
            ",,spring,49.00,EUR,many\n"
            ",,spring,49.00,EUR,1,2\n"
            ",,spring,49.00 USD,,1\n"
        )
    )

    assert [row.line for row in file.rows] == [2, 12]
    assert file.problems == (
        RowProblem(3, '"03/04/2026" is not a time such as 2026-09-14 or 2026-09-14T08:03:11+02:00'),
        RowProblem(4, '"1,234" can be read with and without decimals'),
        RowProblem(5, 'no currency is called "EURO"; did you mean "EUR"?'),
        RowProblem(6, 'the value "49.00" has no currency'),
        RowProblem(7, '"49.00 USD" is not in EUR'),
        RowProblem(8, "the row has no link, campaign or coupon"),
        RowProblem(9, '"k7m2" is not the id of a link'),
        RowProblem(10, '"many" is not a number of conversions'),
        RowProblem(
            11, 'the row has more cells than the header: write what holds the separator "in quotes"'
        ),
    )


def test_without_a_column_values_are_in_the_given_currency() -> None:
    """That of the workspace; a value that names another keeps its own."""
    file = read_conversions(
        lines("campaign,value\nspring,49.00\nspring,$49\nspring,10 CHF\n"), currency="USD"
    )

    assert [row.value for row in file.rows] == [
        *(Amount(4900, "USD"), Amount(4900, "USD"), Amount(1000, "CHF")),
    ]


def test_a_time_without_a_zone_is_in_the_given_one() -> None:
    """That of the workspace."""
    zone = ZoneInfo("Europe/Paris")
    file = read_conversions(lines("time,campaign\n2026-09-14 08:03,spring\n"), zone=zone)

    assert file.rows[0].time == int(datetime(2026, 9, 14, 6, 3, tzinfo=UTC).timestamp())


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", "none that is known"),
        ("time,value\n2026-09-14,49.00\n", "time, value"),
        ("https://shop.example/,1\n", "none that is known"),
    ],
)
def test_what_is_not_a_table_of_conversions_is_refused(text: str, found: str) -> None:
    """With the columns that it has and those it needs."""
    with pytest.raises(MeasuringError) as caught:
        read_conversions(lines(text))

    assert caught.value.message == (
        f"no column has the link, the campaign or the coupon of a conversion (found: {found})"
    )
    assert caught.value.hint == (
        "name a column link, campaign or coupon; besides it value, currency, count, time"
    )


def test_a_cell_that_does_not_end_is_a_problem() -> None:
    """The rows above it are read."""
    long = "x" * 20_000
    file = read_conversions(lines(f"campaign,value\nspring,49.00\n{long},1\n"))

    assert len(file.rows) == 1
    assert [problem.line for problem in file.problems] == [3]


def test_no_header_word_stands_twice() -> None:
    """Each belongs to one column, and is written as headers are looked up."""
    words = [word for known in COLUMNS.values() for word in known]

    assert len(set(words)) == len(words)
    assert [word for word in words if plain_header(word) != word] == []


@given(st.lists(st.text("ab,;\"'\n1.€-", max_size=20), max_size=6))
def test_any_table_is_read_or_refused(rows: list[str]) -> None:
    """Never another exception; each line is a row or a problem once at most."""
    try:
        file = read_conversions(["campaign,value,count\n", *(f"{row}\n" for row in rows)])
    except MeasuringError:  # another separator is more frequent
        return
    places = [*(row.line for row in file.rows), *(problem.line for problem in file.problems)]

    assert len(set(places)) == len(places)
