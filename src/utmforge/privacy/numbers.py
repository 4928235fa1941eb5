"""Find payment cards (by Luhn), IBANs (by mod 97) and phone numbers (by format)."""

from __future__ import annotations

import re

# Patterns are compiled when a text first may contain such a number.
_NOT_DIGITS = r"\D"
# The prefixes of Visa, Mastercard, American Express, Discover, JCB, Diners and UnionPay (ISO/IEC
# 7812), with their lengths.
_CARD = (
    r"4\d{15}|5[1-5]\d{14}|2(?:2[2-9]|[3-6]\d|7[01])\d{13}|2720\d{12}|3[47]\d{13}|6(?:011|4[4-9]\d|5\d\d)\d{12}"
    r"|35(?:2[89]|[3-8]\d)\d{12}|3(?:0[0-5]|[68]\d)\d{11}|62\d{14}"
)
_CARDS = r"(?<![\w.])(?:\d{4}([ +-]?)\d{4}\1\d{4}\1\d{4}|\d{4}([ -]?)\d{6}\2\d{4,5})(?!\w)"
# The length of each country's IBAN (ISO 13616; written down 2026-11 from general knowledge).
_COUNTRIES_BY_LENGTH = {
    15: "NO",
    16: "BE",
    18: "DK FI FO GL NL SD FK",
    19: "MK SI",
    31: "MT SC",
    32: "LC",
    20: "AT BA EE KZ LT LU MN XK",
    21: "CH HR LI LV",
    22: "BG BH CR DE GB GE IE ME RS VA",
    23: "AE GI IL IQ OM SO TL",
    24: "AD CZ ES MD PK RO SA SE SK TN VG",
    25: "LY PT ST",
    26: "IS TR",
    27: "BI DJ FR GR IT MC MR SM",
    28: "AL AZ BY CY DO GT HN HU LB NI PL SV",
    29: "BR EG PS QA UA",
    30: "JO KW MU YE",
    33: "RU",
}
_IBAN_LENGTHS = {
    country: length
    for length, countries in _COUNTRIES_BY_LENGTH.items()
    for country in countries.split()
}
_IBAN = r"(?<![A-Za-z0-9])[A-Za-z]{2}\d{2}(?:[ +-]?[A-Za-z0-9]){11,29}(?![A-Za-z0-9])"
_INTERNATIONAL = (
    r"(?<![\w+.])(?<!\d[ -])(?:\+\s?|\(\+|00)([1-9](?:[\s.()/-]{0,3}\d){7,14})(?![\w@]|\.\d)"
)
_NATIONAL = r"\s*\+?\(?\d(?:[\s.()/+-]{0,3}\d){6,14}\s*"
_MIN_PHONE_DIGITS = 9
"""Including the country code. Shorter numbers are found only by the name of their parameter."""
_EAN = 13
_MIN_CARD_CHARACTERS = 14
_MIN_IBAN_CHARACTERS = 15


def has_card(text: str) -> bool:
    """Tell whether a text contains a payment card's number."""
    if len(text) < _MIN_CARD_CHARACTERS:
        return False
    for match in re.finditer(_CARDS, text):
        number = re.sub(_NOT_DIGITS, "", match[0])
        if re.fullmatch(_CARD, number) and _luhn(number):
            return True
    return False


def _luhn(number: str) -> bool:
    doubled = sum(sum(divmod(2 * int(digit), 10)) for digit in number[-2::-2])
    return (doubled + sum(map(int, number[::-2]))) % 10 == 0


def has_iban(text: str) -> bool:
    """Tell whether a text contains an IBAN, with or without spaces between groups."""
    return len(text) >= _MIN_IBAN_CHARACTERS and any(
        _is_iban(match[0]) for match in re.finditer(_IBAN, text)
    )


def _is_iban(text: str) -> bool:
    """Check the part that has the country's length: words may follow the last group.

    The letters of an account are capitals or small ones; random ids mix them.
    """
    written = re.sub("[ +-]", "", text)
    plain = written.upper()
    length = _IBAN_LENGTHS.get(plain[:2], 0)
    whole = len(plain) == length or re.search("[ +-]", text)
    if not whole or not length or len(plain) < length:
        return False
    plain, account = plain[:length], written[4:length]
    if account not in {account.upper(), account.lower(), account.title()}:
        return False
    return int("".join(str(int(sign, 36)) for sign in plain[4:] + plain[:4])) % 97 == 1


def has_phone(text: str) -> bool:
    """Tell whether a text contains a phone number with its country code."""
    return any(
        _is_international(re.sub(_NOT_DIGITS, "", match[1]), match[0].startswith("00"))
        for match in re.finditer(_INTERNATIONAL, text)
    )


def _is_international(digits: str, with_zeros: bool) -> bool:  # noqa: FBT001 - one reading of two
    """Tell whether digits after `+` or `00` are a number of E.164.

    Article numbers also begin with zeros: after `00`, a European article number does not count, and
    at least ten digits are required.
    """
    if with_zeros and (len(digits) <= _MIN_PHONE_DIGITS or _is_article("00" + digits)):
        return False
    if digits[0] == "1":  # North America: three, three and four digits, two of them from 2 to 9
        return bool(re.fullmatch(r"1[2-9]\d\d[2-9]\d{6}", digits))
    return len(digits) >= _MIN_PHONE_DIGITS


def _is_article(digits: str) -> bool:
    """Tell whether 13 digits are an EAN, by the check digit."""
    if len(digits) != _EAN:
        return False
    weighted = sum(int(digit) * (3 if at % 2 else 1) for at, digit in enumerate(digits))
    return weighted % 10 == 0


def is_phone_in_its_parameter(text: str) -> bool:
    """Tell whether a parameter such as `phone` has a phone number, with or without country code."""
    return bool(re.fullmatch(_NATIONAL, text))
