"""What the registry's rules need of a database, and what they need to know of its language."""

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
    """How messages call it; without a password."""
    copy_kept: Path | None
    """The copy that was made before it was brought up to date. None: it was up to date."""
    like: str
    """The operator that compares text with a pattern, whatever the letters' case."""
    in_order: str
    """The column `workspace`, so written that rows are found in the order of issue."""
    values_a_query: int
    """So many values a statement takes."""

    def read(self, statement: str, values: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        """Return the rows that a statement asks for."""
        ...

    def write(self, work: Callable[[], Result]) -> Result:
        """Do work in one transaction: all of it or nothing, and on the disk when this returns.

        Work may be done again from its beginning, where another writer was faster.
        """
        ...

    def insert(self, table: str, rows: Iterable[Sequence[object]]) -> int:
        """Add rows of `TABLES`, but those whose key is there; return how many were added."""
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
        """Let go of it."""
        ...
