"""`utmforge list`: what was issued."""

from typing import Annotated

import typer

from utmforge.cli import complete
from utmforge.cli.options import command, single
from utmforge.cli.session import Session
from utmforge.errors import UtmforgeError, did_you_mean, quoted
from utmforge.output.links import LinkWriter
from utmforge.registry import Registry
from utmforge.registry.store import Wanted

app = single()


@command(app, "file", "registry", "format", name="list")
def list_links(
    session: Session,
    text: Annotated[
        str | None,
        typer.Argument(metavar="TEXT", help="Only addresses that hold it.", show_default=False),
    ] = None,
    campaign: Annotated[
        str | None,
        typer.Option(
            "--campaign",
            "-c",
            metavar="NAME",
            help="Only this campaign.",
            autocompletion=complete.issued_campaigns,
        ),
    ] = None,
    channel: Annotated[
        str | None,
        typer.Option(
            "--channel",
            "-C",
            metavar="NAME",
            help="Only this channel.",
            autocompletion=complete.channels,
        ),
    ] = None,
    limit: Annotated[
        int | None,
        typer.Option("--limit", "-l", min=1, max=10**9, metavar="N", help="Only the latest N."),
    ] = None,
) -> None:
    """List the links issued so far.

    In the order of issue; without any, nothing is printed and the status is 0.

    Example:
      utmforge list --campaign 2026-spring-sale
      utmforge list shop.example/spring --format csv > links.csv
    """
    near = None
    if channel:
        try:
            channel = session.file.channel(channel).name
        except UtmforgeError as error:  # it may have been a channel of one's own once
            near = error.hint
    writer = LinkWriter(session.voice, always=("campaign", "issued_at"))
    count = 0
    with session.registry() as registry:
        if campaign and not registry.has_campaign(campaign):
            campaign = _as_written(session, campaign)
        for link in registry.links(Wanted(campaign, channel, text, limit)):
            writer.add((link,))
            count += 1
        if not count:
            session.voice.note(_why_none(registry, text, campaign, channel))
            if near:
                session.voice.hint(near)
            if session.registry_asked and not registry.path.exists():
                session.voice.warn(f"there is no registry {quoted(registry.path)}")
    writer.close()


def _as_written(session: Session, campaign: str) -> str:
    """Return a campaign's name as the naming convention writes it, where that can be told."""
    try:
        return session.file.convention.written("campaign", campaign)
    except UtmforgeError:
        return campaign


def _why_none(
    registry: Registry, text: str | None, campaign: str | None, channel: str | None
) -> str:
    """Say why nothing is listed, with the campaign that was perhaps meant."""
    known = registry.campaigns()
    if not known:
        return "no link was issued yet"
    asked = {"campaign": campaign, "channel": channel, "text": text}
    shown = ", ".join(f"{name} {quoted(value)}" for name, value in asked.items() if value)
    near = did_you_mean(campaign, known) if campaign and campaign not in known else None
    return f"no link has {shown}" + (f"; {near}" if near else "")
