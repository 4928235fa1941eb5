"""The issued links that names on the command line stand for: ids, addresses or campaigns."""

from __future__ import annotations

from typing import TYPE_CHECKING

from utmforge.cli.delivery import usable_link
from utmforge.cli.options import listed
from utmforge.errors import (
    CampaignFileMissing,
    LinkRetired,
    MissingInput,
    UnknownLink,
    UtmforgeError,
    counted,
    did_you_mean,
    quoted,
)
from utmforge.issuing.make import plan
from utmforge.issuing.requests import chosen_campaigns
from utmforge.registry.queries import LinkQuery
from utmforge.texts import is_utf8

if TYPE_CHECKING:
    from collections.abc import Sequence

    from utmforge.cli.session import Session
    from utmforge.model import TaggedLink
    from utmforge.registry import Registry


def links_named(
    session: Session, names: Sequence[str], *, retired: bool = False
) -> list[TaggedLink]:
    """Return the issued links that names stand for, each once, in the order of issue.

    A campaign stands for its links that are not retired. No name stands for all campaigns of
    campaigns.toml.

    Args:
        session: Where they are looked up.
        names: Campaigns, ids, first letters of ids, or addresses.
        retired: Include retired links.

    Raises:
        MissingInput: There is no name and no campaign file, or no link of a campaign is issued.
        UnknownLink: Neither a link nor a campaign has this name.
        LinkRetired: The link was retired, or all links of the campaign were.
    """
    found: dict[str, TaggedLink] = {}
    with session.registry() as registry:
        for name in names or _all_campaigns(session):
            try:
                links = _links(session, registry, name, retired=retired)
            except (MissingInput, LinkRetired) as error:
                if names:
                    raise
                session.console.warn(f"left out: {error.message}")
                continue
            found |= {link.id: link for link in links}
    if not found:
        raise MissingInput("none of the campaigns has a link to use", hint="utmforge build")
    return list(found.values())


def links_of_channels(
    session: Session, links: Sequence[TaggedLink], channels: Sequence[str] | None
) -> Sequence[TaggedLink]:
    """Return those of some links that are for the channels of `--channel`; all without it.

    Raises:
        MissingInput: The option is empty, or there is no link for any of them.
    """
    if channels is None:
        return links
    names = listed(channels)
    if not names:
        raise MissingInput("--channel is empty", hint="leave it out, or give it a value")
    there = list(dict.fromkeys(link.channel for link in links if link.channel))
    wanted = {_channel_name(session, name, there) for name in names}
    found = [link for link in links if link.channel in wanted]
    if not found:
        near = next(filter(None, (did_you_mean(name, there) for name in names)), None)
        raise MissingInput(
            f"none of the links is for channel {' or '.join(map(quoted, names))}",
            hint=near or f"their channels: {', '.join(there) or 'none'}",
        )
    return found


def _channel_name(session: Session, name: str, there: Sequence[str]) -> str:
    """Return the name of a channel: as links have it, or the one that a word such as `fb` means."""
    as_there = {one.lower(): one for one in there}.get(name.lower())
    if as_there:
        return as_there
    try:
        return session.file.channel(name).name
    except UtmforgeError:
        return name


def _all_campaigns(session: Session) -> list[str]:
    try:
        return [one.name for one in chosen_campaigns((), session.file)]
    except CampaignFileMissing as error:
        raise MissingInput(
            f"a link or a campaign is missing, and {error.message}",
            hint="give the id of a link: utmforge list shows them",
        ) from None


def _links(
    session: Session, registry: Registry, name: str, *, retired: bool
) -> Sequence[TaggedLink]:
    campaign = session.file.campaigns.get(name)
    tag = campaign.tags.campaign if campaign else name
    is_name = bool(tag) and is_utf8(tag)  # an empty one would find every link
    issued = registry.links(LinkQuery(campaign=tag)) if is_name else ()
    found = [link for link in issued if not link.pages]
    if not found and campaign is None:
        return [_one(session, registry, name, retired=retired)]
    missing = _missing(registry, plan(campaign.placements)) if campaign else 0
    if not found:
        raise MissingInput(
            f"no link of campaign {quoted(name)} is issued", hint=f"utmforge build {name}"
        )
    usable = found if retired else [link for link in found if link.state != "retired"]
    if not usable:
        raise LinkRetired(
            f"all {counted(len(found), 'link')} of campaign {quoted(name)} were retired",
            hint="use --retired to use them anyway",
        )
    if missing:
        are = f"{counted(missing, 'planned link')} of {name} {'is' if missing == 1 else 'are'}"
        session.console.warn(f"{are} not issued (utmforge build {name})")
    return usable


def _missing(registry: Registry, links: Sequence[TaggedLink]) -> int:
    """Return how many of these links are not in the registry."""
    ids = [link.id for link in links]
    return len(set(ids) - registry.queries.known(ids).keys())


def _one(session: Session, registry: Registry, name: str, *, retired: bool) -> TaggedLink:
    try:
        return usable_link(session, registry, name, retired=retired)
    except UnknownLink as error:
        near = did_you_mean(name, session.file.campaigns)
        if near is None:
            raise
        raise UnknownLink(f"no link and no campaign is called {quoted(name)}", hint=near) from error
