"""One file: how it is made, what it survives, and what is refused."""

import os
import sqlite3
import stat
from contextlib import closing
from pathlib import Path

import pytest

from tests.registry.sample_links import LINK, connection_of, link
from utmforge import Registry
from utmforge.errors import (
    NotARegistry,
    RegistryBusy,
    RegistryDamaged,
    RegistryFull,
    RegistryTooNew,
    RegistryUnavailable,
)
from utmforge.registry import sqlite, sqlite_upgrade
from utmforge.registry.migrations import APPLICATION_ID, MIGRATIONS
from utmforge.registry.schema import SCHEMA, SCHEMA_DIGESTS, schema_digest


def test_the_file_is_its_owners_alone(path: Path) -> None:
    """0600 in a folder of 0700, whatever the umask."""
    before = os.umask(0)
    try:
        Registry.open(path).close()
    finally:
        os.umask(before)

    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


def test_the_file_is_set_up_to_survive(path: Path) -> None:
    """A committed transaction survives a power cut; the file says whose it is."""
    with Registry.open(path) as registry:
        ask = connection_of(registry).execute
        found = {
            name: ask(f"PRAGMA {name}").fetchone()[0]
            for name in ("journal_mode", "synchronous", "foreign_keys", "application_id")
        }

    assert found == {
        "journal_mode": "delete",
        "synchronous": 3,
        "foreign_keys": 1,
        "application_id": APPLICATION_ID,
    }


def test_a_registry_that_is_not_there_reads_as_empty(path: Path) -> None:
    """Listing makes no file."""
    with Registry.open(path, create=False) as registry:
        assert list(registry.links()) == []

    assert not path.exists()


def test_an_empty_file_is_a_new_registry(tmp_path: Path) -> None:
    """What a killed first run leaves behind."""
    path = tmp_path / "links.db"
    path.touch()
    with Registry.open(path) as registry:
        assert registry.add([LINK])[0].is_new


@pytest.mark.parametrize(
    "content",
    [b"not a database, " * 100, b"x", b"SQLite format 3\x00" + b"\x00" * 84],
    ids=["text", "one byte", "half a header"],
)
def test_a_file_that_is_not_a_database_is_refused_and_left(tmp_path: Path, content: bytes) -> None:
    """A file of another program is refused and stays unchanged."""
    path = tmp_path / "notes.txt"
    path.write_bytes(content)
    with pytest.raises((NotARegistry, RegistryDamaged)):
        Registry.open(path)

    assert path.read_bytes() == content


def test_a_database_of_somebody_else_is_refused_and_left(tmp_path: Path) -> None:
    """A browser's history is not a registry."""
    path = tmp_path / "history.db"
    with sqlite3.connect(path) as other:
        other.execute("CREATE TABLE links (id)")
    other.close()
    before = path.read_bytes()
    with pytest.raises(NotARegistry) as caught:
        Registry.open(path)

    assert caught.value.message == f'"{path}" is not a registry of utmforge'
    assert path.read_bytes() == before


def test_a_later_version_s_file_is_refused(path: Path) -> None:
    """What is not understood is not touched."""
    Registry.open(path).close()
    with sqlite3.connect(path) as later:
        later.execute("PRAGMA user_version=99")
    later.close()
    with pytest.raises(RegistryTooNew):
        Registry.open(path)


def test_a_changed_byte_in_a_row_is_noticed(path: Path) -> None:
    """The database's own check does not see it; the row's checksum does."""
    with Registry.open(path) as registry:
        registry.add([link(1)])
    path.write_bytes(
        path.read_bytes().replace(b"https://shop.example/1", b"https://evil.example/1")
    )
    with Registry.open(path) as registry, pytest.raises(RegistryDamaged) as caught:
        registry.get(link(1).id)

    assert caught.value.message == f'the entry of link "{link(1).id}" does not match its checksum'


def test_a_held_registry_is_waited_for_then_refused(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Someone else's transaction is not an error for ten seconds, then it is one."""
    Registry.open(path).close()
    monkeypatch.setattr(sqlite, "BUSY_SECONDS", 0.05)
    holder = sqlite3.connect(path, isolation_level=None)
    holder.execute("BEGIN EXCLUSIVE")
    with pytest.raises(RegistryBusy):
        Registry.open(path)
    holder.execute("ROLLBACK")
    holder.close()


def test_a_full_disk_loses_nothing_and_promises_nothing(path: Path) -> None:
    """What was there stays, what did not fit is not there at all."""
    with Registry.open(path) as registry:
        registry.add([link(1)])
        connection_of(registry).execute("PRAGMA max_page_count=1")
        with pytest.raises(RegistryFull):
            registry.add([link(number) for number in range(2, 500)])
        assert [one.id for one in registry.links()] == [link(1).id]


def test_where_nothing_can_be_written_is_told(tmp_path: Path) -> None:
    """A folder where the file should be, a file where the folder should be."""
    (tmp_path / "file").touch()
    for path in (tmp_path, tmp_path / "file" / "links.db"):
        with pytest.raises(RegistryUnavailable) as caught:
            Registry.open(path)
        assert caught.value.hint == "name another file with --registry or UTMFORGE_REGISTRY"


def test_a_first_run_that_another_one_overtakes(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Between the look at the file and the transaction another process may make the tables."""
    looks = iter([(0, 0)])
    real = sqlite_upgrade.identity

    def identity(connection: sqlite3.Connection) -> tuple[int, int]:
        if (first := next(looks, None)) is not None:
            Registry.open(path).close()
            return first
        return real(connection)

    path.parent.mkdir(parents=True)
    path.touch()
    monkeypatch.setattr(sqlite, "identity", identity)
    with Registry.open(path) as registry:
        assert registry.add([LINK])[0].is_new


def test_reading_makes_nothing_of_an_empty_file(tmp_path: Path) -> None:
    """It stays empty until something is issued."""
    path = tmp_path / "links.db"
    path.touch()
    with Registry.open(path, create=False) as registry:
        assert list(registry.links()) == []
    assert path.stat().st_size == 0


def test_the_schema_s_checksums_are_those_of_the_steps() -> None:
    """By them a damaged table definition is noticed."""
    with closing(sqlite3.connect(":memory:")) as database:
        found = []
        for step in MIGRATIONS:
            for statement in step:
                database.execute(statement)
            rows = database.execute(SCHEMA).fetchall()
            found.append(schema_digest(rows))

    assert tuple(found) == SCHEMA_DIGESTS


def test_tables_of_other_tools_are_no_damage(path: Path) -> None:
    """ANALYZE keeps its statistics in a table of its own."""
    with Registry.open(path) as registry:
        registry.add([link(1)])
    with closing(sqlite3.connect(path, isolation_level=None)) as tool:
        tool.execute("ANALYZE")
        tool.execute("CREATE TABLE notes (text)")
    with Registry.open(path) as registry:
        assert len(list(registry.links())) == 1


def test_links_to_files_and_empty_files_are_the_owner_s_alone_too(tmp_path: Path) -> None:
    """However the file comes to be."""
    (tmp_path / "link.db").symlink_to(tmp_path / "real.db")
    (tmp_path / "empty.db").touch(0o644)
    for name in ("link.db", "empty.db"):
        Registry.open(tmp_path / name).close()
        assert stat.S_IMODE((tmp_path / name).stat().st_mode) == 0o600


def test_a_device_is_no_registry() -> None:
    """/dev/null takes everything and keeps nothing."""
    with pytest.raises(NotARegistry):
        Registry.open("/dev/null")
