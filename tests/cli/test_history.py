"""`utmforge history`: what commands changed in the registry; in a file and on a server."""

import json

import pytest

from tests.cli.issued_links import ID, NEW
from tests.conftest import Result, Run


@pytest.fixture(autouse=True)
def issued(run: Run, place: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two links are there, in a file and on a server."""
    monkeypatch.setenv("UTMFORGE_REGISTRY", place)
    run(*NEW, "sms,email")


def test_changes_are_listed_the_latest_first(run: Run) -> None:
    """Ids in a pipe; what, when and how many in a table; an undo names what it undid."""
    run("retire", ID, "--reason", "x")
    run("undo")
    undo, retire, issue = json.loads(run("history", "-F", "json").stdout)["data"]

    assert [(one["kind"], one["links"], one["about"]) for one in (undo, retire, issue)] == [
        ("undo", 1, ID),
        ("retire", 1, ID),
        ("issue", 2, "spring"),
    ]
    assert (undo["undoes"], undo["undone"], retire["undone"]) == (retire["id"], False, True)
    assert run("history") == Result(0, f"{undo['id']}\n{retire['id']}\n{issue['id']}\n", "")
    table = run("history", "-F", "table").stdout.splitlines()
    assert table[0].split() == ["id", "at", "kind", "links", "about", "author", "undone"]
    assert f"undo of {retire['id']}" in table[1]
    assert table[2].rstrip().endswith("undone")


def test_at_most_so_many(run: Run) -> None:
    """The latest of them."""
    run("retire", ID, "--reason", "x")

    assert len(run("history", "--limit", "1").stdout.splitlines()) == 1
    assert run("history", "--limit", "0").exit_code == 2


def test_nothing_has_been_changed(run: Run) -> None:
    """Said on stderr; status 0."""
    assert run("history", "--registry", "") == Result(0, "", "note: nothing has been changed yet\n")
