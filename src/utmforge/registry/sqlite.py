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
from pathlib import Path
from stat import S_ISDIR, S_ISREG
from typing import TYPE_CHECKING, Any, Self

from utmforge.errors import (
    RegistryError,
    RegistryFull,
    RegistryTooNew,
    RegistryUnavailable,
    quoted,
)
from utmforge.registry.database import BUSY_SECONDS, WORKSPACE, prepared
from utmforge.registry.file_lock import held, holders
from utmforge.registry.journal import refuse_foreign_journal
from utmforge.registry.migrations import APPLICATION_ID, MIGRATIONS
from utmforge.registry.refusals import damaged, locked, no_permission, not_ours, not_utf8, too_new
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

    from utmforge.registry.database import Result

SQLITE_VERSION = sqlite3.sqlite_version
"""The library's version."""

_IN_MEMORY = ":memory:"
_NOT_UTF8 = "Could not decode to UTF-8"  # Python's own error has no code
_PERHAPS_PERMISSIONS = {sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM}
_SMALLEST_DATABASE = 512  # bytes: one page of the smallest size
_PRAGMAS = (
    "journal_mode=DELETE",
    "synchronous=EXTRA",
    "foreign_keys=ON",
)
_CAUTIOUS = ("trusted_schema=OFF", "cell_size_check=ON")  # before anything is read
MAX_LENGTH = 32_000_000  # bytes of a value or a row; ours have a few thousand
_MAX_STEPS = 20_000_000  # of SQLite's machine in one statement; ours take a few thousand
_INSERTS = {
    table: (
        f"INSERT INTO {table} (workspace, {', '.join(columns)}) "
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
"""
# In one statement, so that no other command can add rows in between. Rows have no gaps.
_COUNT = (
    f"SELECT (SELECT count(*) FROM links WHERE workspace = '{WORKSPACE}'), "
    "(SELECT max(seq) FROM links NOT INDEXED)"
)
_LAST_CHARACTER = "\U0010ffff"


class SqliteDatabase:
    """One file. See `Database`."""

    like = "LIKE"
    in_order = "+workspace"  # stops SQLite from using an index and sorting its rows
    values_a_query = 500  # older SQLite accepts at most 999
    role: str | None = None

    def __init__(self, connection: sqlite3.Connection, path: Path) -> None:
        self._connection = connection
        self.path = path
        self.place = str(path)
        self.copy_kept: Path | None = None
        self.is_gapless = True
        self._is_newer = False
        self._is_to_be_made = False
        self._file = _identity_of(path)

    @classmethod
    def open(cls, path: Path, *, create: bool, at_once: bool = True) -> Self:
        """Open the file; see `Registry.open`.

        Args:
            path: The file.
            create: Make a missing file.
            at_once: Make it now. False: when the first entry is saved.
        """
        is_there = bool(_checked_size(path, writing=create))
        if create and at_once and not is_there:
            _make(path)
            is_there = True
        with as_refusals(path):
            file = _identity_of(path)  # before: one that replaces it meanwhile is noticed
            database = cls(_connected(os.path.realpath(path) if is_there else _IN_MEMORY), path)
            database._file = file
            database._is_to_be_made = create and not is_there
            return prepared(database, writing=create and is_there)

    @classmethod
    def in_memory(cls, path: Path) -> Self:
        """Return an empty registry in memory that is named like a file."""
        return prepared(cls(_connected(_IN_MEMORY), path), writing=False)

    def close(self) -> None:
        """Close the file."""
        self._connection.close()

    def continue_in_memory(self) -> None:
        """Go on with a copy in memory; the file stays as it is."""
        self._is_to_be_made = False
        self._copy_to_memory()

    def _copy_to_memory(self) -> None:
        memory = sqlite3.connect(_IN_MEMORY, isolation_level=None)
        self._connection.backup(memory)
        self._connection.close()
        self._connection = memory

    def read(self, statement: str, values: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        """Return the rows that a statement asks for."""
        if self._is_to_be_made and _checked_size(self.path, writing=True):
            self._open_made()
        with as_refusals(self.path):
            try:
                return self._connection.execute(statement, values).fetchall()
            except sqlite3.OperationalError:
                if self._is_newer:  # a later version may have other tables
                    raise self._too_new() from None
                raise

    def write(self, work: Callable[[], Result]) -> Result:
        """Do work in one transaction, after every other writer's."""
        if self._is_to_be_made:
            if not _checked_size(self.path, writing=True):
                self._rehearse(work)
                _make(self.path)
            self._open_made()
        if self._is_newer:
            raise self._too_new()
        with as_refusals(self.path), self._transaction():
            return work()

    def _rehearse(self, work: Callable[[], object]) -> None:
        """Do work in memory first, so that a refused command creates no file."""
        self._is_to_be_made = False
        try:
            with as_refusals(self.path):
                self._connection.execute("BEGIN")
                work()
        finally:
            self._is_to_be_made = True
            if self._connection.in_transaction:
                self._connection.execute("ROLLBACK")

    def _open_made(self) -> None:
        """Open the file, which was missing."""
        before = self._connection
        with as_refusals(self.path):
            self._file = _identity_of(self.path)
            self._connection = _connected(os.path.realpath(self.path))
            try:
                self.prepare(writing=True)
            except BaseException:
                self._connection.close()
                self._connection = before
                raise
        before.close()
        self._is_to_be_made = False

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

    def count_links(self) -> int:
        """Return the number of links, by an index and by the numbers of the table's rows."""
        count, last = self.read(_COUNT)[0]
        if self.is_gapless and count != (last or 0):
            raise damaged(quoted(self.path))
        return int(count)

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
        self._connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, MAX_LENGTH)
        for pragma in _CAUTIOUS:
            self._connection.execute(f"PRAGMA {pragma}")
        application, version = identity(self._connection)
        if application == APPLICATION_ID and version > len(MIGRATIONS):
            self._is_newer, self.is_gapless = True, False
            if writing or not is_readable_later(self._connection):
                raise self._too_new()
        elif (application, version) != (APPLICATION_ID, len(MIGRATIONS)):
            self._bring_up_to_date(writing=writing)
        elif self._is_damaged():
            raise damaged(quoted(self.path))
        for pragma in _PRAGMAS:
            self._connection.execute(f"PRAGMA {pragma}")

    def _is_damaged(self) -> bool:
        """Look at the file, which takes few steps in any file that commands have made."""
        self._connection.set_progress_handler(lambda: 1, _MAX_STEPS)
        try:
            return is_damaged(self._connection)
        except sqlite3.OperationalError as error:
            if getattr(error, "sqlite_errorcode", 0) & 0xFF == sqlite3.SQLITE_INTERRUPT:
                return True
            raise
        finally:
            self._connection.set_progress_handler(None, 0)

    def _bring_up_to_date(self, *, writing: bool) -> None:
        if not writing:  # a command that only reads upgrades a copy in memory
            self._copy_to_memory()
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
        if now is None or self._file is None or now == self._file or self.is_in_memory:
            self._file = self._file or now
            return
        self._file = now
        self._connection.close()
        self._connection = _connected(os.path.realpath(self.path))
        self.prepare(writing=True)

    @property
    def is_in_memory(self) -> bool:
        """Whether changes are lost when it is closed."""
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


def _connected(name: str) -> sqlite3.Connection:
    if name != _IN_MEMORY:
        refuse_foreign_journal(name)
    return sqlite3.connect(name, timeout=BUSY_SECONDS, isolation_level=None)


def _checked_size(path: Path, *, writing: bool) -> int:
    """Return the file's size in bytes, 0 if it is missing.

    A file that is there is not opened here: closing it would release the locks that another
    connection of this process holds (https://www.sqlite.org/howtocorrupt.html, 2.2).
    """
    try:
        found = path.stat()
    except FileNotFoundError:
        return 0
    except OSError as error:
        raise _unusable(path, error, "write" if writing else "read") from None
    if not S_ISREG(found.st_mode) and not S_ISDIR(found.st_mode):
        raise not_ours(path)
    # SQLite takes a file shorter than its header for an empty one, and overwrites it.
    if 0 < found.st_size < _SMALLEST_DATABASE:
        raise not_ours(path)
    return found.st_size


def _make(path: Path) -> None:
    """Make an empty file, which becomes a registry, and its folder, for their owner alone."""
    real = Path(os.path.realpath(path))
    try:
        real.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        try:
            os.close(os.open(real, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))
        except FileExistsError:  # another process was faster, or a first run was killed
            with suppress(OSError):
                real.chmod(0o600)
    except OSError as error:
        raise _unusable(path, error, "write") from None


def _unusable(path: Path, error: OSError, verb: str) -> RegistryError:
    if error.errno == errno.EACCES and (refusal := no_permission(path)):
        return refusal
    kind = RegistryFull if error.errno == errno.ENOSPC else RegistryUnavailable
    return kind(
        f"cannot {verb} the registry {quoted(path)}: "
        f"{(error.strerror or 'no reason given').lower()}",
        hint="name another file with --registry or UTMFORGE_REGISTRY",
    )


def _identity_of(path: Path) -> tuple[int, int] | None:
    """Return what tells a file from one that replaces it. None: it is not there."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino


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
    match sqlite3.SQLITE_CORRUPT if _NOT_UTF8 in str(error) else code:
        case sqlite3.SQLITE_BUSY | sqlite3.SQLITE_LOCKED:
            return locked(shown, BUSY_SECONDS, holders(path))
        case sqlite3.SQLITE_FULL | sqlite3.SQLITE_IOERR:
            return RegistryFull(
                f"the registry {shown} could not be written: the disk is full or failing",
                hint="free up disk space; nothing from this run was issued",
            )
        case sqlite3.SQLITE_READONLY | sqlite3.SQLITE_PERM | sqlite3.SQLITE_AUTH:
            reason = "is read-only"
        case sqlite3.SQLITE_NOTADB:
            return not_ours(path)
        case sqlite3.SQLITE_CORRUPT:
            return damaged(shown)
        case _:
            reason = f"cannot be opened: {error}"
    if code in _PERHAPS_PERMISSIONS and (refusal := no_permission(path)):
        return refusal
    return RegistryUnavailable(
        f"the registry {shown} {reason}",
        hint="name another file with --registry or UTMFORGE_REGISTRY",
    )
