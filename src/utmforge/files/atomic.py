"""Write files completely or not at all."""

from __future__ import annotations

import os
import tempfile
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from stat import S_ISREG
from typing import TYPE_CHECKING

from utmforge.errors import OutputFileError, quoted

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping


_DRAFT = ".utmforge-draft-"


@contextmanager
def atomic_write(path: Path, *, is_durable: bool = True) -> Iterator[Path]:
    """Yield a draft to write; it replaces the file when the block ends without an error.

    An existing file keeps its mode, and a link to a file stays a link. A link to a missing file is
    refused: it may come with a folder from another person, and lead anywhere. So is a device, which
    would be a file afterwards. If the block raises,
    the file is unchanged and the draft is deleted. The draft of a command that was killed is
    deleted by the next one that writes to the folder.

    Args:
        path: The file.
        is_durable: Whether the new contents survive a power cut once the block has ended. If not,
            the file may then be empty.

    Raises:
        OutputFileError: The file cannot be written.
    """
    try:
        refuse_broken_link(path)
        refuse_special_file(path)
        target = path.resolve()
        mode = target.stat().st_mode & 0o777 if target.exists() else 0o666 & ~_umask()
        _delete_abandoned(target.parent)
        with _draft_for(target) as draft:
            yield draft
            if is_durable:
                _sync(draft)
            draft.chmod(mode)
            draft.replace(target)
        if is_durable:
            _sync(target.parent)
    except OSError as error:
        raise OutputFileError(
            f"cannot write {quoted(path)}: {(error.strerror or str(error)).lower()}"
        ) from None


@contextmanager
def _draft_for(target: Path) -> Iterator[Path]:
    """Make an empty file beside another, locked while it is written; delete it after an error."""
    is_taken = True
    while is_taken:
        descriptor, name = tempfile.mkstemp(dir=target.parent, prefix=_DRAFT, suffix=target.suffix)
        draft, is_locked = Path(name), _lock(descriptor, waiting=True)
        is_taken = is_locked and not draft.exists()  # for abandoned, before it was locked
        if is_taken or not is_locked:  # Windows renames no file that is open
            os.close(descriptor)
    try:
        yield draft
    except BaseException:
        draft.unlink(missing_ok=True)
        raise
    finally:
        if is_locked:
            os.close(descriptor)


def _delete_abandoned(folder: Path) -> None:
    """Delete the drafts whose commands were killed: no process holds their locks."""
    with suppress(OSError), os.scandir(folder) as entries:
        names = [entry.path for entry in entries if entry.name.startswith(_DRAFT)]
        for name in names:
            with suppress(OSError):
                _delete_if_abandoned(name)


def _delete_if_abandoned(name: str) -> None:
    # A pipe or a link of this name is not a draft.
    flags = getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOFOLLOW", 0)
    descriptor = os.open(name, os.O_RDONLY | flags)
    try:
        if S_ISREG(os.fstat(descriptor).st_mode) and _lock(descriptor, waiting=False):
            Path(name).unlink()
    finally:
        os.close(descriptor)


def _lock(descriptor: int, *, waiting: bool) -> bool:
    """Lock an open file; tell whether that was possible."""
    try:
        import fcntl

        fcntl.flock(descriptor, fcntl.LOCK_EX | (0 if waiting else fcntl.LOCK_NB))
    except (ImportError, OSError):
        return False
    return True


def _sync(path: Path) -> None:
    """Have a file or a folder written to the disk, where the system can."""
    with suppress(OSError):
        descriptor = os.open(path, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def write_together(texts: Mapping[Path, str]) -> None:
    """Write all of these files, or none of them if one cannot be written; the first one last.

    Raises:
        OutputFileError: One cannot be written.
    """
    with ExitStack() as stack:
        for path, text in texts.items():
            draft = stack.enter_context(atomic_write(path))
            draft.write_text(text, encoding="utf-8", newline="")


def check_output(path: Path) -> None:
    """Refuse a file that could not be written, before anything else is done.

    Raises:
        OutputFileError: It is a folder, a device or a link to a missing file, or its folder is
            missing.
    """
    if path.is_dir():
        raise OutputFileError(f"{quoted(path)} is a folder", hint="name a file in it")
    if not path.parent.is_dir():
        raise OutputFileError(f"there is no folder {quoted(path.parent)}", hint="create it first")
    refuse_broken_link(path)
    refuse_special_file(path)


def refuse_existing(
    path: Path, *, overwrite: bool, hint: str = "name another file, or use --force"
) -> None:
    """Refuse a file that exists, unless it may be overwritten.

    Raises:
        OutputFileError: It exists.
    """
    if path.exists() and not overwrite:
        raise OutputFileError(f"{quoted(path)} already exists", hint=hint)


def refuse_broken_link(path: Path) -> None:
    """Refuse a link to a file that is missing.

    Raises:
        OutputFileError: It is one.
    """
    if path.is_symlink() and not path.exists():
        raise OutputFileError(
            f"cannot write {quoted(path)}: it is a link to a missing file",
            hint="name the file itself",
        )


def refuse_special_file(path: Path) -> None:
    """Refuse a device, a pipe or a socket, in whose place a file would be put.

    Raises:
        OutputFileError: It is one.
    """
    if path.exists() and not path.is_file() and not path.is_dir():
        raise OutputFileError(
            f"cannot write {quoted(path)}: it is a device or a pipe",
            hint="name a file, or leave the option out to write to standard output",
        )


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
