"""A number with a right check digit is found, one with a wrong digit is not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from utmforge.privacy.numbers import (
    _IBAN_LENGTHS,
    has_card,
    has_iban,
    has_phone,
    is_phone_in_its_parameter,
)

BEGINNINGS = {
    **dict.fromkeys(
        ("4", "51", "55", "2221", "2719", "2720", "6011", "644", "65", "3528", "62"), 16
    ),
    **dict.fromkeys(("34", "37"), 15),
    **dict.fromkeys(("300", "36", "38"), 14),
}
"""Of cards, and how long those are."""


def with_check_digit(number: str) -> str:
    """Add the digit that makes Luhn's sum a multiple of ten."""
    total = 0
    for at, digit in enumerate(reversed(number)):
        doubled = int(digit) * (2 if at % 2 == 0 else 1)
        total += doubled - 9 if doubled > 9 else doubled
    return number + str(-total % 10)


@st.composite
def cards(draw: st.DrawFn) -> str:
    """A card's number."""
    begin, length = draw(st.sampled_from(sorted(BEGINNINGS.items())))
    middle = length - 1 - len(begin)
    return with_check_digit(begin + draw(st.text("0123456789", min_size=middle, max_size=middle)))


def grouped(number: str, sign: str) -> str:
    """Write it as it is printed on the card."""
    if len(number) == 16:
        return sign.join(number[at : at + 4] for at in range(0, 16, 4))
    return sign.join((number[:4], number[4:10], number[10:]))


@given(cards(), st.sampled_from(["", " ", "-"]), st.sampled_from(["{}", "card {}", "{} paid"]))
def test_a_card_is_found(number: str, sign: str, around: str) -> None:
    """Of every issuer, in groups or not, among words."""
    assert has_card(around.format(grouped(number, sign)))


@given(cards(), st.integers(0, 13), st.integers(1, 9))
def test_a_card_with_one_wrong_digit_is_not(number: str, at: int, more: int) -> None:
    """Luhn notices every single one."""
    wrong = str((int(number[at]) + more) % 10)

    assert not has_card(number[:at] + wrong + number[at + 1 :])


@given(cards())
def test_a_card_within_a_longer_number_is_not(number: str) -> None:
    """It is an id of something."""
    assert not has_card(f"9{number}")
    assert not has_card(f"{number}9")
    assert not has_card(f"a{number}")


@st.composite
def ibans(draw: st.DrawFn) -> str:
    """An IBAN of any country, with its check digits."""
    country, length = draw(st.sampled_from(sorted(_IBAN_LENGTHS.items())))
    size = length - 4
    account = draw(st.text("0123456789ABCXYZ", min_size=size, max_size=size))
    digits = "".join(str(int(sign, 36)) for sign in f"{account}{country}00")
    return f"{country}{98 - int(digits) % 97:02}{account}"


@given(ibans(), st.sampled_from(["", " ", "-"]), st.booleans())
def test_an_iban_is_found(iban: str, sign: str, is_lower: bool) -> None:
    """Of every country, in groups of four or not, in either case."""
    text = sign.join(iban[at : at + 4] for at in range(0, len(iban), 4))

    assert has_iban(text.lower() if is_lower else text)
    assert has_iban(f"pay to {text}.")


@given(ibans(), st.data())
def test_an_iban_with_one_wrong_sign_is_not(iban: str, data: st.DataObject) -> None:
    """97 is a prime: every single digit counts."""
    places = [at for at in range(2, len(iban)) if iban[at].isdigit()]
    at = data.draw(st.sampled_from(places))
    wrong = str((int(iban[at]) + data.draw(st.integers(1, 9))) % 10)

    assert not has_iban(iban[:at] + wrong + iban[at + 1 :])


@given(ibans(), st.sampled_from(["ZZ", "XX", "QQ"]))
def test_no_iban_of_a_country_that_has_none(iban: str, country: str) -> None:
    """Whatever its length."""
    assert not has_iban(country + iban[2:])
    assert not has_iban(iban[:-1])


@pytest.mark.parametrize(
    ("text", "is_found"),
    [
        ("+33612345678", True),
        ("+33 (0)6 12.34.56-78", True),
        ("(+33) 612345678", True),
        ("0033612345679", True),
        ("call +442071838750 now", True),
        ("+14155552671", True),
        ("+11155552671", False),
        ("+1415555267", False),
        ("+12345678", False),
        ("0012345678", False),
        ("1+33612345678", False),
        ("33612345678", False),
        ("0612345678", False),
        ("", False),
    ],
)
def test_phone_numbers(text: str, is_found: bool) -> None:
    """With a country code, at their length; a shorter number is something else."""
    assert has_phone(text) is is_found


@pytest.mark.parametrize(
    ("text", "is_one"),
    [
        ("0612345678", True),
        (" 06 12 34 56 78 ", True),
        ("(030) 123-4567", True),
        ("+33612345678", True),
        ("123456", False),
        ("iphone-15", False),
        ("2026-03-15T10", False),
        ("", False),
    ],
)
def test_in_a_parameter_for_it_a_national_number_is_enough(text: str, is_one: bool) -> None:
    """It is the whole value, and has seven digits at least."""
    assert is_phone_in_its_parameter(text) is is_one
