"""A table is as wide as it needs to be, and nothing in it is cut, folded or obeyed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from utmforge.output.escaping import safe
from utmforge.output.table import table_lines, width_of

CELL = st.text(st.characters(categories=["L", "N", "P", "S", "Cc"]), max_size=12)
ROWS = st.integers(1, 4).flatmap(
    lambda width: st.lists(st.lists(CELL, min_size=width, max_size=width), min_size=1, max_size=5)
)


@given(ROWS)
def test_every_cell_is_shown_whole(rows: list[list[str]]) -> None:
    """One line a row, at most as wide as promised, each cell where its column begins."""
    header = [f"c{number}" for number in range(len(rows[0]))]
    lines = table_lines(header, rows, color=False)

    assert len(lines) == len(rows) + 1
    assert max(map(cell_len, lines)) <= width_of([header, *rows])
    for row, line in zip(rows, lines[1:], strict=True):
        at = 0
        for cell in row:
            found = line.find(safe(cell).strip(), at)
            assert found >= 0
            at = found + len(safe(cell).strip())


def test_columns_stand_under_each_other() -> None:
    """Also where signs are two columns wide; nothing hangs over at the end."""
    rows = [["東京", "https://shop.example/", ""], ["a", "b", "c"]]

    assert table_lines(["place", "link", "note"], rows, color=False) == [
        "place  link                   note",
        "東京   https://shop.example/",
        "a      b                      c",
    ]
    assert width_of([["place", "link"], ["東京", "b"]]) == 5 + 2 + 4 + 2


def test_a_long_address_stays_in_one_line() -> None:
    """Wider than any terminal: it can be copied whole."""
    address = "https://shop.example/" + "a" * 500

    assert table_lines(["link"], [[address]], color=False)[1] == address


@pytest.mark.parametrize("cell", ["[bold]x[/bold]", "[link=https://x]y[/link]", ":smile:", "\\["])
def test_markup_is_text(cell: str) -> None:
    """What Rich would read as its own is shown as it is written."""
    assert table_lines(["name"], [[cell]], color=False)[1] == cell


def test_colour_is_for_the_header_only() -> None:
    """It is bold; a cell cannot colour anything."""
    header, row = table_lines(["name"], [["\x1b[31mred"]], color=True)

    assert "\x1b[1m" in header
    assert "\x1b" not in row
    assert "\\x1b[31mred" in row
