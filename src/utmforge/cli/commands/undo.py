"""`utmforge undo`: take back what a command changed in the registry."""

from typing import Annotated

import typer

from utmforge.cli import completion
from utmforge.cli.issue_output import count_links
from utmforge.cli.options import command, single
from utmforge.cli.session import Session
from utmforge.output.history import show_changes, told

app = single()


@command(app, "file", "registry", "format", "dry_run")
def undo(
    session: Session,
    change: Annotated[
        str | None,
        typer.Argument(
            metavar="CHANGE",
            help="The change's id, or its first letters. Default: the last one.",
            autocompletion=completion.changes,
            show_default=False,
        ),
    ] = None,
    list_them: Annotated[
        bool, typer.Option("--list", help="List what commands changed, the latest first.")
    ] = False,
    limit: Annotated[
        int, typer.Option("--limit", "-l", min=1, max=10**9, metavar="N", help="List at most N.")
    ] = 20,
) -> None:
    """Take back the last change of the registry, or the one named.

    Nothing is erased: links that were issued are retired, and links that were retired are to be
    used again. To undo an undo is to do it again. What came by `registry sync` was done elsewhere,
    and is undone there.

    Example:
      utmforge undo
      utmforge undo --list
      utmforge undo 7fsnbqxn
    """
    if list_them:
        with session.registry() as registry:
            changes = registry.changes(limit)
        if not changes:
            session.console.note("nothing was changed yet")
        show_changes(session.console, changes)
        return
    with session.registry(writing=not session.dry_run) as registry:
        undone, count = registry.undo(change, dry_run=session.dry_run)
    verb = "would undo" if session.dry_run else "undid"
    session.console.done(f"{verb} {undone.id}: {told(undone)}")
    if undone.kind in {"issue", "import"}:
        now = "would be retired" if session.dry_run else "retired"
        session.console.note(
            f"{count_links(count)} {now}: what was handed out stays in the registry"
        )
