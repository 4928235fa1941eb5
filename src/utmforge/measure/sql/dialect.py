"""The few expressions that engines write differently; everything else is the same SQL."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping


class Dialect(NamedTuple):
    """How one engine writes an expression; each is a format text with `{0}` for its argument."""

    name: str
    """Such as `duckdb`."""
    key: str
    """A number of 64 bits from values: with a secret salt first, no one finds the others again."""
    last_before: str
    """The last value that is not NULL in the rows before this one, over `{1}`."""
    floor_days: str
    """Whole days in a number of seconds, rounded down."""
    random: str = ""
    """A random text, another one for each row. Empty: the salts come from Python."""
    types: Mapping[str, str] = MappingProxyType({})
    """Its names of DuckDB's types, where they differ."""

    def keyed(self, values: str) -> str:
        """Return the expression for the key of values, a list with commas."""
        return self.key.format(values)

    def previous(self, column: str, partition: str, order: str) -> str:
        """Return the expression for the last value of a column in earlier rows."""
        window = (
            f"PARTITION BY {partition} ORDER BY {order} "
            "ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING"
        )
        return self.last_before.format(column, window)

    def days(self, seconds: str) -> str:
        """Return the expression for the whole days in a number of seconds."""
        return self.floor_days.format(seconds)

    def columns(self, columns: Mapping[str, str]) -> str:
        """Return the declaration of columns with DuckDB's types."""
        return ", ".join(f"{name} {self.types.get(kind, kind)}" for name, kind in columns.items())


DUCKDB = Dialect(
    "duckdb",
    key="hash({0})",
    last_before="last_value({0} IGNORE NULLS) OVER ({1})",
    floor_days="CAST(floor(({0}) / 86400) AS INTEGER)",
)
SPARK = Dialect(
    "spark",
    key="xxhash64({0})",
    last_before="last_value({0}) IGNORE NULLS OVER ({1})",
    floor_days="CAST(floor(({0}) / 86400) AS INT)",
    random="uuid()",
    types=MappingProxyType({"VARCHAR": "STRING", "INTEGER": "INT"}),
)
DATABRICKS = SPARK._replace(name="databricks")
BIGQUERY = Dialect(
    "bigquery",
    key="FARM_FINGERPRINT(TO_JSON_STRING(STRUCT({0})))",
    last_before="LAST_VALUE({0} IGNORE NULLS) OVER ({1})",
    floor_days="CAST(FLOOR(({0}) / 86400) AS INT64)",
    random="GENERATE_UUID()",
    types=MappingProxyType(
        {"VARCHAR": "STRING", "INTEGER": "INT64", "BIGINT": "INT64", "BOOLEAN": "BOOL"}
    ),
)
SNOWFLAKE = Dialect(
    "snowflake",
    key="HASH({0})",
    last_before="LAST_VALUE({0}) IGNORE NULLS OVER ({1})",
    floor_days="CAST(FLOOR(({0}) / 86400) AS INTEGER)",
    random="UUID_STRING()",
)
WAREHOUSES = {one.name: one for one in (BIGQUERY, SNOWFLAKE, DATABRICKS)}
"""The dialects for `--emit-sql`, by name. Their text is parsed in tests and not run there."""
