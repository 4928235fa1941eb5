"""A colleague who edits links.jsonl: lines are removed, and addresses are put in others' place."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.attacks.fuzzing import LINK
from utmforge.issuing.make import issue, make_link
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
        assert "do not fit together" in result.stderr
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
