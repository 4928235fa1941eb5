"""The progress of commands in a terminal (a pty)."""

import os
import shlex
import shutil
from pathlib import Path

import pytest

from tests.cli.terminals import pexpect
from tests.conftest import PATIENCE, command

ROW = "https://shop.example/a\n"
LOG = (
    '192.0.2.1 - - [20/Nov/2026:10:00:00 +0000] "GET /x HTTP/1.1" 200 12 "-" "Mozilla/5.0 (X11)"\n'
)
SLOW = "(cat half; sleep 1.6; cat half) | "


def shown(line: str) -> str:
    """Return everything that a terminal is told by one line of bash."""
    child = pexpect.spawn(
        shutil.which("bash"),
        ["-c", line],
        env=dict(os.environ) | {"TERM": "xterm-256color"},
        dimensions=(24, 80),
        encoding="utf-8",
        timeout=PATIENCE,
        echo=False,
    )
    child.expect(pexpect.EOF)
    child.close()
    text: str = child.before
    return text


@pytest.mark.parametrize(
    ("words", "half", "title"),
    [
        (("new", "--from", "-", "-c", "spring", "-C", "email"), ROW, "issuing"),
        (("measure", "-"), LOG, "reading"),
    ],
)
def test_slow_work_shows_its_progress(
    work: Path, words: tuple[str, ...], half: str, title: str
) -> None:
    """A line that is erased; none with --quiet, and none where stderr is not a terminal."""
    (work / "half").write_text(half)
    line = SLOW + shlex.join(command(*words))
    seen = shown(line)
    assert title in seen
    assert "\x1b[2K" in seen[seen.rindex(title) :]
    assert "\x1b[?25l" not in seen
    assert title not in shown(f"{line} --quiet")
    assert title not in shown(f"{line} 2>&1 | cat")
