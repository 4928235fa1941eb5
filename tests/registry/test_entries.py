"""Every entry of a file is read, one by one, and damage is told in words."""

import sqlite3
from collections import Counter
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from utmforge.errors import RegistryUnavailable
from utmforge.issuing.make import make_link
from utmforge.model import Tags
from utmforge.registry.entries import (
    ROWS_AT_ONCE,
    batches,
    damage,
    open_file,
    rows_of_file,
    rows_of_table,
)
from utmforge.registry.rows import to_row

LINK = make_link("https://x.example/", Tags("news", "email", "spring"))
ROW = to_row(LINK, "2026-03-20T10:00:00Z", "abcdefgh")


@given(st.integers(0, 3 * ROWS_AT_ONCE + 1))
def test_batches_lose_nothing(count: int) -> None:
    """All rows in their order, and no batch is empty or too long."""
    found = list(batches(range(count)))

    assert [row for batch in found for row in batch] == list(range(count))
    assert all(0 < len(batch) <= ROWS_AT_ONCE for batch in found)


def file_of(count: int, columns: str = "id, url, checksum") -> Path:
    """Write a table of links of which a test says the columns."""
    path = Path("links.db")
    with closing(sqlite3.connect(path)) as database:
        names = [f"{name} TEXT" for name in columns.split(", ")]
        database.execute(f"CREATE TABLE links (seq INTEGER PRIMARY KEY, {', '.join(names)})")
        marks = ", ".join("?" * len(names))
        database.executemany(
            f"INSERT INTO links ({columns}) VALUES ({marks})",  # noqa: S608 - of this test
            [[f"{number}"] * len(names) for number in range(count)],
        )
        database.commit()
    return path


OF_0_1 = (
    "id, url, landing_page, channel, utm_source, utm_medium, utm_campaign, utm_id, utm_content, "
    "utm_term, utm_source_platform, utm_creative_format, utm_marketing_tactic, issued_at, state, "
    "checksum"
)


@pytest.mark.parametrize("count", [0, 1, ROWS_AT_ONCE, 2 * ROWS_AT_ONCE + 1])
def test_rows_of_a_file(count: int) -> None:
    """Each once, in its order; a table that is not there has none, an old one no change."""
    with closing(open_file(file_of(count, OF_0_1))) as database:
        rows = [row for row in rows_of_table(database, "links") if row]
        tables = Counter(table for table, _ in rows_of_file(database))

    assert [row[0] for row in rows] == [str(number) for number in range(count)]
    assert all(row[-2] is None for row in rows)
    assert tables == Counter({"links": count} if count else {})


def test_text_that_is_not_utf_8_is_read_as_damage() -> None:
    """It comes as a text that no registry can have written."""
    path = file_of(1, OF_0_1)
    with closing(sqlite3.connect(path)) as database:
        database.execute("UPDATE links SET url = CAST(x'ff' AS TEXT)")
        database.commit()
    with closing(open_file(path)) as database:
        [row] = rows_of_table(database, "links")

    assert damage("links", row) == 'the entry of link "0" does not match its checksum'


def test_a_file_that_is_not_there() -> None:
    """Is not made by looking for it."""
    with pytest.raises(RegistryUnavailable, match=r'^there is no registry "none.db"$'):
        open_file(Path("none.db"))

    assert not Path("none.db").exists()


OTHER = make_link("https://y.example/", Tags("news", "email", "spring"))._replace(id=LINK.id)


@pytest.mark.parametrize(
    ("table", "row", "words"),
    [
        ("links", ROW, None),
        ("links", None, "an entry cannot be read"),
        ("links", (*ROW[:3], "sms", *ROW[4:]), "the entry of link {} does not match its checksum"),
        (
            "links",
            to_row(OTHER, "2026-03-20T10:00:00Z", None),
            "link {} has the id of another link",
        ),
        ("links", (LINK.id, "\udcff", "x"), "the entry of link {} does not match its checksum"),
        ("links", (LINK.id, b"x", "y"), "the entry of link {} does not match its checksum"),
        (
            "history",
            (LINK.id, "x"),
            "the entry in the history of link {} does not match its checksum",
        ),
        ("changes", (LINK.id, "x"), "the entry of change {} does not match its checksum"),
    ],
)
def test_damage_in_words(table: str, row: tuple[object, ...] | None, words: str | None) -> None:
    """Which entry, and what is wrong with it; a whole one has none."""
    shown = f'"{LINK.id}"'

    assert damage(table, row) == (words.format(shown) if words else None)
