"""Faults F1 to F9 (docs/explanation/registry.md), each by its name, through the command."""

import os
import shutil
import sqlite3
import subprocess
import sys
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.conftest import Run, command
from tests.registry.flipping import read
from tests.registry.killing import kill_often
from utmforge import Registry, Tags, issue, make_link

pytestmark = pytest.mark.skipif(os.name != "posix", reason="signals and limits of POSIX systems")

ASKED = ("-c", "c", "-C", "sms", "-F", "urls")


@pytest.mark.slow
def test_f1_killed_at_any_moment(tmp_path: Path) -> None:
    """What was printed is there, no batch is torn, the file is whole (300 kills: benchmarks/)."""
    left = kill_often(tmp_path, 24, seed=7)

    assert left.lost == []
    assert left.torn == 0
    assert left.integrity == "ok"
    assert left.kills >= 5


@pytest.mark.slow
def test_f2_forty_processes_at_once(run_process: Run) -> None:
    """All succeed; the same link asked for by several is one; none is lost."""
    run_process("new", "https://x.example/first", *ASKED)
    with ThreadPoolExecutor(40) as pool:
        results = list(
            pool.map(lambda n: run_process("new", f"https://x.example/{n % 30}", *ASKED), range(40))
        )
    listed = run_process("list", "-F", "urls").stdout.splitlines()

    assert [result.exit_code for result in results] == [0] * 40
    assert set(Counter(listed).values()) == {1}
    assert {result.stdout.strip() for result in results} <= set(listed)
    assert len(listed) == 31


@pytest.mark.slow
def test_f3_forty_first_runs_in_an_empty_home(run_process: Run) -> None:
    """The first command creates the registry once, and every command succeeds."""
    with ThreadPoolExecutor(40) as pool:
        results = list(
            pool.map(lambda n: run_process("new", f"https://x.example/{n}", *ASKED), range(40))
        )

    assert [(result.exit_code, result.stderr) for result in results] == [
        (0, "issued 1 link for c\n")
    ] * 40
    assert len(run_process("list", "-F", "urls").stdout.splitlines()) == 40


def test_f4_a_full_disk(run_process: Run, tmp_path: Path) -> None:
    """No link is printed that was not kept, and what was there stays."""
    path = tmp_path / "links.db"
    run_process("new", "https://x.example/0", *ASKED, "--registry", str(path))
    before = path.read_bytes()
    pages = "\n".join(f"https://x.example/{'a' * 80}/{number}" for number in range(2000))
    words = " ".join(command("new", "--from", "-", *ASKED, "--registry", str(path)))
    done = subprocess.run(
        ["bash", "-c", f"ulimit -f {len(before) // 1024 + 8}; trap '' XFSZ; exec {words}"],
        # The limit is for the registry, not for what coverage would write.
        env={key: value for key, value in os.environ.items() if not key.startswith("COV")},
        input=pages,
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 37
    assert done.stdout == ""
    assert done.stderr == (
        f'error: the registry "{path}" could not be written: the disk is full or failing\n'
        "hint: free up disk space; nothing from this run was issued\n"
    )
    assert run_process("list", "-F", "urls", "--registry", str(path)).stdout.count("\n") == 1


def test_f5_nowhere_to_write(run_process: Run) -> None:
    """A folder where the registry should be; read-only homes are in tests/cli/test_streams.py."""
    Path("folder").mkdir()
    result = run_process("new", "https://x.example/", *ASKED, "--registry", "folder")

    assert result.exit_code == 33
    assert result.stdout == ""


def test_f7_a_clock_that_jumps(tmp_path: Path) -> None:
    """The order is that of issue; a time is written as the clock had it."""
    with Registry.open(tmp_path / "links.db") as registry:
        for number, year in enumerate((2038, 1970, 9999, 2026)):
            page = f"https://x.example/{number}"
            now = datetime(year, 1, 20, tzinfo=UTC)
            issue([make_link(page, Tags("a", "b", "c"))], registry, now=now)
        links = list(registry.links())

    assert [link.landing_page[-1] for link in links] == list("0123")
    assert [link.issued_at for link in links][:2] == [
        "2038-01-20T00:00:00Z",
        "1970-01-20T00:00:00Z",
    ]


def test_f8_a_byte_flipped(tmp_path: Path) -> None:
    """Each look gives the right answer or a refusal, never a wrong one (all: benchmarks/)."""
    flips = read(tmp_path, sample=250)

    assert flips.wrong == []
    assert flips.tried == 250
    assert flips.noticed > 60


def test_f9_the_output_closed_after_the_issue(tmp_path: Path) -> None:
    """`| head -1` and a full output are in tests/cli/test_streams.py; the links are kept."""
    path = tmp_path / "links.db"
    words = " ".join(command("new", "https://x.example/", *ASKED, "--registry", str(path)))
    bash = shutil.which("bash") or "bash"
    subprocess.run([bash, "-c", f"{words} > /dev/full"], capture_output=True, check=False)
    with closing(sqlite3.connect(path)) as database:
        assert database.execute("SELECT count(*) FROM links").fetchone() == (1,)
    assert sys.executable
