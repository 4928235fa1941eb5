"""The header of a registry's file: no bit of it takes the links away, and no later version."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.conftest import Run

PATH = Path("links.db")
OURS = "https://shop.example/?utm_source=email&utm_medium=email&utm_campaign=spring\n"


@pytest.fixture(autouse=True)
def registry(run: Run) -> None:
    """A registry with one link."""
    run("new", "https://shop.example/", "-c", "spring", "-C", "email", "--registry", "links.db")


@pytest.mark.parametrize(
    "byte", [0, 8, 15, 16, 17, 18, 19, 20, 21, 22, 23, 28, 29, 30, 31, 35, 47, 59, 63, 71, 95]
)
@pytest.mark.parametrize("bit", [0, 3, 7])
def test_a_flipped_bit_is_repaired(run: Run, byte: int, bit: int) -> None:
    """Or does not matter: SQLite refuses a file with another magic number or number of pages."""
    data = bytearray(PATH.read_bytes())
    data[byte] ^= 1 << bit
    PATH.write_bytes(data)

    listed = run("list", "--registry", "links.db")
    if listed.exit_code:
        assert (listed.exit_code in {33, 34, 38}, listed.stdout) == (True, "")
        assert run("registry", "check", "--registry", "links.db").exit_code == 1
        repaired = run("registry", "check", "--repair", "--registry", "links.db")
        assert (repaired.exit_code, "kept 1 link, lost 0" in repaired.stderr) == (0, True)
    assert run("list", "--registry", "links.db").stdout == OURS


@pytest.mark.parametrize("size", [512, 1024, 4096, 32768, 65536])
def test_pages_of_another_size_are_repaired(run: Run, size: int) -> None:
    """The header says which, if it says anything possible."""
    with closing(sqlite3.connect(PATH, isolation_level=None)) as database:
        database.execute(f"PRAGMA page_size={size}")
        database.execute("VACUUM")
    data = bytearray(PATH.read_bytes())
    data[22] ^= 1
    PATH.write_bytes(data)

    assert run("registry", "check", "--repair", "--registry", "links.db").exit_code == 0
    assert run("list", "--registry", "links.db").stdout == OURS


@pytest.mark.parametrize(
    "statements",
    [
        (),
        ("ALTER TABLE links ADD COLUMN later TEXT",),
        ("ALTER TABLE links RENAME COLUMN url TO address",),
        ("CREATE TABLE orders (id TEXT PRIMARY KEY)",),
    ],
    ids=["same", "column", "renamed", "table"],
)
@pytest.mark.parametrize("words", [("check",), ("check", "--repair")], ids=" ".join)
def test_a_later_version_is_not_damage(
    run: Run, statements: tuple[str, ...], words: tuple[str, ...]
) -> None:
    """A repair would bring it back to this version, without what only the later one knows."""
    with closing(sqlite3.connect(PATH, isolation_level=None)) as database:
        for statement in statements:
            database.execute(statement)
        database.execute("INSERT INTO versions VALUES (99, '9.0.0')")
        database.execute("PRAGMA user_version=99")
    before = PATH.read_bytes()
    result = run("registry", *words, "--registry", "links.db")

    assert (result.exit_code, result.stdout, result.stderr) == (
        35,
        "",
        'error: the registry "links.db" was written by a later version of utmforge\n'
        "hint: install utmforge 9.0.0 or later\n",
    )
    assert PATH.read_bytes() == before
    assert [one.name for one in Path().iterdir()] == ["links.db"]


def test_a_version_that_no_step_recorded_is_damage(run: Run) -> None:
    """The number in the header is that of a flipped bit."""
    with closing(sqlite3.connect(PATH, isolation_level=None)) as database:
        database.execute("PRAGMA user_version=69")

    assert run("list", "--registry", "links.db").exit_code == 0
    assert run("registry", "check", "--registry", "links.db").exit_code == 1
    assert run("registry", "check", "--repair", "--registry", "links.db").exit_code == 0
    assert run("list", "--registry", "links.db").stdout == OURS


@pytest.mark.parametrize("data", [b"hello\n" * 2000, b"SQLite format 3\0", bytes(9000)])
def test_another_file_is_not_repaired(run: Run, data: bytes) -> None:
    """It has no links, and stays as it is."""
    PATH.write_bytes(data)
    result = run("registry", "check", "--repair", "--registry", "links.db")

    assert result.exit_code in {34, 38}
    assert (PATH.read_bytes(), len(list(Path().iterdir()))) == (data, 1)


def test_text_that_is_not_utf8_is_damage(run: Run) -> None:
    """With the way out that damage has, and not an error of SQLite's."""
    with closing(sqlite3.connect(PATH, isolation_level=None)) as database:
        [(trigger,)] = database.execute("SELECT sql FROM sqlite_master WHERE name = 'links_update'")
        database.execute("DROP TRIGGER links_update")
        database.execute("UPDATE links SET channel = CAST(x'ff80' AS TEXT)")
        database.execute(trigger)
    result = run("list", "--registry", "links.db")

    assert (result.exit_code, result.stdout) == (38, "")
    assert result.stderr.startswith('error: the registry "links.db" is damaged\nhint: restore it')
    assert run("registry", "check", "--registry", "links.db").exit_code == 1


def test_doctor_names_a_link_to_itself(run: Run) -> None:
    """It is not a registry that is still to be made."""
    PATH.unlink()
    PATH.symlink_to("links.db")
    result = run("doctor", "--registry", "links.db")

    assert result.exit_code == 1
    assert "too many levels of symbolic links" in " ".join((result.stdout + result.stderr).split())
