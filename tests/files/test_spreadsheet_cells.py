"""Nothing in a cell is calculated, and every text comes back as it was."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from utmforge.files.spreadsheet_cells import escape_formula, restore_formula

TEXT = st.text(max_size=20) | st.text("'=+-@\t\r\n＝a1", max_size=6)


@given(TEXT)
def test_what_is_escaped_comes_back(text: str) -> None:
    """Whatever it begins with, also an apostrophe of its own."""
    assert restore_formula(escape_formula(text)) == text


@given(TEXT)
def test_an_escaped_text_is_no_formula(text: str) -> None:
    """No sign that a spreadsheet calculates with comes first, in either width."""
    assert escape_formula(text)[:1] not in {*"=+-@\t\r\n＝＋－＠"} - {""}


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ("'=1+1", "=1+1"),
        ("'@SUM(A1)", "@SUM(A1)"),
        ("''tis", "'tis"),
        ("'tis", "'tis"),
        ("'", "'"),
        ("", ""),
        ("=1+1", "=1+1"),
        ("a'=1", "a'=1"),
    ],
)
def test_an_apostrophe_that_a_person_wrote_stays(cell: str, text: str) -> None:
    """Only one before what would be calculated is a mark."""
    assert restore_formula(cell) == text
