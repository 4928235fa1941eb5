"""`utmforge registry`: the list of its subcommands."""

import typer

from utmforge.cli.commands.registry import (
    backup,
    check,
    export,
    import_,
    path,
    status,
    sync,
    trust,
)
from utmforge.cli.options import single

SUBCOMMANDS = (path, status, trust, check, backup, sync, export, import_)
"""In the order in which help lists them."""

app = single()


@app.callback(invoke_without_command=True)
def registry(ctx: typer.Context) -> None:
    """Check, back up, share, export and import the registry."""
    if ctx.invoked_subcommand is None:
        typer.echo(ctx.get_help())


for one in SUBCOMMANDS:
    app.add_typer(one.app)
