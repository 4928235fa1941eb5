"""What a registry remembers of its shared file may come with a folder from another person."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from utmforge import Registry, Tags, make_link
from utmforge.registry.interchange.git_sync import sync

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.conftest import Run

STATE = Path("links.db.shared")
COMMANDS = [
    "list",
    "new https://shop.example/2 -c spring -C email",
    "undo",
    "registry sync s.jsonl",
]


@pytest.fixture(autouse=True)
def folder(run: Run) -> None:
    """A registry that follows a file, both with a link."""
    Path("campaigns.toml").write_text(
        '[workspace]\nregistry = "links.db"\nshared = "links.jsonl"\n'
    )
    run("new", "https://shop.example/", "-c", "spring", "-C", "email")


def colleague_adds() -> str:
    """Add the line of another link to the file; return its address."""
    link = make_link("https://shop.example/theirs", Tags("a", "b", "spring"), channel="email")
    with Registry.open("theirs.db") as theirs:
        sync(theirs, Path("links.jsonl"))
        theirs.add([link])
        sync(theirs, Path("links.jsonl"))
    return link.url


def to_file() -> None:
    """A link to a file that the user needs."""
    STATE.symlink_to("precious")


def to_missing() -> None:
    """A link to a file that is missing."""
    STATE.symlink_to("missing")


def to_device() -> None:
    """A link to a device that never ends."""
    STATE.symlink_to("/dev/zero")


def a_pipe() -> None:
    """A pipe that no one writes to."""
    os.mkfifo(STATE)


def a_folder() -> None:
    """A folder."""
    STATE.mkdir()


def deep() -> None:
    """JSON that is nested deeply."""
    STATE.write_text("[" * 200_000)


def a_list() -> None:
    """JSON of another shape."""
    STATE.write_text("[1]")


def large() -> None:
    """A file that takes gigabytes to parse."""
    with STATE.open("wb") as file:
        file.truncate(3_000_000_000)


def not_utf8() -> None:
    """Bytes."""
    STATE.write_bytes(b"\xff\xfe{")


@pytest.mark.parametrize(
    "make", [to_file, to_missing, to_device, a_pipe, a_folder, deep, a_list, large, not_utf8]
)
@pytest.mark.parametrize("line", COMMANDS)
def test_it_is_not_believed_or_followed(run: Run, make: Callable[[], None], line: str) -> None:
    """The command works as if nothing were remembered, and writes to no other file."""
    url = colleague_adds()
    precious = Path("precious")
    precious.write_text("precious")
    STATE.unlink()
    make()
    result = run(*line.split())

    assert result.exit_code == 0, result.stderr
    assert "bug" not in result.stderr
    assert (precious.read_text(), Path("missing").exists()) == ("precious", False)
    with Registry.open("links.db") as registry:
        assert url in [link.url for link in registry.links()]
    if make in {a_list, large, not_utf8, deep}:
        assert isinstance(json.loads(STATE.read_text()), dict)


@pytest.mark.parametrize(
    "change",
    [
        {"registry": [0, 0]},
        {"registry": None},
        {"last": {"links": [0, ""], "history": [0, ""]}, "registry": [0, 0]},
        {"last": {"links": [10**30, ""], "history": [-1, ""]}},
        {"last": {"links": [], "history": []}},
        {"last": {}},
        {"last": None},
        {"stat": None, "digest": None},
    ],
    ids=str,
)
def test_no_forged_state_hides_a_line(run: Run, change: dict[str, Any]) -> None:
    """It would say that the file's lines are known; the registry's place on the disk is unknown."""
    url = colleague_adds()
    states = json.loads(STATE.read_text())
    [state] = states.values()
    found = Path("links.jsonl").stat()
    state["stat"] = [found.st_size, found.st_mtime_ns, found.st_ctime_ns, found.st_ino]
    state |= change
    STATE.write_text(json.dumps(states))

    assert url in run("list").stdout.splitlines()
    assert run("new", "https://shop.example/2", "-c", "spring", "-C", "email").exit_code == 0
    assert len(Path("links.jsonl").read_text().splitlines()) == 3


def test_a_state_that_was_not_forged_is_used(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """Or each command would read everything."""
    from utmforge.registry.interchange import git_sync

    with monkeypatch.context() as patch:
        patch.setattr(git_sync, "exchange", None)
        assert run("list").exit_code == 0
        assert run("new", "https://shop.example/2", "-c", "spring", "-C", "email").exit_code == 0
    assert len(Path("links.jsonl").read_text().splitlines()) == 2


@pytest.mark.parametrize("name", [".gitattributes", ".gitignore"])
def test_init_adds_no_line_to_what_a_link_leads_to(run: Run, name: str) -> None:
    """Git does not follow such a link either."""
    Path("repository/.git").mkdir(parents=True)
    Path("precious").write_text("precious\n")
    Path("repository", name).symlink_to("../precious")

    assert run("init", "repository").exit_code == 0
    assert Path("precious").read_text() == "precious\n"
