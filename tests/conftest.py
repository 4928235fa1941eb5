"""The command as users run it: in this process for speed, or as a real one in a real home."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from contextlib import closing
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import pytest
from hypothesis import HealthCheck, settings

from tests.browser import started_browser
from tests.registry.server import postgres, programs

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Browser

# Machines differ and are noisy: no law fails because it took long.
settings.register_profile(
    "here",
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
settings.load_profile("here")

# What runs the tests may ignore signals, as nohup and background jobs do; what they start must not.
signal.signal(signal.SIGINT, signal.default_int_handler)
for _ended_by in ("SIGTERM", "SIGHUP"):
    if hasattr(signal, _ended_by):
        signal.signal(getattr(signal, _ended_by), signal.SIG_DFL)

ROOT = Path(__file__).parents[1]
EXAMPLE = ROOT / "examples" / "campaigns.toml"

PATIENCE = 60.0
"""Seconds a test waits for another process; on a busy machine a second is soon over."""


@dataclass(frozen=True)
class Result:
    """What a command left behind."""

    exit_code: int
    stdout: str
    stderr: str


class Run(Protocol):
    """Runs `utmforge` with these words."""

    def __call__(self, *words: str, stdin: str | bytes | None = None) -> Result: ...


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Put an empty home in the place of the real one, and work in an empty folder."""
    for name in list(os.environ):
        if name.startswith(("UTMFORGE_", "XDG_", "SSH_")) or name in {
            *("CI", "DISPLAY", "WAYLAND_DISPLAY", "NO_COLOR", "FORCE_COLOR", "COLUMNS", "TERM"),
        }:
            monkeypatch.delenv(name)
    folder = tmp_path / "home"
    folder.mkdir()
    monkeypatch.setenv("HOME", str(folder))
    monkeypatch.setenv("USERPROFILE", str(folder))
    monkeypatch.setenv("UTMFORGE_AUTHOR", "ann@laptop")
    work = tmp_path / "work"
    work.mkdir()
    monkeypatch.chdir(work)
    return folder


@pytest.fixture
def work() -> Path:
    """The folder the command runs in."""
    return Path.cwd()


@pytest.fixture
def run(capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run the command in this process, its streams being pipes."""

    def run(*words: str, stdin: str | bytes | None = None) -> Result:
        import io

        from utmforge.cli.app import main
        from utmforge.share import clipboard

        monkeypatch.setattr(clipboard, "SECONDS", PATIENCE)
        data = stdin.encode() if isinstance(stdin, str) else stdin or b""
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))
        capfd.readouterr()
        code = main(words)
        out, err = capfd.readouterr()
        return Result(code, out, err)

    return run


def command(*words: str) -> list[str]:
    """Return the command line of a real process."""
    return [sys.executable, "-m", "utmforge", *words]


@pytest.fixture
def run_process() -> Run:
    """Run the command as a real process, its streams being pipes."""

    def run(*words: str, stdin: str | bytes | None = None) -> Result:
        data = stdin.encode() if isinstance(stdin, str) else stdin or b""
        done = subprocess.run(command(*words), input=data, capture_output=True, check=False)
        return Result(done.returncode, done.stdout.decode(), done.stderr.decode())

    return run


_numbers = count()


@pytest.fixture(scope="session")
def server() -> Iterator[str]:
    """A server's address, without a database."""
    pytest.importorskip("psycopg", reason="pip install 'utmforge[postgres]'")
    if programs() is None:
        pytest.skip("no PostgreSQL server is installed (Debian: apt-get install postgresql)")
    with postgres() as address:
        yield address


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A Chromium; `tests.browser.opened` opens a page in it."""
    with started_browser() as running:
        yield running


_free: list[str] = []


@pytest.fixture
def new_database(server: str) -> Iterator[Callable[[], str]]:
    """Get one more empty database, as its address; what a test put into it goes afterwards.

    A database is made where no earlier test left one: making one takes longer than most tests.
    """
    import psycopg

    taken = []

    def make() -> str:
        if _free:
            taken.append(_free.pop())
        else:
            taken.append(f"team{next(_numbers)}")
            with closing(psycopg.connect(f"{server}/postgres", autocommit=True)) as connection:
                connection.execute(f"CREATE DATABASE {taken[-1]}".encode())
        return f"{server}/{taken[-1]}"

    yield make
    for name in taken:
        with closing(psycopg.connect(f"{server}/{name}", autocommit=True)) as connection:
            connection.execute("SET lock_timeout = '30s'")
            connection.execute("DROP SCHEMA IF EXISTS utmforge CASCADE")
        _free.append(name)


@pytest.fixture
def database(new_database: Callable[[], str]) -> str:
    """The address of an empty database."""
    return new_database()


@pytest.fixture(params=["sqlite", "postgres"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """A registry that is not there yet, in a file and then on a server."""
    if request.param == "sqlite":
        return str(tmp_path / "some" / "folder" / "links.db")
    return str(request.getfixturevalue("database"))


_skipped: list[str] = []


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    """Remember what was skipped."""
    if report.skipped:
        _skipped.append(report.nodeid)


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    """Make a skip a failure where everything that tests need is installed (`.ci/run`)."""
    if (
        _skipped
        and os.environ.get("UTMFORGE_NO_SKIPS")
        and not hasattr(session.config, "workerinput")
    ):
        sys.stderr.write("\nskipped, where nothing may be: " + ", ".join(_skipped) + "\n")
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
