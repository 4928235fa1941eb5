"""The registry's rows on a PostgreSQL server, for a team.

It uses only what distributed databases compatible with PostgreSQL (CockroachDB, YugabyteDB, Citus)
also support: keys that begin with the workspace, `ON CONFLICT`, no serial numbers, no LISTEN, and a
retry of every transaction that the server asks to repeat (SQLSTATE class 40; https://www.postgresql.org/docs/current/mvcc-serialization-failure-handling.html).
"""

from __future__ import annotations

import random
import re
import time
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any, Self, cast

from utmforge.errors import (
    NotText,
    RegistryBusy,
    RegistryError,
    RegistryFull,
    RegistryTooNew,
    RegistryUnavailable,
    quoted,
)
from utmforge.registry.database import WORKSPACE, prepared
from utmforge.registry.migrations import LATER_COLUMNS, POSTGRES_MIGRATIONS, POSTGRES_VERSIONS
from utmforge.registry.refusals import locked, not_utf8, too_new
from utmforge.registry.rows import TABLES
from utmforge.registry.server_answers import NUMBERS, is_answer

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from pathlib import Path

    import psycopg
    from psycopg.pq.abc import PGconn

    from utmforge.registry.database import Result
    from utmforge.registry.server_address import ServerAddress

BUSY_SECONDS = 10.0
"""How long to wait for a lock, and to try a transaction again."""

_CONNECT_SECONDS = 10
_SCHEMA = "utmforge"
_FIRST_PAUSE, _LONGEST_PAUSE = 0.005, 0.5  # seconds
# Errors after which a retry may succeed: serialization failures, deadlocks, and keys and tables
# that another writer has just created.
_AGAIN = {"40001", "40P01", "23505", "42P07", "42P06"}
_NOT_TEXT = {None, "22021", "22P05"}  # the driver itself, and invalid characters for the server
_FULL = {"53100", "53200", "54000"}
_BUSY = {"55P03", "57014", "53300", "57P03"}
# Tables of an earlier version, which are only read, do not have these yet.
_LATER_COLUMNS = re.compile(rf"\b(?:{'|'.join(LATER_COLUMNS - {'change_id'})})\b")
_KEYS = {
    "links": "workspace, id",
    "history": "workspace, link_id, change_id, checksum",
    "changes": "workspace, id, part",
}


class _Overtaken(Exception):
    """Another writer was faster: what was read before is out of date."""


def _insert(table: str) -> str:
    """Return the statement that adds many rows, each column being one array of values."""
    names = ("workspace", *TABLES[table], "seq")
    kinds = ["%s::bigint[]" if name in NUMBERS else "%s::text[]" for name in names[1:]]
    columns = ", ".join(names[1:])
    return (
        f"INSERT INTO {table} ({', '.join(names)}) SELECT '{WORKSPACE}', {columns} "
        f"FROM unnest({', '.join(kinds)}) AS added ({columns}) "
        f"ON CONFLICT ({_KEYS[table]}) DO NOTHING"
    )


