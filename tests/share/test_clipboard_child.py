"""The child that copies: what its exit status says, whatever a tool does."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from utmforge.share.clipboard_child import NO_TOOL, TOOL_FAILED

# What stands in the place of pyperclip, and the status the child ends with.
TOOLS = {
    "it works": ("def put(text): open('copied', 'w').write(text)", "put", 0),
    "there is none": ("", "None", NO_TOOL),
    "Qt's ends with its process": ("def copy_qt(text): pass", "copy_qt", NO_TOOL),
    "it raises": ("def put(text): raise ValueError('no')", "put", TOOL_FAILED),
    "its program fails": (
        "import subprocess\n"
        "def put(text):\n"
        "    p = subprocess.Popen(['false'], stdin=subprocess.PIPE)\n"
        "    p.communicate(text.encode())",
        "put",
        TOOL_FAILED,
    ),
    "its program works": (
        "import subprocess\n"
        "def put(text):\n"
        "    p = subprocess.Popen(['tee', 'copied'], stdin=-1, stdout=-1)\n"
        "    p.communicate(text.encode())",
        "put",
        0,
    ),
    "its program is missing": (
        "import subprocess\ndef put(text): subprocess.Popen(['no-such-program'])",
        "put",
        TOOL_FAILED,
    ),
}

Copy = Callable[[str, str, bytes], int]


@pytest.fixture
def copy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Copy:
    """Run the child with another pyperclip in its way."""

    def run(code: str, put: str, text: bytes) -> int:
        (tmp_path / "pyperclip.py").write_text(
            f"{code}\ndef determine_clipboard(): return {put}, None\n"
        )
        monkeypatch.setenv("PYTHONPATH", f"{tmp_path}:{':'.join(filter(None, sys.path))}")
        done = subprocess.run(
            [sys.executable, "-m", "utmforge.share.clipboard_child"],
            input=text,
            capture_output=True,
            check=False,
        )
        assert done.stdout == b""
        assert b"Traceback" not in done.stderr
        return done.returncode

    return run


@pytest.mark.parametrize(("code", "put", "status"), TOOLS.values(), ids=list(TOOLS))
def test_the_status_says_whether_it_was_copied(
    copy: Copy, code: str, put: str, status: int
) -> None:
    """A failure is never taken for success, and is no traceback."""
    assert copy(code, put, b"https://x.example/") == status


@pytest.mark.parametrize("name", ["it works", "its program works"])
@pytest.mark.parametrize("text", ["https://x.example/", "https://例え.example/é", ""])
def test_the_whole_text_reaches_the_tool(copy: Copy, work: Path, name: str, text: str) -> None:
    """Letter for letter."""
    code, put, _ = TOOLS[name]

    assert copy(code, put, text.encode()) == 0
    assert (work / "copied").read_text(encoding="utf-8") == text
