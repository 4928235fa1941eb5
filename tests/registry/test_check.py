"""`registry check`: every entry is verified."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from utmforge.errors import NotARegistry
from utmforge.registry.check import check


def test_the_database_of_another_program_is_not_checked(tmp_path: Path) -> None:
    """It is not damaged, it is not ours."""
    path = tmp_path / "history.db"
    with closing(sqlite3.connect(path)) as other:
        other.execute("CREATE TABLE visits (id)")
    with pytest.raises(NotARegistry):
        check(path)
