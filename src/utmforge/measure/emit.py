"""The statements of a measurement as one text for a warehouse.

The same functions that count in DuckDB are run with an engine that only writes down what they ask
for, so that the text has every statement, in their order.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from utmforge.measure.counting import count, late_counts
from utmforge.measure.periods import period, zone_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from utmforge.campaigns.campaign_file import CampaignFile
    from utmforge.measure.run import Asked
    from utmforge.measure.sql.dialect import Dialect
    from utmforge.registry import Registry

_HEAD = """\
-- The statements of `utmforge measure`, in {name}'s SQL. Run them in one session.
--
-- They read four tables of yours, in which no address and no full query may be:
--   hits(n, ts, network, agent, referrer, page, method, status, asset, click_id, fetch_site)
--   agents(id, agent), referrers(id, referrer), pages(id, host, target)
-- and tables that are declared here and that you fill before you go on.
-- What the columns mean: docs/how-to/big-logs.md"""
_YEARS = (2020, 2036)
"""The clocks of these years are in the text; a log tells its own, and there is none here."""


def sql_script(dialect: Dialect, registry: Registry, file: CampaignFile, asked: Asked) -> str:
    """Return the text.

    Args:
        dialect: Of the warehouse.
        registry: Is not asked about any link: there are no pages yet.
        file: Goals and own channels.
        asked: The period, the time zone and the keys.

    Raises:
        ContradictoryInput: There is no such time zone, or no such period.
    """
    zone = zone_of(asked.timezone or file.workspace.timezone)
    first, last = (int(datetime(year, 1, 1, tzinfo=UTC).timestamp()) for year in _YEARS)
    days = period(asked.since, asked.until, zone, first, last)
    day = dialect.days(days.local_seconds("h.ts"))
    writer = _Writer(dialect, f"SELECT DISTINCT {day} AS day FROM hits AS h")
    count(
        writer,
        registry,
        file,
        days,
        asked.by,
        asked.campaign,
        has_sharing=asked.has_sharing,
    )
    late_counts(writer, {}, asked.by)
    return "\n\n".join([_HEAD.format(name=dialect.name), *writer.statements]) + "\n"


class _Writer:
    """An `Engine` without rows."""

    def __init__(self, dialect: Dialect, days: str) -> None:
        self.dialect = dialect
        self.statements: list[str] = []
        self._days = days

    def make(self, table: str, select: str) -> None:
        self.statements.append(f"CREATE TEMPORARY TABLE {table} AS\n{select.strip()};")

    def drop(self, *tables: str) -> None:
        """Do nothing: temporary tables end with the session."""

    def rows(self, select: str) -> list[tuple[Any, ...]]:
        self.statements.append(f"{select.strip()};")
        return []

    def fill(
        self, table: str, columns: Mapping[str, str], rows: Iterable[Sequence[object]]
    ) -> None:
        if table == "salts":  # only the warehouse knows the days
            self.make(table, f"SELECT day, {self.dialect.random} AS salt FROM ({self._days}) AS d")
            return
        declared = self.dialect.columns(columns)
        values = [f"({', '.join(map(_literal, row))})" for row in rows]
        filled = f"INSERT INTO {table} VALUES {', '.join(values)};" if values else ""
        note = "" if values else f"-- Fill {table} before you go on.\n"
        self.statements.append(
            f"{note}CREATE TEMPORARY TABLE {table} ({declared});\n{filled}".strip()
        )


def _literal(value: object) -> str:
    """Return a number, a truth or a word of ours as SQL."""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    return str(value) if isinstance(value, int) else "'" + str(value).replace("'", "''") + "'"
