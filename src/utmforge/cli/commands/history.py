"""`utmforge history`: list the changes to the registry."""

from typing import Annotated

import typer

from utmforge.cli.options import command, single
from utmforge.cli.session import Session
from utmforge.output.history import CHANGE_FIELDS, show_changes

app = single()

Limit = Annotated[
    int, typer.Option("--limit", "-l", min=1, max=10**9, metavar="N", help="List at most N.")
]
DEFAULT_LIMIT = 20


@command(app, "file", "registry", "format", columns=lambda: CHANGE_FIELDS)
def history(session: Session, limit: Limit = DEFAULT_LIMIT) -> None:
    """List the changes to the registry, the latest first.

    `utmforge undo CHANGE` reverses one of them.

    Example:
      utmforge history
      utmforge history --limit 5 --format json
    """
    list_changes(session, limit)


def list_changes(session: Session, limit: int) -> None:
    """Show the latest changes, or say that there are none."""
    with session.registry() as registry:
        changes = registry.changes(limit)
    if not changes:
        session.console.note("nothing has been changed yet")
    show_changes(session.console, changes)
