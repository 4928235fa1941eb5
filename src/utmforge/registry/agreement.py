"""Servers that a campaign file names and that the user has approved, as direnv does with folders.

A campaign file is shared by git and mail. If its server were used at once, the author of the file
could receive the password that libpq finds for that name. So the user must approve it once. The
approval is saved in the user's own folder, outside the file and its repository, with the complete
address: another host, database, user or parameter is another server.
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
        folder: The user's own folder, where the registry is by default.

    Raises:
        RegistryUnavailable: The approved servers cannot be read.
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
    """Remember that a server may be used whenever a campaign file names it.

    Raises:
        OutputFileError: The approval cannot be saved.
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
