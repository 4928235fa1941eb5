"""`utmforge registry backup`: copy the registry."""

from pathlib import Path
from typing import Annotated

import typer

from utmforge.cli.options import command, single
from utmforge.cli.session import Session
from utmforge.cli.written_files import refuse_own_files
from utmforge.errors import counted

app = single()


@command(app, "file", "registry", "dry_run")
def backup(
    session: Session,
    target: Annotated[Path, typer.Argument(metavar="PATH", help="The file to write.")],
    force: Annotated[bool, typer.Option("--force", help="Overwrite the file.")] = False,
) -> None:
    """Copy the registry, even while other commands write to it.

    The copy is a registry in a file: open it with `--registry PATH`.

    Example:
      utmforge registry backup links-2026-11-23.db
    """
    from utmforge.registry.backup import backup as copy_to

    refuse_own_files(session, target)
    with session.registry() as registry:
        count = registry.queries.totals()[0]
        if session.dry_run:
            session.console.done(f"would copy {counted(count, 'link')} to {target}")
            return
        copy_to(registry, target, overwrite=force)
    session.console.done(f"copied {counted(count, 'link')} to {target}")
