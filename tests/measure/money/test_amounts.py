"""Amounts: read in any currency's usual form, and nothing guessed."""

from contextlib import suppress
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from utmforge.campaigns.currencies import DECIMALS
from utmforge.measure.money.amounts import (
    MAX_MINOR,
    Amount,
    NotAnAmount,
    amount_of,
    by_currency,
    check_currency,
    parse_amount,
)


@pytest.mark.parametrize(
    ("text", "currency", "expected"),
    [
        ("49", "EUR", "49.00 EUR"),
        ("49.00", "EUR", "49.00 EUR"),
        ("49,5", "EUR", "49.50 EUR"),
        ("1.234,50", None, "1234.50 "),
        ("1,234.50", "USD", "1234.50 USD"),
        ("1,234,567", "USD", "1234567.00 USD"),
        ("1 234,50 €", None, "1234.50 EUR"),
        ("1\u202f234,50", "EUR", "1234.50 EUR"),
        ("1'234.50 CHF", None, "1234.50 CHF"),
        ("€ 20", "EUR", "20.00 EUR"),
        ("£20", None, "20.00 GBP"),
        ("eur 20", None, "20.00 EUR"),
        ("$20", "CAD", "20.00 CAD"),
        ("20 kr", "SEK", "20.00 SEK"),
        ("1500", "JPY", "1500 JPY"),
        ("1500.00", "JPY", "1500 JPY"),
        ("1.5", "KWD", "1.500 KWD"),
        ("1.2345", "KWD", None),
        ("0", "EUR", "0.00 EUR"),
    ],
)
def test_amounts(text: str, currency: str | None, expected: str | None) -> None:
    """With the decimals of their currency."""
    if expected is None:
        with pytest.raises(NotAnAmount):
            parse_amount(text, currency)
    else:
        amount = parse_amount(text, currency)
        assert f"{amount.text} {amount.currency}" == expected


@pytest.mark.parametrize(
    ("text", "currency", "message"),
    [
        ("1,234", "EUR", '"1,234" can be read with and without decimals'),
        ("1.234", "EUR", '"1.234" can be read with and without decimals'),
        ("1.234", "KWD", '"1.234" can be read with and without decimals'),
        ("49.005", "EUR", '"49.005" can be read with and without decimals'),
        ("49.0050", "EUR", '"49.0050" has more than 2 decimals'),
        ("49.5", "JPY", '"49.5" has more than 0 decimals'),
        ("-3", "EUR", '"-3" is not an amount of money'),
        ("", "EUR", '"" is not an amount of money'),
        ("free", "EUR", '"free" is not an amount of money'),
        ("1e5", "EUR", '"1e5" is not an amount of money'),
        ("1.234.5", "EUR", '"1.234.5" is not an amount of money'),
        ("12,34,567", "INR", '"12,34,567" is not an amount of money'),
        ("١٢", "EUR", '"١٢" is not an amount of money'),
        ("$20", None, '"$" is the sign of several currencies'),
        ("$20", "EUR", '"$" is the sign of several currencies'),
        ("20 USD", "EUR", '"20 USD" is not in EUR'),
        ("EUR 5 USD", None, '"EUR 5 USD" names two currencies'),
        ("5 EUX", None, 'no currency is called "EUX"; did you mean "EUR"?'),
        ("9" * 15, "EUR", '"999999999999999.0" is too large'),
    ],
)
def test_what_is_refused(text: str, currency: str | None, message: str) -> None:
    """In a sentence with the text."""
    with pytest.raises(NotAnAmount) as caught:
        parse_amount(text, currency)

    assert str(caught.value) == message


def test_currencies_are_never_added_to_each_other() -> None:
    """Each has a sum of its own."""
    amounts = [Amount(100, "EUR"), Amount(5, "JPY"), Amount(250, "EUR"), Amount(1, "")]

    assert by_currency(amounts) == (Amount(350, "EUR"), Amount(5, "JPY"), Amount(1, ""))


def test_a_currency_is_known_by_its_code() -> None:
    """In any letter case."""
    assert check_currency(" eur ") == "EUR"
    with pytest.raises(NotAnAmount, match='no currency is called "EURO"; did you mean "EUR"'):
        check_currency("EURO")


def test_the_decimals_of_iso_4217() -> None:
    """Most currencies have two, some none or three."""
    assert [DECIMALS[code] for code in ("EUR", "JPY", "KRW", "KWD", "TND", "CLP")] == [
        2,
        0,
        0,
        3,
        3,
        0,
    ]
    assert all(len(code) == 3 and code.isupper() for code in DECIMALS)


@given(st.integers(0, MAX_MINOR - 1), st.sampled_from([*sorted(DECIMALS), ""]))
def test_an_amount_and_its_text_say_the_same(minor: int, currency: str) -> None:
    """Its value in the main unit, too; thousands may be separated where decimals follow."""
    amount = Amount(minor, currency)

    assert amount_of(Decimal(amount.text), currency) == amount
    if DECIMALS.get(currency, 2) == 2:
        assert parse_amount(amount.text, currency or None) == amount
        assert parse_amount(f"{amount.value:,}", currency or None) == amount


@given(st.text("0123456789.,' €EURabc$-"))
def test_any_text_is_an_amount_or_refused(text: str) -> None:
    """Never another exception, and never a negative amount."""
    with suppress(NotAnAmount):
        assert parse_amount(text, "EUR").minor >= 0
