"""`utmforge lint`: names of files are compared with those that issued links carry."""

import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.conftest import Run
from utmforge.issuing.make import make_link
from utmforge.model import Tags
from utmforge.registry import Registry, sqlite

FILE = """\
[workspace]
registry = "links.db"

[channels.letter]
extends = "email"
source = "{source}"
medium = "{medium}"

[campaigns.{campaign}]
landing_page = "https://shop.example/"
channels = ["letter"]
contents = ["{content}"]
"""
ISSUED = {
    "source": "newsletter",
    "medium": "messages",
    "campaign": "spring-sale",
    "content": "hero-banner",
}
NEAR = {
    "source": "newsleter",
    "medium": "mesages",
    "campaign": "sping-sale",
    "content": "herobanner",
}
ONLY = ("--select", "UTM702")


def write(**names: str) -> None:
    """Write a campaign file with some names of its own."""
    Path("campaigns.toml").write_text(FILE.format(**(ISSUED | names)))


@pytest.fixture
def link_id() -> str:
    """The id of a link that was issued with all four names."""
    link = make_link("https://shop.example/old", Tags(**ISSUED))
    with Registry.open("links.db") as registry:
        registry.add([link])
    return link.id


@pytest.mark.usefixtures("link_id")
@pytest.mark.parametrize("field", list(NEAR))
@pytest.mark.parametrize("words", [(), ("campaigns.toml",)])
def test_names_of_the_campaign_file(run: Run, field: str, words: tuple[str, ...]) -> None:
    """In its own line, without being asked; the issued name is right."""
    write()
    assert run("lint", *words, *ONLY).exit_code == 0
    write(**{field: NEAR[field]})
    result = run("lint", *words, *ONLY)

    assert result.exit_code == 1
    assert result.stdout.count("warning UTM702") == 1
    assert result.stdout.startswith("campaigns.toml:")
    assert f'{field} "{NEAR[field]}" is nearly "{ISSUED[field]}": reports show' in result.stdout


@pytest.mark.usefixtures("link_id")
@pytest.mark.parametrize("field", list(NEAR))
def test_names_of_lists_beside_a_campaign_file(run: Run, field: str) -> None:
    """Also those that are not in the campaign file."""
    names = {"source": "a", "medium": "b", "campaign": "c"} | {field: NEAR[field]}
    query = "&".join(f"utm_{name}={value}" for name, value in names.items())
    Path("links.txt").write_text(f"https://shop.example/?{query}\n")
    assert run("lint", "links.txt", *ONLY).exit_code == 0
    assert run("lint", "links.txt", "--registry", "links.db", *ONLY).exit_code == 1
    assert run("lint", "links.txt", "--registry", "links.db", "--issued", *ONLY).exit_code == 1
    Path("campaigns.toml").write_text('[workspace]\nregistry = "links.db"\n')
    result = run("lint", "links.txt", *ONLY)

    assert result.stdout.startswith(
        f'links.txt:1:1: warning UTM702 near-duplicate: {field} "{NEAR[field]}" is nearly '
        f'"{ISSUED[field]}"'
    )


@pytest.mark.usefixtures("link_id")
def test_names_of_a_long_list(run: Run) -> None:
    """However many names there are."""
    base = "https://shop.example/?utm_source=a&utm_medium=b&utm_campaign="
    lines = [f"{base}{number:03}-autumn" for number in range(300)]
    Path("links.txt").write_text("\n".join([*lines, f"{base}sping-sale"]))
    result = run("lint", "links.txt", "--registry", "links.db", *ONLY)

    assert result.stdout.startswith("links.txt:301:1: warning UTM702")


def test_names_of_retired_links_are_not_right(run: Run, link_id: str) -> None:
    """Until they are taken back, or another link carries them."""
    write(campaign="sping-sale")
    with Registry.open("links.db") as registry:
        registry.retire([link_id], "a typo")
        assert run("lint", *ONLY).stdout == ""
        assert run("lint", "--issued", *ONLY).stdout == ""
        registry.undo()
        assert '"spring-sale"' in run("lint", *ONLY).stdout
        assert '"spring-sale"' in run("lint", "--issued", *ONLY).stdout
        registry.retire([link_id], "a typo")
        registry.add([make_link("https://shop.example/new", Tags("a", "b", "spring-sale"))])
    assert '"spring-sale"' in run("lint", *ONLY).stdout


