"""GA4's export to BigQuery, as lines of JSON or as Parquet: events → sessions by their own tags.

    events ─► sessions: user_pseudo_id and ga_session_id ─► counts by tags and day

Neither id leaves the database: only counts do. Parquet writes lists as `list` and `element`, and
JSON writes whole numbers as texts; both become JSON, which is read in one way.

Fields: Google's schema of the export (developers.google.com/analytics/bigquery, read 2026-11).
"""

from __future__ import annotations

import json
import re
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from utmforge.errors import MeasureMissing, MeasuringError, UnreadableInput, quoted
from utmforge.measure.dark_social.result import Sentence
from utmforge.measure.money.amounts import Amount, NotAnAmount, amount_of
from utmforge.measure.money.goals import reaches
from utmforge.measure.sources.base import SourceCounts, TagCount
from utmforge.measure.sources.detect import GZIP, PARQUET
from utmforge.urls.address import read_address

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from duckdb import DuckDBPyConnection

    from utmforge.campaigns.campaign_file import CampaignFile

_FIELDS = {"source": "source", "medium": "medium", "campaign": "campaign", "content": "content"}
_COLLECTED = {
    "source": "manual_source",
    "medium": "manual_medium",
    "campaign": "manual_campaign_name",
    "content": "manual_content",
}
_GLOB = re.compile(r"[*?[]")
"""What DuckDB would take for a pattern in the name of a file."""
_MAX_OBJECT = 16 << 20
"""Bytes of one event."""
_METHOD = (
    Sentence(
        "session-ids",
        "Visits are GA4's sessions: what one user_pseudo_id does under one ga_session_id. Neither "
        "is shown or kept.",
    ),
    Sentence(
        "first-tags",
        "A session belongs to the tags that it began with, as a visit in a log does, and its day "
        "is that of its first event.",
    ),
    Sentence(
        "users-of-rows",
        "Visitors are the users of each row and day; one may be in several rows.",
    ),
)
_GOAL = Sentence("goal-of-session", "A conversion is a goal of campaigns.toml, once a session.")
_PURCHASE = Sentence(
    "purchase", "A conversion is a purchase, as no goals are set in campaigns.toml."
)
_LAST_CLICK = Sentence(
    "last-click", "the tags are those of the session's last click, as GA4 found it"
)


def read_events(
    paths: Sequence[Path], file: CampaignFile, *, memory_limit: str | None, threads: int | None
) -> SourceCounts:
    """Read an export of events, in one file or in several.

    Args:
        paths: Files of JSON lines, packed with gzip or not, or of Parquet.
        file: Whose goals are conversions. Without goals, purchases are.
        memory_limit: As for logs.
        threads: As for logs.

    Raises:
        MeasuringError: A file is damaged, or the extra is not installed.
        UnreadableInput: A file cannot be read.
    """
    try:
        import duckdb

        from utmforge.measure.database import DEFAULT_MEMORY, open_database
    except ModuleNotFoundError as error:
        raise MeasureMissing(
            f"utmforge measure needs {error.name}", hint="pip install 'utmforge[measure]'"
        ) from None
    files = [str(path.resolve()) for path in paths]
    name = str(paths[0]) if len(paths) == 1 else f"{paths[0]} and {len(paths) - 1} more"
    memory = memory_limit or DEFAULT_MEMORY
    allowed = [*files, *map(_escaped, files)]
    with open_database(memory_limit=memory, threads=threads, files=allowed) as connection:
        try:
            _load(connection, paths, files)
            return _counts(connection, name, file)
        except duckdb.OutOfMemoryException:
            raise
        except duckdb.Error:  # of a damaged Parquet file, it may be any of them
            raise MeasuringError(
                f"{quoted(name)} is not a whole export of GA4's events",
                hint="export the table again, as JSON lines or Parquet",
            ) from None


def _load(connection: DuckDBPyConnection, paths: Sequence[Path], files: Sequence[str]) -> None:
    """Make the table `events`: one row for each event, without what is not counted."""
    parts = []
    for path, name in zip(paths, files, strict=True):
        text = _escaped(name).replace("'", "''")
        try:
            with path.open("rb") as stream:
                begun = stream.read(len(PARQUET))
        except OSError as error:
            why = (error.strerror or "no reason given").lower()
            raise UnreadableInput(f"cannot read {quoted(path)}: {why}") from None
        parts.append(
            f"SELECT to_json(t) AS j FROM read_parquet('{text}') AS t"
            if begun == PARQUET
            else f"SELECT json AS j FROM read_json_objects('{text}', format='auto', "
            f"compression='{'gzip' if begun.startswith(GZIP) else 'none'}', "
            f"maximum_object_size={_MAX_OBJECT})"
        )
    connection.execute(_EVENTS.replace("@files", " UNION ALL ".join(parts)))


