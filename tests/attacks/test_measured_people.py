"""No one is recognised in what `measure` shows, counts by or leaves on the disk."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
from base64 import b64encode
from pathlib import Path
from time import monotonic, sleep
from typing import TYPE_CHECKING

import pytest

from tests.measure.log_lines import hit, visitors
from utmforge.measure.duckdb_engine import DuckDBEngine

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.conftest import Run

TAGS = "utm_source=sms&utm_medium=sms&utm_campaign=spring"
ADDRESS = b"jane.doe@example.com"
WRITTEN = {
    "base64": b64encode(ADDRESS).decode(),
    "base64 without padding": b64encode(ADDRESS).decode().rstrip("="),
    "base64 of more": b64encode(b"uid=7;" + ADDRESS).decode(),
    "base64 in a word": "x-" + b64encode(ADDRESS).decode(),
    "round brackets": "jane.doe(at)example.com",
    "brackets": "jane.doe[at]example.com",
    "escaped brackets": "jane.doe%5Bat%5Dexample.com",
    "the dot, too": "jane.doe(at)example(dot)com",
    "spaces": "jane.doe%20%28AT%29%20example.com",
    "percent": "jane.doe%40example.com",
    "twice percent": "jane.doe%2540example.com",
    "full width": "jane.doe%EF%BC%A0example.com",
}


@pytest.fixture
def issued(run: Run) -> Run:
    """A command with one link issued: campaign spring, by sms."""
    assert run("new", "https://shop.example/", "-c", "spring", "-C", "sms").exit_code == 0
    return run


@pytest.mark.parametrize("written", WRITTEN.values(), ids=WRITTEN.keys())
def test_a_mail_address_is_shown_in_no_notation(issued: Run, written: str) -> None:
    """In a tag that was issued or not, and in a path: its kind stands there."""
    targets = (
        f"/?utm_source=sms&utm_medium=sms&utm_campaign={written}",
        f"/?utm_source={written}&utm_medium=sms&utm_campaign=x",
        f"/?{TAGS}&utm_content={written}",
        f"/a/{written}/b?{TAGS}",
    )
    lines = [visitors(target, 12, first=20 * at) for at, target in enumerate(targets)]
    Path("a.log").write_text("".join(line for some in lines for line in some))
    for by in ("page", "content", "campaign,channel"):
        for fmt in ("table", "json", "csv"):
            result = issued("measure", "a.log", "--by", by, "--format", fmt)
            shown = (result.stdout + result.stderr).lower()

            assert result.exit_code == 0
            assert "(e-mail address)" in shown
            assert "jane" not in shown
            assert written.lower() not in shown
            assert written.rstrip("=").lower()[-14:] not in shown


def test_base64_across_the_slashes_of_a_path(issued: Run) -> None:
    """A slash is one of its signs: the path is not cut there before it is read."""
    written = b64encode(b"???jane.doe@example.com").decode()
    assert "/" in written
    Path("a.log").write_text("".join(visitors(f"/u/{written}?{TAGS}", 12)))
    result = issued("measure", "a.log", "--by", "page", "--format", "csv", "-q")

    assert "/(e-mail address)" in result.stdout
    assert written[-10:] not in result.stdout


@pytest.mark.parametrize(
    "name",
    [
        "ip-203-0-113-{}.de",
        "203-0-113-{}.dsl.example",
        "p{}.203-0-113-7.net",
        "host.203113{}.example",
        "c.cb0071{:02x}.example",
        "2001-db8-0-0-1-2-3-{}.example",
    ],
)
def test_a_host_name_keeps_no_address(issued: Run, name: str) -> None:
    """Twelve names that differ in the address only are one network: one visitor, as for numbers."""
    line = hit(f"/?{TAGS}", who=1)
    named = [line.replace("10.1.7.9", name.format(at)) for at in range(10, 30)]
    Path("a.log").write_text("".join(named))
    result = issued("measure", "a.log", "--format", "csv", "-q")

    assert result.exit_code == 0
    header, row, *_ = result.stdout.splitlines()
    counts = dict(zip(header.split(","), row.split(","), strict=True))
    assert counts.get("visitors", "") == ""


def test_other_host_names_are_told_apart(issued: Run) -> None:
    """Providers are networks: 163.example is not 1und1.example."""
    line = hit(f"/?{TAGS}", who=1)
    names = [f"pool.provider{at}.example" for at in range(10, 30)]
    Path("a.log").write_text("".join(line.replace("10.1.7.9", name) for name in names))
    result = issued("measure", "a.log", "--format", "csv", "-q")

    assert ",20,20," in result.stdout


@pytest.mark.parametrize(
    "arguments",
    [
        ["/dev/zero"],
        ["/dev/urandom"],
        ["/dev/zero", "--log-format", "combined"],
        ["a.log", "/dev/zero"],
        ["a.log", "--conversions", "/dev/zero"],
        ["a.log", "--beside", "/dev/zero"],
        ["/dev/zero", "--compat", "goaccess"],
        ["-", "--quiet"],
        ["/dev/stdin"],
    ],
    ids=" ".join,
)
def test_a_device_that_never_ends_is_refused(issued: Run, arguments: list[str]) -> None:
    """As a log or anything else, by name or as standard input: with a next step."""
    del issued
    Path("a.log").write_text("".join(visitors(f"/?{TAGS}", 12)))
    with Path("/dev/zero").open("rb") as zeros:
        result = subprocess.run(
            _command(*arguments),
            stdin=zeros,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )

    assert result.returncode == 2
    assert result.stdout == ""
    assert "is a device, which may never end\nhint: name a file, or - for" in result.stderr


@pytest.mark.parametrize("name", ["-", "/dev/stdin", "pipe"])
def test_a_log_comes_through_a_pipe(issued: Run, name: str) -> None:
    """Through a named one and through standard input."""
    del issued
    log = "".join(visitors(f"/?{TAGS}", 12))
    os.mkfifo("pipe")
    command = subprocess.Popen(
        _command(name, "-q", "--format", "csv"),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    if name == "pipe":
        Path(name).write_text(log)
    output, _ = command.communicate(log, timeout=60)

    assert command.returncode == 0
    assert ",12,12," in output


@pytest.mark.parametrize(
    ("number", "status"), [(signal.SIGTERM, 143), (signal.SIGHUP, 129), (signal.SIGINT, 130)]
)
def test_what_ends_the_command_leaves_nothing_behind(
    issued: Run, number: signal.Signals, status: int
) -> None:
    """The folder for what does not fit into memory is for its owner alone, and goes with it."""
    del issued
    Path("tmp").mkdir()
    command = subprocess.Popen(
        _command("-"),
        stdin=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={**os.environ, "TMPDIR": str(Path("tmp").absolute())},
    )
    assert command.stdin
    command.stdin.write("".join(visitors(f"/?{TAGS}", 12)).encode())
    command.stdin.flush()
    folder = _wait_for(lambda: next(Path("tmp").glob("utmforge-*"), None))

    assert folder.stat().st_mode & 0o777 == 0o700
    sleep(0.2)
    command.send_signal(number)
    _, said = command.communicate(timeout=60)
    assert command.returncode == status
    assert b"Traceback" not in said
    assert list(Path("tmp").iterdir()) == []


@pytest.mark.parametrize("step", ["make", "rows", "fill"])
def test_ctrl_c_while_duckdb_counts_is_not_a_bug(
    issued: Run, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    """DuckDB raises an error of its own when it is interrupted."""
    Path("a.log").write_text("".join(visitors(f"/?{TAGS}", 12)))
    monkeypatch.setenv("TMPDIR", str(Path.cwd()))
    monkeypatch.setattr(tempfile, "tempdir", None)

    def interrupted(*_: object) -> None:
        try:
            os.kill(os.getpid(), signal.SIGINT)
            sleep(60)
        except KeyboardInterrupt:  # as DuckDB does when its statement is interrupted
            raise RuntimeError("Query interrupted") from None

    monkeypatch.setattr(DuckDBEngine, step, interrupted)
    result = issued("measure", "a.log", "--html", "page.html", "--save", "one")

    assert (result.exit_code, result.stdout) == (130, "")
    assert "bug" not in result.stderr
    assert not Path("page.html").exists()
    assert not list(Path().glob("utmforge-*"))
    assert issued("measure", "--saved").stdout == ""


def _command(*arguments: str) -> list[str]:
    return [sys.executable, "-m", "utmforge", "measure", *arguments]


def _wait_for(find: Callable[[], Path | None]) -> Path:
    deadline = monotonic() + 60
    while monotonic() < deadline:
        if found := find():
            return found
        sleep(0.05)
    raise AssertionError("it did not come")
