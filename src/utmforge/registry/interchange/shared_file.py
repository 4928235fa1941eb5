"""The text file that a registry follows by itself: `[workspace] shared` of a campaign file.

    before reading   file → registry   what only the file has
    after writing    registry → file   what only the registry has

A small file beside the registry, `links.db.shared`, remembers how both were when they were last
compared. While neither has changed nothing is read again, and after a command has written, only
its own lines are added.
"""

from __future__ import annotations

import json
from contextlib import suppress
from stat import S_ISREG
from typing import TYPE_CHECKING, Any, NamedTuple

from utmforge.errors import RegistryError, UtmforgeError
from utmforge.files.digests import file_digest
from utmforge.registry.database import BUSY_SECONDS
from utmforge.registry.rows import from_row
from utmforge.registry.sqlite import SqliteDatabase
from utmforge.registry.store import Registry

if TYPE_CHECKING:
    from pathlib import Path

    from utmforge.registry.interchange.git_sync import Synced

_TABLES = ("links", "history")
_MAX_SEQ = 2**63 - 1
_MAX_STATE = 1_000_000  # bytes; one shared file takes a few hundred


class _LastRow(NamedTuple):
    """The last row of a table of a registry."""

    seq: int = 0
    """Its number. 0: the table is empty."""
    checksum: str = ""


_Rows = dict[str, _LastRow]
"""By table."""


class _Remembered(NamedTuple):
    """How the file and the registry were when they were last compared."""

    stat: list[int]
    """Of the file: size, times and place on the disk."""
    digest: str
    """Of the file's bytes."""
    last: _Rows
    """The registry's last rows."""
    is_complete: bool
    """Whether the file had all that the registry had."""


