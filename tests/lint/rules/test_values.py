"""How values are written: what is encoded once, and what more often."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from utmforge.lint.rules.values import DoubleEncoding
from utmforge.urls.quoting import decoded, encoded, once_encoded


@pytest.mark.parametrize(
    ("raw", "once"),
    [
        ("caf%C3%A9", "caf%C3%A9"),
        ("caf%25C3%25A9", "caf%C3%A9"),
        ("caf%252525C3%25A9", "caf%C3%A9"),
        ("50%25", "50%25"),
        ("50%25deg", "50%25deg"),
        ("50%2525deg", "50%25deg"),
        ("caf%25E9", "caf%25E9"),
        ("%", "%"),
    ],
)
def test_all_encodings_but_one_are_removed(raw: str, once: str) -> None:
    """As far as it leaves text; the rule reports exactly what would change."""
    assert once_encoded(raw) == once
    assert bool([*DoubleEncoding().check_raw("campaign", raw)]) is (raw != once)


@given(st.text(st.characters(codec="utf-8"), max_size=10), st.integers(0, 4))
def test_once_is_enough(value: str, times: int) -> None:
    """However often a value was encoded; what is encoded once already stays."""
    raw = encoded(value)
    for _ in range(times):
        raw = raw.replace("%", "%25")
    once = once_encoded(raw)

    assert once_encoded(once) == once
    if "%" not in value:
        assert decoded(once) == value
