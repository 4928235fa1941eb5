"""One lock for those who write to a registry's file and for those who replace it.

    writers ── shared, for each transaction ──┐
                                              ├─ a lock on the file's folder (flock)
    repair ─── alone, until it has replaced ──┘

A repair puts another file in the place of the damaged one, so a lock on the file itself would stay
with the old one. The folder has no file of its own for this, and the system frees the lock of a
process that ends. If a system has no such lock, none is held.
"""

from __future__ import annotations

import os
import time
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from utmforge.errors import quoted
from utmforge.registry.refusals import busy_file, locked

if TYPE_CHECKING:
    from collections.abc import Iterator

_PAUSE = 0.01  # seconds between two tries


@contextmanager
def held(path: Path, *, alone: bool, seconds: float) -> Iterator[None]:
    """Hold the lock of a registry's file, exclusively (`alone`) or shared.

    Raises:
        RegistryBusy: Others have held it for over `seconds`.
    """
    folder = _locked_folder(path, alone=alone, seconds=seconds)
    try:
        yield
    finally:
        if folder is not None:
            os.close(folder)


@contextmanager
def held_file(path: Path, *, seconds: float) -> Iterator[None]:
    """Hold the lock of a file that commands replace; a missing one is made, and is empty.

    Raises:
        RegistryBusy: Others have held it for over `seconds`.
    """
    was_there = path.exists()
    descriptor = _locked_file(path, seconds)
    try:
        yield
    finally:
        if descriptor is not None:
            with suppress(OSError):
                if not was_there and not path.stat().st_size:  # nothing was written
                    path.unlink()
            os.close(descriptor)


def _locked_file(path: Path, seconds: float) -> int | None:
    """Return the descriptor that holds the lock. None: it cannot be locked."""
    if path.is_symlink() and not path.exists():
        return None
    if path.exists() and not path.is_file():
        return None
    end = time.monotonic() + seconds
    try:
        import fcntl

        while True:
            file = os.open(path, os.O_RDONLY | os.O_CREAT, 0o666)
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                if os.path.samestat(os.fstat(file), path.stat()):
                    return file
            except (BlockingIOError, FileNotFoundError):  # another has it, or has replaced it
                if time.monotonic() > end:
                    by = holders(path)
                    os.close(file)
                    raise busy_file(quoted(path), seconds, by) from None
                time.sleep(_PAUSE)
            except BaseException:
                os.close(file)
                raise
            os.close(file)
    except (ImportError, OSError):
        return None


def _locked_folder(path: Path, *, alone: bool, seconds: float) -> int | None:
    """Return the descriptor that holds the lock. None: the system has no such lock."""
    try:
        import fcntl

        place = Path(os.path.realpath(path)).parent
        folder = os.open(place, os.O_RDONLY)
    except (ImportError, OSError):
        return None
    end = time.monotonic() + seconds
    while True:
        try:
            fcntl.flock(folder, (fcntl.LOCK_EX if alone else fcntl.LOCK_SH) | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() < end:
                time.sleep(_PAUSE)
                continue
            by = holders(Path(place))
            os.close(folder)
            raise locked(quoted(path), seconds, by) from None
        except OSError:  # a network share without locks
            os.close(folder)
            return None
        except BaseException:
            os.close(folder)
            raise
        return folder


def holders(path: Path) -> str:
    """Return which other processes hold a lock on a file or folder, in words. Empty: unknown.

    Linux lists locks with the process and the inode (https://man7.org/linux/man-pages/man5/proc_locks.5.html).
    """
    found: dict[str, None] = {}
    with suppress(OSError, IndexError, ValueError):
        inode = str(path.stat().st_ino)
        for line in Path("/proc/locks").read_text(encoding="ascii").splitlines():
            words = line.split()
            if "->" in words or words[5].rpartition(":")[2] != inode:
                continue
            pid = words[4]
            if int(pid) > 0 and int(pid) != os.getpid():
                found[f"process {pid}{_name(pid)}"] = None
    return ", ".join(list(found)[:5])


def _name(pid: str) -> str:
    with suppress(OSError):
        return (
            f" ({Path(f'/proc/{pid}/comm').read_text(encoding='utf-8', errors='replace').strip()})"
        )
    return ""