def _escaped(name: str) -> str:
    """Return the name of a file as a pattern that only fits it."""
    return _GLOB.sub(r"[\g<0>]", name)


_VALUE = {"string_value": "VARCHAR", "int_value": "VARCHAR"}
_PARAM = {"key": "VARCHAR", "value": _VALUE}
_MANUAL = {
    "source": "VARCHAR",
    "medium": "VARCHAR",
    "campaign_name": "VARCHAR",
    "content": "VARCHAR",
}
_EVENT = {
    "event_name": "VARCHAR",
    "event_date": "VARCHAR",
    "event_timestamp": "VARCHAR",
    "user_pseudo_id": "VARCHAR",
    "event_params": [_PARAM],
    "ecommerce": {"purchase_revenue": "VARCHAR", "transaction_id": "VARCHAR"},
    "collected_traffic_source": dict.fromkeys(_COLLECTED.values(), "VARCHAR"),
    "session_traffic_source_last_click": {"manual_campaign": _MANUAL},
}
"""What is read of an event: all of it at once, because each JSON function has its own memory."""


def _param(key: str, kind: str = "string_value") -> str:
    """Return the expression for one of an event's own parameters."""
    return f"list_filter(params, lambda p: p.key = '{key}')[1].value.{kind}"


_TAGS = ",\n  ".join(
    f"nullif(coalesce(e.collected_traffic_source.{_COLLECTED[name]}, {_param(name)}), '') AS {name}"
    for name in _FIELDS
)
_SESSION_TAGS = ",\n  ".join(
    "nullif(e.session_traffic_source_last_click.manual_campaign."
    f"{'campaign_name' if name == 'campaign' else name}, '') AS session_{name}"
    for name in _FIELDS
)
_EVENTS = f"""
CREATE TEMP TABLE events AS
WITH typed AS (
  SELECT
    json_transform(j, '{json.dumps(_EVENT)}') AS e,
    json_transform(
      json_extract(j, '$.event_params'), '{json.dumps({"list": [{"element": _PARAM}]})}'
    ) AS wrapped
  FROM (@files) AS files
), named AS (
  SELECT e, coalesce(e.event_params, list_transform(wrapped.list, lambda x: x.element)) AS params
  FROM typed
)
SELECT
  e.event_name AS event,
  e.event_date AS day,
  TRY_CAST(e.event_timestamp AS BIGINT) AS ts,
  e.user_pseudo_id AS person,
  coalesce({_param("ga_session_id", "int_value")}, {_param("ga_session_id")}) AS number,
  {_param("page_location")} AS page,
  {_param("currency")} AS currency,
  TRY_CAST(e.ecommerce.purchase_revenue AS DECIMAL(18, 4)) AS revenue,
  nullif(e.ecommerce.transaction_id, '(not set)') AS purchase,
  {_TAGS},
  {_SESSION_TAGS}
FROM named
"""
# A session's tags are those of its first event that has any.
_SESSIONS = """
CREATE TEMP TABLE sessions AS
SELECT
  person, number,
  min(day) AS day,
  {tags}
FROM events
WHERE person IS NOT NULL AND number IS NOT NULL
GROUP BY person, number
"""
_REACHED = """
CREATE TEMP TABLE reached AS
SELECT DISTINCT e.person, e.number, g.goal
FROM events AS e JOIN goal_pages AS g ON e.page = g.page
WHERE e.event = 'page_view'
"""
_BOUGHT = """
CREATE TEMP TABLE bought AS
SELECT person, number, currency, count(*) AS purchases, sum(revenue) AS revenue
FROM (
  SELECT person, number, coalesce(purchase, CAST(ts AS VARCHAR)) AS purchase,
    max(currency) AS currency, max(revenue) AS revenue
  FROM events WHERE event = 'purchase' GROUP BY ALL
) AS purchases
GROUP BY person, number, currency
"""