class SharedFile:
    """A shared file and the registry that follows it."""

    def __init__(self, registry: Registry, database: SqliteDatabase, path: Path) -> None:
        self.registry = registry
        self.path = path
        self._database = database
        self._state = database.path.with_name(f"{database.path.name}.shared")

    def take_in(
        self, *, allow_private: bool = False, dry_run: bool = False, writing: bool = False
    ) -> Synced | None:
        """Add to the registry what only the file has, unless neither has changed.

        Args:
            allow_private: Accept personal data in the file's links; secrets are still refused.
            dry_run: Continue in memory, and change neither.
            writing: The registry is changed afterwards. Otherwise one that cannot be written is
                continued in memory.

        Returns:
            What came. None: nothing had to be read.

        Raises:
            LandingPagesInvalid: Lines of the file are not records, or are private.
            UnreadableInput: The file cannot be read.
            RegistryError: The registry cannot be read, or not be written.
        """
        if not self.path.exists():
            return None
        stat = _stat(self.path)
        before = self._remembered()
        if before and self._has(before):
            if before.stat == stat:
                return None
            if before.digest == file_digest(self.path):
                if not dry_run:
                    self._remember(before._replace(stat=stat))
                return None
        from utmforge.registry.interchange.git_sync import exchange

        if dry_run:
            self._database.continue_in_memory()
        rows = self.last_rows()
        try:
            done = exchange(self.registry, self.path, allow_private=allow_private, keeps_file=True)
        except RegistryError:
            if writing:
                raise
            self._database.continue_in_memory()
            done = exchange(self.registry, self.path, allow_private=allow_private, keeps_file=True)
        synced, now = done.synced, self.last_rows()
        is_complete = not (synced.went or synced.events_went) and _only_came(synced, rows, now)
        self._remember(_Remembered(stat, done.digest, now, is_complete))
        return synced

    def give_out(self, *, allow_private: bool = False) -> None:
        """Add to the file what only the registry has; a missing file is made.

        Raises:
            LandingPagesInvalid: Lines of the file are not records, or are private.
            UnreadableInput: The file cannot be read.
            OutputFileError: The file cannot be written.
            RegistryError: The registry cannot be read or written.
        """
        from utmforge.registry.file_lock import held_file
        from utmforge.registry.interchange.git_sync import add_lines, exchange

        is_there = self.path.exists()
        with held_file(self.path, seconds=BUSY_SECONDS):
            before = self._remembered() if is_there else None
            rows = last = self.last_rows()
            is_complete, digest = True, None
            if before and self._is_followed_by_new_rows(before):
                links = [
                    from_row(row[1:])
                    for page in self.registry.queries.pages(
                        "AND seq > ?", [before.last["links"].seq]
                    )
                    for row in page
                ]
                events = self.registry.events.after(before.last["history"].seq)
                digest = add_lines(self.path, links, events, before=before.digest)
            if digest is None:
                done = exchange(self.registry, self.path, allow_private=allow_private)
                last, digest = self.last_rows(), done.digest
                is_complete = _only_came(done.synced, rows, last)
            stat = _stat(self.path)
            if file_digest(self.path) == digest:  # else something has changed it since
                self._remember(_Remembered(stat, digest, last, is_complete))

    def last_rows(self) -> _Rows:
        """Return the last row of each table."""
        read = self._database.read
        rows = {
            table: read(f"SELECT seq, checksum FROM {table} ORDER BY seq DESC LIMIT 1")
            for table in _TABLES
        }
        return {
            table: _LastRow(*found[0]) if found else _LastRow() for table, found in rows.items()
        }

    def _has(self, before: _Remembered) -> bool:
        """Tell whether the registry has the rows that it had, and perhaps more."""
        read = self._database.read
        return all(
            not seq or read(f"SELECT checksum FROM {table} WHERE seq = ?", (seq,)) == [(checksum,)]
            for table, (seq, checksum) in before.last.items()
        )

    def _is_followed_by_new_rows(self, before: _Remembered) -> bool:
        """Tell whether the file is as it was, and has all but the registry's latest rows."""
        return before.is_complete and before.stat == _stat(self.path) and self._has(before)

    def _remembered(self) -> _Remembered | None:
        """Return what is remembered of this file. None: nothing that can be used."""
        with suppress(OSError, ValueError, TypeError, KeyError):
            found = self._states()[str(self.path.resolve())]
            if found["registry"] != self._identity():
                return None
            rows = {table: found["last"][table] for table in _TABLES}
            last = {
                table: _LastRow(min(int(seq), _MAX_SEQ), str(checksum))
                for table, (seq, checksum) in rows.items()
            }
            return _Remembered(found["stat"], found["digest"], last, found["is_complete"] is True)
        return None

    def _remember(self, now: _Remembered) -> None:
        """Save this for the next command, which reads everything again if it is not there."""
        if self._database.is_in_memory or not self._has_usual_state():
            return
        from utmforge.files.atomic import atomic_write  # what only reads needs no draft

        with suppress(OSError, UtmforgeError):
            states = self._states()
            states[str(self.path.resolve())] = now._asdict() | {"registry": self._identity()}
            with atomic_write(self._state, is_durable=False) as draft:
                draft.write_text(json.dumps(states, indent=1), encoding="utf-8")

    def _identity(self) -> list[int]:
        """Return what tells the registry's file from others, which no other person knows.

        So no file that comes with a folder says that its lines are known already.
        """
        found = self._database.path.stat()
        return [found.st_dev, found.st_ino]

    def _has_usual_state(self) -> bool:
        """Tell whether what is remembered is in a file, or missing; no link leads elsewhere."""
        try:
            return S_ISREG(self._state.lstat().st_mode)
        except FileNotFoundError:
            return True
        except OSError:
            return False

    def _states(self) -> dict[str, Any]:
        """Return what is remembered of each shared file, as it was written."""
        with suppress(OSError, ValueError, RecursionError):
            if self._has_usual_state() and self._state.stat().st_size <= _MAX_STATE:
                found = json.loads(self._state.read_text(encoding="utf-8"))
                return found if isinstance(found, dict) else {}
        return {}


def shared_file(registry: Registry, path: Path) -> SharedFile | None:
    """Return a registry's shared file. None: the registry is on a server, and follows no file."""
    database = registry.database
    return SharedFile(registry, database, path) if isinstance(database, SqliteDatabase) else None


def registry_of_text(path: Path, *, allow_private: bool = False) -> Registry:
    """Return a registry in memory with what a shared file has.

    Raises:
        LandingPagesInvalid: Lines of the file are not records, or are private.
        UnreadableInput: The file cannot be read.
    """
    from utmforge.registry.interchange.git_sync import exchange

    registry = Registry(SqliteDatabase.in_memory(path))
    exchange(registry, path, allow_private=allow_private, keeps_file=True)
    return registry


def _only_came(synced: Synced, before: _Rows, now: _Rows) -> bool:
    """Tell whether a registry's new rows are those that came; another command may have added some.

    Rows have no gaps.
    """
    came = (synced.came, synced.events_came)
    return all(
        now[table].seq - before[table].seq == count
        for table, count in zip(_TABLES, came, strict=True)
    )


def _stat(path: Path) -> list[int]:
    found = path.stat()
    return [found.st_size, found.st_mtime_ns, found.st_ctime_ns, found.st_ino]
