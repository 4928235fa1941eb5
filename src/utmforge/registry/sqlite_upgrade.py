"""Bring a file of any version up to date step by step, after making a copy."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing, suppress
from typing import TYPE_CHECKING

from utmforge.errors import RegistryUnavailable, quoted
from utmforge.registry.migrations import APPLICATION_ID, MIGRATIONS
from utmforge.registry.refusals import damaged, not_ours, too_new
from utmforge.registry.schema import SCHEMA, is_plain, is_readable, is_schema_of

if TYPE_CHECKING:
    from pathlib import Path

_PAGES_ALWAYS_CHECKED = 64  # 256 KiB, about a thousand links: under a millisecond


def identity(connection: sqlite3.Connection) -> tuple[int, int]:
    """Return the application id of the file, and how many steps it has taken."""
    return _number(connection, "application_id"), _number(connection, "user_version")


def needed_version(connection: sqlite3.Connection) -> str:
    """Return the version of utmforge that a later file needs. Empty: it does not say."""
    with suppress(sqlite3.Error):
        return _text(connection, "SELECT utmforge FROM versions ORDER BY step DESC LIMIT 1")
    return ""


def is_of_later_version(connection: sqlite3.Connection, version: int) -> bool:
    """Tell a file of a later version from one whose header is damaged: each step is recorded."""
    if version <= len(MIGRATIONS):
        return False
    with suppress(sqlite3.Error):
        kind = "SELECT type, sql FROM sqlite_master WHERE name = 'versions'"
        if all(is_plain(*row) for row in connection.execute(kind)):
            steps = connection.execute("SELECT max(step) FROM versions").fetchone()
            return isinstance(steps[0], int) and steps[0] > len(MIGRATIONS)
    return False


def is_damaged(connection: sqlite3.Connection) -> bool:
    """Tell whether the tables' definitions or any part looked at is damaged: in a small file, all.

    The checksums of rows do not show rows that a damaged index hides.
    """
    if not _has_schema_of(connection, len(MIGRATIONS)):
        return True
    if _number(connection, "page_count") <= _PAGES_ALWAYS_CHECKED:
        return not _is_whole(connection)
    from utmforge.registry.spot_check import is_part_damaged

    return is_part_damaged(connection)


def is_readable_later(connection: sqlite3.Connection) -> bool:
    """Tell whether reading a later version's file evaluates no code in it."""
    return is_readable(connection.execute(SCHEMA).fetchall())


def migrate(connection: sqlite3.Connection, path: Path) -> Path | None:
    """Take the missing steps, in a transaction: another process may be doing the same.

    Returns:
        The copy of the file before the upgrade. None: there was nothing to copy.

    Raises:
        NotARegistry: The file belongs to another program.
        RegistryTooNew: A later version of utmforge wrote it.
        RegistryDamaged: It is damaged, and was not changed.
        RegistryUnavailable: It cannot be copied.
    """
    application, version = identity(connection)
    if application != APPLICATION_ID and (application or version or _has_tables(connection)):
        raise not_ours(path)
    if version > len(MIGRATIONS):
        raise too_new(quoted(path), needed_version(connection))
    if version < 0 or (not version and _has_tables(connection)):
        raise damaged(quoted(path))
    copy = None
    if 0 < version < len(MIGRATIONS):
        if not (_has_schema_of(connection, version) and _is_whole(connection)):
            raise damaged(quoted(path))
        copy = _keep_copy(connection, path, version)
    for step in MIGRATIONS[version:]:
        for statement in step:
            connection.execute(statement)
    connection.execute(f"PRAGMA application_id={APPLICATION_ID}")
    connection.execute(f"PRAGMA user_version={len(MIGRATIONS)}")
    return copy


def _keep_copy(connection: sqlite3.Connection, path: Path, version: int) -> Path | None:
    """Copy the file before the upgrade, beside it, while no other writer can change it."""
    name = _text(connection, "PRAGMA database_list", column=2)
    if not name:  # in memory
        return None
    copy = _free_name(path, version)
    draft = path.with_name(f".{copy.name}.{os.getpid()}")
    try:
        draft.unlink(missing_ok=True)  # of a run that was killed, or a link to another file
        os.close(os.open(draft, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))
    except OSError as error:
        raise RegistryUnavailable(
            f"cannot copy the registry before upgrading it: "
            f"{(error.strerror or 'no reason given').lower()}",
            hint=f"make {quoted(path.parent)} writable; nothing was changed",
        ) from None
    try:
        with closing(sqlite3.connect(name)) as source, closing(sqlite3.connect(draft)) as target:
            source.backup(target)
        draft.replace(copy)
    finally:
        draft.unlink(missing_ok=True)
    return copy


def _free_name(path: Path, version: int) -> Path:
    """Return an unused name for the copy."""
    copy = path.with_name(f"{path.name}.version-{version}")
    number = 1
    while copy.exists():
        number += 1
        copy = path.with_name(f"{path.name}.version-{version}.{number}")
    return copy


def _has_schema_of(connection: sqlite3.Connection, version: int) -> bool:
    return is_schema_of(connection.execute(SCHEMA).fetchall(), version)


def _is_whole(connection: sqlite3.Connection) -> bool:
    return connection.execute("PRAGMA integrity_check(1)").fetchall() == [("ok",)]


def _has_tables(connection: sqlite3.Connection) -> bool:
    return bool(_text(connection, "SELECT 1 FROM sqlite_master LIMIT 1"))


def _number(connection: sqlite3.Connection, pragma: str) -> int:
    return int(connection.execute(f"PRAGMA {pragma}").fetchone()[0])


def _text(connection: sqlite3.Connection, statement: str, column: int = 0) -> str:
    row = connection.execute(statement).fetchone()
    return str(row[column] or "") if row else ""
