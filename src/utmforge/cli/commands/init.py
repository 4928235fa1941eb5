"""`utmforge init`: write a campaign file to start with."""

from pathlib import Path
from typing import Annotated

import typer

from utmforge.campaigns.starter import write_starter
from utmforge.cli.options import Overwrite, command, single
from utmforge.cli.session import Session

app = single()


@command(app, "dry_run")
def init(
    session: Session,
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="Where to write them.")] = Path(),
    force: Overwrite = False,
) -> None:
    """Write a commented campaigns.toml and its JSON Schema.

    Editors with TOML support use the schema to complete and check the file.

    Example:
      utmforge init
    """
    verb = "would write" if session.dry_run else "wrote"
    for path in write_starter(folder, overwrite=force, dry_run=session.dry_run):
        session.console.done(f"{verb} {path}")
    session.console.hint("change the example in campaigns.toml, then: utmforge build")
