"""The console sessions of the README and the documentation are what really happens."""

import os
import re
import shutil
import sys
from pathlib import Path

import pytest

from tests.cli.terminals import told_by_bash
from tests.conftest import ROOT

STORIES = sorted((ROOT / "tests" / "sessions" / "stories").glob("*.md"))
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md")), *STORIES]
BLOCK = re.compile(r"^```console\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def sessions(page: Path) -> list[tuple[str, str]]:
    """Return (command, what it shows) in the order of the page."""
    found = []
    for block in BLOCK.findall(page.read_text(encoding="utf-8")):
        for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
            command, _, shown = part.partition("\n")
            while command.endswith("\\"):
                more, _, shown = shown.partition("\n")
                command += "\n" + more.removeprefix("> ")
            found.append((command, shown.rstrip("\n")))
    return found


def run_in_terminal(command: str) -> str:
    """Return what a terminal of 100 columns shows for one line of bash."""
    path = f"{Path(sys.executable).parent}:{os.environ['PATH']}"
    text = told_by_bash(command, rows=50, columns=100, env={"NO_COLOR": "1", "PATH": path})
    return text.replace("\r\n", "\n").strip("\n")


WITH_SESSIONS = [page for page in PAGES if sessions(page)]


@pytest.mark.parametrize("page", WITH_SESSIONS, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_a_page_s_sessions_are_true(page: Path, work: Path) -> None:
    """Each command shows what the page says, in a folder with nothing but the examples."""
    shutil.copytree(ROOT / "examples", work / "examples")
    for command, shown in sessions(page):
        assert f"$ {command}\n{run_in_terminal(command)}" == f"$ {command}\n{shown}"


def test_the_readme_has_a_session() -> None:
    """The first screen shows the tool at work."""
    assert sessions(ROOT / "README.md")
