"""Looking after the registry: what is in it, is it whole, a copy of it, and mending it.

These look at the file itself, because a damaged one is refused by `Registry.open`.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
from contextlib import closing, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from utmforge.errors import (
    OutputFileError,
    RegistryDamaged,
    RegistryUnavailable,
    UtmforgeError,
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
from utmforge.registry.queries import LinkQuery
from utmforge.registry.rows import TABLES, is_whole
from utmforge.registry.sqlite import SqliteDatabase, not_ours, told
from utmforge.registry.store import Registry
from utmforge.urls.link_ids import link_id

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from utmforge.registry.database import Database

SQLITE_VERSION = sqlite3.sqlite_version
"""The library's version."""

_HEADER_BYTES = 100
_MOST_PADDING = 100_000_000  # bytes: a damaged header may say anything
_MOST_TOLD = 100
_ROWS_AT_ONCE = 500
_MOST_FAILURES = 250  # what is behind a place that cannot be read is mostly not there


class Findings(NamedTuple):
    """What a check found."""

    links: int
    """Links that are as they were written."""
    damaged: tuple[str, ...]
    """What is not, in words; the first hundred."""

    @property
    def is_whole(self) -> bool:
        """Nothing is damaged."""
        return not self.damaged


class Mended(NamedTuple):
    """What a repair did."""

    kept: int
    """Links that are in the new file."""
    lost: int
    """Entries that were not as they were written, or could not be read."""
    aside: Path
    """Where the damaged file is."""


class Status(NamedTuple):
    """What is in a registry."""

    path: str
    """The file, or the server and its database."""
    exists: bool
    """It is there."""
    links: int
    """Links issued."""
    retired: int
    """Those of them that are no longer to be used."""
    campaigns: int
    """Campaigns that have links."""
    first_issued: str | None
    """When the first in order was issued; ISO 8601, UTC. None: there is none."""
    last_issued: str | None
    """When the last in order was issued."""
    bytes: int | None
    """The file's size. None: it is on a server."""
    mode: str | None
    """Who may read and write it, such as `0600`. Empty: it is not there. None: as above."""


def status(registry: Registry) -> Status:
    """Return what is in a registry.

    Raises:
        RegistryError: It cannot be read.
    """
    count, first, last = registry.queries.totals()
    retired = registry.queries.count(LinkQuery(state="retired"))[0]
    in_it = (count, retired, len(registry.queries.campaigns()), first, last)
    if registry.path is None:
        return Status(registry.place, True, *in_it, None, None)  # noqa: FBT003 - a field
    path = Path(os.path.abspath(registry.path))  # noqa: PTH100 - as the user named it
    exists = path.exists()
    stat = path.stat() if exists else None
    mode = f"{stat.st_mode & 0o777:04o}" if stat else ""
    return Status(str(path), exists, *in_it, stat.st_size if stat else 0, mode)


def check(registry: Path | Registry) -> Findings:
    """Look at every entry and, in a file, at every index and the tables' definitions.

    Args:
        registry: A file, or a registry on a server that was opened.

    Raises:
        RegistryUnavailable: There is no such file, or it cannot be opened.
    """
    if isinstance(registry, Registry):
        return _findings(_server_rows(registry.database), [])
    with told(registry), closing(_open(registry)) as database:
        damaged = []
        try:
            if not _is_ours(database):
                raise not_ours(registry)
            application, version = _identity(database)
            known = version in range(1, len(MIGRATIONS) + 1)
            if application != APPLICATION_ID or not known:
                damaged.append("the file's header is not what it should be")
            schema = database.execute(SCHEMA).fetchall()
            if schema_checksum(schema) != SCHEMA_CHECKSUMS[version - 1 if known else -1]:
                damaged.append("the tables are not defined as they should be")
            rows = database.execute(f"PRAGMA integrity_check({_MOST_TOLD})")
            damaged += [str(row[0]) for row in rows if row[0] != "ok"]
        except (sqlite3.DatabaseError, UnicodeDecodeError) as error:
            damaged.append(f"the file cannot be read: {error}")
        return _findings(_all_rows(database), damaged)


def _findings(rows: Iterator[tuple[str, Sequence[Any] | None]], damaged: list[str]) -> Findings:
    links = 0
    for table, row in rows:
        trouble = _trouble(table, row)
        links += table == "links" and not trouble
        if trouble and len(damaged) < _MOST_TOLD:
            damaged.append(trouble)
    return Findings(links, tuple(damaged))


