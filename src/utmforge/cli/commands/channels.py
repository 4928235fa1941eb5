"""`utmforge channels`: list the channels."""

from collections.abc import Iterable
from typing import Annotated

import typer

from utmforge.campaigns.campaign_file import CampaignFile
from utmforge.channels import Channel, find_channel
from utmforge.cli.options import command, single
from utmforge.cli.session import Session
from utmforge.errors import CampaignFileInvalid
from utmforge.output.channels import FIELDS, kind, show_channels

app = single()

_SHORTEST_NAMES = 2
"""Letters of fb, ig and x, which are whole words."""

Text = Annotated[
    str | None,
    typer.Argument(
        metavar="[TEXT]",
        help="Only channels with this text in their name, title, source, medium or kind; also "
        "another word for one, such as fb.",
        show_default=False,
    ),
]


@command(app, "file", "format", columns=lambda: FIELDS)
def channels(session: Session, text: Text = None) -> None:
    """List the built-in channels and your own.

    Shows the source and the medium of each, and where GA4 files it. `--format json` adds the reason
    and the page it relies on.

    Example:
      utmforge channels
      utmforge channels linkedin
      utmforge channels paid --format json
    """
    file = CampaignFile()
    try:
        file = session.file
    except CampaignFileInvalid as error:
        session.console.warn(f"showing only the built-in channels: {error}")
        session.console.hint("utmforge build lists everything that is wrong with the file")
    found = list(file.all_channels())
    if text is not None:
        found = _with(text, found) or [find_channel(text, file.channels)]
    show_channels(session.console, found)


def _with(text: str, channels: Iterable[Channel]) -> list[Channel]:
    """Return the channels that have a text in what is shown of them."""
    wanted = text.strip().lower()
    if len(wanted) <= _SHORTEST_NAMES:
        return [one for one in channels if wanted in {one.name, one.source, one.medium}]
    return [
        channel
        for channel in channels
        if any(wanted in each.lower() for each in (*channel[:4], kind(channel)))
    ]