def test_issued_names_are_compared_with_each_other(run: Run, link_id: str) -> None:
    """With `--issued`; the one that was issued first is right, and is named as such to files."""
    other = make_link("https://shop.example/new", Tags("a", "mesages", "c"))
    with Registry.open("links.db") as registry:
        registry.add([other])
    Path("links.txt").write_text("https://x.example/?utm_source=a&utm_medium=messagess\n")
    lines = run("lint", "links.txt", "--registry", "links.db", "--issued", *ONLY, "-F", "csv")

    assert [line.split(",")[3] for line in lines.stdout.splitlines()[1:]] == [
        "links.txt:1:1",
        f"registry:{other.id}",
    ]
    assert lines.stdout.count('is nearly ""messages""') == 2
    assert link_id not in lines.stdout


def later(path: Path) -> None:
    """Make it one of a later utmforge, whose tables are others."""
    with closing(sqlite3.connect(path)) as database:
        database.execute("PRAGMA user_version=99")
        database.execute("ALTER TABLE links RENAME TO tagged_links")


def foreign(path: Path) -> None:
    """Make it another program's file."""
    path.write_bytes(b"x" * 4096)


def held(path: Path) -> None:
    """Have someone else write to it and not end."""
    HELD.append(sqlite3.connect(path, isolation_level=None))
    HELD[-1].execute("BEGIN EXCLUSIVE")


HELD: list[sqlite3.Connection] = []


@pytest.mark.usefixtures("link_id")
@pytest.mark.parametrize(
    ("spoil", "says"),
    [
        (later, "was written by a later version of utmforge; install"),
        (foreign, "is not a registry of utmforge; name another file"),
        (held, "has been locked by another command for over 0 s; try again"),
    ],
)
def test_a_registry_that_cannot_be_read_fails_nothing(
    run: Run, monkeypatch: pytest.MonkeyPatch, spoil: object, says: str
) -> None:
    """It is said what was not compared."""
    assert callable(spoil)
    monkeypatch.setattr(sqlite, "BUSY_SECONDS", 0.05)
    write(campaign="sping-sale")
    spoil(Path("links.db"))
    try:
        result = run("lint", *ONLY)
        quiet = run("lint", "--ignore", "UTM702")
        as_json = run("lint", *ONLY, "-F", "json")
    finally:
        while HELD:
            HELD.pop().close()

    assert (result.exit_code, result.stdout) == (0, "")
    assert result.stderr.startswith("warning: names were not compared with those of issued links: ")
    assert says in result.stderr
    assert "not compared" not in quiet.stderr
    assert json.loads(as_json.stdout)["messages"][0]["kind"] == "warning"


def test_a_registry_that_is_not_there_is_not_missed(run: Run) -> None:
    """Nor is it made."""
    write()

    assert run("lint", *ONLY).stderr == "nothing found in 1 link\n"
    assert not Path("links.db").exists()


def test_a_campaign_file_that_names_no_place(run: Run) -> None:
    """What is wrong with it is a finding; that nothing was compared is said without repeating."""
    Path("campaigns.toml").write_text('[workspace]\nregistry = ["ann@mail.example"]\n')
    result = run("lint")

    assert "UTM704" in result.stdout
    assert "names were not compared" in result.stderr
    assert "mail.example" not in result.stdout + result.stderr


def test_what_is_private_in_the_registry_is_not_repeated(run: Run) -> None:
    """A name like it is not even compared."""
    link = make_link("https://shop.example/", Tags("a", "b", "anna.smith@acme.example"))
    with Registry.open("links.db") as registry:
        registry.add([link], allow_private=True)
    write(campaign="anna-smith-acme-example")

    assert "smith@acme" not in run("lint", *ONLY).stdout
