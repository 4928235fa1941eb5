"""A medium that no rule matches has one that says the same, or none."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from utmforge.analytics.ga4.channel_group import channel_group
from utmforge.analytics.ga4.rules import UNASSIGNED
from utmforge.analytics.ga4.suggested_mediums import SAME_AS, known_medium


@pytest.mark.parametrize(
    ("medium", "instead"),
    [
        ("newsletter", "email"),
        ("Newsletter", "email"),
        ("emial", "email"),
        ("text_message", "sms"),
        ("dark social", "social"),
        ("organic-social", "social"),
        ("affiliates", "affiliate"),
        ("scoial", "social"),
        ("weekly-newsletter", "email"),
        ("email-newsletter", "email"),
        ("social_paid", "cpc"),
        ("partner-site", None),
        ("contextual", None),
        ("uploads", None),
        ("roadshow", None),
        ("qr", None),
        ("print", None),
        ("", None),
        ("zzzz", None),
        ("x" * 1_000_000, None),
    ],
)
def test_the_medium_that_says_the_same(medium: str, instead: str | None) -> None:
    """By the table, by a typo, or none."""
    assert known_medium(medium, "acme", "spring") == instead


@pytest.mark.parametrize("words", SAME_AS.items(), ids=lambda words: words[0])
def test_the_table_holds_only_what_no_rule_knows(words: tuple[str, str]) -> None:
    """Each word is Unassigned itself, and what it is replaced by is not."""
    medium, many = words
    assert channel_group("acme", medium, "spring").name != UNASSIGNED
    for word in many.split():
        assert channel_group("acme", word, "spring").name == UNASSIGNED, word
        assert known_medium(word, "acme", "spring") == medium


@given(st.text(max_size=30), st.text(max_size=20))
def test_what_is_proposed_has_a_group(medium: str, source: str) -> None:
    """Whatever the source."""
    instead = known_medium(medium, source, "spring")
    assert instead is None or channel_group(source, instead, "spring").name != UNASSIGNED
