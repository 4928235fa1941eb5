"""The files that commands write: refused early, and never the registry or the campaign file."""

from pathlib import Path

from utmforge.cli.session import Session
from utmforge.errors import OutputFileError, quoted
from utmforge.files.atomic import check_output, refuse_existing


def check_written(session: Session, path: Path, *, overwrite: bool) -> None:
    """Refuse a file that could not or must not be written, before anything else is done.

    Raises:
        OutputFileError: It exists, is the registry or the campaign file, is a folder, or is a link
            to a missing file; or its folder is missing.
    """
    check_output(path)
    refuse_own_files(session, path)
    refuse_existing(path, overwrite=overwrite)


def refuse_own_files(session: Session, target: Path) -> None:
    """Refuse to overwrite the registry or the campaign file, whatever the options.

    Raises:
        OutputFileError: The target is one of them.
    """
    if not target.exists():
        return
    place = session.registry_place
    if isinstance(place, Path) and place.exists() and target.samefile(place):
        raise OutputFileError(f"{quoted(target)} is the registry itself", hint="name another file")
    if session.document and target.samefile(session.document.path):
        raise OutputFileError(f"{quoted(target)} is read by this command", hint="name another file")
