"""`utmforge undo`: undo a change to the registry."""

from typing import Annotated

import typer

from utmforge.cli import completion
from utmforge.cli.commands.history import DEFAULT_LIMIT, Limit, list_changes
from utmforge.cli.options import command, single
from utmforge.cli.session import Session
from utmforge.errors import ContradictoryInput, counted
from utmforge.output.history import answer_change, change_line

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
        bool, typer.Option("--list", help="The old spelling of utmforge history.")
    ] = False,
    limit: Limit = DEFAULT_LIMIT,
) -> None:
    """Undo the last change to the registry, or the one you name.

    Nothing is erased: issued links are retired, and retired links are in use again. Undo an undo to
    redo the change. A change that came with `registry sync` was made elsewhere: undo it there.

    Example:
      utmforge undo
      utmforge undo 7fsnbqxn
    """
    if list_them:
        if change is not None or session.dry_run:
            raise ContradictoryInput(
                "--list cannot be used with CHANGE or --dry-run",
                hint="utmforge history lists the changes",
            )
        session.console.note("`undo --list` is now `utmforge history`")
        list_changes(session, limit)
        return
    writing = not session.dry_run and session.has_registry
    with session.registry(writing=writing) as registry:
        undone, count = registry.undo(change, dry_run=session.dry_run)
    verb = "would undo" if session.dry_run else "undid"
    session.console.done(f"{verb} {undone.id}: {change_line(undone)}")
    answer_change(session.console, undone._replace(is_undone=not session.dry_run))
    if undone.kind in {"issue", "import"}:
        now = "would be retired" if session.dry_run else "retired"
        session.console.note(f"{counted(count, 'link')} {now}: issued links stay in the registry")
