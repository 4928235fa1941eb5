"""Put a link on the clipboard, without waiting forever and without claiming false success.

    over SSH on a terminal ──────────────► the terminal's own clipboard (OSC 52)
    else pyperclip in a child, 2 seconds ─► copied
         └─ no tool, failed, hung ───────► OSC 52 on a terminal, else "not copied" and why

pyperclip reports success when xclip exits with 1 and waits forever when xclip hangs
(https://github.com/asweigart/pyperclip/issues/116), hence the child and the time limit.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from base64 import b64encode
from typing import TYPE_CHECKING, Literal, NamedTuple

from utmforge.share import clipboard_child

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import TextIO

SECONDS = 2.0
"""How long a clipboard tool may take, in seconds."""

MAX_OSC52_BYTES = 8192
"""Terminals cut or refuse longer sequences."""

_REASONS = {
    clipboard_child.NO_TOOL: "no clipboard tool was found (on Linux: xclip, xsel or wl-clipboard)",
    clipboard_child.TOOL_FAILED: "the clipboard tool failed",
}


class Outcome(NamedTuple):
    """The result of a copy."""

    kind: Literal["copied", "sent", "not-copied"]
    """`sent`: the terminal was asked; terminals do not answer whether they did it."""
    reason: str = ""
    """Why it was not copied. Empty otherwise."""


def copy(text: str, terminal: TextIO | None, environment: Mapping[str, str]) -> Outcome:
    """Put `text` on the clipboard, within about two seconds.

    Args:
        text: What to copy.
        terminal: A stream that is a terminal. None: there is none.
        environment: Variables that show whether this is SSH or CI.
    """
    if environment.get("CI"):
        return Outcome("not-copied", "there is no clipboard in CI")
    can_ask_terminal = (
        terminal is not None
        and environment.get("TERM") != "dumb"
        and len(text.encode()) <= MAX_OSC52_BYTES
    )
    over_ssh = any(environment.get(name) for name in ("SSH_CONNECTION", "SSH_TTY", "SSH_CLIENT"))
    if over_ssh and can_ask_terminal and terminal is not None:
        return _ask_terminal(text, terminal)
    reason = _by_tool(text)
    if not reason:
        return Outcome("copied")
    if can_ask_terminal and terminal is not None:
        return _ask_terminal(text, terminal)
    return Outcome("not-copied", reason)


def _ask_terminal(text: str, terminal: TextIO) -> Outcome:
    terminal.write(f"\x1b]52;c;{b64encode(text.encode()).decode()}\x07")
    terminal.flush()
    return Outcome("sent")


def _by_tool(text: str) -> str:
    """Run pyperclip in a child process; return why the copy failed. Empty: it succeeded."""
    child = subprocess.Popen(
        [sys.executable, "-P", "-m", "utmforge.share.clipboard_child"],
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        child.communicate(text.encode(), timeout=SECONDS)
    except subprocess.TimeoutExpired:
        _end(child)
        return f"the clipboard tool did not answer within {SECONDS:.0f} seconds"
    except BaseException:
        _end(child)
        raise
    return (
        _REASONS.get(child.returncode, _REASONS[clipboard_child.TOOL_FAILED])
        if child.returncode
        else ""
    )


def _end(child: subprocess.Popen[bytes]) -> None:
    """Kill the child and the tool that it waits for."""
    if hasattr(os, "killpg"):
        os.killpg(child.pid, signal.SIGKILL)
    else:
        child.kill()
    child.wait()
