"""The tables that logs are read into, and how the lines of a part come into them.

lines(n, ts, network, status, request, referrer, agent)     ids, and what an id means once
hits, agents, referrers, pages                              what `measure/sql` reads
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import duckdb

from utmforge.measure.fast_path.quoted_lines import ID, pieces_of, rows_of, with_keys
from utmforge.measure.pipes import HAS_PIPES, TEXT, is_clean, piped, text_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from duckdb import DuckDBPyConnection

    from utmforge.measure.fast_path.quoted_lines import Shape
    from utmforge.measure.hit_rows import HitRow

# A request, referrer or agent occurs again and again: lines carry ids, and what an id means is
# kept once. Parts that are read at the same time may both have met a text for the first time.
_TABLES = f"""
CREATE TABLE lines(n BIGINT, ts BIGINT, network VARCHAR, status SMALLINT,
                   request BIGINT, referrer BIGINT, agent BIGINT);
CREATE TABLE met_requests(id BIGINT, method VARCHAR, host VARCHAR, page VARCHAR, asset BOOLEAN,
                          click_id VARCHAR, fetch_site VARCHAR);
CREATE TABLE met_referrers AS SELECT {ID.format("text")} AS id, text AS referrer
  FROM (SELECT unnest(['-', '']) AS text);
CREATE TABLE met_agents AS SELECT id, referrer AS agent FROM met_referrers;
"""
_DISTINCT = f"""
CREATE TABLE requests AS SELECT id, min(method) AS method, min(click_id) AS click_id,
  min(fetch_site) AS fetch_site, bool_or(asset) AS asset, CASE WHEN NOT bool_or(asset)
  THEN {ID.format("min(host), min(page)")} END AS page FROM met_requests GROUP BY id;
CREATE TABLE pages AS SELECT {ID.format("host, page")} AS id, min(host) AS host,
  min(page) AS target FROM met_requests WHERE NOT asset GROUP BY 1;
CREATE TABLE agents AS SELECT id, min(agent) AS agent FROM met_agents
  WHERE agent NOT IN ('-', '') GROUP BY id;
CREATE TABLE referrers AS SELECT id, min(referrer) AS referrer FROM met_referrers
  WHERE referrer NOT IN ('-', '') GROUP BY id;
DROP TABLE met_requests; DROP TABLE met_referrers; DROP TABLE met_agents;
CREATE VIEW hits AS SELECT n, ts, network,
  CASE WHEN agent NOT IN ({ID.format("'-'")}, {ID.format("''")}) THEN agent END AS agent,
  CASE WHEN NOT asset AND referrer NOT IN ({ID.format("'-'")}, {ID.format("''")})
       THEN referrer END AS referrer,
  page, method, status, asset, click_id, fetch_site
FROM lines JOIN requests ON lines.request = requests.id;
"""
HITS = ("VIEW hits", "TABLE lines", "TABLE requests")
"""What `hits` is made of, for whoever needs it no more."""
_PART = """
CREATE OR REPLACE TEMP TABLE part AS
SELECT n, ts, network, status, request, referrer, agent,
  CASE WHEN is_shaped AND request IN (SELECT id FROM met_requests)
         AND referrer IN (SELECT id FROM met_referrers) AND agent IN (SELECT id FROM met_agents)
       THEN NULL ELSE line END AS line
FROM ({keys})
"""
_NUMBERED = "(SELECT row_number() OVER () + {first} AS n, coalesce(line, '') AS line FROM {lines})"
_KEEP_KNOWN = """
INSERT INTO lines SELECT n, ts, network, status, request, referrer, agent
FROM part WHERE line IS NULL
"""
_KEEP = """
INSERT INTO lines SELECT n, ts, network, status, request, referrer, agent
FROM rows_met WHERE ts IS NOT NULL;
INSERT INTO met_requests
SELECT request, min(method), min(host), min(page), bool_or(asset), min(click_id), min(fetch_site)
FROM rows_met WHERE ts IS NOT NULL AND request NOT IN (SELECT id FROM met_requests)
GROUP BY request;
INSERT INTO met_referrers SELECT referrer, min(referrer_text) FROM rows_met
WHERE ts IS NOT NULL AND referrer NOT IN (SELECT id FROM met_referrers) GROUP BY referrer;
INSERT INTO met_agents SELECT agent, min(agent_text) FROM rows_met
WHERE ts IS NOT NULL AND agent NOT IN (SELECT id FROM met_agents) GROUP BY agent;
"""
_ROWS_BY_READ = f"""
CREATE OR REPLACE TEMP TABLE rows_met AS
SELECT *, {ID.format("'read', method, host, page, asset, click_id, fetch_site")} AS request,
  {ID.format("coalesce(referrer_text, '-')")} AS referrer,
  {ID.format("coalesce(agent_text, '-')")} AS agent
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
    cursor: DuckDBPyConnection, data: bytes, first: int, shape: Shape
) -> tuple[int, list[tuple[int, str]]]:
    """Keep the lines of a part that DuckDB can read.

    Args:
        cursor: Of the thread that reads the part.
        data: Whole lines.
        first: The number of the first line.
        shape: What they look like.

    Returns:
        How many lines were kept, and the other lines with their numbers.
    """
    _make_part(cursor, data, first - 1, shape)
    cursor.execute(_KEEP_KNOWN)
    met = with_keys(pieces_of("(SELECT n, line FROM part WHERE line IS NOT NULL)", shape))
    cursor.execute(f"CREATE OR REPLACE TEMP TABLE rows_met AS {rows_of(met)}")
    cursor.execute(_KEEP)
    used = cursor.execute(
        "SELECT (SELECT count(*) FROM part WHERE line IS NULL) + (SELECT count(ts) FROM rows_met)"
    ).fetchall()[0][0]
    return used, cursor.execute("SELECT n, line FROM rows_met WHERE ts IS NULL").fetchall()


def keep_rows(cursor: DuckDBPyConnection, rows: Sequence[tuple[int, HitRow]]) -> None:
    """Keep rows that Python has read, with the numbers of their lines."""
    if rows:
        columns = [[n for n, _ in rows], *map(list, zip(*(row for _, row in rows), strict=True))]
        cursor.execute(_ROWS_BY_READ, columns)
        cursor.execute(_KEEP)


def forget_part(cursor: DuckDBPyConnection) -> None:
    """Drop what only this part needed, its lines above all."""
    cursor.execute("DROP TABLE IF EXISTS part; DROP TABLE IF EXISTS rows_met")


def finish_tables(connection: DuckDBPyConnection) -> None:
    """Make the tables that `measure/sql` reads of what was kept."""
    connection.execute(_DISTINCT)


def _make_part(cursor: DuckDBPyConnection, data: bytes, first: int, shape: Shape) -> None:
    def statement(lines: str) -> str:
        numbered = _NUMBERED.format(first=first, lines=lines)
        return _PART.format(keys=with_keys(pieces_of(numbered, shape)))

    if HAS_PIPES and is_clean(data):
        try:
            with piped(data) as lines:
                cursor.execute(statement(lines))
        except duckdb.InvalidInputException:  # not UTF-8
            pass
        else:
            return
    cursor.execute(statement(TEXT), [text_of(data)])
