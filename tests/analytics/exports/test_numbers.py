"""Counts as people and tools write them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from utmforge.analytics.exports.numbers import count_in


@pytest.mark.parametrize(
    ("text", "count"),
    [
        *(("0", 0), ("312", 312), ("312.0", 312), ("1,234", 1234), ("1.234", 1234), ("—", 0)),
        *(("1.234.567", 1234567), ("1,234,567.5", 1234567), ("1.234,5", 1234), ("12,5", 12)),
        *(("1'234", 1234), ("1\u00a0234", 1234), ("1\u2009234", 1234), ("n/a", None), ("-1", None)),
        *(("1,2,3", None), ("12%", None), ("1e9", None), ("٣", 3), ("9" * 16, None)),
    ],
)
def test_counts(text: str, count: int | None) -> None:
    """As English, French, German and Swiss spreadsheets write them."""
    assert count_in(text) == count


@given(st.integers(0, 10**12), st.sampled_from([",", ".", " ", "\u202f", "\u00a0", "'", ""]))
def test_grouped_counts_are_what_they_were(count: int, separator: str) -> None:
    """Whatever groups them."""
    assert count_in(f"{count:,}".replace(",", separator)) == count
