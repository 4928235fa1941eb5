"""`utmforge channels`: what the channels are."""

from utmforge.cli.options import command, single
from utmforge.cli.session import Session
from utmforge.output.channels import show_channels

app = single()


@command(app, "file", "format")
def channels(session: Session) -> None:
    """List the channels, built in and your own.

    Each with its source and its medium; `--format json` adds the reason and the page it relies on.

    Example:
      utmforge channels
      utmforge channels --format json
    """
    show_channels(session.voice, list(session.file.all_channels()))
