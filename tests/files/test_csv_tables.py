"""Tables as people, spreadsheets and analytics tools write them."""

import csv
import io
from collections.abc import Iterator
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from utmforge.files.csv_tables import (
    MORE_CELLS,
    NotCsv,
    TableRow,
    beyond,
    header_at,
    is_table,
    open_table,
    separator_of,
    whole_address,
)
from utmforge.files.spreadsheet_cells import escape_formula

PAGE = "https://shop.example/"


def read(text: str) -> tuple[tuple[str, ...], int, list[TableRow]]:
    """Return the header, its line, and the rows."""
    table = open_table(io.StringIO(text, newline=""))
    return table.header, table.header_line, list(table.rows())


@pytest.mark.parametrize(
    ("text", "header", "line"),
    [
        (f"url,channel\n{PAGE},email\n", ("url", "channel"), 1),
        (f"\n\nurl,channel\n{PAGE},email\n", ("url", "channel"), 3),
        (f"sep=;\nurl;channel\n{PAGE};email\n", ("url", "channel"), 2),
        (f'"sep=\t"\nurl\tchannel\n{PAGE}\temail\n', ("url", "channel"), 2),
        (f"url|channel\n{PAGE}|email\n", ("url", "channel"), 1),
        (f"Links 2026\n\nZielseite;Kanal\n{PAGE};email\n", ("Zielseite", "Kanal"), 3),
        (f"Links;;\nSpring;;\nA;B;C\n1;{PAGE};2\n", ("A", "B", "C"), 3),
        (f"# one, two\n# three\nurl,channel\n{PAGE},email\n", ("url", "channel"), 3),
        (f'"# one, two"\n"# ""three"""\nurl,channel\n{PAGE},b\n', ("url", "channel"), 3),
        (f"My links,are,here\nurl,channel,note\n{PAGE},email,\n", ("url", "channel", "note"), 2),
        (f"Links\nA;B\n1;{PAGE}\n", ("A", "B"), 2),
        (f"landing_page\n{PAGE}?ids=1,2,3\n", ("landing_page",), 1),
        (f'"Name,\nfull",URL\nx,{PAGE}\n', ("Name,\nfull", "URL"), 1),
        (f"{PAGE}\n{PAGE}b\n", (), 0),
        (f"shop.example/a\n{PAGE}\n", (), 0),
        (f"# only a remark\n{PAGE}\n", (), 0),
        (f"email,{PAGE}\nsource,medium\n", (), 0),
        ("", (), 0),
    ],
)
def test_the_header_is_found(text: str, header: tuple[str, ...], line: int) -> None:
    """Below titles, remarks and Excel's own line; or there is none."""
    assert read(text)[:2] == (header, line)


def test_rows_keep_their_lines_and_lose_what_spreadsheets_added() -> None:
    """A cell over two lines, no-break spaces, apostrophes, remarks and empty rows."""
    text = (
        f'url,note\n{PAGE},"a\nb"\n,\n\u00a0{PAGE}b\u00a0 ,\'=1+1\n'
        f"# the end,\n{PAGE}c,'twas\n{PAGE}d,e,f\n"
    )

    assert read(text)[2] == [
        (2, [PAGE, "a\nb"]),
        (5, [f"{PAGE}b", "=1+1"]),
        (7, [f"{PAGE}c", "'twas"]),
        (8, [f"{PAGE}d", "e", "f"]),
    ]


@pytest.mark.parametrize(
    ("lines", "separator"),
    [
        (["Channel;Name, town, x;URL", "News;a, b;c"], ";"),
        (["a,b", '"1;2;3",4'], ","),
        (["Kanal;Quote", "a;0,5", "b;0,7"], ";"),
        (["url", "https://x.example/?e=*|EMAIL|*", "https://x.example/?e=*|EMAIL|*"], ","),
        (["url,name", "https://x.example/?e={{ a | b }},x", "{{ a | b }},x"], ","),
        (["# a;b;c;d", "a,b", "c,d"], ","),
        (["a\tb", "1\t2,3"], "\t"),
        (["sep=|", "a,b"], "|"),
        (["SEP=", "a"], ","),
        (["sep=\r\n", "a;b"], ";"),
        (['"sep=""', "a;b"], ";"),
        (["sep= ", "a b;c"], ";"),
        ([], ","),
    ],
)
def test_the_separator_is_that_of_most_rows(lines: list[str], separator: str) -> None:
    """Not that of the first line alone; what quotes or merge tags hold does not count."""
    assert separator_of(lines) == separator


