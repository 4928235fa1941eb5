"""`registry check`: every entry is verified."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.conftest import Result, Run
from utmforge.errors import NotARegistry
from utmforge.registry.check import check


def test_a_whole_registry_is_said_to_be(run: Run) -> None:
    """Status 0 and the number of links."""
    run("new", "https://x.example/", "-c", "c", "-C", "sms,email")

    assert run("registry", "check") == Result(
        0, "links    2\ndamaged  0\n", "checked 2 links: no damage found\n"
    )
    assert run("registry", "check", "--registry", "no.db").exit_code == 33


def test_the_database_of_another_program_is_not_checked(tmp_path: Path) -> None:
    """It is not damaged, it is not ours."""
    path = tmp_path / "history.db"
    with closing(sqlite3.connect(path)) as other:
        other.execute("CREATE TABLE visits (id)")
    with pytest.raises(NotARegistry):
        check(path)
