"""The clipboard: never waits for ever, never claims what did not happen (faults F10, F11)."""

import io
import os
import sys
import time
from base64 import b64encode
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import PATIENCE
from utmforge.share import clipboard
from utmforge.share.clipboard import Outcome, copy

pytestmark = pytest.mark.skipif(
    not sys.platform.startswith("linux"), reason="the tools of Linux are imitated"
)

URL = "https://shop.example/?utm_source=a&utm_medium=b"


class Terminal(io.StringIO):
    """A stream that is a terminal."""

    def isatty(self) -> bool:
        return True


@pytest.fixture
def tool(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder that alone is on PATH, on a desktop; its tools may be slow to start."""
    monkeypatch.setattr(clipboard, "SECONDS", PATIENCE)
    folder = tmp_path / "tools"
    folder.mkdir()
    monkeypatch.setenv("PATH", str(folder))
    monkeypatch.setenv("DISPLAY", ":7")
    return folder


def _comes_true(is_true: Callable[[], bool]) -> bool:
    """Tell whether something comes true in good time."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        if is_true():
            return True
        time.sleep(0.02)
    return False


def _is_gone(process: int) -> bool:
    """Tell whether a process has ended."""
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return True
    return False


def imitate(folder: Path, name: str, script: str) -> Path:
    """Put a tool on PATH; it may write into the file returned."""
    taken = folder / "taken"
    path = folder / name
    path.write_text(f"#!/bin/sh\nPATH=/usr/bin:/bin\n{script.replace('TAKEN', str(taken))}\n")
    path.chmod(0o755)
    return taken


@pytest.mark.parametrize("name", ["xclip", "xsel"])
def test_a_tool_that_works(tool: Path, name: str) -> None:
    """The tool gets the link, whole and alone."""
    taken = imitate(tool, name, "cat > TAKEN")

    assert copy(URL, None, {}) == Outcome("copied")
    assert taken.read_text() == URL


def test_wayland_s_tool(tool: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """wl-copy is used under Wayland."""
    monkeypatch.setenv("WAYLAND_DISPLAY", "wayland-0")
    taken = imitate(tool, "wl-copy", "cat > TAKEN")
    imitate(tool, "wl-paste", "exit 0")

    assert copy(URL, None, {}) == Outcome("copied")
    assert taken.read_text() == URL


def test_a_tool_that_stays_in_the_background_is_left_there(tool: Path) -> None:
    """xclip serves the clipboard from a process that goes on."""
    script = "cat > TAKEN; (until [ -e TAKEN.go ]; do sleep 0.02; done; echo served >> TAKEN) &"
    taken = imitate(tool, "xclip", script)

    # The process cannot end before the copy has: what it waits for comes later.
    outcome = copy(URL, None, {})
    Path(f"{taken}.go").touch()

    assert outcome == Outcome("copied")
    assert _comes_true(lambda: taken.read_text() == URL + "served\n")


def test_f10_a_tool_that_fails_is_not_believed(tool: Path) -> None:
    """pyperclip reports success when xclip exits with 1."""
    imitate(tool, "xclip", "cat > /dev/null; exit 1")

    assert copy(URL, None, {}) == Outcome("not-copied", "the clipboard tool failed")


@pytest.mark.slow
def test_f10_a_tool_that_hangs_is_ended(tool: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Within the time limit, and the tool with it."""
    taken = imitate(tool, "xclip", "echo $$ > TAKEN; sleep 600")
    for seconds in (1.0, 5.0, 30.0):  # on a busy machine the tool may be slow to start
        monkeypatch.setattr(clipboard, "SECONDS", seconds)
        outcome = copy(URL, None, {})
        reason = f"the clipboard tool did not answer within {seconds:.0f} seconds"
        assert outcome == Outcome("not-copied", reason)
        if taken.exists() and taken.read_text():
            break

    assert _comes_true(lambda: _is_gone(int(taken.read_text())))


@pytest.mark.usefixtures("tool")
def test_f10_no_tool(monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither with a desktop nor without is anything claimed."""
    reason = "no clipboard tool was found (on Linux: xclip, xsel or wl-clipboard)"
    assert copy(URL, None, {}) == Outcome("not-copied", reason)
    monkeypatch.delenv("DISPLAY")
    assert copy(URL, None, {}) == Outcome("not-copied", reason)


@pytest.mark.usefixtures("tool")
def test_f11_without_a_tool_the_terminal_is_asked() -> None:
    """OSC 52, these bytes exactly; sent is not copied."""
    terminal = Terminal()

    assert copy(URL, terminal, {}) == Outcome("sent")
    assert terminal.getvalue() == f"\x1b]52;c;{b64encode(URL.encode()).decode()}\x07"


@pytest.mark.parametrize("name", ["SSH_CONNECTION", "SSH_TTY"])
def test_f11_over_ssh_the_terminal_is_asked_first(tool: Path, name: str) -> None:
    """The clipboard of a remote machine is of no use."""
    taken = imitate(tool, "xclip", "cat > TAKEN")

    assert copy(URL, Terminal(), {name: "x"}) == Outcome("sent")
    assert not taken.exists()
    assert copy(URL, None, {name: "x"}) == Outcome("copied")


@pytest.mark.usefixtures("tool")
def test_f11_not_every_terminal_is_asked() -> None:
    """A dumb one would print the sequence; a text too long would be cut."""
    terminal = Terminal()

    assert copy(URL, terminal, {"TERM": "dumb"}).kind == "not-copied"
    assert copy("x" * 9000, terminal, {}).kind == "not-copied"
    assert terminal.getvalue() == ""


def test_in_ci_nothing_is_tried(tool: Path) -> None:
    """A build machine's clipboard is left alone."""
    taken = imitate(tool, "xclip", "cat > TAKEN")

    assert copy(URL, Terminal(), {"CI": "true"}) == Outcome(
        "not-copied", "there is no clipboard in CI"
    )
    assert not taken.exists()
