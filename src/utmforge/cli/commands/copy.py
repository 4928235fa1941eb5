"""`utmforge copy`: copy an issued link to the clipboard."""

from typing import Annotated

import typer

from utmforge.cli.delivery import copy_link, to_hand_out
from utmforge.cli.options import LinkId, command, single
from utmforge.cli.session import Session

app = single()


@command(app, "file", "registry", "retired")
def copy(
    session: Session,
    link_id: LinkId,
    require: Annotated[
        bool, typer.Option("--require", help="Exit with status 51 if the link could not be copied.")
    ] = False,
    retired: bool = False,
) -> None:
    """Copy an issued link to the clipboard.

    The link is printed too. Over SSH, or without a clipboard tool, the terminal is asked to copy it
    (OSC 52).

    Example:
      utmforge copy k3v9q2m7xdhw
    """
    link = to_hand_out(session, link_id, retired=retired)
    session.console.write(f"{link.url}\n")
    copy_link(session, [link], required=require)
