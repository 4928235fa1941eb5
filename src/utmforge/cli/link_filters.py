"""The options that choose links, for `list` and `retire`, and the query they make."""

from collections.abc import Collection
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from typing import Annotated
from zoneinfo import ZoneInfo

import typer

from utmforge.cli.days import days_in
from utmforge.cli.session import Session
from utmforge.errors import MissingInput, UtmforgeError, did_you_mean, quoted
from utmforge.model import PARAMETERS
from utmforge.registry import Registry
from utmforge.registry.notes import labels_of
from utmforge.registry.queries import LinkQuery

_MAX_NAMES = 20_000
"""How many issued names of a tag are searched for a similar one."""


class State(StrEnum):
    """Whether links are in use."""

    ISSUED = "issued"
    RETIRED = "retired"


TagFilters = Annotated[
    list[str] | None,
    typer.Option("--tag", "-t", metavar="NAME=VALUE", help="Only links with this tag."),
]
LabelFilters = Annotated[
    list[str] | None,
    typer.Option("--label", metavar="NAME,…", help="Only links with all of these labels."),
]
Since = Annotated[
    str | None,
    typer.Option(
        metavar="DAY",
        help="Only links issued on this day or later: 2026-03-20, 2026-03, yesterday, last month "
        "… Days are those of the time zone in campaigns.toml, else UTC.",
    ),
]
Until = Annotated[
    str | None, typer.Option(metavar="DAY", help="Only links issued on this day or earlier.")
]


def query_of(  # noqa: PLR0913 - one for each option
    session: Session,
    *,
    text: str | None,
    campaign: str | None,
    channel: str | None,
    tag: list[str] | None,
    label: list[str] | None,
    since: str | None,
    until: str | None,
    state: State | None,
) -> LinkQuery:
    """Return the query that the options describe.

    Raises:
        MissingInput: An option is empty, or is not what it should be.
        ContradictoryInput: A day is not a date.
    """
    labels = labels_of(label or ())
    if campaign == "" or channel == "" or (label and not labels):
        raise MissingInput("an option is empty", hint="leave it out, or give it a value")
    return LinkQuery(
        campaign,
        _channel(session, channel),
        text,
        tuple(map(_tag, tag or ())),
        _since(session, since),
        _until(session, until),
        state.value if state else None,
        labels=labels,
    )


def with_known_campaign(session: Session, registry: Registry, query: LinkQuery) -> LinkQuery:
    """Return a query whose names are written as links have them, unless links have them as given.

    The campaign is written by the naming convention, and another word for a channel is its name.
    """
    query = _with_known_channel(session, registry, query)
    if not query.campaign or registry.queries.has_campaign(query.campaign):
        return query
    try:
        written = session.file.convention.written("campaign", query.campaign)
    except UtmforgeError:
        return query
    return query._replace(campaign=written)


def _tag(text: str) -> tuple[str, str]:
    name, equals, value = text.partition("=")
    field = name.strip().lower().replace("-", "_")
    parameter = PARAMETERS.get(field) or (field if field in PARAMETERS.values() else None)
    if not equals or parameter is None:
        raise MissingInput(
            f"--tag {quoted(text)} is not NAME=VALUE",
            hint=did_you_mean(name, PARAMETERS) or "such as --tag medium=email",
        )
    return parameter, value


def _since(session: Session, text: str | None) -> str | None:
    """Return the first day, or its first moment where days do not begin at midnight UTC."""
    timezone = session.timezone
    days = days_in(text, "--since", timezone)
    if days is None or timezone is None:
        return days and days.first.isoformat()
    return _moment(days.first, timezone, 0)


def _until(session: Session, text: str | None) -> str | None:
    """Return the last day, or its last moment where days do not end at midnight UTC."""
    timezone = session.timezone
    days = days_in(text, "--until", timezone)
    if days is None or timezone is None:
        return days and days.last.isoformat()
    return _moment(days.last, timezone, 1)


def _moment(day: date, timezone: str, after: int) -> str:
    """Return the first second of a day in UTC, or the last one before the next day."""
    try:
        zone = ZoneInfo(timezone)
        begins = datetime(day.year, day.month, day.day, tzinfo=zone)
        moment = begins if not after else _next(begins) - timedelta(seconds=1)
        return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    except (KeyError, OSError, OverflowError):  # no such zone here, or beyond the calendar
        return day.isoformat()


def _next(begins: datetime) -> datetime:
    """Return the beginning of the next day in UTC: a day may have 23 or 25 hours."""
    return (begins + timedelta(days=1)).astimezone(UTC)


def _channel(session: Session, name: str | None) -> str | None:
    """Return a channel's name as the channel writes it; another word for one stays as it is."""
    with suppress(UtmforgeError):  # it may have been in the file before
        found = session.file.channel(name).name if name else None
        if found and name and found.lower() == name.lower():
            return found
    return name


def _with_known_channel(session: Session, registry: Registry, query: LinkQuery) -> LinkQuery:
    """Return a query with the channel that a word such as `fb` means, unless links have it."""
    if not query.channel or any(registry.links(LinkQuery(channel=query.channel, limit=1))):
        return query
    with suppress(UtmforgeError):
        return query._replace(channel=session.file.channel(query.channel).name)
    return query


def _similar(registry: Registry, query: LinkQuery, campaigns: Collection[str]) -> str | None:
    """Suggest the campaign, label or tag that may be meant if no link has the given one."""
    asked: list[tuple[str, Collection[str]]] = []
    if query.campaign:
        asked.append((query.campaign, campaigns))
    if query.labels:
        known = registry.events.labels()
        asked += [(label, known) for label in query.labels]
    if query.tags:
        names = registry.queries.names(_MAX_NAMES)
        asked += [
            (value, names.get(parameter.removeprefix("utm_"), ()))
            for parameter, value in query.tags
        ]
    unknown = ((name, known) for name, known in asked if name not in known)
    return next(filter(None, (did_you_mean(name, known) for name, known in unknown)), None)


def why_none(registry: Registry, query: LinkQuery) -> str:
    """Say why nothing is listed, and suggest the name that may be meant."""
    known = registry.queries.campaigns()
    if not known:
        return "no links have been issued yet"
    campaign = query.campaign
    asked = {
        "campaign": campaign,
        "channel": query.channel,
        "text": query.text,
        **{parameter.removeprefix("utm_"): value for parameter, value in query.tags},
        "a day since": query.since,
        "a day until": query.until,
        "state": query.state,
        "label": " and ".join(query.labels),
    }
    shown = ", ".join(f"{name} {quoted(value)}" for name, value in asked.items() if value)
    near = _similar(registry, query, known)
    shown = shown or f"page {query.page}"
    return f"no link has {shown}" + (f"; {near}" if near else "")
