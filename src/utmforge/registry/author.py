"""Who makes a change: a name that people in a team recognise.

UTMFORGE_AUTHOR → the name that git knows → on a server the role, for a file login@host

A name is for information; it proves nothing.
"""

from __future__ import annotations

import os
from contextlib import suppress
from typing import TYPE_CHECKING

from utmforge.texts import MAX_AUTHOR, fitted

if TYPE_CHECKING:
    from collections.abc import Mapping

VARIABLE = "UTMFORGE_AUTHOR"
"""The environment variable that names the author."""

_MAX_BYTES = 4_096


def author_name(role: str | None, environment: Mapping[str, str] = os.environ) -> str:
    """Return the name to record with a change.

    Args:
        role: The role on the database server. None: the registry is a file.
        environment: Variables such as `UTMFORGE_AUTHOR`.
    """
    if named := _line(environment.get(VARIABLE, "")):
        return named
    known = _line(_name_in_git())
    if role is None:
        return known or _line(f"{_login(environment)}@{_host()}")
    return _line(f"{known} ({role})" if known else role)


def _line(text: str) -> str:
    """Return a text as one line that a registry accepts."""
    return fitted(" ".join(text.split()), MAX_AUTHOR)


def _login(environment: Mapping[str, str]) -> str:
    with suppress(ImportError, KeyError):  # the variables may be missing, or another user's
        import pwd

        return pwd.getpwuid(os.getuid()).pw_name
    return environment.get("USERNAME") or environment.get("USER") or "unknown"


def _host() -> str:
    name = os.uname().nodename if hasattr(os, "uname") else os.environ.get("COMPUTERNAME", "")
    return name.partition(".")[0] or "unknown"


def _name_in_git() -> str:
    """Return `git config user.name`. Empty: git is not installed, or has no name.

    The module `subprocess` takes longer to load than git takes to answer.
    """
    if not hasattr(os, "posix_spawnp"):
        return ""
    reader, writer = os.pipe()
    try:
        actions = [
            (os.POSIX_SPAWN_DUP2, writer, 1),
            (os.POSIX_SPAWN_OPEN, 2, os.devnull, os.O_WRONLY, 0),
        ]
        words = ["git", "config", "user.name"]
        try:
            process = os.posix_spawnp("git", words, os.environ, file_actions=actions)
        except OSError:
            return ""
        os.close(writer)
        writer = -1
        with os.fdopen(os.dup(reader), "rb") as output:
            text = output.read(_MAX_BYTES)
        _, status = os.waitpid(process, 0)
    finally:
        os.close(reader)
        if writer >= 0:
            os.close(writer)
    return text.decode("utf-8", "replace") if status == 0 else ""
