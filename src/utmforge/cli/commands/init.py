"""`utmforge init`: write a campaign file to start with."""

from pathlib import Path
from typing import Annotated

import typer

from utmforge.campaigns.campaign_file import FILE_NAME
from utmforge.campaigns.git_settings import add_git_settings
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

    Editors with TOML support use the schema to complete and check the file. Beside a campaigns.toml
    that you have already, writes the schema and campaigns.example.toml, and adds the comment that
    names the schema. In a git repository, .gitattributes and .gitignore get the lines that a shared
    links.jsonl and a registry links.db need.

    Example:
      utmforge init
    """
    wrote, added = ("would write", "would add") if session.dry_run else ("wrote", "added")
    written = write_starter(folder, overwrite=force, dry_run=session.dry_run)
    for path in written.files:
        session.console.done(f"{wrote} {path}")
    if written.named_schema:
        session.console.done(f"{added} a comment to {written.named_schema}: it names the schema")
    for path in add_git_settings(folder, dry_run=session.dry_run):
        session.console.done(f"{added} a line to {path}")
    if FILE_NAME not in {path.name for path in written.files}:
        session.console.hint(
            "campaigns.example.toml explains every key; utmforge build issues the links of "
            "campaigns.toml"
        )
    else:
        session.console.hint("change the example in campaigns.toml, then: utmforge build")
