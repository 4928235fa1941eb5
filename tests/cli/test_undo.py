"""`utmforge undo`: what a command changed is undone; in a file and on a server."""

import csv
import io
import json
from pathlib import Path

import pytest

from tests.cli.issued_links import ID, NEW, today
from tests.conftest import Result, Run
from utmforge.issuing import bulk as landing_pages
from utmforge.registry.postgres import PostgresDatabase


@pytest.fixture(autouse=True)
def issued(run: Run, place: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two links are there, in a file and on a server."""
    monkeypatch.setenv("UTMFORGE_REGISTRY", place)
    run(*NEW, "sms,email")


def test_undo_takes_back_the_last_change_and_lists_them(run: Run) -> None:
    """Told in words; nothing is lost by it."""
    run("retire", ID, "--reason", "x")
    listed = run("undo", "--list", "-F", "csv")
    rows = list(csv.DictReader(io.StringIO(listed.stdout)))
    assert [(row["kind"], row["about"], row["links"]) for row in rows] == [
        ("retire", ID, "1"),
        ("issue", "spring", "2"),
    ]
    planned = run("undo", "--dry-run")
    done = run("undo")
    assert planned.stderr == f"would undo {rows[0]['id']}: retired 1 link on {today()}\n"
    assert done == Result(0, "", f"undid {rows[0]['id']}: retired 1 link on {today()}\n")
    assert run("undo", rows[1]["id"][:4]).stderr == (
        f"undid {rows[1]['id']}: issued 2 links for spring on {today()}\n"
        "note: 2 links retired: issued links stay in the registry\n"
    )
    assert run("undo").stderr == (
        "error: there is nothing to undo\nhint: utmforge history shows every change\n"
    )
    table = run("undo", "--list", "-F", "table").stdout.splitlines()
    assert [line.split()[3] for line in table[1:]] == ["undo", "undo", "retire", "issue"]
    assert table[-1].rstrip().endswith("undone")
    assert run(*NEW, "sms").stderr == "issued 1 link for spring\n"


def test_undo_of_a_file_of_pages_takes_all_of_it_back(
    run: Run, work: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One command is one change, however many batches."""
    monkeypatch.setattr(landing_pages, "BATCH", 1000)
    monkeypatch.setattr(PostgresDatabase, "values_a_query", 1000)
    (work / "pages.txt").write_text("".join(f"https://x.example/{n}\n" for n in range(2500)))
    run("new", "--from", "pages.txt", "-c", "big", "-C", "sms", "-q")
    undone = run("undo")

    assert undone.exit_code == 0
    assert "issued 2,500 links for pages.txt" in undone.stderr
    assert run("list", "--count", "state", "-F", "csv").stdout == (
        "state,links,retired\nretired,2500,2500\nissued,2,0\n"
    )
    again = run("new", "--from", "pages.txt", "-c", "big", "-C", "sms")
    assert again.stderr == "issued 2,500 links, 0 already issued\n"


def test_an_undo_that_is_undone_and_one_that_is_not_there(run: Run) -> None:
    """Each with the next step."""
    [change] = json.loads(run("history", "-F", "json").stdout)["data"]
    run("undo")

    assert run("undo", change["id"]) == Result(
        2,
        "",
        f"error: change {change['id']} is already undone\n"
        "hint: utmforge history shows which undo did it; undo that one to redo the change\n",
    )
    assert run("undo", "zz") == Result(
        2,
        "",
        'error: no change "zz" in the registry\nhint: utmforge history shows every change\n',
    )


def test_the_old_spelling_lists_the_same_and_names_the_new_one(run: Run) -> None:
    """`undo --list` for one more version; in JSON the envelope keeps its name."""
    for words in ((), ("-F", "csv"), ("-F", "table"), ("--limit", "1")):
        old, new = run("undo", "--list", *words), run("history", *words)

        assert old.stdout == new.stdout
        assert old.stderr == f"note: `undo --list` is now `utmforge history`\n{new.stderr}"
    old_json = json.loads(run("undo", "--list", "-F", "json").stdout)
    new_json = json.loads(run("history", "-F", "json").stdout)
    assert (old_json["command"], new_json["command"]) == ("undo", "history")
    assert old_json["data"] == new_json["data"]
