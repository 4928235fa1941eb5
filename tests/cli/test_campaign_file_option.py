"""`--file`: what is wrong with the file is told the same way by every command that takes it."""

from pathlib import Path

import pytest

from tests.cli.test_streams import bound
from tests.conftest import Run

COMMANDS: dict[str, tuple[str, ...]] = {
    "build": ("build",),
    "channels": ("channels",),
    "compare": ("compare", "report.csv"),
    "copy": ("copy", "abc"),
    "doctor": ("doctor",),
    "explain": ("explain", "https://shop.example/?utm_source=a"),
    "history": ("history",),
    "lint": ("lint",),
    "lint a file": ("lint", "links.txt"),
    "list": ("list",),
    "new": ("new", "https://shop.example/", "-c", "c", "-C", "sms"),
    "new --from": ("new", "--from", "links.txt", "-c", "c", "-C", "sms"),
    "qr": ("qr", "abc"),
    "retire": ("retire", "abc", "--reason", "x"),
    "show": ("show", "abc"),
    "undo": ("undo",),
    "registry backup": ("registry", "backup", "copy.db"),
    "registry check": ("registry", "check"),
    "registry export": ("registry", "export", "-"),
    "registry import": ("registry", "import", "links.txt"),
    "registry path": ("registry", "path"),
    "registry status": ("registry", "status"),
    "registry sync": ("registry", "sync", "links.jsonl"),
    "registry trust": ("registry", "trust"),
}
FILES: list[tuple[str, bytes | None, int, str]] = [
    ("missing.toml", None, 21,
     'error: there is no file "missing.toml"\nhint: utmforge init writes one\n'),
    ("folder", None, 21,
     'error: "folder" is a folder\nhint: name the file in it: folder/campaigns.toml\n'),
    ("latin.toml", b"# a\nx = '\xfc'\n", 22,
     "error: latin.toml:2: the file is not UTF-8\nhint: save it again as UTF-8\n"),
    ("bad.toml", b"a = 1\nx = [\n", 22,
     "error: bad.toml:3: not valid TOML: invalid value\n"
     'hint: put text "in straight quotes", and write dates without quotes: 2026-03-20\n'),
]  # fmt: skip


@pytest.fixture(autouse=True)
def inputs() -> None:
    """Write what the commands read beside the campaign file."""
    Path("links.txt").write_text("https://shop.example/?utm_source=a&utm_medium=b&utm_campaign=c\n")
    Path("report.csv").write_text("source,visits\na,1\n")
    Path("folder").mkdir()


def beside(name: str, registry: bool) -> tuple[str, ...]:
    """Name a registry too, where the command takes one: the file is not needed for it then."""
    takes_one = name not in {"channels", "registry trust"}
    return ("--registry", "links.db") if registry and takes_one else ()


@pytest.mark.parametrize("registry", [False, True], ids=["alone", "with --registry"])
@pytest.mark.parametrize(("file", "data", "status", "said"), FILES, ids=[one[0] for one in FILES])
@pytest.mark.parametrize("name", COMMANDS)
def test_a_file_that_cannot_be_used(
    run: Run, name: str, file: str, data: bytes | None, status: int, said: str, registry: bool
) -> None:
    """One status and one sentence; nothing else is done."""
    if data is not None:
        Path(file).write_bytes(data)
    result = run(*COMMANDS[name], "--file", file, *beside(name, registry))

    assert result.exit_code == status
    assert (result.stdout, result.stderr) == ("", said)
    assert not Path("links.db").exists()


@pytest.mark.parametrize("name", COMMANDS)
def test_an_empty_file_is_a_file_without_campaigns(run: Run, name: str) -> None:
    """The defaults hold; only `build` has nothing to do without a campaign."""
    Path("empty.toml").write_bytes(b"")
    result = run(*COMMANDS[name], "--file", "empty.toml")

    assert (result.exit_code in {21, 22, 23}) == (name == "build")
    if name == "build":
        assert "empty.toml" in result.stderr


@pytest.mark.parametrize("name", ["build", "lint", "list", "registry path", "doctor"])
def test_a_file_that_may_not_be_read(name: str) -> None:
    """The system's reason."""
    Path("closed.toml").write_text("")
    Path("closed.toml").chmod(0)
    done = bound(*COMMANDS[name], "--file", "closed.toml", *beside(name, registry=True))

    assert done.returncode == 21
    assert done.stderr == 'error: cannot read "closed.toml": permission denied\n'
