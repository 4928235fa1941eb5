"""A DuckDB connection as the measurement uses it: statements in, plain values out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from utmforge.measure.hit_tables import drop_hits
from utmforge.measure.sql.dialect import DUCKDB

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from duckdb import DuckDBPyConnection

_AT_ONCE = 100_000


class DuckDBEngine:
    """See `Engine`."""

    dialect = DUCKDB

    def __init__(self, connection: DuckDBPyConnection) -> None:
        self.connection = connection

    def make(self, table: str, select: str) -> None:
        """Make a table of what a statement returns."""
        self.connection.execute(f"CREATE OR REPLACE TEMP TABLE {table} AS {select}")

    def drop(self, *tables: str) -> None:
        """Drop tables."""
        for table in tables:
            if table == "hits":
                drop_hits(self.connection)
            else:
                self.connection.execute(f"DROP TABLE {table}")

    def rows(self, select: str) -> list[tuple[Any, ...]]:
        """Return the rows of a statement."""
        return self.connection.execute(select).fetchall()

    def fill(
        self, table: str, columns: Mapping[str, str], rows: Iterable[Sequence[object]]
    ) -> None:
        """Make a table of rows; lists of columns go in, a hundred times faster than rows."""
        declared = ", ".join(f"{name} {kind}" for name, kind in columns.items())
        self.connection.execute(f"CREATE OR REPLACE TEMP TABLE {table} ({declared})")
        parts = ", ".join(f"unnest(?::{kind}[])" for kind in columns.values())
        values = list(rows)
        for start in range(0, len(values), _AT_ONCE):
            some = values[start : start + _AT_ONCE]
            lists = [[row[at] for row in some] for at in range(len(columns))]
            self.connection.execute(f"INSERT INTO {table} SELECT {parts}", lists)
