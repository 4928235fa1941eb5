"""Repair a damaged file: write its intact entries to a new one, and keep the old one beside it."""

from __future__ import annotations

import glob
import os
import shutil
import sqlite3
import tempfile
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from utmforge.errors import RegistryDamaged, RegistryUnavailable, quoted
from utmforge.registry.check import check
from utmforge.registry.database import BUSY_SECONDS
from utmforge.registry.entries import batches, damage, is_busy, open_file, rows_of_table
from utmforge.registry.file_lock import held
from utmforge.registry.rows import TABLES
from utmforge.registry.sqlite import SqliteDatabase, as_refusals

if TYPE_CHECKING:
    from typing import BinaryIO

_HEADER_BYTES = 100
_USUAL_PAGE_SIZE = 4096
_LARGEST_PAGE = 65_536  # written as 1
_PAGE_SIZES = {1 << power: 1 << power for power in range(9, 16)} | {1: _LARGEST_PAGE}


class RepairResult(NamedTuple):
    """What a repair did."""

    kept: int
    """Links that are in the new file."""
    lost: int
    """Entries that did not match their checksum, or could not be read."""
    set_aside: Path | None
    """Where the damaged file is. None: it was intact, since another command had repaired it."""


def repair(path: Path, now: datetime | None = None) -> RepairResult:
    """Write the intact entries to a new file, and keep the old one beside it.

    Writers and other repairs wait meanwhile; they go on with the new file.

    Raises:
        RegistryBusy: Others are writing to the file.
        RegistryError: The file cannot be opened, or the new one cannot be written.
    """
    stamp = (now or datetime.now(UTC)).strftime("%Y%m%d-%H%M%S")
    real = Path(os.path.realpath(path))
    with held(real, alone=True, seconds=BUSY_SECONDS):
        found = check(real)
        if found.is_whole:
            return RepairResult(found.links, 0, None)
        try:
            return _replace(real, path, stamp)
        except OSError as error:
            raise RegistryUnavailable(
                f"cannot repair {quoted(path)}: {(error.strerror or str(error)).lower()}"
            ) from None


def _replace(real: Path, path: Path, stamp: str) -> RepairResult:
    """Put a new file in the place of the damaged one, whose lock is held."""
    scratch = f".{real.name}.repair-"
    for left in real.parent.glob(f"{glob.escape(scratch)}*"):  # by a repair that was killed
        shutil.rmtree(left, ignore_errors=True)
    folder = Path(tempfile.mkdtemp(prefix=scratch, dir=real.parent))  # its owner's alone
    try:
        # Closing any descriptor of the file would free SQLite's locks, so this one stays open.
        with real.open("rb") as source, as_refusals(path), closing(open_file(real)) as damaged:
            _hold(damaged)
            with (
                closing(_readable_copy(source, folder / "copy.db")) as database,
                closing(SqliteDatabase.open(folder / "fresh.db", create=True)) as target,
            ):
                kept, lost = target.write(lambda: _copy_whole_entries(database, target))
            if not kept:
                raise RegistryDamaged(
                    f"nothing in {quoted(path)} could be read; it was not changed",
                    hint="restore it from a backup",
                )
            set_aside = _set_aside(real, stamp)
            (folder / "fresh.db").replace(real)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    return RepairResult(kept, lost, set_aside)


def _hold(damaged: sqlite3.Connection) -> None:
    """Roll a killed run back, and keep writers of an earlier version out if damage permits."""
    try:
        damaged.execute("SELECT 1 FROM sqlite_master").fetchone()
        damaged.execute("BEGIN IMMEDIATE")
    except (sqlite3.DatabaseError, UnicodeDecodeError) as error:
        if is_busy(error):
            raise


def _set_aside(real: Path, stamp: str) -> Path:
    """Give the damaged file a second name that is free, and its journal too."""
    number = 1
    name = real.with_name(f"{real.name}.damaged-{stamp}")
    while name.exists():
        number += 1
        name = real.with_name(f"{real.name}.damaged-{stamp}.{number}")
    os.link(real, name)
    journal = real.with_name(f"{real.name}-journal")
    if journal.exists():  # or SQLite would apply it to the new file
        journal.replace(name.with_name(f"{name.name}-journal"))
    return name


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


def _readable_copy(source: BinaryIO, copy: Path) -> sqlite3.Connection:
    """Open a copy to read from, whose header says what SQLite needs to read its pages."""
    with open(copy, "x+b", opener=_for_its_owner) as file:
        shutil.copyfileobj(source, file)
        size = file.tell()
        file.seek(0)
        header = file.read(_HEADER_BYTES)
        if len(header) == _HEADER_BYTES:
            page_size = _page_size(header)
            pages = -(-size // page_size)
            file.truncate(pages * page_size)
            file.seek(0)
            file.write(_usual_header(header, page_size, pages))
    return open_file(copy)


def _page_size(header: bytes) -> int:
    """Return the size of a page; the usual one if the header has none that is possible."""
    return _PAGE_SIZES.get(int.from_bytes(header[16:18], "big"), _USUAL_PAGE_SIZE)


def _usual_header(header: bytes, page_size: int, pages: int) -> bytes:
    """Return a header with what is the same in each registry, however damaged it is here.

    https://www.sqlite.org/fileformat2.html, section 1.3.
    """
    fixed = bytearray(header)
    fixed[:16] = b"SQLite format 3\0"
    fixed[16:18] = (1 if page_size == _LARGEST_PAGE else page_size).to_bytes(2, "big")
    fixed[18:24] = bytes((1, 1, 0, 64, 32, 32))  # no WAL, nothing reserved, the fractions
    fixed[28:32] = pages.to_bytes(4, "big")
    fixed[32:40] = bytes(8)  # no free pages: nothing is written
    fixed[44:48] = (4).to_bytes(4, "big")  # the format of the definitions
    return bytes(fixed)


def _for_its_owner(name: str, flags: int) -> int:
    return os.open(name, flags, 0o600)
