"""The lines of combined, common and virtual-host logs, read by DuckDB.

A line is split at its quotes; where each piece has the usual shape, the row is certain. Of every
other line the row has no time, and the format's `read` decides. Reading 2,000,000 lines this way
takes 2 seconds instead of 20 (`benchmarks/measure.py`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from utmforge.measure.hit_rows import ASSET, CLICK_ID, CLICK_VALUE, TAG
from utmforge.measure.readers.combined import COMBINED
from utmforge.measure.readers.common import COMMON
from utmforge.measure.readers.times import FIRST_TS, LAST_TS
from utmforge.measure.readers.traefik_clf import TRAEFIK_CLF
from utmforge.measure.readers.vhost_combined import VHOST_COMBINED

if TYPE_CHECKING:
    from utmforge.measure.readers.base import LogFormat

_MAX_BYTES = 1024
"""Longer lines are left to `read`, which cuts what is too long."""
_METHODS = "('GET', 'POST', 'HEAD', 'OPTIONS', 'PUT', 'DELETE', 'PATCH')"
_PROTOCOLS = "('HTTP/1.1', 'HTTP/2.0', 'HTTP/1.0', 'HTTP/2', 'HTTP/3.0', 'HTTP/3')"
_IPV4 = r"([0-9]{1,3}\.[0-9]{1,3})\.[0-9]{1,3}\.[0-9]{1,3}"
_GROUP = "(?:[1-9a-f][0-9a-f]{0,3}|0)"
_IPV6 = (
    rf"({_GROUP}:{_GROUP}):"
    r"(?:(?:[0-9a-f]{1,4}:){5}[0-9a-f]{1,4}|(?:[0-9a-f]{1,4}:){0,3}:[0-9a-f]{1,4})"
)
_TIME = r"\[[0-9]{2}/[A-Z][a-z]{2}/[0-9]{4}:[0-9]{2}:[0-9]{2}:[0-9]{2} [+-][0-9]{4}\]"


class Shape(NamedTuple):
    """What a line looks like, piece by piece."""

    host: bool
    """The site's host comes first."""
    quotes: bool
    """A referrer and a user agent follow the numbers."""


SHAPES: dict[LogFormat, Shape] = {
    COMBINED: Shape(host=False, quotes=True),
    TRAEFIK_CLF: Shape(host=False, quotes=True),
    VHOST_COMBINED: Shape(host=True, quotes=True),
    COMMON: Shape(host=False, quotes=False),
}


def rows_of(lines: str, shape: Shape) -> str:
    """Return a query for the rows of a relation with a column `line`, in the order of the lines."""
    if shape.quotes:
        is_shaped = "q[5] = ' ' AND ((len(q) = 7 AND q[7] = '') OR (len(q) >= 7 AND q[7][1] = ' '))"
        no_fragment = "NOT contains(q[4], '#')"
        numbers, referrer, agent = " [0-9]{3} [!-~]+ ", _none_if_dash("q[4]"), _none_if_dash("q[6]")
    else:
        is_shaped, numbers = "len(q) = 3", " [0-9]{3} [!-~]+"
        referrer = agent = "CAST(NULL AS VARCHAR)"
        no_fragment = "true"
    before = r"[a-z0-9][a-z0-9.-]*(?::[0-9]+)? " if shape.host else ""
    heads = [_sql(rf"^{before}{ip} [!-~]+ [!-~]+ {_TIME} $") for ip in (_IPV4, _IPV6)]
    host = "split_part(split_part(head, ' ', 1), ':', 1)" if shape.host else "CAST(NULL AS VARCHAR)"
    return f"""
SELECT
  CASE WHEN is_certain THEN ts END AS ts,
  network, agent, referrer, host, method, status, asset,
  CASE WHEN asset THEN NULL
       WHEN is_query AND NOT regexp_matches(target[len(path) + 1:], {_sql(TAG)}) THEN path
       WHEN has_click_id THEN regexp_replace(target, {_sql(CLICK_VALUE)}, '\\1', 'g')
       ELSE target END AS page,
  CASE WHEN has_click_id AND NOT asset
       THEN lower(nullif(regexp_extract(target, {_sql(CLICK_ID)}, 1), '')) END AS click_id,
  CASE WHEN is_certain THEN NULL ELSE line END AS line
FROM (
  SELECT *,
    is_shaped AND network <> '' AND ts BETWEEN {FIRST_TS} AND {LAST_TS} AS is_certain,
    CASE WHEN contains(path, '.') THEN regexp_matches(path, {_sql(ASSET)}) ELSE false END AS asset,
    CASE WHEN contains(target, '=') OR contains(target, '%3')
         THEN regexp_matches(target, {_sql(CLICK_ID)}) ELSE false END AS has_click_id
  FROM (
    SELECT line, head, target, agent, referrer, method,
      is_shaped AND len(request) = 3 AND method IN {_METHODS} AND request[3] IN {_PROTOCOLS}
        AND target[1] = '/' AND regexp_full_match(numbers, '{numbers}') AS is_shaped,
      coalesce(nullif(regexp_extract(head, {heads[0]}, 1), ''),
        regexp_extract(head, {heads[1]}, 1)) AS network,
      {host} AS host,
      CAST(epoch(try_strptime(substr(head, -28, 26), '%d/%b/%Y:%H:%M:%S %z')) AS BIGINT) AS ts,
      TRY_CAST(substr(numbers, 2, 3) AS SMALLINT) AS status,
      contains(target, '?') AS is_query,
      CASE WHEN contains(target, '?') THEN split_part(target, '?', 1) ELSE target END AS path
    FROM (
      SELECT line, is_shaped, head, request, numbers, agent,
        request[1] AS method, request[2] AS target,
        CASE WHEN contains(referrer, '?') THEN nullif(split_part(referrer, '?', 1), '')
             ELSE referrer END AS referrer
      FROM (
        SELECT line, q[1] AS head, string_split(q[2], ' ') AS request, q[3] AS numbers,
          {referrer} AS referrer, {agent} AS agent,
          {is_shaped} AND strlen(line) <= {_MAX_BYTES} AND NOT contains(line, '\\')
            AND {no_fragment} AS is_shaped
        FROM (SELECT line, string_split(line, '"') AS q FROM {lines})
      )
    )
  )
)"""


def _none_if_dash(text: str) -> str:
    return f"CASE WHEN {text} IN ('-', '') THEN NULL ELSE {text} END"


def _sql(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