def repair(path: Path, now: datetime | None = None) -> Mended:
    """Make a new file of the entries that are as they were written; keep the old one aside.

    No other command should run meanwhile.

    Raises:
        RegistryError: The file cannot be opened, or the new one not be written.
    """
    stamp = (now or datetime.now(UTC)).strftime("%Y%m%d-%H%M%S")
    fresh = path.with_name(f".{path.name}.{stamp}")
    scratch = fresh.with_name(f"{fresh.name}.copy")
    try:
        with (
            told(path),
            closing(_readable_copy(path, scratch)) as database,
            closing(SqliteDatabase.open(fresh, create=True)) as target,
        ):
            kept, lost = target.write(lambda: _keep_whole(database, target))
        if not kept:
            raise RegistryDamaged(
                f"nothing in {quoted(path)} could be read; it was left as it is",
                hint="restore it from a backup",
            )
        aside = path.with_name(f"{path.name}.damaged-{stamp}")
        os.link(path, aside)
        fresh.replace(path)
    except OSError as error:
        raise RegistryUnavailable(
            f"cannot mend {quoted(path)}: {(error.strerror or str(error)).lower()}"
        ) from None
    finally:
        fresh.unlink(missing_ok=True)
        scratch.unlink(missing_ok=True)
    return Mended(kept, lost, aside)


def _keep_whole(database: sqlite3.Connection, target: SqliteDatabase) -> tuple[int, int]:
    """Copy the entries that are as they were written; return links kept and entries lost."""
    kept = lost = 0
    for table in TABLES:
        batch: list[Sequence[Any]] = []
        for row in _rows(database, table):
            if row is None or _trouble(table, row):
                lost += 1
                continue
            batch.append(row)
            if len(batch) == _ROWS_AT_ONCE:
                added = target.insert(table, batch)
                kept += added if table == "links" else 0
                batch = []
        added = target.insert(table, batch)
        kept += added if table == "links" else 0
    return kept, lost


def backup(registry: Registry, path: Path, *, overwrite: bool = False) -> None:
    """Copy a registry into a file, also while others write to it; whole or not at all.

    A file is copied by SQLite's own means, a server's rows one by one.

    Raises:
        OutputFileError: The file exists or cannot be written.
        RegistryError: The registry cannot be read.
    """
    if path.exists() and not overwrite:
        raise OutputFileError(
            f"{quoted(path)} exists already", hint="name another file, or use --force"
        )
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    database = registry.database
    try:
        os.close(os.open(draft, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))
        if isinstance(database, SqliteDatabase):
            database.copy_to(draft)
        else:
            _copy_from_server(database, draft)
        draft.replace(path)
    except OSError as error:
        raise OutputFileError(
            f"cannot write {quoted(path)}: {(error.strerror or str(error)).lower()}"
        ) from None
    finally:
        draft.unlink(missing_ok=True)


def _copy_from_server(database: Database, path: Path) -> None:
    with closing(SqliteDatabase.open(path, create=True)) as copy:

        def work() -> None:
            batch: list[Sequence[Any]] = []
            before = ""
            for table, row in _server_rows(database):
                if batch and (table != before or len(batch) == _ROWS_AT_ONCE):
                    copy.insert(before, batch)
                    batch = []
                batch.append(row)
                before = table
            copy.insert(before or "links", batch)

        copy.write(work)


def _server_rows(database: Database) -> Iterator[tuple[str, Sequence[Any]]]:
    """Yield every row of a server's tables, in their order, some at a time."""
    keys = {"links": "id", "history": "link_id, change_id", "changes": "id, part"}
    for table, columns in reversed(TABLES.items()):  # links last: each event has its link
        selected = ", ".join(columns)
        key = keys[table]
        marks = ", ".join("?" * (1 + len(key.split(", "))))
        select = f"SELECT seq, {key}, {selected} FROM {table} WHERE workspace = '{WORKSPACE}'"  # noqa: S608 - ours
        order = f"ORDER BY seq, {key} LIMIT {_ROWS_AT_ONCE}"
        rows = database.read(f"{select} {order}")
        width = 1 + len(key.split(", "))
        while rows:
            yield from ((table, row[width:]) for row in rows)
            if len(rows) < _ROWS_AT_ONCE:
                break
            rows = database.read(f"{select} AND (seq, {key}) > ({marks}) {order}", rows[-1][:width])


