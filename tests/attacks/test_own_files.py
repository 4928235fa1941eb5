"""No option that names a file to write takes one that utmforge keeps, or that the command reads."""

from __future__ import annotations

import json
import os
import re
from contextlib import closing
from pathlib import Path
from socket import AF_UNIX, socket
from typing import TYPE_CHECKING

import pytest
from typer.main import get_command

from utmforge.cli.app import app

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.conftest import Run

CAMPAIGNS = """[workspace]
registry = "links.db"
shared = "links.jsonl"
own_domains = ["shop.example"]

[campaigns.spring]
landing_page = "https://shop.example/"
channels = ["email"]
"""
LOG = "".join(
    f"203.0.113.{number} - - [20/Nov/2026:10:00:00 +0000] "
    '"GET /?utm_source=email&utm_medium=email&utm_campaign=spring HTTP/1.1" 200 1 "-" '
    f'"Mozilla/5.0 ({number})"\n'
    for number in range(30)
)
KEPT = {
    "links.db": ("is the registry itself", True),
    "links.db-journal": ("belongs to the registry", False),
    "links.db.shared": ("belongs to the registry", True),
    "links.jsonl": ("is the file through which links are shared", True),
    "campaigns.toml": ("is read by this command", True),
    "links.measurements/one.json": ("is in the folder of the saved measurements", True),
    "links.measurements/two.json": ("is in the folder of the saved measurements", False),
}
"""The files, what is said of each, and whether it is there."""

WRITERS = {
    "list --output": "",
    "registry export": "",
    "registry backup": "",
    "share --sheet": ".html",
    "qr --output": ".svg",
    "qr --print-sheet": ".html",
    "qr --out-dir": "codes.csv",
    "new --qr-file": ".svg",
    "buttons --output": ".html",
    "buttons --script": ".js",
    "buttons --style": ".css",
    "measure --html": ".html",
    "registry sync": ".jsonl",
}
"""Each option and argument that names a file to write, and the end that its name has to have."""

READERS = (
    "init",
    "new --from",
    "lint",
    "measure --conversions",
    "measure --beside",
    "qr --logo",
    "registry import",
)
"""What else is named by a path: it is read, or is the folder of `init`, which takes no other."""


@pytest.fixture(autouse=True)
def folder(run: Run) -> str:
    """Return the id of a link, in a folder that has all of these files."""
    Path("campaigns.toml").write_text(CAMPAIGNS)
    Path("access.log").write_text(LOG)
    run("build")
    Path("links.measurements").mkdir()
    Path("links.measurements/one.json").write_text("{}")
    return str(json.loads(run("list", "--format", "jsonl").stdout)["id"])


WORDS = {
    "list --output": "list --format csv -o {} --force",
    "registry export": "registry export {} --as csv --force",
    "registry backup": "registry backup {} --force",
    "share --sheet": "share spring --sheet {} --force",
    "qr --output": "qr {link} -o {} --force",
    "qr --print-sheet": "qr spring --print-sheet {} --force",
    "qr --out-dir": "qr spring --out-dir {folder} --force",
    "new --qr-file": "new spring --qr-file {} --force",
    "buttons --output": "buttons -c spring -o {} --force",
    "buttons --script": "buttons -c spring -o buttons.html --script {} --force",
    "buttons --style": "buttons -c spring -o buttons.html --style {} --force",
    "measure --html": "measure access.log --html {} --force",
}
"""The command line of each, except of sync."""

CASES = [
    (writer, kept)
    for kept, (_, is_there) in KEPT.items()
    for writer in WORDS
    if is_there or not WRITERS[writer] or kept.endswith(WRITERS[writer])
]


def contents() -> dict[str, bytes]:
    """Return every file of the folder; the state of the shared file has times of its own."""
    return {
        str(path): path.read_bytes()
        for path in sorted(Path().rglob("*"))
        if path.is_file() and not path.name.endswith(".shared")
    }


@pytest.mark.parametrize(("writer", "kept"), CASES)
def test_what_is_kept_is_not_overwritten(run: Run, folder: str, writer: str, kept: str) -> None:
    """Neither under its own name nor through a link, with `--force`; nothing is issued either."""
    target = Path(kept)
    if not kept.endswith(WRITERS[writer]):
        ending = WRITERS[writer]
        target = Path("out", ending if ending == "codes.csv" else f"file{ending}")
        target.parent.mkdir()
        target.symlink_to(Path("..", kept))
    before = contents()
    line = WORDS[writer].format(target, link=folder, folder=target.parent)
    result = run(*line.split())

    assert (result.exit_code, result.stdout) == (53, "")
    assert f'error: "{target}" {KEPT[kept][0]}' in result.stderr
    assert contents() == before


