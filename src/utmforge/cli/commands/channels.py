"""`utmforge channels`: list the channels."""

from utmforge.campaigns.campaign_file import CampaignFile
from utmforge.cli.options import command, single
from utmforge.cli.session import Session
from utmforge.errors import CampaignFileInvalid
from utmforge.output.channels import show_channels

app = single()


@command(app, "file", "format")
def channels(session: Session) -> None:
    """List the built-in channels and your own.

    Shows the source and the medium of each. `--format json` adds the reason and the page it relies
    on.

    Example:
      utmforge channels
      utmforge channels --format json
    """
    file = CampaignFile()
    try:
        file = session.file
    except CampaignFileInvalid as error:
        session.console.warn(f"showing only the built-in channels: {error}")
        session.console.hint("utmforge build lists everything that is wrong with the file")
    show_channels(session.console, list(file.all_channels()))
