"""`utmforge init`: a file to begin with."""

from pathlib import Path
from typing import Annotated

import typer

from utmforge.campaigns.starter import write_starter
from utmforge.cli.options import command, single
from utmforge.cli.session import Session

app = single()


@command(app, "dry_run")
def init(
    session: Session,
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="Where to write them.")] = Path(),
    force: Annotated[bool, typer.Option("--force", help="Overwrite what is there.")] = False,
) -> None:
    """Write a commented campaigns.toml and its JSON Schema.

    Editors with TOML support complete and check the file by the schema.

    Example:
      utmforge init
    """
    verb = "would write" if session.dry_run else "wrote"
    for path in write_starter(folder, overwrite=force, dry_run=session.dry_run):
        session.console.done(f"{verb} {path}")
    session.console.hint("change the example in campaigns.toml, then: utmforge build")
