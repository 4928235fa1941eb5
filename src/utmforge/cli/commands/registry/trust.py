"""`utmforge registry trust`: agree to use the server that the campaign file names."""

from utmforge.cli.options import command, single
from utmforge.cli.session import Session

app = single()


@command(app, "file", "dry_run")
def trust(session: Session) -> None:
    """Agree to use the registry server that the campaign file names.

    A campaign file may come from someone else, and the server receives your password. So a server
    that the file names is used only after you have agreed to it once. Check the address before you
    agree. A server that you name yourself, in UTMFORGE_REGISTRY or as an option, needs no
    agreement.

    Example:
      utmforge registry trust --dry-run
      utmforge registry trust
    """
    from utmforge.registry.agreement import agree, is_agreed
    from utmforge.registry.location import data_folder

    server = session.server_of_file()
    if server is None:
        session.console.done("the campaign file names no server: there is nothing to agree to")
        return
    session.console.write(f"{server.url}\n")
    folder = data_folder(session.environment)
    if is_agreed(server, folder):
        session.console.done("you have already agreed to use this server")
        return
    if not session.dry_run:
        agree(server, folder)
    would = "would be" if session.dry_run else "is"
    session.console.done(f"the server {would} used for every campaign file that names it")
