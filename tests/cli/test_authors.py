"""Who made a change, and what people noted: kept, shown, shared, and undone by its author."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.conftest import ROOT
from utmforge import Registry
from utmforge.registry.author import Author

if TYPE_CHECKING:
    from tests.conftest import Run

NEW = ("new", "https://shop.example/fair", "-c", "fair", "-C", "sms")


def by(run: Run, monkeypatch: pytest.MonkeyPatch, name: str, *words: str) -> None:
    """Run a command as someone."""
    monkeypatch.setenv("UTMFORGE_AUTHOR", name)
    assert run(*words).exit_code == 0


def the_link(run: Run, *more: str) -> dict[str, str | None]:
    """Return the only link, with everything that is known of it."""
    [link] = json.loads(run("list", "--wide", "-F", "json", *more).stdout)["data"]
    assert isinstance(link, dict)
    return link


def test_a_mistyped_label_or_tag_is_recognised(run: Run) -> None:
    """As a campaign's name is, by `list` and by the filters of `retire`."""
    run(*NEW, "--label", "print,summer-fair")
    for words, meant in (
        (("--label", "prnt"), "print"),
        (("--label", "print,sumer-fair"), "summer-fair"),
        (("--tag", "medium=smss"), "sms"),
    ):
        note = run("list", *words).stderr
        assert note.endswith(f'; did you mean "{meant}"?\n'), note
        assert f'; did you mean "{meant}"?\n' in run("retire", *words, "-r", "x", "-n").stderr
    assert run("list", "--label", "quux").stderr == 'note: no link has label "quux"\n'


def test_undo_takes_back_my_last_change(
    run: Run, monkeypatch: pytest.MonkeyPatch, place: str
) -> None:
    """Another one's only by its id."""
    monkeypatch.setenv("UTMFORGE_REGISTRY", place)
    by(run, monkeypatch, "ben", *NEW)
    by(run, monkeypatch, "ann", *NEW[:-1], "email")
    monkeypatch.setenv("UTMFORGE_AUTHOR", "ben")
    assert run("undo", "-n").stderr.startswith("would undo")
    assert run("undo").exit_code == 0
    refused = run("undo")
    changes = json.loads(run("history", "-F", "json").stdout)["data"]

    assert [(one["kind"], one["author"]) for one in changes] == [
        *(("undo", "ben"), ("issue", "ann"), ("issue", "ben"))
    ]
    assert refused.exit_code != 0
    assert "you (ben) have no change to undo" in refused.stderr
    assert f"utmforge undo {changes[1]['id']}" in refused.stderr
    other = run("undo", changes[1]["id"])
    assert other.exit_code == 0
    assert ", by ann" in other.stderr


def test_a_note_is_written_found_and_undone(run: Run) -> None:
    """With its labels, in any letter case; a link issued again begins without a note."""
    run(*NEW, "--note", "For the  Été flyer", "--label", "Print, Summer Fair")
    link = the_link(run)
    assert (link["note"], link["labels"]) == ("For the Été flyer", "print summer-fair")
    for words in (("ÉTÉ",), ("summer-fair",), ("--label", "print,Summer fair")):
        assert the_link(run, *words)["id"] == link["id"]
    assert run("list", "--label", "other").stdout == run("list", "winter").stdout == ""
    name = str(link["id"])
    assert run("note", name, "other", "--remove-label", "print").exit_code == 0
    assert run("note", name).stdout == "note    other\nlabels  summer-fair\n"
    run("undo")
    assert the_link(run)["note"] == "For the Été flyer"
    run("undo")
    run(*NEW)
    assert the_link(run)["note"] is None


@pytest.mark.parametrize("text", ["ask bob@acme.example", "a\x1b[31m", "x" * 2_000])
def test_a_note_that_is_not_kept(run: Run, text: str) -> None:
    """It is refused, and nothing is issued."""
    assert run(*NEW, "--note", text).exit_code != 0
    assert run("list").stdout == ""


@pytest.mark.parametrize("how", ["sync", "csv", "jsonl", "toml"])
def test_authors_and_notes_travel(run: Run, monkeypatch: pytest.MonkeyPatch, how: str) -> None:
    """By every file that registries exchange."""
    by(run, monkeypatch, "ben", *NEW, "--note", "=flyer", "--label", "print")
    there = the_link(run)
    if how == "sync":
        run("registry", "sync", "links.jsonl")
        run("registry", "sync", "links.jsonl", "--registry", "other.db")
    else:
        run("registry", "export", f"out.{how}")
        assert run("registry", "import", f"out.{how}", "--registry", "other.db").exit_code == 0

    assert the_link(run, "--registry", "other.db") == there
    assert there["author"] == "ben"


def test_the_same_event_without_its_author_is_no_second_one(run: Run) -> None:
    """An earlier version writes the shared file without authors; they come back."""
    run(*NEW, "--note", "flyer")
    run("registry", "sync", "links.jsonl")
    text = Path("links.jsonl").read_text()
    lines = [json.loads(line) for line in text.splitlines()]
    for line in lines:
        del line["author"]
    Path("links.jsonl").write_text("".join(json.dumps(line) + "\n" for line in lines))
    run("registry", "sync", "links.jsonl", "--registry", "new.db")
    synced = run("registry", "sync", "links.jsonl")

    assert synced.exit_code == 0
    assert synced.stderr.startswith("added 0 links to the registry, 0 links to the file")
    assert "warning" not in synced.stderr
    assert Path("links.jsonl").read_text() == text


@pytest.mark.parametrize("version", ["1", "2", "3", "4"])
def test_a_past_registry_takes_authors(run: Run, version: str) -> None:
    """Its own entries have none."""
    shutil.copyfile(ROOT / "tests" / "data" / "registries" / f"{version}.db", "old.db")
    with Registry.open("old.db", author="ann") as registry:
        assert {link.author for link in registry.links()} == {None}
    assert run(*NEW, "--registry", "old.db").exit_code == 0
    with Registry.open("old.db") as registry:
        assert [link.author for link in registry.links()][-1] == "ann@laptop"


def test_where_the_name_comes_from(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The variable, git, the role, the login."""
    assert Author({"UTMFORGE_AUTHOR": " Ann\tLee "}).name(None) == "Ann Lee"
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")
    assert "@" in Author({}).name(None)
    assert Author({}).name("marketing") == "marketing"
    (home / ".gitconfig").write_text("[user]\n\tname = Ben Roe\n")
    assert Author({}).name(None) == "Ben Roe"
    assert Author({}).name("marketing") == "Ben Roe (marketing)"


def test_a_conflict_that_git_left_is_read(run: Run) -> None:
    """The lines of both sides count, and the file is whole afterwards."""
    sides = []
    for channel in ("sms", "email"):
        run(*NEW[:-1], channel, "--registry", f"{channel}.db")
        run("registry", "sync", f"{channel}.jsonl", "--registry", f"{channel}.db")
        sides.append(Path(f"{channel}.jsonl").read_text())
    conflict = f"<<<<<<< HEAD\n{sides[0]}||||||| base\n=======\n{sides[1]}>>>>>>> theirs\n"
    Path("links.jsonl").write_text(conflict)
    synced = run("registry", "sync", "links.jsonl", "--registry", "sms.db")

    assert synced.exit_code == 0, synced.stderr
    assert "both have 2 links" in synced.stderr
    assert Path("links.jsonl").read_text() == "".join(sorted(sides))
