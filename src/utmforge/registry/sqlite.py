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
    NotARegistry,
    NotText,
    RegistryBusy,
    RegistryDamaged,
    RegistryError,
    RegistryFull,
    RegistryTooNew,
    RegistryUnavailable,
    quoted,
)
from utmforge.registry.database import WORKSPACE
from utmforge.registry.migrations import (
    APPLICATION_ID,
    MIGRATIONS,
    SCHEMA,
    SCHEMA_CHECKSUMS,
    schema_checksum,
)
from utmforge.registry.rows import TABLES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from pathlib import Path

    from utmforge.registry.database import Result

BUSY_SECONDS = 10.0
"""How long to wait for somebody else's transaction."""

_SMALLEST_DATABASE = 512  # bytes: one page of the smallest size
_PAGES_ALWAYS_CHECKED = 64  # 256 KiB, about a thousand links: under a millisecond
_PRAGMAS = (
    "journal_mode=DELETE",
    "synchronous=EXTRA",
    "foreign_keys=ON",
    "trusted_schema=OFF",
    "cell_size_check=ON",
)
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
    in_order = "+workspace"  # keeps from an index that it would have to sort by
    values_a_query = 500  # SQLite took at most 999 for long

    def __init__(self, connection: sqlite3.Connection, path: Path) -> None:
        self._connection = connection
        self.path = path
        self.place = str(path)
        self.copy_kept: Path | None = None
        self._is_newer = False

    @classmethod
    def open(cls, path: Path, *, create: bool) -> Self:
        """Open the file, made if it is missing and `create` says so; see `Registry.open`."""
        name = _checked(path, create=create)
        with told(path):
            connection = sqlite3.connect(name, timeout=BUSY_SECONDS, isolation_level=None)
            database = cls(connection, path)
            try:
                database._prepare(writing=create)
            except BaseException:
                database.close()
                raise
        return database

    def close(self) -> None:
        """Let go of the file."""
        self._connection.close()

    def read(self, statement: str, values: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        """Return the rows that a statement asks for."""
        with told(self.path):
            try:
                return self._connection.execute(statement, values).fetchall()
            except sqlite3.OperationalError:
                if self._is_newer:  # it keeps its rows otherwise
                    raise self._too_new() from None
                raise

    def write(self, work: Callable[[], Result]) -> Result:
        """Do work in one transaction, after every other writer's."""
        if self._is_newer:
            raise self._too_new()
        with told(self.path), self._transaction():
            return work()

    def insert(self, table: str, rows: Iterable[Sequence[object]]) -> int:
        """Add rows, but those whose key is there; return how many were added."""
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
        with told(self.path), closing(sqlite3.connect(path)) as copy:
            self._connection.backup(copy)

    def _prepare(self, *, writing: bool) -> None:
        identity = self._identity()
        if identity[0] == APPLICATION_ID and identity[1] > len(MIGRATIONS):
            self._is_newer = True
            if writing:
                raise self._too_new()
        elif identity != (APPLICATION_ID, len(MIGRATIONS)):
            self._bring_up_to_date(writing=writing)
        elif self._is_damaged():
            raise damaged(self.path)
        for pragma in _PRAGMAS:
            self._connection.execute(f"PRAGMA {pragma}")

    def _bring_up_to_date(self, *, writing: bool) -> None:
        if writing:
            with self._transaction():
                self._migrate()
        else:  # what only reads writes nothing: bring a copy in memory up to date
            memory = sqlite3.connect(":memory:", isolation_level=None)
            self._connection.backup(memory)
            self._connection.close()
            self._connection = memory
            with self._transaction():
                self._migrate()

    def _migrate(self) -> None:
        """Take the steps that are lacking; in a transaction, for another process may do it."""
        application, version = self._identity()
        if application != APPLICATION_ID and (application or version or self._has_tables()):
            raise not_ours(self.path)
        if version > len(MIGRATIONS):
            raise self._too_new()
        if 0 < version < len(MIGRATIONS):
            self._check_before(version)
            self._keep_copy(version)
        for step in MIGRATIONS[version:]:
            for statement in step:
                self._connection.execute(statement)
        self._connection.execute(f"PRAGMA application_id={APPLICATION_ID}")
        self._connection.execute(f"PRAGMA user_version={len(MIGRATIONS)}")

    def _check_before(self, version: int) -> None:
        """Take no step from a file that is damaged."""
        schema = self._connection.execute(SCHEMA).fetchall()
        if schema_checksum(schema) != SCHEMA_CHECKSUMS[version - 1] or self._finds_damage():
            raise damaged(self.path)

    def _keep_copy(self, version: int) -> None:
        """Copy the file as it was, beside it; while no other writer can change it."""
        name = self._one_text("PRAGMA database_list", column=2)
        if not name:  # in memory
            return
        copy = self.path.with_name(f"{self.path.name}.version-{version}")
        draft = self.path.with_name(f".{copy.name}.{os.getpid()}")
        number = 1
        while copy.exists():
            number += 1
            copy = self.path.with_name(f"{self.path.name}.version-{version}.{number}")
        try:
            os.close(os.open(draft, os.O_RDWR | os.O_CREAT | os.O_TRUNC, 0o600))
        except OSError as error:
            raise RegistryUnavailable(
                f"cannot keep a copy of the registry before it is brought up to date: "
                f"{(error.strerror or 'no reason given').lower()}",
                hint=f"make {quoted(self.path.parent)} writable; nothing was changed",
            ) from None
        try:
            with (
                closing(sqlite3.connect(name)) as source,
                closing(sqlite3.connect(draft)) as target,
            ):
                source.backup(target)
            draft.replace(copy)
        finally:
            draft.unlink(missing_ok=True)
        self.copy_kept = copy

    def _is_damaged(self) -> bool:
        """Tell whether tables or, in a small file, anything at all is not as it was written.

        A row's own checksum does not tell of rows that a damaged index hides.
        """
        schema = self._connection.execute(SCHEMA).fetchall()
        if schema_checksum(schema) != SCHEMA_CHECKSUMS[-1]:
            return True
        return self._one("page_count") <= _PAGES_ALWAYS_CHECKED and self._finds_damage()

    def _finds_damage(self) -> bool:
        return self._connection.execute("PRAGMA integrity_check(1)").fetchall() != [("ok",)]

    def _identity(self) -> tuple[int, int]:
        return self._one("application_id"), self._one("user_version")

    def _one(self, pragma: str) -> int:
        return int(self._connection.execute(f"PRAGMA {pragma}").fetchone()[0])

    def _one_text(self, statement: str, column: int = 0) -> str:
        row = self._connection.execute(statement).fetchone()
        return str(row[column] or "") if row else ""

    def _has_tables(self) -> bool:
        return bool(self._one_text("SELECT 1 FROM sqlite_master LIMIT 1"))

    def _too_new(self) -> RegistryTooNew:
        needed = ""
        with suppress(sqlite3.Error):
            statement = "SELECT utmforge FROM versions ORDER BY step DESC LIMIT 1"
            needed = self._one_text(statement)
        return RegistryTooNew(
            f"the registry {quoted(self.path)} was written by a later utmforge",
            hint=f"install utmforge {needed} or later" if needed else "install the latest utmforge",
        )

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        self._connection.execute("BEGIN IMMEDIATE")
        try:
            yield
            self._connection.execute("COMMIT")
        except BaseException:
            if self._connection.in_transaction:
                self._connection.execute("ROLLBACK")
            raise


def _checked(path: Path, *, create: bool) -> str:
    """Return what SQLite is to open: the file, made if it is missing, or a memory for reading.

    A file that is there is not opened here: closing it would let go of the locks that another
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
        if size == 0 and create:  # an empty file is made ours
            with suppress(OSError):
                os.chmod(name, 0o600)  # noqa: PTH101 - speed
        return name if create else ":memory:"
    # SQLite takes a file shorter than its header for an empty one, and overwrites it.
    if size < _SMALLEST_DATABASE:
        raise not_ours(path)
    return name


def _size(name: str, path: Path) -> int | None:
    try:
        found = os.stat(name)  # noqa: PTH116 - speed
    except FileNotFoundError:
        return None
    if not S_ISREG(found.st_mode) and not S_ISDIR(found.st_mode):
        raise not_ours(path)
    return found.st_size


def not_ours(path: Path) -> NotARegistry:
    """Return the refusal of a file of another program."""
    return NotARegistry(
        f"{quoted(path)} is not a registry of utmforge",
        hint="name another file with --registry or UTMFORGE_REGISTRY; this one was left as it is",
    )


@contextmanager
def told(path: Path) -> Iterator[None]:
    """Turn what SQLite says of this file into a refusal."""
    try:
        yield
    except sqlite3.Error as error:
        raise _refusal(error, path) from None
    except UnicodeDecodeError:  # a damaged schema
        raise damaged(path) from None
    except UnicodeEncodeError:
        raise NotText("what was asked for is not UTF-8 text") from None


def damaged(path: Path) -> RegistryDamaged:
    """Return the refusal of a file that is not as it was written."""
    return RegistryDamaged(
        f"the registry {quoted(path)} is damaged",
        hint="restore it from a backup, or keep what is whole: utmforge registry check --repair",
    )


def _refusal(error: sqlite3.Error, path: Path) -> RegistryError:
    # Extended codes carry the primary one in their low byte (https://www.sqlite.org/rescode.html).
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    shown = quoted(path)
    match code:
        case sqlite3.SQLITE_BUSY | sqlite3.SQLITE_LOCKED:
            return RegistryBusy(
                f"the registry {shown} is held by somebody else for over {BUSY_SECONDS:.0f} s",
                hint="try again",
            )
        case sqlite3.SQLITE_FULL | sqlite3.SQLITE_IOERR:
            return RegistryFull(
                f"the registry {shown} could not be written: the disk is full or failing",
                hint="make room; nothing of this run was issued",
            )
        case sqlite3.SQLITE_READONLY | sqlite3.SQLITE_PERM | sqlite3.SQLITE_AUTH:
            return RegistryUnavailable(
                f"the registry {shown} is read-only",
                hint="name another file with --registry or UTMFORGE_REGISTRY",
            )
        case sqlite3.SQLITE_NOTADB:
            return not_ours(path)
        case sqlite3.SQLITE_CORRUPT:
            return damaged(path)
        case _:
            return RegistryUnavailable(
                f"the registry {shown} cannot be opened: {error}",
                hint="name another file with --registry or UTMFORGE_REGISTRY",
            )
