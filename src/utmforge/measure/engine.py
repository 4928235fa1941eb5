"""What runs the statements of `measure/sql`: DuckDB, Spark, or a text that a warehouse runs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from utmforge.measure.sql.dialect import Dialect


class Engine(Protocol):
    """An engine with the tables `hits`, `agents`, `referrers` and `pages`."""

    @property
    def dialect(self) -> Dialect:
        """How it writes the few expressions that differ."""

    def make(self, table: str, select: str) -> None:
        """Make a table of what a statement returns."""

    def drop(self, *tables: str) -> None:
        """Forget tables that are not needed any more, to make room for the next ones."""

    def rows(self, select: str) -> list[tuple[Any, ...]]:
        """Return the rows of a statement."""

    def fill(
        self, table: str, columns: Mapping[str, str], rows: Iterable[Sequence[object]]
    ) -> None:
        """Make a table of rows.

        Args:
            table: Its name.
            columns: The type of each column, in order, as DuckDB calls it.
            rows: Its rows.
        """
