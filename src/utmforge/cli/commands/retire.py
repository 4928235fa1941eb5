"""`utmforge retire`: links that are no longer to be used."""

from typing import Annotated

import typer

from utmforge.cli import completion
from utmforge.cli.issue_output import count_links
from utmforge.cli.options import command, single
from utmforge.cli.session import Session
from utmforge.errors import ContradictoryInput, MissingInput
from utmforge.output.links import LinkWriter

app = single()


@command(app, "file", "registry", "format", "dry_run")
def retire(
    session: Session,
    link_ids: Annotated[
        list[str],
        typer.Argument(
            metavar="ID…",
            help="The links' ids, or their first letters.",
            autocompletion=completion.link_ids,
            show_default=False,
        ),
    ],
    reason: Annotated[
        str,
        typer.Option("--reason", "-r", metavar="TEXT", help="Why.", show_default=False),
    ],
    successor: Annotated[
        str | None,
        typer.Option(
            "--successor",
            metavar="ID",
            help="The issued link to use instead.",
            autocompletion=completion.link_ids,
        ),
    ] = None,
) -> None:
    """Retire links: they are no longer to be used.

    They stay in the registry, and are refused when they are asked for again. `utmforge undo` takes
    it back.

    Example:
      utmforge retire k3v9q2m7xdhw --reason "wrong landing page"
      utmforge retire k3v --reason "new flyer" --successor 7hq2
    """
    reason = " ".join(reason.split())
    if not reason:
        raise MissingInput("--reason is empty", hint="say why; whoever asks for the link reads it")
    with session.registry(writing=not session.dry_run) as registry:
        links = [registry.get(name) for name in link_ids]
        after = registry.get(successor) if successor else None
        ids = [link.id for link in links]
        if after and after.id in ids:
            raise ContradictoryInput(
                f"the successor {after.id} is to be retired itself", hint="name another link"
            )
        retired = registry.retire(
            ids, reason, successor=after.id if after else None, dry_run=session.dry_run
        )
    again = len(set(ids)) - len(retired)
    verb = "would retire" if session.dry_run else "retired"
    session.console.done(
        f"{verb} {count_links(len(retired))}" + (f"; {again} already were" if again else "")
    )
    writer = LinkWriter(session.console)
    writer.add(retired)
    writer.close()
