"""Files that SQLite would apply to a registry; a pull brings them beside one that git ignores."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.conftest import command

if TYPE_CHECKING:
    from tests.conftest import Run

PATH = Path("links.db")
PAGE = "https://shop.example/"
OURS = f"{PAGE}?utm_source=email&utm_medium=email&utm_campaign=spring\n"
COMMANDS = [
    ("list",),
    ("new", "https://shop.example/2", "-c", "spring", "-C", "email"),
    ("undo",),
    ("registry", "check"),
    ("registry", "check", "--repair"),
    ("registry", "backup", "b.db"),
    ("registry", "export", "e.csv"),
    ("registry", "status"),
    ("doctor",),
]


@pytest.fixture(autouse=True)
def folder(run: Run) -> None:
    """Work in a folder that names its registry."""
    Path("campaigns.toml").write_text('[workspace]\nregistry = "links.db"\n')
    run("new", PAGE, "-c", "spring", "-C", "email")


def write_wal() -> None:
    """Put the log of another registry beside ours; its pages replace all that ours has."""
    with closing(sqlite3.connect("other.db", isolation_level=None)) as other:
        other.execute("PRAGMA wal_autocheckpoint=0")
        other.execute("PRAGMA journal_mode=WAL")
        other.execute("VACUUM")
        shutil.copyfile("other.db-wal", "links.db-wal")
    Path("other.db").unlink()


def write_journal() -> None:
    """Write what would roll the registry back to the pages of another file."""
    pages = Path("other.db").read_bytes()
    count, nonce = len(pages) // 4096, 1
    header = bytes.fromhex("d9d505f920a163d7") + b"".join(
        number.to_bytes(4, "big") for number in (count, nonce, count, 512, 4096)
    )
    records = []
    for number in range(count):
        page = pages[4096 * number : 4096 * (number + 1)]
        checksum = nonce + sum(page[4096 - 200 * step] for step in range(1, 21))
        records.append((number + 1).to_bytes(4, "big") + page + checksum.to_bytes(4, "big"))
    Path("links.db-journal").write_bytes(header.ljust(512, b"\0") + b"".join(records))
    Path("other.db").unlink()


@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
@pytest.mark.parametrize("write", [write_wal, write_journal], ids=["wal", "journal"])
@pytest.mark.parametrize("is_linked", [False, True], ids=["file", "link"])
def test_no_file_beside_a_registry_changes_it(
    run: Run, words: tuple[str, ...], write: object, *, is_linked: bool
) -> None:
    """Not to that of a stranger, and not back to an earlier state: both would pass the check."""
    assert callable(write)
    shutil.copyfile(PATH, "other.db")
    run("new", "https://evil.example/", "-c", "spring", "-C", "sms", "--registry", "other.db")
    write()
    if is_linked:
        PATH.rename("real.db")
        PATH.symlink_to("real.db")
        for one in Path().glob("links.db-*"):
            one.rename(one.name.replace("links", "real"))
    result = run(*words)

    told = (result.stdout + result.stderr).replace("\n", " ")
    assert "is not the journal of a registry" in told
    assert result.exit_code == (1 if words == ("doctor",) else 34)
    for one in Path().glob("*.db-*"):
        one.unlink()
    assert run("list").stdout == OURS


def test_tab_does_not_change_a_registry(run: Run) -> None:
    """It opens the registry, too."""
    shutil.copyfile(PATH, "other.db")
    write_wal()
    before = PATH.read_bytes()
    environment = {
        **os.environ,
        "_UTMFORGE_COMPLETE": "complete_bash",
        "COMP_WORDS": "utmforge show ",
        "COMP_CWORD": "2",
    }
    subprocess.run(command(), env=environment, capture_output=True, check=True)

    assert PATH.read_bytes() == before
    assert run("list").exit_code == 34


KILLED = """
import os, signal, sqlite3, sys
os.umask(int(sys.argv[1], 8))
database = sqlite3.connect("links.db", isolation_level=None)
database.execute("PRAGMA cache_size=1")
database.execute("BEGIN IMMEDIATE")
database.execute("CREATE TABLE half (text)")
database.executemany("INSERT INTO half VALUES (?)", [("x" * 1000,)] * 200)
os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.mark.parametrize("mode", [0o600, 0o644, 0o660, 0o2660, 0o666])
@pytest.mark.parametrize("umask", ["000", "022", "077"])
def test_a_killed_command_is_still_rolled_back(run: Run, mode: int, umask: str) -> None:
    """SQLite gives its journal the permissions of the registry, whatever the umask is."""
    PATH.chmod(mode)
    subprocess.run([sys.executable, "-c", KILLED, umask], check=False)
    assert Path("links.db-journal").stat().st_size > 512

    result = run("list")
    assert (result.exit_code, result.stdout) == (0, OURS)
    assert run("registry", "check").exit_code == 0
