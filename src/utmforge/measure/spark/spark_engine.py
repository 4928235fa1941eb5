"""Spark as the measurement uses it: statements in, aggregates and distinct values out."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from pyspark import StorageLevel
from pyspark.sql import DataFrame
from pyspark.sql.functions import from_json

from utmforge.measure.sql.dialect import SPARK

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from pyspark.sql import SparkSession


class SparkEngine:
    """See `Engine`. Tables are views of this session, computed when they are first read."""

    dialect = SPARK

    def __init__(self, session: SparkSession, *, is_small: bool = False) -> None:
        """Begin with no tables.

        Args:
            session: Where they are made.
            is_small: Whether each table is one partition: joins, windows and sums then exchange
                nothing, and a statement is one task.
        """
        self.session = session
        self.is_small = is_small
        self._tables: dict[str, DataFrame] = {}

    def make(self, table: str, select: str) -> None:
        """Make a table of what a statement returns.

        It is a checkpoint, because a plan with all that came before it takes seconds to optimise.
        """
        frame = self._in_parts(self.session.sql(select)).localCheckpoint(eager=False)
        self._tables[table] = frame
        frame.createOrReplaceTempView(table)

    def keep(self, table: str, frame: DataFrame, level: StorageLevel) -> None:
        """Make a table of a frame, which is computed once."""
        kept = self._in_parts(frame).persist(level)
        self._tables[table] = kept
        kept.createOrReplaceTempView(table)

    def _in_parts(self, frame: DataFrame) -> DataFrame:
        return frame.coalesce(1) if self.is_small else frame

    def drop(self, *tables: str) -> None:
        """Do nothing: what later tables are made of is still needed, and Spark spills it."""

    def rows(self, select: str) -> list[tuple[Any, ...]]:
        """Return the rows of a statement."""
        return [tuple(row) for row in self.session.sql(select).collect()]

    def fill(
        self, table: str, columns: Mapping[str, str], rows: Iterable[Sequence[object]]
    ) -> None:
        """Make a table of rows.

        They go to the JVM through its socket. `createDataFrame` may write them to a file, and the
        salts must not be in one; pyspark has no public way that stays in memory.
        """
        lines = "\n".join(json.dumps(dict(zip(columns, row, strict=True))) for row in rows)
        jvm: Any = self.session.sparkContext._jvm  # noqa: SLF001 - see above
        java_session: Any = self.session._jsparkSession  # noqa: SLF001 - see above
        texts = jvm.java.util.Collections.list(jvm.java.util.StringTokenizer(lines, "\n"))
        encoder = jvm.org.apache.spark.sql.Encoders.STRING()
        frame = DataFrame(java_session.createDataset(texts, encoder).toDF(), self.session)
        parsed = frame.select(from_json("value", self.dialect.columns(columns)).alias("row"))
        self.keep(table, parsed.select("row.*"), StorageLevel.MEMORY_ONLY)

    def close(self) -> None:
        """Forget all tables."""
        for table, frame in reversed(self._tables.items()):  # what is made of others first
            frame.unpersist()
            self.session.catalog.dropTempView(table)
        self._tables.clear()
