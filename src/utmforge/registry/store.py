"""The registry on SQLite: one file, opened in one place, durable before anything is printed.

Journal DELETE, synchronous EXTRA: a transaction that was committed survives a power cut
(https://www.sqlite.org/pragma.html#pragma_synchronous). WAL is not used: it cannot be read from a
read-only folder and is not safe on network shares.
"""

from __future__ import annotations

import errno
import os
import sqlite3
from contextlib import closing, contextmanager, suppress
from datetime import UTC, datetime
from stat import S_ISDIR, S_ISREG
from typing import TYPE_CHECKING, NamedTuple, Self

from utmforge.errors import (
    AmbiguousLink,
    IdTaken,
    NotARegistry,
    NotText,
    RegistryBusy,
    RegistryDamaged,
    RegistryError,
    RegistryFull,
    RegistryTooNew,
    RegistryUnavailable,
    UnknownLink,
    did_you_mean,
    quoted,
)
from utmforge.model import Issued, TaggedLink
from utmforge.registry.migrations import (
    APPLICATION_ID,
    MIGRATIONS,
    SCHEMA,
    SCHEMA_CHECKSUMS,
    schema_checksum,
)
from utmforge.registry.rows import COLUMNS, SELECTED, from_row, to_row
from utmforge.urls import link_id

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

BUSY_SECONDS = 10.0
"""How long to wait for somebody else's transaction."""

WORKSPACE = "default"
"""A file holds one workspace; the column is there for a shared server."""

_SMALLEST_DATABASE = 512  # bytes: one page of the smallest size
_PAGES_ALWAYS_CHECKED = 64  # 256 KiB, about a thousand links: under a millisecond
_PAGE = 1000  # rows read at a time
_IDS_A_QUERY = 500  # SQLite took at most 999 parameters for long
_PRAGMAS = (
    "journal_mode=DELETE",
    "synchronous=EXTRA",
    "foreign_keys=ON",
    "trusted_schema=OFF",
    "cell_size_check=ON",
)
_INSERT = (
    f"INSERT INTO links (workspace, {SELECTED}) "  # noqa: S608 - column names of ours
    f"VALUES ('{WORKSPACE}', {', '.join('?' * (len(COLUMNS) + 1))})"
)
_SELECT = f"SELECT {SELECTED} FROM links WHERE workspace = '{WORKSPACE}'"  # noqa: S608 - as above


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


class Wanted(NamedTuple):
    """Which links to list. What is None or empty does not restrict."""

    campaign: str | None = None
    """Its `utm_campaign`, letter for letter."""
    channel: str | None = None
    """The channel's name."""
    text: str | None = None
    """Words found in the address, whatever their case."""
    limit: int | None = None
    """At most so many, the latest."""


