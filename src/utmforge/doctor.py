"""Check an installation: what is there, what may go wrong, and what to do about it.

examine(…) → Examination(Check(what, value, trouble), …) → one report that can be pasted
"""

from __future__ import annotations

import os
import platform
import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from utmforge import __version__
from utmforge.errors import UtmforgeError, counted
from utmforge.registry import Registry
from utmforge.registry.sqlite import SQLITE_VERSION

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from utmforge.campaigns.campaign_file import CampaignFile
    from utmforge.registry.server_address import ServerAddress

# Where locks are unreliable (https://www.sqlite.org/faq.html#q5).
NETWORK_FILE_SYSTEMS = frozenset(
    ("nfs", "nfs4", "cifs", "smb3", "smbfs", "afs", "9p", "fuse.sshfs", "fuse.rclone", "ceph")
)

_MIN_SQLITE = (3, 35, 0)
_MIN_FREE_BYTES = 100_000_000
_CLIPBOARD_TOOLS = ("wl-copy", "xclip", "xsel", "pbcopy", "clip.exe", "clip")


class Check(NamedTuple):
    """One thing that was checked."""

    what: str
    """Its name."""
    value: str
    """What was found."""
    trouble: str | None = None
    """Why it is a problem, and what to do. None: it is fine."""
    is_serious: bool = True
    """False: worth knowing, but nothing fails because of it."""


class Examination(NamedTuple):
    """Everything that was checked."""

    checks: tuple[Check, ...]
    """In the order of the report."""

    @property
    def is_healthy(self) -> bool:
        """No check found a serious problem."""
        return not any(one.trouble and one.is_serious for one in self.checks)


def examine(
    registry: Path | ServerAddress | UtmforgeError,
    campaigns: CampaignFile | UtmforgeError,
    environment: Mapping[str, str],
    encoding: str | None,
) -> Examination:
    """Check the installation; this writes nothing and raises nothing.

    Args:
        registry: Where the registry is: a file, or a server's address; or why it cannot be opened.
        campaigns: The campaign file, or why it cannot be read.
        environment: Variables that describe the terminal, SSH and CI.
        encoding: The encoding of standard output.
    """
    columns = shutil.get_terminal_size().columns
    return Examination(
        (
            Check("utmforge", __version__),
            Check("python", f"{platform.python_version()} ({sys.executable})"),
            _sqlite(),
            Check("system", platform.platform()),
            _campaign_file(campaigns),
            *_registry(registry),
            _clipboard(environment),
            Check("terminal", f"{environment.get('TERM', 'none')}, {columns} columns"),
            _encoding(encoding),
        )
    )


def _campaign_file(campaigns: CampaignFile | UtmforgeError) -> Check:
    if isinstance(campaigns, UtmforgeError):
        return Check("campaign file", "cannot be used", str(campaigns))
    if campaigns.path is None:
        return Check("campaign file", "none")
    count = counted(len(campaigns.campaigns), "campaign")
    return Check("campaign file", f"{campaigns.path.absolute()}, {count}")


def _sqlite() -> Check:
    version = SQLITE_VERSION
    trouble = None
    if tuple(map(int, version.split("."))) < _MIN_SQLITE:
        trouble = f"older than {'.'.join(map(str, _MIN_SQLITE))}: install a newer Python"
    return Check("sqlite", version, trouble)


def _registry(registry: Path | ServerAddress | UtmforgeError) -> Iterator[Check]:
    if isinstance(registry, UtmforgeError):
        advice = f"{registry.message}: {registry.hint}" if registry.hint else registry.message
        yield Check("registry", "cannot be used", advice)
    elif isinstance(registry, Path):
        yield from _registry_file(registry)
    else:
        yield Check("registry", registry.shown)
        yield _links(registry)


