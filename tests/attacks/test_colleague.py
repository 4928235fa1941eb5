"""A colleague who edits links.jsonl: lines are removed, and addresses are put in others' place."""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.attacks.fuzzing import LINK
from tests.conftest import ROOT
from utmforge.issuing.library import issue
from utmforge.issuing.make import make_link
from utmforge.model import Tags
from utmforge.registry import Registry

if TYPE_CHECKING:
    from tests.conftest import Run

SHARED = Path("links.jsonl")
OTHER = make_link("https://evil.example/", Tags("news", "email", "spring"), channel="newsletter")


@pytest.fixture(autouse=True)
def shared(run: Run) -> None:
    """A registry and the file that was made of it."""
    with Registry.open("r.db") as registry:
        issue([LINK], registry)
    run("registry", "sync", str(SHARED), "--registry", "r.db")


def addresses(name: str) -> list[str]:
    """The addresses in a registry."""
    with Registry.open(name, create=False) as registry:
        return [link.url for link in registry.links()]


def test_a_removed_line_comes_back(run: Run) -> None:
    """From every registry that has it."""
    before = SHARED.read_text()
    SHARED.write_text("")

    assert run("registry", "sync", str(SHARED), "--registry", "r.db").exit_code == 0
    assert addresses("r.db") == [LINK.url]
    assert SHARED.read_text() == before


@pytest.mark.parametrize("name", ["r.db", "new.db"])
@pytest.mark.parametrize(
    "fields",
    [
        ("url",),
        ("landing_page",),
        ("url", "landing_page"),
        ("id",),
        ("source",),
    ],
    ids=" ".join,
)
def test_no_line_gives_a_link_another_address(run: Run, name: str, fields: tuple[str, ...]) -> None:
    """By who has the link and by who has not: neither side is changed."""
    record = json.loads(SHARED.read_text())
    other = {"id": OTHER.id, "url": OTHER.url, "landing_page": OTHER.landing_page, "source": "a"}
    text = json.dumps(record | {field: other[field] for field in fields}) + "\n"
    SHARED.write_text(text)
    before = addresses(name)
    for command in ("sync", "import"):
        result = run("registry", command, str(SHARED), "--registry", name)

        assert result.exit_code == 25
        assert "do not match" in result.stderr
        assert "evil.example" not in result.stdout
    assert addresses(name) == before
    assert SHARED.read_text() == text


@pytest.mark.parametrize("target", ["notes.txt", "/etc/hostname", "pictures.db"])
def test_a_campaign_file_names_a_file_of_another_program(run: Run, target: str) -> None:
    """It is refused, and stays as it is."""
    import sqlite3
    from contextlib import closing

    if target == "pictures.db":
        with closing(sqlite3.connect(target)) as database:
            database.execute("CREATE TABLE pictures (name)")
    elif target == "notes.txt":
        Path(target).write_text("notes\n" * 200)
    before = Path(target).read_bytes()
    Path("campaigns.toml").write_text(f'[workspace]\nregistry = "{target}"\n')
    for words in (("new", "https://a.example/", "-c", "c", "-C", "sms"), ("list",), ("undo",)):
        assert run(*words).exit_code == 34, words
    assert run("registry", "check", "--repair").exit_code not in {0, 1}
    assert Path(target).read_bytes() == before


HOSTILE = Path("home") / ".bash_profile"
WRITING = (
    ("registry", "sync", "link"),
    ("registry", "export", "link", "--as", "jsonl"),
    ("registry", "export", "link", "--as", "jsonl", "--force"),
    ("new", "https://a.example/", "-c", "c", "-C", "sms", "--qr-file", "link.svg"),
)


@pytest.mark.parametrize("words", WRITING, ids=" ".join)
def test_a_link_in_a_folder_leads_no_text_elsewhere(run: Run, words: tuple[str, ...]) -> None:
    """A line of links.jsonl is a shell's command line too: no file is made by a link to it."""
    HOSTILE.parent.mkdir()
    for name in ("link", "link.svg"):
        Path(name).symlink_to(HOSTILE)
    result = run(*words, "--registry", "r.db")

    assert result.exit_code == 53, result
    assert "link" in result.stderr
    assert list(HOSTILE.parent.iterdir()) == []
    assert addresses("r.db") == [LINK.url]


def test_sync_puts_no_lines_into_an_empty_file_elsewhere(run: Run) -> None:
    """A link to a file with links is followed."""
    HOSTILE.parent.mkdir()
    HOSTILE.write_text("")
    link = Path("link")
    link.symlink_to(HOSTILE)

    assert run("registry", "sync", "link", "--registry", "r.db").exit_code == 53
    assert HOSTILE.read_text() == ""
    link.unlink()
    link.symlink_to(SHARED)
    assert run("registry", "sync", "link", "--registry", "new.db").exit_code == 0
    assert addresses("new.db") == [LINK.url]


@pytest.mark.parametrize("version", [1, 2])
def test_an_upgrade_writes_through_no_link(run: Run, version: int) -> None:
    """The name of the copy's draft can be guessed."""
    shutil.copy(ROOT / f"tests/data/registries/{version}.db", "old.db")
    victim = Path("precious.txt")
    victim.write_text("precious")
    for number in range(os.getpid() - 1, os.getpid() + 1):
        Path(f".old.db.version-{version}.{number}").symlink_to(victim)
    result = run("new", "https://a.example/", "-c", "c", "-C", "sms", "--registry", "old.db")

    assert result.exit_code == 0, result.stderr
    assert victim.read_text() == "precious"
    assert not Path(f"old.db.version-{version}").is_symlink()
