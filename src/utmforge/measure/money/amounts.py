"""Amounts of money: whole numbers of the currency's smallest unit, never floats.

>>> amount = parse_amount("1 234,50 €")
>>> amount, amount.text
(Amount(minor=123450, currency='EUR'), '1234.50')
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from utmforge.campaigns.currencies import DECIMALS, decimals_of
from utmforge.errors import did_you_mean, quoted
from utmforge.measure.private_values import quoted_cell

if TYPE_CHECKING:
    from collections.abc import Iterable

MAX_MINOR = 10**15
"""An amount is smaller, so that a million of them still fit into 64 bits."""

_SIGNS = {"€": "EUR", "£": "GBP", "₹": "INR", "₽": "RUB", "₺": "TRY", "₴": "UAH", "₪": "ILS"}
"""Signs of one currency each."""
_SHARED_SIGNS = {
    "$": ("USD", "CAD", "AUD", "NZD", "SGD", "HKD", "TWD", "MXN", "CLP", "COP", "ARS", "UYU"),
    "¥": ("JPY", "CNY"),
    "kr": ("SEK", "NOK", "DKK", "ISK"),
    "fr": ("CHF", "XAF", "XOF"),
}
"""Signs of several: they say nothing alone, and nothing against one of these."""
_PARTS = re.compile(r"([^\d\s.,'’+-]*)\s*([\d\s.,'’]*\d)\s*([^\d\s.,'’+-]*)")
_SPACES = re.compile(r"(?<=\d)[\s'’](?=\d{3}(?!\d))")
_NUMBER = re.compile(r"(\d+|\d{1,3}(?:,\d{3})+|\d{1,3}(?:\.\d{3})+)(?:([.,])(\d+))?", re.ASCII)
_IN_THREES = 3


class NotAnAmount(ValueError):
    """A text is not an amount, or could be two different ones."""


class Amount(NamedTuple):
    """An amount in one currency."""

    minor: int
    """In the smallest unit: cents of a euro, yen, fils of a dinar."""
    currency: str
    """ISO 4217, such as `EUR`. Empty: the amount has no currency, and two decimals."""

    @property
    def value(self) -> Decimal:
        """Return it in the main unit, with the currency's decimals."""
        return Decimal(self.minor).scaleb(-decimals_of(self.currency))

    @property
    def text(self) -> str:
        """Return it as text with a decimal point, such as `49.00`."""
        return f"{self.value:f}"


def amount_of(value: Decimal, currency: str | None) -> Amount:
    """Return an amount that is given in the main unit of its currency.

    Raises:
        NotAnAmount: It is too large, or has more decimals than the currency.
    """
    minor = value.scaleb(decimals_of(currency))
    if minor != minor.to_integral_value():
        decimals = decimals_of(currency)
        raise NotAnAmount(f"{quoted(str(value), 30)} has more than {decimals} decimals")
    if abs(minor) >= MAX_MINOR:
        raise NotAnAmount(f"{quoted(str(value), 30)} is too large")
    return Amount(int(minor), currency or "")


def parse_amount(text: str, currency: str | None = None) -> Amount:
    """Return the amount in a text, in any currency's usual form; nothing is guessed.

    Args:
        text: Such as `49.00`, `1.234,50`, `1'234.50 CHF` or `€ 20`.
        currency: The currency of amounts that do not name one. None: they have none.

    Raises:
        NotAnAmount: It is none, names another currency, or `1,234` could be two amounts.
    """
    parts = _PARTS.fullmatch(text.strip())
    if not parts:
        raise NotAnAmount(f"{quoted_cell(text)} is not an amount of money")
    named = _currency_in(text, parts[1], parts[3], currency)
    if named and currency and named != currency:
        raise NotAnAmount(f"{quoted_cell(text)} is not in {currency}")
    return amount_of(_number_in(text, parts[2]), named or currency)


def names_currency(text: str) -> bool:
    """Tell whether a text names one currency by itself: `49 CHF` and `€ 49`, but not `$49`."""
    parts = _PARTS.fullmatch(text.strip())
    sign = (parts[1] or parts[3]) if parts else ""
    return sign in _SIGNS or sign.upper() in DECIMALS


def check_currency(code: str) -> str:
    """Return a currency in capitals.

    Raises:
        NotAnAmount: ISO 4217 has no such currency.
    """
    currency = code.strip().upper()
    if currency not in DECIMALS:
        near = did_you_mean(currency, DECIMALS)
        raise NotAnAmount(
            f"no currency is called {quoted_cell(code)}" + (f"; {near}" if near else "")
        )
    return currency


def by_currency(amounts: Iterable[Amount]) -> tuple[Amount, ...]:
    """Return the sum of each currency, in the order in which they come."""
    sums: dict[str, int] = {}
    for amount in amounts:
        sums[amount.currency] = sums.get(amount.currency, 0) + amount.minor
    return tuple(Amount(minor, currency) for currency, minor in sums.items())


def _currency_in(text: str, before: str, after: str, given: str | None) -> str | None:
    if before and after:
        raise NotAnAmount(f"{quoted_cell(text)} names two currencies")
    sign = before or after
    if not sign or sign in _SIGNS:
        return _SIGNS.get(sign)
    if sign.upper() in DECIMALS:
        return sign.upper()
    if given in _SHARED_SIGNS.get(sign.lower(), ()):
        return given
    if sign.lower() in _SHARED_SIGNS:
        raise NotAnAmount(f"{quoted(sign)} is the sign of several currencies")
    return check_currency(sign)


def _number_in(text: str, number: str) -> Decimal:
    """Return the number; its last separator is the decimal one, unless that is not certain."""
    plain = _SPACES.sub("", number)
    match = _NUMBER.fullmatch(plain)
    if not match:
        raise NotAnAmount(f"{quoted_cell(text)} is not an amount of money")
    whole, separator, decimals = match[1], match[2] or "", match[3] or ""
    separators = set(re.sub(r"\d", "", whole))
    if separator in separators:  # 1.234.567: all of them separate thousands
        raise NotAnAmount(f"{quoted_cell(text)} is not an amount of money")
    if plain == number and len(decimals) == _IN_THREES and not separators:
        raise NotAnAmount(f"{quoted_cell(text)} can be read with and without decimals")
    if len(separators) == 1 and not decimals and len(re.findall(r"[.,]", whole)) == 1:
        raise NotAnAmount(f"{quoted_cell(text)} can be read with and without decimals")
    return Decimal(f"{re.sub(r'[.,]', '', whole)}.{decimals or 0}")
