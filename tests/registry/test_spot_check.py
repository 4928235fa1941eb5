"""A large registry: a part of it is verified each time it is opened."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.registry.flipping import read_large
from utmforge import Registry, Tags, make_link
from utmforge.errors import RegistryDamaged
from utmforge.registry import spot_check
from utmforge.registry.check import check
from utmforge.registry.queries import LinkQuery
from utmforge.registry.repair import repair
from utmforge.registry.spot_check import is_part_damaged

if TYPE_CHECKING:
    from tests.conftest import Run

LINKS = 1_500
NOON = datetime(2026, 3, 20, 12, tzinfo=UTC)
PATH = Path("links.db")


def tamper(*statements: str) -> None:
    """Change rows that commands only ever add."""
    with closing(sqlite3.connect(PATH, isolation_level=None)) as database:
        for statement in statements:
            database.execute(statement)


@pytest.fixture(autouse=True)
def registry(monkeypatch: pytest.MonkeyPatch) -> None:
    """A file of over 64 pages, one link of which is retired; one look takes all of it."""
    with Registry.open(PATH) as registry:
        links = [make_link(f"https://x.example/{i}", Tags("a", "b", f"c{i}")) for i in range(LINKS)]
        registry.add(links)
        registry.retire([links[0].id], "x")
    monkeypatch.setattr(spot_check, "ROWS_A_LOOK", LINKS)


def without_trigger(table: str, statement: str) -> tuple[str, ...]:
    """Return statements that change rows although triggers refuse it."""
    names = [f"{table}_{verb}" for verb in ("update", "delete")]
    find = "SELECT sql FROM sqlite_master WHERE name = ?"
    with closing(sqlite3.connect(PATH)) as database:
        made = [str(database.execute(find, (name,)).fetchone()[0]) for name in names]
    return (*(f"DROP TRIGGER {name}" for name in names), statement, *made)


@pytest.mark.parametrize(
    ("table", "statement"),
    [
        ("links", "DELETE FROM links WHERE seq = 700"),
        ("links", "UPDATE links SET url = 'https://x.example/' WHERE seq = 700"),
        ("links", "UPDATE links SET state = 'retired' WHERE seq = 700"),
        ("links", "UPDATE links SET seq = 9000 WHERE seq = 1500"),
        ("history", "UPDATE history SET action = 'reinstated'"),
        ("changes", "UPDATE changes SET kind = 'undo' WHERE seq = 1"),
    ],
)
def test_rows_that_are_missing_or_changed(table: str, statement: str) -> None:
    """The registry is refused when the part is looked at."""
    Registry.open(PATH).close()
    tamper(*without_trigger(table, statement))

    with pytest.raises(RegistryDamaged):
        Registry.open(PATH)
    assert check(PATH).damaged


@pytest.mark.parametrize(
    "index",
    [
        "sqlite_autoindex_links_1",
        "links_by_campaign",
        "sqlite_autoindex_history_1",
        "history_by_change",
        "sqlite_autoindex_changes_1",
    ],
)
def test_a_row_that_an_index_does_not_have(index: str) -> None:
    """For each of our indexes: one of its keys is flipped in the file."""
    with closing(sqlite3.connect(PATH)) as database:
        root = database.execute(
            "SELECT rootpage FROM sqlite_master WHERE name = ?", (index,)
        ).fetchone()[0]
        page_size = database.execute("PRAGMA page_size").fetchone()[0]
    data = bytearray(PATH.read_bytes())
    start = (root - 1) * page_size
    at = data.index(b"default", start, start + page_size)  # the first key, whatever the page is
    data[at] ^= 1
    PATH.write_bytes(data)

    with pytest.raises(RegistryDamaged):
        Registry.open(PATH)


def test_one_look_at_a_part_is_one_of_equal_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every row is in exactly one, the first and the last too."""
    monkeypatch.setattr(spot_check, "ROWS_A_LOOK", 256)
    seen: list[str] = []

    with closing(sqlite3.connect(PATH, isolation_level=None)) as database:
        database.set_trace_callback(seen.append)  # with the values in their places
        for part in range(6):
            monkeypatch.setattr(spot_check, "_random", lambda below, part=part: part % below)
            assert not is_part_damaged(database)
    read = [one.partition("BETWEEN ")[2] for one in seen if "FROM links NOT INDEXED WHERE" in one]
    parts = ((1, 256), (257, 512), (513, 768), (769, 1024), (1025, 1280), (1281, 1500))
    assert read == [f"{first} AND {last} ORDER BY seq" for first, last in parts]


def test_totals_do_not_rest_on_one_index(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """They are compared with the numbers of the rows, whatever part was looked at."""
    tamper(*without_trigger("links", "DELETE FROM links WHERE seq = 700"))
    monkeypatch.setattr(spot_check, "_random", lambda below: below - 1)
    monkeypatch.setattr(spot_check, "ROWS_A_LOOK", 10)

    for words in (("list",), ("list", "--limit", "5"), ("registry", "status")):
        assert run(*words, "--registry", "links.db").exit_code == 38, words
    with Registry.open(PATH) as registry, pytest.raises(RegistryDamaged):
        registry.queries.count(LinkQuery())
    assert check(PATH).damaged == ("the table links has 1 row fewer than it should have",)
    assert run("registry", "check", "--registry", "links.db").exit_code == 1
    assert repair(PATH, NOON).kept == LINKS - 1
    assert check(PATH).is_whole
    assert run("registry", "status", "--registry", "links.db").exit_code == 0


def test_flipped_pages_are_found(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Those that lead to a wrong answer, some of the times that the file is opened."""
    monkeypatch.setattr(spot_check, "ROWS_A_LOOK", 256)
    folder = tmp_path / "flipped"
    folder.mkdir()
    flips = read_large(folder, flips=40, opens=400, links=1_500, seed=3)

    assert flips.never_found == 0
    assert flips.noticed + len(flips.found_after) == 40
