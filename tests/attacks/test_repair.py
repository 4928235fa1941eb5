"""`registry check --repair` beside others: what was printed is kept, and nobody is overtaken."""

from __future__ import annotations

import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path
from typing import IO

import pytest

from tests.conftest import PATIENCE, Run, command
from tests.registry.filling import fill
from utmforge import Registry
from utmforge.errors import RegistryBusy
from utmforge.registry import repair as repair_module
from utmforge.registry import sqlite
from utmforge.registry.check import check
from utmforge.registry.file_lock import held
from utmforge.registry.repair import repair

PATH = Path("links.db")
REPAIR = command("registry", "check", "--repair", "--registry", "links.db")

_HOLD = """
import sys, time
from utmforge import Registry
with Registry.open("links.db") as registry:
    def work():
        registry.database.read("PRAGMA cache_size=1")
        print("held", flush=True)
        time.sleep(600)
    registry.database.write(work)
"""


def damage(path: Path, page: int) -> None:
    """Change a byte of one link."""
    data = path.read_bytes()
    old = f"https://x.example/{page}?".encode()
    assert old in data
    path.write_bytes(data.replace(old, old.replace(b"x.ex", b"y.ex")))


@pytest.mark.slow
def test_six_repairs_at_once_keep_all_that_is_whole() -> None:
    """One repairs, the others find it done."""
    links = fill(PATH, 3_000)
    damage(PATH, 7)
    running = [
        subprocess.Popen(REPAIR, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
        for _ in range(6)
    ]
    said = [process.communicate(timeout=PATIENCE)[1].decode() for process in running]

    assert [process.returncode for process in running] == [0] * 6, said
    assert len(list(Path().glob("links.db.damaged-*"))) == 1
    assert [path for path in Path().iterdir() if ".repair-" in path.name] == []
    with Registry.open(PATH) as registry:
        assert list(registry.links()) == links[:7] + links[8:]
    assert check(PATH).is_whole


@pytest.mark.slow
def test_links_that_are_printed_during_repairs_are_kept() -> None:
    """A registry is damaged and repaired again and again while commands issue links."""
    fill(PATH, 300)
    writers = []
    printed = []
    for number in range(12):
        words = ("new", f"https://w.example/{number}", "-c", "spring", "-C", "sms")
        writers.append(
            subprocess.Popen(
                command(*words, "--registry", "links.db"),
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
            )
        )
        if number % 4 == 3:
            with held(PATH, alone=True, seconds=PATIENCE):
                damage(PATH, number)
            subprocess.run(REPAIR, check=True, capture_output=True, timeout=PATIENCE)
            for writer in writers:
                out, error = writer.communicate(timeout=PATIENCE)
                assert writer.returncode == 0, error
                printed += out.decode().split()
            writers = []

    assert len(printed) == 12
    with Registry.open(PATH) as registry:
        assert set(printed) <= {link.url for link in registry.links()}
    assert check(PATH).is_whole


def test_a_registry_that_was_open_follows_the_repaired_file() -> None:
    """What it issues afterwards is in the new file."""
    fill(PATH, 40)
    with Registry.open(PATH) as registry:
        damage(PATH, 7)
        repair(PATH)
        registry.retire([next(iter(registry.links())).id], "old")
    with Registry.open(PATH) as again:
        assert [link.state for link in again.links()].count("retired") == 1


def test_a_held_registry_is_locked_and_not_damaged(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Told with who holds it; the file stays."""
    fill(PATH, 40)
    damage(PATH, 7)
    before = PATH.read_bytes()
    holder = subprocess.Popen([sys.executable, "-c", _HOLD], stdout=subprocess.PIPE)
    try:
        assert holder.stdout is not None
        assert holder.stdout.readline() == b"held\n"
        os.kill(holder.pid, signal.SIGSTOP)
        monkeypatch.setattr(repair_module, "BUSY_SECONDS", 0.1)
        started = time.monotonic()
        result = run("registry", "check", "--repair", "--registry", "links.db")
    finally:
        holder.kill()
        holder.communicate()

    assert result.exit_code == 36
    assert "has been locked by another command" in result.stderr
    if Path("/proc/locks").exists():
        assert f"process {holder.pid}" in result.stderr
    assert time.monotonic() - started < 5
    assert PATH.read_bytes() == before
    assert [path.name for path in Path().iterdir()] == ["links.db"]


def test_a_check_of_a_registry_that_is_being_written_says_locked(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A lock is not damage."""
    from utmforge.registry import entries

    fill(PATH, 4)
    monkeypatch.setattr(entries, "BUSY_SECONDS", 0.05)
    monkeypatch.setattr(sqlite, "BUSY_SECONDS", 0.05)
    with closing(sqlite3.connect(PATH, isolation_level=None)) as holder:
        holder.execute("BEGIN EXCLUSIVE")
        with pytest.raises(RegistryBusy):
            check(PATH)


def test_a_repair_twice_in_one_second_and_one_that_was_killed_before() -> None:
    """Both damaged files are kept for their owner alone, and nothing else is left."""
    fill(PATH, 40)
    Path(".links.db.repair-killed").mkdir()
    for page in (7, 8):
        damage(PATH, page)
        assert repair(PATH).lost == 1

    assert len(list(Path().glob("links.db.damaged-*"))) == 2
    assert list(Path().glob(".links*")) == []
    assert repair(PATH) == (38, 0, None)


def test_the_scratch_copy_is_its_owner_s_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever the umask."""
    fill(PATH, 4)
    damage(PATH, 1)
    seen = []
    real = shutil.copyfileobj

    def look(source: IO[bytes], target: IO[bytes]) -> None:
        [folder] = Path().glob(".links.db.repair-*")
        seen.append((folder.stat().st_mode & 0o777, (folder / "copy.db").stat().st_mode & 0o777))
        real(source, target)

    monkeypatch.setattr(shutil, "copyfileobj", look)
    before = os.umask(0)
    try:
        repair(PATH)
    finally:
        os.umask(before)
    assert seen == [(0o700, 0o600)]


def test_a_repair_through_a_symbolic_link_keeps_the_link() -> None:
    """The file behind it is replaced."""
    Path("real").mkdir()
    fill(Path("real/links.db"), 4)
    PATH.symlink_to("real/links.db")
    damage(Path("real/links.db"), 1)

    assert repair(PATH).kept == 3
    assert PATH.is_symlink()
    assert check(PATH).is_whole


def test_an_empty_file_of_a_killed_first_run_is_whole(run: Run) -> None:
    """Nothing was written to it yet."""
    PATH.touch()
    assert run("registry", "check", "--registry", "links.db").exit_code == 0
