"""`utmforge registry`: the store itself."""

import typer

from utmforge.cli.options import command, single
from utmforge.cli.session import Session

app = single()


@app.callback(invoke_without_command=True)
def registry(ctx: typer.Context) -> None:
    """The registry itself."""
    if ctx.invoked_subcommand is None:
        typer.echo(ctx.get_help())


@command(app, "file", "registry")
def path(session: Session) -> None:
    """Print where the registry is.

    It is one SQLite file; copying it while no command runs is a backup.

    Example:
      utmforge registry path
    """
    session.voice.write(f"{session.registry_path}\n")
