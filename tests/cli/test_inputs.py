"""What a person names is opened in one place: one status and one sentence for each mistake."""

import json
import subprocess
from pathlib import Path

import pytest

from tests.cli.test_streams import bound
from tests.conftest import Run, command

COMMANDS = {
    "new": ("new", "--campaign", "c", "--channel", "sms", "--from"),
    "import": ("registry", "import"),
    "against": ("lint", "--against"),
    "lint": ("lint",),
}
READERS = pytest.mark.parametrize("words", COMMANDS.values(), ids=list(COMMANDS))


@READERS
def test_a_missing_file(run: Run, words: tuple[str, ...]) -> None:
    """Status 2, and the file is named."""
    result = run(*words, "nope.csv")

    assert (result.exit_code, result.stdout) == (2, "")
    said = (
        'there is no file "nope.csv"'
        if words == ("lint",)
        else 'cannot read "nope.csv": no such file or directory'
    )
    assert f"error: {said}\n" in result.stderr


@READERS
def test_a_folder(run: Run, words: tuple[str, ...]) -> None:
    """The same sentence everywhere, and what to name instead."""
    Path("links.csv").mkdir()
    result = run(*words, "links.csv")

    assert (result.exit_code, result.stdout) == (2, "")
    assert 'error: "links.csv" is a folder\nhint: name ' in result.stderr


@READERS
@pytest.mark.parametrize("begun", [b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"])
@pytest.mark.parametrize("name", ["links.xlsx", "-"])
def test_a_workbook(run: Run, words: tuple[str, ...], begun: bytes, name: str) -> None:
    """Both kinds of Excel's, from a file and from standard input."""
    data = begun + bytes(100)
    if name != "-":
        Path(name).write_bytes(data)
    result = run(*words, name, stdin=data)

    called = "standard input" if name == "-" else name
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.endswith(
        f'error: "{called}" is an archive or an Excel workbook\nhint: save the sheet as CSV\n'
    )


@READERS
def test_a_file_that_may_not_be_read(words: tuple[str, ...]) -> None:
    """The system's reason."""
    Path("links.csv").write_text("x")
    Path("links.csv").chmod(0)
    done = bound(*words, "links.csv")

    assert done.returncode == 2
    assert 'error: cannot read "links.csv": permission denied\n' in done.stderr


@pytest.mark.parametrize("words", [*COMMANDS.values(), ("explain",)], ids=[*COMMANDS, "explain"])
def test_a_closed_standard_input(words: tuple[str, ...]) -> None:
    """`<&-` is a mistake with a sentence."""
    done = subprocess.run(
        ["bash", "-c", f"{' '.join(command(*words, '-'))} <&-"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 2
    assert done.stderr.endswith("error: standard input is closed\nhint: name a file instead of -\n")


def test_the_code_for_machines(run: Run) -> None:
    """One, whatever was the matter."""
    Path("folder").mkdir()
    for words in (("registry", "import", "nope.csv"), ("registry", "import", "folder")):
        result = run(*words, "--format", "json")
        assert json.loads(result.stdout or result.stderr)["error"]["code"] == "unreadable-input"


def test_a_file_to_sync_with(run: Run) -> None:
    """A folder, or bytes that are not UTF-8."""
    Path("folder").mkdir()
    Path("links.jsonl").write_bytes(b"\xff")
    folder = run("registry", "sync", "folder", "--registry", "links.db")
    other = run("registry", "sync", "links.jsonl", "--registry", "links.db")

    assert (folder.exit_code, other.exit_code) == (2, 2)
    assert folder.stderr == 'error: "folder" is a folder\nhint: name a file in it\n'
    assert other.stderr == 'error: cannot read "links.jsonl": it is not UTF-8\n'