def _registry_file(path: Path) -> Iterator[Check]:
    yield Check("registry", str(path))
    folder = next((each for each in (path, *path.absolute().parents) if each.exists()), Path("/"))
    yield _file_system(folder)
    yield _free_space(folder)
    if _is_unreachable(path):
        yield _links(path)
        return
    if not path.exists():
        target = folder if folder.is_dir() else folder.parent
        closed = (
            None
            if os.access(target, os.W_OK)
            else f"{target} is read-only: choose another place with --registry"
        )
        yield Check("links", "none issued yet", closed)
        return
    yield _permissions(path)
    if not (os.access(path, os.W_OK) and os.access(path.absolute().parent, os.W_OK)):
        trouble = "the file or its folder is read-only"
        yield Check("writing", "not possible", trouble, is_serious=False)
    yield _links(path)


def _is_unreachable(path: Path) -> bool:
    """Tell whether the way to a file is closed, such as by links that lead to each other."""
    try:
        path.stat()
    except FileNotFoundError:
        return False
    except OSError:
        return True
    return False


def _file_system(folder: Path) -> Check:
    kind = file_system_of(folder.resolve(), _mounts())
    unsafe = f"locks on {kind} are unreliable: let only one machine write at a time"
    trouble = unsafe if kind in NETWORK_FILE_SYSTEMS else None
    return Check("file system", kind or "unknown", trouble, is_serious=False)


def _free_space(folder: Path) -> Check:
    free = shutil.disk_usage(folder).free
    trouble = "free up some space" if free < _MIN_FREE_BYTES else None
    return Check("free space", f"{free / 1e9:,.1f} GB", trouble)


def _permissions(path: Path) -> Check:
    mode = path.stat().st_mode & 0o777
    # In a folder that a group writes to, the group is meant to write the registry as well.
    wanted = 0o660 if path.absolute().parent.stat().st_mode & 0o020 else 0o600
    is_open = mode & 0o777 & ~wanted and os.name == "posix"
    trouble = f"other users can read it: chmod {wanted:o} {path}" if is_open else None
    return Check("permissions", f"{mode:04o}", trouble, is_serious=False)


def _links(place: Path | ServerAddress) -> Check:
    try:
        with Registry.open(place, create=False) as registry:
            count = registry.queries.totals()[0]
            trouble = registry.database.quick_check()
    except UtmforgeError as error:
        return Check("links", "cannot be read", f"{error.message}: utmforge registry check")
    return Check("links", f"{count:,}", f"{trouble}: utmforge registry check" if trouble else None)


def _clipboard(environment: Mapping[str, str]) -> Check:
    if environment.get("CI"):
        return Check("clipboard", "none in CI")
    if any(environment.get(name) for name in ("SSH_CONNECTION", "SSH_TTY", "SSH_CLIENT")):
        return Check("clipboard", "over SSH: the terminal's (OSC 52)")
    found = [tool for tool in _CLIPBOARD_TOOLS if shutil.which(tool)]
    has_desktop = environment.get("DISPLAY") or environment.get("WAYLAND_DISPLAY")
    if sys.platform.startswith("linux") and not has_desktop:
        return Check("clipboard", "no desktop: the terminal's (OSC 52)")
    if found or sys.platform == "win32":
        return Check("clipboard", found[0] if found else "Windows")
    advice = "install wl-clipboard, xclip or xsel"
    return Check("clipboard", "no tool: the terminal's (OSC 52)", advice, is_serious=False)


def _encoding(encoding: str | None) -> Check:
    try:
        "é▀".encode(encoding or "ascii")
    except (UnicodeEncodeError, LookupError):
        advice = "set PYTHONUTF8=1 to see QR codes and accents"
        return Check("encoding", str(encoding), advice, is_serious=False)
    return Check("encoding", str(encoding))


def _mounts() -> str:
    try:
        return Path("/proc/self/mountinfo").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""


def file_system_of(path: Path, mountinfo: str) -> str:
    """Return the type of the file system that holds a path, or an empty text if it is unknown.

    Args:
        path: An absolute path with symbolic links resolved.
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
