"""Read every entry of a registry and verify its checksum.

In a damaged file, reading continues after an unreadable place; `Registry.open` would refuse it.
"""

from __future__ import annotations

import sqlite3
from itertools import islice
from typing import TYPE_CHECKING, Any, TypeVar

from utmforge.errors import RegistryUnavailable, UtmforgeError, quoted
from utmforge.registry.database import BUSY_SECONDS, WORKSPACE
from utmforge.registry.journal import refuse_foreign_journal
from utmforge.registry.migrations import LATER_COLUMNS
from utmforge.registry.rows import TABLES, is_address, is_whole
from utmforge.registry.schema import is_plain
from utmforge.registry.sqlite import MAX_LENGTH
from utmforge.urls.link_ids import link_id

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from utmforge.registry.database import Database

Entry = TypeVar("Entry")

ROWS_AT_ONCE = 500
"""Rows read and written at a time."""

_MAX_FAILURES = 250  # after an unreadable place, the following rows are mostly missing
_KEYS = {"links": "id", "history": "link_id, change_id, checksum", "changes": "id, part"}
_OF = {"links": "of link", "history": "in the history of link", "changes": "of change"}


def open_file(path: Path) -> sqlite3.Connection:
    """Open a file as it is, damaged or not, without changing it.

    Raises:
        RegistryUnavailable: The file is missing.
        NotARegistry: Opening it would delete another file.
    """
    if not path.is_file():
        raise RegistryUnavailable(f"there is no registry {quoted(path)}")
    refuse_foreign_journal(str(path))
    database = sqlite3.connect(path, timeout=BUSY_SECONDS, isolation_level=None)
    database.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, MAX_LENGTH)
    database.execute("PRAGMA trusted_schema=OFF")
    # Damaged text is decoded too; its checksum shows the damage.
    database.text_factory = lambda data: data.decode("utf-8", "surrogateescape")
    return database


def is_busy(error: Exception) -> bool:
    """Tell a registry that is locked from one that is damaged."""
    return getattr(error, "sqlite_errorcode", 0) & 0xFF in {
        sqlite3.SQLITE_BUSY,
        sqlite3.SQLITE_LOCKED,
    }


def rows_of_file(database: sqlite3.Connection) -> Iterator[tuple[str, Sequence[Any] | None]]:
    """Yield every row of a file with its table; None for a row that cannot be read."""
    for table in TABLES:
        for row in rows_of_table(database, table):
            yield table, row


def rows_of_server(database: Database) -> Iterator[tuple[str, Sequence[Any]]]:
    """Yield every row of a server with its table, in order, page by page."""
    for table, columns in reversed(TABLES.items()):  # links last: each event has its link
        selected = ", ".join(columns)
        key = _KEYS[table]
        marks = ", ".join("?" * (1 + len(key.split(", "))))
        select = f"SELECT seq, {key}, {selected} FROM {table} WHERE workspace = '{WORKSPACE}'"
        order = f"ORDER BY seq, {key} LIMIT {ROWS_AT_ONCE}"
        rows = database.read(f"{select} {order}")
        width = 1 + len(key.split(", "))
        while rows:
            yield from ((table, row[width:]) for row in rows)
            if len(rows) < ROWS_AT_ONCE:
                break
            rows = database.read(f"{select} AND (seq, {key}) > ({marks}) {order}", rows[-1][:width])


def rows_of_table(database: sqlite3.Connection, table: str) -> Iterator[tuple[Any, ...] | None]:
    """Yield every row of a table without using indexes; None for a row that cannot be read."""
    columns = _columns(database, table)
    if columns is None:
        return
    select = f"SELECT seq, {columns} FROM {table} NOT INDEXED WHERE seq > ? ORDER BY seq LIMIT ?"
    after, limit, failures = 0, ROWS_AT_ONCE, 0
    while failures < _MAX_FAILURES:
        try:
            rows = _rows(database, select, (after, limit))
        except (sqlite3.DatabaseError, UnicodeDecodeError) as error:
            if is_busy(error):
                raise
            if limit > 1:
                limit = 1  # one by one, past the place that cannot be read
                continue
            yield None
            failures += 1
            after += 1
            continue
        if not rows:
            return
        if rows[-1][0] <= after:  # a damaged tree may have a cycle
            yield None
            failures += 1
            after += 1
            continue
        yield from (row[1:] for row in rows)
        after, limit = rows[-1][0], ROWS_AT_ONCE


def _rows(
    database: sqlite3.Connection, select: str, values: tuple[int, int]
) -> list[tuple[Any, ...]]:
    """Return rows; text is decoded by SQLite's own reader, and damaged text as `open_file` says."""
    as_opened, database.text_factory = database.text_factory, str
    try:
        return database.execute(select, values).fetchall()
    except (sqlite3.OperationalError, UnicodeDecodeError) as error:
        if is_busy(error):
            raise
    finally:
        database.text_factory = as_opened
    return database.execute(select, values).fetchall()


def batches(rows: Iterable[Entry]) -> Iterator[list[Entry]]:
    """Yield rows in lists of at most `ROWS_AT_ONCE`."""
    left = iter(rows)
    while batch := list(islice(left, ROWS_AT_ONCE)):
        yield batch


def damage(table: str, row: Sequence[Any] | None) -> str | None:
    """Return what is wrong with a row, in words. None: it is intact."""
    if row is None:
        return "an entry cannot be read"
    wrong = f"the entry {_OF[table]} {{}} does not match its checksum"
    try:
        if is_whole(row):
            if table != "links":
                return None
            if is_address(row[1]) and is_address(row[2]):
                if link_id(row[1]) == row[0]:
                    return None
                wrong = "link {} has the id of another link"
            else:
                wrong = "link {} has something else than an address"
    except (AttributeError, TypeError, UnicodeEncodeError, UtmforgeError):
        pass
    return wrong.format(quoted(str(row[0]), 20))


def _columns(database: sqlite3.Connection, table: str) -> str | None:
    """Return the columns to select in a file of any version. None: it does not have the table."""
    try:
        kinds = database.execute("SELECT type, sql FROM sqlite_master WHERE name = ?", (table,))
        if not all(is_plain(*row) for row in kinds):
            return None  # reading it would evaluate code in the file
        there = {row[1] for row in database.execute(f"PRAGMA table_info({table})")}
    except (sqlite3.DatabaseError, UnicodeDecodeError) as error:
        if is_busy(error):
            raise
        there = set(TABLES[table])
    if not there:
        return None
    return ", ".join(
        "NULL" if column in LATER_COLUMNS and column not in there else column
        for column in TABLES[table]
    )
