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


class Author:
    """Whoever makes a change. Git is asked at once, and answers while the command goes on."""

    def __init__(self, environment: Mapping[str, str] = os.environ) -> None:
        self._environment = environment
        self._named = _line(environment.get(VARIABLE, ""))
        self._answer = None if self._named else _ask_git()

    def name(self, role: str | None) -> str:
        """Return the name to record with a change.

        Args:
            role: The role on the database server. None: the registry is a file.
        """
        if self._named:
            return self._named
        known = self._from_git()
        if role is None:
            self._named = known or _line(f"{_login(self._environment)}@{_host()}")
        else:
            self._named = _line(f"{known} ({role})" if known else role)
        return self._named

    def close(self) -> None:
        """Wait for git, if its answer was not needed."""
        self._from_git()

    __del__ = close

    def _from_git(self) -> str:
        answer, self._answer = self._answer, None
        return _line(_read(*answer)) if answer else ""


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


def _ask_git() -> tuple[int, int] | None:
    """Start `git config user.name`; return its number and where it writes. None: no git.

    The module `subprocess` takes longer to load than git takes to answer.
    """
    if not hasattr(os, "posix_spawnp"):
        return None
    reader, writer = os.pipe()
    actions = [
        (os.POSIX_SPAWN_DUP2, writer, 1),
        (os.POSIX_SPAWN_OPEN, 2, os.devnull, os.O_WRONLY, 0),
    ]
    words = ["git", "config", "user.name"]
    try:
        process = os.posix_spawnp("git", words, os.environ, file_actions=actions)
    except OSError:
        os.close(reader)
        return None
    finally:
        os.close(writer)
    return process, reader


def _read(process: int, reader: int) -> str:
    """Return the name that git writes. Empty: it has none."""
    with os.fdopen(reader, "rb") as output:
        text = output.read(_MAX_BYTES)
    _, status = os.waitpid(process, 0)
    return text.decode("utf-8", "replace") if status == 0 else ""
