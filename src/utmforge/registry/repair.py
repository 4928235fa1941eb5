"""Repair a damaged file: write its intact entries to a new one, and keep the old one beside it."""

from __future__ import annotations

import os
import shutil
import sqlite3
from contextlib import closing, suppress
from datetime import UTC, datetime
from typing import TYPE_CHECKING, NamedTuple

from utmforge.errors import RegistryDamaged, RegistryUnavailable, quoted
from utmforge.registry.entries import batches, damage, open_file, rows_of_table
from utmforge.registry.rows import TABLES
from utmforge.registry.sqlite import SqliteDatabase, as_refusals

if TYPE_CHECKING:
    from pathlib import Path

_HEADER_BYTES = 100
_MAX_PADDING = 100_000_000  # bytes: a damaged header may say anything


class RepairResult(NamedTuple):
    """What a repair did."""

    kept: int
    """Links that are in the new file."""
    lost: int
    """Entries that did not match their checksum, or could not be read."""
    set_aside: Path
    """Where the damaged file is."""


def repair(path: Path, now: datetime | None = None) -> RepairResult:
    """Write the intact entries to a new file, and keep the old one beside it.

    No other command may run meanwhile.

    Raises:
        RegistryError: The file cannot be opened, or the new one cannot be written.
    """
    stamp = (now or datetime.now(UTC)).strftime("%Y%m%d-%H%M%S")
    fresh = path.with_name(f".{path.name}.{stamp}")
    scratch = fresh.with_name(f"{fresh.name}.copy")
    try:
        with (
            as_refusals(path),
            closing(_readable_copy(path, scratch)) as database,
            closing(SqliteDatabase.open(fresh, create=True)) as target,
        ):
            kept, lost = target.write(lambda: _copy_whole_entries(database, target))
        if not kept:
            raise RegistryDamaged(
                f"nothing in {quoted(path)} could be read; it was not changed",
                hint="restore it from a backup",
            )
        set_aside = path.with_name(f"{path.name}.damaged-{stamp}")
        os.link(path, set_aside)
        fresh.replace(path)
    except OSError as error:
        raise RegistryUnavailable(
            f"cannot repair {quoted(path)}: {(error.strerror or str(error)).lower()}"
        ) from None
    finally:
        fresh.unlink(missing_ok=True)
        scratch.unlink(missing_ok=True)
    return RepairResult(kept, lost, set_aside)


def _copy_whole_entries(database: sqlite3.Connection, target: SqliteDatabase) -> tuple[int, int]:
    """Copy the intact entries; return the number of links kept and of entries lost."""
    kept = lost = 0
    for table in TABLES:
        for batch in batches(rows_of_table(database, table)):
            whole = [row for row in batch if row is not None and not damage(table, row)]
            lost += len(batch) - len(whole)
            added = target.insert(table, whole)
            kept += added if table == "links" else 0
    return kept, lost


def _readable_copy(path: Path, copy: Path) -> sqlite3.Connection:
    """Open a copy to read from; SQLite refuses a file that is shorter than its header says."""
    with as_refusals(path), closing(open_file(path)) as database, suppress(sqlite3.DatabaseError):
        database.execute("SELECT 1 FROM sqlite_master").fetchone()  # rolls back a killed run
    shutil.copyfile(path, copy)
    with copy.open("r+b") as file:
        header = file.read(_HEADER_BYTES)
        page_size = int.from_bytes(header[16:18], "big")
        length = page_size * int.from_bytes(header[28:32], "big")
        if copy.stat().st_size < length <= 2 * copy.stat().st_size + _MAX_PADDING:
            file.truncate(length)
    return open_file(copy)
