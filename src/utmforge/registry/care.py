"""Looking after the file: what is in it, is it whole, a copy of it, and mending it.

These look at the file itself, because a damaged one is refused by `Registry.open`.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
from contextlib import closing, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from utmforge.errors import (
    OutputFileError,
    RegistryDamaged,
    RegistryUnavailable,
    UtmforgeError,
    quoted,
)
from utmforge.registry.migrations import (
    APPLICATION_ID,
    MIGRATIONS,
    SCHEMA,
    SCHEMA_CHECKSUMS,
    schema_checksum,
)
from utmforge.registry.rows import SELECTED, checksum, from_row
from utmforge.registry.store import Registry, not_ours, told
from utmforge.urls import link_id

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from utmforge.model import TaggedLink

SQLITE_VERSION = sqlite3.sqlite_version
"""The library's version."""

_HEADER_BYTES = 100
_MOST_PADDING = 100_000_000  # bytes: a damaged header may say anything
_MOST_TOLD = 100
_ROWS_AT_ONCE = 500
_MOST_FAILURES = 1000  # what is behind a place that cannot be read is mostly not there


class Findings(NamedTuple):
    """What a check found."""

    links: int
    """Entries that are as they were written."""
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
    """The file."""
    exists: bool
    """It is there."""
    links: int
    """Links issued."""
    campaigns: int
    """Campaigns that have links."""
    first_issued: str | None
    """When the first in order was issued; ISO 8601, UTC. None: there is none."""
    last_issued: str | None
    """When the last in order was issued."""
    bytes: int
    """The file's size."""
    mode: str
    """Who may read and write it, such as `0600`. Empty: it is not there."""


def status(registry: Registry) -> Status:
    """Return what is in a registry.

    Raises:
        RegistryError: It cannot be read.
    """
    path = Path(os.path.abspath(registry.path))  # noqa: PTH100 - as the user named it
    exists = path.exists()
    stat = path.stat() if exists else None
    count, first, last = registry.totals()
    return Status(
        str(path),
        exists,
        count,
        len(registry.campaigns()),
        first,
        last,
        stat.st_size if stat else 0,
        f"{stat.st_mode & 0o777:04o}" if stat else "",
    )


def quick_check(registry: Registry) -> str | None:
    """Return what SQLite's quick check finds first; None: nothing."""
    found = registry.quick_check()
    return None if found == "ok" else found


def check(path: Path) -> Findings:
    """Look at every entry, every index and the tables' definitions.

    Raises:
        RegistryUnavailable: There is no such file, or it cannot be opened.
    """
    with told(path), closing(_open(path)) as database:
        damaged = []
        try:
            if not _is_ours(database):
                raise not_ours(path)
            if _identity(database) != (APPLICATION_ID, len(MIGRATIONS)):
                damaged.append("the file's header is not what it should be")
            schema = database.execute(SCHEMA).fetchall()
            if schema_checksum(schema) != SCHEMA_CHECKSUMS[-1]:
                damaged.append("the tables are not defined as they should be")
            rows = database.execute(f"PRAGMA integrity_check({_MOST_TOLD})")
            damaged += [str(row[0]) for row in rows if row[0] != "ok"]
        except (sqlite3.DatabaseError, UnicodeDecodeError) as error:
            damaged.append(f"the file cannot be read: {error}")
        links = 0
        for row in _rows(database):
            trouble = _trouble(row)
            links += not trouble
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
    kept = lost = 0
    try:
        with (
            told(path),
            closing(_readable_copy(path, scratch)) as database,
            Registry.open(fresh) as registry,
        ):
            batch: list[TaggedLink] = []
            for row in _rows(database):
                if _trouble(row):
                    lost += 1
                    continue
                batch.append(from_row(row or ()))
                if len(batch) == _ROWS_AT_ONCE:
                    kept += registry.restore(batch)
                    batch = []
            kept += registry.restore(batch)
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


def backup(registry: Registry, path: Path, *, overwrite: bool = False) -> None:
    """Copy a registry, also while others write to it, by SQLite's own means; whole or not at all.

    Raises:
        OutputFileError: The file exists or cannot be written.
        RegistryError: The registry cannot be read.
    """
    if path.exists() and not overwrite:
        raise OutputFileError(
            f"{quoted(path)} exists already", hint="name another file, or use --force"
        )
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        os.close(os.open(draft, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))
        registry.copy_to(draft)
        draft.replace(path)
    except OSError as error:
        raise OutputFileError(
            f"cannot write {quoted(path)}: {(error.strerror or str(error)).lower()}"
        ) from None
    finally:
        draft.unlink(missing_ok=True)


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


def _rows(database: sqlite3.Connection) -> Iterator[tuple[str | None, ...] | None]:
    """Yield every row of the table itself, indexes aside; None for one that cannot be read."""
    select = f"SELECT seq, {SELECTED} FROM links NOT INDEXED WHERE seq > ? ORDER BY seq LIMIT ?"  # noqa: S608 - ours
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


def _trouble(row: Sequence[str | None] | None) -> str:
    """Say what is wrong with a row, or nothing."""
    if row is None:
        return "an entry cannot be read"
    *values, stored = row
    shown = quoted(str(values[0]), 20)
    try:
        if checksum(values) != stored:
            return f"the entry of link {shown} is not what was written"
        if link_id(str(values[1])) != values[0]:
            return f"link {shown} has the id of another one"
    except (TypeError, UnicodeEncodeError, UtmforgeError):
        return f"the entry of link {shown} is not what was written"
    return ""
