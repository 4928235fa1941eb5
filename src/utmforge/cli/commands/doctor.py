"""`utmforge doctor`: check the installation."""

import typer

from utmforge.campaigns.campaign_file import CampaignFile
from utmforge.cli.options import command, single
from utmforge.cli.session import Session
from utmforge.errors import UtmforgeError
from utmforge.output.doctor import show_examination

app = single()


@command(app, "file", "registry", "format")
def doctor(session: Session) -> None:
    """Check the installation: versions, registry, clipboard, terminal.

    One report to paste into a question. Exits with 1 on a problem.

    Example:
      utmforge doctor
      utmforge doctor --format json
    """
    from utmforge.doctor import examine

    examination = examine(
        session.registry_place,
        _campaigns(session),
        session.environment,
        getattr(session.console.stdout, "encoding", None),
    )
    show_examination(session.console, examination)
    if not examination.is_healthy:
        raise typer.Exit(1)


def _campaigns(session: Session) -> CampaignFile | UtmforgeError:
    try:
        return session.file
    except UtmforgeError as error:
        return error
