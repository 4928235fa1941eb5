"""`utmforge doctor`: is everything as it should be?"""

import typer

from utmforge.cli.options import command, single
from utmforge.cli.session import Session
from utmforge.errors import UtmforgeError
from utmforge.output.doctor import show_signs

app = single()


@command(app, "file", "registry", "format")
def doctor(session: Session) -> None:
    """Look at the installation: versions, registry, clipboard, terminal.

    One report to paste into a question. Exits with 1 on a problem.

    Example:
      utmforge doctor
      utmforge doctor --format json
    """
    from utmforge.doctor import Sign, examine

    about = "none"
    broken = None
    try:
        if session.file.path:
            about = f"{session.file.path.absolute()}, {len(session.file.campaigns)} campaigns"
    except UtmforgeError as error:
        broken = Sign("campaign file", "cannot be used", str(error))
    encoding = getattr(session.console.stdout, "encoding", None)
    signs = examine(session.registry_place, about, session.environment, encoding)
    found = [broken if broken and sign.what == broken.what else sign for sign in signs]
    show_signs(session.console, found)
    if any(sign.trouble and sign.is_serious for sign in found):
        raise typer.Exit(1)
