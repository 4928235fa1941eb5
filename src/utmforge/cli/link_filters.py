"""The options that choose links, for `list` and `retire`, and the query they make."""

from enum import StrEnum
from typing import Annotated

import typer

from utmforge.cli.options import day_in
from utmforge.cli.session import Session
from utmforge.errors import MissingInput, UtmforgeError, did_you_mean, quoted
from utmforge.model import PARAMETERS
from utmforge.registry import Registry
from utmforge.registry.notes import labels_of
from utmforge.registry.queries import LinkQuery


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
    typer.Option(metavar="DAY", help="Only links issued on this day (UTC) or later: YYYY-MM-DD."),
]
Until = Annotated[
    str | None, typer.Option(metavar="DAY", help="Only links issued on this day (UTC) or earlier.")
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
        _iso_day(since, "--since"),
        _iso_day(until, "--until"),
        state.value if state else None,
        labels=labels,
    )


def with_known_campaign(session: Session, registry: Registry, query: LinkQuery) -> LinkQuery:
    """Return a query whose campaign is written by the convention, unless it has links as given."""
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


def _iso_day(text: str | None, option: str) -> str | None:
    day = day_in(text, option)
    return day.isoformat() if day else None


def _channel(session: Session, name: str | None) -> str | None:
    if name:
        try:
            return session.file.channel(name).name
        except UtmforgeError:  # it may have been in the file before
            return name
    return name
