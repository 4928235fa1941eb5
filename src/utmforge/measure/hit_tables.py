"""The tables that logs are read into, and how the lines of a part come into them.

lines(n, ts, network, status, request, referrer, agent)     ids, and what an id means once
hits, agents, referrers, pages                              what `measure/sql` reads
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import duckdb

from utmforge.measure.fast_path.quoted_lines import (
    ID,
    known_lines,
    pieces_of,
    rows_of,
)
from utmforge.measure.hit_rows import UNTOLD_AGENT
from utmforge.measure.pipes import HAS_PIPES, TEXT, is_clean, text_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from duckdb import DuckDBPyConnection

    from utmforge.measure.fast_path.quoted_lines import Shape
    from utmforge.measure.hit_rows import HitRow
    from utmforge.measure.pipes import PartFile

# A request, referrer or agent occurs again and again: lines carry ids, and what an id means is
# kept once. Parts that are read at the same time may both have met a text for the first time.
_TABLES = f"""
CREATE TABLE lines(n BIGINT, ts BIGINT, network VARCHAR,
                   request BIGINT, referrer BIGINT, agent BIGINT);
CREATE TABLE met_requests(id BIGINT, method VARCHAR, host VARCHAR, page VARCHAR, asset BOOLEAN,
                          click_id VARCHAR, status SMALLINT, fetch_site VARCHAR);
CREATE TABLE met_referrers AS SELECT {ID.format("text")} AS id, text AS referrer
  FROM (SELECT unnest(['-', '']) AS text);
CREATE TABLE met_agents AS SELECT id, referrer AS agent FROM met_referrers;
"""
_DISTINCT = f"""
CREATE TABLE requests AS SELECT id, min(method) AS method, min(status) AS status,
  min(click_id) AS click_id, min(fetch_site) AS fetch_site, bool_or(asset) AS asset,
  CASE WHEN NOT bool_or(asset) THEN {ID.format("min(host), min(page)")} END AS page
  FROM met_requests GROUP BY id;
CREATE TABLE pages AS SELECT {ID.format("host, page")} AS id, min(host) AS host,
  min(page) AS target FROM met_requests WHERE NOT asset GROUP BY 1;
CREATE TABLE agents AS SELECT id, min(agent) AS agent FROM met_agents
  WHERE agent NOT IN ('-', '') GROUP BY id;
CREATE TABLE referrers AS SELECT id, min(referrer) AS referrer FROM met_referrers
  WHERE referrer NOT IN ('-', '') GROUP BY id;
DROP TABLE met_requests; DROP TABLE met_referrers; DROP TABLE met_agents;
"""
_PART_BITS = 32
"""`n` is the number of the part, then the number of the line in it."""
UNTOLD = ID.format(f"chr({ord(UNTOLD_AGENT)})")
"""The id of the agent of lines whose format has none."""
_HITS = f"""
CREATE VIEW hits AS SELECT n, ts, network,
  CASE WHEN agent NOT IN ({ID.format("'-'")}, {ID.format("''")}) THEN agent
       {{otherwise}} END AS agent,
  CASE WHEN NOT asset AND referrer NOT IN ({ID.format("'-'")}, {ID.format("''")})
       THEN referrer END AS referrer,
  page, method, status, asset, click_id, fetch_site
FROM all_lines JOIN requests ON all_lines.request = requests.id;
"""
_COLUMNS = "n, ts, network, request, referrer, agent"
_MAX_PARTS = 64
"""So many parts of a log are tables of their own; to copy their lines would take as long again."""
_FEW = 2000
"""Lines of a part that Python reads sooner than DuckDB prepares a statement."""
_NUMBERED = "(SELECT row_number() OVER () + {first} AS n, coalesce(line, '') AS line FROM {lines})"
_KEEP = """
INSERT INTO lines SELECT n, ts, network, request, referrer, agent
FROM rows_met WHERE ts IS NOT NULL;
INSERT INTO met_requests
SELECT request, min(method), min(host), min(page), bool_or(asset), min(click_id), min(status),
  min(fetch_site) FROM rows_met
WHERE ts IS NOT NULL AND request NOT IN (SELECT id FROM met_requests)
GROUP BY request;
INSERT INTO met_referrers SELECT referrer, min(referrer_text) FROM rows_met
WHERE ts IS NOT NULL AND referrer NOT IN (SELECT id FROM met_referrers) GROUP BY referrer;
INSERT INTO met_agents SELECT agent, min(agent_text) FROM rows_met
WHERE ts IS NOT NULL AND agent NOT IN (SELECT id FROM met_agents) GROUP BY agent;
"""


def _id_by_read(text: str) -> str:
    """Return the id of a decoded text.

    One with a backslash has an id of its own: in a line, the same characters mean another text.
    """
    return ID.format(
        f"CASE WHEN contains({text}, '\\') THEN 'read' || {text} ELSE coalesce({text}, '-') END"
    )


_ROWS_BY_READ = f"""
CREATE OR REPLACE TEMP TABLE rows_met AS
SELECT *, {ID.format("'read', method, host, page, asset, click_id, status, fetch_site")} AS request,
  {_id_by_read("referrer_text")} AS referrer, {_id_by_read("agent_text")} AS agent
