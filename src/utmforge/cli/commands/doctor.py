"""`utmforge doctor`: check the installation."""

from pathlib import Path
from typing import TYPE_CHECKING

import typer

from utmforge.campaigns.campaign_file import CampaignFile
from utmforge.cli.options import command, single
from utmforge.cli.session import Session
from utmforge.errors import UtmforgeError
from utmforge.output.doctor import COLUMNS, show_examination

if TYPE_CHECKING:
    from utmforge.registry.server_address import ServerAddress

app = single()


@command(app, "file", "registry", "format", columns=lambda: COLUMNS)
def doctor(session: Session) -> None:
    """Check the installation: versions, registry, clipboard, terminal.

    Prints one report that you can paste into a bug report. Exits with 1 if there is a problem.

    Example:
      utmforge doctor
      utmforge doctor --format json
    """
    from utmforge.doctor import examine

    examination = examine(
        _registry(session),
        _campaigns(session),
        session.environment,
        getattr(session.console.stdout, "encoding", None),
    )
    show_examination(session.console, examination)
    if not examination.is_healthy:
        raise typer.Exit(1)


def _registry(session: Session) -> "Path | ServerAddress | UtmforgeError":
    """Return the registry's place, or why a server that the campaign file names is not used."""
    place = session.registry_place
    try:
        session.refuse_untrusted()
    except UtmforgeError as error:
        return error
    return place


def _campaigns(session: Session) -> CampaignFile | UtmforgeError:
    try:
        return session.file
    except UtmforgeError as error:
        return error
