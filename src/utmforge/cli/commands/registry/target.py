"""The file that a subcommand writes."""

from pathlib import Path

from utmforge.cli.session import Session
from utmforge.errors import OutputFileError, quoted


def refuse_registry(session: Session, target: Path) -> None:
    """Refuse to overwrite the registry itself.

    Raises:
        OutputFileError: The target is the registry.
    """
    place = session.registry_place
    if isinstance(place, Path) and place.exists() and target.exists() and target.samefile(place):
        raise OutputFileError(f"{quoted(target)} is the registry itself", hint="name another file")
