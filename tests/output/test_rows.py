"""Rows of named values in every format."""

import json

import pytest

from tests.output.consoles import console
from utmforge.output.formats import Format
from utmforge.output.rows import Row, show_rows

ROWS: list[Row] = [
    {"name": "a|b", "links": 1200, "is_new": True, "about": None},
    {"name": "=1+1", "links": 0, "is_new": False, "about": ""},
]


def shown(fmt: Format, rows: list[Row]) -> str:
    """Return what is printed."""
    to, stdout, stderr = console(fmt)
    show_rows(
        to,
        rows,
        fields=("name", "links", "about"),
        shown=("name", "links", "is_new", "about"),
        key="name",
        titles={"links": "visits"},
    )
    to.finish()
    assert stderr.getvalue() == ""
    return stdout.getvalue()


@pytest.mark.parametrize(
    ("fmt", "text"),
    [
        (Format.URLS, "a|b\n=1+1\n"),
        (
            Format.TABLE,
            "name  visits  is_new  about\na|b   1,200   yes     -\n=1+1  0       no      -\n",
        ),
        (
            Format.MARKDOWN,
            "| name | visits | is_new | about |\n| --- | --- | --- | --- |\n"
            "| a\\|b | 1,200 | yes | - |\n| =1\\+1 | 0 | no | - |\n",
        ),
        (Format.CSV, "name,links,about\na|b,1200,\n'=1+1,0,\n"),
    ],
)
def test_rows_in_a_format(fmt: Format, text: str) -> None:
    """A table has titles and words, machines have values, a spreadsheet no formula."""
    assert shown(fmt, ROWS) == text


def test_rows_for_programs() -> None:
    """As they are; every field."""
    assert [json.loads(line) for line in shown(Format.JSONL, ROWS).splitlines()] == ROWS
    assert json.loads(shown(Format.JSON, ROWS))["data"] == ROWS


@pytest.mark.parametrize(
    ("fmt", "text"),
    [
        *((fmt, "") for fmt in (Format.URLS, Format.TABLE, Format.MARKDOWN, Format.JSONL)),
        (Format.CSV, "name,links,about\n"),
    ],
)
def test_no_rows(fmt: Format, text: str) -> None:
    """Nothing is printed, but a CSV has its header."""
    assert shown(fmt, []) == text
