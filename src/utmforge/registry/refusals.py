"""Errors that several modules of the registry share."""

from __future__ import annotations

import os
from contextlib import suppress
from typing import TYPE_CHECKING

from utmforge.errors import (
    NotARegistry,
    NotText,
    RegistryBusy,
    RegistryDamaged,
    RegistryTooNew,
    RegistryUnavailable,
    quoted,
)

if TYPE_CHECKING:
    from pathlib import Path


def locked(place: str, seconds: float, by: str = "") -> RegistryBusy:
    """Return the error for a registry that another command has locked for too long.

    `by` says which processes hold it, if that is known.
    """
    return RegistryBusy(
        f"the registry {place} has been locked by another command for over {seconds:.0f} s",
        hint=f"{by} holds it; try again when it has ended" if by else "try again",
    )


def busy_file(place: str, seconds: float, by: str = "") -> RegistryBusy:
    """Return the error for a shared file that another command has locked for too long."""
    return RegistryBusy(
        f"{place} has been locked by another command for over {seconds:.0f} s",
        hint=f"{by} holds it; try again when it has ended" if by else "try again",
    )


def too_new(place: str, version: str) -> RegistryTooNew:
    """Return the error for a registry of a later utmforge; `version` is empty if unknown."""
    return RegistryTooNew(
        f"the registry {place} was written by a later version of utmforge",
        hint=f"install utmforge {version} or later" if version else "install the latest utmforge",
    )


def damaged(place: str) -> RegistryDamaged:
    """Return the error for a damaged registry."""
    return RegistryDamaged(
        f"the registry {place} is damaged",
        hint="restore it from a backup, or keep the intact entries: "
        "utmforge registry check --repair",
    )


def no_permission(path: Path) -> RegistryUnavailable | None:
    """Return the error for another user's registry. None: that is not the reason.

    SQLite makes its journal in the folder, so the folder has to be writable too.
    """
    import shlex

    for place, what in ((path, "registry"), (path.absolute().parent, "folder of the registry")):
        try:
            found = place.stat()
        except OSError:
            continue
        if os.access(place, os.R_OK | os.W_OK | (os.X_OK if place.is_dir() else 0)):
            continue
        owner, group = _names(found.st_uid, found.st_gid)
        wanted = "2770" if what.startswith("folder") else "660"
        return RegistryUnavailable(
            f"you have no permission to read and write the {what} {quoted(place)}: "
            f"it belongs to {owner}, group {group}, mode {found.st_mode & 0o7777:04o}",
            hint=f"ask {owner} for: chgrp YOUR-GROUP {shlex.quote(str(place))} && "
            f"chmod {wanted} {shlex.quote(str(place))}",
        )
    return None


def _names(user: int, group: int) -> tuple[str, str]:
    """Return the names of a user and a group, or their numbers."""
    owner, of_group = str(user), str(group)
    with suppress(ImportError, KeyError):
        import pwd

        owner = pwd.getpwuid(user).pw_name
    with suppress(ImportError, KeyError):
        import grp

        of_group = grp.getgrgid(group).gr_name
    return owner, of_group


def not_utf8() -> NotText:
    """Return the error for a search text that is not UTF-8."""
    return NotText("the search text is not UTF-8")


def not_ours(path: Path) -> NotARegistry:
    """Return the error for a file of another program."""
    return NotARegistry(
        f"{quoted(path)} is not a registry of utmforge",
        hint="name another file with --registry or UTMFORGE_REGISTRY; this one was not changed",
    )
