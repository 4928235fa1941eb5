"""The lines of combined, common and virtual-host logs, read by DuckDB.

A line is split at its quotes. Its request with the status, its referrer and its user agent have
mostly been met before: what they mean is then known, and only the address and the time are read.
The other lines are looked at piece by piece; where each piece has the usual shape, the row is
certain. Of every line left the format's `read` decides. `benchmarks/measure.py` is the reason.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from utmforge.measure.hit_rows import ASSET, CLICK_ID, CLICK_VALUE, TAG, UNTOLD_AGENT
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
_IPV4 = (r"[0-9]{1,3}\.[0-9]{1,3}", r"\.[0-9]{1,3}\.[0-9]{1,3}")
"""An address's network, and its rest."""
_FIRST_GROUP = "[1-9a-f][0-9a-f]{0,3}"
"""Not 0: an IPv4 address may be written as an IPv6 address that begins with it."""
_DIGITS = "[0-9a-f]{1,4}"
_REST6 = f"(?::{_DIGITS}|{_DIGITS}:{_DIGITS}:{_DIGITS})"
for _ in range(3):
    _REST6 = f"(?::{_DIGITS}|{_DIGITS}:{_REST6})"
_IPV6 = (f"{_FIRST_GROUP}:(?:{_FIRST_GROUP}|0)", f":{_REST6}")
_HOST = "[a-z0-9][a-z0-9.-]*(?::[0-9]+)? "
_USER = r" [!-~]+ [!-~]+ \[[0-9]{2}/"
"""From the address to the day."""
_TIME = "%d/%b/%Y:%H:%M:%S %z] "
_TIME_LENGTH = len("14/Sep/2026:08:03:11 +0200] ")


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

ID = "CAST(hash({}) >> 1 AS BIGINT)"


def known_lines(lines: str, shape: Shape) -> str:
    """Return a query for lines as (n, ts, network, request, referrer, agent, line).

    `line` is NULL if its request, referrer and agent have been met; the others are those of its hit
    then.

    Args:
        lines: A relation with n and line.
        shape: What the lines look like.
    """
    # IN, not joins: DuckDB would take the lines for the smaller side and copy them all.
    return f"""
SELECT n, ts, network, request, referrer, agent,
  CASE WHEN is_shaped AND network IS NOT NULL AND ts BETWEEN {FIRST_TS} AND {LAST_TS}
      AND request IN (SELECT id FROM met_requests)
      AND referrer IN (SELECT id FROM met_referrers) AND agent IN (SELECT id FROM met_agents)
    THEN NULL ELSE line END AS line
FROM (
  SELECT n, line, is_shaped, {_TS} AS ts, {_network(shape)} AS network,
    {_request_id(shape)} AS request, {ID.format(_WITHOUT_QUERY)} AS referrer,
    {ID.format("agent")} AS agent
  FROM ({_split(lines, shape)})
)"""


def pieces_of(lines: str, shape: Shape) -> str:
    """Return a query for lines in pieces: what differs from line to line, and ids of the others.

    Its columns are n, line, is_shaped, ts, network, status, host, and request, referrer and agent
    as ids and as texts.
    """
    host = "split_part(split_part(head, ' ', 1), ':', 1)" if shape.host else "CAST(NULL AS VARCHAR)"
    return f"""
SELECT n, line, request, request_text, referrer_text, agent_text, network, ts, status, host,
  {ID.format("referrer_text")} AS referrer, {ID.format("agent_text")} AS agent,
  is_shaped AND network IS NOT NULL AND ts BETWEEN {FIRST_TS} AND {LAST_TS} AND status >= 100
    AND CAST(status AS VARCHAR) = substr(numbers, 2, 3) AS is_shaped
FROM (
  SELECT n, line, request AS request_text, agent AS agent_text, numbers, is_shaped, {host} AS host,
    {_WITHOUT_QUERY} AS referrer_text, {_request_id(shape)} AS request,
    {_network(shape)} AS network, {_TS} AS ts,
    TRY_CAST(substr(numbers, 2, 3) AS SMALLINT) AS status
  FROM ({_split(lines, shape)})
)"""


