"""Servers that a campaign file named and the user has agreed to use, as direnv does with folders.

A campaign file travels by git and mail. Were the server in it used at once, whoever wrote the file
would be sent the password that libpq finds for that name. So it is used only after its user said
yes once; what was agreed to is kept in the user's own folder, outside the file and its repository:
the whole address, for another host, database, user or parameter is another server.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from utmforge.errors import OutputFileError, RegistryUnavailable, quoted

if TYPE_CHECKING:
    from pathlib import Path

    from utmforge.registry.server_address import ServerAddress

FILE_NAME = "agreed-servers"


class ServerNotTrusted(RegistryUnavailable):
    """A campaign file names a server that it may not choose, or that the user has not agreed to."""


def is_agreed(address: ServerAddress, folder: Path) -> bool:
    """Tell whether the user has agreed to use a server that a file names.

    Args:
        address: The server.
        folder: The user's own folder, where the registry lies by default.

    Raises:
        RegistryUnavailable: What was agreed to cannot be read.
    """
    try:
        agreed = (folder / FILE_NAME).read_text(encoding="utf-8").splitlines()
    except FileNotFoundError:
        return False
    except (OSError, UnicodeDecodeError) as error:
        reason = (getattr(error, "strerror", None) or "it is not text").lower()
        raise RegistryUnavailable(
            f"cannot read {quoted(folder / FILE_NAME)}: {reason}",
            hint="name the server with --registry or UTMFORGE_REGISTRY",
        ) from None
    return address.url in agreed


def agree(address: ServerAddress, folder: Path) -> None:
    """Keep that a server may be used whenever a campaign file names it.

    Raises:
        OutputFileError: It cannot be written down.
    """
    path = folder / FILE_NAME
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        flags = os.O_WRONLY | os.O_CREAT | os.O_APPEND
        with os.fdopen(os.open(path, flags, 0o600), "a", encoding="utf-8") as file:
            file.write(f"{address.url}\n")
    except OSError as error:
        raise OutputFileError(
            f"cannot write {quoted(path)}: {(error.strerror or str(error)).lower()}"
        ) from None
