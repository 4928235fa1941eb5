"""`utmforge registry path`: print where the registry is."""

from utmforge.cli.options import command, single
from utmforge.cli.session import Session

app = single()


@command(app, "file", "registry")
def path(session: Session) -> None:
    """Print where the registry is.

    The registry is an SQLite file that only you can read, or a database on your team's server.

    Example:
      utmforge registry path
    """
    session.console.write_data(f"{session.registry_place}\n")  # a server's without its parameters