def _counts(connection: DuckDBPyConnection, name: str, file: CampaignFile) -> SourceCounts:
    read, named, sessionless, has_own = connection.execute(
        "SELECT count(*), count(event), count(*) FILTER (person IS NULL OR number IS NULL), "
        "count(*) FILTER (coalesce(source, medium, campaign) IS NOT NULL) FROM events"
    ).fetchall()[0]
    if read and not named:
        raise MeasuringError(
            f"{quoted(name)} has no events of GA4", hint="export the table of events to JSON lines"
        )
    prefix = "" if has_own else "session_"
    has_tag = f"coalesce({prefix}source, {prefix}medium, {prefix}campaign) IS NOT NULL"
    tags = ",\n  ".join(
        f"arg_min(coalesce({prefix}{one}, ''), ts) FILTER ({has_tag}) AS {one}" for one in _FIELDS
    )
    connection.execute(_SESSIONS.format(tags=tags))
    counts = [*_visits(connection), *_earned(connection, file)]
    days = [one.day for one in counts if one.day]
    notes = [_LAST_CLICK] * (not has_own)
    if sessionless:
        notes.append(
            Sentence(
                "events-without-session",
                f"{sessionless:,} of {read:,} events have no session: as a rule, their visitors "
                "did not consent",
                {"events": sessionless, "read": read},
            )
        )
    return SourceCounts(
        name=name,
        tool="GA4",
        form="GA4 BigQuery export",
        counts=tuple(counts),
        fields=frozenset(_FIELDS),
        since=min(days, default=None),
        until=max(days, default=None),
        has_visits=True,
        has_visitors=True,
        has_conversions=bool(file.goals) or _has_purchases(connection),
        has_converted=True,
        has_days=True,
        is_lower=False,
        lines_read=read,
        lines_used=read - sessionless,
        left_out="no session",
        notes=tuple(notes),
        method=(*_METHOD, _GOAL if file.goals else _PURCHASE),
    )


_KEYS = "day, source, medium, campaign, content"


def _visits(connection: DuckDBPyConnection) -> list[TagCount]:
    rows = connection.execute(
        f"SELECT {_KEYS}, count(*), count(DISTINCT person) FROM sessions GROUP BY ALL"
    ).fetchall()
    return [TagCount(_tags(row), row[-2], row[-1], day=_day(row[0])) for row in rows]


def _earned(connection: DuckDBPyConnection, file: CampaignFile) -> list[TagCount]:
    """Return conversions and their value, and visits with any, by tags and day."""
    return _goals(connection, file) if file.goals else _purchases(connection, file)


def _purchases(connection: DuckDBPyConnection, file: CampaignFile) -> list[TagCount]:
    connection.execute(_BOUGHT)
    rows = connection.execute(
        f"SELECT {_KEYS}, currency, count(*), sum(purchases), sum(revenue) "
        "FROM bought JOIN sessions USING (person, number) GROUP BY ALL"
    ).fetchall()
    return [
        TagCount(
            _tags(row),
            conversions=row[-2],
            converted=row[-3],
            value=_amount(row[-1], row[5] or file.workspace.currency),
            day=_day(row[0]),
        )
        for row in rows
    ]


def _has_purchases(connection: DuckDBPyConnection) -> bool:
    """Tell whether the property records purchases: without any, none may be recorded."""
    found = connection.execute("SELECT count(*) FROM events WHERE event = 'purchase'").fetchone()
    return bool(found and found[0])


def _goals(connection: DuckDBPyConnection, file: CampaignFile) -> list[TagCount]:
    pages = connection.execute("SELECT DISTINCT page FROM events WHERE page IS NOT NULL").fetchall()
    found = [
        (page, goal)
        for (page,) in pages
        for goal, one in file.goals.items()
        if reaches(one.path, _path(page))
    ]
    connection.execute("CREATE TEMP TABLE goal_pages (page VARCHAR, goal VARCHAR)")
    for pair in found:
        connection.execute("INSERT INTO goal_pages VALUES (?, ?)", pair)
    connection.execute(_REACHED)
    reached = connection.execute(
        f"SELECT {_KEYS}, goal, count(*) "
        "FROM reached JOIN sessions USING (person, number) GROUP BY ALL"
    ).fetchall()
    converted = connection.execute(
        f"SELECT {_KEYS}, count(DISTINCT (person, number)) "
        "FROM reached JOIN sessions USING (person, number) GROUP BY ALL"
    ).fetchall()
    currency = file.workspace.currency
    return [
        *(
            TagCount(
                _tags(row),
                conversions=row[-1],
                value=_worth(file.goals[row[5]].value, row[-1], currency),
                day=_day(row[0]),
            )
            for row in reached
        ),
        *(TagCount(_tags(row), converted=row[-1], day=_day(row[0])) for row in converted),
    ]


def _tags(row: Sequence[Any]) -> Mapping[str, str]:
    """Return the tags of a row; one without any has `(direct)` and `(none)`, as GA4 calls it."""
    tags = {name: value for name, value in zip(_FIELDS, row[1:5], strict=True) if value}
    return tags or {"source": "(direct)", "medium": "(none)"}


def _path(page: str) -> str:
    address = read_address(page)
    return address.path if address else "/"


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text or "")
    except ValueError:
        return None


def _worth(worth: Decimal | None, reached: int, currency: str | None) -> Amount | None:
    return None if worth is None else amount_of(worth * reached, currency)


def _amount(value: Decimal | None, currency: str | None) -> Amount | None:
    if not value:
        return None
    try:
        return amount_of(value.quantize(Decimal("0.01")), currency)
    except NotAnAmount:
        return None
