"""The health of an installation: what is there, what may go wrong, and what to do about it.

examine(…) → Sign(what, value, trouble) … → one report that can be pasted
"""

from __future__ import annotations

import os
import platform
import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from utmforge import __version__
from utmforge.errors import UtmforgeError
from utmforge.registry import Registry
from utmforge.registry import maintenance as care

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

# Where locks are not to be trusted (https://www.sqlite.org/faq.html#q5).
NETWORK_FILE_SYSTEMS = frozenset(
    ("nfs", "nfs4", "cifs", "smb3", "smbfs", "afs", "9p", "fuse.sshfs", "fuse.rclone", "ceph")
)

_OLDEST_SQLITE = (3, 35, 0)
_LEAST_FREE_BYTES = 100_000_000
_CLIPBOARD_TOOLS = ("wl-copy", "xclip", "xsel", "pbcopy", "clip.exe", "clip")


class Sign(NamedTuple):
    """One thing that was looked at."""

    what: str
    """Its name."""
    value: str
    """What was found."""
    trouble: str | None = None
    """Why it is a problem, and what to do. None: it is fine."""
    is_serious: bool = True
    """False: worth knowing, but nothing fails because of it."""


def examine(
    registry: Path | str, campaign_file: str, environment: Mapping[str, str], encoding: str | None
) -> Iterator[Sign]:
    """Look at everything; nothing is written and nothing raised.

    Args:
        registry: Where the registry is: a file, or a server's address.
        campaign_file: What is to be said of the campaign file.
        environment: Tells of the terminal, of SSH and of CI.
        encoding: That of standard output.
    """
    yield Sign("utmforge", __version__)
    yield Sign("python", f"{platform.python_version()} ({sys.executable})")
    yield _sqlite()
    yield Sign("system", platform.platform())
    yield Sign("campaign file", campaign_file)
    yield from (_server(registry) if isinstance(registry, str) else _registry(registry))
    yield _clipboard(environment)
    columns = shutil.get_terminal_size().columns
    yield Sign("terminal", f"{environment.get('TERM', 'none')}, {columns} columns")
    yield _encoding(encoding)


def _sqlite() -> Sign:
    version = care.SQLITE_VERSION
    trouble = None
    if tuple(map(int, version.split("."))) < _OLDEST_SQLITE:
        trouble = f"older than {'.'.join(map(str, _OLDEST_SQLITE))}: install a newer Python"
    return Sign("sqlite", version, trouble)


def _registry(path: Path) -> Iterator[Sign]:
    yield Sign("registry", str(path))
    folder = next((each for each in (path, *path.absolute().parents) if each.exists()), Path("/"))
    kind = file_system_of(folder.resolve(), _mounts())
    slow = f"on {kind} locks are not to be trusted: let one machine at a time write"
    trouble = slow if kind in NETWORK_FILE_SYSTEMS else None
    yield Sign("file system", kind or "unknown", trouble, is_serious=False)
    free = shutil.disk_usage(folder).free
    little = "make room" if free < _LEAST_FREE_BYTES else None
    yield Sign("free space", f"{free / 1e9:,.1f} GB", little)
    if not path.exists():
        target = folder if folder.is_dir() else folder.parent
        closed = None if os.access(target, os.W_OK) else f"{target} is read-only: see --registry"
        yield Sign("links", "none issued yet", closed)
        return
    mode = path.stat().st_mode & 0o777
    others = (
        f"others may read it: chmod 600 {path}" if mode & 0o077 and os.name == "posix" else None
    )
    yield Sign("permissions", f"{mode:04o}", others, is_serious=False)
    writable = os.access(path, os.W_OK) and os.access(path.absolute().parent, os.W_OK)
    if not writable:
        yield Sign(
            "writing", "not possible", "the file or its folder is read-only", is_serious=False
        )
    yield _links(path)


def _server(address: str) -> Iterator[Sign]:
    from utmforge.registry.postgres import checked_address

    yield Sign("registry", checked_address(address))
    yield _links(address)


def _links(place: Path | str) -> Sign:
    try:
        with Registry.open(place, create=False) as registry:
            count = registry.queries.totals()[0]
            trouble = registry.database.quick_check()
    except UtmforgeError as error:
        return Sign("links", "cannot be read", f"{error.message}: utmforge registry check")
    return Sign("links", f"{count:,}", f"{trouble}: utmforge registry check" if trouble else None)


def _clipboard(environment: Mapping[str, str]) -> Sign:
    if environment.get("CI"):
        return Sign("clipboard", "none in CI")
    if any(environment.get(name) for name in ("SSH_CONNECTION", "SSH_TTY", "SSH_CLIENT")):
        return Sign("clipboard", "over SSH: the terminal's (OSC 52)")
    found = [tool for tool in _CLIPBOARD_TOOLS if shutil.which(tool)]
    has_desktop = environment.get("DISPLAY") or environment.get("WAYLAND_DISPLAY")
    if sys.platform.startswith("linux") and not has_desktop:
        return Sign("clipboard", "no desktop: the terminal's (OSC 52)")
    if found or sys.platform == "win32":
        return Sign("clipboard", found[0] if found else "Windows")
    advice = "install wl-clipboard, xclip or xsel"
    return Sign("clipboard", "no tool: the terminal's (OSC 52)", advice, is_serious=False)


def _encoding(encoding: str | None) -> Sign:
    try:
        "é▀".encode(encoding or "ascii")
    except (UnicodeEncodeError, LookupError):
        advice = "set PYTHONUTF8=1, or codes and accents are shown otherwise"
        return Sign("encoding", str(encoding), advice, is_serious=False)
    return Sign("encoding", str(encoding))


def _mounts() -> str:
    try:
        return Path("/proc/self/mountinfo").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""


def file_system_of(path: Path, mountinfo: str) -> str:
    """Return the type of the file system that holds a path, or nothing where it is not known.

    Args:
        path: Absolute, links resolved.
        mountinfo: The text of Linux's /proc/self/mountinfo
            (https://man7.org/linux/man-pages/man5/proc_pid_mountinfo.5.html).
    """
    best, kind = Path(), ""
    for line in mountinfo.splitlines():
        before, _, after = line.partition(" - ")
        fields = before.split(" ")
        if len(fields) < 5 or not after:  # noqa: PLR2004 - the mount point is the fifth
            continue
        point = Path(fields[4].encode().decode("unicode_escape"))
        if path.is_relative_to(point) and len(point.parts) >= len(best.parts):
            best, kind = point, after.split(" ")[0]
    return kind
