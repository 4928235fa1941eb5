"""The files that commands write: refused early, and never what utmforge keeps or reads."""

import os
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path

from utmforge.cli.session import Session
from utmforge.errors import CampaignFileError, OutputFileError, RegistryError, quoted
from utmforge.files.atomic import check_output, refuse_existing
from utmforge.registry.location import measurements_folder


def check_written(
    session: Session, path: Path, *, overwrite: bool, inputs: Iterable[Path] = ()
) -> None:
    """Refuse a file that could not or must not be written, before anything else is done.

    Args:
        session: Whose registry, campaign file, shared file and measurements are kept.
        path: The file.
        overwrite: Whether it may exist.
        inputs: What this command reads besides.

    Raises:
        OutputFileError: It exists, is one of these files, is a folder, or is a link to a missing
            file; or its folder is missing.
    """
    check_output(path)
    refuse_own_files(session, path, inputs=inputs)
    refuse_existing(path, overwrite=overwrite)


def refuse_own_files(
    session: Session, target: Path, *, inputs: Iterable[Path] = (), is_shared: bool = False
) -> None:
    """Refuse to write to what utmforge keeps or the command reads, whatever the options.

    Args:
        session: Whose files these are.
        target: The file to be written.
        inputs: What this command reads besides.
        is_shared: Whether links are shared through it, as through the shared file.

    Raises:
        OutputFileError: The target is one of them.
    """
    for kept, what in _kept(session, is_shared=is_shared):
        if _is_same(target, kept):
            raise OutputFileError(f"{quoted(target)} {what}", hint="name another file")
    if any(_is_same(target, one) for one in inputs):
        raise OutputFileError(f"{quoted(target)} is read by this command", hint="name another file")
    saved = _saved(session)
    if saved and any(_is_same(one, saved) for one in Path(os.path.realpath(target)).parents):
        raise OutputFileError(
            f"{quoted(target)} is in the folder of the saved measurements",
            hint="name a file in another folder",
        )


def _kept(session: Session, *, is_shared: bool) -> Iterator[tuple[Path, str]]:
    """Yield the files that are not overwritten, and what each is."""
    if place := _place(session):
        yield place, "is the registry itself"
        real = Path(os.path.realpath(place))
        for ending in ("-journal", "-wal", "-shm"):
            yield real.with_name(f"{real.name}{ending}"), "belongs to the registry"
        yield place.with_name(f"{place.name}.shared"), "belongs to the registry"
    if session.file_path:
        yield session.file_path, "is read by this command"
    with suppress(CampaignFileError):
        if session.shared_path and not is_shared:
            yield session.shared_path, "is the file through which links are shared"


def _place(session: Session) -> Path | None:
    """Return the registry's file. None: it is on a server, or it is not known where it is."""
    with suppress(RegistryError, CampaignFileError):
        if isinstance(session.registry_place, Path):
            return session.registry_place
    return None


def _saved(session: Session) -> Path | None:
    """Return the folder of the saved measurements. None: it is not known where it is."""
    with suppress(RegistryError, CampaignFileError):
        return measurements_folder(session.registry_place, session.environment)
    return None


def _is_same(one: Path, other: Path) -> bool:
    """Tell whether two paths lead to the same file, which may be missing."""
    with suppress(OSError):
        return one.samefile(other)
    return os.path.realpath(one) == os.path.realpath(other)
