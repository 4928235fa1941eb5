"""Which column of a spreadsheet is what: as it was said, by its header, by what is in it."""

import pytest

from utmforge.errors import LandingPagesInvalid
from utmforge.files.csv_tables import TableRow
from utmforge.registry.interchange.spreadsheet_columns import columns_of

TAGGED = "https://x.example/?utm_source=a&utm_medium=b&utm_campaign=c"
PAGE = "https://x.example/"


def rows(*cells: list[str]) -> list[TableRow]:
    """Return the rows below a header."""
    return [TableRow(line, row) for line, row in enumerate(cells, 2)]


@pytest.mark.parametrize(
    ("header", "body", "mapping", "places"),
    [
        (["URL"], [[TAGGED]], {}, {"url": 0}),
        (["Note", "Anything"], [["x", TAGGED]], {}, {"url": 1}),
        ([], [["x", TAGGED]], {}, {"url": 1}),
        (["URL", "Old"], [[TAGGED, TAGGED]], {}, {"url": 0}),
        (["A", "B"], [[TAGGED, PAGE], [TAGGED, TAGGED]], {}, {"url": 0}),
        (["A", "B"], [[TAGGED, PAGE], [TAGGED, TAGGED]], {"url": "b"}, {"url": 1}),
        (
            ["URL", "Source", "Medium", "Campaign"],
            [[PAGE, "a", "b", "c"]],
            {},
            {"landing_page": 0, "source": 1, "medium": 2, "campaign": 3},
        ),
    ],
)
def test_places(
    header: list[str], body: list[list[str]], mapping: dict[str, str], places: dict[str, int]
) -> None:
    """Tagged addresses are the links; addresses beside columns of tags are landing pages."""
    assert dict(columns_of(header, rows(*body), mapping, "a.csv:1").places) == places


def test_what_is_told_of_the_columns() -> None:
    """What was taken for what, what was not used, and where else tagged addresses stand."""
    columns = columns_of(["URL", "Note", "", "Old"], rows([TAGGED, "x", "", TAGGED]), {}, "a.csv:1")

    assert columns.taken == {"url": "URL"}
    assert columns.unused == ("Note",)
    assert columns.also_tagged == ("Old",)
    assert columns_of([], rows([TAGGED]), {}, "a.csv:1").header == ("column 1",)


@pytest.mark.parametrize(
    ("header", "body", "mapping", "message", "hint"),
    [
        (
            ["Note", "Thing"],
            [["x", "y"]],
            {},
            "no column holds addresses",
            'name it: --map url=COLUMN; the columns are "Note", "Thing"',
        ),
        (
            ["URL", "Source"],
            [[PAGE, "a"]],
            {},
            "no column holds tagged addresses, and none holds medium or campaign",
            'name it: --map medium=COLUMN; the columns are "URL", "Source"',
        ),
        (
            ["URL", "Source"],
            [[TAGGED, "a"]],
            {"url": "Sourc"},
            'there is no column "Sourc"',
            'did you mean "Source"?',
        ),
    ],
)
def test_too_few_columns(
    header: list[str], body: list[list[str]], mapping: dict[str, str], message: str, hint: str
) -> None:
    """What is missing, at the header's place, and how to say it."""
    with pytest.raises(LandingPagesInvalid) as caught:
        columns_of(header, rows(*body), mapping, "a.csv:1")

    assert (caught.value.message, caught.value.hint) == (message, hint)
    assert caught.value.where == "a.csv:1"
