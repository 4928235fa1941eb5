"""The progress of commands in a terminal (a pty)."""

import shlex
from pathlib import Path

import pytest

from tests.cli.terminals import told_by_bash
from tests.conftest import command

ROW = "https://shop.example/a\n"
LOG = (
    '192.0.2.1 - - [20/Nov/2026:10:00:00 +0000] "GET /x HTTP/1.1" 200 12 "-" "Mozilla/5.0 (X11)"\n'
)
SLOW = "(cat half; sleep 1.6; cat half) | "


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
    seen = told_by_bash(line)
    assert title in seen
    assert "\x1b[2K" in seen[seen.rindex(title) :]
    assert "\x1b[?25l" not in seen
    assert title not in told_by_bash(f"{line} --quiet")
    assert title not in told_by_bash(f"{line} 2>&1 | cat")
