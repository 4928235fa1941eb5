"""The registry's rows in SQLite: one file, opened in one place, durable before anything is printed.

Journal DELETE, synchronous EXTRA: a transaction that was committed survives a power cut
(https://www.sqlite.org/pragma.html#pragma_synchronous). WAL is not used: it cannot be read from a
read-only folder and is not safe on network shares.
"""

from __future__ import annotations

import errno
import os
import sqlite3
from contextlib import closing, contextmanager, suppress
from stat import S_ISDIR, S_ISREG
from typing import TYPE_CHECKING, Any, Self

from utmforge.errors import (
    RegistryError,
    RegistryFull,
    RegistryTooNew,
    RegistryUnavailable,
    quoted,
)
from utmforge.registry.database import WORKSPACE, prepared
from utmforge.registry.file_lock import held, holders
from utmforge.registry.migrations import APPLICATION_ID, MIGRATIONS
from utmforge.registry.refusals import damaged, locked, not_ours, not_utf8, too_new
from utmforge.registry.rows import TABLES
from utmforge.registry.sqlite_upgrade import (
    identity,
    is_damaged,
    is_readable_later,
    migrate,
    needed_version,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from pathlib import Path

    from utmforge.registry.database import Result

SQLITE_VERSION = sqlite3.sqlite_version
"""The library's version."""

BUSY_SECONDS = 10.0
"""How long to wait for another command's transaction."""

_SMALLEST_DATABASE = 512  # bytes: one page of the smallest size
_PRAGMAS = (
    "journal_mode=DELETE",
    "synchronous=EXTRA",
    "foreign_keys=ON",
)
_CAUTIOUS = ("trusted_schema=OFF", "cell_size_check=ON")  # before anything is read
_MAX_LENGTH = 32_000_000  # bytes of a value or a row; ours have a few thousand
_INSERTS = {
    table: (
        f"INSERT INTO {table} (workspace, {', '.join(columns)}) "  # noqa: S608 - names of ours
        f"VALUES ('{WORKSPACE}', {', '.join('?' * len(columns))}) ON CONFLICT DO NOTHING"
    )
    for table, columns in TABLES.items()
}
# From one campaign to the next along the index, instead of through every link.
_CAMPAIGNS = f"""
    WITH RECURSIVE campaigns (name) AS (
        SELECT min(utm_campaign) FROM links
        WHERE workspace = '{WORKSPACE}' AND utm_campaign >= ? AND utm_campaign < ?
        UNION ALL
        SELECT (
            SELECT min(utm_campaign) FROM links
            WHERE workspace = '{WORKSPACE}' AND utm_campaign > name AND utm_campaign < ?
        )
        FROM campaigns WHERE name IS NOT NULL
    )
    SELECT name FROM campaigns WHERE name IS NOT NULL ORDER BY (
        SELECT max(seq) FROM links WHERE workspace = '{WORKSPACE}' AND utm_campaign = name
    ) DESC
"""  # noqa: S608 - a constant of ours
_LAST_CHARACTER = "\U0010ffff"


class SqliteDatabase:
    """One file. See `Database`."""

    like = "LIKE"
    in_order = "+workspace"  # stops SQLite from using an index and sorting its rows
    values_a_query = 500  # older SQLite takes at most 999

    def __init__(self, connection: sqlite3.Connection, path: Path) -> None:
        self._connection = connection
        self.path = path
        self.place = str(path)
        self.copy_kept: Path | None = None
        self._is_newer = False
        self._file = _identity_of(path)

    @classmethod
    def open(cls, path: Path, *, create: bool) -> Self:
        """Open the file, or create a missing one if `create` is true; see `Registry.open`."""
        name = _checked(path, create=create)
        with as_refusals(path):
            file = _identity_of(path)  # before: one that replaces it meanwhile is noticed
            connection = sqlite3.connect(name, timeout=BUSY_SECONDS, isolation_level=None)
            database = cls(connection, path)
            database._file = file
            return prepared(database, writing=create)

    def close(self) -> None:
        """Close the file."""
        self._connection.close()

    def read(self, statement: str, values: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        """Return the rows that a statement asks for."""
        with as_refusals(self.path):
            try:
                return self._connection.execute(statement, values).fetchall()
            except sqlite3.OperationalError:
                if self._is_newer:  # a later version may have other tables
                    raise self._too_new() from None
                raise

    def write(self, work: Callable[[], Result]) -> Result:
        """Do work in one transaction, after every other writer's."""
        if self._is_newer:
            raise self._too_new()
        with as_refusals(self.path), self._transaction():
            return work()

    def insert(self, table: str, rows: Iterable[Sequence[object]]) -> int:
        """Add the rows whose keys are new; return how many were added."""
        before = self._connection.total_changes
        self._connection.executemany(_INSERTS[table], rows)
        return self._connection.total_changes - before

    def begins(self, column: str, text: str) -> tuple[str, list[object]]:
        """Return a condition that an index serves."""
        return f"{column} >= ? AND {column} < ?", [text, text + _LAST_CHARACTER]

    def campaigns(self, beginning: str) -> tuple[str, list[object]]:
        """Return a statement that an index serves, and its values."""
        after = beginning + _LAST_CHARACTER
        return _CAMPAIGNS, [beginning, after, after]

    def quick_check(self) -> str | None:
        """Return what SQLite's quick check finds first."""
        found = str(self.read("PRAGMA quick_check(1)")[0][0])
        return None if found == "ok" else found

    def copy_to(self, path: Path) -> None:
        """Copy everything into a file, while others may write."""
        with as_refusals(self.path), closing(sqlite3.connect(path)) as copy:
            self._connection.backup(copy)

    def prepare(self, *, writing: bool) -> None:
        """Bring the file up to date, and refuse one that is damaged or not ours."""
        self._connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, _MAX_LENGTH)
        for pragma in _CAUTIOUS:
            self._connection.execute(f"PRAGMA {pragma}")
        application, version = identity(self._connection)
        if application == APPLICATION_ID and version > len(MIGRATIONS):
            self._is_newer = True
            if writing or not is_readable_later(self._connection):
                raise self._too_new()
        elif (application, version) != (APPLICATION_ID, len(MIGRATIONS)):
            self._bring_up_to_date(writing=writing)
        elif is_damaged(self._connection):
            raise damaged(quoted(self.path))
        for pragma in _PRAGMAS:
            self._connection.execute(f"PRAGMA {pragma}")

    def _bring_up_to_date(self, *, writing: bool) -> None:
        if not writing:  # a command that only reads upgrades a copy in memory
            memory = sqlite3.connect(":memory:", isolation_level=None)
            self._connection.backup(memory)
            self._connection.close()
            self._connection = memory
        with self._transaction():
            self.copy_kept = migrate(self._connection, self.path)

    def _too_new(self) -> RegistryTooNew:
        return too_new(quoted(self.path), needed_version(self._connection))

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        """Do what follows in a transaction of the file that is there now."""
        with held(self.path, alone=False, seconds=BUSY_SECONDS):
            self._follow_replacement()
            with self._own_transaction():
                yield

    def _follow_replacement(self) -> None:
        """Open the file again if a repair has put another one in its place."""
        now = _identity_of(self.path)
        if now is None or self._file is None or now == self._file or self._is_in_memory():
            self._file = self._file or now
            return
        self._file = now
        self._connection.close()
        name = os.path.realpath(self.path)
        self._connection = sqlite3.connect(name, timeout=BUSY_SECONDS, isolation_level=None)
        self.prepare(writing=True)

    def _is_in_memory(self) -> bool:
        return not self._connection.execute("PRAGMA database_list").fetchone()[2]

    @contextmanager
    def _own_transaction(self) -> Iterator[None]:
        self._connection.execute("BEGIN IMMEDIATE")
        try:
            yield
            self._connection.execute("COMMIT")
        except BaseException:
            if self._connection.in_transaction:
                self._connection.execute("ROLLBACK")
            raise


def _checked(path: Path, *, create: bool) -> str:
    """Return what SQLite is to open: the file, created if missing, or an empty database to read.

    A file that is there is not opened here: closing it would release the locks that another
    connection of this process holds (https://www.sqlite.org/howtocorrupt.html, 2.2).
    """
    try:
        name = os.path.realpath(path)
        size = _size(name, path)
        if size is None and create:
            os.makedirs(os.path.dirname(name), mode=0o700, exist_ok=True)  # noqa: PTH103, PTH120 - speed
            with suppress(FileExistsError):  # another process was faster
                os.close(os.open(name, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))
    except OSError as error:
        kind = RegistryFull if error.errno == errno.ENOSPC else RegistryUnavailable
        raise kind(
            f"cannot {'write' if create else 'read'} the registry {quoted(path)}: "
            f"{(error.strerror or 'no reason given').lower()}",
            hint="name another file with --registry or UTMFORGE_REGISTRY",
        ) from None
    if not size:
        if size == 0 and create:  # an empty file becomes a registry
            with suppress(OSError):
                os.chmod(name, 0o600)  # noqa: PTH101 - speed
        return name if create else ":memory:"
    # SQLite takes a file shorter than its header for an empty one, and overwrites it.
    if size < _SMALLEST_DATABASE:
        raise not_ours(path)
    return name


def _identity_of(path: Path) -> tuple[int, int] | None:
    """Return what tells a file from one that replaces it. None: it is not there."""
    try:
        found = os.stat(path)  # noqa: PTH116 - speed
    except OSError:
        return None
    return found.st_dev, found.st_ino


def _size(name: str, path: Path) -> int | None:
    try:
        found = os.stat(name)  # noqa: PTH116 - speed
    except FileNotFoundError:
        return None
    if not S_ISREG(found.st_mode) and not S_ISDIR(found.st_mode):
        raise not_ours(path)
    return found.st_size


@contextmanager
def as_refusals(path: Path) -> Iterator[None]:
    """Turn the errors of SQLite into refusals."""
    try:
        yield
    except sqlite3.Error as error:
        raise _refusal(error, path) from None
    except UnicodeDecodeError:  # a damaged schema
        raise damaged(quoted(path)) from None
    except UnicodeEncodeError:
        raise not_utf8() from None


def _refusal(error: sqlite3.Error, path: Path) -> RegistryError:
    # Extended codes carry the primary one in their low byte (https://www.sqlite.org/rescode.html).
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    shown = quoted(path)
    match code:
        case sqlite3.SQLITE_BUSY | sqlite3.SQLITE_LOCKED:
            return locked(shown, BUSY_SECONDS, holders(path))
        case sqlite3.SQLITE_FULL | sqlite3.SQLITE_IOERR:
            return RegistryFull(
                f"the registry {shown} could not be written: the disk is full or failing",
                hint="free up disk space; nothing from this run was issued",
            )
        case sqlite3.SQLITE_READONLY | sqlite3.SQLITE_PERM | sqlite3.SQLITE_AUTH:
            return RegistryUnavailable(
                f"the registry {shown} is read-only",
                hint="name another file with --registry or UTMFORGE_REGISTRY",
            )
        case sqlite3.SQLITE_NOTADB:
            return not_ours(path)
        case sqlite3.SQLITE_CORRUPT:
            return damaged(shown)
        case _:
            return RegistryUnavailable(
                f"the registry {shown} cannot be opened: {error}",
                hint="name another file with --registry or UTMFORGE_REGISTRY",
            )
