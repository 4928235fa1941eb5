"""Where the registry is: option, then environment, then campaign file, then default.

And where its saved measurements are.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from utmforge.errors import RegistryUnavailable
from utmforge.files.digests import blake2b

if TYPE_CHECKING:
    from collections.abc import Mapping

    from utmforge.registry.server_address import ServerAddress

APPLICATION = "utmforge"
REGISTRY_NAME = "links.db"


def data_folder(environment: Mapping[str, str], platform: str = sys.platform) -> Path:
    """Return the folder for data that must not be lost.

    The same folders as platformdirs gives, which costs 22 ms to import. XDG:
    https://specifications.freedesktop.org/basedir-spec/latest/

    Raises:
        RegistryUnavailable: The home folder is missing.
    """
    if platform == "win32":
        local = environment.get("LOCALAPPDATA")
        return (Path(local) if local else _home() / "AppData" / "Local") / APPLICATION / APPLICATION
    if platform == "darwin":
        return _home() / "Library" / "Application Support" / APPLICATION
    xdg = environment.get("XDG_DATA_HOME", "").strip()
    asked = Path(xdg)
    return (asked if asked.is_absolute() else _home() / ".local" / "share") / APPLICATION


def _home() -> Path:
    home = os.path.expanduser("~")  # noqa: PTH111 - unlike Path.home it answers "~" with no home
    if not Path(home).is_absolute() or os.environ.get("HOME") == "":
        raise RegistryUnavailable(
            "there is no home folder for the registry",
            hint="set HOME, or name a file with --registry or UTMFORGE_REGISTRY",
        )
    return Path(home)


def measurements_folder(place: Path | ServerAddress, environment: Mapping[str, str]) -> Path:
    """Return the folder for the saved measurements of a registry.

    It is beside a file; those of a server are in the folder for data.

    Raises:
        RegistryUnavailable: The home folder is missing.
    """
    if isinstance(place, Path):
        return place.with_name(f"{place.stem}.measurements")
    digest = blake2b(place.shown.encode(), digest_size=8).hexdigest()
    return data_folder(environment) / "measurements" / digest


def registry_place(
    named: str | None,
    environment: Mapping[str, str] = os.environ,
    *,
    beside: Path | None = None,
) -> Path | ServerAddress:
    """Return the registry's path or its server's address: the one named, or the user's own file.

    Args:
        named: The value of `--registry`, `UTMFORGE_REGISTRY` or the campaign file. None or empty:
            not set.
        environment: Variables such as `XDG_DATA_HOME`.
        beside: The folder that a path is relative to. None: the current one.

    Raises:
        RegistryUnavailable: There is no home folder, or the address is not a server's.
    """
    if not named:
        return data_folder(environment) / REGISTRY_NAME
    if (address := server_address(named)) is not None:
        return address
    path = _home() / named[2:] if named.startswith("~/") else Path(named)
    return path if beside is None else beside / path


def server_address(named: str) -> ServerAddress | None:
    """Return the server that a text names. None: it names a file.

    Raises:
        RegistryUnavailable: It looks like the address of a server, and is not one.
    """
    if ":" not in named and "=" not in named:  # most names: nothing more is imported
        return None
    from utmforge.registry.server_address import ServerAddress, is_meant_as_server

    return ServerAddress.read(named) if is_meant_as_server(named) else None
