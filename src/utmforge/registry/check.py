"""Verify a registry: every entry against its checksum, and a file's indexes and tables."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING, Any, NamedTuple

from utmforge.errors import counted, quoted
from utmforge.registry.entries import damage, is_busy, open_file, rows_of_file, rows_of_server
from utmforge.registry.events import Contradiction, contradictions
from utmforge.registry.migrations import APPLICATION_ID, MIGRATIONS
from utmforge.registry.refusals import not_ours, too_new
from utmforge.registry.rows import TABLES, read_event
from utmforge.registry.schema import SCHEMA, is_schema_of
from utmforge.registry.spot_check import missing_rows
from utmforge.registry.sqlite import as_refusals
from utmforge.registry.sqlite_upgrade import identity, is_of_later_version, needed_version
from utmforge.registry.store import Registry

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from pathlib import Path

_MAX_DAMAGED = 100

Row = tuple[str, "Sequence[Any] | None"]
"""A table, and a row of it."""


class CheckResult(NamedTuple):
    """What a check found."""

    links: int
    """Links that match their checksum."""
    damaged: tuple[str, ...]
    """What is damaged, in words; the first hundred."""
    contradictions: tuple[Contradiction, ...] = ()
    """Changes that are recorded for a link with different contents: edited, not damaged."""

    @property
    def is_whole(self) -> bool:
        """Whether nothing is damaged."""
        return not self.damaged


def _nothing(_done: int) -> None:
    """Report nothing."""


def _counted(rows: Iterable[Row], step: Callable[[int], None]) -> Iterator[Row]:
    for number, row in enumerate(rows, 1):
        step(number)
        yield row


def check(registry: Path | Registry, step: Callable[[int], None] = _nothing) -> CheckResult:
    """Verify every entry and, in a file, every index and the tables' definitions.

    Args:
        registry: A file, or an open registry on a server.
        step: Is told how many entries were checked.

    Raises:
        RegistryUnavailable: There is no such file, or it cannot be opened.
        RegistryTooNew: A later version of utmforge wrote it.
    """
    if isinstance(registry, Registry):
        return _verified(_counted(rows_of_server(registry.database), step), [])
    if registry.is_file() and not registry.stat().st_size:  # a first run that was killed
        return CheckResult(0, ())
    with as_refusals(registry), closing(open_file(registry)) as database:
        return _verified(
            _counted(rows_of_file(database), step), _damaged_structure(database, registry)
        )


def _damaged_structure(database: sqlite3.Connection, path: Path) -> list[str]:
    """Return what is wrong with the header, the tables' definitions and the indexes.

    Raises:
        NotARegistry: The file belongs to another program.
        RegistryTooNew: A later version of utmforge wrote it.
    """
    damaged = []
    try:
        application, version = identity(database)
        if application != APPLICATION_ID and not _has_our_tables(database):
            raise not_ours(path)
        if application == APPLICATION_ID and is_of_later_version(database, version):
            raise too_new(quoted(path), needed_version(database))
        is_known = version in range(1, len(MIGRATIONS) + 1)
        if application != APPLICATION_ID or not is_known:
            damaged.append("the file's header is wrong")
        schema = database.execute(SCHEMA).fetchall()
        if not is_schema_of(schema, version if is_known else len(MIGRATIONS)):
            damaged.append("the definitions of the tables are wrong")
            return damaged  # the check of SQLite would evaluate code in the file
        rows = database.execute(f"PRAGMA integrity_check({_MAX_DAMAGED})")
        damaged += [str(row[0]) for row in rows if row[0] != "ok"]
        if version == len(MIGRATIONS):
            damaged += _missing(database)
    except (sqlite3.DatabaseError, UnicodeDecodeError) as error:
        if is_busy(error):
            raise
        damaged.append(f"the file cannot be read: {error}")
    return damaged


def _missing(database: sqlite3.Connection) -> Iterator[str]:
    """Yield the tables in which rows are missing: there are none between the first and the last."""
    for table in TABLES:
        if missing := missing_rows(database, table):
            yield f"the table {table} has {counted(missing, 'row')} fewer than it should have"


def _verified(rows: Iterable[Row], damaged: list[str]) -> CheckResult:
    """Return the result for rows with their tables, added to the damage already found."""
    links = 0
    events = []
    for table, row in rows:
        wrong = damage(table, row)
        links += table == "links" and not wrong
        if wrong and len(damaged) < _MAX_DAMAGED:
            damaged.append(wrong)
        if table == "history" and row is not None and not wrong:
            events.append(read_event(row))
    return CheckResult(links, tuple(damaged), tuple(contradictions(events)))


def _has_our_tables(database: sqlite3.Connection) -> bool:
    """Tell a registry with a damaged header from the database of another program."""
    names = database.execute("SELECT name FROM sqlite_master").fetchall()
    return ("links",) in names or ("links_by_campaign",) in names
