"""`utmforge retire`: retire links."""

from typing import Annotated

import typer

from utmforge.cli import completion
from utmforge.cli.link_filters import (
    LabelFilters,
    Since,
    State,
    TagFilters,
    Until,
    query_of,
    why_none,
    with_known_campaign,
)
from utmforge.cli.options import CampaignName, ChannelName, command, single
from utmforge.cli.session import Session
from utmforge.errors import ContradictoryInput, MissingInput, UnknownLink, counted
from utmforge.model import TaggedLink
from utmforge.output.links import LINK_COLUMNS, LinkWriter
from utmforge.registry import Registry
from utmforge.registry.queries import LinkQuery
from utmforge.registry.successors import refuse_other_site

app = single()

_MAX_SHOWN = 20


LinkIds = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="ID…",
        help="The links' ids, or their first letters. Without any, the filters choose links.",
        autocompletion=completion.link_ids,
        show_default=False,
    ),
]
Reason = Annotated[
    str, typer.Option("--reason", "-r", metavar="TEXT", help="The reason.", show_default=False)
]
Successor = Annotated[
    str | None,
    typer.Option(
        "--successor",
        metavar="ID",
        help="The issued link to use instead.",
        autocompletion=completion.link_ids,
    ),
]
OtherSite = Annotated[
    bool,
    typer.Option(
        "--other-site",
        help="Accept a successor on a site that is neither the link's nor in own_domains.",
    ),
]


Text = Annotated[
    str | None,
    typer.Option("--text", metavar="TEXT", help="Only links whose address or note contains this."),
]
Yes = Annotated[bool, typer.Option("--yes", "-y", help="Retire what the filters find unasked.")]


@command(app, "file", "registry", "format", "dry_run", columns=lambda: LINK_COLUMNS)
def retire(
    session: Session,
    link_ids: LinkIds = None,
    *,
    reason: Reason,
    successor: Successor = None,
    other_site: OtherSite = False,
    campaign: CampaignName = None,
    channel: ChannelName = None,
    tag: TagFilters = None,
    label: LabelFilters = None,
    since: Since = None,
    until: Until = None,
    text: Text = None,
    yes: Yes = False,
) -> None:
    """Retire links, so that they are no longer used.

    They stay in the registry, and utmforge refuses to issue them again. `utmforge undo` reverses
    this. A successor on another site is recorded, but not named as the link to use.

    The filters of `utmforge list` choose links too. Those links are shown first, and at a terminal
    you are asked once; elsewhere, --yes confirms.

    Example:
      utmforge retire k3v9q2m7xdhw --reason "wrong landing page"
      utmforge retire k3v --reason "new flyer" --successor 7hq2
      utmforge retire --campaign 2026-spring-sale --channel email --reason "it is over" --yes
    """
    if not reason.strip():
        raise MissingInput(
            "--reason is empty", hint="give a reason: it is shown to everyone who asks for the link"
        )
    query = query_of(
        session,
        text=text,
        campaign=campaign,
        channel=channel,
        tag=tag,
        label=label,
        since=since,
        until=until,
        state=State.ISSUED,
    )
    if not link_ids and query == LinkQuery(state="issued"):
        raise MissingInput(
            "no link is named", hint="give ids, or filters such as --campaign 2026-spring-sale"
        )
    writing = not session.dry_run and session.has_registry
    with session.registry(writing=writing) as registry:
        if link_ids:
            if query != LinkQuery(state="issued"):
                raise ContradictoryInput("ids and filters cannot be used together", hint="use one")
            links = [_named(registry, name) for name in link_ids]
        else:
            links = _found(session, registry, query, yes=yes)
        ids = [link.id for link in links]
        after = registry.get(successor) if successor else None
        if after and not other_site:
            refuse_other_site(links, after, session.own_domains)
        retired = registry.retire(
            ids, reason, successor=after.id if after else None, dry_run=session.dry_run
        )
    verb = "would retire" if session.dry_run else "retired"
    already = len(set(ids)) - len(retired)
    rest = f"; {already:,} already {'was' if already == 1 else 'were'}" if already else ""
    session.console.done(f"{verb} {counted(len(retired), 'link')}{rest}")
    writer = LinkWriter(session.console)
    writer.add(retired)
    writer.close()


def _named(registry: Registry, name: str) -> TaggedLink:
    """Return the link of an id; a campaign's name leads to the filter.

    Raises:
        UnknownLink: There is none.
    """
    try:
        return registry.get(name)
    except UnknownLink as error:
        if not registry.queries.has_campaign(name):
            raise
        hint = f"it is a campaign, whose links are retired with --campaign {name} instead"
        raise UnknownLink(error.message, hint=hint) from error


def _found(
    session: Session, registry: Registry, query: LinkQuery, *, yes: bool
) -> list[TaggedLink]:
    """Return the links that a query finds, after they were shown and the answer was yes.

    Raises:
        MissingInput: No question can be asked, and --yes is missing.
    """
    query = with_known_campaign(session, registry, query)
    found = list(registry.links(query))
    if not found:
        session.console.note(why_none(registry, query))
    if not found or yes or session.dry_run:
        return found
    if not session.can_ask:
        raise MissingInput(
            f"the filters find {counted(len(found), 'link')}",
            hint="--dry-run shows them, --yes retires them",
        )
    from utmforge.cli.interactive.prompts import confirm, say

    for link in found[:_MAX_SHOWN]:
        say(f"{link.id}  {link.url}")
    if (more := len(found) - _MAX_SHOWN) > 0:
        say(f"and {counted(more, 'more link')}")
    if confirm(f"Retire {counted(len(found), 'link')}?", default=False):
        return found
    session.console.note("nothing was retired")
    raise typer.Exit(1)
