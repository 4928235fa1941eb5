"""A real PostgreSQL for the tests: on a socket in a folder of its own, gone afterwards."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

if TYPE_CHECKING:
    from collections.abc import Iterator

_PLACES = sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
_ANOTHER_USER = "nobody"  # the server refuses to run as root


def programs() -> Path | None:
    """Return the folder of `initdb` and `pg_ctl`; None: no server is installed."""
    found = shutil.which("initdb")
    folders = [*_PLACES, *([Path(os.path.realpath(found)).parent] if found else [])]
    return next((each for each in folders if (each / "pg_ctl").exists()), None)


@contextmanager
def postgres() -> Iterator[str]:
    """Start a server and yield the address of its first database, without `/NAME` behind."""
    folder = programs()
    assert folder is not None
    home = Path(tempfile.mkdtemp(prefix="pg-"))  # short: a socket's path has at most 107 bytes
    as_user: dict[str, Any] = {}
    if os.getuid() == 0:
        user = pwd.getpwnam(_ANOTHER_USER)
        os.chown(home, user.pw_uid, user.pw_gid)
        as_user = {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}
    environment = {"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8", "HOME": str(home)}

    def run(*words: str) -> None:
        subprocess.run(
            words,
            cwd=home,
            env=environment,
            check=True,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            **as_user,
        )

    data = str(home / "data")
    # Accounts of the socket's own are trusted; nothing listens on the network.
    run(str(folder / "initdb"), "-D", data, "-U", "ann", "-A", "trust", "-E", "UTF8", "-N")
    options = f"-k {home} -c listen_addresses= -c fsync=off -c max_connections=60"
    run(str(folder / "pg_ctl"), "-D", data, "-o", options, "-w", "-l", str(home / "log"), "start")
    try:
        yield f"postgresql://ann@{quote(str(home), safe='')}"
    finally:
        run(str(folder / "pg_ctl"), "-D", data, "-m", "immediate", "-w", "stop")
        shutil.rmtree(home, ignore_errors=True)
