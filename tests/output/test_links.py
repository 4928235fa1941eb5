"""Links in every format: a URL is never cut, wrapped or styled."""

import csv
import io
import json

import pytest

from utmforge import Tags, make_link
from utmforge.errors import StdoutFailed
from utmforge.model import LINK_FIELDS, Event, TaggedLink
from utmforge.output.console import Console
from utmforge.output.formats import Color, Format
from utmforge.output.links import LinkWriter, group_of, show_link

HERO = make_link(
    "https://x.example/?a=1#top", Tags("sms", "sms", "spring", content="hero"), channel="sms"
)
FORMULA = make_link("https://x.example/b", Tags("=1+1", "email", "spring"))


def console(fmt: Format, *, encoding: str = "utf-8", terminal: bool = False) -> Console:
    """Return a console that writes into memory."""
    stdout = io.TextIOWrapper(io.BytesIO(), encoding=encoding, newline="")
    if terminal:
        stdout.isatty = lambda: True  # type: ignore[method-assign] # as a terminal says
    return Console("list", stdout=stdout, stderr=io.StringIO(), fmt=fmt, color=Color.NEVER)


def written(to: Console) -> str:
    """Return what went to stdout."""
    to.finish()
    to.stdout.seek(0)
    return to.stdout.read()


def output(fmt: Format, *links: TaggedLink, with_group: bool = False) -> str:
    """Return links in a format, added one by one."""
    to = console(fmt)
    writer = LinkWriter(to, with_group=with_group)
    for link in links:
        writer.add([link])
    writer.close()
    return written(to)


def test_urls_are_one_a_line() -> None:
    """And nothing else."""
    assert output(Format.URLS, HERO, FORMULA) == f"{HERO.url}\n{FORMULA.url}\n"


@pytest.mark.parametrize(
    ("fmt", "empty"),
    [
        (Format.URLS, ""),
        (Format.TABLE, ""),
        (Format.MARKDOWN, ""),
        (Format.JSONL, ""),
        (Format.CSV, ",".join(LINK_FIELDS) + "\n"),
    ],
)
def test_without_links(fmt: Format, empty: str) -> None:
    """A CSV has its header even so; JSON has an empty list."""
    assert output(fmt) == empty
    assert json.loads(output(Format.JSON))["data"] == []


def test_json_and_json_lines_have_the_same_keys() -> None:
    """Those of `LINK_FIELDS`, in their order."""
    data = json.loads(output(Format.JSON, HERO, FORMULA))["data"]
    lines = [json.loads(line) for line in output(Format.JSONL, HERO, FORMULA).splitlines()]

    assert data == lines
    assert list(data[0]) == list(LINK_FIELDS)
    assert data[0]["content"] == "hero"
    assert data[1]["content"] is None


def test_csv_is_escaped_for_spreadsheets() -> None:
    """One header, however many times links come; a formula stays text."""
    rows = list(csv.DictReader(io.StringIO(output(Format.CSV, HERO, FORMULA))))

    assert [row["id"] for row in rows] == [HERO.id, FORMULA.id]
    assert rows[0]["url"] == HERO.url
    assert rows[1]["source"] == "'=1+1"


def test_markdown_escapes_cells_and_keeps_the_url() -> None:
    """In angle brackets, so that no reader cuts it."""
    piped = make_link("https://x.example/", Tags("a|b", "email", "spring"))
    lines = output(Format.MARKDOWN, piped, HERO).splitlines()

    assert lines[0] == "| channel | content | id | link |"
    assert lines[2] == rf"| - | - | {piped.id} | <{piped.url}> |"
    assert lines[3] == f"| sms | hero | {HERO.id} | <{HERO.url}> |"


@pytest.mark.parametrize(("columns", "is_beside"), [("300", True), ("60", False)])
def test_a_table_has_the_url_in_a_column_or_below(
    monkeypatch: pytest.MonkeyPatch, columns: str, *, is_beside: bool
) -> None:
    """Whole, wherever it stands; columns that tell nothing apart are left out."""
    monkeypatch.setenv("COLUMNS", columns)
    shown = output(Format.TABLE, HERO, FORMULA)

    assert HERO.url in shown
    assert "campaign" not in shown.splitlines()[0]
    assert (HERO.url in shown.splitlines()) != is_beside


def test_the_channel_group_is_shown_where_it_is_asked_for() -> None:
    """In a column of its own."""
    assert str(group_of(HERO)) == "SMS"
    assert "| GA4 files it under |" in output(Format.MARKDOWN, HERO, with_group=True)
    assert "GA4" not in output(Format.MARKDOWN, HERO)


def test_a_url_that_cannot_be_encoded_is_refused() -> None:
    """It is not shown as another one; JSON is ASCII anyway."""
    tag = make_link("https://x.example/", Tags("*|ÑAME|*", "email", "c"))
    if tag.url.isascii():
        tag = tag._replace(url="https://x.example/?utm_source=*|Ñ|*")
    with pytest.raises(StdoutFailed):
        LinkWriter(console(Format.URLS, encoding="ascii")).add([tag])
    to = console(Format.JSONL, encoding="ascii")
    LinkWriter(to).add([tag])

    assert json.loads(written(to))["url"] == tag.url


def test_one_link_with_what_happened_to_it() -> None:
    """A line for each value that there is, then one for each event."""
    event = Event(HERO.id, "retired", "2026-04-01T10:00:00Z", "abcd2345", "moved")
    to = console(Format.TABLE)
    show_link(to, HERO, [event])
    lines = written(to).splitlines()

    assert f"url           {HERO.url}" in lines
    assert not any(line.startswith("term") for line in lines)
    assert lines[-1].startswith("2026-04-01")

    to = console(Format.JSON)
    show_link(to, HERO, [event])
    data = json.loads(written(to))["data"]
    assert data["id"] == HERO.id
    assert data["history"][0]["reason"] == "moved"