FROM (SELECT unnest($1::BIGINT[]) AS n, unnest($2::BIGINT[]) AS ts,
  unnest($3::VARCHAR[]) AS network, unnest($4::VARCHAR[]) AS agent_text,
  unnest($5::VARCHAR[]) AS referrer_text, unnest($6::VARCHAR[]) AS host,
  unnest($7::VARCHAR[]) AS page, unnest($8::VARCHAR[]) AS method,
  unnest($9::SMALLINT[]) AS status, unnest($10::BOOLEAN[]) AS asset,
  unnest($11::VARCHAR[]) AS click_id, unnest($12::VARCHAR[]) AS fetch_site)
"""


def create_tables(connection: DuckDBPyConnection) -> None:
    """Make the tables that parts are kept in."""
    connection.execute(_TABLES)


def keep_part(
    cursor: DuckDBPyConnection, file: PartFile, data: bytes, number: int, shape: Shape
) -> tuple[int, list[tuple[int, str]]]:
    """Keep the lines of a part that DuckDB can read.

    Args:
        cursor: Of the thread that reads the part.
        file: Of the same thread.
        data: Whole lines.
        number: The part's; its lines are numbered from `first_line(number)`.
        shape: What they look like.

    Returns:
        How many lines were kept, and the other lines with their numbers.
    """
    if HAS_PIPES and is_clean(data):
        with file.holding(data) as lines:
            if kept := keep_lines(cursor, lines, number, shape):
                return kept
    made = cursor.execute(_part_of(TEXT, number, shape), [text_of(data)]).fetchall()
    return _kept(cursor, made[0][0], number, shape)


def keep_lines(
    cursor: DuckDBPyConnection, lines: str, number: int, shape: Shape
) -> tuple[int, list[tuple[int, str]]] | None:
    """Keep the lines of a relation as `keep_part` does; None, and nothing kept: not UTF-8."""
    try:
        made = cursor.execute(_part_of(lines, number, shape)).fetchall()
    except duckdb.InvalidInputException:
        return None
    return _kept(cursor, made[0][0], number, shape)


def _part_of(lines: str, number: int, shape: Shape) -> str:
    numbered = _NUMBERED.format(first=first_line(number) - 1, lines=lines)
    return f"CREATE TABLE part_{number} AS {known_lines(numbered, shape)}"


def _kept(
    cursor: DuckDBPyConnection, lines: int, number: int, shape: Shape
) -> tuple[int, list[tuple[int, str]]]:
    part = f"part_{number}"
    others = f"SELECT n, line FROM {part} WHERE line IS NOT NULL"
    left = cursor.execute(f"{others} LIMIT {_FEW + 1}").fetchall()
    used, has_others = lines - len(left), bool(left)
    if len(left) > _FEW:
        cursor.execute(
            f"CREATE OR REPLACE TEMP TABLE rows_met AS {rows_of(pieces_of(f'({others})', shape))}"
        )
        cursor.execute(_KEEP)
        unknown, read = cursor.execute("SELECT count(*), count(ts) FROM rows_met").fetchall()[0]
        used = lines - unknown + read
        left = cursor.execute("SELECT n, line FROM rows_met WHERE ts IS NULL").fetchall()
    # The table stays without the lines: they have addresses.
    if has_others:
        cursor.execute(f"DELETE FROM {part} WHERE line IS NOT NULL")
    cursor.execute(f"ALTER TABLE {part} DROP line")
    if number >= _MAX_PARTS:
        cursor.execute(f"INSERT INTO lines SELECT {_COLUMNS} FROM {part}; DROP TABLE {part}")
    return used, left


def first_line(number: int) -> int:
    """Return the number of the first line of a part."""
    return number << _PART_BITS


def keep_rows(cursor: DuckDBPyConnection, rows: Sequence[tuple[int, HitRow]]) -> None:
    """Keep rows that Python has read, with the numbers of their lines."""
    if rows:
        columns = [[n for n, _ in rows], *map(list, zip(*(row for _, row in rows), strict=True))]
        cursor.execute(_ROWS_BY_READ, columns)
        cursor.execute(_KEEP)


def forget_part(cursor: DuckDBPyConnection) -> None:
    """Drop what only this part needed."""
    cursor.execute("DROP TABLE IF EXISTS rows_met")


def finish_tables(connection: DuckDBPyConnection, *, has_agents: bool) -> None:
    """Make the tables that `measure/sql` reads of what was kept.

    Args:
        connection: That of the tables.
        has_agents: Whether a request without user agent sent none. Otherwise the log may not keep
            them: of JSON and W3C logs, only their lines tell.
    """
    everything = " UNION ALL ".join(
        f"SELECT {_COLUMNS} FROM {table}" for table in ("lines", *_parts(connection))
    )
    connection.execute(f"CREATE VIEW all_lines AS {everything}")
    connection.execute(_DISTINCT)
    agents = connection.execute("SELECT count(*) FROM agents").fetchall()[0][0]
    if agents or has_agents:
        connection.execute(_HITS.format(otherwise=""))
        return
    connection.execute(f"INSERT INTO agents SELECT {UNTOLD}, $1", [UNTOLD_AGENT])
    connection.execute(_HITS.format(otherwise=f"ELSE {UNTOLD}"))


def drop_hits(connection: DuckDBPyConnection) -> None:
    """Drop `hits` and what it is made of, when it is needed no more."""
    for name in ("VIEW hits", "VIEW all_lines", "TABLE lines", "TABLE requests"):
        connection.execute(f"DROP {name}")
    for table in _parts(connection):
        connection.execute(f"DROP TABLE {table}")


def _parts(connection: DuckDBPyConnection) -> list[str]:
    tables = connection.execute("SELECT table_name FROM duckdb_tables()").fetchall()
    return [name for (name,) in tables if name.startswith("part_")]
