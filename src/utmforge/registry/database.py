"""What the registry needs of a database, and of its SQL dialect."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from pathlib import Path

Result = TypeVar("Result")

WORKSPACE = "default"
"""A registry holds one workspace; the column is there for a shared server."""


class Database(Protocol):
    """A place for rows. Statements are written with `?` for values."""

    @property
    def path(self) -> Path | None:
        """The file. None: it is on a server."""
        ...

    place: str
    """What messages call it; without a password."""
    copy_kept: Path | None
    """The copy that was made before it was brought up to date. None: it was up to date."""
    like: str
    """The operator that compares text with a pattern and ignores letter case."""
    in_order: str
    """The column `workspace`, written such that rows come in the order of issue."""
    values_a_query: int
    """The most values that one statement takes."""

    def read(self, statement: str, values: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        """Return the rows that a statement asks for."""
        ...

    def write(self, work: Callable[[], Result]) -> Result:
        """Do work in one transaction: all or nothing, and on the disk when this returns.

        Where another writer was faster, the work is done again from its beginning.
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

    def quick_check(self) -> str | None:
        """Return what the database itself finds wrong first. None: nothing."""
        ...

    def close(self) -> None:
        """Close the connection."""
        ...


class _Preparable(Protocol):
    """A database that has been connected to, before it is used."""

    def prepare(self, *, writing: bool) -> None:
        """Bring it up to date, and refuse what cannot be used."""
        ...

    def close(self) -> None:
        """Close the connection."""
        ...


Opened = TypeVar("Opened", bound=_Preparable)


def prepared(database: Opened, *, writing: bool) -> Opened:
    """Return a database that is ready to be used; one that is refused is closed."""
    try:
        database.prepare(writing=writing)
    except BaseException:
        database.close()
        raise
    return database