class PostgresDatabase:
    """A server's database. See `Database`."""

    like = "ILIKE"
    in_order = "workspace"
    is_gapless = False
    values_a_query = 10_000
    path: Path | None = None
    copy_kept: Path | None = None

    @property
    def role(self) -> str:
        """The role that the connection uses."""
        return str(self._connection.info.user)

    def __init__(self, connection: psycopg.Connection[Any], place: str) -> None:
        self._connection = connection
        self.place = place
        self._password = _password(connection.pgconn)
        self._version = 0
        self._is_to_be_made = False
        self._is_rehearsing = False

    @classmethod
    def open(cls, address: ServerAddress, *, create: bool, at_once: bool = True) -> Self:
        """Connect; make the tables, or bring them up to date, if `create` says so.

        Args:
            address: The server and its database.
            create: Make missing tables.
            at_once: Make them now. False: when the first entry is saved.

        Raises:
            RegistryUnavailable: psycopg is not installed, or the server cannot be reached.
            RegistryTooNew: A later utmforge wrote the tables, and they are not only to be read.
        """
        place = address.shown
        psycopg = _driver()
        from utmforge.registry.server_connection import LimitedConnection

        with as_refusals(place):
            connection = LimitedConnection.connect(
                address.url,
                autocommit=True,
                connect_timeout=_CONNECT_SECONDS,
                application_name="utmforge",
            )
        connection.isolation_level = psycopg.IsolationLevel.SERIALIZABLE
        database = cls(connection, place)
        database._is_to_be_made = create and not at_once
        return prepared(database, writing=create)

    def close(self) -> None:
        """Close the connection."""
        self._connection.close()

    def read(self, statement: str, values: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        """Return the rows that a statement asks for."""
        if self._is_to_be_made and not self._is_rehearsing:
            self._open_if_made()
        if self._version <= 0:  # there is nothing to read
            return [(0,)] if statement.startswith("SELECT count(*)") else []
        if self._version < len(POSTGRES_MIGRATIONS):
            statement = _LATER_COLUMNS.sub("NULL::text", statement)
        statement = statement.replace("?", "%s")
        if self._connection.info.transaction_status:  # the whole transaction is done again
            return self._execute(statement, values)
        return self._until_done(lambda: self._execute(statement, values))

    def _execute(self, statement: str, values: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        with as_refusals(self.place, self._password):
            cursor = self._connection.execute(cast("Any", statement), values)
        if not statement.startswith("SELECT"):
            return []
        try:
            rows = cursor.fetchall()
        except (ValueError, ArithmeticError, LookupError, _driver().Error):  # of its readers
            raise self._nonsense() from None
        if not is_answer(statement, rows):
            raise self._nonsense()
        return rows

    def _nonsense(self) -> RegistryUnavailable:
        return RegistryUnavailable(
            f"the registry {self.place} returned data that is not a registry's",
            hint=f"are the tables of its schema {_SCHEMA} those that utmforge created?",
        )

    def write(self, work: Callable[[], Result]) -> Result:
        """Do work in one transaction; repeat all of it if another writer was faster."""
        if self._is_to_be_made:
            self._open_if_made()
        if self._is_to_be_made:
            self._rehearse(work)
            self._is_to_be_made = False  # the steps themselves are not rehearsed
            self._migrate()
        if self._version > len(POSTGRES_MIGRATIONS):
            raise self._too_new()

        def whole() -> Result:
            with self._connection.transaction():
                return work()

        return self._until_done(whole)

    def _rehearse(self, work: Callable[[], object]) -> None:
        """Do work without a write first, so that a refused command creates no tables."""
        self._is_rehearsing = True
        try:
            work()
        finally:
            self._is_rehearsing = False

    def _open_if_made(self) -> None:
        """Check whether another command has created the missing tables."""
        self._version = self._until_done(self._installed_version)
        if self._version > 0:
            self._is_to_be_made = False
            self._bring_up_to_date()

    def _until_done(self, work: Callable[[], Result]) -> Result:
        """Repeat work while the server asks for it, for at most `BUSY_SECONDS`."""
        errors = _driver().Error
        end = time.monotonic() + BUSY_SECONDS
        pause = _FIRST_PAUSE
        while True:
            try:
                return work()
            except errors as error:
                if error.sqlstate not in _AGAIN:
                    raise _refusal(error, self.place, self._password) from None
            except _Overtaken:
                pass
            if time.monotonic() > end:
                raise locked(self.place, BUSY_SECONDS)
            time.sleep(pause * random.uniform(0.5, 1.5))  # noqa: S311 - so that two writers do not collide again
            pause = min(2 * pause, _LONGEST_PAUSE)

    def insert(self, table: str, rows: Iterable[Sequence[object]]) -> int:
        """Add the rows whose keys are new; return how many were added.

        Raises:
            _Overtaken: Another writer has added some of these links since; `write` begins again.
        """
        rows = list(rows)
        if not rows or self._is_rehearsing:
            return len(rows)
        first = self._next_seq(table)
        arrays = [list(column) for column in zip(*rows, strict=True)]
        arrays.append(list(range(first, first + len(rows))))
        with as_refusals(self.place, self._password):
            added = self._connection.execute(cast("Any", _insert(table)), arrays).rowcount
        if table == "links" and added < len(rows):
            raise _Overtaken
        return added

    def _next_seq(self, table: str) -> int:
        """Return a number after all others: the time, or one more if a clock jumped back."""
        last = self._execute(
            f"SELECT coalesce(max(seq), 0) FROM {table} WHERE workspace = '{WORKSPACE}'"
        )[0][0]
        return max(time.time_ns() // 1000, int(last) + 1)

    def begins(self, column: str, text: str) -> tuple[str, list[object]]:
        """Return a condition that holds in every language's order of letters."""
        escaped = text.replace("!", "!!").replace("%", "!%").replace("_", "!_")
        return f"{column} LIKE ? ESCAPE '!'", [f"{escaped}%"]

    def campaigns(self, beginning: str) -> tuple[str, list[object]]:
        """Return a statement that groups the links, and its values."""
        condition, values = self.begins("utm_campaign", beginning)
        statement = (
            f"SELECT utm_campaign FROM links WHERE workspace = '{WORKSPACE}' AND {condition} "
            "GROUP BY utm_campaign ORDER BY max(seq) DESC"
        )
        return statement, values

    def count_links(self) -> int:
        """Return the number of links."""
        statement = f"SELECT count(*) FROM links WHERE workspace = '{WORKSPACE}'"
        return int(self.read(statement)[0][0])

    def quick_check(self) -> str | None:
        """Return None: a server checks its own files."""
        return None

    def prepare(self, *, writing: bool) -> None:
        """Choose the schema, and bring its tables up to date."""
        self._until_done(lambda: self._execute(f"SET search_path TO {_SCHEMA}"))
        self._until_done(lambda: self._execute("SET client_encoding TO 'UTF8'"))
        with suppress(RegistryError):  # a compatible database may not know it
            limit = f"SET lock_timeout TO '{BUSY_SECONDS:.0f}s'"
            self._until_done(lambda: self._execute(limit))
        self._version = self._until_done(self._installed_version)
        self._is_to_be_made = self._is_to_be_made and self._version <= 0
        if writing and not self._is_to_be_made:
            self._bring_up_to_date()

    def _bring_up_to_date(self) -> None:
        if self._version > len(POSTGRES_MIGRATIONS):
            raise self._too_new()
        if self._version < len(POSTGRES_MIGRATIONS):
            self._migrate()

    def _installed_version(self) -> int:
        """Return how many steps were taken; -1: there are no tables of utmforge.

        This queries the catalogue, because other views hide what the user has no right to.
        """
        there = self._execute(
            "SELECT count(*) FROM pg_catalog.pg_class AS c JOIN pg_catalog.pg_namespace AS n "
            "ON n.oid = c.relnamespace WHERE n.nspname = %s AND c.relname = 'versions'",
            (_SCHEMA,),
        )
        if not there[0][0]:
            return -1
        found = self._execute(f"SELECT coalesce(max(step), 0) FROM {_SCHEMA}.versions")
        return int(found[0][0])

    def _migrate(self) -> None:
        """Take the missing steps, one writer at a time."""
        if self._version < 0:
            self.write(self._make_schema)
        self.write(self._take_steps)
        self._version = self._until_done(self._installed_version)

    def _make_schema(self) -> None:
        self._execute(f"CREATE SCHEMA IF NOT EXISTS {_SCHEMA}")
        self._execute(
            "CREATE TABLE IF NOT EXISTS versions (step BIGINT PRIMARY KEY, utmforge TEXT)"
        )
        self._execute("INSERT INTO versions VALUES (0, '') ON CONFLICT (step) DO NOTHING")

    def _take_steps(self) -> None:
        # This locks a row, which every compatible database can do; not all can lock tables.
        self._execute("SELECT step FROM versions WHERE step = 0 FOR UPDATE")
        version = int(self._execute("SELECT max(step) FROM versions")[0][0])
        if 0 < version < len(POSTGRES_MIGRATIONS):
            self._keep_copies(version)
        for step, statements in enumerate(POSTGRES_MIGRATIONS[version:], version + 1):
            for statement in statements:
                self._execute(statement)
            self._execute(
                "INSERT INTO versions VALUES (%s, %s)", (step, POSTGRES_VERSIONS[step - 1])
            )

    def _keep_copies(self, version: int) -> None:
        """Copy the tables as they are before they change."""
        for table in TABLES:
            self._execute(f"CREATE TABLE {table}_version_{version} AS SELECT * FROM {table}")

    def _too_new(self) -> RegistryTooNew:
        statement = "SELECT utmforge FROM versions ORDER BY step DESC LIMIT 1"
        rows = self._until_done(lambda: self._execute(statement)) or [("",)]
        return too_new(self.place, str(rows[0][0]))


def _driver() -> Any:  # noqa: ANN401 - an optional module
    try:
        import psycopg
    except ImportError:
        raise RegistryUnavailable(
            "a registry on PostgreSQL needs psycopg",
            hint="pip install 'utmforge[postgres]'",
        ) from None
    return psycopg


@contextmanager
def as_refusals(place: str, password: str = "") -> Iterator[None]:
    """Turn the errors of the server and its driver into refusals, which do not show a password."""
    psycopg = _driver()
    try:
        yield
    except psycopg.Error as error:
        if isinstance(error, psycopg.DataError) and error.sqlstate in _NOT_TEXT:
            raise NotText("the search text has characters that no registry can store") from None
        if error.sqlstate in _AGAIN:
            raise
        raise _refusal(error, place, password or _password(error.pgconn)) from None
    except UnicodeEncodeError:
        raise not_utf8() from None


def _refusal(error: psycopg.Error, place: str, password: str) -> RegistryError:
    code = error.sqlstate or ""
    said = str(error).replace(password, "***") if password else str(error)
    lines = said.strip().splitlines() or ["no reason given"]
    said = quoted(lines[0], 300)[1:-1]
    if code in _BUSY:
        return RegistryBusy(f"the registry {place} does not answer: {said}", hint="try again")
    if code in _FULL:
        return RegistryFull(
            f"the registry {place} could not be written: {said}",
            hint="free up space on the server; nothing from this run was issued",
        )
    if code == "40003":
        return RegistryUnavailable(
            f"the connection to {place} broke during the commit: the links may or may not have "
            "been saved",
            hint="utmforge history shows whether they were; issuing them again is safe",
        )
    if code == "42501":
        return RegistryUnavailable(
            f"no permission to use the registry {place}: {said}",
            hint=f"ask for permission to create and use the schema {_SCHEMA}",
        )
    return RegistryUnavailable(
        f"the registry {place} cannot be used: {said}",
        hint="is the server up, and the password in ~/.pgpass? See utmforge doctor",
    )


def _password(connection: PGconn | None) -> str:
    """Return the password that was sent to a server, which could repeat it; empty: none."""
    with suppress(_driver().Error):  # the connection was never made
        return (connection.password or b"").decode(errors="replace") if connection else ""
    return ""
