"""Texts of a forged registry with right checksums: sanitised at every way out."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from utmforge import Registry, Tags, make_link
from utmforge.registry.rows import TABLES, checksum
from utmforge.urls.link_ids import link_id

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tests.conftest import Run

PATH = Path("links.db")
BAD = "x\x1b]52;c;eA==\x07\r\nrm y\r\x9b31m\u202e\u2028z"
RAW = ("\x1b", "\x07", "\r", "\x9b", "\u202e", "\u2028")
LINK = make_link("https://x.example/1", Tags("a", "b", "c", content="d"), channel="sms")
OTHER = make_link("https://x.example/2", Tags("a", "b", "c"))

COLUMNS = [
    (table, column)
    for table in TABLES
    for column in TABLES[table]
    if column not in {"checksum", "links", "part"}
]
COMMANDS = [
    *(("list", "-F", form) for form in ("table", "urls", "csv", "json", "jsonl", "markdown")),
    *(("list", "--count", by) for by in ("channel", "campaign", "month", "state")),
    *(("list", "--count", "channel", "-F", form) for form in ("csv", "markdown", "json")),
    ("list", "--sort", "channel", "-F", "csv"),
    *(("show", LINK.id, "-F", form) for form in ("table", "urls", "csv", "json", "markdown")),
    ("copy", LINK.id),
    ("copy", LINK.id, "--retired"),
    ("qr", LINK.id, "--retired"),
    ("qr", LINK.id, "--retired", "-o", "code.svg"),
    *(("explain", LINK.url, "-F", form) for form in ("table", "urls", "csv", "json", "markdown")),
    *(("history", "-F", form) for form in ("table", "urls", "csv", "json", "markdown")),
    ("undo", "-n"),
    ("undo", "1st", "-n"),
    *(("lint", "--issued", "-F", form) for form in ("table", "json", "github", "sarif")),
    ("new", "https://x.example/1", "-c", "c", "-C", "sms", "--content", "d", "-n"),
    ("new", "https://x.example/1", "-c", "cc", "-s", "a", "-m", "b", "-n"),
    *(("registry", "export", f"out.{ending}") for ending in ("csv", "jsonl", "toml")),
    *(("registry", "export", "-", "-F", form) for form in ("csv", "jsonl")),
    ("registry", "sync", "links.jsonl"),
    ("registry", "check"),
    ("registry", "status"),
    ("retire", OTHER.id, "-r", "x", "--successor", LINK.id, "-n"),
    ("doctor",),
]


def forge(table: str, column: str, text: str | None = None) -> None:
    """Write a text that no command lets in into a column, with a right checksum."""
    columns = TABLES[table]
    with closing(sqlite3.connect(PATH, isolation_level=None)) as database:
        names = [f"{table}_update", f"{table}_delete"]
        find = "SELECT sql FROM sqlite_master WHERE name = ?"
        triggers = [database.execute(find, (name,)).fetchone()[0] for name in names]
        row = list(database.execute(f"SELECT {', '.join(columns)} FROM {table}").fetchone())  # noqa: S608 - a test's own
        at = columns.index(column)
        # Some texts are cut where they are shown, and an address with escapes in front is refused.
        before = "" if "url" in columns[at] or "page" in columns[at] else "\x1b[9m"
        row[at] = text or f"{before}{row[at] or ''}{BAD}"
        if column == "url":
            row[0] = link_id(str(row[at]))
        values: Sequence[str | None] = [None if each is None else str(each) for each in row[:-1]]
        row[-1] = checksum(values)
        for name in names:
            database.execute(f"DROP TRIGGER {name}")
        marks = ", ".join(f"{each} = ?" for each in columns)
        database.execute(f"UPDATE {table} SET {marks} WHERE seq = 1", row)  # noqa: S608 - a test's own
        for trigger in triggers:
            database.execute(trigger)


@pytest.mark.parametrize(("table", "column"), COLUMNS, ids=map("-".join, COLUMNS))
def test_no_command_repeats_it_raw(
    run: Run, monkeypatch: pytest.MonkeyPatch, table: str, column: str
) -> None:
    """In no format, on neither stream, in no file; nothing is reported as a bug."""
    monkeypatch.setenv("UTMFORGE_REGISTRY", "links.db")
    with Registry.open(PATH) as registry:
        registry.add([LINK, OTHER], about="spring", change_id="1st")
        registry.retire([LINK.id], "moved", successor=OTHER.id)
    forge(table, column)

    for words in COMMANDS:
        result = run(*words)
        assert result.exit_code != 70, (words, result.stderr)
        shown = result.stdout + result.stderr
        assert [text for text in RAW if text in shown] == [], (words, shown)
    for file in Path().iterdir():
        if file.suffix in {".csv", ".jsonl", ".toml", ".svg"}:
            text = file.read_bytes().decode()
            assert [raw for raw in RAW if raw in text.replace("\r\n", "")] == [], (file, text)


SCRIPTS = [
    "javascript:alert(1)",
    "JavaScript:alert(1)//https://x.example/",
    "data:text/html,<script>alert(1)</script>",
    "file:///etc/passwd",
    "//evil.example/",
    " https://x.example/",
]


@pytest.mark.parametrize("column", ["url", "landing_page"])
@pytest.mark.parametrize("text", SCRIPTS)
def test_what_is_not_an_address_of_the_web_is_not_given_out(
    run: Run, monkeypatch: pytest.MonkeyPatch, column: str, text: str
) -> None:
    """Not to a page, a code or the clipboard, even with the right checksum and id."""
    monkeypatch.setenv("UTMFORGE_REGISTRY", "links.db")
    with Registry.open(PATH) as registry:
        registry.add([LINK])
    forge("links", column, text)
    with closing(sqlite3.connect(PATH)) as database:
        name = database.execute("SELECT id FROM links").fetchone()[0]

    for words in (("list",), ("show", name), ("copy", name), ("qr", name, "-o", "code.svg"),
                  ("share", name), ("registry", "export", "out.jsonl")):  # fmt: skip
        result = run(*words)
        assert (words, result.exit_code, result.stdout) == (words, 38, "")
    assert run("registry", "check").exit_code == 1
    assert not Path("code.svg").exists()
    assert not Path("out.jsonl").exists()