def test_what_comes_after_the_first_address_is_not_the_header() -> None:
    """However many known words it has."""
    assert header_at([["Titel", "Foo"], [PAGE, "x"], ["source", "medium"]]) == 0
    assert header_at([[PAGE, "x"], ["source", "medium"]]) is None


def test_a_cell_without_an_end_is_not_csv() -> None:
    """It is refused with its line when its row is asked for, not before."""
    table = open_table(["url,note\n", f"{PAGE},a\n", f'{PAGE},"{"x" * 100}\n'])
    rows = table.rows(max_cell=90)

    assert next(rows).line == 2
    with pytest.raises(NotCsv) as caught:
        next(rows)
    assert caught.value.line == 3


def test_a_row_is_longer_than_its_header_only_if_it_says_something_there() -> None:
    """Trailing separators are the spreadsheet's."""
    assert not beyond(["a", "", ""], 1)
    assert beyond(["a", "", "b"], 1)
    assert "quotes" in MORE_CELLS


@pytest.mark.parametrize(
    ("page", "path", "address"),
    [
        ("https://shop.example", "/press", "https://shop.example/press"),
        (PAGE, "press?a=1", "https://shop.example/press?a=1"),
        ("shop.example", "/", "shop.example/"),
        (PAGE, "", PAGE),
        ("https://shop.example/a", "/b", "https://shop.example/a"),
        ("", "/b", ""),
    ],
)
def test_an_address_in_two_columns_is_put_together(page: str, path: str, address: str) -> None:
    """Unless the first has a path of its own."""
    assert whole_address(page, path) == address


def test_a_text_is_a_table_if_its_header_is_known() -> None:
    """Several columns, one of them known; not a list with a heading."""
    assert is_table(f"Name;Lien\nx;{PAGE}\n")
    assert not is_table(f"Links\n{PAGE}?a=1,2\n")
    assert not is_table(f"{PAGE},{PAGE}\n")


cells = st.text(st.characters(exclude_categories=("Cs", "Cc", "Z")), min_size=1, max_size=12)


@given(
    st.lists(st.tuples(cells, cells, cells), min_size=1, max_size=6),
    st.sampled_from(",;\t|"),
    st.sampled_from(["", "Links of spring\r\n", "# a remark\r\n"]),
)
def test_what_is_written_is_read(
    rows: list[tuple[str, str, str]], separator: str, above: str
) -> None:
    """Whatever the cells hold, and whichever separator stands between them."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=separator, quoting=csv.QUOTE_ALL)
    writer.writerow(["Zielseite", "Quelle", "Medium"])
    writer.writerows([PAGE, *map(escape_formula, row)] for row in rows)
    header, _, found = read(above + text.getvalue())

    assert header == ("Zielseite", "Quelle", "Medium")
    assert [row.cells for row in found] == [[PAGE, *row] for row in rows]


def test_a_long_table_is_read_as_it_comes() -> None:
    """A header is found by the first lines; the others are not asked for."""
    asked = 0

    def lines() -> Iterator[str]:
        nonlocal asked
        yield "url,channel\n"
        while True:
            asked += 1
            yield f"{PAGE},email\n"

    rows = open_table(lines()).rows()
    assert next(rows).line == 2
    assert asked < 100


@given(st.text() | st.text(st.sampled_from("sep=#\"',;|\t\r\n \0uаrl/:.")))
def test_any_text_is_read_or_is_not_csv(text: str) -> None:
    """No other exception, whatever it holds; lines only grow."""
    with suppress(NotCsv):
        lines = [row.line for row in open_table(io.StringIO(text, newline="")).rows()]
        assert lines == sorted(set(lines))