@pytest.mark.parametrize("kept", [one for one in KEPT if one != "links.jsonl"])
def test_links_are_not_shared_through_what_is_kept(run: Run, kept: str) -> None:
    """Sync writes to the shared file alone."""
    before = contents()
    result = run("registry", "sync", kept)

    assert (result.exit_code, contents()) == (53, before)
    assert run("registry", "sync", "links.jsonl").exit_code == 0


@pytest.mark.parametrize(
    ("kept", "words"),
    [
        ("links.jsonl", "list -o links.jsonl"),
        ("links.jsonl", "registry backup links.jsonl"),
        ("links.db", "registry export links.db --as csv"),
        ("links.measurements", "list -o links.measurements/new.csv"),
        ("links.measurements", "registry backup links.measurements/new.db"),
    ],
)
def test_what_is_not_there_yet_is_not_written_either(run: Run, kept: str, words: str) -> None:
    """The file would be in the way of the one that is made later."""
    path = Path(kept)
    if path.is_file():
        path.unlink()
        arguments = (*words.split(), "--file", "campaigns.toml")
        Path("campaigns.toml").write_text(CAMPAIGNS)
    else:
        arguments = tuple(words.split())
    result = run(*arguments)

    assert result.exit_code == 53
    assert 'error: "' in result.stderr


@pytest.mark.parametrize(
    ("target", "words"),
    [
        ("access.log", "measure access.log --html access.log --force"),
        ("access.log", "measure access.* --html access.log --force"),
        ("access.log", "measure ./access.log --html page.html --force"),
        ("orders.csv", "measure access.log --conversions orders.csv --html orders.csv --force"),
        ("logo.png", "qr spring --out-dir . --logo codes.csv --force"),
        ("logo.png", "qr spring --print-sheet sheet.html --logo sheet.html --force"),
    ],
)
def test_what_a_command_reads_is_not_overwritten(run: Run, target: str, words: str) -> None:
    """Whatever name it has."""
    from PIL import Image

    Path("orders.csv").write_text("time,url\n")
    Image.new("RGB", (40, 40), "red").save("logo.png")
    Path("page.html").symlink_to("access.log")
    for name in ("codes.csv", "sheet.html"):
        if name in words:
            Path(name).symlink_to("logo.png")
    before = Path(target).read_bytes()
    result = run(*words.split())

    assert (result.exit_code, "is read by this command" in result.stderr) == (53, True)
    assert Path(target).read_bytes() == before


SPECIAL = [(writer, kind) for writer in WORDS for kind in ("pipe", "socket", "link")]


@pytest.mark.parametrize(("writer", "kind"), SPECIAL)
def test_a_device_or_a_pipe_stays_one(run: Run, folder: str, writer: str, kind: str) -> None:
    """A file in the place of /dev/null is the end of a system, and root may put it there."""
    name = WRITERS[writer]
    target = Path("out", name if name == "codes.csv" else f"special{name}")
    target.parent.mkdir()
    if kind == "socket":
        with closing(socket(AF_UNIX)) as one:
            one.bind(str(target))
    else:
        os.mkfifo("out/pipe" if kind == "link" else target)
    if kind == "link":
        target.symlink_to("pipe")
    before = target.stat()
    line = WORDS[writer].format(target, link=folder, folder=target.parent)
    result = run(*line.split())

    assert (result.exit_code, result.stdout) == (53, "")
    assert "is a device or a pipe" in result.stderr
    assert (target.stat().st_ino, target.stat().st_mode) == (before.st_ino, before.st_mode)


def paths_of(words: tuple[str, ...], given: object) -> Iterator[str]:
    """Yield every option and argument for a path, such as `qr --logo` and `registry import`."""
    for name, below in getattr(given, "commands", {}).items():
        yield from paths_of((*words, name), below)
    for one in getattr(given, "params", ()):
        option = max(one.opts, key=len) if one.opts[0].startswith("-") else ""
        if option == "--qr-file" and words == ("qr",):
            option = "--output"
        is_path = re.search("FILE|PATH|FOLDER", one.metavar or "")
        if is_path and option not in {"--file", "--registry"}:
            yield " ".join((*words, option)).strip()


def test_every_option_for_a_file_is_in_a_table() -> None:
    """So that a new one is tried, too."""
    program = get_command(app)

    assert sorted(paths_of((), program)) == sorted((*WRITERS, *READERS))
