"""Names of people where there is little doubt; products, places and series stay."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from utmforge.privacy.keys import NAME_KEYS
from utmforge.privacy.person_names import is_name
from utmforge.privacy.words import GIVEN, NO_FAMILY

FAMILY = st.from_regex(r"[b-df-hj-np-tv-z][aeiou][lmnr][k-t]{1,2}er", fullmatch=True)


@pytest.mark.parametrize(
    ("key", "value", "expected"),
    [
        ("", "anna.schmidt", True),
        ("", "schmidt.anna", True),
        ("", "Anna Schmidt", True),
        ("", " Anna Schmidt ", True),
        ("", "ánna.schmidt", True),
        ("", "anna.m.schmidt", True),
        ("", "anna schmidt", False),
        ("", "anna-schmidt", False),
        ("", "anna", False),
        ("", "j.smith", False),
        ("", "spring.sale", False),
        ("", "anna.dress", False),
        ("", "x" * 61, False),
        ("", "", False),
        ("name", "anna-schmidt", True),
        ("name", "anna_schmidt", True),
        ("name", "anna", True),
        ("name", "spring-sale", False),
        ("email", "j.smith", True),
        ("email", "newsletter", False),
        ("firstname", "Xanthippe", True),
        ("lastname", "O'Neill", True),
        ("firstname", "7", False),
        ("firstname", "{{x}}", False),
        ("/", "anna.schmidt", False),
        ("/", "Anna Schmidt", False),
    ],
)
def test_names(key: str, value: str, expected: bool) -> None:
    """By the parameter they are in, and by how they are written."""
    assert is_name(key, value) is expected


@given(st.sampled_from(sorted(GIVEN)), FAMILY, st.sampled_from(sorted(NAME_KEYS)))
def test_a_given_name_and_a_family_name(first: str, last: str, key: str) -> None:
    """Whatever the names are: with a dot everywhere but in a path, alone in their own parameter."""
    assert is_name("", f"{first}.{last}") is (last not in NO_FAMILY)
    assert is_name(key, last)
    assert not is_name("/", f"{first}.{last}")


@given(st.text(max_size=80), st.sampled_from(["", "/", "name", "email", "firstname"]))
def test_a_name_has_letters_only(value: str, key: str) -> None:
    """No value with a digit or a sign of an address is one."""
    if any(sign.isdigit() or sign in "@/?&=<>{}" for sign in value):
        assert not is_name(key, value)