def _split(lines: str, shape: Shape) -> str:
    """Return a query for lines split at their quotes, and whether they have the shape."""
    if shape.quotes:
        # ` 200 5123 `, then the referrer, a space, the agent, and the end or more after a space.
        is_shaped = (
            "q[5] = ' ' AND ((len(q) = 7 AND q[7] = '') OR prefix(q[7], ' ')) "
            "AND q[3] LIKE ' ___ _% '"
        )
        referrer, agent = "q[4]", "q[6]"
    else:
        is_shaped, referrer, agent = "len(q) = 3 AND q[3] LIKE ' ___ %'", "'-'", _UNTOLD
    return f"""
SELECT n, line, q[1] AS head, q[2] AS request, q[3] AS numbers, {referrer} AS referrer,
  {agent} AS agent, {is_shaped} AS is_shaped
FROM (SELECT n, line, string_split(line, '"') AS q FROM {lines})"""


_UNTOLD = f"chr({ord(UNTOLD_AGENT)})"
_TS = f"CAST(epoch(try_strptime(substr(head, -{_TIME_LENGTH}), '{_TIME}')) AS BIGINT)"
_WITHOUT_QUERY = (
    "CASE WHEN contains(referrer, '?') THEN split_part(referrer, '?', 1) ELSE referrer END"
)


def _network(shape: Shape) -> str:
    """Return the expression for an address's network; NULL if what precedes the time is unusual.

    RE2 tells whether a text begins with a match, and where a match at its beginning ends, several
    times faster than what a group holds. What follows the day is left to the reader of times.
    """
    host = _HOST if shape.host else ""
    network = f"{_IPV4[0]}|{_IPV6[0]}"
    address = "|".join(network + rest for network, rest in (_IPV4, _IPV6))
    found = (
        f"regexp_extract(head, {_sql(f'^{host}({network})')}, 1)"
        if shape.host
        else f"regexp_extract(head, {_sql(f'^(?:{network})')})"
    )
    return f"""
  CASE WHEN strpos(head, '[') = strlen(head) - {_TIME_LENGTH} AND suffix(head, '] ')
        AND regexp_matches(head, {_sql(f"^{host}(?:{address}){_USER}")}) THEN {found} END"""


def _request_id(shape: Shape) -> str:
    """Return the expression for the id of a request with its host and its status."""
    host = "split_part(head, ' ', 1), " if shape.host else ""
    return ID.format(f"{host}{_request_key('request')}, substr(numbers, 1, 5)")


def _request_key(request: str) -> str:
    """Return a request without what changes from click to click."""
    return f"""
  CASE WHEN NOT contains({request}, '?') THEN {request}
       WHEN regexp_matches({request}, {_sql(CLICK_ID)})
       THEN split_part({request}, '?', 1) || regexp_replace(
         substr({request}, strpos({request}, '?')), {_sql(_CLICK_VALUE)}, '\\1', 'g')
       WHEN regexp_matches({request}, {_sql(TAG)}) THEN {request}
       ELSE regexp_replace({request}, '\\?[^ ]*', '?') END"""


_CLICK_VALUE = CLICK_VALUE.replace("[^&;#%]", "[^&;#% ]")
"""The protocol after the target does not belong to a value."""


def rows_of(pieces: str) -> str:
    """Return a query for rows of pieces: like `hit_rows.HitRow`; no ts: not certain."""
    return f"""
SELECT n, line, request, referrer, agent, network, status, method, asset, host,
  CASE WHEN is_certain THEN ts END AS ts,
  nullif(nullif(agent_text, '-'), '') AS agent_text,
  nullif(nullif(referrer_text, '-'), '') AS referrer_text,
  CASE WHEN asset THEN NULL
       WHEN contains(target, '?') AND NOT regexp_matches(target[len(path) + 1:], {_sql(TAG)})
       THEN path
       ELSE regexp_replace(target, {_sql(CLICK_VALUE)}, '\\1', 'g') END AS page,
  CASE WHEN NOT asset
       THEN lower(nullif(regexp_extract(target, {_sql(CLICK_ID)}, 1), '')) END AS click_id,
  CAST(NULL AS VARCHAR) AS fetch_site
FROM (
  SELECT *, regexp_matches(path, {_sql(ASSET)}) AS asset
  FROM (
    SELECT *, words[1] AS method, words[2] AS target, split_part(words[2], '?', 1) AS path,
      is_shaped AND len(words) = 3 AND words[1] IN {_METHODS} AND words[3] IN {_PROTOCOLS}
        AND words[2][1] = '/' AND strlen(line) <= {_MAX_BYTES} AND NOT contains(line, '\\')
        AND NOT contains(referrer_text, '#') AS is_certain
    FROM (SELECT *, string_split(request_text, ' ') AS words FROM ({pieces}))
  )
)"""


def _sql(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
