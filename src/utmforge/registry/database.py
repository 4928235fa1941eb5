"""The interface of the registry's databases, and their differences in SQL."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from pathlib import Path

Result = TypeVar("Result")

BUSY_SECONDS = 10.0
"""How long to wait for another command."""

WORKSPACE = "default"
"""A registry has one workspace; the column is for shared servers in the future."""


class Database(Protocol):
    """A database of rows. Statements have `?` for values."""

    @property
    def path(self) -> Path | None:
        """The file. None: it is on a server."""
        ...

    @property
    def role(self) -> str | None:
        """The user on a server. None: it is a file."""
        ...

    place: str
    """Its name in messages, without a password."""
    copy_kept: Path | None
    """The copy made before it was brought up to date. None: it was up to date."""
    like: str
    """The operator that compares text with a pattern and ignores letter case."""
    in_order: str
    """The column `workspace`, written so that rows come in the order of issue."""
    is_gapless: bool
    """Whether rows are numbered from 1 without gaps, so that a missing one is noticed."""
    values_a_query: int
    """The maximum number of values in one statement."""

    def read(self, statement: str, values: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        """Return the rows that a statement asks for."""
        ...

    def write(self, work: Callable[[], Result]) -> Result:
        """Do work in one transaction: all or nothing, and on disk when this returns.

        If another writer was faster, the work is repeated from its beginning.
        """
        ...

    def insert(self, table: str, rows: Iterable[Sequence[object]]) -> int:
        """Add the rows of a table whose keys are new; return how many were added."""
        ...

    def begins(self, column: str, text: str) -> tuple[str, list[object]]:
        """Return the condition that a column begins with a text, and its values."""
        ...

    def campaigns(self, beginning: str) -> tuple[str, list[object]]:
        """Return the statement that lists campaigns, the latest first, and its values."""
        ...

    def count_links(self) -> int:
        """Return the number of links.

        Raises:
            RegistryDamaged: There are other links than the database counts.
        """
        ...

    def quick_check(self) -> str | None:
        """Return the first problem that the database itself finds. None: nothing."""
        ...

    def close(self) -> None:
        """Close the connection."""
        ...


class _Preparable(Protocol):
    """A database that has been connected to, before it is used."""

    def prepare(self, *, writing: bool) -> None:
        """Bring it up to date, and refuse a database that cannot be used."""
        ...

    def close(self) -> None:
        """Close the connection."""
        ...


Opened = TypeVar("Opened", bound=_Preparable)


def prepared(database: Opened, *, writing: bool) -> Opened:
    """Prepare a database and return it, or close it if it is refused."""
    try:
        database.prepare(writing=writing)
    except BaseException:
        database.close()
        raise
    return database