def _open(path: Path) -> sqlite3.Connection:
    if not path.is_file():
        raise RegistryUnavailable(f"there is no registry {quoted(path)}")
    database = sqlite3.connect(path, isolation_level=None)
    # Damaged text comes as bytes, and its checksum tells.
    database.text_factory = lambda data: data.decode("utf-8", "surrogateescape")
    return database


def _identity(database: sqlite3.Connection) -> tuple[int, ...]:
    names = ("application_id", "user_version")
    return tuple(database.execute(f"PRAGMA {name}").fetchone()[0] for name in names)


def _is_ours(database: sqlite3.Connection) -> bool:
    """Tell a damaged registry from the database of another program."""
    if _identity(database)[0] == APPLICATION_ID:
        return True
    names = database.execute("SELECT name FROM sqlite_master").fetchall()
    return ("links",) in names or ("links_by_campaign",) in names


def _readable_copy(path: Path, copy: Path) -> sqlite3.Connection:
    """Open a copy to read from; SQLite reads nothing of a file that is shorter than it says."""
    with told(path), closing(_open(path)) as database, suppress(sqlite3.DatabaseError):
        database.execute("SELECT 1 FROM sqlite_master").fetchone()  # rolls a killed run back
    shutil.copyfile(path, copy)
    with copy.open("r+b") as file:
        header = file.read(_HEADER_BYTES)
        page_size = int.from_bytes(header[16:18], "big")
        length = page_size * int.from_bytes(header[28:32], "big")
        if copy.stat().st_size < length <= 2 * copy.stat().st_size + _MOST_PADDING:
            file.truncate(length)
    return _open(copy)


def _all_rows(database: sqlite3.Connection) -> Iterator[tuple[str, Sequence[Any] | None]]:
    for table in TABLES:
        for row in _rows(database, table):
            yield table, row


def _columns(database: sqlite3.Connection, table: str) -> str | None:
    """Return what to select of a table, whatever the file's version; None: it is not there."""
    try:
        there = {row[1] for row in database.execute(f"PRAGMA table_info({table})")}
    except (sqlite3.DatabaseError, UnicodeDecodeError):
        there = set(TABLES[table])
    if not there:
        return None
    return ", ".join(
        "NULL" if column == "change_id" and column not in there else column
        for column in TABLES[table]
    )


def _rows(database: sqlite3.Connection, table: str) -> Iterator[tuple[Any, ...] | None]:
    """Yield every row of a table itself, indexes aside; None for one that cannot be read."""
    columns = _columns(database, table)
    if columns is None:
        return
    select = (
        f"SELECT seq, {columns} FROM {table} NOT INDEXED WHERE seq > ? "  # noqa: S608 - ours
        "ORDER BY seq LIMIT ?"
    )
    after, limit, failures = 0, _ROWS_AT_ONCE, 0
    while failures < _MOST_FAILURES:
        try:
            rows = database.execute(select, (after, limit)).fetchall()
        except (sqlite3.DatabaseError, UnicodeDecodeError):
            if limit > 1:
                limit = 1  # one by one, past the place that cannot be read
                continue
            yield None
            failures += 1
            after += 1
            continue
        if not rows:
            return
        if rows[-1][0] <= after:  # a damaged tree may lead in a circle
            yield None
            failures += 1
            after += 1
            continue
        yield from (row[1:] for row in rows)
        after, limit = rows[-1][0], _ROWS_AT_ONCE


_WHAT = {"links": "of link", "history": "in the history of link", "changes": "of change"}


def _trouble(table: str, row: Sequence[Any] | None) -> str:
    """Say what is wrong with a row, or nothing."""
    if row is None:
        return "an entry cannot be read"
    shown = quoted(str(row[0]), 20)
    try:
        if not is_whole(row):
            return f"the entry {_WHAT[table]} {shown} is not what was written"
        if table == "links" and link_id(str(row[1])) != row[0]:
            return f"link {shown} has the id of another one"
    except (TypeError, UnicodeEncodeError, UtmforgeError):
        return f"the entry {_WHAT[table]} {shown} is not what was written"
    return ""
