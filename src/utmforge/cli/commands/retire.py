"""`utmforge retire`: retire links."""

from typing import Annotated

import typer

from utmforge.cli import completion
from utmforge.cli.options import command, single
from utmforge.cli.session import Session
from utmforge.errors import MissingInput, counted
from utmforge.output.links import LinkWriter
from utmforge.registry.successors import refuse_other_site

app = single()


LinkIds = Annotated[
    list[str],
    typer.Argument(
        metavar="ID…",
        help="The links' ids, or their first letters.",
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


@command(app, "file", "registry", "format", "dry_run")
def retire(
    session: Session,
    link_ids: LinkIds,
    reason: Reason,
    successor: Successor = None,
    other_site: OtherSite = False,
) -> None:
    """Retire links, so that they are no longer used.

    They stay in the registry, and utmforge refuses to issue them again. `utmforge undo` reverses
    this. A successor on another site is recorded, but not named as the link to use.

    Example:
      utmforge retire k3v9q2m7xdhw --reason "wrong landing page"
      utmforge retire k3v --reason "new flyer" --successor 7hq2
    """
    if not reason.strip():
        raise MissingInput(
            "--reason is empty", hint="give a reason: it is shown to everyone who asks for the link"
        )
    writing = not session.dry_run and session.has_registry
    with session.registry(writing=writing) as registry:
        links = [registry.get(name) for name in link_ids]
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
