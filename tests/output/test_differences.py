"""In what two links differ, as people, pipes and programs get it."""

import io
import json

import pytest

from utmforge.explain.differences import Difference, differences
from utmforge.output.console import Console
from utmforge.output.differences import show_differences
from utmforge.output.formats import Format
from utmforge.urls.link import Link

FOUND = differences(
    Link("https://x.example/a?utm_source=News&password=hunter22"),
    Link("https://x.example/a/?utm_source=news"),
)


def shown(found: tuple[Difference, ...], fmt: Format) -> str:
    """Return what is on stdout."""
    stdout = io.StringIO()
    console = Console("explain", stdout=stdout, stderr=io.StringIO(), fmt=fmt)
    show_differences(console, found)
    return stdout.getvalue()


def test_for_people() -> None:
    """The first link's values above the second's; what is private is masked."""
    assert shown(FOUND, Format.TABLE) == (
        "path: a slash at the end of the path was added\n  - /a\n  + /a/\n"
        "password: password was lost\n  - [password parameter]\n"
        "utm_source: utm_source changed its letter case\n  - News\n  + news\n"
    )


def test_for_programs() -> None:
    """One object each, the same keys."""
    rows = [json.loads(line) for line in shown(FOUND, Format.JSONL).splitlines()]

    assert rows[0] == {"part": "path", "name": "path", "first": "/a", "second": "/a/"}
    assert rows[1]["first"] == "[password parameter]"
    assert [row["name"] for row in rows] == ["path", "password", "utm_source"]


@pytest.mark.parametrize("fmt", [Format.TABLE, Format.JSONL])
def test_no_difference(fmt: Format) -> None:
    """Nothing is printed."""
    assert shown((), fmt) == ""
