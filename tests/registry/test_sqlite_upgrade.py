"""Files of past versions are brought up to date, a copy kept; later ones are only read."""

import shutil
import sqlite3
import stat
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import Run
from tests.registry.past_files import IDS, PAST
from utmforge import Registry
from utmforge.errors import RegistryDamaged, RegistryTooNew
from utmforge.registry.check import check
from utmforge.registry.migrations import MIGRATIONS
from utmforge.registry.queries import LinkQuery
from utmforge.registry.repair import repair


def test_a_past_version_s_file_works_as_a_new_one(old: Path) -> None:
    """All its links, and everything that can be done today."""
    with Registry.open(old) as registry:
        links = list(registry.links())
        assert [link.id for link in links] == IDS
        registry.retire([IDS[0]], "old", successor=IDS[1])
        assert registry.get(IDS[0]).state == "retired"
        registry.undo()
        assert registry.queries.count(LinkQuery(state="issued")) == (4, 0)
    assert check(old).is_whole


def test_the_file_as_it_was_is_kept(old: Path, run: Run, work: Path) -> None:
    """Beside it, for its owner alone, and said once; an up-to-date file has no copy."""
    before = old.read_bytes()
    is_old = old_version(old) < len(MIGRATIONS)
    words = ("new", "https://x.example/", "-c", "zzz", "-C", "sms", "--registry", "links.db")
    for reading in (("list", "--registry", "links.db"), (*words, "--dry-run")):
        assert run(*reading).exit_code == 0
        assert old.read_bytes() == before
    first = run(*words, "-q")
    second = run(*words, "-q")

    assert first.exit_code == second.exit_code == 0
    assert first.stdout == second.stdout
    copies = list(work.glob("links.db.version-*"))
    assert len(copies) == is_old
    for copy in copies:
        assert stat.S_IMODE(copy.stat().st_mode) == 0o600
        assert copy.read_bytes()[100:] == before[100:]
        old.write_bytes(before)
        with Registry.open(old) as registry:
            assert registry.database.copy_kept == work / f"{copy.name}.2"
    assert second.stderr == ""


def old_version(path: Path) -> int:
    """Return how many steps a file has taken."""
    with closing(sqlite3.connect(path)) as database:
        return int(database.execute("PRAGMA user_version").fetchone()[0])


def test_a_damaged_file_takes_no_step(work: Path) -> None:
    """It is left as it is, to be repaired first."""
    path = work / "links.db"
    data = PAST[0].read_bytes()
    path.write_bytes(data.replace(b"links_by_campaign", b"links_by_campaigm"))
    before = path.read_bytes()
    with pytest.raises(RegistryDamaged):
        Registry.open(path)
    assert path.read_bytes() == before
    assert repair(path).kept == 4
    with Registry.open(path) as registry:
        assert [link.id for link in registry.links()] == IDS


def test_a_file_that_cannot_be_written_is_read_all_the_same(
    old: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As of today, in memory; the file stays as it was."""
    before = old.read_bytes()
    real: Any = sqlite3.connect

    def read_only(name: str, **settings: object) -> sqlite3.Connection:
        if name == ":memory:":
            connection: sqlite3.Connection = real(name, **settings)
        else:
            connection = real(f"file:{name}?mode=ro", uri=True, **settings)
        return connection

    monkeypatch.setattr("sqlite3.connect", read_only)
    with Registry.open(old, create=False) as registry:
        assert [link.id for link in registry.links()] == IDS
        assert registry.history(IDS[0]) == []
    assert old.read_bytes() == before


def test_where_no_copy_can_be_kept_nothing_changes(
    work: Path, monkeypatch: pytest.MonkeyPatch, run: Run
) -> None:
    """No step without a copy."""
    path = work / "links.db"
    shutil.copyfile(PAST[0], path)
    before = path.read_bytes()

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.open", full)
    result = run("new", "https://x.example/", "-c", "c", "-C", "sms", "--registry", "links.db")
    monkeypatch.undo()
    assert result.exit_code == 33
    assert result.stderr.startswith("error: cannot copy the registry before")
    assert result.stdout == ""
    assert path.read_bytes() == before


def later(path: Path) -> None:
    """Make a file as a later version might."""
    with Registry.open(path) as registry:
        registry.close()
    with closing(sqlite3.connect(path, isolation_level=None)) as database:
        database.execute("ALTER TABLE links ADD COLUMN colour TEXT")
        database.execute("INSERT INTO versions VALUES (99, '7.5.0')")
        database.execute("PRAGMA user_version=99")


def test_a_later_version_s_file_is_read_and_not_written(old: Path, run: Run) -> None:
    """With the version to install; the file is as it was."""
    later(old)
    before = old.read_bytes()
    listed = run("list", "-F", "csv", "--registry", "links.db")
    issued = run("new", "https://x.example/", "-c", "c", "-C", "sms", "--registry", "links.db")

    assert [line.partition(",")[0] for line in listed.stdout.splitlines()[1:]] == IDS
    assert issued.exit_code == 35
    assert issued.stderr == (
        'error: the registry "links.db" was written by a later version of utmforge\n'
        "hint: install utmforge 7.5.0 or later\n"
    )
    assert old.read_bytes() == before
    with Registry.open(old, create=False) as registry, pytest.raises(RegistryTooNew):
        registry.retire([IDS[0]], "x")


def test_a_later_version_that_keeps_its_rows_otherwise_is_not_read(old: Path) -> None:
    """No guess is made about what is not understood."""
    later(old)
    with closing(sqlite3.connect(old, isolation_level=None)) as database:
        database.execute("ALTER TABLE links RENAME COLUMN channel TO place")
    with Registry.open(old, create=False) as registry, pytest.raises(RegistryTooNew):
        list(registry.links())
