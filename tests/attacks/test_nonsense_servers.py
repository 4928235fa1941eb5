"""A server that answers nonsense, too much or nothing gets a sentence, and shows no password."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from typing import TYPE_CHECKING

import pytest

from tests.conftest import PATIENCE, Run, command
from tests.registry.fake_server import (
    ASK_PASSWORD,
    GREETING,
    IDLE,
    JSON,
    NUMBER,
    TEXT,
    WHEN,
    endless,
    error,
    fake_server,
    half,
    header,
    message,
    row,
    rows,
    silence,
    whole,
)

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.registry.fake_server import Answer

pytest.importorskip("psycopg", reason="pip install 'utmforge[postgres]'")

SECRET = "hunter2"  # noqa: S105 - of nobody
NONSENSE = "returned data that is not a registry's"

ANSWERS: dict[str, tuple[Answer, int, str]] = {
    "a text for a number": (rows([TEXT], [b"three"]), 33, NONSENSE),
    "NULL for a number": (rows([NUMBER], [None]), 33, NONSENSE),
    "no row for a count": (rows([NUMBER]), 33, NONSENSE),
    "two rows for a count": (rows([NUMBER], [b"1"], [b"1"]), 33, NONSENSE),
    "no column": (rows([], []), 33, NONSENSE),
    "a row for everything": (rows([NUMBER], [b"1"]), 33, NONSENSE),
    "1,600 columns": (rows([NUMBER] * 1600, [b"1"] * 1600), 33, NONSENSE),
    "an invalid number": (rows([NUMBER], [b"1e999"]), 33, NONSENSE),
    "6,000 digits": (rows([NUMBER], [b"9" * 6000]), 33, NONSENSE),
    "a day outside the calendar": (rows([WHEN], [b"99999-99-99 BC"]), 33, NONSENSE),
    "broken JSON": (rows([JSON], [b"{{{"]), 33, NONSENSE),
    "a text that is not UTF-8": (rows([TEXT], [b"\xff\xfe"]), 33, NONSENSE),
    "no result": (whole(message(b"C", b"SET\0") + IDLE), 33, NONSENSE),
    "an empty error": (whole(message(b"E", b"\0") + IDLE), 33, "cannot be used"),
    "an error with escapes": (whole(error(b"XX000", b"a\x1b]0;x\x07") + IDLE), 33, "a\\x1b]0;x"),
    "an unknown message": (whole(b"\0" * 500), 33, "cannot be used"),
    "half a row": (half(header([NUMBER]) + row([b"1"])[:8]), 33, "cannot be used"),
    "data to copy": (whole(message(b"H", b"\0\0\0")), 33, "cannot be used"),
    "a request for data": (whole(message(b"G", b"\0\0\0")), 33, "cannot be used"),
    "try again, for ever": (whole(error(b"40001", b"again") + IDLE), 36, "locked by another"),
    "silence": (silence, 33, "no answer for 1 seconds"),
    "endless rows": (endless(row([b"1"]) * 100), 33, "no answer for 1 seconds"),
    "endless notices": (
        endless(message(b"N", b"SNOTICE\0C00000\0M\x1b]0;x\x07\0\0") * 100),
        33,
        "no answer for 1 seconds",
    ),
}


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Wait for a second where users wait for longer."""
    monkeypatch.setattr("utmforge.registry.server_connection.ANSWER_SECONDS", 1.0)
    monkeypatch.setattr("utmforge.registry.postgres.BUSY_SECONDS", 1.0)


@pytest.mark.usefixtures("impatient")
@pytest.mark.parametrize("name", ANSWERS)
@pytest.mark.parametrize(
    "words", [("list",), ("new", "https://x.example/", "-c", "c", "-C", "sms")]
)
def test_a_server_that_answers_nonsense_gets_a_sentence(
    run: Run, words: tuple[str, ...], name: str
) -> None:
    """Never a traceback, an escape sequence or a command that does not end."""
    answer, status, said = ANSWERS[name]
    with fake_server(answer) as port:
        result = run(*words, "--registry", f"postgresql://ann@127.0.0.1:{port}/team")

    assert (result.exit_code, result.stdout) == (status, "")
    assert said in result.stderr
    assert result.stderr.startswith("error: the registry postgresql://ann@127.0.0.1:")
    assert result.stderr.replace("\n", "").isprintable()


@pytest.fixture(params=["environment", "password file"])
def password(request: pytest.FixtureRequest, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A password where libpq finds it."""
    if request.param == "environment":
        monkeypatch.setenv("PGPASSWORD", SECRET)
        return
    file = home / ".pgpass"
    file.write_text(f"*:*:*:*:{SECRET}\n")
    file.chmod(0o600)
    monkeypatch.setenv("PGPASSFILE", str(file))


@pytest.mark.usefixtures("password")
@pytest.mark.parametrize("greeting", [ASK_PASSWORD, GREETING], ids=["at the door", "later"])
@pytest.mark.parametrize(
    "words", [("list",), ("doctor",), ("registry", "status"), ("registry", "check")]
)
def test_a_server_that_repeats_the_password_is_not_repeated(
    run: Run, greeting: bytes, words: tuple[str, ...]
) -> None:
    """Whether it came from the environment or a file, and when the server says it."""
    answer = whole(error(b"28P01", f"{SECRET} is wrong".encode()) + IDLE)
    with fake_server(answer, greeting=greeting) as port:
        result = run(*words, "--registry", f"postgresql://ann@127.0.0.1:{port}/team")

    assert result.exit_code != 0
    assert SECRET not in result.stdout + result.stderr
    if greeting == ASK_PASSWORD:
        assert "*** is wrong" in result.stdout + result.stderr


@pytest.fixture
def silent() -> Iterator[str]:
    """The address of a server that lets users in and says nothing more."""
    with fake_server(silence) as port:
        yield f"postgresql://ann@127.0.0.1:{port}/team"


def test_ctrl_c_ends_waiting_for_a_server(silent: str) -> None:
    """After the seconds that psycopg gives the server to stop."""
    child = subprocess.Popen(
        command("list", "--registry", silent),
        env=dict(os.environ),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    time.sleep(2)
    assert child.poll() is None
    child.send_signal(signal.SIGINT)
    out, err = child.communicate(timeout=PATIENCE / 2)

    assert (child.returncode, out) == (130, b"")
    assert b"Traceback" not in err
