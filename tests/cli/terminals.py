"""The command in a terminal of its own (a pty), for tests that type at it."""

import os
import re
import shutil

import pytest

from tests.conftest import PATIENCE, command

pexpect = pytest.importorskip("pexpect", reason="pexpect drives terminals of POSIX systems")

ESCAPES = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]|\x1b\][^\x07]*\x07")


class Terminal:
    """The command in a terminal of its own."""

    def __init__(self, *words: str, columns: int = 100, env: dict[str, str] | None = None) -> None:
        program, *arguments = command(*words)
        self.child = pexpect.spawn(
            program,
            arguments,
            env=dict(os.environ) | {"TERM": "xterm-256color"} | (env or {}),
            dimensions=(40, columns),
            encoding="utf-8",
            timeout=PATIENCE,
            echo=False,
        )
        self.seen = ""

    def expect(self, text: str) -> str:
        """Wait for a text; return what came before it."""
        self.child.expect_exact(text)
        self.seen += self.child.before + self.child.after
        return ESCAPES.sub("", self.child.before).replace("\r\n", "\n")

    def answer(self, question: str, answer: str) -> str:
        """Wait for a question and answer it; return what came before it."""
        before = self.expect(question)
        self.child.sendline(answer)
        return before

    def end(self) -> tuple[int, str]:
        """Wait for the end; return the status and the rest."""
        self.child.expect(pexpect.EOF)
        self.seen += self.child.before
        self.child.close()
        status = self.child.exitstatus
        return status, ESCAPES.sub("", self.child.before).replace("\r\n", "\n")


def told_by_bash(
    line: str, *, rows: int = 24, columns: int = 80, env: dict[str, str] | None = None
) -> str:
    """Return everything that a terminal is told by one line of bash."""
    child = pexpect.spawn(
        shutil.which("bash"),
        ["-c", line],
        env=dict(os.environ) | {"TERM": "xterm-256color"} | (env or {}),
        dimensions=(rows, columns),
        encoding="utf-8",
        timeout=PATIENCE,
        echo=False,
    )
    child.expect(pexpect.EOF)
    child.close()
    text: str = child.before
    return text


def wizard(*words: str, env: dict[str, str] | None = None) -> Terminal:
    """Start the wizard."""
    return Terminal("new", *words, env=env)
