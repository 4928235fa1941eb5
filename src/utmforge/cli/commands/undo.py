"""`utmforge undo`: undo a change to the registry."""

from typing import Annotated

import typer

from utmforge.cli import completion
from utmforge.cli.commands.history import DEFAULT_LIMIT, Limit, list_changes
from utmforge.cli.options import command, single
from utmforge.cli.session import Session
from utmforge.errors import ContradictoryInput, counted
from utmforge.model import Change
from utmforge.output.history import CHANGE_FIELDS, answer_change, change_line

app = single()


@command(app, "file", "registry", "format", "dry_run", columns=lambda: CHANGE_FIELDS)
def undo(
    session: Session,
    change: Annotated[
        str | None,
        typer.Argument(
            metavar="CHANGE",
            help="The change's id, or its first letters. Default: your last one.",
            autocompletion=completion.changes,
            show_default=False,
        ),
    ] = None,
    list_them: Annotated[
        bool, typer.Option("--list", help="The old spelling of utmforge history.")
    ] = False,
    limit: Limit = DEFAULT_LIMIT,
) -> None:
    """Undo your last change to the registry, or the change you name.

    Nothing is erased: issued links are retired, retired links are in use again, and notes are as
    they were. Undo an undo to redo the change. Someone else's change is undone only by its id, and
    at a terminal you are asked. A change that came with `registry sync` was made elsewhere: undo it
    there.

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
        found = registry.to_undo(change)
        if not _is_wanted(session, found, registry.author):
            session.console.note("nothing was undone")
            raise typer.Exit(1)
        undone, count = registry.undo(found.id, dry_run=session.dry_run)
    verb = "would undo" if session.dry_run else "undid"
    by = f", by {undone.author}" if undone.author not in {None, registry.author} else ""
    session.console.done(f"{verb} {undone.id}: {change_line(undone)}{by}")
    answer_change(session.console, undone._replace(is_undone=not session.dry_run))
    if undone.kind in {"issue", "import"}:
        now = "would be retired" if session.dry_run else "retired"
        session.console.note(f"{counted(count, 'link')} {now}: issued links stay in the registry")


def _is_wanted(session: Session, change: Change, author: str) -> bool:
    """Tell whether a change is to be undone: someone else's only after a question."""
    if session.dry_run or not session.can_ask or change.author in {None, author}:
        return True
    from utmforge.cli.interactive.prompts import confirm

    return confirm(f"{change.author} {change_line(change)}; undo it?", default=False)