class Registry:
    """The links issued so far. Use it as a context manager, or close it."""

    def __init__(self, connection: sqlite3.Connection, path: Path) -> None:
        self._connection = connection
        self.path = path

    @classmethod
    def open(cls, path: str | Path, *, create: bool = True) -> Self:
        """Open the registry at `path`.

        Args:
            path: The file. Made with its folder, readable by its owner alone, if it is missing.
            create: False: a missing file is an empty registry, and nothing is made.

        Raises:
            RegistryUnavailable: It cannot be made, opened or read.
            NotARegistry: The file is something else.
            RegistryTooNew: A later utmforge wrote it.
            RegistryBusy: Somebody else holds it for over 10 seconds.
            RegistryFull: The disk took no more.
        """
        from pathlib import Path  # noqa: PLC0415 - for people who give text

        path = Path(path)
        name = _checked(path, create=create)
        with told(path):
            connection = sqlite3.connect(name, timeout=BUSY_SECONDS, isolation_level=None)
        registry = cls(connection, path)
        try:
            with told(path):
                registry._prepare()
        except BaseException:
            connection.close()
            raise
        return registry

    def close(self) -> None:
        """Let go of the file."""
        self._connection.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def add(self, links: Iterable[TaggedLink], *, now: datetime | None = None) -> list[Issued]:
        """Keep links, all or none, and return them as the registry holds them, in their order.

        When this returns they are on the disk.

        Raises:
            IdTaken: One has the id of another link.
            RegistryError: They could not be kept.
        """
        links = list(links)
        issued_at = (now or datetime.now(UTC)).astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        with told(self.path), self._transaction():
            known = self._by_id([link.id for link in links])
            rows = {}
            result = []
            for link in links:
                before = known.get(link.id)
                if before is None:
                    rows[link.id] = to_row(link, issued_at)
                    known[link.id] = TaggedLink(*link[:5], issued_at, "issued")
                elif before.url != link.url:
                    raise IdTaken(
                        f"the link has the id {link.id} of another one",
                        hint="give it another content, and tell us: this is very unlikely",
                    )
                result.append(Issued(known[link.id], is_new=before is None))
            self._connection.executemany(_INSERT, rows.values())
        return result

    def get(self, name: str) -> TaggedLink:
        """Return the link with this id, the only one whose id begins so, or of this address.

        Raises:
            UnknownLink: There is none.
            AmbiguousLink: There are several.
        """
        asked = name
        if "://" in name:
            name = link_id(name.strip())
        with told(self.path):
            rows = self._fetch("AND id >= ? AND id < ? ORDER BY id LIMIT 9", _range(name.lower()))
        if not name or not rows:
            raise UnknownLink(
                f"no link {quoted(asked)} in the registry",
                hint=self._near(asked) or "utmforge list shows every link issued so far",
            )
        if len(rows) > 1 and rows[0][0] != name.lower():
            ids = ", ".join(str(row[0]) for row in rows[:8])
            raise AmbiguousLink(f"several links begin with {quoted(name)}", hint=f"one of {ids}")
        return from_row(rows[0])

    def known(self, ids: Sequence[str]) -> dict[str, TaggedLink]:
        """Return the links that are issued of these ids, by id."""
        with told(self.path):
            return self._by_id(ids)

    def links(self, wanted: Wanted | None = None) -> Iterator[TaggedLink]:
        """Yield links in the order of issue.

        Raises:
            RegistryDamaged: An entry is not what was written.
        """
        wanted = wanted or Wanted()
        # Without a campaign the table itself is walked: its order is the order of issue. The `+`
        # keeps SQLite from an index that it would have to sort by (a test looks at its plan).
        workspace = "workspace" if wanted.campaign else "+workspace"
        select = f"SELECT seq, {SELECTED} FROM links WHERE {workspace} = '{WORKSPACE}'"  # noqa: S608 - ours
        conditions, values = "", []
        if wanted.campaign:
            conditions += " AND utm_campaign = ?"
            values.append(wanted.campaign)
        if wanted.channel:
            conditions += " AND channel = ?"
            values.append(wanted.channel)
        if wanted.text:
            conditions += " AND url LIKE ? ESCAPE '!'"
            escaped = wanted.text.replace("!", "!!").replace("%", "!%").replace("_", "!_")
            values.append(f"%{escaped}%")
        if wanted.limit is not None:
            newest = f"{select}{conditions} ORDER BY seq DESC LIMIT ?"
            with told(self.path):
                rows = self._connection.execute(newest, [*values, wanted.limit]).fetchall()
            yield from (from_row(row[1:]) for row in reversed(rows))
            return
        after = 0
        while True:
            # Page by page: nobody waits to write while the reader of a pipe takes its time.
            page_after = f"{select}{conditions} AND seq > ? ORDER BY seq LIMIT {_PAGE}"
            with told(self.path):
                page = self._connection.execute(page_after, [*values, after]).fetchall()
            yield from (from_row(row[1:]) for row in page)
            if len(page) < _PAGE:
                return
            if page[-1][0] <= after:  # a damaged tree may lead in a circle
                raise _damaged(self.path)
            after = page[-1][0]

    def totals(self) -> tuple[int, str | None, str | None]:
        """Return the number of links, and when the first and the last in order were issued."""
        with told(self.path):
            count = self._connection.execute("SELECT count(*) FROM links").fetchone()[0]
            ends = [
                self._connection.execute(
                    f"SELECT issued_at FROM links ORDER BY seq {order} LIMIT 1"  # noqa: S608 - ours
                ).fetchone()
                for order in ("ASC", "DESC")
            ]
        first, last = (str(end[0]) if end else None for end in ends)
        return int(count), first, last

    def quick_check(self) -> str:
        """Return what SQLite's quick check says: `ok`, or what is wrong first."""
        with told(self.path):
            return str(self._connection.execute("PRAGMA quick_check(1)").fetchone()[0])

    def restore(self, links: Iterable[TaggedLink]) -> int:
        """Put back links that were issued before, as they were; return how many were not there.

        Raises:
            RegistryError: They could not be kept.
        """
        rows = {link.id: to_row(link, link.issued_at or "") for link in links}
        with told(self.path), self._transaction():
            known = self._by_id(list(rows))
            fresh = [row for name, row in rows.items() if name not in known]
            self._connection.executemany(_INSERT, fresh)
        return len(fresh)

    def copy_to(self, path: Path) -> None:
        """Copy everything into a file, while others may write.

        Raises:
            RegistryError: It cannot be read, or the copy not be written.
        """
        with told(self.path), closing(sqlite3.connect(path)) as copy:
            self._connection.backup(copy)

    def has_campaign(self, name: str) -> bool:
        """Tell whether a campaign has links."""
        with told(self.path):
            return bool(self._fetch("AND utm_campaign = ? LIMIT 1", [name]))

    def campaigns(self, beginning: str = "") -> list[str]:
        """Return the campaigns that have links, the latest first."""
        with told(self.path):
            rows = self._connection.execute(_CAMPAIGNS, (*_range(beginning), _range(beginning)[1]))
            return [str(row[0]) for row in rows]

    def ids(self, beginning: str = "", limit: int = 200) -> list[tuple[str, str, str]]:
        """Return (id, campaign, channel) of the latest links whose id begins so."""
        with told(self.path):
            rows = self._connection.execute(
                "SELECT id, utm_campaign, coalesce(channel, '') FROM links WHERE workspace = ? "
                "AND id >= ? AND id < ? ORDER BY seq DESC LIMIT ?",
                (WORKSPACE, *_range(beginning), limit),
            )
            return [(str(row[0]), str(row[1]), str(row[2])) for row in rows]

    def _prepare(self) -> None:
        if self._identity() != (APPLICATION_ID, len(MIGRATIONS)):
            with self._transaction():
                self._migrate()
        elif self._is_damaged():
            raise _damaged(self.path)
        for pragma in _PRAGMAS:
            self._connection.execute(f"PRAGMA {pragma}")

    def _is_damaged(self) -> bool:
        """Tell whether tables or, in a small file, anything at all is not as it was written.

        A row's own checksum does not tell of rows that a damaged index hides.
        """
        schema = self._connection.execute(SCHEMA).fetchall()
        if schema_checksum(schema) != SCHEMA_CHECKSUMS[-1]:
            return True
        if self._one("page_count") > _PAGES_ALWAYS_CHECKED:
            return False
        return self._connection.execute("PRAGMA integrity_check(1)").fetchall() != [("ok",)]

    def _identity(self) -> tuple[int, int]:
        return self._one("application_id"), self._one("user_version")

    def _migrate(self) -> None:
        """Bring the tables up to date; in a transaction, for another process may be doing it."""
        application, version = self._identity()
        if application != APPLICATION_ID and (application or version or self._has_tables()):
            raise not_ours(self.path)
        if version > len(MIGRATIONS):
            raise RegistryTooNew(
                f"the registry {quoted(self.path)} was written by a later utmforge",
                hint="upgrade utmforge to use it",
            )
        for step in MIGRATIONS[version:]:
            for statement in step:
                self._connection.execute(statement)
        self._connection.execute(f"PRAGMA application_id={APPLICATION_ID}")
        self._connection.execute(f"PRAGMA user_version={len(MIGRATIONS)}")

    def _one(self, pragma: str) -> int:
        return int(self._connection.execute(f"PRAGMA {pragma}").fetchone()[0])

    def _has_tables(self) -> bool:
        return (
            self._connection.execute("SELECT 1 FROM sqlite_master LIMIT 1").fetchone() is not None
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

    def _fetch(self, rest: str, values: Sequence[object]) -> list[tuple[str | None, ...]]:
        return self._connection.execute(f"{_SELECT} {rest}", values).fetchall()

    def _by_id(self, ids: Sequence[str]) -> dict[str, TaggedLink]:
        known = {}
        for start in range(0, len(ids), _IDS_A_QUERY):
            some = ids[start : start + _IDS_A_QUERY]
            for row in self._fetch(f"AND id IN ({', '.join('?' * len(some))})", some):
                known[str(row[0])] = from_row(row)
        return known

    def _near(self, name: str) -> str | None:
        if self.has_campaign(name):
            return f"it is a campaign: utmforge list --campaign {name}"
        return did_you_mean(name, [row[0] for row in self.ids()]) if name else None


def _range(beginning: str) -> tuple[str, str]:
    """Return the bounds between which every text that begins so lies."""
    return beginning, beginning + "\U0010ffff"


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
        raise _damaged(path) from None
    except UnicodeEncodeError:
        raise NotText("what was asked for is not UTF-8 text") from None


def _damaged(path: Path) -> RegistryDamaged:
    return RegistryDamaged(
        f"the registry {quoted(path)} is damaged", hint="restore it from a backup"
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
            return _damaged(path)
        case _:
            return RegistryUnavailable(
                f"the registry {shown} cannot be opened: {error}",
                hint="name another file with --registry or UTMFORGE_REGISTRY",
            )
