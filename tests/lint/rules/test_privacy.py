"""UTM5xx: what is found is named, and never repeated."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from utmforge.lint.rules.privacy import OnePersonId, PersonalData, Secret
from utmforge.urls.link import Link

PAGE = "https://shop.example/a"
WORD = st.from_regex(r"[b-z][a-z]{3,8}", fullmatch=True)


@given(WORD, WORD, st.sampled_from(["?e={}", "?utm_content={}", "/{}", "#{}"]))
def test_an_e_mail_address_is_not_repeated(name: str, host: str, place: str) -> None:
    """Wherever it stands; it is personal and no secret."""
    link = Link(f"{PAGE}{place.format(f'{name}9@{host}9.example')}")
    said = [f"{one.message} {one.hint}" for one in PersonalData().check(link)]

    assert len(said) == 1
    assert all(f"{name}9" not in one and f"{host}9" not in one for one in said)
    assert not list(Secret().check(link))


@given(st.from_regex(r"[A-Z]{4}[0-9]{8}", fullmatch=True))
def test_a_password_is_not_repeated(value: str) -> None:
    """And is to be changed where it gives access."""
    link = Link(f"{PAGE}?password={value}")
    (found,) = Secret().check(link)

    assert value not in f"{found.message} {found.hint}"
    assert found.hint == "remove it, and change it wherever it gives access"
    assert not list(PersonalData().check(link))


@pytest.mark.parametrize(
    ("value", "found"),
    [
        ("3f2b8c1e-6d4a-4b7e-9c55-0a1f2e3d4c5b", True),
        ("3F2B8C1E-6D4A-4B7E-9C55-0A1F2E3D4C5B", True),
        ("hero_3f2b8c1e-6d4a-4b7e-9c55-0a1f2e3d4c5b", True),
        ("d41d8cd98f00b204e9800998ecf8427e", True),
        ("0123456789012345", False),
        ("abcdefabcdefabcdef", False),
        ("d41d8cd98f00b20", False),
        ("spring-sale-2026-newsletter-footer", False),
    ],
)
def test_an_id_of_one_person(value: str, found: bool) -> None:
    """UUIDs and hashes; not numbers, words or short ones."""
    assert bool(list(OnePersonId().check_value("content", value))) is found


def test_many_links_that_differ_in_one_place() -> None:
    """The number and the fields are said, not the values."""
    found = OnePersonId().many(("content", "term"), 1200)

    assert found.message == (
        "1,200 links to this page differ only in content and term: one for each recipient?"
    )
