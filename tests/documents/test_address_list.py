"""Lists of addresses: one a line, a heading, comments, and what is no list."""

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from utmforge.documents.address_list import (
    NO_HEADER,
    has_cells,
    heading_of,
    is_address_list,
    read_address_list,
)
from utmforge.files.csv_tables import open_table

A = "https://shop.example/a"
TAGGED = f"{A}?utm_source=s&utm_medium=m&utm_campaign=c"


@pytest.mark.parametrize(
    ("text", "addresses"),
    [
        (f"{A}\n{A}b\n", [(1, A), (2, f"{A}b")]),
        (f"\n# mine\n\n{A}\r\n", [(4, A)]),
        (f"Links of spring\n{A}\n", [(2, A)]),
        (f"# mine\nLinks\n\n{A}\n", [(4, A)]),
        (f"sep=;\n{A}\n", [(2, A)]),
        (f'"{A}?a=1,2"\n', [(1, f"{A}?a=1,2")]),
        ('""\n', []),
        (f"shop.example/a\n{A}\n", [(1, "shop.example/a"), (2, A)]),
        (f"{A}\nThanks\n", [(1, A), (2, "Thanks")]),
        ("Dear all\nBye\n", [(1, "Dear all"), (2, "Bye")]),
    ],
)
def test_what_is_in_a_list(text: str, addresses: list[tuple[int, str]]) -> None:
    """Each line that is an address or stands where one should, with its number."""
    lines = text.splitlines(keepends=True)

    assert [(one.line, one.address) for one in read_address_list(lines)] == addresses


@pytest.mark.parametrize(
    ("lines", "number"),
    [
        (["Links for spring", A], 1),
        (["", "# x", "Links", "", A], 3),
        (["Spring 2026:", f'"{A}"'], 0),
        (["Links", "more", A], 0),
        (["Links"], 0),
        ([A, A], 0),
        (["shop.example", A], 0),
        (["htp//shop.example", A], 0),
        (["a?b", A], 0),
        (["ann@mail.example", A], 0),
        (["x" * 201, A], 0),
        ([], 0),
    ],
)
def test_a_heading_is_words_above_an_address(lines: list[str], number: int) -> None:
    """What may be an address with a mistake is never passed over."""
    assert heading_of(lines) == number


@pytest.mark.parametrize(
    ("line", "is_csv"),
    [
        (f"{A},email", True),
        (f"{A},news,email,spring", True),
        (f"{A}\tspring", True),
        (f"{A}, email", True),
        (f"{TAGGED},2", True),
        (f"{TAGGED};sms", True),
        (f"{A}?a=1,{A}", True),
        (f"{A}?a=1,sms", True),
        (f"{A}?ids=1,2", False),
        (f"{A}?ids=1,2&b=3", False),
        (f"{A}?sizes=s,m", False),
        (f"{A}/1,2", False),
        (f"{A};jsessionid=1?a=b", False),
        (f"{A}/a,b.html", False),
        (f"{A}?n=*|FNAME|*", False),
        (f"{A}?n={{{{ a, b }}}}", False),
        (f'"{TAGGED},2"', False),
        (A, False),
    ],
)
def test_a_comma_of_an_address_and_one_between_cells(line: str, is_csv: bool) -> None:
    """A page's own parameter may hold one; a tag, or a word after a path, does not."""
    (one,) = read_address_list([line])

    assert (one.problem == NO_HEADER) is is_csv
    assert (one.hint is not None) is is_csv
    assert has_cells(open_table([f"{line}\n"])) is is_csv


@pytest.mark.parametrize(
    ("text", "is_list"),
    [
        (f"{A}\n", True),
        (f"Spring\n{A}\n", True),
        (f"{A},email\n", True),
        (f"{A}\nsee you\n{A}\n", True),
        (f"url\n{A}\n", False),
        (f"Name,Link\nx,{A}\n", False),
        ("Dear all\nBye\n", False),
        ("# only this\n", False),
        ("", False),
    ],
)
def test_most_lines_of_a_list_are_addresses(text: str, is_list: bool) -> None:
    """And there is no header."""
    assert is_address_list(open_table(io.StringIO(text))) is is_list


ADDRESS = st.from_regex(
    r"https://[a-z]{1,8}\.example/[a-z0-9]{0,8}(\?[a-z]=[0-9]{1,3})?", fullmatch=True
)


@given(st.lists(ADDRESS, min_size=1, max_size=60), st.sampled_from(["", "# x\n", "Links\n", "\n"]))
def test_every_address_of_a_list_is_read(addresses: list[str], above: str) -> None:
    """In order, none lost and none twice, whatever stands above them."""
    lines = (above + "\n".join(addresses)).splitlines(keepends=True)

    assert [one.address for one in read_address_list(lines)] == addresses
    assert all(one.problem is None for one in read_address_list(lines))


@given(st.text(max_size=200))
def test_any_text_can_be_read(text: str) -> None:
    """Nothing is raised, and each line comes at most once."""
    numbers = [one.line for one in read_address_list(io.StringIO(text, newline=""))]

    assert numbers == sorted(set(numbers))
