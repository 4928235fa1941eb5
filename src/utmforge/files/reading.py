"""Read a file that the user names, or explain in one sentence why it cannot be read."""

from __future__ import annotations

import os
import stat
from pathlib import Path
from typing import TYPE_CHECKING

from utmforge.errors import UnreadableInput, quoted
from utmforge.files.decoding import unfit_kind

if TYPE_CHECKING:
    from io import BufferedReader


def open_file(path: Path, *, has_text: bool = True) -> BufferedReader:
    """Open a file for reading.

    Args:
        path: Where it is.
        has_text: Whether it must not be a file without text: an image, an archive, a workbook.

    Raises:
        UnreadableInput: It is missing, a folder, a device or such a file, or cannot be read.
    """
    try:
        file = path.open("rb")
    except OSError as error:
        raise unreadable(path, error) from None
    try:
        refuse_device(file.fileno(), str(path))
        if has_text:
            refuse_unfit_kind(file.peek(16), str(path))
    except OSError as error:
        file.close()
        raise unreadable(path, error) from None
    except UnreadableInput:
        file.close()
        raise
    return file


def read_file(path: Path, *, has_text: bool = True) -> bytes:
    """Return all bytes of a file.

    Raises:
        UnreadableInput: As for `open_file`.
    """
    with open_file(path, has_text=has_text) as file:
        try:
            return file.read()
        except OSError as error:
            raise unreadable(path, error) from None


def refuse_device(descriptor: int, name: str) -> None:
    """Refuse a device, which may never end; a terminal, a pipe and /dev/null are fine.

    Args:
        descriptor: Of the opened file.
        name: How messages name it.

    Raises:
        UnreadableInput: It is such a device.
    """
    status = os.fstat(descriptor)
    if stat.S_ISBLK(status.st_mode):
        is_endless = True
    elif stat.S_ISCHR(status.st_mode) and not os.isatty(descriptor):
        is_endless = status.st_rdev != Path(os.devnull).stat().st_rdev
    else:
        is_endless = False
    if is_endless:
        raise UnreadableInput(
            f"{quoted(name)} is a device, which may never end",
            hint="name a file, or - for standard input",
        )


def refuse_unfit_kind(begun: bytes, name: str) -> None:
    """Refuse a file without text, such as an Excel workbook or a PDF, by its first bytes.

    Raises:
        UnreadableInput: It is one.
    """
    if unfit := unfit_kind(begun):
        raise UnreadableInput(f"{quoted(name)} is {unfit.kind}", hint=unfit.hint)


def unreadable(path: Path, error: OSError) -> UnreadableInput:
    """Return the refusal for an error of the operating system with a path."""
    if isinstance(error, IsADirectoryError) or path.is_dir():
        return UnreadableInput(f"{quoted(path)} is a folder", hint="name a file in it")
    reason = (error.strerror or "no reason given").lower()
    is_web = path.parts[:1] in {("http:",), ("https:",)}
    hint = "download the file first, and name it here" if is_web else None
    return UnreadableInput(f"cannot read {quoted(path)}: {reason}", hint=hint)
