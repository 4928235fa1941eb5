"""UTM3xx: what is too long, counted as it is kept."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from utmforge.lint.rules.lengths import MAX_URL_CHARACTERS, LongUrl, LongValue
from utmforge.naming.field_rule import MAX_TAG_CHARACTERS
from utmforge.urls.link import Link

START = "https://shop.example/?utm_source="


@given(st.integers(0, 300), st.sampled_from(["a", "%20", "%C3%A9", "é"]))
def test_values_are_counted_decoded(length: int, sign: str) -> None:
    """A letter is one character, however it is written."""
    found = list(LongValue().check(Link(START + sign * length)))

    assert bool(found) is (length > MAX_TAG_CHARACTERS)
    assert all(f"source has {length} characters" in one.message for one in found)


@given(st.integers(-3, 3), st.sampled_from(["a", "%20"]))
def test_addresses_are_counted_as_written(more: int, sign: str) -> None:
    """Because that is what an analytics tool is sent."""
    room = MAX_URL_CHARACTERS - len(START) + more
    link = Link(START + sign * (room // len(sign)))

    assert bool(list(LongUrl().check(link))) is (len(link.url) > MAX_URL_CHARACTERS)


@pytest.mark.parametrize("query", ["", "?a=1", "?token=utm"])
def test_an_untagged_address_may_have_any_length(query: str) -> None:
    """Nothing of it has to arrive in a report."""
    assert not list(LongUrl().check(Link(f"https://shop.example/{'a' * 2000}{query}")))
