"""Links in lists, CSV and Markdown: which they are, and exactly where they stand."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from utmforge.documents.base import Kind
from utmforge.documents.cells import rows_to_leave
from utmforge.documents.entities import in_markdown_text
from utmforge.documents.finding import links_in
from utmforge.documents.text import is_list_of_addresses

U = "https://shop.example/?utm_source=news"
V = "https://shop.example/b"


@pytest.mark.parametrize(
    ("kind", "text", "found"),
    [
        ("list", f"{U}\n{V}\n", [(U, 1, 1), (V, 2, 1)]),
        ("list", f'# a comment\n\n  {U}  \r\n"{V}"', [(U, 3, 3), (V, 4, 2)]),
        ("list", f"{U} # utmforge: ignore UTM101 agreed", [(U, 1, 1)]),
        ("csv", f'name,link\na,{U}\n"b, c","{V}"\n', [(U, 2, 3), (V, 3, 9)]),
        ("csv", f"name;link\na;{U}\n", [(U, 2, 3)]),
        ("csv", f'a,"{V}?q=""x"""\n', [(f'{V}?q="x"', 1, 4)]),
        ("csv", f"a, {U} \n", [(U, 1, 4)]),
        ("markdown", f"[x]({U}) and <{V}>.", [(U, 1, 5), (V, 1, 49)]),
        ("markdown", f"[x]({V}_(c)?d=1)", [(f"{V}_(c)?d=1", 1, 5)]),
        ("markdown", f"[x](<{V} c> 'title')", [(f"{V} c", 1, 6)]),
        ("markdown", f"\n[ref]: {U} 'title'", [(U, 2, 8)]),
        ("markdown", f"see {V}, or **{U}**", [(V, 1, 5), (U, 1, 34)]),
        ("markdown", f"[x]({U}&amp;a=1)", [(f"{U}&a=1", 1, 5)]),
        ("markdown", f"[x]({U}&region=eu&copy=1)", [(f"{U}&region=eu&copy=1", 1, 5)]),
        ("markdown", f"[x]({U}&currency=EUR&copy)", [(f"{U}&currency=EUR&copy", 1, 5)]),
        ("markdown", "[x](/p?utm_source=a) [y](/p)", [("/p?utm_source=a", 1, 5)]),
    ],
)  # fmt: skip
def test_what_is_found(kind: Kind, text: str, found: list[tuple[str, int, int]]) -> None:
    """The address as a browser would take it, its line and its column."""
    assert [one[:3] for one in links_in(text, kind)] == found


LINES = st.lists(
    st.lists(
        st.sampled_from((*(U, V, "&amp;", "&copy="), *' ,;")<>é#', "[x]("))
    ).map("".join),
    max_size=5,
)  # fmt: skip


@given(LINES, st.sampled_from(("\n", "\r\n", "\u2028", "\x0c")), st.sampled_from(("list", "csv")))
def test_a_span_is_what_is_written(lines: list[str], end: str, kind: Kind) -> None:
    """Cut out of the text it is the address, `""` in a cell of CSV for one quote."""
    text = end.join(lines)
    for found in links_in(text, kind):
        written = text[found.start : found.end]
        assert found.url == (written.replace('""', '"') if kind == "csv" else written)


@given(LINES, st.sampled_from(("\n", "\r\n", "\u2028")))
def test_a_span_in_markdown(lines: list[str], end: str) -> None:
    """The same, character references decoded."""
    text = end.join(lines)
    for found in links_in(text, "markdown"):
        assert in_markdown_text(text[found.start : found.end]) == found.url


def test_a_landing_page_s_column() -> None:
    """It has no tags yet."""
    text = f"landing_page,link\n{V},{U}\n"

    assert [one.is_page for one in links_in(text, "csv")] == [True, False]


@pytest.mark.parametrize(
    ("text", "is_list"),
    [(f"{U}\n# x\n\n{V}\n", True), ("", True), (f"{U}\nwords\n", False), (f"see {U}\n", False)],
)
def test_a_list_of_addresses(text: str, is_list: bool) -> None:
    """Each line is one whole address, a comment, or blank."""
    assert is_list_of_addresses(text) is is_list


@pytest.mark.parametrize(
    ("text", "left"),
    [
        (f"a,b\n1,{U}\n", set()),
        (f'a,b\n"1\n2",{U}\n', {2, 3}),
        (f"a,b\n1,2,{U}\n", {2}),
    ],
)
def test_rows_that_may_be_less_than_they_seem(text: str, left: set[int]) -> None:
    """Cells over several lines, and rows with more cells than the header."""
    assert rows_to_leave(text) == left
